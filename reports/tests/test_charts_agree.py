"""On whatever books hypothesis thinks of, cards, charts, calendar, export and a plain sum say the same."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batua import periods
from reports import calendar_page, dashboard, exports, month_grid, trends
from reports.trends import Wanted
from transactions import ledger
from transactions.tests.factories import make_transaction, make_wallet, the_wallet

TODAY = date(2026, 11, 25)
ZERO = Decimal(0)
FIRST = date(2025, 9, 20)
WALLETS = ("Cash", "Bank", "Card")
CATEGORIES = ("Groceries", "Fuel", "Toys")


@dataclass(frozen=True)
class Plain:
    """An entry as Python alone knows it."""

    kind: str
    amount: Decimal
    on: date
    category: str
    note: str
    wallet: str
    to_wallet: str

    @property
    def spent(self) -> Decimal:
        return self.amount if self.kind == "expense" else ZERO

    @property
    def earned(self) -> Decimal:
        return self.amount if self.kind == "income" else ZERO

    def moved(self, wallet: str) -> Decimal:
        into = self.amount if wallet == self.to_wallet else ZERO
        out = (self.amount if self.kind == "income" else -self.amount) if wallet == self.wallet else ZERO
        return into + out


@st.composite
def entries(draw: st.DrawFn) -> Plain:
    kind = draw(st.sampled_from(["expense", "expense", "income", "transfer"]))
    cents = draw(st.integers(1, 10**7)) * (1 if kind == "transfer" else draw(st.sampled_from([1, 1, 1, -1])))
    wallet, other = draw(st.permutations(WALLETS))[:2]
    return Plain(
        kind=kind,
        amount=Decimal(cents) / 100,
        on=FIRST + timedelta(days=draw(st.integers(0, 460))),
        category=draw(st.sampled_from(CATEGORIES)),
        note=draw(st.sampled_from(["", "Café", "CAFE", "Tram"])),
        wallet=wallet,
        to_wallet=other if kind == "transfer" else "",
    )


def save(household, plain: list[Plain]) -> None:
    for each in plain:
        make_transaction(
            household,
            each.amount,
            kind=each.kind,
            on=each.on,
            category=each.category,
            note=each.note,
            wallet=each.wallet,
            to_wallet=the_wallet(household, each.to_wallet) if each.to_wallet else None,
        )


@given(
    plain=st.lists(entries(), min_size=1, max_size=30),
    month_start=st.sampled_from([1, 10, 25]),
    own=st.tuples(st.integers(0, 460), st.integers(1, 300)),
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_cards_charts_calendar_and_export_are_a_plain_sum(household, bobs_household, plain, month_start, own):
    with transaction.atomic():
        household.month_start = month_start
        household.save()
        for name in WALLETS[1:]:
            make_wallet(household, name, opening_balance=Decimal("1000.50"))
        save(household, plain)
        save(bobs_household, plain)
        for key in periods.CHOICES:
            start = FIRST + timedelta(days=own[0])
            days = {"start": start, "end": start + timedelta(days=own[1])} if key == "custom" else {}
            period = periods.resolve(key, today=TODAY, month_start=month_start, **days)
            assert_they_agree(household, plain, period)
        transaction.set_rollback(True)


def assert_they_agree(household, plain: list[Plain], period: periods.Period) -> None:
    inside = [each for each in plain if period.contains(each.on)]
    spent, earned = sum(each.spent for each in inside), sum(each.earned for each in inside)
    by_category: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in inside:
        if each.kind == "expense":
            by_category[each.category] += each.amount

    board = dashboard.build(household, period, today=TODAY)
    found = trends.build(household, Wanted(period, 6, 3), today=TODAY)

    assert board is not None
    assert found is not None
    assert (board.totals.income, board.totals.spending) == (earned, spent)
    for flow in (board.cash_flow, found.cash_flow):
        assert sum(each.income for each in flow.flows) == earned
        assert sum(each.spending for each in flow.flows) == spent
        for each in flow.flows:
            of_step = [entry for entry in inside if each.period.contains(entry.on)]
            assert (each.income, each.spending) == (
                sum(entry.earned for entry in of_step),
                sum(entry.spent for entry in of_step),
            )
    for categories in (board.categories, found.categories):
        assert {each.name: each.amount for each in categories} == by_category
    payees = trends.payees(household, period)
    assert sum(each.amount for each in payees.first) + payees.nameless.amount + payees.others.amount == spent
    assert_calendar_agrees(household, plain, period)
    assert_export_agrees(household, inside, period)
    assert_wallets_agree(plain, period, found)
    assert_months_agree(plain, household.month_start, found)


def assert_calendar_agrees(household, plain: list[Plain], period: periods.Period) -> None:
    """The calendar month around the period's last day, or around today."""
    month = (period.last_day if period.end else TODAY).replace(day=1)
    weeks = periods.weeks(month, week_start=household.week_start)
    days = ledger.entry_days(household, calendar_page.span(weeks))
    grid = month_grid.grid(month, weeks=weeks, days=days)

    for week in grid.weeks:
        for cell in week.cells:
            of_day = [entry for entry in plain if entry.on == cell.date]
            assert (cell.sums.income, cell.sums.spending) == (
                sum(entry.earned for entry in of_day),
                sum(entry.spent for entry in of_day),
            )


def assert_export_agrees(household, inside: list[Plain], period: periods.Period) -> None:
    file = b"".join(exports.csv_file(household, ledger.Selection(period=period))).decode()
    rows = list(csv.DictReader(io.StringIO(file, newline="")))

    assert len(rows) == len(inside)
    for kind in ("expense", "income", "transfer"):
        written = sum(Decimal(row["amount"]) for row in rows if row["kind"] == kind)
        assert written == sum(entry.amount for entry in inside if entry.kind == kind)


def assert_wallets_agree(plain: list[Plain], period: periods.Period, found: trends.Trends) -> None:
    for wallet in found.wallets:
        opening = ZERO if wallet.name == "Cash" else Decimal("1000.50")
        until = [each for each in plain if period.end is None or each.on < period.end]
        assert wallet.start + sum(wallet.moves.values(), ZERO) == opening + sum(
            (each.moved(wallet.name) for each in until), ZERO
        )


def assert_months_agree(plain: list[Plain], month_start: int, found: trends.Trends) -> None:
    for each in found.months.flows:
        inside = [entry for entry in plain if each.period.contains(entry.on)]
        assert (each.income, each.spending) == (
            sum(entry.earned for entry in inside),
            sum(entry.spent for entry in inside),
        )
    month = found.pace.month
    for number, day in enumerate(month.days):
        until = sum(entry.spent for entry in plain if month.start <= entry.on <= day)
        assert found.pace.now[number] in (until, None)
