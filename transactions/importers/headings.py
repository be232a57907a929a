"""What the name of a column says: its roles and its currency, also where a bank puts several known words together."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from transactions.importers.later_names import LATER_NAMES, PARTIES, PURPOSES
from transactions.importers.numbers import CURRENCY_SIGNS
from transactions.importers.stems import (
    ABOUT_SOMETHING_ELSE,
    BALANCE_STEMS,
    DESCRIPTION_STEMS,
    ENDS_ABOUT_SOMETHING_ELSE,
    FEE_STEMS,
    OTHER_PARTY_STEMS,
    PARTY_STEMS,
    SAYING_NOTHING,
    SUM_STEMS,
)
from transactions.importers.vocabulary import CURRENCY_WORDS, NAMES, Role, fold

# Empfänger*in, Empfänger/-in, EmpfängerIn; Zahlungspflichtige*r, Begünstigte:r.
_BOTH_GENDERS = re.compile(
    r"(?<=er)(?:[*:_·]|/-?|\(-?(?=in\)))in\)?(?![^\W_])|(?<=er)In(?![^\W_])|(?<=e)(?:[*:_·]|/-?)(?=r(?![^\W_]))"
)
_GLUE = frozenset({"in", "en", "i", "em", "w", "v"})
_PARTS = MappingProxyType({"人民币": "CNY", "€": "EUR", "£": "GBP", "₹": "INR"})
_BRACKETED = re.compile(
    r"[(（\[［【]\s*(?:(?:in|en|em|i|w|v)\s+)?([^()（）\[\]［］【】\s][^()（）\[\]［］【】]{0,7}?)\s*[)）\]］】]",
    re.IGNORECASE,
)
_SIGN_AT_END = re.compile(r"(?<=\s)(\S{1,4})\s*$")
_JOINTS = re.compile(r"\s*[/&|+]\s*|\s+(?:und|and|et|y|e|i|en|och|og|ja|или|and/or)\s+", re.IGNORECASE)
_COUNT_AT_END = re.compile(r"(?<=[^\W\d])\d$")
# Names that are put together come after those that a bank is known to use.
_BEHIND = 1000


class Found(NamedTuple):
    """A role that a column of some name may have; the lower the rank, the better the name fits it."""

    role: Role
    rank: int


@lru_cache(maxsize=4096)
def column_name(text: str) -> tuple[str, str | None]:
    """A header cell as its folded name without a currency, and that currency: "Bedrag (EUR)" → ("bedrag", "EUR").

    A sign of several currencies goes without giving one: "Amount ($)" → ("amount", None). A name for people of all
    genders is as good as the shorter one: "Empfänger*in" → "empfanger".
    """
    currency = next((code for part, code in _PARTS.items() if part in text), None)
    plain, sign = _without_sign(text)
    words = fold(_BOTH_GENDERS.sub("", plain)).split()
    currency = sign or currency
    if len(words) > 1 and words[-1] in CURRENCY_WORDS:
        currency = CURRENCY_WORDS[words.pop()]
        while len(words) > 1 and words[-1] in _GLUE:
            words.pop()
    return " ".join(words), currency


def _without_sign(text: str) -> tuple[str, str | None]:
    """The name without "(R$)" or "R$" at its end, and the currency that it names."""
    for found in _BRACKETED.finditer(text):
        sign = found[1].casefold()
        if sign in CURRENCY_SIGNS or sign in CURRENCY_WORDS:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return (rest, CURRENCY_SIGNS.get(sign) or CURRENCY_WORDS.get(sign)) if fold(rest) else (text, None)
    at_end = _SIGN_AT_END.search(text)
    if at_end and not (at_end[1].isascii() and at_end[1].isalnum()) and at_end[1].casefold() in CURRENCY_SIGNS:
        return text[: at_end.start()], CURRENCY_SIGNS[at_end[1].casefold()]
    return text, None


def _index(lists: Mapping[Role, tuple[str, ...]], *, start: int) -> dict[str, tuple[Found, ...]]:
    found: dict[str, tuple[Found, ...]] = {}
    for role, names in lists.items():
        for rank, name in enumerate(names, start):
            if not any(earlier.role is role for earlier in found.get(name, ())):
                found[name] = (*found.get(name, ()), Found(role, rank))
    return found


_ROLES_OF = _index(NAMES, start=0)
_RANKS = MappingProxyType({name: rank for rank, name in reversed(list(enumerate(NAMES[Role.TEXT])))})
# Behind all names of parties and descriptions that banks are known to use, before words for the kind of a payment.
_OF_A_PARTY, _OF_A_DESCRIPTION = _RANKS["naam"], _RANKS["from"]
_OF_ANOTHER_PARTY = _RANKS["counterparty name"]
_LATER = MappingProxyType(
    _index(LATER_NAMES, start=_BEHIND)
    | {name: (Found(Role.TEXT, _OF_ANOTHER_PARTY),) for name in PARTIES}
    | {name: (Found(Role.TEXT, _OF_A_DESCRIPTION),) for name in PURPOSES}
)
_PARTIES = PARTY_STEMS | OTHER_PARTY_STEMS
_PUT_TOGETHER = frozenset(
    {Role.DATE, Role.AMOUNT, Role.DEBIT, Role.CREDIT, Role.BALANCE, Role.TEXT, Role.PAYER, Role.PAYEE}
)


def known_roles(text: str) -> tuple[Found, ...]:
    """The roles of a name that is known from the beginning; lines have their words by them."""
    return _ROLES_OF.get(column_name(text)[0], ())


@lru_cache(maxsize=4096)
def roles_of(text: str) -> tuple[Found, ...]:
    """The roles that a header cell may name, none for a name that we do not know.

    A name that no list has is taken apart: "Libellé opération", "Sender / Empfänger", "Saldo contábil".
    """
    return known_roles(text) or _LATER.get(column_name(text)[0]) or tuple(_put_together(text))


def _put_together(text: str) -> Iterator[Found]:
    words = column_name(text)[0].split()
    if not words:
        return
    telling = [shorter for word in words if (shorter := _COUNT_AT_END.sub("", word)) not in SAYING_NOTHING]
    for name in dict.fromkeys((" ".join(telling), _without_sums(telling))):
        if found := [each for each in _ROLES_OF.get(name, ()) if each.role in _PUT_TOGETHER]:
            yield from map(_behind, found)
            return
    if BALANCE_STEMS.intersection(telling) and not ABOUT_SOMETHING_ELSE.intersection(telling):
        yield Found(Role.BALANCE, _BEHIND)
        return
    if len(telling) == 1 and telling[0] in FEE_STEMS:
        yield Found(Role.FEE, _BEHIND)
        return
    yield from _as_text(text, telling)


def _as_text(text: str, telling: list[str]) -> Iterator[Found]:
    """Two names of texts joined by a slash are one; so is a name with a word for a party or for what was said.

    A name that only says that there is a transaction stands for what is said of it.
    """
    parts = [name for part in _JOINTS.split(" ".join(text.split())) if (name := column_name(part)[0])]
    ranks = [_RANKS.get(name, _OF_A_PARTY) for name in parts if name in _RANKS or name in _PARTIES]
    if len(parts) > 1 and len(ranks) == len(parts):
        yield Found(Role.TEXT, min(ranks))
    elif not any(word in ABOUT_SOMETHING_ELSE or word.endswith(ENDS_ABOUT_SOMETHING_ELSE) for word in telling):
        if OTHER_PARTY_STEMS.intersection(telling):
            yield Found(Role.TEXT, _OF_ANOTHER_PARTY)
        elif PARTY_STEMS.intersection(telling):
            yield Found(Role.TEXT, _OF_A_PARTY)
        elif DESCRIPTION_STEMS.intersection(telling) or not telling:
            yield Found(Role.TEXT, _OF_A_DESCRIPTION)


def _without_sums(words: list[str]) -> str:
    """What is left of "Kwota obciążenia" and "Debit (suma)": the side."""
    return " ".join(word for word in words if word not in SUM_STEMS)


def _behind(found: Found) -> Found:
    if found.role is Role.TEXT:
        return found._replace(rank=max(found.rank, _OF_A_DESCRIPTION))
    return found._replace(rank=found.rank + _BEHIND)
