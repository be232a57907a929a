"""Entries by the thousand: COPY writes them and their imported lines; the same triggers and constraints watch."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from transactions.models import ImportBatch

_ENTRY = (
    "id, household_id, wallet_id, created_by_id, currency, uuid,"
    " kind, amount, date, category_id, note, comment, bank_text"
)
_LINE = "household_id, batch_id, wallet_id, key, line_number, raw, entry_id"
_NEW_KEYS = "SELECT nextval(pg_get_serial_sequence('transactions_transaction', 'id')) FROM generate_series(1, %s)"


@dataclass(frozen=True, slots=True)
class Booking:
    """One entry to be written, and the line of the file that it comes from (``key``, ``line_number``, ``raw``)."""

    kind: str
    amount: Decimal
    date: datetime.date
    category: int
    note: str
    bank_text: str
    key: str
    line_number: int
    raw: str


def write(bookings: Sequence[Booking], *, batch: ImportBatch) -> None:
    """Adds the entries and the lines that brought them, as parts of a batch, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW_KEYS, [len(bookings)])
        keys = [key for (key,) in cursor.fetchall()]
    common = batch.household_id, batch.wallet_id, batch.created_by_id, batch.wallet.currency
    _copy(
        "transactions_transaction",
        _ENTRY,
        (
            (
                key,
                *common,
                uuid.uuid4(),
                each.kind,
                each.amount,
                each.date,
                each.category,
                each.note,
                "",
                each.bank_text,
            )
            for key, each in zip(keys, bookings, strict=True)
        ),
    )
    _copy(
        "transactions_importedline",
        _LINE,
        (
            (batch.household_id, batch.pk, batch.wallet_id, each.key, each.line_number, each.raw, key)
            for key, each in zip(keys, bookings, strict=True)
        ),
    )


def _copy(table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target:
        for row in rows:
            target.write_row(row)
