"""From a row's cells to one signed amount: what out and in look like is decided once for the whole file."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from batua import money
from transactions.importers import cards, dates, directions, levels, numbers
from transactions.importers.app_layout import Sign
from transactions.importers.base import Choices, StatementError, gettext_noop, sentence
from transactions.importers.cards import Books
from transactions.importers.directions import Printed, Side, Trust
from transactions.importers.headings import column_name
from transactions.importers.layout import Columns
from transactions.importers.numbers import Number, NumberFormat
from transactions.importers.records import Record
from transactions.importers.stems import COMMA_NAMES
from transactions.importers.vocabulary import fold

BOTH_FILLED = gettext_noop("Both columns are filled: %(out)s out and %(into)s in.")
UNKNOWN_SIDE = gettext_noop("“%(word)s” does not say whether the money came in or went out.")
CONTRADICTION = gettext_noop(
    "“%(word)s” and the sign of %(amount)s contradict each other, and nothing in the file tells which of them counts."
)
NO_SIDE = gettext_noop("Neither a sign nor the balance tells whether %(amount)s came in or went out.")
BETWEEN_ACCOUNTS = gettext_noop("This line moves money between two accounts; such lines cannot be read yet.")

NOT_THIS_MARK = gettext_noop("The amounts of this file cannot be read with “%(mark)s” as their decimal mark.")

# What a bank writes where money went neither in nor out of anything.
_NO_SIDE = "/"
_TRANSFER_WORDS = frozenset({"transfer", "umbuchung", "virement", "traspaso"})


@dataclass(frozen=True, slots=True)
class AmountFormat:
    """How the amount of a row is put together.

    ``is_signed``: the sign stands with the number, and direction words only comment it. ``blank_side`` is what an
    empty direction means, None where it means nothing. ``is_bare``: the direction alone decides, whatever sign the
    number has. ``doubtful`` are lines that cannot be told, ``against`` counts those whose word was not followed (see
    ``Signs``). ``has_signed_transfers``: lines that only move money say with their sign which way. ``is_turned``:
    money that goes out is positive in the file. ``is_unsigned``: no amount of a card has a sign, and what stands beside
    it tells (see ``cards.unsigned_side``). ``has_pluses``: what has no plus went out.
    ``pays_fees``: the fee column comes off the amount.
    ``has_signed_fees``: fees have a minus of their own. ``is_told``: the member said whether signs are turned.
    """

    columns: Columns
    number: NumberFormat
    is_signed: bool = True
    has_signed_debits: bool = False
    has_signed_credits: bool = False
    blank_side: Side | None = None
    is_bare: bool = False
    doubtful: frozenset[directions.Kind] = frozenset()
    against: int = 0
    has_signed_transfers: bool = False
    is_turned: bool = False
    is_unsigned: bool = False
    has_pluses: bool = False
    pays_fees: bool = False
    has_signed_fees: bool = False
    is_told: bool = False

    @property
    def is_side_open(self) -> bool:
        """Whether nothing but a sign would tell which way an amount went."""
        columns = self.columns
        is_told = self.is_told or self.is_turned or self.is_unsigned or self.has_pluses or self.blank_side is not None
        return columns.amount is not None and columns.direction is None and columns.of_app is None and not is_told

    @property
    def is_bare_out(self) -> bool | None:
        """Whether an amount without sign or direction went out; None where the rows do not tell."""
        if self.columns.amount is None or self.columns.of_app is not None:
            return None
        if self.blank_side:
            return self.blank_side is Side.OUT
        return True if self.is_turned or self.is_unsigned or self.has_pluses else None

    def read(self, cells: Sequence[str]) -> Decimal | None:
        """The signed amount, None where the row has none; raises StatementError where it cannot be told."""
        columns = self.columns
        amount = self._pair(cells) if columns.amount is None else self._single(cells, columns.amount)
        if amount and self.is_turned:
            amount = -amount
        if amount is None or not self.pays_fees or (amount > 0 and self._has_fees_of_payers):
            return amount
        return amount - self.fee(cells)

    @property
    def _has_fees_of_payers(self) -> bool:
        """Whether a fee comes off what went out alone."""
        return self.columns.of_app is not None and self.columns.of_app.app.has_fees

    def fee(self, cells: Sequence[str]) -> Decimal:
        """What was taken beside the amount, positive, 0 for none; StatementError where it cannot be read."""
        found = self._number(cells, self.columns.fee)
        return Decimal(0) if found is None else -found.value if self.has_signed_fees else found.value

    def side(self, cells: Sequence[str]) -> Side | None:
        """What the direction column of the row says; None where it is empty, or a word of another kind."""
        text = self._word(cells)
        if self.columns.has_signs_apart:
            return directions.sign_of(text)
        word = fold(text)
        if not word:
            return Side.NEITHER if text == _NO_SIDE else self.blank_side
        sign = self._sign_in_app(word, cells)
        return Side(sign) if sign is not None else self.columns.kinds.get(word) or directions.side_of(word)

    def _sign_in_app(self, word: str, cells: Sequence[str]) -> int | None:
        extra = self.columns.of_app
        if extra is None or word not in extra.app.kinds:
            return None
        is_outward = fold(cell(cells, extra.outward)) in extra.app.outward_words
        return -1 if is_outward else extra.app.kinds[word]

    def _pair(self, cells: Sequence[str]) -> Decimal | None:
        """One column for out, one for in; the unused one is empty, or zero, or a dash."""
        out, into = self._number(cells, self.columns.debit), self._number(cells, self.columns.credit)
        if out is None and into is None:
            return None
        if out and into and out.value and into.value and not self._has_both_ends:
            shown = {"out": cell(cells, self.columns.debit), "into": cell(cells, self.columns.credit)}
            raise StatementError(sentence(BOTH_FILLED, **shown))
        gone = out.value if out else Decimal(0)
        come = into.value if into and not (gone and self._has_both_ends) else Decimal(0)
        return (-come if self.has_signed_credits else come) + (gone if self.has_signed_debits else -gone)

    @property
    def _has_both_ends(self) -> bool:
        return self.columns.of_app is not None and self.columns.of_app.app.sign is Sign.BOTH_ENDS

    def _single(self, cells: Sequence[str], column: int) -> Decimal | None:
        if cell(cells, column).startswith(levels.UNTOLD):
            raise StatementError(sentence(NO_SIDE, amount=cell(cells, column).removeprefix(levels.UNTOLD)))
        extra = self.columns.of_app
        is_other = extra is not None and extra.amount_in is not None and self.side(cells) is Side.IN
        number = self._number(cells, extra.amount_in if extra and is_other else column)
        if number is None:
            return None
        if extra is not None and extra.app.sign is Sign.BY_ACCOUNT:
            return -abs(number.value) if cell(cells, self.columns.account) else abs(number.value)
        if self.doubtful and (self.side(cells), number.value < 0) in self.doubtful:
            raise StatementError(sentence(CONTRADICTION, word=self._word(cells), amount=cell(cells, column)))
        if self.columns.direction is not None and not self.is_signed:
            return (abs(number.value) if self.is_bare else number.value) * self._certain_side(cells).value
        is_transfer = self.columns.direction is not None and fold(self._word(cells)) in _TRANSFER_WORDS
        if is_transfer and not self.has_signed_transfers:
            raise StatementError(sentence(BETWEEN_ACCOUNTS))
        return self._by_sign(cells, column, number)

    def _by_sign(self, cells: Sequence[str], column: int, number: Number) -> Decimal:
        if number.side:
            return -number.value if number.side == "out" else number.value
        if self.has_pluses and "+" not in cell(cells, column):
            return -number.value if number.value else number.value
        side = cards.unsigned_side(_beside(cells, column)) if self.is_unsigned else self.blank_side
        return number.value * side.value if side else number.value

    def _certain_side(self, cells: Sequence[str]) -> Side:
        side = self.side(cells)
        if side is None:
            word = self._word(cells)
            raise StatementError(
                sentence(BETWEEN_ACCOUNTS if fold(word) in _TRANSFER_WORDS else UNKNOWN_SIDE, word=word)
            )
        return side

    def _word(self, cells: Sequence[str]) -> str:
        columns = self.columns
        return cell(cells, columns.direction if columns.direction is not None else columns.side_words)

    def _number(self, cells: Sequence[str], column: int | None) -> Number | None:
        text = cell(cells, column)
        return self.number.read(text) if text and not _is_dash(text) else None


def cell(cells: Sequence[str], column: int | None) -> str:
    """The cell of a column, "" where the row is shorter or the file has no such column."""
    return cells[column] if column is not None and column < len(cells) else ""


class _Cells:
    """The cells of the rows, as often as they are asked for."""

    def __init__(self, body: Iterable[Record]) -> None:
        self._body = body

    def __iter__(self) -> Iterator[Sequence[str]]:
        return (record.cells for record in self._body)


def decide(
    columns: Columns, body: Iterable[Record], *, decimals: int | None, is_card: bool, choices: Choices
) -> AmountFormat:
    """The one way of reading amounts for all rows; ``is_card`` when the file says that it is a credit card's."""
    rows = _Cells(body)
    number = _number_format(columns, rows, decimals, choices)
    fees = columns.fee is not None and _all_negative(number, (cell(cells, columns.fee) for cells in rows))
    plan = _plan(
        AmountFormat(columns, number, has_signed_fees=fees),
        rows,
        is_card=is_card,
        is_bare_out=bool(choices.proven.is_bare_out),
    )
    if choices.is_inverted is None:
        return plan
    return replace(plan, is_turned=choices.is_inverted, is_unsigned=False, has_pluses=False, is_told=True)


