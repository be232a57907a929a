"""Journals of hledger, ledger and beancount. Where an amount is left out, it was worked out by hand."""

import pytest

from transactions.importers import read
from transactions.importers.base import StatementError
from transactions.tests.reading import problems, sample, skipped

HEAD = "2026-11-02 * REWE\n"
FOOD = "    expenses:food  10.00 EUR\n"
GIRO = "    assets:giro\n"


def journal(text: str, name: str = "books.journal"):
    return read(text.encode(), filename=name)


def told(statement) -> list[tuple[str, str, str, str]]:
    """Account, amount, category and other end of each line."""
    return [(line.account, str(line.amount), line.category, line.transfer) for line in statement.lines]


def test_a_journal_of_hledger_becomes_the_lines_of_own_accounts():
    statement = sample("journal/household.journal")

    assert told(statement) == [
        ("giro", "1500.00", "opening/closing balances", ""),
        ("cash", "80.00", "opening/closing balances", ""),
        ("giro", "-50.00", "", ""),
        ("giro", "2100.00", "salary", ""),
        ("cash", "60", "", "giro"),
        ("giro", "-60", "", "cash"),
        ("credit card", "-92.00", "travel", ""),
    ]
    assert [line.date.isoformat() for line in statement.lines][2:4] == ["2026-11-02", "2026-11-03"]
    assert statement.currency == "EUR"
    assert [(str(part.amount), part.category) for part in statement.lines[2].splits] == [
        ("-42.10", "groceries"),
        ("-7.90", "cleaning"),
    ]
    assert statement.lines[2].words == "REWE weekly shopping 4711"
    assert [number for number, _sentence in skipped(statement)] == [39, 33, 36]
    assert problems(statement) == []


def test_a_ledger_of_beancount_is_read_and_shares_are_left_aside():
    statement = sample("journal/ledger.beancount")

    assert told(statement) == [
        ("Giro", "-42.10", "Groceries", ""),
        ("Giro", "2100.00", "Salary", ""),
        ("Giro", "-1016.00", "", ""),
    ]
    assert (statement.lines[0].description, statement.lines[0].also) == ("REWE", ('Weekly "big" shopping',))
    assert skipped(statement) == [(17, "It moves VWCE, which is no currency.")]


@pytest.mark.parametrize(
    ("postings", "amount"),
    [
        (FOOD + GIRO, "-10.00"),
        ("    expenses:food  €10\n" + GIRO, "-10"),
        ("    expenses:food  EUR 1,000.50\n" + GIRO, "-1000.50"),
        ("    expenses:food  1.000,50 EUR\n" + GIRO, "-1000.50"),
        ("    expenses:food\t10 EUR\n" + GIRO, "-10"),
        (FOOD + "    assets:giro  EUR -10.00\n", "-10.00"),
        (FOOD + "    assets:giro  -€10.00  ; paid\n", "-10.00"),
        (FOOD + "    ! assets:giro  -10.00 EUR = 90.00 EUR\n", "-10.00"),
        ("    expenses:food  2 pizza @ 5.00 EUR\n" + GIRO, "-10.00"),
        ("    expenses:food  2 pizza @@ 10.00 EUR\n" + GIRO, "-10.00"),
        ("    expenses:food  12.00 EUR\n    expenses:food  -2.00 EUR\n" + GIRO, "-10.00"),
        (FOOD + "    (budget:food)  -10 EUR\n    [savings:food]  -10\n    [savings:rest]  10\n" + GIRO, "-10.00"),
    ],
)
def test_an_amount_that_is_left_out_is_the_rest_of_the_others(postings, amount):
    statement = journal(HEAD + postings)

    assert [str(line.amount) for line in statement.lines] == [amount]
    assert statement.lines[0].currency == "EUR"
    assert problems(statement) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD + FOOD + "    assets:giro  -9.00 EUR\n", "The postings do not add up to zero: 1.00 is left."),
        (HEAD + FOOD + GIRO + "    assets:cash\n", "More than one posting has no amount."),
        (HEAD + FOOD + "    assets:giro  = 90 EUR\n", "assets:giro has a balance instead of an amount"),
        (HEAD + FOOD + "    expenses:tip  1 USD\n" + GIRO, "assets:giro has no amount, and the others are in several"),
        (HEAD + "    expenses:food  (2 * 5 EUR)\n" + GIRO, "is not an amount."),
        ("2026-02-30 x\n" + FOOD + GIRO, "“2026-02-30” is not a date."),
        ("11-02 x\n" + FOOD + GIRO, "“11-02” has no year."),
        ("2026-11-02 nothing\n\n" + HEAD + FOOD + GIRO, "The transaction has no postings."),
        ("include other.journal\n" + HEAD + FOOD + GIRO, "This names another file, which is not read."),
        ("alias a=b\n" + HEAD + FOOD + GIRO, "This changes names of accounts further down, which is not done."),
        ("whatever\n" + HEAD + FOOD + GIRO, "This is nothing that a journal is known to have."),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text, problem):
    (found,) = problems(journal(text))

    assert found.startswith("Line 1: ")
    assert problem in found


