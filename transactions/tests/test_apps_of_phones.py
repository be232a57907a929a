"""Exports of apps that say in their own way which way money went, and what is a part of what."""

from decimal import Decimal

import pytest

from transactions.tests.reading import FILES, days, problems, read, remarks, sample, skipped
from transactions.tests.test_apps import booked, parts


def test_the_parts_below_a_payment_of_my_expenses_are_not_paid_twice():
    statement = sample("apps/my_expenses.csv")

    assert booked(statement) == [
        ("-12.50", "", "Food > Groceries", ""),
        ("100.00", "", "Salary", ""),
        ("-20.00", "", "", "Cash"),
        ("-10.00", "", "", ""),
    ]
    assert parts(statement) == [[("-7.00", "Food", "bread", ""), ("-3.00", "House", "soap", "")]]
    assert statement.lines[-1].description == "Market"
    assert (problems(statement), skipped(statement)) == ([], [])


def test_spending_is_positive_in_rocket_money():
    statement = sample("apps/rocket_money.csv")

    assert booked(statement) == [
        ("-12.50", "Checking", "Groceries", ""),
        ("100.00", "Checking", "Income", ""),
        ("-40.00", "Checking", "Credit Card Payment", "Visa"),
        ("40.00", "Visa", "Credit Card Payment", "Checking"),
    ]
    assert [line.description for line in statement.lines] == ["Grocer", "Pay", "Card", "Thanks"]


def test_the_column_that_names_the_account_says_which_way_money_went_in_andromoney():
    statement = sample("apps/andromoney.csv")

    assert booked(statement) == [
        ("-12.5", "Cash", "Groceries", ""),
        ("100", "Bank", "Salary", ""),
        ("-20", "Bank", "General Transfer", "Cash"),
    ]
    assert [line.description for line in statement.lines] == ["Grocer", "Employer", "to the purse"]
    assert days(statement) == ["2026-03-15", "2026-03-14", "2026-03-13"]


def test_a_transfer_of_ivy_wallet_has_its_amount_in_a_column_of_its_own():
    statement = read(
        "Date,Title,Category,Account,Amount,Currency,Type,Transfer Amount,Transfer Currency,To Account,Receive Amount,"
        "Receive Currency,Description,Due Date,ID\n"
        "2026-03-13T10:11:12.123,Grocer,Groceries,Cash,-23.45,EUR,EXPENSE,,,,,,,,u-1\n"
        "2026-03-14T08:00:00.000,Pay,Income,Bank,2000.0,EUR,INCOME,,,,,,,,u-2\n"
        "2026-03-15T08:00:00.000,,,Bank,,EUR,TRANSFER,100.0,EUR,Cash,100.0,EUR,,,u-3\n"
    )

    assert booked(statement) == [
        ("-23.45", "Cash", "Groceries", ""),
        ("2000.0", "Bank", "Income", ""),
        ("-100.0", "Bank", "", "Cash"),
    ]
    assert (problems(statement), skipped(statement)) == ([], [])


def test_a_transfer_of_zenmoney_is_a_line_with_two_ends():
    statement = sample("apps/zenmoney.csv")

    assert booked(statement) == [
        ("-12.50", "Card", "Food / Groceries", ""),
        ("1000.00", "Bank", "Salary", ""),
        ("-200.00", "Bank", "", "Cash"),
        ("7.00", "Cash", "Gifts", ""),
    ]
    assert problems(statement) == []


def test_money_that_came_in_is_in_the_currency_of_its_own_side():
    content = (
        (FILES / "apps/zenmoney.csv").read_text().replace("200,00;EUR;Cash;200,00;EUR", "200,00;EUR;Cash;220,00;USD")
    )

    statement = read(content.replace("7,00;EUR", "7,00;USD"))

    assert [(str(line.amount), line.currency) for line in statement.lines[2:]] == [("-200.00", "EUR"), ("7.00", "USD")]
    assert problems(statement) == ["The file holds amounts in several currencies (EUR, USD)."]


@pytest.mark.parametrize("name", ["one_money", "coinkeeper", "money_pro"])
def test_one_row_of_a_transfer_names_both_accounts(name):
    statement = sample(f"apps/{name}.csv")

    assert [(Decimal(amount), *rest) for amount, *rest in booked(statement)] == [
        (Decimal("-12.50"), "Cash", "Groceries", ""),
        (Decimal(1000), "Bank", "Salary", ""),
        (Decimal(-200), "Bank", "", "Cash"),
    ]
    assert days(statement) == ["2026-03-15", "2026-03-14", "2026-03-13"]
    assert problems(statement) == []


