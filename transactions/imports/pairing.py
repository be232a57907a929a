"""Lines of one file that are the two halves of a transfer between wallets of the household."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple, Self

from transactions.imports.evidence import Evidence, Side
from transactions.imports.matching import SLOW_WINDOW, WINDOW
from transactions.imports.verdicts import PreviewLine


class Half(NamedTuple):
    """What can be told of a line that may be half of a transfer.

    ``wallet``: the id of the one it goes to, or the name of one still to be made. ``account`` and ``transfer`` are its
    own account and the other end, as the file names them; ``says`` is what else it tells.
    """

    number: int
    date: datetime.date
    amount: Decimal
    wallet: int | str
    name: str
    account: str
    transfer: str
    says: Side

    @classmethod
    def of(cls, row: PreviewLine, says: Side) -> Self:
        line = row.line
        return cls(line.number, line.date, line.amount, says.wallet, row.wallet_name, line.account, line.transfer, says)


def pairs(halves: Sequence[Half], evidence: Evidence) -> dict[int, Half]:
    """Line number → the line in another wallet that may be the other half of the same transfer; both ways."""

    def may_be(each: Half, other: Half) -> bool:
        return abs(other.date - each.date) <= (SLOW_WINDOW if _names(each, other) else WINDOW)

    return _paired(halves, may_be, evidence)


def slow_pairs(halves: Sequence[Half], evidence: Evidence) -> dict[int, Half]:
    """The same of lines more days apart, where nothing is against it: no transfer unless somebody says so."""

    def may_be(each: Half, other: Half) -> bool:
        return abs(other.date - each.date) <= SLOW_WINDOW and not evidence.is_against(each.says, other.says)

    return _paired(halves, may_be, evidence)


def _paired(halves: Sequence[Half], may_be: Callable[[Half, Half], bool], evidence: Evidence) -> dict[int, Half]:
    by_amount: defaultdict[Decimal, list[Half]] = defaultdict(list)
    for each in halves:
        by_amount[each.amount].append(each)
    found: dict[int, Half] = {}
    for each in halves:
        if each.amount >= 0 or each.number in found:
            continue
        near = [
            other
            for other in by_amount[-each.amount]
            if other.wallet != each.wallet and other.number not in found and may_be(each, other)
        ]
        if near:
            other = min(near, key=partial(_distance, evidence, each))
            found[each.number], found[other.number] = other, each
    return found


def _distance(evidence: Evidence, each: Half, other: Half) -> tuple[bool, bool, datetime.timedelta, int]:
    """Nearest first: a line that names the other's account, then one that nothing speaks against, then the days between
    them, then the file's order."""
    is_against = evidence.is_against(each.says, other.says)
    return not _names(each, other), is_against, abs(other.date - each.date), other.number


def is_sure(evidence: Evidence, each: Half, other: Half) -> bool:
    """Do both lines mean it, or does nothing that is known of them speak against it?"""
    return _names(each, other) or not evidence.is_against(each.says, other.says)


def _names(each: Half, other: Half) -> bool:
    """Does one of the lines name the account of the other as the other end?"""
    return (bool(each.transfer) and each.transfer == other.account) or (
        bool(other.transfer) and other.transfer == each.account
    )