def test_a_year_and_a_decimal_mark_of_the_file_hold_for_what_follows():
    statement = journal("Y 2025\ndecimal-mark ,\n11/02 REWE\n    expenses:food  1.234 EUR\n" + GIRO)

    assert [(line.date.isoformat(), str(line.amount)) for line in statement.lines] == [("2025-11-02", "-1234")]


def test_a_virtual_posting_is_left_aside_and_said():
    statement = journal(
        HEAD
        + FOOD
        + "    (budget:food)  -10 EUR\n"
        + GIRO
        + "\n2026-11-03 aside\n    [assets:a]  5\n    [assets:b]  -5\n"
    )

    assert [str(line.amount) for line in statement.lines] == ["-10.00"]
    assert skipped(statement) == [
        (3, "A virtual posting, which moves no money."),
        (7, "A virtual posting, which moves no money."),
        (8, "A virtual posting, which moves no money."),
    ]
    assert problems(statement) == []


def test_opening_balances_in_several_currencies_may_leave_the_amount_of_their_category_out():
    statement = journal(HEAD + "    assets:cash  10 USD\n    assets:giro  5 EUR\n    equity:opening\n")

    assert [(line.account, str(line.amount), line.currency) for line in statement.lines] == [
        ("cash", "10", "USD"),
        ("giro", "5", "EUR"),
    ]


@pytest.mark.parametrize(
    "share",
    [
        '3 "Fund 21" @ 10 EUR',
        "3 FUND {2026-01-02} @ 10 EUR",
        '3 FUND {"first lot", 2026-01-02} @ 10 EUR',
        "3 FUND {2026-01-02, 10 EUR}",
        "3 FUND {=10 EUR}",
    ],
)
def test_what_shares_came_to_is_told_beside_their_lots_and_names(share):
    statement = journal(HEAD + f"    assets:broker  {share}\n" + GIRO)

    assert told(statement) == [("giro", "-30", "", "")]
    assert problems(statement) == []


def test_a_posting_of_ledger_that_waits_is_one_of_its_account():
    statement = journal("apply tag trip\n\n" + HEAD + "    <assets:savings>  10 EUR\n" + GIRO + "end apply tag\n")

    assert told(statement) == [("savings", "10", "", "giro"), ("giro", "-10", "", "savings")]
    assert problems(statement) == []


@pytest.mark.parametrize(
    "root",
    [
        "revenue",
        "Intäkter",
        "Inntekter",
        "Indtægter",
        "Tulot",
        "Gelirler",
        "Venituri",
        "Bevételek",
        "Έσοδα",
        "Доходи",
        "비용",
    ],
)
def test_categories_have_names_in_many_languages(root):
    statement = journal(HEAD + f"    {root}:work  -10 EUR\n" + GIRO)

    assert told(statement) == [("giro", "10", "work", "")]


def test_payments_of_two_currencies_are_said():
    statement = journal(HEAD + FOOD + GIRO + "\n2026-11-03 Hotel\n    expenses:travel  5 USD\n" + GIRO)

    assert [line.currency for line in statement.lines] == ["EUR", "USD"]
    assert any("EUR, USD" in each for each in problems(statement))


def test_a_journal_is_told_by_what_it_holds():
    content = "; Books\n\n2026-11-02 REWE\n    Expenses:Food  10.00 EUR\n    Assets:Giro\n"

    assert journal(content, "download.txt").format == "journal"
    assert journal(content, "download.csv").format == "journal"


def test_a_table_with_indented_lines_is_no_journal():
    with pytest.raises(StatementError, match="No line of this file has both a date and an amount"):
        read(b"2026-11-02 Shop\n   card: 4711\n", filename="bank.csv")


def test_a_payee_may_be_called_as_a_directive_of_beancount():
    statement = journal("2026-11-01 open Assets:Giro\n  key: 1\n\n2026-11-02 note to self\n" + FOOD + GIRO)

    assert [(line.description, str(line.amount)) for line in statement.lines] == [("note to self", "-10.00")]
    assert problems(statement) == []


def test_a_line_is_the_same_in_a_longer_journal_with_other_categories():
    short, long = (
        journal(HEAD + FOOD + GIRO),
        journal(
            "2026-11-01 Bus\n    expenses:travel  2 EUR\n    assets:giro\n\n"
            + HEAD
            + FOOD.replace("food", "fun")
            + GIRO
        ),
    )

    assert short.lines[0].words == long.lines[1].words
    assert short.lines[0].amount == long.lines[1].amount


def test_a_journal_without_transactions_is_refused_in_words():
    with pytest.raises(StatementError, match="This journal has no transactions"):
        journal("; nothing yet\naccount assets:giro\n")
