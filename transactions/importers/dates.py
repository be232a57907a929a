"""Days as banks print them, read in one order for the whole file: day and month are never guessed row by row."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from transactions.importers import eras
from transactions.importers.base import DateReading, StatementError, gettext_noop, sentence
from transactions.importers.months import is_weekday, month_number

NOT_A_DATE = gettext_noop("“%(text)s” is not a date.")
NOT_IN_THIS_ORDER = gettext_noop("“%(text)s” is not a date in this file's order, %(order)s.")
ORDER_DOES_NOT_FIT = gettext_noop("No date of this file can be read in the order %(order)s.")

# The order in which files are looked at; a year before day and month is never taken where a file leaves it open.
ORDERS = ("dmy", "mdy", "ymd")
YEAR_DAY_MONTH = "ydm"
# One such day may be a slip of the pen.
_FEWEST_PROOFS = 3
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LONGEST = 60

# Two-digit years from here on belong to the last century: a statement of 2050 is on nobody's disk.
_CENTURY_TURNS_AT = 50

_TIME = re.compile(
    r"(?:T(?=\d)|[\s,]+(?:at\s+)?|(?<=\d{4})-(?=\d\d:))\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:uhr|z|utc|gmt|[ecmpai][sd]t|ce?s?t|we?s?t|bst|ee?s?t|ae[sd]t|nz[sd]t|sgt|hkt|jst)?"
    r"\s*(?:[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
# The day of booking before the day that it counts from: 03/16/2026 as of 03/15/2026.
_AS_OF = re.compile(r"(?<=\d)\s+as of\s.*$", re.IGNORECASE)
# 20260302120000.000[-5:EST] of OFX: the day is the bank's own, its zone shifts nothing.
_DIGITS = re.compile(r"(\d{8})(\d{4}(?:\d{2}(?:\.\d+)?)?)?\s*(?:\[[^\]]*\]|z|utc|gmt)?", re.IGNORECASE)
# The second mark of QIF is an apostrophe: 3/ 7'26.
_NUMBERS = re.compile(r"(\d{1,4})\s?([./ -])\s?(\d{1,2})\s?(?:\2|')\s?(\d{1,4})\.?")
_NAME_WITHIN = re.compile(r"(\d{1,4})(?:st|nd|rd|th|\.)?[\s/-]*([^\W\d_]+)[\s./,-]*(\d{1,4})\.?")
_NAME_FIRST = re.compile(r"([^\W\d_]+)[\s./-]*(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]+(\d{1,4})\.?")
_WEEKDAY = re.compile(r"([^\W\d_]+)[.,]*\s+(?=\S)")
# Marks that say in which direction a text is written.
_DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_FILLERS = re.compile(r"\b(?:de|del|of|di)\b", re.IGNORECASE)
_EAST_ASIAN = str.maketrans({"年": "-", "月": "-", "日": " ", "년": "-", "월": "-", "일": " "})


@dataclass(frozen=True, slots=True)
class _Triple:
    """The three numbers of a day as they are printed; a month's name has become its number."""

    numbers: tuple[str, str, str]
    separator: str = ""
    has_name: bool = False

    def in_order(self, order: str) -> date | None:
        places = dict(zip(order, self.numbers, strict=True))
        if any(len(places[unit]) > 2 for unit in "dm"):
            return None
        year = self._counted_otherwise(places["y"], order) or _year(places["y"])
        try:
            day = date(year, int(places["m"]), int(places["d"]))
        except ValueError:
            return None
        return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None

    def _counted_otherwise(self, digits: str, order: str) -> int | None:
        """The year of a count that few use. Digits without a mark between them may be any number."""
        is_told = len(digits) > 2 and (self.separator or self.has_name)
        return eras.year(digits, is_first=order[0] == "y") if is_told else None

    @property
    def is_counted_otherwise(self) -> bool:
        return any(self._counted_otherwise(digits, "ymd") for digits in self.numbers)


@dataclass(frozen=True, slots=True)
class _Day:
    """What one text can mean: order → day. ``is_late``: texts of its kind were not always known as days."""

    triple: _Triple
    readings: dict[str, date]
    is_late: bool = False

    def reading(self, order: str) -> date | None:
        """The day in this order; with the year first and the day second only where four digits are the year."""
        if order != YEAR_DAY_MONTH:
            return self.readings.get(order)
        is_possible = len(self.triple.numbers[0]) == 4 and self.triple.separator and not self.triple.has_name
        return self.triple.in_order(order) if is_possible else None

    @property
    def is_proof(self) -> bool:
        """Whether it is a day with the year first and the day second, and no day in any other order."""
        return not self.readings


