"""A booking that a notice (054) and a statement (053) of one archive tell of counts once; equal payments stay two."""

import pytest

from transactions.tests.reading import amounts, read, skipped
from transactions.tests.test_camt import written, zipped

NOTICE = {"message": "BkToCstmrDbtCdtNtfctn", "name": "Ntfctn"}
SENTENCE = "A message of another kind in this archive tells of the same booking: it counts once."


def entry(reference: str, amount: str = "5.00") -> str:
    told = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>2026-03-02</Dt></BookgDt>{told}</Ntry>"
    )


def archive(notice: list[str], statement: list[str], **other: str) -> bytes:
    return zipped(a_xml=written(*notice, **NOTICE, **other).encode(), b_xml=written(*statement).encode())


def test_a_booking_in_a_notice_and_a_statement_counts_once_and_is_said():
    found = read(archive([entry("REF-0001")], [entry("REF-0001"), entry("REF-0002", "7.00")]))

    assert amounts(found) == ["-5.00", "-7.00"]
    assert [sentence for _line, sentence in skipped(found)] == [SENTENCE]


def test_two_equal_bookings_of_a_statement_stay_two_whatever_the_notice_has():
    found = read(archive([entry("REF-0001")], [entry("REF-0001"), entry("REF-0001")]))

    assert amounts(found) == ["-5.00", "-5.00"]


@pytest.mark.parametrize(
    ("told", "booked"),
    [("", ""), ("REF-0001", "REF-0002"), ("REF-0001", ""), ("NOTPROVIDED", "NOTPROVIDED")],
)
def test_without_one_reference_of_the_bank_both_count(told, booked):
    assert amounts(read(archive([entry(told)], [entry(booked)]))) == ["-5.00", "-5.00"]


def test_another_account_is_another_booking():
    found = read(archive([entry("REF-0001")], [entry("REF-0001")], account="<IBAN>DE2</IBAN>"))

    assert amounts(found) == ["-5.00", "-5.00"]
