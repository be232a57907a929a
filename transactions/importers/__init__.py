"""Bank files to statements: which parser reads a file, and the one way to call it. Pure Python, no Django."""

from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

from transactions.importers import csv_statement, ynab_budget
from transactions.importers.base import Choices, Parser, Statement, StatementError, gettext_noop, sentence

EMPTY_FILE = gettext_noop("The file is empty.")
TOO_LARGE = gettext_noop("The file is larger than %(limit)s MB. Ask the bank for a shorter period.")
NOT_A_STATEMENT = gettext_noop("This is %(kind)s, not a statement. Choose the CSV file that the bank offers.")
NOT_YET = gettext_noop(
    "This is a file in the format %(kind)s, which cannot be read yet. Choose CSV if the bank offers it."
)

# Ten years of a busy account are 5 MB.
MAX_BYTES = 10 * 1024 * 1024

PARSERS: Mapping[str, Parser] = MappingProxyType({"csv": csv_statement.parse, "json": ynab_budget.parse})

# First bytes of what people choose by mistake, also under the name "statement.csv".
_OTHER_FILES = (
    (b"\x89PNG\r\n", gettext_noop("a picture (PNG)")),
    (b"\xff\xd8\xff", gettext_noop("a picture (JPEG)")),
    (b"GIF8", gettext_noop("a picture (GIF)")),
    (b"%PDF", gettext_noop("a PDF document")),
    (b"PK\x03\x04", gettext_noop("a ZIP archive or a spreadsheet")),
    (b"PK\x05\x06", gettext_noop("an empty ZIP archive")),
    (b"\x1f\x8b", gettext_noop("a compressed file (GZIP)")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("an old spreadsheet (XLS)")),
    (b"Rar!", gettext_noop("an archive (RAR)")),
    (b"7z\xbc\xaf", gettext_noop("an archive (7-Zip)")),
    (b"SQLite format 3", gettext_noop("a database")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"MZ\x90", gettext_noop("a program")),
)
# How the formats of the field begin; each leaves this list when its parser comes.
_OTHER_FORMATS = (
    (b"OFXHEADER", "OFX"),
    (b"<?OFX", "OFX"),
    (b"<OFX", "OFX"),
    (b"!Type:", "QIF"),
    (b"!Account", "QIF"),
    (b"!Option:", "QIF"),
    (b":20:", "MT940"),
    (b"{1:F01", "MT940"),
    (b"<Document", "CAMT"),
    (b"<!DOCTYPE html", "HTML"),
    (b"<html", "HTML"),
)
_HEAD = 2048


def read(data: bytes, *, filename: str, choices: Choices | None = None) -> Statement:
    """The statement in a bank's file, read as its content shows and as ``choices`` overrule it.

    Raises StatementError when nothing of the file can be used, and no other exception.
    """
    if not data:
        raise StatementError(sentence(EMPTY_FILE))
    if len(data) > MAX_BYTES:
        raise StatementError(sentence(TOO_LARGE, limit=MAX_BYTES // 1024 // 1024))
    parser = pick(filename, data[:_HEAD])
    return parser(data, choices=choices or Choices())


def pick(filename: str, head: bytes) -> Parser:
    """The parser for a file by its first bytes; StatementError for what is no statement or cannot be read yet."""
    for start, kind in _OTHER_FILES:
        if head.startswith(start):
            raise StatementError(sentence(NOT_A_STATEMENT, kind=sentence(kind)))
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith(b"<?xml"):
        plain = plain.partition(b"?>")[2].lstrip()
    for start, kind in _OTHER_FORMATS:
        if plain[: len(start)].lower() == start.lower():
            raise StatementError(sentence(NOT_YET, kind=kind))
    if plain.startswith(b"{"):
        return PARSERS["json"]
    return PARSERS.get(PurePath(filename).suffix.lower().removeprefix("."), PARSERS["csv"])
