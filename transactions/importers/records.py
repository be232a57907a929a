"""Text to records: lines, the delimiter, Python's csv reader with its quirks fenced in; not what cells mean."""

import csv
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, overload

from transactions.importers.base import StatementError, gettext_noop, sentence
from transactions.importers.grouping import Again

TOO_MANY_LINES = gettext_noop(
    "The file has more than %(most)s lines. Take it out in shorter periods and import one after the other."
)

NO_DELIMITER = gettext_noop("“%(delimiter)s” does not separate columns; comma, semicolon, tab and | can.")

MOST_LINES = 200_000
# So much of a line with a cell that is too long is kept, for a person to find it.
SHOWN = 500
# More than any table that is read has; of a line with millions of separators no more is looked at.
_MOST_CELLS = 300
# A table of more lines is not kept in memory.
LONG = 20_000
DELIMITERS = (",", ";", "\t", "|")

# Enough lines to see a table below a long preamble.
_SAMPLE_LINES = 150
# Some banks end lines with CR CR LF: one line end, not an empty line after each.
_LINE = re.compile(r"[^\r\n]*(?:\r\r\n|\r\n|\n|\r|(?<=[^\r\n])\Z)")
# A separator of three signs, which one Indian bank writes: the bar within is one that we know.
_FENCED = "~|~"
_SPREADSHEET_HINT = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
# A spreadsheet's guard around a cell (="0123"), and our own in front of one that would be a formula ('=1+1),
# or that looks like one of ours (''=1+1).
_GUARDED = re.compile(r'="(.*)"|\'(?=[\'\s]*[=+@＝＋－＠-])(.*)', re.DOTALL)


class Record(NamedTuple):
    """One record: the number of its first line (from 1), its text without the line end, its cells trimmed.

    ``most`` is how many characters a cell may have, where one of this record has more: its cells are not to be read
    then. 0 for all others.
    """

    number: int
    raw: str
    cells: tuple[str, ...]
    most: int = 0

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


