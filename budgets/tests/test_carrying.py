"""What goes from one period into the next: chains worked out by hand, and the periods that are not months."""

from datetime import date
from decimal import Decimal

import pytest

from budgets import progress
from budgets.tests.factories import make_budget, make_limit
from transactions.tests.factories import make_transaction

JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (7, 8, 9, 10, 11))
TODAY = date(2026, 11, 15)


def only(household, month=NOVEMBER, *, today=TODAY) -> progress.Progress:
    (found,) = progress.for_month(household, month, today=today)
    return found


def notes(household) -> list[str]:
    found = progress.for_month(household, NOVEMBER, today=TODAY)
    (line,) = progress.lines(found, month=NOVEMBER, today=TODAY, locale="en-IN")
    return line.notes


def spend(household, *amounts: tuple[date, str]) -> None:
    for day, amount in amounts:
        make_transaction(household, amount, on=day)


@pytest.fixture
def four_months(household):
    """100 a month from July on; spent 60, 150, 70, 90, so far 10."""
    spend(
        household,
        (date(2026, 7, 31), "60"),
        (date(2026, 8, 31), "150"),
        (date(2026, 9, 30), "70"),
        (date(2026, 10, 31), "90"),
        (date(2026, 11, 1), "10"),
    )
    return household


def test_without_roll_over_each_month_begins_anew(four_months):
    make_budget(four_months, "100", from_month=JULY)

    assert [only(four_months, month).carried for month in (JULY, AUGUST, NOVEMBER)] == [0, 0, 0]


def test_what_is_left_goes_on_and_what_was_overspent_does_not(four_months):
    make_budget(four_months, "100", from_month=JULY, roll_over="left")

    # July leaves 40. August has 140 and spends 150: nothing is left. September leaves 30. October has 130, leaves 40.
    carried = [only(four_months, month).carried for month in (JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER)]
    assert carried == [0, 40, 0, 30, 40]
    assert only(four_months).available == Decimal("140")
    assert only(four_months).left == Decimal("130")


def test_what_was_overspent_goes_on_too(four_months):
    make_budget(four_months, "100", from_month=JULY, roll_over="both")

    # 100-60 = 40; 140-150 = -10; 90-70 = 20; 120-90 = 30.
    carried = [only(four_months, month).carried for month in (JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER)]
    assert carried == [0, 40, -10, 20, 30]


def test_a_chain_of_thirteen_months_over_a_leap_day(household):
    make_budget(household, "10.05", from_month=date(2023, 12, 1), roll_over="both")
    spend(household, (date(2024, 2, 29), "20.15"), (date(2024, 12, 31), "0.50"))

    # 12 months of 10.05 are 120.60, less 20.15 on the leap day; then 13 months are 130.65, less 20.65.
    assert only(household, date(2024, 12, 1), today=TODAY).carried == Decimal("100.45")
    assert only(household, date(2025, 1, 1), today=TODAY).carried == Decimal("110.00")


def test_the_limit_of_a_month_rules_what_leaves_it(four_months):
    budget = make_budget(four_months, "100", from_month=JULY)
    make_limit(budget, "200", from_month=SEPTEMBER, roll_over="left")

    # August carried nothing over. September leaves 130; October has 330 and leaves 240.
    assert only(four_months, SEPTEMBER).carried == 0
    assert only(four_months, OCTOBER).carried == Decimal("130")
    assert only(four_months, NOVEMBER).carried == Decimal("240")


def test_turning_roll_over_off_keeps_what_the_month_began_with(four_months):
    budget = make_budget(four_months, "100", from_month=JULY, roll_over="both")
    make_limit(budget, "100", from_month=NOVEMBER)

    assert only(four_months, NOVEMBER).carried == Decimal("30")
    assert only(four_months, date(2026, 12, 1)).carried == 0


def test_a_stop_ends_the_chain(four_months):
    budget = make_budget(four_months, "100", from_month=JULY, roll_over="left")
    make_limit(budget, None, from_month=SEPTEMBER)
    make_limit(budget, "100", from_month=OCTOBER, roll_over="left")

    assert only(four_months, OCTOBER).carried == 0
    assert only(four_months, NOVEMBER).carried == Decimal("10")


def test_a_month_that_begins_in_debt_is_over_before_anything_is_spent(household):
    make_budget(household, "100", from_month=OCTOBER, roll_over="both")
    spend(household, (date(2026, 10, 5), "350"))

    found = only(household)

    assert (found.carried, found.available, found.left) == (Decimal("-250"), Decimal("-150"), Decimal("-150"))
    assert found.is_over
    assert progress.lines([found], month=NOVEMBER, today=TODAY, locale="en-IN")[0].bar.fill == 0


