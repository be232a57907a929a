"""Statements in random dialects are read back, and no bytes make the reader do anything but read or refuse."""

import csv
import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transactions import importers
from transactions.importers import cards
from transactions.importers.base import Choices, Remark, StatementError
from transactions.importers.overrules import ROLES
from transactions.importers.text import ENCODINGS


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
    grouping: str
    footer: tuple[str, ...]
    order: str | None = None


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
    grouping=st.sampled_from(["", "western", "indian", " ", "\u00a0", "\u202f", "'", "\u2019"]),
    footer=st.sampled_from([(), ("", "Thank you"), ("Total", ""), ("", "", "")]),
)
# One byte a letter: the file alone tells which alphabet it is, so all letters are those of one language.
national = st.builds(
    lambda dialect, written_in: (replace(dialect, encoding=written_in[0], minus="-{}", grouping=""), written_in[1]),
    dialects,
    st.sampled_from(
        [
            ("cp1252", "Café Müller à la crème für Größe"),
            ("iso-8859-1", "Hôtel où l'été déjà passé"),
            ("cp1250", "Příjem za měsíc únor žluťoučký kůň"),
            ("cp1251", "Продукты и хозтовары за март"),
            ("gb18030", "超市购物 人民币 支付宝"),
            ("cp932", "スーパーでの買い物 電気料金"),
        ]
    ),
)
# Days that leave their order open are read in the order that the member gives.
ordered = st.builds(
    lambda dialect, pattern, order: replace(dialect, pattern=pattern, order=order),
    dialects,
    st.sampled_from(["%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y"]),
    st.sampled_from(["dmy", "mdy"]),
).map(lambda dialect: replace(dialect, pattern=_in_order(dialect.pattern, dialect.order)))


def _in_order(pattern: str, order: str | None) -> str:
    return pattern if order == "dmy" else pattern.translate(str.maketrans("dm", "md"))


# A text that thanks for a payment is a card's, and turns the signs of its file.
payees = (
    st.text(
        st.characters(codec="utf-8", categories=["L", "N", "Po", "Zs"], exclude_characters="\u00ad"),
        min_size=1,
        max_size=30,
    )
    .map(lambda text: f"To {text}".strip())
    .filter(lambda text: not cards.are_repaid([[text]]))
)
# Banks also break lines within quotes.
broken = st.builds(lambda first, second: f"{first}\n{second}", payees, payees)


def statements_of(texts: st.SearchStrategy[str], *, from_year: int = 1990) -> st.SearchStrategy[list[Line]]:
    return st.lists(
        st.builds(
            Line,
            date=st.dates(min_value=date(from_year, 1, 1), max_value=date(2040, 12, 31)),
            payee=texts,
            amount=st.decimals(min_value=-9_999_999, max_value=9_999_999, places=2).map(
                lambda amount: amount or Decimal("0.01")
            ),
        ),
        min_size=1,
        max_size=12,
    )


statements = statements_of(st.one_of(payees, payees, broken))


def written(lines: list[Line], dialect: Dialect) -> bytes:
    sheet = io.StringIO()
    has_breaks = any("\n" in line.payee for line in lines)
    quoting = csv.QUOTE_ALL if dialect.quotes_all or has_breaks else csv.QUOTE_MINIMAL
    writer = csv.writer(sheet, delimiter=dialect.delimiter, lineterminator=dialect.line_end, quoting=quoting)
    headers, cells = COLUMNS[dialect.amount_columns]
    writer.writerow(["Date", "Payee", *headers])
    for line in lines:
        writer.writerow([line.date.strftime(dialect.pattern), line.payee, *cells(line.amount, dialect)])
    preamble = "".join(text + dialect.line_end for text in dialect.preamble)
    footer = "".join(text + dialect.line_end for text in dialect.footer)
    return (preamble + sheet.getvalue() + footer).encode(dialect.encoding)


def figure(amount: Decimal, dialect: Dialect) -> str:
    whole, _, decimals = f"{abs(amount):.2f}".partition(".")
    text = grouped(whole, dialect) + dialect.decimal_mark + decimals
    return dialect.minus.format(text) if amount < 0 else text


def grouped(whole: str, dialect: Dialect) -> str:
    other = "," if dialect.decimal_mark == "." else "."
    mark = other if dialect.grouping in {"western", "indian"} else dialect.grouping
    step = 2 if dialect.grouping == "indian" else 3
    head, groups = whole[:-3], [whole[-3:]]
    while mark and head:
        head, groups = head[:-step], [head[-step:], *groups]
    return head + mark.join(groups)


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


def is_read_back(lines: list[Line], dialect: Dialect) -> bool:
    choices = Choices(date_order=dialect.order)
    statement = importers.read(written(lines, dialect), filename="bank.csv", choices=choices)

    read_back = [Line(line.date, " ".join(line.description.split()), line.amount) for line in statement.lines]
    assert read_back == [Line(line.date, " ".join(line.payee.split()), line.amount) for line in lines]
    return not statement.problems


# A busy machine is no fault of the reader.
@settings(deadline=None)
@given(lines=statements, dialect=dialects)
def test_a_statement_in_any_dialect_is_read_back(lines, dialect):
    assert is_read_back(lines, dialect)


@settings(deadline=None)
@given(lines=statements_of(st.just("To the shop")), found=national)
def test_a_statement_in_a_national_character_set_is_read_back(lines, found):
    dialect, text = found

    assert is_read_back([replace(line, payee=text) for line in lines], dialect)


