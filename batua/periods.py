"""Periods: half-open stretches of plain days, and the household's months. Month arithmetic lives nowhere else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

CHOICES: tuple[str, ...] = (
    "this-month",
    "last-month",
    "last-3-months",
    "last-6-months",
    "this-year",
    "all-time",
    "custom",
)

# Further away a day is a slip of the keyboard, and arithmetic on it would leave the calendar.
FIRST_YEAR = 1900
LAST_YEAR = 2100

# A month that begins after this day is named after the month it ends in: 25 October to 24 November is November.
_LAST_START_OF_OWN_MONTH = 15

_MONTH_KEY = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_DAY = timedelta(days=1)
_WEEK = 7


class PeriodProblem(Enum):
    """Why a period cannot be made; the sentence for it is the form's."""

    UNKNOWN = "unknown"
    DAY_MISSING = "day-missing"
    BACKWARDS = "backwards"
    OUT_OF_RANGE = "out-of-range"
    NOT_A_NAME = "not-a-name"
    UNBOUNDED = "unbounded"


class PeriodError(ValueError):
    """A period that cannot be made; ``code`` says why."""

    def __init__(self, code: PeriodProblem, text: str) -> None:
        self.code = code
        super().__init__(f"{text} is not a period: {code.value}")


@dataclass(frozen=True)
class Period:
    """The days from ``start`` up to, not including, ``end``; None is unbounded.

    ``months`` names the first and the last household month when the period is made of whole ones.
    """

    start: date | None
    end: date | None
    key: str
    months: tuple[date, date] | None = None

    @property
    def is_all_time(self) -> bool:
        """Has it neither a first nor a last day?"""
        return self.start is None and self.end is None

    @property
    def last_day(self) -> date | None:
        """The last day inside, as people write it."""
        return None if self.end is None else self.end - _DAY

    @property
    def days(self) -> tuple[date, ...]:
        """Every day inside, in order; raises PeriodError when there is no first or last."""
        start, end = self._bounds()
        return tuple(start + timedelta(days=number) for number in range((end - start).days))

    @property
    def length(self) -> int:
        """How many days are inside; raises PeriodError when there is no first or last."""
        start, end = self._bounds()
        return (end - start).days

    @property
    def month_names(self) -> tuple[date, ...]:
        """The name of each household month inside; empty unless the period is made of whole months."""
        if self.months is None:
            return ()
        first, last = self.months
        return tuple(shift(first, number) for number in range(distance(first, last) + 1))

    @property
    def slug(self) -> str:
        """For file names: 2026-11, 2026-08_2026-10, 2026-11-03_2026-11-20, all-time."""
        if self.months is not None:
            first, last = (f"{name:%Y-%m}" for name in self.months)
            return first if first == last else f"{first}_{last}"
        return "_".join(str(day) for day in (self.start, self.last_day) if day is not None) or "all-time"

    @property
    def query(self) -> str:
        """The period in an address, without the question mark; the last day is inside, as people write it."""
        if self.key == "custom":
            return f"period=custom&from={self.start}&to={self.last_day}"
        return f"period={self.key}"

    def contains(self, day: date) -> bool:
        """Is the day inside?"""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def _bounds(self) -> tuple[date, date]:
        if self.start is None or self.end is None:
            raise PeriodError(PeriodProblem.UNBOUNDED, self.key)
        return self.start, self.end


