"""What the select of a statement's line says: a category, a transfer, an entry that is here, or what the file has;
and which of these fit."""

import re
from collections.abc import Mapping, Sequence

from transactions import booking
from transactions.booking import Chosen, IsEntry
from transactions.choosing import Chooser
from transactions.verdicts import MOVED, Entry, PreviewLine, Verdict

AS_TRANSFER = "transfer"
# No transfer; beyond that as the file has it: in parts, or in a category that is still to be made.
AS_FILE = "file"
# Nothing new: the entry of this key, in the version in which it was seen beside the line.
AS_ENTRY = "is-"
_ENTRY = re.compile(r"is-([0-9]{1,17})(?:\.([0-9]{1,9}))?")


def suggested(row: PreviewLine) -> str:
    """What the line becomes unless somebody objects."""
    return AS_TRANSFER if row.verdict in MOVED else unmoved(row)


def unmoved(row: PreviewLine) -> str:
    """What the line becomes where it is no transfer."""
    return AS_FILE if row.line.splits or row.choice.new_name else str(row.choice.category)


def as_entry(entry: Entry) -> str:
    """The line is this entry."""
    return f"{AS_ENTRY}{entry.id}.{entry.version}"


def is_entry(value: str) -> bool:
    """Whether this says that the line is an entry which is here."""
    return _ENTRY.fullmatch(value) is not None


def is_moved(value: str) -> bool:
    """Whether a line that becomes this brings nothing in and takes nothing out."""
    return value == AS_TRANSFER or is_entry(value)


def booked(value: str) -> Chosen:
    """The choice as a booking has it: a category, None for a transfer; what is no number is no category: 0."""
    if value == AS_TRANSFER:
        return None
    if value == AS_FILE:
        return booking.OF_FILE
    if told := _ENTRY.fullmatch(value):
        return IsEntry(int(told[1]), int(told[2]) if told[2] else None)
    return number(value) or 0


def is_one(value: str) -> bool:
    """Whether a select of some line could say this."""
    return value in {AS_TRANSFER, AS_FILE} or is_entry(value) or number(value) is not None


def number(text: str) -> int | None:
    """The number that the text is, if it is one that a key can be."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def fits(value: str, row: PreviewLine, kinds: Mapping[int, str]) -> bool:
    """Whether the line's select has this choice; ``kinds`` are those of the household's open categories."""
    if value == AS_TRANSFER:
        return row.other_end is not None or (row.verdict is Verdict.JOINS and row.like is not None)
    if value == AS_FILE:
        return bool(row.line.splits or row.choice.new_name)
    if is_entry(value):
        return row.verdict is Verdict.LOOKALIKE and row.like is not None and value == as_entry(row.like)
    category = number(value) or 0
    return category in kinds and (kinds[category] == "expense" or row.line.amount > 0 or value == unmoved(row))


def spreads(value: str, *, came_in: bool, kinds: Mapping[int, str]) -> bool:
    """Whether other lines whose money goes the same way may become this: a category, and no income given back."""
    kind = kinds.get(number(value) or 0)
    return kind == "expense" or (kind == "income" and came_in)


def up_to_date(rows: Sequence[PreviewLine], chooser: Chooser) -> list[PreviewLine]:
    """The rows, chosen for anew where the suggested category is gone or archived; two queries if there are such."""
    stale = [row.line for row in rows if row.choice.category not in chooser.kinds]
    if not stale:
        return list(rows)
    chooser.look_at(stale)
    return [
        row if row.choice.category in chooser.kinds else row._replace(choice=chooser.choose(row.line)) for row in rows
    ]
