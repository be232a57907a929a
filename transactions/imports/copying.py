"""Entries by the thousand: COPY writes them and their imported lines; the same triggers and constraints watch."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from transactions.imports.shelves import portions
from transactions.models import ImportBatch

_ENTRY = (
    "id, household_id, wallet_id, to_wallet_id, created_by_id, currency, uuid,"
    " kind, amount, date, category_id, note, comment, bank_text, group_id"
)
_LINE = "household_id, batch_id, wallet_id, key, line_number, raw, day, amount, entry_id, is_pending, made_entry"
_AT_ONCE = 500
_NEW_KEYS = """
    SELECT nextval(name) FROM
    (SELECT pg_get_serial_sequence('transactions_transaction', 'id')::regclass AS name OFFSET 0) AS sequence,
    generate_series(1, %s)
"""


class Told(NamedTuple):
    """A line of the file as the books keep it: its wallet, its key there, its number, its raw text, what it moved."""

    wallet: int
    key: str
    number: int
    raw: str
    day: datetime.date | None = None
    amount: Decimal | None = None
    is_pending: bool = False


class Booking(NamedTuple):
    """One entry to be written, and the lines of the file that tell of it: one, or the two halves of a transfer."""

    kind: str
    amount: Decimal
    date: datetime.date
    wallet: int
    to_wallet: int | None
    category: int | None
    note: str
    bank_text: str
    told: tuple[Told, ...]
    group: uuid.UUID | None = None
    comment: str = ""


def write(bookings: Sequence[Booking], *, batch: ImportBatch, currency: str) -> None:
    """Adds the entries and the lines that brought them, as parts of a batch, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW_KEYS, [len(bookings)])
        keys = [key for (key,) in cursor.fetchall()]
    household, author = batch.household_id, batch.created_by_id
    into(
        "transactions_transaction",
        _ENTRY,
        (
            (
                key,
                household,
                each.wallet,
                each.to_wallet,
                author,
                currency,
                uuid.uuid4(),
                each.kind,
                each.amount,
                each.date,
                each.category,
                each.note,
                each.comment,
                each.bank_text,
                each.group,
            )
            for key, each in zip(keys, bookings, strict=True)
        ),
    )
    into(
        "transactions_importedline",
        _LINE,
        (
            (household, batch.pk, *told[:-1], key, told.is_pending, True)
            for key, each in zip(keys, bookings, strict=True)
            for told in each.told
        ),
    )


def leave_out(lines: Iterable[Told], *, batch: ImportBatch) -> None:
    """Keeps that these lines were left out on purpose."""
    into(
        "transactions_importedline",
        _LINE,
        ((batch.household_id, batch.pk, *told[:-1], None, told.is_pending, False) for told in lines),
    )


def into(table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """COPYs the rows into the columns of a table."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target:
        # Written out here: to ask the driver cell by cell how a value is written takes four times as long.
        for portion in portions(rows, _AT_ONCE):
            target.write("".join(["\t".join(map(_text, row)) + "\n" for row in portion]))


def _text(value: object) -> str:
    """A cell in COPY's text format."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
    return ("t" if value else "f") if isinstance(value, bool) else str(value)
