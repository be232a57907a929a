"""Money: a currency's decimals, and amounts read and printed the way a locale writes them. Never a float."""

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import (
    format_currency,
    get_currency_precision,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
)

MAX_WHOLE_DIGITS = 15
MAX_TEXT = 200
MINUS = "\N{MINUS SIGN}"

CURRENCIES: tuple[str, ...] = tuple(
    sorted(
        {
            code
            for history in get_global("territory_currencies").values()
            for code, _since, until, is_tender in history
            if until is None and is_tender
        }
    )
)

# Wide enough for any sum; the default context would refuse to print more than 28 digits.
_WIDE = Context(prec=100, rounding=ROUND_HALF_EVEN)

# Signs that people type and CLDR does not list.
_TYPED_SIGNS = {"INR": ("Rs.", "Rs"), "CHF": ("Fr.", "Fr", "SFr.")}

# Where thousands are followed by groups of two, people write so in any language.
_LAKH_CURRENCIES = frozenset({"INR", "NPR", "PKR", "BDT", "LKR", "BTN"})

_TYPED = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"),  # minus, hyphens, dashes
        **dict.fromkeys("\u2019\u2018\u02bc\uff07", "'"),  # apostrophes
        "\uff0b": "+",
        "\uff0e": ".",
        "\uff0c": ",",
        "\uffe5": "\u00a5",
        "\t": " ",
    }
)


class AmountProblem(Enum):
    """Why a text or a number is not an amount; the sentence for it is the form's."""

    EMPTY = "empty"
    NOT_AN_AMOUNT = "not-an-amount"
    NOT_FINITE = "not-finite"
    ZERO = "zero"
    TOO_LARGE = "too-large"
    TOO_MANY_DECIMALS = "too-many-decimals"


class AmountError(ValueError):
    """A text or a number that is not an amount; ``code`` says why, ``text`` is what was given."""

    def __init__(self, code: AmountProblem, text: str) -> None:
        self.code = code
        self.text = text
        super().__init__(f"{text!r} is not an amount: {code.value}")


class Parts(NamedTuple):
    """One printed amount in the pieces a page styles; ``fraction`` includes its separator, the affixes their space."""

    sign: str
    prefix: str
    whole: str
    fraction: str
    suffix: str


def decimals(currency: str) -> int:
    """How many decimals amounts of this currency have: JPY 0, INR 2, KWD 3."""
    return get_currency_precision(currency)


def check_amount(amount: Decimal, currency: str) -> Decimal:
    """The amount with exactly the currency's decimals; raises AmountError, also for zero."""
    return _not_zero(_fitting(amount, currency, str(amount)), str(amount))


def check_balance(amount: Decimal, currency: str) -> Decimal:
    """Like check_amount, for what may be zero: an opening balance, a limit."""
    return _fitting(amount, currency, str(amount))


def parse_amount(text: str, *, currency: str, locale: str) -> Decimal:
    """The amount a person typed, or the sum of a row of them ("120+35.50"); raises AmountError, also for zero."""
    return _not_zero(parse_balance(text, currency=currency, locale=locale), text)


def parse_balance(text: str, *, currency: str, locale: str) -> Decimal:
    """Like parse_amount, for what may be zero: an opening balance, a limit."""
    return _fitting(_reader(locale, currency).read(text), currency, text)


def format_amount(amount: Decimal, *, currency: str, locale: str) -> str:
    """The amount for an input field: no currency sign, always the currency's decimals; parse_amount reads it back."""
    parts = money_parts(amount, currency=currency, locale=locale)
    return ("-" if parts.sign else "") + parts.whole + parts.fraction


def plain_amount(amount: Decimal, *, currency: str) -> str:
    """The amount for a program: a point, no groups, always the currency's decimals."""
    return f"{amount:.{decimals(currency)}f}"


