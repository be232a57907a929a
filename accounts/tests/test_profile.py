"""The profile: how one person reads, what holds for the household, and whose books are open."""

import pytest
from django.urls import reverse

from accounts.middleware import SESSION_KEY
from accounts.models import Household, Membership, User

PROFILE = "/profile/"
ALICE = {"name": "Alice", "locale": "de-DE", "time_zone": "Europe/Berlin", "theme": "dark"}


def books(**changes):
    return {"name": "Our books", "currency": "INR", "month_start": "1", "week_start": "6"} | changes


def test_the_profile_is_saved_and_the_page_comes_back_in_the_new_theme(as_alice, alice):
    answer = as_alice.post(PROFILE, ALICE, follow=True)

    alice.refresh_from_db()
    page = answer.content.decode()
    assert answer.redirect_chain == [(PROFILE, 303)]
    assert (alice.name, alice.locale, alice.time_zone, alice.theme) == ("Alice", "de-DE", "Europe/Berlin", "dark")
    assert '<html lang="en" data-theme="dark">' in page
    assert "Your profile is saved." in page


@pytest.mark.parametrize(
    ("field", "value"), [("time_zone", "Mars/Olympus"), ("locale", "tlh"), ("theme", "pink"), ("name", "x" * 121)]
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(as_alice, alice, field, value):
    answer = as_alice.post(PROFILE, ALICE | {field: value})

    page = answer.content.decode()
    alice.refresh_from_db()
    assert answer.status_code == 422
    assert 'class="field__error"' in page
    assert '<html lang="en" data-theme="system">' in page, "what is not saved does not colour the page"
    assert (alice.name, alice.locale, alice.time_zone, alice.theme) == ("Alice", "en-IN", "Asia/Kolkata", "system")


def test_what_is_no_longer_offered_shows_under_its_name_of_today(as_alice, alice):
    User.objects.filter(pk=alice.pk).update(time_zone="Asia/Calcutta", locale="de-LU")

    page = as_alice.get(PROFILE).content.decode()

    assert '<option value="Asia/Kolkata" selected>' in page
    assert '<option value="de-DE" selected>' in page


def test_the_household_is_saved(as_alice, household):
    page = as_alice.post(reverse("accounts:household"), books(month_start="25"), follow=True).content.decode()

    household.refresh_from_db()
    assert (household.name, household.month_start, household.week_start) == ("Our books", 25, 6)
    assert "The household is saved." in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("currency", "XYZ"), ("month_start", "29"), ("week_start", "7"), ("name", ""), ("name", "x" * 81)],
)
def test_a_household_that_cannot_be_is_refused(as_alice, household, field, value):
    answer = as_alice.post(reverse("accounts:household"), books(**{field: value}))

    household.refresh_from_db()
    assert answer.status_code == 422
    assert 'class="field__error"' in answer.content.decode()
    assert household.name == "Alice's household"


def test_a_viewer_keeps_a_profile_but_not_the_household(as_viewer, viewer, household):
    as_viewer.post(PROFILE, ALICE | {"name": "Vera B"})
    answer = as_viewer.post(reverse("accounts:household"), books())

    viewer.refresh_from_db()
    household.refresh_from_db()
    assert viewer.name == "Vera B"
    assert answer.status_code == 403
    assert "only their owner and editors can change them" in answer.content.decode()
    assert household.name == "Alice's household"
    assert "Save household" not in as_viewer.get(PROFILE).content.decode()


def test_nobody_sees_anothers_name_or_household(as_bob, alice, household):
    page = as_bob.get(PROFILE).content.decode()

    assert "bob@example.org" in page
    assert "alice" not in page.lower()


def test_a_member_of_two_households_changes_between_them(as_alice, alice, household, bobs_household):
    Membership.objects.create(user=alice, household=bobs_household, role="viewer")
    assert "Bob&#x27;s household" in as_alice.get(PROFILE).content.decode()

    answer = as_alice.post(reverse("accounts:switch", args=[bobs_household.pk]))

    assert answer["Location"] == "/dashboard/"
    assert as_alice.session[SESSION_KEY] == bobs_household.pk
    assert as_alice.get(PROFILE).wsgi_request.household == bobs_household
    assert as_alice.post(reverse("accounts:household"), books()).status_code == 403, "here she only looks"
    assert as_alice.post(reverse("accounts:switch", args=[household.pk])).status_code == 302
    assert as_alice.get(PROFILE).wsgi_request.household == household


def test_who_is_removed_from_the_open_household_sees_their_own_again(as_alice, alice, household, bobs_household):
    guest = Membership.objects.create(user=alice, household=bobs_household)
    as_alice.post(reverse("accounts:switch", args=[bobs_household.pk]))
    guest.delete()

    assert as_alice.get(PROFILE).wsgi_request.household == household


def test_bob_cannot_open_alices_books(as_bob, household, bobs_household):
    answer = as_bob.post(reverse("accounts:switch", args=[household.pk]))

    assert answer.status_code == 404
    assert as_bob.get(PROFILE).wsgi_request.household == bobs_household


def test_a_link_opens_no_other_books(as_alice, household):
    assert as_alice.get(reverse("accounts:switch", args=[household.pk])).status_code == 405


def test_the_landing_page_is_open_and_sends_members_to_their_dashboard(client, as_alice):
    assert "Open your books" in client.get("/").content.decode()
    assert as_alice.get("/")["Location"] == "/dashboard/"


def test_a_household_takes_its_memberships_along(alice, household):
    household.delete()

    assert not Membership.objects.filter(user=alice).exists()
    assert not Household.objects.exists()
    assert User.objects.filter(pk=alice.pk).exists()
