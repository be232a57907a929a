"""Takes an import back: what it brought goes, what it turned becomes what it was, what people changed since stays."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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
from transactions.imports import joining, openings, put_by
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

    Its lines are forgotten, so the same file brings them again; those of entries that stay remain known. Lines that it
    brought although they had been deleted or left out are that again. A split payment of which a part stays, stays
    whole: its line is known or it is not. Where a line of another import shares an entry, the books have afterwards
    what that line says by itself.
    """
    # Two people who press the button at once: the second finds it done.
    held = ImportBatch.objects.of(batch.household).select_for_update(of=["self"], no_key=True).get(pk=batch.pk)
    if held.taken_back_at is not None:
        return TakenBack(0, 0)
    openings.move_back(held)
    own = ImportedLine.objects.of(batch.household).filter(batch=batch)
    # Who changes one of its entries just now comes first, and is seen.
    joining.hold(batch.household, set(own.exclude(entry=None).values_list("entry", flat=True)))
    kept = set(changed_since(batch)) - set(also)
    kept |= _other_parts(own, kept) - set(also)
    gone = set(own.filter(made_entry=True, entry__isnull=False).values_list("entry", flat=True)) - kept
    turned = own.filter(turned__isnull=False, entry__isnull=False).exclude(entry__in=kept)
    for line, entry, wallet, before in turned.values_list("pk", "entry", "wallet", "turned"):
        is_handed_on = _handed_on if ImportedLine.CORRECTED in (before or {}) else _handed_over
        if not is_handed_on(batch, line, entry or 0, wallet, before or {}):
            _turn_back(batch, entry or 0, wallet, before or {})
    words = _words_given(own.joined() | own.corrected(), kept)
    before = put_by.waiting_for(batch.household, own.exclude(entry__in=kept))
    own.exclude(entry__in=kept).delete()
    own.filter(entry=None).delete()
    put_by.take_up(before)
    _take_words_back(batch, words)
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


def _words_given(joined: QuerySet[ImportedLine], kept: Collection[int]) -> dict[int, str]:
    """Entry → the bank's words, of lines that only told of an entry and did not change it."""
    still = joined.filter(entry__isnull=False).exclude(entry__in=kept)
    found = still.values_list("entry", "alone__bank_text")
    return {entry or 0: words or "" for entry, words in found}


def _take_words_back(batch: ImportBatch, given: Mapping[int, str]) -> None:
    """Entries made by hand lose these words of the bank, or have those of another line that joined them."""
    lines = ImportedLine.objects.of(batch.household)
    for entry, words in given.items():
        told = list(lines.filter(entry=entry).order_by("pk"))
        if words and not any(line.made_entry or (line.turned and not _has_corrected(line)) for line in told):
            other = next((line.alone["bank_text"] for line in told if line.alone), "")
            row = Transaction.objects.of(batch.household).filter(pk=entry, bank_text=words)
            version = row.values_list("version", flat=True).first()
            if version is not None and row.update(bank_text=other):
                lines.follow(entry, version=version)


def _has_corrected(line: ImportedLine) -> bool:
    """Whether the line gave its entry amount and day."""
    return ImportedLine.CORRECTED in (line.turned or {})


def _left_to_others(batch: ImportBatch, entries: Collection[int]) -> set[int]:
    """Of these entries those that a line of another import tells of too: they become what that line brings alone."""
    lines = ImportedLine.objects.of(batch.household).filter(is_among("entry", entries, Among.NUMBERS))
    others = lines.exclude(batch=batch).filter(made_entry=False, alone__isnull=False).order_by("pk")
    told: defaultdict[int, list[ImportedLine]] = defaultdict(list)
    for line in others.select_related("entry"):
        if line.entry is not None:
            told[line.entry.pk].append(line)
    for entry, lines_of_it in told.items():
        if not _is_still_told(lines_of_it):
            # What the bank said last, where a line corrected the entry: what it was before is gone then.
            corrected = list(filter(_has_corrected, lines_of_it))
            says = corrected[-1] if corrected else lines_of_it[0]
            ImportedLine.objects.filter(pk__in=[line.pk for line in corrected]).update(turned=None)
            _stand_alone(batch, says, entry, says.alone or {})
    return set(told)


def _is_still_told(lines: Sequence[ImportedLine]) -> bool:
    """Do these lines tell of both ends of a transfer? Then it stays, as if the first of them had made it."""
    entry, first = lines[0].entry, lines[0]
    if entry is None or {entry.wallet_id, entry.to_wallet_id} - {line.wallet_id for line in lines}:
        return False
    first.made_entry, first.alone, first.turned = True, None, None
    first.left_version = entry.version if entry.version > AS_WRITTEN else None
    first.save(update_fields=["made_entry", "alone", "turned", "left_version"])
    return True


def _handed_on(batch: ImportBatch, line: int, entry: int, _wallet: int, before: Mapping[str, Any]) -> bool:
    """Did a later import correct or turn the entry once more? Then it did that to what was there before both."""
    lines = ImportedLine.objects.of(batch.household).filter(entry=entry, turned__isnull=False, pk__gt=line)
    later = lines.exclude(batch=batch).order_by("pk").first()
    if later is None:
        return False
    later.turned = {**before, "version": (later.turned or {})["version"]}
    later.save(update_fields=["turned"])
    return True


def _handed_over(batch: ImportBatch, _line: int, entry: int, wallet: int, before: Mapping[str, Any]) -> bool:
    """Does a line of another import say what the one that turned the entry says? Then that one has turned it."""
    lines = ImportedLine.objects.of(batch.household).joined().filter(entry=entry, wallet=wallet)
    other = lines.exclude(batch=batch).order_by("pk").first()
    if other is None:
        return False
    other.turned = dict(before)
    other.save(update_fields=["turned"])
    return True


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
    """The entry becomes what it was before a line of the wallet ``told_in`` turned it into a transfer, or corrected it.

    Where its wallet was deleted since, it stays in the one that somebody moved it to.
    """
    row = Transaction.objects.of(batch.household).filter(pk=entry)
    wallet, now = before["wallet"], row.get()
    if ImportedLine.CORRECTED in before and now.kind == before["kind"]:
        # Its category and its wallet were never the line's: they stay, whatever somebody made of them since.
        row.update(amount=Decimal(before["amount"]), date=before[ImportedLine.CORRECTED])
        ImportedLine.objects.of(batch.household).follow(entry, version=now.version)
        return
    if not Wallet.objects.of(batch.household).filter(pk=wallet).exists():
        wallet = (now.to_wallet_id or now.wallet_id) if now.wallet_id == told_in else now.wallet_id
    row.update(
        kind=before["kind"],
        category=_category(batch, before),
        wallet=wallet,
        to_wallet=None,
        amount=Decimal(before["amount"]),
        date=before.get(ImportedLine.CORRECTED, now.date),
    )
    ImportedLine.objects.of(batch.household).follow(entry, version=now.version)
