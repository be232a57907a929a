from decimal import Decimal

import pytest

from transactions.importers import mt940, mt940_details
from transactions.importers.base import Choices, StatementError, Status
from transactions.tests.reading import amounts, days, problems, read, sample


def written(*fields: str) -> str:
    return "\n".join((":20:X", ":25:123456789", ":28C:1/1", ":60F:C260301EUR10,00", *fields, "-"))


def test_german_subfields_become_payee_and_purpose():
    statement = sample("mt940/german_subfields_over_new_year.sta")

    assert [(line.description, line.also) for line in statement.lines] == [
        ("City Power and Light", ("Electricity for December", "SEPA-LASTSCHRIFT")),
        ("Acme Ltd", ("Salary 12/2025", "GEHALT")),
    ]
    assert amounts(statement) == ["-45.90", "1000"]
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("100.00"), Decimal("1054.10"))
    assert (statement.account, statement.currency) == ("50010517/5400000001", "EUR")


def test_a_booking_in_january_of_a_value_in_december_is_in_the_new_year():
    assert days(sample("mt940/german_subfields_over_new_year.sta")) == ["2025-12-31", "2026-01-02"]


def test_the_banks_reference_tells_a_payment_apart_and_a_short_one_does_not():
    statement = sample("mt940/german_subfields_over_new_year.sta")

    assert [line.bank_id for line in statement.lines] == ["2025123100012", None]
    assert read(written(":61:2603020302D5,00NTRFNONREF//POS 12")).lines[0].bank_id is None


def test_dutch_slashes_become_payee_and_purpose():
    statement = sample("mt940/dutch_slashes.940")

    assert [(line.description, line.also) for line in statement.lines] == [
        ("ING BANK NV INZAKE WEB", ("EV10001REP1000000T1000",)),
        ("The Gym", ("Membership March", "SEPA Incasso")),
        ("Reversal of a charge", ()),
    ]
    assert amounts(statement) == ["1.56", "-12.34", "5.00"]
    assert statement.account == "NL69INGB0123456789"


def test_polish_labels_become_payee_and_purpose():
    line = sample("mt940/polish_labels.sta").lines[0]

    assert line.description == "ANNA PRZYKLAD UL. DLUGA 2"
    assert line.also == ("ZWROT ZA OBIAD", "073 PRZELEW WYCHODZACY", "073-PRZELEW WYCHODZACY")


@pytest.mark.parametrize(
    ("lines", "payee", "purpose"),
    [
        (["106?00CARD?20Corner Shop?21 //Berlin?32"], "", "Corner Shop //Berlin"),
        (["166~00A~20Dinner~32Przedsiebiorstwo Handlowo-U~33slugowe"], "Przedsiebiorstwo Handlowo-Uslugowe", "Dinner"),
        (["020~00A~20Rent ~21of March~32JAN KOWALSKI~33UL. PROSTA 1"], "JAN KOWALSKI UL. PROSTA 1", "Rent of March"),
        (["166?00A?20Invoice?21Nr. 5?32Max"], "Max", "Invoice Nr. 5"),
        (["166?00A?20EREF: 123 SVWZ: Invoice 5 IBAN: DE1 BIC: X?32Max"], "Max", "Invoice 5"),
        (["SEPA OVERBOEKING     IBAN: NL32INGB0000012345", "BIC: INGBNL2A     NAAM: J JANSEN"], "J JANSEN", ""),
        (
            ["SEPA IDEAL  IBAN: NL32  NAAM: BOOKS", "OMSCHRIJVING: Order 7  KENMERK: 02-03-2026 18:09"],
            "BOOKS",
            "Order 7",
        ),
        (["IBAN: NL32 BIC: INGBNL2A"], "", "IBAN: NL32 BIC: INGBNL2A"),
        (["NL32INGB0000012345 J. JANSEN", "Rent of", "March"], "J. JANSEN", "Rent of March"),
        (["NL32INGB0000012345"], "", "NL32INGB0000012345"),
        (["177<00A<20EREF+1<21KREF+2<32Bob"], "Bob", ""),
        (["/TRTP/iDEAL/NAME/Book Store/REMI/USTD//Order 7/EREF/1"], "Book Store", "Order 7"),
        (["Plain text of", "two lines"], "", "Plain text of two lines"),
        (["What? Nothing to see"], "", "What? Nothing to see"),
        (["a/b/NAME/c"], "", "a/b/NAME/c"),
        ([], "", ""),
    ],
)
def test_details_are_told_apart_where_the_bank_has_a_way(lines, payee, purpose):
    found = mt940_details.read(lines)

    assert (found.payee, found.purpose) == (payee, purpose)


