import pytest
from django.urls import reverse

from transactions import totals
from transactions.models import Category, Transaction
from transactions.tests.factories import make_category, make_transaction, the_category

FORM = {"kind": "expense", "name": "Tea", "colour": "3", "icon": "utensils", "keywords": "chai, tea, chai"}


def at(name: str, category: Category) -> str:
    return reverse(f"transactions:category-{name}", args=[category.pk])


def test_a_category_is_added_with_its_keywords(as_alice, household):
    as_alice.post(reverse("transactions:category-create"), FORM)

    tea = Category.objects.of(household).get(name="Tea")
    assert (tea.colour, tea.icon, tea.keywords) == (3, "utensils", ["chai", "tea"])


@pytest.mark.parametrize("change", [{"name": "OTHER"}, {"name": ""}, {"colour": "13"}, {"icon": "<script>"}])
def test_bad_input_is_refused_and_nothing_is_saved(as_alice, household, change):
    answer = as_alice.post(reverse("transactions:category-create"), FORM | change)

    assert answer.status_code == 422
    assert Category.objects.of(household).count() == 2


def test_merging_moves_entries_and_keywords_and_keeps_the_totals(as_alice, household):
    source = make_category(household, "Chai", keywords=["chai"])
    target = make_category(household, "Tea", keywords=["tea"])
    make_transaction(household, "10", category=source)

    page = as_alice.get(at("merge", source)).content.decode()
    as_alice.post(at("merge", source), {"into": target.pk})

    target.refresh_from_db()
    assert "1 entry" in page
    assert Transaction.objects.get().category == target
    assert target.keywords == ["tea", "chai"]
    assert not Category.objects.filter(pk=source.pk).exists()
    assert totals.differences() == []


def test_a_category_is_not_merged_into_one_of_bob_or_of_the_other_kind(as_alice, household, bobs_household):
    source = make_category(household, "Chai")
    income = make_category(household, "Salary", kind="income")

    for target in (make_category(bobs_household, "Tea"), income, source):
        answer = as_alice.post(at("merge", source), {"into": target.pk})
        assert answer.status_code == 422

    assert Category.objects.filter(pk=source.pk).exists()


def test_a_category_in_use_is_not_deleted(as_alice, household):
    make_transaction(household, "10", category="Gifts")
    gifts = the_category(household, "Gifts", "expense")

    answer = as_alice.post(at("delete", gifts))

    assert answer.status_code == 422
    assert "1 entry" in answer.content.decode()
    assert Category.objects.filter(pk=gifts.pk).exists()


def test_an_unused_category_is_deleted(as_alice, household):
    gifts = make_category(household, "Gifts")

    as_alice.post(at("delete", gifts))

    assert not Category.objects.filter(pk=gifts.pk).exists()


@pytest.mark.parametrize("name", ["archive", "merge", "delete"])
def test_other_stays(as_alice, household, name):
    other = Category.objects.of(household).get(is_other=True, kind="expense")

    answer = as_alice.post(at(name, other), {"into": make_category(household, "Gifts").pk})

    other.refresh_from_db()
    assert answer.status_code == 422
    assert other.archived_at is None


@pytest.mark.parametrize("name", ["update", "archive", "reopen", "merge", "delete"])
def test_bob_cannot_touch_alices_category(as_bob, household, name):
    gifts = make_category(household, "Gifts")

    answer = as_bob.post(at(name, gifts), FORM)

    gifts.refresh_from_db()
    assert answer.status_code == 404
    assert (gifts.name, gifts.archived_at) == ("Gifts", None)


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, number, django_assert_max_num_queries):
    for count in range(number):
        make_category(household, f"Category {count}")

    with django_assert_max_num_queries(7):
        as_alice.get(reverse("transactions:categories"))
