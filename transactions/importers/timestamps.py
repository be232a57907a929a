"""Days as seconds or milliseconds since 1970, as programs export them: written out as days. Else untouched."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial

from transactions.importers import dayless
from transactions.importers.headings import column_name, roles_of
from transactions.importers.records import Record, changed
from transactions.importers.vocabulary import Role

# From 2001 to 2100, in seconds, milliseconds or microseconds; ten digits of another time are another number.
_STAMP = re.compile(r"([1-4]\d{9})(?:(?:\d{3}){1,2}|\.\d+)?")
_NAMES = frozenset(
    {"timestamp", "epoch", "unix", "unix time", "unixtime", "unix timestamp", "ts", "created at", "created"}
)
_HEADER_WITHIN = 20


def completed(records: Sequence[Record]) -> Sequence[Record]:
    """The records with such a column's days written out; the same records where there is none.

    Only in files that have no whole day in any row, and only below a name for a day: else it is a number of something.
    """
    places = _places(dayless.sample(records, _STAMP))
    if not places:
        return records
    write = partial(_written_out, places=places)
    return changed(records, partial(map, write))


def day_of(text: str) -> date | None:
    """The day in UTC, None for what is no such number."""
    found = _STAMP.fullmatch(text)
    return datetime.fromtimestamp(int(found[1]), tz=UTC).date() if found else None


def _places(sample: Sequence[Record]) -> list[int]:
    for number, record in enumerate(sample[:_HEADER_WITHIN]):
        named = [place for place, name in enumerate(record.cells) if _names_a_day(name)]
        if found := [place for place in named if _holds_stamps(sample[number + 1 :], place)]:
            return found
    return []


def _names_a_day(name: str) -> bool:
    roles = {found.role for found in roles_of(name)}
    return column_name(name)[0] in _NAMES or bool(roles & {Role.DATE, Role.OTHER_DATE})


def _holds_stamps(rows: Sequence[Record], place: int) -> bool:
    cells = [cell for record in rows if place < len(record.cells) and (cell := record.cells[place])]
    return bool(cells) and all(map(_STAMP.fullmatch, cells))


def _written_out(record: Record, places: Sequence[int]) -> Record:
    return record._replace(cells=tuple(_cells(record.cells, places)))


def _cells(cells: Sequence[str], places: Sequence[int]) -> Iterator[str]:
    for place, cell in enumerate(cells):
        day = day_of(cell) if place in places else None
        yield day.isoformat() if day else cell
