"""The door to the books: every number about entries that another app shows is asked for here.

Answers are plain frozen values, already summed by PostgreSQL, so that no caller can grow a query. Amounts are Decimals
in the household's currency; net amounts are gross minus money back. Periods are half-open. Transfers between own
wallets are in no sum of income or spending. Sums of whole household months, and of all time, come from the month totals
that triggers keep in the entries' own transaction; sums of other spans come from the index over days.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from accounts.models import Household
from batua.periods import Period
from transactions import course as rows_of_course
from transactions import glance as rows_of_glance
from transactions import labels as labels
from transactions.course import span_of_months as span_of_months
from transactions.daily import EntryDay as EntryDay
from transactions.daily import entry_days as entry_days
from transactions.exporting import BOM as BOM
from transactions.exporting import HEAD as HEAD
from transactions.exporting import ExportLine as ExportLine
from transactions.exporting import export_cells as export_cells
from transactions.exporting import export_csv as export_csv
from transactions.exporting import export_lines as export_lines
from transactions.forms.filters import FilterForm as FilterForm
from transactions.glance import Row
from transactions.models import Category, MonthTotal, Transaction, Wallet, WalletTotal, YearTotal
from transactions.parts import Part as Part
from transactions.selection import Selection as Selection
from transactions.spending import NOTHING as NOTHING
from transactions.spending import CategorySpending as CategorySpending
from transactions.spending import Spent as Spent
from transactions.spending import Stretch as Stretch
from transactions.spending import spending as spending
from transactions.totalling import Totals as Totals
from transactions.totalling import sums as sums
from transactions.trends import Payees as Payees
from transactions.trends import PayeeSum as PayeeSum
from transactions.trends import WalletHistory as WalletHistory
from transactions.trends import spending_by_payee as spending_by_payee
from transactions.trends import wallet_history as wallet_history

ZERO = Decimal(0)
INCOME, EXPENSE = Transaction.Kind.INCOME.value, Transaction.Kind.EXPENSE.value


@dataclass(frozen=True)
class WalletBalance:
    """A wallet, what lies in it over all time, and how many entries touch it."""

    id: int
    name: str
    kind: str
    balance: Decimal
    entries: int
    is_archived: bool


@dataclass(frozen=True)
class DayTotal:
    """Net income and spending of one day."""

    date: date
    income: Decimal
    spending: Decimal


@dataclass(frozen=True)
class Course:
    """Days and months that have income or spending, oldest first; ``entries`` are all there are, transfers too.

    A month stands as a DayTotal by its name, the first day of the month that names it.
    """

    entries: int
    days: list[DayTotal]
    months: list[DayTotal]


@dataclass(frozen=True)
class CategorySum:
    """Net spending on one category, and from how many entries."""

    id: int
    name: str
    colour: int
    icon: str
    amount: Decimal
    entries: int


@dataclass(frozen=True)
class Glance:
    """A period at once. ``parts`` has those with entries as DayTotals, a month or a year by its first day."""

    totals: Totals
    before: Totals | None
    balance: Decimal
    categories: list[CategorySum]
    categories_before: list[CategorySum]
    parts: list[DayTotal]


@dataclass(frozen=True)
class CategoryChoice:
    """A category as a form offers it."""

    id: int
    name: str
    colour: int
    icon: str


@dataclass(frozen=True)
class EntryLine:
    """One entry with the names around it; category fields are empty for a transfer."""

    id: int
    date: date
    note: str
    kind: str
    amount: Decimal
    currency: str
    category_name: str
    category_colour: int
    category_icon: str
    wallet_name: str
    to_wallet_name: str


def totals(household: Household, period: Period) -> Totals:
    """Income and spending within the period; one query."""
    rows, gross, back = _rows(household, period)
    sums = rows.aggregate(
        income_gross=_sum(gross, Q(kind=INCOME)),
        income_back=_sum(back, Q(kind=INCOME)),
        spent_gross=_sum(gross, Q(kind=EXPENSE)),
        money_back=_sum(back, Q(kind=EXPENSE)),
    )
    return Totals(currency=household.currency, **sums)


def balance(household: Household) -> Decimal:
    """What the household has: opening balances plus income less spending, over all time; one query."""
    opening = Wallet.objects.of(household).order_by().values("household").annotate(sum=Sum("opening_balance"))
    earned = WalletTotal.objects.of(household).order_by().values("household").annotate(sum=Sum("moved"))
    answer = opening.values_list("sum").union(earned.values_list("sum"), all=True)
    return sum((row[0] for row in answer), ZERO)


def glance(household: Household, period: Period, *, before: Period | None, part: Part) -> Glance:
    """Totals, categories and parts of a period, the first two of the one before it, and the balance; one query."""
    rows = rows_of_glance.rows(household, period, before=before, part=part)
    categories = [row for row in rows if row.answer == rows_of_glance.SUM and row.category is not None]
    totals = _totals_of(household, categories)
    balance = sum((row.gross for row in rows if row.answer == rows_of_glance.BALANCE), ZERO)
    if period.is_all_time:
        balance += totals.net
    then = [row for row in rows if row.answer == rows_of_glance.BEFORE]
    return Glance(
        totals=totals,
        before=_totals_of(household, then) if before is not None else None,
        balance=balance,
        categories=_spending(categories),
        categories_before=_spending(then),
        parts=_parts([row for row in rows if row.day is not None]),
    )


def wallet_balances(household: Household) -> list[WalletBalance]:
    """Each wallet in its order, archived ones too; two queries."""
    kept = {row.wallet_id: row for row in WalletTotal.objects.of(household)}
    nothing = WalletTotal()
    return [
        WalletBalance(
            id=wallet.pk,
            name=wallet.name,
            kind=wallet.kind,
            balance=wallet.opening_balance + (total := kept.get(wallet.pk, nothing)).moved,
            entries=total.entries + total.arrivals,
            is_archived=wallet.archived_at is not None,
        )
        for wallet in Wallet.objects.of(household).in_order()
    ]


def course(household: Household, days: Period, *, months: tuple[date, date] | None = None) -> Course:
    """Income and spending by day within ``days``, and by month from the first name to the last; one query."""
    rows = rows_of_course.rows(household, days, months)
    return Course(
        entries=sum(row.entries for row in rows),
        days=[DayTotal(row.day, row.income, row.spending) for row in rows if row.day and not row.is_month],
        months=[DayTotal(row.day, row.income, row.spending) for row in rows if row.day and row.is_month],
    )


def spent(household: Household, period: Period, category_ids: Collection[int]) -> dict[int, Decimal]:
    """Category id → net spending within the period; 0 for a category without entries. One query."""
    rows, gross, back = _rows(household, period)
    sums = (
        rows.filter(kind=EXPENSE, category__in=category_ids)
        .order_by()
        .values_list("category")
        .annotate(spent=_sum(gross) - _sum(back))
    )
    return dict.fromkeys(category_ids, ZERO) | dict(sums)


def latest(household: Household, limit: int) -> list[EntryLine]:
    """The newest entries, at most ``limit``; one query."""
    return _lines(Transaction.objects.of(household).newest_first()[:limit])


def largest(household: Household, period: Period, limit: int) -> list[EntryLine]:
    """What was spent in the period in the largest pieces, at most ``limit``; one query."""
    rows = Transaction.objects.of(household).within(period).filter(kind=EXPENSE, amount__gt=0)
    return _lines(rows.order_by("-amount", "date", "pk")[:limit])


def _lines(rows: QuerySet[Transaction]) -> list[EntryLine]:
    values = rows.values_list(
        "pk",
        "date",
        "note",
        "kind",
        "amount",
        "currency",
        "category__name",
        "category__colour",
        "category__icon",
        "wallet__name",
        "to_wallet__name",
    )
    return [
        EntryLine(
            pk, day, note, kind, amount, currency, category or "", colour or 0, icon or "", wallet, to_wallet or ""
        )
        for pk, day, note, kind, amount, currency, category, colour, icon, wallet, to_wallet in values
    ]


def first_day(household: Household) -> date | None:
    """The day of the oldest entry; None when there is none. One query."""
    first: date | None = Transaction.objects.of(household).aggregate(first=Min("date"))["first"]
    return first


def category_choices(household: Household, kind: str) -> list[CategoryChoice]:
    """The categories of a kind that are in use, by name, "Other" last; one query."""
    rows = Category.objects.of(household).open().filter(kind=kind).by_name()
    return [CategoryChoice(*row) for row in rows.values_list("pk", "name", "colour", "icon")]


def _rows(household: Household, period: Period) -> tuple[QuerySet[Any], Any, Any]:
    """Where the sums of a period come from, and how a row's gross and back read there."""
    if period.is_all_time:
        return YearTotal.objects.of(household), F("gross"), F("back")
    if period.months is not None:
        return MonthTotal.objects.of(household).within(period), F("gross"), F("back")
    entries = Transaction.objects.of(household).within(period)
    return entries, Greatest(F("amount"), ZERO), Greatest(-F("amount"), ZERO)


def _sum(expression: Any, condition: Q | None = None) -> Any:
    return Coalesce(Sum(expression, filter=condition), ZERO)


def _totals_of(household: Household, rows: Collection[Row]) -> Totals:
    gross: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    back: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    for row in rows:
        gross[row.kind] += row.gross
        back[row.kind] += row.back
    return Totals(household.currency, gross[INCOME], back[INCOME], gross[EXPENSE], back[EXPENSE])


def _spending(rows: Collection[Row]) -> list[CategorySum]:
    """Net spending by category, the most first."""
    spent = [
        CategorySum(row.category or 0, row.name or "", row.colour or 0, row.icon or "", _net_of(row), int(row.entries))
        for row in rows
        if row.kind == EXPENSE and row.entries
    ]
    return sorted(spent, key=lambda each: (-each.amount, each.id))


def _parts(rows: Collection[Row]) -> list[DayTotal]:
    nets = {(row.day, row.kind): _net_of(row) for row in rows if row.entries}
    days = sorted({day for day, _kind in nets if day is not None})
    return [DayTotal(day, nets.get((day, INCOME), ZERO), nets.get((day, EXPENSE), ZERO)) for day in days]


def _net_of(row: Row) -> Decimal:
    return row.gross - row.back
