import io
import zipfile
from decimal import Decimal

import pytest

from transactions.importers import archive
from transactions.importers.base import Split, StatementError, Status
from transactions.tests.reading import amounts, days, problems, read, remarks, sample, skipped

ENTRY = (
    '<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>'
    "<BookgDt><Dt>2026-03-02</Dt></BookgDt><AddtlNtryInf>Tram</AddtlNtryInf></Ntry>"
)


def written(
    *entries: str, message: str = "BkToCstmrStmt", name: str = "Stmt", account: str = "<IBAN>DE1</IBAN>"
) -> str:
    body = "\n".join(entries)
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt"><{message}><{name}>'
        f"<Acct><Id>{account}</Id></Acct>\n{body}\n</{name}></{message}></Document>"
    )


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def test_entries_are_read_with_their_party_and_purpose():
    statement = sample("camt/batch_and_pending_v8.xml")

    assert [(line.description, line.also) for line in statement.lines] == [
        ("Müller & Söhne", ("Invoice 12",)),
        ("City Library", ("Fee", "Swimming Club", "March")),
        ("Returned credit", ()),
        ("Bakery", ("Card",)),
    ]
    assert [line.bank_id for line in statement.lines] == ["R1", "R2", "R3", None]
    assert (statement.account, statement.currency) == ("DE75512108001245126199", "EUR")
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("-100.00"), Decimal("340.00"))


def test_the_mark_of_an_entry_counts_for_reversals_too():
    assert amounts(sample("camt/batch_and_pending_v8.xml")) == ["500.00", "-50.00", "-10.00", "-7.70"]


def test_the_banks_day_is_never_shifted_to_another_zone():
    assert days(sample("camt/batch_and_pending_v8.xml")) == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06"]


def test_a_batch_is_one_line_of_its_parts():
    assert sample("camt/batch_and_pending_v8.xml").lines[1].splits == (
        Split(Decimal("-30.00"), note="City Library Fee"),
        Split(Decimal("-20.00"), note="Swimming Club March"),
    )


def test_pending_entries_are_pending_and_mere_notices_are_left_aside():
    statement = sample("camt/batch_and_pending_v8.xml")

    assert statement.lines[-1].status is Status.PENDING
    assert skipped(statement) == [(61, "For information only: the bank will not book it.")]


def test_the_files_of_an_archive_are_one_statement_in_time():
    statement = sample("camt/two_days.zip")

    assert (days(statement), amounts(statement)) == (["2026-03-01", "2026-03-02"], ["-2.00", "4.00"])
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("5.00"), Decimal("7.00"))
    assert [line.number for line in statement.lines] == [8, 9]


def test_the_party_of_a_credit_is_never_the_owner_of_the_account():
    own = "<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>Alice</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>"

    statement = read(written(ENTRY.replace("DBIT", "CRDT").replace("</Ntry>", f"{own}</Ntry>")))

    assert (statement.lines[0].description, statement.lines[0].also) == ("Tram", ())


@pytest.mark.parametrize(
    ("message", "name"),
    [("BkToCstmrStmt", "Stmt"), ("BkToCstmrAcctRpt", "Rpt"), ("BkToCstmrDbtCdtNtfctn", "Ntfctn")],
)
def test_reports_and_notices_are_read_like_statements(message, name):
    assert amounts(read(written(ENTRY, message=message, name=name))) == ["-5.00"]


def test_accounts_that_are_no_iban_have_a_name_too():
    assert read(written(ENTRY, account="<Othr><Id>4711</Id></Othr>")).account == "4711"


def test_a_broken_entry_is_named_and_stops_no_other():
    statement = read(
        written(
            ENTRY.replace("5.00", "5.0.0"),
            ENTRY.replace("DBIT", "BOTH"),
            ENTRY.replace("2026-03-02", "2026-02-30"),
            ENTRY.replace("<BookgDt><Dt>2026-03-02</Dt></BookgDt>", ""),
            ENTRY,
        )
    )

    assert problems(statement) == [
        "Line 2: “5.0.0” is not an amount.",
        "Line 3: “BOTH” does not say whether the money came in or went out.",
        "Line 4: “2026-02-30” is not a date.",
        "Line 5: “Tram” (5.00) has no date.",
    ]
    assert [(line.number, line.description) for line in statement.lines] == [(6, "Tram")]


