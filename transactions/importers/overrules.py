"""What a member says about a file, against what was found in it: followed where it makes sense, refused where not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from transactions.importers import dates, numbers
from transactions.importers.base import Choices, Sentence, StatementError, gettext_noop, sentence
from transactions.importers.layout import Columns
from transactions.importers.records import Record

NO_SUCH_COLUMN = gettext_noop("The file has no column %(number)s.")
NO_SUCH_ROW = gettext_noop("The file has no line %(number)s that could name the columns.")
NO_SUCH_ROLE = gettext_noop("No column can be read as “%(role)s”.")
NO_DATES_THERE = gettext_noop("The column “%(name)s” holds no dates.")
NO_AMOUNTS_THERE = gettext_noop("The column “%(name)s” holds no amounts.")
TWO_ROLES = gettext_noop("The column “%(name)s” cannot be two things at once.")
NO_DATE_COLUMN = gettext_noop("Choose the column that holds the dates.")
NO_AMOUNT_COLUMN = gettext_noop("Choose the column that holds the amounts.")
ONE_OR_TWO = gettext_noop("Amounts stand in one column, or in one for money out and one for money in: choose either.")
NO_DIRECTION = gettext_noop("Where money out and money in have columns of their own, no column is the direction.")

# Only one role makes sense of such a column; a text may well be shown twice.
_EXCLUSIVE = ("date", "amount", "debit", "credit", "balance", "fee")
_PLAIN = ("amount", "debit", "credit", "direction", "balance", "currency", "state", "fee", "bank id", "account")

ROLES = ("date", *_PLAIN, "category", "text", "note")

Rows = Sequence[Sequence[str]]


def header_place(records: Sequence[Record], choices: Choices) -> int | None:
    """Where the header stands that the member chose, -1 for none at all; None where nothing was chosen."""
    if choices.header_row == 0:
        return -1
    if choices.header_row is not None:
        found = [place for place, record in enumerate(records) if record.number == choices.header_row]
        if not found or records[found[0]].is_blank:
            raise StatementError(sentence(NO_SUCH_ROW, number=choices.header_row))
        return found[0]
    wanted = tuple(choices.header)
    if not any(wanted):
        return None
    return next((place for place, record in enumerate(records) if record.cells == wanted), None)


def placed(columns: Columns, chosen: Mapping[str, int | None], *, width: int, rows: Rows) -> Columns:
    """The columns with the member's in their place, texts aside.

    Raises StatementError for what the file cannot bear out.
    """
    if not chosen:
        return columns
    for role, place in chosen.items():
        if role not in ROLES:
            raise StatementError(sentence(NO_SUCH_ROLE, role=role))
        if place is not None and not 0 <= place < width:
            raise StatementError(sentence(NO_SUCH_COLUMN, number=place + 1))
    _refuse_two_roles(columns, chosen)
    columns = _with_figures(columns, chosen)
    for role in _PLAIN[3:]:
        if role in chosen:
            columns = _set(columns, role, chosen[role])
    columns = _with_dates(columns, chosen)
    if "category" in chosen:
        place = chosen["category"]
        columns = replace(columns, categories=() if place is None else (place,))
    columns = _without_taken(columns, chosen)
    _check_cells(columns, chosen, rows)
    return columns


def with_texts(columns: Columns, chosen: Mapping[str, int | None]) -> Columns:
    """The columns with the member's texts before the others."""
    first = [chosen[role] for role in ("text", "note") if role in chosen]
    if "text" not in chosen and first:
        first = [*columns.texts[:1], *first]
    texts = (place for place in (*first, *columns.texts) if place is not None)
    return replace(columns, texts=tuple(dict.fromkeys(texts))) if first else columns


