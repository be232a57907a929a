"""The first entries of a long file as a file of the same format: enough to see what it is and how it is read."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from itertools import islice
from types import MappingProxyType
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from transactions.importers import archive, biff, json_walk, kinds, open_document, sheets, text
from transactions.importers.base import StatementError

_LINE_END = re.compile(rb"(?:\r\n|\r|\n)\0{0,3}")
_ENTRY = re.compile(rb"<STMTTRNP?\s*>", re.IGNORECASE)
_RECORD_END = re.compile(rb"[\r\n][ \t]*\^[^\r\n]*(?:\r\n|\r|\n)")
_STATEMENT_LINE = re.compile(rb"(?<=[\r\n]):61:")
_DAY = re.compile(rb"(?<=[\r\n])[0-9]{4}[-/.]")
_ROW = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:tr|row)[\s>]", re.IGNORECASE)
_TAG_NAME = re.compile(rb"<([^\s/>]+)")
_ROW_END = re.compile(rb"</((?:[\w.-]{1,40}:)?)row\s*>")
_ROW_OF_DOCUMENT, _SHEET_OF_DOCUMENT = b"</table:table-row>", re.compile(rb"</table:table>")
# What rows may stand in.
_AROUND_ROWS = re.compile(rb"<(/?)(table:(?:table-row-group|table-header-rows|table-rows))\b[^<>]*?(/?)>")
_ENDS_OF_DOCUMENT = b"</office:spreadsheet></office:body></office:document-content>"
_ENDS_OF_FLAT_DOCUMENT = b"</office:spreadsheet></office:body></office:document>"
_TEXT_END = re.compile(rb"</((?:[\w.-]{1,40}:)?)si\s*>")
_TEXT_OF_CELL = re.compile(rb"\bt=[\"']s[\"'][^<>]{0,200}>\s*<(?:[\w.-]{1,40}:)?v>(\d{1,9})<")
_TEXTS = "xl/sharedStrings.xml"
_PARTS = (".xml", ".rels")
_LARGEST = 2 * 1024 * 1024
# What is told of a budget without its months and plans.
_OF_BUDGET = ("accounts", "payees", "masterCategories", "budgetMetaData")


def of(data: bytes, *, filename: str, size: int) -> bytes:
    """The entries that begin within about ``size`` bytes; the whole file where it cannot be cut.

    What stands behind the entries, such as a closing balance, is not seen.
    """
    try:
        cut = _CUTS[kinds.of(filename, data)](data, size)
    except StatementError:
        return data
    # An archive of a few kilobytes may unpack to as many megabytes.
    return cut if len(cut) <= max(len(data), _LARGEST) else data


def _table(data: bytes, size: int) -> bytes:
    return _after_last(_LINE_END, data, size) or data[:size]


def _ofx(data: bytes, size: int) -> bytes:
    # What was cut off on purpose is no file that breaks off.
    return (_before_last(_ENTRY, data, size) or _table(data, size)) + b"\n</OFX>"


def _qif(data: bytes, size: int) -> bytes:
    return _after_last(_RECORD_END, data, size) or _table(data, size)


def _mt940(data: bytes, size: int) -> bytes:
    return (_before_last(_STATEMENT_LINE, data, size) or _table(data, size)) + b"\n-}"


def _journal(data: bytes, size: int) -> bytes:
    return _before_last(_DAY, data, size) or _table(data, size)


def _page(data: bytes, size: int) -> bytes:
    return _before_last(_ROW, data, size) or data


def _after_last(mark: re.Pattern[bytes], data: bytes, size: int) -> bytes:
    """Up to the end of the last mark, nothing where there is none."""
    return data[: max((found.end() for found in mark.finditer(data, 0, size)), default=0)]


def _before_last(mark: re.Pattern[bytes], data: bytes, size: int) -> bytes:
    """Up to the last mark, nothing where there are less than two."""
    _first, *more = [found.start() for found in mark.finditer(data, 0, size)] or [0]
    return data[: more[-1]] if more else b""


class _Opened:
    """Follows the elements; ``cut`` is where the last whole entry ended, ``within`` what was open there."""

    def __init__(self, data: bytes) -> None:
        self.parser: DefusedXMLParser | None = None
        self.cut, self.within = 0, b""
        self._data = data
        self._open: list[bytes] = []

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        found = _TAG_NAME.match(self._data, self._place)
        self._open.append(found[1] if found else b"")

    def end(self, tag: str) -> None:
        self._open.pop()
        if tag.rpartition("}")[2] == "Ntry":
            self.cut = self._data.find(b">", self._place) + 1
            self.within = b"".join(b"</" + name + b">" for name in reversed(self._open))

    @property
    def _place(self) -> int:
        place: int = self.parser.parser.CurrentByteIndex if self.parser is not None else 0
        return place


def _camt(data: bytes, size: int) -> bytes:
    data = data.lstrip(b" \t\r\n")
    opened = _Opened(data)
    parser = opened.parser = DefusedXMLParser(target=opened, forbid_dtd=True)
    try:
        parser.feed(data[:size])
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        return data
    # Letters of two bytes have tags that are not found.
    is_plain = opened.cut and b"</>" not in opened.within
    return data[: opened.cut] + opened.within if is_plain else data


def _archive(data: bytes, size: int) -> bytes:
    """The first entries of the first file that has any."""
    with archive.opened(data) as found:
        for name in sorted(filter(archive.is_camt, found.namelist())):
            with archive.member(found, name) as file:
                begin = file.read(2 * size)
            if len(cut := _camt(begin, size)) < len(begin):
                return cut
    return data


def _workbook(data: bytes, size: int) -> bytes:
    """The workbook with the first rows of each sheet, and the texts that they need."""
    cut, highest = io.BytesIO(), 0
    with archive.opened(data) as found, zipfile.ZipFile(cut, "w", zipfile.ZIP_STORED) as made:
        for name in found.namelist():
            if name == _TEXTS:
                continue
            with archive.member(found, name) as file:
                content = file.read() if name.endswith(_PARTS) and not archive.is_sheet(name) else file.read(size + 1)
            if archive.is_sheet(name):
                content = _rows(content, size)
                highest = max([highest, *(int(text) for text in _TEXT_OF_CELL.findall(content))])
            made.writestr(name, content)
        if _TEXTS in found.namelist():
            with archive.member(found, _TEXTS) as file:
                made.writestr(_TEXTS, _texts(file.read, highest + 1, size))
    return cut.getvalue()


def _open_document(data: bytes, size: int) -> bytes:
    """The workbook with the first rows of each sheet; the whole where that is no shorter."""
    with archive.opened(data) as found, archive.member(found, open_document.CONTENT) as file:
        shorter = _first_rows_of_each(file.read(), _ENDS_OF_DOCUMENT, size)
    if shorter is None:
        return data
    cut = io.BytesIO()
    with zipfile.ZipFile(cut, "w", zipfile.ZIP_STORED) as made:
        made.writestr("mimetype", open_document.KIND)
        made.writestr(open_document.CONTENT, shorter)
    return cut.getvalue()


def _flat_document(data: bytes, size: int) -> bytes:
    """The same of one that is no archive."""
    return _first_rows_of_each(data, _ENDS_OF_FLAT_DOCUMENT, size) or data


def _first_rows_of_each(content: bytes, ends: bytes, size: int) -> bytes | None:
    """The workbook's text with the first rows of each sheet; None where that is no shorter."""
    pieces, start = [], 0
    for end in islice(_SHEET_OF_DOCUMENT.finditer(content), sheets.MOST_SHEETS):
        pieces += [_first_rows(content[start : end.start()], size), end[0]]
        start = end.end()
    shorter = b"".join([*pieces, ends])
    return shorter if pieces and len(shorter) < len(content) else None


