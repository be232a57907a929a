"""What an app knew about a line beyond a bank's statement: its account, category, parts, and where a transfer went."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from sys import intern
from typing import NamedTuple

from transactions.importers import double_entry
from transactions.importers.amounts import cell
from transactions.importers.app_layout import Sign
from transactions.importers.base import MOST_PARTS, Notes, Ours, Split, StatementError, StatementLine
from transactions.importers.grouping import Again, together
from transactions.importers.layout import AppColumns, Columns, Row
from transactions.importers.numbers import NumberFormat
from transactions.importers.vocabulary import fold

# Part 1 of 2: YNAB's "Split (1/2) ...", older "(Split 1/2) ..."; Actual's "(SPLIT 1 OF 2) ...".
_PART = re.compile(r"\(?split \(?(\d{1,3})(?:/| of )(\d{1,3})\)\s*", re.IGNORECASE)
# An amount that is not zero.
_DIGIT = re.compile(r"[1-9]")
# What closes the name of an account behind a prefix.
_CLOSING = {"[": "]", "'": "'"}
_WHOLE = re.compile(r"\(split into \d{1,3}\)\s*", re.IGNORECASE)


class Told(NamedTuple):
    """What a row names: the account it was booked on, its category there, and the other end of its transfer."""

    account: str = ""
    category: str = ""
    transfer: str = ""


_NOTHING = Told()


def told(cells: Sequence[str], columns: Columns, *, came_in: bool) -> Told:
    """What the row of a line names; ``came_in`` is which way its money went."""
    extra = columns.of_app
    if extra is None and columns.account is None and not columns.categories:
        return _NOTHING
    # A quotation mark may be left over from a line that lacks its first.
    account = cell(cells, columns.account).strip('"')
    names = [name for place in columns.categories if (name := cell(cells, place)).strip("-– ")]
    category = names[-1] if names else ""
    if extra is None:
        return Told(account, category)
    if extra.account_in is not None and came_in:
        account = cell(cells, extra.account_in)
    if extra.category_in is not None and came_in:
        category = cell(cells, extra.category_in)
    transfer = _other_end(cells, columns, extra, came_in=came_in)
    if transfer and category in {transfer, cell(cells, extra.other)}:
        category = ""
    return Told(account, category, transfer)


def ours(cells: Sequence[str], columns: Columns) -> Ours | None:
    """What the row of an export of Batua says of its entry; None in any other file."""
    if columns.of_app is None or not columns.of_app.ours:
        return None
    return Ours._make(cell(cells, place) for place in columns.of_app.ours)


def parts_within(text: str, number: NumberFormat, amount: Decimal) -> tuple[Split, ...]:
    """The parts of a line that all stand in one cell; none where they do not add up to its amount."""
    named = [piece.rpartition("|") for piece in text.split("||")]
    try:
        parts = tuple(Split(number.read(value).value, name.strip()) for name, _bar, value in named if value)
    except StatementError:
        return ()
    return parts if len(parts) > 1 and sum(part.amount for part in parts) == amount else ()


def _other_end(cells: Sequence[str], columns: Columns, extra: AppColumns, *, came_in: bool) -> str:
    app = extra.app
    other = cell(cells, extra.other_in if came_in and extra.other_in is not None else extra.other)
    if app.sign is Sign.BOTH_ENDS:
        return other if all(_DIGIT.search(cell(cells, place)) for place in (columns.debit, columns.credit)) else ""
    if app.other_prefixes:
        prefix = next((prefix for prefix in app.other_prefixes if other.startswith(prefix)), "")
        return other[len(prefix) :].strip().removesuffix(_CLOSING.get(prefix[-1:], "")) if prefix else ""
    return other if app.moves and fold(cell(cells, extra.mark)) in app.moves else ""


def gathered(
    rows: Iterable[Row], columns: Columns, notes: Notes, *, accounts: Collection[str]
) -> Iterable[StatementLine]:
    """The lines of the rows: parts put together, halves of transfers told of each other.

    ``accounts`` are those of the rows, which are walked through several times. In memory are the halves of transfers
    and the parts that belong together.
    """
    extra = columns.of_app
    if extra is None or extra.app.is_ours:
        return (row.line for row in rows)
    if extra.app.is_double_entry:
        return double_entry.lines(rows, extra, notes, accounts=accounts)
    if extra.part is not None:
        return _under_their_whole(rows, extra)
    ends = _other_ends(rows, is_half, within=extra.app.half_within) if (is_half := _telling(extra, accounts)) else {}
    paired = Again(partial(_with_ends, rows, ends)) if ends else rows
    return _grouped(paired, extra) if extra.group is not None else _rejoined(row.line for row in paired)


def _telling(extra: AppColumns, accounts: Collection[str]) -> Callable[[Row], bool] | None:
    """Says of a row if it is half of a transfer without the other end's name; None where the app tells otherwise."""
    app = extra.app
    if app.other_prefixes or (app.moves and extra.other is not None) or app.sign is Sign.BOTH_ENDS:
        return None
    if app.moves:
        return lambda row: fold(cell(row.cells, extra.mark)) in app.moves
    return lambda row: (other := cell(row.cells, extra.other)) in accounts and other != row.line.account


