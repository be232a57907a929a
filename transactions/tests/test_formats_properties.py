"""No bytes make a parser do anything but read or refuse, and the time it takes grows with the file, no faster."""

import io
import time
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transactions.importers import PARSERS, read
from transactions.importers.base import Choices, Remark, Statement, StatementError, StatementLine
from transactions.tests.reading import FILES

KINDS = ("ofx", "qif", "mt940", "camt", "zip", "xlsx", "xls", "biff", "ods", "fods", "journal", "json", "csv")
FOLDERS = ("ofx", "qif", "mt940", "camt", "xlsx", "xls", "ods", "journal")
SAMPLES = [path for folder in FOLDERS for path in sorted((FILES / folder).iterdir())]

FRAGMENTS = [
    *(b"<OFX>", b"<STMTRS>", b"<STMTTRN>", b"</STMTTRN>", b"<DTPOSTED>", b"<TRNAMT>", b"<NAME>", b"<![CDATA["),
    *(b"!Type:Bank\n", b"!Account\n", b"!Type:Invst\n", b"^\n", b"\nD1/2'26\n", b"T-5.00\n", b"S[A]\n", b"$-1\n"),
    *(b":20:X\n", b":25:1\n", b":60F:C260301EUR1,\n", b":61:2603020302D5,NTRF\n", b":86:106?20a?32b\n", b":62F:"),
    *(b"<Document>", b"<BkToCstmrStmt>", b"<Stmt>", b"<Ntry>", b"<Amt Ccy='EUR'>", b"</Ntry>", b"</Stmt>", b"&lt;"),
    *(b"<table>", b"<tr>", b"<td>", b"<td colspan=3>", b"<!--", b"-->", b"<script>", b"<Row>", b"<Cell ss:Index='9'>"),
    *(b'\n2026-03-02 * "a" | b\n', b"\n  Assets:A  -1.00 EUR", b"  Expenses:B", b" @@ 2 USD", b"{1 X}", b"= 5\n"),
    *(b"20260302", b"99999999", b"000000", b"-9,90", b"1.234", b"9" * 40, b"\x00", b"\xff\xfe", b"\xe9", b"-\n"),
    *(
        b"<office:document>",
        b"<table:table>",
        b"<table:table-row>",
        b'<table:table-cell office:currency="EUR">',
        b"\xa4\xa2",
    ),
    *(
        b'{"accounts":[],"payees":[],"masterCategories":[],"transactions":[',
        b'{"amount":-1,"date":"',
        b"\\ud800",
        b"]}",
    ),
    *(b"1403/05/12,", b"Date,Text,Amount\n", "様,4980-00**-****\n".encode(), b'"', b"(", b"X" * 30, b" " * 30),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"PK\x03\x04", b"%s", b"{1:F01", b"?", b"/NAME/", b"\r", b"\n", b"<"),
]
soups = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=8)), max_size=60).map(b"".join)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of ours with a few pieces of it overwritten, cut out or doubled."""
    content = draw(st.sampled_from(SAMPLES)).read_bytes()
    for _times in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        middle = draw(st.one_of(st.binary(max_size=6), st.sampled_from(FRAGMENTS), st.just(content[start:end] * 2)))
        content = content[:start] + middle + content[end:]
    return content


@st.composite
def damaged_within(draw: st.DrawFn) -> bytes:
    """A workbook or an archive that is whole as an archive, one of whose members is damaged."""
    packed, again = (
        draw(st.sampled_from([path for path in SAMPLES if path.suffix in {".xlsx", ".ods", ".zip"}])),
        io.BytesIO(),
    )
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(again, "w") as new:
        broken = draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            content = old.read(name)
            if name == broken:
                start = draw(st.integers(0, len(content)))
                middle = draw(st.one_of(st.binary(max_size=6), st.sampled_from(FRAGMENTS)))
                content = content[:start] + middle + content[start + draw(st.integers(0, 40)) :]
            new.writestr(name, content)
    return again.getvalue()


def checked(statement: Statement) -> None:
    assert all(line.amount.is_finite() and 1900 <= line.date.year <= 2100 for line in statement.lines)
    assert all(not line.splits or sum(part.amount for part in line.splits) == line.amount for line in statement.lines)
    assert len({line.number for line in statement.lines}) == len(statement.lines)
    assert all(is_text(line) for line in statement.lines)
    assert all(str(remark) for remark in (*statement.skipped, *statement.problems, *statement.remarks))


def is_text(line: StatementLine) -> bool:
    """Whether a database could keep every text of the line."""
    texts = (line.description, line.words, line.raw, line.account, line.category, line.bank_id or "", *line.also)
    return all("\0" not in text and text.encode() is not None for text in texts)


def read_or_refuse(parser, content: bytes) -> Statement:
    try:
        return parser(content)
    except StatementError as refusal:
        return Statement(format="", encoding="", problems=(Remark(refusal.problem, refusal.line),))


@settings(deadline=None, max_examples=300)
@given(content=st.one_of(soups, st.binary(max_size=300)), kind=st.sampled_from(KINDS))
@example(content=b":20:A\n:61:2602300229D6,00N\n:62F:C990231EUR" + b"9" * 31, kind="mt940")
@example(content=b"!Type:Bank\nD1/1/26\nT1\nSa\n$x\nSb\n^", kind="qif")
@example(content="<OFX><STMTRS><STMTTRN><DTPOSTED>١٢٣٤١٢١٢".encode(), kind="ofx")
def test_any_bytes_give_a_statement_or_a_sentence(content, kind):
    checked(read_or_refuse(lambda data: PARSERS[kind](data, choices=Choices()), content))


@settings(deadline=None, max_examples=300)
@given(content=st.one_of(damaged(), damaged_within()))
def test_a_damaged_file_gives_a_statement_or_a_sentence(content):
    checked(read_or_refuse(lambda data: read(data, filename="bank.csv"), content))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_file_cut_anywhere_gives_a_statement_or_a_sentence(path):
    content = path.read_bytes()
    whole = read(content, filename=path.name)

    for end in range(1, len(content), max(1, len(content) // 60)):
        cut = read_or_refuse(lambda data: read(data, filename=path.name), content[:end])
        checked(cut)
        assert len(cut.lines) <= len(whole.lines)


LONG = {
    "unclosed tags": b"<OFX><STMTRS>" + b"<STMTTRN><DTPOSTED>20260302<TRNAMT>-1" * 2000,
    "nothing but tags": b"<OFX>" + b"<A" * 200_000,
    "open sections": b"<OFX>" + b"<![CDATA[" * 50_000,
    "spaces in a tag": b"<OFX>" + b"<A" + b" " * 300_000,
    "comments": b"#\n" * 200_000 + b"!Type:Bank\n",
    "parts": b"!Type:Bank\nD1/1/26\nT-1\n" + b"Sa\n$1\n" * 20_000,
    "details": b":20:X\n:25:1\n:60F:C260301EUR1,\n:61:260302D1,NTRF\n:86:106" + b"?20EREF+" * 600 + b"\n-",
    "slashes": b":20:X\n:25:1\n:60F:C260301EUR1,\n:61:260302D1,NTRF\n:86:/NAME/a/REMI/" + b"/USTD" * 900 + b"\n-",
    "labels": b":20:X\n:25:1\n:61:260302D1,NTRF\n:86:" + b"; " * 2000 + b"OD:a;TYT.:b\n-",
    "endless field": b":20:X\n:25:1\n:61:" + b"2" * 500_000 + b"\n-",
    "entries": b"<Document><BkToCstmrStmt><Stmt>" + b"<Ntry><Amt>1</Amt></Ntry>" * 10_000,
}


@pytest.mark.parametrize("content", LONG.values(), ids=LONG.keys())
def test_no_file_takes_longer_than_its_size_allows(content):
    start = time.process_time()

    checked(read_or_refuse(lambda data: read(data, filename="bank.csv"), content))

    assert time.process_time() - start < 5


payments = st.lists(
    st.tuples(
        st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31)),
        st.decimals(min_value=-99999, max_value=99999, places=2),
    ),
    min_size=1,
    max_size=20,
)


def as_ofx(day: date, amount: Decimal) -> str:
    return f"<STMTTRN><DTPOSTED>{day:%Y%m%d}000000[-5:EST]<TRNAMT>{amount}<NAME>Tram"


def as_qif(day: date, amount: Decimal) -> str:
    return f"D{day:%Y-%m-%d}\nT{amount:,}\nPTram\n^\n"


def as_mt940(day: date, amount: Decimal) -> str:
    side = "D" if amount.is_signed() else "C"
    return f":61:{day:%y%m%d%m%d}{side}{abs(amount)}NTRFNONREF\n".replace(".", ",") + ":86:Tram\n"


def as_camt(day: date, amount: Decimal) -> str:
    side = "DBIT" if amount.is_signed() else "CRDT"
    marks = f'<Amt Ccy="EUR">{abs(amount)}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
    return f"<Ntry>{marks}<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt></Ntry>"


def as_journal(day: date, amount: Decimal) -> str:
    return f"{day} Tram\n    expenses:travel  {-amount} EUR\n    assets:giro\n\n"


WRITERS = {
    "journal": ("; Our books\n", as_journal, ""),
    "ofx": ("OFXHEADER:100\n<OFX><STMTRS>", as_ofx, "</STMTRS></OFX>"),
    "qif": ("!Type:Bank\n", as_qif, ""),
    "mt940": (":20:X\n:25:1\n:60F:C260301EUR1,00\n", as_mt940, "-\n"),
    "camt": ("<Document><BkToCstmrStmt><Stmt>", as_camt, "</Stmt></BkToCstmrStmt></Document>"),
}


@settings(deadline=None)
@given(payments=payments, kind=st.sampled_from(sorted(WRITERS)))
def test_days_and_amounts_are_read_back_from_every_format(payments, kind):
    before, write, after = WRITERS[kind]

    statement = read((before + "".join(write(*payment) for payment in payments) + after).encode(), filename="bank.csv")

    assert statement.format == kind
    assert [(line.date, line.amount) for line in statement.lines] == payments
    assert not statement.problems
