from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from transactions import importers
from transactions.importers import Statement, StatementError
from transactions.importers.base import Status

FILES = Path(__file__).parent / "statements"


def sample(name: str, **choices: str) -> Statement:
    return importers.read((FILES / name).read_bytes(), filename=name, **choices)


def read(text: str | bytes, **choices: str) -> Statement:
    content = text if isinstance(text, bytes) else text.encode()
    return importers.read(content, filename="bank.csv", **choices)


def amounts(statement: Statement) -> list[str]:
    return [str(line.amount) for line in statement.lines]


def days(statement: Statement) -> list[str]:
    return [line.date.isoformat() for line in statement.lines]


def skipped(statement: Statement) -> list[tuple[int | None, str]]:
    return [(remark.line, str(remark.sentence)) for remark in statement.skipped]


def problems(statement: Statement) -> list[str]:
    return [str(problem) for problem in statement.problems]


def remarks(statement: Statement) -> list[str]:
    return [str(remark) for remark in statement.remarks]


# Encodings and delimiters.


def test_a_byte_order_mark_does_not_hide_the_first_column():
    statement = read(b"\xef\xbb\xbfDate,Amount\n2026-03-01,-5.00\n")

    assert (days(statement), amounts(statement), statement.encoding) == (["2026-03-01"], ["-5.00"], "utf-8-sig")


def test_utf_16_is_read():
    statement = read("Date,Amount\n2026-03-01,-5.00\n".encode("utf-16"))

    assert (amounts(statement), statement.encoding) == (["-5.00"], "utf-16-le")


def test_western_and_central_european_bytes_are_told_apart():
    western = read("Datum;Text;Betrag\n01.03.2026;Café Müller;-4,20\n".encode("cp1252"))
    central = read("Datum;Popis;Částka\n01.03.2026;Příjem;4,20\n".encode("cp1250"))

    assert western.lines[0].description == "Café Müller"
    assert (central.lines[0].description, central.encoding) == ("Příjem", "windows-1250")


def test_a_semicolon_file_is_not_cut_at_its_commas():
    statement = read('02.03.2026;"Bakery; corner";-3,10\n')

    assert (statement.delimiter, amounts(statement)) == (";", ["-3.10"])
    assert statement.lines[0].description == "Bakery; corner"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(delimiter):
    statement = read(
        delimiter.join(["Date", "Payee", "Amount"]) + "\n" + delimiter.join(["2026-03-01", "Tram", "-3.20"])
    )

    assert (statement.delimiter, amounts(statement)) == (delimiter, ["-3.20"])


def test_a_spreadsheets_own_hint_at_the_delimiter_is_followed():
    statement = read("sep=;\nDate;Payee;Amount\n2026-03-01;Tram, bus;-3.20\n")

    assert statement.delimiter == ";"
    assert statement.lines[0].number == 3


# Numbers.


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


# In and out.


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


# Days.


def test_day_and_month_are_decided_once_for_the_file():
    statement = read("Date,Payee,Amount\n05/04/2026,A,-1\n25/04/2026,B,-1\n", hint_order="mdy")

    assert (days(statement), statement.date_order, statement.ambiguous) == (["2026-04-05", "2026-04-25"], "dmy", False)


@pytest.mark.parametrize(("hint", "day"), [("dmy", "2026-04-05"), ("mdy", "2026-05-04")])
def test_the_readers_habit_decides_where_the_file_leaves_it_open(hint, day):
    statement = read("Date,Payee,Amount\n05/04/2026,A,-1\n06/04/2026,B,-1\n", hint_order=hint)

    assert (days(statement)[0], statement.date_order, statement.ambiguous) == (day, hint, True)


def test_the_members_choice_overrules_and_ends_the_doubt():
    statement = read("Date,Payee,Amount\n05/04/2026,A,-1\n06/04/2026,B,-1\n", date_order="mdy")

    assert (days(statement)[0], statement.date_order, statement.ambiguous) == ("2026-05-04", "mdy", False)


def test_a_second_column_of_days_can_settle_the_first():
    statement = read("Booking date,Value date,Amount\n05/04/2026,25/04/2026,-1\n", hint_order="mdy")

    assert (days(statement), statement.ambiguous) == (["2026-04-05"], False)


def test_the_habit_is_doubted_aloud_when_the_days_run_only_the_other_way():
    statement = read("Date,Amount\n01/02/2026,-1\n03/02/2026,-1\n02/03/2026,-1\n", hint_order="mdy")

    assert statement.ambiguous
    assert "Read this way the days run in no order; the other way they would." in remarks(statement)


