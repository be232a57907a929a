"""The cash flow ready to print: the chart, the names and addresses of its marks, and its table twin."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from batua.period_picker import month_label
from reports import charts
from reports.cash_flow import CashFlow, Flow, Grain
from reports.charts import Bars, Step
from reports.reader import Reader

JANUARY, JULY = 1, 7
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Row:
    """The numbers of one mark, for the table."""

    name: str
    income: str
    spending: str


@dataclass(frozen=True)
class FlowCard:
    """``step`` heads the table's first column; without any amount there is nothing to draw."""

    title: str
    step: str
    is_empty: bool
    chart: Bars
    rows: list[Row]


def printed(cash_flow: CashFlow, reader: Reader, *, entries: str) -> FlowCard:
    """The chart of a cash flow; each mark leads to its part of the ``entries`` page."""
    title, step = {
        Grain.DAY: (_("Cash flow by day"), _("Day")),
        Grain.MONTH: (_("Cash flow by month"), _("Month")),
        Grain.YEAR: (_("Cash flow by year"), _("Year")),
    }[cash_flow.grain]
    rows = [
        Row(_name(flow, cash_flow, reader), reader.words(flow.income), reader.words(flow.spending))
        for flow in cash_flow.flows
    ]
    words = _("%(name)s\nIncome %(income)s\nSpending %(spending)s")
    steps = [
        Step(
            name=_axis_name(flow, cash_flow, reader),
            title=words % vars(row),
            url=f"{entries}?{flow.period.query}",
            income=flow.income,
            spending=flow.spending,
        )
        for flow, row in zip(cash_flow.flows, rows, strict=True)
    ]
    is_empty = not any(flow.income or flow.spending for flow in cash_flow.flows)
    return FlowCard(title, step, is_empty, charts.bars(steps, printed=reader.brief), rows)


def _name(flow: Flow, cash_flow: CashFlow, reader: Reader) -> str:
    match cash_flow.grain:
        case Grain.DAY:
            return reader.day(flow.name, "MMMd" if flow.name.year == reader.today.year else "yMMMd")
        case Grain.MONTH:
            return month_label(flow.name, locale=reader.locale)
    return f"{flow.name:%Y}"


def _axis_name(flow: Flow, cash_flow: CashFlow, reader: Reader) -> str:
    if cash_flow.grain is Grain.DAY:
        return str(flow.name.day)
    is_new_year = flow.name.month == JANUARY
    if cash_flow.grain is Grain.YEAR or (is_new_year and len(cash_flow.flows) > MONTHS_OF_A_YEAR):
        return f"{flow.name:%Y}"
    is_named = len(cash_flow.flows) <= MONTHS_OF_A_YEAR or flow.name.month == JULY
    return reader.day(flow.name, "MMM") if is_named else ""
