"""Each row of a CSV statement is a transaction, a broken line, or left aside with its reason; none vanishes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from sys import intern

from transactions.importers import beginnings, carrying, content, dates, numbers, telling, wording
from transactions.importers.amounts import UNKNOWN_SIDE, AmountFormat, cell
from transactions.importers.base import (
    Notes,
    Remark,
    Split,
    StatementError,
    StatementLine,
    Status,
    gettext_noop,
    sentence,
)
from transactions.importers.dates import DateFormat
from transactions.importers.directions import Side
from transactions.importers.grouping import Again
from transactions.importers.layout import Layout, Row
from transactions.importers.records import Record
from transactions.importers.spool import Pile, Spool
from transactions.importers.vocabulary import (
    CLOSING_WORDS,
    DEAD_WORDS,
    OPENING_WORDS,
    PENDING_WORDS,
    TOTAL_WORDS,
    TURNOVER_WORDS,
    currency_code,
    fold,
)
from transactions.importers.wording import joined

EMPTY_LINE = gettext_noop("The line is empty.")
HEADER_AGAIN = gettext_noop("The header again.")
NOT_A_TRANSACTION = gettext_noop("Not a transaction.")
BALANCE_LINE = gettext_noop("A balance or a total, not a transaction.")
NO_AMOUNT = gettext_noop("The line has no amount.")
NO_DATE = gettext_noop("The line has an amount, but no date.")
NOT_BOOKED = gettext_noop("Pending: the bank has not booked it yet.")
NEVER_HAPPENED = gettext_noop("Cancelled or declined: no money moved.")
NEITHER_IN_NOR_OUT = gettext_noop("Neither in nor out, the file says.")
ZERO = gettext_noop("The amount is zero.")
TOO_WIDE = gettext_noop("The line has more fields than the table; perhaps a text with the separator is not in quotes.")

CELL_TOO_LONG = gettext_noop("A cell of this line has more than %(most)s characters, so the line was not read.")

_DIGIT = re.compile(r"[0-9]")
_EDGE_WORDS = OPENING_WORDS | CLOSING_WORDS | TURNOVER_WORDS
_LONGEST_WORDS = max(map(len, _EDGE_WORDS)) + 4
_BALANCE_WORDS = _EDGE_WORDS | TOTAL_WORDS
# So many rows may go on with the text of one line.
_MOST_CONTINUED = 100


@dataclass(slots=True)
class Rows:
    """Takes the rows of a table one by one; ``lines`` and ``notes`` are what came of them.

    ``currency`` is that of all rows, where there is one, ``is_of_rows`` when rows alone name it; ``has_signs`` when
    signs beside amounts may tell that of a row. ``opening`` and ``closing`` are balances that lines of their own state.
    """

    layout: Layout
    order: DateFormat
    amounts: AmountFormat
    notes: Notes
    lines: Spool
    currency: str | None
    has_signs: bool
    is_of_rows: bool
    opening: Decimal | None = None
    closing: Decimal | None = None
    _cells: Pile[list[str]] = field(default_factory=lambda: Pile(list, list))
    _continues: bool = False
    _continued: int = 0
    _booking: int = 0
    _figures: tuple[int, ...] = ()
    _edges: frozenset[str] = frozenset()
    _told: frozenset[int | None] = frozenset()
    _undone: frozenset[str] = frozenset()
    _currency_in: int | None = None
    _parts: int | None = None
    _opens: Callable[[Sequence[str], str, str], bool] | None = None
    _last: int = 0

    def __post_init__(self) -> None:
        self._booking = self.layout.columns.dates[0]
        self._figures = self.layout.columns.figures
        self._edges = self._words_of_edges()
        self._opens = beginnings.telling(self.layout.columns)
        if self.layout.header is None:
            self._last = max((record.number for record in self.layout.body if not record.is_blank), default=0)
        if (extra := self.layout.columns.of_app) is not None:
            self._undone, self._currency_in, self._parts = extra.app.undone, extra.currency_in, extra.parts
        if extra is not None and not extra.app.is_ours:
            # All that is asked of a row again when its lines are put together; a long export has many other cells.
            self._told = frozenset(
                {extra.mark, extra.other, extra.other_in, extra.group, extra.group_title, extra.part}
            )

    def take(self, record: Record) -> None:
        """One row below the header."""
        if record.is_blank:
            if record.raw.strip():
                self.notes.skip(record.number, record.raw, EMPTY_LINE)
            return
        try:
            self._take(record)
        except StatementError as error:
            self._continues = False
            self.notes.problems.append(Remark(error.problem, record.number, record.raw))

    def gather(self) -> None:
        """Puts together what several rows said of one line, when all rows are read."""
        if not self._told:
            return
        zeros = {each.line for each in self.notes.skipped if each.sentence.text == ZERO}
        kept: set[int] = set()
        rows = Again(partial(map, Row, self.lines, self._cells))
        seen, lines = self.lines.survey, Spool(is_long=not self.lines.is_at_hand)
        accounts = {*seen.accounts, *([""] if seen.has_nameless else [])}
        for line in carrying.gathered(rows, self.layout.columns, self.notes, accounts=accounts):
            lines.append(line)
            if line.number in zeros:
                kept.add(line.number)
        self.lines = lines
        # A row of zero that only named a split line is no line left aside.
        self.notes.skipped = [each for each in self.notes.skipped if each.sentence.text != ZERO or each.line in kept]
        self._continues = False

    def note_balance(self, record: Record) -> bool:
        """Whether the record states a balance or a total; opening and closing balances are remembered."""
        if self._note_balance_columns(record):
            return True
        words = [fold(text) for text in record.cells]
        if not any(word in _BALANCE_WORDS for word in words):
            return False
        figure = next((value for text in reversed(record.cells) if (value := self._figure(text)) is not None), None)
        if figure is not None and any(word in OPENING_WORDS for word in words):
            self.opening = figure
        if figure is not None and any(word in CLOSING_WORDS for word in words):
            self.closing = figure
        return True

    def _note_balance_columns(self, record: Record) -> bool:
        extra = self.layout.columns.of_app
        opening = self._figure(cell(record.cells, extra.opening)) if extra else None
        closing = self._figure(cell(record.cells, extra.closing)) if extra else None
        self.opening = self.opening if opening is None else opening
        self.closing = self.closing if closing is None else closing
        return opening is not None or closing is not None

    def _take(self, record: Record) -> None:
        if record.most:
            raise StatementError(sentence(CELL_TOO_LONG, most=record.most))
        if self._is_continuation(record.cells):
            self._continue(record)
            return
        reason = self._reason_aside(record)
        if reason:
            self._continues = False
            self.notes.skip(record.number, record.raw, reason)
            return
        line = self._line(record)
        self.lines.append(line)
        if self._told:
            self._cells.append([intern(text) if place in self._told else "" for place, text in enumerate(record.cells)])
        self._continues, self._continued = True, 0
        if not line.amount:
            self.notes.skip(record.number, record.raw, ZERO)

    def _reason_aside(self, record: Record) -> str | None:
        """Why a row is not a transaction of this statement; None where it is one, or pretends to be."""
        cells, columns = record.cells, self.layout.columns
        state = fold(cell(cells, columns.state))
        has_figure = any(cell(cells, place).strip("- \u2013\u2212") for place in self._figures)
        if self.layout.header and cells == self.layout.header.cells:
            return HEADER_AGAIN
        if state in DEAD_WORDS or (state in self._undone and self.amounts.side(cells) is Side.OUT):
            return NEVER_HAPPENED
        if dates.is_date(cell(cells, self._booking)):
            return self._reason_dated_aside(record, has_figure=has_figure)
        if has_figure and (state in PENDING_WORDS or self._is_unbooked(cells)):
            return NOT_BOOKED
        if self.note_balance(record):
            return BALANCE_LINE
        return None if has_figure else NOT_A_TRANSACTION

    def _reason_dated_aside(self, record: Record, *, has_figure: bool) -> str | None:
        if self._has_word_of_edges(record.cells) and self.note_balance(record):
            return BALANCE_LINE
        if not has_figure:
            return NO_AMOUNT
        if record.number == self._last and self._names_an_account_alone(record):
            return BALANCE_LINE
        return NEITHER_IN_NOR_OUT if self._counts_for_nothing(record.cells) else None

    def _names_an_account_alone(self, record: Record) -> bool:
        """Whether a shorter last line says nothing but an account's number: its balance, where no header names it."""
        texts = [text for place in self.layout.columns.texts if (text := cell(record.cells, place))]
        return len(record.cells) < self.layout.width and bool(texts) and all(map(content.is_code, texts))

    def _has_word_of_edges(self, cells: Sequence[str]) -> bool:
        for place in self.layout.columns.texts:
            text = cell(cells, place)
            # None of these words has a digit, and most texts have one.
            if 0 < len(text) <= _LONGEST_WORDS and not _DIGIT.search(text) and fold(text) in self._edges:
                return True
        return False

    def _words_of_edges(self) -> frozenset[str]:
        """Texts that make a dated row a balance or a total; in an app an opening balance is a line like any other."""
        extra = self.layout.columns.of_app
        if extra is None:
            return _EDGE_WORDS
        return TOTAL_WORDS if extra.people else frozenset()

    def _counts_for_nothing(self, cells: Sequence[str]) -> bool:
        columns = self.layout.columns
        if columns.of_app and columns.of_app.app.kinds.get(fold(cell(cells, columns.of_app.kind))) == 0:
            return True
        return columns.direction is not None and self.amounts.side(cells) is Side.NEITHER

    def _is_unbooked(self, cells: Sequence[str]) -> bool:
        """A day of purchase without a day of booking, or a word such as "Pending" in the day's place."""
        booking, *others = self.layout.columns.dates
        text = cell(cells, booking)
        if fold(text) in PENDING_WORDS:
            return True
        return not text and any(dates.is_date(cell(cells, place)) for place in others)

    def _is_continuation(self, cells: Sequence[str]) -> bool:
        """Some banks print a long text over two lines, the second with nothing but text in it."""
        if not self._continues or cell(cells, self._booking) or self._continued >= _MOST_CONTINUED:
            return False
        filled = {place for place, text in enumerate(cells) if text}
        return bool(filled) and filled <= set(self.layout.columns.texts)

    def _continue(self, record: Record) -> None:
        self._continued += 1
        line = self.lines[-1]
        more = " ".join(filter(None, record.cells))
        self.lines[-1] = line._replace(
            also=(*line.also, more),
            words=joined([line.words, more]),
            raw=f"{line.raw}\n{record.raw}",
        )

    def _line(self, record: Record) -> StatementLine:
        cells, columns = record.cells, self.layout.columns
        if any(cells[self.layout.width :]):
            raise StatementError(sentence(TOO_WIDE))
        day_text = cell(cells, self._booking)
        if not day_text:
            raise StatementError(sentence(NO_DATE))
        day = self.order.read(day_text)
        amount = self.amounts.read(cells)
        if amount is None:
            raise StatementError(sentence(NO_AMOUNT))
        if self._undone and fold(cell(cells, columns.state)) in self._undone:
            raise StatementError(sentence(UNKNOWN_SIDE, word=cell(cells, columns.state)))
        texts = self._texts(cells, came_in=amount > 0)
        told = carrying.told(cells, columns, came_in=amount > 0)
        currency, is_told = self._currency_of(cells, goes_out=amount < 0)
        is_opening = self._opens is not None and self._opens(cells, texts[0] if texts else "", told.category)
        return StatementLine(
            number=record.number,
            date=day,
            amount=amount,
            description=texts[0] if texts else "",
            raw=record.raw,
            also=tuple(map(intern, texts[1:])),
            words=columns.wording.of(cells),
            bank_id=self._bank_id(cell(cells, columns.bank_id)),
            currency=currency,
            balance=self._figure(cell(cells, columns.balance)),
            status=Status.PENDING if fold(cell(cells, columns.state)) in PENDING_WORDS else Status.BOOKED,
            account=intern(told.account),
            category=intern(told.category),
            splits=self._split(cells, amount) if self._parts is not None else (),
            transfer="" if is_opening else intern(told.transfer),
            ours=carrying.ours(cells, columns),
            is_currency_told=is_told,
            is_opening=is_opening,
        )

    def _currency_of(self, cells: Sequence[str], *, goes_out: bool) -> tuple[str | None, bool]:
        """The currency of a row, and whether the row or the header says so, rather than other rows."""
        place = self.layout.columns.currency if self._currency_in is None or goes_out else self._currency_in
        if own := currency_code(cell(cells, place)):
            return own, True
        if self.currency and not self.is_of_rows:
            return self.currency, True
        beside = self._sign_beside(cells)
        return beside or self.currency, beside is not None

    def _split(self, cells: Sequence[str], amount: Decimal) -> tuple[Split, ...]:
        return carrying.parts_within(cell(cells, self._parts), self.amounts.number, amount)

    def _sign_beside(self, cells: Sequence[str]) -> str | None:
        """The currency of a sign beside this row's amount, in a file of several."""
        if not self.has_signs:
            return None
        return next(filter(None, map(numbers.currency_beside, (cell(cells, place) for place in self._figures))), None)

    def _texts(self, cells: Sequence[str], *, came_in: bool) -> list[str]:
        """What a line may be called, the best text first; the account's own holder, kinds and numbers say least."""
        columns = self.layout.columns
        own = columns.own_party(came_in=came_in)
        texts = list(dict.fromkeys([text for place in columns.texts if place != own and (text := cell(cells, place))]))
        # What an app calls a line is no bank's word for how money moved.
        weigh = telling.rank if columns.of_app is None else content.is_code
        if texts and weigh(texts[0]):
            texts.sort(key=weigh)
        if own is not None and (holder := cell(cells, own)) and holder not in texts:
            texts.append(holder)
        return texts

    def _figure(self, text: str) -> Decimal | None:
        """A balance is a help, not a must: what cannot be read is left out."""
        if not text:
            return None
        try:
            found = self.amounts.number.read(text)
        except StatementError:
            return None
        return -found.value if (found.side == "out") != self.amounts.is_turned else found.value

    def _bank_id(self, text: str) -> str | None:
        """An app numbers its own lines, and for good."""
        extra = self.layout.columns.of_app
        return (text or None) if extra and not extra.app.keeps_words else wording.bank_id(text)