@pytest.mark.parametrize(
    ("line", "day", "amount"),
    [
        (":61:2603020302D5,00NTRFNONREF", "2026-03-02", "-5.00"),
        (":61:260302D5,NTRFNONREF", "2026-03-02", "-5"),
        (":61:2603020302C11,8NTRF", "2026-03-02", "11.8"),
        (":61:2603020302CR11.80NTRF", "2026-03-02", "11.80"),
        (":61:2603020302DR6,00N024NONREF", "2026-03-02", "-6.00"),
        (":61:2603020302RD6,00N024NONREF", "2026-03-02", "6.00"),
        (":61:2603020302RC6,00N024NONREF", "2026-03-02", "-6.00"),
        (":61:2602300301D6,00N024NONREF", "2026-03-01", "-6.00"),
        (":61:260230D6,00N024NONREF", "2026-02-28", "-6.00"),
        (":61:2512310102D6,00N024NONREF", "2026-01-02", "-6.00"),
        (":61:2601021231D6,00N024NONREF", "2025-12-31", "-6.00"),
        (":61:2603021399D6,00N024NONREF", "2026-03-02", "-6.00"),
        (":61:990302D6,00N024NONREF", "1999-03-02", "-6.00"),
    ],
)
def test_a_statement_line_is_read_in_every_form(line, day, amount):
    statement = read(written(line, ":86:Tram"))

    assert (days(statement), amounts(statement), problems(statement)) == ([day], [amount], [])


def test_an_expected_payment_is_pending():
    assert read(written(":61:2603020302ED6,00NTRF")).lines[0].status is Status.PENDING


def test_a_broken_line_is_named_and_stops_no_other():
    statement = read(
        written(":61:26XX02D5,00NTRF", ":86:Bad", ":61:261302D5,00NTRF", ":61:260302D5,00NTRF", ":86:Tram")
    )

    assert problems(statement) == [
        "Line 5: “26XX02D5,00NTRF” is not a statement line of MT940.",
        "Line 7: “261302” is not a date.",
    ]
    assert [(line.number, line.description) for line in statement.lines] == [(8, "Tram")]


@pytest.mark.parametrize("amount", ["9" * 31, "9" * 30 + ",50", "5,00,00", ""])
def test_an_amount_that_is_none_breaks_its_own_line(amount):
    statement = read(written(f":61:260302D{amount}NTRF", ":61:260302D7,00NTRF"))

    assert (len(statement.problems), amounts(statement)) == (1, ["-7.00"])


def test_what_follows_the_closing_balance_is_not_of_the_last_payment():
    statement = read(written(":61:260302D5,00NTRF", ":86:Tram", ":62F:C260302EUR5,00", ":86:Sum of all"))

    assert [line.words for line in statement.lines] == ["Tram"]


def test_several_statements_of_one_account_are_one_in_time():
    second = written(":61:260303C1,00NTRF", ":62F:C260303EUR6,00").replace("60F:C260301EUR10,00", "60F:C260303EUR5,00")
    first = written(":61:260302D5,00NTRF", ":62F:C260302EUR5,00")

    statement = read(second + "\n" + first)

    assert (statement.opening_balance, statement.closing_balance) == (Decimal("10.00"), Decimal("6.00"))
    assert amounts(statement) == ["1.00", "-5.00"]


def test_a_negative_balance_is_negative():
    statement = read(written(":62F:D260302EUR5,00"))

    assert (statement.closing_balance, problems(statement)) == (
        Decimal("-5.00"),
        ["The file was read; it holds no transactions."],
    )


def test_several_accounts_are_kept_apart():
    other = written(":61:260303C1,00NTRF").replace("123456789", "987654321")

    statement = read(written(":61:260302D5,00NTRF") + "\n" + other)

    assert [line.account for line in statement.lines] == ["123456789", "987654321"]
    assert (statement.account, statement.opening_balance) == (None, None)


def test_a_file_without_a_statement_is_refused_in_words():
    with pytest.raises(StatementError, match="contains no MT940 statement"):
        mt940.parse(b"Nothing here", choices=Choices())


@pytest.mark.parametrize("balance", ["C261302EUR5,00", "soon", "C260302EUR" + "9" * 40])
def test_a_balance_that_cannot_be_read_is_left_out(balance):
    statement = read(written(":61:260302D5,00NTRF", f":62F:{balance}"))

    assert (amounts(statement), statement.closing_balance) == (["-5.00"], None)


def test_endless_details_break_their_own_payment_only():
    statement = read(written(":61:260302D5,00NTRF", f":86:{'x' * 6000}", ":61:260302D7,00NTRF", ":86:Tram"))

    assert problems(statement) == ["Line 5: A text of this transaction is longer than 5000 characters."]
    assert amounts(statement) == ["-7.00"]


def test_the_number_of_a_bank_below_that_of_the_account_is_no_part_of_it():
    statement = read(written(":61:260302D5,00NTRF").replace(":25:123456789", ":25P:123456789\nBANKDEFF"))

    assert statement.account == "123456789"


def test_an_interim_report_names_its_currency_by_a_floor_limit():
    report = "\n".join(
        (":20:X", ":25:1", ":28C:1/1", ":34F:CHFD0,", ":13D:2603021200+0100", ":61:260302D5,00NTRF", "-")
    )

    statement = read(report)

    assert (statement.currency, statement.lines[0].currency) == ("CHF", "CHF")
