"""Exports of apps that say in their own way which way money went, and what is a part of what."""

from transactions.tests.reading import days, problems, sample, skipped
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
