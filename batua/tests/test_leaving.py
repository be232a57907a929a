"""Leaving for good: what is asked, what goes, what stays with others, and that nothing is left behind."""

from datetime import timedelta

import pytest
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import leaving
from accounts.models import ApiSession, Household, KeptAnswer, Membership, PersonalToken, SecurityEvent, User
from accounts.tests.conftest import Browser
from batua.tests.rows_with_keys import MAKERS
from budgets.models import Alert, AlertReader
from conftest import make_member, signed_in
from transactions.models import ImportBatch, ImportedLine, StagedLine, StatementAccount, Transaction, Upload
from transactions.tests.factories import make_transaction

PASSWORD = "correct horse battery"
PAGE = "/profile/delete/"
SURE = {"password": PASSWORD, "word": "Delete"}


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    cache.clear()


@pytest.fixture
def browser(alice) -> Browser:
    browser = Browser()
    browser.force_login(alice)
    return browser


def roles(household: Household) -> dict[str, str]:
    return dict(Membership.objects.filter(household=household).values_list("user__name", "role"))


def test_the_page_says_what_goes_and_offers_the_backup_first(as_alice, household):
    make_transaction(household, "5")
    make_transaction(household, "6")

    page = as_alice.get(PAGE).content.decode()

    for words in ("2 entries", "1 wallet", "3 categories", "0 budgets", "The household Alice&#x27;s household"):
        assert words in page
    assert reverse("backup:download") in page
    assert "This stays with others" not in page


def test_who_is_sure_is_gone_with_everything(browser, alice, household):
    make_transaction(household, "5")
    other_device = signed_in(alice)

    answer = browser.post(PAGE, SURE, follow=True)

    assert answer.redirect_chain == [("/", 303)]
    assert "Your account is deleted." in answer.content.decode()
    assert not User.objects.exists()
    assert not Household.objects.exists()
    assert not Transaction.objects.exists()
    assert not Session.objects.exists()
    assert other_device.get(reverse("reports:dashboard"))["Location"].startswith("/accounts/login/")
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        ("Your account is deleted", ["alice@example.org"])
    ]


