"""The verdict of each line of a statement, surest first; what nothing speaks against is new.

Lines are taken portion by portion, and what was found lies on a shelf: a long file needs no more memory than a short.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, partial
from typing import NamedTuple, Self

from django.utils import timezone

from accounts.models import Household
from batua import money
from batua.fields import Among, is_among
from batua.money import AmountError
from transactions.categorize import fold
from transactions.importers import survey
from transactions.importers.base import Statement, StatementLine, Status
from transactions.imports import matching, openings, pairing, told_anew
from transactions.imports.choosing import Asked, Choice, Chooser
from transactions.imports.evidence import Evidence
from transactions.imports.identity import Identities
from transactions.imports.matching import SLOW_WINDOW, WINDOW
from transactions.imports.pairing import Half
from transactions.imports.shelves import OPEN, Shelf, portions
from transactions.imports.told_anew import Told
from transactions.imports.verdicts import WITHOUT_ENTRY, Entry, Likeness, OtherEnd, PreviewLine, Verdict
from transactions.models import ImportedLine, Transaction, Wallet
from transactions.suggesting import Reason

# The wallet of lines whose account has no wallet of its own.
EVERY_ACCOUNT = ""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class _Home(NamedTuple):
    """What each line asks of the wallet that it goes into.

    ``identity`` is one value for a wallet, also for one that is still to be saved; "" for none.
    """

    wallet: Wallet | None
    pk: int | None
    identity: int | str

    @classmethod
    def of(cls, wallet: Wallet | None) -> Self:
        return cls(wallet, None, "") if wallet is None else cls(wallet, wallet.pk, _identity(wallet))


class Judge:
    """Judges the lines of one statement; ``wallets_by_name`` is known afterwards.

    ``wallets``: account as the file names it → wallet, which may be one still to be saved; "" is that of all other
    accounts. Lines of an account without a wallet are left out.
    """

    def __init__(
        self, household: Household, wallets: Mapping[str, Wallet], chooser: Chooser, shelf: Shelf, *, layout: str
    ) -> None:
        self._household, self._wallets, self._chooser, self._shelf = household, wallets, chooser, shelf
        self._homes = {account: _Home.of(wallet) for account, wallet in wallets.items()}
        self._home_of_others = _Home.of(wallets.get(EVERY_ACCOUNT))
        self._entries, self._layout = matching.Ledger(household, layout=layout), layout
        self._evidence = Evidence(household, wallets)
        self._identities: defaultdict[object, Identities] = defaultdict(lambda: Identities(currency=household.currency))
        self._places: defaultdict[Decimal, set[int | str]] = defaultdict(set)
        self._left_on: Mapping[tuple[int, str], datetime.date] = {}
        self._opened: Collection[tuple[int, str]] = ()
        self._names_ends = False
        self.wallets_by_name: Mapping[str, Wallet] = {}

    def judge(self, statement: Statement, *, portion: int) -> Iterator[int]:
        """Puts the statement's rows on the shelf; yields how many lines were read, after each portion of them."""
        self._names_ends = survey.of(statement.lines).names_ends
        done = 0
        for lines in portions(statement.lines, portion):
            rows = self._known(lines)
            self._shelf.add(rows)
            self._tell(rows)
            done += len(lines)
            yield done
        self._recognise()
        self.wallets_by_name = self._named_wallets()
        self._find_transfers()

    def _tell(self, rows: Sequence[PreviewLine]) -> None:
        """Which days the file has, and which entries its known lines are."""
        days: defaultdict[int, set[datetime.date]] = defaultdict(set)
        for row in rows:
            if row.wallet:
                days[row.wallet].add(row.line.date)
                if row.entry:
                    self._entries.claim(row.entry, row.wallet)
                elif row.verdict in WITHOUT_ENTRY:
                    self._entries.claim_deleted(row.key, row.wallet)
        for wallet, some in days.items():
            self._entries.cover(wallet, some)

    def _home(self, line: StatementLine) -> _Home:
        return self._homes.get(line.account, self._home_of_others)

    def _known(self, lines: Sequence[StatementLine]) -> list[PreviewLine]:
        """The rows of these lines, as far as each can be judged by itself."""
        keys = [self._identities[self._home(line).identity].key(line) for line in lines]
        earlier, own = self._earlier(keys), self._own_entries(lines)
        gone = [key for (_wallet, key), entry in earlier.items() if entry is None]
        self._left_on = self._left_out(gone)
        has_beginnings = bool(gone) and any(line.is_opening for line in lines)
        self._opened = openings.told_before(self._household, gone) if has_beginnings else ()
        asked = self._chooser.look_at(lines)
        return [self._row(line, key, ask, earlier, own) for line, key, ask in zip(lines, keys, asked, strict=True)]

    def _earlier(self, keys: Sequence[str]) -> dict[tuple[int, str], int | None]:
        """(wallet, key) → the entry of lines that were imported before, None where it was deleted since."""
        wallets = {wallet.pk for wallet in self._wallets.values() if wallet.pk}
        if not wallets:
            return {}
        own = ImportedLine.objects.of(self._household).filter(wallet__in=wallets)
        lines = own.filter(is_among("key", keys))
        return {(wallet, key): entry for wallet, key, entry in lines.values_list("wallet", "key", "entry")}

    def _left_out(self, keys: Sequence[str]) -> dict[tuple[int, str], datetime.date]:
        """(wallet, key) → when the line was left out on purpose; a query where lines of these keys have no entry."""
        if not keys:
            return {}
        lines = ImportedLine.objects.of(self._household).left_out().filter(is_among("key", keys))
        found = lines.values_list("wallet", "key", "batch__created_at")
        return {(wallet, key): timezone.localtime(at).date() for wallet, key, at in found}

    def _own_entries(self, lines: Sequence[StatementLine]) -> dict[str, int]:
        """uuid → the entry that an export of Batua tells of, if this household has it; a query for such files only."""
        wanted = {line.ours.uuid.lower() for line in lines if line.ours is not None}
        uuids = [text for text in wanted if _UUID.fullmatch(text)]
        if not uuids:
            return {}
        found = Transaction.objects.of(self._household).filter(is_among("uuid", uuids, Among.UUIDS))
        return {str(each): entry for each, entry in found.values_list("uuid", "pk")}

    def _row(
        self,
        line: StatementLine,
        key: str,
        asked: Asked,
        earlier: Mapping[tuple[int, str], int | None],
        own: Mapping[str, int],
    ) -> PreviewLine:
        home, choice = self._home(line), self._chooser.choose(line, asked)
        if home.wallet is None:
            return PreviewLine(line, key, Verdict.LEFT_OUT, choice, wallet=None, wallet_name=line.account)
        verdict, entry, left_on, end = self._fitness(line), None, None, None
        if line.ours is not None and (entry := own.get(line.ours.uuid.lower())):
            verdict = Verdict.KNOWN
        elif home.pk and (home.pk, key) in earlier:
            entry, left_on = earlier[home.pk, key], self._left_on.get((home.pk, key))
            is_here = entry or (home.pk, key) in self._opened
            verdict = Verdict.KNOWN if is_here else Verdict.UNTICKED if left_on else Verdict.DELETED
        elif line.is_opening and verdict in OPEN:
            verdict = Verdict.BEGUN if home.pk and self._begun.has(home.pk, line) else Verdict.OPENING
        elif verdict in OPEN:
            self._places[line.amount].add(home.identity)
            end = self._learned_end(line, asked, home, choice) if verdict is Verdict.NEW else None
        name = home.wallet.name or line.account
        return PreviewLine(line, key, verdict, choice, home.pk, name, entry, other_end=end, left_on=left_on)

    @cached_property
    def _begun(self) -> openings.Begun:
        """A query where a line says what its wallet begins with."""
        return openings.Begun(self._household, {wallet.pk for wallet in self._wallets.values() if wallet.pk})

    def _learned_end(self, line: StatementLine, asked: Asked, home: _Home, choice: Choice) -> OtherEnd | None:
        """The wallet that the payee's money went to last time, where the file does not say itself what the line is."""
        if home.pk is None or line.ours is not None or line.splits or choice.reason is Reason.FILE:
            return None
        wallet = self._chooser.moved(asked, home.pk)
        if wallet is None:
            return None
        self._entries.expect(wallet)
        return OtherEnd(wallet, "", is_likely=True, is_learned=True)

    def _fitness(self, line: StatementLine) -> Verdict:
        currency = self._household.currency
        if not line.amount:
            return Verdict.ZERO
        try:
            money.check_amount(line.amount, currency)
        except AmountError:
            return Verdict.UNFIT
        if (line.currency or currency) != currency:
            return Verdict.FOREIGN
        return Verdict.PENDING if line.status is Status.PENDING else Verdict.NEW

    def _recognise(self) -> None:
        """Lines whose payment seems to be here already."""
        for rows in self._shelf.open_rows():
            self._entries.look_at(row.line for _place, row in rows)
            told = told_anew.of(self._household, self._layout, [row for _place, row in rows])
            self._shelf.change(
                (place, changed)
                for place, row in rows
                if row.wallet and (changed := self._recognised(row, row.wallet, told))
            )

    def _recognised(self, row: PreviewLine, wallet: int, told: Mapping[tuple[int, str], Told]) -> PreviewLine | None:
        if not told and not self._entries.may_know(wallet, row.line):
            return None
        if entry := self._entries.transfer_of(wallet, row.line):
            return row._replace(verdict=Verdict.JOINS, like=entry, other_end=None)
        before = told.get((wallet, row.line.bank_id or ""))
        if before is not None and self._entries.claim_told(before.entry, before.key, wallet):
            row = row._replace(likeness=Likeness.ID if before.entry else None)
            return _told_before(row, before.entry, is_left_out=before.is_left_out)
        if entry := self._entries.lookalike_of(wallet, row.line):
            return row._replace(verdict=Verdict.LOOKALIKE, like=entry, other_end=None)
        if entry := self._entries.moved_of(wallet, row.line, row.note):
            return row._replace(verdict=Verdict.LOOKALIKE, like=entry, likeness=Likeness.DAY, other_end=None)
        if kept := self._entries.kept_of(wallet, row.line):
            return _told_before(row, kept.entry, is_left_out=kept.is_left_out)
        return None

    def _find_transfers(self) -> None:
        """Lines whose other half is in the file, in the books, or named by the file."""
        halves = self._halves()
        for rows in self._shelf.open_rows():
            self._entries.look_at(row.line for _place, row in rows)
            self._shelf.change((place, changed) for place, row in rows if (changed := self._moved(row, halves)))
        slow = pairing.slow_pairs(self._single_halves(), self._evidence)
        for rows in self._shelf.open_rows() if slow else ():
            self._shelf.change(
                (place, row._replace(other_end=_end_at(slow[row.line.number], is_likely=False)))
                for place, row in rows
                if row.line.number in slow
            )

    def _moved(self, row: PreviewLine, halves: Mapping[int, Half]) -> PreviewLine | None:
        """The row as half of a transfer: a sure one, one that is here and was booked late, or one that it may be."""
        is_said = row.other_end is not None or row.line.transfer or row.line.number in halves
        if not is_said and not self._entries.may_know(_identity_of(row), row.line):
            return None
        end = self._other_end(row, halves) if row.verdict is Verdict.NEW else None
        is_found = end is not None and end.is_likely and (end.entry is not None or end.line is not None)
        if row.wallet and row.line.ours is None and not is_found:
            entry = self._entries.late_transfer_of(row.wallet, row.line)
            if entry is not None:
                return row._replace(verdict=Verdict.LOOKALIKE, like=entry, likeness=Likeness.LATE, other_end=None)
        if end is None and row.verdict is Verdict.NEW:
            end = self._slow_half(row)
        if end is None:
            return None
        return row._replace(verdict=Verdict.TRANSFER if end.is_likely else Verdict.NEW, other_end=end)

    def _halves(self) -> dict[int, Half]:
        """Line number → the line of another wallet in this file that is the same transfer."""
        return pairing.pairs(self._single_halves(), self._evidence)

    def _single_halves(self) -> list[Half]:
        """Lines that may be half of a transfer with another of the file: they have no other end but a learned one."""
        if len(set().union(*self._places.values())) < 2:
            return []
        # An export of Batua says itself what is a transfer: two of its lines are never put together.
        return [
            Half.of(row, self._evidence.of_line(row))
            for rows in self._shelf.open_rows()
            for _place, row in rows
            if row.verdict is Verdict.NEW
            and row.line.ours is None
            and self._has_opposite(row)
            and (row.other_end is None or row.other_end.is_learned)
        ]

    def _has_opposite(self, row: PreviewLine) -> bool:
        """Has another wallet a line of the opposite amount?"""
        return bool(self._places.get(-row.line.amount, set()) - {_identity_of(row)})

    def _other_end(self, row: PreviewLine, halves: Mapping[int, Half]) -> OtherEnd | None:
        if half := halves.get(row.line.number):
            return _end_at(half, is_likely=pairing.is_sure(self._evidence, halves[half.number], half))
        if row.line.splits:
            return None
        learned = row.other_end
        found = self._half_in_books(row) if row.line.ours is None else None
        if found is not None and (found.is_likely or learned is None or found.wallet == learned.wallet):
            return found
        target = self.wallets_by_name.get(fold(row.line.transfer)) if row.line.transfer else None
        if target is not None and _identity(target) != _identity_of(row):
            return OtherEnd(target.pk, target.name, is_likely=True)
        return learned

    def _half_in_books(self, row: PreviewLine) -> OtherEnd | None:
        """Income or spending of another wallet; first of the one that the payee's money went to last time."""
        learned = row.other_end
        if learned is not None and (entry := self._entries.half_in(learned.wallet or 0, row.line, within=SLOW_WINDOW)):
            is_slow = abs(entry.date - row.line.date) > WINDOW
            return replace(learned, is_likely=entry.is_free, entry=entry, is_learned=is_slow)
        entry = self._entries.other_half_of(_identity_of(row), row.line, partial(self._is_against, row))
        if entry is None:
            return None
        return OtherEnd(entry.wallet, "", is_likely=entry.is_free and not self._is_against(row, entry), entry=entry)

    def _slow_half(self, row: PreviewLine) -> OtherEnd | None:
        """An entry that may be the other half although some days lie between: never taken for it by itself."""
        if row.line.splits or row.line.ours is not None:
            return None
        entry = self._entries.slow_half_of(_identity_of(row), row.line, partial(self._is_against, row))
        return OtherEnd(entry.wallet, "", is_likely=False, entry=entry) if entry is not None else None

    def _is_against(self, row: PreviewLine, entry: Entry) -> bool:
        return self._evidence.is_against_entry(row, entry)

    def _named_wallets(self) -> dict[str, Wallet]:
        """Wallets by the names that the file may give them; a query only where the file names other ends."""
        if not self._names_ends:
            return {}
        own = {fold(wallet.name): wallet for wallet in Wallet.objects.of(self._household).open()}
        return own | {fold(account): wallet for account, wallet in self._wallets.items() if account}


def _told_before(row: PreviewLine, entry: Entry | None, *, is_left_out: bool) -> PreviewLine:
    """The row as one that an earlier file told of: its entry, or that there is none on purpose."""
    gone = Verdict.UNTICKED if is_left_out else Verdict.DELETED
    return row._replace(verdict=Verdict.LOOKALIKE if entry else gone, like=entry, other_end=None)


def _end_at(half: Half, *, is_likely: bool) -> OtherEnd:
    """The other end of a line's transfer, which another line of the file tells of."""
    wallet = half.wallet if isinstance(half.wallet, int) else None
    return OtherEnd(wallet, half.name, is_likely=is_likely, line=half.number)


def _identity(wallet: Wallet) -> int | str:
    return wallet.pk or wallet.name


def _identity_of(row: PreviewLine) -> int | str:
    return row.wallet or row.wallet_name
