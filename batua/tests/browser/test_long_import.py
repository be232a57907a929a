"""A long file: each line is ticked and given its category, page by page, and nothing of it is lost on the way."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from batua.tests.browser.conftest import Complaints
from batua.tests.browser.test_first_month import import_file
from transactions.importers import records
from transactions.imports import long_page, uploads
from transactions.models import Transaction, Upload
from transactions.tests.factories import make_category

LINES = [
    ("Giro", "2026-11-05", "To savings", "-200"),
    ("Giro", "2026-11-06", "Shop", "-5"),
    ("Giro", "2026-11-07", "Bakery", "-6"),
    ("Savings", "2026-11-06", "From giro", "200"),
    ("Giro", "2026-11-16", "Pay", "900"),
]


@pytest.fixture
def path(monkeypatch, tmp_path: Path) -> Path:
    """Four lines are many, and four are a page."""
    monkeypatch.setattr(uploads, "LONG", 3)
    monkeypatch.setattr(records, "LONG", 3)
    monkeypatch.setattr(long_page, "ON_A_PAGE", 4)
    path = tmp_path / "bank.csv"
    rows = (f"{account},{day},{payee},,,{amount},Cleared" for account, day, payee, amount in LINES)
    path.write_text("\n".join(["Account,Date,Payee,Notes,Category,Amount,Cleared", *rows, ""]))
    return path


def test_lines_of_a_long_file_are_chosen_one_by_one(alices_page: Page, household, run_jobs, path, complaints):
    page = alices_page
    treats = make_category(household, "Treats")
    import_file(page, path)
    expect(page.get_by_role("heading", name="Check of bank.csv")).to_be_visible()
    run_jobs()
    page.goto(reverse("transactions:import-check", args=[Upload.objects.get().pk]))

    lose_a_choice(page, complaints)
    page.get_by_label("Take line 3").uncheck()
    expect(page.get_by_role("button", name="Import 4 lines")).to_be_visible()
    expect(page.get_by_label("Take line 3")).to_be_focused()
    page.get_by_label("Category of line 2").select_option("Treats")
    expect(page.get_by_label("Category of line 5")).not_to_have_value("transfer")
    page.get_by_role("link", name="Next lines").click()
    expect(page.get_by_label("Take line 6")).to_be_checked()
    page.get_by_role("link", name="From the beginning").click()
    expect(page.get_by_label("Take line 3")).not_to_be_checked()
    expect(page.get_by_label("Category of line 2")).to_have_value(str(treats.pk))

    page.get_by_label("Category of all ticked lines").select_option("Treats")
    page.get_by_role("button", name="Set").click()
    expect(page.get_by_label("Category of line 4")).to_have_value(str(treats.pk))
    page.get_by_role("button", name="Import 4 lines").click()
    expect(page.get_by_role("heading", name="Import of bank.csv")).to_be_visible()
    run_jobs()

    entries = Transaction.objects.order_by("date", "pk").values_list("note", "category__name")
    assert list(entries) == [("To savings", "Treats"), ("From giro", "Treats"), ("Bakery", "Treats"), ("Pay", "Treats")]


def lose_a_choice(page: Page, complaints: Complaints) -> None:
    """What was not kept does not look as if it were."""
    complaints.is_listening = False  # a lost request is reported
    page.route("**/choose/", lambda route: route.abort())
    page.get_by_label("Take line 3").click()
    expect(page.get_by_text("No connection.")).to_be_visible()
    expect(page.get_by_label("Take line 3")).to_be_checked()
    page.unroute("**/choose/")
    complaints.is_listening = True
