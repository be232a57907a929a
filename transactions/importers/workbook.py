"""Statements in Excel workbooks: cells → the texts that a CSV file would hold; what they mean is told as there."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from openpyxl.utils.datetime import from_excel

from transactions.importers import biff, columns, dates, numbers, open_document, sheets, table
from transactions.importers.base import Choices, Remark, Statement, StatementError, gettext_noop, sentence
from transactions.importers.grouping import Again
from transactions.importers.headings import column_name, roles_of
from transactions.importers.numbers import NumberFormat
from transactions.importers.records import SHOWN, LongTable, Record
from transactions.importers.sheets import Book, Leaf, Price, Row
from transactions.importers.spool import Pile
from transactions.importers.vocabulary import NAMES, Role

NO_CHOICE = gettext_noop("A workbook has neither a character set nor a separator of columns; leave both as they are.")
NO_SHEET = gettext_noop("This workbook has no sheet with cells.")

OTHER_SHEETS = gettext_noop(
    "Only the sheet “%(name)s” was read; others look like statements, too: %(others)s. Save each of them as a file of"
    " its own and import it."
)

LONGEST_CELL = 10_000
# What a header and a row of a statement weigh together (see ``columns.weigh``), or a few rows without a header.
_LEAST_WEIGHT = 15
# 1,00.00: groups of any size are groups where a point and two decimals follow them.
_ODD_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{2,3})+\.[0-9]{2}")
_DAY_NAMES = frozenset((*NAMES[Role.DATE], *NAMES[Role.OTHER_DATE]))
# Days of statements, counted as spreadsheets count them.
_FIRST_DAY, _LAST_DAY = datetime.date(1980, 1, 1), datetime.date(2060, 1, 1)
_MONEY = frozenset({Role.AMOUNT, Role.DEBIT, Role.CREDIT, Role.BALANCE})
_PATTERNS = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "ymd": "%Y-%m-%d", "ydm": "%Y-%d-%m"}


class _Sheet(NamedTuple):
    """The rows of a sheet, and whether there are few enough of them to be in memory.

    ``others`` are the names of sheets that look like statements as well.
    """

    rows: Iterable[Row]
    is_at_hand: bool
    name: str
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Writing:
    """How the file writes days and amounts where they are texts.

    Spreadsheets turn some of them into days and numbers of their own and leave the others texts, in one and the same
    column. The former are written as the latter are.
    """

    order: str
    number: NumberFormat

    def texts(self, row: Row) -> tuple[str, ...]:
        return tuple(map(self._text, row.cells))

    def _text(self, cell: object) -> str:
        if isinstance(cell, Price):
            return self._text(cell.value)
        if isinstance(cell, datetime.date):
            return cell.strftime(_PATTERNS[self.order])
        if isinstance(cell, float):
            # Excel itself shows fifteen digits; the rest is noise of binary fractions.
            return f"{Decimal(f'{cell:.15g}'):f}".replace(".", self.number.decimal_mark)
        return _plain(cell)


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The statement in a workbook (.xlsx): that of the sheet most like one. StatementError where none is."""
    return _statement("xlsx", sheets.of_archive(data), choices)


def parse_binary(data: bytes, *, choices: Choices) -> Statement:
    """The same of a binary workbook (.xls)."""
    return _statement("xls", biff.opened(data), choices)


def parse_open_document(data: bytes, *, choices: Choices) -> Statement:
    """The same of a workbook of LibreOffice (.ods)."""
    return _statement("ods", open_document.opened(data), choices)


def parse_flat_document(data: bytes, *, choices: Choices) -> Statement:
    """The same where that is one text (.fods) and no archive."""
    return _statement("ods", open_document.opened_flat(data), choices)


def _statement(kind: str, opened: AbstractContextManager[Book], choices: Choices) -> Statement:
    if choices.delimiter is not None or choices.encoding not in {None, "utf-8"}:
        raise StatementError(sentence(NO_CHOICE))
    sheet = _sheet(opened)
    writing = _writing(sheet.rows, choices)
    if not writing.number.is_guess:
        choices = replace(choices, decimal_mark=writing.number.decimal_mark)
    source = _written(kind, sheet, writing)
    found = table.statement(source.records, source.origin, choices=choices)
    return replace(found, remarks=(*found.remarks, *_remarks(sheet)))


def _remarks(sheet: _Sheet) -> Iterator[Remark]:
    if sheet.others:
        others = ", ".join(f"“{name}”" for name in sheet.others)
        yield Remark(sentence(OTHER_SHEETS, name=sheet.name, others=others))


def rows(data: bytes, *, choices: Choices) -> table.Source:
    """The rows of the sheet that is most like a statement."""
    return _source("xlsx", sheets.of_archive(data), choices)


