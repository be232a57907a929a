"""Three files of three formats: a guess corrected, imported, the sums agree, nothing comes twice, all taken back."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Household
from batua.tests.browser.test_first_month import import_file, shown
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction

FILES = Path(__file__).resolve().parents[3] / "transactions" / "tests" / "statements"
OPEN_DAYS = "Date;Text;Amount\n05/04/2026;Bakery;-3,50\n06/04/2026;Pay;1.000,00\n07/04/2026;Bakery;-3,50\n"
ALL_TIME = "/dashboard/?period=all-time"


@pytest.fixture
def europeans(household: Household) -> Household:
    Household.objects.filter(pk=household.pk).update(currency="EUR")
    household.refresh_from_db()
    return household


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    open_days = tmp_path / "open days.csv"
    open_days.write_text(OPEN_DAYS)
    return [open_days, FILES / "ofx" / "two_accounts.ofx", FILES / "qif" / "day_first.qif"]


def press_import(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"^Import \d")).click()
    expect(page.get_by_role("heading", name="imported")).to_be_visible()


def test_three_files_there_and_back(alices_page, europeans, files):
    page = alices_page
    import_file(page, files[0])
    expect(page.locator(".import-table time").first).to_have_attribute("datetime", "2026-04-05")
    page.get_by_role("button", name="Month first").click()
    expect(page.locator(".import-table time").first).to_have_attribute("datetime", "2026-05-04")
    press_import(page)
    for path in files[1:]:
        import_file(page, path)
        press_import(page)

    # In: 1,000.00 + 1,200.00 + 0.42 + 20.00; out: 3.50 twice + 9.90 + 0.30 + 1,234.50.
    page.goto(ALL_TIME)
    assert (shown(page, "Income"), shown(page, "Spending")) == (Decimal("2220.42"), Decimal("1251.70"))
    made = {"open days", "Bank account 1001", "Savings 1002"}
    assert set(Wallet.objects.of(europeans).values_list("name", flat=True)) == {"Cash", *made}

    for path in files:
        import_file(page, path)
        expect(page.locator(".summary").first).to_contain_text("known")
        expect(page.get_by_role("button", name=re.compile(r"^Import"))).to_have_count(0)

    for path in files:
        page.goto("/transactions/imports/")
        page.get_by_role("link", name=path.name).click()
        page.get_by_role("link", name="Take back").click()
        page.get_by_role("button", name="Take the import back").click()
        expect(page.get_by_text("Taken back").first).to_be_visible()
    assert not Transaction.objects.exists()
    page.goto(ALL_TIME)
    expect(page.get_by_role("heading", name="Your books are empty, and ready")).to_be_visible()


def test_one_category_for_all_ticked_lines(alices_page, household, tmp_path):
    treats = make_category(household, "Treats")
    make_transaction(household, "3", category="Rent", note="Known payee")
    path = tmp_path / "bank.csv"
    path.write_text("Date,Description,Amount\n2026-11-03,A,-1\n2026-11-03,B,-2\n2026-11-04,C,-4\n")
    import_file(alices_page, path)

    alices_page.get_by_label("Take line 3").uncheck()
    expect(alices_page.get_by_role("button", name="Import 2 lines")).to_be_visible()
    alices_page.get_by_label("Category of all ticked lines").select_option("Treats")
    alices_page.get_by_label("Take line 3").check()
    press_import(alices_page)

    assert sorted(Transaction.objects.filter(category=treats).values_list("note", flat=True)) == ["A", "C"]
    assert Transaction.objects.count() == 4


def test_sums_and_reasons_follow_each_choice(alices_page, household, tmp_path):
    page = alices_page
    make_category(household, "Treats", keywords=["coffee"])
    path = tmp_path / "bank.csv"
    path.write_text("Date,Description,Amount\n2026-11-03,Coffee,-1\n2026-11-04,Tea,-2\n2026-11-05,Coffee,-4\n")
    import_file(page, path)
    sums, reason = page.locator("#transactions-import-sums"), page.get_by_text("because of “Coffee”").first
    expect(sums).to_contain_text("7.00")
    expect(reason).to_be_visible()

    page.get_by_label("Take line 4").uncheck()
    expect(sums).to_contain_text("2 to import")
    expect(sums).to_contain_text("3.00")
    page.get_by_label("Category of line 2").select_option("Other")
    expect(reason).to_be_hidden()
    page.get_by_label("Category of line 2").select_option("Treats")
    expect(reason).to_be_visible()
    page.get_by_label("Take all lines or none").check()

    expect(sums).to_contain_text("3 to import")
    expect(sums).to_contain_text("7.00")


def test_lines_of_a_file_of_several_pages_keep_their_choices(alices_page, household, tmp_path, monkeypatch):
    monkeypatch.setattr("transactions.imports.check_page.ON_A_PAGE", 2)
    page = alices_page
    make_category(household, "Treats")
    path = tmp_path / "bank.csv"
    path.write_text("Date,Description,Amount\n" + "".join(f"2026-11-0{day},Shop {day},-{day}\n" for day in range(1, 6)))
    import_file(page, path)
    sums = page.locator("#transactions-import-sums")

    page.get_by_label("Take line 2").uncheck()
    expect(sums).to_contain_text("4 to import")
    page.get_by_role("link", name="Next lines").click()
    expect(page.get_by_text("Lines 3 to 4 of 5")).to_be_visible()
    page.get_by_label("Category of line 4").select_option("Treats")
    page.get_by_role("link", name="Next lines").click()
    expect(page.get_by_text("Lines 5 to 5 of 5")).to_be_visible()
    expect(sums).to_contain_text("4 to import")
    press_import(page)

    entries = Transaction.objects.order_by("date").values_list("note", "category__name")
    assert list(entries) == [("Shop 2", "Other"), ("Shop 3", "Treats"), ("Shop 4", "Other"), ("Shop 5", "Other")]


def test_what_was_chosen_stays_when_the_file_is_read_another_way(alices_page, household, tmp_path):
    page = alices_page
    make_category(household, "Treats")
    path = tmp_path / "bank.csv"
    path.write_text("Date,Description,Amount\n03/11/2026,A,-1\n04/11/2026,B,-2\n05/11/2026,C,-4\n")
    import_file(page, path)

    page.get_by_label("Take line 3").uncheck()
    page.get_by_label("Category of line 2").select_option("Treats")
    page.get_by_role("button", name="Month first").click()
    expect(page.locator(".import-table time").first).to_have_attribute("datetime", "2026-03-11")
    expect(page.get_by_label("Take line 3")).not_to_be_checked()
    page.get_by_label("Signs").select_option("Minus is money in")
    expect(page.locator(".import-table__amount").last).not_to_contain_text("\u2212")
    page.reload()

    expect(page.get_by_label("Take line 3")).not_to_be_checked()
    press_import(page)
    entries = Transaction.objects.order_by("date").values_list("note", "kind", "category__name", "date__month")
    assert list(entries) == [("A", "expense", "Treats", 3), ("C", "income", "Other", 5)]


def test_the_other_lines_of_a_payee_follow_one_with_a_button(alices_page, household, tmp_path):
    page = alices_page
    treats = make_category(household, "Treats")
    path = tmp_path / "bank.csv"
    path.write_text("Date,Description,Amount\n2026-11-03,Coffee,-1\n2026-11-04,Tea,-2\n2026-11-05,Coffee,-4\n")
    import_file(page, path)

    page.get_by_label("Take line 3").uncheck()
    page.get_by_label("Category of line 2").select_option("Treats")
    page.get_by_role("button", name="Treats for all of them").click()

    expect(page.get_by_label("Category of line 4")).to_have_value(str(treats.pk))
    expect(page.get_by_label("Take line 3")).not_to_be_checked()
    expect(page.get_by_text("1 more line")).to_have_count(0)
    press_import(page)
    assert set(Transaction.objects.values_list("note", "category__name")) == {("Coffee", "Treats")}


def test_a_wrong_column_is_put_right_at_once(alices_page, household, tmp_path):
    path = tmp_path / "bank.csv"
    path.write_text("Date,Description,Remark,Amount\n2026-11-03,CARD 1,Tea shop,-1\n2026-11-04,CARD 2,Bakery,-2\n")
    import_file(alices_page, path)

    alices_page.get_by_text("Is something read wrong?").click()
    alices_page.get_by_label("Payee or purpose").select_option("Remark")

    expect(alices_page.locator(".import-table__text").first).to_have_text(re.compile("^Tea shop"))
    press_import(alices_page)
    assert set(Transaction.objects.values_list("note", flat=True)) == {"Tea shop", "Bakery"}


def test_columns_that_nothing_tells_are_named_by_hand_and_seen_at_once(alices_page, household, tmp_path):
    page = alices_page
    club = tmp_path / "club.csv"
    club.write_text("Wann;Was;Punkte;Zahl\n03.11.2026;Kaffee;7,00;4,50\n04.11.2026;Buch;9,00;12,00\n")
    import_file(page, club)
    expect(page.locator(".import-table")).to_contain_text("7.00")

    page.locator("select[name=column-amount]").select_option("3")
    expect(page.locator(".import-table")).to_contain_text("4.50")
    press_import(page)

    assert set(Transaction.objects.of(household).values_list("amount", flat=True)) == {
        Decimal("4.50"),
        Decimal("12.00"),
    }


def test_several_files_are_checked_one_after_the_other(alices_page, household, tmp_path):
    page, paths = alices_page, []
    for month in (3, 1, 2):
        path = tmp_path / f"month {month}.csv"
        path.write_text(f"Date,Description,Amount\n2026-{month:02}-13,Shop {month},-{month}\n")
        paths.append(path)
    page.goto("/transactions/import/")
    page.get_by_label("Statements").set_input_files(paths)
    page.get_by_role("button", name="Check", exact=True).click()
    for following in ("month 2.csv", "month 3.csv"):
        press_import(page)
        page.get_by_role("link", name=f"Check {following}").click()
        expect(page.get_by_text(following).first).to_be_visible()
    page.goto("/transactions/import/")
    expect(page.get_by_text("Waiting to be checked")).to_be_visible()

    page.get_by_role("button", name="Put away month 3.csv").click()

    expect(page.get_by_text("Waiting to be checked")).to_have_count(0)
    assert sorted(Transaction.objects.values_list("note", flat=True)) == ["Shop 1", "Shop 2"]


def test_who_gives_a_payees_lines_a_category_stays_where_they_were(alices_page, household, tmp_path):
    page = alices_page
    make_category(household, "Treats")
    path = tmp_path / "bank.csv"
    path.write_text("Date,Description,Amount\n" + "".join(f"2026-11-03,Tea,-{place}\n" for place in range(1, 91)))
    import_file(page, path)
    line = page.get_by_label("Category of line 70")
    line.select_option("Treats")
    offered = page.get_by_role("button", name="Treats for all of them")
    expect(offered).to_be_visible()
    line.scroll_into_view_if_needed()

    offered.click()

    expect(page.get_by_label("Category of line 9", exact=True)).to_have_value(line.input_value())
    expect(line).to_be_in_viewport()


def test_a_new_wallet_is_named_and_what_is_taken_is_said_at_once(alices_page, household, tmp_path):
    page = alices_page
    path = tmp_path / "bank.csv"
    path.write_text("Date,Account,Description,Amount\n2026-11-03,DE89370400440532013000,Tea,-1\n")
    import_file(page, path)
    name = page.get_by_label("Name of the new wallet")
    expect(name).to_have_value("Bank account 3000")

    name.fill("cash")
    name.press("Tab")
    expect(page.get_by_role("alert").filter(has_text="There is a wallet named “Cash” already.")).to_be_visible()
    expect(name).to_be_focused()
    name.fill("Giro")
    name.press("Tab")
    expect(page.get_by_text("There is a wallet named")).to_be_hidden()
    account = page.get_by_label("DE89370400440532013000")
    account.get_by_role("combobox").first.select_option("Cash")
    expect(name).to_be_hidden()
    account.get_by_role("combobox").first.select_option("A new wallet")
    expect(name).to_be_visible()
    press_import(page)

    assert set(Wallet.objects.of(household).values_list("name", flat=True)) == {"Cash", "Giro"}
