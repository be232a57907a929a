"""Statements in random dialects are read back, and no bytes make the reader do anything but read or refuse."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from transactions import importers
from transactions.importers.base import Choices, Remark, Statement, StatementError


@dataclass(frozen=True)
class Dialect:
    """One way in which a bank might write a statement."""

    delimiter: str
    encoding: str
    line_end: str
    decimal_mark: str
    pattern: str
    preamble: tuple[str, ...]
    amount_columns: str
    minus: str
    quotes_all: bool


@dataclass(frozen=True)
class Line:
    date: date
    payee: str
    amount: Decimal


dialects = st.builds(
    Dialect,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r", "\r\r\n"]),
    decimal_mark=st.sampled_from([".", ","]),
    pattern=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d %b %Y", "%Y/%m/%d 12:30"]),
    preamble=st.sampled_from([(), ("Account", ""), ("Statement of account", "Period 1 to 31", "", "")]),
    amount_columns=st.sampled_from(["signed", "pair", "pair with zeros", "direction"]),
    minus=st.sampled_from(["-{}", "\u2212{}", "{}-", "({})"]),
    quotes_all=st.booleans(),
)
payees = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "Po", "Zs"], exclude_characters="\u00ad"),
    min_size=1,
    max_size=30,
).map(lambda text: f"To {text}".strip())
statements = st.lists(
    st.builds(
        Line,
        date=st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31)),
        payee=payees,
        amount=st.decimals(min_value=-999999, max_value=999999, places=2).map(lambda amount: amount or Decimal("0.01")),
    ),
    min_size=1,
    max_size=12,
)


def written(lines: list[Line], dialect: Dialect) -> bytes:
    sheet = io.StringIO()
    quoting = csv.QUOTE_ALL if dialect.quotes_all else csv.QUOTE_MINIMAL
    writer = csv.writer(sheet, delimiter=dialect.delimiter, lineterminator=dialect.line_end, quoting=quoting)
    headers, cells = COLUMNS[dialect.amount_columns]
    writer.writerow(["Date", "Payee", *headers])
    for line in lines:
        writer.writerow([line.date.strftime(dialect.pattern), line.payee, *cells(line.amount, dialect)])
    preamble = "".join(text + dialect.line_end for text in dialect.preamble)
    return (preamble + sheet.getvalue()).encode(dialect.encoding)


def figure(amount: Decimal, dialect: Dialect) -> str:
    text = f"{abs(amount):.2f}".replace(".", dialect.decimal_mark)
    return dialect.minus.format(text) if amount < 0 else text


def as_pair(amount: Decimal, dialect: Dialect, *, unused: str) -> list[str]:
    text = figure(abs(amount), dialect)
    return [text, unused] if amount < 0 else [unused, text]


COLUMNS: dict[str, tuple[list[str], Callable[[Decimal, Dialect], list[str]]]] = {
    "signed": (["Amount"], lambda amount, dialect: [figure(amount, dialect)]),
    "pair": (["Debit", "Credit"], lambda amount, dialect: as_pair(amount, dialect, unused="")),
    "pair with zeros": (
        ["Paid out", "Paid in"],
        lambda amount, dialect: as_pair(amount, dialect, unused=figure(Decimal(0), dialect)),
    ),
    "direction": (
        ["Amount", "Dr/Cr"],
        lambda amount, dialect: [figure(abs(amount), dialect), "Dr" if amount < 0 else "Cr"],
    ),
}


# A busy machine is no fault of the reader.
@settings(deadline=None)
@given(lines=statements, dialect=dialects)
def test_a_statement_in_any_dialect_is_read_back(lines, dialect):
    statement = importers.read(written(lines, dialect), filename="bank.csv")

    read_back = [Line(line.date, " ".join(line.description.split()), line.amount) for line in statement.lines]
    assert read_back == [Line(line.date, " ".join(line.payee.split()), line.amount) for line in lines]
    assert not statement.problems


FRAGMENTS = [
    *(b"Date,Payee,Amount\n", b"Datum;Betrag\n", b"Debit,Credit,Balance", b"01/02/2026", b"2026-03-01", b"31.12.68"),
    *(b"1,234.50", b"-5,00", b"(3.00)", b"CR", b"Dr", b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\r\n"),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"\xe9", b"%s", b"%(text)s", b"{}", b"=", b"'", b"sep=;\n"),
    *(b"pending", b"EUR", b"9" * 50, b"20260302120000[0:GMT]", b"\xd9\xa3", b"OFXHEADER", b"a" * 300, b"12-Dec-19"),
]
soups = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=8)), max_size=60).map(b"".join)


@settings(deadline=None)
@given(content=st.one_of(soups, st.binary(max_size=300)), order=st.sampled_from([None, "dmy", "mdy", "ymd"]))
@example(content=b"Date,Amount\n" + b'"' * 999, order=None)
@example(content=b"Date,Amount\n2026-03-01," + b"9" * 200_000, order=None)
def test_any_bytes_give_a_statement_or_a_sentence(content, order):
    try:
        statement = importers.read(content, filename="bank.csv", choices=Choices(date_order=order))
    except StatementError as refusal:
        statement = Statement(format="", encoding="", problems=(Remark(refusal.problem, refusal.line),))

    assert all(line.amount.is_finite() and 1900 <= line.date.year <= 2100 for line in statement.lines)
    assert all(str(remark) for remark in (*statement.skipped, *statement.problems, *statement.remarks))
    assert statement.format == "csv" or statement.problems
