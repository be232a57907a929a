"""Entries that are here and that a statement's lines tell of: joined as they are, or turned into transfers."""

from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Exists, OuterRef

from accounts.models import Household
from batua.fields import Among, is_among
from transactions.imports.booking import Turned
from transactions.imports.copying import Booking
from transactions.imports.refusals import ChangedError, PartsError
from transactions.imports.verdicts import PreviewLine
from transactions.models import ImportBatch, ImportedLine, Transaction


def overtaken(
    rows: Collection[PreviewLine], *, household: Household, batch: ImportBatch | None = None
) -> PreviewLine | None:
    """The first of these lines whose entry is not what it was when it was seen; two queries if there are lines.

    It was changed or deleted, or a line of another import than ``batch`` told of it since.
    """
    entries = {row.like.id for row in rows if row.like is not None}
    if not entries:
        return None
    versions = dict(Transaction.objects.of(household).filter(pk__in=entries).values_list("pk", "version"))
    lines = ImportedLine.objects.of(household).filter(entry__in=entries).exclude(batch=batch)
    told = Counter(lines.values_list("entry", flat=True))
    for row in rows:
        like = row.like
        if like is not None and (versions.get(like.id), told[like.id]) != (like.version, like.told):
            return row
    return None


def turn(turned: Iterable[Turned], *, batch: ImportBatch) -> None:
    """Turns entries into transfers, or corrects them, and writes down what they were; or that a line is one.

    Raises ChangedError, PartsError.
    """
    turned = list(turned)
    versions = hold(batch.household, {each.entry.id for each in turned})
    for each in turned:
        version = versions.get(each.entry.id)
        if version is None or (each.as_seen and version != each.entry.version):
            raise ChangedError(each.told.number)
    for each in turned:
        if each.as_seen:
            _give_words(each, batch.household)
        before = None
        if each.to is not None:
            before = _turn(each, batch.household)
        elif each.corrects:
            before = _correct(each, batch.household)
        ImportedLine.objects.create(
            household=batch.household,
            batch=batch,
            wallet_id=each.told.wallet,
            key=each.told.key,
            line_number=each.told.number,
            raw=each.told.raw,
            day=each.told.day,
            amount=each.told.amount,
            entry_id=each.entry.id,
            is_pending=each.told.is_pending,
            made_entry=False,
            turned=before,
            alone=_kept(each.alone),
        )


def hold(household: Household, entries: Collection[int]) -> dict[int, int]:
    """Holds these entries against whoever would change or delete them; entry → version, a query if there are some.

    Before anything is written: who changes an entry has it in hand and then waits for the household's totals, which a
    writer has from its first entry on. Two who took them the other way round would wait for each other.
    """
    if not entries:
        return {}
    own = Transaction.objects.of(household).filter(is_among("pk", entries, Among.NUMBERS)).order_by("pk")
    return dict(own.select_for_update(no_key=True).values_list("pk", "version"))


def _give_words(each: Turned, household: Household) -> None:
    """An entry that no bank told of yet gets the line's words: they are found by them, and later lines like it."""
    told = ImportedLine.objects.filter(entry=OuterRef("pk"))
    own = Transaction.objects.of(household).filter(pk=each.entry.id, bank_text="").exclude(Exists(told))
    own.update(bank_text=each.alone.bank_text)


def _turn(each: Turned, household: Household) -> dict[str, object]:
    entry = each.entry
    source, target = each.to or (0, 0)
    seen = Transaction.objects.of(household).filter(pk=entry.id, version=entry.version)
    changed = seen.update(
        kind=Transaction.Kind.TRANSFER, category=None, wallet_id=source, to_wallet_id=target, amount=abs(entry.moved)
    )
    if not changed:
        raise ChangedError(each.told.number)
    ImportedLine.objects.of(household).follow(entry.id, version=entry.version)
    amount = entry.moved if entry.kind == "income" else -entry.moved
    return {
        "kind": entry.kind,
        "category": entry.category,
        "wallet": entry.wallet,
        "amount": str(amount),
        "version": entry.version + 1,
    }


def _correct(each: Turned, household: Household) -> dict[str, object]:
    """The entry gets the amount and the day of its line; returns what it was. Raises PartsError."""
    row = Transaction.objects.of(household).filter(pk=each.entry.id)
    now, told = row.get(), each.told
    if now.group_id is not None:
        raise PartsError(told.number)
    moved = told.amount or Decimal(0)
    row.update(date=told.day, amount=moved if now.kind == Transaction.Kind.INCOME else -moved)
    ImportedLine.objects.of(household).follow(now.pk, version=now.version)
    return {
        "kind": now.kind,
        "category": now.category_id,
        "wallet": now.wallet_id,
        "amount": str(now.amount),
        ImportedLine.CORRECTED: now.date.isoformat(),
        "version": now.version + 1,
    }


def _kept(alone: Booking) -> dict[str, object]:
    """An entry of a line by itself, as the line keeps it until it has to stand alone."""
    return {
        "kind": alone.kind,
        "category": alone.category,
        "amount": str(alone.amount),
        "date": alone.date.isoformat(),
        "note": alone.note,
        "comment": alone.comment,
        "bank_text": alone.bank_text,
    }