def _first_rows(sheet: bytes, size: int) -> bytes:
    """A sheet, from the end of the one before, up to the last row that ends within so many bytes."""
    last = sheet.rfind(_ROW_OF_DOCUMENT, 0, size)
    if len(sheet) <= size or last < 0:
        return sheet
    kept = sheet[: last + len(_ROW_OF_DOCUMENT)]
    around: list[bytes] = []
    for is_end, name, is_empty in _AROUND_ROWS.findall(kept):
        if is_end and around:
            around.pop()
        elif not is_end and not is_empty:
            around.append(name)
    return kept + b"".join(b"</" + name + b">" for name in reversed(around))


def _rows(sheet: bytes, size: int) -> bytes:
    *_others, last = [None, *_ROW_END.finditer(sheet)] if len(sheet) > size else [None]
    if last is None:
        return sheet
    prefix = last[1]
    return sheet[: last.end()] + b"</%bsheetData></%bworksheet>" % (prefix, prefix)


def _texts(read: Callable[[int], bytes], wanted: int, size: int) -> bytes:
    """The first so many of the texts that cells share."""
    found = bytearray()
    while piece := read(max(size, len(found))):
        found += piece
        last = next(islice(_TEXT_END.finditer(found), wanted - 1, None), None)
        if last is not None:
            return bytes(found[: last.end()]) + b"</%bsst>" % last[1]
        if len(found) > _LARGEST:
            break
    return bytes(found)


def _budget(data: bytes, size: int) -> bytes:
    """What is told of accounts, payees and categories, and the first entries."""
    kept: dict[str, object] = {}
    entries: list[object] = []
    room = size
    try:
        for name, value in json_walk.members(text.decode(data).text, json.JSONDecoder(), listed="transactions"):
            if name == "transactions" and isinstance(value, list):
                for entry in value:
                    room -= len(json.dumps(entry)) if room > 0 else 0
                    entries += [entry] if room > 0 else []
            elif name in _OF_BUDGET:
                kept[name] = value
    except (ValueError, RecursionError):
        return data
    # Half a letter, which JSON can write and nothing else, is written as JSON does.
    return json.dumps(kept | {"transactions": entries}, ensure_ascii=False).encode(errors="backslashreplace")


_CUTS: Mapping[str, Callable[[bytes, int], bytes]] = MappingProxyType(
    {
        "csv": _table,
        "ofx": _ofx,
        "qif": _qif,
        "mt940": _mt940,
        "journal": _journal,
        "json": _budget,
        "camt": _camt,
        "zip": _archive,
        "xlsx": _workbook,
        "xls": _page,
        "biff": biff.front,
        "ods": _open_document,
        "fods": _flat_document,
    }
)
