"""The charts' page: what each card says and where its marks lead, with what is in the database worked out by hand."""

import re
from datetime import date
from decimal import Decimal

import pytest

from reports.tests.test_dashboard import HTMX, november, words
from transactions.tests.factories import make_category, make_transaction, make_wallet

__all__ = ["november"]
URL = "/charts/"


def cards(client, query: str = ""):
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.context["charts"]


def payees(client, query: str = ""):
    response = client.get(f"{URL}payees/{query}", headers=HTMX)
    assert response.status_code == 200
    return response.context["card"]


def page(client, query: str = "") -> str:
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def test_every_card_is_there_with_a_table(as_alice, november):
    found = page(as_alice)

    ids = re.findall(r'<section class="card" id="(reports-[\w-]+)"', found)
    assert ids == [
        "reports-cash-flow",
        "reports-months",
        "reports-spending",
        "reports-categories",
        "reports-pace",
        "reports-wallets",
        "reports-payees",
    ]
    # The payees come after the rest.
    for card in ids[:-1]:
        assert "<table" in found.split(f'id="{card}"')[1].split("</section>")[0], card


def test_six_months_side_by_side_and_more_by_choice(as_alice, november):
    assert [row.name for row in cards(as_alice).months.rows][::5] == ["June 2026", "November 2026"]
    assert len(cards(as_alice, "?months=12").months.rows) == 12
    months = cards(as_alice, "?months=24").months.rows
    assert (months[0].name, months[-1].spending) == ("December 2024", "₹1,700.00")
    # October and November count, the months before the first entry do not.
    assert words(cards(as_alice).months.note) == "A month brought in ₹2,500.00 and cost ₹2,850.00 on average."


def test_the_months_end_with_the_month_shown(as_alice, november):
    found = cards(as_alice, "?period=2026-10")

    assert found.months.rows[-1].name == "October 2026"
    assert found.months.chart.marks[-1].url == "/transactions/?period=2026-10"


def test_a_choice_keeps_the_period_and_the_other_choice(as_alice, november):
    found = page(as_alice, "?period=last-month&average=6")

    assert 'href="/charts/?period=last-month&amp;months=12&amp;average=6"' in found
    assert 'href="/charts/?period=last-month"' in found


def test_categories_have_their_change(as_alice, november, household):
    make_transaction(household, "60", category="Pets", on=date(2026, 10, 5))

    card = cards(as_alice).categories

    rows = [(row.name, words(row.amount), words(row.share), row.number, words(row.change)) for row in card.first]
    assert rows == [
        ("Groceries", "₹1,300.00", "65 %", "2", "−68 %"),  # 4000 in October
        ("Fuel", "₹700.00", "35 %", "1", "new"),
        ("Pets", "₹0.00", "0 %", "0", "−100 %"),
    ]
    assert [(row.name, words(row.amount)) for row in card.back] == [("Toys", "₹300.00")]
    assert (words(card.total), card.number, words(card.change)) == ("₹1,700.00", "4", "−58 %")  # 4060 in October
    assert "Change: beside what was spent in October" in page(as_alice)


def test_all_time_has_no_period_before(as_alice, november):
    card = cards(as_alice, "?period=all-time").categories

    assert (card.when, card.first[0].change) == ("", "")


def test_forty_categories_are_ten_and_others(as_alice, household):
    for number in range(1, 41):
        make_transaction(household, number, category=f"Category {number:02}")

    card = cards(as_alice).categories

    assert [row.name for row in card.first] == [f"Category {number}" for number in range(40, 30, -1)]
    assert (len(card.rest), card.others.name, words(card.others.amount)) == (30, "30 others", "₹465.00")
    assert len(card.ring.arcs) == 11
    assert card.ring.arcs[-1].url.count("&category=") == 30


def test_payees_lead_to_their_whole_note(as_alice, household):
    make_transaction(household, "300", note="Café Uber")
    make_transaction(household, "50", note="cafe uber")
    make_transaction(household, "7", note="Uber Eats & more")
    make_transaction(household, "-20", note="Refund")
    make_transaction(household, "4", note="")

    card = payees(as_alice)

    assert [(row.name, words(row.amount), words(row.share), row.number) for row in card.first] == [
        ("Café Uber", "₹350.00", "97 %", "2"),
        ("Uber Eats & more", "₹7.00", "2 %", "1"),
    ]
    assert [row.name for row in card.back] == ["Refund"]
    assert card.notes == ["1 entry says not what for: ₹4.00"]
    assert card.first[1].url == "/transactions/?period=this-month&kind=expense&text=Uber+Eats+%26+more&note=whole"
    summary = as_alice.get(card.first[0].url + "&sums=now").context["summary"]
    assert words(summary.spending) == "₹350.00"


