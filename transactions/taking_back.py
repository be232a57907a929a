"""Takes an import back: what it brought goes, what it turned becomes what it was, what people changed since stays."""

import datetime
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
from transactions.models import AS_WRITTEN, Category, ImportBatch, ImportedLine, Transaction, Wallet


@dataclass(frozen=True)
class TakenBack:
    """How many entries went, and how many stay because somebody changed them since."""

    gone: int
    kept: int


def changed_since(batch: ImportBatch) -> list[int]:
    """Entries that the import brought, or turned into transfers, and that were changed afterwards."""
    lines = ImportedLine.objects.of(batch.household).filter(batch=batch, entry__isnull=False)
    columns = "entry", "entry__version", "made_entry", "left_version", "turned"
    written = (
        (entry, version, (left or AS_WRITTEN) if made else (turned or {}).get("version"))
        for entry, version, made, left, turned in lines.order_by("line_number", "pk").values_list(*columns)
    )
    return list(dict.fromkeys(entry for entry, version, left in written if left is not None and version != left))


@transaction.atomic
def take_back(*, batch: ImportBatch, also: Collection[int] = ()) -> TakenBack:
    """Undoes the import in one step; ``also`` are changed entries that shall go all the same.

    Its lines are forgotten, so the same file brings them again; those of entries that stay remain known. A split
    payment of which a part stays, stays whole: its line is known or it is not. Where a line of another import shares
    an entry, the books have afterwards what that line says by itself.
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
    gone -= _left_to_others(batch, gone)
    # Lines of other imports that told of it, and do not say what they would bring: nobody deleted that.
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


def _left_to_others(batch: ImportBatch, entries: Collection[int]) -> set[int]:
    """Of these entries those that a line of another import tells of too: they become what that line brings alone."""
    lines = ImportedLine.objects.of(batch.household).filter(is_among("entry", entries, Among.NUMBERS))
    others = lines.exclude(batch=batch).filter(made_entry=False, alone__isnull=False).order_by("pk")
    left: set[int] = set()
    for line in others:
        if line.entry_id is not None and line.entry_id not in left:
            left.add(line.entry_id)
            _stand_alone(batch, line, line.entry_id, line.alone or {})
    return left


def _stand_alone(batch: ImportBatch, line: ImportedLine, entry: int, alone: Mapping[str, Any]) -> None:
    row = Transaction.objects.of(batch.household).filter(pk=entry)
    row.update(
        kind=alone["kind"],
        category=_category(batch, alone),
        wallet=line.wallet_id,
        to_wallet=None,
        amount=Decimal(alone["amount"]),
        date=datetime.date.fromisoformat(alone["date"]),
        note=alone["note"],
        comment=alone["comment"],
        bank_text=alone["bank_text"],
        group_id=None,
    )
    line.made_entry, line.turned, line.alone, line.left_version = True, None, None, row.get().version
    line.save(update_fields=["made_entry", "turned", "alone", "left_version"])


def _category(batch: ImportBatch, before: Mapping[str, Any]) -> int:
    """The category that was kept, or “Other” where it is gone."""
    own = Category.objects.of(batch.household).filter(kind=before["kind"])
    return (own.filter(pk=before["category"]).first() or own.get(is_other=True)).pk


def _turn_back(batch: ImportBatch, entry: int, told_in: int, before: Mapping[str, Any]) -> None:
    """The entry becomes what it was before a line of the wallet ``told_in`` turned it into a transfer.

    Where its wallet was deleted since, it stays in the one that somebody moved it to.
    """
    row = Transaction.objects.of(batch.household).filter(pk=entry)
    wallet, now = before["wallet"], row.get()
    if not Wallet.objects.of(batch.household).filter(pk=wallet).exists():
        wallet = (now.to_wallet_id or now.wallet_id) if now.wallet_id == told_in else now.wallet_id
    row.update(
        kind=before["kind"],
        category=_category(batch, before),
        wallet=wallet,
        to_wallet=None,
        amount=Decimal(before["amount"]),
    )
    ImportedLine.objects.of(batch.household).follow(entry, version=now.version)
