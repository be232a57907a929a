"""A short file's sums follow each choice without reading it, and its lines are all there, a page at a time."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from transactions.imports import check_page
from transactions.models import Transaction, Upload
from transactions.tests.factories import make_category, make_transaction, make_wallet
from transactions.tests.long_files import HTMX
from transactions.tests.test_importing import at, checked
from transactions.tests.test_kept_choices import marks, printed

ROWS = [*("Tea", "Rice", "Tea", "Rent"), "Pay"]
FILE = "Date,Description,Amount\n" + "".join(
    f"2026-11-{day:02},{text},{900 if text == 'Pay' else -day}.50\n" for day, text in enumerate(ROWS, 1)
)


@pytest.fixture
def upload(as_alice, household) -> Upload:
    return checked(as_alice, household, FILE.encode())


@pytest.fixture
def two_a_page(monkeypatch):
    monkeypatch.setattr(check_page, "ON_A_PAGE", 2)


def shown(client, upload: Upload, **asked):
    return client.get(at("check", upload), asked).context["check"]


def sent(client, upload: Upload, after: int = 0, **changes) -> dict:
    """What the form of a page sends, with these changes."""
    page = client.get(at("check", upload), {"after": after}).context
    check = page["check"]
    rows = {row.marks.category_name: row.marks.chosen for row in check.rows if row.options}
    ticked = [str(row.number) for row in check.rows if row.marks.is_ticked]
    reading = {**dict(page["reading"].hidden), "seen": page["reading"].seen}
    return {**reading, "shown": check.shown, "others": check.others, "after": after, "line": ticked, **rows, **changes}


def choose(client, upload: Upload, after: int = 0, headers=HTMX, **changes):
    return client.post(at("choose", upload), sent(client, upload, after, **changes), headers=headers)


def said(answer) -> list[str]:
    """The sums of an answer, as a person reads them."""
    found = re.findall(r"<dd>.*?</dd>", answer.content.decode(), re.DOTALL)
    return [" ".join(strip_tags(each).split()) for each in found]


def notes() -> list[tuple[str, str]]:
    return list(Transaction.objects.order_by("date").values_list("note", "category__name"))


def test_the_sums_follow_a_tick_and_the_file_is_not_read_for_it(as_alice, upload):
    values = sent(as_alice, upload, line=["2", "6"])
    Upload.objects.update(content=b"not a statement")

    answer = as_alice.post(at("choose", upload), values, headers=HTMX)

    assert said(answer) == ["2 to import", "\u20b9900.50", "\u20b91.50"]
    assert 'id="transactions-import-sums"' in answer.content.decode()
    assert answer["HX-Reswap"] == "none"


def test_the_sums_follow_a_category_too(as_alice, household, upload):
    treats = str(make_category(household, "Treats").pk)

    answer = choose(as_alice, upload, **{"category-2": treats, "line": ["2"]})

    assert said(answer) == ["1 to import", "\u20b90.00", "\u20b91.50"]
    assert "<bdi>Tea</bdi>: 1 more line" in answer.content.decode()


def test_a_transfer_counts_as_neither_in_nor_out(as_alice, household):
    savings = make_wallet(household, "Savings")
    make_transaction(household, kind="income", on=date(2026, 11, 4), amount=Decimal("4.50"), wallet=savings)
    upload = checked(as_alice, household, FILE.encode())

    answer = choose(as_alice, upload, **{"category-5": "transfer"})

    assert said(answer)[2] == "\u20b97.50"


@pytest.mark.parametrize("others", ["", "x", "1:2", "1:nan:1", "1:1E+9:1", "1:1:1 new:x", "1" * 5000])
def test_what_no_page_says_is_passed_over(as_alice, upload, others):
    answer = choose(as_alice, upload, others=others, shown="2:x:1:5:1E+999999999", line=["2"])

    assert (answer.status_code, said(answer)) == (200, [])


@pytest.mark.usefixtures("two_a_page")
def test_every_line_is_on_some_page(as_alice, upload):
    pages = [shown(as_alice, upload)]
    while pages[-1].next_url:
        pages.append(as_alice.get(pages[-1].next_url).context["check"])

    assert [[row.note for row in page.rows] for page in pages] == [["Tea", "Rice"], ["Tea", "Rent"], ["Pay"]]
    assert [page.span for page in pages] == ["Lines 1 to 2 of 5", "Lines 3 to 4 of 5", "Lines 5 to 5 of 5"]
    assert {page.sums.verdicts for page in pages} == {"5 to import"}
    assert [row.note for row in as_alice.get(pages[2].before_url).context["check"].rows] == ["Tea", "Rent"]
    assert [page.before_url == "" for page in pages] == [True, False, False]
    assert [row.note for row in shown(as_alice, upload, after=99).rows] == ["Tea", "Rice"]


@pytest.mark.usefixtures("two_a_page")
def test_choices_of_all_pages_count_when_one_of_them_is_imported(as_alice, household, upload):
    treats = str(make_category(household, "Treats").pk)
    choose(as_alice, upload, **{"category-2": treats, "line": ["2"]})
    choose(as_alice, upload, after=2, line=["4"])

    page = shown(as_alice, upload, after=4)
    answer = as_alice.post(at("commit", upload), sent(as_alice, upload, after=4))

    assert page.sums.verdicts == "3 to import"
    assert answer.status_code == 303
    assert notes() == [("Tea", "Treats"), ("Tea", "Other"), ("Pay", "Other")]


@pytest.mark.usefixtures("two_a_page")
def test_the_sums_of_a_page_hold_what_was_chosen_on_others(as_alice, upload):
    choose(as_alice, upload, line=[])

    answer = choose(as_alice, upload, after=2, line=["5"])

    assert said(answer) == ["2 to import", "\u20b9900.50", "\u20b94.50"]


@pytest.mark.usefixtures("two_a_page")
def test_a_payees_lines_are_offered_and_given_on_all_pages(as_alice, household, upload):
    treats = str(make_category(household, "Treats").pk)

    offered = choose(as_alice, upload, **{"category-2": treats})
    choose(as_alice, upload, alike="2")
    as_alice.post(at("commit", upload), sent(as_alice, upload, after=4))

    assert "<bdi>Tea</bdi>: 1 more line" in offered.content.decode()
    assert notes()[:3] == [("Tea", "Treats"), ("Rice", "Other"), ("Tea", "Treats")]


@pytest.mark.usefixtures("two_a_page")
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_all_lines_are_taken_or_none_with_one_button(as_alice, upload, headers):
    none = choose(as_alice, upload, headers=headers, after=2, tick="none")
    refused = as_alice.post(at("commit", upload), sent(as_alice, upload))
    every = choose(as_alice, upload, headers=headers, tick="all")

    assert (none.context["check"].sums.ticked, none.context["check"].after) == (0, 2)
    assert refused.status_code == 422
    assert every.context["check"].sums.ticked == 5


@pytest.mark.usefixtures("two_a_page")
def test_all_ticked_lines_get_a_category_that_fits_them(as_alice, household, upload):
    treats = str(make_category(household, "Treats").pk)
    choose(as_alice, upload, line=["3"])

    choose(as_alice, upload, after=4, give="1", category=treats)
    as_alice.post(at("commit", upload), sent(as_alice, upload))

    assert notes() == [("Rice", "Treats"), ("Tea", "Treats"), ("Rent", "Treats"), ("Pay", "Treats")]


def test_an_amount_that_does_not_fit_is_shown_as_it_is_with_the_reason(as_alice, household):
    upload = checked(as_alice, household, b"Date,Description,Amount\n2026-11-03,Tea,-1.005\n2026-11-04,Rice,-2.00\n")

    page = as_alice.get(at("check", upload))

    assert [strip_tags(row.amount) for row in page.context["check"].rows] == ["-1.005", "\u2212\u20b92.00"]
    assert "<small>INR has at most 2 decimals</small>" in page.content.decode()


def test_a_file_of_one_page_has_no_buttons_for_other_pages(as_alice, upload):
    page = as_alice.get(at("check", upload))

    assert (page.context["check"].span, page.context["check"].next_url) == ("", "")
    assert "Take none" not in page.content.decode()
    assert marks(page) == [(True, chosen) for _is_ticked, chosen in marks(page)]
    assert printed(as_alice, upload)["line"] == ["2", "3", "4", "5", "6"]


@pytest.fixture
def mixed(as_alice, household) -> Upload:
    """Of the lines one looks like an entry by hand."""
    make_transaction(household, "2.50", on=date(2026, 11, 2), note="By hand")
    return checked(as_alice, household, FILE.encode())


def test_a_page_shows_lines_of_one_verdict(as_alice, mixed):
    page = shown(as_alice, mixed, show="lookalike")
    every = shown(as_alice, mixed, show="pending")

    tabs = [(tab.label, tab.count, tab.is_chosen) for tab in page.tabs]
    assert tabs == [("All", "5", False), ("New", "4", False), ("Looks like one", "1", True)]
    assert ([row.note for row in page.rows], page.takeable, page.span) == (["Rice"], 1, "")
    assert (page.sums.ticked, page.sums.verdicts) == (4, "4 to import · 1 to look at")
    assert ([row.note for row in every.rows], every.tabs[0].is_chosen) == (ROWS, True), "no line is pending"
    assert [row.note for row in as_alice.get(page.tabs[1].url).context["check"].rows] == ["Tea", "Tea", "Rent", "Pay"]


def test_lines_of_one_verdict_have_pages(as_alice, mixed, two_a_page):
    first = shown(as_alice, mixed, show="new")
    last = as_alice.get(first.next_url).context["check"]

    assert [row.note for row in last.rows] == ["Rent", "Pay"]
    assert (last.span, last.next_url) == ("Lines 3 to 4 of 4", "")
    assert [row.note for row in as_alice.get(last.before_url).context["check"].rows] == ["Tea", "Tea"]


def test_a_file_whose_lines_are_all_alike_has_no_tabs(as_alice, upload):
    assert shown(as_alice, upload).tabs == []


def test_what_is_left_of_one_verdict_counts_when_another_is_shown(as_alice, household, mixed):
    page = as_alice.get(at("check", mixed), {"show": "lookalike"}).context
    kept = {**dict(page["reading"].hidden), "seen": page["reading"].seen, "others": page["check"].others}
    as_alice.post(at("choose", mixed), {**kept, "show": "lookalike", "shown": page["check"].shown, "tick": "all"})
    assert [row.marks.is_ticked for row in shown(as_alice, mixed).rows] == [True] * 5
    as_alice.post(at("choose", mixed), {**sent(as_alice, mixed), "show": "new", "tick": "none"})
    assert [row.marks.is_ticked for row in shown(as_alice, mixed).rows] == [False, True, False, False, False]
    page = as_alice.get(at("check", mixed), {"show": "new"}).context["check"]
    as_alice.post(at("commit", mixed), {**kept, "show": "new", "others": page.others, "shown": page.shown})

    assert {note for note, _category in notes()} == {"By hand", "Rice"}


def test_a_line_like_an_entry_that_is_taken_is_looked_at(as_alice, mixed, monkeypatch):
    taken = choose(as_alice, mixed, line=["2", "3", "4", "5", "6"])
    assert said(taken)[0] == "5 to import"
    assert shown(as_alice, mixed).sums.verdicts == "5 to import"

    monkeypatch.setattr(check_page, "ON_A_PAGE", 2)
    assert said(choose(as_alice, mixed, after=2, line=["4"]))[0] == "4 to import"
    assert said(choose(as_alice, mixed, line=["2"]))[0] == "3 to import · 1 to look at"
