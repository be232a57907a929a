"""Excel's binary workbooks (.xls): what xlrd is given to read of them, and how many rows they have.

The library follows whatever such a file tells it to. So it gets the records of cells, texts and formats alone, each
sheet once and no cell far to the right; sectors of the file around them are followed by ``compound``.
"""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import xlrd
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from xlrd.biffh import XLRDError

from transactions.importers import archive, compound
from transactions.importers.base import StatementError, gettext_noop, sentence
from transactions.importers.sheets import MOST_COLUMNS, Book, Row, leaf, width

NO_WORKBOOK = gettext_noop(
    "This is a document of Office, not a statement. Choose the file that the bank offers for download."
)

# How a workbook begins that has no compound file around it.
BEGINNINGS = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00")
_NAMES, _SEALED = ("Workbook", "Book"), ("EncryptedPackage",)
_LOCKED, _SHEET = 0x2F, 0x85
_BEGIN = frozenset({0x809, 0x409, 0x209, 0x09})
_CELLS = frozenset({0x02, 0x03, 0x04, 0x05, 0x06, 0x203, 0x204, 0x205, 0x206, 0x406, 0xD6, 0xFD, 0x27E, 0xBD})
# More of the text before, and what a formula came to.
_FOLLOWING = frozenset({0x3C, 0x07, 0x207, 0x4BC, 0x221, 0x236})
_FORMATS = frozenset({0x1E, 0x41E})
# Ends, texts, the calendar that days are counted by, the set of letters, formats.
_KEPT = _BEGIN | _FORMATS | {0x0A, 0xFC, 0x22, 0x42, 0x43, 0x243, 0x443, 0xE0, 0x44, 0x56}
# A format has 255 letters at most; the library's look at a longer one takes ever longer.
_LONGEST_FORMAT = 520
_DAY, _TRUTH, _ERROR = xlrd.XL_CELL_DATE, xlrd.XL_CELL_BOOLEAN, xlrd.XL_CELL_ERROR
# What the library raises for damaged or forged workbooks.
_ERRORS = (
    *(XLRDError, struct.error, AssertionError, AttributeError, LookupError, TypeError),
    *(ValueError, OverflowError, RecursionError, NotImplementedError, UnboundLocalError),
)


class _Record(NamedTuple):
    """A record of the workbook, with the four bytes before it that say what it is."""

    kind: int
    start: int
    end: int


def rows(data: bytes) -> int:
    """The number of rows of the longest sheet."""
    stream = _stream(data)
    most, count, last = 0, 0, -1
    for record in _records(stream):
        if record.kind in _BEGIN:
            count, last = 0, -1
        elif record.kind in _CELLS and (row := _place(stream, record)[0]) != last:
            count, last = count + 1, row
            most = max(most, count)
    return most


def front(data: bytes, size: int) -> bytes:
    """The workbook with the rows that begin within so many bytes of each sheet, and all texts."""
    return _reduced(_stream(data), size)


@contextmanager
def opened(data: bytes) -> Iterator[Book]:
    """The workbook; StatementError where it cannot be read."""
    try:
        content = _reduced(_stream(data), len(data))
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
        leaves = [leaf(_text(name), partial(_rows, book, place)) for place, name in enumerate(book.sheet_names())]
        yield Book(leaves, MAC_EPOCH if book.datemode else WINDOWS_EPOCH)
    except _ERRORS as error:
        raise StatementError(sentence(archive.BROKEN)) from error


def _rows(book: xlrd.Book, place: int) -> Iterator[Row]:
    sheet = book.sheet_by_index(place)
    for number in range(sheet.nrows):
        kinds, values = sheet.row_types(number), sheet.row_values(number)
        cells = [_cell(kind, value, book.datemode) for kind, value in zip(kinds, values, strict=True)]
        if any(cell is not None for cell in cells):
            yield Row(number + 1, cells[: width(cells)])


def _cell(kind: int, value: object, mode: int) -> object:
    """What openpyxl would make of it."""
    if kind == _DAY and isinstance(value, float):
        try:
            return from_excel(value, MAC_EPOCH if mode else WINDOWS_EPOCH)
        except (ValueError, OverflowError):
            return value
    if kind == _TRUTH:
        return bool(value)
    if kind == _ERROR:
        return None
    return (_text(value) or None) if isinstance(value, str) else value


def _text(value: str) -> str:
    """A zero stands in no text, and no database keeps one."""
    return value.replace("\0", "")


def _stream(data: bytes) -> bytes:
    """The workbook within the file around it; StatementError where there is none, or a password."""
    if data.startswith(BEGINNINGS):
        return data
    if found := compound.stream(data, _NAMES):
        return found
    is_sealed = compound.stream(data, _SEALED) is not None
    raise StatementError(sentence(archive.LOCKED if is_sealed else NO_WORKBOOK))


def _records(stream: bytes) -> Iterator[_Record]:
    place, last = 0, len(stream) - 4
    unpack = struct.Struct("<HH").unpack_from
    while place <= last:
        kind, length = unpack(stream, place)
        end = place + 4 + length
        yield _Record(kind, place, end)
        place = end


def _place(stream: bytes, record: _Record) -> tuple[int, int]:
    """Row and column of a cell; those of one that is cut off are nowhere."""
    if record.end - record.start < 8 or record.end > len(stream):
        return -1, MOST_COLUMNS
    row, column = struct.unpack_from("<HH", stream, record.start + 4)
    return row, column


def _reduced(stream: bytes, size: int) -> bytes:
    """The records that are needed; of each sheet only the rows that begin within so many bytes."""
    found, moved, named = bytearray(), dict[int, int](), list[int]()
    for record in _needed(stream, size):
        if record.kind in _BEGIN:
            moved[record.start] = len(found)
        elif record.kind == _SHEET:
            named.append(len(found))
        found += stream[record.start : record.end]
    _point(found, named, moved)
    return bytes(found)


def _needed(stream: bytes, size: int) -> Iterator[_Record]:
    """StatementError for a workbook with a password."""
    is_kept, begin, row = False, 0, -1
    for record in _records(stream):
        if record.kind == _LOCKED:
            raise StatementError(sentence(archive.LOCKED))
        if record.kind in _BEGIN:
            begin, row = record.start, -1
        if record.kind in _CELLS:
            at, column = _place(stream, record)
            row = at if record.start - begin <= size else row
            is_kept = column < MOST_COLUMNS and at == row
        elif record.kind in _FORMATS:
            is_kept = record.end - record.start <= _LONGEST_FORMAT
        elif record.kind not in _FOLLOWING:
            is_kept = record.kind in _KEPT or (record.kind == _SHEET and record.end - record.start >= 10)
        if is_kept:
            yield record


def _point(found: bytearray, named: list[int], moved: dict[int, int]) -> None:
    """Lets the names of sheets point to where these are now; once to each, and to hidden ones where all are."""
    first = {struct.unpack_from("<I", found, place + 4)[0]: place for place in reversed(named)}
    sheets = {place: moved[start] for start, place in first.items() if start in moved and found[place + 9] == 0}
    shown = {place: start for place, start in sheets.items() if not found[place + 8] & 3} or sheets
    for place in named:
        # The type of a chart, which the library passes over.
        found[place + 9] = 0 if place in shown else 2
        struct.pack_into("<I", found, place + 4, shown.get(place, 0))
