"""What an app knew about a line beyond a bank's statement: its account, category, parts, and where a transfer went."""

import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from transactions.importers import double_entry
from transactions.importers.amounts import cell
from transactions.importers.base import Notes, Ours, Split, StatementLine
from transactions.importers.layout import AppColumns, Columns, Row
from transactions.importers.vocabulary import fold

# Part 1 of 2: YNAB's "Split (1/2) ...", older "(Split 1/2) ..."; Actual's "(SPLIT 1 OF 2) ...".
_PART = re.compile(r"\(?split \(?(\d{1,3})(?:/| of )(\d{1,3})\)\s*", re.IGNORECASE)
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
    names = [name for place in columns.categories if (name := cell(cells, place))]
    category = names[-1] if names else ""
    if extra is None:
        return Told(account, category)
    if extra.account_in is not None and came_in:
        account = cell(cells, extra.account_in)
    transfer = _other_end(cells, extra, came_in=came_in)
    return Told(account, "" if category == transfer else category, transfer)


def ours(cells: Sequence[str], columns: Columns) -> Ours | None:
    """What the row of an export of Batua says of its entry; None in any other file."""
    if columns.of_app is None or not columns.of_app.ours:
        return None
    return Ours._make(cell(cells, place) for place in columns.of_app.ours)


def _other_end(cells: Sequence[str], extra: AppColumns, *, came_in: bool) -> str:
    app = extra.app
    other = cell(cells, extra.other_in if came_in and extra.other_in is not None else extra.other)
    if app.other_prefix:
        return other[len(app.other_prefix) :].strip() if other.startswith(app.other_prefix) else ""
    return other if app.moves and fold(cell(cells, extra.mark)) in app.moves else ""


def gathered(rows: Sequence[Row], columns: Columns, notes: Notes) -> list[StatementLine]:
    """The lines of the rows: parts put together, halves of transfers told of each other."""
    extra = columns.of_app
    if extra is None or extra.app.is_ours:
        return [row.line for row in rows]
    if extra.app.is_double_entry:
        return double_entry.lines(rows, extra, notes)
    lines = [row.line for row in rows]
    marked = _marked(rows, extra)
    if marked is not None:
        lines = _paired(lines, marked, within=extra.app.half_within)
    rows = [Row(line, row.cells) for line, row in zip(lines, rows, strict=True)]
    return _grouped(rows, extra) if extra.group is not None else _rejoined([row.line for row in rows])


def _marked(rows: Sequence[Row], extra: AppColumns) -> list[bool] | None:
    """Which rows are a half of a transfer whose other end they do not name; None where the app tells otherwise."""
    app = extra.app
    if app.other_prefix or (app.moves and extra.other is not None):
        return None
    if app.moves:
        return [fold(cell(row.cells, extra.mark)) in app.moves for row in rows]
    accounts = {row.line.account for row in rows}
    return [cell(row.cells, extra.other) in accounts - {row.line.account} for row in rows]


def _paired(lines: list[StatementLine], marked: Sequence[bool], *, within: int) -> list[StatementLine]:
    """Each marked line and the nearest opposite one of another account name each other's account."""
    waiting: dict[tuple[Decimal, date], dict[str, deque[int]]] = defaultdict(dict)
    found = list(lines)
    reach = sorted(range(-within, within + 1), key=abs)
    for place, line in enumerate(lines):
        if not marked[place] or not line.amount:
            continue
        keys = ((-line.amount, day) for days in reach if (day := _shifted(line.date, days)))
        half = next((half for key in keys if (half := _taken(waiting.get(key), line.account)) is not None), None)
        if half is None:
            waiting[line.amount, line.date].setdefault(line.account, deque()).append(place)
        else:
            found[place] = line._replace(transfer=lines[half].account)
            found[half] = lines[half]._replace(transfer=line.account)
    return found


def _taken(waiting: dict[str, deque[int]] | None, account: str) -> int | None:
    """The first that waits in another account; it waits no longer."""
    name = next((name for name in waiting or () if name != account), None)
    if waiting is None or name is None:
        return None
    half = waiting[name].popleft()
    if not waiting[name]:
        del waiting[name]
    return half


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _grouped(rows: Sequence[Row], extra: AppColumns) -> list[StatementLine]:
    """Rows that share a group of several, an account and a direction are the parts of one line."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        name = cell(row.cells, extra.group) or row.line.number
        groups.setdefault((name, row.line.account, row.line.transfer, row.line.amount > 0), []).append(row)
    lines = []
    for parts in groups.values():
        title = cell(parts[0].cells, extra.group_title)
        lines.append(_joined([part.line for part in parts], description=title))
    return lines


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


def _rejoined(lines: Sequence[StatementLine]) -> list[StatementLine]:
    """Rows that follow each other and say "1 of 2", "2 of 2" are one line again; a whole of zero before them goes."""
    found: list[StatementLine] = []
    run = _Run()
    for line in lines:
        part = _part(line)
        if part is None or not run.takes(line, part):
            found += run.lines()
            run = _Run()
        if part is not None:
            run.parts[part[0]], run.count = line, part[1]
        elif not line.amount and any(map(_WHOLE.match, _texts(line))):
            run.whole = line
        else:
            found.append(line)
        if run.parts and len(run.parts) == run.count:
            found += run.lines()
            run = _Run()
    return found + run.lines()


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
