"""A table with its parts told apart: what stands before it, its header, its rows, and which column holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transactions.importers.app_layout import App
from transactions.importers.base import StatementLine
from transactions.importers.directions import Side
from transactions.importers.records import Record
from transactions.importers.wording import EVERY_CELL, Wording


@dataclass(frozen=True, slots=True)
class AppColumns:
    """Positions of the columns that only exports of other apps have; what they mean stands in ``App``."""

    app: App
    kind: int | None = None
    outward: int | None = None
    account_in: int | None = None
    amount_in: int | None = None
    category_in: int | None = None
    currency_in: int | None = None
    other: int | None = None
    other_in: int | None = None
    mark: int | None = None
    opening: int | None = None
    closing: int | None = None
    group: int | None = None
    group_title: int | None = None
    part: int | None = None
    parts: int | None = None
    people: tuple[int, ...] = ()
    ours: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns, counted from 0; ``dates`` has the day that counts first, ``texts`` the best text first.

    ``names`` are the header's cells; without a header there are none. ``currency_in_names`` is an ISO code that a
    column's name carries, as in "Bedrag (EUR)". ``categories`` has the group of a category before its name.
    ``wording`` says which cells tell a line for good.
    ``kinds`` says which way the money went for words of the direction column that are kinds of payments.
    ``has_signs_apart``: the direction is a plus or a minus in a column of its own.
    ``side_words`` has words for in and out, but too few of them to be the direction.
    ``payer`` and ``payee`` are there where a file names both: one of them is the account's own holder.
    ``are_sides_guessed``: nothing told debit from credit.
    """

    dates: tuple[int, ...] = ()
    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    direction: int | None = None
    balance: int | None = None
    currency: int | None = None
    state: int | None = None
    fee: int | None = None
    bank_id: int | None = None
    account: int | None = None
    categories: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    currency_in_names: str | None = None
    of_app: AppColumns | None = None
    wording: Wording = EVERY_CELL
    kinds: Mapping[str, Side] = field(default_factory=dict)
    has_signs_apart: bool = False
    side_words: int | None = None
    payer: int | None = None
    payee: int | None = None
    are_sides_guessed: bool = False

    @property
    def figures(self) -> tuple[int, ...]:
        """The columns an amount is read from."""
        return tuple(column for column in (self.amount, self.debit, self.credit) if column is not None)

    def own_party(self, *, came_in: bool) -> int | None:
        """The column that names the account's own holder, as money came in or went out; None where no column does."""
        if self.payer is None or self.payee is None:
            return None
        return self.payee if came_in else self.payer

    @property
    def not_words(self) -> frozenset[int]:
        """The columns that are no text of a line."""
        if self.of_app and not self.of_app.app.keeps_words:
            return self.wording.none
        several = (self.balance, self.state, self.fee, self.direction, self.currency)
        return frozenset(column for column in (*self.dates, *self.figures, *several) if column is not None)


@dataclass(frozen=True, slots=True)
class Layout:
    """``header`` is the line that names the columns, ``body`` the rows below it, of ``width`` cells.

    ``account`` is the one that all of the table is of, as far as something else than a column names it.
    """

    columns: Columns
    width: int
    header: Record | None
    preamble: Sequence[Record] = field(default=())
    body: Sequence[Record] = field(default=())
    account: str = ""


class Row(NamedTuple):
    """A line and the cells it was read from."""

    line: StatementLine
    cells: Sequence[str]
