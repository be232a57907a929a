"""``/api/wallets`` and ``/api/categories``: the same forms and refusals as their pages."""

import pytest

from transactions.models import Category, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet

WALLETS, CATEGORIES = "/api/wallets/", "/api/categories/"
JSON = "application/json"


def names(client, path) -> list[str]:
    return [each["name"] for each in client.get(path).json()]


def test_wallets_are_listed_with_what_lies_in_them(as_alice, household):
    bank = make_wallet(household, "Bank", opening_balance="500", position=1)
    make_transaction(household, "120", wallet=bank)
    make_transaction(household, "1000", kind="income", category="Salary", wallet=bank)
    make_transaction(household, "80", kind="transfer", wallet=bank, to_wallet=Wallet.objects.get(name="Cash"))

    cash, bank_said = as_alice.get(WALLETS).json()

    assert (cash["name"], cash["balance"], cash["entries"]) == ("Cash", "80.00", 1)
    assert bank_said == {
        "id": bank.pk,
        "name": "Bank",
        "kind": "bank",
        "currency": "INR",
        "opening_balance": "500.00",
        "balance": "1300.00",
        "entries": 3,
        "is_archived": False,
    }


def test_a_wallet_is_added_changed_archived_reopened_and_deleted(as_alice, household):
    added = as_alice.post(
        WALLETS, {"name": "Savings", "kind": "savings", "opening_balance": "-12.5"}, content_type=JSON
    )
    path = f"{WALLETS}{added.json()['id']}"

    changed = as_alice.patch(path, {"name": "Nest egg"}, content_type=JSON, headers={"If-Match": added["ETag"]})
    late = as_alice.patch(path, {"name": "Other"}, content_type=JSON, headers={"If-Match": added["ETag"]})
    archived = as_alice.post(f"{path}/archive").json()["is_archived"]
    reopened = as_alice.post(f"{path}/reopen").json()["is_archived"]
    deleted = as_alice.delete(path)

    assert (added.status_code, added.json()["opening_balance"], added.json()["kind"]) == (201, "-12.50", "savings")
    assert (changed.json()["name"], changed.json()["kind"], changed.json()["opening_balance"]) == (
        "Nest egg",
        "savings",
        "-12.50",
    )
    assert (late.status_code, archived, reopened, deleted.status_code) == (412, True, False, 204)
    assert names(as_alice, WALLETS) == ["Cash"]


def test_a_wallet_is_refused_as_on_its_page(as_alice, household):
    bank = make_wallet(household, "Bank")
    make_transaction(household, "5", wallet=bank)

    taken = as_alice.post(WALLETS, {"name": "bank"}, content_type=JSON)
    used = as_alice.delete(f"{WALLETS}{bank.pk}")
    as_alice.post(f"{WALLETS}{bank.pk}/archive")
    last = as_alice.post(f"{WALLETS}{Wallet.objects.get(name='Cash').pk}/archive")

    assert taken.json()["errors"] == {"name": ["There is a wallet named “Bank” already. Choose another name."]}
    assert (used.status_code, used.json()["detail"]) == (409, "Bank is in use, so it was not deleted.")
    assert (last.status_code, last.json()["detail"]) == (409, "This is the only wallet in use. Add another one first.")


def test_categories_are_listed_by_name_and_type(as_alice, household):
    make_category(household, "Rent", keywords=["landlord"], colour=4, icon="house")
    make_category(household, "Gifts", kind="income")

    assert names(as_alice, CATEGORIES) == ["Gifts", "Rent", "Other", "Other"]
    assert names(as_alice, f"{CATEGORIES}?type=income") == ["Gifts", "Other"]
    rent = next(each for each in as_alice.get(CATEGORIES).json() if each["name"] == "Rent")
    rent.pop("id")
    assert rent == {
        "type": "expense",
        "name": "Rent",
        "colour": 4,
        "icon": "house",
        "keywords": ["landlord"],
        "is_other": False,
        "is_archived": False,
    }


def test_a_category_is_added_changed_and_deleted(as_alice, household):
    added = as_alice.post(CATEGORIES, {"type": "expense", "name": "Tea", "keywords": ["chai"]}, content_type=JSON)
    path = f"{CATEGORIES}{added.json()['id']}"

    changed = as_alice.patch(path, {"colour": 7}, content_type=JSON, headers={"If-Match": added["ETag"]})
    late = as_alice.patch(path, {"colour": 8}, content_type=JSON, headers={"If-Match": added["ETag"]})
    archived = as_alice.post(f"{path}/archive").json()["is_archived"]
    reopened = as_alice.post(f"{path}/reopen").json()["is_archived"]

    assert (added.status_code, added.json()["icon"], added.json()["keywords"]) == (201, "tag", ["chai"])
    assert (changed.json()["colour"], changed.json()["name"], changed.json()["keywords"]) == (7, "Tea", ["chai"])
    assert (late.status_code, archived, reopened) == (412, True, False)
    assert as_alice.delete(path).status_code == 204
    assert as_alice.get(path).status_code == 404


