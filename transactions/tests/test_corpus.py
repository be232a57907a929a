"""Real files of real banks, read where they lie beside the project; nothing of them is kept here."""

import json
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from transactions import importers
from transactions.importers.base import Choices, Statement, StatementLine

SHARED = Path(__file__).resolve().parents[3] / "shared" / "statements"

# ASCII is UTF-8 too, a byte-order mark is named or not, and a workbook has no character set to find out.
SAME_ENCODINGS = {
    "utf-8": {"utf-8", "ascii"},
    "utf-16-le with BOM": {"utf-16-le"},
    "latin-1": {"iso-8859-1"},
    "utf-8 (header says 8859-1)": {"utf-8"},
    "utf-8 (no XML declaration)": {"utf-8"},
    "n/a (OOXML)": {"utf-8"},
}

# Files that leave the order of their days open, and the habit of the people who have such files.
HABITS = {"qif/quicken-splits.qif": "mdy"}

READ = [
    "csv/au-ambiguous-dates.csv",
    "csv/br-banco-do-brasil.csv",
    "csv/cn-alipay-gb18030.csv",
    "csv/cn-cmb-creditcard.csv",
    "csv/de-comdirect-depot.csv",
    "csv/de-sparkasse-giro.csv",
    "csv/fr-preamble.csv",
    "csv/hu-erste-utf16le.csv",
    "csv/in-hdfc-savings.txt",
    "csv/in-icici-creditcard.csv",
    "csv/in-paytm-wallet.csv",
    "csv/nl-ing-af-bij.csv",
    "csv/nl-knab-empty.csv",
    "csv/nl-rabobank.csv",
    "csv/paypal-es.csv",
    "csv/revolut.csv",
    "csv/ru-vtb-cp1251.csv",
    "csv/sg-ocbc.csv",
    "csv/uk-creditcard-pending.csv",
    "csv/uk-lloyds.csv",
    "csv/us-chase-ofx-dates.csv",
    "csv/us-parentheses.csv",
    "csv/wise.csv",
    "apps/actual.csv",
    "apps/ezbookkeeping.csv",
    "apps/firefly-iii.csv",
    "apps/mint.csv",
    "apps/splitwise.csv",
    "apps/venmo.csv",
    "apps/wallet-budgetbakers.csv",
    "apps/ynab-register.csv",
    "apps/ynab4-budget.yfull",
    "apps/ynab4-rtl-dinar.csv",
    "camt/ch-camt053-v8.xml",
    "camt/nl-camt053-v2-batch.xml",
    "camt/two-statements-v2.xml",
    "mt940/de-february-30.sta",
    "mt940/hu-raiffeisen-cp852.sta",
    "mt940/nl-abnamro.sta",
    "mt940/nl-ing.sta",
    "mt940/pl-mbank-control-chars.sta",
    "ofx/au-anz-creditcard.ofx",
    "ofx/au-suncorp-xml-cdata.ofx",
    "ofx/br-bb-two-statements.ofx",
    "ofx/br-bradesco-comma.ofx",
    "ofx/ca-bank-sgml.ofx",
    "ofx/ca-desjardins-wrong-charset.qfx",
    "ofx/ca-html-entities.qfx",
    "ofx/jp-sample-bom.ofx",
    "ofx/malformed-dates.ofx",
    "ofx/us-checking-106.ofx",
    "ofx/us-wellsfargo-oneline.qfx",
    "qif/mixed-sections.qif",
    "qif/quicken-spaced-dates.qif",
    "qif/quicken-splits.qif",
    "qif/us-bofa-checking.qif",
    "qif/ynab-dayfirst.qif",
    "xlsx/in-sbi-savings.xlsx",
]
STATING_BALANCES = ("camt/", "mt940/")


@cache
def all_expected() -> dict[str, Any]:
    if not SHARED.exists():
        pytest.skip("The collection of real bank files (../shared/statements) is not beside the project.")
    found: dict[str, Any] = json.loads((SHARED / "expected.json").read_text())
    return found


@pytest.fixture
def expected(name) -> dict[str, Any]:
    found: dict[str, Any] = all_expected()[name]
    return found


@pytest.fixture
def statement(name, expected) -> Statement:
    choices = Choices(hint_order=HABITS.get(name, "dmy"))
    return importers.read((SHARED / name).read_bytes(), filename=name, choices=choices)


@pytest.mark.parametrize("name", READ)
def test_the_sums_are_right_to_the_cent(statement, expected):
    assert len(statement.lines) == expected["transactions"]
    assert statement.credits == Decimal(expected["sum_credits"])
    assert statement.debits == Decimal(expected["sum_debits"])


@pytest.mark.parametrize("name", READ)
def test_the_first_and_the_last_line_are_right(name, statement, expected):
    for line, wanted in zip(
        (statement.lines[:1], statement.lines[-1:]), (expected["first"], expected["last"]), strict=True
    ):
        if wanted is None:
            assert not line
            continue
        assert line[0].date.isoformat() == wanted["date"]
        assert line[0].amount == Decimal(wanted["amount"])
        assert is_called(line[0], name, wanted)


def is_called(line: StatementLine, name: str, wanted: dict[str, Any]) -> bool:
    """By the text that names it; other formats than tables keep several, and MT940 runs payee and purpose together."""
    shown, best = " ".join(line.description.split()), " ".join(wanted["description"].split())
    if shown == best or name.startswith(("csv/", "apps/")):
        return shown == best
    if name.startswith("mt940/"):
        return bool(shown) and shown in best and best in line.words
    return shown in {" ".join(text.split()) for text in wanted.get("also", [])}


