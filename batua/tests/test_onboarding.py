"""How someone gets books of their own: at sign-up, and when they have none."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from accounts.models import Household, User
from batua import onboarding
from conftest import signed_in
from transactions.models import Category, Wallet
from transactions.standard_categories import STANDARD_CATEGORIES


@pytest.fixture
def loner(db) -> User:
    """Made on the shell: no household."""
    return User.objects.create_user("loner@example.org", "a long enough secret")


def test_a_welcome_makes_books_that_are_ready_for_an_entry(loner):
    household = onboarding.welcome(user=loner, name="Home", currency="KWD", month_start=25, week_start=6)

    cash = Wallet.objects.of(household).get()
    assert (household.name, household.month_start, household.week_start) == ("Home", 25, 6)
    assert (cash.name, cash.kind, cash.currency, cash.opening_balance) == ("Cash", "cash", "KWD", 0)
    assert loner.memberships.get().role == "owner"
    made = {(category.kind, category.name) for category in Category.objects.of(household)}
    assert made == {(standard.kind, standard.name) for standard in STANDARD_CATEGORIES}
    assert "swiggy" in Category.objects.of(household).get(name="Eating out").keywords


def test_two_households_have_categories_of_their_own(loner, alice):
    one = onboarding.welcome(user=loner, name="One", currency="INR")
    two = onboarding.welcome(user=alice, name="Two", currency="INR")

    Category.objects.of(one).filter(name="Groceries").update(name="Kirana")

    assert Category.objects.of(two).filter(name="Groceries").exists()


def test_a_welcome_that_fails_leaves_nothing(loner):
    with pytest.raises(IntegrityError):
        onboarding.welcome(user=loner, name="Home", currency="INR", month_start=31)

    assert not Household.objects.exists()


@pytest.mark.parametrize("path", ["/dashboard/", "/transactions/", "/transactions/add/"])
def test_who_has_no_household_is_shown_how_to_start_one(loner, path):
    page = signed_in(loner).get(path, follow=True)

    assert page.redirect_chain == [("/household/start/", 302)]
    assert "You have no books yet" in page.content.decode()


def test_htmx_leaves_the_page_when_there_is_no_household(loner):
    answer = signed_in(loner).get("/transactions/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == "/household/start/"


def test_one_click_starts_a_household(loner):
    client = signed_in(loner)

    answer = client.post("/household/start/", headers={"Accept-Language": "de-CH"})

    household = loner.households.get()
    assert (answer.status_code, answer["Location"]) == (303, "/dashboard/")
    assert (household.name, household.currency, household.week_start) == ("My household", "CHF", 0)
    assert Wallet.objects.of(household).count() == 1


def test_who_has_books_starts_no_second_ones(as_alice, alice):
    assert as_alice.get("/household/start/")["Location"] == "/dashboard/"
    assert as_alice.post("/household/start/")["Location"] == "/dashboard/"
    assert alice.households.count() == 1


def test_the_profile_works_without_a_household(loner):
    page = signed_in(loner).get("/profile/").content.decode()

    assert "loner@example.org" in page
    assert "Save household" not in page
    assert signed_in(loner).post("/profile/household/", {"name": "x"})["Location"] == "/household/start/"


def test_createsuperuser_makes_someone_who_can_sign_in_at_once(db, client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough secret")

    call_command("createsuperuser", "--no-input", "--email", "Root@Example.org", verbosity=0)
    answer = client.post("/accounts/login/", {"login": "root@example.org", "password": "a long enough secret"})

    root = User.objects.get()
    assert (root.email, root.is_staff, root.is_superuser) == ("root@example.org", True, True)
    assert answer["Location"] == "/dashboard/"
    # The support desk waits for a second factor.
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/factors/"
