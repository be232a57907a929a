from decimal import Decimal

import pytest

from transactions.tests.reading import amounts, problems, read, remarks, sample, skipped


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("-74.5", "-74.5"),
        ("1,25,000.50", "125000.50"),
        ("1'234.50", "1234.50"),
        ("($18.40)", "-18.40"),
        ("Fr.84.10", "84.10"),
        ('="-12.50"', "-12.50"),
    ],
)
def test_an_amount_keeps_its_size_and_sign(cell, amount):
    quoted = cell.replace('"', '""')
    assert amounts(read(f'Date,Payee,Amount\n2026-03-01,X,"{quoted}"\n')) == [amount]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("2.480,75", "2480.75"),
        ("1\u00a0234,56", "1234.56"),
        ("\u221212,50", "-12.50"),
        ("12,50-", "-12.50"),
        ("1 299,00 zł", "1299.00"),
    ],
)
def test_a_european_amount_keeps_its_size_and_sign(cell, amount):
    assert amounts(read(f"Datum;Text;Betrag\n01.03.2026;X;{cell}\n")) == [amount]


def test_an_unknown_currency_text_is_a_broken_line_and_never_zero():
    statement = read("Date,Payee,Amount\n2026-03-01,X,12 doubloons\n2026-03-02,Y,-1.00\n")

    assert amounts(statement) == ["-1.00"]
    assert problems(statement) == ["Line 2: “12 doubloons” is not an amount."]


def test_small_amounts_add_up_exactly():
    statement = read("Date,Payee,Amount\n" + "2026-03-01,X,0.10\n" * 3)

    assert statement.credits == Decimal("0.30")


def test_thousands_that_nothing_proves_are_said_aloud():
    statement = read("Date;Payee;Amount\n2026-03-01;X;-1.234\n")

    assert amounts(statement) == ["-1234"]
    assert problems(statement) == ["Nothing in the file tells thousands from decimals: “-1.234” was read as 1234."]


def test_balances_settle_what_the_amounts_leave_open():
    statement = read("Date;Payee;Amount;Balance\n2026-03-01;X;-1.234;5.000,50\n2026-03-02;Y;-2.000;3.000,50\n")

    assert amounts(statement) == ["-1234", "-2000"]
    assert not statement.problems


def test_the_unused_of_two_columns_may_be_zero():
    statement = read("Date,Out,In\n2026-03-03,0.00,250.00\n2026-03-04,19.99,0.00\n")

    assert amounts(statement) == ["250.00", "-19.99"]


def test_the_unused_of_two_columns_may_be_empty_or_a_dash():
    statement = read("Date,Credit,Debit\n2026-03-05,40.00,\n2026-03-06,-,7.00\n")

    assert amounts(statement) == ["40.00", "-7.00"]


def test_both_columns_filled_is_a_broken_line():
    statement = read("Date,Credit,Debit\n2026-03-05,40.00,3.00\n2026-03-06,,7.00\n")

    assert amounts(statement) == ["-7.00"]
    assert problems(statement) == ["Line 2: Both columns are filled: 3.00 out and 40.00 in."]


def test_a_debit_column_may_carry_its_own_minus():
    assert amounts(read("Date,Debit,Credit\n2026-03-01,-5.00,\n2026-03-02,,9.00\n")) == ["-5.00", "9.00"]


def test_a_reversed_debit_comes_back():
    assert amounts(read("Date,Debit,Credit\n2026-03-01,5.00,\n2026-03-02,-5.00,\n")) == ["-5.00", "5.00"]


def test_the_column_beside_a_known_debit_is_found_by_where_it_is_filled():
    statement = read("Date,Details,Withdrawals,Quux,Balance\n2026-03-01,A,5.00,,95\n2026-03-02,B,,7.50,102.50\n")

    assert amounts(statement) == ["-5.00", "7.50"]


def test_a_direction_column_gives_the_sign():
    statement = sample("direction_column.csv")

    assert amounts(statement) == ["-3.20", "-3.20", "1.00"]
    assert (statement.date_order, statement.currency) == ("ymd", "EUR")


def test_signs_win_over_a_direction_column_that_agrees_with_them():
    statement = read(
        "Date,Payee,Amount,Type\n2026-03-01,A,-5.00,debit\n2026-03-02,B,9.00,credit\n2026-03-03,C,-1.00,credit\n"
    )

    assert amounts(statement) == ["-5.00", "9.00", "-1.00"]


def test_an_unknown_direction_is_a_broken_line():
    statement = read("Date,Payee,Amount,Dr/Cr\n2026-03-01,A,5.00,Dr\n2026-03-02,B,9.00,Cr\n2026-03-03,C,1.00,Xy\n")

    assert amounts(statement) == ["-5.00", "9.00"]
    assert problems(statement) == ["Line 4: “Xy” does not say whether the money came in or went out."]


def test_dr_and_cr_behind_the_amounts_give_the_sign():
    assert amounts(read('Date,Payee,Amount\n2026-03-01,A,"1,200.00 Dr"\n2026-03-02,B,9.00 Cr\n')) == [
        "-1200.00",
        "9.00",
    ]


