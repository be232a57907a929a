"""Writes one entry at a time, as a person does: add, amend, remove. Statements are written by importing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.db import transaction

from accounts.models import Household, User
from accounts.webhooks import outbox
from accounts.webhooks.outbox import Event
from batua import metrics
from transactions import wire
from transactions.models import Category, Transaction

COLOURS = range(1, 13)


@dataclass(frozen=True)
class Draft:
    """What an entry shall be; ``category_name`` names a category, made if it is missing, and wins over ``category``."""

    kind: str
    amount: Decimal
    date: date
    wallet: int
    to_wallet: int | None
    category: int | None
    note: str
    comment: str
    category_name: str = ""


class KeyIsUsedError(Exception):
    """A form was sent again with another content: its key already stands for another entry."""


class StaleEntryError(Exception):
    """The entry was changed after the form was opened."""


@transaction.atomic
def record(*, household: Household, by: User, draft: Draft, key: UUID | None = None) -> Transaction:
    """The new entry, or the one that the same form made before. Raises KeyIsUsedError."""
    values = _values(household, draft)
    defaults = {"created_by": by, "currency": household.currency, **values}
    if key is None:
        entry, is_new = Transaction.objects.create(household=household, **defaults), True
    else:
        entry, is_new = Transaction.objects.get_or_create(household=household, idempotency_key=key, defaults=defaults)
    if is_new:
        metrics.recorded({draft.kind: 1})
        _announce(household, entry.pk, Event.TRANSACTION_CREATED)
    elif any(getattr(entry, name) != value for name, value in values.items()):
        raise KeyIsUsedError
    return entry


@transaction.atomic
def amend(*, household: Household, pk: int, version: int, draft: Draft) -> None:
    """Changes the entry that still has this version. Raises StaleEntryError."""
    seen = Transaction.objects.of(household).filter(pk=pk, version=version)
    if not seen.update(**_values(household, draft)):
        raise StaleEntryError
    _announce(household, pk, Event.TRANSACTION_UPDATED)


@transaction.atomic
def remove(*, household: Household, pk: int) -> None:
    """Deletes the entry; a statement's line that brought it knows that it was deleted."""
    _announce(household, pk, Event.TRANSACTION_DELETED)
    Transaction.objects.of(household).filter(pk=pk).delete()


def kept(entry: Transaction) -> Draft:
    """The entry as the draft that would have written it."""
    return Draft(
        kind=entry.kind,
        amount=entry.amount,
        date=entry.date,
        wallet=entry.wallet_id,
        to_wallet=entry.to_wallet_id,
        category=entry.category_id,
        note=entry.note,
        comment=entry.comment,
    )


def _announce(household: Household, pk: int, event: str) -> None:
    outbox.announce(household=household, event=event, told=partial(wire.told, household, pk))


def _values(household: Household, draft: Draft) -> dict[str, object]:
    category = draft.category
    if draft.category_name:
        category = category_named(household, kind=draft.kind, name=draft.category_name)
    return {
        "kind": draft.kind,
        "amount": draft.amount,
        "date": draft.date,
        "wallet_id": draft.wallet,
        "to_wallet_id": draft.to_wallet,
        "category_id": category,
        "note": draft.note,
        "comment": draft.comment,
    }


def category_named(household: Household, *, kind: str, name: str) -> int:
    """The category of this name, whatever its case; a missing one is made, an archived one taken back."""
    # Two forms that name the same new category at once: the second waits and finds it.
    Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    categories = Category.objects.of(household)
    found = categories.filter(kind=kind, name__iexact=name).first()
    if found is None:
        found = Category.objects.create(
            household=household,
            kind=kind,
            name=name,
            colour=next_colour(household),
            icon="tag",
        )
    elif found.archived_at:
        categories.filter(pk=found.pk).update(archived_at=None)
    return found.pk


def next_colour(household: Household) -> int:
    """The colour that the fewest open categories have, the first of them."""
    taken = list(Category.objects.of(household).open().values_list("colour", flat=True))
    return min(COLOURS, key=lambda colour: (taken.count(colour), colour))
