"""Amounts as banks print them, read by one format for the whole file: a mark never means two things in one file."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from batua.money import CURRENCIES
from transactions.importers.base import StatementError, gettext_noop, sentence

NOT_AN_AMOUNT = gettext_noop("“%(text)s” is not an amount.")
WRONG_MARKS = gettext_noop("“%(text)s” is not an amount here: the file's decimal mark is “%(mark)s”.")
TWO_MARKS = gettext_noop("The amounts use both a decimal point and a decimal comma, so they cannot be read safely.")

LONGEST = 60
MARKS = (".", ",")
# Far more than a ledger can hold; the ledger's own limit is told by the one who saves.
MOST_DIGITS = 30

# Currency signs that stand beside amounts, casefolded. None: several currencies share the sign.
_SIGNS: dict[str, str | None] = {
    "$": None,
    "kr": None,
    "kr.": None,
    "£": "GBP",
    "€": "EUR",
    "euro": "EUR",
    "¥": None,
    "￥": None,
    "元": "CNY",
    "円": "JPY",
    "圓": None,
    "₹": "INR",
    "rs": None,
    "rs.": None,
    "inr.": "INR",
    "fr": "CHF",
    "fr.": "CHF",
    "sfr": "CHF",
    "sfr.": "CHF",
    "zł": "PLN",
    "zl": "PLN",
    "kč": "CZK",
    "kc": "CZK",
    "ft": "HUF",
    "lei": "RON",
    "lv": "BGN",
    "лв": "BGN",
    "лв.": "BGN",
    "₽": "RUB",
    "руб": "RUB",
    "руб.": "RUB",
    "р.": "RUB",
    "rur": "RUB",
    "₴": "UAH",
    "грн": "UAH",
    "грн.": "UAH",
    "₺": "TRY",
    "tl": "TRY",
    "₩": "KRW",
    "원": "KRW",
    "r$": "BRL",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "nt$": "TWD",
    "mx$": "MXN",
    "rm": "MYR",
    "rp": "IDR",
    "rp.": "IDR",
    "₱": "PHP",
    "฿": "THB",
    "₫": "VND",
    "đ": "VND",
    "₪": "ILS",
    "₦": "NGN",
    "₵": "GHS",
    "ksh": "KES",
    "৳": "BDT",
    "₸": "KZT",
    "₾": "GEL",
    "₼": "AZN",
    "د.إ": "AED",
    "د.إ.": "AED",
    "د.ا.": "JOD",
    "د.ك.": "KWD",
    "ر.س.": "SAR",
    "ر.س": "SAR",
}
CURRENCY_SIGNS = MappingProxyType(_SIGNS | {code.casefold(): code for code in CURRENCIES})

_BESIDE = frozenset(CURRENCY_SIGNS) | {""}

# Words beside an amount that say which way it went.
SIDES = MappingProxyType(
    {"dr": "out", "dr.": "out", "db": "out", "d": "out", "s": "out", "cr": "in", "cr.": "in", "c": "in", "h": "in"}
)

_BRACKETED = frozenset(f"({word})" for word in SIDES if len(word) > 1)

_TWINS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c", None),
        "\u066b": ".",
        "\u066c": "'",
        "\uff0b": "+",
    }
)
_SHAPE = re.compile(r"(?P<before>[^0-9]*)(?P<body>[0-9](?:[0-9.,' ]*[0-9])?)(?P<after>[^0-9]*)")
# Most amounts are plain; they skip the long way.
_SIMPLE = MappingProxyType(
    {".": re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{1,4}"), ",": re.compile(r"[+-]?[0-9]{1,15},[0-9]{1,4}")}
)
_ASCII = re.compile(r"([+-]?)([0-9]{1,3}(?:[.,]?[0-9]{1,4}){0,6})")
# Amounts whose one mark can only be the decimal one.
_PROVING = re.compile(r"[+-]?[0-9]{1,15}([.,])(?:[0-9]{1,2}|[0-9]{4})")
_GROUPS = re.compile(r"[0-9]+|[0-9]{1,3}([.,' ])[0-9]{3}(?:\1[0-9]{3})*|[0-9]{1,2}([.,' ])(?:[0-9]{2}\2)+[0-9]{3}")
# 5,- is five and no decimals, not minus five.
_WHOLE_DASH = re.compile(r"^[.,]-{1,2}(?= |$)")


class Number(NamedTuple):
    """One printed amount: ``value`` with the sign it was printed with, ``side`` "in" or "out" when a Dr/Cr says so.

    ``currency`` is an ISO code, None when no sign or one of several currencies stands beside the digits.
    """

    value: Decimal
    side: str | None = None
    currency: str | None = None


class _Pieces(NamedTuple):
    is_negative: bool
    body: str
    side: str | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The decimal mark of a file, "." or ","; ``is_guess`` when nothing in the file settles it (1.234 throughout).

    ``is_proven``: some amount can be read with this mark alone.
    """

    decimal_mark: str
    is_guess: bool = False
    is_proven: bool = False

    def read(self, text: str) -> Number:
        """The amount, exact; raises StatementError when the text is not one in this format."""
        if _SIMPLE[self.decimal_mark].fullmatch(text):
            return Number(Decimal(text if self.decimal_mark == "." else text.replace(",", ".")))
        pieces = _pieces(text)
        if pieces is None:
            raise StatementError(sentence(NOT_AN_AMOUNT, text=text.strip()[:LONGEST]))
        value = _value(pieces.body, self.decimal_mark)
        if value is None:
            raise StatementError(sentence(WRONG_MARKS, text=text.strip(), mark=self.decimal_mark))
        return Number(-value if pieces.is_negative else value, pieces.side, pieces.currency)


