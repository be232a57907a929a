"""Entries and other lines that a statement's line may be about: the same payment, or the other half of a transfer."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from django.db.models.functions import Abs

from accounts.models import Household
from transactions.importers.base import StatementLine
from transactions.models import ImportedLine, Transaction
from transactions.verdicts import Entry

WINDOW = datetime.timedelta(days=3)
# Two lines of one file that name each other's account are the same transfer, however slow the banks were.
NAMED_WINDOW = datetime.timedelta(days=10)
# Beyond this, a list of amounts costs the database more than it spares.
MOST_AMOUNTS = 1000


class Placed(NamedTuple):
    """A line and the wallet it goes to: a wallet's id, or the name of one still to be made."""

    line: StatementLine
    wallet: int | str


class _Told(NamedTuple):
    """A statement's line that told of an entry before: in which wallet, and from what kind of file."""

    wallet: int
    layout: str
    is_pending: bool


class Ledger:
    """The household's entries of the days and amounts of these lines; two queries, none where there are no lines.

    Each entry answers for one line of a wallet at most: what ``claim`` gave away is not found again.
    """

    def __init__(self, household: Household, lines: Sequence[StatementLine], *, layout: str) -> None:
        self._layout = layout
        self._claimed: set[tuple[int, int]] = set()
        self._told: Mapping[int, list[_Told]] = {}
        self._by_move: defaultdict[tuple[int, Decimal], list[Entry]] = defaultdict(list)
        self._by_amount: defaultdict[Decimal, list[Entry]] = defaultdict(list)
        if lines:
            self._read(household, lines)

    def claim(self, entry: int, wallet: int) -> None:
        """This entry is the one of a line that was recognised."""
        self._claimed.add((entry, wallet))

    def transfer_of(self, wallet: int, line: StatementLine) -> Entry | None:
        """A transfer that moved this money in the wallet, and that no statement of the wallet has told of yet."""
        return self._nearest(
            line,
            (each for each in self._moves(wallet, line) if each.kind == "transfer" and not self._telling(each, wallet)),
            wallet,
        )

    def lookalike_of(self, wallet: int, line: StatementLine) -> Entry | None:
        """An entry of the same amount in the wallet that may be this payment.

        What another file of the same layout brought is another payment: there, lines are told apart exactly. Only a
        payment that was pending may come a second time.
        """
        return self._nearest(
            line,
            (
                each
                for each in self._moves(wallet, line)
                if all(told.layout != self._layout or told.is_pending for told in self._telling(each, wallet))
            ),
            wallet,
        )

    def other_half_of(self, wallet: int | str, line: StatementLine) -> Entry | None:
        """Income or spending of another wallet that may be the other half of a transfer."""
        found = (
            each
            for each in self._by_amount[-line.amount]
            if each.wallet != wallet and each.kind != "transfer" and (each.id, each.wallet) not in self._claimed
        )
        return self._nearest(line, found, None)

    def _moves(self, wallet: int, line: StatementLine) -> list[Entry]:
        return self._by_move.get((wallet, line.amount), [])

    def _telling(self, entry: Entry, wallet: int) -> list[_Told]:
        return [told for told in self._told.get(entry.id, []) if told.wallet == wallet]

    def _nearest(self, line: StatementLine, entries: Iterable[Entry], wallet: int | None) -> Entry | None:
        """The entry nearest in time that is free; it is claimed."""
        near = [
            each
            for each in entries
            if abs(each.date - line.date) <= WINDOW
            and (each.id, each.wallet if wallet is None else wallet) not in self._claimed
        ]
        if not near:
            return None
        found = min(near, key=lambda each: (abs(each.date - line.date), each.id))
        self.claim(found.id, found.wallet if wallet is None else wallet)
        return found

    def _read(self, household: Household, lines: Sequence[StatementLine]) -> None:
        days = [line.date for line in lines]
        first, last = max(min(days), datetime.date.min + WINDOW), min(max(days), datetime.date.max - WINDOW)
        found = Transaction.objects.of(household).filter(date__range=(first - WINDOW, last + WINDOW), group_id=None)
        amounts = {abs(line.amount) for line in lines}
        if len(amounts) <= MOST_AMOUNTS:
            found = found.annotate(size=Abs("amount")).filter(size__in=amounts)
        rows = list(
            found.values_list(
                "pk",
                "date",
                "note",
                "kind",
                "amount",
                "wallet",
                "to_wallet",
                "version",
                "category",
                "category__is_other",
            )
        )
        self._told = _told({row[0] for row in rows})
        for pk, day, note, kind, amount, wallet, to_wallet, version, category, is_other in rows:
            moved = amount if kind == "income" else -amount
            is_free = bool(is_other) or pk in self._told
            entry = Entry(pk, day, note, kind, moved, wallet, to_wallet, version, category, is_free=is_free)
            self._by_move[wallet, moved].append(entry)
            self._by_amount[moved].append(entry)
            if to_wallet is not None:
                self._by_move[to_wallet, amount].append(entry)


def _told(entries: set[int]) -> Mapping[int, list[_Told]]:
    if not entries:
        return {}
    found: defaultdict[int, list[_Told]] = defaultdict(list)
    rows = ImportedLine.objects.filter(entry__in=entries)
    for entry, wallet, layout, is_pending in rows.values_list("entry", "wallet", "batch__layout", "is_pending"):
        found[entry].append(_Told(wallet, layout, is_pending))
    return found


def pairs(placed: Sequence[Placed]) -> dict[int, int]:
    """Line number → number of the line in another wallet that is the other half of the same transfer; both ways."""
    by_amount: defaultdict[Decimal, list[Placed]] = defaultdict(list)
    for each in placed:
        by_amount[each.line.amount].append(each)
    found: dict[int, int] = {}
    for each in placed:
        if each.line.amount >= 0 or each.line.number in found:
            continue
        near = [
            other
            for other in by_amount[-each.line.amount]
            if other.wallet != each.wallet
            and other.line.number not in found
            and abs(other.line.date - each.line.date) <= (NAMED_WINDOW if _names(each, other) else WINDOW)
        ]
        if near:
            other = min(near, key=partial(_distance, each))
            found[each.line.number], found[other.line.number] = other.line.number, each.line.number
    return found


def _distance(each: Placed, other: Placed) -> tuple[bool, datetime.timedelta, int]:
    """Nearest first: a line that names the other's account, then the days between them, then the file's order."""
    return not _names(each, other), abs(other.line.date - each.line.date), other.line.number


def _names(each: Placed, other: Placed) -> bool:
    """Does one of the lines name the account of the other as the other end?"""
    line, half = each.line, other.line
    return (bool(line.transfer) and line.transfer == half.account) or (
        bool(half.transfer) and half.transfer == line.account
    )