def test_what_was_carried_over_is_said_on_its_own(four_months):
    budget = make_budget(four_months, "100", from_month=JULY, roll_over="both")

    assert notes(four_months) == ["₹100.00 planned, and ₹30.00 carried over"]

    budget.limits.all().delete()
    make_limit(budget, "50", from_month=AUGUST, roll_over="both")
    # 50-150 = -100; -50-70 = -120; -70-90 = -160.
    assert notes(four_months) == ["₹50.00 planned, less ₹160.00 overspent before"]


def test_pay_day_decides_which_month_leaves_what(household):
    household.month_start = 25
    household.save()
    make_budget(household, "100", from_month=OCTOBER, roll_over="left")
    spend(household, (date(2026, 10, 24), "30"), (date(2026, 10, 25), "50"))

    # 25 September to 24 October is October.
    assert only(household, NOVEMBER).carried == Decimal("70")
    assert only(household, NOVEMBER).spent == Decimal("50")


@pytest.mark.parametrize(
    ("today", "spent", "days"),
    [
        # Weeks begin on Monday: 9 to 15 November holds the 15th.
        (TODAY, "8", (date(2026, 11, 9), date(2026, 11, 15))),
        # After the month its last week is shown, which reaches into December; before it its first.
        (date(2026, 12, 20), "48", (date(2026, 11, 30), date(2026, 12, 6))),
        (date(2026, 10, 1), "1", (date(2026, 10, 26), date(2026, 11, 1))),
    ],
)
def test_a_weekly_limit_shows_a_week_of_the_month(household, today, spent, days):
    make_budget(household, "20", cadence="weekly")
    spend(
        household,
        (date(2026, 11, 1), "1"),
        (date(2026, 11, 8), "2"),
        (date(2026, 11, 9), "3"),
        (date(2026, 11, 15), "5"),
        (date(2026, 11, 30), "16"),
        (date(2026, 12, 6), "32"),
    )

    found = only(household, today=today)

    assert (found.period.start, found.period.last_day) == days
    assert found.spent == Decimal(spent)
    assert found.month_spent == Decimal("27")


def test_a_week_begins_on_the_households_day_and_carries_over(household):
    household.week_start = 6
    household.save()
    make_budget(household, "20", cadence="weekly", from_month=OCTOBER, roll_over="left")
    # Sundays: 1, 8 and 15 November. The chain begins with the week that ends in October: 27 September to 3 October.
    spend(household, (date(2026, 10, 3), "20"), (date(2026, 11, 7), "150"), (date(2026, 11, 14), "5"))

    found = only(household)

    # Four weeks of October leave 80, 1 to 7 November has 120 and spends 150; 8 to 14 leaves 15.
    assert (found.period.start, found.spent, found.carried) == (date(2026, 11, 15), 0, Decimal("15"))


def test_a_quarter_and_a_year_are_made_of_the_households_months(household):
    household.month_start = 25
    household.save()
    make_budget(household, "1000", category="Fees", cadence="quarterly")
    make_budget(household, "5000", category="Rent", cadence="yearly", roll_over="both", from_month=date(2025, 12, 1))
    for category in ("Fees", "Rent"):
        for day, amount in (
            (date(2025, 12, 24), "1"),
            (date(2025, 12, 25), "2"),
            (date(2026, 9, 24), "4"),
            (date(2026, 9, 25), "8"),
            (date(2026, 12, 24), "16"),
            (date(2026, 12, 25), "32"),
        ):
            make_transaction(household, amount, on=day, category=category)

    found = {each.category: each for each in progress.for_month(household, NOVEMBER, today=TODAY)}

    # October is 25 September to 24 October: the quarter is 8 + 16. 2026 ends on 24 December, 2025 a year before.
    assert found["Fees"].spent == Decimal("24")
    assert found["Rent"].spent == Decimal("30")
    assert found["Rent"].carried == Decimal("4999")
    assert (found["Rent"].period.start, found["Rent"].period.last_day) == (date(2025, 12, 25), date(2026, 12, 24))
    assert found["Fees"].month_spent == 0


def test_another_cadence_begins_a_chain_of_its_own(household):
    budget = make_budget(household, "100", from_month=JULY, roll_over="left")
    make_limit(budget, "1200", from_month=OCTOBER, cadence="yearly", roll_over="left")

    assert only(household, SEPTEMBER).carried == Decimal("200")
    assert only(household, OCTOBER).carried == 0


def test_a_yearly_limit_keeps_what_it_was_in_an_earlier_month(household):
    budget = make_budget(household, "1000", cadence="yearly", from_month=JULY)
    make_limit(budget, "2000", cadence="yearly", from_month=SEPTEMBER)
    spend(household, (date(2026, 7, 2), "1500"))

    assert (only(household, AUGUST).limit, only(household, AUGUST).is_over) == (Decimal("1000"), True)
    assert (only(household, SEPTEMBER).limit, only(household, SEPTEMBER).is_over) == (Decimal("2000"), False)
