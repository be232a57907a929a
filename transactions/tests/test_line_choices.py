"""Each line of a long file is taken or left, and becomes what its member says, as in a short one."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from transactions import keeping, long_page
from transactions.models import Category, ImportBatch, StagedLine, Transaction, Upload
from transactions.tests.factories import make_category, make_transaction
from transactions.tests.long_files import MONTH, at, sent

HTMX = {"HX-Request": "true"}
# A line that is new, one like an entry that is here, one pending, one of nothing, and one that brings money.
KINDS = """Date,Description,Amount,Status
2026-11-02,Tea,-2.00,Booked
2026-11-03,Bakery,-3.50,Booked
2026-11-04,Hotel,-40.00,Pending
2026-11-05,Nothing,0.00,Booked
2026-11-16,Pay,900.00,Booked
"""
HALVES = """Account,Date,Payee,Notes,Category,Amount,Cleared
Giro,2026-11-05,To savings,,,-200,Cleared
Giro,2026-11-06,Shop,,,-5,Cleared
Giro,2026-11-07,Bakery,,,-6,Cleared
Savings,2026-11-06,From giro,,,200,Cleared
"""


@pytest.fixture
def staged(_long, as_alice, household, run_jobs):
    """Sends a long file in and has it read."""

    def read(content: str) -> None:
        assert sent(as_alice, content).status_code == 303
        run_jobs()

    return read


@pytest.fixture
def kinds(staged, household) -> None:
    make_transaction(household, on=date(2026, 11, 3), amount="3.50", note="By hand")
    staged(KINDS)


@pytest.fixture
def imported(as_alice, household, run_jobs):
    """Presses the button, and returns what was written."""

    def press(**values) -> list[tuple]:
        before = set(Transaction.objects.values_list("pk", flat=True))
        assert as_alice.post(at("import-commit"), values).status_code == 303
        run_jobs()
        new = Transaction.objects.of(household).exclude(pk__in=before).order_by("date", "pk")
        return list(new.values_list("note", "kind", "amount", "category__name"))

    return press


def line(place: int) -> StagedLine:
    return StagedLine.objects.get(upload=Upload.objects.latest("pk"), place=place)


def choose(client, place: int | None = None, field: str = "", value: object = "", **more):
    """What the page sends when one tick or select is changed."""
    named = {} if place is None else {f"{field}-{line(place).pk}": value}
    return client.post(at("import-choose"), named | more, headers=HTMX)


def shown(client, **asked):
    return client.get(at("import-check"), asked).context["check"]


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
@pytest.mark.parametrize("which", ["bobs", "income for money that went out", "archived", "transfer", "nonsense"])
def test_a_category_that_does_not_fit_is_refused_in_words_beside_the_line(as_alice, household, bobs_household, which):
    value = {
        "bobs": lambda: make_category(bobs_household, "Bobs").pk,
        "income for money that went out": lambda: make_category(household, "Gifts", kind="income").pk,
        "archived": lambda: make_category(household, "Old", archived_at="2026-11-01T00:00Z").pk,
        "transfer": lambda: "transfer",
        "nonsense": lambda: "x" * 40,
    }[which]()

    answer = choose(as_alice, 0, "category", value)

    assert answer.status_code == 422
    assert "Line 2: choose one of the listed categories." in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
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
def test_what_is_imported_takes_no_choices_any_more(as_alice, imported):
    pk = line(0).pk
    imported()

    assert as_alice.post(at("import-choose"), {f"take-{pk}": ""}).status_code == 404


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
def test_all_lines_of_what_is_shown_are_taken_or_left_with_one_button(as_alice, imported):
    choose(as_alice, 1, "take", "1")

    none = choose(as_alice, tick="none", show="lookalike")
    left = shown(as_alice).sums.ticked
    choose(as_alice, tick="all", show="pending")
    every = choose(as_alice, 0, "take", show="pending")

    assert "2 to import" in none.content.decode()
    assert left == 2
    assert "2 to import" in every.content.decode()
    assert [note for note, *_rest in imported()] == ["Hotel", "Pay"]


@pytest.mark.usefixtures("kinds")
def test_all_lines_of_the_file_are_taken_or_left_with_one_button(as_alice):
    choose(as_alice, tick="none")
    nothing = as_alice.post(at("import-commit"))
    choose(as_alice, tick="all")

    assert nothing.status_code == 422
    assert "No line is ticked, so there is nothing to import." in nothing.content.decode()
    assert [row.marks.is_ticked for row in shown(as_alice).rows] == [True, True, True, False, True]
    assert shown(as_alice).sums.ticked == 4


@pytest.mark.usefixtures("kinds")
def test_all_ticked_lines_get_a_category_that_fits_them(as_alice, household):
    treats, gifts = make_category(household, "Treats"), make_category(household, "Gifts", kind="income")

    choose(as_alice, give="1", category=gifts.pk)
    choose(as_alice, 4, "take")
    choose(as_alice, give="1", category=treats.pk)
    refused = choose(as_alice, give="1", category="")

    assert [line(place).choice for place in range(5)] == [str(treats.pk), "", "", "", str(gifts.pk)]
    assert refused.status_code == 422
    assert "Choose a category for the ticked lines." in refused.content.decode()


def test_a_half_that_becomes_an_entry_takes_the_other_half_along(as_alice, staged, imported, household):
    staged(HALVES)
    treats = make_category(household, "Treats")
    before = shown(as_alice).sums

    followed = choose(as_alice, 0, "category", treats.pk, after="", until="9")

    after = shown(as_alice).sums
    other = line(3)
    assert ("Line 5, the other half of this transfer, follows." in followed["HX-Trigger"]) is True
    assert f'id="line-{other.pk}" hx-swap-oob' in followed.content.decode()
    assert (before.ticked, after.ticked) == (4, 4)
    assert ("200" in before.came_in, "200" in after.came_in) == (False, True)
    assert [row[:3] for row in imported()] == [
        ("To savings", "expense", Decimal(200)),
        ("Shop", "expense", Decimal(5)),
        ("From giro", "income", Decimal(200)),
        ("Bakery", "expense", Decimal(6)),
    ]


def test_a_half_that_is_a_transfer_again_takes_the_other_half_back(as_alice, staged, imported, household):
    staged(HALVES)
    choose(as_alice, 0, "category", make_category(household, "Treats").pk)
    choose(as_alice, 3, "category", "transfer")

    assert [line(place).choice for place in (0, 3)] == ["", ""]
    assert next(row[:3] for row in imported()) == ("To savings", "transfer", Decimal(200))


def test_lines_of_another_currency_are_offered_one_by_one(as_alice, staged, imported):
    staged("Date,Description,Amount,Currency\n" + "2026-11-02,Tea,-2.00,USD\n2026-11-03,Cake,-3.00,USD\n" * 2)
    before = shown(as_alice)

    choose(as_alice, 1, "take", "1")

    assert [(row.verdict, row.marks.is_ticked) for row in before.rows][:2] == [("Other currency", False)] * 2
    assert "3" in shown(as_alice).sums.went_out
    assert [row[:3] for row in imported()] == [("Cake", "expense", Decimal(3))]


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
