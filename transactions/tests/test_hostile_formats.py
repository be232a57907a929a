"""Files of tags and fields made to cost as much as they can: a sentence or right lines, in little time and memory."""

import io
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from transactions.importers import accounts, fronts, json_walk, payees, read, xml_tree
from transactions.tests.open_documents import KIND
from transactions.tests.reading import FILES, amounts, problems, skipped
from transactions.tests.test_hostile_files import refusal

CAMT = "<Document><BkToCstmrStmt><Stmt>{}</Stmt></BkToCstmrStmt></Document>"
ENTRY = (
    '<Ntry><Amt Ccy="EUR">3.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>'
    "{}</Ntry>"
)
MT940 = ":20:X\n:25:1\n:60F:C260301EUR1,\n{}:62F:C260303EUR1,\n-\n"
MUCH = "more tags, or longer ones, than any statement"
TABLE = "Date,Description,Amount\n2026-03-02,Tram,-1.00\n"
PAYMENT = "2026-11-02 * {}\n    expenses:food  1.00 EUR{}\n    assets:giro\n\n"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


def packed(**members: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return archive.getvalue()


@pytest.fixture
def _few(monkeypatch):
    """Bounds that a small file reaches."""
    monkeypatch.setattr(xml_tree, "_MOST_KEPT", 5000)
    monkeypatch.setattr(xml_tree, "_LONGEST_TAG", 20_000)
    monkeypatch.setattr(accounts, "MOST_LINES", 300)


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize("within_entry", [False, True])
def test_tags_without_number_are_no_tree_in_memory(within_entry):
    tags = "<X/>" * 6000
    content = CAMT.format(ENTRY.format(tags) if within_entry else tags)

    assert MUCH in refusal(content.encode(), "bank.xml")
    assert MUCH in refusal(packed(bank_xml=content), "bank.zip")


@pytest.mark.usefixtures("_few")
def test_tags_of_entries_that_were_read_count_no_more():
    entries = ENTRY.format("<X/>" * 500) * 100

    assert len(read(CAMT.format(entries).encode(), filename="bank.xml").lines) == 100


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize("long", ["<X a='{}'/>", "<!--{}-->", "<X>{}</X>"])
def test_a_tag_longer_than_any_is_none_of_a_statement(long):
    content = CAMT.format(long.format("y" * 30_000) + ENTRY.format(""))

    assert MUCH in refusal(content.encode(), "bank.xml")
    assert amounts(read(content.replace("y" * 15_000, "").encode(), filename="bank.xml")) == ["-3.00"]


def test_a_booking_of_more_payments_than_any_is_one_line_without_parts():
    part = '<TxDtls><Amt Ccy="EUR">1.00</Amt></TxDtls>'
    batch = ENTRY.format(f"<NtryDtls>{part * 2001}</NtryDtls>").replace("3.00", "2001.00")

    (few,) = read(CAMT.format(ENTRY.format(f"<NtryDtls>{part * 3}</NtryDtls>")).encode(), filename="bank.xml").lines
    (many,) = read(CAMT.format(batch).encode(), filename="bank.xml").lines

    assert (len(few.splits), str(few.amount)) == (3, "-3.00")
    assert (len(many.splits), str(many.amount)) == (0, "-2001.00")


@pytest.mark.parametrize("part", ["S\n", "SFood\n$-1\n", "SFood\n%1\n"])
def test_a_payment_of_more_parts_than_any_is_named_and_not_read(part):
    payments = "!Type:Bank\nD2026-03-02\nT-1.00\n" + part * 100_000 + "^\nD2026-03-03\nT-2.00\n^\n"

    with within(1):
        statement = read(payments.encode(), filename="bank.qif")

    assert amounts(statement) == ["-2.00"]
    assert problems(statement) == ["Line 2: The transaction has more than 2000 parts."]


def test_an_entry_of_a_budget_with_more_parts_than_any_is_named():
    parts = ",".join(['{"amount":-1}'] * 2001)
    entry = f'{{"entityId":"1","date":"2026-03-02","amount":-2001,"subTransactions":[{parts}]}}'
    budget = f'{{"accounts":[],"payees":[],"masterCategories":[],"transactions":[{entry}]}}'

    assert problems(read(budget.encode(), filename="a.yfull")) == ["Line 1: The transaction has more than 2000 parts."]


def budget(entry: str) -> bytes:
    lists = '"accounts":[{"entityId":"A","accountName":"\\ud800"}],"payees":[],"masterCategories":[]'
    entry = f'{{"entityId":"1","accountId":"A","date":"2026-03-02","amount":-1,{entry}}}'
    return f'{{{lists},"transactions":[{entry}]}}'.encode()


def test_what_json_writes_and_no_database_keeps_is_no_letter():
    (line,) = read(budget('"memo":"a\\ud800\\u0000b"'), filename="a.yfull").lines

    assert (line.description, line.account) == ("a\ufffd\ufffdb", "\ufffd")
    assert line.raw.encode()


def test_a_memo_longer_than_any_is_named_and_not_read():
    statement = read(budget(f'"memo":"{"m" * 6000}"'), filename="a.yfull")

    assert problems(statement) == ["Line 1: A text of this transaction is longer than 5000 characters."]


def test_half_a_letter_of_a_budget_stands_in_the_first_look_as_well():
    front = fronts.of(budget('"memo":"a\\ud800b"'), filename="a.yfull", size=100_000)

    assert [line.description for line in read(front, filename="a.yfull").lines] == ["a\ufffdb"]


def test_a_budget_of_empty_lists_without_number_is_refused(monkeypatch):
    monkeypatch.setattr(json_walk, "_MOST_VALUES", 100)

    assert "cannot be read to its end" in refusal(budget(f'"x":[{"[]," * 200}[]]'), "a.yfull")


def test_an_entry_nested_as_deep_as_can_be_read_is_shown_or_not():
    for depth in (100, 300, 900, 3000):
        try:
            assert read(budget(f'"x":{"[" * depth}{"]" * depth}'), filename="a.yfull").lines[0].raw is not None
        except accounts.StatementError:
            assert depth > 300


def test_rows_of_an_app_that_are_more_parts_than_any_are_a_payment_each():
    whole = (FILES / "apps" / "firefly_full.csv").read_text().splitlines()
    part = next(row for row in whole if ",Supermarket,Withdrawal,-30.00," in row)

    few, many = (read("\n".join([whole[0], *[part] * count]).encode(), filename="a.csv") for count in (2000, 2001))

    assert (amounts(few), len(few.lines[0].splits)) == (["-60000.00"], 2000)
    assert amounts(many) == ["-30.00"] * 2001


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("!Type:Cat\n" * 400 + "!Type:Bank\nD2026-03-02\nT-1.00\n^\n", "bank.qif"),
        ("!Type:Invst\n" + "D1/1/26\n^\n" * 400, "bank.qif"),
        ("!Type:Bank\n" * 400, "bank.qif"),
        ("OFXHEADER:100\n<OFX>" + "<STMTRS>" * 400, "bank.ofx"),
        ("OFXHEADER:100\n<OFX><INVSTMTRS>" + "<INVTRAN>" * 400, "bank.ofx"),
        ("OFXHEADER:100\n<OFX>" + "<STATUS><SEVERITY>ERROR</STATUS>" * 400, "bank.ofx"),
        (MT940.format(":20:X\n" * 400), "bank.sta"),
        (CAMT.format("</Stmt><Stmt>" * 400), "bank.xml"),
    ],
)
def test_lists_accounts_and_trades_are_counted_as_payments_are(content, name):
    assert "more than 300 transactions" in refusal(content.encode(), name)