@dataclass(frozen=True, slots=True)
class DateFormat:
    """How the file's days are read: in ``order``; ``alternatives`` are other orders that fit all of them as well.

    ``is_settled``: the member chose the order or earlier files proved it, so it is not ambiguous even where others fit.
    """

    order: str
    alternatives: tuple[str, ...] = ()
    is_settled: bool = False

    @property
    def is_ambiguous(self) -> bool:
        return bool(self.alternatives) and not self.is_settled

    def settled(self, proven: str | None) -> "DateFormat":
        """In the order that earlier files proved, where this one leaves it open."""
        if not self.is_ambiguous or proven not in (orders := (self.order, *self.alternatives)):
            return self
        return DateFormat(proven, tuple(order for order in orders if order != proven), is_settled=True)

    def read(self, text: str) -> date:
        """The day, within 1900 to 2100; raises StatementError."""
        found = _day(text)
        day = found.reading(self.order) if found else None
        if day is not None:
            return day
        if found is None or found.is_proof:
            raise StatementError(sentence(NOT_A_DATE, text=text.strip()[:LONGEST]))
        raise StatementError(sentence(NOT_IN_THIS_ORDER, text=text.strip()[:LONGEST], order=self.order))


def is_date(text: str) -> bool:
    """Whether a text can be a day in some order."""
    return _day(text) is not None


def is_late(text: str) -> bool:
    """Whether a day is counted in years that were not always known; lines keep such texts among their words."""
    found = _day(text)
    return found is not None and found.is_late


def decide(texts: Iterable[str], *, demanded: str | None = None, hint: str = "dmy") -> DateFormat:
    """The one order in which most of these days can be read; each distinct text counts once.

    ``demanded`` overrules the file; StatementError when it fits nothing. ``hint`` counts only where several orders
    fit all days equally and would make different days of them.
    """
    found = [day for day in map(_day, sorted(set(texts))) if day]
    if demanded == YEAR_DAY_MONTH or (not demanded and _puts_the_day_second(found)):
        return _with_the_day_second(found, is_demanded=bool(demanded))
    votes = Counter(order for day in found for order in day.readings)
    if demanded and found and not votes[demanded]:
        raise StatementError(sentence(ORDER_DOES_NOT_FIT, order=demanded))
    if not votes:
        return DateFormat(demanded or hint)
    most = max(votes.values())
    fitting = _by_custom([order for order in ORDERS if votes[order] == most], found)
    hint = _likelier(fitting, found) or hint
    order = demanded or (hint if hint in fitting and fitting[0] != "ymd" else fitting[0])
    others = [
        other
        for other in fitting
        if other != order and any(day.readings.get(order) != day.readings.get(other) for day in found)
    ]
    return DateFormat(order, tuple(others), is_settled=bool(demanded))


def _puts_the_day_second(days: list[_Day]) -> bool:
    """Whether no day of the file says otherwise, and so many prove it that none of them is a mistake."""
    proofs = sum(day.is_proof for day in days)
    is_certain = proofs == len(days) or (proofs >= _FEWEST_PROOFS and proofs * 2 >= len(days))
    return proofs > 0 and is_certain and all(day.reading(YEAR_DAY_MONTH) for day in days)


def _with_the_day_second(days: list[_Day], *, is_demanded: bool) -> DateFormat:
    if days and not any(day.reading(YEAR_DAY_MONTH) for day in days):
        raise StatementError(sentence(ORDER_DOES_NOT_FIT, order=YEAR_DAY_MONTH))
    return DateFormat(YEAR_DAY_MONTH, is_settled=is_demanded)


def days(texts: Iterable[str], order: str) -> list[date]:
    """The days that can be read in this order, as they stand; other texts are passed over."""
    return [reading for day in map(_day, texts) if day and (reading := day.reading(order))]


def readings(texts: Sequence[str], order: DateFormat) -> tuple[DateReading, ...]:
    """What each order that fits makes of these days, the one in use first; nothing where only one fits."""
    found = ((each, days(texts, each)) for each in (order.order, *order.alternatives))
    return tuple(DateReading(each, min(days), max(days)) for each, days in found if days) if order.alternatives else ()


def runs(texts: Iterable[str], order: str) -> bool:
    """Whether the days, read in this order, only go up or only go down."""
    found = days(texts, order)
    return found == sorted(found) or found == sorted(found, reverse=True)


