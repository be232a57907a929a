"""The history of all balances that Wise offers: fees beside the amounts, and two sides of each row."""

from transactions.tests.reading import FILES, days, problems, read, sample, skipped
from transactions.tests.test_apps import booked


def test_the_side_that_is_ones_own_says_how_much_and_in_which_currency():
    statement = sample("apps/wise_history.csv")

    assert [(line.description, str(line.amount), line.currency) for line in statement.lines] == [
        ("Market", "-12.50", "EUR"),
        ("Employer", "1000.00", "EUR"),
        # A fee comes off what went out, never off what came in.
        ("Bob", "-10.50", "EUR"),
    ]
    assert days(statement) == ["2026-03-16", "2026-03-14", "2026-03-13"]
    assert statement.lines[0].bank_id == "CARD_TRANSACTION-1001"


def test_money_that_came_back_without_a_line_never_went():
    statement = sample("apps/wise_history.csv")

    assert skipped(statement) == [
        (5, "Cancelled or declined: no money moved."),
        (6, "Cancelled or declined: no money moved."),
    ]


def test_a_refund_that_may_have_no_payment_is_no_guess():
    assert problems(sample("apps/wise_history.csv")) == [
        "Line 7: “REFUNDED” does not say whether the money came in or went out."
    ]


def test_money_between_two_balances_is_a_transfer():
    content = (FILES / "apps/wise_history.csv").read_text().replace("COMPLETED,OUT", "COMPLETED,NEUTRAL")

    assert booked(read(content))[2] == ("-10.50", "EUR", "", "USD")


def test_what_came_in_is_in_the_currency_of_its_balance():
    content = (FILES / "apps/wise_history.csv").read_text().replace("Alice,1000.00,EUR", "Alice,1100.00,USD")

    line = read(content).lines[1]

    assert (str(line.amount), line.currency, line.account) == ("1100.00", "USD", "USD")