@pytest.mark.parametrize(
    ("detail", "text"), [(":86:more of it\n:NS:22\n", "Line 4"), ("", "Line 4"), (" ; OD :\n", "Line 4")]
)
def test_a_line_of_mt940_without_end_costs_itself_alone(detail, text):
    payment = ":61:2603020302D{},00NTRFNONREF\n"
    endless = payment.format(5) + (detail * 30_000 if detail else "more of it\n" * 30_000)

    with within(1):
        statement = read(MT940.format(endless + payment.format(6) + ":86:Tram\n").encode(), filename="bank.sta")

    assert amounts(statement) == ["-6.00"]
    assert problems(statement) == [f"{text}: A text of this transaction is longer than 5000 characters."]


def test_spaces_of_a_detail_are_looked_at_once():
    payment = ":61:2603020302D5,00NTRFNONREF\n:86:;OD" + " " * 4900 + "x\n"

    with within(1):
        assert len(read(MT940.format(payment * 200).encode(), filename="bank.sta").lines) == 200


@pytest.mark.parametrize("cell", ["", "2026-03-02,-1.00", "Date,Amount", "EUR,USD"])
def test_a_row_of_a_million_cells_is_not_walked_along(cell):
    with within(1):
        assert "does not look like a statement" in refusal((cell + ",").encode() * 300_000, "bank.csv")


