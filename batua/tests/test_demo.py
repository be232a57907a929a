"""The demo household: made, made anew, opened by a visitor, and refused in production."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Household, Membership, User
from batua.demo import books, history
from batua.periods import resolve
from batua.urls import urlpatterns
from budgets.models import Budget, BudgetLimit
from transactions import ledger, totals
from transactions.models import Category, Transaction, Wallet
from transactions.standard_categories import STANDARD_CATEGORIES


@pytest.fixture(autouse=True)
def _local_mode(settings, db):
    settings.DEBUG = True


@pytest.fixture(autouse=True)
def _short_history(monkeypatch):
    monkeypatch.setattr(history, "MONTHS", 4)


def demo():
    return Household.objects.get(name=books.NAME)


def test_the_command_makes_a_household_and_says_how_to_sign_in(today, capsys):
    call_command("demo")

    household = demo()
    written = history.write(today=today)
    assert Transaction.objects.of(household).count() == len(written)
    assert Category.objects.of(household).count() == len(STANDARD_CATEGORIES)
    assert Wallet.objects.of(household).count() == 4
    assert capsys.readouterr().out == (
        f"Demo household: {len(written)} entries. Sign in as demo@batua.example with the password: open the purse\n"
    )


def test_three_years_take_as_many_queries_as_four_months(today, monkeypatch):
    counted = []
    for months in (4, 36):
        monkeypatch.setattr(history, "MONTHS", months)
        with CaptureQueriesContext(connection) as queries:
            books.renew(today=today)
        counted.append(len(queries))

    assert counted[1] <= counted[0]


def test_the_demos_totals_are_those_of_its_history(today):
    household = books.renew(today=today)

    found = ledger.totals(household, resolve("all-time", today=today))

    written = history.write(today=today)
    assert found.income == sum(entry.amount for entry in written if entry.kind == "income")
    assert found.spending == sum(entry.amount for entry in written if entry.kind == "expense")
    assert totals.differences() == []


def test_each_month_has_the_limit_it_had(today):
    household = books.renew(today=today)

    budget = Budget.objects.of(household).get(category__name="Eating out")
    limits = BudgetLimit.objects.filter(budget=budget).order_by("from_month").values_list("from_month", "amount")
    assert list(limits) == [(date(2023, 12, 1), Decimal(8000)), (date(2025, 9, 1), Decimal(9000))]
    stopped = BudgetLimit.objects.get(budget__household=household, amount=None)
    assert (stopped.budget.category.name, stopped.from_month) == ("Clothes & shoes", date(2026, 3, 1))


def test_two_parts_of_one_bill_know_each_other(today):
    household = books.renew(today=today)

    part = Transaction.objects.of(household).exclude(group_id=None).newest_first().first()
    siblings = Transaction.objects.of(household).filter(group_id=part.group_id)
    assert sorted(entry.category.name for entry in siblings) == ["Groceries", "Home & repairs"]


def test_a_second_time_makes_it_anew(today):
    first = books.renew(today=today)
    Transaction.objects.of(first).delete()

    second = books.renew(today=today, password="another purse")

    assert demo() == second != first
    assert Transaction.objects.of(second).count() == len(history.write(today=today))
    assert not Wallet.objects.of(first).exists()
    owner = User.objects.get(email=books.EMAIL)
    assert owner.check_password("another purse")
    assert owner.emailaddress_set.get().verified


def test_a_person_keeps_the_books_they_have(alice, household, today):
    made = books.renew(today=today, email="Alice@Example.org")

    assert set(alice.households.all()) == {household, made}
    assert alice.emailaddress_set.count() == 1


def test_another_persons_household_of_the_same_name_stays(bob, bobs_household, today):
    bobs_household.name = books.NAME
    bobs_household.save()
    Membership.objects.create(user=User.objects.create_user(books.EMAIL), household=bobs_household, role="viewer")

    books.renew(today=today)

    assert Household.objects.filter(name=books.NAME).count() == 2
    assert bob.households.get() == bobs_household


@pytest.mark.urls("batua.tests.demo_urls")
def test_a_visitor_is_signed_in_to_the_demo(client, today):
    response = client.post("/demo/")

    assert (response.status_code, response["Location"]) == (302, reverse("reports:dashboard"))
    assert get_user(client).email == books.EMAIL
    assert client.session["household"] == demo().pk
    assert "These are demo books" in client.get(response["Location"]).content.decode()


@pytest.mark.urls("batua.tests.demo_urls")
def test_the_next_visitor_finds_the_demo_as_it_was_left(client, today):
    household = books.renew(today=today)
    Transaction.objects.of(household).delete()
    household.name = "Our purse"
    household.save()

    client.post("/demo/")

    assert Household.objects.get() == household
    assert not Transaction.objects.of(household).exists()


@pytest.mark.urls("batua.tests.demo_urls")
def test_a_viewer_of_other_books_may_look_at_the_demo(as_viewer):
    as_viewer.post("/demo/")

    assert get_user(as_viewer).email == books.EMAIL


@pytest.mark.urls("batua.tests.demo_urls")
def test_the_demo_is_not_opened_by_a_link(client):
    assert client.get("/demo/").status_code == 405
    assert not Household.objects.exists()


def test_the_command_refuses_in_production(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="a password that everyone knows"):
        call_command("demo")

    assert not User.objects.exists()


@pytest.mark.urls("batua.tests.demo_urls")
def test_the_view_refuses_in_production(settings, client):
    settings.DEBUG = False

    assert client.post("/demo/").status_code == 404
    assert not User.objects.exists()


def test_production_has_no_address_for_the_demo():
    # Imported with this module, before any test turns DEBUG on.
    assert "demo" not in {getattr(pattern, "name", None) for pattern in urlpatterns}
