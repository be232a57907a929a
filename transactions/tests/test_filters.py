"""Filters in the address: what they show, how they are taken away, and that none is ever widened in silence."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.utils.html import strip_tags

from batua import periods
from transactions import ledger
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_category, the_wallet
from transactions.tests.test_list import HTMX, URL, plain, rows, summary


@pytest.fixture
def books(household) -> None:
    """Six entries of three months, in two wallets."""
    bank = make_wallet(household, "Bank")
    make_transaction(household, "10", note="Café crème", on=date(2026, 9, 30), category="Eating out")
    make_transaction(household, "20", note="Rice", on=date(2026, 10, 1))
    make_transaction(household, "30", note="Bus", on=date(2026, 10, 31), category="Transport", wallet=bank)
    make_transaction(household, "400", note="Salary", on=date(2026, 11, 1), kind="income", category="Pay", wallet=bank)
    make_transaction(
        household, "50", note="ATM", on=date(2026, 11, 2), kind="transfer", wallet=bank, to_wallet=cash(household)
    )
    make_transaction(household, "-5", note="Rice back", on=date(2026, 11, 3), comment="a torn bag")


def cash(household):
    return the_wallet(household, "Cash")


def found(client, **filters: object) -> list[str]:
    response = client.get(f"{URL}?{urlencode(filters, doseq=True)}")
    assert response.status_code == 200
    return rows(response)


def test_without_a_filter_everything_is_shown(as_alice, books):
    assert found(as_alice) == ["Rice back", "ATM", "Salary", "Bus", "Rice", "Café crème"]


def test_a_kind(as_alice, books):
    assert found(as_alice, kind="income") == ["Salary"]
    assert found(as_alice, kind="transfer") == ["ATM"]
    assert found(as_alice, kind="expense") == ["Rice back", "Bus", "Rice", "Café crème"]


def test_several_categories(as_alice, household, books):
    keys = [the_category(household, name, "expense").pk for name in ("Groceries", "Transport")]

    assert found(as_alice, category=keys[:1]) == ["Rice back", "Rice"]
    assert found(as_alice, category=keys) == ["Rice back", "Bus", "Rice"]


def test_a_wallet_shows_what_moved_out_of_it_and_into_it(as_alice, household, books):
    assert found(as_alice, wallet=cash(household).pk) == ["Rice back", "ATM", "Rice", "Café crème"]
    assert found(as_alice, wallet=the_wallet(household, "Bank").pk) == ["ATM", "Salary", "Bus"]


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ({"period": "this-month"}, ["Rice back", "ATM", "Salary"]),
        ({"period": "2026-10"}, ["Bus", "Rice"]),
        ({"period": "custom", "from": "2026-09-30", "to": "2026-10-31"}, ["Bus", "Rice", "Café crème"]),
        ({"period": "last-3-months"}, ["Rice back", "ATM", "Salary", "Bus", "Rice", "Café crème"]),
        ({"period": "2020-01"}, []),
    ],
)
def test_a_period(as_alice, books, period, shown):
    assert found(as_alice, **period) == shown


@pytest.mark.parametrize("text", ["cafe", "CAFÉ", "creme caf", " café  crème "])
def test_words_whatever_their_case_and_accents(as_alice, books, text):
    assert found(as_alice, text=text) == ["Café crème"]


def test_words_of_a_comment(as_alice, books):
    assert found(as_alice, text="torn") == ["Rice back"]


def test_filters_narrow_each_other(as_alice, household, books):
    groceries = the_category(household, "Groceries", "expense").pk

    assert found(as_alice, text="rice", kind="expense", category=groceries, period="this-month") == ["Rice back"]


def test_a_search_of_many_entries_finds_the_rare_and_the_common(as_alice, household, monkeypatch):
    monkeypatch.setattr("transactions.listing.NEAR", 10)
    monkeypatch.setattr("transactions.listing.LENGTH", 3)
    make_transaction(household, note="Needle", on=date(2026, 1, 1))
    for day in range(1, 29):
        make_transaction(household, note=f"Hay {day}", on=date(2026, 2, day))
    make_transaction(household, note="Needle", on=date(2026, 3, 1))

    rare = as_alice.get(f"{URL}?text=needle")
    common = as_alice.get(f"{URL}?text=hay")
    older = as_alice.get(URL + common.context["page"].older)
    newer = as_alice.get(URL + older.context["page"].newer)

    assert rows(rare) == ["Needle", "Needle"]
    assert (rows(common), rows(older)) == (["Hay 28", "Hay 27", "Hay 26"], ["Hay 25", "Hay 24", "Hay 23"])
    assert rows(newer) == ["Hay 28", "Hay 27", "Hay 26"]


@pytest.mark.parametrize(
    ("period", "sums"),
    [
        ({}, ("₹400.00", "₹55.00", "₹345.00", "6 entries")),
        ({"period": "this-month"}, ("₹400.00", "−₹5.00", "₹405.00", "3 entries")),
        ({"period": "2026-10"}, ("₹0.00", "₹50.00", "−₹50.00", "2 entries")),
        ({"period": "custom", "from": "2026-09-30", "to": "2026-11-01"}, ("₹400.00", "₹60.00", "₹340.00", "4 entries")),
        ({"period": "custom", "from": "2026-10-02", "to": "2026-10-31"}, ("₹0.00", "₹30.00", "−₹30.00", "1 entry")),
        ({"kind": "expense"}, ("₹0.00", "₹55.00", "−₹55.00", "4 entries")),
        ({"period": "2020-01"}, ("₹0.00", "₹0.00", "₹0.00", "0 entries")),
    ],
)
def test_the_summary_is_of_what_is_shown(as_alice, books, period, sums):
    assert summary(as_alice.get(URL, period)) == sums


def test_the_summary_of_a_wallet_and_a_category(as_alice, household, books):
    groceries = the_category(household, "Groceries", "expense").pk

    in_cash = as_alice.get(URL, {"wallet": cash(household).pk})
    on_groceries = as_alice.get(URL, {"category": groceries})

    assert summary(in_cash) == ("₹0.00", "₹25.00", "−₹25.00", "4 entries")
    assert summary(on_groceries) == ("₹0.00", "₹15.00", "−₹15.00", "2 entries")


@pytest.mark.parametrize("key", ["this-month", "last-month", "last-6-months", "this-year", "all-time"])
def test_the_summary_and_the_dashboard_have_the_same_numbers(as_alice, household, books, today, key):
    totals = ledger.totals(household, periods.resolve(key, today=today))

    shown = summary(as_alice.get(URL, {"period": key}))

    assert shown[:2] == (f"₹{totals.income:.2f}", f"₹{totals.spending:.2f}".replace("₹-", "−₹"))


def test_a_household_month_is_summed_as_one(as_alice, household, books):
    household.month_start = 25
    household.save()

    response = as_alice.get(URL, {"period": "2026-11"})

    assert rows(response) == ["Rice back", "ATM", "Salary", "Bus"]
    assert summary(response) == ("₹400.00", "₹25.00", "₹375.00", "4 entries")


def test_a_search_is_added_up_after_the_list_stands(as_alice, books):
    response = as_alice.get(URL, {"text": "rice"})
    sums = as_alice.get("/transactions/sums/?text=rice", headers=HTMX)

    assert 'hx-get="/transactions/sums/?text=rice"' in response.content.decode()
    assert response.context["summary"] is None
    assert sums.content.decode().startswith('<dl class="summary" id="transactions-summary"')
    assert summary(sums) == ("₹0.00", "₹15.00", "−₹15.00", "2 entries")


def test_a_search_is_added_up_without_script_too(as_alice, books):
    link = as_alice.get("/transactions/sums/?text=rice")
    response = as_alice.get(link["Location"])

    assert link["Location"] == "/transactions/?text=rice&sums=now"
    assert summary(response) == ("₹0.00", "₹15.00", "−₹15.00", "2 entries")


def test_a_days_net_is_of_what_is_shown(as_alice, household):
    make_transaction(household, "10", note="Rice")
    make_transaction(household, "30", note="Bus")

    [day] = as_alice.get(URL, {"text": "rice"}).context["page"].days

    assert plain(day.net) == "−₹10.00"


def test_every_filter_is_a_chip_that_takes_it_away(as_alice, household, books):
    groceries = the_category(household, "Groceries", "expense").pk
    transport = the_category(household, "Transport", "expense").pk

    response = as_alice.get(
        f"{URL}?kind=expense&category={groceries}&category={transport}&wallet={cash(household).pk}"
        "&period=2026-10&text=ric&before=2026-11-10_1"
    )

    kept = f"category={groceries}&category={transport}&wallet={cash(household).pk}"
    assert [(chip.label, chip.url) for chip in response.context["chips"]] == [
        ("October 2026", f"{URL}?kind=expense&{kept}&text=ric"),
        ("Spending", f"{URL}?period=2026-10&{kept}&text=ric"),
        ("Groceries", f"{URL}?period=2026-10&kind=expense&category={transport}&wallet={cash(household).pk}&text=ric"),
        ("Transport", f"{URL}?period=2026-10&kind=expense&category={groceries}&wallet={cash(household).pk}&text=ric"),
        ("Cash", f"{URL}?period=2026-10&kind=expense&category={groceries}&category={transport}&text=ric"),
        ("“ric”", f"{URL}?period=2026-10&kind=expense&{kept}"),
    ]


def test_nothing_found_says_so_and_offers_a_way_on(as_alice, books):
    page = as_alice.get(URL, {"text": "nowhere"}).content.decode()

    assert "Nothing matches these filters" in page
    assert "Clear all filters" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=gift", "This kind of entry is not known. Choose one of the list."),
        ("category=0", "This address asks for a category or a wallet that is not here."),
        ("category=abc", "This address asks for a category or a wallet that is not here."),
        ("wallet=99999999999999999999", "This address asks for a category or a wallet that is not here."),
        ("period=someday", "This period is not known. Choose one of the list."),
        ("period=custom&from=2026-11-03&to=2026-11-01", "The last day comes before the first. Swap them."),
        ("text=" + "x" * 201, "This is too long to search for. Use 200 characters or fewer."),
        ("text=%00", "Null characters are not allowed."),
    ],
)
def test_a_filter_that_cannot_be_is_refused_and_never_widened(as_alice, books, query, sentence):
    page, fragment = as_alice.get(f"{URL}?{query}"), as_alice.get(f"{URL}?{query}", headers=HTMX)
    sums = as_alice.get(f"/transactions/sums/?{query}", headers=HTMX)

    assert (page.status_code, fragment.status_code, sums.status_code) == (400, 400, 400)
    assert sentence in page.content.decode()
    assert "Salary" not in page.content.decode()


def test_a_category_and_a_wallet_of_a_stranger_are_refused(as_alice, household, bobs_household):
    bobs = make_category(bobs_household, "Bob's secret")

    for query in (f"category={bobs.pk}", f"wallet={cash(bobs_household).pk}"):
        response = as_alice.get(f"{URL}?{query}")

        assert response.status_code == 400
        assert "secret" not in response.content.decode()


def test_the_filter_form_shows_what_is_chosen(as_alice, household, books):
    groceries = the_category(household, "Groceries", "expense").pk

    page = as_alice.get(f"{URL}?category={groceries}&kind=expense&text=rice&period=2026-10").content.decode()

    assert f'name="category" value="{groceries}" checked' in page
    assert 'name="kind" value="expense" checked' in page
    assert 'name="text" id="filter_text" maxlength="200" value="rice"' in page
    assert '<input type="hidden" name="period" value="2026-10">' in page


def test_a_whole_note_leaves_out_what_only_mentions_it(as_alice, household):
    for amount, note in [("10", "Café Uber"), ("20", "cafe  UBER"), ("400", "Café Uber Eats"), ("5000", "")]:
        make_transaction(household, amount, note=note)

    response = as_alice.get(URL, {"text": "café uber", "note": "whole", "sums": "now"})

    assert strip_tags(response.context["summary"].spending) == "₹30.00"
    assert "Note “café uber”" in response.content.decode()
    assert "Café Uber Eats" not in response.content.decode()


def test_a_whole_note_may_be_made_of_signs(as_alice, household):
    make_transaction(household, "10", note="***")
    make_transaction(household, "400", note="**")

    response = as_alice.get(URL, {"text": "***", "note": "whole", "sums": "now"})

    assert strip_tags(response.context["summary"].spending) == "₹10.00"


def test_another_way_to_read_a_note_is_refused(as_alice, household):
    assert as_alice.get(URL, {"text": "x", "note": "half"}).status_code == 400
