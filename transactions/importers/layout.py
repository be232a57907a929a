"""A table with its parts told apart: what stands before it, its header, its rows, and which column holds what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transactions.importers.app_layout import App
from transactions.importers.base import StatementLine
from transactions.importers.records import Record


@dataclass(frozen=True, slots=True)
class AppColumns:
    """Positions of the columns that only exports of other apps have; what they mean stands in ``App``."""

    app: App
    kind: int | None = None
    outward: int | None = None
    account_in: int | None = None
    other: int | None = None
    other_in: int | None = None
    mark: int | None = None
    opening: int | None = None
    closing: int | None = None
    group: int | None = None
    group_title: int | None = None
    people: tuple[int, ...] = ()
    ours: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns, counted from 0; ``dates`` has the day that counts first, ``texts`` the best text first.

    ``names`` are the header's cells; without a header there are none. ``currency_in_names`` is an ISO code that a
    column's name carries, as in "Bedrag (EUR)". ``categories`` has the group of a category before its name.
    ``side_words`` has words for in and out, but too few of them to be the direction.
    ``payer`` and ``payee`` are there where a file names both: one of them is the account's own holder.
    ``wordless`` are the columns that are no part of a line's identity, as they were found in the file itself.
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
    side_words: int | None = None
    payer: int | None = None
    payee: int | None = None
    wordless: frozenset[int] = frozenset()

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
        """The columns that are no text of a line.

        In an app people go on working: they clear, tag and sort lines anew, and export them again. There only the
        texts and the account tell a line.
        """
        if self.of_app:
            words = {*self.texts, self.account, self.of_app.account_in} - set(self.categories)
            return frozenset(place for place in range(len(self.names)) if place not in words)
        several = (self.balance, self.state, self.fee, self.direction, self.currency)
        return frozenset(column for column in (*self.dates, *self.figures, *several) if column is not None)


@dataclass(frozen=True, slots=True)
class Layout:
    """``header`` is the line that names the columns, ``body`` the rows below it, of ``width`` cells."""

    columns: Columns
    width: int
    header: Record | None
    preamble: Sequence[Record] = field(default=())
    body: Sequence[Record] = field(default=())


class Row(NamedTuple):
    """A line and the cells it was read from."""

    line: StatementLine
    cells: Sequence[str]