def _number_format(columns: Columns, rows: _Cells, decimals: int | None, choices: Choices) -> NumberFormat:
    places = columns.figures
    figures = {text for cells in rows for place in places if numbers.is_amount(text := cell(cells, place))}
    if choices.decimal_mark is not None:
        return _demanded(choices.decimal_mark, figures)
    if columns.of_app is not None and columns.of_app.app.is_ours:
        return NumberFormat(".")
    likely = money.decimals(choices.hint_currency) if choices.hint_currency else None
    number = numbers.decide(figures, decimals=decimals, likely=likely)
    if number.is_guess:
        number = _settled(number, {cell(cells, columns.balance) for cells in rows}, decimals)
    if number.is_guess and choices.proven.decimal_mark:
        return NumberFormat(choices.proven.decimal_mark)
    is_open = not number.is_proven and any("," in text for text in figures)
    return NumberFormat(",") if is_open and _writes_commas(columns) else number


def _writes_commas(columns: Columns) -> bool:
    """Whether an amount's name is of a language that has a decimal comma in all its countries.

    So -23,450 has three decimals below "Belopp", and is thousands below "Amount".
    """
    names = (column_name(columns.names[place])[0] for place in columns.figures if place < len(columns.names))
    return any(COMMA_NAMES.intersection(name.split()) for name in names)


