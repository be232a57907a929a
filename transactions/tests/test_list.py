"""The list: days and rows as they are read, whole sums, pages by key, and what it costs."""

import re
from datetime import date, timedelta

import pytest

from transactions.models import Transaction
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_wallet

URL = "/transactions/"
HTMX = {"HX-Request": "true"}


def rows(response) -> list[str]:
    return [row.name for day in response.context["page"].days for row in day.rows]


def plain(html: object) -> str:
    """A printed amount without its markup."""
    return "".join(part.split(">")[-1] for part in str(html).split("<"))


def summary(response) -> tuple[str, str, str, str]:
    shown = response.context["summary"]
    return plain(shown.income), plain(shown.spending), plain(shown.net), shown.entries


def test_an_empty_list_names_the_next_step(as_alice):
    page = as_alice.get(URL).content.decode()

    assert "No entries yet" in page
    assert "Add the first entry" in page


def test_entries_stand_under_their_days_newest_first(as_alice, household, today):
    make_transaction(household, note="Tea", on=today)
    make_transaction(household, note="Milk", on=today)
    make_transaction(household, note="Bread", on=today - timedelta(days=1))
    make_transaction(household, note="Rent", on=date(2026, 11, 3))
    make_transaction(household, note="Old", on=date(2025, 11, 3))

    days = as_alice.get(URL).context["page"].days

    assert [(day.name, [row.name for row in day.rows]) for day in days] == [
        ("Today", ["Milk", "Tea"]),
        ("Yesterday", ["Bread"]),
        ("3 Nov", ["Rent"]),
        ("3 Nov 2025", ["Old"]),
    ]


def test_a_row_says_what_it_is(as_alice, household):
    bank = make_wallet(household, "Bank")
    make_transaction(household, "200", note="Rice", comment="two bags")
    make_transaction(household, "-50", note="")
    make_transaction(household, "900", kind="income", category="Salary", note="November", wallet=bank)
    make_transaction(household, "300", kind="transfer", to_wallet=bank)

    [day] = as_alice.get(URL).context["page"].days

    assert [(row.name, row.words, row.wallet, plain(row.amount)) for row in day.rows] == [
        ("Cash → Bank", "", "", "₹300.00"),
        ("November", "Salary", "Bank", "+₹900.00"),
        ("Groceries", "", "Cash", "+₹50.00"),
        ("Rice", "Groceries · two bags", "Cash", "−₹200.00"),
    ]
    assert 'data-kind="back"' in day.rows[2].amount


def test_a_wallet_is_named_where_there_is_more_than_one(as_alice, household):
    make_transaction(household)

    [day] = as_alice.get(URL).context["page"].days

    assert day.rows[0].wallet == ""


def test_what_a_person_typed_is_escaped(as_alice, household):
    make_transaction(household, note="<script>alert(1)</script>", comment='"><img src=x>')

    page = as_alice.get(URL).content.decode()

    assert "<script>alert(1)" not in page
    assert "<img src=x>" not in page


def test_every_word_of_a_row_is_escaped(as_alice, household):
    make_transaction(
        household,
        note='<i a="note">',
        comment='<i a="comment">',
        category='<i a="category">',
        wallet=make_wallet(household, '<i a="wallet">'),
    )

    [row] = re.findall(r'<li class="entry".*?</li>', as_alice.get(URL).text, re.DOTALL)

    assert "<i" not in row
    assert '"note"' not in row
    for word in ("note", "comment", "category", "wallet"):
        assert f"&lt;i a=&quot;{word}&quot;&gt;" in row
    assert 'aria-label="Delete &lt;i a=&quot;note&quot;&gt;"' in row
    assert 'hx-confirm="Delete “&lt;i a=&quot;note&quot;&gt;” (' in row


def test_who_may_only_look_gets_rows_that_lead_nowhere(as_viewer, household):
    make_transaction(household, note="Rice")

    [row] = re.findall(r'<li class="entry".*?</li>', as_viewer.get(URL).text, re.DOTALL)

    assert '<span class="entry__note" dir="auto">Rice</span>' in row
    assert "<a" not in row
    assert "hx-" not in row


def test_amounts_are_written_the_members_way(as_alice, alice, household):
    alice.locale = "de-DE"
    alice.save()
    make_transaction(household, "125000.5")

    [day] = as_alice.get(URL).context["page"].days

    assert plain(day.rows[0].amount).startswith("−125.000,50")


def test_the_summary_counts_money_back_and_leaves_transfers_out(as_alice, household):
    make_transaction(household, "500")
    make_transaction(household, "-200")
    make_transaction(household, "1000", kind="income", category="Salary")
    make_transaction(household, "70", kind="transfer", to_wallet=make_wallet(household, "Bank"))

    response = as_alice.get(URL)

    assert summary(response) == ("₹1,000.00", "₹300.00", "₹700.00", "4 entries")
    assert response.context["summary"].back == "₹200.00 came back"


def test_a_days_net_counts_the_whole_day_wherever_the_page_ends(as_alice, household):
    for _number in range(70):
        make_transaction(household, "10", on=date(2026, 11, 10))
    make_transaction(household, "1000", kind="income", category="Salary", on=date(2026, 11, 10))

    first = as_alice.get(URL).context["page"]
    second = as_alice.get(URL + first.older).context["page"]

    assert (len(first.days[0].rows), len(second.days[0].rows)) == (60, 11)
    assert (plain(first.days[0].net), plain(second.days[0].net)) == ("₹300.00", "₹300.00")


