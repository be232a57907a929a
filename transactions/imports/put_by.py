"""What the books keep of a line without an entry, put by while a later import brings that line all the same.

It waits under a key of its own, without a day, so that no line is taken for it; where the later import is taken back,
the line is again what it was: deleted on purpose, or left out.
"""

import hashlib
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from accounts.models import Household
from batua.fields import is_among
from transactions.models import ImportedLine

_COLUMNS = "key", "day", "amount"


def put_by(household: Household, lines: Collection[tuple[int, str]]) -> None:
    """Puts by what is kept without an entry of these lines: their wallets and their keys there."""
    found = _kept(household, lines)
    for line in found:
        line.key, line.day, line.amount = _waiting(line.key), None, None
    # What waited since an import before that one.
    earlier = _kept(household, {(line.wallet_id, line.key) for line in found})
    ImportedLine.objects.filter(pk__in=[line.pk for line in earlier]).delete()
    ImportedLine.objects.bulk_update(found, _COLUMNS)


def waiting_for(household: Household, lines: QuerySet[ImportedLine]) -> list[ImportedLine]:
    """What was put by for these lines, as it was before; to be saved once they are gone."""
    wallets = set(lines.order_by().values_list("wallet", flat=True).distinct())
    kept = _without_entry(household, wallets).filter(day=None)
    waiting = {(line.wallet_id, line.key): line for line in kept}
    found = []
    for wallet, *before in lines.values_list("wallet", *_COLUMNS).iterator() if waiting else ():
        line = waiting.get((wallet, _waiting(before[0])))
        if line is not None:
            line.key, line.day, line.amount = before
            found.append(line)
    return found


def take_up(found: Collection[ImportedLine]) -> None:
    """From now on these count again."""
    ImportedLine.objects.bulk_update(found, _COLUMNS)


def _kept(household: Household, lines: Collection[tuple[int, str]]) -> list[ImportedLine]:
    if not lines:
        return []
    keys = [key for _wallet, key in lines]
    kept = _without_entry(household, {wallet for wallet, _key in lines}).filter(is_among("key", keys))
    return [line for line in kept if (line.wallet_id, line.key) in lines]


def _without_entry(household: Household, wallets: Iterable[int]) -> QuerySet[ImportedLine]:
    return ImportedLine.objects.of(household).filter(wallet__in=set(wallets), entry=None)


def _waiting(key: str) -> str:
    """The key under which a line waits; no line of a file has it."""
    return hashlib.sha256(f"put by: {key}".encode()).hexdigest()