def _demanded(mark: str, figures: Collection[str]) -> NumberFormat:
    """The member's mark, if most of the amounts can be read with it."""
    number = NumberFormat(mark) if mark in numbers.MARKS else None
    if number is None or sum(_read(number, text) is not None for text in figures) * 2 < len(figures):
        raise StatementError(sentence(NOT_THIS_MARK, mark=mark))
    return number


def _plan(plan: AmountFormat, rows: _Cells, *, is_card: bool, is_bare_out: bool) -> AmountFormat:
    """How the signs are to be understood; ``is_bare_out``: earlier files proved that bare amounts went out."""
    columns, number = plan.columns, plan.number
    if columns.amount is None:
        return replace(
            plan,
            has_signed_debits=_all_negative(number, (cell(cells, columns.debit) for cells in rows)),
            has_signed_credits=_all_negative(number, (cell(cells, columns.credit) for cells in rows)),
        )
    if columns.of_app is not None and columns.of_app.app.sign is not Sign.TOLD:
        return replace(_as_the_app_writes(plan, columns.of_app.app.sign), pays_fees=columns.of_app.app.has_fees)
    if columns.direction is not None:
        return _directed(plan, rows)
    beside = (text for cells in rows if not numbers.is_plain(text := cell(cells, columns.amount)))
    sides = {read.side for text in beside if (read := _read(number, text)) and read.side}
    if sides:
        return replace(plan, blank_side=Side.OUT if sides == {"in"} else Side.IN)
    if _are_pluses_alone(rows, columns.amount):
        return replace(plan, has_pluses=True)
    may_be_card = is_card or is_bare_out or cards.could_be(cell(cells, columns.amount) for cells in rows)
    if may_be_card:
        books = cards.books(_with_texts(plan, rows), is_card=is_card, is_known=is_bare_out)
        plan = replace(plan, is_turned=books is Books.TURNED, is_unsigned=books is Books.UNSIGNED)
    return _beside_words(plan, rows)


