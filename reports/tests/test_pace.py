"""The pace of a month: added up by hand, beside a shorter month, a longer one, and one that begins on pay day."""

from datetime import date
from decimal import Decimal

from reports import pace
from transactions.ledger import DayTotal

TODAY = date(2026, 11, 25)
D = Decimal


def spent(*days: tuple[date, int]) -> list[DayTotal]:
    return [DayTotal(day, D(0), D(amount)) for day, amount in days]


def of(sums: list[DayTotal], name: date = date(2026, 11, 1), months: int = 3, month_start: int = 1) -> pace.Pace:
    return pace.of(name, sums, months=months, month_start=month_start, today=TODAY)


def test_days_are_added_up_until_today():
    found = of(spent((date(2026, 11, 2), 100), (date(2026, 11, 4), 20), (date(2026, 11, 5), -50)))

    assert found.now[:6] == (0, 100, 100, 120, 70, 70)
    assert found.latest == 24
    assert (found.now[24], found.now[25]) == (70, None)
    # October has a day more.
    assert len(found.now) == 31


def test_an_entry_of_a_day_to_come_lengthens_the_line():
    found = of(spent((date(2026, 11, 28), 7)))

    assert found.now[26:30] == (0, 7, None, None)


def test_a_month_that_is_over_is_whole():
    found = of(spent((date(2026, 9, 30), 5), (date(2026, 8, 1), 1)), name=date(2026, 9, 1))

    assert found.now[29:] == (5, None)
    assert found.before[0] == 1


def test_the_average_is_of_the_months_before_at_the_same_day():
    found = of(
        spent((date(2026, 8, 1), 30), (date(2026, 9, 10), 60), (date(2026, 10, 31), 90), (date(2026, 11, 1), 500))
    )

    assert found.counted == 3
    assert found.average is not None
    assert (found.average[0], found.average[8], found.average[9]) == (10, 10, 30)
    # September has ended by the 31st and stays at its sum.
    assert found.average[30] == 60
    assert found.before[29:] == (0, 90)


def test_months_before_the_first_entry_do_not_count():
    found = of(spent((date(2026, 10, 3), 80), (date(2026, 11, 1), 5)))

    assert found.counted == 1
    assert found.average == found.before


def test_a_first_month_has_no_average():
    found = of(spent((date(2026, 11, 1), 5)))

    assert (found.average, found.counted) == (None, 0)
    assert set(found.before) == {0}


def test_nothing_at_all():
    found = of([])

    assert (found.now[0], found.average) == (0, None)


def test_a_month_to_come_has_not_begun():
    found = of(spent((date(2026, 11, 1), 5)), name=date(2026, 12, 1))

    assert found.latest is None
    assert found.average is not None


def test_a_month_may_begin_on_pay_day():
    found = of(
        spent((date(2026, 10, 25), 9), (date(2026, 11, 24), 1), (date(2026, 11, 25), 70)), date(2026, 12, 1), 3, 25
    )

    assert found.month.start == date(2026, 11, 25)
    assert found.now[:2] == (70, None)
    assert (found.before[0], found.before[29], found.before[30]) == (9, 9, 10)


def test_its_days_are_asked_for_at_once():
    asked = pace.span(date(2026, 11, 1), months=6, month_start=25)

    assert (asked.start, asked.end) == (date(2026, 4, 25), date(2026, 11, 25))