def test_many_payees_are_ten_and_more(as_alice, household):
    for number in range(1, 71):
        make_transaction(household, number, note=f"Shop {number}")

    card = payees(as_alice)

    assert (len(card.first), len(card.rest), card.many) == (10, 10, "10 more payees")
    # 1 + 2 + … + 50
    assert card.notes == ["50 payees with less: ₹1,275.00 together"]


@pytest.mark.parametrize("query", ["?period=this-month", "?period=this-year"])
def test_the_payees_of_the_same_period_come_after_the_rest(as_alice, november, query):
    found = page(as_alice, query)

    assert f'hx-get="/charts/payees/{query}" hx-trigger="load"' in found
    assert f'href="/charts/payees/{query}"' in found
    card = as_alice.get(f"/charts/payees/{query}", headers=HTMX).content.decode()
    assert card.startswith('<section class="card" id="reports-payees"')
    assert "Big shop" in card


def test_the_pace_of_the_month(as_alice, november):
    card = cards(as_alice).pace

    # 1500.50 on the 1st, 200.50 back on the 10th, 300 on the 11th; October's 4000 fell on its last day.
    # An entry on the 30th has been made already, so the line goes on to it.
    assert [row.cells for row in card.rows][:1] == [["₹1,500.50", "₹0.00", "₹0.00"]]
    assert card.rows[9].cells == ["₹1,300.00", "₹0.00", "₹0.00"]
    assert card.rows[30].cells == ["", "₹4,000.00", "₹4,000.00"]
    assert card.chart.marks[9].title == "10 Nov\nNovember 2026 ₹1,300.00\nAverage of 1 month ₹0.00\nOctober 2026 ₹0.00"
    assert card.chart.marks[9].url == "/transactions/?period=custom&from=2026-11-01&to=2026-11-10&kind=expense"
    assert card.chart.marks[30].url == "/transactions/?period=custom&from=2026-10-01&to=2026-10-31&kind=expense"


def test_what_the_pace_says(as_alice, household):
    make_transaction(household, "500", on=date(2026, 10, 25))
    make_transaction(household, "440", on=date(2026, 11, 24))

    assert words(cards(as_alice).pace.note) == "₹440.00 by 25 Nov. 12 % less than by this day on average."


def test_wallets_from_what_lay_in_them_before(as_alice, november, household):
    card = cards(as_alice).wallets

    assert [(key.name, words(key.amount)) for key in card.legend] == [("Cash", "−₹1,600.00"), ("Bank", "₹1,900.00")]
    # Cash: −4000 before; 5000 − 1500.50 on the 1st; 900 went to the bank on the 12th.
    assert card.rows[0].cells == ["-₹500.50", "₹1,000.00"]
    assert card.rows[11].cells == ["-₹900.00", "₹1,900.00"]
    assert card.legend[1].url.startswith("/transactions/?period=this-month&wallet=")
    assert card.chart.marks[11].title == "12 Nov\nCash -₹900.00\nBank ₹1,900.00"
    assert card.chart.marks[11].url == "/transactions/?period=custom&from=2026-11-12&to=2026-11-12"


def test_an_archived_wallet_is_drawn_while_it_has_something_to_show(as_alice, household):
    make_wallet(household, "Old", archived_at="2026-01-01T00:00Z", opening_balance=Decimal(5))
    make_wallet(household, "Empty", archived_at="2026-01-01T00:00Z")
    make_transaction(household, "1")

    assert [key.name for key in cards(as_alice).wallets.legend] == ["Cash", "Old (archived)"]


def test_a_line_of_balances_ends_today(as_alice, household):
    make_transaction(household, "1", on=date(2026, 11, 3))

    card = cards(as_alice).wallets

    assert (len(card.rows), len(card.chart.marks)) == (25, 30)


