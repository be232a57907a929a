"""From lines that shall be taken to entries: plain ones, splits as siblings, the two halves of a transfer as one."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from accounts.models import Household
from batua.fields import is_among
from transactions import recording
from transactions.categorize import fold
from transactions.importers.base import Split, Status
from transactions.imports import choosing
from transactions.imports.choosing import Asked, Choice, Chooser
from transactions.imports.copying import Booking, Told
from transactions.imports.matching import WINDOW, Ledger
from transactions.imports.refusals import (
    ChangedError,
    ChoiceError,
    MoveError,
    OtherEntryError,
    PartsError,
    SameError,
    TwiceError,
)
from transactions.imports.verdicts import MOVED, Entry, OtherEnd, PreviewLine, Verdict
from transactions.models import ImportedLine, Wallet

# A choice that is no category: the line is no transfer, and beyond that what the file has it be.
OF_FILE = -1
# No entry: what its wallet begins with.
OPENING = -2


class IsEntry(NamedTuple):
    """The line is the entry that it looks like, in the version in which that was seen, told of by so many lines.

    None: however it is by now. ``as_bank``: the entry gets the line's amount and day.
    """

    entry: int
    version: int | None = None
    told: int | None = None
    as_bank: bool = False


class ToWallet(NamedTuple):
    """The line is a transfer: its money went to this wallet, or came from it."""

    wallet: int


# A category, None for a transfer as it is suggested, one with another wallet, or the entry that is here.
Chosen = int | None | IsEntry | ToWallet


@dataclass(frozen=True, slots=True)
class Turned:
    """A line that tells of an entry that is here: it turns it into a transfer, or merely joins it (``to`` is None).

    ``alone`` is the entry that the line would bring by itself. ``as_seen``: a member said of the entry as it was that
    the line is it, so it has to be that still. ``corrects``: the entry gets the line's amount and day.
    """

    told: Told
    entry: Entry
    alone: Booking
    to: tuple[int, int] | None = None
    as_seen: bool = False
    corrects: bool = False


@dataclass
class Plan:
    """What a commit writes: new entries, entries that lines join or turn into transfers, what wallets begin with."""

    bookings: list[Booking] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)
    opened: list[Told] = field(default_factory=list)

    @property
    def recognised(self) -> int:
        """How many lines bring nothing: they are entries that are here, which stay as they are."""
        return sum(each.to is None for each in self.turned)


def plan(
    rows: Sequence[PreviewLine],
    *,
    choices: Mapping[int, Chosen],
    chooser: Chooser,
    wallets_by_name: Mapping[str, int],
    household: Household,
) -> Plan:
    """The entries that these lines become; categories that only the file has are made. Raises ChoiceError."""
    return _Planner(rows, choices, chooser, wallets_by_name, household).plan()


def left_out(rows: Iterable[PreviewLine]) -> Iterator[Told]:
    """These lines, as the books keep that they were not taken; a wallet's beginning as no payment of some day."""
    here = ((row, _told(row)) for row in rows if row.wallet is not None)
    return (told._replace(day=None, amount=None) if row.line.is_opening else told for row, told in here)


def keys(row: PreviewLine) -> list[str]:
    """The keys under which the books keep this line: its own, and one for each further part of a split payment."""
    return [row.key, *(_beside(row.key, place) for place in range(1, len(row.line.splits)))]