class Lines(Sequence[str]):
    """The lines of a long text, with their ends; kept is the text and where each of them begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("I", (line.start() for line in _LINE.finditer(text)))

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[str]:
        text, start = self._text, 0
        for end in self._starts[1:]:
            yield text[start:end]
            start = end
        if self._starts:
            yield text[start:]

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        return self._text[self._starts[at] : self._starts[at + 1] if at + 1 < len(self) else None]


def lines_of(text: str) -> Sequence[str]:
    """The lines of a text, with their ends."""
    is_long = text.count("\n") + text.count("\r") > LONG
    return Lines(text) if is_long else _LINE.findall(text)


class Table(NamedTuple):
    """A file cut into records by one delimiter."""

    delimiter: str
    records: Sequence[Record]


Change = Callable[[Iterable[Record]], Iterator[Record]]


class LongTable(Sequence[Record]):
    """The records of a long file: made anew whenever they are walked through, so that they need no memory."""

    def __init__(self, records: Iterable[Record], *, start: int = 0) -> None:
        self._records, self._start = records, start

    def __iter__(self) -> Iterator[Record]:
        return islice(self._records, self._start, None)

    def __len__(self) -> int:
        return sum(1 for _record in self)

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Record]: ...

    def __getitem__(self, place: int | slice) -> Record | Sequence[Record]:
        """One from the front, the first few, or all from one on; nothing else is asked of a table."""
        if not isinstance(place, slice):
            return next(islice(self, place, None))
        if place.stop is not None:
            return list(islice(self, place.start or 0, place.stop))
        return LongTable(self._records, start=self._start + (place.start or 0))

    def changed(self, change: Change) -> "LongTable":
        """The records as ``change`` makes them, anew on each walk."""
        return LongTable(Again(lambda: change(iter(self))))


def changed(records: Sequence[Record], change: Change) -> Sequence[Record]:
    """The records as ``change`` makes them; those of a long file are not taken into memory for it."""
    return records.changed(change) if isinstance(records, LongTable) else list(change(records))


def read(text: str, *, weigh: Callable[[Sequence[str]], int], delimiter: str | None = None) -> Table:
    """The file's records under the delimiter that makes the best table of it, or under the given one.

    ``weigh`` says how much a record's cells look like a row or a header of a statement (0: not at all). Raises
    StatementError for a file of more than MOST_LINES lines, and for a delimiter that is none.
    """
    if delimiter is not None and delimiter not in DELIMITERS:
        raise StatementError(sentence(NO_DELIMITER, delimiter=delimiter))
    lines = lines_of(text.replace(_FENCED, "|") if _FENCED in text else text)
    if len(lines) > MOST_LINES:
        raise StatementError(sentence(TOO_MANY_LINES, most=MOST_LINES))
    hint = _SPREADSHEET_HINT.fullmatch(lines[0].strip()) if lines else None
    if hint:
        mark = delimiter or hint[1]
        return Table(mark, _table(lines, mark)[1:])
    if delimiter is not None:
        return Table(delimiter, _table(lines, delimiter))
    sample = lines[:_SAMPLE_LINES]

    def weight(delimiter: str) -> tuple[int, int]:
        records = cut(sample, delimiter)
        return sum(weigh(record.cells) for record in records), sum(len(record.cells) > 1 for record in records)

    best = max(DELIMITERS, key=weight)
    return Table(best, _table(lines, best))


def _table(lines: Sequence[str], delimiter: str) -> Sequence[Record]:
    if len(lines) <= LONG:
        return cut(lines, delimiter)
    usual = _usual_width(_cut(lines, delimiter))
    return LongTable(Again(lambda: _without_swallowed(_cut(lines, delimiter), delimiter, usual)))


def cut(lines: Sequence[str], delimiter: str) -> list[Record]:
    """Records of the lines; a quote that is never closed costs its own line, not the rest of the file."""
    records = list(_cut(lines, delimiter))
    return list(_without_swallowed(records, delimiter, _usual_width(records)))


def _cut(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    feed = iter(lines)
    done = 0
    while done < len(lines):
        reader = csv.reader(feed, delimiter=delimiter, skipinitialspace=True)
        start = done
        try:
            for cells in reader:
                yield _record(lines, done, start + reader.line_num, cells)
                done = start + reader.line_num
        except csv.Error:
            # Longer than any cell may be: the reader was swallowing the file.
            end = start + reader.line_num
            yield from _one_by_one(lines[done:end], done, delimiter)
            done = end


def _record(lines: Sequence[str], start: int, end: int, cells: list[str]) -> Record:
    raw = lines[start] if end == start + 1 else "".join(lines[start:end])
    return Record(start + 1, raw.rstrip("\r\n"), tuple(map(_clean, cells[:_MOST_CELLS])))


def _one_by_one(lines: Sequence[str], before: int, delimiter: str) -> list[Record]:
    records = []
    for number, line in enumerate(lines, before):
        most = 0
        try:
            cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
        except csv.Error:
            most, line = csv.field_size_limit(), line[:SHOWN]
            cells = [line]
        records.append(_record([line], 0, 1, cells)._replace(number=number + 1, most=most))
    return records


def _usual_width(records: Iterable[Record]) -> int:
    """The width of most records. Titles and footers are one cell wide and say nothing about the table.

    Where most records run over several lines, they speak for themselves, if the widest line is as wide: the header.
    """
    widths, tall = Counter[int](), Counter[int]()
    for record in records:
        if len(record.cells) > 1:
            (tall if _is_tall(record) else widths)[len(record.cells)] += 1
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    most_tall = max(tall, key=lambda width: tall[width], default=0)
    is_tall_table = tall[most_tall] >= widths[usual] and most_tall == max(widths, default=0)
    return most_tall if is_tall_table else usual


def _without_swallowed(records: Iterable[Record], delimiter: str, usual: int) -> Iterator[Record]:
    """A record over several lines counts only when it is as wide as the others; else its lines stand for themselves."""
    for record in records:
        if _is_tall(record) and len(record.cells) != usual:
            yield from _one_by_one(_LINE.findall(record.raw), record.number - 1, delimiter)
        else:
            yield record


def _is_tall(record: Record) -> bool:
    return "\n" in record.raw or "\r" in record.raw


def _clean(cell: str) -> str:
    trimmed = cell.strip().strip("\ufeff")
    if trimmed[:1] in {"=", "'"} and (guarded := _GUARDED.fullmatch(trimmed)):
        return (guarded[1] if guarded[1] is not None else guarded[2]).strip()
    return trimmed
