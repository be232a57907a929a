"""The PDF of a period ready to print: its strip, its lines, the sums of its categories and its cash flow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    """One entry as the PDF and its preview print it: plain texts, for WeasyPrint takes long over every element.

    ``month`` names the household's month where it begins in a sheet of several: a bookmark.
    """

    day: str
    name: str
    comment: str
    category: str
    wallet: str
    kind: str
    amount: str
    month: str = ""


@dataclass(frozen=True)
class CategoryLine:
    """What a category adds up to among the printed entries."""

    name: str
    kind: str
    entries: str
    amount: SafeString


@dataclass(frozen=True)
class Sheet:
    """Everything that the PDF prints; ``filters`` says in words what it leaves out.

    A long one is drawn in pieces: ``place`` is whole, first, or later, and the last piece has the sums and the chart.
    """

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
    card: FlowCard | None
    place: str = "whole"

    @property
    def has_head(self) -> bool:
        """Does it begin with the period's name and sums?"""
        return self.place != "later"


class Sums:
    """What the lines add up to, counted as they pass."""

    def __init__(self, period: Period, reader: Reader) -> None:
        self.period, self.reader = period, reader
        self.by_day = cash_flow.part_of(period) is Part.DAY
        self.categories: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        self.parts: defaultdict[tuple[str, date], Decimal] = defaultdict(Decimal)

    def add(self, entry: ExportLine) -> None:
        """Transfers are in no sum."""
        if entry.kind == "transfer":
            return
        found = self.categories[entry.kind, entry.category]
        found[0] += entry.amount
        found[1] += 1
        part = entry.date if self.by_day else self._month(entry)
        self.parts[entry.kind, part] += entry.amount

    def category_lines(self) -> list[CategoryLine]:
        """Spending first, the largest first."""
        reader, names = self.reader, {"income": _("Income"), "expense": _("Spending")}
        ordered = sorted(self.categories.items(), key=lambda item: (item[0][0], -item[1][0], item[0][1]))
        return [
            CategoryLine(
                name=category,
                kind=names[kind],
                entries=reader.count(int(number)),
                amount=display.amount(amount, currency=reader.currency, locale=reader.locale, kind=kind),
            )
            for (kind, category), (amount, number) in ordered
        ]

    def card(self) -> FlowCard:
        """The cash flow along the days, or the household months, that the chart of this period has."""
        days = sorted({part for _kind, part in self.parts})
        sums = [DayTotal(day, self.parts["income", day], self.parts["expense", day]) for day in days]
        flow = cash_flow.of(self.period, sums, month_start=self.reader.month_start)
        return flow_card.printed(flow, self.reader, entries="")

    def _month(self, entry: ExportLine) -> date:
        return periods.month_of(entry.date, month_start=self.reader.month_start)


def head(household: Household, period: Period, totals: Totals, number: int, *, reader: Reader, filters: str) -> Sheet:
    """A sheet without lines: what stands above the ``number`` of them, whose sums are ``totals``."""
    counted = ngettext("%(count)s entry", "%(count)s entries", number) % {"count": reader.count(number)}
    return Sheet(
        household=household.name,
        period=period_label(period, locale=reader.locale),
        made=display.exact_day(reader.today, locale=reader.locale),
        filters=filters,
        entries=counted,
        income=reader.figure(totals.income, "income"),
        spending=reader.figure(totals.spending, "expense"),
        net=reader.figure(totals.net),
        lines=[],
        categories=[],
        card=None,
    )


def build(head: Sheet, period: Period, lines: Iterable[ExportLine], *, reader: Reader) -> Sheet:
    """The PDF of these lines in one piece; no query."""
    sums, printed = Sums(period, reader), []
    for each in lines:
        sums.add(each)
        printed.append(line(each, reader))
    return replace(head, lines=printed, categories=sums.category_lines(), card=sums.card())


def line(entry: ExportLine, reader: Reader, *, month: str = "") -> SheetLine:
    """One entry, ready to print."""
    wallet = f"{entry.wallet} → {entry.to_wallet}" if entry.to_wallet else entry.wallet
    return SheetLine(
        day=display.exact_day(entry.date, locale=reader.locale),
        name=entry.note or entry.comment,
        comment=entry.comment if entry.note else "",
        category=entry.category or _("Transfer"),
        wallet=wallet,
        kind=entry.kind if entry.amount > 0 else "back",
        amount=f"{_SIGNS[entry.kind, entry.amount > 0]}{reader.words(abs(entry.amount))}",
        month=month,
    )


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
