"""Entries and other lines that a statement's line may be about: the same payment, or the other half of a transfer."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import Max, Min

from accounts.models import Household
from batua.fields import Among, is_among
from transactions.importers.base import StatementLine
from transactions.imports.verdicts import Entry
from transactions.models import AS_WRITTEN, ImportedLine

WINDOW = datetime.timedelta(days=3)
# Where the other wallet is known, a transfer is one however slow the banks were: two lines of one file that name each
# other's account, a payee whose money went to a wallet before, or a transfer that is here.
SLOW_WINDOW = datetime.timedelta(days=10)

# What one of the lines may be about: entries of its amount, on a day within the window, which is a longer one for
# transfers and for other halves, in wallets that the file is not of or where one is expected; the parts of a split
# payment count together, in each wallet and on each day, under the first of them. Last come lines whose entry was
# changed or deleted since: they are still what the bank said.
_NEAR = """
    SELECT near.* FROM (
        SELECT entry.id, entry.date, entry.note, entry.kind, entry.amount, entry.wallet_id, entry.to_wallet_id,
               entry.version, entry.category_id, category.is_other, entry.bank_text, NULL::bigint[] AS parts,
               NULL AS key, NULL AS layout, NULL::boolean AS is_pending, NULL::date AS now_on,
               NULL::boolean AS is_left_out,
               CASE WHEN entry.kind = 'transfer' OR entry.wallet_id <> ALL(%(wallets)s)
                         OR entry.wallet_id = ANY(%(expected)s) THEN %(slow)s ELSE %(days)s END AS days
        FROM transactions_transaction AS entry LEFT JOIN transactions_category AS category
            ON category.household_id = entry.household_id AND category.id = entry.category_id
        WHERE entry.household_id = %(household)s AND entry.group_id IS NULL
          AND entry.date BETWEEN %(first)s::date - %(slow)s AND %(last)s::date + %(slow)s
        UNION ALL
        SELECT min(part.id), part.date, (array_agg(part.note ORDER BY part.id))[1],
               CASE count(*) WHEN 1 THEN min(part.kind) ELSE 'expense' END, -sum(side.moved), side.wallet, NULL,
               (array_agg(part.version ORDER BY part.id))[1], NULL, FALSE, '', array_agg(part.id),
               NULL, NULL, NULL, NULL, NULL, %(days)s
        FROM transactions_transaction AS part, LATERAL (
            SELECT part.wallet_id, CASE part.kind WHEN 'income' THEN part.amount ELSE -part.amount END
            UNION ALL SELECT part.to_wallet_id, part.amount WHERE part.to_wallet_id IS NOT NULL
        ) AS side (wallet, moved)
        WHERE part.household_id = %(household)s AND part.group_id IS NOT NULL
          AND part.date BETWEEN %(first)s::date - %(days)s AND %(last)s::date + %(days)s
        GROUP BY part.group_id, part.date, side.wallet
        UNION ALL
        SELECT entry.id, told.day, entry.note, entry.kind, told.amount, told.wallet_id, entry.to_wallet_id,
               entry.version, entry.category_id, FALSE, '',
               CASE WHEN entry.group_id IS NOT NULL THEN ARRAY[entry.id] END, told.key, batch.layout, told.is_pending,
               entry.date, told.entry_id IS NULL AND NOT told.made_entry AND told.alone IS NULL, %(days)s
        FROM transactions_importedline AS told
        JOIN transactions_importbatch AS batch ON batch.id = told.batch_id
        LEFT JOIN transactions_transaction AS entry ON entry.id = told.entry_id
        WHERE told.household_id = %(household)s AND told.wallet_id = ANY(%(wallets)s)
          AND told.day BETWEEN %(first)s::date - %(days)s AND %(last)s::date + %(days)s
          AND (entry.id IS NULL OR entry.version > 1)
    ) AS near
    WHERE EXISTS (
        SELECT FROM unnest(%(days_of_lines)s::date[], %(amounts)s::numeric[]) AS line (day, amount)
        WHERE line.amount = abs(near.amount) AND near.date BETWEEN day - near.days AND day + near.days)
