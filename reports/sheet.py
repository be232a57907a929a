"""The PDF of a period ready to print: its strip, its lines, the sums of its categories and its cash flow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household
from batua import display, periods
from batua.period_picker import period_label
from batua.periods import Period
from reports import cash_flow, flow_card
from reports.flow_card import FlowCard
from reports.reader import Reader
from transactions import ledger
from transactions.ledger import DayTotal, ExportLine, Part, Totals

ZERO = Decimal(0)
_SIGNS = {
    ("income", True): "+",
    ("income", False): display.MINUS,
    ("expense", True): display.MINUS,
    ("expense", False): "+",
    ("transfer", True): "",
}


@dataclass(frozen=True)
class SheetLine:
    """One entry as the PDF and its preview print it: plain texts, for WeasyPrint takes long over every element."""

    day: str
    name: str
    words: str
    wallet: str
    kind: str
    amount: str


@dataclass(frozen=True)
class CategoryLine:
    """What a category adds up to among the printed entries."""

    name: str
    kind: str
    entries: str
    amount: SafeString


@dataclass(frozen=True)
class Sheet:
    """Everything that the PDF prints; ``filters`` says in words what it leaves out."""

    household: str
    period: str
    made: str
    filters: str
    entries: str
    income: SafeString
    spending: SafeString
    net: SafeString
    lines: list[SheetLine]
    categories: list[CategoryLine]
    card: FlowCard


def build(
    household: Household, period: Period, lines: list[ExportLine], totals: Totals, *, reader: Reader, filters: str
) -> Sheet:
    """The PDF of these lines, whose sums are ``totals``; no query."""
    flow = cash_flow.of(period, _by_part(lines, period, reader), month_start=reader.month_start)
    return Sheet(
        household=household.name,
        period=period_label(period, locale=reader.locale),
        made=display.exact_day(reader.today, locale=reader.locale),
        filters=filters,
        entries=ngettext("%(count)s entry", "%(count)s entries", len(lines)) % {"count": len(lines)},
        income=reader.figure(totals.income, "income"),
        spending=reader.figure(totals.spending, "expense"),
        net=reader.figure(totals.net),
        lines=[line(each, reader) for each in lines],
        categories=_categories(lines, reader),
        card=flow_card.printed(flow, reader, entries=""),
    )


def line(entry: ExportLine, reader: Reader) -> SheetLine:
    """One entry, ready to print."""
    label = entry.category or _("Transfer")
    wallet = f"{entry.wallet} → {entry.to_wallet}" if entry.to_wallet else entry.wallet
    return SheetLine(
        day=display.exact_day(entry.date, locale=reader.locale),
        name=entry.note or label,
        words=" · ".join(filter(None, [label if entry.note else "", entry.comment])),
        wallet=wallet,
        kind=entry.kind if entry.amount > 0 else "back",
        amount=f"{_SIGNS[entry.kind, entry.amount > 0]}{reader.words(abs(entry.amount))}",
    )


def _categories(lines: Iterable[ExportLine], reader: Reader) -> list[CategoryLine]:
    """Spending first, the largest first; transfers are in no sum."""
    found: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for each in lines:
        if each.kind != "transfer":
            found[each.kind, each.category].append(each.amount)
    names = {"income": _("Income"), "expense": _("Spending")}
    ordered = sorted(found.items(), key=lambda item: (item[0][0], -sum(item[1], ZERO), item[0][1]))
    return [
        CategoryLine(
            name=category,
            kind=names[kind],
            entries=str(len(amounts)),
            amount=display.amount(sum(amounts, ZERO), currency=reader.currency, locale=reader.locale, kind=kind),
        )
        for (kind, category), amounts in ordered
    ]


def _by_part(lines: Iterable[ExportLine], period: Period, reader: Reader) -> list[DayTotal]:
    """The lines summed by the days, or the household months, that the chart of this period has."""
    by_day = cash_flow.part_of(period) is Part.DAY
    sums: defaultdict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for each in lines:
        part = each.date if by_day else periods.month_of(each.date, month_start=reader.month_start)
        sums[each.kind, part] += each.amount
    parts = sorted({part for _kind, part in sums})
    return [DayTotal(part, sums["income", part], sums["expense", part]) for part in parts]


def filters_of(form: ledger.FilterForm) -> str:
    """The conditions of a filter in words, for a reader who did not choose them."""
    chosen = form.selection
    own = form.labels
    parts = [
        *([str(dict(form.fields["kind"].choices)[chosen.kind])] if chosen.kind else []),
        ", ".join(own.categories[key].name for key in chosen.categories),
        ", ".join(own.wallets[key].name for key in chosen.wallets),
        *([f"“{chosen.text}”"] if chosen.text else []),
    ]
    return " · ".join(filter(None, parts))
