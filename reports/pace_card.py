"""The pace of a month's spending ready to print: three lines, what they say in a sentence, and their table twin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua import periods
from batua.period_picker import month_label
from batua.periods import Period
from reports import lines, markup, wording
from reports.lines import Lines, Point, Series
from reports.pace import Pace
from reports.reader import Reader


@dataclass(frozen=True)
class Key:
    """A line of the legend."""

    look: str
    name: str


class Row(NamedTuple):
    """One day of the table; a day that has not come has no amount."""

    name: str
    cells: list[str]


@dataclass(frozen=True)
class PaceCard:
    """``note`` says how the month stands beside the average; empty before it has begun."""

    note: str
    is_empty: bool
    chart: Lines
    legend: list[Key]
    rows: list[Row]
    body: SafeString


def printed(pace: Pace, reader: Reader, *, entries: str, wide: int = lines.WIDE) -> PaceCard:
    """The chart of a pace; each day leads to what was spent from the month's first day up to it."""
    legend = _legend(pace, reader)
    series = [Series("before", "", pace.before)]
    if pace.average is not None:
        series.append(Series("average", "", pace.average))
    series.append(Series("now", "", pace.now))
    points, rows = [], []
    for number, url in enumerate(_urls(pace, reader, entries)):
        cells = [_cell(each.values[number], reader) for each in reversed(series)]
        name = _day_name(pace, number, reader)
        told = [f"{key.name} {cell}" for key, cell in zip(legend, cells, strict=True) if cell]
        points.append(Point(str(number + 1), "\n".join([name, *told]), url))
        rows.append(Row(name, cells))
    chart = lines.lines(points, series, printed=reader.brief, wide=wide)
    return PaceCard(
        note=_note(pace, reader),
        is_empty=not any(amount for each in series for amount in each.values),
        chart=chart,
        legend=legend,
        rows=rows,
        body=markup.table_rows((row.name, row.cells) for row in rows),
    )


def _legend(pace: Pace, reader: Reader) -> list[Key]:
    """In the order of importance, the reverse of that of drawing."""
    name = _name(pace.month)
    before = periods.shift(name, -1)
    average = ngettext("Average of %(count)d month", "Average of %(count)d months", pace.counted)
    keys = [
        Key("now", month_label(name, locale=reader.locale)),
        Key("average", average % {"count": pace.counted}),
        Key("before", month_label(before, locale=reader.locale)),
    ]
    return keys if pace.average is not None else [keys[0], keys[2]]


def _note(pace: Pace, reader: Reader) -> str:
    number = pace.latest
    if number is None:
        return ""
    now = pace.now[number] or Decimal(0)
    said = _("%(amount)s by %(day)s.") % {
        "amount": reader.words(now),
        "day": reader.day(pace.days[number], "MMMd"),
    }
    if pace.average is None:
        return said
    average = round(pace.average[number], 2)
    return f"{said} {wording.change(now, average, reader, when=_('by this day on average'))}."


def _cell(amount: Decimal | None, reader: Reader) -> str:
    return "" if amount is None else reader.words(amount)


def _urls(pace: Pace, reader: Reader, entries: str) -> Iterator[str]:
    """A day that has not come leads to the same day of the month before."""
    before = periods.month(periods.shift(_name(pace.month), -1), month_start=reader.month_start)
    days = before.days
    for number, (day, amount) in enumerate(zip(pace.days, pace.now, strict=True)):
        first, last = (pace.days[0], day) if amount is not None else (days[0], days[min(number, len(days) - 1)])
        yield f"{entries}?period=custom&from={first}&to={last}&kind=expense"


def _day_name(pace: Pace, number: int, reader: Reader) -> str:
    if pace.month.contains(pace.days[number]):
        return reader.day(pace.days[number], "MMMd")
    return _("Day %(number)d") % {"number": number + 1}


def _name(month: Period) -> date:
    return month.month_names[0]
