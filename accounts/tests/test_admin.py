"""Support staff read people and households, and never see a password."""

import pytest

from accounts.models import User
from conftest import signed_in


@pytest.fixture
def staff(db):
    return signed_in(User.objects.create_superuser("staff@example.org", "a long enough secret"))


def test_staff_find_a_person_and_see_no_password(staff, alice):
    found = staff.get("/admin/accounts/user/", {"q": "ALICE@"}).content.decode()
    page = staff.get(f"/admin/accounts/user/{alice.pk}/change/").content.decode()

    assert "alice@example.org" in found
    assert "Asia/Kolkata" in page
    assert alice.password not in page
    assert "md5$" not in page
    assert 'type="password"' not in page


def test_staff_see_who_is_in_a_household(staff, household):
    page = staff.get(f"/admin/accounts/household/{household.pk}/change/").content.decode()

    assert "alice@example.org" in page


@pytest.mark.parametrize("what", ["user", "household"])
def test_staff_change_nothing_here(staff, alice, household, what):
    key = {"user": alice, "household": household}[what].pk

    assert staff.post(f"/admin/accounts/{what}/{key}/change/", {"name": "x"}).status_code == 403
    assert staff.post(f"/admin/accounts/{what}/{key}/delete/", {"post": "yes"}).status_code == 403
    assert staff.post(f"/admin/accounts/{what}/add/", {"name": "x"}).status_code == 403
    household.refresh_from_db()
    assert household.name == "Alice's household"


def test_a_member_does_not_come_in(as_alice):
    assert as_alice.get("/admin/", follow=True).status_code == 403


def test_staff_come_in_by_the_door_of_everyone(client):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert "Sign in" in answer.content.decode()
