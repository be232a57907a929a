"""Files whose rows begin with what they are of: several tables in one, of which those of payments become one.

Interactive Brokers names the table of each row, and says whether it names columns or holds them. What is no payment
(trades, positions, sums) stays as a row that is none. FNB of South Africa numbers its kinds of rows, and puts its texts
between single quotes. Cards of Japan name no columns: their holder and number stand above the payments of each card.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from transactions.importers import dates
from transactions.importers.months import month_number
from transactions.importers.records import Record, changed

_FIRST = ("Statement", "Header")
_NUMBERED, _NAMES_BY_NUMBER, _FEW = ("2",), ("5", "'Number'"), 20
_DAY_WITHOUT_YEAR = re.compile(r"[0-9]{1,2} ([A-Za-z]{3,9})")
_WHOLE_DAY = re.compile(r"[0-9]{1,2} ([A-Za-z]{3,9}) ([0-9]{4})")
_ABOUT = frozenset({"Statement", "Account Information"})
_WITHOUT_CATEGORY = frozenset({"Deposits & Withdrawals"})
_NAMES = ("Section", "Row", "Currency", "Date", "Description", "Amount", "Code", "Category")
_DAYS = ("Date", "Settle Date")
_MOST_NAMES = 64
# 4980-00**-****-****: what an issuer shows of a card's number.
_CARD = re.compile(r"(?=.*[0-9])(?=.*[*＊Xx])[0-9*＊Xx -]{8,25}")
_HOLDER = "様"
_NAMES_OF_CARD = ("利用日", "利用店名", "利用金額", "支払区分", "今回回数", "お支払い金額", "備考", "Account Number")
_NEEDED = frozenset({"Currency", "Description", "Amount"})


def joined(records: Sequence[Record]) -> Sequence[Record]:
    """The payments of all tables below one header; the same records where the file is no such statement."""
    first = records[0].cells if records else ()
    if first[:1] == _NUMBERED and any(record.cells[:2] == _NAMES_BY_NUMBER for record in islice(records, _FEW)):
        return changed(records, _by_number)
    if _names_a_card(first):
        return changed(records, _by_card)
    if first[:2] != _FIRST:
        return records
    accounts = {record.cells[3] for record in records if _names_account(record.cells)}
    return changed(records, partial(_joined, has_several=len(accounts) > 1))


def _by_number(records: Iterable[Record]) -> Iterator[Record]:
    """Rows of FNB without their quotes: 2 names the account, 3 the period, 5 are payments with days without a year."""
    period: Sequence[str] = ()
    for record in records:
        kind, *cells = (cell.strip("' ") for cell in record.cells)
        if kind == "2":
            yield record._replace(cells=("Account", *cells[:1]))
        elif kind == "3":
            period = cells[1:3]
            yield record._replace(cells=("Period", *period))
        elif kind == "5" and len(cells) > 1:
            yield record._replace(cells=(kind, cells[0], _with_year(cells[1], period), *cells[2:]))
        else:
            yield record._replace(cells=(kind, *cells))


def _names_a_card(cells: Sequence[str]) -> bool:
    return 1 < len(cells) <= 4 and cells[0].endswith(_HOLDER) and _CARD.fullmatch(cells[1]) is not None


def _by_card(records: Iterable[Record]) -> Iterator[Record]:
    """Names of columns in the place of the first card, and behind each payment the number of its card."""
    card, is_begun = "", False
    for record in records:
        if _names_a_card(record.cells):
            card = record.cells[1]
            yield record._replace(cells=record.cells[:1] if is_begun else _NAMES_OF_CARD)
            is_begun = True
        elif record.cells and dates.is_date(record.cells[0]):
            width = len(_NAMES_OF_CARD) - 1
            yield record._replace(cells=(*record.cells[:width], *[""] * (width - len(record.cells)), card))
        else:
            yield record


def _with_year(day: str, period: Sequence[str]) -> str:
    """A day such as 13 Aug with the year that it has in a period from one whole day to another."""
    found = _DAY_WITHOUT_YEAR.fullmatch(day)
    ends = [_WHOLE_DAY.fullmatch(text) for text in period]
    month = month_number(found[1]) if found else None
    known = [(month_number(end[1]) or 0, end[2]) for end in ends if end]
    if month is None or len(known) != 2:
        return day
    (first, year), (_last, next_year) = known
    return f"{day} {year if month >= first else next_year}"


def _names_account(cells: Sequence[str]) -> bool:
    return tuple(cells[:3]) == ("Account Information", "Data", "Account") and len(cells) > 3


def _joined(records: Iterable[Record], *, has_several: bool) -> Iterator[Record]:
    names: Sequence[str] = ()
    account, is_begun = "", False
    for record in records:
        section, row = (*record.cells, "", "")[:2]
        if _names_account(record.cells):
            account = record.cells[3]
        if not is_begun and section not in _ABOUT:
            is_begun = True
            yield record._replace(cells=(*_NAMES, "Account") if has_several else _NAMES)
        elif not is_begun:
            yield record
            continue
        if row == "Header":
            names = record.cells[:_MOST_NAMES]
        elif not record.is_blank:
            cells = _payment(names, record.cells) or (section, row)
            yield record._replace(cells=(*cells, account) if has_several and len(cells) > 2 else cells)


def _payment(names: Sequence[str], cells: Sequence[str]) -> tuple[str, ...] | None:
    """The cells of a payment in the order of ``_NAMES``; None for what is none."""
    said = dict(zip(names[2:], cells[2:], strict=False))
    day = next((said[name] for name in _DAYS if name in said), "")
    if cells[1:2] != ("Data",) or not said.keys() >= _NEEDED or not dates.is_date(day):
        return None
    category = "" if cells[0] in _WITHOUT_CATEGORY else cells[0]
    known = (said["Currency"], day, said["Description"], said["Amount"], said.get("Code", ""))
    return (*cells[:2], *known, category)
