"""The period of an address: what the form reads, and what the control offers."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from batua import periods
from batua.period_picker import PeriodForm, period_label, period_picker

TODAY = date(2026, 11, 25)


def read(query: str, *, month_start: int = 1) -> PeriodForm:
    return PeriodForm(QueryDict(query), today=TODAY, month_start=month_start)


def picker(path: str, *, month_start: int = 1, without: tuple[str, ...] = ()):
    request = RequestFactory().get(path)
    form = PeriodForm(request.GET, today=TODAY, month_start=month_start)
    assert form.is_valid()
    return period_picker(request, form.chosen, today=TODAY, month_start=month_start, locale="en-US", without=without)


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("", date(2026, 11, 1), date(2026, 12, 1)),
        ("period=last-month", date(2026, 10, 1), date(2026, 11, 1)),
        ("period=2026-02", date(2026, 2, 1), date(2026, 3, 1)),
        ("period=custom&from=2026-11-03&to=2026-11-20", date(2026, 11, 3), date(2026, 11, 21)),
        ("from=2026-11-03&to=2026-11-03", date(2026, 11, 3), date(2026, 11, 4)),
        ("period=all-time", None, None),
        ("period=custom&from=2100-12-31&to=2100-12-31", date(2100, 12, 31), date(2101, 1, 1)),
    ],
)
def test_an_address_names_its_days(query, start, end):
    form = read(query)

    assert form.is_valid()
    assert (form.chosen.start, form.chosen.end) == (start, end)


def test_the_month_is_the_households():
    form = read("period=this-month", month_start=25)

    assert form.is_valid()
    assert (form.chosen.start, form.chosen.end) == (date(2026, 11, 25), date(2026, 12, 25))


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("period=fortnight", "period", "This period is not known. Choose one of the list."),
        ("period=2026-13", "period", "This period is not known. Choose one of the list."),
        ("period=" + "x" * 5000, "period", "This period is not known. Choose one of the list."),
        ("period=custom", "period", "A period of your own needs a first and a last day. Fill in both."),
        ("from=2026-11-03", "period", "A period of your own needs a first and a last day. Fill in both."),
        ("from=2026-11-03&to=2026-11-02", "period", "The last day comes before the first. Swap them."),
        ("from=9999-12-31&to=9999-12-31", "period", "These days are outside the years 1900 to 2100. Check the year."),
        ("from=0026-01-01&to=2026-01-01", "period", "These days are outside the years 1900 to 2100. Check the year."),
        ("period=9999-01", "period", "These days are outside the years 1900 to 2100. Check the year."),
        ("from=2026-02-30&to=2026-03-01", "from", "This is not a day of the calendar. Write it like 2026-11-03."),
    ],
)
def test_what_is_not_a_period_is_refused_in_words(query, field, sentence):
    form = read(query)

    assert not form.is_valid()
    assert form.errors[field] == [sentence]


def test_each_choice_keeps_the_other_filters_but_not_the_place():
    control = picker("/transactions/?text=chai&kind=expense&period=last-month&after=7", without=("after",))

    assert [choice.key for choice in control.choices if choice.is_current] == ["last-month"]
    assert control.choices[0].url == "/transactions/?period=this-month&text=chai&kind=expense"
    assert control.kept == (("text", "chai"), ("kind", "expense"))


def test_steps_lead_one_month_back_and_on():
    control = picker("/dashboard/?period=last-month")

    assert control.label == "October 2026"
    assert control.previous_url == "/dashboard/?period=2026-09"
    assert control.next_url == "/dashboard/?period=2026-11"
    assert (control.start, control.end) == ("2026-10-01", "2026-10-31")


def test_stepping_to_the_current_month_marks_the_choice():
    control = picker("/dashboard/?period=2026-11")

    assert [choice.label for choice in control.choices if choice.is_current] == ["This month"]
    assert not control.is_custom


def test_days_of_ones_own_step_by_their_length():
    control = picker("/dashboard/?period=custom&from=2026-11-03&to=2026-11-12")

    assert control.is_custom
    assert control.previous_url == "/dashboard/?period=custom&from=2026-10-24&to=2026-11-02"


def test_all_time_has_no_steps():
    control = picker("/dashboard/?period=all-time")

    assert (control.previous_url, control.next_url, control.start, control.end) == ("", "", "", "")


def test_a_month_from_pay_day_says_its_days():
    control = picker("/dashboard/?period=2026-11", month_start=25)

    assert control.label == "November 2026"
    assert control.days == "Oct 25 \N{EN DASH} Nov 24, 2026".replace(" \N{EN DASH} ", "\u2009\N{EN DASH}\u2009")


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("this-month", "November 2026"),
        ("this-year", "2026"),
        ("all-time", "All time"),
        ("last-3-months", "Sep\u2009\N{EN DASH}\u2009Nov 2026"),
    ],
)
def test_a_period_is_called_as_people_call_it(key, label):
    assert period_label(periods.resolve(key, today=TODAY), locale="en-US") == label