def test_the_parts_of_a_batch_that_do_not_add_up_are_not_kept():
    part = '<TxDtls><Amt Ccy="EUR">{}</Amt></TxDtls>'
    entries = [
        ENTRY.replace("</Ntry>", f"<NtryDtls>{part.format(first)}{part.format('2.00')}</NtryDtls></Ntry>")
        for first in ("3.00", "2.50", "x")
    ]

    assert [len(line.splits) for line in read(written(*entries)).lines] == [2, 0, 0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<Document><BkToCstmrStmt></BkToCstmrStmt></Document>", "it contains no statement"),
        (b"<Document><CstmrCdtTrfInitn/></Document>", "not a statement of ISO 20022"),
        (b"<?xml version='1.0'?><invoice/>", "not a statement of ISO 20022"),
        (b"<Document><Bk", "broken in line 1"),
        (b"<Document>\n<a>&auml;</a></Document>", "broken in line 2"),
        (b'<?xml version="1.0" encoding="x-none"?><Document/>', "character set"),
        (b"<Document>" + b"<a>" * 200, "nested deeper"),
        (b'<!DOCTYPE Document [<!ENTITY a "aaa">]><Document>&a;</Document>', "declares entities or a document type"),
        (b'<!DOCTYPE Document SYSTEM "http://localhost/x.dtd"><Document/>', "declares entities or a document type"),
    ],
)
def test_other_and_unsafe_xml_is_refused_in_words(content, sentence):
    with pytest.raises(StatementError) as refusal:
        read(content)

    assert sentence in str(refusal.value)


def test_one_broken_file_of_an_archive_stops_no_other():
    statement = read(zipped(a_xml=b"<Document><Bk", b_xml=written(ENTRY).encode()))

    assert (amounts(statement), problems(statement)) == (
        ["-5.00"],
        ["a.xml: This XML file is broken in line 1. Download it again."],
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zipped(readme_txt=b"hello", more_txt=b"hello"), "This ZIP archive holds no CAMT file"),
        (zipped(a_xml=b"<a/>"), "not a statement of ISO 20022"),
        (zipped(a_xml=b"<a/>", b_xml=b"<b>"), "a.xml: This XML file is not a statement of ISO 20022"),
        (zipped(content_xml=b"<a/>"), "Documents of this kind (.xlsb, .odt and the like)"),
        (zipped(a_xml=b"<a/>")[:-30], "This ZIP archive or spreadsheet is broken"),
    ],
    # An archive holds the time at which it was made: as a name it would be another one each second.
    ids=["no XML", "not ISO 20022", "two of them", "a spreadsheet", "cut off"],
)
def test_archives_without_a_statement_are_refused_in_words(content, sentence):
    with pytest.raises(StatementError) as refusal:
        read(content)

    assert sentence in str(refusal.value)


def test_an_archive_that_would_grow_too_large_is_refused_before_it_does():
    content = zipped(a_xml=b" " * (archive.MOST_UNPACKED + 1))

    assert len(content) < 100_000
    with pytest.raises(StatementError, match="Unpacked, this file is larger than 64 MB"):
        read(content)


def test_an_archive_that_lies_about_its_size_unpacks_to_no_more_than_it_says():
    content = bytearray(zipped(a_xml=written(ENTRY).encode() + b" " * 1000))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (50).to_bytes(4, "little")

    with pytest.raises(StatementError, match="broken"):
        read(bytes(content))


def test_a_locked_archive_is_refused_in_words():
    content = bytearray(zipped(a_xml=b"<a/>"))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(StatementError, match="protected with a password"):
        read(bytes(content))


