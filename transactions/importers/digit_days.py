"""Days as six or seven digits below a name in East Asian letters: 260313, and 1150313 of Taiwan. Else untouched."""

import re
from collections.abc import Sequence
from functools import partial

from transactions.importers import dates, dayless
from transactions.importers.headings import roles_of
from transactions.importers.records import Record, changed
from transactions.importers.vocabulary import Role

# Digits of elsewhere may have the day first; there nothing tells which of them is the year.
_NAME = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_DIGITS = re.compile(r"(1?\d\d)(\d\d)(\d\d)")
_HEADER_WITHIN = 20
_CENTURY_TURNS_AT = "50"


def completed(records: Sequence[Record]) -> Sequence[Record]:
    """The records with such a column's days written out; the same records where there is none.

    Only in files that have no whole day in any row.
    """
    places = _places(dayless.sample(records, _DIGITS))
    return changed(records, partial(map, partial(_written_out, places=places))) if places else records


def _places(sample: Sequence[Record]) -> list[int]:
    for number, record in enumerate(sample[:_HEADER_WITHIN]):
        named = [place for place, name in enumerate(record.cells) if _names_a_day(name)]
        if found := [place for place in named if _holds_days(sample[number + 1 :], place)]:
            return found
    return []


def _names_a_day(name: str) -> bool:
    roles = {found.role for found in roles_of(name)} if _NAME.search(name) else set()
    return bool(roles & {Role.DATE, Role.OTHER_DATE})


def _holds_days(rows: Sequence[Record], place: int) -> bool:
    cells = [cell for record in rows if place < len(record.cells) and (cell := record.cells[place])]
    return bool(cells) and all(day != cell and dates.is_date(day) for cell in cells for day in [_day(cell)])


def _day(cell: str) -> str:
    found = _DIGITS.fullmatch(cell)
    if found is None:
        return cell
    year, month, day = found.groups()
    century = "" if len(year) > 2 else "20" if year < _CENTURY_TURNS_AT else "19"
    return f"{century}{year}-{month}-{day}"


def _written_out(record: Record, places: Sequence[int]) -> Record:
    cells = (_day(cell) if place in places else cell for place, cell in enumerate(record.cells))
    return record._replace(cells=tuple(cells))
