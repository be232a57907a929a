"""A backup is fetched, looked into and restored: the same sums in new books, and the old ones as they were."""

from pathlib import Path

from playwright.sync_api import Page, expect

from accounts.models import Household
from batua.tests.browser.test_first_month import shown
from transactions.models import Transaction
from transactions.tests.factories import make_transaction

ALL_TIME = "/dashboard/?period=all-time"


def test_there_and_back(alices_page: Page, household: Household, tmp_path: Path) -> None:
    page = alices_page
    make_transaction(household, "1200", note="Vegetables")
    make_transaction(household, "90000", kind="income", category="Salary")

    page.goto("/profile/")
    page.get_by_role("link", name="Back up or restore").click()
    with page.expect_download() as fetching:
        page.get_by_role("link", name="Download a backup").click()
    path = tmp_path / fetching.value.suggested_filename
    fetching.value.save_as(path)

    page.get_by_label("Backup", exact=True).set_input_files(path)
    page.get_by_role("button", name="See what it holds").click()
    expect(page.get_by_role("status").filter(has_text="2 entries")).to_be_visible()
    expect(page.get_by_role("heading", name=household.name)).to_be_focused()
    assert Household.objects.count() == 1
    page.get_by_role("button", name="Restore as a new household").click()
    expect(page.get_by_text("Restored. These are the new books")).to_be_visible()

    page.goto(ALL_TIME)
    assert (str(shown(page, "Income")), str(shown(page, "Spending"))) == ("90000.00", "1200.00")
    assert Transaction.objects.of(household).count() == 2
    assert Household.objects.exclude(pk=household.pk).get().name == household.name


def test_a_damaged_file_is_told_beside_the_form(alices_page: Page, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    path.write_bytes(b"no archive")

    alices_page.goto("/backup/")
    alices_page.get_by_label("Backup", exact=True).set_input_files(path)
    alices_page.get_by_role("button", name="See what it holds").click()

    expect(alices_page.get_by_role("alert")).to_contain_text("The file is damaged or no ZIP archive.")
