"""Bank files to statements: which parser reads a file, and the one way to call it. Pure Python, no Django."""

from collections.abc import Mapping
from types import MappingProxyType

from transactions.importers import (
    archive,
    camt,
    csv_statement,
    journal,
    kinds,
    marked_up,
    mt940,
    ofx,
    qif,
    workbook,
    ynab_budget,
)
from transactions.importers.base import (
    EMPTY_FILE,
    Choices,
    Parser,
    Statement,
    StatementError,
    gettext_noop,
    sentence,
)

TOO_LARGE = gettext_noop(
    "The file is larger than %(limit)s MB. Take it out in shorter periods and import one after the other."
)

# Ten years of a busy account are 5 MB.
MAX_BYTES = 10 * 1024 * 1024

PARSERS: Mapping[str, Parser] = MappingProxyType(
    {
        "csv": csv_statement.parse,
        "json": ynab_budget.parse,
        "ofx": ofx.parse,
        "qif": qif.parse,
        "mt940": mt940.parse,
        "camt": camt.parse,
        "journal": journal.parse,
        "zip": camt.parse_archive,
        "xlsx": workbook.parse,
        "xls": marked_up.parse,
        "biff": workbook.parse_binary,
        "ods": workbook.parse_open_document,
        "fods": workbook.parse_flat_document,
    }
)


def read(data: bytes, *, filename: str, choices: Choices | None = None) -> Statement:
    """The statement in a bank's file, read as its content shows and as ``choices`` overrule it.

    Raises StatementError when nothing of the file can be used, and no other exception.
    """
    if not data:
        raise StatementError(sentence(EMPTY_FILE))
    data, filename = archive.unwrapped(data, filename)
    if len(data) > MAX_BYTES:
        raise StatementError(sentence(TOO_LARGE, limit=MAX_BYTES // 1024 // 1024))
    return PARSERS[kinds.of(filename, data)](data, choices=choices or Choices())
