"""What becomes of each line of a statement: a verdict, a category or the other end of a transfer, and why."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple, Self

from transactions.importers.base import Statement, StatementLine
from transactions.imports import choosing
from transactions.imports.choosing import Choice


class Verdict(Enum):
    """What an import does with a line.

    NEW and TRANSFER bring an entry; JOINS belongs to a transfer that is here already; OPENING is what its wallet begins
    with; LOOKALIKE may be an entry that is here already, PENDING may still change, DELETED was removed on purpose,
    UNTICKED was left out of an earlier import, BEGUN says what a wallet begins with that has begun already, FOREIGN is
    in another currency: these six are offered and not taken by themselves. KNOWN, ZERO, UNFIT and LEFT_OUT bring
    nothing.
    """

    NEW = "new"
    TRANSFER = "transfer"
    JOINS = "joins"
    OPENING = "opening"
    LOOKALIKE = "lookalike"
    PENDING = "pending"
    DELETED = "deleted"
    UNTICKED = "unticked"
    BEGUN = "begun"
    FOREIGN = "foreign"
    KNOWN = "known"
    ZERO = "zero"
    UNFIT = "unfit"
    LEFT_OUT = "left-out"


TAKEN = (Verdict.NEW, Verdict.TRANSFER, Verdict.JOINS, Verdict.OPENING)
OFFERED = (Verdict.LOOKALIKE, Verdict.PENDING, Verdict.DELETED, Verdict.UNTICKED, Verdict.BEGUN)
# What the books keep without an entry; it gets one where it is taken all the same.
WITHOUT_ENTRY = (Verdict.DELETED, Verdict.UNTICKED)
# Where a member does not take such a line, that is on purpose: the books keep it.
KEPT_IF_LEFT = (Verdict.NEW, Verdict.OPENING)
# Money that moves between own wallets: nothing comes in, and nothing goes out.
MOVED = (Verdict.TRANSFER, Verdict.JOINS)
# What a wallet held before anything came in or went out.
BEGINNINGS = (Verdict.OPENING, Verdict.BEGUN)
NEITHER_IN_NOR_OUT = (*MOVED, *BEGINNINGS)
# What such a line may be judged to be, and be taken all the same.
_OPENABLE = (*BEGINNINGS, Verdict.DELETED, Verdict.UNTICKED, Verdict.FOREIGN)
# What cannot be said to be a transfer with some wallet: it is one that is here, or its amount is not the wallets'.
UNMOVABLE = (Verdict.JOINS, Verdict.FOREIGN)


def takeable(*, is_foreign: bool) -> tuple[Verdict, ...]:
    """Verdicts whose lines can be taken, whether they are offered ticked or not."""
    return (*TAKEN, *OFFERED, Verdict.FOREIGN) if is_foreign else (*TAKEN, *OFFERED)


class Likeness(Enum):
    """Why a line looks like an entry, where it is not merely one of the same amount within a few days.

    LATE is the other side of a transfer that is here, booked by a slow bank. ID is a line of the bank's own number that
    came before with another amount or day, DAY one of the same words that an earlier file has on another day.
    """

    LATE = "late"
    ID = "id"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the household as a line is compared with it; ``moved`` is what it did to ``wallet``.

    ``is_free``: it may become a transfer without asking. Nobody put it into a category, or changed it since its import.
    ``told``: how many lines told of it before. ``is_part``: of a split payment. While a file is judged, ``claim`` is
    its category, unless that is “Other”, and ``words`` what the bank wrote.
    """

    id: int
    date: datetime.date
    note: str
    kind: str
    moved: Decimal
    wallet: int
    to_wallet: int | None
    version: int
    category: int | None
    is_free: bool = False
    told: int = 0
    is_part: bool = False
    claim: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class OtherEnd:
    """The other end of a transfer: a wallet, and the entry or the line of the same file that tells of it too.

    ``wallet`` is None while the wallet is still to be made. ``is_likely``: taken as a transfer unless somebody objects;
    else it is one if somebody says so.
    ``is_learned``: only because the last entry of the payee was a transfer with this wallet.
    """

    wallet: int | None
    name: str
    is_likely: bool
    entry: Entry | None = None
    line: int | None = None
    is_learned: bool = False


