"""Journals of plain-text accounting (hledger, ledger, beancount): transactions of postings that add up to zero.

Of these languages what describes a transaction is read: day, payee, accounts and amounts. What changes others
(rules, aliases, files to include) is named with its line and not followed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from transactions.importers import accounts, dates, double_entry, numbers, postings, remarks, text
from transactions.importers.accounts import words
from transactions.importers.base import (
    Choices,
    Notes,
    Remark,
    Statement,
    StatementError,
    StatementLine,
    gettext_noop,
    sentence,
)
from transactions.importers.numbers import NumberFormat
from transactions.importers.postings import Moved, Posting
from transactions.importers.spool import Pile, Spool

NO_JOURNAL = gettext_noop("This journal has no transactions.")
A_RULE = gettext_noop("A rule for other transactions, which is not followed.")
NOT_INCLUDED = gettext_noop("This names another file, which is not read. Import it by itself.")
NOT_RENAMED = gettext_noop("This changes names of accounts further down, which is not done.")
NOT_KNOWN = gettext_noop("This is nothing that a journal is known to have.")
VIRTUAL = gettext_noop("A virtual posting, which moves no money.")
NO_POSTINGS = gettext_noop("The transaction has no postings.")
TOO_MANY_POSTINGS = gettext_noop("The transaction has more than %(most)s postings.")
NO_YEAR = gettext_noop("“%(text)s” has no year.")
NO_MONEY = gettext_noop("It moves %(commodity)s, which is no currency.")

_MOST_POSTINGS = 2000
_DAY = r"(?:([0-9]{4})[-/.])?([0-9]{1,2})[-/.]([0-9]{1,2})"
_ENTRY = re.compile(_DAY + r"(?:=[0-9][0-9/.-]*)?(?=\s|$)\s*(?:(?:[*!]|txn)(?=\s|$|\"))?\s*(?:\(([^)]*)\))?\s*(.*)")
_BEGINS_WITH_A_DAY = re.compile(_DAY + r"(?=\s|=|$)")
# What beancount says of accounts, prices and documents with a day before it.
_SAID_WITH_A_DAY = re.compile(
    _DAY + r"\s+(?:open|close|balance|pad|note|document|event|price|commodity|custom|query)\s"
)
# A quotation that is never closed goes on to the end, so that none begins within it.
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)("|\\?$)')
_METADATA = re.compile(r"[a-z][A-Za-z0-9_-]*:(?:\s|$)")
_COMMENTS = frozenset(";#*%|")
_YEAR = re.compile(r"(?:Y|year|apply year)\s*([0-9]{4})$")
_MARK_OF_FILE = re.compile(r"decimal-mark\s+([.,])")
_STYLE = re.compile(r"(?:commodity|D|format)\s+(?=\S)(.*[0-9].*)")
_BLOCKS = frozenset({"comment", "test"})
_IGNORED = frozenset(
    {"account", "commodity", "payee", "tag", "decimal-mark", "option", "plugin", "pushtag", "poptag", "end", "bucket"}
    | {"P", "D", "N", "A", "C", "Y", "year", "assert", "check", "define", "format", "pushmeta", "popmeta", "apply"}
)
_RENAMING = re.compile(r"alias\s|apply\s+account\s")
# Where money stands that a person owns or owes.
_OWN_ROOTS = frozenset({"assets", "liabilities", "asset", "liability", "aktiva", "passiva", "activos", "pasivos"})
_POSTING = re.compile(r"[ \t]+(?:[*!]\s+)?([^\W\d_][^\s:;]*):\S")


class _Entry(NamedTuple):
    """A transaction by its first line, the year that holds for it, and all of its lines."""

    number: int
    year: int | None
    lines: list[str]


def _unpacked(values: list[Any]) -> _Entry:
    return _Entry(*values)


def is_one(lines: list[str]) -> bool:
    """Whether a line with a day is followed by a posting of an account as all journals name them."""
    for day, posting in pairwise(lines):
        root = _POSTING.match(posting) if _BEGINS_WITH_A_DAY.match(day) else None
        if root and (root[1].casefold() in _OWN_ROOTS or double_entry.is_root(root[1])):
            return True
    return False


@dataclass(slots=True)
class _File:
    """Walks through the lines; ``figures`` are all amounts of money as they are written, ``mark`` is the one named."""

    notes: Notes
    entries: Pile[_Entry] = field(default_factory=lambda: Pile(list, _unpacked))
    accounts: dict[str, None] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    mark: str | None = None
    _year: int | None = None
    _latest: _Entry | None = None
    _block: str = ""

    def read(self, lines: Iterator[tuple[int, str]]) -> None:
        for number, line in lines:
            if self._block:
                self._block = "" if line.strip() == f"end {self._block}" else self._block
            elif line[:1].isspace() or not line:
                self._go_on(number, line)
            else:
                self._end()
                self._begin(number, line)
        self._end()

    def _go_on(self, number: int, line: str) -> None:
        """A line of the latest transaction; an empty one ends it, below anything else nothing counts."""
        if self._latest is None:
            return
        if not line.strip():
            self._end()
            return
        # Lines in between are kept, so that the last one's number follows from the first's.
        self._latest.lines.append(line)

    def _begin(self, number: int, line: str) -> None:
        if line[0] in _COMMENTS:
            return
        if line[0].isdigit() and _BEGINS_WITH_A_DAY.match(line):
            self._latest = _Entry(number, self._year, [line])
            return
        self._take_directive(number, line)

    def _take_directive(self, number: int, line: str) -> None:
        accounts.check_count(len(self.notes.problems) + len(self.notes.skipped))
        line = line[: accounts.LONGEST_TEXT]
        word = line.split(maxsplit=1)[0].lstrip("!@")
        if word in _BLOCKS:
            self._block = word
        elif line[0] in "~=":
            self.notes.skip(number, line, A_RULE)
        elif year := _YEAR.match(line.strip()):
            self._year = int(year[1])
        elif word == "include":
            self.notes.problems.append(Remark(sentence(NOT_INCLUDED), number, line))
        elif _RENAMING.match(line):
            self.notes.problems.append(Remark(sentence(NOT_RENAMED), number, line))
        elif word not in _IGNORED:
            self.notes.problems.append(Remark(sentence(NOT_KNOWN), number, line))
        else:
            self._take_style(line)

    def _take_style(self, line: str) -> None:
        if mark := _MARK_OF_FILE.match(line):
            self.mark = mark[1]
        elif style := _STYLE.match(line):
            try:
                self.figures.add(postings.sum_of(style[1]).figure)
            except StatementError:
                return

    def _end(self) -> None:
        entry, self._latest = self._latest, None
        if entry is None or _is_said_of_an_account(entry.lines):
            return
        self.entries.append(entry)
        accounts.check_count(len(self.entries))
        try:
            for posting in _postings(entry):
                self.accounts[posting.account] = None
                self.figures.update(postings.figures(posting))
        except StatementError:
            return  # Said when the entry is read.


def _is_said_of_an_account(lines: list[str]) -> bool:
    """Whether this is no transaction; one may be called "Open air", and then it has postings."""
    return _SAID_WITH_A_DAY.match(lines[0]) is not None and not any(map(_POSTING.match, lines))


def _postings(entry: _Entry) -> Iterator[Posting]:
    """StatementError where a text of the transaction is longer than any, or where it has too many postings."""
    left = _MOST_POSTINGS
    for number, plain in _texts_of_postings(entry):
        if found := postings.read(plain, number):
            left -= 1
            if left < 0:
                raise StatementError(sentence(TOO_MANY_POSTINGS, most=_MOST_POSTINGS))
            yield found


def _texts_of_postings(entry: _Entry) -> Iterator[tuple[int, str]]:
    """Lines that are neither comments nor said of the transaction. StatementError for one that is too long."""
    is_quoted = '"' in entry.lines[0]
    for number, line in enumerate(entry.lines, entry.number):
        plain = line.strip()
        if plain[0] in _COMMENTS - {"*"} or (is_quoted and _METADATA.match(plain)):
            continue
        if len(plain) > accounts.LONGEST_TEXT:
            raise StatementError(sentence(accounts.TOO_LONG, most=accounts.LONGEST_TEXT))
        if number > entry.number:
            yield number, plain


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The lines of the accounts that a person owns; StatementError where the file has no transactions."""
    accounts.only_year_first(choices)
    decoded = text.decode(data, choices.encoding)
    notes = Notes()
    found = _File(notes)
    found.read(accounts.lines_of(accounts.with_plain_ends(decoded.text)))
    if not found.entries and not notes.problems:
        raise StatementError(sentence(NO_JOURNAL))
    mark = choices.decimal_mark if choices.decimal_mark in numbers.MARKS else found.mark
    number = NumberFormat(mark) if mark else numbers.decide(found.figures)
    names = double_entry.short_names(found.accounts)
    lines, closed = Spool(is_long=not found.entries.is_at_hand), set[str]()
    for entry in found.entries:
        _add(entry, number, names, lines, notes, closed)
    return _statement(lines, notes, decoded)


