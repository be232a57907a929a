"""Each line of a long file is taken or left, and becomes what its member says, as in a short one."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from transactions.imports import keeping, long_page
from transactions.models import Category, ImportBatch, StagedLine, Upload
from transactions.tests.factories import make_category
from transactions.tests.long_files import HTMX, KINDS, MONTH, at, choose, line, shown


@pytest.mark.usefixtures("kinds")
def test_each_line_has_its_tick_and_its_category_as_in_a_short_file(as_alice, household):
    rows = shown(as_alice).rows

    assert [(row.verdict, bool(row.options), row.marks.is_ticked) for row in rows] == [
        ("New", True, True),
        ("Looks like one", True, False),
        ("Pending", True, False),
        ("Zero", False, False),
        ("New", True, True),
    ]
    other = Category.objects.of(household).get(kind="expense", is_other=True)
    assert f'<option value="{other.pk}" selected>' in rows[0].options


@pytest.mark.usefixtures("kinds")
def test_a_tick_is_kept_at_once_and_the_sums_follow(as_alice, imported):
    unticked = choose(as_alice, 0, "take")
    ticked = choose(as_alice, 2, "take", "1")

    assert "1 to import · " in unticked.content.decode()
    assert "2 to import" in ticked.content.decode()
    assert "Import 2 lines" in ticked.content.decode()
    sums = shown(as_alice).sums
    assert (sums.ticked, "900" in sums.came_in, "40" in sums.went_out) == (2, True, True)
    assert [note for note, *_rest in imported()] == ["Hotel", "Pay"]


@pytest.mark.usefixtures("kinds")
def test_a_tick_as_it_was_judged_needs_no_keeping(as_alice):
    choose(as_alice, 0, "take")
    choose(as_alice, 0, "take", "1")

    assert line(0).is_taken is None
    assert shown(as_alice).sums.ticked == 2


@pytest.mark.usefixtures("kinds")
def test_a_category_is_kept_and_becomes_the_entrys(as_alice, household, imported):
    treats, gifts = make_category(household, "Treats"), make_category(household, "Gifts", kind="income")
    choose(as_alice, 0, "category", treats.pk)
    choose(as_alice, 4, "category", gifts.pk)

    assert f'<option value="{treats.pk}" selected>' in shown(as_alice).rows[0].options
    assert imported() == [
        ("Tea", "expense", Decimal("2.00"), "Treats"),
        ("Pay", "income", Decimal("900.00"), "Gifts"),
    ]


@pytest.mark.usefixtures("kinds")
def test_the_suggested_category_chosen_again_is_no_choice(as_alice, household):
    other = Category.objects.of(household).get(kind="expense", is_other=True)
    choose(as_alice, 0, "category", make_category(household, "Treats").pk)
    choose(as_alice, 0, "category", other.pk)

    assert line(0).choice == ""


@pytest.mark.usefixtures("kinds")
def test_a_category_that_does_not_fit_is_refused_in_words_beside_the_line(as_alice, household, bobs_household):
    unfit = {
        "another household's": make_category(bobs_household, "Bobs").pk,
        "income, for money that went out": make_category(household, "Gifts", kind="income").pk,
        "archived": make_category(household, "Old", archived_at="2026-11-01T00:00Z").pk,
        "a transfer to nowhere": "transfer",
        "nonsense": "x" * 40,
    }

    answers = {which: choose(as_alice, 0, "category", value) for which, value in unfit.items()}

    for which, answer in answers.items():
        page = answer.content.decode()
        assert answer.status_code == 422, which
        assert "Line 2: choose one of the listed categories." in page, which
        assert 'aria-invalid="true"' in page, which
    assert line(0).choice == ""


@pytest.mark.usefixtures("kinds")
def test_a_line_that_brings_nothing_cannot_be_ticked(as_alice):
    answer = choose(as_alice, 3, "take", "1")

    assert answer.status_code == 422
    assert "Line 5 cannot be imported." in answer.content.decode()
    assert line(3).is_taken is None


def test_a_line_of_another_file_or_of_an_earlier_reading_is_not_there(as_alice, staged):
    staged(KINDS)
    earlier = line(0).pk
    staged(MONTH)

    answers = [as_alice.post(at(name), {f"take-{earlier}": ""}) for name in ("import-choose", "import-commit")]

    assert [answer.status_code for answer in answers] == [422, 422]
    for answer in answers:
        assert "These are its lines now: choose again." in answer.content.decode()
        assert answer.context["check"].rows[0].note == "Shop 1"
    assert StagedLine.objects.get(pk=earlier).is_taken is None


@pytest.mark.usefixtures("kinds")
def test_strangers_and_viewers_choose_nothing(as_bob, as_viewer):
    assert choose(as_bob, 0, "take").status_code == 404
    assert choose(as_viewer, 0, "take").status_code == 403
    assert line(0).is_taken is None


@pytest.mark.usefixtures("kinds")
def test_a_choice_for_what_is_imported_leads_to_what_came_of_it(as_alice, imported):
    pk, upload = line(0).pk, Upload.objects.get()
    imported()
    done = reverse("transactions:import-done", args=[ImportBatch.objects.get().pk])

    answer = as_alice.post(at("import-choose"), {f"take-{pk}": ""})
    swapped = as_alice.post(at("import-choose"), {f"take-{pk}": ""}, headers={"HX-Request": "true"})

    assert Upload.objects.get(pk=upload.pk).batch is not None
    assert (answer.status_code, answer.url) == (303, done)
    assert swapped["HX-Redirect"] == done


@pytest.mark.usefixtures("kinds")
def test_without_javascript_a_page_is_kept_with_a_button(as_alice, household):
    treats = make_category(household, "Treats")
    page = shown(as_alice)
    sent = {row.marks.take_name: "1" for row in page.rows[1:] if row.options}
    sent |= {page.rows[0].marks.category_name: treats.pk, "shown": page.shown, "show": "", "after": ""}

    answer = as_alice.post(at("import-choose"), sent)

    assert (answer.status_code, answer.url) == (303, at("import-check"))
    assert [row.marks.is_ticked for row in shown(as_alice).rows] == [False, True, True, False, True]
    assert line(0).choice == str(treats.pk)


@pytest.mark.usefixtures("kinds")
def test_two_pages_do_not_lose_each_others_choices(as_alice):
    page = shown(as_alice)
    first = {row.marks.take_name: "1" for row in page.rows if row.marks.is_ticked} | {"shown": page.shown}
    choose(as_alice, 0, "take")

    as_alice.post(at("import-choose"), first | {page.rows[2].marks.take_name: "1"})

    assert [row.marks.is_ticked for row in shown(as_alice).rows] == [False, False, True, False, True]


@pytest.mark.usefixtures("kinds")
def test_the_button_that_imports_takes_the_page_as_it_was_sent(as_alice, imported):
    page = shown(as_alice)

    written = imported(shown=page.shown, **{page.rows[4].marks.take_name: "1"})

    assert [note for note, *_rest in written] == ["Pay"]
    assert ImportBatch.objects.get().new_count == 1


@pytest.mark.usefixtures("kinds")
def test_a_category_that_is_gone_by_now_is_asked_for_before_the_import(as_alice, household, imported):
    treats = make_category(household, "Treats")
    choose(as_alice, 4, "category", treats.pk)
    Category.objects.filter(pk=treats.pk).delete()

    asked = as_alice.post(at("import-commit"))
    choose(as_alice, 4, "category", "")

    assert asked.status_code == 422
    assert "Line 6: choose one of the listed categories." in asked.content.decode()
    assert asked.context["check"].rows[0].marks.problem == "Choose one of the list."
    assert imported()[-1] == ("Pay", "income", Decimal(900), "Other")


def test_a_suggestion_that_is_gone_by_now_is_made_anew(as_alice, household, staged, imported):
    tea = make_category(household, "Tea house", keywords=["tea"])
    staged(KINDS)
    Category.objects.filter(pk=tea.pk).delete()
    other = Category.objects.of(household).get(kind="expense", is_other=True)

    assert f'<option value="{other.pk}" selected>' in shown(as_alice).rows[0].options
    assert imported()[0] == ("Tea", "expense", Decimal(2), "Other")


@pytest.mark.usefixtures("kinds")
def test_another_reading_drops_what_was_chosen_and_says_so(as_alice, run_jobs):
    page = as_alice.get(at("import-check"))
    wallet = page.context["form"].sent["wallet"]
    asked = {"read": "1", "wallet": wallet, "sign": "inverted"}
    silent = as_alice.get(at("import-check"), asked)
    choose(as_alice, 0, "take")
    told = as_alice.get(at("import-check"), asked)
    as_alice.post(at("import-read"), asked)
    run_jobs()

    sentence = "What you chose for its lines so far is dropped when it is read anew."
    assert sentence not in silent.content.decode()
    assert sentence in told.content.decode()
    assert shown(as_alice).rows[0].marks.is_ticked
    assert not StagedLine.objects.filter(is_taken__isnull=False).exists()


@pytest.mark.usefixtures("kinds")
def test_a_file_that_was_read_before_sums_were_kept_has_them_all_the_same(as_alice):
    before = shown(as_alice).sums
    upload = Upload.objects.latest("pk")
    del upload.staged["sums"]
    upload.save()

    assert shown(as_alice).sums == before


@pytest.mark.django_db(transaction=True)
def test_while_the_file_is_read_or_imported_a_choice_is_refused_in_words(as_alice, household, monkeypatch):
    monkeypatch.setattr(keeping, "_PATIENCE", "SET LOCAL lock_timeout = '50ms'")
    upload = Upload.objects.create(
        household=household, file_name="bank.csv", content=MONTH.encode(), staged={"query": ""}
    )
    elsewhere = connection.copy()
    try:
        elsewhere.set_autocommit(False)
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT FROM transactions_upload WHERE id = %s FOR NO KEY UPDATE", [upload.pk])
        answer = as_alice.post(reverse("transactions:import-choose", args=[upload.pk]), {"take-1": ""}, headers=HTMX)
    finally:
        elsewhere.close()

    assert answer.status_code == 422
    assert "This file is being read or imported just now. Wait until that is done." in answer.content.decode()
    assert answer["HX-Retarget"] == "#transactions-import-long"


def test_the_queries_of_a_click_do_not_grow_with_the_file(as_alice, staged, monkeypatch):
    monkeypatch.setattr(long_page, "ON_A_PAGE", 10)
    counts = []
    for content in ("".join(MONTH.splitlines(keepends=True)[:6]), MONTH):
        staged(content)
        choose(as_alice, 0, "take")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            choose(as_alice, 1, "take")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 14
