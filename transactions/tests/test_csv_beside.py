"""What a table says of its account without a column's name: above it, or in columns that nothing names."""

import pytest

from transactions.importers.base import StatementError
from transactions.tests.reading import amounts, problems, read, remarks

BOTH_BALANCES = (
    "123456789\tEUR\t20260313\t1000,00\t976,55\t20260313\t-23,45\tALBERT HEIJN\n"
    "123456789\tEUR\t20260314\t976,55\t2976,55\t20260314\t2000,00\tACME\n"
)


def test_balances_currency_and_account_of_a_table_without_names_are_told():
    statement = read(BOTH_BALANCES)

    assert [(str(line.amount), str(line.balance), line.currency) for line in statement.lines] == [
        ("-23.45", "976.55", "EUR"),
        ("2000.00", "2976.55", "EUR"),
    ]
    assert (statement.account, statement.lines[0].account) == ("123456789", "")
    assert (str(statement.opening_balance), str(statement.closing_balance)) == ("1000.00", "2976.55")
    assert statement.lines[0].also == ("123456789",)


def test_the_balance_before_a_line_is_not_the_one_after_it():
    rows = "13-03-2026,50.00,EUR,-5.00,A\n14-03-2026,45.00,EUR,-7.00,B\n15-03-2026,38.00,EUR,-9.00,C\n"

    assert [line.balance for line in read(rows).lines] == [None, None, None]


def test_a_one_in_every_row_is_no_amount_that_the_numbers_of_the_rows_run_on_by():
    rows = "".join(f"{13 + n}-03-2026,SHOP {n},EUR,{amount},{12345 + n},1\n" for n, amount in enumerate((-5.5, 20, -1)))

    assert amounts(read(rows)) == ["-5.5", "20", "-1"]


@pytest.mark.parametrize("word", ["ALL", "TOP", "eur", "USDT"])
def test_a_word_is_no_currency(word):
    assert read(f"13.03.2026;SHOP;{word};-5,00\n14.03.2026;ACME;{word};7,00\n").currency is None


def test_two_numbers_that_are_the_same_in_every_row_tell_no_account():
    own, other = "NL86ASNB0123456789", "NL02INGB0001234567"

    assert read(f"13-03-2026,{own},{other},A,-5.00\n14-03-2026,{own},{other},B,7.00\n").account is None


def test_an_iban_in_every_row_comes_before_another_number():
    assert read(
        "13-03-2026,8810123,NL86ASNB0123456789,A,-5.00\n14-03-2026,8810123,NL86ASNB0123456789,B,7.00\n"
    ).account == ("NL86ASNB0123456789")


def test_a_single_row_tells_no_account():
    assert read("13-03-2026,NL86ASNB0123456789,A,-5.00\n").account is None


@pytest.mark.parametrize(
    ("above", "account"),
    [
        ("IBAN;DE12 5001 0517 0000 0000 01", "DE12 5001 0517 0000 0000 01"),
        ("Kontonummer:;0234 00103914.40\nIBAN:;CH29 0023 4234 1039 1440 G", "CH29 0023 4234 1039 1440 G"),
        ("Account Number: 1012345678901", "1012345678901"),
        ("No. Rekening : 1234567890", "1234567890"),
        ('Konto:;="CH1209000000123456789"', "CH1209000000123456789"),
        ("Card No:;5123********1234", "5123********1234"),
        ("Kundennummer;1001234567", None),
        ("Account;Current account", None),
        ("Konto;01.03.2026", None),
        ("IBAN;DE12500105170000000001\nIBAN;DE12500105170000000002", None),
    ],
)
def test_the_accounts_number_stands_above_the_table(above, account):
    statement = read(f"{above}\n\nDate;Text;Amount\n13.03.2026;SHOP;-5,00\n14.03.2026;ACME;7,00\n")

    assert (statement.account, statement.lines[0].account) == (account, "")


def test_the_currency_stands_above_the_table_where_nothing_else_names_it():
    table = "Date,Text,Amount\n13/03/2026,SHOP,-5.00\n14/03/2026,ACME,7.00\n"

    assert read(f"Currency:,SGD\n\n{table}").currency == "SGD"
    assert read(f"Currency:,SGD\nCurrency:,USD\n\n{table}").currency is None
    assert read(f"Currency:,SGD\n\n{table.replace('Amount', 'Amount (USD)')}").currency == "USD"


def test_cells_without_names_change_no_word_of_a_line():
    statement = read(BOTH_BALANCES)

    assert [line.words for line in statement.lines] == ["ALBERT HEIJN", "ACME"]
    assert (problems(statement), remarks(statement)) == ([], [])


def test_several_amounts_without_names_are_still_asked_about():
    with pytest.raises(StatementError):
        read("13-03-2026,A,12.00,30.00\n14-03-2026,B,7.00,20.00\n")