def _add(
    entry: _Entry, number: NumberFormat, names: dict[str, str], lines: Spool, notes: Notes, closed: set[str]
) -> None:
    raw = "\n".join(entry.lines)[: accounts.LONGEST_TEXT]
    try:
        moved = postings.balanced(list(_postings(entry)), number, is_category=double_entry.is_category)
        virtual = [place for place, plain in _texts_of_postings(entry) if postings.is_virtual(plain)]
        parts = list(_parts(entry, moved, raw, notes)) if moved or not virtual else []
        for place in virtual:
            notes.skip(place, raw, VIRTUAL)
    except StatementError as error:
        notes.problems.append(Remark(error.problem, entry.number, raw))
        return
    if len(parts) < len(moved):
        # What was bought or sold is no category.
        parts = [part for part in parts if not double_entry.is_category(part.account)]
    for group in _groups(parts):
        for line in double_entry.lines_of_one(group, names, notes, closed):
            lines.append(line)
            if not line.amount:
                notes.skip(line.number, line.raw, accounts.ZERO)


def _groups(parts: list[StatementLine]) -> list[list[StatementLine]]:
    """What belongs together: all parts, but opening balances of several accounts are one line each."""
    rest = [part for part in parts if double_entry.is_category(part.account)]
    if rest and all(part.account.casefold().startswith("equity") for part in rest):
        return [[part, rest[0]] for part in parts if not double_entry.is_category(part.account)]
    return [parts] if parts else []


