"""``/api/transactions``: the entries' page for programs, value by value."""

from datetime import date
from decimal import Decimal

import pytest

from transactions.models import Category, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet

LIST = "/api/transactions/"
SUMMARY = "/api/transactions/summary"
RICE = {"type": "expense", "amount": "120.50", "note": "Rice", "date": "2026-11-10"}


@pytest.fixture
def groceries(household) -> Category:
    return make_category(household, "Groceries", keywords=["rice"])


def path_of(entry) -> str:
    return f"{LIST}{entry.pk}"


def post(client, path, body, **headers):
    return client.post(path, body, content_type="application/json", headers=headers)


def patch(client, entry, body, **headers):
    return client.patch(path_of(entry), body, content_type="application/json", headers=headers)


def test_an_entry_is_added_and_its_category_detected(as_alice, alice, household, groceries):
    answer = post(as_alice, LIST, RICE)

    entry, said = Transaction.objects.get(), answer.json()
    stamps = {name: said.pop(name) for name in ("created_at", "updated_at")}
    assert answer.status_code == 201
    assert said == {
        "id": entry.pk,
        "type": "expense",
        "amount": "120.50",
        "currency": "INR",
        "date": "2026-11-10",
        "category": "Groceries",
        "category_id": groceries.pk,
        "note": "Rice",
        "comment": "",
        "wallet": "Cash",
        "wallet_id": Wallet.objects.get(household=household).pk,
        "to_wallet": None,
        "to_wallet_id": None,
        "version": 1,
    }
    assert all(stamps.values())
    assert answer["ETag"] == '"1"'
    assert (entry.household, entry.created_by, entry.amount) == (household, alice, Decimal("120.5"))


def test_a_form_adds_an_entry_too(as_alice, groceries):
    answer = as_alice.post(LIST, RICE | {"comment": "", "category_id": ""})

    assert answer.status_code == 201
    assert (answer.json()["amount"], answer.json()["category"]) == ("120.50", "Groceries")


def test_what_is_left_out_is_today_other_and_the_first_wallet(as_alice, household):
    said = post(as_alice, LIST, {"type": "income", "amount": 500}).json()

    assert (said["date"], said["category"], said["wallet"], said["amount"]) == ("2026-11-25", "Other", "Cash", "500.00")


@pytest.mark.parametrize(("name", "made"), [("Travel", 1), ("gRoCeRiEs", 0), ("  Groceries ", 0)])
def test_a_category_is_named_and_made_when_it_is_new(as_alice, household, groceries, name, made):
    before = Category.objects.count()

    said = post(as_alice, LIST, RICE | {"category": name}).json()

    assert said["category"] == ("Travel" if made else "Groceries")
    assert Category.objects.count() == before + made


def test_money_back_and_a_transfer_keep_their_signs(as_alice, household):
    bank = make_wallet(household, "Bank")

    back = post(as_alice, LIST, RICE | {"amount": "-20"}).json()
    moved = post(
        as_alice, LIST, {"type": "transfer", "amount": "300", "wallet": "Cash", "to_wallet_id": bank.pk}
    ).json()

    assert (back["amount"], back["type"]) == ("-20.00", "expense")
    assert (moved["category"], moved["wallet"], moved["to_wallet"]) == (None, "Cash", "Bank")


