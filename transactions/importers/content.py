"""Columns told by what their cells hold, for files without a header or with names that we do not know."""

import re
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from itertools import combinations, islice
from typing import NamedTuple

from transactions.importers import dates, numbers
from transactions.importers.base import StatementError, gettext_noop, sentence

UNCLEAR_AMOUNT = gettext_noop("Several columns of this file hold amounts, and nothing tells which one counts.")
NO_AMOUNT = gettext_noop("No column of this file holds amounts.")
SPLIT_DECIMALS = gettext_noop(
    "The amounts have a decimal comma and the file also separates its columns with commas, without quotation marks:"
    " whole and decimals cannot be told apart."
)

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
# A card behind stars, an account, a reference: hardly a letter among digits.
_NUMBER = re.compile(r"[A-Z]{0,2}[0-9*X]+[A-Z]{0,2}[0-9*X]*")
_LONGEST_MARK = 4
_LONGEST_NUMBER = 200
# Columns of figures that are held against each other; and so many figures of each tell most of them apart.
MOST_FIGURES, _FEW_FIGURES = 64, 12
_SEPARATORS = str.maketrans("", "", " ./#:'-")

Rows = Sequence[Sequence[str]]


class Figures(NamedTuple):
    """The column of amounts, and that of the balance after each line when there is one."""

    amount: int
    balance: int | None