def _other_ends(rows: Iterable[Row], is_half: Callable[[Row], bool], *, within: int) -> dict[int, str]:
    """Place of a half → the account of the nearest opposite one that is another account's."""
    waiting: dict[tuple[Decimal, date], dict[str, deque[int]]] = defaultdict(dict)
    found: dict[int, str] = {}
    reach = sorted(range(-within, within + 1), key=abs)
    for place, row in enumerate(rows):
        line, account = row.line, intern(row.line.account)
        if not line.amount or not is_half(row):
            continue
        keys = ((-line.amount, day) for days in reach if (day := _shifted(line.date, days)))
        half = next((half for key in keys if (half := _taken(waiting, key, account))), None)
        if half is None:
            waiting[line.amount, line.date].setdefault(account, deque()).append(place)
        else:
            found[place], found[half.place] = half.account, account
    return found


def _with_ends(rows: Iterable[Row], ends: Mapping[int, str]) -> Iterator[Row]:
    for place, row in enumerate(rows):
        yield Row(row.line._replace(transfer=ends[place]), row.cells) if place in ends else row


class _Half(NamedTuple):
    """A row by its place, and the account that it is of."""

    place: int
    account: str


def _taken(
    waiting: dict[tuple[Decimal, date], dict[str, deque[int]]], key: tuple[Decimal, date], account: str
) -> _Half | None:
    """The first that waits in another account; it waits no longer."""
    accounts = waiting.get(key, {})
    name = next((name for name in accounts if name != account), None)
    if name is None:
        return None
    half = _Half(accounts[name].popleft(), name)
    if not accounts[name]:
        del accounts[name]
    if not accounts:
        del waiting[key]
    return half


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _grouped(rows: Iterable[Row], extra: AppColumns) -> Iterator[StatementLine]:
    """Rows that share a group of several, an account and a direction are the parts of one line."""

    def group(row: Row) -> Hashable:
        name = cell(row.cells, extra.group) or row.line.number
        return name, row.line.account, row.line.transfer, row.line.amount > 0

    for parts in together(rows, group):
        lines = [part.line for part in parts]
        title = cell(parts[0].cells, extra.group_title)
        yield from [_joined(lines, description=title)] if len(lines) <= MOST_PARTS else lines


def _under_their_whole(rows: Iterable[Row], extra: AppColumns) -> Iterator[StatementLine]:
    """Rows marked as parts belong to the row above them, whose amount is theirs in all."""
    whole: StatementLine | None = None
    parts: list[StatementLine] = []
    for row in rows:
        if whole is not None and cell(row.cells, extra.part) in extra.app.part_words:
            parts.append(row.line)
            continue
        if whole is not None:
            yield _with_parts(whole, parts)
        whole, parts = row.line, []
    if whole is not None:
        yield _with_parts(whole, parts)


