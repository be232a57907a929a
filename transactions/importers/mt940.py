"""MT940, the customer statement of SWIFT, in the dialects of real banks: messages, their fields, and their days."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import NamedTuple

from transactions.importers import accounts, dates, mt940_details, text
from transactions.importers.accounts import Account, Book, Numbering, Source, words
from transactions.importers.base import (
    Choices,
    Notes,
    Remark,
    Statement,
    StatementError,
    StatementLine,
    Status,
    gettext_noop,
    sentence,
)
from transactions.importers.numbers import LONGEST
from transactions.importers.vocabulary import currency_code

NO_STATEMENT = gettext_noop("This file contains no MT940 statement.")
NOT_A_LINE = gettext_noop("“%(text)s” is not a statement line of MT940.")

_FIELD = re.compile(r":([0-9]{2}[A-Z]?|NS):(.*)")
_MESSAGE_ENDS = re.compile(r"-(?:\}.*|X*)\s*")
_NOISE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
# Value date, entry date, (reversal of, expected) credit or debit, the currency's third letter, amount, the rest.
_LINE = re.compile(
    r"(?P<value>[0-9]{6})\s?(?P<entry>[0-9]{4}|\s{4})?\s?(?P<mark>[RE]?[CD])(?P<funds>[A-Z])?\s?"
    r"(?P<amount>[0-9]{1,30}(?:[.,][0-9]{0,10})?)(?![0-9.,])\s?(?P<type>[A-Z][A-Z0-9]{3})?(?P<rest>.*)",
    re.DOTALL,
)
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9]{1,30}(?:[.,][0-9]{0,10})?)(?![0-9.,])")
_ACCOUNT_CURRENCY = re.compile(r"(?:[\s/]|(?<=[0-9]))([A-Z]{3})$")
# Where a reference would stand, many banks say that it stands elsewhere, or give a code of their own.
_NO_REFERENCE = re.compile(r"NONREF|EREF|PREF|MARF|KREF|/[A-Z]{2,6}/.*")
# Shorter ones count the lines of one statement; the next statement numbers the same payment anew.
_SHORTEST_ID = 8


class _Field(NamedTuple):
    """One field: its tag, its lines without their ends, and the number of the first.

    ``is_last``: the file ends with it, without a message's end.
    """

    tag: str
    lines: list[str]
    number: int
    is_last: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(slots=True)
class _Reader:
    """Takes the fields one by one. What follows the closing balance speaks of the statement, not of a transaction."""

    book: Book
    numbering: Numbering
    line: StatementLine | None = None
    details: list[_Field] = dataclass_field(default_factory=list)
    is_closed: bool = False
    is_cut: bool = False

    def take(self, field: _Field) -> None:
        if field.tag == "20" or not self.book.accounts:
            self.finish()
            accounts.check_count(len(self.book.accounts))
            self.book.accounts.append(Account())
            self.is_closed = False
        account = self.book.accounts[-1]
        if field.tag in {"25", "25P"}:
            # The number of the bank stands below it under the second of these tags.
            account.name = _account_name(field.text if field.tag == "25" else field.lines[0])
        elif field.tag == "34F":
            account.currency = account.currency or currency_code(field.text[:3])
        elif field.tag in {"60F", "60M", "62F", "62M"}:
            self.finish()
            self.is_closed = field.tag.startswith("62")
            _note_balance(account, field)
        elif field.tag == "61":
            self.finish()
            self._open(field)
        elif field.tag in {"86", "NS"} and self.line is not None and not self.is_closed:
            self.details.append(field)
        self._note_end(field)

    def _note_end(self, field: _Field) -> None:
        """A closing balance or the message's end is due; without both of them the file breaks off."""
        found = _BALANCE.match(field.text.replace(" ", "")) if field.tag.startswith("62") else None
        is_half = field.tag.startswith("62") and not (found and ("," in found[4] or "." in found[4]))
        if field.is_last and (is_half or not (self.is_closed or field.tag.startswith("90"))):
            self.is_cut = True
            self.book.accounts[-1].closing = None
            self.book.notes.problem(accounts.CUT_OFF)

    def _open(self, field: _Field) -> None:
        number = self.numbering.of(field.number)
        try:
            self.line = _line(field, number, self.book.accounts[-1].currency)
        except StatementError as error:
            self.book.notes.problems.append(Remark(error.problem, number, f":61:{field.text}"))

    def finish(self) -> None:
        """The transaction is complete when something else begins."""
        line, self.line = self.line, None
        details, self.details = self.details, []
        if line is None:
            return
        line = line._replace(raw="\n".join([line.raw, *(f":{field.tag}:{field.text}" for field in details)]))
        try:
            if self.is_cut:
                raise StatementError(sentence(accounts.CUT_WITHIN))
            self.book.add(self.book.accounts[-1], _with_details(line, details))
        except StatementError as error:
            self.book.notes.problems.append(Remark(error.problem, line.number, line.raw[: accounts.LONGEST_TEXT]))


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The statements in an MT940 file, which may hold several; StatementError where it holds none."""
    accounts.only_year_first(choices)
    decoded = text.decode(data, choices.encoding)
    reader = _Reader(Book(Notes()), Numbering())
    for field in _fields(accounts.with_plain_ends(decoded.text)):
        reader.take(field)
    reader.finish()
    if not reader.book.accounts:
        raise StatementError(sentence(NO_STATEMENT))
    return accounts.statement(reader.book, Source("mt940", decoded.encoding, decoded.lost))


def _fields(body: str) -> Iterator[_Field]:
    """The fields in their order; lines before the first and after a message's end belong to none."""
    field: _Field | None = None
    for number, raw in accounts.lines_of(body):
        line = _NOISE.sub("", raw.replace("\t", " "))
        start = _FIELD.match(line)
        if start or _MESSAGE_ENDS.fullmatch(line):
            if field is not None:
                yield field
            field = _Field(start[1], [start[2]], number) if start else None
        elif field is not None and line.strip():
            field.lines.append(line)
    if field is not None:
        yield field._replace(is_last=True)


