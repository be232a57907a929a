"""Which cells of a row tell of its payment for good: the same in every file that has the row.

A bank changes the others from one download to the next (a balance, a category, whether a payment is booked) or only
numbers its lines by them. So that a row has the same words whatever other rows its file has, columns are told by
their names alone, and where names say nothing, each cell by itself; never by what other rows hold.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from transactions.importers import dates, numbers
from transactions.importers.headings import known_roles
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

_CHANGING = frozenset(
    {Role.AMOUNT, Role.DEBIT, Role.CREDIT, Role.BALANCE, Role.CURRENCY, Role.STATE, Role.FEE, Role.BANK_ID}
    | {Role.CATEGORY}
)
_STAYING = frozenset({Role.TEXT, Role.ACCOUNT})
_SAID_ELSEWHERE = OUT_WORDS | IN_WORDS | NEUTRAL_WORDS | PENDING_WORDS | DEAD_WORDS
_LONGEST_SAID = max(map(len, _SAID_ELSEWHERE)) + 4
# A balance of no account that a household has; references and numbers of accounts are longer.
_MOST_DIGITS_OF_MONEY = 9
# Nobody's reference is that short: it counts the lines of its file, and another file counts anew.
_SHORTEST_ID = 6
_NO_IDS = frozenset({"nonref", "notprovided", "not provided", "none", "null", "n a", "na"})


# Ways of writing a day or a sum that were words before they were known as one; lines keep their words.
_LATE_DAY = re.compile(r"^'|\d\s+as of\s|\d-\d\d:", re.IGNORECASE)
_LATE_SUM = re.compile(r"^\W*(?:dr|cr|db)\b|\((?:dr|cr|db)\.?\)\W*$", re.IGNORECASE)


class Wording(NamedTuple):
    """``whole``: columns whose cells are words; ``none``: columns whose cells never are. Others: cell by cell."""

    whole: frozenset[int] = frozenset()
    none: frozenset[int] = frozenset()

    def of(self, cells: Sequence[str]) -> str:
        """The words of a row, in the file's order."""
        return joined(
            [
                text
                for place, text in enumerate(cells)
                if text and (place in self.whole or (place not in self.none and _is_word(text)))
            ]
        )


EVERY_CELL = Wording()


def named(header: Iterable[str]) -> Wording:
    """The wording of a table with these names of columns; without a header every cell speaks for itself."""
    roles = [{found.role for found in known_roles(name)} for name in header]
    return Wording(
        whole=frozenset(place for place, own in enumerate(roles) if own and own <= _STAYING),
        none=frozenset(place for place, own in enumerate(roles) if own and own <= _CHANGING),
    )


def only(places: Collection[int | None], *, width: int) -> Wording:
    """The wording of a table of whose ``width`` columns only these hold words."""
    whole = frozenset(place for place in places if place is not None)
    return Wording(whole, frozenset(range(width)) - whole)


def joined(texts: Iterable[str]) -> str:
    """Texts as one, with single spaces."""
    return " ".join(" ".join(texts).split())


def bank_id(text: str) -> str | None:
    """The bank's id of a line, as far as it tells one; None for what only counts lines or stands for no id at all."""
    if not text.strip("0") or (text.isdigit() and len(text) < _SHORTEST_ID) or fold(text) in _NO_IDS:
        return None
    return text


@lru_cache(maxsize=8192)
def _is_word(text: str) -> bool:
    if len(text) > numbers.LONGEST:
        return True
    if text.isdigit() and (text.startswith("0") or len(text) > _MOST_DIGITS_OF_MONEY):
        return True
    if len(text) <= _LONGEST_SAID and (fold(text) in _SAID_ELSEWHERE or currency_code(text)):
        return False
    is_day = dates.is_date(text) and not dates.is_late(text) and not _LATE_DAY.search(text)
    is_sum = numbers.is_amount(text) and not _LATE_SUM.search(text)
    return not is_day and not is_sum