@settings(deadline=None)
@given(lines=statements_of(payees, from_year=2000), dialect=ordered)
def test_a_statement_in_a_given_order_of_days_is_read_back(lines, dialect):
    assert is_read_back(lines, dialect)


FRAGMENTS = [
    *(b"Date,Payee,Amount\n", b"Datum;Betrag\n", b"Debit,Credit,Balance", b"01/02/2026", b"2026-03-01", b"31.12.68"),
    *(b"1,234.50", b"-5,00", b"(3.00)", b"CR", b"Dr", b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\r\n"),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"\xe9", b"%s", b"%(text)s", b"{}", b"=", b"'", b"sep=;\n"),
    *(b"pending", b"EUR", b"9" * 50, b"20260302120000[0:GMT]", b"\xd9\xa3", b"OFXHEADER", b"a" * 300, b"12-Dec-19"),
]
soups = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=8)), max_size=60).map(b"".join)
places = st.one_of(st.none(), st.integers(-2, 8))
choices = st.builds(
    Choices,
    date_order=st.sampled_from([None, None, "dmy", "mdy", "ymd"]),
    encoding=st.sampled_from([None, None, *ENCODINGS, "klingon", ""]),
    delimiter=st.sampled_from([None, None, ",", ";", "\t", "|", "x", ""]),
    header_row=st.one_of(st.none(), st.integers(-1, 9)),
    header=st.sampled_from([(), ("Date", "Payee", "Amount"), ("", "")]),
    columns=st.dictionaries(st.sampled_from([*ROLES, "colour"]), places, max_size=5),
    decimal_mark=st.sampled_from([None, None, ".", ",", "", "x"]),
    is_inverted=st.sampled_from([None, True, False]),
)


@settings(deadline=None)
@given(content=st.one_of(soups, st.binary(max_size=300)), choices=st.one_of(st.just(Choices()), choices))
@example(content=b"Date,Amount\n" + b'"' * 999, choices=Choices())
@example(content=b"Date,Amount\n2026-03-01," + b"9" * 200_000, choices=Choices())
@example(content=b"\n2026-03-01,5\n", choices=Choices(columns={"date": -1}))
def test_any_bytes_give_a_statement_or_a_sentence(content, choices):
    assert is_statement_or_sentence(content, choices)


@settings(deadline=None)
@given(lines=statements, dialect=dialects, choices=choices)
def test_any_choices_give_a_statement_or_a_sentence(lines, dialect, choices):
    assert is_statement_or_sentence(written(lines, dialect), choices)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just("2026-03-01")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["entityId", "amount", "date", "payeeId", "subTransactions"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)
LISTS = ("transactions", "accounts", "payees", "masterCategories")


@settings(deadline=None)
@given(lists=st.fixed_dictionaries({name: st.lists(VALUES, max_size=3) for name in LISTS}), cut=st.integers(0, 40))
def test_any_budget_gives_a_statement_or_a_sentence(lists, cut):
    content = json.dumps(lists).encode()

    assert is_statement_or_sentence(content, Choices())
    assert is_statement_or_sentence(content[:-cut], Choices())


def is_statement_or_sentence(content: bytes, choices: Choices) -> bool:
    try:
        statement = importers.read(content, filename="bank.csv", choices=choices)
    except StatementError as refusal:
        return bool(str(Remark(refusal.problem, refusal.line)))
    assert all(line.amount.is_finite() and 1900 <= line.date.year <= 2100 for line in statement.lines)
    assert all(str(remark) for remark in (*statement.skipped, *statement.problems, *statement.remarks))
    return True


HEADER = "Date,Payee,Amount\n"
YNAB = "Account,Flag,Date,Payee,Category Group/Category,Category Group,Category,Memo,Outflow,Inflow,Cleared\n"
ACTUAL = "Account,Date,Payee,Notes,Category,Amount,Split_Amount,Cleared\n"
FIREFLY = "group_id,type,amount,date,source_name,destination_name\n"
LONG: dict[str, Callable[[int], str]] = {
    "plain rows": lambda count: HEADER + "2026-03-01,Tram,-3.20\n" * count,
    "quotes never closed": lambda count: HEADER + '2026-03-01,"Tram,-3.20\n' * count,
    "nothing but quotes": lambda count: HEADER + '"' * 20 * count,
    "nothing but commas": lambda count: HEADER + "," * 20 * count,
    "texts over two lines": lambda count: HEADER + '2026-03-01,"a\nb",-3.20\n' * count,
    "days without a year": lambda count: "Card 2026-01\n" + HEADER + "03/01,a,1.00\n" * count,
    "parts that are never whole": lambda count: (
        YNAB + "".join(f"A,,2026-03-01,x,,,,Split ({part % 900 + 1}/999) y,1.00,0.00,C\n" for part in range(count))
    ),
    "wholes without parts": lambda count: ACTUAL + "A,2026-03-01,x,(SPLIT INTO 9) y,,0,-5,C\n" * count,
    "one group": lambda count: FIREFLY + "1,Withdrawal,-1.00,2026-03-01,a,b\n" * count,
    "a deep object": lambda count: '{"a":' * count,
}


@pytest.mark.parametrize("kind", LONG)
def test_four_times_the_lines_take_no_more_than_some_four_times_as_long(kind):
    def taken(count: int) -> float:
        started = time.process_time()
        is_statement_or_sentence(LONG[kind](count).encode(), Choices())
        return time.process_time() - started

    taken(100)
    # Ten is far from four and farther from sixteen, which is what the square of four would be.
    assert taken(6000) < 10 * taken(1500) + 0.5