def test_a_text_that_goes_on_for_ever_is_no_text():
    with within(3):
        statement = read((TABLE + ",more of it,\n" * 5000).encode(), filename="bank.csv")

    assert (amounts(statement), len(statement.lines[0].also)) == (["-1.00"], 100)
    assert skipped(statement)[0] == (103, "Not a transaction.")


@pytest.mark.parametrize(
    "content",
    [
        TABLE.replace("Description", "Description (" + " " * 100_000 + "x"),
        TABLE.replace("Description", "Description" + " " * 100_000 + "x"),
        TABLE + "2026-03-02,1" + "X" * 100_000 + "!,-2.00\n",
        TABLE + "x" * 1_000_000 + "\n\xe9\n",
        TABLE + "a" * 19_000 + ",\xe9\n",
    ],
)
def test_a_long_cell_is_looked_along_once(content):
    with within(1.5):
        assert amounts(read(content.encode("latin-1"), filename="bank.csv"))[:1] == ["-1.00"]


def test_a_block_of_a_statement_has_as_many_names_as_a_table():
    names = [f"T{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(600)]
    blocks = "".join(f"Date: 13/03/2026\nAmount: -1.00\n{name}: x\n\n" for name in names)

    statement = read(blocks.encode(), filename="bank.txt")

    assert len(statement.lines) == 600
    assert len(statement.reading.header) == 64


def test_a_tag_without_end_is_looked_along_once():
    with within(1):
        assert "web page" in refusal(b"<table><tr><td>x</td></tr><a" + b"a" * 100_000, "bank.xls")


def test_a_number_of_thousands_of_digits_stands_for_no_letter():
    rows = "<tr><td>Date</td><td>Text</td><td>Amount</td></tr><tr><td>2026-03-02</td><td>{}</td><td>-1.00</td></tr>"
    page = f"<table>{rows}</table>".format("&#" + "1" * 5000 + ";")

    assert amounts(read(page.encode(), filename="bank.xls")) == ["-1.00"]


@pytest.mark.parametrize(
    ("said", "behind"),
    [('"' + '\\"' * 2400, ""), ("x", " " + "{" * 4900), ("x\n\nD" + " " * 4900 + "x\n\n2026-11-03 y", "")],
)
def test_signs_of_a_journal_that_never_close_are_looked_at_once(said, behind):
    with within(2):
        assert len(read((PAYMENT.format(said, behind) * 50).encode(), filename="books.journal").lines) == 50


@pytest.mark.parametrize("hostile", ["t='s'" * 20_000, "t='s'" * 30_000, "<c t='s'><v>999999999</v></c>"])
def test_the_first_look_at_a_workbook_counts_nothing_that_is_not_there(hostile):
    texts = "<sst>" + "</si>" * 400_000
    book = packed(xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml=hostile, xl__sharedStrings_xml=texts)

    with within(1):
        assert fronts.of(book, filename="bank.xlsx", size=100_000)


def test_the_first_look_at_an_archive_is_no_larger_than_a_first_look():
    book = packed(xl__workbook_xml="<workbook/>", xl__other_xml=" " * 5_000_000)

    assert fronts.of(book, filename="bank.xlsx", size=100_000) == book


def test_the_first_look_at_a_workbook_of_libreoffice_is_quick():
    rows = "<table:table-row></table:table-row>" + "<table:table-rows " * 6000
    book = packed(mimetype=KIND, content_xml=rows + "</table:table-row></table:table>")

    with within(1):
        assert fronts.of(book, filename="bank.ods", size=100_000)


@pytest.mark.parametrize("cell", ["", "{:.2f}"])
def test_hundreds_of_columns_of_figures_are_not_all_held_against_each_other(cell):
    rows = []
    for number in range(300):
        cells = [cell.format(10 + place * number % 90) for place in range(200)]
        cells[:2], cells[2 + number % 198] = [f"2026-03-{number % 28 + 1:02d}", "x"], "" if cell else "15.00"
        rows.append(",".join(cells))

    with within(3):
        refusal("\n".join(rows).encode(), "bank.csv")


def test_a_payee_of_one_long_word_is_read_quickly():
    with within(0.5):
        for number in range(100):
            assert payees.readable(f"POS/{number}" + "A" * 590)