class _Planner:
    def __init__(
        self,
        rows: Sequence[PreviewLine],
        choices: Mapping[int, Chosen],
        chooser: Chooser,
        wallets: Mapping[str, int],
        household: Household,
    ) -> None:
        self._rows, self._choices, self._chooser, self._household = rows, choices, chooser, household
        self._wallets = wallets
        self._by_number = {row.line.number: row for row in rows}
        self._made: dict[tuple[str, str], int] = {}
        self._plan = Plan()

    def plan(self) -> Plan:
        for row in self._rows:
            chosen = self._choices.get(row.line.number)
            if isinstance(chosen, IsEntry):
                self._plan.turned.append(self._joined(row, chosen))
            elif row.verdict is Verdict.JOINS and row.like is not None and chosen is None:
                self._plan.turned.append(Turned(_told(row), row.like, self._alone(row)))
            elif row.line.is_opening and row.opens and chosen in {None, OPENING}:
                self._plan.opened.append(_told(row))
            elif end := self._other_end(row):
                self._move(row, end)
            else:
                self._plan.bookings.extend(self._entries(row))
        return self._plan

    def _joined(self, row: PreviewLine, chosen: IsEntry) -> Turned:
        """The line is the entry that it looks like. Raises ChoiceError where it looks like none, or like another."""
        like, number = row.like, row.line.number
        if row.verdict is not Verdict.LOOKALIKE or like is None or chosen.entry != like.id:
            # A page shows the entry in its version: it was this one when the page was made.
            raise OtherEntryError(number) if chosen.version is None else ChangedError(number)
        if chosen.version not in {None, like.version} or chosen.told not in {None, like.told}:
            raise ChangedError(number)
        if chosen.as_bank and not row.corrects:
            raise PartsError(number) if like.is_part else SameError(number)
        return Turned(_told(row), like, self._alone(row), as_seen=True, corrects=chosen.as_bank)

    def _other_end(self, row: PreviewLine) -> OtherEnd | None:
        """Where a transfer leads, by the member's choice or by itself; both halves must be meant so."""
        number, end = row.line.number, row.other_end
        if isinstance(told := self._choices.get(number), ToWallet):
            if told.wallet not in self._open_wallets or not row.may_move_to(told.wallet):
                raise MoveError(number)
            half = self._ledger.half_in(told.wallet, row.line)
            if half is not None and not half.is_free:
                raise TwiceError(number)
            return OtherEnd(told.wallet, "", is_likely=True, entry=half)
        if self._wish(row) is None and end is None:
            raise ChoiceError(number)
        return end if self._is_moved(row) else None

    def _is_moved(self, row: PreviewLine) -> bool:
        """Is the line half of a transfer, as far as both halves that are taken say so?

        Where it is suggested, both have to mean it; else one that says so takes along the other that says nothing.
        """
        mine, half = self._wish(row), self._half(row)
        if half is None:
            return mine is None
        theirs = self._wish(half)
        if mine is None and theirs is None:
            return True
        # A page sends of each line what it suggested, too: that is nothing that anybody said.
        is_said = (mine is None and theirs == _suggested(half)) or (theirs is None and mine == _suggested(row))
        return is_said and row.verdict is not Verdict.TRANSFER

    def _half(self, row: PreviewLine) -> PreviewLine | None:
        """The line of the file that is the other half of this one, where it is taken as well."""
        end = row.other_end
        other = self._by_number.get(end.line) if end is not None and end.line else None
        back = other.other_end if other is not None else None
        return other if back is not None and back.line == row.line.number else None

    def _wish(self, row: PreviewLine) -> Chosen:
        """What the line becomes by the member's choice, or else by itself."""
        return self._choices.get(row.line.number, _suggested(row))

    @cached_property
    def _ledger(self) -> Ledger:
        """Entries that may be the other halves of lines which are said to be transfers, and are no other lines'."""
        ledger = Ledger(self._household, layout="")
        for row in self._rows:
            if row.other_end is not None and row.other_end.entry is not None:
                ledger.claim(row.other_end.entry.id, row.other_end.entry.wallet)
        numbers = {number for number, chosen in self._choices.items() if isinstance(chosen, ToWallet)}
        ledger.look_at(row.line for row in self._rows if row.line.number in numbers)
        return ledger

    @cached_property
    def _open_wallets(self) -> set[int]:
        """A query where a line is said to be a transfer with one."""
        return set(Wallet.objects.of(self._household).open().values_list("pk", flat=True))

    def _move(self, row: PreviewLine, end: OtherEnd) -> None:
        line, other = row.line, self._half(row) if end.line else None
        if other is not None and line.amount > 0:
            return  # The half that goes out brings the entry for both.
        source, target = _ways(line.amount, row.wallet or 0, end.wallet or 0)
        if end.entry is not None:
            self._plan.turned.append(Turned(_told(row), end.entry, self._alone(row), to=(source, target)))
            return
        told = (_told(row),) if other is None else (_told(row), _told(other))
        self._plan.bookings.append(
            Booking(
                kind="transfer",
                amount=abs(line.amount),
                date=line.date,
                wallet=source,
                to_wallet=target,
                category=None,
                note=row.note,
                bank_text=choosing.bank_text(line),
                told=told,
                comment=choosing.comment(line),
            )
        )

    def _alone(self, row: PreviewLine) -> Booking:
        """What the line suggests; no category is made for an entry that may never be."""
        return self._entry(row, row.line.amount, row.choice._replace(new_name=""), told=_told(row))

    def _entries(self, row: PreviewLine) -> Iterator[Booking]:
        line, chosen = row.line, self._choices.get(row.line.number)
        if chosen == OF_FILE or isinstance(chosen, IsEntry | ToWallet):
            chosen = None
        if chosen is not None and not self._is_listed(row, chosen):
            raise ChoiceError(line.number)
        choice = None if chosen is None else Choice(chosen, self._chooser.kinds[chosen])
        if line.splits and (choice is None or self._group_of(row)):
            yield from self._siblings(row, choice)
        else:
            yield self._entry(row, line.amount, choice or row.choice, told=_told(row))

    def _is_listed(self, row: PreviewLine, category: int) -> bool:
        """Does the line's select have the category? Money that goes out is income given back only by suggestion."""
        kind = self._chooser.kinds.get(category)
        return kind == "expense" or (kind == "income" and (row.line.amount > 0 or category == row.choice.category))

    def _siblings(self, row: PreviewLine, chosen: Choice | None) -> Iterator[Booking]:
        """A split payment: an entry for each part; the first part has the line's own key, the others one beside it.

        A part that is in the books already is left out.
        """
        group = self._group_of(row) or uuid.uuid4()
        for place, part in enumerate(self._parts_of(row)):
            told = _told(row) if not place else _told(row)._replace(key=_beside(row.key, place), day=None, amount=None)
            if (told.wallet, told.key) in self._groups:
                continue
            entry = self._entry(
                row, part.amount, chosen or self._choice_of(row, part), told=told, group=group, note=part.note
            )
            # A line that is taken one to one from another currency is half of no transfer, and nor is this part then.
            is_plain = chosen is not None or self._has_own_line(row, part)
            other = None if is_plain else self._wallets.get(fold(part.transfer))
            if other is None or other == row.wallet:
                yield entry
                continue
            source, target = _ways(part.amount, entry.wallet, other)
            yield entry._replace(
                kind="transfer", amount=abs(part.amount), wallet=source, to_wallet=target, category=None
            )

    def _parts_of(self, row: PreviewLine) -> list[Split]:
        """The parts that this line brings: not those that the other account's own line brings as a transfer."""
        is_foreign = row.verdict is Verdict.FOREIGN
        return [part for part in row.line.splits if part.amount and (is_foreign or not self._has_own_line(row, part))]

    def _group_of(self, row: PreviewLine) -> uuid.UUID | None:
        """The group of the parts of this line that are in the books already."""
        found = (self._groups.get((row.wallet or 0, key)) for key in keys(row))
        return next((group for group in found if group), None)

    @cached_property
    def _groups(self) -> dict[tuple[int, str], uuid.UUID | None]:
        """Wallet and key of parts of these lines that are in the books → their group; a query if lines are split."""
        wanted = [key for row in self._rows if row.line.splits for key in keys(row)]
        if not wanted:
            return {}
        here = ImportedLine.objects.of(self._household).filter(is_among("key", wanted), entry__isnull=False)
        rows = here.values_list("wallet", "key", "entry__group_id")
        return {(wallet, key): group for wallet, key, group in rows}

    def _has_own_line(self, row: PreviewLine, part: Split) -> bool:
        """Does the account that this part moved to tell of it too? Then its line brings the transfer."""
        ends = fold(part.transfer), fold(row.line.account), -part.amount
        return bool(part.transfer) and any(abs(day - row.line.date) <= WINDOW for day in self._days_of_moves[ends])

    @cached_property
    def _days_of_moves(self) -> defaultdict[tuple[str, str, Decimal], list[datetime.date]]:
        """Account, other end and amount of lines that name another account → their days."""
        found = defaultdict(list)
        for row in self._rows:
            line = row.line
            if line.account:
                found[fold(line.account), fold(line.transfer), line.amount].append(line.date)
        return found

    def _choice_of(self, row: PreviewLine, part: Split) -> Choice:
        """The part's own category, else what its own words speak for."""
        told = row.line._replace(amount=part.amount, category=part.category, splits=())
        if part.note:
            told = told._replace(description=part.note, words=part.note, also=())
        return self._chooser.choose(told, Asked.of(told))

    def _entry(
        self,
        row: PreviewLine,
        amount: Decimal,
        choice: Choice,
        *,
        told: Told,
        group: uuid.UUID | None = None,
        note: str = "",
    ) -> Booking:
        return Booking(
            kind=choice.kind,
            # Relative to its kind: money that comes in under a category of spending is money back.
            amount=amount if choice.kind == "income" else -amount,
            date=row.line.date,
            wallet=row.wallet or 0,
            to_wallet=None,
            category=self._category(choice),
            note=(note or row.note)[: choosing.NOTE_LENGTH],
            bank_text=choosing.bank_text(row.line),
            told=(told,),
            group=group,
            comment=choosing.comment(row.line),
        )

    def _category(self, choice: Choice) -> int:
        if not choice.new_name:
            return choice.category
        wanted = choice.kind, fold(choice.new_name)
        if wanted not in self._made:
            self._made[wanted] = recording.category_named(self._household, kind=choice.kind, name=choice.new_name)
        return self._made[wanted]


def _suggested(row: PreviewLine) -> Chosen:
    """What the line becomes unless somebody objects."""
    if row.verdict in MOVED:
        return None
    return OF_FILE if row.line.splits or row.choice.new_name else row.choice.category


def _ways(amount: Decimal, own: int, other: int) -> tuple[int, int]:
    """From where to where money went that came into the own wallet (amount > 0) or left it."""
    return (own, other) if amount < 0 else (other, own)


def _told(row: PreviewLine) -> Told:
    line = row.line
    # Whatever it looks like: a line that is booked later comes a second time.
    is_pending = line.status is Status.PENDING
    return Told(row.wallet or 0, row.key, line.number, line.raw, line.date, line.amount, is_pending=is_pending)


def _beside(key: str, place: int) -> str:
    """The key of another part of a split line; the database's column holds 64 characters."""
    return f"{key[:60]}+{place:03}"
