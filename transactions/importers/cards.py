"""Whether a table is a card's own books: there charges are positive and repayments negative, against all other files.

Many issuers write them like that and name no card anywhere. A repayment gives them away: its text thanks for money
that came in, so a minus beside it can only be the issuer's view. Some print no sign at all; then the thanks alone
tell what came in.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import NamedTuple

from transactions.importers import numbers
from transactions.importers.content import has_minus
from transactions.importers.directions import Side
from transactions.importers.headings import column_name
from transactions.importers.payment_kinds import HEARTY_THANKS, PAYMENT_WORDS, REFUND_WORDS, SALE_WORDS
from transactions.importers.vocabulary import (
    CARD_COLUMNS,
    CREDIT_CARD_WORDS,
    PURCHASE_WORDS,
    REPAYMENT_WORDS,
    THANKS_FOR_PAYMENT,
    fold,
)

_HEARTY = tuple(map(fold, HEARTY_THANKS))
_THANKS = tuple(map(fold, (*THANKS_FOR_PAYMENT, *HEARTY_THANKS)))
_REPAID = tuple(map(fold, REPAYMENT_WORDS))
# Each thanks has one of them; most texts have none, and are done with quickly.
_STEMS = ("pa", "zahlung", "betal", "odeme", "还款")
# At least every fourth line of a card is a charge.
_LEAST_BARE = 4
_FEW_ROWS = 50


class Printed(NamedTuple):
    """A row's amount with the sign that the file has, and the texts that stand beside it."""

    value: Decimal
    texts: Sequence[str]


def is_named(texts: Iterable[str], names: Sequence[str], rows: Iterable[Sequence[str]]) -> bool:
    """Whether the lines above a table, or the names of its columns, say that it is a credit card's.

    A shop's own table has a column "Card" as well: of amounts that its customers paid.
    """
    if any(word in fold(text) for text in texts for word in CREDIT_CARD_WORDS):
        return True
    places = [place for place, name in enumerate(names) if column_name(name)[0] in CARD_COLUMNS]
    if not places:
        return False
    first = list(islice(rows, _FEW_ROWS))
    return not all(any(_is_sum(cells[place]) for cells in first if place < len(cells)) for place in places)


def are_thanked(rows: Iterable[Sequence[str]]) -> bool:
    """Whether some row thanks for a payment as only a card's issuer does."""
    return any(_has([fold(text) for text in cells], _HEARTY) for cells in rows)


def are_repaid(rows: Iterable[Sequence[str]]) -> bool:
    """Whether some row thanks for a payment or names one as a card's books do."""
    return any(_has([fold(text) for text in cells], (*_THANKS, *_REPAID)) for cells in rows)


def _is_sum(text: str) -> bool:
    """Whether a cell is money and not the last digits of a card."""
    return not text.isdigit() and numbers.is_amount(text)


def could_be(figures: Iterable[str]) -> bool:
    """Whether enough amounts are printed without a minus: a bank's own files have few, and are told so quickly."""
    signs = Counter(has_minus(text) for text in figures if text)
    return signs[False] * _LEAST_BARE >= signs.total()


class Books(Enum):
    """Whose view the signs are: PLAIN, the account's own; TURNED, the issuer's; UNSIGNED, nobody's, there are none."""

    PLAIN = "plain"
    TURNED = "turned"
    UNSIGNED = "unsigned"


def books(rows: Iterable[Printed], *, is_card: bool, is_known: bool) -> Books:
    """How the signs are meant.

    ``is_card``: the file says that it is a card's. ``is_known``: an earlier file of its kind proved it.
    """
    seen = _Seen(rows, is_card=is_card or is_known)
    if not seen.has_minus and (seen.is_hearty or is_card or is_known) and seen.are_some_repaid:
        return Books.UNSIGNED
    return Books.TURNED if _is_turned(seen, is_card=is_card, is_known=is_known) else Books.PLAIN


def unsigned_side(texts: Iterable[str]) -> Side:
    """Which way the money of a row without a sign went: in where it is thanked for or called a refund, else out."""
    folded = [fold(text) for text in texts]
    has_refund = any(REFUND_WORDS.intersection(text.split()) for text in folded)
    return Side.IN if has_refund or _has(folded, (*_THANKS, *_REPAID)) else Side.OUT


def _is_turned(seen: "_Seen", *, is_card: bool, is_known: bool) -> bool:
    """Whether positive amounts went out."""
    if seen.thanked or seen.repaid:
        return all(value < 0 for value in seen.thanked or seen.repaid) and (is_card or is_known or seen.is_mostly_bare)
    if seen.bought and seen.has_minus:
        return all(value > 0 for value in seen.bought)
    return is_known or (is_card and seen.is_mostly_bare)


class _Seen:
    """What the rows tell. Refunds and automatic payments are repayments in a table that is known as a card's alone."""

    def __init__(self, rows: Iterable[Printed], *, is_card: bool) -> None:
        self.thanked: list[Decimal] = []
        self.repaid: list[Decimal] = []
        self.bought: list[Decimal] = []
        self._sold: list[Decimal] = []
        self._bare = self._minus = 0
        self._is_card = is_card
        self._has_payment_back = self.is_hearty = False
        for row in rows:
            self._take(row.value, [fold(text) for text in row.texts])
        # A shop's own table has sales as well, but none that pays it money back.
        if is_card or self._has_payment_back:
            self.bought += self._sold

    def _take(self, value: Decimal, texts: Sequence[str]) -> None:
        if _thanks(texts):
            self.thanked.append(value)
            self.is_hearty = self.is_hearty or _has(texts, _HEARTY)
            return
        if self._is_card and _has(texts, _REPAID):
            self.repaid.append(value)
            return
        self._bare += value > 0
        self._minus += value < 0
        self._has_payment_back |= value < 0 and not PAYMENT_WORDS.isdisjoint(texts)
        if PURCHASE_WORDS.intersection(texts):
            self.bought.append(value)
        elif SALE_WORDS.intersection(texts):
            self._sold.append(value)

    @property
    def has_minus(self) -> bool:
        return self._minus > 0 or any(value < 0 for value in (*self.thanked, *self.repaid))

    @property
    def are_some_repaid(self) -> bool:
        """Whether some rows are repayments and some are not."""
        return bool(self.thanked or self.repaid) and self._bare > 0

    @property
    def is_mostly_bare(self) -> bool:
        """Whether more of the other rows are positive than negative."""
        return self._bare > self._minus


def _thanks(texts: Sequence[str]) -> bool:
    joined = "\n".join(texts)
    return any(stem in joined for stem in _STEMS) and _has(texts, _THANKS)


def _has(texts: Sequence[str], words: Sequence[str]) -> bool:
    return any(word in text for text in texts for word in words)
