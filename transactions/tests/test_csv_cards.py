"""Credit cards' own books: there charges are positive and repayments negative, and many a file names no card."""

import pytest

from transactions.importers.base import Proven
from transactions.importers.payment_kinds import HEARTY_THANKS
from transactions.importers.vocabulary import THANKS_FOR_PAYMENT
from transactions.tests.reading import amounts, read, remarks

UNSIGNED = (
    "No amount of this card has a sign: lines that thank for a payment or name a refund were read as money coming in,"
    " all others as money going out."
)
TURNED = "The card's charges are positive in this file; they were read as money going out."


@pytest.mark.parametrize(
    "thanks",
    [
        "ONLINE PAYMENT - THANK YOU",
        "PAYMENT RECEIVED",
        "ZAHLUNG/ÜBERWEISUNG ERHALTEN BESTEN DANK",
        "PAYMENT THANK YOU/PAIEMENT MERCI",
        "Pagamento recebido",
    ],
)
def test_a_negative_payment_that_is_thanked_for_turns_a_file_of_positive_charges(thanks):
    statement = read(
        f"Date,Description,Amount\n2026-03-13,GROCER,54.12\n2026-03-14,{thanks},-300.00\n2026-03-15,AIR,9\n"
    )

    assert amounts(statement) == ["-54.12", "300.00", "-9"]
    assert TURNED in remarks(statement)


def test_thanks_beside_a_plus_leave_the_signs_as_they_are():
    statement = read("Date,Description,Amount\n2026-03-13,GROCER,-54.12\n2026-03-14,PAYMENT THANK YOU,300.00\n")

    assert (amounts(statement), TURNED in remarks(statement)) == (["-54.12", "300.00"], False)


def test_one_negative_line_of_thanks_among_other_negative_ones_turns_nothing():
    rows = "2026-03-13,GROCER,-54.12\n2026-03-14,PAYMENT RECEIVED LTD,-30.00\n2026-03-15,AIR,-9.00\n"

    assert amounts(read("Date,Description,Amount\n" + rows)) == ["-54.12", "-30.00", "-9.00"]


def test_columns_that_only_cards_have_tell_a_month_without_a_repayment():
    header = "Date,Description,Card Member,Account #,Amount\n"

    spent = read(
        header
        + "03/13/2026,GROCER,JANE,-11001,54.12\n03/14/2026,GROCER,JANE,-11001,-4.00\n03/15/2026,AIR,JANE,-11001,9.00\n"
    )
    signed = read(header + "03/13/2026,GROCER,JANE,-11001,-54.12\n03/15/2026,AIR,JANE,-11001,-9.00\n")

    assert (amounts(spent), TURNED in remarks(spent)) == (["-54.12", "4.00", "-9.00"], True)
    assert (amounts(signed), TURNED in remarks(signed)) == (["-54.12", "-9.00"], False)


def test_what_a_column_of_kinds_calls_a_purchase_went_out():
    header = "Date,Text,Type,Amount\n"

    turned = read(header + "2026-03-13,UBER,Purchase,15.20\n2026-03-20,BANK,Payment,-100.00\n")
    plain = read(header + "2026-03-13,UBER,Purchase,-15.20\n2026-03-20,BANK,Payment,100.00\n")

    assert amounts(turned) == ["-15.20", "100.00"]
    assert amounts(plain) == ["-15.20", "100.00"]


def test_what_an_earlier_file_proved_holds_for_a_month_without_a_repayment():
    text = "Date,Description,Amount\n2026-03-13,GROCER,54.12\n"

    assert amounts(read(text)) == ["54.12"]
    assert amounts(read(text, proven=Proven(is_bare_out=True))) == ["-54.12"]


def test_credits_that_are_printed_with_a_minus_came_in():
    text = (
        "Status,Date,Description,Debit,Credit\nCleared,03/13/2026,SHOP,120.33,\nCleared,03/14/2026,PAYMENT,,-500.00\n"
    )

    assert amounts(read(text)) == ["-120.33", "500.00"]


