"""Exports of other finance apps: their accounts, categories, parts and transfers are carried over."""

from decimal import Decimal

import pytest

from transactions.importers import apps
from transactions.importers.base import Statement, StatementError, Status
from transactions.tests.reading import amounts, days, problems, read, remarks, sample, skipped


def booked(statement: Statement) -> list[tuple[str, str, str, str]]:
    return [(str(line.amount), line.account, line.category, line.transfer) for line in statement.lines]


def parts(statement: Statement) -> list[list[tuple[str, str, str, str]]]:
    return [
        [(str(split.amount), split.category, split.note, split.transfer) for split in line.splits]
        for line in statement.lines
        if line.splits
    ]


def test_the_parts_that_actual_writes_in_rows_are_one_line_again():
    statement = sample("apps/actual_splits.csv")

    assert booked(statement) == [
        ("-42.5", "Girokonto", "", ""),
        ("-200", "Girokonto", "", "Tagesgeld"),
        ("200", "Tagesgeld", "", "Girokonto"),
        # A shop may be called like an account.
        ("-9", "Girokonto", "Books", ""),
    ]
    assert parts(statement) == [[("-30", "Groceries", "Essen", ""), ("-12.5", "Household", "Seife", "")]]
    assert (statement.lines[0].description, skipped(statement)) == ("Supermarkt", [])


def test_the_parts_that_ynab_writes_in_rows_are_one_line_again_where_all_are_there():
    statement = sample("apps/ynab_splits.csv")

    assert booked(statement) == [
        ("-32.50", "Giro", "", ""),
        ("20.00", "Cash", "", "Giro"),
        ("-3.20", "Giro", "Bus", ""),
    ]
    assert parts(statement) == [[("-12.50", "Groceries", "apples", ""), ("-20.00", "", "", "Cash")]]
    assert statement.lines[0].description == "Market hall"


def test_the_rows_of_one_group_in_firefly_are_one_line():
    statement = sample("apps/firefly_full.csv")

    assert booked(statement) == [
        ("-900.00", "Giro", "Housing", ""),
        ("-42.50", "Giro", "", ""),
        ("-200.00", "Giro", "", "Savings"),
        ("-500.00", "Car loan", "", ""),
        ("2100.00", "Giro", "Salary", ""),
    ]
    assert parts(statement) == [[("-30.00", "Groceries", "Food", ""), ("-12.50", "Household", "Soap", "")]]
    assert (statement.lines[1].description, statement.currency) == ("Supermarket", "EUR")


def test_double_entry_becomes_the_lines_of_own_accounts():
    statement = sample("apps/gnucash.csv")

    assert booked(statement) == [
        ("-42.50", "Giro", "", ""),
        ("-1050.00", "Giro", "", "Cash"),
        ("1050.00", "Cash", "", "Giro"),
        ("2100.00", "Giro", "Salary", ""),
        ("-51.00", "Giro", "", ""),
        ("50.00", "Visa", "", "Giro"),
    ]
    assert parts(statement) == [
        [("-30.00", "Groceries", "apples", ""), ("-12.50", "Household", "soap", "")],
        [("-1.00", "Fees", "", ""), ("-50.00", "", "", "Visa")],
    ]
    assert skipped(statement) == [(12, "It moves nothing in an account of your own, only between categories.")]


def test_money_manager_names_the_other_account_where_a_category_would_stand():
    statement = sample("apps/money_manager.tsv")

    assert booked(statement) == [
        ("-1563.00", "HDFC", "Groceries", ""),
        ("50000.00", "HDFC", "Salary", ""),
        ("-2000.00", "HDFC", "", "Cash"),
    ]
    assert (days(statement)[0], statement.currency) == ("2026-03-16", "INR")


def test_halves_of_a_transfer_find_each_other_within_a_few_days():
    statement = sample("apps/monarch.csv")

    assert [line.transfer for line in statement.lines] == ["", "Visa (...1234)", "Checking", ""]


def test_spending_is_positive_in_copilot():
    statement = sample("apps/copilot.csv")

    assert booked(statement) == [
        ("-42.50", "Checking", "Groceries", ""),
        ("2000.00", "Checking", "Paycheck", ""),
        ("-100.00", "Checking", "", "Savings"),
        ("100.00", "Savings", "", "Checking"),
        ("-11.00", "Checking", "Fun", ""),
    ]
    assert statement.lines[-1].status is Status.PENDING
    assert statement.reading.is_inverted


def test_splitwise_is_read_at_its_whole_cost_and_names_the_people():
    statement = sample("apps/splitwise.csv")

    assert amounts(statement) == ["-40.00", "-30.00", "-5.00"]
    assert [(column.place, column.name) for column in statement.reading.people] == [(5, "Asha"), (6, "Ben")]
    assert skipped(statement) == [(7, "A balance or a total, not a transaction.")]


def test_in_splitwise_a_member_may_take_one_persons_column():
    statement = sample("apps/splitwise.csv", columns={"amount": 6})

    assert amounts(statement) == ["-20.00", "15.00", "5.00"]
    assert sum(line.amount for line in statement.lines) == 0


def test_venmo_states_its_balances_in_columns_of_their_own():
    statement = sample("apps/venmo.csv")

    assert booked(statement) == [("12.50", "", "", ""), ("-20.00", "", "", "Bank of Somewhere *1234")]
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("10.00"), Decimal("2.50"))


def test_a_pot_of_monzo_is_the_other_end_of_a_transfer():
    statement = sample("apps/monzo.csv")

    assert [(line.category, line.transfer, line.bank_id) for line in statement.lines] == [
        ("Eating out", "", "tx_01"),
        ("Transfers", "Holidays", "tx_02"),
        ("Income", "", "tx_03"),
    ]


