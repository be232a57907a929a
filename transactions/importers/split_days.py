"""Days whose year, month and day stand in columns of their own, as some banks of Japan print them: put together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from transactions.importers import dates
from transactions.importers.records import Record, changed
from transactions.importers.vocabulary import fold

_HEADER_WITHIN = 20
_MOST_COLUMNS = 64
# 操作日(年), 取扱日付・年: what the day is of, and which part of it.
_PART = re.compile(r"(.{,20}?)[\s(（・_-]*([年月日])[)）]?")
_PARTS = ("年", "月", "日")
_WORDS = {"year": "年", "month": "月", "day": "日"}
_NAME = "日付"


class _Places(NamedTuple):
    """The header's place among the records, and the columns of year, month and day."""

    header: int
    year: int
    month: int
    day: int


def completed(records: Sequence[Record]) -> Sequence[Record]:
    """The records with such a day in the column of its year; the same records where there is none."""
    found = _places(records)
    return changed(records, lambda each: _written_out(each, found)) if found else records


def _places(records: Sequence[Record]) -> _Places | None:
    """The header that names the three, if some row below it has a day in them."""
    first = list(islice(records, _HEADER_WITHIN))
    for number, record in enumerate(first):
        named: dict[tuple[str, str], int] = {}
        for place, cell in enumerate(record.cells[:_MOST_COLUMNS]):
            if part := _part(cell):
                named.setdefault(part, place)
        for stem, _part_of_it in named:
            places = [named[stem, each] for each in _PARTS if (stem, each) in named]
            if len(places) == len(_PARTS) and any(dates.is_date(_day(row, places)) for row in first[number + 1 :]):
                return _Places(number, *places)
    return None


def _day(record: Record, places: Sequence[int]) -> str:
    return "-".join(record.cells[place] for place in places if place < len(record.cells))


def _part(name: str) -> tuple[str, str] | None:
    """What a column's day is of, and the part of it: ("操作日", "月")."""
    if word := _WORDS.get(fold(name)):
        return "", word
    found = _PART.fullmatch(name)
    return (found[1], found[2]) if found else None


def _written_out(records: Iterable[Record], found: _Places) -> Iterator[Record]:
    parts = (found.year, found.month, found.day)
    for number, record in enumerate(records):
        if number < found.header or len(record.cells) <= max(parts):
            yield record
            continue
        day = _NAME if number == found.header else _day(record, parts)
        is_whole = number == found.header or dates.is_date(day)
        cells = ["" if place in parts else cell for place, cell in enumerate(record.cells)]
        cells[found.year] = day
        yield record._replace(cells=tuple(cells)) if is_whole else record
