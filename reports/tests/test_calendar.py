"""The calendar: its numbers are the ledger's, its days the list's, and every address answers or is not there."""

import re
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Household
from batua import periods
from batua.periods import Period
from transactions import ledger
from transactions.tests.factories import make_transaction, make_wallet, the_wallet

URL = "/calendar/2026/11/"
HTMX = {"HX-Request": "true"}


def words(page: object) -> str:
    """The text as people see it, its spaces folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(page))).replace("\N{NO-BREAK SPACE}", " ").strip()


def figure(printed: object) -> str:
    return re.sub(r"<[^>]+>", "", str(printed))


def number(printed: object) -> Decimal:
    plain = figure(printed).replace("₹", "").replace(",", "").replace("+", "")
    return Decimal(plain.replace("\N{MINUS SIGN}", "-"))


def cell(response, iso: str):
    [found] = [cell for week in response.context["page"].weeks for cell in week.cells if cell.id == iso]
    return found


def lines(printed) -> list[tuple[str, str]]:
    return [(line.label, figure(line.amount)) for line in printed.lines]


@pytest.fixture
def november(household) -> Household:
    """A month with income, spending, a refund, a transfer, and a neighbour on either side."""
    bank = make_wallet(household, "Bank")
    make_transaction(household, "5000", kind="income", category="Salary", on=date(2026, 11, 3), note="Pay")
    make_transaction(household, "1500.50", on=date(2026, 11, 3), note="Big shop")
    make_transaction(household, "-200.50", on=date(2026, 11, 10), note="Returned")
    make_transaction(household, "900", kind="transfer", to_wallet=bank, on=date(2026, 11, 12), note="Put aside")
    make_transaction(household, "700", category="Fuel", on=date(2026, 11, 30))
    make_transaction(household, "40", on=date(2026, 10, 31), note="October's")
    make_transaction(household, "88", on=date(2026, 12, 1), note="December's")
    return household


def test_a_day_shows_what_came_in_and_went_out_and_their_net(as_alice, november):
    response = as_alice.get(URL)

    assert lines(cell(response, "2026-11-03")) == [
        ("Income", "+₹5,000.00"),
        ("Spending", "\N{MINUS SIGN}₹1,500.50"),
        ("Net", "₹3,499.50"),
    ]
    assert lines(cell(response, "2026-11-30")) == [("Spending", "\N{MINUS SIGN}₹700.00")]
    assert lines(cell(response, "2026-11-04")) == []
    assert "Tuesday, 3 November 2026" in words(response.text)


def test_a_day_says_the_same_in_its_cell_and_in_the_list_of_a_phone(as_alice, november):
    page = as_alice.get("/calendar/2026/11/3/").text

    [printed] = re.findall(r'<td class="month__day"[^>]*data-open>.*?</td>', page, re.DOTALL)
    [listed] = re.findall(r'<li class="calendar__listed" data-open>.*?</li>', page, re.DOTALL)
    figures = "Income + ₹ 5,000 .00 Spending \N{MINUS SIGN} ₹ 1,500 .50 Net ₹ 3,499 .50"
    assert words(printed) == f"3 Tuesday, 3 November 2026 {figures} 2 entries"
    assert words(listed) == f"Tue 3 2 entries {figures}"
    assert '<a class="calendar__entry" id="listed-2026-11-03" href="/calendar/2026/11/3/#reports-day"' in listed
    assert page.count('aria-current="date"') == 1


def test_money_back_is_a_plus_within_spending(as_alice, november):
    response = as_alice.get(URL)

    [line] = cell(response, "2026-11-10").lines
    assert (line.label, figure(line.amount)) == ("Spending", "+₹200.50")
    assert 'data-kind="back"' in line.amount


def test_a_transfer_counts_for_nothing_and_is_listed(as_alice, november):
    response = as_alice.get("/calendar/2026/11/12/")

    assert lines(cell(response, "2026-11-12")) == []
    assert cell(response, "2026-11-12").entries == "1 entry"
    assert [row.name for row in response.context["page"].panel.rows] == ["Put aside"]
    assert figure(response.context["page"].panel.total.net) == "₹0.00"


def test_neighbours_are_marked_and_keep_their_sums(as_alice, november):
    october = cell(as_alice.get(URL), "2026-10-31")

    assert october.is_outside
    assert lines(october) == [("Spending", "\N{MINUS SIGN}₹40.00")]


def test_weeks_and_month_are_summed(as_alice, november):
    page = as_alice.get(URL).context["page"]

    # Of the month: 1500.50 − 200.50 + 700; of the first week October's 40; of the last December's 88.
    assert (figure(page.total.income), figure(page.total.spending)) == ("₹5,000.00", "₹2,000.00")
    assert (figure(page.total.net), page.total.entries) == ("₹3,000.00", "5 entries")
    assert [figure(week.net) for week in page.weeks] == [
        "\N{MINUS SIGN}₹40.00",
        "₹3,499.50",
        "₹200.50",
        "₹0.00",
        "₹0.00",
        "\N{MINUS SIGN}₹788.00",
    ]
    assert page.weeks[1].url == "/transactions/?period=custom&from=2026-11-02&to=2026-11-08"


@pytest.mark.parametrize("month", [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)])
@pytest.mark.parametrize("month_start", [1, 10, 25])
def test_the_month_is_the_ledgers_whatever_the_pay_day(as_alice, november, month, month_start):
    november.month_start = month_start
    november.save()
    calendar_month = periods.month(month)

    page = as_alice.get(f"/calendar/{month.year}/{month.month}/").context["page"]

    totals = ledger.totals(november, Period(calendar_month.start, calendar_month.end, "custom"))
    assert (number(page.total.income), number(page.total.spending)) == (totals.income, totals.spending)
    assert number(page.total.net) == totals.net


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_calendar_dashboard_and_plain_adding_up_agree(as_alice, alice, household, seed, zone):
    alice.time_zone = zone
    alice.save()
    random = Random(seed)
    bank = make_wallet(household, "Bank")
    net = defaultdict(Decimal)
    for _number in range(40):
        day = date(2026, 10, 20) + timedelta(days=random.randrange(50))
        amount = Decimal(random.choice([-1, 1, 1, 1]) * random.randrange(1, 500_000)) / 100
        kind = random.choice(["income", "expense", "expense", "transfer"])
        if kind == "transfer":
            make_transaction(household, abs(amount), kind=kind, to_wallet=bank, on=day)
            continue
        make_transaction(household, amount, kind=kind, on=day)
        net[day] += amount if kind == "income" else -amount

    page = as_alice.get(URL).context["page"]
    cards = as_alice.get("/dashboard/?period=custom&from=2026-11-01&to=2026-11-30").context["cards"]

    assert number(page.total.net) == sum(amount for day, amount in net.items() if day.month == 11)
    assert number(page.total.income) == number(cards.income.amount)
    assert number(page.total.spending) == number(cards.spending.amount)
    for week in page.weeks:
        days = [date.fromisoformat(cell.id) for cell in week.cells]
        assert number(week.net) == sum(net[day] for day in days)


def test_the_month_leads_to_the_same_sums_in_the_list(as_alice, november):
    for month_start in (1, 25):
        november.month_start = month_start
        november.save()
        page = as_alice.get(URL).context["page"]

        summary = as_alice.get(page.entries_url).context["summary"]

        assert number(summary.spending) == number(page.total.spending) == 2000
        assert summary.entries == page.total.entries == "5 entries"


@pytest.mark.parametrize("day", [3, 10, 12, 13, 30])
def test_a_day_is_the_lists_day(as_alice, november, day):
    panel = as_alice.get(f"/calendar/2026/11/{day}/").context["page"].panel

    listed = as_alice.get(panel.list_url)

    rows = [row for each in listed.context["page"].days for row in each.rows]
    assert [(row.name, row.words, row.amount) for row in panel.rows] == [
        (row.name, row.words, row.amount) for row in rows
    ]
    assert number(panel.total.net) == number(listed.context["summary"].net)


def test_the_ledger_counts_transfers_among_the_entries_alone(november):
    period = periods.month(date(2026, 11, 1))
    days = {day.date: day for day in ledger.entry_days(november, period)}

    assert days[date(2026, 11, 12)] == ledger.EntryDay(date(2026, 11, 12), Decimal(0), Decimal(0), 1)
    assert [(day.date, day.income, day.spending) for day in ledger.course(november, period).days] == [
        (day.date, day.income, day.spending) for day in days.values() if day.date != date(2026, 11, 12)
    ]


def test_a_large_amount_is_written_short_and_said_in_full(as_alice, household):
    make_transaction(household, "12345678.90", kind="income", category="Salary", on=date(2026, 11, 3))

    [line] = cell(as_alice.get(URL), "2026-11-03").lines

    assert (figure(line.amount), line.exact) == ("+₹1.2Cr", "₹1,23,45,678.90")


def test_the_calendar_opens_at_today(as_alice, november):
    page = as_alice.get("/calendar/").context["page"]

    assert (page.title, page.panel.name, page.is_this_month) == ("November 2026", "Wednesday, 25 November", True)
    assert [c.id for week in page.weeks for c in week.cells if c.is_today] == ["2026-11-25"]
    assert as_alice.get("/calendar/2026/10/").context["page"].panel is None


def test_a_day_without_entries_says_so(as_alice, november):
    page = words(as_alice.get("/calendar/2026/11/13/").text)

    assert "Nothing on this day." in page


def test_a_month_without_entries_says_so(as_alice, household):
    assert "No entries in March 2027" in words(as_alice.get("/calendar/2027/3/").text)


def test_the_week_begins_where_the_household_says(as_alice, household):
    household.week_start = 6
    household.save()

    page = as_alice.get(URL).context["page"]

    assert page.weekdays[0] == ("Sun", "Sunday")
    assert page.weeks[0].cells[0].id == "2026-11-01"


def test_pay_day_is_marked_and_explained(as_alice, household):
    household.month_start = 25
    household.save()

    response = as_alice.get(URL)

    marked = [c.id for week in response.context["page"].weeks for c in week.cells if c.begins]
    assert marked == ["2026-11-25"]
    assert response.text.count('title="Month begins"') == 1
    assert "December 2026 begins on 25 November for you; this page shows the calendar month." in words(response.text)


def test_a_month_that_begins_on_the_first_needs_no_words(as_alice, household):
    assert "for you" not in words(as_alice.get(URL).text)


def test_steps_lead_over_the_year_and_end_with_the_calendar(as_alice, household):
    december = as_alice.get("/calendar/2026/12/").context["page"]
    first = as_alice.get("/calendar/1900/1/").context["page"]
    last = as_alice.get("/calendar/2100/12/").context["page"]

    assert (december.previous.url, december.next.url) == ("/calendar/2026/11/", "/calendar/2027/1/")
    assert (first.previous, first.next.url) == (None, "/calendar/1900/2/")
    assert (last.previous.url, last.next) == ("/calendar/2100/11/", None)
    assert [c.url for c in last.weeks[-1].cells[-2:]] == ["", ""]


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/1899/12/",
        "/calendar/2101/1/",
        "/calendar/99999999999/1/",
        "/calendar/2026/0/",
        "/calendar/2026/13/",
        "/calendar/2026/11/0/",
        "/calendar/2026/11/31/",
        "/calendar/2027/2/29/",
        "/calendar/2026/-1/",
        "/calendar/nov/2026/",
    ],
)
def test_an_address_that_is_no_day_is_not_there(as_alice, path):
    assert as_alice.get(path).status_code == 404


def test_the_form_leads_to_a_month(as_alice):
    response = as_alice.get("/calendar/", {"month": "2", "year": "2028"})

    assert (response.status_code, response["Location"]) == (302, "/calendar/2028/2/")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"month": "13", "year": "2026"}, "Check the month."),
        ({"month": "1", "year": "20226"}, "Check the year."),
        ({"month": "1"}, "Check the year."),
        ({"month": "x", "year": "2026"}, "Check the month."),
    ],
)
def test_the_form_says_what_is_wrong(as_alice, query, sentence):
    response = as_alice.get("/calendar/", query)

    assert response.status_code == 400
    assert sentence in words(response.text)


def test_bob_sees_nothing_of_alices(as_bob, november):
    response = as_bob.get("/calendar/2026/11/3/")

    assert figure(response.context["page"].total.income) == "₹0.00"
    assert response.context["page"].panel.rows == []
    assert "Big shop" not in response.text


def test_who_may_only_look_sees_the_day_and_adds_nothing(as_viewer, november):
    response = as_viewer.get("/calendar/2026/11/3/")

    assert "Big shop" in response.text
    assert "/transactions/add/?" not in response.text
    assert "/edit/" not in response.text


def test_htmx_gets_the_month_alone(as_alice, november):
    fragment = as_alice.get("/calendar/2026/11/3/", headers=HTMX)

    assert fragment.text.startswith('<div class="calendar" id="reports-month"')
    assert 'hx-get="/calendar/2026/11/3/" hx-trigger="transactions-changed from:body' in fragment.text
    assert "<html" in as_alice.get("/calendar/2026/11/3/").text


def test_an_entry_is_added_on_the_day_without_scripts(as_alice, november):
    add = as_alice.get("/calendar/2026/11/13/").context["page"].panel.create_url

    form = as_alice.get(add)
    assert 'value="2026-11-13"' in form.text
    typed = {"kind": "expense", "amount": "55", "date": "2026-11-13", "note": "Tea"}
    hidden = {"key": form.context["form"]["key"].value(), "wallet": the_wallet(november, "Cash").pk}
    saved = as_alice.post(add, typed | hidden)

    assert (saved.status_code, saved["Location"]) == (303, "/calendar/2026/11/13/")
    assert lines(cell(as_alice.get(URL), "2026-11-13")) == [("Spending", "\N{MINUS SIGN}₹55.00")]


def test_every_day_and_month_is_a_plain_link(as_alice, november):
    page = as_alice.get(URL).text

    for path in (
        "/calendar/2026/10/",
        "/calendar/2026/12/",
        "/calendar/",
        "/calendar/2026/11/3/",
        "/calendar/2026/10/31/",
    ):
        assert f'href="{path}"' in page
    assert '<form class="calendar__jump" method="get" action="/calendar/"' in page


def test_a_crowded_day_shows_its_newest_and_leads_to_all(as_alice, household):
    for number in range(1, 26):
        make_transaction(household, str(number), on=date(2026, 11, 3), note=f"Tea {number}")

    response = as_alice.get("/calendar/2026/11/3/")

    panel = response.context["page"].panel
    assert [row.name for row in panel.rows] == [f"Tea {number}" for number in range(25, 5, -1)]
    # 1 + 2 + … + 25, also of those that are not shown.
    assert figure(panel.total.spending) == "₹325.00"
    assert f'<a href="{panel.list_url.replace("&", "&amp;")}">All 25 entries of the day</a>' in response.text
    listed = as_alice.get(panel.list_url).context["page"]
    assert sum(len(day.rows) for day in listed.days) == 25


def test_a_day_that_fits_leads_to_the_list_without_a_number(as_alice, household):
    for _number in range(20):
        make_transaction(household, "1", on=date(2026, 11, 3))

    response = as_alice.get("/calendar/2026/11/3/")

    assert len(response.context["page"].panel.rows) == 20
    assert "Show in the list" in words(response.text)
    assert "entries of the day" not in words(response.text)


def test_queries_do_not_grow_with_the_entries(as_alice, household):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            as_alice.get(path)
        return len(asked)

    for count in range(3):
        make_transaction(household, "10", on=date(2026, 11, 1) + timedelta(days=count), category=f"Few {count}")
    as_alice.get(URL)
    few = queries(URL), queries("/calendar/2026/11/3/")
    for count in range(27):
        make_transaction(household, "10", on=date(2026, 11, 3) + timedelta(days=count % 14), category=f"Many {count}")

    assert (queries(URL), queries("/calendar/2026/11/3/")) == few
    # The session, which is the database's without Redis, is one of them; an empty day asks for no names.
    assert few == (5, 7)
