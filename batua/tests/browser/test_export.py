"""The export page: choices and preview go together, and the file is the one that was shown."""

import csv

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from accounts.models import Household
from transactions.tests.factories import make_transaction


@pytest.fixture
def books(household: Household) -> Household:
    make_transaction(household, "250", note="Tea", comment="with milk")
    make_transaction(household, "40", note="=1+1")
    make_transaction(household, "90000", kind="income", category="Salary", note="Pay day")
    return household


def downloaded(page: Page) -> str:
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download").click()
    return str(waited.value.path())


def test_the_preview_follows_each_choice_and_the_file_is_what_it_shows(alices_page, books):
    alices_page.goto("/export/")
    preview = alices_page.locator("#reports-export-preview")
    expect(preview).to_contain_text("3 entries")
    expect(preview.locator("tbody tr").nth(1)).to_contain_text("'=1+1")

    alices_page.get_by_label("Words in notes").fill("tea")
    expect(preview).to_contain_text("1 entry")
    expect(alices_page.get_by_label("Words in notes")).to_be_focused()
    shown = [cell.inner_text() for cell in preview.locator("tbody td").all()]

    with open(downloaded(alices_page), newline="") as file:
        _head, *rows = csv.reader(file)
    assert rows == [shown]


def test_a_period_keeps_the_choices_beside_it(alices_page, books):
    alices_page.goto("/export/")
    alices_page.get_by_text("With real numbers").click()
    expect(alices_page.locator("#export-file")).to_have_text("alices-household_2026-11_2026-11-25.xlsx")

    alices_page.get_by_role("link", name="All time").click()
    expect(alices_page.locator("#export-file")).to_have_text("alices-household_all-time_2026-11-25.xlsx")
    expect(alices_page.get_by_role("radio", name="Excel")).to_be_checked()

    assert alices_page.url.endswith("?period=all-time&format=xlsx")
    path = downloaded(alices_page)
    with open(path, "rb") as file:
        assert load_workbook(file).active["C2"].value == 250


def test_a_category_narrows_the_file(alices_page, books):
    alices_page.goto("/export/")
    alices_page.get_by_text("Only some entries").click()
    alices_page.get_by_label("Salary").check()

    expect(alices_page.locator("#reports-export-preview")).to_contain_text("1 entry")
    expect(alices_page.get_by_label("Salary")).to_be_visible()
