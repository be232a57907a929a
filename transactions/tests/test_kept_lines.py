"""What a bank said stays known, whatever a person made of the entry since."""

from datetime import date
from decimal import Decimal

import pytest

from transactions.importers.base import Split, Status
from transactions.imports import taking_back
from transactions.models import ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.test_verdicts import a_statement, commit, line, sums, verdicts

ROWS = [(2, "-12.30", "Rewe"), (5, "2000", "Salary"), (7, "-700", "Rent"), (8, "-3", "Kiosk")]


def a_month(*, bank_ids: bool = False):
    return a_statement(
        *(
            line(number, day, amount, text, bank_id=f"ABC{number}X" if bank_ids else "")
            for number, (day, amount, text) in enumerate(ROWS, start=1)
        )
    )


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get()


@pytest.fixture
def changed(household, alice, cash):
    """A month whose entries got another amount, another day, no life, and another wallet."""
    batch = commit(household, a_month(), {"": cash}, alice, layout="csv")
    entry = {each.note: each for each in Transaction.objects.of(household)}
    entry["Rewe"].amount = Decimal(13)
    entry["Salary"].date = date(2026, 11, 12)
    entry["Kiosk"].wallet = make_wallet(household, "Purse")
    for each in (entry["Rewe"], entry["Salary"], entry["Kiosk"]):
        each.save()
    entry["Rent"].delete()
    return batch


@pytest.mark.usefixtures("changed")
def test_a_file_of_another_kind_brings_none_of_it_again(household, alice, cash):
    before = sums(household)

    assert verdicts(household, a_month(), {"": cash}, "csv") == ["known", "known", "deleted", "known"]
    assert verdicts(household, a_month(bank_ids=True), {"": cash}, "ofx") == [
        "lookalike",
        "lookalike",
        "deleted",
        "lookalike",
    ]
    commit(household, a_month(bank_ids=True), {"": cash}, alice, layout="ofx", taken={3})

    assert sums(household)[1] == before[1] + 700


@pytest.mark.usefixtures("changed")
def test_a_second_payment_of_the_same_amount_is_new(household, cash):
    more = [line(10 + number, day + 1, amount, text) for number, (day, amount, text) in enumerate(ROWS)]

    found = verdicts(household, a_statement(*a_month().lines, *more), {"": cash}, "csv")

    assert found == ["known", "known", "deleted", "known", *["new"] * 4]


@pytest.mark.usefixtures("changed")
def test_only_days_near_the_banks_own_day_count(household, cash):
    far = a_statement(line(1, 6, "-12.30"), line(2, 12, "2000.00", "Bonus"), line(3, 11, "-700"), line(4, 12, "-3"))

    assert verdicts(household, far, {"": cash}, "ofx") == ["new", "lookalike", "new", "new"]


@pytest.mark.usefixtures("changed")
def test_a_line_that_its_bank_tells_anew_in_a_file_of_the_same_kind_is_seen_too(household, cash):
    again = a_statement(*(line(number, day, amount, text.upper()) for number, (day, amount, text) in enumerate(ROWS)))

    assert verdicts(household, again, {"": cash}, "csv") == ["lookalike", "lookalike", "deleted", "lookalike"]


@pytest.mark.usefixtures("changed")
def test_another_wallet_knows_nothing_of_it(household):
    other = Wallet.objects.get(name="Purse")

    found = verdicts(household, a_month(bank_ids=True), {"": other}, "ofx")

    assert found == ["new", "new", "new", "lookalike"]


def test_what_was_taken_back_is_new(household, cash, changed):
    taking_back.take_back(batch=changed, also=taking_back.changed_since(changed))

    assert verdicts(household, a_month(bank_ids=True), {"": cash}, "ofx") == ["new"] * 4


def test_lines_keep_the_banks_day_and_amount(household, alice, cash):
    bank = make_wallet(household, "Bank")
    parts = Split(Decimal(-7), "Food"), Split(Decimal(-3), "Home")
    lines = line(1, 8, "-10", splits=parts), line(2, 9, "-500"), line(3, 9, "-4", status=Status.PENDING)
    commit(household, a_statement(*lines), {"": cash}, alice, taken={1, 2, 3})
    commit(household, a_statement(line(1, 10, "500")), {"": bank}, alice)

    kept = ImportedLine.objects.order_by("batch", "line_number", "pk").values_list("day__day", "amount", "is_pending")

    assert list(kept) == [(8, -10, False), (None, None, False), (9, -500, False), (9, -4, True), (10, 500, False)]


def test_the_sum_of_a_split_payment_is_kept_where_a_part_was_changed(household, alice, cash):
    parts = Split(Decimal(-20), "Food"), Split(Decimal(-10), "Home")
    commit(household, a_statement(line(1, 8, "-30", "Market", splits=parts)), {"": cash}, alice, layout="qif")
    Transaction.objects.filter(amount=20).update(amount=19)

    assert verdicts(household, a_statement(line(1, 9, "-30", "MARKET")), {"": cash}, "ofx") == ["lookalike"]
