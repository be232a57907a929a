"""Exports of apps that say in their own way which way money went, and what is a part of what."""

from transactions.tests.reading import amounts, days, problems, read, sample, skipped
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


WISE = (
    'ID,Status,Direction,"Created on","Finished on","Source fee amount","Source fee currency","Target fee amount",'
    '"Target fee currency","Source name","Source amount (after fees)","Source currency","Target name",'
    '"Target amount (after fees)","Target currency","Exchange rate",Reference,Batch\n'
)


def test_a_payment_of_wise_takes_its_fee_along_and_what_comes_in_pays_none():
    statement = read(
        WISE
        + "T-1,COMPLETED,OUT,2026-03-17 08:00,2026-03-18 08:00,0.60,EUR,,,Jane,50.00,EUR,Bob,42.50,GBP,0.85,Rent,\n"
        "T-2,COMPLETED,IN,2026-03-19 08:00,2026-03-19 08:00,1.00,USD,,,Acme,99.00,USD,Jane,90.00,EUR,0.91,Pay,\n"
    )

    assert [(str(line.amount), line.currency, line.description, line.also) for line in statement.lines] == [
        ("-50.60", "EUR", "Bob", ("Rent",)),
        ("90.00", "EUR", "Acme", ("Pay",)),
    ]
    assert (days(statement), problems(statement)) == (["2026-03-17", "2026-03-19"], [])


def test_what_wise_calls_neutral_or_cancelled_moved_nothing():
    statement = read(
        WISE + "B-1,COMPLETED,NEUTRAL,2026-03-15 08:00:00,,0.51,EUR,,,Jane,99.49,EUR,Jane,108.00,USD,1.08,,\n"
        "T-2,CANCELLED,OUT,2026-03-16 08:00:00,,1.00,EUR,,,Jane,50.00,EUR,Bob,50.00,EUR,1.0,,\n"
    )

    assert amounts(statement) == []
    assert [reason for _line, reason in skipped(statement)] == [
        "Neither in nor out, the file says.",
        "Cancelled or declined: no money moved.",
    ]