def test_a_balance_that_cannot_be_read_is_left_out():
    balance = (
        '<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">much</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    )

    statement = read(written(balance, ENTRY))

    assert (amounts(statement), statement.closing_balance, statement.currency) == (["-5.00"], None, "EUR")


def test_an_archive_packed_in_another_way_is_refused_in_words():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a.xml", written(ENTRY))

    with pytest.raises(StatementError, match="broken"):
        read(packed.getvalue())


def named(name: str, *entries: str, made: str = "2026-03-05T08:00:00", last: str = "2026-03-02") -> str:
    head = f"<Id>{name}</Id><CreDtTm>{made}</CreDtTm><FrToDt><ToDtTm>{last}</ToDtTm></FrToDt><Acct>"
    return written(*entries).replace("<Acct>", head)


def test_the_same_file_twice_in_an_archive_counts_once_and_is_said():
    content = written(ENTRY, ENTRY).encode()

    statement = read(zipped(a_xml=content, b_xml=content))

    assert amounts(statement) == ["-5.00", "-5.00"]
    assert remarks(statement) == ["b.xml has the same content as a.xml: it counts once."]


def test_the_same_statement_in_two_files_counts_once_and_is_said():
    again = named("S-7", ENTRY, made="2026-03-09T17:30:00").replace("\n", "\n  ").encode()

    statement = read(zipped(a_xml=named("S-7", ENTRY).encode(), b_xml=again))

    assert amounts(statement) == ["-5.00"]
    assert remarks(statement) == ["The statement S-7 is there twice, word for word: it counts once."]


def test_the_same_statement_twice_in_one_file_counts_once():
    one = named("S-7", ENTRY)
    inner = one[one.index("<Stmt>") : one.index("</BkToCstmrStmt>")]

    assert amounts(read(one.replace("</BkToCstmrStmt>", f"{inner}</BkToCstmrStmt>"))) == ["-5.00"]


@pytest.mark.parametrize(
    "other",
    [
        named("S-8", ENTRY),
        named("S-7", ENTRY, last="2026-03-03"),
        named("S-7", ENTRY, ENTRY),
        named("S-7", ENTRY.replace("EUR", "CHF")),
        named("S-7", ENTRY.replace("Tram", "Bus")),
    ],
)
def test_statements_that_differ_in_a_word_both_count(other):
    statement = read(zipped(a_xml=named("S-7", ENTRY).encode(), b_xml=other.encode()))

    assert len(statement.lines) == 1 + other.count("<Ntry>")
    assert not any("counts once" in remark for remark in remarks(statement))


def test_statements_without_an_id_are_never_taken_for_one():
    statement = read(zipped(a_xml=written(ENTRY).encode(), b_xml=written(ENTRY).encode() + b"\n"))

    assert amounts(statement) == ["-5.00", "-5.00"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_and_content_count_once():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for _time in range(2):
            made.writestr("a.xml", written(ENTRY))

    assert amounts(read(packed.getvalue())) == ["-5.00"]


def test_what_stands_behind_the_entries_of_a_statement_counts_too():
    account = "<Acct><Id><IBAN>DE1</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    closing = (
        '<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        "<Dt><Dt>2026-03-03</Dt></Dt></Bal>"
    )
    start, end = written(ENTRY, ENTRY).split("<Acct><Id><IBAN>DE1</IBAN></Id></Acct>")

    statement = read(start + end.replace("</Stmt>", f"{account}{closing}</Stmt>"))

    assert (len(statement.lines), statement.account, statement.currency) == (2, "DE1", "EUR")
    assert statement.closing_balance == Decimal("7.00")


def test_of_a_file_that_breaks_off_within_an_archive_no_entry_is_taken():
    whole = written(ENTRY).encode()

    statement = read(zipped(a_xml=whole[:-20], b_xml=whole))

    assert amounts(statement) == ["-5.00"]
    assert problems(statement) == ["a.xml: This XML file is broken in line 3. Download it again."]
