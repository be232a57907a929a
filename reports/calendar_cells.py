"""A day of the calendar ready to print: its figures as short as a cell needs them, and what it says aloud."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua import display
from reports import markup
from reports.month_grid import Cell, Sums
from reports.reader import Reader

# What a cell of a tablet holds: ten digits and what stands between them. Longer figures are written short.
ROOM = 13


@dataclass(frozen=True)
class Line:
    """One figure and its name; ``exact`` where the figure is written short."""

    kind: str
    label: str
    amount: SafeString
    exact: str


@dataclass(frozen=True)
class PrintedCell:
    """A day of the grid; the address is empty for a day that cannot be opened, ``begins`` marks a household's month.

    ``figures`` are its ``lines`` joined, ``state`` and ``link`` the attributes of its cell and of the link in it.
    ``name`` is that of a day that a phone lists, one of the month with entries.
    """

    id: str
    url: str
    number: str
    exact: str
    name: str
    lines: tuple[Line, ...]
    figures: SafeString
    entries: str
    begins: str
    state: SafeString
    link: SafeString
    is_today: bool
    is_open: bool
    is_outside: bool


def printed(cell: Cell, url: str, *, is_open: bool, reader: Reader) -> PrintedCell:
    """The cell of a day."""
    day, is_today = cell.date, cell.date == reader.today
    iso, found = day.isoformat(), lines(cell.sums, reader)
    return PrintedCell(
        id=iso,
        url=url,
        number=str(day.day),
        exact=reader.day(day, "yMMMMEEEEd"),
        name=reader.day(day, "Ed") if cell.is_in_month and cell.sums.entries else "",
        lines=found,
        figures=markup.month_lines(found),
        entries=entries(cell.sums.entries) if cell.sums.entries else "",
        begins=_begins(day, reader),
        state=_state(cell, is_today=is_today, is_open=is_open),
        link=_link(iso, url, is_today=is_today, is_open=is_open),
        is_today=is_today,
        is_open=is_open,
        is_outside=not cell.is_in_month,
    )


def lines(sums: Sums, reader: Reader) -> tuple[Line, ...]:
    """Income, spending, and the net of both where there are both."""
    found = []
    if sums.income:
        found.append(_moved("income", _("Income"), sums.income, reader))
    if sums.spending:
        found.append(_moved("expense", _("Spending"), sums.spending, reader))
    if sums.income and sums.spending:
        found.append(_line("net", _("Net"), reader.figure(sums.net), sums.net, reader))
    return tuple(found)


def entries(number: int) -> str:
    """3 entries."""
    return ngettext("%(count)s entry", "%(count)s entries", number) % {"count": number}


def _state(cell: Cell, *, is_today: bool, is_open: bool) -> SafeString:
    outside, today, opened = (
        " data-outside" * (not cell.is_in_month),
        " data-today" * is_today,
        " data-open" * is_open,
    )
    return SafeString(f'data-heat="{cell.heat}"{outside}{today}{opened}')  # nosec B703 # a number and names of our own


def _link(iso: str, url: str, *, is_today: bool, is_open: bool) -> SafeString:
    current, expanded = (
        ' aria-current="date"' * is_today,
        ' aria-expanded="true" aria-controls="reports-day"' * is_open,
    )
    place = f'id="day-{iso}" href="{url}" hx-get="{url}" data-date="{iso}"'
    return SafeString(place + current + expanded)  # nosec B703 # days and addresses made of them


def _moved(kind: str, label: str, amount: Decimal, reader: Reader) -> Line:
    """Income with a plus, spending with a minus; what came back the other way round."""
    figure = display.entry_amount(amount, currency=reader.currency, locale=reader.locale, kind=kind)
    return _line(kind, label, figure, amount, reader)


def _line(kind: str, label: str, figure: SafeString, amount: Decimal, reader: Reader) -> Line:
    exact = reader.words(amount)
    if len(exact) <= ROOM:
        return Line(kind, label, figure, "")
    return Line(kind, label, _brief(kind, amount, reader), exact)


def _brief(kind: str, amount: Decimal, reader: Reader) -> SafeString:
    comes_in = (kind != "expense") == (amount > 0)
    sign = display.MINUS if not comes_in else "" if kind == "net" else "+"
    look = "plain" if kind == "net" else "back" if amount < 0 else kind
    return format_html('<span class="amount" data-kind="{}">{}{}</span>', look, sign, reader.brief(abs(amount)))


def _begins(day: date, reader: Reader) -> str:
    return _("Month begins") if reader.month_start == day.day and reader.month_start != 1 else ""