def is_amount(text: str) -> bool:
    """Whether a text could be an amount in some format."""
    if _SIMPLE["."].fullmatch(text) or _SIMPLE[","].fullmatch(text):
        return True
    pieces = _pieces(text)
    return pieces is not None and any(_value(pieces.body, mark) is not None for mark in ".,")


def is_plain(text: str) -> bool:
    """Whether a text is an amount with nothing beside it but a sign before it."""
    return text.isascii() and _ASCII.fullmatch(text) is not None


def currency_beside(text: str) -> str | None:
    """The ISO code of the sign beside an amount, None without one that names a single currency."""
    pieces = None if is_plain(text) else _hard_pieces(text)
    return pieces.currency if pieces else None


def has_side(text: str) -> bool:
    """Whether an amount says which way it went: with a minus of some kind, or a word such as Cr."""
    pieces = _pieces(text)
    return pieces is not None and (pieces.is_negative or pieces.side is not None)


def decide(texts: Iterable[str], *, decimals: int | None = None, likely: int | None = None) -> NumberFormat:
    """The one format of all these amounts; ``decimals`` is how many the currency has, where it is known.

    ``likely`` is how many it has most likely: a guess then.

    A file that uses both marks as decimals equally often raises StatementError; when one prevails, lines with the
    other are broken lines.
    """
    votes: Counter[str] = Counter()
    marks: set[str] = set()
    for text in texts if isinstance(texts, Set) else set(texts):
        if proving := _PROVING.fullmatch(text):
            votes[proving[1]] += 1
        elif pieces := _pieces(text):
            marks.update(mark for mark in ".," if mark in pieces.body)
            votes.update(filter(None, [_proof(pieces.body)]))
    if votes and votes["."] == votes[","]:
        raise StatementError(sentence(TWO_MARKS))
    if votes:
        return NumberFormat("." if votes["."] > votes[","] else ",", is_proven=True)
    if len(marks) != 1:
        return NumberFormat(".", is_guess=bool(marks))
    # Only 1.234 and the like: three decimals where the currency has three, else thousands.
    mark = marks.pop()
    if 3 in {decimals, likely if decimals is None else None}:
        return NumberFormat(mark, is_guess=decimals is None)
    return NumberFormat("," if mark == "." else ".", is_guess=decimals is None)


def _proof(body: str) -> str | None:
    """The decimal mark that this number proves; None when it has none or could be read both ways."""
    marks = [mark for mark in body if mark in ".,"]
    if not marks:
        return None
    last = marks[-1]
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return "," if last == "." else "."
    whole, _, fraction = body.partition(last)
    could_be_thousands = len(fraction) == 3 and whole.isdigit() and len(whole) <= 3 and not whole.startswith("0")
    return None if could_be_thousands else last