def test_the_same_key_makes_one_category(as_alice, household):
    tea = {"type": "expense", "name": "Tea"}
    answers = [
        as_alice.post(CATEGORIES, tea, content_type=JSON, headers={"Idempotency-Key": "tea"}) for _turn in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert Category.objects.filter(name="Tea").count() == 1


def test_a_category_is_refused_as_on_its_page(as_alice, household):
    tea = make_category(household, "Tea", keywords=["chai"])
    make_transaction(household, "5", category=tea)
    other = Category.objects.get(household=household, is_other=True, kind="expense")

    taken = as_alice.post(CATEGORIES, {"type": "expense", "name": "tea"}, content_type=JSON)
    word = as_alice.post(CATEGORIES, {"type": "expense", "name": "Chai", "keywords": ["chai"]}, content_type=JSON)
    used = as_alice.delete(f"{CATEGORIES}{tea.pk}")
    kept = as_alice.post(f"{CATEGORIES}{other.pk}/archive")

    assert taken.json()["errors"] == {"name": ["There is a category named “Tea” already. Choose another name."]}
    assert word.json()["errors"] == {"keywords": ["“chai” leads to Tea already. Take it out there first."]}
    assert (used.status_code, used.json()["detail"]) == (409, "Tea is in use, so it was not deleted.")
    assert (kept.status_code, kept.json()["detail"][:30]) == (409, "Other takes what fits nowhere ")


def test_a_category_is_merged_into_another(as_alice, household, bobs_household):
    tea, drinks = make_category(household, "Tea", keywords=["chai"]), make_category(household, "Drinks")
    make_transaction(household, "5", category=tea)
    theirs = make_category(bobs_household, "Theirs")

    foreign = as_alice.post(f"{CATEGORIES}{tea.pk}/merge", {"into": theirs.pk}, content_type=JSON)
    merged = as_alice.post(f"{CATEGORIES}{tea.pk}/merge", {"into": drinks.pk}, content_type=JSON)

    assert (foreign.status_code, foreign.json()["errors"].keys()) == (422, {"into"})
    assert (merged.json()["moved"], merged.json()["into"]["keywords"]) == (1, ["chai"])
    assert Transaction.objects.get().category == drinks
    assert not Category.objects.filter(pk=tea.pk).exists()


@pytest.mark.parametrize("verb", ["archive", "reopen", "merge"])
def test_a_strangers_category_and_wallet_are_not_there(as_bob, household, verb):
    category, wallet = make_category(household, "Tea"), make_wallet(household, "Bank")

    assert as_bob.post(f"{CATEGORIES}{category.pk}/{verb}", {"into": 1}, content_type=JSON).status_code == 404
    assert as_bob.patch(f"{CATEGORIES}{category.pk}", {}, content_type=JSON).status_code == 404
    assert as_bob.delete(f"{CATEGORIES}{category.pk}").status_code == 404
    assert as_bob.patch(f"{WALLETS}{wallet.pk}", {}, content_type=JSON).status_code == 404
    assert as_bob.delete(f"{WALLETS}{wallet.pk}").status_code == 404
    assert (Category.objects.filter(name="Tea").count(), Wallet.objects.filter(name="Bank").count()) == (1, 1)


def test_a_viewer_changes_neither(as_viewer, household):
    assert len(as_viewer.get(WALLETS).json()) == 1
    assert as_viewer.post(WALLETS, {"name": "Bank"}, content_type=JSON).status_code == 403
    assert as_viewer.post(CATEGORIES, {"type": "expense", "name": "Tea"}, content_type=JSON).status_code == 403


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, number, django_assert_max_num_queries):
    for place in range(number):
        wallet = make_wallet(household, f"Bank {place}")
        make_transaction(household, "5", wallet=wallet, category=f"Category {place}")

    with django_assert_max_num_queries(6):
        assert len(as_alice.get(WALLETS).json()) == number + 1
    with django_assert_max_num_queries(4):
        assert len(as_alice.get(CATEGORIES).json()) == number + 2
