"""The support desk: who gets in, what staff see, what they may mend, and that each look leaves a trace."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts import desk
from accounts.models import SecurityEvent, User
from conftest import signed_in
from transactions.models import Category, Transaction
from transactions.tests.factories import make_category, make_transaction

REASON = "Alice asked for it by mail on Monday"


def make_staff(*, may: str = "") -> User:
    person = User.objects.create_user(f"staff{may}@example.org", "a long enough secret", is_staff=True)
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    if may:
        person.user_permissions.add(Permission.objects.get(codename=may))
    return person


@pytest.fixture(autouse=True)
def _with_second_factor(request, monkeypatch):
    if "without_factor" not in request.keywords:
        monkeypatch.setattr(desk, "has_second_factor", lambda user: True)


@pytest.fixture
def staff(db) -> Client:
    return signed_in(make_staff())


@pytest.fixture
def mender(db) -> Client:
    return signed_in(make_staff(may="change_transaction"))


@pytest.fixture
def entry(household) -> Transaction:
    return make_transaction(household, "120.50", note="Vegetables")


def page_of(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def typed(entry: Transaction, **changes: object) -> dict[str, object]:
    kept = {"category": entry.category_id, "note": entry.note, "comment": entry.comment}
    return {**kept, "reason": REASON, **changes}


def test_staff_find_a_person_and_see_no_password(staff, alice):
    found = staff.get("/admin/accounts/user/", {"q": "ALICE@"}).content.decode()
    page = staff.get(page_of(alice)).content.decode()

    assert "alice@example.org" in found
    assert "Asia/Kolkata" in page
    assert alice.password not in page
    assert "md5$" not in page
    assert 'type="password"' not in page


def test_staff_see_who_is_in_a_household_and_find_its_entries(staff, household, entry, bobs_household):
    make_transaction(bobs_household, "5", note="Umbrella")

    page = staff.get(page_of(household)).content.decode()
    link = re.search(r'href="(/admin/transactions/transaction/\?household=\d+)"', page)[1]
    entries = staff.get(link).content.decode()

    assert "alice@example.org" in page
    assert "Vegetables" in entries
    assert "Umbrella" not in entries


@pytest.mark.parametrize("what", ["transaction", "wallet", "category", "importbatch"])
def test_books_are_found_by_a_members_address(staff, entry, bobs_household, what):
    make_transaction(bobs_household, "5", note="Umbrella")

    page = staff.get(f"/admin/transactions/{what}/", {"q": "alice@example.org"}).content.decode()

    assert ("household" in page, "Bob" in page) == (True, False)


@pytest.mark.parametrize("what", ["user", "household", "securityevent"])
def test_staff_change_nothing_here(staff, alice, household, what):
    SecurityEvent.objects.create(event="signed-in")
    key = {"user": alice, "household": household, "securityevent": SecurityEvent.objects.first()}[what].pk

    for address in (f"{key}/change/", f"{key}/delete/", "add/"):
        assert staff.post(f"/admin/accounts/{what}/{address}", {"name": "x", "post": "yes"}).status_code == 403
    household.refresh_from_db()
    assert household.name == "Alice's household"


def test_opening_a_row_leaves_a_trace(staff, alice, household, entry):
    for row in (alice, household, entry):
        staff.get(page_of(row))

    looks = SecurityEvent.objects.filter(event="staff-looked").order_by("pk")
    assert list(looks.values_list("facts__what", "person", "household")) == [
        ("user", alice.pk, 0),
        ("household", 0, household.pk),
        ("transaction", 0, household.pk),
    ]
    assert {look.actor for look in looks} == {User.objects.get(is_staff=True).pk}


def test_staff_without_the_right_mend_no_entry(staff, entry):
    answer = staff.post(page_of(entry), typed(entry, note="Fruit"))

    entry.refresh_from_db()
    assert (answer.status_code, entry.note) == (403, "Vegetables")


def test_an_entry_is_mended_with_a_reason_that_is_kept(mender, entry):
    answer = mender.post(page_of(entry), typed(entry, note="Fruit", amount="1"))

    entry.refresh_from_db()
    assert (answer.status_code, entry.note, str(entry.amount)) == (302, "Fruit", "120.5000")
    assert LogEntry.objects.get().change_message == f"{REASON} (note)"
    said = SecurityEvent.objects.get(event="staff-changed")
    assert (said.household, said.facts["why"]) == (entry.household_id, f"{REASON} (note)")


@pytest.mark.parametrize("reason", ["", "because"])
def test_without_a_reason_nothing_is_mended(mender, entry, reason):
    page = mender.post(page_of(entry), typed(entry, note="Fruit", reason=reason)).content.decode()

    entry.refresh_from_db()
    assert entry.note == "Vegetables"
    assert "Say why." in page or "at least 10 characters" in page


def test_a_category_of_another_household_is_not_offered(mender, entry, bobs_household):
    foreign = make_category(bobs_household, "Secret hobby")

    page = mender.get(page_of(entry)).content.decode()
    answer = mender.post(page_of(entry), typed(entry, category=foreign.pk))

    entry.refresh_from_db()
    assert "Secret hobby" not in page
    assert answer.status_code == 200
    assert entry.category == Category.objects.get(name="Groceries", household=entry.household)


def test_only_pages_made_for_the_desk_are_there(staff):
    index = staff.get("/admin/").content.decode()

    captions = re.findall(r"<caption>\s*<a[^>]*>([^<]*)</a>", index)
    assert captions == sorted(set(captions)), "an app is listed once"
    assert all(issubclass(type(page), desk.Looking) for page in admin.site._registry.values())
    assert User in admin.site._registry


def test_a_member_does_not_come_in(as_alice):
    answer = as_alice.get("/admin/", follow=True)

    assert answer.status_code == 403
    assert "The support desk is for staff." in answer.content.decode()


def test_staff_come_in_by_the_door_of_everyone(client):
    answer = client.get("/admin/accounts/user/", follow=True)

    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/admin/accounts/user/"
    assert "Sign in" in answer.content.decode()


def test_the_door_leads_nowhere_else(staff):
    assert staff.get("/admin/login/", {"next": "https://evil.example/"})["Location"] == "/admin/"


@pytest.mark.parametrize("path", ["/admin/", "/admin/accounts/user/"])
@pytest.mark.without_factor
def test_staff_without_a_second_factor_are_led_to_set_one_up(staff, path):
    answer = staff.get(path, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("mfa_index")
    assert "Staff work with a second factor." in answer.content.decode()


@pytest.mark.without_factor
def test_recovery_codes_alone_are_no_second_factor(db):
    person = make_staff()
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})

    assert signed_in(person).get("/admin/").status_code == 302


@pytest.mark.without_factor
def test_staff_with_an_apps_codes_work_at_the_desk_and_see_no_secret(db, alice):
    person = make_staff()
    for each in (person, alice):
        Authenticator.objects.create(user=each, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})

    page = signed_in(person).get(page_of(alice))

    assert page.status_code == 200
    assert "TOTP" in page.content.decode()
    assert "JBSWY3DP" not in page.content.decode()


def test_staff_change_their_password_where_everyone_does(staff):
    for answer in (staff.get("/admin/password_change/"), staff.post("/admin/password_change/", {"new_password1": "x"})):
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_change_password"))