def format_money(amount: Decimal, *, currency: str, locale: str) -> str:
    """The amount with its currency sign, rounded half to even to the currency's decimals; never "-0"."""
    return _printer(locale, currency).print(amount)


def money_parts(amount: Decimal, *, currency: str, locale: str) -> Parts:
    """The pieces of the amount for a page that styles them; the sign is "" or U+2212."""
    printer = _printer(locale, currency)
    is_negative, whole, fraction = printer.digits(amount)
    prefix, suffix = printer.positive
    return Parts(MINUS if is_negative else "", prefix, whole, fraction, suffix)


def _fitting(amount: Decimal, currency: str, text: str) -> Decimal:
    if not amount.is_finite():
        raise AmountError(AmountProblem.NOT_FINITE, text)
    if amount and amount.adjusted() >= MAX_WHOLE_DIGITS:
        raise AmountError(AmountProblem.TOO_LARGE, text)
    fitting = amount.quantize(_quantum(currency), context=_WIDE)
    if fitting != amount:
        raise AmountError(AmountProblem.TOO_MANY_DECIMALS, text)
    return fitting if fitting else abs(fitting)


def _not_zero(amount: Decimal, text: str) -> Decimal:
    if not amount:
        raise AmountError(AmountProblem.ZERO, text)
    return amount


@lru_cache(maxsize=512)
def _locale(tag: str) -> Locale:
    """The nearest locale that CLDR knows: en-KW is English, what is no locale at all is English too."""
    subtags = tag.replace("-", "_").split("_")
    while subtags:
        try:
            return Locale.parse("_".join(subtags))
        except (UnknownLocaleError, ValueError):
            subtags.pop()
    return Locale("en")


@lru_cache(maxsize=512)
def _quantum(currency: str) -> Decimal:
    return Decimal(1).scaleb(-decimals(currency))


class _Printer:
    """What format_currency prints for one locale and currency, put together by hand: ten times faster."""

    def __init__(self, locale: Locale, currency: str) -> None:
        self.quantum = _quantum(currency)
        self.size, self.next_size = locale.currency_formats["standard"].grouping

        def sample(number: int) -> tuple[str, str, str]:
            text = format_currency(Decimal(number), currency, locale=locale)
            places = [place for place, character in enumerate(text) if character.isdigit()]
            return text[: places[0]], text[places[0] : places[-1] + 1], text[places[-1] + 1 :]

        before, _, after = sample(1)
        self.positive = before, after
        before, _, after = sample(-1)
        self.negative = before, after
        marks = [character for character in sample(11_111_111)[1] if not character.isdigit()]
        self.point = marks.pop() if decimals(currency) else ""
        self.group = marks[0] if marks else ""

    def digits(self, amount: Decimal) -> tuple[bool, str, str]:
        """Is it negative, its whole part grouped, its fraction with the decimal mark."""
        rounded = amount.quantize(self.quantum, context=_WIDE)
        whole, _, fraction = format(abs(rounded), "f").partition(".")
        if self.group and len(whole) > self.size:
            groups = [whole[-self.size :]]
            whole = whole[: -self.size]
            while whole:
                groups.append(whole[-self.next_size :])
                whole = whole[: -self.next_size]
            whole = self.group.join(reversed(groups))
        return rounded < 0, whole, self.point + fraction

    def print(self, amount: Decimal) -> str:
        is_negative, whole, fraction = self.digits(amount)
        before, after = self.negative if is_negative else self.positive
        return before + whole + fraction + after


@lru_cache(maxsize=512)
def _printer(locale: str, currency: str) -> _Printer:
    return _Printer(_locale(locale), currency)