def _value(body: str, decimal_mark: str) -> Decimal | None:
    whole, mark, fraction = body.rpartition(decimal_mark)
    if not mark:
        whole, fraction = body, ""
    if (whole and not _GROUPS.fullmatch(whole)) or not (fraction or "0").isdigit() or decimal_mark in whole:
        return None
    digits = re.sub(r"[^0-9]", "", whole)
    return Decimal(f"{digits or '0'}.{fraction or '0'}") if fraction else Decimal(digits)


def _pieces(text: str) -> _Pieces | None:
    """What a text consists of, None when it is no amount."""
    if text.isascii() and (simple := _ASCII.fullmatch(text)):
        return _Pieces(simple[1] == "-", simple[2], None, None)
    return _hard_pieces(text)


@lru_cache(maxsize=8192)
def _hard_pieces(text: str) -> _Pieces | None:
    if len(text) > LONGEST or not any(character.isdecimal() for character in text):
        return None
    plain = _plain(text)
    shape = _SHAPE.fullmatch(plain)
    if not shape or len(re.sub(r"[^0-9]", "", plain)) > MOST_DIGITS:
        return None
    side, after = _take_side(_WHOLE_DASH.sub("", shape["after"]).casefold())
    leading, before = (None, shape["before"].casefold()) if side else _take_leading_side(shape["before"].casefold())
    side = side or leading
    body, before, after = _take_marks(shape["body"], before.strip(), after)
    is_negative, before, after = _take_sign(before, after)
    if not {before, after} <= _BESIDE:
        return None
    return _Pieces(is_negative, body, side, CURRENCY_SIGNS.get(before) or CURRENCY_SIGNS.get(after))


def _plain(text: str) -> str:
    """ASCII digits, one kind of minus, apostrophe and space; no spreadsheet guard such as ="12.50" around it."""
    plain = unicodedata.normalize("NFKC", text.translate(_TWINS))
    if not plain.isascii():
        plain = "".join(
            str(unicodedata.decimal(character)) if character.isdecimal() else character for character in plain
        )
    plain = re.sub(r"\s+", " ", plain).strip()
    if plain.startswith('="') and plain.endswith('"'):
        plain = plain[2:-1]
    return plain.lstrip("'").strip()


def _take_side(after: str) -> tuple[str | None, str]:
    """Dr, Cr and the like; a single letter needs a space before it, since 12c may mean cents."""
    rest, _, word = after.rpartition(" ")
    if word in _BRACKETED:
        return SIDES[word[1:-1]], rest.strip()
    if word in SIDES and (len(word) > 1 or after.startswith(" ")):
        return SIDES[word], rest.strip()
    return None, after.strip()


def _take_leading_side(before: str) -> tuple[str | None, str]:
    """Dr 5.00 and Cr.5.00; single letters are no side there."""
    word, _, rest = before.partition(" ")
    return (SIDES[word], rest) if len(word) > 1 and word in SIDES else (None, before)


def _take_marks(body: str, before: str, after: str) -> tuple[str, str, str]:
    """A mark right before or after the digits belongs to the number ($.23, 5.) or to the currency sign (Fr.84.10)."""
    if before.endswith((".", ",")) and before.lstrip("(+- ") not in CURRENCY_SIGNS:
        body, before = before[-1] + body, before[:-1].strip()
    if after.startswith((".", ",")):
        body, after = body + after[0], after[1:].strip()
    return body, before, after


def _take_sign(before: str, after: str) -> tuple[bool, str, str]:
    """One sign at most: -5, - £5, £-5, 5-, (5), ($5), $(5). A second one is left where it makes the text no amount."""
    if before.startswith("(") or before.endswith("("):
        if ")" not in after:
            return False, before, after
        return True, before.replace("(", "", 1).strip(), after.replace(")", "", 1).strip()
    for sign in "-+":
        is_negative = sign == "-"
        if before.startswith(sign):
            return is_negative, before[1:].strip(), after
        if before.endswith(sign):
            return is_negative, before[:-1].strip(), after
        if after.startswith(sign):
            return is_negative, before, after[1:].strip()
        if after.endswith(sign):
            return is_negative, before, after[:-1].strip()
    return False, before, after
