"""Balances that a file carries: what they prove about its lines. They warn and settle doubts; they change no amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from transactions.importers.base import Balances, StatementLine


class Edges(NamedTuple):
    """The balance before the oldest line and after the newest, where the lines' balances run on without a gap."""

    opening: Decimal | None
    closing: Decimal | None


_NOTHING, _ZERO = Edges(None, None), Decimal(0)


def edges(lines: Iterable[StatementLine]) -> Edges:
    """Both None when a line carries no balance or the balances do not run on; either order of the lines is fine."""
    run = _Run()
    for line in lines:
        if not run.goes_on(line):
            return _NOTHING
    return run.edges


def of_accounts(lines: Iterable[StatementLine]) -> dict[str, Balances]:
    """The same of each account of several, where both are there."""
    runs: dict[str, _Run] = {}
    currencies: dict[str, str | None] = {}
    broken: set[str] = set()
    for line in lines:
        account = line.account
        if account not in broken and not runs.setdefault(account, _Run()).goes_on(line):
            broken.add(account)
        if line.balance is None and len(broken) == len(runs):
            # A file that has no balances at all is not read to its end.
            return {}
        currencies.setdefault(account, line.currency)
    found = {account: run.edges for account, run in runs.items() if account not in broken}
    return {
        account: Balances(opening, closing, currencies[account])
        for account, (opening, closing) in found.items()
        if opening is not None and closing is not None
    }


@dataclass(slots=True)
class _Run:
    """Lines of one account, one after the other, as long as their balances run on."""

    first: StatementLine | None = None
    last: StatementLine | None = None
    is_oldest_first: bool = True
    is_newest_first: bool = True

    def goes_on(self, line: StatementLine) -> bool:
        """Takes one more line; False where it carries no balance."""
        level, last = line.balance, self.last
        if level is None:
            return False
        if last is None:
            self.first = line
        else:
            before = last.balance or _ZERO
            self.is_oldest_first = self.is_oldest_first and before + line.amount == level
            self.is_newest_first = self.is_newest_first and level + last.amount == before
        self.last = line
        return True

    @property
    def edges(self) -> Edges:
        first, last = self.first, self.last
        if first is None or last is None or not (self.is_oldest_first or self.is_newest_first):
            return _NOTHING
        oldest, newest = (first, last) if self.is_oldest_first else (last, first)
        return Edges((oldest.balance or _ZERO) - oldest.amount, newest.balance)


class Votes(NamedTuple):
    """``with_fee``: in how many lines with a fee the balance moved by amount − fee; ``without``: by the amount alone.

    ``fees`` is the sum of them, ``lines`` how many lines have one.
    """

    with_fee: int
    without: int
    fees: Decimal
    lines: int


def fee_votes(lines: Iterable[tuple[StatementLine, Decimal]]) -> Votes:
    """What lines and their fees, zero where there is none, say in either order of the lines."""
    with_fee = without = number = 0
    fees = Decimal(0)
    last: tuple[StatementLine, Decimal] | None = None
    for each in lines:
        fees, number = fees + each[1], number + bool(each[1])
        for (before, _fee), (line, fee) in ((last, each), (each, last)) if last else ():
            if fee and before.balance is not None and line.balance is not None:
                moved = line.balance - before.balance
                with_fee += moved == line.amount - fee
                without += moved == line.amount
        last = each
    return Votes(with_fee, without, fees, number)