class _Reader:
    """Reads what a person types in one locale for one currency; refuses whatever could be read in two ways."""

    def __init__(self, locale: Locale, currency: str) -> None:
        self.decimals = decimals(currency)
        point = get_decimal_symbol(locale)
        marks = {" ", "'", _plain(get_group_symbol(locale))} - {point}
        # Arabic and Persian keyboards have their own decimal and thousands marks beside their digits.
        self.native_marks = str.maketrans({"\u066b": point, "\u066c": "'"})
        groupings = [r"[0-9]{1,3}(?:(?P<mark3>%s)[0-9]{3})(?:(?P=mark3)[0-9]{3})*"]
        if locale.currency_formats["standard"].grouping[1] == 2 or currency in _LAKH_CURRENCIES:
            groupings.append(r"[0-9]{1,2}(?:(?P<mark2>%s)[0-9]{2})(?:(?P=mark2)[0-9]{2})*(?P=mark2)[0-9]{3}")
        any_mark = "[" + "".join(re.escape(mark) for mark in sorted(marks)) + "]"
        whole = "|".join([*(grouping % any_mark for grouping in groupings), "[0-9]+"])
        fraction = f"(?:{re.escape(point)}(?P<fraction>[0-9]*))?"
        sign = "|".join(re.escape(sign) for sign in _signs(locale, currency))
        self.lead = re.compile(rf"(?:(?:{sign})\s*)?(?P<sign>[+-])", re.IGNORECASE)
        self.term = re.compile(
            rf"\s*(?:(?:{sign})\s*)?(?=[0-9]|{re.escape(point)}[0-9])(?P<whole>{whole}|){fraction}(?:\s*(?:{sign}))?\s*"
            r"(?P<operator>[+-]|$)",
            re.IGNORECASE,
        )

    def read(self, text: str) -> Decimal:
        """The sum of the terms; the first may have a sign of its own, before or after its currency sign."""
        return sum((sign * self._number(term, text) for sign, term in self._terms(text)), Decimal(0))

    def _terms(self, text: str) -> list[tuple[int, re.Match[str]]]:
        """Each term with the sign before it, once the whole text is known to be terms."""
        typed = _plain(text).translate(self.native_marks).strip()
        if not typed:
            raise AmountError(AmountProblem.EMPTY, text)
        if len(typed) > MAX_TEXT:
            raise AmountError(AmountProblem.NOT_AN_AMOUNT, text)
        lead = self.lead.match(typed)
        operator, place = (lead["sign"], lead.end()) if lead else ("+", 0)
        terms = []
        while operator:
            term = self.term.match(typed, place)
            if not term:
                raise AmountError(AmountProblem.NOT_AN_AMOUNT, text)
            terms.append((-1 if operator == "-" else 1, term))
            operator, place = term["operator"], term.end()
        return terms

    def _number(self, term: re.Match[str], text: str) -> Decimal:
        whole = re.sub("[^0-9]", "", term["whole"]).lstrip("0") or "0"
        fraction = term["fraction"] or ""
        if len(whole) > MAX_WHOLE_DIGITS:
            raise AmountError(AmountProblem.TOO_LARGE, text)
        if len(fraction) > self.decimals:
            raise AmountError(AmountProblem.TOO_MANY_DECIMALS, text)
        return Decimal(f"{whole}.{fraction or '0'}")


@lru_cache(maxsize=512)
def _reader(locale: str, currency: str) -> _Reader:
    return _Reader(_locale(locale), currency)


def _plain(text: str) -> str:
    """ASCII digits, marks and spaces for their many twins; invisible direction marks are gone."""
    return "".join(_plain_character(character) for character in text.translate(_TYPED))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    return "" if category == "Cf" else character


def _signs(locale: Locale, currency: str) -> list[str]:
    """Every way to write this currency's sign, the longest first: the code, the locale's own, the bare "$" of "US$"."""
    signs = {currency, *_TYPED_SIGNS.get(currency, ())}
    for symbol in (get_currency_symbol(currency, locale), get_currency_symbol(currency, "en")):
        signs.add(_plain(symbol))
        if unicodedata.category(symbol[-1]) == "Sc":
            signs.add(_plain(symbol[-1]))
    return sorted(signs, key=lambda sign: (-len(sign), sign))
