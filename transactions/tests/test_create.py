"""Adding an entry: what a person types, what they are told, and what the books then hold."""

import json
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Household
from transactions.models import Category, Transaction
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_category, the_wallet

URL = "/transactions/add/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def typed(household: Household) -> dict[str, object]:
    """The smallest form that is right."""
    return {"kind": "expense", "amount": "120", "date": "2026-11-25"}


def only_entry() -> Transaction:
    return Transaction.objects.get()


def errors(response) -> dict[str, list[str]]:
    return response.context["form"].errors


def test_the_form_begins_with_spending_today(as_alice, today):
    page = as_alice.get(URL).content.decode()

    assert f'name="date" value="{today}"' in page
    assert '<input type="radio" name="kind" value="expense" required id="id_new_kind_0" checked>' in page


def test_a_browser_saves_and_goes_to_the_list(as_alice, alice, household, typed):
    groceries = make_category(household, "Groceries")

    response = as_alice.post(
        URL, typed | {"amount": "1,25,000.50", "note": "Rice", "comment": "two\r\nbags", "category": groceries.pk}
    )

    entry = only_entry()
    assert (response.status_code, response["Location"]) == (303, "/transactions/")
    assert (entry.household, entry.created_by, entry.currency) == (household, alice, "INR")
    assert (entry.kind, entry.amount, entry.date) == ("expense", Decimal("125000.50"), date(2026, 11, 25))
    assert (entry.note, entry.comment) == ("Rice", "two\nbags")
    assert (entry.category, entry.wallet) == (groceries, the_wallet(household, "Cash"))


def test_htmx_saves_and_hears_what_changed(as_alice, typed):
    response = as_alice.post(URL, typed, headers=HTMX)

    assert response.status_code == 204
    assert json.loads(response["HX-Trigger"]) == {"transactions-changed": None, "toast": {"message": "Entry saved."}}
    assert only_entry().amount == 120


def test_a_browser_comes_back_to_the_list_as_it_was_left(as_alice, typed):
    response = as_alice.post(f"{URL}?back=kind%3Dexpense%26text%3Drice", typed)

    assert response["Location"] == "/transactions/?kind=expense&text=rice"


def test_a_browser_comes_back_to_the_page_of_ours_where_it_was(as_alice, typed):
    response = as_alice.post(f"{URL}?back=/calendar/2026/11/3/", typed)

    assert response["Location"] == "/calendar/2026/11/3/"


@pytest.mark.parametrize("back", ["//evil.example/", "/\\evil.example/", "https://evil.example/"])
def test_nobody_is_sent_to_another_site(as_alice, typed, back):
    response = as_alice.post(f"{URL}?back={back}", typed)

    assert response["Location"].startswith("/transactions/?")


def test_income_is_saved_as_income(as_alice, household, typed):
    salary = make_category(household, "Salary", kind="income")

    as_alice.post(URL, typed | {"kind": "income", "amount": "50,000", "category": salary.pk})

    assert (only_entry().kind, only_entry().amount, only_entry().category) == ("income", 50000, salary)


def test_a_sum_is_added_up(as_alice, typed):
    as_alice.post(URL, typed | {"amount": "120+35.50"})

    assert only_entry().amount == Decimal("155.50")


def test_an_amount_is_read_the_members_way(as_alice, alice, typed):
    alice.locale = "de-DE"
    alice.save()

    as_alice.post(URL, typed | {"amount": "1.234,56"})

    assert only_entry().amount == Decimal("1234.56")


@pytest.mark.parametrize(
    "sent", [{"is_money_back": "on"}, {"amount": "-200"}, {"is_money_back": "on", "amount": "-200"}]
)
def test_money_back_is_negative_spending(as_alice, typed, sent):
    as_alice.post(URL, typed | {"amount": "200"} | sent)

    assert (only_entry().kind, only_entry().amount) == ("expense", -200)


def test_a_transfer_moves_money_and_has_no_category(as_alice, household, typed):
    cash, bank = the_wallet(household, "Cash"), make_wallet(household, "Bank")
    groceries = make_category(household, "Groceries")

    as_alice.post(URL, typed | {"kind": "transfer", "wallet": bank.pk, "to_wallet": cash.pk, "category": groceries.pk})

    entry = only_entry()
    assert (entry.kind, entry.wallet, entry.to_wallet, entry.category) == ("transfer", bank, cash, None)


def test_a_transfer_into_its_own_wallet_is_refused(as_alice, household, typed):
    bank = make_wallet(household, "Bank")

    response = as_alice.post(URL, typed | {"kind": "transfer", "wallet": bank.pk, "to_wallet": bank.pk})

    assert response.status_code == 422
    assert errors(response) == {"to_wallet": ["The money is in this wallet already. Choose another."]}
    assert not Transaction.objects.exists()


