"""Periods: each choice at its edges, the household's months for every start day, stepping, the weeks of a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batua import periods
from batua.periods import Period, PeriodError, PeriodProblem

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
starts = st.integers(1, 28)
choices = st.sampled_from([key for key in periods.CHOICES if key not in ("custom", "all-time")])


@given(days, starts)
def test_a_day_is_in_the_month_that_is_named_for_it_and_in_no_neighbour(day, start):
    name = periods.month_of(day, month_start=start)

    for months in (-2, -1, 0, 1, 2):
        month = periods.month(periods.shift(name, months), month_start=start)
        assert month.contains(day) == (months == 0)


@given(days, starts)
def test_months_tile_the_calendar(day, start):
    name = day.replace(day=1)

    month = periods.month(name, month_start=start)
    next_month = periods.month(periods.shift(name, 1), month_start=start)

    assert month.end == next_month.start
    assert month.start.day == start
    assert 28 <= month.length <= 31
    assert {periods.month_of(day, month_start=start) for day in month.days} == {name}


@given(days, starts)
def test_a_month_holds_the_15th_of_the_calendar_month_it_is_called_after_or_begins_on_a_later_start(day, start):
    name = day.replace(day=1)

    month = periods.month(name, month_start=start)

    in_name = [day for day in month.days if (day.year, day.month) == (name.year, name.month)]
    assert len(in_name) >= 14


@given(days, starts, choices)
def test_every_choice_holds_whole_months(today, start, key):
    period = periods.resolve(key, today=today, month_start=start)

    first, last = period.months
    assert period.start == periods.month(first, month_start=start).start
    assert period.end == periods.month(last, month_start=start).end
    assert period.contains(today) == (key != "last-month")


@given(days, starts, choices)
def test_stepping_forth_and_back_comes_home(today, start, key):
    period = periods.resolve(key, today=today, month_start=start)

    after = periods.following(period, month_start=start)
    home = periods.previous(after, month_start=start)

    assert after.start == period.end
    assert (home.start, home.end, home.months) == (period.start, period.end, period.months)


@given(days, days, starts)
def test_a_custom_period_steps_by_its_months_or_its_days(one, other, start):
    first, last = sorted((one, other))
    custom = periods.resolve("custom", today=one, month_start=start, start=first, end=last + timedelta(days=1))

    before = periods.previous(custom, month_start=start)

    if before is None:
        assert custom.start - (custom.end - custom.start) < date(1900, 1, 1) + timedelta(days=31)
    else:
        assert before.end == custom.start
        assert (before.length == custom.length) or custom.months is not None


@pytest.mark.parametrize(
    ("month_start", "day", "name"),
    [
        (1, date(2026, 1, 1), date(2026, 1, 1)),
        (1, date(2026, 1, 31), date(2026, 1, 1)),
        (15, date(2026, 1, 14), date(2025, 12, 1)),
        (15, date(2026, 1, 15), date(2026, 1, 1)),
        (16, date(2026, 1, 15), date(2026, 1, 1)),
        (16, date(2026, 1, 16), date(2026, 2, 1)),
        (25, date(2026, 10, 24), date(2026, 10, 1)),
        (25, date(2026, 10, 25), date(2026, 11, 1)),
        (25, date(2026, 11, 24), date(2026, 11, 1)),
        (25, date(2026, 12, 25), date(2027, 1, 1)),
        (28, date(2024, 2, 28), date(2024, 3, 1)),
        (28, date(2024, 2, 29), date(2024, 3, 1)),
        (5, date(2026, 3, 4), date(2026, 2, 1)),
    ],
)
def test_a_day_belongs_to_the_month_the_household_calls_it(month_start, day, name):
    assert periods.month_of(day, month_start=month_start) == name


@pytest.mark.parametrize(
    ("key", "today", "month_start", "start", "end", "slug"),
    [
        ("this-month", date(2026, 11, 30), 1, date(2026, 11, 1), date(2026, 12, 1), "2026-11"),
        ("this-month", date(2026, 12, 31), 1, date(2026, 12, 1), date(2027, 1, 1), "2026-12"),
        ("this-month", date(2024, 2, 29), 1, date(2024, 2, 1), date(2024, 3, 1), "2024-02"),
        ("this-month", date(2026, 11, 24), 25, date(2026, 10, 25), date(2026, 11, 25), "2026-11"),
        ("this-month", date(2026, 11, 25), 25, date(2026, 11, 25), date(2026, 12, 25), "2026-12"),
        ("last-month", date(2026, 1, 31), 1, date(2025, 12, 1), date(2026, 1, 1), "2025-12"),
        ("last-month", date(2026, 3, 31), 1, date(2026, 2, 1), date(2026, 3, 1), "2026-02"),
        ("last-month", date(2026, 1, 1), 10, date(2025, 11, 10), date(2025, 12, 10), "2025-11"),
        ("last-3-months", date(2026, 1, 15), 1, date(2025, 11, 1), date(2026, 2, 1), "2025-11_2026-01"),
        ("last-6-months", date(2026, 11, 25), 1, date(2026, 6, 1), date(2026, 12, 1), "2026-06_2026-11"),
        ("this-year", date(2026, 11, 25), 1, date(2026, 1, 1), date(2027, 1, 1), "2026-01_2026-12"),
        ("this-year", date(2026, 12, 25), 25, date(2026, 12, 25), date(2027, 12, 25), "2027-01_2027-12"),
        ("this-year", date(2026, 1, 9), 10, date(2025, 1, 10), date(2026, 1, 10), "2025-01_2025-12"),
        ("2026-10", date(2020, 5, 5), 1, date(2026, 10, 1), date(2026, 11, 1), "2026-10"),
        ("2027-01", date(2020, 5, 5), 20, date(2026, 12, 20), date(2027, 1, 20), "2027-01"),
        ("all-time", date(2026, 11, 25), 1, None, None, "all-time"),
    ],
)
def test_a_choice_means_its_days(key, today, month_start, start, end, slug):
    period = periods.resolve(key, today=today, month_start=month_start)

    assert (period.start, period.end, period.key, period.slug) == (start, end, key, slug)
    assert period.query == f"period={key}"


def test_a_custom_period_is_written_with_its_last_day_inside():
    period = periods.resolve("custom", today=date(2026, 1, 1), start=date(2026, 11, 3), end=date(2026, 11, 21))

    assert period.last_day == date(2026, 11, 20)
    assert period.length == 18
    assert period.months is None
    assert period.slug == "2026-11-03_2026-11-20"
    assert period.query == "period=custom&from=2026-11-03&to=2026-11-20"


def test_a_custom_period_of_whole_months_knows_them():
    period = periods.resolve(
        "custom", today=date(2026, 1, 1), month_start=25, start=date(2026, 7, 25), end=date(2026, 10, 25)
    )

    assert period.months == (date(2026, 8, 1), date(2026, 10, 1))
    assert period.month_names == (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1))
    assert period.slug == "2026-08_2026-10"


@pytest.mark.parametrize(
    ("key", "start", "end", "problem"),
    [
        ("", None, None, PeriodProblem.UNKNOWN),
        ("lifetime", None, None, PeriodProblem.UNKNOWN),
        ("2026-13", None, None, PeriodProblem.UNKNOWN),
        ("2026-1", None, None, PeriodProblem.UNKNOWN),
        ("\u0662\u0660\u0662\u0666-\u0661\u0660", None, None, PeriodProblem.UNKNOWN),
        ("2026-10\n", None, None, PeriodProblem.UNKNOWN),
        ("0000-01", None, None, PeriodProblem.OUT_OF_RANGE),
        ("9999-12", None, None, PeriodProblem.OUT_OF_RANGE),
        ("1899-12", None, None, PeriodProblem.OUT_OF_RANGE),
        ("custom", None, None, PeriodProblem.DAY_MISSING),
        ("custom", date(2026, 1, 1), None, PeriodProblem.DAY_MISSING),
        ("custom", date(2026, 1, 2), date(2026, 1, 2), PeriodProblem.BACKWARDS),
        ("custom", date(2026, 1, 2), date(2026, 1, 1), PeriodProblem.BACKWARDS),
        ("custom", date(1, 1, 1), date(2026, 1, 1), PeriodProblem.OUT_OF_RANGE),
        ("custom", date(2026, 1, 1), date(9999, 12, 31), PeriodProblem.OUT_OF_RANGE),
    ],
)
def test_what_is_no_period_is_refused_with_its_reason(key, start, end, problem):
    with pytest.raises(PeriodError) as refusal:
        periods.resolve(key, today=date(2026, 11, 25), start=start, end=end)

    assert refusal.value.code is problem


@pytest.mark.parametrize("key", ["1900-01", "2100-12"])
@pytest.mark.parametrize("month_start", [1, 15, 16, 28])
def test_the_first_and_the_last_month_of_all_can_be_opened(key, month_start):
    period = periods.resolve(key, today=date(2026, 11, 25), month_start=month_start)

    assert period.slug == key


def test_there_is_no_step_past_the_last_month_of_all():
    period = periods.month(date(2100, 12, 1))

    assert periods.following(period) is None
    assert periods.previous(period).key == "2100-11"


def test_a_month_is_called_by_its_first_day():
    with pytest.raises(PeriodError) as refusal:
        periods.month(date(2026, 11, 25))

    assert refusal.value.code is PeriodProblem.NOT_A_NAME


def test_all_time_has_no_end_and_no_neighbours():
    forever = periods.resolve("all-time", today=date(2026, 11, 25))

    assert forever.contains(date(1800, 1, 1))
    assert forever.contains(date(2200, 1, 1))
    assert forever.last_day is None
    assert forever.month_names == ()
    assert periods.previous(forever) is None
    assert periods.following(forever) is None
    with pytest.raises(PeriodError):
        _ = forever.days


def test_the_period_before_this_month_is_the_month_before():
    november = periods.resolve("this-month", today=date(2026, 11, 25))

    october = periods.previous(november)

    assert (october.key, october.start, october.end) == ("2026-10", date(2026, 10, 1), date(2026, 11, 1))


def test_the_three_months_before_the_last_three_are_asked_for_by_their_days():
    recent = periods.resolve("last-3-months", today=date(2026, 11, 25))

    earlier = periods.previous(recent)

    assert earlier.query == "period=custom&from=2026-06-01&to=2026-08-31"
    assert earlier.months == (date(2026, 6, 1), date(2026, 8, 1))


def test_a_period_ends_before_its_end():
    period = Period(date(2026, 11, 1), date(2026, 12, 1), "2026-11")

    assert period.contains(date(2026, 11, 1))
    assert period.contains(date(2026, 11, 30))
    assert not period.contains(date(2026, 12, 1))
    assert not period.contains(date(2026, 10, 31))


def test_a_month_that_begins_on_sunday_has_its_first_week_when_weeks_begin_on_monday():
    weeks = periods.weeks(date(2026, 11, 25), week_start=0)

    assert weeks[0] == [date(2026, 10, 26) + timedelta(days=number) for number in range(7)]
    assert weeks[-1][0] == date(2026, 11, 30)
    assert len(weeks) == 6


def test_a_month_that_begins_on_sunday_fills_five_rows_when_weeks_begin_on_sunday():
    weeks = periods.weeks(date(2026, 11, 25), week_start=6)

    assert weeks[0][0] == date(2026, 11, 1)
    assert weeks[-1][-1] == date(2026, 12, 5)
    assert len(weeks) == 5


def test_february_of_four_weeks_has_four_rows():
    assert len(periods.weeks(date(2021, 2, 14), week_start=0)) == 4


@given(days, starts, st.integers(0, 6))
def test_the_weeks_of_a_month_cover_it_without_a_spare_row(day, start, week_start):
    month = periods.month(day.replace(day=1), month_start=start)

    weeks = periods.weeks(month, week_start=week_start)

    assert all(len(week) == 7 and week[0].weekday() == week_start for week in weeks)
    assert all(any(month.contains(day) for day in week) for week in weeks)
    assert set(month.days) <= {day for week in weeks for day in week}


@pytest.mark.parametrize(
    ("first", "end", "month_start", "inside"),
    [
        (date(2026, 1, 1), date(2026, 4, 1), 1, (date(2026, 1, 1), date(2026, 4, 1))),
        (date(2026, 1, 2), date(2026, 3, 31), 1, (date(2026, 2, 1), date(2026, 3, 1))),
        (date(2025, 12, 31), date(2026, 2, 2), 1, (date(2026, 1, 1), date(2026, 2, 1))),
        (date(2026, 1, 2), date(2026, 2, 28), 1, None),
        (date(2026, 1, 10), date(2026, 1, 20), 1, None),
        (date(2026, 1, 24), date(2026, 3, 26), 25, (date(2026, 1, 25), date(2026, 3, 25))),
        (date(2026, 1, 26), date(2026, 3, 24), 25, None),
    ],
)
def test_whole_months_are_those_that_lie_within(first, end, month_start, inside):
    period = periods.resolve("custom", today=date(2026, 1, 1), month_start=month_start, start=first, end=end)

    found = periods.whole_months(period, month_start=month_start)

    assert (found and (found.start, found.end)) == inside


def test_all_time_has_no_whole_months():
    with pytest.raises(periods.PeriodError):
        periods.whole_months(periods.resolve("all-time", today=date(2026, 1, 1)))
