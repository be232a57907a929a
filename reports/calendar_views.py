"""The calendar: a month, and the entries of one of its days."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from batua import periods
from batua.htmx import HtmxRequest, refused, render_page
from reports import calendar_page, month_grid
from reports.calendar_page import DayPanel
from reports.forms import MonthForm
from reports.reader import Reader
from transactions import daybook, ledger

# What a day beside its month shows; the rest is one step away, in the list.
MOST_ROWS = 20


@require_GET
def this_month(request: HtmxRequest) -> HttpResponse:
    """The month of today, or the one that the form asks for."""
    if "month" in request.GET or "year" in request.GET:
        form = MonthForm(request.GET)
        if not form.is_valid():
            return refused(request, form)
        return redirect("reports:calendar-month", form.name.year, form.name.month)
    return _shown(request, timezone.localdate(), opened=timezone.localdate())


@require_GET
def month(request: HtmxRequest, year: int, month: int) -> HttpResponse:
    """A month; where it is that of today, today is open."""
    first, today = _day_or_404(year, month, 1), timezone.localdate()
    return _shown(request, first, opened=today if today.replace(day=1) == first else None)


@require_GET
def day(request: HtmxRequest, year: int, month: int, day: int) -> HttpResponse:
    """A month with one of its days open."""
    opened = _day_or_404(year, month, day)
    return _shown(request, opened, opened=opened)


def _shown(request: HtmxRequest, shown: date, *, opened: date | None) -> HttpResponse:
    household, today = request.household, timezone.localdate()
    reader = Reader.of(request, today=today)
    weeks = periods.weeks(shown, week_start=household.week_start)
    days = ledger.entry_days(household, calendar_page.span(weeks))
    grid = month_grid.grid(shown.replace(day=1), weeks=weeks, days=days)
    panel = None if opened is None else _panel(request, grid, opened, reader)
    context = {"page": calendar_page.printed(grid, panel, reader), "may_write": reader.may_write}
    return render_page(request, "reports/calendar.html", "reports/_month.html", context)


def _panel(request: HtmxRequest, grid: month_grid.Grid, opened: date, reader: Reader) -> DayPanel:
    newest = daybook.newest(
        request.household,
        opened,
        most=MOST_ROWS,
        locale=reader.locale,
        today=reader.today,
        may_write=reader.may_write,
        back=calendar_page.day_url(opened),
    )
    return calendar_page.panel(grid, opened, newest, reader)


def _day_or_404(year: int, month: int, day: int) -> date:
    if not periods.FIRST_YEAR <= year <= periods.LAST_YEAR:
        raise Http404
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404 from error