def test_the_wallet_left_out_is_that_of_the_newest_entry_unless_it_is_archived(as_alice, household):
    bank = make_wallet(household, "Bank")
    make_transaction(household, "5", wallet=bank, on=date(2026, 11, 20))

    first = post(as_alice, LIST, RICE).json()
    Wallet.objects.filter(pk=bank.pk).update(archived_at="2026-11-21T00:00Z")
    second = post(as_alice, LIST, RICE).json()

    assert (first["wallet"], second["wallet"]) == ("Bank", "Cash")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"amount": "0"}, "amount", "The amount is zero. Type what was paid or received."),
        ({"amount": "1.005"}, "amount", "INR has at most 2 decimals. Round the amount."),
        ({"amount": "12,50"}, "amount", "Write the amount with a point, like 1250.50."),
        ({"amount": "1e3"}, "amount", "Write the amount with a point, like 1250.50."),
        ({"amount": "9" * 16}, "amount", "This amount is too large: it may have 15 digits before the decimals."),
        ({"amount": None}, "amount", "Input should be a valid string."),
        ({"type": "gift"}, "type", "This kind cannot be chosen. A transfer needs two wallets."),
        ({"type": "transfer"}, "type", "This kind cannot be chosen. A transfer needs two wallets."),
        ({"date": "2062-01-01"}, "date", "This day is in 2062. Check the year."),
        ({"date": "yesterday"}, "date", "Input should be a valid date or datetime, input is too short."),
        ({"wallet": "Safe"}, "wallet", "There is no wallet named “Safe”."),
        ({"wallet_id": 1}, "wallet_id", "This wallet is not one of yours. Choose another."),
        ({"category_id": 1}, "category_id", "This category is not one of yours. Choose another."),
        ({"category": "x" * 61}, "category", "This name has 61 characters. Shorten it to 60 or fewer."),
    ],
)
def test_what_cannot_be_an_entry_is_refused_beside_its_field(as_alice, household, changes, field, sentence):
    answer = post(as_alice, LIST, RICE | changes)

    assert answer.status_code == 422
    assert answer.json()["errors"][field] == [sentence]
    assert not Transaction.objects.exists()


def test_another_households_category_and_wallet_are_not_there(as_alice, household, bobs_household):
    theirs = make_category(bobs_household, "Theirs"), make_wallet(bobs_household, "Their bank")

    answer = post(as_alice, LIST, RICE | {"category_id": theirs[0].pk, "wallet_id": theirs[1].pk})

    assert answer.json()["errors"].keys() == {"category_id", "wallet_id"}


def test_a_name_and_an_id_that_contradict_each_other_are_refused(as_alice, household, groceries):
    answer = post(as_alice, LIST, RICE | {"category": "Other", "category_id": groceries.pk})

    sentence = "category and category_id are not the same one. Send only one of them."
    assert answer.json()["errors"] == {"category": [sentence]}


def test_amounts_are_read_alike_whatever_the_members_own_way(as_alice, alice, household):
    alice.locale = "de-DE"
    alice.save()

    assert post(as_alice, LIST, RICE | {"amount": "1250.50"}).json()["amount"] == "1250.50"


def test_the_same_key_gives_the_same_answer_and_one_entry(as_alice, household, groceries):
    first = post(as_alice, LIST, RICE, **{"Idempotency-Key": "monday-1"})
    Transaction.objects.update(note="Changed since")
    again = post(as_alice, LIST, RICE, **{"Idempotency-Key": "monday-1"})
    another = post(as_alice, LIST, RICE | {"amount": "5"}, **{"Idempotency-Key": "monday-1"})

    assert (again.status_code, again.content, again["ETag"]) == (201, first.content, '"1"')
    assert another.status_code == 422
    assert Transaction.objects.count() == 1


def test_one_entry_is_shown_and_a_strangers_is_not_there(as_alice, as_bob, household):
    entry = make_transaction(household, "120", note="Rice")

    assert as_alice.get(path_of(entry)).json()["note"] == "Rice"
    assert as_alice.get(path_of(entry))["ETag"] == '"1"'
    assert {as_bob.get(path_of(entry)).status_code, as_bob.delete(path_of(entry)).status_code} == {404}
    for method in (as_bob.put, as_bob.patch):
        assert method(path_of(entry), RICE, content_type="application/json").status_code == 404
    assert Transaction.objects.filter(note="Rice").count() == 1


def test_a_put_replaces_and_a_patch_changes_a_part(as_alice, household, groceries):
    entry = make_transaction(household, "120", note="Rice", comment="A sack", category="Food")

    patched = as_alice.patch(path_of(entry), {"amount": "130"}, content_type="application/json")
    put = as_alice.put(path_of(entry), RICE | {"note": "Rice again"}, content_type="application/json")

    said = patched.json()
    assert (said["amount"], said["note"], said["comment"], said["category"]) == ("130.00", "Rice", "A sack", "Food")
    assert (said["version"], patched["ETag"]) == (2, '"2"')
    said = put.json()
    assert (said["note"], said["comment"], said["category"], said["version"]) == ("Rice again", "", "Groceries", 3)