"""


class _Told(NamedTuple):
    """A statement's line that told of an entry before: in which wallet, and from what kind of file.

    ``version``: of an entry that it made, the version in which Batua left it.
    """

    wallet: int
    layout: str
    is_pending: bool
    version: int | None
    batch: int


class Kept(NamedTuple):
    """What the bank said in an earlier line, whose entry was changed or deleted (None) since, or which has none."""

    key: str
    day: datetime.date
    layout: str
    is_pending: bool
    entry: Entry | None
    is_left_out: bool


class Ledger:
    """The household's entries of the days and amounts of the lines that it looks at; two queries for a portion of them.

    Each entry answers for one line of a wallet at most: what ``claim`` gave away is not found again. All lines of the
    file are told to ``cover``, and those that are known to ``claim``, before anything is asked.
    """

    def __init__(self, household: Household, *, layout: str) -> None:
        self._household, self._layout = household, layout
        self._claimed: set[tuple[int, int]] = set()
        self._gone: set[tuple[int, str]] = set()
        self._kept: defaultdict[tuple[int, Decimal], list[Kept]] = defaultdict(list)
        self._covered: dict[int, tuple[datetime.date, datetime.date]] = {}
        self._expected: set[int] = set()
        self._wanted: set[tuple[datetime.date, Decimal]] = set()
        self._told: Mapping[int, list[_Told]] = {}
        self._parts: dict[tuple[int, int], Collection[int]] = {}
        self._ranges: dict[tuple[int, int], tuple[datetime.date, datetime.date]] = {}
        self._by_move: defaultdict[tuple[int, Decimal], list[Entry]] = defaultdict(list)
        self._by_amount: defaultdict[Decimal, list[Entry]] = defaultdict(list)

    def look_at(self, lines: Iterable[StatementLine]) -> None:
        """From now on the answers are about these lines; no query where there are none."""
        wanted = {(line.date, abs(line.amount)) for line in lines}
        if wanted <= self._wanted:
            return
        self._wanted = wanted
        self._kept.clear()
        self._parts.clear()
        self._by_move.clear()
        self._by_amount.clear()
        self._read(wanted)

    def cover(self, wallet: int, days: Collection[datetime.date]) -> None:
        """The file has lines of these days for the wallet: it tells of all that was booked between them."""
        first, last = self._covered.get(wallet, (datetime.date.max, datetime.date.min))
        self._covered[wallet] = min(first, *days), max(last, *days)

    def expect(self, wallet: int) -> None:
        """Lines of the file may have their other half in this wallet, however slow the banks were."""
        self._expected.add(wallet)

    def claim(self, entry: int, wallet: int) -> None:
        """This entry is the one of a line that was recognised."""
        self._claimed.add((entry, wallet))

    def claim_deleted(self, key: str, wallet: int) -> None:
        """The line of this key, whose entry was deleted, is one of this file."""
        self._gone.add((wallet, key))

    def may_know(self, wallet: int | str, line: StatementLine) -> bool:
        """Is there anything in the books that the line may be about? Where not, nothing below has an answer."""
        move = wallet, line.amount
        return move in self._by_move or move in self._kept or -line.amount in self._by_amount

    def transfer_of(self, wallet: int, line: StatementLine) -> Entry | None:
        """A transfer that moved this money in the wallet, and that no statement of the wallet has told of yet."""
        return self._nearest(line, self._untold(wallet, line), wallet)

    def late_transfer_of(self, wallet: int, line: StatementLine) -> Entry | None:
        """Such a transfer of some days before or after; asked for when the nearer ones have their lines."""
        return self._nearest(line, self._untold(wallet, line), wallet, within=SLOW_WINDOW)

    def _untold(self, wallet: int, line: StatementLine) -> list[Entry]:
        found = self._moves(wallet, line)
        return [each for each in found if each.kind == "transfer" and not self._telling(each, wallet)]

    def lookalike_of(self, wallet: int, line: StatementLine) -> Entry | None:
        """An entry of the same amount in the wallet that may be this payment.

        What another file of the same layout brought is another payment: there, lines are told apart exactly. Only a
        payment that was pending may come a second time, and one that this file should have and has not: a bank may
        write its words or its day anew.
        """
        return self._nearest(
            line,
            [
                each
                for each in self._moves(wallet, line)
                if self._covers(wallet, each.date)
                or all(told.layout != self._layout or told.is_pending for told in self._telling(each, wallet))
            ],
            wallet,
        )

    def moved_of(self, wallet: int, line: StatementLine, note: str) -> Entry | None:
        """An entry of the line's words and amount on another day, where an earlier file had to have this day's too.

        Only for a file of a single day, which cannot tell by itself that it lacks the entry's line.
        """
        first, last = self._covered.get(wallet, (None, None))
        if first is None or first != last or line.bank_id:
            return None
        found = [
            each for each in self._moves(wallet, line) if each.note == note and self._lacks(each, wallet, line.date)
        ]
        return self._nearest(line, found, wallet)

    def _lacks(self, entry: Entry, wallet: int, day: datetime.date) -> bool:
        """Did a file of this layout that told of the entry have that day too? Of its last one it may have a part."""
        own = (told.batch for told in self._telling(entry, wallet) if told.layout == self._layout)
        return any(first <= day < last for first, last in (self._range(batch, wallet) for batch in own))

    def _range(self, batch: int, wallet: int) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of the lines that an import brought into the wallet; a query for each import."""
        if (batch, wallet) not in self._ranges:
            lines = ImportedLine.objects.of(self._household).filter(batch=batch, wallet=wallet, day__isnull=False)
            found = lines.aggregate(first=Min("day"), last=Max("day"))
            self._ranges[batch, wallet] = found["first"], found["last"]
        return self._ranges[batch, wallet]

    def claim_told(self, entry: Entry | None, key: str, wallet: int) -> bool:
        """Claims what a line of this key told of before, unless a line of this file is that already."""
        is_taken = (wallet, key) in self._gone if entry is None else self._is_claimed(entry, wallet)
        if not is_taken:
            self._claim(entry, key, wallet)
        return not is_taken

    def _claim(self, entry: Entry | None, key: str, wallet: int) -> None:
        if entry is None:
            self.claim_deleted(key, wallet)
        else:
            self.claim(entry.id, wallet)

    def kept_of(self, wallet: int, line: StatementLine) -> Kept | None:
        """What an earlier file said of this payment, where a person gave its entry another day, amount or wallet."""
        near = [
            each
            for each in self._kept.get((wallet, line.amount), ())
            if abs(each.day - line.date) <= WINDOW
            and (each.layout != self._layout or each.is_pending or self._covers(wallet, each.day))
            and not (
                (wallet, each.key) in self._gone if each.entry is None else (each.entry.id, wallet) in self._claimed
            )
        ]
        if not near:
            return None
        found = min(near, key=lambda each: (abs(each.day - line.date), each.key))
        self._claim(found.entry, found.key, wallet)
        return found

    def other_half_of(
        self, wallet: int | str, line: StatementLine, is_against: Callable[[Entry], bool]
    ) -> Entry | None:
        """Income or spending of another wallet that may be the other half of a transfer, first of all one that nothing
        is against."""
        found = [each for each in self._halves(line) if each.wallet != wallet]
        return self._nearest(line, found, None, is_against=is_against)

    def slow_half_of(self, wallet: int | str, line: StatementLine, is_against: Callable[[Entry], bool]) -> Entry | None:
        """Such an entry of some days before or after that nobody touched and nothing is against.

        It is not claimed: nobody says so yet, and of several lines it may be the half of any.
        """
        near = (
            each
            for each in self._by_amount.get(-line.amount, ())
            if each.is_free and each.wallet != wallet and abs(each.date - line.date) <= SLOW_WINDOW
        )
        far = [
            each
            for each in near
            if each.kind != "transfer" and not self._is_claimed(each, each.wallet) and not is_against(each)
        ]
        return min(far, key=lambda each: (abs(each.date - line.date), each.id), default=None)

    def half_in(self, wallet: int, line: StatementLine, *, within: datetime.timedelta = WINDOW) -> Entry | None:
        """Income or spending of this wallet, which is expected to have the other half of a transfer."""
        found = [each for each in self._halves(line) if each.wallet == wallet]
        return self._nearest(line, found, None, within=within)

    def _halves(self, line: StatementLine) -> Iterator[Entry]:
        found = self._by_amount.get(-line.amount, ())
        return (each for each in found if each.kind != "transfer" and not self._is_claimed(each, each.wallet))

    def _moves(self, wallet: int, line: StatementLine) -> Sequence[Entry]:
        return self._by_move.get((wallet, line.amount), ())

    def _covers(self, wallet: int, day: datetime.date) -> bool:
        first, last = self._covered.get(wallet, (datetime.date.max, datetime.date.min))
        return first <= day <= last

    def _telling(self, entry: Entry, wallet: int) -> list[_Told]:
        return [told for told in self._told.get(entry.id, []) if told.wallet == wallet]

    def _is_claimed(self, entry: Entry, wallet: int) -> bool:
        return any((part, wallet) in self._claimed for part in self._parts.get((entry.id, wallet), (entry.id,)))

    def _nearest(
        self,
        line: StatementLine,
        entries: Sequence[Entry],
        wallet: int | None,
        *,
        within: datetime.timedelta = WINDOW,
        is_against: Callable[[Entry], bool] = lambda _entry: False,
    ) -> Entry | None:
        """The entry nearest in time that is free; it is claimed."""
        if not entries:
            return None
        near = [
            each
            for each in entries
            if abs(each.date - line.date) <= within
            and not self._is_claimed(each, each.wallet if wallet is None else wallet)
        ]
        if not near:
            return None
        found = min(near, key=lambda each: (is_against(each), abs(each.date - line.date), each.id))
        self.claim(found.id, found.wallet if wallet is None else wallet)
        return found

    def _read(self, wanted: Collection[tuple[datetime.date, Decimal]]) -> None:
        days, amounts = map(list, zip(*wanted, strict=True))
        values = {
            "household": self._household.pk,
            "first": min(days),
            "last": max(days),
            "days": WINDOW.days,
            "slow": SLOW_WINDOW.days,
            "expected": list(self._expected),
            "wallets": list(self._covered),
            # As texts: value by value the driver would take longer than the database for the whole question.
            "days_of_lines": f"{{{','.join(map(str, days))}}}",
            "amounts": f"{{{','.join(map(str, amounts))}}}",
        }
        with connection.cursor() as cursor:
            cursor.execute(_NEAR, values)
            rows = cursor.fetchall()
        self._told = _told({row[0] for row in rows if row[0]})
        for (
            pk,
            day,
            note,
            kind,
            amount,
            wallet,
            to_wallet,
            version,
            category,
            is_other,
            words,
            parts,
            *kept,
            _days,
        ) in rows:
            if kept[0]:
                key, layout, is_pending, now, is_left_out = kept
                seen = pk, now, note, kind, amount, wallet, to_wallet, version, category
                entry = Entry(*seen, told=len(self._told.get(pk, ())), is_part=bool(parts)) if pk else None
                self._kept[wallet, amount].append(Kept(key, day, layout, is_pending, entry, is_left_out))
                continue
            moved = amount if kind == "income" and not parts else -amount
            lines = self._told.get(pk, ())
            is_free = bool(is_other) or any(told.version == version for told in lines)
            claim = None if is_other else category
            seen = pk, day, note, kind, moved, wallet, to_wallet, version, category
            entry = Entry(*seen, is_free, len(lines), bool(parts), claim, words)
            self._by_move[wallet, moved].append(entry)
            if parts:
                # Of a split payment no part is half of a transfer by itself.
                self._parts[pk, wallet] = parts
                continue
            self._by_amount[moved].append(entry)
            if to_wallet is not None:
                self._by_move[to_wallet, amount].append(entry)


def _told(entries: set[int]) -> Mapping[int, list[_Told]]:
    if not entries:
        return {}
    found: defaultdict[int, list[_Told]] = defaultdict(list)
    rows = ImportedLine.objects.filter(is_among("entry", entries, Among.NUMBERS))
    columns = "entry", "wallet", "batch__layout", "is_pending", "made_entry", "left_version", "batch"
    for entry, wallet, layout, is_pending, made_entry, version, batch in rows.values_list(*columns):
        found[entry].append(_Told(wallet, layout, is_pending, (version or AS_WRITTEN) if made_entry else None, batch))
    return found