def rows_of_binary(data: bytes, *, choices: Choices) -> table.Source:
    """The same of a binary workbook."""
    return _source("xls", biff.opened(data), choices)


def rows_of_open_document(data: bytes, *, choices: Choices) -> table.Source:
    """The same of a workbook of LibreOffice."""
    return _source("ods", open_document.opened(data), choices)


def rows_of_flat_document(data: bytes, *, choices: Choices) -> table.Source:
    """The same where that is one text and no archive."""
    return _source("ods", open_document.opened_flat(data), choices)


def _source(kind: str, opened: AbstractContextManager[Book], choices: Choices) -> table.Source:
    sheet = _sheet(opened)
    return _written(kind, sheet, _writing(sheet.rows, choices))


def _written(kind: str, sheet: _Sheet, writing: _Writing) -> table.Source:
    written = Again(partial(_records, sheet.rows, writing, _places_of_money(sheet.rows)))
    if next(iter(written), None) is None:
        raise StatementError(sentence(NO_SHEET))
    found = list(written) if sheet.is_at_hand else LongTable(written)
    return table.Source(found, table.Origin(kind, "utf-8"))


def _places_of_money(rows: Iterable[Row]) -> frozenset[int]:
    """The columns that are named as money; elsewhere a number that is shown as a price may be anything."""
    names = (tuple(map(_plain, row.cells)) for row in islice(rows, sheets.SAMPLE_ROWS))
    header = next(filter(columns.is_header, names), ())
    return frozenset(place for place, name in enumerate(header) if _MONEY & {found.role for found in roles_of(name)})


def _records(rows: Iterable[Row], writing: _Writing, money: Collection[int]) -> Iterator[Record]:
    for row in rows:
        if any(cells := writing.texts(row)):
            yield _record(row.number, _with_currencies(cells, row.cells, money))


def _with_currencies(texts: tuple[str, ...], cells: Sequence[object], money: Collection[int]) -> tuple[str, ...]:
    """The texts, with what a price's cell shows beside its number."""
    prices = {place: cell.currency for place in money if place < len(cells) and isinstance(cell := cells[place], Price)}
    if not prices:
        return texts
    return tuple(f"{text} {prices[place]}" if place in prices else text for place, text in enumerate(texts))


def _record(number: int, cells: tuple[str, ...]) -> Record:
    if all(len(cell) <= LONGEST_CELL for cell in cells):
        return Record(number, "\t".join(cells), cells)
    shown = tuple(cell[:SHOWN] for cell in cells)
    return Record(number, "\t".join(shown), shown, most=LONGEST_CELL)


def _packed(row: Row) -> list[object]:
    return [row.number, [_plain_value(cell) for cell in row.cells]]


def _plain_value(cell: object) -> object:
    if isinstance(cell, datetime.date):
        return [cell.year, cell.month, cell.day]
    if isinstance(cell, Price):
        return list(cell)
    return cell if cell is None or isinstance(cell, str | bool | int | float) else str(cell)


def _unpacked(values: list[Any]) -> Row:
    number, cells = values
    return Row(number, [_listed(cell) if isinstance(cell, list) else cell for cell in cells])


def _listed(values: list[Any]) -> object:
    return Price(*values) if len(values) == len(Price._fields) else datetime.date(*values)


def _sheet(opened: AbstractContextManager[Book]) -> _Sheet:
    """The sheet that looks most like a statement."""
    with opened as book:
        rows = Pile(_packed, _unpacked)
        best, others = _best(book.leaves)
        rows.extend(best.rows())
        return _Sheet(_with_days(rows, book.epoch), rows.is_at_hand, best.name, others)


def _best(leaves: Sequence[Leaf]) -> tuple[Leaf, list[str]]:
    """The sheet that looks most like a statement, and the names of others that look like one."""
    if not leaves:
        raise StatementError(sentence(NO_SHEET))
    if len(leaves) == 1:
        return leaves[0], []
    weights = [_weight(leaf) for leaf in leaves[: sheets.MOST_SHEETS]]
    best = weights.index(max(weights))
    others = [place for place, weight in enumerate(weights) if weight >= _LEAST_WEIGHT and place != best]
    return leaves[best], [leaves[place].name for place in others]


def _weight(leaf: Leaf) -> int:
    return sum(columns.weigh(_Writing("ymd", NumberFormat(".")).texts(row)) for row in leaf.sample())


