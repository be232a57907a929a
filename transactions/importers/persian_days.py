"""Days of the calendar of Iran: 1403/05/12 is the second of August 2024. Decided for a file, never for a day.

Only in files that have no other day in any row, and only where each such cell of a column is a day of that calendar.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache, partial

from transactions.importers import dayless
from transactions.importers.records import Record, changed

# With two marks between, so that no number of eight digits is taken for one; perhaps with the time of day.
_DAY = re.compile(r"'?(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)(.{0,20})")
_FIRST, _LAST = 1300, 1500
# Eight years of thirty-three have a day more.
_CYCLE, _LONG = 33, frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_KNOWN_YEAR, _KNOWN_DAY = 1403, date(2024, 3, 20)
_LONG_MONTHS, _DAYS_OF_LONG, _DAYS_OF_OTHERS = 6, 31, 30
_MOST_COLUMNS = 64


def completed(records: Sequence[Record]) -> Sequence[Record]:
    """The records with such days as most count them; the same records where there are none."""
    places = _places(dayless.sample(records, _DAY))
    return changed(records, partial(map, partial(_written_out, places=places))) if places else records


def _places(sample: Sequence[Record]) -> list[int]:
    """Columns that hold such days in most of their cells, and nothing that only looks like one."""
    found = []
    for place in range(min(max((len(record.cells) for record in sample), default=0), _MOST_COLUMNS)):
        cells = [cell for record in sample if place < len(record.cells) and (cell := record.cells[place])]
        alike = [cell for cell in cells if _DAY.fullmatch(cell)]
        if len(alike) * 2 >= len(cells) and alike and all(_common(cell) != cell for cell in alike):
            found.append(place)
    return found


def _common(cell: str) -> str:
    """A day as most count it; any other text as it is."""
    found = _DAY.fullmatch(cell)
    day = _day(int(found[1]), int(found[3]), int(found[4])) if found else None
    return f"{day}{found[5]}" if found and day else cell


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST <= year <= _LAST or not 1 <= month <= 12:
        return None
    before = (month - 1) * _DAYS_OF_OTHERS + min(month - 1, _LONG_MONTHS)
    found = _first_day(year) + timedelta(before + day - 1)
    is_of_month = 1 <= day <= (_DAYS_OF_LONG if month <= _LONG_MONTHS else _DAYS_OF_OTHERS)
    return found if is_of_month and found < _first_day(year + 1) else None


@lru_cache(maxsize=256)
def _first_day(year: int) -> date:
    sign = 1 if year >= _KNOWN_YEAR else -1
    between = range(_KNOWN_YEAR, year) if sign > 0 else range(year, _KNOWN_YEAR)
    return _KNOWN_DAY + sign * timedelta(sum(366 if each % _CYCLE in _LONG else 365 for each in between))


def _written_out(record: Record, places: Sequence[int]) -> Record:
    cells = (_common(cell) if place in places else cell for place, cell in enumerate(record.cells))
    return record._replace(cells=tuple(cells))
