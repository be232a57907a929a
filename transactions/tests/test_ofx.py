from datetime import date
from decimal import Decimal

import pytest

from transactions.importers.base import StatementError, Status
from transactions.tests.reading import amounts, days, problems, read, remarks, sample, skipped

HEADER = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"


def written(*entries: str, before: str = HEADER, account: str = "<BANKACCTFROM><ACCTID>77</BANKACCTFROM>") -> str:
    body = "\n".join(f"<STMTTRN>{entry}</STMTTRN>" for entry in entries)
    return f"{before}<OFX><STMTRS><CURDEF>EUR{account}<BANKTRANLIST>\n{body}\n</BANKTRANLIST></STMTRS></OFX>"


def payment(day: str = "20260302", amount: str = "-5.00", text: str = "<NAME>Tram") -> str:
    return f"<DTPOSTED>{day}<TRNAMT>{amount}<FITID>1{text}"


def test_a_file_of_two_accounts_keeps_them_apart():
    statement = sample("ofx/two_accounts.ofx")

    assert [(line.account, line.amount) for line in statement.lines] == [
        ("1001", Decimal("-9.90")),
        ("1001", Decimal("-0.30")),
        ("1001", Decimal("1200.00")),
        ("1002", Decimal("0.42")),
    ]
    assert (statement.account, statement.closing_balance, statement.currency) == (None, None, "EUR")
    assert remarks(statement) == ["The file holds lines of several accounts: 1001, 1002."]


def test_the_banks_day_is_never_shifted_to_another_zone():
    statement = sample("ofx/two_accounts.ofx")

    assert days(statement) == ["2026-03-02", "2026-03-02", "2026-03-03", "2026-03-01"]


def test_two_payments_of_one_bank_id_are_both_read():
    statement = sample("ofx/two_accounts.ofx")

    assert [line.bank_id[-1] for line in statement.lines if line.bank_id] == ["1", "1", "2", "7"]


def test_letters_bare_ampersands_and_entities_are_read_whatever_the_header_says():
    statement = sample("ofx/two_accounts.ofx")

    assert [line.description for line in statement.lines] == [
        "Café Müller & Co",
        "Foreign fee",
        "Tom & Sons",
        "Interest",
    ]
    assert statement.lines[0].also == ("Card 4711",)
    assert statement.lines[0].words == "Café Müller & Co Card 4711"


def test_the_second_generation_is_read_with_its_pending_lines():
    statement = sample("ofx/card_of_the_second_generation.qfx")

    assert amounts(statement) == ["-18.40", "-25.00", "-4.50"]
    assert [line.status for line in statement.lines] == [Status.BOOKED, Status.BOOKED, Status.PENDING]
    assert statement.lines[0].description == "Corner Bookshop"
    assert statement.lines[0].also == ("Books <used> & maps",)
    assert (statement.account, statement.closing_balance) == ("4111XXXXXXXX1234", Decimal("-143.40"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20260302", date(2026, 3, 2)),
        ("20260302000000[-5:EST]", date(2026, 3, 2)),
        ("20260302235959.999[+14]", date(2026, 3, 2)),
        ("20260302120000.000 GMT", date(2026, 3, 2)),
        ("20260302000000[+9:JST]", date(2026, 3, 2)),
        ("2026-03-02", date(2026, 3, 2)),
        ("202603021200", date(2026, 3, 2)),
    ],
)
def test_days_are_read_in_every_form(text, day):
    assert [line.date for line in read(written(payment(text))).lines] == [day]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("-9,90", "-9.90"),
        ("-9.90", "-9.90"),
        ("+5", "5"),
        (" 12.5 ", "12.5"),
        ("1,234.50", "1234.50"),
        ("1.234", "1.234"),
        ("-1,234", "-1.234"),
        (".50", "0.50"),
    ],
)
def test_amounts_are_exact_and_a_lone_mark_is_decimal(text, amount):
    assert amounts(read(written(payment(amount=text)))) == [amount]


def test_a_broken_transaction_is_named_and_stops_no_other():
    statement = read(
        written(
            "<TRNAMT>-80.00<NAME>No day",
            payment(day=""),
            payment(day="20120231"),
            payment(day="00260302"),
            payment(amount="12,3x"),
            "<DTPOSTED>20260302<NAME>No amount",
            payment(),
        )
    )

    assert problems(statement) == [
        "Line 8: “No day” (-80.00) has no date.",
        "Line 9: “Tram” (-5.00) has no date.",
        "Line 10: “20120231” is not a date.",
        "Line 11: “00260302” is not a date.",
        "Line 12: “12,3x” is not an amount.",
        "Line 13: “No amount” has no amount.",
    ]
    assert [(line.number, str(line.amount)) for line in statement.lines] == [(14, "-5.00")]


def test_transactions_that_are_never_closed_are_kept_apart():
    content = f"{HEADER}<OFX><STMTRS><BANKTRANLIST><STMTTRN>{payment()}<STMTTRN>{payment(amount='-7')}<LEDGERBAL>"

    assert amounts(read(content)) == ["-5.00", "-7"]