def _with_days(rows: Pile[Row], epoch: datetime.datetime) -> Iterable[Row]:
    """The rows with days for the numbers of a column of days whose cells lost their format, all of them so."""
    sample = enumerate(islice(rows, sheets.SAMPLE_ROWS))
    head = next((place for place, row in sample if columns.is_header(tuple(map(_plain, row.cells)))), None)
    if head is None:
        return rows
    named = [place for place, cell in enumerate(rows[head].cells) if column_name(_plain(cell))[0] in _DAY_NAMES]
    places = {place for place in named if _are_days((_at(row, place) for row in islice(rows, head + 1, None)), epoch)}
    return Again(partial(_with_days_below, rows, head, places, epoch)) if places else rows


def _with_days_below(
    rows: Iterable[Row], head: int, places: Collection[int], epoch: datetime.datetime
) -> Iterator[Row]:
    for place, row in enumerate(rows):
        yield _dated(row, places, epoch) if place > head else row


def _are_days(cells: Iterable[object], epoch: datetime.datetime) -> bool:
    """Whether the cells are numbers of days where they are numbers, and no cell is a day by itself."""
    has_figures = False
    for cell in cells:
        if _is_figure(cell):
            if _day(cell, epoch) is None:
                return False
            has_figures = True
        elif isinstance(cell, datetime.date) or (isinstance(cell, str) and dates.is_date(cell)):
            return False
    return has_figures


def _day(cell: object, epoch: datetime.datetime) -> datetime.date | None:
    if isinstance(cell, Price):
        return None
    try:
        found = from_excel(cell, epoch)
    except (ValueError, OverflowError):
        return None
    day = found.date() if isinstance(found, datetime.datetime) else None
    return day if day and _FIRST_DAY <= day < _LAST_DAY else None


def _dated(row: Row, places: Collection[int], epoch: datetime.datetime) -> Row:
    cells = (
        _day(cell, epoch) if place in places and _is_figure(cell) else cell for place, cell in enumerate(row.cells)
    )
    return row._replace(cells=tuple(cells))


def _at(row: Row, place: int) -> object:
    return row.cells[place] if place < len(row.cells) else None


def _writing(rows: Iterable[Row], choices: Choices) -> _Writing:
    days = _texts_beside(rows, lambda cell: isinstance(cell, datetime.date), dates.is_date)
    order = dates.decide(days, demanded=choices.date_order, hint=choices.hint_order).order if days else "ymd"
    if choices.decimal_mark in numbers.MARKS:
        return _Writing(order, NumberFormat(choices.decimal_mark))
    if beside := _texts_beside(rows, _is_figure, numbers.is_amount):
        return _Writing(order, numbers.decide(beside))
    return _Writing(order, _number_of(rows))


def _number_of(rows: Iterable[Row]) -> NumberFormat:
    """The format of amounts that are texts throughout; where they leave it open, numbers beside them settle it."""
    found = NumberFormat(".", is_guess=True)
    if texts := _columns_of_amounts(rows):
        with suppress(StatementError):
            found = numbers.decide(texts)
    has_figures = any(_is_figure(cell) for row in rows for cell in row.cells)
    return NumberFormat(".") if found.is_guess and has_figures else found


def _columns_of_amounts(rows: Iterable[Row]) -> set[str]:
    """The texts of columns in which at least half of the texts are amounts and none is a day."""
    amounts: defaultdict[int, set[str]] = defaultdict(set)
    votes: Counter[int] = Counter()
    with_days: set[int] = set()
    for row in rows:
        for place, cell in enumerate(row.cells):
            if not (isinstance(cell, str) and (text := _plain(cell))):
                continue
            if numbers.is_amount(text):
                amounts[place].add(text)
                votes[place] += 1
            else:
                votes[place] -= 1
            if dates.is_date(text):
                with_days.add(place)
    return {text for place, texts in amounts.items() if votes[place] >= 0 and place not in with_days for text in texts}


def _texts_beside(rows: Iterable[Row], is_own: Callable[[object], bool], is_text: Callable[[str], bool]) -> set[str]:
    """Of the columns in which the spreadsheet made cells of its own kind, those cells that are still texts."""
    places = {place for row in rows for place, cell in enumerate(row.cells) if is_own(cell)}
    cells = (row.cells[place] for row in rows for place in places if place < len(row.cells))
    return {text for cell in cells if isinstance(cell, str) and is_text(text := _plain(cell))}


def _is_figure(cell: object) -> bool:
    return isinstance(cell, int | float | Price) and not isinstance(cell, bool)


def _plain(cell: object) -> str:
    """The text of a cell; "" for what is none."""
    if not isinstance(cell, str):
        return "" if cell is None or isinstance(cell, bool) else str(cell)
    text = cell.strip()
    return text.replace(",", "") if _ODD_GROUPS.fullmatch(text) else text