def shift(name: date, months: int) -> date:
    """The name of the month so many months later, or earlier when negative."""
    number = name.year * 12 + name.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def distance(first: date, last: date) -> int:
    """How many months lie from one name to the other; 0 for the same."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_of(day: date, *, month_start: int = 1) -> date:
    """The name of the household month that holds the day: the first of the calendar month it is called after."""
    calendar_month = day.replace(day=1)
    has_begun = day.day >= month_start
    if month_start <= _LAST_START_OF_OWN_MONTH:
        return calendar_month if has_begun else shift(calendar_month, -1)
    return shift(calendar_month, 1) if has_begun else calendar_month


def month(name: date, *, month_start: int = 1) -> Period:
    """The household month of this name, which must be a first of a month."""
    return _whole_months(name, name, month_start=month_start, key=f"{name:%Y-%m}")


def months(first: date, last: date, *, month_start: int = 1) -> Period:
    """The household months from one name to the other, both included."""
    if first == last:
        return month(first, month_start=month_start)
    return _whole_months(first, last, month_start=month_start, key="custom")


def year(number: int, *, month_start: int = 1) -> Period:
    """The twelve household months that are named in the year."""
    return months(date(number, 1, 1), date(number, 12, 1), month_start=month_start)


def grouped(name: date, number: int) -> tuple[date, date]:
    """The first and the last of the ``number`` months (1, 3 or 12) that are counted from January and hold this one."""
    first = shift(name, -((name.month - 1) % number))
    return first, shift(first, number - 1)


def week(day: date, *, week_start: int) -> Period:
    """The week that holds the day; its first day is Monday = 0 to Sunday = 6."""
    first = day - timedelta(days=(day.weekday() - week_start) % _WEEK)
    return Period(first, first + timedelta(days=_WEEK), "custom")


def resolve(
    key: str, *, today: date, month_start: int = 1, start: date | None = None, end: date | None = None
) -> Period:
    """The period of a key: one of CHOICES, or a month's name such as 2026-11.

    ``start`` and ``end`` (exclusive) are those of a custom period. Raises PeriodError.
    """
    if key == "custom":
        return _custom(start, end, month_start=month_start)
    if key == "all-time":
        return Period(None, None, key)
    named = _MONTH_KEY.fullmatch(key)
    if named:
        first = last = _in_range(int(named[1]), int(named[2]), key)
    elif key in CHOICES:
        first, last = _chosen(key, month_of(today, month_start=month_start))
    else:
        raise PeriodError(PeriodProblem.UNKNOWN, repr(key))
    return _whole_months(first, last, month_start=month_start, key=key)


def whole_months(period: Period, *, month_start: int = 1) -> Period | None:
    """The household months that lie wholly within a period with a first and a last day; None when there is none."""
    start, end = period.start, period.end
    if start is None or end is None:
        raise PeriodError(PeriodProblem.UNBOUNDED, period.key)
    first, last = month_of(start, month_start=month_start), month_of(end, month_start=month_start)
    if _begins(first, month_start) < start:
        first = shift(first, 1)
    last = shift(last, -1)
    return months(first, last, month_start=month_start) if first <= last else None


def previous(period: Period, *, month_start: int = 1) -> Period | None:
    """The period of the same shape that ends where this one begins; None when there is none."""
    return _stepped(period, -1, month_start=month_start)


def following(period: Period, *, month_start: int = 1) -> Period | None:
    """The period of the same shape that begins where this one ends; None when there is none."""
    return _stepped(period, 1, month_start=month_start)


def weeks(shown: Period | date, *, week_start: int) -> list[list[date]]:
    """The weeks, first day Monday = 0 to Sunday = 6, that cover a period, or the calendar month of a day."""
    period = month(shown.replace(day=1)) if isinstance(shown, date) else shown
    days = period.days
    before = (days[0].weekday() - week_start) % _WEEK
    first = days[0] - timedelta(days=before)
    rows = -(-(before + len(days)) // _WEEK)
    return [list(_week(first + timedelta(days=_WEEK * row))) for row in range(rows)]


def _week(first: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(_WEEK))


def _whole_months(first: date, last: date, *, month_start: int, key: str) -> Period:
    if first.day != 1 or last.day != 1:
        raise PeriodError(PeriodProblem.NOT_A_NAME, f"{first} to {last}")
    return Period(_begins(first, month_start), _begins(shift(last, 1), month_start), key, months=(first, last))


def _begins(name: date, month_start: int) -> date:
    if month_start > _LAST_START_OF_OWN_MONTH:
        name = shift(name, -1)
    return name.replace(day=month_start)


def _chosen(key: str, current: date) -> tuple[date, date]:
    """The names of the first and the last month of a choice, seen from the current month."""
    if key == "this-year":
        return current.replace(month=1), current.replace(month=12)
    back = {"this-month": (0, 0), "last-month": (1, 1), "last-3-months": (2, 0), "last-6-months": (5, 0)}[key]
    return shift(current, -back[0]), shift(current, -back[1])


def _custom(start: date | None, end: date | None, *, month_start: int) -> Period:
    if start is None or end is None:
        raise PeriodError(PeriodProblem.DAY_MISSING, f"{start} to {end}")
    if end <= start:
        raise PeriodError(PeriodProblem.BACKWARDS, f"{start} to {end}")
    if start.year < FIRST_YEAR or (end - _DAY).year > LAST_YEAR:
        raise PeriodError(PeriodProblem.OUT_OF_RANGE, f"{start} to {end}")
    first = month_of(start, month_start=month_start)
    last = month_of(end - _DAY, month_start=month_start)
    is_whole = start == _begins(first, month_start) and end == _begins(shift(last, 1), month_start)
    return Period(start, end, "custom", months=(first, last) if is_whole else None)


def _in_range(year: int, number: int, key: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(PeriodProblem.OUT_OF_RANGE, key)
    return date(year, number, 1)


def _stepped(period: Period, direction: int, *, month_start: int) -> Period | None:
    if period.start is None or period.end is None:
        return None
    if period.months is not None:
        first, last = period.months
        steps = direction * (distance(first, last) + 1)
        stepped = months(shift(first, steps), shift(last, steps), month_start=month_start)
    else:
        length = direction * (period.end - period.start)
        stepped = Period(period.start + length, period.end + length, "custom")
    return stepped if _is_in_range(stepped) else None


def _is_in_range(period: Period) -> bool:
    """Could an address ask for this period?"""
    if period.start is None or period.last_day is None:
        return True
    years = {period.start.year, period.last_day.year, *(name.year for name in period.months or ())}
    return min(years) >= FIRST_YEAR and max(years) <= LAST_YEAR
