from decimal import Decimal

import pytest

from transactions.importers.base import StatementError, Status
from transactions.tests.reading import amounts, days, problems, read, remarks, sample, skipped

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
    assert [line.bank_id for line in statement.lines] == ["000000000000004711", "000000000000004712"]
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


def test_both_readings_of_open_days_are_named_also_after_the_member_chose():
    open_days = "Date,Amount\n03/05/2026,-1\n04/06/2026,-1\n"
    readings = [("dmy", "2026-05-03", "2026-06-04"), ("mdy", "2026-03-05", "2026-04-06")]

    offered = read(open_days).readings
    kept = read(open_days, date_order="mdy").readings

    assert [(each.order, str(each.first), str(each.last)) for each in offered] == readings
    assert [(each.order, str(each.first), str(each.last)) for each in kept] == readings[::-1]


def test_settled_days_have_one_reading_and_name_none():
    assert read("Date,Amount\n13/05/2026,-1\n").readings == ()


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_that_is_too_long_costs_its_line_and_is_said(quote):
    text = (
        f"Date,Payee,Amount\n2026-03-12,A,-2.00\n2026-03-13,{quote}{'x' * 5_000_000}{quote},-1.00\n2026-03-14,B,-3.00\n"
    )

    statement = read(text)

    assert amounts(statement) == ["-2.00", "-3.00"]
    assert problems(statement) == [
        "Line 3: A cell of this line has more than 131072 characters, so the line was not read."
    ]
    assert statement.problems[0].raw.startswith("2026-03-13,")
    assert len(statement.problems[0].raw) < 1000


def test_days_with_the_day_between_year_and_month_are_read_where_all_are_so():
    rows = "2026-13-03,A,-1.00\n2026-14-03,B,-2.00\n2026-15-03,C,-3.00\n2026-04-04,D,-4.00\n2026-05-04,E,-5.00\n"

    statement = read("Date,Payee,Amount\n" + rows)

    assert days(statement) == ["2026-03-13", "2026-03-14", "2026-03-15", "2026-04-04", "2026-04-05"]
    assert (statement.date_order, statement.problems) == ("ydm", ())
    assert days(read("Date,Payee,Amount\n2026-04-05,A,-1.00\n", date_order="ydm")) == ["2026-05-04"]


def test_a_zero_byte_costs_its_own_cell_and_is_said():
    rows = "2026-03-01,Tram,-3.20\n2026-03-02,Sh\x00op,-4.00\n2026-03-03,Rent,-1\x002.00\n2026-03-04,Aunt,20.00\n"

    statement = read("Date,Payee,Amount\n" + rows)

    assert amounts(statement) == ["-3.20", "-4.00", "20.00"]
    assert statement.lines[1].description == "Sh\ufffdop"
    assert problems(statement) == [
        "Line 4: “-1\ufffd2.00” is not an amount.",
        "Some characters of the file could not be read (2 of them).",
    ]


def test_zero_bytes_that_fill_a_file_up_are_no_line():
    statement = read("Date,Payee,Amount\n2026-03-01,Tram,-3.20\n" + "\x00" * 4000)

    assert (amounts(statement), skipped(statement)) == (["-3.20"], [])
    assert problems(statement) == ["Some characters of the file could not be read (4000 of them)."]
