"""What the select of a statement's line says: a category, a transfer, an entry that is here, or what the file has;
and which of these fit."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import ngettext

from transactions.imports import booking
from transactions.imports.booking import Chosen, IsEntry, ToWallet
from transactions.imports.choosing import Chooser
from transactions.imports.verdicts import MOVED, Entry, PreviewLine, Verdict
from transactions.labels import Labels

AS_TRANSFER = "transfer"
# No transfer; beyond that as the file has it: in parts, or in a category that is still to be made.
AS_FILE = "file"
# No entry: what its wallet begins with.
AS_OPENING = "opening"
# Nothing new: the entry of this key, in the version in which it was seen beside the line, and told of by so many lines.
AS_ENTRY = "is-"
# Behind that: the entry gets the line's amount and day.
AS_BANK = "b"
_ENTRY = re.compile(rf"is-([0-9]{{1,17}})(?:\.([0-9]{{1,9}})\.([0-9]{{1,9}}))?({AS_BANK}?)")
# The money went to the wallet of this key, or came from it.
TO_WALLET = "to-"
_WALLET = re.compile(r"to-([0-9]{1,17})")


class Listed(NamedTuple):
    """What of the household's own its selects list: open categories with their kinds, and open wallets."""

    kinds: Mapping[int, str]
    wallets: Collection[int]

    @classmethod
    def of(cls, own: Labels) -> "Listed":
        return cls(own.open_kinds, {wallet.id for wallet in own.open_wallets})

    def has(self, value: str) -> bool:
        """Whether the category or the wallet that this may name is still one of them."""
        category, wallet = number(value), to_wallet(value)
        return (category is None or category in self.kinds) and (wallet is None or wallet in self.wallets)


def suggested(row: PreviewLine) -> str:
    """What the line becomes unless somebody objects."""
    if row.opens:
        return AS_OPENING
    return AS_TRANSFER if row.verdict in MOVED else unmoved(row)


def unmoved(row: PreviewLine) -> str:
    """What the line becomes where it is no transfer."""
    return AS_FILE if row.line.splits or row.choice.new_name else str(row.choice.category)


def as_entry(entry: Entry) -> str:
    """The line is this entry."""
    return f"{AS_ENTRY}{entry.id}.{entry.version}.{entry.told}"


def as_bank(entry: Entry) -> str:
    """The line is this entry, which gets the line's amount and day."""
    return f"{as_entry(entry)}{AS_BANK}"


def is_entry(value: str) -> bool:
    """Whether this says that the line is an entry which is here."""
    return _ENTRY.fullmatch(value) is not None


def to_wallet(value: str) -> int | None:
    """The wallet that the money went to, or came from, where this says so."""
    found = _WALLET.fullmatch(value)
    return int(found[1]) if found else None


def moved(row: PreviewLine, wallet: int) -> str:
    """The line is a transfer with this wallet: the one that is suggested, where it leads there."""
    end = row.other_end
    return AS_TRANSFER if end is not None and end.wallet == wallet else f"{TO_WALLET}{wallet}"


def is_moved(value: str) -> bool:
    """Whether a line that becomes this brings nothing in and takes nothing out."""
    return value in {AS_TRANSFER, AS_OPENING} or is_entry(value) or to_wallet(value) is not None


def booked(value: str) -> Chosen:
    """The choice as a booking has it: a category, None for a transfer; what is no number is no category: 0."""
    if value == AS_TRANSFER:
        return None
    if value in {AS_FILE, AS_OPENING}:
        return booking.OF_FILE if value == AS_FILE else booking.OPENING
    if told := _ENTRY.fullmatch(value):
        entry, version, lines, mark = told.groups()
        seen = int(version) if version else None, int(lines) if lines else None
        return IsEntry(int(entry), seen[0], seen[1], as_bank=bool(mark))
    if (wallet := to_wallet(value)) is not None:
        return ToWallet(wallet)
    return number(value) or 0


def is_one(value: str) -> bool:
    """Whether a select of some line could say this."""
    return value == AS_FILE or is_moved(value) or number(value) is not None


def number(text: str) -> int | None:
    """The number that the text is, if it is one that a key can be."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def fits(value: str, row: PreviewLine, listed: Listed) -> bool:
    """Whether the line's select has this choice."""
    if value == AS_TRANSFER:
        return row.other_end is not None or (row.verdict is Verdict.JOINS and row.like is not None)
    if value == AS_FILE:
        return bool(row.line.splits or row.choice.new_name)
    if value == AS_OPENING:
        return row.opens
    if is_entry(value):
        like = row.like if row.verdict is Verdict.LOOKALIKE else None
        return like is not None and (value == as_entry(like) or (row.corrects and value == as_bank(like)))
    if (wallet := to_wallet(value)) is not None:
        return wallet in listed.wallets and row.may_move_to(wallet)
    kind = listed.kinds.get(number(value) or 0)
    return kind == "expense" or (kind is not None and (row.line.amount > 0 or value == unmoved(row)))


def is_lost(value: str, row: PreviewLine) -> bool:
    """Whether the line was said to be an entry, or to move money, and cannot be that as it is judged now.

    Whether a wallet is still open is another question.
    """
    wallet = to_wallet(value)
    return is_moved(value) and not fits(value, row, Listed({}, () if wallet is None else {wallet}))


def spreads(value: str, *, came_in: bool, listed: Listed) -> bool:
    """Whether other lines whose money goes the same way may become this: a category, and no income given back; or a
    transfer with a wallet."""
    if (wallet := to_wallet(value)) is not None:
        return wallet in listed.wallets
    kind = listed.kinds.get(number(value) or 0)
    return kind == "expense" or (kind == "income" and came_in)


def told_released(lines: Sequence[int]) -> str:
    """That these lines are no longer said to be entries, so that none is taken unless it is ticked anew."""
    sentence = ngettext(
        "You took back that line %(lines)s is an entry of yours, so it is not ticked any more. Tick it if it is a new"
        " one, then import.",
        "You took back that lines %(lines)s are entries of yours, so they are not ticked any more. Tick those that are"
        " new ones, then import.",
        len(lines),
    )
    return sentence % {"lines": ", ".join(map(str, lines))}


def up_to_date(rows: Sequence[PreviewLine], chooser: Chooser) -> list[PreviewLine]:
    """The rows, chosen for anew where the suggested category is gone or archived; two queries if there are such."""
    stale = [row.line for row in rows if row.choice.category not in chooser.kinds]
    if not stale:
        return list(rows)
    anew = (chooser.choose(line, asked) for line, asked in zip(stale, chooser.look_at(stale), strict=True))
    return [row if row.choice.category in chooser.kinds else row._replace(choice=next(anew)) for row in rows]
