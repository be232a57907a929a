"""How long a file is, without reading it: how many entries, rows or lines it has, each format by its own mark."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import IO

from transactions.importers import archive, biff, kinds, open_document
from transactions.importers.base import StatementError

# What each entry of a format has once. In some of them nothing else parts one entry from the next, not even a line end.
_MARKS: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        "ofx": re.compile(rb"<STMTTRNP?\s*>", re.IGNORECASE),
        "qif": re.compile(rb"[\r\n][ \t]*\^"),
        "mt940": re.compile(rb":61:"),
        "camt": re.compile(rb"</(?:[\w.-]{1,40}:)?Ntry\s*>"),
        "journal": re.compile(rb"[\r\n][0-9]{4}[-/.]"),
        "json": re.compile(rb'"amount"'),
        "xls": re.compile(rb"<(?:[\w.-]{1,40}:)?(?:tr|row)[\s>]", re.IGNORECASE),
        "ods": re.compile(rb"<table:table-row[\s>/]"),
        "fods": re.compile(rb"<table:table-row[\s>/]"),
        "xlsx": re.compile(rb"<(?:[\w.-]{1,40}:)?row[\s>]"),
    }
)
_LONGEST_MARK = 64
_PIECE = 1024 * 1024


def of(data: bytes, *, filename: str) -> int:
    """The number of entries, as near as their marks tell it; 0 for what is no statement."""
    try:
        kind = kinds.of(filename, data)
        if kind == "xlsx":
            return max(_in_archive(data, archive.is_sheet, _MARKS["xlsx"]), default=0)
        if kind == "ods":
            return sum(_in_archive(data, open_document.CONTENT.__eq__, _MARKS["ods"]))
        if kind == "biff":
            return biff.rows(data)
        if kind == "zip":
            return sum(_in_archive(data, archive.is_camt, _MARKS["camt"]))
    except StatementError:
        return 0
    if kind == "csv":
        return max(data.count(b"\n"), data.count(b"\r"))
    return _marks(io.BytesIO(plain(data)), _MARKS[kind])


def plain(data: bytes) -> bytes:
    """Tags and letters of ASCII as single bytes, also where the file has two or four bytes to a letter."""
    return data.replace(b"\0", b"") if b"\0" in data[:_LONGEST_MARK] else data


def _in_archive(data: bytes, is_wanted: Callable[[str], bool], mark: re.Pattern[bytes]) -> Iterator[int]:
    with archive.opened(data) as found:
        for name in filter(is_wanted, found.namelist()):
            with archive.member(found, name) as file:
                yield _marks(file, mark)


def _marks(file: IO[bytes], mark: re.Pattern[bytes]) -> int:
    """How many there are, looked for in pieces: an unpacked file may be large."""
    count, rest = 0, b""
    while piece := file.read(_PIECE):
        piece, end = rest + piece, 0
        for found in mark.finditer(piece):
            count, end = count + 1, found.end()
        rest = piece[max(end, len(piece) - _LONGEST_MARK) :]
    return count
