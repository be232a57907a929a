"""Imports as their pages print them: what came of each, and what would go with it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household
from batua import display
from transactions import ledger
from transactions.imports import file_formats, openings
from transactions.imports.taking_back import TakenBack
from transactions.models import ImportBatch, ImportedLine, Transaction, Wallet

FEW = 5


@dataclass(frozen=True)
class Row:
    """One import in a list."""

    name: str
    url: str
    said: str
    made: str
    is_taken_back: bool


@dataclass(frozen=True)
class Entry:
    """An entry that was changed after its import."""

    id: int
    day: str
    note: str
    amount: SafeString


def latest(household: Household, *, locale: str, limit: int = FEW) -> list[Row]:
    """The newest imports; one query."""
    batches = ImportBatch.objects.of(household).select_related("wallet", "created_by").order_by("-pk")[:limit]
    return [
        Row(
            name=batch.file_name,
            url=reverse("transactions:import-done", args=[batch.pk]),
            said=_counts(batch, locale=locale),
            made=_made(batch, locale=locale),
            is_taken_back=batch.taken_back_at is not None,
        )
        for batch in batches
    ]


def said(batch: ImportBatch, *, locale: str) -> list[str]:
    """What came of an import: where the lines went, how many were known or left aside.

    One query, for the lines that were recognised as entries.
    """
    wallet = batch.wallet.name if batch.wallet else _("several wallets")
    sentences = [_("From %(file)s into %(wallet)s.") % {"file": batch.file_name, "wallet": wallet}]
    recognised, corrected = _recognised(batch) if batch.known_count else (0, 0)
    if known := max(batch.known_count - recognised - corrected, 0):
        sentence = ngettext("%(count)s line was here already.", "%(count)s lines were here already.", known)
        sentences.append(_counted(sentence, known, locale))
    if recognised:
        sentence = ngettext(
            "%(count)s line was recognised as an entry of yours, which keeps its note, category and day.",
            "%(count)s lines were recognised as entries of yours, which keep their notes, categories and days.",
            recognised,
        )
        sentences.append(_counted(sentence, recognised, locale))
    if corrected:
        sentence = ngettext(
            "%(count)s entry of yours got the bank's amount and day.",
            "%(count)s entries of yours got the bank's amount and day.",
            corrected,
        )
        sentences.append(_counted(sentence, corrected, locale))
    if skipped := batch.skipped_count:
        sentence = ngettext("%(count)s line was left aside.", "%(count)s lines were left aside.", skipped)
        sentences.append(_counted(sentence, skipped, locale))
    return sentences


def _recognised(batch: ImportBatch) -> tuple[int, int]:
    """How many lines told of entries that were here and left them as they were, and how many corrected theirs."""
    lines = ImportedLine.objects.of(batch.household).filter(batch=batch, made_entry=False, alone__isnull=False)
    told = lines.aggregate(
        recognised=Count("pk", filter=Q(turned__isnull=True)),
        corrected=Count("pk", filter=Q(turned__has_key=ImportedLine.CORRECTED)),
    )
    return told["recognised"], told["corrected"]


def made(batch: ImportBatch, *, locale: str) -> str:
    """Of which format the file was, when it was imported and by whom."""
    return _("%(format)s, %(when)s.") % {
        "format": file_formats.named(batch.plain_format, batch.app),
        "when": _when(batch, locale),
    }


def sums(batch: ImportBatch, *, locale: str) -> list[str]:
    """What the new lines come to, and between which days; nothing where there are none. One query."""
    made = ImportedLine.objects.of(batch.household).filter(batch=batch, made_entry=True, entry__isnull=False)
    # As above the lines of the file: what moves between wallets neither came nor went.
    is_moved = Q(entry__kind=Transaction.Kind.TRANSFER)
    found = made.aggregate(
        came_in=Sum("amount", filter=Q(amount__gt=0) & ~is_moved),
        went_out=Sum("amount", filter=Q(amount__lt=0) & ~is_moved),
        moved=Count("entry", filter=is_moved, distinct=True),
        first=Min("day", filter=~is_moved),
        last=Max("day", filter=~is_moved),
    )
    transfers = ngettext(
        "%(count)s transfer moved money between your wallets.",
        "%(count)s transfers moved money between your wallets.",
        found["moved"],
    )
    moved = [_counted(transfers, found["moved"], locale)] if found["moved"] else []
    if not found["first"]:
        return moved
    values = {
        "came_in": _written(batch, found["came_in"] or Decimal(0), locale),
        "went_out": _written(batch, -(found["went_out"] or Decimal(0)), locale),
        "first": display.exact_day(found["first"], locale=locale),
        "last": display.exact_day(found["last"], locale=locale),
    }
    sentence = (
        _("%(came_in)s came in and %(went_out)s went out on %(first)s.")
        if found["first"] == found["last"]
        else _("%(came_in)s came in and %(went_out)s went out, %(first)s to %(last)s.")
    )
    return [sentence % values, *moved]


def holds(batch: ImportBatch, *, locale: str) -> list[str]:
    """What the one wallet of the import, or each that it let begin, holds now, to be compared; three queries."""
    if batch.taken_back_at is not None:
        return []
    wallets = {batch.wallet_id} if batch.wallet_id else set(openings.moved_by(batch))
    found = [wallet for wallet in ledger.wallet_balances(batch.household) if wallet.id in wallets] if wallets else []
    sentence = _("“%(wallet)s” holds %(balance)s now. Does your bank say the same?")
    if not batch.wallet_id:
        sentence = _("“%(wallet)s” holds %(balance)s now.")
    return [sentence % {"wallet": each.name, "balance": _written(batch, each.balance, locale)} for each in found]


def goes_back(batch: ImportBatch, *, locale: str) -> list[str]:
    """What taking the import back takes away: its entries and their sums, and where its wallet begins then."""
    entries = batch.new_count - openings.lines_of(batch)
    goes = ngettext("It brought %(count)s entry.", "It brought %(count)s entries.", entries)
    brought = [_counted(goes, entries, locale)] if entries else []
    said = [*brought, *sums(batch, locale=locale)]
    _left, corrected = _recognised(batch) if batch.known_count else (0, 0)
    if corrected:
        sentence = ngettext(
            "%(count)s entry of yours gets back the amount and day that it had.",
            "%(count)s entries of yours get back the amounts and days that they had.",
            corrected,
        )
        said.append(_counted(sentence, corrected, locale))
    for wallet, by in _named(batch, openings.goes_back(batch)):
        begins = _written(batch, wallet.opening_balance - by, locale)
        said.append(_("“%(wallet)s” begins with %(opening)s again.") % {"wallet": wallet.name, "opening": begins})
    return said


def begins(batch: ImportBatch, *, locale: str) -> list[str]:
    """Which wallets the import let begin with something, and with what they begin now; two queries."""
    sentence = _("“%(wallet)s” begins with %(opening)s, which counts neither as income nor as spending.")
    return [
        sentence % {"wallet": wallet.name, "opening": _written(batch, wallet.opening_balance, locale)}
        for wallet, _by in _opened(batch)
    ]


def _opened(batch: ImportBatch) -> list[tuple[Wallet, Decimal]]:
    """The wallets whose beginning the import moved, each by how much."""
    if batch.taken_back_at is not None:
        return []
    return _named(batch, openings.moved_by(batch))


def _named(batch: ImportBatch, by: Mapping[int, Decimal]) -> list[tuple[Wallet, Decimal]]:
    wallets = Wallet.objects.of(batch.household).filter(pk__in=by).in_order() if by else ()
    return [(wallet, by[wallet.pk]) for wallet in wallets]


def _counted(sentence: str, number: int, locale: str) -> str:
    return sentence % {"count": display.count(number, locale=locale)}


def _written(batch: ImportBatch, amount: Decimal, locale: str) -> str:
    return display.in_words(amount, currency=batch.household.currency, locale=locale)


def entries(batch: ImportBatch, keys: Sequence[int], *, today: datetime.date, locale: str) -> list[Entry]:
    """The entries with these keys, in the order of their days."""
    rows = Transaction.objects.of(batch.household).filter(pk__in=keys).order_by("date", "pk")
    return [
        Entry(
            pk,
            display.day(date, today=today, locale=locale),
            note or _("without a note"),
            display.entry_amount(amount, currency=currency, locale=locale, kind=kind),
        )
        for pk, date, note, amount, currency, kind in rows.values_list(
            "pk", "date", "note", "amount", "currency", "kind"
        )
    ]


def taken_back(done: TakenBack, *, locale: str) -> str:
    """What to say after an import was taken back."""
    sentence = ngettext("%(count)s entry is gone.", "%(count)s entries are gone.", done.gone)
    sentence %= {"count": display.count(done.gone, locale=locale)}
    if not done.kept:
        return sentence
    kept = ngettext("%(count)s changed entry stays.", "%(count)s changed entries stay.", done.kept)
    return f"{sentence} {kept % {'count': display.count(done.kept, locale=locale)}}"


def _counts(batch: ImportBatch, *, locale: str) -> str:
    parts = [ngettext("%(count)s line imported", "%(count)s lines imported", batch.new_count)]
    values = {"count": display.count(batch.new_count, locale=locale)}
    said = [part % values for part in parts]
    if batch.known_count:
        said.append(_("%(count)s known") % {"count": display.count(batch.known_count, locale=locale)})
    return " · ".join(said)


def _made(batch: ImportBatch, *, locale: str) -> str:
    wallet = batch.wallet.name if batch.wallet else _("several wallets")
    return f"{file_formats.named(batch.plain_format, batch.app)} · {wallet} · {_when(batch, locale)}"


def _when(batch: ImportBatch, locale: str) -> str:
    day = display.exact_day(timezone.localtime(batch.created_at).date(), locale=locale)
    who = batch.created_by.name or batch.created_by.email if batch.created_by else _("somebody who left")
    return _("%(day)s by %(who)s") % {"day": day, "who": who}
