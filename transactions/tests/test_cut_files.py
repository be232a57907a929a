"""Files that break off: what is whole in them is read, and that something is missing is said."""

import pytest

from transactions import importers
from transactions.importers.base import Choices, Statement, StatementError
from transactions.tests.reading import amounts, problems, read

OFX = (
    "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>77</BANKACCTFROM><BANKTRANLIST>\n"
    "<STMTTRN><DTPOSTED>20260302<TRNAMT>-5.00<FITID>1<NAME>Tram</STMTTRN>\n"
    "<STMTTRN><DTPOSTED>20260303<TRNAMT>-16.50<FITID>2<NAME>Alpha</STMTTRN>\n"
    "</BANKTRANLIST><LEDGERBAL><BALAMT>1234.00<DTASOF>20260303</LEDGERBAL></STMTRS></OFX>"
)
XML = (
    '<?xml version="1.0"?><?OFX VERSION="211"?><OFX><STMTRS><CURDEF>EUR</CURDEF><BANKTRANLIST>'
    "<STMTTRN><DTPOSTED>20260302</DTPOSTED><TRNAMT>-5.00</TRNAMT><NAME>Tram</NAME></STMTTRN>"
    "<STMTTRN><DTPOSTED>20260303</DTPOSTED><TRNAMT>-16.50</TRNAMT><NAME>Alpha</NAME></STMTTRN>"
    "</BANKTRANLIST></STMTRS></OFX>"
)
MT940 = (
    ":20:X\n:25:123456789\n:28C:1/1\n:60F:C260301EUR1010,00\n"
    ":61:2603020302D5,00NTRFNONREF\n:86:166?00CARD?20Trip?32Tram\n"
    ":61:2603030303D16,50NTRFNONREF\n:86:166?00CARD?20Dinner?32Alpha\n"
    ":62F:C260303EUR988,50\n-\n"
)
QIF = "!Type:Bank\nD2026-03-02\nT-5.00\nPTram\n^\nD2026-03-03\nT-16.50\nPAlpha\n^\n"
BREAKS_OFF = "The file breaks off before its end; lines may be missing. Download it again."


def cuts(whole: str, *, least: int) -> list[tuple[str, Statement]]:
    """The file cut after each of its characters, the last few aside, and what is read of it."""
    found = []
    for end in range(1, len(whole) - least + 1):
        try:
            found.append((whole[:end], importers.read(whole[:end].encode(), filename="bank.qif", choices=Choices())))
        except StatementError:
            continue
    return found


@pytest.mark.parametrize(("whole", "least"), [(OFX, 1), (XML, 1), (MT940, 6), (QIF, 2)])
def test_wherever_a_file_breaks_off_it_says_so_and_no_wrong_line_is_read(whole, least):
    first, second = read(whole).lines

    for kept, statement in cuts(whole, least=least):
        # Nothing tells that more was to come behind a ^.
        assert statement.problems or kept.rstrip().endswith("^")
        for line, told in zip(statement.lines, (first, second), strict=False):
            assert (line.date, line.amount) == (told.date, told.amount)
            assert told.description.startswith(line.description)
        assert statement.closing_balance in {None, read(whole).closing_balance}


@pytest.mark.parametrize("whole", [OFX, XML, MT940, QIF])
def test_a_whole_file_says_nothing(whole):
    assert amounts(read(whole)) == ["-5.00", "-16.50"]
    assert problems(read(whole)) == []


def test_a_file_of_tags_that_ends_within_one_makes_no_payee_of_it():
    statement = read(OFX[: OFX.rindex("RN>")])

    assert [line.description for line in statement.lines] == ["Tram"]
    assert problems(statement) == [BREAKS_OFF, "Line 6: The file breaks off within this transaction."]


def test_a_file_of_tags_that_ends_between_two_transactions_says_so():
    statement = read(OFX[: OFX.index("</BANKTRANLIST>")])

    assert [line.description for line in statement.lines] == ["Tram", "Alpha"]
    assert problems(statement) == [BREAKS_OFF]


def test_tags_that_nobody_closed_are_no_break():
    statement = read(OFX.replace("</STMTTRN>", ""))

    assert (amounts(statement), problems(statement)) == (["-5.00", "-16.50"], [])


def test_a_message_without_closing_balance_and_end_breaks_off():
    statement = read(MT940[: MT940.index("\n:62F")])

    assert [line.description for line in statement.lines] == ["Tram"]
    assert problems(statement) == [BREAKS_OFF, "Line 7: The file breaks off within this transaction."]


@pytest.mark.parametrize("kept", [":62F:C260303EUR988,50", "\n-"])
def test_a_closing_balance_or_the_messages_end_is_enough(kept):
    statement = read(
        MT940.replace("\n-\n", "") if kept.startswith(":62") else MT940.replace(":62F:C260303EUR988,50\n", "")
    )

    assert (len(statement.lines), problems(statement)) == (2, [])


def test_a_last_transaction_without_its_end_is_read_and_said():
    statement = read(QIF.removesuffix("^\n"))

    assert amounts(statement) == ["-5.00", "-16.50"]
    assert problems(statement) == [
        "Line 6: the last transaction has no ^ at its end. The file may break off there; compare it with the bank."
    ]


def test_an_amount_that_may_lack_digits_is_a_broken_line():
    statement = read(QIF[: QIF.index("16.50") + 1])

    assert amounts(statement) == ["-5.00"]
    assert problems(statement) == [BREAKS_OFF, "Line 6: The file breaks off within this transaction."]


def test_xml_that_breaks_off_is_refused_in_words():
    with pytest.raises(StatementError, match="This XML file is broken in line 1"):
        read("<Document><BkToCstmrStmt><Stmt><Ntry><Amt")
