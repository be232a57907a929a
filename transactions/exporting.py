"""A selection of entries on its way out of the house: as lines for a sheet or a page, and as CSV that COPY writes.

What makes a cell safe for spreadsheets is SQL, so that PostgreSQL can write the whole file and no row is held here.
"""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Func
from django.db.models.functions import Round

from accounts.models import Household
from batua import money
from transactions.selection import Selection

HEAD = (
    "date", "kind", "amount", "currency", "category", "note", "comment", "wallet", "to wallet", "bank text", "uuid",
)  # fmt: skip
BOM = b"\xef\xbb\xbf"
# Large enough that a server's work on each piece does not count, small enough to hold.
_PIECE = 64 * 1024
_CHUNK = 2000


class ExportLine(NamedTuple):
    """One entry in the order of HEAD; the amount is relative to its kind, empty text where it has none."""

    date: datetime.date
    kind: str
    amount: Decimal
    currency: str
    category: str
    note: str
    comment: str
    wallet: str
    to_wallet: str
    bank_text: str
    uuid: UUID


class SafeCell(Func):
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what could be one; NULL when empty.

    It stands before an apostrophe that looks like ours too, so that reading takes off exactly what writing added.
    Line ends are all alike: COPY's are turned into CRLF with the file's own. Most texts begin with a letter or a digit
    of ASCII, and pass without the patterns, which would take longer than all the rest.
    """

    template = (
        "CASE WHEN %(expressions)s = '' THEN NULL"
        " WHEN ascii(%(expressions)s) BETWEEN 97 AND 122 OR ascii(%(expressions)s) BETWEEN 65 AND 90"
        " OR ascii(%(expressions)s) BETWEEN 48 AND 57 THEN {text}"
        " WHEN %(expressions)s ~ E'^(\\'|[[:space:]])*[=+@\\uFF1D\\uFF0B\\uFF0D\\uFF20-]'"
        " OR %(expressions)s ~ E'^\\'*[\\t\\r\\n]' THEN '''' || {text}"
        " ELSE {text} END"
    ).replace(
        "{text}",
        "CASE WHEN strpos(%(expressions)s, E'\\r') = 0 THEN %(expressions)s"
        " ELSE replace(replace(%(expressions)s, E'\\r\\n', E'\\n'), E'\\r', E'\\n') END",
    )


def export_lines(household: Household, selection: Selection, *, first: int | None = None) -> Iterator[ExportLine]:
    """The entries of a selection, oldest first, a chunk at a time; ``first`` limits their number. One query."""
    rows = _oldest_first(household, selection, first).values_list(
        "date", "kind", _amount(household), "currency", "category__name", "note", "comment",
        "wallet__name", "to_wallet__name", "bank_text", "uuid",
    )  # fmt: skip
    for row in rows.iterator(chunk_size=_CHUNK):
        yield ExportLine._make("" if value is None else value for value in row)


def export_csv(household: Household, selection: Selection, *, first: int | None = None) -> Iterator[bytes]:
    """The same entries as CSV (RFC 4180, UTF-8), head first, in pieces; no more than one piece is held. One query."""
    yield _line(HEAD)
    rows = _oldest_first(household, selection, first).values_list(
        "date", "kind", _amount(household), "currency", *map(SafeCell, _TEXTS), "uuid"
    )
    operations: Any = connection.ops
    query = operations.compose_sql(*rows.query.sql_with_params())
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT WITH (FORMAT csv)") as copied:
        yield from _pieces(copied)


def export_cells(household: Household, selection: Selection, *, first: int) -> list[list[str]]:
    """The first rows of the CSV file as a reader of CSV sees them, without the head; one query."""
    written = b"".join(export_csv(household, selection, first=first)).decode()
    _head, *rows = csv.reader(io.StringIO(written, newline=""))
    return rows


_TEXTS = ("category__name", "note", "comment", "wallet__name", "to_wallet__name", "bank_text")


def _oldest_first(household: Household, selection: Selection, first: int | None) -> Any:
    return selection.entries(household).order_by("date", "pk")[:first]


def _amount(household: Household) -> Any:
    return Round(F("amount"), precision=money.decimals(household.currency))


def _pieces(copied: Iterable[Any]) -> Iterator[bytes]:
    """COPY sends row by row: gathered, and with the line ends of RFC 4180."""
    piece = bytearray()
    for row in copied:
        piece += row
        if len(piece) >= _PIECE:
            yield bytes(piece.replace(b"\n", b"\r\n"))
            piece = bytearray()
    yield bytes(piece.replace(b"\n", b"\r\n"))


def _line(cells: Iterable[str]) -> bytes:
    return ",".join(cells).encode() + b"\r\n"