def test_what_was_read_can_be_sent_back_and_changes_nothing(as_alice, household):
    entry = make_transaction(household, "-120", category=make_category(household, "Old"), comment="A sack")
    Category.objects.filter(name="Old").update(archived_at="2026-11-01T00:00Z")
    read = as_alice.get(path_of(entry)).json()

    put = as_alice.put(path_of(entry), read, content_type="application/json")

    changing = ("version", "updated_at")
    assert put.status_code == 200
    assert {k: v for k, v in put.json().items() if k not in changing} == {
        k: v for k, v in read.items() if k not in changing
    }
    assert Category.objects.get(name="Old").archived_at


def test_a_patch_of_the_type_leaves_the_category_behind(as_alice, household):
    entry = make_transaction(household, "120", note="Bonus")

    said = patch(as_alice, entry, {"type": "income"}).json()

    assert (said["type"], said["category"], said["amount"]) == ("income", "Other", "120.00")


def test_a_patch_can_ask_for_the_category_to_be_detected(as_alice, household, groceries):
    entry = make_transaction(household, "120", note="Rice", category="Food")

    said = patch(as_alice, entry, {"category": None}).json()

    # What the same note got last time counts before a keyword.
    assert said["category"] == "Food"
    entry = make_transaction(household, "120", note="Rice for the feast", category="Food")
    said = as_alice.patch(
        path_of(entry), {"category": None, "note": "Rice pot"}, content_type="application/json"
    ).json()
    assert said["category"] == "Groceries"


def test_two_devices_do_not_overwrite_each_other(as_alice, household):
    entry = make_transaction(household, "120")
    first = as_alice.patch(
        path_of(entry), {"amount": "1"}, content_type="application/json", headers={"If-Match": '"1"'}
    )

    late = [
        patch(as_alice, entry, {"amount": "2"}, **{"If-Match": '"1"'}),
        as_alice.put(path_of(entry), RICE, content_type="application/json", headers={"If-Match": '"1"'}),
        as_alice.delete(path_of(entry), headers={"If-Match": '"1"'}),
    ]
    fresh = as_alice.delete(path_of(entry), headers={"If-Match": first["ETag"]})

    assert [answer.status_code for answer in late] == [412, 412, 412]
    assert (first.json()["amount"], fresh.status_code) == ("1.00", 204)
    assert not Transaction.objects.exists()


def test_a_viewer_reads_and_writes_nothing(as_viewer, household):
    entry = make_transaction(household, "120")

    assert as_viewer.get(LIST).json()["items"][0]["amount"] == "120.00"
    refused = [
        post(as_viewer, LIST, RICE),
        as_viewer.put(path_of(entry), RICE, content_type="application/json"),
        as_viewer.patch(path_of(entry), {"amount": "1"}, content_type="application/json"),
        as_viewer.delete(path_of(entry)),
    ]
    assert [answer.status_code for answer in refused] == [403, 403, 403, 403]
    assert "only their owner and editors" in refused[0].json()["detail"]


@pytest.fixture
def november(household, bobs_household):
    """Income 500 and 90, spending 120 less 20 back, 30, a transfer of 300; and a stranger's 1,000."""
    bank = make_wallet(household, "Bank")
    make_transaction(household, "500", kind="income", category="Salary", on=date(2026, 11, 1), note="Pay")
    make_transaction(household, "90", kind="income", category="Salary", on=date(2026, 10, 31), note="Pay")
    make_transaction(household, "120", on=date(2026, 11, 10), note="Rice")
    make_transaction(household, "-20", on=date(2026, 11, 12), note="Rice")
    make_transaction(household, "30", category="Tea", on=date(2025, 1, 5), note="Chai", wallet=bank)
    make_transaction(household, "300", kind="transfer", on=date(2026, 11, 11), to_wallet=bank)
    make_transaction(bobs_household, "1000", on=date(2026, 11, 10))
    return household


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", ["11-12", "11-11", "11-10", "11-01", "10-31", "01-05"]),
        ("type=income", ["11-01", "10-31"]),
        ("kind=transfer", ["11-11"]),
        ("start_date=2026-11-01", ["11-12", "11-11", "11-10", "11-01"]),
        ("start_date=2026-11-01&end_date=2026-11-11", ["11-11", "11-10", "11-01"]),
        ("end_date=2026-10-31", ["10-31", "01-05"]),
        ("period=this-month&type=expense", ["11-12", "11-10"]),
        ("period=custom&from=2026-11-10&to=2026-11-11", ["11-11", "11-10"]),
        ("text=ri", ["11-12", "11-10"]),
        ("text=ric&note=whole", []),
        ("text=rice&note=whole", ["11-12", "11-10"]),
    ],
)
def test_the_list_has_the_filters_of_the_page(as_alice, november, query, days):
    said = as_alice.get(f"{LIST}?{query}").json()

    assert ([each["date"][5:] for each in said["items"]], said["next"]) == (days, None)


