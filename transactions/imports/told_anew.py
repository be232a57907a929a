"""Lines that came before under the bank's own number, with another amount or on another day."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Subquery

from accounts.models import Household
from transactions.imports.matching import SLOW_WINDOW
from transactions.imports.verdicts import Entry, PreviewLine
from transactions.models import ImportedLine, Transaction

# What parts the words of a line as files have it: cells, tags, the bank's reference in MT940.
_BETWEEN = re.compile(r"""[\s,;|<>"']+|//""")


class Told(NamedTuple):
    """The line that came before: its key, its entry unless that was deleted, or that it was left out on purpose."""

    key: str
    entry: Entry | None
    is_left_out: bool


def of(household: Household, layout: str, rows: Sequence[PreviewLine]) -> dict[tuple[int, str], Told]:
    """(wallet, the bank's number) → the one payment of it that came before; a query where lines have such numbers.

    A number that several of these lines or of those payments have is none: some banks give a payment and its fee one.
    """
    numbered = [(row.wallet, row.line.bank_id, row.line.date) for row in rows if row.wallet and row.line.bank_id]
    numbers = Counter((wallet, bank_id) for wallet, bank_id, _day in numbered)
    asked = {(wallet, bank_id): day for wallet, bank_id, day in numbered if numbers[wallet, bank_id] == 1}
    if not asked:
        return {}
    found: defaultdict[tuple[int, str], list[ImportedLine]] = defaultdict(list)
    for line in _near(household, layout, asked):
        # The number is kept nowhere else: of a line whose text does not have it nobody knows any.
        for word in set(_BETWEEN.split(line.raw)):
            day = asked.get((line.wallet_id, word))
            if day is not None and line.day is not None and abs(line.day - day) <= SLOW_WINDOW:
                found[line.wallet_id, word].append(line)
    entries = _entries(household, {line.entry_id for lines in found.values() for line in lines if line.entry_id})
    told = {number: {_told(line, entries) for line in lines} for number, lines in found.items()}
    return {number: next(iter(each)) for number, each in told.items() if len({_payment(one) for one in each}) == 1}


def _near(household: Household, layout: str, asked: Mapping[tuple[int, str], datetime.date]) -> Iterator[ImportedLine]:
    """The lines of files of this layout about the days that are asked for."""
    days, wallets = asked.values(), {wallet for wallet, _bank_id in asked}
    lines = ImportedLine.objects.of(household).filter(
        wallet__in=wallets,
        batch__layout=layout,
        day__range=(min(days) - SLOW_WINDOW, max(days) + SLOW_WINDOW),
    )
    columns = "wallet_id", "key", "day", "raw", "entry_id", "made_entry", "alone"
    return lines.only(*columns).order_by("pk").iterator()


def _told(line: ImportedLine, entries: Mapping[int, Entry]) -> Told:
    is_left_out = line.entry_id is None and not line.made_entry and line.alone is None
    return Told(line.key, entries.get(line.entry_id or 0), is_left_out)


def _payment(told: Told) -> int | str:
    return told.key if told.entry is None else told.entry.id


def _entries(household: Household, keys: Collection[int]) -> dict[int, Entry]:
    """Entries as lines are compared with them; a query where there are some."""
    if not keys:
        return {}
    lines = ImportedLine.objects.filter(entry=OuterRef("pk")).order_by().values("entry")
    told = Subquery(lines.annotate(count=Count("pk")).values("count"))
    columns = "pk", "date", "note", "kind", "amount", "wallet", "to_wallet", "version", "category", "told", "group_id"
    rows = Transaction.objects.of(household).filter(pk__in=keys).annotate(told=told)
    return {row[0]: _entry(row) for row in rows.values_list(*columns)}


def _entry(columns: Sequence[Any]) -> Entry:
    pk, day, note, kind, amount, wallet, to_wallet, version, category, told, group = columns
    moved = amount if kind == "income" else -amount
    return Entry(pk, day, note, kind, moved, wallet, to_wallet, version, category, told=told, is_part=group is not None)