@pytest.fixture
def many(household) -> None:
    """150 entries, three a day, the newest called 149."""
    for number in range(150):
        make_transaction(household, note=str(number), on=date(2026, 9, 1) + timedelta(days=number // 3))


def names(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last - 1, -1)]


def test_pages_lead_to_the_oldest_entry_and_back(as_alice, many):
    first = as_alice.get(URL)
    second = as_alice.get(URL + first.context["page"].older)
    third = as_alice.get(URL + second.context["page"].older)
    second_again = as_alice.get(URL + third.context["page"].newer)
    first_again = as_alice.get(URL + second_again.context["page"].newer)

    assert (rows(first), rows(second), rows(third)) == (names(149, 90), names(89, 30), names(29, 0))
    assert (rows(second_again), rows(first_again)) == (names(89, 30), names(149, 90))
    assert (first.context["page"].newer, third.context["page"].older) == ("", "")
    assert first_again.context["page"].newer == ""


def test_a_page_stays_in_place_while_entries_are_added(as_alice, household, many):
    older = as_alice.get(URL).context["page"].older
    make_transaction(household, note="New", on=date(2026, 11, 25))

    assert rows(as_alice.get(URL + older)) == names(89, 30)


def test_a_page_whose_entries_are_gone_is_the_newest(as_alice, household, many):
    older = as_alice.get(URL).context["page"].older
    Transaction.objects.filter(date__lt=date(2026, 10, 1)).delete()

    response = as_alice.get(URL + older)

    assert rows(response) == names(149, 90)


@pytest.mark.parametrize(
    "place", ["before=yesterday", "before=2026-13-01_1", "after=2026-11-10_x", "before=2026-11-10"]
)
def test_a_place_that_is_none_is_refused(as_alice, household, place):
    response = as_alice.get(f"{URL}?{place}")

    assert response.status_code == 400
    assert "Start again from the newest entries." in response.content.decode()


def test_bob_sees_nothing_of_alices_entries(as_bob, household, bobs_household):
    make_transaction(household, "777123", note="Alice's rent")
    make_transaction(bobs_household, "5", note="Bob's tea")

    response = as_bob.get(URL)

    assert rows(response) == ["Bob's tea"]
    assert summary(response) == ("₹0.00", "₹5.00", "−₹5.00", "1 entry")
    assert "7,77,123" not in response.content.decode()


def test_a_viewer_is_offered_nothing_to_change(as_viewer, household):
    entry = make_transaction(household, note="Rent")

    page = as_viewer.get(URL).content.decode()

    assert "Rent" in page
    assert f"/transactions/{entry.pk}/" not in page
    assert "Add entry" not in page


def test_htmx_gets_the_list_alone_and_its_short_address(as_alice, household):
    make_transaction(household, note="Rice")

    response = as_alice.get(
        URL,
        {"kind": "expense", "text": "", "period": "", "from": "", "to": ""},
        headers=HTMX | {"HX-Current-URL": "http://testserver/transactions/"},
    )

    assert response.content.decode().startswith('<div class="stack" id="transactions-table"')
    assert response["HX-Push-Url"] == "/transactions/?kind=expense"
    assert "HX-Request" in response["Vary"]


def test_a_list_fetched_again_where_it_stands_pushes_no_address(as_alice, household):
    current = {"HX-Current-URL": "http://testserver/transactions/?kind=expense"}

    response = as_alice.get(f"{URL}?kind=expense", headers=HTMX | current)

    assert "HX-Push-Url" not in response


def test_a_row_leads_back_to_the_list_as_it_was_filtered(as_alice, household):
    entry = make_transaction(household)

    page = as_alice.get(f"{URL}?kind=expense").content.decode()

    assert f'href="/transactions/{entry.pk}/edit/?back=kind%3Dexpense"' in page


def add(household, count: int) -> None:
    bank = the_wallet(household, "Bank")
    for number in range(count):
        category = make_category(household, f"Category {Transaction.objects.count()}")
        make_transaction(household, category=category, on=date(2026, 11, 1) + timedelta(days=number % 20))
        make_transaction(household, kind="transfer", to_wallet=bank, on=date(2026, 11, 1))


@pytest.mark.parametrize(
    "query", ["", "?kind=expense&period=this-month", "?text=cat", "?wallet={wallet}", "?period=2020-01"]
)
def test_the_list_costs_the_same_with_3_and_with_30_rows(as_alice, household, query, django_assert_max_num_queries):
    url = URL + query.format(wallet=the_wallet(household, "Cash").pk)
    as_alice.get(url)

    add(household, 3)
    with django_assert_max_num_queries(9):
        as_alice.get(url)
    add(household, 27)
    with django_assert_max_num_queries(9):
        as_alice.get(url)


def test_the_last_page_costs_what_the_first_does(as_alice, household, many, django_assert_max_num_queries):
    as_alice.get(URL)
    with django_assert_max_num_queries(8):
        older = as_alice.get(URL).context["page"].older
    oldest = as_alice.get(URL + older).context["page"].older

    with django_assert_max_num_queries(8):
        assert rows(as_alice.get(URL + oldest)) == names(29, 0)
