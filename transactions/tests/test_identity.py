"""A row is the same line in every file that has it, whatever else the file holds."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transactions import importers, importing
from transactions.importers.base import Statement, StatementError
from transactions.imports.identity import Identities
from transactions.imports.verdicts import Verdict
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_import
from transactions.tests.reading import read
from transactions.tests.test_corpus import SHARED

DKB = "Buchungsdatum;Status;Zahlungsempfänger;Verwendungszweck;Betrag (€)\n"
BOOKED = "03.11.26;Gebucht;REWE;Einkauf;-10,00\n04.11.26;Gebucht;Bahn;Fahrkarte;-20,00\n"


def keys(statement: Statement, currency: str = "EUR") -> list[str]:
    identities = Identities(currency=currency)
    return [identities.key(line) for line in statement.lines]


def verdicts(household, statement: Statement) -> list[Verdict]:
    wallets = {"": Wallet.objects.of(household).get()}
    return [each.verdict for each in importing.preview(household=household, statement=statement, wallets=wallets).lines]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            DKB + "05.11.26;Vorgemerkt;Kino;Karte;-9,00\n" + BOOKED,
            DKB + BOOKED,
            id="a status, with and without a pending row",
        ),
        pytest.param(
            "Date,Payee,Amount,Balance\n2026-11-03,Shop,-1.00,9.00\n",
            "Date,Payee,Amount,Balance\n2026-11-03,Shop,-1.00,1009.00\n",
            id="a balance",
        ),
        pytest.param(
            "Date,Payee,Amount,Level\n2026-11-03,Shop,-1.00,9.00\n",
            "Date,Payee,Amount,Level\n2026-11-03,Shop,-1.00,12.00\n2026-11-02,Bus,-3.00,13.00\n2026-11-01,Tea,-2.00,16.00\n",
            id="a balance by another name",
        ),
        pytest.param(
            "2026-11-03,Shop,-1.00,9.00,DR\n2026-11-02,Bus,-3.00,10.00,DR\n",
            "2026-11-03,Shop,-1.00,9.00,DR\n2026-11-02,Bus,-3.00,10.00,DR\n2026-11-01,Tea,-2.00,13.00,DR\n"
            "2026-10-30,Pay,+9.00,15.00,CR\n",
            id="no header",
        ),
        pytest.param(
            "Date,Payee,Amount,Currency\n2026-11-03,Shop,-1.00,EUR\n",
            "Date,Payee,Amount,Currency\n2026-11-03,Shop,-1.00,EUR\n2026-11-02,Bus,-3.00,\n2026-11-01,Tea,-2.00,\n",
            id="a currency that few rows have",
        ),
        pytest.param(
            "Date,Payee,Amount,Category\n2026-11-03,Shop,-1.00,General\n",
            "Date,Payee,Amount,Category\n2026-11-03,Shop,-1.00,Groceries\n",
            id="a category chosen anew at the bank",
        ),
        pytest.param(
            "Date,Payee,Amount,ID\n2026-11-03,Shop,-1.00,1\n2026-11-02,Bus,-3.00,2\n",
            "Date,Payee,Amount,ID\n2026-11-04,Tea,-1.00,1\n2026-11-03,Shop,-1.00,2\n2026-11-02,Bus,-3.00,3\n",
            id="ids that count the rows of the file",
        ),
        pytest.param(
            "Date,Payee,Amount,Type\n2026-11-03,Shop,-1.00,Debit\n",
            "Date,Payee,Amount,Type\n2026-11-03,Shop,-1.00,Debit\n2026-11-02,Bus,-3.00,Card\n2026-11-01,Tea,-2.00,Fee\n",
            id="a kind of payment that is a direction in a short file",
        ),
    ],
)
def test_rows_of_the_first_file_are_the_same_lines_in_the_second(household, alice, first, second):
    household.currency = "EUR"
    household.save()
    make_import(household=household, statement=read(first), wallets={"": Wallet.objects.of(household).get()},
                created_by=alice)  # fmt: skip
    before = Transaction.objects.count()

    found = verdicts(household, read(second))

    assert found.count(Verdict.KNOWN) == min(before, len(found))


def test_equal_rows_of_one_bank_id_are_known_one_by_one(household, alice):
    row = "2026-11-03,Shop,-1.00,INR,4711-0815\n"
    header = "Date,Payee,Amount,Currency,Transaction ID\n"
    wallets = {"": Wallet.objects.of(household).get()}
    make_import(household=household, statement=read(header + row * 2), wallets=wallets, created_by=alice)

    assert verdicts(household, read(header + row)) == [Verdict.KNOWN]
    assert verdicts(household, read(header + row * 3)) == [Verdict.KNOWN, Verdict.KNOWN, Verdict.NEW]


def test_a_payment_and_its_fee_of_one_bank_id_are_two(household):
    text = "Date,Payee,Amount,Transaction ID\n2026-11-03,Shop,-1.00,4711-0815\n2026-11-03,Shop,-0.10,4711-0815\n"

    assert len(set(keys(read(text)))) == 2


@pytest.mark.parametrize("other", ["USD", "EUR"])
def test_the_same_amount_of_another_currency_is_another_payment(household, alice, other):
    header = "Date,Payee,Amount,Currency\n"
    wallets = {"": Wallet.objects.of(household).get()}
    statement = read(f"{header}2026-11-03,Shop,-1.00,INR\n")
    make_import(household=household, statement=statement, wallets=wallets, created_by=alice)

    found = verdicts(household, read(f"{header}2026-11-03,Shop,-1.00,{other}\n2026-11-03,Shop,-1.00,INR\n"))

    assert found == [Verdict.FOREIGN, Verdict.KNOWN]


def test_signs_of_several_currencies_beside_the_amounts_belong_to_their_lines():
    statement = read("Date,Payee,Amount\n2026-11-03,Shop,-€1.00\n2026-11-04,Shop,-£2.00\n2026-11-05,Shop,-3.00\n")

    assert [line.currency for line in statement.lines] == ["EUR", "GBP", None]


NAMES = ["Payee", "Status", "Type", "Balance", "Currency", "Category", "Fee", "Memo", "Level", "Zustand", "Value date"]
CELLS = ["", "Shop", "Bus", "Booked", "Pending", "Debit", "Credit", "CR", "EUR", "9.00", "120", "2026-11-02", "000815"]


@st.composite
def tables(draw) -> tuple[list[str], list[list[str]]]:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    is_clear = draw(st.booleans())
    row = st.tuples(
        st.integers(0, 6).map(lambda day: (date(2026, 11, 1) + timedelta(day)).isoformat()),
        st.integers(1, 3).map(lambda whole: f"-{whole}.50"),
        *(st.sampled_from(["", "EUR"] if name == "Currency" and is_clear else CELLS) for name in names),
    )
    return ["Date", "Amount", *names], draw(st.lists(row.map(list), min_size=1, max_size=12))


CONTRADICTORY = [["2026-11-01", "-1.50", "", "Credit"], ["2026-11-01", "-1.50", "Debit", "Credit"]]
HALF_FILLED = [["2026-11-01", "-1.50", ""], ["2026-11-02", "-1.50", "EUR"]]


@given(tables(), st.integers(0, 6), st.booleans(), st.sampled_from(["EUR", "INR"]))
@example(table=(["Date", "Amount", "Currency"], HALF_FILLED), last=0, has_header=True, currency="INR")
@example(
    table=(["Date", "Amount", "Status", "Type"], [*CONTRADICTORY, ["2026-11-02", "-1.50", "Shop", "Credit"]]),
    last=0,
    has_header=True,
    currency="EUR",
)
def test_whole_days_of_a_file_bring_no_line_that_the_file_does_not_have(table, last, has_header, currency):
    header, rows = table
    # Where no header names a column of currencies, or it holds others, only most rows show that it is one.
    places = [place for place, name in enumerate(header) if name == "Currency"]
    is_clear = has_header and all(row[place] in {"", "EUR"} for row in rows for place in places)
    currency = currency if is_clear else "EUR"
    part = [row for row in rows if row[0] <= f"2026-11-0{last + 1}"]

    def written(rows: list[list[str]]) -> Statement:
        sheet = io.StringIO()
        csv.writer(sheet, delimiter=";").writerows([header, *rows] if has_header else rows)
        return read(sheet.getvalue())

    if part:
        whole, beginning = written(rows), written(part)
        known = {*keys(whole, currency)}
        # What the whole file contradicts is a broken line there, and said: nothing comes twice by it.
        broken = {problem.raw for problem in whole.problems}
        new = [line for line, key in zip(beginning.lines, keys(beginning, currency), strict=True) if key not in known]
        assert {line.raw for line in new} <= broken


# Cut within the two lines of a row; told by a repayment which way its signs are; days that both orders fit.
CUT_BADLY = {"sg-ocbc.csv", "uk-creditcard-pending.csv", "ynab-register.csv"}
REAL = (
    sorted(path for kind in ("csv", "apps") for path in (SHARED / kind).glob("*.*") if path.suffix in {".csv", ".txt"})
    if SHARED.exists()
    else []
)


@pytest.mark.skipif(not REAL, reason="The collection of real bank files is not beside the project.")
@pytest.mark.parametrize("path", [path for path in REAL if path.name not in CUT_BADLY], ids=lambda path: path.name)
def test_the_beginning_of_a_real_file_brings_no_line_that_the_file_does_not_have(path):
    lines = path.read_bytes().splitlines(keepends=True)
    ends = range(2, len(lines), max(1, len(lines) // 10))
    whole = keys_of_accounts(path.read_bytes(), path.name)

    assert all(keys_of_accounts(b"".join(lines[:end]), path.name) <= whole for end in ends)


def keys_of_accounts(content: bytes, name: str) -> set[str]:
    try:
        lines = importers.read(content, filename=name).lines
    except StatementError:
        return set()
    found = {account: Identities(currency="EUR") for account in {line.account for line in lines}}
    return {found[line.account].key(line) for line in lines}