def _by_custom(fitting: list[str], days: list[_Day]) -> list[str]:
    """Of the orders that fit, those that people use: points never put the month first, short years rarely lead."""
    if len(fitting) > 1 and "mdy" in fitting and all(day.triple.separator == "." for day in days):
        fitting = [order for order in fitting if order != "mdy"]
    if len(fitting) > 1 and "ymd" in fitting:
        firsts = {day.triple.numbers[0].zfill(2) for day in days}
        lasts = {day.triple.numbers[2].zfill(2) for day in days}
        # A file covers many days of few years.
        if len(firsts) < len(lasts):
            return ["ymd", *(order for order in fitting if order != "ymd")]
        # A single digit is a common day and a strange year: 10-Nov-9.
        if not any(day.triple.has_name and len(day.triple.numbers[2]) == 1 for day in days):
            fitting = [order for order in fitting if order != "ymd"]
    return sorted(fitting, key=ORDERS.index)


def _likelier(fitting: list[str], days: list[_Day]) -> str | None:
    """The order that makes scattered days of one month of what would else be one and the same day of many months.

    Days without a gap between them prove nothing: 1/1, 1/2, 1/3 may well be interest paid each month.
    """
    parts = {place: {int(day.triple.numbers[place]) for day in days} for place in (0, 1)}
    if set(fitting) != {"dmy", "mdy"} or any(day.triple.has_name for day in days):
        return None
    for steady, scattered, order in ((0, 1, "mdy"), (1, 0, "dmy")):
        spread = parts[scattered]
        if len(parts[steady]) == 1 and len(spread) > 3 and max(spread) - min(spread) >= len(spread):
            return order
    return None


@lru_cache(maxsize=8192)
def _day(text: str) -> _Day | None:
    if not 5 < len(text.strip()) <= LONGEST:
        return None
    # A spreadsheet's guard makes a text of a day: '13/03/2026.
    printed = text.strip().removeprefix("'")
    plain = eras.western(printed if printed.isascii() else _DIRECTIONS.sub("", printed))
    triple = _digits(plain) or _triple(_TIME.sub("", _AS_OF.sub("", plain)).strip())
    if triple is None:
        return None
    named = {"mdy"} if triple.separator == "name first" else {"dmy", "ymd"} if triple.has_name else set(ORDERS)
    readings = {order: day for order in ORDERS if order in named and (day := triple.in_order(order))}
    found = _Day(triple, readings, is_late=plain != printed or triple.is_counted_otherwise)
    return found if readings or found.reading(YEAR_DAY_MONTH) else None


def _digits(text: str) -> _Triple | None:
    """Eight digits without a mark; only one way to cut them has a year between 1900 and 2100."""
    found = _DIGITS.fullmatch(text)
    if not found:
        return None
    digits = found[1]
    year_first = _Triple((digits[:4], digits[4:6], digits[6:]))
    if found[2] or year_first.in_order("ymd"):
        return year_first
    return _Triple((digits[:2], digits[2:4], digits[4:]))


def _triple(text: str) -> _Triple | None:
    plain = text.translate(_EAST_ASIAN).strip()
    if triple := _numbers(plain):
        return triple
    if not any(character.isalpha() for character in plain):
        return None
    plain = _FILLERS.sub(" ", plain).strip()
    return _with_name(plain) or _after_weekday(plain)


def _numbers(text: str) -> _Triple | None:
    found = _NUMBERS.fullmatch(text)
    return _Triple((found[1], found[3], found[4]), found[2]) if found else None


def _with_name(text: str) -> _Triple | None:
    if (found := _NAME_WITHIN.fullmatch(text)) and (month := month_number(found[2])):
        return _Triple((found[1], str(month), found[3]), has_name=True)
    if (found := _NAME_FIRST.fullmatch(text)) and (month := month_number(found[1])):
        return _Triple((str(month), found[2], found[3]), "name first", has_name=True)
    return None


def _after_weekday(text: str) -> _Triple | None:
    """The rest of "Mon, 5 Jan 2024" and "Monday 05/01/2024"."""
    found = _WEEKDAY.match(text)
    rest = text[found.end() :] if found else ""
    triple = (_numbers(rest) or _with_name(rest)) if rest else None
    return triple if triple and found and is_weekday(found[1]) else None


def _year(digits: str) -> int:
    """One or two digits are a year near ours: 26 is 2026, 68 is 1968, 9 is 2009; four stand for themselves."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < _CENTURY_TURNS_AT else 1900)