def test_a_transfer_needs_to_know_where_to(as_alice, household, typed):
    bank = make_wallet(household, "Bank")

    response = as_alice.post(URL, typed | {"kind": "transfer", "wallet": bank.pk, "amount": "-5"})

    assert errors(response) == {
        "amount": ["A transfer has no minus. Swap the two wallets instead."],
        "to_wallet": ["Choose the wallet that the money went into."],
    }
    assert not Transaction.objects.exists()


def test_a_transfer_is_not_offered_with_one_wallet(as_alice, typed):
    page = as_alice.get(URL).content.decode()
    response = as_alice.post(URL, typed | {"kind": "transfer"})

    assert "Transfer" not in page
    assert errors(response) == {"kind": ["This kind cannot be chosen. A transfer needs two wallets."]}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("amount", "", "Type an amount."),
        ("amount", "12,3x", "“12,3x” is not an amount. Write it like 1,250.00."),
        ("amount", "1e5", "“1e5” is not an amount. Write it like 1,250.00."),
        ("amount", "NaN", "“NaN” is not an amount. Write it like 1,250.00."),
        ("amount", "1" * 20, "This amount is too large: it may have 15 digits before the decimals."),
        ("amount", "0", "The amount is zero. Type what was paid or received."),
        ("amount", "1.005", "INR has at most 2 decimals. Round the amount."),
        ("date", "0026-11-25", "This day is in 0026. Check the year."),
        ("date", "2062-11-25", "This day is in 2062. Check the year."),
        ("date", "2027-11-27", "This day is in 2027. Check the year."),
        ("date", "2026-02-30", "This is not a day of the calendar. Write it like 2026-11-03."),
        ("date", "", "Choose a day."),
        ("kind", "gift", "This kind cannot be chosen. A transfer needs two wallets."),
        ("kind", "", "Choose spending or income."),
        ("note", "x" * 10_000, "This has 10000 characters, and room is for 200. Put the rest into the comment."),
        ("comment", "x" * 2001, "This comment has 2001 characters. Shorten it to 2000 or fewer."),
        ("category_name", "x" * 61, "This name has 61 characters. Shorten it to 60 or fewer."),
        ("category", "abc", "This category is not one of yours. Choose another."),
        ("wallet", "999999999999999999999", "This wallet is not one of yours. Choose another."),
        ("note", "a\0b", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_saved_gets_a_sentence_beside_its_field(as_alice, typed, field, value, sentence):
    response = as_alice.post(URL, typed | {field: value}, headers=HTMX)

    assert response.status_code == 422
    assert errors(response) == {field: [sentence]}
    assert sentence in response.content.decode()
    assert not Transaction.objects.exists()


def test_a_comment_may_fill_its_room_with_lines(as_alice, typed):
    as_alice.post(URL, typed | {"comment": "x\r\n" * 999 + "xy"})

    assert len(only_entry().comment) == 2000


def test_a_year_ahead_may_be_written(as_alice, typed):
    as_alice.post(URL, typed | {"date": "2027-11-25"})

    assert only_entry().date == date(2027, 11, 25)


def test_what_was_typed_stays_after_a_refusal(as_alice, typed):
    page = as_alice.post(URL, typed | {"amount": "12,3x", "note": "Rice & peas"}).content.decode()

    assert 'value="12,3x"' in page
    assert 'value="Rice &amp; peas"' in page


def test_a_category_of_a_stranger_is_refused(as_alice, bobs_household, typed):
    bobs = make_category(bobs_household, "Bob's secret")

    response = as_alice.post(URL, typed | {"category": bobs.pk})

    assert errors(response) == {"category": ["This category is not one of yours. Choose another."]}
    assert "secret" not in response.content.decode()
    assert not Transaction.objects.exists()


def test_a_wallet_of_a_stranger_is_refused(as_alice, household, bobs_household, typed):
    bobs, bank = make_wallet(bobs_household, "Bob's secret"), make_wallet(household, "Bank")

    response = as_alice.post(URL, typed | {"kind": "transfer", "wallet": bobs.pk, "to_wallet": bank.pk})
    other = as_alice.post(URL, typed | {"kind": "transfer", "wallet": bank.pk, "to_wallet": bobs.pk})

    assert errors(response) == {"wallet": ["This wallet is not one of yours. Choose another."]}
    assert errors(other) == {"to_wallet": ["This wallet is not one of yours. Choose another."]}
    assert not Transaction.objects.exists()


def test_a_category_of_the_other_kind_is_refused(as_alice, household, typed):
    salary = make_category(household, "Salary", kind="income")

    response = as_alice.post(URL, typed | {"category": salary.pk})

    assert errors(response) == {"category": ["“Salary” is a category of income. Choose one of spending."]}
    assert not Transaction.objects.exists()


def test_without_a_category_the_suggestion_is_taken(as_alice, household, typed):
    eating_out = make_category(household, "Eating out", keywords=["swiggy"])

    as_alice.post(URL, typed | {"note": "SWIGGY dinner"})

    assert only_entry().category == eating_out


def test_without_a_category_and_a_suggestion_it_is_other(as_alice, household, typed):
    as_alice.post(URL, typed | {"note": "Something"})

    assert only_entry().category == the_category(household, "Other", "expense")


def test_a_category_chosen_by_hand_wins_over_the_suggestion(as_alice, household, typed):
    make_category(household, "Eating out", keywords=["swiggy"])
    gifts = make_category(household, "Gifts")

    as_alice.post(URL, typed | {"note": "Swiggy", "category": gifts.pk})

    assert only_entry().category == gifts


def test_a_new_category_is_made_with_its_entry(as_alice, household, typed):
    make_category(household, "Groceries", colour=2)

    response = as_alice.post(URL, typed | {"category_name": "Pets"}, headers=HTMX)

    pets = Category.objects.get(name="Pets")
    assert (pets.household, pets.kind, pets.colour) == (household, "expense", 3)
    assert only_entry().category == pets
    assert "categories-changed" in json.loads(response["HX-Trigger"])


def test_a_new_category_of_a_name_in_use_is_that_category(as_alice, household, typed):
    pets = make_category(household, "Pets", archived_at="2026-01-01T00:00Z")

    as_alice.post(URL, typed | {"category_name": "PETS"})

    pets.refresh_from_db()
    assert only_entry().category == pets
    assert pets.archived_at is None


def test_a_refused_entry_makes_no_category(as_alice, household, typed):
    response = as_alice.post(URL, typed | {"category_name": "Pets", "amount": "0"})

    assert response.status_code == 422
    assert not Category.objects.filter(name="Pets").exists()


def test_a_double_click_makes_one_entry(as_alice, typed):
    sent = typed | {"key": str(uuid.uuid4()), "category_name": "Pets"}

    first = as_alice.post(URL, sent, headers=HTMX)
    second = as_alice.post(URL, sent, headers=HTMX)

    assert (first.status_code, second.status_code) == (204, 204)
    assert first["HX-Trigger"] == second["HX-Trigger"]
    assert Transaction.objects.count() == 1


def test_a_form_sent_again_with_other_words_asks_before_it_adds(as_alice, typed):
    sent = typed | {"key": str(uuid.uuid4())}
    as_alice.post(URL, sent)

    response = as_alice.post(URL, sent | {"amount": "99"})

    assert response.status_code == 422
    assert "Save again to add a second entry." in response.content.decode()
    assert only_entry().amount == 120
    as_alice.post(URL, sent | {"amount": "99", "key": response.context["form"]["key"].value()})
    assert [entry.amount for entry in Transaction.objects.order_by("pk")] == [120, 99]


def test_a_key_of_a_stranger_is_no_ones_business(as_alice, as_bob, typed, bobs_household):
    sent = typed | {"key": str(uuid.uuid4())}

    as_bob.post(URL, sent)
    as_alice.post(URL, sent)

    assert Transaction.objects.count() == 2


def test_a_key_that_is_none_gets_a_sentence(as_alice, typed):
    response = as_alice.post(URL, typed | {"key": "again"})

    assert response.status_code == 422
    assert "A part of this form got lost. Reload the page and try again." in response.content.decode()


def test_the_wallet_of_the_newest_entry_is_proposed(as_alice, household):
    make_transaction(household, wallet="Bank")

    form = as_alice.get(URL).context["form"]

    assert form["wallet"].value() == the_wallet(household, "Bank").pk


def test_an_archived_wallet_is_not_offered(as_alice, household, typed):
    make_wallet(household, "Bank")
    old = make_wallet(household, "Old card", archived_at="2026-01-01T00:00Z")

    page = as_alice.get(URL).content.decode()
    response = as_alice.post(URL, typed | {"wallet": old.pk})

    assert "Old card" not in page
    assert errors(response) == {"wallet": ["This wallet is not one of yours. Choose another."]}


def test_a_viewer_cannot_add(as_viewer, typed):
    form, write = as_viewer.get(URL), as_viewer.post(URL, typed)

    assert (form.status_code, write.status_code) == (403, 403)
    assert not Transaction.objects.exists()


def test_the_form_stands_on_a_page_and_alone(as_alice):
    page, fragment = as_alice.get(URL), as_alice.get(URL, headers=HTMX)

    assert "<html" in page.content.decode()
    assert fragment.content.decode().startswith('<form class="form entry-form" id="transactions-form"')
    assert "hx-post" not in page.content.decode().split("</form>")[0].split("transactions-form")[-1]
    assert f'hx-post="{reverse("transactions:create")}"' in fragment.content.decode()