def _are_pluses_alone(rows: _Cells, column: int | None) -> bool:
    """Whether some amounts have a plus, some have no sign, and none has a minus."""
    if not any("+" in cell(cells, column) for cells in rows):
        return False
    sums = (text for cells in rows if any(digit in (text := cell(cells, column)) for digit in "123456789"))
    signs = ("+" if "+" in text else "-" if numbers.has_side(text) else "" for text in sums if numbers.is_amount(text))
    return {*signs} == {"+", ""}


def _as_the_app_writes(plan: AmountFormat, sign: Sign) -> AmountFormat:
    if plan.columns.direction is None:
        return replace(plan, is_turned=sign is Sign.TURNED)
    return replace(plan, is_signed=False, is_bare=sign is Sign.BARE)


def _settled(guess: NumberFormat, balances: Collection[str], decimals: int | None) -> NumberFormat:
    """Balances have a say where the amounts do not settle their format."""
    telling = [text for text in balances if numbers.is_amount(text) and ("." in text or "," in text)]
    other = numbers.decide(telling, decimals=decimals)
    return guess if other.is_guess or not telling else other


def _directed(plan: AmountFormat, rows: _Cells) -> AmountFormat:
    """Signs beside words for in and out: one of them counts in all rows."""
    column = plan.columns.direction
    names = plan.columns.names
    name = column_name(names[column])[0] if column is not None and column < len(names) else ""
    words = {fold(cell(cells, column)) for cells in rows} - {""}
    plan = replace(plan, is_signed=False, blank_side=directions.blank_side(name, words))
    signs = directions.decide(_printed(plan, rows))
    is_signed = signs.trust is Trust.SIGN
    return replace(
        plan,
        is_signed=is_signed,
        is_bare=signs.trust is Trust.WORD_ALONE,
        blank_side=None if is_signed else plan.blank_side,
        doubtful=signs.doubtful,
        against=signs.against,
        has_signed_transfers=is_signed and _has_minus(plan, rows, _TRANSFER_WORDS),
    )


def _has_minus(plan: AmountFormat, rows: _Cells, words: Collection[str]) -> bool:
    """Whether an amount beside one of these words has a minus."""
    columns = plan.columns
    return any(
        fold(cell(cells, columns.direction)) in words
        and (number := _read(plan.number, cell(cells, columns.amount))) is not None
        and number.value < 0
        for cells in rows
    )


def _printed(plan: AmountFormat, rows: _Cells) -> Iterator[Printed]:
    """The amounts of the rows that have a day: footers have no say."""
    columns = plan.columns
    for cells in rows:
        number = _read(plan.number, cell(cells, columns.amount))
        if number and dates.is_date(cell(cells, columns.dates[0])):
            value = -number.value if number.side == "out" else number.value
            balance = _read(plan.number, cell(cells, columns.balance))
            yield Printed(plan.side(cells), value, balance.value if balance else None)


def _beside_words(plan: AmountFormat, rows: _Cells) -> AmountFormat:
    """Where no amount has a sign, a word for out among other words makes its line one that cannot be told."""
    if plan.columns.side_words is None or any(line.value < 0 for line in _printed(plan, rows)):
        return plan
    return replace(plan, doubtful=frozenset({(Side.OUT, False)}))


def _with_texts(plan: AmountFormat, rows: _Cells) -> Iterator[cards.Printed]:
    """Amounts of rows with a day, and what stands beside them."""
    columns = plan.columns
    for cells in rows:
        number = _read(plan.number, cell(cells, columns.amount))
        if number and dates.is_date(cell(cells, columns.dates[0])):
            yield cards.Printed(number.value, _beside(cells, columns.amount))


def _beside(cells: Sequence[str], column: int | None) -> list[str]:
    return [text for place, text in enumerate(cells) if place != column]


def _all_negative(number: NumberFormat, texts: Iterable[str]) -> bool:
    values = [found.value for text in texts if (found := _read(number, text)) and found.value]
    return bool(values) and all(value < 0 for value in values)


def _read(number: NumberFormat, text: str) -> Number | None:
    try:
        return number.read(text) if numbers.is_amount(text) else None
    except StatementError:
        return None


def _is_dash(text: str) -> bool:
    return not text.strip("-\u2013\u2014\u2212 ")
