"""Workbooks of LibreOffice and others (.ods, .fods): their sheets, row by row. What they claim to repeat is bounded."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from math import isfinite
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.datetime import WINDOWS_EPOCH

from transactions.importers import archive, records, xml_tree
from transactions.importers.base import StatementError, sentence
from transactions.importers.records import MOST_LINES
from transactions.importers.sheets import MOST_COLUMNS, MOST_SHEETS, SAMPLE_ROWS, Book, Leaf, Price, Row, width
from transactions.importers.vocabulary import currency_code

CONTENT = "content.xml"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
_KIND, _MANIFEST = "mimetype", "META-INF/manifest.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_STYLE, _OF_TABLES = f"{_STYLE_NAMES}style", f"{_STYLE_NAMES}table-properties"
_SHEET, _ROW, _PARAGRAPH = f"{_TABLE}table", f"{_TABLE}table-row", f"{_TEXT}p"
_COLUMNS_REPEATED, _ROWS_REPEATED = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_SPACES = frozenset({f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"})
_KEPT = _CELLS | _SPACES | {_PARAGRAPH, f"{_TEXT}span", f"{_TEXT}a"}
_NUMBERS = frozenset({"float", "currency", "percentage"})
_MOST_ELEMENTS = 20_000
_DEEPEST = 100
# Cells that stand only once in the file and are said to be there more often.
_MOST_REPEATED = 400_000
# Opens the text of a workbook from its beginning, as often as it is asked.
Opener = Callable[[], AbstractContextManager[IO[bytes]]]
_ERRORS = (ParseError, DefusedXmlException, ValueError, LookupError)


def is_one(data: bytes) -> bool:
    """Whether an archive is such a workbook, and no letter. StatementError for one that is not safe to open."""
    with archive.opened(data) as found:
        return _KIND in found.namelist() and archive.unpacked(found, _KIND).strip() == KIND.encode()


@contextmanager
def opened(data: bytes) -> Iterator[Book]:
    """The workbook; StatementError where it cannot be read, or has a password."""
    with archive.opened(data) as found:
        if _MANIFEST in found.namelist() and b"encryption-data" in archive.unpacked(found, _MANIFEST):
            raise StatementError(sentence(archive.LOCKED))
        archive.check_pieces(found, CONTENT)
        try:
            yield Book(_leaves(partial(archive.member, found, CONTENT)), WINDOWS_EPOCH)
        except _ERRORS as error:
            raise StatementError(sentence(archive.BROKEN)) from error


@contextmanager
def opened_flat(data: bytes) -> Iterator[Book]:
    """A workbook that is one text (.fods) and no archive; StatementError where it cannot be read."""
    if not xml_tree.is_safe_in_pieces(io.BytesIO(data)):
        raise StatementError(sentence(archive.BROKEN))
    try:
        yield Book(_leaves(partial(io.BytesIO, data)), WINDOWS_EPOCH)
    except _ERRORS as error:
        raise StatementError(sentence(archive.BROKEN)) from error


def _leaves(found: Opener) -> list[Leaf]:
    """The sheets that are shown, all where all are hidden; of the first ones their first rows.

    Each sheet stands behind all before it in one file.
    """
    leaves: list[tuple[Leaf, bool]] = []
    hiding: set[str | None] = set()
    sheet, sample = _Sheet(), list[Row]()
    for element in _elements(found):
        if element.tag == _STYLE:
            hiding |= {element.get(f"{_STYLE_NAMES}name")} if _hides(element) else set()
        elif element.tag == _SHEET:
            sheet, sample = _Sheet(), []
            leaf = Leaf(element.get(f"{_TABLE}name", ""), partial(_rows, found, len(leaves)), sample.__iter__)
            leaves.append((leaf, element.get(f"{_TABLE}style-name") not in hiding))
        elif len(leaves) <= MOST_SHEETS and len(sample) < SAMPLE_ROWS:
            sample += islice(sheet.rows(element), SAMPLE_ROWS)
    return [leaf for leaf, is_shown in leaves if is_shown] or [leaf for leaf, _is_shown in leaves]


def _hides(style: Element) -> bool:
    return any(each.get(f"{_TABLE}display") == "false" for each in style.iterfind(_OF_TABLES))


def _elements(found: Opener) -> Iterator[Element]:
    """Sheets when they begin, rows and styles when they end; nothing else of the file is kept in memory."""
    stack: list[Element] = []
    open_rows = count = 0
    with found() as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                stack.append(element)
                open_rows += element.tag == _ROW
                is_new = not open_rows or (open_rows == 1 and element.tag == _ROW)
                count = 0 if is_new else count + 1
                if count > _MOST_ELEMENTS or len(stack) > _DEEPEST:
                    raise ValueError("too much for a row")
                if element.tag == _SHEET and not open_rows:
                    yield element
                continue
            stack.pop()
            open_rows -= element.tag == _ROW
            if element.tag in {_ROW, _STYLE} and not open_rows:
                yield element
            if stack and not (element.tag in _KEPT if open_rows else element.tag == _OF_TABLES):
                stack[-1].remove(element)


def _rows(found: Opener, wanted: int) -> Iterator[Row]:
    """The rows of one sheet."""
    place, sheet = -1, _Sheet()
    for element in _elements(found):
        if element.tag == _SHEET:
            place += 1
            if place > wanted:
                return
        elif place == wanted and element.tag == _ROW:
            yield from sheet.rows(element)


@dataclass(slots=True)
class _Sheet:
    """Counts the rows of a sheet; ``room`` is how many characters repeated ones may have, ``spare`` how many cells."""

    number: int = 0
    room: int = archive.MOST_UNPACKED
    spare: int = _MOST_REPEATED

    def rows(self, element: Element) -> Iterator[Row]:
        """The row as often as it is there, if it has something; StatementError where repeated ones are too many."""
        cells, times = _cells(element), _times(element, _ROWS_REPEATED)
        first, self.number = self.number + 1, self.number + times
        size = sum(len(cell) for cell in cells if isinstance(cell, str)) + len(cells)
        for line in range(first, first + times) if cells else ():
            self.room -= size
            self.spare -= len(cells) - (len(element) if line == first else 0)
            if line > MOST_LINES or self.room < 0 or self.spare < 0:
                raise StatementError(sentence(records.TOO_MANY_LINES, most=MOST_LINES))
            yield Row(line, cells)


def _cells(row: Element) -> list[object]:
    """The values up to the last that is there; empty cells are repeated to the sheet's right edge."""
    cells: list[object] = []
    for cell in row:
        if cell.tag in _CELLS and len(cells) < MOST_COLUMNS:
            cells += [_value(cell)] * min(_times(cell, _COLUMNS_REPEATED), MOST_COLUMNS - len(cells))
    return cells[: width(cells)]


def _value(cell: Element) -> object:
    """What the cell holds; where that is no number or day, what is shown for it."""
    kind = cell.get(f"{_OFFICE}value-type")
    with suppress(ValueError):
        if kind in _NUMBERS:
            value = float(cell.get(f"{_OFFICE}value", ""))
            currency = currency_code(cell.get(f"{_OFFICE}currency", "")) if kind == "currency" else None
            return (Price(value, currency) if currency else value) if isfinite(value) else None
        if kind == "date":
            return date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10])
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    return "\n".join("".join(_pieces(part)) for part in cell if part.tag == _PARAGRAPH) or None


def _pieces(part: Element) -> Iterator[str]:
    yield part.text or ""
    for piece in part:
        yield " " if piece.tag in _SPACES else "".join(piece.itertext())
        yield piece.tail or ""


def _times(element: Element, name: str) -> int:
    """How often it stands there: a sheet's last row is said to be there a million times."""
    return max(1, int(element.get(name, "1")))