def is_naming(cells: Sequence[str]) -> bool:
    """Whether a line could name columns: words, and neither days nor amounts."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and not any(dates.is_date(cell) or numbers.is_amount(cell) for cell in filled)


def dates_of(rows: Rows) -> tuple[int, ...]:
    """The columns that hold days in nearly every row, from the left."""
    return tuple(
        place
        for place in range(_width(rows))
        if sum(place < len(cells) and dates.is_date(cells[place]) for cells in rows) * 10 >= len(rows) * 9
    )


class Sides(NamedTuple):
    """The columns of money that went out and that came in; ``is_guess`` where nothing tells which of them is which."""

    out: int
    into: int
    balance: int | None
    is_guess: bool


def sides(rows: Rows, taken: Collection[int | None], *, balance: int | None = None) -> Sides | None:
    """Two columns of amounts of which nearly every row fills one and none fills both; None where there are none such.

    A column of minus signs is money out, and so is what a balance beside them falls by. Where neither tells, the left
    one is out, as banks without a header print them. ``balance`` is a column that is named so.
    """
    pair = _sparse_pair(rows, [place for place in range(_width(rows)) if place not in taken])
    if pair is None:
        return None
    left, right = pair
    if any(_has_both_signs(_column(rows, place)) for place in pair):
        return None  # Amounts with signs of their own, in two currencies or of two kinds.
    for out, into in ((left, right), (right, left)):
        if all(map(has_minus, _column(rows, out))) and not any(map(has_minus, _column(rows, into))):
            return Sides(out, into, None, is_guess=False)
    others = (place for place in range(_width(rows)) if place not in {*taken, *pair} and _is_money(rows, place))
    levels = list(islice(others, MOST_FIGURES))
    return _sides_by_level(rows, pair, levels if balance is None else [balance]) or _guessed_sides(rows, pair, levels)


def _sides_by_level(rows: Rows, pair: tuple[int, int], levels: Sequence[int]) -> Sides | None:
    """What a balance beside the two proves."""
    for out, into in (pair, pair[::-1]):
        level = next((place for place in levels if _pair_runs_on(rows, out, into, place)), None)
        if level is not None:
            return Sides(out, into, level, is_guess=False)
    return None


def _guessed_sides(rows: Rows, pair: tuple[int, int], levels: Sequence[int]) -> Sides | None:
    """The left one as money out; None where a column of signed amounts in every row is the better guess."""
    if any(any(map(has_minus, _column(rows, place))) for place in levels):
        return None
    return Sides(*pair, levels[0] if len(levels) == 1 else None, is_guess=True)


def _sparse_pair(rows: Rows, places: Sequence[int]) -> tuple[int, int] | None:
    cells = {place: _column(rows, place) for place in places}
    sparse = [
        place
        for place, found in cells.items()
        if found and all(map(numbers.is_amount, found)) and any(not _is_filled(row, place) for row in rows)
    ]
    # A bit for each row: tables may have hundreds of columns, and each two of them are held against each other.
    filled = {place: sum(1 << at for at, row in enumerate(rows) if _is_filled(row, place)) for place in sparse}
    for one, other in combinations(sparse, 2):
        either = filled[one] | filled[other]
        if either and not filled[one] & filled[other] and either.bit_count() * 10 >= len(rows) * 9:
            return one, other
    return None


def _has_both_signs(cells: Sequence[str]) -> bool:
    return len({has_minus(cell) for cell in cells if any(digit in cell for digit in "123456789")}) > 1


def _pair_runs_on(rows: Rows, out: int, into: int, balance: int) -> bool:
    """Whether the balance falls by the one column and rises by the other, from row to row."""
    try:
        mark = numbers.decide([cell for place in (out, into, balance) for cell in _column(rows, place)])
        moves = [_value(mark, row, into) - _value(mark, row, out) for row in rows]
        levels = [_value(mark, row, balance) for row in rows]
    except StatementError:
        return False
    return len(rows) > 1 and runs_on(moves, levels)


def _value(mark: numbers.NumberFormat, cells: Sequence[str], place: int) -> Decimal:
    return mark.read(cells[place]).value if place < len(cells) and cells[place] else Decimal(0)


def figures(rows: Rows, taken: Collection[int | None]) -> Figures:
    """The column of amounts; raises StatementError where choosing one would be a guess.

    A column with signs among others without is it; so is one that makes another one run on as a balance.
    """
    filled = [place for place in range(_width(rows)) if place not in taken and _is_money(rows, place)][:MOST_FIGURES]
    if not filled:
        raise StatementError(sentence(NO_AMOUNT))
    if any(_are_halves(rows, left) for left in filled):
        raise StatementError(sentence(SPLIT_DECIMALS))
    if len(filled) == 1:
        return Figures(filled[0], None)
    # By a one in every row the numbers of the rows run on.
    for amount in (place for place in filled if set(_column(rows, place)) != {"1"}):
        balance = next((place for place in filled if place != amount and _runs_on(rows, amount, place)), None)
        if balance is not None:
            return Figures(amount, balance)
    signed = [place for place in filled if any(has_minus(cell) for cell in _column(rows, place))]
    if len(signed) != 1:
        raise StatementError(sentence(UNCLEAR_AMOUNT))
    return Figures(signed[0], None)


def has_money(rows: Rows, taken: Collection[int | None]) -> bool:
    """Whether any other column holds amounts in nearly every row."""
    return any(place not in taken and _is_money(rows, place) for place in range(_width(rows)))


def likeliest(rows: Rows, taken: Collection[int | None]) -> dict[str, int]:
    """Role → column of the amounts, as a person might guess them; nothing is certain, so only to be asked.

    Two columns that are never both filled are out and in, the fuller one out. Among others a signed one comes first,
    then one that is written as money.
    """
    cells = {place: _column(rows, place) for place in range(_width(rows)) if place not in taken}
    if pair := _sparse_pair(rows, list(cells)):
        out, into = sorted(pair, key=lambda place: -len(cells[place]))
        return {"debit": out, "credit": into}
    figures = [place for place, found in cells.items() if found and all(map(numbers.is_amount, found))]
    ranked = sorted(figures, key=lambda place: (not any(map(has_minus, cells[place])), not _has_mark(cells[place])))
    return {"amount": ranked[0]} if ranked else {}


def _has_mark(cells: Sequence[str]) -> bool:
    return any(mark in cell for cell in cells for mark in ".,")


def counterpart(rows: Rows, known: int, taken: Collection[int]) -> int | None:
    """The column that holds an amount in the rows where the known one is empty or zero, and only there."""
    for place in range(_width(rows)):
        cells = _column(rows, place)
        if place in taken or not cells or not all(map(numbers.is_amount, cells)):
            continue
        if all(_is_filled(row, place) != _is_filled(row, known) for row in rows):
            return place
    return None


def texts(rows: Rows, taken: Collection[int]) -> tuple[int, ...]:
    """The other columns from the left; those that say little beside the fullest ("DEBIT", a branch) come last.

    So do those of one short word in every row, by which a bank marks a row as one.
    """
    places = [place for place in range(_width(rows)) if place not in taken and _column(rows, place)]
    substance = {
        place: sum(len(cell) for cell in set(_column(rows, place)) if any(letter.isalpha() for letter in cell))
        for place in places
    }
    most = max(substance.values(), default=0)
    marks = {place for place in places if len(rows) > 1 and len(set(_column(rows, place))) == 1}
    short = {place for place in marks if len(_column(rows, place)[0]) <= _LONGEST_MARK}
    return tuple(sorted(places, key=lambda place: (place in short, substance[place] * 2 < most, place)))


def in_use(rows: Rows, places: Sequence[int]) -> int | None:
    """The first of these columns of amounts that does not stand empty, or zero, where another one is filled.

    Some files have a column for amounts in another currency that few rows need.
    """
    counts = {place: sum(_is_filled(row, place) for row in rows) for place in places}
    return next((place for place in places if counts[place] * 2 >= max(counts.values())), None)


def most_telling_first(rows: Rows, places: Sequence[int]) -> tuple[int, ...]:
    """Columns of texts in their order, but those that hold only numbers of accounts, cards or papers come last."""
    return tuple(sorted(places, key=lambda place: bool(cells := _column(rows, place)) and all(map(is_code, cells))))


def is_code(text: str) -> bool:
    """Whether a text is a number of an account, a card or a paper, and no name of anybody."""
    if text[:3].isalpha() or len(text) > _LONGEST_NUMBER:
        return False  # Most texts, told quickly: no number begins with three letters.
    bare = text.translate(_SEPARATORS)
    if _IBAN.fullmatch(bare):
        return True
    return len(bare) > 3 and _NUMBER.fullmatch(bare) is not None and sum(map(str.isalpha, bare)) * 3 < len(bare)


def _is_money(rows: Rows, place: int) -> bool:
    """Amounts in at least nine of ten rows, and not numbers that merely count or name something."""
    cells = _column(rows, place)
    if len(cells) * 10 < len(rows) * 9 or not all(numbers.is_amount(cell) for cell in cells):
        return False
    is_written_as_money = any(not cell.isdigit() for cell in cells)
    return is_written_as_money or not any(len(cell) > 1 and cell.startswith("0") for cell in cells)


def _are_halves(rows: Rows, left: int) -> bool:
    """Whether each cell is whole and the next one has exactly two digits: -3,10 cut at its comma."""
    pairs = [cells[left : left + 2] for cells in rows if len(cells) > left + 1]
    return bool(pairs) and all(
        pair[0].lstrip("+-").isdigit() and pair[1].isdigit() and len(pair[1]) == 2 for pair in pairs
    )


def _runs_on(rows: Rows, amount: int, balance: int) -> bool:
    """Whether the balance moves by the amount from row to row, downwards or upwards."""
    if not could_be([_column(rows, amount), _column(rows, balance)], runs_on):
        return False
    try:
        mark = numbers.decide([*_column(rows, amount), *_column(rows, balance)])
        moves = [mark.read(cell).value for cell in _column(rows, amount)]
        levels = [mark.read(cell).value for cell in _column(rows, balance)]
    except StatementError:
        return False
    if len(moves) != len(levels) or len(moves) < 3 or not any(moves):
        return False
    return runs_on(moves, levels)


def could_be(columns: Sequence[Sequence[str]], holds: Callable[..., bool]) -> bool:
    """Whether something holds of the first figures of these columns, with either decimal mark: a first look."""
    for mark in numbers.MARKS:
        number = numbers.NumberFormat(mark)
        try:
            figures = [[number.read(cell).value for cell in cells[:_FEW_FIGURES]] for cells in columns]
        except StatementError:
            continue
        if holds(*figures):
            return True
    return False


def runs_on(moves: Sequence[Decimal], levels: Sequence[Decimal]) -> bool:
    """Whether each level is the one before it plus its move, oldest first or newest first."""
    oldest_first = all(level + move == after for level, move, after in zip(levels, moves[1:], levels[1:], strict=False))
    newest_first = all(level - move == after for level, move, after in zip(levels, moves, levels[1:], strict=False))
    return oldest_first or newest_first


def _is_filled(cells: Sequence[str], place: int) -> bool:
    return place < len(cells) and any(digit in cells[place] for digit in "123456789")


def has_minus(cell: str) -> bool:
    """Whether an amount is printed with a minus of some kind, or in parentheses."""
    return "-" in cell or "\u2212" in cell or "(" in cell


def _column(rows: Rows, place: int) -> list[str]:
    return [cells[place] for cells in rows if place < len(cells) and cells[place]]


def _width(rows: Rows) -> int:
    return max(map(len, rows), default=0)