def test_the_account_number_in_n26_is_the_other_partys():
    statement = sample("apps/n26.csv")

    assert [(line.description, line.account) for line in statement.lines] == [
        ("Bakery", ""),
        ("Landlady", ""),
        ("Employer", ""),
    ]
    assert (amounts(statement), statement.currency) == (["-3.2", "-900.0", "2100.0"], "EUR")
    assert remarks(statement) == []


def test_a_line_that_paypal_only_remembers_moves_nothing():
    statement = sample("apps/paypal.csv")

    assert amounts(statement) == ["19.50", "-9.00"]
    assert skipped(statement) == [(3, "Neither in nor out, the file says.")]


def test_toshl_and_spendee_are_read_with_their_wallets():
    assert booked(sample("apps/toshl.csv")) == [
        ("-42.50", "Giro", "Food", ""),
        ("-1050.00", "Giro", "Transfer", "Cash"),
        ("1050.00", "Cash", "Transfer", "Giro"),
    ]
    assert booked(sample("apps/spendee.csv")) == [
        ("-12.50", "Cash", "Food & Drink", ""),
        ("1900.00", "Bank", "Salary", ""),
    ]


def test_a_budget_of_ynab_4_is_read_without_what_was_deleted_or_planned():
    statement = sample("apps/ynab4_budget.yfull")

    assert booked(statement) == [
        ("-30.3", "Giro", "Groceries", ""),
        ("-20", "Giro", "", "Cash"),
        ("-12.5", "Giro", "", ""),
    ]
    assert parts(statement) == [[("-2.5", "Soap", "soap", ""), ("-10", "", "", "Cash")]]
    assert problems(statement) == ["Line 5: “12,3x” is not an amount.", "Line 6: “0026-03-17” is not a date."]
    assert (statement.format, statement.currency) == ("ynab", "EUR")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"transactions": [', "This JSON file is broken"),
        ('{"a": ' * 3000, "This JSON file is broken"),
        ('{"transactions": {}}', "This JSON file is not a budget of YNAB 4"),
        ("{}", "This JSON file is not a budget of YNAB 4"),
    ],
)
def test_other_json_is_refused_in_words(content, sentence):
    with pytest.raises(StatementError) as refusal:
        read(content)

    assert sentence in str(refusal.value)


def test_what_changes_in_an_app_from_export_to_export_is_no_part_of_a_lines_identity():
    header = "Account,Flag,Date,Payee,Category Group/Category,Category Group,Category,Memo,Outflow,Inflow,Cleared\n"
    before = read(f"{header}Giro,,2026-03-01,Tram,,,,to work,3.20,0.00,Uncleared\n")
    after = read(f"{header}Giro,Red,2026-03-01,Tram,Transport: Bus,Transport,Bus,to work,3.20,0.00,Reconciled\n")

    assert before.lines[0].words == after.lines[0].words == "Giro Tram to work"


def test_the_layouts_are_told_apart():
    assert len({app.telling for app in apps.APPS}) == len(apps.APPS)
    for app in apps.APPS:
        found = apps.recognise(app.telling)
        assert found is not None
        assert found.name == app.name


def test_every_app_says_who_its_columns_are_for():
    for app in apps.APPS:
        assert app.texts, app.name
        assert app.amount or app.debit, app.name
        # Folded names only: a header is compared in lower case without punctuation.
        named = (*app.telling, *app.dates, *app.amount, *app.texts, *app.categories, app.mark, app.other)
        assert all(name == name.casefold() and "_" not in name for name in named), app.name


def test_pairing_many_equal_halves_takes_no_longer_than_reading_them():
    header = "Date,Merchant,Category,Account,Original Statement,Notes,Amount,Tags\n"
    rows = "".join(
        f"2026-03-{day % 28 + 1:02},x,Transfer,{'A' if day % 3 else 'B'},,,{'-' if day % 2 else ''}5.00,\n"
        for day in range(20_000)
    )

    statement = read(header + rows)

    assert len(statement.lines) == 20_000
    assert sum(bool(line.transfer) for line in statement.lines) > 10_000


def test_the_days_of_an_app_that_writes_one_order_only_are_never_asked():
    statement = read(
        "Date,Description,Original Description,Amount,Transaction Type,Category,Account Name,Labels,Notes\n"
        '"8/10/2016","Tea","TEA","2.45","debit","Food","Card","",""\n'
    )

    assert (days(statement), statement.ambiguous) == (["2016-08-10"], False)


def test_the_books_of_hledger_are_lines_of_own_accounts():
    statement = sample("apps/hledger.csv")

    assert booked(statement) == [
        ("-5.00", "giro", "transport", ""),
        ("1000.00", "giro", "salary", ""),
        ("200.00", "cash", "", "giro"),
        ("-200.00", "giro", "", "cash"),
        ("-30.00", "card", "", ""),
    ]
    assert parts(statement) == [[("-20.00", "food", "", ""), ("-10.00", "toys", "", "")]]


def test_a_column_without_a_name_is_no_column_that_the_app_has():
    mint = "Date,Description,Original Description,Amount,Transaction Type,Category,Account Name,Labels,Notes"

    statement = read(f",{mint}\nPending,3/15/2026,Tram,TRAM 1,5.00,debit,Transit,Checking,,\n")

    assert booked(statement) == [("-5.00", "Checking", "Transit", "")]
    assert (statement.lines[0].status, statement.reading.place("state")) == (Status.BOOKED, None)
