"""What a table without names holds beside day and amount: the balance, the currency, the account's own number.

Help for reading it, never a reason to read an amount otherwise; what its cells leave open is left out.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from transactions.importers import content, numbers
from transactions.importers.base import StatementError
from transactions.importers.layout import Columns
from transactions.importers.vocabulary import currency_code

# Codes of currencies that are words of their own.
_WORDS = frozenset({"ALL", "BAM", "CUP", "GEL", "MOP", "SOS", "TOP", "TRY"})
_SHORTEST_NUMBER = 6

Rows = Sequence[Sequence[str]]


def found(columns: Columns, rows: Rows) -> Columns:
    """The columns with what the cells of the others show beyond doubt."""
    currencies = [place for place in _others(columns, rows) if _is_currency(_column(rows, place))]
    if currencies and len({text for place in currencies for text in _column(rows, place)}) == 1:
        columns = replace(columns, currency=currencies[0])
    amount = columns.amount
    if amount is None:
        return columns
    levels = [place for place in _others(columns, rows) if _is_money(_column(rows, place))][: content.MOST_FIGURES]
    after = [place for place in levels if _follows(rows, levels, amount, place)]
    after = after or [place for place in levels if _runs_on(rows, amount, place)]
    return replace(columns, balance=after[0]) if after and columns.balance is None else columns


def noise(columns: Columns, rows: Rows) -> frozenset[int]:
    """Columns that say nothing of a line: the same code or currency in every row, and balances before it."""
    return frozenset(
        place
        for place in _others(columns, rows)
        if _is_currency(cells := _column(rows, place)) or (columns.amount is not None and _is_money(cells))
    )


def own_account(columns: Columns, rows: Rows) -> str:
    """The number that stands in every row, an IBAN before another one; "" where there is none, or several."""
    if len(rows) < 2:
        return ""
    same = {cells[0] for place in _others(columns, rows) if len(set(cells := _column(rows, place))) == 1}
    numbers_ = sorted(filter(_is_account, same), key=lambda text: not text[:2].isalpha())
    several = [text for text in numbers_ if text[:2].isalpha() == numbers_[0][:2].isalpha()]
    return several[0].strip("'") if len(several) == 1 else ""


def _others(columns: Columns, rows: Rows) -> list[int]:
    """Columns that are filled in every row and that nothing is known of."""
    width = min(map(len, rows), default=0)
    return [place for place in range(width) if place not in columns.not_words and all(row[place] for row in rows)]


def _column(rows: Rows, place: int) -> list[str]:
    return [cells[place] for cells in rows]


def _is_currency(cells: Sequence[str]) -> bool:
    return all(len(text) == 3 and text not in _WORDS and currency_code(text) == text for text in cells)


def _is_money(cells: Sequence[str]) -> bool:
    return all(map(numbers.is_amount, cells)) and any(not text.isdigit() for text in cells)


def _is_account(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return digits >= _SHORTEST_NUMBER and content.is_code(text) and any(mark in text for mark in "123456789")


def _figures(rows: Rows, *places: int) -> list[list[Decimal]]:
    try:
        mark = numbers.decide([text for place in places for text in _column(rows, place)])
        return [[mark.read(text).value for text in _column(rows, place)] for place in places]
    except StatementError:
        return []


def _runs_on(rows: Rows, amount: int, level: int) -> bool:
    if not content.could_be([_column(rows, amount), _column(rows, level)], content.runs_on):
        return False
    figures = _figures(rows, amount, level)
    return len(rows) > 1 and bool(figures) and content.runs_on(*figures)


def _follows(rows: Rows, levels: Sequence[int], amount: int, after: int) -> bool:
    """Whether another column and the amount make this one in every row: the balances before and after it."""
    moves, result = _column(rows, amount), _column(rows, after)
    for before in levels:
        if before == after or not content.could_be([_column(rows, before), moves, result], _add_up):
            continue
        if (figures := _figures(rows, before, amount, after)) and _add_up(*figures):
            return True
    return False


def _add_up(before: Sequence[Decimal], moves: Sequence[Decimal], after: Sequence[Decimal]) -> bool:
    return all(one + move == other for one, move, other in zip(before, moves, after, strict=True))
