"""Takes an import back: what it brought goes, what it turned becomes what it was, what people changed since stays."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.webhooks import outbox
from accounts.webhooks.outbox import Event
from batua.fields import Among, is_among
from transactions import wire
from transactions.models import Category, ImportBatch, ImportedLine, Transaction, Wallet

_AS_WRITTEN = 1


@dataclass(frozen=True)
class TakenBack:
    """How many entries went, and how many stay because somebody changed them since."""

    gone: int
    kept: int


def changed_since(batch: ImportBatch) -> list[int]:
    """Entries that the import brought, or turned into transfers, and that were changed afterwards."""
    lines = ImportedLine.objects.of(batch.household).filter(batch=batch, entry__isnull=False)
    rows = lines.order_by("line_number", "pk").values_list("entry", "entry__version", "made_entry", "turned")
    written = (
        (entry, version, _AS_WRITTEN if made else (turned or {}).get("version"))
        for entry, version, made, turned in rows
    )
    return list(dict.fromkeys(entry for entry, version, left in written if left is not None and version != left))


@transaction.atomic
def take_back(*, batch: ImportBatch, also: Collection[int] = ()) -> TakenBack:
    """Undoes the import in one step; ``also`` are changed entries that shall go all the same.

    Its lines are forgotten, so the same file brings them again; those of entries that stay remain known. A split
    payment of which a part stays, stays whole: its line is known or it is not.
    """
    # Two people who press the button at once: the second finds it done.
    held = ImportBatch.objects.of(batch.household).select_for_update(of=["self"], no_key=True).get(pk=batch.pk)
    if held.taken_back_at is not None:
        return TakenBack(0, 0)
    own = ImportedLine.objects.of(batch.household).filter(batch=batch)
    kept = set(changed_since(batch)) - set(also)
    kept |= _other_parts(own, kept) - set(also)
    gone = set(own.filter(made_entry=True, entry__isnull=False).values_list("entry", flat=True)) - kept
    turned = own.filter(turned__isnull=False, entry__isnull=False).exclude(entry__in=kept)
    for entry, wallet, before in turned.values_list("entry", "wallet", "turned"):
        _turn_back(batch, entry or 0, wallet, before or {})
    own.exclude(entry__in=kept).delete()
    own.filter(entry=None).delete()
    # Lines of other imports that told of it: nobody deleted what they bring.
    ImportedLine.objects.of(batch.household).filter(is_among("entry", gone, Among.NUMBERS)).delete()
    Transaction.objects.of(batch.household).filter(pk__in=gone).delete()
    ImportBatch.objects.filter(pk=batch.pk).update(taken_back_at=Now())
    told = partial(wire.batch, batch.household, batch.pk)
    outbox.announce(household=batch.household, event=Event.IMPORT_REVERTED, told=told)
    return TakenBack(len(gone), len(kept))


def _other_parts(lines: QuerySet[ImportedLine], entries: Collection[int]) -> set[int]:
    """Entries of these lines that are parts of the same payments as those of ``entries``."""
    groups = lines.filter(entry__in=entries, entry__group_id__isnull=False).values("entry__group_id")
    return set(lines.filter(entry__group_id__in=groups).values_list("entry", flat=True))


def _turn_back(batch: ImportBatch, entry: int, told_in: int, before: Mapping[str, Any]) -> None:
    """The entry becomes what it was before a line of the wallet ``told_in`` turned it into a transfer.

    Where its wallet was deleted since, it stays in the one that somebody moved it to.
    """
    own = Category.objects.of(batch.household).filter(kind=before["kind"])
    category = own.filter(pk=before["category"]).first() or own.get(is_other=True)
    row = Transaction.objects.of(batch.household).filter(pk=entry)
    wallet = before["wallet"]
    if not Wallet.objects.of(batch.household).filter(pk=wallet).exists():
        now = row.get()
        wallet = (now.to_wallet_id or now.wallet_id) if now.wallet_id == told_in else now.wallet_id
    row.update(
        kind=before["kind"],
        category=category.pk,
        wallet=wallet,
        to_wallet=None,
        amount=Decimal(before["amount"]),
    )
