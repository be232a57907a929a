"""What a wallet begins with stays that, whatever category all lines get, until somebody says that it is an entry."""

from pathlib import Path

from playwright.sync_api import Page, expect

from batua.tests.browser.test_first_month import import_file
from batua.tests.browser.test_import import press_import
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_category

ACTUAL = (
    "Account,Date,Payee,Notes,Category_Group,Category,Amount,Split_Amount,Cleared\n"
    "Visa,2026-11-01,Starting Balance,,,,-300.00,0,Cleared\nVisa,2026-11-02,Tea,,,,-2.00,0,Cleared\n"
)


def test_a_beginning_is_no_spending_and_undone_with_its_import(alices_page: Page, household, tmp_path: Path):
    page, path = alices_page, tmp_path / "actual.csv"
    path.write_text(ACTUAL)
    make_category(household, "Food")
    import_file(page, path)
    sums = page.locator("#transactions-import-sums")
    expect(page.get_by_text("“Visa” will begin with −₹300.00")).to_be_visible()

    page.get_by_label("Category of line 2").select_option("Food")
    expect(sums).to_contain_text("302.00")
    page.get_by_label("Category of line 2").select_option("Beginning of “Visa”")
    expect(sums).not_to_contain_text("302.00")
    page.get_by_label("Category of all ticked lines").select_option("Food")
    expect(page.get_by_label("Category of line 2")).to_have_value("opening")
    press_import(page)

    expect(page.get_by_text("“Visa” begins with −₹300.00")).to_be_visible()
    assert list(Transaction.objects.values_list("note", "category__name")) == [("Tea", "Food")]
    page.get_by_role("link", name="Take back").click()
    expect(page.get_by_text("“Visa” begins with ₹0.00 again.")).to_be_visible()
    page.get_by_role("button", name="Take the import back").click()
    page.wait_for_url("**/transactions/imports/")
    assert Wallet.objects.get(name="Visa").opening_balance == 0
