"""What a report of a month or a year says, in numbers: asked of the two doors."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Household
from batua import periods
from batua.periods import Period
from reports import cash_flow, kept, trends
from reports.cash_flow import CashFlow
from reports.kept import Kept
from reports.pace import Pace
from transactions import ledger
from transactions.ledger import CategorySum, DayTotal, EntryLine, Totals, WalletHistory

ZERO = Decimal(0)
LARGEST = 8
LOOKED_AT = 120
MONTHS_OF_A_YEAR = 12
AVERAGE = 3


@dataclass(frozen=True)
class Report:
    """A month or a year of a household from all sides; ``before`` are the totals of ``previous``, the one before it.

    Only a month has a ``pace``. ``largest`` are the payments that cost the most,
    each kind once.
    """

    period: Period
    totals: Totals
    previous: Period | None
    before: Totals | None
    cash_flow: CashFlow
    pace: Pace | None
    categories: list[CategorySum]
    categories_before: list[CategorySum]
    budgets: list[Kept]
    largest: list[EntryLine]
    wallets: list[WalletHistory]
    wallet_days: CashFlow


def build(household: Household, period: Period, *, today: date) -> Report:
    """The report of a period of whole months."""
    month_start = household.month_start
    previous = periods.previous(period, month_start=month_start)
    part = cash_flow.part_of(period)
    glance = ledger.glance(household, period, before=previous, part=part)
    wallets = ledger.wallet_history(household, period, part=part)
    moved = {day for wallet in wallets for day in wallet.moves}
    months = period.month_names
    return Report(
        period=period,
        totals=glance.totals,
        previous=previous,
        before=glance.before,
        cash_flow=cash_flow.of(period, glance.parts, month_start=month_start),
        pace=trends.pace_of(household, months[0], AVERAGE, today=today) if len(months) == 1 else None,
        categories=glance.categories,
        categories_before=glance.categories_before,
        budgets=kept.of(household, period, today=today),
        largest=_largest(household, period),
        wallets=wallets,
        wallet_days=cash_flow.of(period, [DayTotal(day, ZERO, ZERO) for day in moved], month_start=month_start),
    )


def _largest(household: Household, period: Period) -> list[EntryLine]:
    """The largest payments, of those that come back each month only the largest."""
    found: dict[str, EntryLine] = {}
    for each in ledger.largest(household, period, LOOKED_AT):
        found.setdefault((each.note or each.category_name).casefold(), each)
    return list(found.values())[:LARGEST]


def of_month(household: Household, name: date) -> Period:
    """The month of this name."""
    return periods.month(name, month_start=household.month_start)


def of_year(household: Household, year: int) -> Period:
    """The twelve months that are named in the year."""
    return periods.year(year, month_start=household.month_start)


def nearest(period: Period, *, today: date, month_start: int) -> tuple[int, int | None]:
    """The year, or year and month, whose report goes with a page of this period: its own, else today's month."""
    if period.months is not None:
        first, last = period.months
        if (first.year, first.month, last.month) == (last.year, 1, MONTHS_OF_A_YEAR):
            return first.year, None
    name = trends.month_of(period, today=today, month_start=month_start)
    return name.year, name.month
