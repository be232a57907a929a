"""A wallet begins with what an app calls its opening balance: neither income nor spending, once, and undone."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from batua import periods
from transactions import ledger
from transactions.imports import taking_back
from transactions.models import Category, ImportBatch, ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_transaction, make_wallet
from transactions.tests.long_files import at, choose, line, sent, shown

EVER = periods.resolve("all-time", today=date(2026, 12, 31))
ACTUAL = "Account,Date,Payee,Notes,Category_Group,Category,Amount,Split_Amount,Cleared\n"
FIRST = (
    ACTUAL + "Giro,2026-01-01,Starting Balance,,Income,Starting Balances,1200.00,0,Cleared\n"
    "Visa,2026-01-01,Starting Balance,,,,-300.00,0,Cleared\n"
    "Giro,2026-01-02,Market,,Daily,Food,-5.00,0,Cleared\n"
    "Giro,2026-01-03,Employer,,Income,Pay,100.00,0,Cleared\n"
    "Visa,2026-01-04,Books,,Daily,Books,-20.00,0,Cleared\n"
)
MORE = FIRST + "Giro,2026-02-02,Market,,Daily,Food,-7.00,0,Cleared\n"


def page(client, **asked) -> str:
    return client.get(at("import-check"), asked).content.decode()


def imported(client, content: str = FIRST, **said) -> ImportBatch:
    sent(client, content, "actual.csv")
    assert client.post(at("import-commit"), said).status_code in {200, 302, 303}
    return ImportBatch.objects.latest("pk")


def balances(household) -> dict[str, str]:
    return {each.name: f"{each.balance:.2f}" for each in ledger.wallet_balances(household) if each.name != "Cash"}


def flow(household) -> tuple[str, str, str]:
    """What came in, what went out, what is there."""
    found = ledger.totals(household, EVER)
    return f"{found.income:.2f}", f"{found.spending:.2f}", f"{ledger.balance(household):.2f}"


def other_income(household) -> Category:
    return Category.objects.of(household).get(kind="income", is_other=True)


def test_it_is_said_before_the_click_and_is_neither_income_nor_spending(as_alice, household):
    sent(as_alice, FIRST, "actual.csv")
    said = page(as_alice)

    assert "“Giro” will begin with ₹1,200.00: that was there before, so it is no income." in said
    assert "“Visa” will begin with −₹300.00: that was owed before, so it is no spending." in said
    assert "“Giro” begins with ₹1,200.00: not income" in said
    assert "“Visa” begins with −₹300.00: not spending" in said
    assert "Import 5 lines" in said
    assert not Wallet.objects.of(household).filter(name="Giro").exists()

    answer = as_alice.post(at("import-commit"), follow=True).content.decode()

    assert balances(household) == {"Giro": "1295.00", "Visa": "-320.00"}
    assert flow(household) == ("100.00", "25.00", "975.00")
    assert Transaction.objects.count() == 3
    assert "5 lines imported" in answer
    assert "“Giro” begins with ₹1,200.00, which counts neither as income nor as spending." in answer
    assert "“Giro” holds ₹1,295.00 now." in answer


def test_the_sums_above_the_lines_leave_it_out(as_alice):
    sent(as_alice, FIRST, "actual.csv")

    sums = shown(as_alice).sums

    assert (sums.ticked, "100" in sums.came_in, "25" in sums.went_out) == (5, True, True)


def test_taken_back_the_wallets_and_the_dashboard_are_what_they_were(as_alice, household):
    before = flow(household)
    batch = imported(as_alice)

    goes = as_alice.get(reverse("transactions:import-take-back", args=[batch.pk])).content.decode()
    assert "It brought 3 entries." in goes
    assert "“Giro” begins with ₹0.00 again." in goes
    assert "“Visa” begins with ₹0.00 again." in goes

    taking_back.take_back(batch=batch)
    assert balances(household) == {"Giro": "0.00", "Visa": "0.00"}
    assert flow(household) == before
    assert not ImportedLine.objects.exists()

    imported(as_alice)
    assert balances(household) == {"Giro": "1295.00", "Visa": "-320.00"}


def test_the_same_file_and_a_later_one_that_overlaps_count_nothing_twice(as_alice, household):
    first = imported(as_alice)

    sent(as_alice, FIRST, "actual.csv")
    assert "Nothing in this file is new to your books." in page(as_alice)
    assert "“Giro” begins with it already" in page(as_alice)
    assert "will begin with" not in page(as_alice)
    later = imported(as_alice, MORE)

    assert (later.new_count, later.known_count) == (1, 5)
    assert balances(household) == {"Giro": "1288.00", "Visa": "-320.00"}
    taking_back.take_back(batch=later)
    taking_back.take_back(batch=first)
    assert balances(household) == {"Giro": "0.00", "Visa": "0.00"}


@pytest.fixture
def giro(household):
    """A wallet that holds something."""
    wallet = make_wallet(household, "Giro")
    make_transaction(household, "9", wallet=wallet, on=date(2025, 12, 1), note="By hand")
    return wallet


@pytest.mark.usefixtures("giro")
def test_a_wallet_that_holds_something_has_begun_and_is_left_alone(as_alice, household):
    sent(as_alice, FIRST, "actual.csv")
    said = page(as_alice)

    assert "Begun already" in said
    assert "“Giro” has begun already: ticked, this is added to what it begins with" in said
    assert "“Giro” will begin" not in said
    assert "1 beginning left out" in said

    as_alice.post(at("import-commit"))
    assert balances(household) == {"Giro": "86.00", "Visa": "-320.00"}


def test_one_that_begins_with_nothing_and_whose_entries_are_later_still_lacks_its_beginning(as_alice, household):
    giro = make_wallet(household, "Giro")
    make_transaction(household, "9", wallet=giro, on=date(2026, 1, 2), note="By hand")

    imported(as_alice)

    assert balances(household) == {"Giro": "1286.00", "Visa": "-320.00"}


def test_unless_one_of_them_may_be_it_written_down_by_hand(as_alice, household):
    giro = make_wallet(household, "Giro")
    make_transaction(household, "1200", wallet=giro, kind="income", on=date(2026, 1, 3), note="Balance")

    imported(as_alice)

    assert balances(household) == {"Giro": "1295.00", "Visa": "-320.00"}


def test_taken_back_below_a_later_file_it_is_the_beginning_again(as_alice, household):
    first = imported(as_alice)
    later = ACTUAL + "Giro,2026-02-02,Market,,Daily,Food,-7.00,0,Cleared\n"
    imported(as_alice, later)
    taking_back.take_back(batch=first)
    assert balances(household) == {"Giro": "-7.00", "Visa": "0.00"}

    imported(as_alice)

    assert balances(household) == {"Giro": "1288.00", "Visa": "-320.00"}


def test_what_was_imported_as_income_and_deleted_comes_back_as_a_beginning(as_alice, household):
    batch = imported(as_alice, shown="2,3,4,5,6", line=["2"], **{"category-2": str(other_income(household).pk)})
    Transaction.objects.all().delete()
    assert batch.new_count == 1

    imported(as_alice, shown="2,3,4,5,6", line=["2"])

    assert (balances(household)["Giro"], flow(household)[0]) == ("1200.00", "0.00")


def test_in_another_currency_it_is_taken_one_to_one_and_is_no_income_either(as_alice, household):
    content = (
        "type,amount,date,source_name,destination_name,currency_code,destination_type\n"
        "Opening balance,1200.00,2026-01-01,Initial balance account of Giro,Giro,EUR,Asset account\n"
        "Withdrawal,-5.00,2026-01-02,Giro,Market,EUR,Expense account\n"
    )

    imported(as_alice, content, shown="2,3", line=["2", "3"])

    assert (balances(household), flow(household)[:2]) == ({"Giro": "1195.00"}, ("0.00", "5.00"))


def test_so_is_one_that_begins_with_something(as_alice, household):
    make_wallet(household, "Giro", opening_balance=Decimal(1000))

    imported(as_alice)

    assert balances(household) == {"Giro": "1095.00", "Visa": "-320.00"}


@pytest.mark.usefixtures("giro")
def test_ticked_it_is_added_all_the_same_and_taken_back(as_alice, household):
    batch = imported(as_alice, shown="2,3,4,5,6", line=["2", "3", "4", "5", "6"])

    assert balances(household) == {"Giro": "1286.00", "Visa": "-320.00"}
    assert flow(household) == ("100.00", "34.00", "966.00")
    taking_back.take_back(batch=batch)
    assert balances(household) == {"Giro": "-9.00", "Visa": "0.00"}


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_member_may_take_it_as_an_ordinary_entry(as_alice, household, has_begun):
    if has_begun:
        make_wallet(household, "Giro", opening_balance=Decimal(1000))
    pay = other_income(household)

    batch = imported(as_alice, shown="2,3,4,5,6", line=["2", "3", "4", "5", "6"], **{"category-2": str(pay.pk)})

    assert balances(household) == {"Giro": "2295.00" if has_begun else "1295.00", "Visa": "-320.00"}
    assert flow(household)[0] == "1300.00"
    sent(as_alice, FIRST, "actual.csv")
    assert "Nothing in this file is new to your books." in page(as_alice)
    taking_back.take_back(batch=batch)
    assert balances(household)["Giro"] == ("1000.00" if has_begun else "0.00")


def test_left_out_it_moves_nothing(as_alice, household):
    imported(as_alice, shown="2,3,4,5,6", line=["4", "5", "6"])

    assert balances(household) == {"Giro": "95.00", "Visa": "-20.00"}


def test_one_that_is_dated_after_other_lines_counts_from_the_first_and_the_page_says_so(as_alice, household):
    content = (
        ACTUAL + "Giro,2025-12-22,Employer,,Income,Pay,1000.00,0,Cleared\n"
        "Giro,2026-01-01,Starting Balance,,,,1100.00,0,Cleared\n"
    )
    sent(as_alice, content, "actual.csv")

    said = page(as_alice)
    as_alice.post(at("import-commit"))

    assert "The file dates that 1 Jan 2026, after other lines of “Giro”; it counts from the first one." in said
    assert balances(household) == {"Giro": "2100.00"}
    assert flow(household) == ("1000.00", "0.00", "2100.00")


@pytest.mark.usefixtures("_long")
def test_of_a_long_file_it_is_said_too(as_alice, run_jobs):
    rows = "".join(f"Giro,2025-12-{day},Market,,,,-1.00,0,Cleared\n" for day in range(20, 29))
    sent(as_alice, ACTUAL + rows + "Giro,2026-01-01,Starting Balance,,,,1100.00,0,Cleared\n", "actual.csv")
    run_jobs()

    assert "The file dates that 1 Jan 2026, after other lines of “Giro”; it counts from the first one." in page(
        as_alice
    )


def test_what_becomes_of_it_while_the_page_stands_open_is_shown_again(as_alice, household):
    giro = make_wallet(household, "Giro")
    sent(as_alice, FIRST, "actual.csv")
    check = shown(as_alice)
    make_transaction(household, "9", wallet=giro, on=date(2025, 12, 1), note="By hand")

    answer = as_alice.post(
        at("import-commit"), {"shown": check.shown, "others": check.others, "line": ["2", "3", "4", "5", "6"]}
    )

    assert "Your books changed since this page was made" in answer.content.decode()
    assert balances(household)["Giro"] == "-9.00"


def test_a_member_who_changed_the_beginning_since_keeps_that(as_alice, household):
    batch = imported(as_alice)
    Wallet.objects.of(household).filter(name="Giro").update(opening_balance=Decimal(1250))

    taking_back.take_back(batch=batch)

    assert balances(household)["Giro"] == "50.00"


def test_two_accounts_in_one_wallet_begin_together(as_alice, household):
    both = make_wallet(household, "Both")

    imported(as_alice, **{"account-0": str(both.pk), "account-1": str(both.pk)})

    assert balances(household) == {"Both": "975.00"}


@pytest.mark.usefixtures("_long")
def test_a_long_file_says_and_does_the_same(as_alice, household, run_jobs):
    sent(as_alice, FIRST, "actual.csv")
    run_jobs()
    said = page(as_alice)
    sums = shown(as_alice).sums

    assert "“Giro” will begin with ₹1,200.00: that was there before, so it is no income." in said
    assert "“Visa” will begin with −₹300.00: that was owed before, so it is no spending." in said
    assert (sums.ticked, "100" in sums.came_in, "25" in sums.went_out) == (5, True, True)

    as_alice.post(at("import-commit"))
    run_jobs()
    batch = ImportBatch.objects.latest("pk")

    assert (balances(household), batch.new_count) == ({"Giro": "1295.00", "Visa": "-320.00"}, 5)
    assert flow(household) == ("100.00", "25.00", "975.00")
    sent(as_alice, FIRST, "actual.csv")
    run_jobs()
    assert shown(as_alice).sums.ticked == 0
    taking_back.take_back(batch=batch)
    assert (balances(household), flow(household)) == ({"Giro": "0.00", "Visa": "0.00"}, ("0.00", "0.00", "0.00"))


@pytest.mark.usefixtures("_long")
def test_in_a_long_file_too_it_may_be_an_entry_and_the_sums_follow(as_alice, household, run_jobs):
    sent(as_alice, FIRST, "actual.csv")
    run_jobs()
    pay = other_income(household)

    choose(as_alice, 0, "category", pay.pk)
    sums = shown(as_alice).sums
    as_alice.post(at("import-commit"))
    run_jobs()

    assert "1,300" in sums.came_in
    assert flow(household)[0] == "1300.00"
    assert balances(household) == {"Giro": "1295.00", "Visa": "-320.00"}


@pytest.mark.usefixtures("_long")
def test_a_long_files_lines_are_judged_anew_where_a_wallet_has_begun_meanwhile(as_alice, household, run_jobs):
    giro = make_wallet(household, "Giro")
    sent(as_alice, FIRST, "actual.csv")
    run_jobs()
    Wallet.objects.filter(pk=giro.pk).update(opening_balance=Decimal("0.50"))

    as_alice.post(at("import-commit"))
    run_jobs()

    assert not ImportBatch.objects.exists()
    assert line(0).verdict == "begun"
    as_alice.post(at("import-commit"))
    run_jobs()
    assert balances(household) == {"Giro": "95.50", "Visa": "-320.00"}