def test_the_list_is_filtered_by_several_categories_and_wallets(as_alice, november):
    keys = Category.objects.filter(household=november, name__in=["Tea", "Salary"]).values_list("pk", flat=True)
    bank = Wallet.objects.get(household=november, name="Bank").pk
    categories = "&".join(f"category={key}" for key in keys)

    by_category = as_alice.get(f"{LIST}?{categories}").json()["items"]
    by_wallet = as_alice.get(f"{LIST}?wallet={bank}").json()["items"]

    assert [each["note"] for each in by_category] == ["Pay", "Pay", "Chai"]
    assert [each["type"] for each in by_wallet] == ["transfer", "expense"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("type=gift", "type"),
        ("period=someday", "period"),
        ("category=0", "category"),
        ("start_date=2026-11-02&end_date=2026-11-01", "period"),
        ("start_date=2026-11-02&period=this-month", "period"),
        ("start_date=soon", "start_date"),
        ("type=income&kind=expense", "type"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("cursor=nonsense", "cursor"),
        ("cursor=WyJ4IiwieSJd", "cursor"),
        ("cursor=WyIyMDI2LTExLTEwIl0", "cursor"),
    ],
)
def test_a_filter_that_does_not_validate_is_never_widened(as_alice, november, query, field):
    answer = as_alice.get(f"{LIST}?{query}")

    assert (answer.status_code, field in answer.json()["errors"]) == (422, True)


def test_the_pages_of_a_list_hold_each_entry_once_while_entries_come_in(as_alice, household):
    for day in (10, 10, 10, 11, 12):
        make_transaction(household, "5", on=date(2026, 11, day))
    seen, cursor = [], ""
    for _turn in range(3):
        said = as_alice.get(f"{LIST}?limit=2&cursor={cursor}").json()
        seen += [each["id"] for each in said["items"]]
        make_transaction(household, "7", on=date(2026, 11, 20))
        cursor = said["next"]

    assert seen == sorted(Transaction.objects.filter(amount=5).values_list("pk", flat=True), reverse=True)
    assert cursor is None


def test_words_are_found_page_by_page_too(as_alice, household):
    for number in range(3):
        make_transaction(household, "5", note=f"Rice {number}")
    make_transaction(household, "5", note="Tea")

    first = as_alice.get(f"{LIST}?limit=2&text=rice").json()
    second = as_alice.get(f"{LIST}?limit=2&text=rice&cursor={first['next']}").json()

    assert [each["note"] for each in first["items"] + second["items"]] == ["Rice 2", "Rice 1", "Rice 0"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "income", "expense", "balance", "count"),
    [
        ("", "590.00", "130.00", "460.00", 6),
        ("period=this-month", "500.00", "100.00", "400.00", 4),
        ("type=expense", "0.00", "130.00", "-130.00", 3),
        ("start_date=2026-11-11&end_date=2026-11-12", "0.00", "-20.00", "20.00", 2),
        ("text=rice", "0.00", "100.00", "-100.00", 2),
        ("period=2024-01", "0.00", "0.00", "0.00", 0),
    ],
)
def test_the_summary_is_of_what_the_filter_chooses(as_alice, november, query, income, expense, balance, count):
    assert as_alice.get(f"{SUMMARY}?{query}").json() == {
        "income": income,
        "expense": expense,
        "balance": balance,
        "currency": "INR",
        "count": count,
    }


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, number, django_assert_max_num_queries):
    for day in range(number):
        make_transaction(household, "5", on=date(2026, 10, 1 + day), category=f"Category {day}")

    # Session, member, household, categories, wallets, entries.
    with django_assert_max_num_queries(6):
        assert len(as_alice.get(LIST).json()["items"]) == number
    with django_assert_max_num_queries(6):
        assert as_alice.get(SUMMARY).json()["count"] == number