@pytest.mark.parametrize("query", ["", "?period=last-month", "?period=this-year", "?period=all-time", "?months=24"])
def test_one_entry_is_enough(as_alice, household, query):
    make_transaction(household, "40", on=date(2026, 11, 25), note="Coffee")

    assert "Spending by category" in page(as_alice, query)


def test_nothing_but_a_transfer_is_drawn_too(as_alice, household):
    make_transaction(household, "40", kind="transfer", to_wallet=make_wallet(household))

    assert "Nothing came in and nothing was spent in this period." in page(as_alice)
    assert "No spending of this period says what it was for." in page(as_alice, "payees/")


def test_an_empty_household_is_told_how_to_begin(as_alice, as_viewer):
    assert "There is nothing to draw yet" in page(as_alice)
    assert 'class="chart' not in page(as_alice)
    assert "/transactions/add/" in page(as_alice).split("</nav>")[1]


def test_a_viewer_of_empty_books_is_not_sent_to_a_form(as_viewer):
    found = page(as_viewer).split('id="reports-charts"')[1].split("</main>")[0]

    assert "The charts begin with the first entry of their owner." in found
    assert "/transactions/add/" not in found


@pytest.mark.parametrize("address", [URL, "/charts/payees/"])
@pytest.mark.parametrize("query", ["?period=fortnight", "?from=2026-02-30&to=2026-03-01", "?period=%00"])
def test_what_is_not_a_period_is_refused(as_alice, household, address, query):
    assert as_alice.get(address + query).status_code == 400


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?months=7", "The chart of months shows 6, 12 or 24 of them. Choose one of these."),
        ("?average=x", "An average is made of 3 or 6 months. Choose one of these."),
        ("?period=x", "This period is not known. Choose one of the list."),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(as_alice, household, query, sentence):
    response = as_alice.get(URL + query)

    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_htmx_gets_the_fragment(as_alice, november):
    response = as_alice.get(URL, headers=HTMX)

    assert response.content.decode().startswith('<div class="stack" id="reports-charts"')


def test_bob_sees_nothing_of_alices(as_bob, november, bobs_household):
    make_transaction(bobs_household, "7", note="Bobs", category=make_category(bobs_household, "Hobby"))

    for found, own in ((page(as_bob), "Hobby"), (page(as_bob, "payees/"), "Bobs")):
        assert own in found
        for secret in ("Groceries", "Big shop", "1,500", "Fuel", "Bank"):
            assert secret not in found


@pytest.mark.parametrize("number", [3, 30, 300])
@pytest.mark.parametrize(
    ("address", "queries"),
    [(URL, 6), (f"{URL}?period=this-year", 6), (f"{URL}?period=all-time", 7), (f"{URL}payees/", 4)],
)
def test_the_number_of_queries_does_not_grow(as_alice, household, django_assert_num_queries, number, address, queries):
    for each in range(number):
        on = date(2026, 1 + each % 11, 1 + each % 28)
        make_transaction(household, "5", category=f"Category {each % 40}", note=f"Shop {each}", on=on)
    make_transaction(household, "5", on=date(2026, 11, 2))
    as_alice.get(address)

    # Session, person, membership; months with the days of the pace, glance, wallets with their moves, and for all time
    # how long it is. Or the payees.
    with django_assert_num_queries(queries):
        found = as_alice.get(address).content.decode()

    assert "Spending by payee" in found


def test_the_page_keeps_to_attributes_and_classes(as_alice, november):
    """The policy forbids inline styles and scripts; a browser would silently drop them."""
    found = page(as_alice) + page(as_alice, "payees/")

    assert "style=" not in found
    assert "<style" not in found
    assert "<script>" not in found


def test_names_are_never_markup(as_alice, household):
    name = """<b>"Tom's" & Co</b>"""
    make_transaction(household, "5", category=name, note=name, wallet=make_wallet(household, name))

    found = page(as_alice) + page(as_alice, "payees/")

    assert "<b>" not in found
    assert "Tom's" not in found
    # The chart of wallets and its table are joined in Python, the rest by the template.
    assert found.count("&lt;b&gt;&quot;Tom&#x27;s&quot; &amp; Co&lt;/b&gt;") > 30


def test_no_id_stands_twice(as_alice, november):
    ids = re.findall(r' id="([^"]+)"', page(as_alice))

    assert sorted(ids) == sorted(set(ids))
