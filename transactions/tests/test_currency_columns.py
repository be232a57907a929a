"""A column of amounts for each currency, of which a row fills one."""

from transactions.tests.reading import amounts, problems, read

HEADER = '"Account Number","Transaction Date","Description 1","CAD$","USD$"\n'


def test_each_row_has_the_currency_of_the_column_that_it_fills():
    statement = read(HEADER + "01,3/13/2026,SHOP,-23.45,,\n45,3/14/2026,AMAZON,,-10.00,\n01,3/16/2026,ACME,9.00,,\n")

    assert [(str(line.amount), line.currency) for line in statement.lines] == [
        ("-23.45", "CAD"),
        ("-10.00", "USD"),
        ("9.00", "CAD"),
    ]
    assert [line.words for line in statement.lines] == ["01 SHOP", "45 AMAZON", "01 ACME"]


def test_one_used_column_is_read_as_it_stands():
    statement = read(HEADER + "01,3/13/2026,SHOP,-23.45,,\n01,3/16/2026,ACME,9.00,,\n")

    assert [(str(line.amount), line.currency) for line in statement.lines] == [("-23.45", None), ("9.00", None)]


def test_a_payment_that_names_two_currencies_names_no_columns():
    statement = read("2026-03-13,-1.50,Exchange,EUR,USD\n2026-03-14,-2.50,Shop,9.00,\n2026-03-15,-3.50,Shop,,120\n")

    assert [line.words for line in statement.lines] == ["Exchange", "Shop", "Shop"]


def test_an_amount_and_what_it_was_in_another_currency_are_two_columns():
    statement = read("Date,Text,Amount,EUR,USD\n2026-03-13,A,-5.00,-5.00,\n2026-03-14,B,-7.00,,-8.00\n")

    assert amounts(statement) == ["-5.00", "-7.00"]


def test_a_row_that_fills_both_is_a_broken_line_in_a_long_file():
    rows = "".join(
        f"01,3/{1 + number % 28}/2026,S{number},{',-1.00' if number % 2 else '-1.00,'},\n" for number in range(600)
    )

    statement = read(HEADER + rows + "01,3/13/2026,BOTH,-2.00,-3.00,\n")

    assert len(statement.lines) == 600
    assert problems(statement)[0] == "Line 602: “-2.00 -3.00” is not an amount."


def test_of_columns_of_currencies_the_only_one_in_use_says_it():
    rows = "13/03/2026,Carrefour,-12.34,,\n14/03/2026,Salary,2000.00,,\n"

    assert read(f"Date,Details,GEL,USD,EUR\n{rows}").currency == "GEL"
    assert read(f"Date,Details,ALL,,\n{rows}").currency is None