def test_short_years_and_absurd_years():
    statement = read("Datum;Text;Betrag\n31.12.68;A;-1,00\n01.01.26;B;-1,00\n01.01.0026;C;-1,00\n")

    assert days(statement) == ["1968-12-31", "2026-01-01"]
    assert problems(statement) == ["Line 4: “01.01.0026” is not a date."]


def test_a_zone_never_moves_the_day():
    statement = sample("no_header_zoned_dates.csv")

    assert days(statement) == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert amounts(statement) == ["-18.40", "1950.00", "-60.00"]
    assert statement.lines[0].description == "CITY GARAGE   0042"


def test_month_names_of_any_language_are_read():
    assert days(sample("month_names.csv")) == ["2025-12-31", "2026-01-01", "2026-02-15"]


# The shape of files.


def test_lines_before_the_header_and_after_the_table_are_no_transactions():
    statement = sample("preamble_and_footer.csv")

    assert amounts(statement) == ["-500.00", "560.00"]
    assert [line.number for line in statement.lines] == [5, 6]
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("20.00"), Decimal("80.00"))
    assert skipped(statement) == [(7, "The line is empty."), (9, "A balance or a total, not a transaction.")]


def test_empty_lines_between_account_and_header_are_passed():
    statement = read("Konto;DE00\n\n\nDatum;Text;Betrag\n01.03.2026;X;-1,00\n")

    assert (amounts(statement), statement.lines[0].number) == (["-1.00"], 5)


def test_rows_of_bare_commas_are_skipped_and_counted():
    statement = read("Date,Payee,Memo,Amount\n2026-03-01,A,,-1\n,,,\n,,,\n2026-03-02,B,,-2\n")

    assert amounts(statement) == ["-1", "-2"]
    assert skipped(statement) == [(3, "The line is empty."), (4, "The line is empty.")]


def test_padded_cells_and_an_empty_first_line():
    statement = sample("padded_debit_credit.txt")

    assert amounts(statement) == ["-310.50", "52000.00", "-1200.00"]
    assert days(statement)[0] == "2026-04-13"
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("5000.00"), Decimal("55489.50"))


def test_a_booked_day_makes_a_pending_line_count():
    statement = sample("german_pending.csv")

    assert amounts(statement) == ["-58.20", "0.00", "2480.75"]
    assert [line.status for line in statement.lines] == [Status.PENDING, Status.BOOKED, Status.BOOKED]
    assert [line.description for line in statement.lines] == ["Stadtwerke Müllheim", "ABSCHLUSS", "Arbeit GmbH"]
    assert statement.lines[0].also == ("LASTSCHRIFT", "Strom März")
    assert skipped(statement) == [(3, "The amount is zero.")]
    assert (statement.encoding, statement.currency, statement.account) == ("iso-8859-1", "EUR", "999")


def test_without_a_booked_day_a_pending_line_is_left_aside():
    statement = sample("pending_without_booking.csv")

    assert [(day, amount) for day, amount in zip(days(statement), amounts(statement), strict=True)] == [
        ("2026-03-02", "-9.00"),
        ("2026-03-04", "0.00"),
    ]
    assert skipped(statement) == [
        (3, "Pending: the bank has not booked it yet."),
        (4, "Cancelled or declined: no money moved."),
        (5, "The amount is zero."),
    ]


def test_the_word_pending_in_the_days_place():
    statement = read("Date,Payee,Amount\nPending,Hotel,-80.00\n2026-03-01,Tram,-3.20\n")

    assert amounts(statement) == ["-3.20"]
    assert skipped(statement) == [(2, "Pending: the bank has not booked it yet.")]


def test_odd_line_ends_and_a_missing_quote_cost_nothing():
    statement = sample("dutch_line_ends.csv")

    assert amounts(statement) == ["-12.50", "20.00"]
    assert [line.number for line in statement.lines] == [2, 3]
    assert [line.bank_id for line in statement.lines] == ["1", "2"]
    assert statement.lines[1].raw.startswith('NL01TEST0000000001","EUR"')
    assert not statement.problems


def test_the_fee_of_a_transfer_is_not_taken_twice():
    statement = sample("fee_in_its_own_row.csv")

    assert amounts(statement) == ["-100.00", "-0.90", "150.00"]
    assert [line.bank_id for line in statement.lines] == ["T-9", "T-9", "T-8"]


def test_a_text_over_two_lines_is_one_transaction():
    statement = sample("two_line_texts.csv")

    assert amounts(statement) == ["-6.10", "0.25"]
    assert statement.lines[0].also == ("NOODLE HOUSE 17/04",)
    assert statement.lines[0].words == "CARD PURCHASE NOODLE HOUSE 17/04"
    assert not statement.skipped