def _with_parts(whole: StatementLine, parts: Sequence[StatementLine]) -> StatementLine:
    if not 0 < len(parts) <= MOST_PARTS or sum(part.amount for part in parts) != whole.amount:
        return whole
    joined = _joined([whole._replace(amount=Decimal(0)), *parts], description=whole.description)
    return joined._replace(splits=joined.splits[1:])


@dataclass(slots=True)
class _Run:
    """Rows that follow each other as parts of one line, and the row of zero that some apps put before them."""

    whole: StatementLine | None = None
    parts: dict[int, StatementLine] = field(default_factory=dict)
    count: int = 0

    def takes(self, line: StatementLine, part: tuple[int, int]) -> bool:
        """Whether the line is a part that is still missing."""
        first = next(iter(self.parts.values()), self.whole)
        is_beside = first is None or (line.account, line.date) == (first.account, first.date)
        return is_beside and part[0] not in self.parts and self.count in {0, part[1]}

    def lines(self) -> list[StatementLine]:
        """The one line where all parts are there, else the rows as they were."""
        parts = list(self.parts.values())
        if parts and len(parts) == self.count:
            return [_of_parts(parts, self.whole)]
        return [*([self.whole] if self.whole else []), *parts]


def _rejoined(lines: Iterable[StatementLine]) -> Iterator[StatementLine]:
    """Rows that follow each other and say "1 of 2", "2 of 2" are one line again; a whole of zero before them goes."""
    run = _Run()
    for line in lines:
        part = _part(line)
        if part is None or not run.takes(line, part):
            yield from run.lines()
            run = _Run()
        if part is not None:
            run.parts[part[0]], run.count = line, part[1]
        elif not line.amount and any(map(_WHOLE.match, _texts(line))):
            run.whole = line
        else:
            yield line
        if run.parts and len(run.parts) == run.count:
            yield from run.lines()
            run = _Run()
    yield from run.lines()


def _of_parts(parts: Sequence[StatementLine], whole: StatementLine | None) -> StatementLine:
    named = next((line for line in parts if not line.transfer), parts[0])
    joined = _joined(parts, description=_unmarked(named.description))
    if whole is None:
        return joined
    description = _WHOLE.sub("", whole.description, count=1) or joined.description
    return joined._replace(description=description, raw=f"{whole.raw}\n{joined.raw}")


def _part(line: StatementLine) -> tuple[int, int] | None:
    """Which part of how many this line is."""
    for text in _texts(line):
        if found := _PART.match(text):
            number, count = int(found[1]), int(found[2])
            return (number, count) if 1 <= number <= count and count > 1 else None
    return None


def _texts(line: StatementLine) -> tuple[str, ...]:
    return (line.description, *line.also)


def _unmarked(text: str) -> str:
    return _PART.sub("", text, count=1).strip()


def _joined(lines: Sequence[StatementLine], *, description: str) -> StatementLine:
    """One line of several parts; its identity is that of all of them."""
    if len(lines) == 1:
        return lines[0]
    first = lines[0]
    also = dict.fromkeys(text for line in lines for each in _texts(line) if (text := _unmarked(each)))
    return first._replace(
        amount=sum((line.amount for line in lines), Decimal(0)),
        description=description or first.description,
        also=tuple(text for text in also if text != description),
        words=" ".join(line.words for line in lines),
        raw="\n".join(line.raw for line in lines),
        category="",
        transfer=first.transfer if all(line.transfer == first.transfer for line in lines) else "",
        splits=tuple(Split(line.amount, line.category, _note(line), line.transfer) for line in lines),
    )


def _note(line: StatementLine) -> str:
    """What a part says for itself: the text with its mark, else what it is called."""
    marked = next((text for text in _texts(line) if _PART.match(text)), line.description)
    return _unmarked(marked)
