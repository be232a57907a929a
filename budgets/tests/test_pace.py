"""The rule of pace: on track, fast or over, what is projected, and what is left for a day."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Household
from budgets import progress
from budgets.progress import Pace
from budgets.tests.factories import make_budget
from transactions.tests.factories import make_transaction

NOVEMBER = date(2026, 11, 1)
MIDDLE = date(2026, 11, 15)


def only(household, *, today=MIDDLE, month=NOVEMBER) -> progress.Progress:
    (found,) = progress.for_month(household, month, today=today)
    return found


def line(household, *, today=MIDDLE, month=NOVEMBER) -> progress.Line:
    found = progress.for_month(household, month, today=today)
    return progress.lines(found, month=month, today=today, locale="en-IN")[0]


def pay(household, *amounts: str) -> None:
    for day, amount in enumerate(amounts, 1):
        make_transaction(household, amount, on=date(2026, 11, day))


def test_three_payments_make_a_rate(household):
    make_budget(household, "1000")
    pay(household, "100", "200", "150")

    # 450 in 15 of 30 days.
    assert only(household).projected(MIDDLE) == Decimal("900")
    assert only(household).pace(MIDDLE) is Pace.ON_TRACK
    assert line(household).pace == "On track · about ₹900 by 30 Nov"
    assert line(household).pace_tone == "neutral"


def test_faster_than_the_days_is_fast(household):
    make_budget(household, "1000")
    pay(household, "100", "200", "200.10")

    # 500.10 in half of the month is 1000.20 at its end.
    assert only(household).pace(MIDDLE) is Pace.FAST
    assert line(household).pace == "Fast · about ₹1,000 by 30 Nov"
    assert (line(household).pace_tone, line(household).bar.tone) == ("warning", "warning")


def test_exactly_the_limit_at_the_end_is_on_track(household):
    make_budget(household, "1000")
    pay(household, "100", "200", "200")

    assert only(household).pace(MIDDLE) is Pace.ON_TRACK


def test_the_rent_is_no_rate(household):
    make_budget(household, "1000")
    pay(household, "900", "100")

    assert only(household).projected(MIDDLE) is None
    assert line(household).pace == "On track"


def test_the_first_tenth_of_the_month_says_nothing(household):
    make_budget(household, "1000")
    pay(household, "100", "100", "100")

    assert only(household, today=date(2026, 11, 3)).projected(date(2026, 11, 3)) is None
    # 300 in 4 of 30 days.
    assert only(household).projected(date(2026, 11, 4)) == Decimal("2250")


def test_over_says_where_it_leads(household):
    make_budget(household, "400")
    pay(household, "100", "200", "150")

    assert only(household).pace(MIDDLE) is Pace.OVER
    assert line(household).pace == "Over · about ₹900 by 30 Nov"
    assert line(household).pace_tone == "spending"


def test_a_month_that_is_over_was_kept_or_not(household):
    make_budget(household, "400")
    pay(household, "100", "200", "100")
    december = date(2026, 12, 1)

    assert only(household, today=december).pace(december) is None
    assert line(household, today=december).pace == ""

    pay(household, "0.01")
    assert line(household, today=december).pace == "Over"


def test_money_back_of_more_than_was_spent_projects_no_gain(household):
    make_budget(household, "400")
    pay(household, "-100", "-100", "50")

    assert only(household).projected(MIDDLE) == Decimal("-150")
    assert only(household).pace(MIDDLE) is Pace.ON_TRACK


@pytest.mark.parametrize(
    ("month_start", "today", "pace"),
    [
        # 31-day months: 16 of 31, and both borders.
        (1, date(2026, 10, 16), 51),
        (1, date(2026, 10, 1), 3),
        (1, date(2026, 10, 31), 100),
        # The leap day is the last of 29; in other years the 28th.
        (1, date(2028, 2, 28), 96),
        (1, date(2028, 2, 29), 100),
        (1, date(2026, 2, 28), 100),
        # Pay day: 25 October to 24 November are 31 days.
        (25, date(2026, 10, 25), 3),
        (25, date(2026, 11, 24), 100),
    ],
)
def test_the_mark_is_the_share_of_the_days_that_have_gone(household, month_start, today, pace):
    household.month_start = month_start
    household.save()
    make_budget(household, "1000", from_month=date(2026, 1, 1))
    month = {1: today.replace(day=1), 25: NOVEMBER}[month_start]

    assert line(household, today=today, month=month).bar.pace == pace


@pytest.mark.parametrize(
    ("today", "words"),
    [
        # 700 left for 16 days, rounded down.
        (MIDDLE, "₹43.75 a day for 16 days"),
        (date(2026, 11, 24), "₹100.00 a day for 7 days"),
        (date(2026, 11, 28), "₹233.33 a day for 3 days"),
        (date(2026, 11, 30), "₹700.00 for today"),
        (date(2026, 12, 1), ""),
        (date(2026, 10, 31), ""),
    ],
)
def test_what_is_left_is_left_for_the_days_to_come(household, today, words):
    make_budget(household, "1000")
    pay(household, "300")

    assert line(household, today=today).per_day == words


def test_nothing_is_left_for_a_day_when_it_is_over(household):
    make_budget(household, "100")
    pay(household, "300")

    assert line(household).per_day == ""


def test_a_currency_without_decimals_is_divided_into_whole_amounts(db):
    tokyo = Household.objects.create(name="Tokyo", currency="JPY")
    make_budget(tokyo, "1000")

    # 1000 for 16 days.
    assert only(tokyo).left_per_day(MIDDLE) == (Decimal("62"), 16)


def test_what_came_back_is_said(household):
    make_budget(household, "400")
    pay(household, "500", "-200")

    found = only(household)
    assert (found.outlay.gross, found.outlay.back, found.spent) == (Decimal("500"), Decimal("200"), Decimal("300"))
    assert line(household).spent == "₹300.00 of ₹400.00"
    assert line(household).notes == ["₹500.00 spent, ₹200.00 back"]


def test_nothing_is_divided_by_nothing(household):
    make_budget(household, "0", category="Empty")
    make_budget(household, "0", category="Spent")
    make_transaction(household, "0.01", category="Spent")

    found = progress.for_month(household, NOVEMBER, today=MIDDLE)
    spent, empty = progress.lines(found, month=NOVEMBER, today=MIDDLE, locale="en-IN")

    assert (spent.is_over, spent.share, spent.pace) == (True, "", "Over")
    assert (empty.is_over, empty.share, empty.per_day, empty.pace) == (False, "0 %", "", "On track")