def test_a_quote_that_is_never_closed_costs_its_own_line_only():
    statement = sample("quoted_newline.csv")

    assert amounts(statement) == ["-1.00", "-3.00", "-4.00"]
    assert statement.lines[0].description == "one\ntwo"
    assert [problem.line for problem in statement.problems] == []
    assert skipped(statement) == [(4, "The line has no amount.")]


def test_broken_lines_are_named_and_do_not_stop_the_others():
    statement = sample("half_broken.csv")

    assert amounts(statement) == ["-3.20", "-11.00"]
    assert problems(statement) == [
        "Line 3: “2026-13-01” is not a date.",
        "Line 4: “12,3x” is not an amount.",
        "Line 5: The line has an amount, but no date.",
        "Line 7: The line has more fields than the table; perhaps a text with the separator is not in quotes.",
    ]


def test_a_file_without_header_is_read_by_what_its_cells_hold():
    statement = read(
        "2026-03-01,CARD,Corner Bakery,-3.10,96.90\n2026-03-02,CARD,Cinema,-11.00,85.90\n2026-03-03,IN,Aunt,20,105.90\n"
    )

    assert amounts(statement) == ["-3.10", "-11.00", "20"]
    assert statement.lines[0].description == "Corner Bakery"


def test_a_header_in_an_unknown_language_is_read_by_what_its_cells_hold():
    statement = read("Quando;Quid;Quantum\n01.03.2026;Pistor;-4,20\n02.03.2026;Merces;9,00\n")

    assert amounts(statement) == ["-4.20", "9.00"]
    assert statement.lines[0].description == "Pistor"


def test_two_columns_of_amounts_that_nothing_tells_apart_are_refused():
    with pytest.raises(StatementError, match="nothing tells which one counts"):
        read("2026-03-01,A,5.00,7.00\n2026-03-02,B,6.00,9.00\n")


def test_decimal_commas_between_commas_are_refused_and_not_cut_off():
    with pytest.raises(StatementError, match="cannot be told apart"):
        read("2026-03-01,Shop,-3,10\n2026-03-02,Shop,-4,20\n")


def test_our_own_guard_against_formulas_is_taken_off_again():
    statement = read("Date,Note,Amount\n2026-03-01,'=1+1,-5.00\n2026-03-02,\"'@home\",-6.00\n2026-03-03,'tis,-7.00\n")

    assert [line.description for line in statement.lines] == ["=1+1", "@home", "'tis"]


# Files that are no statements.


def test_a_file_without_transactions_was_read_all_the_same():
    statement = read("BANK EXPORT;;;\nRekening;Datum;Bedrag;\n")

    assert statement.lines == ()
    assert problems(statement) == ["The file was read; it holds no transactions."]
    assert statement.date_order is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"\xff\xfe", "The file is empty."),
        (b" \r\n\t \n", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "This is a picture (PNG), not a statement."),
        (b"PK\x03\x04" + b"\0" * 40, "This is a ZIP archive or a spreadsheet, not a statement."),
        (b"%PDF-1.7\n", "This is a PDF document, not a statement."),
        (b"\x00\x01\x02\x03" * 40, "This file is not text."),
        (b"Dear bank,\nplease send my statement.\n", "No line of this file has both a date and an amount"),
        (b"<html><body>Please log in</body></html>", "in the format HTML"),
        (b"\n\nOFXHEADER:100\nDATA:OFXSGML\n", "in the format OFX"),
        (b"!Type:Bank\nD1/2/26\n", "in the format QIF"),
        (b'<?xml version="1.0"?>\n<Document></Document>', "in the format CAMT"),
    ],
)
def test_what_is_no_statement_is_refused_in_words(content, sentence):
    with pytest.raises(StatementError) as refusal:
        read(content)

    assert sentence in str(refusal.value)


def test_a_file_over_the_limit_is_refused_in_words():
    with pytest.raises(StatementError, match="larger than 10 MB"):
        read(b"x" * (50 * 1024 * 1024))


def test_a_file_of_too_many_lines_is_refused_in_words():
    with pytest.raises(StatementError, match="more than 200000 lines"):
        read("a,b\n" * 200_001)


def test_a_statement_error_names_its_line():
    error = StatementError("'12,3x' is not an amount", line=14)

    assert str(error) == "Line 14: '12,3x' is not an amount"
    assert (error.line, str(error.problem)) == (14, "'12,3x' is not an amount")


def test_the_text_of_a_line_is_kept_exactly():
    statement = read('Date,Payee,Amount\r\n2026-03-01,"Tram  ""7""", -3.20 \r\n')

    assert statement.lines[0].raw == '2026-03-01,"Tram  ""7""", -3.20 '
    assert statement.lines[0].date == date(2026, 3, 1)