def test_that_somebody_left_is_written_down(browser, alice, household):
    key, books = alice.pk, household.pk

    browser.post(PAGE, SURE)

    said = list(SecurityEvent.objects.order_by("pk").values_list("event", "person", "household"))
    assert said[-2:] == [("household-deleted", key, books), ("account-deleted", key, books)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"word": "delete"}, "Type your password."),
        ({"password": "wrong", "word": "delete"}, "This is not your password. Type it again."),
        ({"password": PASSWORD}, "Type the word “delete” if you are sure."),
        ({"password": PASSWORD, "word": "yes"}, "This is another word. Type “delete” if you are sure."),
    ],
)
def test_without_password_and_word_nothing_goes(browser, typed, sentence):
    answer = browser.post(PAGE, typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.count() == 1
    assert mail.outbox == []


def test_guessing_the_password_is_slowed(browser):
    for _try in range(10):
        browser.post(PAGE, {"password": "wrong", "word": "delete"})

    answer = browser.post(PAGE, SURE)

    assert "That was wrong too often." in answer.content.decode()
    assert User.objects.count() == 1


def test_who_proved_it_a_moment_ago_is_not_asked_again(browser, alice, rf):
    request = rf.get("/")
    request.user, request.session = alice, browser.session
    reauthenticate_by_password(request)
    request.session.save()

    page = browser.get(PAGE).content.decode()
    browser.post(PAGE, {"word": "delete"})

    assert 'name="password"' not in page
    assert not User.objects.exists()


def test_the_oldest_editor_becomes_owner(browser, household):
    for name, role in (("Vera", "viewer"), ("Emil", "editor"), ("Eva", "editor")):
        make_member(f"{name.lower()}@example.org", name, role=role, household=household)
    entry = make_transaction(household, "5")
    Transaction.objects.update(created_by=User.objects.get(name="Alice"))

    page = browser.get(PAGE).content.decode()
    browser.post(PAGE, SURE)

    assert "Emil becomes its owner" in page
    assert "so all of it goes" not in page
    assert roles(household) == {"Vera": "viewer", "Emil": "owner", "Eva": "editor"}
    assert Transaction.objects.get(pk=entry.pk).created_by is None
    assert SecurityEvent.objects.filter(event="role-changed", household=household.pk).exists()


def test_where_nobody_may_write_the_oldest_reader_becomes_owner(browser, household):
    for name in ("Vera", "Victor"):
        make_member(f"{name.lower()}@example.org", name, role="viewer", household=household)

    browser.post(PAGE, SURE)

    assert roles(household) == {"Vera": "owner", "Victor": "viewer"}


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_beside_another_owner_nothing_changes_for_those_who_stay(household, alice, role):
    vera = make_member("vera@example.org", "Vera", role=role, household=household)

    page = signed_in(vera).get(PAGE).content.decode()
    leaving.leave(user=vera)

    assert "it has another owner" in page
    assert roles(household) == {"Alice": "owner"}


def test_each_household_has_its_own_fate(alice, household, bobs_household):
    Membership.objects.create(user=alice, household=bobs_household, role="editor")

    leaving.leave(user=alice)

    assert list(Household.objects.all()) == [bobs_household]


def test_somebody_without_a_household_can_leave(db):
    nomad = User.objects.create_user("nomad@example.org", PASSWORD)
    nomad.emailaddress_set.create(email=nomad.email, verified=True, primary=True)

    signed_in(nomad).post(PAGE, SURE)

    assert not User.objects.exists()


# --- nothing is left behind -----------------------------------------------------------------------------------------

MARK = "zanzibar"
# No row of a person or a household: the program's own tables, counts under digests, events that only keep numbers.
OF_NOBODY = {
    "accounts_securityevent",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "batua_cache",
    "django_content_type",
    "django_migrations",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
}
# Empty for almost everybody; their keys say by themselves that they go with the person.
SELDOM = {"accounts_user_groups", "accounts_user_user_permissions", "account_emailconfirmation"}


def rows_of_every_table(condition: str = "true") -> dict[str, int]:
    """For each table of the database, Django's or not: how many rows."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        counts = [f'(SELECT count(*) FROM "{table}" t WHERE {condition}) AS "{table}"' for table in tables]
        cursor.execute(f"SELECT {', '.join(counts)}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def rows_of_somebody() -> dict[str, int]:
    return {table: rows for table, rows in rows_of_every_table().items() if table not in OF_NOBODY}


def make_zoe() -> User:
    """Somebody with a row in every table, and a word that nobody else has in each text."""
    zoe = make_member(f"zoe@{MARK}.example", f"Zoe {MARK}")
    household = zoe.households.get()
    Household.objects.filter(pk=household.pk).update(name=MARK)
    for make in MAKERS.values():
        make(household)
    entry = make_transaction(household, "5", note=MARK)
    Transaction.objects.filter(pk=entry.pk).update(created_by=zoe)
    StatementAccount.objects.create(household=household, name=MARK, wallet=entry.wallet)
    batch = ImportBatch.objects.filter(household=household).first()
    ImportedLine.objects.create(
        household=household, batch=batch, wallet=entry.wallet, key="k", line_number=1, raw=MARK, entry=entry
    )
    upload = Upload.objects.filter(household=household).first()
    StagedLine.objects.create(upload=upload, place=0, verdict="new", amount=0, content=MARK)
    Alert.objects.create(household=household, category=entry.category, begins="2026-11-01", threshold=80)
    AlertReader.objects.create(membership=zoe.memberships.get())
    soon = timezone.now() + timedelta(days=1)
    ApiSession.objects.create(user=zoe, password_mark="x", expires_at=soon)
    PersonalToken.objects.create(user=zoe, name=MARK, digest="x", ending="x", expires_at=soon)
    KeptAnswer.objects.create(user=zoe, household=household, key=MARK, fingerprint="x", body=MARK)
    Authenticator.objects.create(user=zoe, type="webauthn", data={"name": MARK})
    signed_in(zoe).get(reverse("reports:dashboard"))
    return zoe


def make_staffs_traces(staff: User, zoe: User) -> None:
    for row in (zoe, zoe.households.get()):
        LogEntry.objects.log_actions(staff.pk, type(row).objects.filter(pk=row.pk), CHANGE, change_message="because")
    LogEntry.objects.log_actions(zoe.pk, User.objects.filter(pk=staff.pk), CHANGE, change_message="because")


def test_nothing_is_left_behind(bob, bobs_household, run_jobs):
    make_transaction(bobs_household, "5", note="stays")
    staff = User.objects.create_superuser("staff@example.org", PASSWORD)
    before = rows_of_somebody()
    zoe = make_zoe()
    make_staffs_traces(staff, zoe)
    during = rows_of_somebody()

    leaving.leave(user=zoe)
    run_jobs()

    assert {table for table, rows in during.items() if rows == before[table]} - SELDOM == set(), "give Zoe such a row"
    assert rows_of_somebody() == before
    assert {table: rows for table, rows in rows_of_every_table(f"t::text ILIKE '%{MARK}%'").items() if rows} == {}
    assert Transaction.objects.get().note == "stays"
