"""The charts' page ready to print: a card for each chart, and the choices some of them have."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import category_card, charts_form, flow_card, pace_card, wallet_card, wording
from reports.category_card import CategoryCard, Compared
from reports.flow_card import FlowCard
from reports.pace_card import PaceCard
from reports.reader import Reader
from reports.trends import Trends, Wanted
from reports.wallet_card import WalletCard

MOST_CATEGORIES = 10


@dataclass(frozen=True)
class Option:
    """One way to see a chart, with the address that shows it so."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class ChartCards:
    """All that the template prints; the payees come by ``payees_url`` after the rest."""

    cash_flow: FlowCard
    months: FlowCard
    months_options: list[Option]
    spending: FlowCard
    categories: CategoryCard
    payees_url: str
    pace: PaceCard
    pace_options: list[Option]
    wallets: WalletCard


def printed(trends: Trends, reader: Reader) -> ChartCards:
    """The charts in the reader's words; no query."""
    wanted, entries = trends.wanted, reverse("transactions:list")
    within = f"{entries}?{wanted.period.query}"
    before = None
    if trends.previous is not None and trends.categories_before is not None:
        before = Compared(trends.categories_before, wording.before(trends.previous, reader))
    cash_flow = flow_card.printed(trends.cash_flow, reader, entries=entries)
    return ChartCards(
        cash_flow=cash_flow,
        months=flow_card.months(trends.months, reader, entries=entries),
        months_options=_months_options(wanted),
        spending=flow_card.spending(trends.cash_flow, reader, rows=cash_flow.rows, entries=entries),
        categories=category_card.printed(
            trends.categories, reader, entries=within, most=MOST_CATEGORIES, before=before
        ),
        payees_url=f"{reverse('reports:payees')}?{wanted.period.query}",
        pace=pace_card.printed(trends.pace, reader, entries=entries),
        pace_options=_pace_options(wanted),
        wallets=wallet_card.printed(trends.wallets, trends.wallet_days, reader, entries=entries, within=within),
    )


def _months_options(wanted: Wanted) -> list[Option]:
    return [
        Option(
            ngettext("%(count)d month", "%(count)d months", number) % {"count": number},
            _address(wanted, months=number, average=wanted.average),
            number == wanted.months,
        )
        for number in charts_form.MONTHS
    ]


def _pace_options(wanted: Wanted) -> list[Option]:
    return [
        Option(
            _("Average of %(count)d") % {"count": number},
            _address(wanted, months=wanted.months, average=number),
            number == wanted.average,
        )
        for number in charts_form.AVERAGES
    ]


def _address(wanted: Wanted, *, months: int, average: int) -> str:
    """In its shortest form: what is usual is not said."""
    said = [wanted.period.query]
    if months != charts_form.MONTHS[0]:
        said.append(f"months={months}")
    if average != charts_form.AVERAGES[0]:
        said.append(f"average={average}")
    return f"{reverse('reports:charts')}?{'&'.join(said)}"
