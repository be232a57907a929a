"""Days in, weeks and sums out: worked out by hand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batua import periods
from reports import month_grid
from reports.month_grid import Grid, Sums

D = Decimal
AMOUNTS = st.decimals(min_value=-100_000, max_value=100_000, places=2)
MONDAY, SATURDAY, SUNDAY = 0, 5, 6


@dataclass(frozen=True)
class Day:
    date: date
    income: Decimal
    spending: Decimal
    entries: int


def day(on: date, income: str = "0", spending: str = "0", entries: int = 1) -> Day:
    return Day(on, D(income), D(spending), entries)


def grid(month: date, *days: Day, week_start: int = MONDAY) -> Grid:
    return month_grid.grid(month, weeks=periods.weeks(month, week_start=week_start), days=days)


def edges(shown: Grid) -> tuple[int, date, date]:
    return len(shown.weeks), shown.weeks[0].cells[0].date, shown.weeks[-1].cells[-1].date


@pytest.mark.parametrize(
    ("month", "week_start", "expected"),
    [
        # The first of November 2026 is a Sunday.
        (date(2026, 11, 1), MONDAY, (6, date(2026, 10, 26), date(2026, 12, 6))),
        (date(2026, 11, 1), SUNDAY, (5, date(2026, 11, 1), date(2026, 12, 5))),
        (date(2026, 11, 1), SATURDAY, (5, date(2026, 10, 31), date(2026, 12, 4))),
        # February 2027 begins on a Monday, and has four weeks to the day.
        (date(2027, 2, 1), MONDAY, (4, date(2027, 2, 1), date(2027, 2, 28))),
        (date(2028, 2, 1), MONDAY, (5, date(2028, 1, 31), date(2028, 3, 5))),
        (date(2027, 1, 1), MONDAY, (5, date(2026, 12, 28), date(2027, 1, 31))),
        (date(2026, 12, 1), MONDAY, (5, date(2026, 11, 30), date(2027, 1, 3))),
        (date(1900, 1, 1), SUNDAY, (5, date(1899, 12, 31), date(1900, 2, 3))),
        (date(2100, 12, 1), MONDAY, (5, date(2100, 11, 29), date(2101, 1, 2))),
    ],
)
def test_whole_weeks_cover_the_month(month, week_start, expected):
    assert edges(grid(month, week_start=week_start)) == expected


def test_a_leap_day_is_a_day_of_its_month():
    shown = grid(date(2028, 2, 1), day(date(2028, 2, 29), spending="5"))

    assert [cell.date.day for week in shown.weeks for cell in week.cells if cell.is_in_month] == list(range(1, 30))
    assert shown.sums == Sums(D(0), D(5), 1)


def test_a_week_counts_its_days_and_a_month_only_its_own():
    shown = grid(
        date(2026, 11, 1),
        day(date(2026, 10, 31), spending="40", entries=2),
        day(date(2026, 11, 1), income="5000", spending="1500.50", entries=3),
        day(date(2026, 11, 2), spending="60"),
        day(date(2026, 12, 6), income="7"),
    )

    assert [(week.sums.income, week.sums.spending, week.sums.entries) for week in shown.weeks] == [
        (D(5000), D("1540.50"), 5),
        (D(0), D(60), 1),
        (D(0), D(0), 0),
        (D(0), D(0), 0),
        (D(0), D(0), 0),
        (D(7), D(0), 1),
    ]
    assert shown.sums == Sums(D(5000), D("1560.50"), 4)
    assert shown.sums.net == D("3439.50")


def test_days_of_the_neighbours_keep_their_sums():
    shown = grid(date(2026, 11, 1), day(date(2026, 10, 31), spending="40"))
    cell = shown.weeks[0].cells[5]

    assert (cell.date, cell.sums.spending, cell.is_in_month) == (date(2026, 10, 31), D(40), False)


def test_money_back_lowers_spending_and_may_turn_it_round():
    shown = grid(date(2026, 11, 1), day(date(2026, 11, 10), spending="-200.50"), day(date(2026, 11, 11), spending="50"))

    assert (shown.sums.spending, shown.sums.net) == (D("-150.50"), D("150.50"))
    assert [cell.heat for cell in shown.weeks[2].cells] == [0, 0, 3, 0, 0, 0, 0]


def test_heat_is_spending_beside_the_average_day_with_spending():
    # 100 + 200 + 300 + 600 on four days: 300 a day. A day in October is no part of that.
    spent = {2: "100", 3: "200", 4: "300", 5: "600", 6: "0"}
    shown = grid(
        date(2026, 11, 1),
        day(date(2026, 10, 31), spending="9000"),
        *(day(date(2026, 11, number), spending=amount) for number, amount in spent.items()),
    )

    assert [cell.heat for cell in shown.weeks[1].cells] == [1, 2, 3, 4, 0, 0, 0]
    assert shown.weeks[0].cells[5].heat == 4


@pytest.mark.parametrize(
    ("spending", "level"),
    [("-5", 0), ("0", 0), ("0.01", 1), ("49.99", 1), ("50", 2), ("99", 2), ("199", 3), ("200", 4)],
)
def test_each_level_begins_at_its_share_of_the_average(spending, level):
    assert month_grid.heat(D(spending), D(100)) == level


def test_without_a_day_of_spending_nothing_is_warm():
    shown = grid(date(2026, 11, 1), day(date(2026, 10, 31), spending="9"), day(date(2026, 11, 3), income="9"))

    assert {cell.heat for week in shown.weeks for cell in week.cells} == {0}


@given(
    month=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)).map(lambda found: found.replace(day=1)),
    week_start=st.integers(0, 6),
    amounts=st.lists(st.tuples(AMOUNTS, AMOUNTS, st.integers(1, 9)), min_size=42, max_size=42),
)
def test_weeks_and_month_are_what_adding_up_gives(month, week_start, amounts):
    weeks = periods.weeks(month, week_start=week_start)
    dates = [found for week in weeks for found in week]
    days = [Day(on, *each) for on, each in zip(dates, amounts, strict=False)]

    shown = month_grid.grid(month, weeks=weeks, days=days)

    own = [each for each in days if each.date.month == month.month]
    assert shown.sums == Sums(
        sum(each.income for each in own), sum(each.spending for each in own), sum(each.entries for each in own)
    )
    for number, week in enumerate(shown.weeks):
        assert week.sums.net == sum(each.income - each.spending for each in days[7 * number : 7 * number + 7])
    assert all(
        0 <= cell.heat <= 4 and (cell.heat > 0) <= (cell.sums.spending > 0) for w in shown.weeks for cell in w.cells
    )