@pytest.mark.parametrize("name", READ)
def test_the_days_are_read_in_the_right_order(statement, expected):
    days = sorted(line.date.isoformat() for line in statement.lines)

    assert days[:1] == [day for day in [expected["first_date"]] if day]
    assert days[-1:] == [day for day in [expected["last_date"]] if day]
    assert statement.ambiguous == expected.get("ambiguous", False)


@pytest.mark.parametrize("name", READ)
def test_the_encoding_is_recognised(statement, expected):
    assert statement.encoding in SAME_ENCODINGS.get(expected["encoding"], {expected["encoding"]})


@pytest.mark.parametrize("name", READ)
def test_currency_and_balances_are_never_wrong(statement, expected):
    assert statement.currency in {None, expected["currency"]}
    for edge in ("opening_balance", "closing_balance"):
        found = getattr(statement, edge)
        assert found is None or edge not in expected or found == Decimal(expected[edge])


# Balances that the files prove; the others state none, or lines are missing between them.
@pytest.mark.parametrize(
    "name",
    [
        "csv/in-hdfc-savings.txt",
        "csv/uk-lloyds.csv",
        "csv/de-comdirect-depot.csv",
        *(name for name in READ if name.startswith(STATING_BALANCES)),
    ],
)
def test_the_balances_before_and_after_are_found(statement, expected):
    assert statement.opening_balance == Decimal(expected["opening_balance"])
    assert statement.closing_balance == Decimal(expected["closing_balance"])


@pytest.mark.parametrize("name", [name for name in READ if name.startswith(("camt/", "mt940/", "ofx/"))])
def test_formats_that_name_their_currency_are_read_in_it(statement, expected):
    assert statement.currency == expected["currency"]
    assert statement.account
    assert str(statement.closing_balance) == expected.get("closing_balance", str(statement.closing_balance))


@pytest.mark.parametrize("name", ["ofx/malformed-dates.ofx"])
def test_each_broken_row_is_named(statement, expected):
    assert len(statement.lines) == expected["importable"]
    assert len(statement.problems) == expected["rows_in_file"]
    assert [remark.line for remark in statement.problems] == [33, 40, 48]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ofx/error-message.ofx", "General Server Error (code 2000)"),
        ("camt/no-statement.xml", "it contains no statement"),
    ],
)
def test_a_file_without_a_statement_says_so(name, said, expected):
    assert (expected["malformed"], expected["importable"]) == (True, 0)
    with pytest.raises(importers.StatementError) as refusal:
        importers.read((SHARED / name).read_bytes(), filename=name)

    assert said in str(refusal.value)


@pytest.mark.parametrize("name", ["qif/quicken-splits.qif"])
def test_the_parts_of_a_split_payment_are_those_of_the_file(statement, expected):
    wanted = [(part["category"], part.get("memo", ""), Decimal(part["amount"])) for part in expected["splits"]]

    parts = [
        (f"[{part.transfer}]" if part.transfer else part.category, part.note, part.amount)
        for part in statement.lines[0].splits
    ]
    assert parts == wanted


@pytest.mark.parametrize("name", [name for name in READ if name.startswith("apps/")])
def test_each_line_is_booked_on_its_account(statement, expected):
    wanted = expected.get("accounts", {})
    counts = Counter(line.account for line in statement.lines)
    # One row of a transfer may stand for both halves; then the other account has no row of its own.
    counts += Counter(line.transfer for line in statement.lines if line.transfer not in counts)

    for account, found in wanted.items():
        lines = [line for line in statement.lines if line.account == account]
        assert counts[account] == (found if isinstance(found, int) else found["transactions"])
        assert isinstance(found, int) or sum(line.amount for line in lines) == Decimal(found["balance"])


@pytest.mark.parametrize("name", [name for name in READ if name.startswith("apps/")])
def test_categories_splits_and_transfers_are_carried_over(statement, expected):
    assert [line.category for line in statement.lines] == expected.get(
        "categories", [line.category for line in statement.lines]
    )
    assert sum(bool(line.splits) for line in statement.lines) == expected.get("splits", 0)
    assert all(sum(split.amount for split in line.splits) == line.amount for line in statement.lines if line.splits)
    if "transfer_rows" in expected:
        assert sum(bool(line.transfer) for line in statement.lines) == expected["transfer_rows"]


@pytest.mark.parametrize("name", ["apps/mint.csv", "apps/actual.csv", "apps/ynab-register.csv"])
def test_lines_of_several_accounts_are_said_to_be_so(statement):
    assert any("several accounts" in str(remark) for remark in statement.remarks)


@pytest.mark.parametrize(
    ("name", "transfers"),
    [
        ("apps/mint.csv", [("My Credit Card", "My Checking"), ("My Checking", "My Credit Card")]),
        ("apps/ynab-register.csv", [("Checking", "Savings")]),
        ("apps/firefly-iii.csv", [("Test Account", "Test Account2")]),
        ("apps/ezbookkeeping.csv", [("Test Account", "Test Account2")]),
        (
            "apps/wallet-budgetbakers.csv",
            [("Maybank", "TNG"), ("TNG", "Maybank"), ("Maybank", "Cash"), ("Cash", "Maybank")],
        ),
    ],
)
def test_a_transfer_names_its_other_end(statement, transfers):
    assert [(line.account, line.transfer) for line in statement.lines if line.transfer] == transfers


def test_the_whole_collection_gives_statements_or_sentences():
    for name in all_expected().keys() - {"_about"}:
        answer = read_or_refuse(name)
        assert not answer.count(" ") or answer.endswith("."), name


def read_or_refuse(name: str) -> str:
    try:
        return importers.read((SHARED / name).read_bytes(), filename=name).format
    except importers.StatementError as error:
        return str(error)
