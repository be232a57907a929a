"""A line that looks like an entry is said to be it: one choice, and the next file of the bank knows the line."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from batua.tests.browser.test_first_month import import_file
from batua.tests.browser.test_import import press_import
from transactions.importers import records
from transactions.imports import uploads
from transactions.models import ImportedLine, Transaction, Upload
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_wallet

CSV = "Date,Description,Amount\n2026-11-03,COFFEE HOUSE,-4.50\n2026-11-20,Rice,-120\n2026-11-21,Tea,-2\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bank.csv"
    path.write_text(CSV)
    return path


@pytest.fixture
def by_hand(household) -> Transaction:
    return make_transaction(household, "4.50", on=date(2026, 11, 2), note="Buns for all", category="Treats")


def test_a_line_is_the_entry_that_stands_beside_it(alices_page: Page, household, path, by_hand):
    page = alices_page
    make_category(household, "Food")
    import_file(page, path)
    expect(page.get_by_label("Take line 2")).not_to_be_checked()

    page.get_by_label("Category of line 2").select_option("It is this entry · 2 Nov")
    expect(page.get_by_label("Take line 2")).to_be_checked()
    expect(page.locator("#transactions-import-sums")).to_contain_text("3 to import")
    expect(page.locator("#transactions-import-sums")).to_contain_text("122.00")
    page.get_by_label("Category of all ticked lines").select_option("Food")
    expect(page.get_by_label("Category of line 2")).to_have_value(f"is-{by_hand.pk}.1.0")
    press_import(page)

    expect(page.get_by_text("1 line was recognised as an entry of yours")).to_be_visible()
    assert sorted(Transaction.objects.values_list("note", "category__name")) == [
        ("Buns for all", "Treats"),
        ("Rice", "Food"),
        ("Tea", "Food"),
    ]
    import_file(page, path)
    expect(page.locator(".summary").first).to_contain_text("3 known")


def test_a_line_is_left_aside_where_its_tick_is_taken_away(alices_page: Page, path, by_hand):
    page = alices_page
    import_file(page, path)

    page.get_by_label("Category of line 2").select_option("It is this entry · 2 Nov")
    expect(page.locator("#transactions-import-sums")).to_contain_text("3 to import")
    page.get_by_label("Take line 2").uncheck()
    expect(page.locator("#transactions-import-sums")).to_contain_text("2 to import")
    press_import(page)

    assert not ImportedLine.objects.filter(entry=by_hand).exists()
    assert Transaction.objects.count() == 3


def test_what_a_cash_machine_gave_goes_to_cash(alices_page: Page, household, tmp_path):
    page = alices_page
    make_wallet(household, "Giro")
    path = tmp_path / "giro.csv"
    path.write_text("Date,Description,Amount\n2026-11-03,ATM,-200\n2026-11-09,ATM,-50\n2026-11-10,Rice,-7\n")
    import_file(page, path)

    page.get_by_label("Category of line 2").select_option("Transfer to Cash")
    expect(page.locator("#transactions-import-sums")).to_contain_text("57.00")
    page.get_by_role("button", name="Transfer to Cash for all of them").click()
    expect(page.get_by_label("Category of line 3")).to_have_value(f"to-{the_wallet(household, 'Cash').pk}")
    page.get_by_label("Category of all ticked lines").select_option("Other")
    press_import(page)

    kinds = Transaction.objects.order_by("date").values_list("kind", "wallet__name", "to_wallet__name")
    assert list(kinds) == [("transfer", "Giro", "Cash")] * 2 + [("expense", "Giro", None)]


def test_a_line_of_a_long_file_is_the_entry_too(alices_page: Page, household, run_jobs, path, by_hand, monkeypatch):
    monkeypatch.setattr(uploads, "LONG", 2)
    monkeypatch.setattr(records, "LONG", 2)
    page = alices_page
    import_file(page, path)
    run_jobs()
    page.goto(reverse("transactions:import-check", args=[Upload.objects.get().pk]))

    page.get_by_label("Category of line 2").select_option("It is this entry · 2 Nov")
    expect(page.get_by_role("button", name="Import 3 lines")).to_be_visible()
    expect(page.get_by_label("Take line 2")).to_be_checked()
    page.get_by_label("Take line 2").uncheck()
    expect(page.get_by_role("button", name="Import 2 lines")).to_be_visible()
    page.get_by_label("Take line 2").check()
    page.get_by_role("button", name=re.compile("^Import 3")).click()
    expect(page.get_by_role("heading", name="Import of bank.csv")).to_be_visible()
    run_jobs()

    assert ImportedLine.objects.get(entry=by_hand).made_entry is False
    assert sorted(Transaction.objects.values_list("note", flat=True)) == ["Buns for all", "Rice", "Tea"]
