"""Whether a table is a card's own books: there charges are positive and repayments negative, against all other files.

Many issuers write them like that and name no card anywhere. A repayment gives them away: its text thanks for money
that came in, so a minus beside it can only be the issuer's view.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from transactions.importers.content import has_minus
from transactions.importers.headings import column_name
from transactions.importers.vocabulary import (
    CARD_COLUMNS,
    CREDIT_CARD_WORDS,
    PURCHASE_WORDS,
    REPAYMENT_WORDS,
    THANKS_FOR_PAYMENT,
    fold,
)

_THANKS = tuple(map(fold, THANKS_FOR_PAYMENT))
_REPAID = tuple(map(fold, REPAYMENT_WORDS))
# At least every fourth line of a card is a charge.
_LEAST_BARE = 4


class Printed(NamedTuple):
    """A row's amount with the sign that the file has, and the texts that stand beside it."""

    value: Decimal
    texts: Sequence[str]


def is_named(texts: Iterable[str], names: Iterable[str]) -> bool:
    """Whether the lines above a table, or the names of its columns, say that it is a credit card's."""
    has_words = any(word in fold(text) for text in texts for word in CREDIT_CARD_WORDS)
    return has_words or any(column_name(name)[0] in CARD_COLUMNS for name in names)


def could_be(figures: Iterable[str]) -> bool:
    """Whether enough amounts are printed without a minus: a bank's own files have few, and are told so quickly."""
    signs = Counter(has_minus(text) for text in figures if text)
    return signs[False] * _LEAST_BARE >= signs.total()


def is_turned(rows: Iterable[Printed], *, is_card: bool, is_known: bool) -> bool:
    """Whether positive amounts went out.

    ``is_card``: the file says that it is a card's. ``is_known``: an earlier file of its kind proved it.
    """
    seen = _Seen(rows, is_card=is_card or is_known)
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
        self._bare = self._minus = 0
        for row in rows:
            texts = [fold(text) for text in row.texts]
            if _has(texts, _THANKS):
                self.thanked.append(row.value)
                continue
            if is_card and _has(texts, _REPAID):
                self.repaid.append(row.value)
                continue
            self._bare += row.value > 0
            self._minus += row.value < 0
            if PURCHASE_WORDS.intersection(texts):
                self.bought.append(row.value)

    @property
    def has_minus(self) -> bool:
        return self._minus > 0 or any(value < 0 for value in (*self.thanked, *self.repaid))

    @property
    def is_mostly_bare(self) -> bool:
        """Whether more of the other rows are positive than negative."""
        return self._bare > self._minus


def _has(texts: Sequence[str], words: Sequence[str]) -> bool:
    return any(word in text for text in texts for word in words)
