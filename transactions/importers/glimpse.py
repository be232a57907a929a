"""The first rows of a table whose columns nobody could tell, for the member to say what they hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from transactions.importers import columns, content, csv_statement, dates, kinds, marked_up, numbers, table, workbook
from transactions.importers.base import Choices, StatementError

FEW_ROWS = 8

_CUTTERS: Mapping[str, Callable[..., table.Source]] = MappingProxyType(
    {
        "csv": csv_statement.rows,
        "xlsx": workbook.rows,
        "xls": marked_up.rows,
        "biff": workbook.rows_of_binary,
        "ods": workbook.rows_of_open_document,
        "fods": workbook.rows_of_flat_document,
    }
)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """``header`` are the columns' names, empty ones where no line names them; ``rows`` are the first ones below it.

    ``format`` is that of a statement that is read from the file.
    ``guesses`` say for roles (see ``base.Column``) which column it most likely is: to be asked, never to be taken.
    """

    format: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guesses: Mapping[str, int]


def of(data: bytes, *, filename: str, choices: Choices) -> Glimpse | None:
    """What there is to see of the file; None where it is no table, or one without days or figures."""
    try:
        kind = kinds.of(filename, data)
        source = _CUTTERS[kind](data, choices=choices) if kind in _CUTTERS else None
        frame = columns.frame(source.records, choices, _is_row) if source else None
    except StatementError:
        return None
    rows = columns.dated(frame.body) if frame else []
    if source is None or frame is None or not rows or frame.width > columns.MOST_COLUMNS:
        return None
    names = frame.header.cells if frame.header else ("",) * frame.width
    guesses = _guesses(frame.header.cells if frame.header else (), rows)
    shown = (record.cells for record in frame.body if not record.is_blank)
    return Glimpse(source.origin.format, names, tuple(islice(shown, FEW_ROWS)), guesses)


def _is_row(cells: Sequence[str]) -> bool:
    """A day beside a cell with digits, whatever they are."""
    days = [cell for cell in cells if dates.is_date(cell)]
    others = [cell for cell in cells if cell not in days and any(map(str.isdecimal, cell))]
    return 1 < len(cells) <= columns.MOST_COLUMNS and bool(days and others)


def _guesses(header: Sequence[str], rows: Sequence[tuple[str, ...]]) -> dict[str, int]:
    found = columns.named(header, rows)
    days = found.dates or content.dates_of(rows) or _most_days(rows)
    told = {
        "amount": found.amount,
        "debit": found.debit,
        "credit": found.credit,
        "direction": found.direction,
        "balance": found.balance,
        "currency": found.currency,
        "category": next(iter(found.categories), None),
        "account": found.account if _repeats(rows, found.account) else None,
    }
    guesses = {"date": days[0]} | {role: place for role, place in told.items() if place is not None}
    if not found.figures:
        guesses |= content.likeliest(rows, {*days, *guesses.values()})
    texts = found.texts or content.texts(rows, {*days, *guesses.values()})
    wordy = [
        place for place in texts if not all(numbers.is_amount(cells[place]) for cells in rows if place < len(cells))
    ]
    return guesses | ({"text": wordy[0]} if wordy else {})


def _repeats(rows: Sequence[tuple[str, ...]], place: int | None) -> bool:
    """Of accounts there are few; what is another in each row is no account of the member's."""
    cells = [cells[place] for cells in rows if place is not None and place < len(cells)]
    return len(set(cells)) * 2 <= len(cells)


def _most_days(rows: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """The column with the most days; every row has one somewhere."""
    places = [place for cells in rows for place, cell in enumerate(cells) if dates.is_date(cell)]
    return (max(dict.fromkeys(places), key=places.count),)