def test_a_file_of_one_line_numbers_its_transactions():
    content = written(payment(), payment(), before="OFXHEADER:100DATA:OFXSGMLVERSION:102").replace("\n", "")

    assert [line.number for line in read(content).lines] == [1, 2]


def test_the_fields_of_the_other_account_are_not_those_of_the_own():
    statement = read(
        written(payment(text="<NAME>Savings<BANKACCTTO><BANKID>9<ACCTID>99<NAME>Not this</BANKACCTTO><MEMO>Monthly"))
    )

    assert (statement.account, statement.lines[0].description, statement.lines[0].also) == (
        "77",
        "Savings",
        ("Monthly",),
    )


def test_a_name_of_digits_says_less_than_the_memo():
    statement = read(written(payment(text="<NAME>0000000<MEMO>City Power")))

    assert (statement.lines[0].description, statement.lines[0].also) == ("City Power", ("0000000",))


def test_an_amount_in_another_currency_says_so():
    statement = read(written(payment(text="<NAME>Inn<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY>"), payment()))

    assert [line.currency for line in statement.lines] == ["USD", "EUR"]


def test_an_amount_that_was_converted_is_in_the_accounts_currency():
    statement = read(written(payment(text="<NAME>Inn<ORIGCURRENCY><CURRATE>1.1<CURSYM>USD</ORIGCURRENCY>")))

    assert [line.currency for line in statement.lines] == ["EUR"]


def test_an_amount_of_zero_is_read_and_said():
    statement = read(written(payment(amount="0.00")))

    assert (amounts(statement), skipped(statement)) == (["0.00"], [(8, "The amount is zero.")])


def test_trades_of_securities_are_left_aside_with_the_reason():
    content = (
        f"{HEADER}<OFX><INVSTMTRS><INVTRANLIST>\n<BUYSTOCK><INVTRAN><FITID>9<DTTRADE>20260302</INVTRAN></BUYSTOCK>\n"
    )
    statement = read(
        content + f"<INVBANKTRAN><STMTTRN>{payment()}</STMTTRN></INVBANKTRAN></INVTRANLIST></INVSTMTRS></OFX>"
    )

    assert skipped(statement) == [(8, "A trade of securities, not a payment.")]
    assert amounts(statement) == ["-5.00"]


def test_the_error_of_the_banks_server_is_said_in_its_words():
    with pytest.raises(StatementError, match=r"Please log in again \(code 15500\)"):
        read("<OFX><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Please log in again.</STATUS></OFX>")


def test_a_declared_character_set_counts_where_it_is_no_mere_habit():
    czech = written(payment(text="<NAME>Žluťoučký kůň")).replace("1252", "1250").encode("cp1250")
    habit = written(payment(text="<NAME>Café prépayé")).encode()

    assert read(czech).lines[0].description == "Žluťoučký kůň"
    assert read(habit).lines[0].description == "Café prépayé"


def test_entities_that_a_file_declares_itself_mean_nothing():
    bomb = '<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "aaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'

    statement = read(written(payment(text="<NAME>&a;&b; and &copyright"), before=bomb))

    assert statement.lines[0].description == "&a;&b; and &copyright"


def test_an_endless_name_breaks_its_own_transaction_only():
    statement = read(written(payment(text=f"<NAME>{'x' * 6000}"), payment()))

    assert problems(statement) == ["Line 8: A text of this transaction is longer than 5000 characters."]
    assert amounts(statement) == ["-5.00"]


def test_an_order_of_days_that_ofx_does_not_have_is_refused():
    with pytest.raises(StatementError, match="No date of this file can be read in the order dmy"):
        read(written(payment()), date_order="dmy")


def test_the_member_may_choose_the_characters():
    content = written(payment(text="<NAME>Caf\u00e9")).encode("cp1252")

    assert read(content, encoding="windows-1252").lines[0].description == "Café"


def test_letters_that_cannot_be_read_are_counted():
    content = written(payment(text="<NAME>Žluťoučký kůň")).encode() + b"\xff"

    assert "Some characters of the file could not be read (1 of them)." in problems(read(content))


def test_a_declared_character_set_that_does_not_fit_is_not_believed():
    # The byte 81 means nothing in windows-1253.
    content = written(payment(text="<NAME>Caf\u00e9")).replace("1252", "1253").encode("cp1252")

    assert len(read(content.replace(b"Caf", b"\x81Caf")).lines) == 1


def test_a_file_of_too_many_transactions_is_refused_in_words():
    with pytest.raises(StatementError, match="more than 200000 transactions"):
        read("<OFX><STMTRS>" + "<STMTTRN>\n" * 200_001)


def test_tags_that_are_cut_off_do_no_harm():
    assert amounts(read(written(payment(text="<NAME>Tram<MEMO><![CDATA[never closed")))) == ["-5.00"]