def test_where_only_credits_are_marked_the_rest_went_out():
    statement = sample("charges_marked_by_credits.csv")

    assert amounts(statement) == ["-480.00", "80.00"]
    assert statement.currency == "INR"
    assert skipped(statement) == [(5, "Not a transaction.")]


def test_a_direction_that_is_empty_throughout_is_said_aloud():
    statement = read("Date,Payee,Amount,BillingAmountSign\n2026-03-01,A,5.00,\n")

    assert amounts(statement) == ["-5.00"]
    assert remarks(statement) == [
        "The column “BillingAmountSign” is empty in every line: all were read as money going out."
    ]


def test_a_file_in_which_nothing_goes_out_says_so():
    statement = read("Date,Payee,Amount\n2026-03-01,A,5.00\n2026-03-02,B,6.00\n")

    assert remarks(statement) == [
        "Nothing in the file says that money went out: every line was read as money coming in."
    ]


def test_a_cards_own_books_are_turned_round_where_repayments_prove_it():
    statement = read(
        "Credit card statement,XXXX\n\nDate,Payee,Amount\n2026-03-01,BOOKS,5.00\n2026-03-02,PAYMENT RECEIVED,-90.00\n"
    )

    assert amounts(statement) == ["-5.00", "90.00"]
    assert "positive in this file" in remarks(statement)[0]


def test_fees_beside_the_amount_come_off_it_where_the_balance_proves_it():
    statement = read(
        "Date,Description,Amount,Fee,Balance\n2026-03-01,A,-10.00,0.00,90.00\n2026-03-02,B,-10.00,0.50,79.50\n"
    )

    assert amounts(statement) == ["-10.00", "-10.50"]


def test_fees_that_nothing_places_are_said_to_be_left_out():
    statement = read("Date,Description,Amount,Fee\n2026-03-01,A,-10.00,0.50\n2026-03-02,B,4.00,0.00\n")

    assert amounts(statement) == ["-10.00", "4.00"]
    assert problems(statement) == ["Fees stand in a column of their own and are not part of the amounts (0.50 in all)."]


@pytest.mark.parametrize("currency", ["", "SEK"])
def test_below_a_name_of_a_language_with_a_decimal_comma_three_digits_behind_one_are_decimals(currency):
    header = "Bokföringsdatum;Text;Belopp;Valuta\n"

    statement = read(header + f"2026-03-13;ICA;-23,450;{currency}\n2026-03-14;KIOSK;-2,000;{currency}\n")

    assert (amounts(statement), problems(statement)) == (["-23.450", "-2.000"], [])


def test_there_a_point_is_still_a_guess_that_is_said():
    statement = read("Datum;Text;Betrag\n2026-03-13;MIETE;-1.234\n")

    assert amounts(statement) == ["-1234"]
    assert problems(statement) == ["Nothing in the file tells thousands from decimals: “-1.234” was read as 1234."]


def test_balances_of_another_mark_are_surer_than_the_language_of_a_name():
    statement = read("Datum;Text;Betrag;Saldo\n2026-03-13;MIETE;-1,234;5000.50\n2026-03-14;X;-1,000;4000.50\n")

    assert amounts(statement) == ["-1234", "-1000"]


def test_vietnamese_thousands_are_no_guess():
    statement = read('Ngày giao dịch,Số tiền ghi nợ,Số tiền ghi có,Mô tả\n13/03/2026,"23,450",,THANH TOAN\n')

    assert (amounts(statement), problems(statement)) == (["-23450"], [])


def test_where_a_plus_is_the_only_sign_what_has_none_went_out():
    rows = "2026-03-13,GROCER,23.45\n2026-03-14,REFUND,+4.00\n2026-03-15,CAFE,3.00\n"

    statement = read("Date,Payee,Amount\n" + rows)

    assert amounts(statement) == ["-23.45", "4.00", "-3.00"]
    assert remarks(statement) == [
        "Only money that came in has a sign, a plus; amounts without one were read as money going out."
    ]


def test_a_plus_beside_a_minus_or_before_every_amount_is_a_plus():
    assert amounts(read("Date,Payee,Amount\n2026-03-13,A,23.45\n2026-03-14,B,+4.00\n2026-03-15,C,-3.00\n")) == [
        "23.45",
        "4.00",
        "-3.00",
    ]
    assert amounts(read("Date,Payee,Amount\n2026-03-13,A,+23.45\n2026-03-14,B,+4.00\n")) == ["23.45", "4.00"]


@pytest.mark.parametrize(
    ("out", "into"), [("DR 5.00", "CR 7.00"), ("Dr. 5.00", "Cr. 7.00"), ("5.00 (Dr)", "7.00 (CR)")]
)
def test_words_for_the_side_stand_before_an_amount_or_in_brackets_as_well(out, into):
    assert amounts(read(f"Date,Payee,Amount\n2026-03-13,A,{out}\n2026-03-14,B,{into}\n")) == ["-5.00", "7.00"]


def test_such_a_text_elsewhere_is_still_one_of_the_lines_words():
    assert read("2026-03-13,CR 7,-5.00\n2026-03-14,CR 8,7.00\n").lines[0].words == "CR 7"
