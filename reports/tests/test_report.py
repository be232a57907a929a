"""The report of a month or a year: its numbers worked out by hand, its words, and its pages as a PDF."""

import io
from datetime import date

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from batua.local.packages import Need
from budgets.tests.factories import make_budget
from reports import report, report_card, report_link, report_views
from reports.reader import Reader
from transactions.tests.factories import make_category, make_transaction, make_wallet

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def reader(today):
    return Reader("INR", "en-IN", today, 1, may_write=True)


@pytest.fixture
def books(household):
    make_transaction(household, "1000", kind="income", category="Salary", on=date(2026, 9, 1))
    make_transaction(household, "400", category="Groceries", on=date(2026, 9, 10), note="Market")
    make_transaction(household, "100", category="Fun", on=date(2026, 9, 11))
    make_transaction(household, "2000", kind="income", category="Salary", on=date(2026, 10, 1))
    make_transaction(household, "900", category="Groceries", on=date(2026, 10, 10), note="Market")
    make_transaction(household, "300", category="Groceries", on=date(2026, 10, 17), note="market")
    make_transaction(household, "600", category="Travel", on=date(2026, 10, 20), note="Train")
    make_transaction(household, "-50", category="Travel", on=date(2026, 10, 21), note="Train")
    return household


def pages_of(household, period, reader):
    return report_card.printed(report.build(household, period, today=reader.today), household, reader)


def text_of(response) -> str:
    assert response.status_code == 200
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)


def test_a_month_stands_beside_the_one_before(books, reader):
    pages = pages_of(books, report.of_month(books, OCTOBER), reader)

    # 2000 came in and 900 + 300 + 600 - 50 went out; in September 1000 and 500.
    assert [figure.label for figure in pages.figures] == ["Income", "Spending", "Saved"]
    assert [figure.note for figure in pages.figures] == [
        "100\N{NO-BREAK SPACE}% more than in September",
        "4 times as much as in September",
        "50\N{NO-BREAK SPACE}% less than in September",
    ]
    assert pages.kept == "You kept 12\N{NO-BREAK SPACE}% of what came in."
    assert (pages.title, pages.kind, pages.running) == ("October 2026", "Monthly report", "")


def test_the_biggest_changes_are_measured_in_money(books, reader):
    changes = pages_of(books, report.of_month(books, OCTOBER), reader).changes

    assert [(each.name, each.difference, each.tone, each.length) for each in changes] == [
        ("Groceries", "+₹800.00", "more", 50),
        ("Travel", "+₹550.00", "more", 34),
        ("Fun", "−₹100.00", "less", 6),
    ]
    assert [each.start for each in changes] == [50, 50, 44]


def test_the_largest_payments_name_what_comes_again_once(books, reader):
    payments = pages_of(books, report.of_month(books, OCTOBER), reader).payments

    assert [(each.name, each.day) for each in payments] == [("Market", "10 Oct"), ("Train", "20 Oct")]
    assert "900" in payments[0].amount


def test_wallets_go_from_the_beginning_to_the_end(books, reader):
    savings = make_wallet(books, "Savings")
    make_transaction(books, "150", kind="transfer", to_wallet=savings, on=date(2026, 10, 5))
    make_transaction(books, "70", category="Fun", on=date(2026, 11, 2))

    pages = pages_of(books, report.of_month(books, OCTOBER), reader)

    # Cash: 1000 - 500 before October, and 2000 - 1750 - 150 in it. November does not count.
    assert [(each.name, each.change) for each in pages.balances] == [("Cash", "+₹100.00"), ("Savings", "+₹150.00")]
    assert "750" in pages.whole.after


def test_overspent_beside_saved_is_said(household, reader):
    make_transaction(household, "500", kind="income", on=date(2026, 9, 1))
    make_transaction(household, "30", on=date(2026, 10, 1))

    saved = pages_of(household, report.of_month(household, OCTOBER), reader).figures[2]
    assert (saved.label, saved.note) == ("Overspent", "₹500.00 was saved in September")


def test_budgets_of_a_month_were_kept_or_missed(books, reader):
    make_budget(books, "1000", category="Groceries")
    make_budget(books, "1000", category="Travel")

    budgets = pages_of(books, report.of_month(books, OCTOBER), reader).budgets

    assert budgets.title == "1 of 2 budgets was kept"
    assert [(row.name, row.verdict, row.tone) for row in budgets.rows] == [
        ("Groceries", "₹200.00 over", "missed"),
        ("Travel", "Kept · ₹450.00 left", "kept"),
    ]
    assert budgets.rows[0].bar.over


def test_a_weekly_budget_counts_each_week_that_ends_in_the_month(books, reader):
    make_budget(books, "500", category="Groceries", cadence="weekly")

    (row,) = pages_of(books, report.of_month(books, OCTOBER), reader).budgets.rows

    # Weeks end on Sundays: 4, 11, 18 and 25 October; in the second 900 were spent.
    assert (row.verdict, len(row.marks), row.spent) == ("3 of 4 kept", 4, "₹1,200.00 of ₹2,000.00")


