"""A period in its days, months or years: nothing left out, nothing counted twice."""

from datetime import date
from decimal import Decimal

from batua import periods
from batua.periods import Period
from reports import cash_flow, trends
from reports.cash_flow import Grain
from transactions import ledger
from transactions.tests.factories import make_transaction, make_wallet

TODAY = date(2026, 11, 25)
D = Decimal


def flow(household, key: str, **options) -> cash_flow.CashFlow:
    period = periods.resolve(key, today=TODAY, month_start=household.month_start, **options)
    part = trends.part_of(household, period)
    glance = ledger.glance(household, period, before=None, part=part)
    return cash_flow.of(period, glance.parts, month_start=household.month_start, part=part)


def seen(found: cash_flow.CashFlow) -> list[tuple[str, Decimal, Decimal]]:
    return [(str(each.name), each.income, each.spending) for each in found.flows if each.income or each.spending]


def test_a_month_has_all_its_days(household):
    make_transaction(household, "100", on=date(2026, 11, 3))
    make_transaction(household, "20", on=date(2026, 11, 3))
    make_transaction(household, "-50", on=date(2026, 11, 4))
    make_transaction(household, "900", kind="income", category="Salary", on=date(2026, 11, 30))

    found = flow(household, "this-month")

    assert found.grain is Grain.DAY
    assert [each.name.day for each in found.flows] == list(range(1, 31))
    assert seen(found) == [("2026-11-03", 0, 120), ("2026-11-04", 0, -50), ("2026-11-30", 900, 0)]


def test_a_day_leads_to_its_own_entries(household):
    found = flow(household, "this-month")

    assert found.flows[2].period.query == "period=custom&from=2026-11-03&to=2026-11-03"


def test_a_transfer_is_neither_income_nor_spending(household):
    make_transaction(household, "100", kind="transfer", to_wallet=make_wallet(household), on=date(2026, 11, 3))

    assert seen(flow(household, "this-month")) == []


def test_half_a_year_is_shown_by_month(household):
    make_transaction(household, "100", on=date(2026, 6, 1))
    make_transaction(household, "7", on=date(2026, 11, 30))
    make_transaction(household, "999", on=date(2026, 5, 31))

    found = flow(household, "last-6-months")

    assert found.grain is Grain.MONTH
    assert [each.name.month for each in found.flows] == [6, 7, 8, 9, 10, 11]
    assert seen(found) == [("2026-06-01", 0, 100), ("2026-11-01", 0, 7)]
    assert found.flows[0].period.query == "period=2026-06"


def test_days_of_ones_own_cut_the_first_and_the_last_month(household):
    for day, amount in [(9, "1"), (10, "20")]:
        make_transaction(household, amount, on=date(2026, 3, day))
    make_transaction(household, "300", on=date(2026, 4, 15))
    for day, amount in [(5, "4000"), (6, "50000")]:
        make_transaction(household, amount, on=date(2026, 6, day))

    found = flow(household, "custom", start=date(2026, 3, 10), end=date(2026, 6, 6))

    assert seen(found) == [("2026-03-01", 0, 20), ("2026-04-01", 0, 300), ("2026-06-01", 0, 4000)]
    assert found.flows[0].period.query == "period=custom&from=2026-03-10&to=2026-03-31"
    assert found.flows[1].period.query == "period=2026-04"
    assert found.flows[3].period.query == "period=custom&from=2026-06-01&to=2026-06-05"


def test_all_time_goes_from_the_first_entry_to_the_last(household):
    make_transaction(household, "5", on=date(2025, 12, 31))
    make_transaction(household, "7", on=date(2026, 2, 1))

    found = flow(household, "all-time")

    assert [str(each.name) for each in found.flows] == ["2025-12-01", "2026-01-01", "2026-02-01"]
    assert seen(found) == [("2025-12-01", 0, 5), ("2026-02-01", 0, 7)]


def test_all_time_of_nothing_is_empty(household):
    assert flow(household, "all-time").flows == ()


def test_many_months_are_shown_by_year(household):
    make_transaction(household, "5", on=date(2020, 6, 30))
    make_transaction(household, "100", on=date(2024, 1, 1))
    make_transaction(household, "11", on=date(2024, 12, 31))
    make_transaction(household, "900", kind="income", category="Salary", on=date(2026, 11, 1))

    found = flow(household, "all-time")
    asked = flow(household, "custom", start=date(2020, 6, 15), end=date(2026, 11, 2))

    for each in (found, asked):
        assert each.grain is Grain.YEAR
        assert [flow.name.year for flow in each.flows] == [2020, 2021, 2022, 2023, 2024, 2025, 2026]
        assert seen(each) == [("2020-01-01", 0, 5), ("2024-01-01", 0, 111), ("2026-01-01", 900, 0)]
    assert found.flows[0].period == Period(date(2020, 1, 1), date(2021, 1, 1), "custom")
    assert asked.flows[0].period == Period(date(2020, 6, 15), date(2021, 1, 1), "custom")


def test_a_year_of_pay_day_months_begins_on_a_pay_day(household):
    household.month_start = 25
    household.save()
    make_transaction(household, "5", on=date(2023, 12, 24))
    make_transaction(household, "7", on=date(2023, 12, 25))
    make_transaction(household, "9", on=date(2026, 11, 2))

    found = flow(household, "all-time")

    assert seen(found) == [("2023-01-01", 0, 5), ("2024-01-01", 0, 7), ("2026-01-01", 0, 9)]
    assert found.flows[1].period == Period(date(2023, 12, 25), date(2024, 12, 25), "custom")


def test_the_months_are_the_households_own(household):
    household.month_start = 25
    household.save()
    make_transaction(household, "1", on=date(2026, 10, 24))
    make_transaction(household, "20", on=date(2026, 10, 25))
    make_transaction(household, "300", on=date(2026, 11, 24))

    found = flow(household, "last-6-months")

    # On 25 November the household's December has begun.
    assert [each.name.month for each in found.flows] == [7, 8, 9, 10, 11, 12]
    assert seen(found) == [("2026-10-01", 0, 1), ("2026-11-01", 0, 320)]
