"""Where the rows of a workbook come from: cells as texts, numbers and days, whichever program wrote them."""

import datetime
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import XLSM, XLSX, XLTM, XLTX

from transactions.importers import archive, number_formats, records
from transactions.importers.base import StatementError, sentence
from transactions.importers.records import MOST_LINES

MOST_COLUMNS = 64
# What is looked at to find the sheet that is most like a statement.
MOST_SHEETS = 20
SAMPLE_ROWS = 150
_KINDS_OF_WORKBOOKS = frozenset({XLSM, XLSX, XLTM, XLTX})
# What the library raises for damaged or forged workbooks.
_ERRORS = (
    *(AssertionError, AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError, OverflowError),
    *(RuntimeError, TypeError, UnicodeError, ValueError),
    *(zlib.error, zipfile.BadZipFile, ParseError, InvalidFileException, DefusedXmlException),
)


class Row(NamedTuple):
    """A row of the sheet by its number; cells are texts, numbers, prices, days, or None."""

    number: int
    cells: Sequence[object]


class Price(NamedTuple):
    """A number that its cell shows as money of this currency."""

    value: int | float
    currency: str


class Leaf(NamedTuple):
    """A sheet by its name; ``rows`` gives those that have something in them, as often as it is asked.

    ``sample`` gives the first of them.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    sample: Callable[[], Iterable[Row]]


def leaf(name: str, rows: Callable[[], Iterator[Row]]) -> Leaf:
    """A sheet that can be read from its beginning without those before it."""
    return Leaf(name, rows, lambda: islice(rows(), SAMPLE_ROWS))


class Book(NamedTuple):
    """The sheets that a person sees, all where all are hidden, and the day from which days are counted."""

    leaves: Sequence[Leaf]
    epoch: datetime.datetime


def width(cells: Sequence[object]) -> int:
    """How many cells there are up to the last that holds something."""
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1] is not None), 0)


class _Reader(ExcelReader):
    """The library's reader, which believes a workbook that calls a sheet of millions of cells something else."""

    def read_manifest(self) -> None:
        super().read_manifest()
        named = [part.PartName[1:] for part in self.package.Override if part.ContentType in _KINDS_OF_WORKBOOKS]
        if any(map(archive.is_in_pieces, named)):
            raise ValueError("a sheet as the workbook")

    def read_chartsheet(self, sheet: object, rel: object) -> None:
        """Nothing of it is wanted, and it would be kept whole."""


@contextmanager
def of_archive(data: bytes) -> Iterator[Book]:
    """A workbook of today (.xlsx); the file is bounded before the library opens it."""
    with archive.opened(data) as found, warnings.catch_warnings():
        archive.check_pieces(found, *found.namelist())
        warnings.simplefilter("ignore")
        try:
            reader = _Reader(io.BytesIO(data), read_only=True, data_only=True)
            reader.read()
            workbook: Any = reader.wb
            with closing(workbook) as book:
                shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
                rows = _priced_rows if any(map(number_formats.currency, book._number_formats)) else _rows
                yield Book([leaf(sheet.title, partial(rows, sheet)) for sheet in shown], book.epoch)
        except _ERRORS as error:
            raise StatementError(sentence(archive.BROKEN)) from error


def _rows(sheet: Any) -> Iterator[Row]:
    """The size that a sheet claims for itself is not believed."""
    sheet.reset_dimensions()
    yield from _numbered(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True))


def _priced_rows(sheet: Any) -> Iterator[Row]:
    """The same with the currencies of its numbers, which takes longer."""
    sheet.reset_dimensions()
    yield from _numbered(map(_priced_cells, sheet.iter_rows(max_col=MOST_COLUMNS)))


def _priced_cells(cells: Sequence[Any]) -> tuple[object, ...]:
    """Without the empty ones at the end, which are most of them."""
    used = next((place for place in range(len(cells), 0, -1) if cells[place - 1] is not EMPTY_CELL), 0)
    return tuple(map(_priced, cells[:used]))


def _priced(cell: Any) -> object:
    value = cell.value
    if type(value) not in {int, float}:
        return value
    currency = number_formats.currency(cell.number_format)
    return Price(value, currency) if currency else value


def _numbered(rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, 1):
        if number > MOST_LINES:
            raise StatementError(sentence(records.TOO_MANY_LINES, most=MOST_LINES))
        if any(cell is not None for cell in cells):
            yield Row(number, cells[: width(cells)])