class PreviewLine(NamedTuple):
    """A line with its verdict. ``entry`` is the one that a known line brought, ``like`` the one that it looks like.

    ``wallet`` and ``wallet_name`` say where it goes; the former is None where that wallet is still to be made.
    ``left_on``: when it was left out on purpose. ``likeness``: by what else than amount and day it looks like one.
    """

    line: StatementLine
    key: str
    verdict: Verdict
    choice: Choice
    wallet: int | None
    wallet_name: str = ""
    entry: int | None = None
    like: Entry | None = None
    other_end: OtherEnd | None = None
    left_on: datetime.date | None = None
    likeness: Likeness | None = None

    @property
    def note(self) -> str:
        return choosing.note(self.line)

    def may_move_to(self, wallet: int) -> bool:
        """Can a member say that its money only moved between its own wallet and this one?

        Not where that is suggested already: then the other side is known, and goes with it.
        """
        is_whole = self.verdict not in UNMOVABLE and not self.line.splits
        is_suggested = self.other_end is not None and self.other_end.wallet == wallet
        return is_whole and wallet != self.wallet and not is_suggested

    @property
    def opens(self) -> bool:
        """Does it say what its wallet begins with, and become that where it is taken and nobody says otherwise?"""
        return self.line.is_opening and self.verdict in _OPENABLE

    @property
    def is_moved_as_last_time(self) -> bool:
        """Is it suggested to be a transfer for no other reason than that the last entry of its payee was one?"""
        return self.verdict is Verdict.TRANSFER and self.other_end is not None and self.other_end.is_learned

    @property
    def corrects(self) -> bool:
        """Does the line look like an entry of its wallet that has another amount or day, and could take the line's?"""
        like, line = self.like, self.line
        if self.verdict is not Verdict.LOOKALIKE or like is None or like.to_wallet is not None or like.is_part:
            return False
        is_other = (like.moved, like.date) != (line.amount, line.date)
        return is_other and like.wallet == self.wallet and like.moved * line.amount > 0

    @property
    def is_ticked(self) -> bool:
        """Is it taken unless somebody objects?"""
        return self.verdict in TAKEN


@dataclass(frozen=True)
class Preview:
    """What would happen to each line of a statement.

    ``is_foreign``: the whole file is in another currency than the wallets. Its lines can be taken, one to one, but
    only by a member who says so. ``wallets_by_name``: the wallets that parts of split lines may have moved to.
    """

    statement: Statement
    lines: tuple[PreviewLine, ...]
    is_foreign: bool = False
    wallets_by_name: Mapping[str, int] = field(default_factory=dict)

    def of(self, *verdicts: Verdict) -> list[PreviewLine]:
        return [line for line in self.lines if line.verdict in verdicts]

    @property
    def takeable(self) -> list[PreviewLine]:
        """Lines that can be taken, whether they are offered ticked or not."""
        return self.of(*takeable(is_foreign=self.is_foreign))


@dataclass(frozen=True)
class Totals:
    """How many lines, and what they bring in and take out, both ≥ 0."""

    count: int
    came_in: Decimal
    went_out: Decimal

    @classmethod
    def of(cls, count: int, amounts: Collection[Decimal]) -> Self:
        """``amounts``: of money that moves between own wallets nothing comes in and nothing goes out."""
        came_in = sum((amount for amount in amounts if amount > 0), Decimal(0))
        return cls(count, came_in, -sum((amount for amount in amounts if amount < 0), Decimal(0)))

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.count + other.count, self.came_in + other.came_in, self.went_out + other.went_out)


def totals(lines: Iterable[PreviewLine]) -> Totals:
    """What the lines come to as they are suggested."""
    found = list(lines)
    return Totals.of(len(found), [each.line.amount for each in found if each.verdict not in NEITHER_IN_NOR_OUT])