def contradictions(chosen: Mapping[str, int | None], names: Sequence[str]) -> dict[str, Sentence]:
    """Role → what is wrong with its column, of choices that no file at all could be read by.

    ``names`` are those of the columns, as far as they are known.
    """
    wrong = {
        role: sentence(TWO_ROLES, name=called(names, place))
        for role, place in chosen.items()
        if place is not None and place in _doubled(chosen) and role in _EXCLUSIVE
    }
    if chosen.get("date", 0) is None:
        wrong["date"] = sentence(NO_DATE_COLUMN)
    if all(chosen.get(role, 0) is None for role in _PLAIN[:3]):
        wrong["amount"] = sentence(NO_AMOUNT_COLUMN)
    has_sides = any(chosen.get(role) is not None for role in _PLAIN[1:3])
    for role, text in (("amount", ONE_OR_TWO), ("direction", NO_DIRECTION)):
        if has_sides and chosen.get(role) is not None:
            wrong.setdefault(role, sentence(text))
    return wrong


def _doubled(chosen: Mapping[str, int | None]) -> list[int]:
    """The columns that are to be two things of which they can only be one."""
    places = [place for role in _EXCLUSIVE if (place := chosen.get(role)) is not None]
    return [place for place in places if places.count(place) > 1]


def _refuse_two_roles(columns: Columns, chosen: Mapping[str, int | None]) -> None:
    for place in _doubled(chosen):
        raise StatementError(sentence(TWO_ROLES, name=name_of(columns, place)))


def _with_figures(columns: Columns, chosen: Mapping[str, int | None]) -> Columns:
    """One column for both ways, or one for each: who names the one gives up the other."""
    if chosen.get("amount") is not None:
        return replace(columns, amount=chosen["amount"], debit=None, credit=None)
    if chosen.get("debit") is None and chosen.get("credit") is None:
        for role in _PLAIN[:3]:
            columns = _set(columns, role, None) if role in chosen else columns
        if not columns.figures:
            raise StatementError(sentence(NO_AMOUNT_COLUMN))
        return columns
    debit = chosen.get("debit", columns.debit)
    credit = chosen.get("credit", columns.credit)
    return replace(columns, amount=None, direction=None, debit=debit, credit=credit)


def _set(columns: Columns, role: str, place: int | None) -> Columns:
    changed: dict[str, Any] = {role.replace(" ", "_"): place}
    return replace(columns, **changed)


def _with_dates(columns: Columns, chosen: Mapping[str, int | None]) -> Columns:
    if "date" not in chosen:
        return columns
    place = chosen["date"]
    if place is None:
        raise StatementError(sentence(NO_DATE_COLUMN))
    return replace(columns, dates=(place, *(other for other in columns.dates if other != place)))


def _without_taken(columns: Columns, chosen: Mapping[str, int | None]) -> Columns:
    """A column that the member took for something else is no longer what it was found to be."""
    mine = {place: role for role, place in chosen.items() if role in _EXCLUSIVE and place is not None}
    for role in _PLAIN:
        place = getattr(columns, role.replace(" ", "_"))
        if place in mine and mine[place] != role and role not in chosen:
            columns = _set(columns, role, None)
    first = columns.dates[:1]
    return replace(
        columns,
        dates=tuple(place for place in columns.dates if place in first or place not in mine),
        texts=tuple(place for place in columns.texts if place not in mine),
    )


def _check_cells(columns: Columns, chosen: Mapping[str, int | None], rows: Rows) -> None:
    """Raises StatementError for a day or an amount in a column that has none; the rows all have a day somewhere."""
    checks: tuple[tuple[str, Callable[[str], bool], str], ...] = (
        ("date", dates.is_date, NO_DATES_THERE),
        ("amount", numbers.is_amount, NO_AMOUNTS_THERE),
        ("debit", numbers.is_amount, NO_AMOUNTS_THERE),
        ("credit", numbers.is_amount, NO_AMOUNTS_THERE),
    )
    for role, fits, problem in checks:
        place = chosen.get(role)
        if place is None or not rows:
            continue
        cells = [cells[place] for cells in rows if place < len(cells) and cells[place]]
        # One side of two may be empty in a quiet month.
        is_quiet = role in {"debit", "credit"} and not cells
        if not is_quiet and sum(map(fits, cells)) * 2 < max(len(cells), 1):
            raise StatementError(sentence(problem, name=name_of(columns, place)))


def name_of(columns: Columns, place: int) -> str:
    """What a person calls the column: its name, else its number."""
    return called(columns.names, place)


def called(names: Sequence[str], place: int) -> str:
    """The column's name among these, else its number."""
    return (names[place] if place < len(names) else "") or str(place + 1)
