"""Which column holds what: the header line is found by its names, and what the cells hold has the last word."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from batua.money import CURRENCIES
from transactions.importers import (
    above,
    app_columns,
    apps,
    beside,
    cards,
    content,
    dates,
    numbers,
    overrules,
    payment_kinds,
    wording,
)
from transactions.importers.base import Choices, StatementError, gettext_noop, sentence
from transactions.importers.directions import VAGUE_NAMES, are_signs, sides_of_pair
from transactions.importers.headings import column_name, known_roles, roles_of
from transactions.importers.layout import Columns, Layout
from transactions.importers.records import Record
from transactions.importers.vocabulary import (
    DEAD_WORDS,
    IN_WORDS,
    NEUTRAL_WORDS,
    OUT_WORDS,
    PENDING_WORDS,
    Role,
    currency_code,
    fold,
)

NO_TABLE = gettext_noop(
    "No line of this file has both a date and an amount, so it does not look like a statement. Look on the bank's page"
    " for a download as CSV, OFX, QIF, CAMT or Excel."
)

# A preamble longer than this is no preamble.
_HEADER_WITHIN = 120
_SAMPLE_ROWS = 2000
MOST_COLUMNS = 256
_SIDE_WORDS = OUT_WORDS | IN_WORDS | NEUTRAL_WORDS


def weigh(cells: Sequence[str]) -> int:
    """How much a record looks like part of a statement: a header most, a row with a day and an amount much."""
    if not 2 <= len(cells) <= MOST_COLUMNS:
        return 0
    if is_header(cells):
        return 12
    days = {place for place, cell in enumerate(cells) if dates.is_date(cell)}
    amounts = {place for place, cell in enumerate(cells) if numbers.is_amount(cell)} - days
    return 3 if days and amounts else 0


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells name a day and an amount, and hold neither."""
    if not 1 < len(cells) <= MOST_COLUMNS:
        return False
    roles = {found.role for cell in cells for found in roles_of(cell)}
    has_names = roles & {Role.DATE, Role.OTHER_DATE} and roles & {Role.AMOUNT, Role.DEBIT, Role.CREDIT}
    if not has_names and not apps.recognise(cells):
        return False
    return not any(dates.is_date(cell) for cell in cells)


def find(records: Sequence[Record], choices: Choices) -> Layout:
    """The table in a file's records; raises StatementError where there is none, or where it cannot be read safely."""
    place = choices.columns.get("date")

    def is_row(cells: Sequence[str]) -> bool:
        return weigh(cells) > 0 or (place is not None and 0 <= place < len(cells) and dates.is_date(cells[place]))

    found = frame(records, choices, is_row)
    columns = _resolve(found.header.cells if found.header else (), found.body, choices, width=found.width)
    account = above.account(found.preamble)
    if found.header is None and not account:
        account = beside.own_account(columns, dated(found.body))
    return app_columns.filled(Layout(columns, found.width, found.header, found.preamble, found.body, account))


class Frame(NamedTuple):
    """A table as it shows before anybody knows what its columns hold."""

    width: int
    header: Record | None
    preamble: Sequence[Record]
    body: Sequence[Record]


def frame(records: Sequence[Record], choices: Choices, is_row: Callable[[Sequence[str]], bool]) -> Frame:
    """Where header and rows stand; raises StatementError where nothing is like a row."""
    place = overrules.header_place(records, choices)
    if place is None:
        place = _header_place(records)
    if place is not None and place >= 0:
        header = records[place]
        return Frame(len(header.cells), header, records[:place], records[place + 1 :])
    first, width = _first_row(records, is_row)
    # The line above the first row may carry names that we do not know; in a workbook rows end with their last value.
    above = records[first - 1] if first and place is None else None
    if above is not None and len(above.cells) >= width and content.is_naming(above.cells):
        return Frame(len(above.cells), above, records[: first - 1], records[first:])
    return Frame(width, None, records[:first], records[first:])


def _header_place(records: Sequence[Record]) -> int | None:
    best, best_size = None, 0
    for place, record in enumerate(islice(records, _HEADER_WITHIN)):
        if is_header(record.cells):
            size = sum(bool(roles_of(cell)) for cell in record.cells)
            if size > best_size:
                best, best_size = place, size
    return best


