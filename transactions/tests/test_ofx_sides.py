"""Amounts of OFX without the sign that the format asks for, and transactions that the bank corrects."""

import pytest

from transactions.tests.reading import amounts, days, problems, read, remarks, sample, skipped
from transactions.tests.test_ofx import payment, written

BY_TYPE = (
    "No amount of this file has a minus, though the bank calls some of them debits: its word for each transaction says"
    " which way the money went."
)


def typed(kind: str, amount: str) -> str:
    return f"<TRNTYPE>{kind}" + payment(amount=amount)


def test_the_banks_word_says_which_way_money_went_where_no_amount_has_a_minus():
    statement = sample("ofx/debits_without_minus.ofx")

    assert amounts(statement) == ["-5.00", "1000.00", "-50.00", "-20.00"]
    assert remarks(statement) == [BY_TYPE]


def test_a_word_that_goes_both_ways_is_no_guess():
    assert problems(sample("ofx/debits_without_minus.ofx")) == [
        "Line 13: “XFER” does not say whether the money came in or went out, and no amount has a minus."
    ]


@pytest.mark.parametrize("minus", ["-1.00", "(1.00)", "1.00-"])
def test_a_single_minus_in_the_file_makes_the_signs_count(minus):
    statement = read(written(typed("DEBIT", "5.00"), typed("OTHER", minus)))

    assert (amounts(statement), remarks(statement)) == (["5.00", "-1.00"], [])


@pytest.mark.parametrize("kind", ["CREDIT", "POS", "PAYMENT", "FEE", ""])
def test_money_that_came_in_is_not_turned_where_nothing_is_called_a_debit(kind):
    statement = read(written(typed(kind, "5.00")))

    assert (amounts(statement), remarks(statement), problems(statement)) == (["5.00"], [], [])


def test_a_corrected_transaction_counts_once():
    statement = sample("ofx/corrections.ofx")

    assert [(line.description, str(line.amount)) for line in statement.lines] == [
        ("Tram", "-5.50"),
        ("Bakery", "-7.00"),
    ]
    assert skipped(statement) == [
        (9, "The bank corrects this transaction further down in the file."),
        (11, "The bank corrects this transaction further down in the file."),
        (12, "It only says that an earlier transaction of the bank's never happened."),
    ]


def test_a_correction_of_an_earlier_file_is_named():
    assert problems(sample("ofx/corrections.ofx")) == [
        "The bank corrects a transaction of an earlier file here (202602270009). Look whether that one is still in your"
        " books."
    ]


def test_a_correction_that_repeats_the_id_replaces_the_first():
    again = payment(amount="-6.00") + "<CORRECTFITID>1<CORRECTACTION>REPLACE"

    assert amounts(read(written(payment(), again))) == ["-6.00"]


def test_another_day_stands_in_where_the_bank_leaves_that_of_booking_empty():
    entry = "<DTPOSTED><TRNAMT>-5.00<NAME>Tram"

    assert days(read(written(f"<DTUSER>20260305{entry}", f"<DTAVAIL>20260306{entry}"))) == ["2026-03-05", "2026-03-06"]


def test_the_number_of_a_cheque_keeps_the_zeros_at_its_end():
    cheque = sample("ofx/debits_without_minus.ofx").lines[3]

    assert cheque.also == ("120",)
