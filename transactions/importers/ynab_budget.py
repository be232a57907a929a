"""The budget file of YNAB 4 (.yfull, JSON): entries of all accounts with categories, parts and transfers."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from transactions.importers import accounts, beginnings, json_walk, remarks, text
from transactions.importers.base import (
    MOST_PARTS,
    TOO_MANY_PARTS,
    Choices,
    Notes,
    Remark,
    Split,
    Statement,
    StatementError,
    StatementLine,
    gettext_noop,
    sentence,
)
from transactions.importers.dates import EARLIEST_YEAR, LATEST_YEAR, NOT_A_DATE
from transactions.importers.numbers import LONGEST, MOST_DIGITS, NOT_AN_AMOUNT
from transactions.importers.records import MOST_LINES
from transactions.importers.spool import Spool
from transactions.importers.vocabulary import currency_code

NOT_JSON = gettext_noop("This JSON file is broken: it cannot be read to its end.")
NOT_A_BUDGET = gettext_noop(
    "This JSON file is not a budget of YNAB 4, the only JSON file that can be read. Where CSV is"
    " offered too, choose that."
)
NOT_AN_ENTRY = gettext_noop("Entry %(number)s of the file is not a transaction.")
TOO_MANY_ENTRIES = gettext_noop("The file has more than %(most)s entries.")

# What YNAB calls categories that people never see.
_HIDDEN_MARK = " ` "
# JSON can write them; no database keeps them.
_NO_LETTERS = re.compile("[\x00\ud800-\udfff]")
_TRANSACTIONS, _LISTS = "transactions", ("accounts", "payees", "masterCategories")
_NEXT_MONTH, _THIS_MONTH = "Category/__DeferredIncome__", "Category/__ImmediateIncome__"


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The entries of the budget's accounts; an entry's number is its place in the file's list of transactions.

    Deleted entries (tombstones) and planned ones are no transactions. Raises StatementError for any other JSON.
    """
    decoded = text.decode(data, choices.encoding)
    budget = _loaded(decoded.text)
    entries = _Entries(_names(budget, "accounts", "accountName"), _names(budget, "payees", "name"), _categories(budget))
    notes, lines = Notes(), Spool()
    for number, entry in enumerate(_transactions(decoded.text), 1):
        if number > MOST_LINES:
            raise StatementError(sentence(TOO_MANY_ENTRIES, most=MOST_LINES))
        try:
            if line := entries.line(number, entry):
                lines.append(line)
        except StatementError as error:
            notes.problems.append(Remark(error.problem, number, _raw(entry)))
    remarks.add_for_lines(lines, notes)
    currency = _currency(budget)
    return Statement(
        format="ynab",
        encoding=decoded.encoding,
        date_order="ymd" if lines else None,
        lines=lines.settled(),
        problems=tuple(notes.problems),
        remarks=tuple(notes.remarks),
        currency=currency,
    )


@dataclass(frozen=True, slots=True)
class _Entries:
    """Reads entries with the names that their ids stand for."""

    accounts: dict[str, str]
    payees: dict[str, str]
    categories: dict[str, str]

    def line(self, number: int, entry: object) -> StatementLine | None:
        """The entry as a line, None for a deleted one; raises StatementError."""
        if not isinstance(entry, dict):
            raise StatementError(sentence(NOT_AN_ENTRY, number=number))
        if entry.get("isTombstone"):
            return None
        payee, memo = self.payees.get(_text(entry, "payeeId"), ""), _text(entry, "memo")
        splits = tuple(map(self._split, islice(_live(entry.get("subTransactions")), MOST_PARTS + 1)))
        if len(splits) > MOST_PARTS:
            raise StatementError(sentence(TOO_MANY_PARTS, most=MOST_PARTS))
        also = [memo, *(split.note for split in splits)] if payee else [split.note for split in splits]
        # Split without a payee and a memo: its parts say what it was.
        description = payee or memo or next((split.note for split in splits if split.note), "")
        if any(len(each) > accounts.LONGEST_TEXT for each in (description, *also)):
            raise StatementError(sentence(accounts.TOO_LONG, most=accounts.LONGEST_TEXT))
        others = tuple(dict.fromkeys(each for each in also if each and each != description))
        amount = _amount(entry)
        return StatementLine(
            number=number,
            date=_date(entry),
            amount=amount,
            description=description,
            raw=_raw(entry),
            also=others,
            words=" ".join(" ".join([description, *others]).split()),
            bank_id=_text(entry, "entityId") or None,
            account=self.accounts.get(_text(entry, "accountId"), ""),
            category="" if splits else self.categories.get(_text(entry, "categoryId"), ""),
            splits=splits if sum(split.amount for split in splits) == amount else (),
            transfer=self.accounts.get(_text(entry, "targetAccountId"), ""),
            is_opening=not splits and beginnings.is_named(payee),
        )

    def _split(self, part: dict[str, object]) -> Split:
        return Split(
            amount=_amount(part),
            category=self.categories.get(_text(part, "categoryId"), ""),
            note=_text(part, "memo"),
            transfer=self.accounts.get(_text(part, "targetAccountId"), ""),
        )