def _account_name(text: str) -> str:
    """The account's number as the bank writes it, without the currency that some put behind it."""
    name = words(text[:100])
    found = _ACCOUNT_CURRENCY.search(name)
    return name[: found.start()] if found and currency_code(found[1]) else name


def _note_balance(account: Account, field: _Field) -> None:
    """The first opening and the last closing balance; what cannot be read is left out."""
    found = _BALANCE.match(field.text.replace(" ", ""))
    if not found:
        return
    account.currency = account.currency or currency_code(found[3])
    try:
        level, day = accounts.amount(found[4].rstrip(",.")), _day(found[2])
    except StatementError:
        return
    level = -level if found[1] == "D" else level
    if field.tag.startswith("62"):
        account.closing = level
    elif account.opening is None:
        account.opening, account.since = level, day


def _line(field: _Field, number: int, currency: str | None) -> StatementLine:
    """StatementError for what is no line, and for one that is longer than any."""
    words(field.text)
    found = _LINE.match(field.text)
    if not found:
        raise StatementError(sentence(NOT_A_LINE, text=field.lines[0][:LONGEST]))
    goes_out = found["mark"] in {"D", "RC", "ED"}
    amount = accounts.amount(found["amount"].rstrip(",."))
    references, _, more = found["rest"].partition("\n")
    own, _, banks = references.partition("//")
    named = [text for text in (words(own), *map(words, more.split("\n"))) if text and not _NO_REFERENCE.fullmatch(text)]
    bank_id = words(banks)
    return StatementLine(
        number=number,
        date=_booked_on(found["value"], (found["entry"] or "").strip()),
        amount=-amount if goes_out else amount,
        description="",
        raw=f":61:{field.text}",
        also=tuple(named),
        bank_id=bank_id if len(bank_id) >= _SHORTEST_ID else None,
        currency=currency,
        status=Status.PENDING if found["mark"].startswith("E") else Status.BOOKED,
    )


def _with_details(line: StatementLine, fields: Sequence[_Field]) -> StatementLine:
    details = [text for field in fields for text in field.lines]
    found = mt940_details.read(details)
    texts = dict.fromkeys(text for text in (found.payee, found.purpose, *found.others, *line.also) if text)
    description, *others = texts or [""]
    return line._replace(description=description, also=tuple(others), words=words(*line.also, " ".join(details)))


def _booked_on(value: str, entry: str) -> date:
    """The day of booking, which has no year: that of the value date, or the one beside it at a year's end.

    Some banks give each month thirty days: a value date of 30 February is the last of the month.
    """
    near = _day(value)
    days = [day for year in (-1, 0, 1) if entry and (day := _date(near.year + year, entry[:2], entry[2:]))]
    return min(days, key=lambda day: abs((day - near).days), default=near)


def _day(digits: str) -> date:
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise StatementError(sentence(dates.NOT_A_DATE, text=digits))
    # MT940 is of the 1980s.
    year += 1900 if year >= 80 else 2000
    return date(year, month, min(day, monthrange(year, month)[1]))


def _date(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
