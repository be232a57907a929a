"""The cash flow ready to print: the chart, the names and addresses of its marks, and its table twin."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from batua.period_picker import month_label
from reports import charts, markup
from reports.cash_flow import CashFlow, Flow, Grain
from reports.charts import Bars, Step
from reports.reader import Reader

ZERO = Decimal(0)
JANUARY, JULY = 1, 7
MONTHS_OF_A_YEAR = 12


class Row(NamedTuple):
    """The numbers of one mark, for the table."""

    name: str
    income: str
    spending: str


@dataclass(frozen=True)
class FlowCard:
    """``name`` tells the cards of a page apart, ``step`` heads the table's first column.

    The ``note`` says what there is to find. Without any amount there is nothing to draw. ``body`` is that of the table
    of ``rows``.
    """

    name: str
    title: str
    note: str
    step: str
    is_empty: bool
    chart: Bars
    rows: list[Row]
    body: SafeString


def printed(cash_flow: CashFlow, reader: Reader, *, entries: str) -> FlowCard:
    """The chart of a cash flow; each mark leads to its part of the ``entries`` page."""
    title = {
        Grain.DAY: _("Cash flow by day"),
        Grain.MONTH: _("Cash flow by month"),
        Grain.YEAR: _("Cash flow by year"),
    }[cash_flow.grain]
    return _both("cash-flow", title, "", cash_flow, reader, entries)


def months(cash_flow: CashFlow, reader: Reader, *, entries: str) -> FlowCard:
    """Income beside spending for each of several months; those before the first entry are in no average."""
    counted = list(dropwhile(lambda flow: not (flow.income or flow.spending), cash_flow.flows))
    number = max(1, len(counted))
    named = {
        "income": reader.words(sum((flow.income for flow in counted), ZERO) / number),
        "spending": reader.words(sum((flow.spending for flow in counted), ZERO) / number),
    }
    note = _("A month brought in %(income)s and cost %(spending)s on average.") % named
    return _both("months", _("Income against spending"), note, cash_flow, reader, entries)


def spending(cash_flow: CashFlow, reader: Reader, *, rows: list[Row], entries: str) -> FlowCard:
    """Spending alone along a period; each mark leads to what was spent in its part of the ``entries`` page.

    ``rows`` are those that the cash flow's own card has.
    """
    title = {
        Grain.DAY: _("Spending by day"),
        Grain.MONTH: _("Spending by month"),
        Grain.YEAR: _("Spending by year"),
    }[cash_flow.grain]
    steps = [
        Step(
            name=axis_name(flow, cash_flow, reader),
            title=f"{row.name}\n{row.spending}",
            url=f"{entries}?{flow.period.query}&kind=expense",
            income=ZERO,
            spending=flow.spending,
        )
        for flow, row in zip(cash_flow.flows, rows, strict=True)
    ]
    chart = charts.columns(steps, printed=reader.brief)
    is_empty = not any(flow.spending for flow in cash_flow.flows)
    return FlowCard(
        name="spending",
        title=title,
        note=_each_day(cash_flow, reader),
        step=_step(cash_flow),
        is_empty=is_empty,
        chart=chart,
        rows=rows,
        body=markup.table_rows((row.name, [row.spending]) for row in rows),
    )


def _both(name: str, title: str, note: str, cash_flow: CashFlow, reader: Reader, entries: str) -> FlowCard:
    rows = _rows(cash_flow, reader)
    words = _("%(name)s\nIncome %(income)s\nSpending %(spending)s")
    steps = [
        Step(
            name=axis_name(flow, cash_flow, reader),
            title=words % row._asdict(),
            url=f"{entries}?{flow.period.query}",
            income=flow.income,
            spending=flow.spending,
        )
        for flow, row in zip(cash_flow.flows, rows, strict=True)
    ]
    is_empty = not any(flow.income or flow.spending for flow in cash_flow.flows)
    chart = charts.bars(steps, printed=reader.brief)
    return FlowCard(
        name=name,
        title=title,
        note=note,
        step=_step(cash_flow),
        is_empty=is_empty,
        chart=chart,
        rows=rows,
        body=markup.table_rows((row.name, [row.income, row.spending]) for row in rows),
    )


def _rows(cash_flow: CashFlow, reader: Reader) -> list[Row]:
    return [
        Row(step_name(flow, cash_flow, reader), reader.words(flow.income), reader.words(flow.spending))
        for flow in cash_flow.flows
    ]


def _step(cash_flow: CashFlow) -> str:
    return {Grain.DAY: _("Day"), Grain.MONTH: _("Month"), Grain.YEAR: _("Year")}[cash_flow.grain]


def _each_day(cash_flow: CashFlow, reader: Reader) -> str:
    """What a day cost on average, of the days that have come; nothing where steps are longer than a day."""
    days = [flow for flow in cash_flow.flows if flow.name <= reader.today]
    if cash_flow.grain is not Grain.DAY or not days:
        return ""
    amount = sum((flow.spending for flow in days), ZERO) / len(days)
    return _("%(amount)s a day on average") % {"amount": reader.words(amount)}


def step_name(flow: Flow, cash_flow: CashFlow, reader: Reader) -> str:
    """What people call a step: 3 Nov, November 2026, 2026."""
    match cash_flow.grain:
        case Grain.DAY:
            return reader.day(flow.name, "MMMd" if flow.name.year == reader.today.year else "yMMMd")
        case Grain.MONTH:
            return month_label(flow.name, locale=reader.locale)
    return f"{flow.name:%Y}"


def axis_name(flow: Flow, cash_flow: CashFlow, reader: Reader) -> str:
    """What stands below it, if anything."""
    if cash_flow.grain is Grain.DAY:
        return str(flow.name.day)
    is_new_year = flow.name.month == JANUARY
    if cash_flow.grain is Grain.YEAR or (is_new_year and len(cash_flow.flows) > MONTHS_OF_A_YEAR):
        return f"{flow.name:%Y}"
    is_named = len(cash_flow.flows) <= MONTHS_OF_A_YEAR or flow.name.month == JULY
    return reader.day(flow.name, "MMM") if is_named else ""