def _first_row(records: Sequence[Record], is_row: Callable[[Sequence[str]], bool]) -> tuple[int, int]:
    """Where the first row stands, and how many cells most rows have; StatementError where nothing is like a row."""
    sample = enumerate(islice(records, _SAMPLE_ROWS))
    widths = {place: len(record.cells) for place, record in sample if is_row(record.cells)}
    if not widths:
        raise StatementError(sentence(NO_TABLE))
    width = Counter(widths.values()).most_common(1)[0][0]
    return next(place for place in widths if widths[place] == width), width


def dated(body: Sequence[Record]) -> list[tuple[str, ...]]:
    """Rows with a day somewhere: only they speak for what a column holds; footers do not."""
    sample = (record.cells[:MOST_COLUMNS] for record in islice(body, _SAMPLE_ROWS))
    return [cells for cells in sample if any(map(dates.is_date, cells))]


def named(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The columns as far as their names tell them."""
    return _checked_by_cells(_by_names(header), header, rows)


def _resolve(header: Sequence[str], body: Sequence[Record], choices: Choices, *, width: int) -> Columns:
    rows = dated(body)
    app = apps.recognise(header)
    columns = app_columns.find(app, header) if app else named(header, rows)
    # A line stays the same line, however the member wants its file read.
    columns = replace(columns, wording=app_columns.wording_of(columns) if app else wording.named(header))
    columns = overrules.placed(columns, choices.columns, width=width, rows=rows)
    if "direction" in choices.columns:
        columns = replace(columns, side_words=None)
    if rows and not (columns.dates and columns.figures):
        columns = _completed(columns, rows)
    if not columns.dates or not columns.figures:
        raise StatementError(sentence(NO_TABLE))
    if app is None and not {"debit", "credit"} & choices.columns.keys():
        columns = _with_counterpart(columns, rows)
    if not header and not choices.columns:
        columns = beside.found(columns, rows)
    if app is None:
        columns = replace(columns, texts=_telling(columns, rows))
    return overrules.with_texts(columns, choices.columns)


def _by_names(header: Sequence[str]) -> dict[Role, list[int]]:
    """For each role the columns whose name fits it, the best name first."""
    ranked: dict[Role, list[tuple[int, int]]] = {role: [] for role in Role}
    for place, cell in enumerate(header):
        for found in roles_of(cell):
            ranked[found.role].append((found.rank, place))
    return {role: [place for _rank, place in sorted(places)] for role, places in ranked.items()}


def _checked_by_cells(named: dict[Role, list[int]], header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    days = [*named[Role.DATE], *(place for place in named[Role.OTHER_DATE] if place not in named[Role.DATE])]
    dated = [place for place in days if not rows or any(dates.is_date(cell) for cell in _cells(rows, place))]
    columns = _with_figures(Columns(dates=tuple(dated), names=tuple(header)), named, rows)
    columns = replace(
        columns,
        balance=_first(named[Role.BALANCE], lambda place: place not in columns.figures),
        state=_first(named[Role.STATE], lambda place: _says_states(_cells(rows, place))),
        fee=_first(named[Role.FEE]),
        bank_id=_first(named[Role.BANK_ID], lambda place: place not in columns.dates),
        account=_account(named[Role.ACCOUNT], header, rows),
        categories=_categories(named),
        currency_in_names=_currency_in_names(header, columns.figures),
    )
    columns = replace(columns, currency=_currency(named[Role.CURRENCY], columns, rows))
    columns = _with_direction(named[Role.DIRECTION], columns, rows)
    columns = _with_kinds(named[Role.DIRECTION], columns, rows)
    if columns.amount is not None and columns.direction is None:
        sides = (place for place in named[Role.DIRECTION] if OUT_WORDS.intersection(map(fold, _cells(rows, place))))
        columns = replace(columns, side_words=next(sides, None))
    taken = {*columns.not_words, columns.account, columns.bank_id}
    return replace(
        columns,
        texts=tuple(place for place in named[Role.TEXT] if place not in taken),
        payer=_first(named[Role.PAYER]),
        payee=_first(named[Role.PAYEE]),
    )


def _account(places: Sequence[int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The column of the account's own number or name, an empty one only where there is no other.

    Under a name that is not as sure it has to be filled in every row, as another's account never is.
    """

    def fits(place: int) -> bool:
        filled = len(_cells(rows, place))
        return filled > 0 if known_roles(header[place]) else filled == len(rows)

    found = _first(places, fits) if rows else None
    return found if found is not None else _first(place for place in places if known_roles(header[place]))


def _categories(named: dict[Role, list[int]]) -> tuple[int, ...]:
    """A category, and what is within it; a bank may call something else a subcategory where there is no category."""
    category = named[Role.CATEGORY][:1]
    return (*category, *named[Role.SUBCATEGORY][:1]) if category else ()


def _with_figures(columns: Columns, named: dict[Role, list[int]], rows: Sequence[Sequence[str]]) -> Columns:
    """Two columns for out and in, or one for both; where a file has all three, those that hold amounts."""
    debit, credit = _first(named[Role.DEBIT]), _first(named[Role.CREDIT])
    amount = content.in_use(rows, [place for place in named[Role.AMOUNT] if place not in columns.dates])
    if debit is None or credit is None:
        # A lone "Debit" beside "Amount" is a flag; alone it is the amount, and everything in it goes out.
        if amount is not None:
            return replace(columns, amount=amount)
        return replace(columns, debit=debit, credit=credit)
    pair = [cell for place in (debit, credit) for cell in _cells(rows, place)]
    if amount is not None and not any(map(numbers.is_amount, pair)):
        return replace(columns, amount=amount)
    return replace(columns, debit=debit, credit=credit)


def _completed(columns: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """What the names left open, told by the cells."""
    if not columns.dates:
        columns = replace(columns, dates=content.dates_of(rows))
    taken = {*columns.dates, columns.balance}
    # A fee is the amount only where there is no other.
    taken |= {columns.fee} if content.has_money(rows, {*taken, columns.fee}) else set()
    if not columns.figures and (pair := content.sides(rows, taken, balance=columns.balance)):
        balance = pair.balance if columns.balance is None else columns.balance
        return replace(columns, debit=pair.out, credit=pair.into, balance=balance, are_sides_guessed=pair.is_guess)
    if not columns.figures:
        guess = content.figures(rows, taken)
        columns = replace(
            columns, amount=guess.amount, balance=columns.balance if columns.balance is not None else guess.balance
        )
        columns = _with_kinds([], _with_direction([], columns, rows), rows)
    name = columns.names[columns.amount] if columns.amount is not None and columns.amount < len(columns.names) else ""
    if name in CURRENCIES and sum(each in CURRENCIES for each in columns.names) > 1:
        # Of columns that are named after currencies the only one in use.
        columns = replace(columns, currency_in_names=columns.currency_in_names or name)
    return columns


def _with_counterpart(columns: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """Where only one side has a name we know, the other is the column that is filled where this one is empty."""
    if len(columns.figures) != 1 or columns.amount is not None:
        return columns
    other = content.counterpart(rows, columns.figures[0], columns.not_words)
    return replace(columns, credit=other) if columns.credit is None else replace(columns, debit=other)


def _telling(columns: Columns, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The columns that say what a line is, the best first; by their cells where names leave some lines without any."""
    texts = content.most_telling_first(rows, _with_nameless(columns))
    if rows and sum(any(cells[place : place + 1] != ("",) for place in texts) for cells in rows) * 10 >= len(rows) * 9:
        return texts
    told = {*texts, *columns.not_words, *columns.categories}
    names = {place for place in (columns.account, columns.bank_id) if place is not None and texts}
    others = content.texts(rows, told | names | beside.noise(columns, rows))
    return (*texts, *others)


def _with_nameless(columns: Columns) -> tuple[int, ...]:
    """The columns of texts, and those behind them that have no name: what one name stood for did not fit into one."""
    found = list(columns.texts)
    for place, name in enumerate(columns.names):
        if not name and place - 1 in found and place not in columns.not_words:
            found.append(place)
    return tuple(found)


def _with_direction(named: Iterable[int], columns: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """The column of words for in and out, or that of signs which stand apart from their amounts."""
    direction = _direction(named, columns, rows)
    if direction is not None or columns.amount is None:
        return replace(columns, direction=direction)
    for place in range(max(map(len, rows), default=0)):
        name = column_name(columns.names[place])[0] if place < len(columns.names) else ""
        cells = [] if place in columns.not_words else _cells(rows, place)
        if cells and are_signs(cells, name):
            return replace(columns, direction=place, has_signs_apart=True)
        if cells and (pair := sides_of_pair(name, cells)):
            return replace(columns, direction=place, kinds=pair)
    return columns


def _direction(named: Iterable[int], columns: Columns, rows: Sequence[Sequence[str]]) -> int | None:
    """The column that says in or out: by its name and mostly known words, else by nothing but known words."""
    if columns.amount is None:
        return None
    for place in named:
        words = [fold(cell) for cell in _cells(rows, place)]
        known = sum(word in _SIDE_WORDS for word in words)
        if words and known * 2 >= len(words):
            return place
        if not words and fold(columns.names[place]) not in VAGUE_NAMES:
            return place
    taken = {*columns.not_words, columns.account, columns.bank_id}
    width = max(map(len, rows), default=0)
    return next((place for place in range(width) if place not in taken and _only_sides(_cells(rows, place))), None)


def _with_kinds(named: Collection[int], columns: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """Where no amount has a sign, a column that says purchase, refund or fee, also beside words for in and out.

    Of a column with a name for such words most of them are to be known, of any other all.
    """
    if columns.amount is None or any(map(numbers.has_side, _cells(rows, columns.amount))):
        return columns
    if _is_net(columns):
        return columns
    is_card = cards.is_named((), columns.names, rows) or cards.are_thanked(rows)
    others = (place for place in range(max(map(len, rows), default=0)) if place not in columns.not_words)
    for place in (*named, *others) if columns.direction is None else (columns.direction,):
        words = [cells[place] for cells in rows if place < len(cells)]
        kinds = columns.kinds or payment_kinds.sides(words, is_card=is_card)
        if kinds and (place in {*named, columns.direction} or all(fold(word) in kinds for word in words)):
            return replace(columns, direction=place, kinds=kinds)
    return columns


def _is_net(columns: Columns) -> bool:
    """Whether fees have come off the amounts: then they were earned, whatever their customers called it."""
    if columns.fee is None or columns.amount is None or columns.amount >= len(columns.names):
        return False
    return column_name(columns.names[columns.amount])[0].split()[:1] in (["net"], ["netto"])


def _only_sides(cells: list[str]) -> bool:
    words = {fold(cell) for cell in cells}
    if not words or not words <= _SIDE_WORDS:
        return False
    # A lone letter in every line may be anything; with its opposite beside it, it is a direction.
    return any(len(word) > 1 for word in words) or bool(words & OUT_WORDS and words & IN_WORDS)


def _currency(places: Iterable[int], columns: Columns, rows: Sequence[Sequence[str]]) -> int | None:
    """The column of currencies; what the amount's own name says is surer than a column of another amount's."""
    said = columns.currency_in_names

    def fits(place: int) -> bool:
        cells = _cells(rows, place)
        return _holds_currencies(cells) and not (
            said and any(currency_code(cell) not in {said, None} for cell in cells)
        )

    return _first(places, fits)


def _holds_currencies(cells: list[str]) -> bool:
    return not cells or sum(currency_code(cell) is not None for cell in cells) * 2 > len(cells)


def _says_states(cells: list[str]) -> bool:
    return any(fold(cell) in PENDING_WORDS | DEAD_WORDS for cell in cells)


def _currency_in_names(header: Sequence[str], places: Iterable[int]) -> str | None:
    found = Counter(code for place in places if place < len(header) and (code := column_name(header[place])[1]))
    return next(iter(found)) if len(found) == 1 else None


def _cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """The cells of a column that hold something."""
    return [cells[place] for cells in rows if place < len(cells) and cells[place]]


def _first(places: Iterable[int], fits: Callable[[int], bool] = lambda _place: True) -> int | None:
    return next((place for place in places if fits(place)), None)
