"""The calendar ready to print: its month, weeks, days and the day that is open, in the reader's words; no query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_interval, get_day_names, get_month_names
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from batua import display, periods
from batua.period_picker import month_label
from batua.periods import Period
from reports import calendar_cells, markup
from reports.calendar_cells import Line, PrintedCell
from reports.month_grid import Grid, Sums, Week
from reports.reader import Reader
from transactions import daybook
from transactions.daybook import DayRows, Row

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Total:
    """Sums as figures; ``entries`` says from how many."""

    income: SafeString
    spending: SafeString
    net: SafeString
    entries: str


@dataclass(frozen=True)
class Step:
    """A month beside, and what its link says."""

    url: str
    label: str


@dataclass(frozen=True)
class PrintedWeek:
    """A week of the grid, and those of its days that a phone lists; ``url`` leads to its entries."""

    name: str
    url: str
    cells: tuple[PrintedCell, ...]
    lines: tuple[Line, ...]
    figures: SafeString
    net: SafeString
    days: tuple[PrintedCell, ...]


@dataclass(frozen=True)
class DayPanel:
    """The open day with its newest entries, and its sums of all of them.

    ``more`` names the link to all where some are left out, ``create_url`` is empty for who may only look.
    """

    iso: str
    name: str
    total: Total
    rows: list[Row]
    create_url: str
    create_label: str
    list_url: str
    more: str


@dataclass(frozen=True)
class MonthPage:
    """All that the calendar's template prints; an address is empty where there is nothing to lead to."""

    title: str
    url: str
    previous: Step | None
    next: Step | None
    is_this_month: bool
    months: tuple[tuple[int, str, bool], ...]
    year: int
    first_year: int
    last_year: int
    total: Total
    entries_url: str
    pay_day: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[PrintedWeek, ...]
    has_entries: bool
    nothing: str
    panel: DayPanel | None


def span(weeks: Sequence[Sequence[date]]) -> Period:
    """All days of some weeks."""
    return Period(weeks[0][0], weeks[-1][-1] + _DAY, "custom")


@lru_cache(4096)
def day_url(day: date) -> str:
    """Where a day is opened; empty for one the calendar does not have."""
    if not periods.FIRST_YEAR <= day.year <= periods.LAST_YEAR:
        return ""
    return reverse("reports:calendar-day", args=[day.year, day.month, day.day])


def printed(grid: Grid, panel: DayPanel | None, reader: Reader) -> MonthPage:
    """The month of a grid with the open day beside it."""
    month, opened = grid.month, panel.iso if panel else ""
    return MonthPage(
        title=month_label(month, locale=reader.locale),
        url=day_url(date.fromisoformat(opened)) if opened else _month_url(month),
        previous=_step(_("Previous month, %(month)s"), periods.shift(month, -1), reader),
        next=_step(_("Next month, %(month)s"), periods.shift(month, 1), reader),
        is_this_month=month == reader.today.replace(day=1),
        months=_month_choices(month, reader),
        year=month.year,
        first_year=periods.FIRST_YEAR,
        last_year=periods.LAST_YEAR,
        total=_total(grid.sums, reader),
        entries_url=_entries_url(month, reader),
        pay_day=_pay_day(month, reader),
        weekdays=_weekdays(grid.weeks[0], reader),
        weeks=tuple(_week(week, opened, reader) for week in grid.weeks),
        has_entries=grid.sums.entries > 0,
        nothing=_("No entries in %(month)s") % {"month": month_label(month, locale=reader.locale)},
        panel=panel,
    )


def panel(grid: Grid, opened: date, newest: DayRows, reader: Reader) -> DayPanel:
    """The open day: its sums are those of its cell, its rows those of the list."""
    sums = next(cell.sums for week in grid.weeks for cell in week.cells if cell.date == opened)
    more = _("All %(entries)s of the day") % {"entries": calendar_cells.entries(sums.entries)}
    return DayPanel(
        iso=opened.isoformat(),
        name=reader.day(opened, "MMMMEEEEd"),
        total=_total(sums, reader),
        rows=newest.rows,
        create_url=daybook.create_url(opened, back=day_url(opened)) if reader.may_write else "",
        create_label=_("Add an entry on this day"),
        list_url=daybook.list_url(opened),
        more=more if newest.has_more else "",
    )


def _week(week: Week, opened: str, reader: Reader) -> PrintedWeek:
    first, last = week.cells[0].date, week.cells[-1].date
    name = format_interval(first, last, skeleton="MMMd", locale=display.babel_locale(reader.locale))
    is_listed = first.year >= periods.FIRST_YEAR and last.year <= periods.LAST_YEAR
    query = span([[first, last]]).query
    lines = calendar_cells.lines(week.sums, reader)
    cells = tuple(
        calendar_cells.printed(cell, day_url(cell.date), is_open=cell.date.isoformat() == opened, reader=reader)
        for cell in week.cells
    )
    return PrintedWeek(
        name=str(name),
        url=f"{reverse('transactions:list')}?{query}" if is_listed and week.sums.entries else "",
        cells=cells,
        lines=lines,
        figures=markup.month_lines(lines),
        net=reader.figure(week.sums.net),
        days=tuple(cell for cell in cells if cell.name),
    )


def _total(sums: Sums, reader: Reader) -> Total:
    return Total(
        income=reader.figure(sums.income, "income"),
        spending=reader.figure(sums.spending, "expense"),
        net=reader.figure(sums.net),
        entries=calendar_cells.entries(sums.entries),
    )


def _step(label: str, month: date, reader: Reader) -> Step | None:
    if not periods.FIRST_YEAR <= month.year <= periods.LAST_YEAR:
        return None
    return Step(_month_url(month), label % {"month": month_label(month, locale=reader.locale)})


def _month_url(month: date) -> str:
    return reverse("reports:calendar-month", args=[month.year, month.month])


def _entries_url(month: date, reader: Reader) -> str:
    """The list of a calendar month; its name alone would be read as the household's month."""
    calendar_month = periods.month(month)
    if reader.month_start != 1:
        calendar_month = Period(calendar_month.start, calendar_month.end, "custom")
    return f"{reverse('transactions:list')}?{calendar_month.query}"


def _pay_day(month: date, reader: Reader) -> str:
    if reader.month_start == 1:
        return ""
    begins = month.replace(day=reader.month_start)
    name = periods.month_of(begins, month_start=reader.month_start)
    return _("%(month)s begins on %(day)s for you; this page shows the calendar month.") % {
        "month": month_label(name, locale=reader.locale),
        "day": reader.day(begins, "MMMMd"),
    }


def _month_choices(month: date, reader: Reader) -> tuple[tuple[int, str, bool], ...]:
    names = get_month_names("wide", context="stand-alone", locale=display.babel_locale(reader.locale))
    return tuple((number, names[number], number == month.month) for number in range(1, 13))


def _weekdays(week: Week, reader: Reader) -> tuple[tuple[str, str], ...]:
    locale = display.babel_locale(reader.locale)
    short, full = (get_day_names(width, context="stand-alone", locale=locale) for width in ("abbreviated", "wide"))
    return tuple((short[cell.date.weekday()], full[cell.date.weekday()]) for cell in week.cells)