def test_a_payment_through_the_issuers_bank_gives_a_card_away():
    text = (
        "Transaction Date,Posting Date,Description,Transaction Amount(Foreign),Transaction Amount(Local)\n"
        "14 Mar 2026,15 Mar 2026,GROCER,0.00,12.50\n13 Mar 2026,14 Mar 2026,SHOP,10.00,13.50\n"
        "12 Mar 2026,13 Mar 2026,PAYMT THRU E-BANK,0.00,-100.00\n"
    )

    assert amounts(read(text)) == ["-12.50", "-13.50", "100.00"]


@pytest.mark.parametrize(
    "thanks", ["Payment, Thank You", "Ihre Zahlung - Danke", "MERCI DE VOTRE PAIEMENT", "SU PAGO GRACIAS"]
)
def test_hearty_thanks_beside_amounts_without_any_sign_tell_payments_from_purchases(thanks):
    rows = f'2026-03-13,GROCER,54.12\n2026-03-14,"{thanks}",300.00\n2026-03-15,AIR REFUND,9\n'

    statement = read("Date,Description,Amount\n" + rows)
    headless = read(rows)

    assert amounts(statement) == amounts(headless) == ["-54.12", "300.00", "9"]
    assert remarks(statement) == remarks(headless) == [UNSIGNED]


def test_who_says_that_signs_are_not_turned_reads_a_card_without_signs_as_printed():
    text = "Date,Description,Amount\n2026-03-13,GROCER,54.12\n2026-03-14,PAYMENT THANK YOU,300.00\n"

    assert amounts(read(text, is_inverted=False)) == ["54.12", "300.00"]
    assert amounts(read(text, is_inverted=True)) == ["-54.12", "-300.00"]


def test_a_card_without_signs_proves_the_next_months_without_a_payment():
    first = read("Date,Description,Amount\n2026-03-13,GROCER,54.12\n2026-03-14,PAYMENT THANK YOU,300.00\n")

    assert first.reading
    assert first.reading.proven.is_bare_out
    later = read("Date,Description,Amount\n2026-04-13,GROCER,9.00\n", proven=first.reading.proven)
    assert amounts(later) == ["-9.00"]


def test_payments_received_in_a_file_of_no_card_turn_nothing():
    statement = read("Date,Description,Amount\n2026-03-13,RENT BOB,54.12\n2026-03-14,PAYMENT RECEIVED INV 7,300.00\n")

    assert amounts(statement) == ["54.12", "300.00"]


def test_sales_and_refunds_of_a_shops_own_table_keep_their_signs():
    statement = read("Date,Type,Amount\n2026-03-13,Sale,20.00\n2026-03-14,Refund,-5.00\n")

    assert amounts(statement) == ["20.00", "-5.00"]


def test_sales_beside_a_payment_with_a_minus_are_a_cards():
    statement = read("Date,Text,Type,Amount\n2026-03-13,GROCER,Sale,20.00\n2026-03-14,ONLINE,Payment,-50.00\n")

    assert amounts(statement) == ["-20.00", "50.00"]


def test_a_column_of_what_customers_paid_by_card_makes_no_card_of_a_shops_table():
    text = "Date,Card,Cash,Fees,Net Total,Description\n03/13/2026,$21.60,$0.00,-$0.66,$20.94,Coffee\n"

    assert amounts(read(text)) == ["20.94"]
    assert amounts(read("Date,Card,Description,Amount\n03/13/2026,1234,SHOP,20.94\n")) == ["-20.94"]


@pytest.mark.parametrize("thanks", [*THANKS_FOR_PAYMENT, *HEARTY_THANKS])
def test_each_way_of_thanking_is_found_among_other_texts(thanks):
    statement = read(
        f"Date,Description,Amount\n2026-03-13,GROCER,54.12\n2026-03-14,1 {thanks} 2,-300.00\n2026-03-15,AIR,9\n"
    )

    assert amounts(statement) == ["-54.12", "300.00", "-9"]


@pytest.mark.parametrize("header", ["消費日,入帳日,消費明細,新臺幣金額", "거래일자,매입일자,가맹점명,거래금액"])
def test_names_of_columns_of_cards_in_taiwan_and_korea_are_known(header):
    assert amounts(
        read(header + "\n2026/03/13,2026/03/14,A,23\n2026/03/15,2026/03/15,B,-300\n2026/03/16,2026/03/16,C,5\n")
    ) == [
        "-23",
        "300",
        "-5",
    ]
