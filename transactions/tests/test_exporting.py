"""What leaves as CSV: every byte, and no cell that a spreadsheet would run."""

import csv
import io
import uuid
from datetime import date

import pytest

from batua import periods
from transactions import exporting
from transactions.models import Transaction
from transactions.selection import Selection
from transactions.tests.factories import make_category, make_transaction, make_wallet

NOVEMBER = Selection(period=periods.month(date(2026, 11, 1)))
KEYS = [uuid.UUID(int=number) for number in range(1, 5)]


def file_of(household, selection=NOVEMBER):
    return b"".join(exporting.export_csv(household, selection))


def test_the_file_byte_for_byte(household):
    make_transaction(household, "250", on=date(2026, 11, 3), note='Tea, "masala"', comment="one\r\ntwo", uuid=KEYS[0])
    make_transaction(household, "-20.5", on=date(2026, 11, 4), note="चाय ☕", bank_text="UPI/1/Tea", uuid=KEYS[1])
    make_transaction(household, "90000", kind="income", category="Salary", on=date(2026, 11, 1), uuid=KEYS[2])
    savings = make_wallet(household, "Savings")
    make_transaction(household, "400", kind="transfer", to_wallet=savings, on=date(2026, 11, 5), uuid=KEYS[3])
    make_transaction(household, "1", on=date(2026, 10, 31))

    assert file_of(household).decode() == (
        "date,kind,amount,currency,category,note,comment,wallet,to wallet,bank text,uuid\r\n"
        "2026-11-01,income,90000.00,INR,Salary,,,Cash,,,00000000-0000-0000-0000-000000000003\r\n"
        '2026-11-03,expense,250.00,INR,Groceries,"Tea, ""masala""","one\r\ntwo",Cash,,,'
        "00000000-0000-0000-0000-000000000001\r\n"
        "2026-11-04,expense,-20.50,INR,Groceries,चाय ☕,,Cash,,UPI/1/Tea,00000000-0000-0000-0000-000000000002\r\n"
        "2026-11-05,transfer,400.00,INR,,,,Cash,Savings,,00000000-0000-0000-0000-000000000004\r\n"
    )


@pytest.mark.parametrize(
    ("note", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-- lunch", "'-- lunch"),
        ("@x", "'@x"),
        ("\t=2", "'\t=2"),
        ("\tx", "'\tx"),
        ("\r=2", "'\r\n=2"),
        (" =2", "' =2"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("1-1", "1-1"),
        ("a=b", "a=b"),
        ("\x5cN", "\x5cN"),
    ],
)
def test_no_text_runs_in_a_spreadsheet(household, note, cell):
    make_transaction(household, "-250", note=note)

    [row] = csv.DictReader(io.StringIO(file_of(household).decode(), newline=""))
    assert row["note"] == cell
    assert row["amount"] == "-250.00"


def test_names_of_categories_and_wallets_are_guarded_too(household):
    make_transaction(household, "5", category=make_category(household, "=cmd"), wallet=make_wallet(household, "@bank"))

    [row] = exporting.export_cells(household, NOVEMBER, first=5)
    assert (row[4], row[7]) == ("'=cmd", "'@bank")


@pytest.mark.parametrize(("currency", "amount", "cell"), [("JPY", "1250", "1250"), ("KWD", "1.25", "1.250")])
def test_amounts_have_the_decimals_of_their_currency(household, currency, amount, cell):
    household.currency = currency
    household.save()
    make_transaction(household, amount, wallet=make_wallet(household, "Abroad"))

    [row] = exporting.export_cells(household, NOVEMBER, first=5)
    assert row[2:4] == [cell, currency]


def test_only_the_chosen_entries_of_the_own_household_leave(household, bobs_household):
    make_transaction(household, "5", note="Tea time")
    make_transaction(household, "6", note="Bus")
    make_transaction(bobs_household, "7", note="Tea of Bob")

    rows = exporting.export_cells(household, Selection(text="tea"), first=9)
    assert [row[5] for row in rows] == ["Tea time"]


def test_a_large_file_comes_in_pieces_and_one_query(household, django_assert_num_queries):
    base = make_transaction(household, "1", note="x" * 180)
    Transaction.objects.bulk_create(
        Transaction(household=household, wallet=base.wallet, kind="expense", currency="INR", amount=number + 1,
                    date=base.date, category=base.category, note="y" * 180)
        for number in range(600)
    )  # fmt: skip

    with django_assert_num_queries(1):
        pieces = list(exporting.export_csv(household, NOVEMBER))

    assert max(map(len, pieces)) < 80_000
    assert len(pieces) > 3
    assert b"".join(pieces).count(b"\r\n") == 602
