from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Household, Membership, User


@pytest.fixture
def stale(alice, household):
    """Someone who signed up 31 days ago and never confirmed, with a household and a place in Alice's."""
    person = User.objects.create_user("typo@exmaple.org", "a long enough secret")
    person.emailaddress_set.create(email=person.email, verified=False, primary=True)
    User.objects.update(date_joined=timezone.now() - timedelta(days=31))
    own = Household.objects.create(name="Never opened", currency="INR")
    Membership.objects.create(user=person, household=own)
    Membership.objects.create(user=person, household=household, role="viewer")
    return person


def emails() -> set[str]:
    return set(User.objects.values_list("email", flat=True))


def test_a_stale_sign_up_goes_with_its_household_and_nothing_else(stale, household, capsys):
    call_command("prune_unverified")

    assert emails() == {"alice@example.org"}
    assert list(Household.objects.values_list("name", flat=True)) == ["Alice's household"]
    assert capsys.readouterr().out == "1 unconfirmed sign-ups forgotten\n"


def test_a_dry_run_only_counts(stale, capsys):
    call_command("prune_unverified", "--dry-run")

    assert emails() == {"alice@example.org", "typo@exmaple.org"}
    assert capsys.readouterr().out == "1 unconfirmed sign-ups would be forgotten\n"


@pytest.mark.parametrize(
    "saved",
    [
        {"date_joined": timezone.now() - timedelta(days=29)},
        {"last_login": timezone.now()},
        {"is_staff": True},
    ],
)
def test_who_is_new_was_here_or_works_here_stays(stale, saved):
    User.objects.filter(pk=stale.pk).update(**saved)

    call_command("prune_unverified")

    assert "typo@exmaple.org" in emails()


def test_fewer_days_than_a_link_lives_are_refused(stale):
    with pytest.raises(CommandError, match="3 or more"):
        call_command("prune_unverified", "--days", "2")
