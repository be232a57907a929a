"""A split payment of which a part is gone: what comes again is what is missing, never what is here."""

from decimal import Decimal

import pytest

from transactions.importers.base import Split, Statement
from transactions.imports import taking_back
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_category
from transactions.tests.test_verdicts import a_statement, commit, line, verdicts
from transactions.totals import differences


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get()


def market() -> Statement:
    parts = ("-4", "Food", "Bread"), ("-6", "Home", "Soap"), ("-2", "Home", "Rope")
    splits = tuple(Split(amount=Decimal(amount), category=category, note=note) for amount, category, note in parts)
    return a_statement(line(1, 3, "-12", "Market", splits=splits))


def booked() -> list[tuple[str, Decimal]]:
    return list(Transaction.objects.order_by("amount").values_list("note", "amount"))


@pytest.mark.parametrize("gone", [{"Bread"}, {"Bread", "Soap"}, {"Bread", "Soap", "Rope"}])
def test_parts_that_were_deleted_come_again_without_the_others(household, cash, alice, gone):
    commit(household, market(), {"": cash}, alice)
    Transaction.objects.filter(note__in=gone).delete()

    assert verdicts(household, market(), {"": cash}) == ["deleted"]
    commit(household, market(), {"": cash}, alice, taken={1})

    assert booked() == [("Rope", 2), ("Bread", 4), ("Soap", 6)]
    assert len(set(Transaction.objects.values_list("group_id", flat=True))) == 1
    assert differences() == []


def test_what_is_missing_gets_the_category_that_is_chosen_for_the_line(household, cash, alice):
    treats = make_category(household, "Treats")
    commit(household, market(), {"": cash}, alice)
    Transaction.objects.filter(note="Bread").delete()

    commit(household, market(), {"": cash}, alice, taken={1}, choices={1: treats.pk})

    assert booked() == [("Rope", 2), ("Bread", 4), ("Soap", 6)]
    assert Transaction.objects.get(category=treats).note == "Bread"


def test_a_split_payment_of_which_a_part_was_changed_stays_whole(household, cash, alice):
    batch = commit(household, market(), {"": cash}, alice)
    Transaction.objects.filter(note="Bread").update(comment="for the party")

    done = taking_back.take_back(batch=batch)

    assert (done.gone, done.kept) == (0, 3)
    assert verdicts(household, market(), {"": cash}) == ["known"]


def test_a_changed_part_that_is_ticked_goes_with_the_whole_payment(household, cash, alice):
    batch = commit(household, market(), {"": cash}, alice)
    Transaction.objects.filter(note="Soap").update(comment="for the party")

    done = taking_back.take_back(batch=batch, also=taking_back.changed_since(batch))

    assert (done.gone, done.kept) == (3, 0)
    commit(household, market(), {"": cash}, alice)
    assert booked() == [("Rope", 2), ("Bread", 4), ("Soap", 6)]
