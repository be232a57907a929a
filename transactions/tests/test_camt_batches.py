"""Batches of CAMT whose parts went both ways, and amounts that say twice, or not at all, which way they went."""

from decimal import Decimal

from transactions.importers.base import Split
from transactions.tests.reading import amounts, problems, read, sample
from transactions.tests.test_camt import ENTRY, written


def test_a_part_that_went_the_other_way_than_its_batch_has_its_own_sign():
    line = sample("camt/batches_of_both_sides.xml").lines[0]

    assert line.amount == Decimal("-5.00")
    assert line.splits == (
        Split(Decimal("-7.00"), note="Grocer Two bags"),
        Split(Decimal("2.00"), note="Bottle Bank Deposit"),
    )


def test_parts_without_a_side_went_the_way_of_their_batch():
    line = sample("camt/batches_of_both_sides.xml").lines[1]

    assert line.splits == (Split(Decimal("4.00"), note="Ann Lunch"), Split(Decimal("5.00"), note="Bob Lunch"))


def test_parts_that_only_repeat_another_side_than_the_sum_has_still_add_up():
    part = (
        '<NtryDtls><TxDtls><Amt Ccy="EUR">2.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        "<AddtlTxInf>Tram</AddtlTxInf></TxDtls></NtryDtls>"
    )

    statement = read(written(ENTRY.replace("</Ntry>", part * 2 + "</Ntry>")))

    assert [part.amount for part in statement.lines[0].splits] == [Decimal("-2.50"), Decimal("-2.50")]


def test_parts_in_another_currency_are_no_parts_of_the_sum():
    line = sample("camt/batches_of_both_sides.xml").lines[2]

    assert (line.amount, line.splits) == (Decimal("-5.00"), ())


def test_an_amount_with_a_minus_beside_its_side_is_never_turned_round():
    statement = read(written(ENTRY.replace("5.00", "-5.00"), ENTRY))

    assert amounts(statement) == ["-5.00"]
    assert problems(statement) == [
        "Line 2: “-5.00” has a minus, and DBIT beside it already says which way the money went;"
        " together they tell neither."
    ]
