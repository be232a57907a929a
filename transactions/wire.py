"""Entries and imports as programs get them, from the API and in webhooks alike: plain values, amounts as texts."""

import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from accounts.models import Household
from batua import money
from transactions import labels
from transactions.labels import Labels
from transactions.models import ImportBatch, Transaction

Plain = dict[str, Any]


class Row(NamedTuple):
    """The columns of an entry that are told; the names are the columns'."""

    id: int
    kind: str
    amount: Decimal
    currency: str
    date: datetime.date
    category: int | None
    note: str
    comment: str
    wallet: int
    to_wallet: int | None
    version: int
    created_at: datetime.datetime
    updated_at: datetime.datetime


def told(household: Household, pk: int) -> Plain | None:
    """An entry of the household, None when it is gone; three queries."""
    found = read(household, pk)
    return None if found is None else entry(found, labels.of(household))


def read(household: Household, pk: int) -> Row | None:
    """One entry; one query."""
    row = Transaction.objects.of(household).filter(pk=pk).values_list(*Row._fields).first()
    return None if row is None else Row(*row)


def entry(row: Row, own: Labels) -> Plain:
    """An entry with the names around it; no query."""
    return {
        "id": row.id,
        "type": row.kind,
        "amount": money.plain_amount(row.amount, currency=row.currency),
        "currency": row.currency,
        "date": row.date,
        "category": None if row.category is None else own.category(row.category).name,
        "category_id": row.category,
        "note": row.note,
        "comment": row.comment,
        "wallet": own.wallet(row.wallet).name,
        "wallet_id": row.wallet,
        "to_wallet": None if row.to_wallet is None else own.wallet(row.to_wallet).name,
        "to_wallet_id": row.to_wallet,
        "version": row.version,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def batch(household: Household, pk: int) -> Plain:
    """An import; its wallet is None when the lines went into several. One query."""
    return batch_of(ImportBatch.objects.of(household).get(pk=pk))


def batch_of(made: ImportBatch) -> Plain:
    """The same of one that was read; no query."""
    return {
        "id": made.pk,
        "file_name": made.file_name,
        "format": made.plain_format,
        "app": made.app or None,
        "wallet_id": made.wallet_id,
        "new": made.new_count,
        "known": made.known_count,
        "skipped": made.skipped_count,
        "created_at": made.created_at,
        "reverted_at": made.taken_back_at,
    }