@pytest.mark.parametrize(
    "name",
    ["bluecoins", "cashew", "money_lover", "money_wiz", "monefy", "money_manager_ex", "tiller", "simplifi", "empower"],
)
def test_the_two_rows_of_a_transfer_are_told_of_each_other(name):
    statement = sample(f"apps/{name}.csv")

    moved = [line for line in statement.lines if line.transfer]
    assert sorted((line.amount, line.account, line.transfer) for line in moved) == [
        (Decimal(-200), "Bank", "Cash"),
        (Decimal(200), "Cash", "Bank"),
    ]
    rest = [line for line in statement.lines if not line.transfer]
    assert {(line.amount, line.account) for line in rest} >= {(Decimal("-12.50"), "Cash"), (Decimal(1000), "Bank")}
    assert {"Food > Groceries", "Groceries"} & {line.category for line in rest}


@pytest.mark.parametrize(("name", "category"), [("every_dollar", "Paycheck"), ("buxfer", "Salary")])
def test_what_an_app_calls_an_item_or_a_tag_is_a_category(name, category):
    statement = sample(f"apps/{name}.csv")

    assert [(str(line.amount), line.category) for line in statement.lines] == [
        ("-12.50", "Groceries"),
        ("1000.00", category),
    ]


def test_a_balance_that_was_only_counted_anew_is_no_transfer():
    line = sample("apps/cashew.csv").lines[-1]

    assert (str(line.amount), line.transfer, line.category) == ("-3", "", "Balance Correction")


def test_an_envelope_that_is_filled_moves_no_money():
    statement = sample("apps/goodbudget.csv")

    assert [str(line.amount) for line in statement.lines] == ["-12.50", "-30.00", "1000.00"]
    assert skipped(statement) == [(5, "Neither in nor out, the file says.")]
    assert parts(statement) == [[("-10.00", "Groceries", "", ""), ("-20.00", "Household", "", "")]]


def test_parts_in_one_cell_that_do_not_add_up_are_none():
    content = (FILES / "apps/goodbudget.csv").read_text().replace("Household|-20.00", "Household|-2.00")

    assert parts(read(content)) == []


def test_an_account_in_the_place_of_a_category_is_the_other_end_in_quicken():
    statement = sample("apps/quicken.csv")

    assert booked(statement) == [
        ("-12.50", "Checking", "Food:Groceries", ""),
        ("1000.00", "Checking", "Salary", ""),
        ("-200.00", "Checking", "", "Savings"),
        ("200.00", "Savings", "", "Checking"),
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bluecoins", "Market Food Cash"),
        ("cashew", "Cash Market null 0xff cart.png"),
        ("money_lover", "Market Cash FALSE"),
        ("money_wiz", "Bank Pay Employer 10:11"),
        ("goodbudget", "My Account Market apples"),
        ("quicken", "Market Checking apples"),
        ("monefy", "Cash Market"),
        ("money_manager_ex", "Cash Market"),
        ("tiller", "Market Cash xxxx1234 Bank One 64f1 MARKET 123"),
        ("simplifi", "Cash Market"),
        ("empower", "Cash Market"),
        ("every_dollar", "Groceries Food Market"),
        ("buxfer", "Market Groceries Cash apples"),
        ("zenmoney", "Food / Groceries Market apples Card Card"),
        ("one_money", "Cash Groceries Market"),
        ("coinkeeper", "Cash Groceries Market"),
    ],
)
def test_lines_stay_known_by_the_words_that_they_had_before_the_app_was_known(name, words):
    assert sample(f"apps/{name}.csv").lines[0].words == words


def test_signs_that_are_turned_are_said_in_an_apps_file_too():
    content = (FILES / "apps/quicken.csv").read_text().replace("-", "").replace("Checking", "Visa credit card")

    statement = read(content.replace('"1,000.00"', '"-1,000.00"').replace("Employer", "Payment, thank you"))

    assert (str(statement.lines[0].amount), statement.reading.is_inverted) == ("-12.50", True)
    assert "The card's charges are positive in this file; they were read as money going out." in remarks(statement)