def _parts(entry: _Entry, moved: list[Moved], raw: str, notes: Notes) -> Iterator[StatementLine]:
    """What is moved in each account; shares and the like are left aside."""
    head = _ENTRY.match(entry.lines[0])
    if head is None or not moved:
        raise StatementError(sentence(NO_POSTINGS))
    day = _day(entry, head)
    texts = _texts(head[5]) or [head[4] or ""]
    said = words(*texts, head[4] or "") if head[4] and texts != [head[4]] else words(*texts)
    for each in moved:
        if not each.is_money:
            commodity = each.posting.amount.commodity if each.posting.amount else ""
            notes.skip(each.posting.line, raw, NO_MONEY, commodity=commodity)
            continue
        yield StatementLine(
            number=each.posting.line,
            date=day,
            amount=each.value,
            description=texts[0],
            raw=raw,
            also=tuple(dict.fromkeys(filter(None, (words(each.posting.comment), *texts[1:])))),
            words=said,
            currency=each.currency,
            account=each.posting.account,
        )


def _day(entry: _Entry, head: re.Match[str]) -> date:
    year = int(head[1]) if head[1] else entry.year
    shown = entry.lines[0].split()[0][: dates.LONGEST]
    if year is None:
        raise StatementError(sentence(NO_YEAR, text=shown))
    try:
        found = date(year, int(head[2]), int(head[3]))
    except ValueError:
        found = date.min
    if not dates.EARLIEST_YEAR <= found.year <= dates.LATEST_YEAR:
        raise StatementError(sentence(dates.NOT_A_DATE, text=shown))
    return found


def _texts(said: str) -> list[str]:
    """The payee, and what it was for: in quotes, or on both sides of a bar."""
    if quoted := [each for each, end in _QUOTED.findall(said) if end == '"']:
        found = [each.replace('\\"', '"') for each in quoted[:2]]
    else:
        found = said.partition(";")[0].split("|", 1)
    return [plain for each in found if (plain := words(each))]


def _statement(lines: Spool, notes: Notes, decoded: text.Decoded) -> Statement:
    if decoded.lost:
        notes.problem(remarks.LOST_LETTERS, count=decoded.lost)
    if not lines and not notes.problems and not notes.skipped:
        notes.problem(remarks.NO_TRANSACTIONS)
    remarks.add_for_lines(lines, notes)
    currencies = lines.survey.currencies - {None}
    if len(currencies) > 1:
        notes.problem(remarks.SEVERAL_CURRENCIES, currencies=", ".join(sorted(filter(None, currencies))))
    return Statement(
        format="journal",
        encoding=decoded.encoding,
        date_order="ymd" if lines else None,
        lines=lines.settled(),
        skipped=tuple(notes.skipped),
        problems=tuple(notes.problems),
        remarks=tuple(notes.remarks),
        currency=next(iter(currencies)) if len(currencies) == 1 else None,
    )
