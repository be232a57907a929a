"""Tables in tags: web pages and Excel's old XML, which many banks call .xls. Their cells are the texts of a CSV file.

Nothing of a page is fetched or run; only rows and cells count, wherever they stand.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from transactions.importers import columns, records, table, text
from transactions.importers.base import Choices, Statement, StatementError, gettext_noop, sentence
from transactions.importers.numbers import LONGEST
from transactions.importers.records import MOST_LINES, SHOWN, Record

NO_CHOICE = gettext_noop("A table of this kind has no separator of columns; leave it as it is.")
WEB_PAGE = gettext_noop(
    "This is a web page, not a statement; perhaps the bank asked to log in again. Sign in there, download the statement"
    " once more, and choose that file."
)

MOST_COLUMNS = 64
LONGEST_CELL = 10_000

_TAG = re.compile(r"<(/?)(?:[A-Za-z]{1,20}:)?([A-Za-z][A-Za-z0-9]*)(?![A-Za-z0-9])([^<>]*)>")
# What is told by no cell: notes for browsers and for Excel, programs, and how the page looks.
_ASIDES = tuple(
    (re.compile(start, re.IGNORECASE | re.ASCII), re.compile(end, re.IGNORECASE | re.ASCII))
    for start, end in (("<!--", "-->"), ("<script", "</script[^<>]*>"), ("<style", "</style[^<>]*>"))
)
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_SPAN = re.compile(r"\b(?:colspan|MergeAcross)\s*=\s*[\"']?([0-9]{1,3})", re.IGNORECASE)
_INDEX = re.compile(r"\bIndex\s*=\s*[\"']([0-9]{1,3})")
_NUMBER = re.compile(r"\bType\s*=\s*[\"']Number")
_FIGURE = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[Ee][+-]?[0-9]{1,2})?")
_CHARSET = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The statement in the tables of a page; StatementError where no table has a day and an amount."""
    if choices.delimiter is not None:
        raise StatementError(sentence(NO_CHOICE))
    source = rows(data, choices=choices)
    if not any(columns.weigh(record.cells) for record in source.records):
        raise StatementError(sentence(WEB_PAGE))
    return table.statement(source.records, source.origin, choices=choices)


def rows(data: bytes, *, choices: Choices) -> table.Source:
    """The rows of all tables, one after the other: a bank may begin a new table on each page that it prints."""
    decoded = _decoded(data, choices)
    reader = _Reader()
    reader.read(_without_asides(decoded.text))
    return table.Source(reader.records, table.Origin("xls", decoded.encoding, lost=decoded.lost))


def _decoded(data: bytes, choices: Choices) -> text.Decoded:
    """By the set that the page names, where the bytes themselves do not tell."""
    decoded = text.decode(data, choices.encoding)
    declared = _CHARSET.search(decoded.text[:2000])
    if choices.encoding or declared is None or decoded.encoding.startswith(("utf-", "ascii")):
        return decoded
    try:
        return text.decode(data, declared[1].lower())
    except StatementError:
        return decoded


def _without_asides(page: str) -> str:
    for start, end in _ASIDES:
        page = "".join(_beside(page, start, end))
    return page


def _beside(page: str, start: re.Pattern[str], end: re.Pattern[str]) -> Iterator[str]:
    """What is not between these marks; a mark that never ends takes nothing away."""
    done = 0
    while (begin := start.search(page, done)) and (after := end.search(page, begin.end())):
        yield page[done : begin.start()]
        done = after.end()
    yield page[done:]


@dataclass(slots=True)
class _Reader:
    """Walks through the tags once; what is open ends where the next of its kind begins, closed or not."""

    records: list[Record] = field(default_factory=list)
    _row: list[str] | None = None
    _cell: list[str] | None = None
    _span: int = 0
    _is_number: bool = False
    _count: int = 0

    def read(self, page: str) -> None:
        done = 0
        for tag in _TAG.finditer(page):
            self._add(page[done : tag.start()])
            done = tag.end()
            self._take(tag[2].lower(), tag[3], is_end=bool(tag[1]))
        self._end_row()

    def _take(self, name: str, rest: str, *, is_end: bool) -> None:
        if name in _ROWS:
            self._end_row()
            self._row = None if is_end else []
        elif name == "table" and is_end:
            self._end_row()
        elif name in _CELLS:
            self._end_cell()
            if not is_end and self._row is not None:
                self._open_cell(self._row, rest)
        elif name in _BREAKS:
            self._add(" ")
        elif name == "data" and not is_end:
            self._is_number = _NUMBER.search(rest) is not None

    def _open_cell(self, row: list[str], rest: str) -> None:
        # Excel leaves empty cells out and numbers the next one.
        if index := _INDEX.search(rest):
            row += [""] * (int(index[1]) - 1 - len(row))
        span = _SPAN.search(rest)
        wide = "mergeacross" in rest.lower()
        self._span = max(int(span[1]) - (0 if wide else 1), 0) if span else 0
        self._is_number = False
        if rest.endswith("/"):
            row.append("")
        else:
            self._cell = []

    def _add(self, words: str) -> None:
        if self._cell is not None and words:
            self._cell.append(words)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            words = " ".join(_unescaped("".join(self._cell)).split())
            self._row += [_figure(words) if self._is_number else words, *([""] * min(self._span, MOST_COLUMNS))]
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        row, self._row = self._row, None
        if row is None:
            return
        self._count += 1
        if self._count > MOST_LINES:
            raise StatementError(sentence(records.TOO_MANY_LINES, most=MOST_LINES))
        if any(row):
            self.records.append(_record(self._count, tuple(row[:MOST_COLUMNS])))


def _unescaped(words: str) -> str:
    """Entities as what they stand for; a number of thousands of digits stands for nothing."""
    try:
        return html.unescape(words)
    except ValueError:
        return words


def _figure(words: str) -> str:
    """A number of Excel's, of fifteen digits; the rest is noise of binary fractions."""
    return f"{Decimal(f'{float(words):.15g}'):f}" if len(words) <= LONGEST and _FIGURE.fullmatch(words) else words


def _record(number: int, cells: tuple[str, ...]) -> Record:
    if all(len(cell) <= LONGEST_CELL for cell in cells):
        return Record(number, "\t".join(cells), cells)
    shown = tuple(cell[:SHOWN] for cell in cells)
    return Record(number, "\t".join(shown), shown, most=LONGEST_CELL)