def _loaded(content: str) -> dict[str, list[object]]:
    """What the file says beside its transactions; raises StatementError unless it has a budget's lists."""
    budget: dict[str, Any] = {}
    try:
        for name, value in json_walk.members(content, _DECODER, listed=_TRANSACTIONS):
            budget[name] = [] if name == _TRANSACTIONS and isinstance(value, list) else value
    except (ValueError, RecursionError):
        raise StatementError(sentence(_whats_wrong(content))) from None
    if not all(isinstance(budget.get(name), list) for name in (_TRANSACTIONS, *_LISTS)):
        raise StatementError(sentence(NOT_A_BUDGET))
    return budget


def _whats_wrong(content: str) -> str:
    """A list or a text is JSON too."""
    return NOT_JSON if content.lstrip().startswith("{") else NOT_A_BUDGET


def _transactions(content: str) -> Iterator[object]:
    for name, value in json_walk.members(content, _DECODER, listed=_TRANSACTIONS):
        if name == _TRANSACTIONS and isinstance(value, list):
            yield from value


def _exact(number: str) -> Decimal | str:
    """Exact, and never a number so long that reading it takes time: it stays text, which is no amount."""
    return Decimal(number) if len(number) <= LONGEST and number not in {"NaN", "Infinity", "-Infinity"} else number


_DECODER = json.JSONDecoder(parse_float=_exact, parse_int=_exact, parse_constant=_exact)


def _names(budget: dict[str, list[object]], kind: str, field: str) -> dict[str, str]:
    return {_text(each, "entityId"): _text(each, field)[: accounts.LONGEST_TEXT] for each in _live(budget[kind])}


def _categories(budget: dict[str, list[object]]) -> dict[str, str]:
    names = {_NEXT_MONTH: "Income", _THIS_MONTH: "Income"}
    for group in _live(budget["masterCategories"]):
        for category in _live(group.get("subCategories")):
            # A category put away is kept as "Group ` Name ` A23".
            parts = _text(category, "name").split(_HIDDEN_MARK)
            names[_text(category, "entityId")] = (parts[1] if len(parts) == 3 else parts[0]).strip()
    return names


def _live(entries: object) -> Iterator[dict[str, object]]:
    """The objects of a list that are not deleted."""
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and not entry.get("isTombstone"):
            yield entry


def _text(entry: dict[str, object], name: str) -> str:
    found = entry.get(name)
    return _NO_LETTERS.sub("\ufffd", found).strip() if isinstance(found, str) else ""


def _amount(entry: dict[str, object]) -> Decimal:
    found = entry.get("amount")
    if not isinstance(found, Decimal) or not found.is_finite() or abs(found.adjusted()) > MOST_DIGITS:
        raise StatementError(sentence(NOT_AN_AMOUNT, text=str(found)[:LONGEST]))
    try:
        # YNAB counts in floats and leaves their dust behind: 30.299999999999997.
        return found.quantize(Decimal("0.001")).normalize() + Decimal(0)
    except InvalidOperation:
        raise StatementError(sentence(NOT_AN_AMOUNT, text=str(found)[:LONGEST])) from None


def _date(entry: dict[str, object]) -> date:
    found = _text(entry, "date")
    try:
        day = date.fromisoformat(found[:10])
    except ValueError:
        day = date.min
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise StatementError(sentence(NOT_A_DATE, text=found[:LONGEST]))
    return day


def _currency(budget: dict[str, list[object]]) -> str | None:
    found: object = budget.get("budgetMetaData")
    return currency_code(_text(found, "currencyISOSymbol")) if isinstance(found, dict) else None


def _raw(entry: object) -> str:
    try:
        written = json.dumps(entry, ensure_ascii=False, default=str)
    except RecursionError:
        return ""
    return _NO_LETTERS.sub("\ufffd", written)[: accounts.LONGEST_TEXT]