def test_a_year_has_a_mark_for_each_month(books, reader):
    make_budget(books, "500", category="Groceries", from_month=date(2026, 8, 1))
    make_budget(books, "700", category="Travel", cadence="quarterly", from_month=date(2026, 7, 1))

    budgets = pages_of(books, report.of_year(books, 2026), reader).budgets

    # August, September and October are over, November runs; the third quarter ended in September, the fourth runs.
    assert [(row.name, row.verdict, [bool(mark) for mark in row.marks]) for row in budgets.rows] == [
        ("Groceries", "2 of 3 kept", [False] * 7 + [True] * 4 + [False]),
        ("Travel", "1 of 1 kept", [False] * 8 + [True, False, False, True]),
    ]
    assert budgets.title == "Budgets were kept 3 of 4 times"
    assert [words for _mark, words in budgets.legend] == ["Kept", "Missed", "Still open"]
    assert budgets.heads == list("JFMAMJJASOND")


def test_a_period_that_runs_says_so(books, reader):
    pages = pages_of(books, report.of_year(books, 2026), reader)

    assert (pages.title, pages.kind) == ("2026", "Yearly report")
    assert "so far" in pages.running
    assert "the whole of 2025" in pages.running


def test_books_that_begin_here_have_nothing_to_compare(household, reader):
    make_transaction(household, "42", on=date(2026, 11, 3), note="Tea")

    pages = pages_of(household, report.of_month(household, date(2026, 11, 1)), reader)

    assert (pages.changes, pages.categories.when) == ([], "")
    assert [share.name for share in pages.shares] == ["Groceries"]


def test_an_empty_month_says_so_and_draws_nothing(household, reader):
    html = render_to_string(
        "reports/report.html", {"report": pages_of(household, report.of_month(household, OCTOBER), reader)}
    )

    assert "Nothing came in and nothing was spent in this period." in html
    assert "Nothing was spent in this period." in html
    assert 'class="chart"' not in html
    assert "What changed" not in html


@pytest.mark.parametrize("number", [3, 30])
def test_a_year_is_asked_as_often_for_many_as_for_few(books, today, number, django_assert_max_num_queries):
    for each in range(number):
        make_transaction(books, each + 1, category=make_category(books, f"Category {each}"))

    with django_assert_max_num_queries(30):
        report.build(books, report.of_year(books, 2026), today=today)


def test_the_file_is_a_tagged_pdf_with_every_part(as_alice, books):
    books.name = "चाय <script>1</script>"
    books.save(update_fields=["name"])
    make_budget(books, "1000", category="Groceries")
    make_transaction(books, "5", category=make_category(books, "</style><b>"), on=OCTOBER, note="שלום お茶 🎉")

    response = as_alice.get("/report/2026/10/")
    text = text_of(response)
    made = PdfReader(io.BytesIO(response.content))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith(
        'attachment; filename="script1script_report_2026-10_2026-11-25.pdf"'
    )
    assert made.metadata.title == "October 2026 · चाय <script>1</script>"
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    [_title, parts] = made.outline
    assert [each.title for each in parts] == [
        "Cash flow by day", "Spending through the month", "Where the money went", "What changed the most", "Wallets",
        "Largest payments", "0 of 1 budgets were kept",
    ]  # fmt: skip
    for words in ("</style><b>", "₹2,000.00", "お茶", "1 / 2"):
        assert words in text


def test_the_dark_theme_stays_on_the_screen(as_alice, alice, books, monkeypatch):
    asked = {}
    monkeypatch.setattr(report_views.pdf, "of_template", lambda *args, **kwargs: asked.update(html=args) or b"%PDF")
    alice.theme = "dark"
    alice.save(update_fields=["theme"])

    assert as_alice.get("/report/2026/").status_code == 200
    assert "theme" not in render_to_string(*asked["html"])


@pytest.mark.parametrize("path", ["/report/2026/13/", "/report/2026/0/", "/report/1500/", "/report/99999999999/1/"])
def test_what_is_no_month_is_not_there(as_alice, books, path):
    assert as_alice.get(path).status_code == 404


def test_without_pango_the_page_says_what_to_install(as_alice, books, monkeypatch):
    monkeypatch.setattr(report_views, "PANGO", Need(("libpango-1.0-0",), "", lambda: False))

    response = as_alice.get("/report/2026/10/")
    assert (response.status_code, response["Location"]) == (302, "/export/?period=2026-10&format=pdf")


@pytest.mark.parametrize("path", ["/dashboard/", "/charts/", "/export/"])
@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("period=2026-10", "/report/2026/10/"),
        ("period=custom&from=2025-01-01&to=2025-12-31", "/report/2025/"),
        ("period=last-3-months", "/report/2026/11/"),
    ],
)
def test_each_page_leads_to_the_report_of_what_it_shows(as_alice, books, path, query, address):
    assert f'href="{address}"' in as_alice.get(f"{path}?{query}").content.decode()


def test_the_link_says_which_report_it_brings(books, reader):
    assert report_link.of(report.of_year(books, 2025), reader).label == "Report of 2025"
    assert report_link.of(report.of_month(books, OCTOBER), reader).label == "Report of October 2026"
