"""A statement as text, each entry a block of lines such as "Date: 13/03/2026": cut into records like any table."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from transactions.importers import dates, numbers
from transactions.importers.base import StatementError, sentence
from transactions.importers.headings import roles_of
from transactions.importers.records import MOST_LINES, TOO_MANY_LINES, Record
from transactions.importers.vocabulary import Role

_LABELLED = re.compile(r"\s*([^\W\d_][^:,;|\t\n]{0,30}?)\s*:(?!//)(.*)", re.DOTALL)
_SAMPLE_LINES = 60
_SAMPLE_LETTERS = 20_000
_MOST_NAMES = 64
_LONGEST_TEXT = 10_000


class _Line(NamedTuple):
    number: int
    text: str
    name: str = ""
    value: str = ""


def records(text: str) -> list[Record] | None:
    """The preamble, the names as a header, and a record for each block; None for text of any other kind."""
    sample = list(islice(_lines(text[:_SAMPLE_LETTERS]), _SAMPLE_LINES))
    if sum(not line.name for line in sample) * 4 > len(sample):
        return None
    start = _start(sample)
    if start is None:
        return None
    if text.count("\n") > MOST_LINES:
        raise StatementError(sentence(TOO_MANY_LINES, most=MOST_LINES))
    preamble, blocks = _cut(_lines(text), start)
    names = tuple(dict.fromkeys(line.name for block in blocks for line in block if line.name))[:_MOST_NAMES]
    header = Record(blocks[0][0].number, ": ".join(names), names)
    above = [Record(line.number, line.text, (line.name, line.value)) for line in preamble]
    return [*above, header, *(_record(block, names) for block in blocks)]


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if not line.strip():
            continue
        found = _LABELLED.fullmatch(line)
        yield _Line(number, line, found[1], found[2].strip()) if found else _Line(number, line)


def _start(lines: Sequence[_Line]) -> str | None:
    """The name that begins a block: that of a day, below which an amount follows before the next day."""
    start = None
    for line in lines:
        roles = {found.role for found in roles_of(line.name)}
        if Role.DATE in roles and dates.is_date(line.value):
            start = line.name
        elif start and roles & {Role.AMOUNT, Role.DEBIT, Role.CREDIT} and numbers.is_amount(line.value):
            return start
    return None


def _cut(lines: Iterator[_Line], start: str) -> tuple[list[_Line], list[list[_Line]]]:
    preamble: list[_Line] = []
    blocks: list[list[_Line]] = []
    for line in lines:
        if line.name == start:
            blocks.append([])
        (blocks[-1] if blocks else preamble).append(line)
    return preamble, blocks


def _record(block: Sequence[_Line], names: Sequence[str]) -> Record:
    """A line without a name goes on with what the last one said."""
    told: dict[str, str] = {}
    last = ""
    for line in block:
        last = line.name or last
        if line.name:
            told[last] = line.value
        elif len(told.get(last, "")) < _LONGEST_TEXT:
            told[last] = f"{told.get(last, '')} {line.text.strip()}".strip()
    return Record(block[0].number, "\n".join(line.text for line in block), tuple(told.get(name, "") for name in names))
