"""Payees and wallets over time, by hand: refunds, transfers, borders of the month, and nothing of another household."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.db import connection

from accounts.models import Household
from batua import periods
from conftest import kept_for_the_module, make_member
from transactions import ledger
from transactions.ledger import Part, PayeeSum
from transactions.models.entry import FoldedNote
from transactions.tests.factories import make_transaction, make_wallet, the_wallet

TODAY = date(2026, 11, 25)
# Every run of white space becomes one space.
IN_FULL = "btrim(regexp_replace(batua_fold(note), '[[:space:]]+', ' ', 'g'))"
D = Decimal
EVERY_PERIOD = [
    ("this-month", {}),
    ("last-month", {}),
    ("last-3-months", {}),
    ("this-year", {}),
    ("all-time", {}),
    ("custom", {"start": date(2026, 10, 20), "end": date(2026, 11, 12)}),
    ("custom", {"start": date(2026, 3, 31), "end": date(2026, 11, 12)}),
]
EVERY_CUT = [
    *((*each, part) for each in EVERY_PERIOD for part in (Part.DAY, Part.MONTH)),
    ("all-time", {}, Part.YEAR),
]


def period(key: str = "this-month", *, month_start: int = 1, **days: date) -> periods.Period:
    return periods.resolve(key, today=TODAY, month_start=month_start, **days)


def payees(household, key: str = "this-month", limit: int = 10) -> ledger.Payees:
    return ledger.spending_by_payee(household, period(key), limit=limit)


@pytest.mark.parametrize("note", ["Café  Müller", "CAFE MULLER", " cafe müller", "Cafe\N{NO-BREAK SPACE}Mu\u0308ller"])
def test_case_accents_and_spaces_do_not_tell_payees_apart(household, note):
    make_transaction(household, "10", note="Café Müller")
    make_transaction(household, "2", note="Café Müller")
    make_transaction(household, "5", note=note)

    assert payees(household).first == [PayeeSum("Café Müller", D(17), 3)]


@pytest.mark.django_db
@pytest.mark.parametrize("folded", [FoldedNote.template % {"expressions": "note"}, FoldedNote.of_column("note")])
def test_a_note_is_folded_alike_whatever_way_is_the_shorter(folded):
    letters = [" ", "\t", "\n", "\x0b", "\N{NO-BREAK SPACE}", "\N{EM SPACE}", "a", "Z", "É", "e\u0301", "İ", "ß", "ﬁ"]
    notes = ["".join(each) for each in product(letters, repeat=3)]

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT note, {folded}, {IN_FULL} FROM unnest(%s::text[]) AS notes(note)", [notes])
        found = cursor.fetchall()

    assert len(found) == 13**3
    assert [each for each in found if each[1] != each[2]] == []


def test_a_payees_refund_is_taken_from_its_sum(household):
    make_transaction(household, "500", note="Myntra")
    make_transaction(household, "-200", note="Myntra")
    make_transaction(household, "-30", note="Returned only")
    make_transaction(household, "8", note="Tram")

    found = payees(household)

    assert [(each.name, each.amount) for each in found.first] == [("Myntra", 300), ("Tram", 8), ("Returned only", -30)]
    assert found.spent == 308


def test_payees_beyond_the_limit_are_added_up(household):
    for number in range(1, 8):
        make_transaction(household, number * 10, note=f"Shop {number}")
    make_transaction(household, "-65", note="Refund")
    make_transaction(household, "1000", note="")

    found = payees(household, limit=3)

    # The greatest either way: 70, −65, 60; beyond them 10 + 20 + 30 + 40 + 50.
    assert [(each.name, each.amount) for each in found.first] == [("Shop 7", 70), ("Shop 6", 60), ("Refund", -65)]
    assert (found.others, found.more) == (PayeeSum("", D(150), 5), 5)
    assert found.nameless == PayeeSum("", D(1000), 1)
    assert found.spent == 1280


def test_income_transfers_neighbours_and_other_months_have_no_payees(household, bobs_household):
    make_transaction(household, "900", kind="income", category="Salary", note="Work")
    make_transaction(household, "50", kind="transfer", to_wallet=make_wallet(household), note="Saved")
    make_transaction(bobs_household, "70", note="Bob's")
    make_transaction(household, "3", on=date(2026, 10, 31), note="October")
    make_transaction(household, "4", on=date(2026, 12, 1), note="December")

    found = payees(household)

    assert (found.first, found.more, found.spent) == ([], 0, 0)
    assert (found.others.amount, found.nameless.amount) == (0, 0)
    assert [each.name for each in payees(household, "all-time").first] == ["December", "October"]


def test_wallets_begin_with_what_lay_in_them_before(household, bobs_household):
    bank = make_wallet(household, "Bank", opening_balance=D(1000))
    make_transaction(household, "300", wallet=bank, on=date(2026, 10, 31))
    make_transaction(household, "5000", kind="income", category="Salary", wallet=bank, on=date(2026, 11, 1))
    make_transaction(household, "200", kind="transfer", wallet=bank, to_wallet=the_wallet(household, "Cash"))
    make_transaction(household, "20", on=date(2026, 11, 30))
    make_transaction(household, "-5", on=date(2026, 11, 30))
    make_transaction(household, "9", on=date(2026, 12, 1))
    make_transaction(bobs_household, "70")

    found = {each.name: each for each in ledger.wallet_history(household, period(), part=Part.DAY)}

    assert found.keys() == {"Cash", "Bank"}
    assert found["Bank"].start == 700
    assert found["Bank"].moves == {date(2026, 11, 1): 5000, date(2026, 11, 10): -200}
    assert found["Cash"].start == 0
    assert found["Cash"].moves == {date(2026, 11, 10): 200, date(2026, 11, 30): -15}


def test_a_month_that_begins_on_pay_day_is_named_by_its_own_rule(household):
    household.month_start = 25
    household.save()
    make_transaction(household, "1", on=date(2026, 9, 24))
    make_transaction(household, "20", on=date(2026, 9, 25))
    make_transaction(household, "300", on=date(2026, 11, 24))
    make_transaction(household, "4000", on=date(2026, 11, 25))

    span = periods.months(date(2026, 10, 1), date(2026, 12, 1), month_start=25)
    (cash,) = ledger.wallet_history(household, span, part=Part.MONTH)

    assert cash.start == -1
    assert cash.moves == {date(2026, 10, 1): -20, date(2026, 11, 1): -300, date(2026, 12, 1): -4000}


def test_an_archived_wallet_is_kept(household):
    old = make_wallet(household, "Old", archived_at="2026-01-01T00:00Z", opening_balance=D(5))

    found = ledger.wallet_history(household, period("all-time"), part=Part.MONTH)

    assert [(each.id, each.start, each.is_archived) for each in found if each.name == "Old"] == [(old.pk, 5, True)]


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """A year of entries between two wallets."""
    with kept_for_the_module(django_db_blocker):
        household = make_member("asha@example.net", "Asha").households.get()
        bank = make_wallet(household, "Bank", opening_balance=D(1000))
        for number, month in enumerate((1, 3, 9, 10, 11, 12)):
            for day in (1, 10, 24, 25, 28):
                make_transaction(household, 10**number, on=date(2026, month, day))
                make_transaction(household, 3, kind="income", category="Salary", on=date(2026, month, day))
                make_transaction(household, 7, kind="transfer", to_wallet=bank, on=date(2026, month, day))
        yield household.pk


@pytest.mark.parametrize("month_start", [1, 25])
@pytest.mark.parametrize(("key", "days", "part"), EVERY_CUT)
def test_a_wallet_ends_with_the_balance_that_the_entries_say(db, filled, key, days, part, month_start):
    household = Household.objects.get(pk=filled)
    household.month_start = month_start
    household.save()
    chosen = period(key, month_start=month_start, **days)

    savings, cash = sorted(ledger.wallet_history(household, chosen, part=part), key=lambda each: each.name)

    end = chosen.end or date(2100, 1, 1)
    count = sum(date(2026, month, day) < end for month in (1, 3, 9, 10, 11, 12) for day in (1, 10, 24, 25, 28))
    spent = sum(
        10**number
        for number, month in enumerate((1, 3, 9, 10, 11, 12))
        for day in (1, 10, 24, 25, 28)
        if date(2026, month, day) < end
    )
    assert savings.start + sum(savings.moves.values()) == 1000 + 7 * count
    assert cash.start + sum(cash.moves.values()) == 3 * count - 7 * count - spent
