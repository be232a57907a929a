"""ZIP archives, opened with care: what they unpack to is bounded before anything is read."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from transactions.importers import xml_tree
from transactions.importers.base import StatementError, gettext_noop, sentence

BROKEN = gettext_noop("This ZIP archive or spreadsheet is broken: it cannot be read to its end. Download it again.")
LOCKED = gettext_noop("This file is protected with a password. Save it without one and try again.")
TOO_LARGE = gettext_noop(
    "Unpacked, this file is larger than %(limit)s MB. Take it out in shorter periods and import one after the other."
)

MOST_UNPACKED = 64 * 1024 * 1024
MOST_MEMBERS = 2000
_IN_PIECES = ("/sharedStrings.xml", "content.xml")
_MOST_ELEMENTS = 500_000
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
# The ends of names of statements that are no CAMT.
_STATEMENTS = (
    *(".csv", ".tsv", ".ofx", ".qfx", ".qbo", ".qif", ".sta", ".mt940", ".940", ".xlsx", ".xls", ".ods", ".json"),
    *(".yfull", ".journal", ".hledger", ".ledger", ".beancount", ".zip"),
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# What Python's module raises for archives that are cut, forged or damaged.
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, once its members are known to unpack to a bounded size; StatementError for any other."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ERRORS as error:
        raise StatementError(sentence(BROKEN)) from error
    with archive:
        check(archive)
        yield archive


def check(archive: zipfile.ZipFile) -> None:
    """StatementError for archives that are locked, or would grow too large; Python reads no more than is declared."""
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise StatementError(sentence(LOCKED))
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise StatementError(sentence(TOO_LARGE, limit=MOST_UNPACKED // 1024 // 1024))
    if any(member.compress_type not in _METHODS for member in members):
        raise StatementError(sentence(BROKEN))


def check_pieces(archive: zipfile.ZipFile, *names: str) -> None:
    """StatementError where one of these members cannot be read in pieces in as much time as it is long.

    Of a workbook, sheets and their texts are read like that; all other parts are kept whole.
    """
    for name in names:
        most = None if is_in_pieces(name) else _MOST_ELEMENTS
        with member(archive, name) as file:
            if not xml_tree.is_safe_in_pieces(file, most=most):
                raise StatementError(sentence(BROKEN))


def is_in_pieces(name: str) -> bool:
    """Whether a member of a workbook is one that is never kept whole."""
    return is_sheet(name) or name.endswith(_IN_PIECES)


def names(data: bytes) -> frozenset[str]:
    """The names of the members, none where the archive is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except _ERRORS:
        return frozenset()


def unwrapped(data: bytes, filename: str) -> tuple[bytes, str]:
    """The one statement in an archive, with its own name; any other file as it is.

    What is alone in an archive is taken for one. Archives of CAMT files, and workbooks, are read as they are.
    StatementError for an archive that is not safe to open.
    """
    if not data.startswith(b"PK\x03\x04"):
        return data, filename
    found = [name for name in names(data) if not name.endswith("/") and _is_visible(name)]
    if any(map(is_camt, found)):
        return data, filename
    if len(found) > 1:
        found = [name for name in found if _is_statement(name)]
    if len(found) != 1:
        return data, filename
    with opened(data) as archive:
        return unpacked(archive, found[0]), found[0].rpartition("/")[2]


def statements(data: bytes, *, most: int, size: int) -> list[tuple[str, bytes]]:
    """The statements in an archive that holds several of another kind than CAMT: each with its own name.

    None of any other file, nor of an archive that holds more than ``most``, or more than ``size`` bytes of them.
    StatementError for an archive that is not safe to open.
    """
    if not data.startswith(b"PK\x03\x04"):
        return []
    found = [name for name in sorted(names(data)) if _is_visible(name)]
    several = [name for name in found if _is_statement(name)]
    if any(map(is_camt, found)) or not 1 < len(several) <= most:
        return []
    with opened(data) as archive:
        if sum(archive.getinfo(name).file_size for name in several) > size:
            return []
        return [(name.rpartition("/")[2], unpacked(archive, name)) for name in several]


def others(archive: zipfile.ZipFile) -> list[str]:
    """Members of an archive of CAMT files that may be statements of another kind."""
    return [name for name in sorted(archive.namelist()) if _is_statement(name) and _is_visible(name)]


def is_sheet(name: str) -> bool:
    """Whether a member of a workbook holds the rows of a sheet."""
    return _SHEET.fullmatch(name) is not None


def is_camt(name: str) -> bool:
    """Whether a member of an archive may be a statement."""
    return name.lower().endswith(".xml") and _is_visible(name)


@contextmanager
def member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A file of the archive, to be read in pieces; StatementError where that fails."""
    try:
        with archive.open(name) as file:
            yield file
    except (*_ERRORS, KeyError) as error:
        raise StatementError(sentence(BROKEN)) from error


def unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file of the archive as a whole; StatementError where that fails."""
    with member(archive, name) as file:
        return file.read()


def _is_statement(name: str) -> bool:
    return name.lower().endswith(_STATEMENTS)


def _is_visible(name: str) -> bool:
    """Not what macOS puts beside each file."""
    return not name.startswith("__MACOSX/") and not name.rpartition("/")[2].startswith("._")
