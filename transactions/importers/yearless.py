"""Days without a year, as some card statements print them (03/01): the statement's month gives it. Else untouched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice

from transactions.importers import dates, dayless
from transactions.importers.months import month_number
from transactions.importers.records import Record, changed
from transactions.importers.vocabulary import PENDING_WORDS, fold

_DAY = re.compile(r"'?(\d{1,2})([/.-])(\d{1,2})\.?")
_WHOLE_DAY = re.compile(r"(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2})(?!\d)")
_MONTHS = (
    re.compile(r"(?P<year>(?:19|20)\d\d)\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])\b(?![-/.]?\d)"),
    re.compile(r"\b(?P<month>0?[1-9]|1[0-2])[-/.](?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<name>[^\W\d_]{3,})\.?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)\b"),
)
_TITLE_ROWS = 20
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class _Month:
    """The month a statement is of."""

    year: int
    number: int

    def distance(self, day: date) -> int:
        return abs((day - date(self.year, self.number, 15)).days)


def completed(records: Sequence[Record]) -> Sequence[Record]:
    """The records with each day of a column of such days written out; the same records where there is none.

    Only in files that have no whole day in any row, and whose title names a month.
    """
    places = _places(dayless.sample(records, _DAY))
    month = _month_of(records) if places else None
    if month is None:
        return records
    pairs = {found.groups() for record in records for place in places if (found := _found(record, place))}
    is_day_first = _is_day_first([(int(first), int(second)) for first, _mark, second in pairs], month)
    write = partial(_written_out, places=places, month=month, is_day_first=is_day_first)
    return changed(records, partial(map, write))


def _month_of(records: Sequence[Record]) -> _Month | None:
    """The first month that the lines above the table name."""
    for record in islice(records, _TITLE_ROWS):
        for cell in record.cells:
            if period := _month_of_period(cell[:_LONGEST_TITLE]):
                return period
            for pattern in _MONTHS:
                for found in pattern.finditer(cell[:_LONGEST_TITLE]):
                    parts = found.groupdict()
                    number = month_number(parts["name"]) if "name" in parts else int(parts["month"])
                    if number and 1 <= number <= 12:
                        return _Month(int(parts["year"]), number)
    return None


def _month_of_period(title: str) -> _Month | None:
    """The month in the middle of a period from one whole day to another, in the order that makes it the shorter one."""
    whole = _WHOLE_DAY.findall(title)
    if len(whole) != 2:
        return None
    orders = [[day for text in whole for day in dates.days([text], order)] for order in dates.ORDERS]
    spans = [(last - first, first) for first, last in (days for days in orders if len(days) == 2) if first <= last]
    if not spans:
        return None
    length, first = min(spans)
    middle = first + length / 2
    return _Month(middle.year, middle.month)


def _places(sample: Sequence[Record]) -> list[int]:
    """Columns with nothing but such days below their name, or from the first of many such days to the last.

    What stands above and below a table may be as wide as the table.
    """
    width = max((len(record.cells) for record in sample), default=0)
    columns = [
        [cell for record in sample if place < len(record.cells) and (cell := record.cells[place])]
        for place in range(min(width, 64))
    ]
    counts = [sum(_DAY.fullmatch(cell) is not None for cell in cells) for cells in columns]
    return [
        place
        for place, (cells, days) in enumerate(zip(columns, counts, strict=True))
        if days and (days >= len(cells) - 2 or (days * 2 >= max(counts) and _are_between(cells, days)))
    ]


def _are_between(cells: Sequence[str], days: int) -> bool:
    """Whether hardly anything else stands between the first day and the last, but words for what is not booked."""
    places = [place for place, cell in enumerate(cells) if _DAY.fullmatch(cell)]
    between = cells[places[0] : places[-1] + 1]
    return len(between) - days <= 2 + sum(fold(cell) in PENDING_WORDS for cell in between)


def _found(record: Record, place: int) -> re.Match[str] | None:
    return _DAY.fullmatch(record.cells[place]) if place < len(record.cells) else None


def _is_day_first(pairs: Sequence[tuple[int, int]], month: _Month) -> bool:
    """The order in which all are days; where both do, the one that stays closer to the statement's month."""

    def farthest(*, day_first: bool) -> int:
        days = [_day(*(pair if day_first else pair[::-1]), month) for pair in pairs]
        return max((month.distance(day) if day else 10_000 for day in days), default=0)

    return farthest(day_first=True) <= farthest(day_first=False)


def _day(day: int, number: int, month: _Month) -> date | None:
    """The day in the year that brings it closest to the statement's month."""
    found = []
    for year in (month.year - 1, month.year, month.year + 1):
        try:
            found.append(date(year, number, day))
        except ValueError:
            continue
    return min(found, key=month.distance, default=None)


def _written_out(record: Record, places: Sequence[int], month: _Month, *, is_day_first: bool) -> Record:
    cells = list(record.cells)
    for place in places:
        if found := _found(record, place):
            first, second = int(found[1]), int(found[3])
            day = _day(first, second, month) if is_day_first else _day(second, first, month)
            cells[place] = day.isoformat() if day else cells[place]
    return record._replace(cells=tuple(cells))
