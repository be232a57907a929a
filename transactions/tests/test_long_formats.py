"""Long or not is told by entries, whatever the format; what is long is read in the background, as a long table is."""

import io
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Job
from transactions import importers, uploads
from transactions.importers import lengths
from transactions.models import Transaction
from transactions.tests.long_files import at, sent

ON_ONE_LINE = {
    "bank.ofx": "<OFX><STMTRS><CURDEF>INR<BANKACCTFROM><ACCTID>DE1</BANKACCTFROM><BANKTRANLIST>{}</STMTRS></OFX>",
    "bank.xml": (
        '<c:Document xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt"><c:BkToCstmrStmt><c:Stmt><c:Acct><c:Id><c:IBAN>DE1'
        "</c:IBAN></c:Id></c:Acct>{}</c:Stmt></c:BkToCstmrStmt></c:Document>"
    ),
    "bank.qif": "!Type:Bank\n{}",
    "bank.sta": ":20:START\n:25:DE1\n:28C:1/1\n:60F:C261001INR100,00\n{}:62F:C261101INR58,00\n-\n",
    "budget.yfull": (
        '{{"transactions": [{}], "masterCategories": [], "payees": [{{"entityId": "P", "name": "Tram"}}],'
        ' "accounts": [{{"entityId": "A", "accountName": "DE1"}}]}}'
    ),
}
ENTRIES = {
    "bank.ofx": "<STMTTRN><TRNAMT>-1.50<DTPOSTED>202611{:02}<NAME>Tram</STMTTRN>",
    "bank.xml": (
        '<c:Ntry><c:Amt Ccy="INR">1.50</c:Amt><c:CdtDbtInd>DBIT</c:CdtDbtInd><c:BookgDt><c:Dt>2026-11-{:02}</c:Dt>'
        "</c:BookgDt><c:AddtlNtryInf>Tram</c:AddtlNtryInf></c:Ntry>"
    ),
    "bank.qif": "D2026-11-{:02}\nT-1.50\nPTram\n^\n",
    "bank.sta": ":61:2611{0:02}11{0:02}D1,50NTRFNONREF\n:86:Tram\n",
    "budget.yfull": '{{"accountId": "A", "payeeId": "P", "amount": -1.5, "date": "2026-11-{:02}"}}',
}
DAYS = 28
FORMATS = [*ENTRIES, "bank.zip", "bank.xlsx"]


def made(name: str, days: int = DAYS) -> bytes:
    """A file of this format with an entry of 1.50 on each of the first days of a month; few line ends."""
    if name == "bank.zip":
        return packed({"a.xml": made("bank.xml", days)})
    if name == "bank.xlsx":
        return workbook(days)
    between = "," if name == "budget.yfull" else ""
    return ON_ONE_LINE[name].format(between.join(ENTRIES[name].format(day) for day in range(1, days + 1))).encode()


def packed(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def workbook(days: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Date", "Text", "Amount"],
        *([f"2026-11-{day:02}", f"Tram {day}", -1.5] for day in range(1, days + 1)),
    ):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.usefixtures("_long")
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_and_imported_in_the_background_when_it_is_long(
    as_alice, household, run_jobs, monkeypatch, name
):
    # So that the first look sees a part of the file only.
    monkeypatch.setattr(uploads, "FRONT", 700)
    asked = sent(as_alice, made(name), name)
    run_jobs()
    job = Job.objects.get()
    page = as_alice.get(at("import-check"))
    as_alice.post(at("import-commit"))
    run_jobs()

    assert asked.url == reverse("accounts:job", args=[job.pk])
    assert (job.state, job.problem, job.leads_to) == ("done", "", at("import-check"))
    assert f"Import {DAYS} lines" in page.content.decode()
    assert Transaction.objects.of(household).count() == DAYS


@pytest.mark.parametrize("name", FORMATS)
def test_a_first_look_at_a_long_file_is_a_statement_of_its_first_entries(name):
    whole = importers.read(made(name), filename=name)

    first = importers.read(uploads.front(made(name), name, size=700), filename=name)

    assert 0 < len(first.lines) < DAYS
    assert list(first.lines) == list(whole.lines[: len(first.lines)])
    assert (first.account, first.date_order) == (whole.account, whole.date_order)
    assert not first.problems


@pytest.mark.usefixtures("_long")
def test_an_archive_is_not_long_because_its_bytes_look_like_line_ends(as_alice, household):
    noisy = io.BytesIO(workbook(2))
    with zipfile.ZipFile(noisy, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/image1.png", b"\n" * 50_000)

    asked = sent(as_alice, noisy.getvalue(), "bank.xlsx")

    assert asked.url == at("import-check")
    assert not Job.objects.exists()
    assert len(as_alice.get(at("import-check")).context["check"].rows) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_entries_are_counted_without_reading_them(name):
    header = name == "bank.xlsx"

    assert lengths.of(made(name), filename=name) == DAYS + header


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_entries_in_two_bytes_a_letter_are_counted_too(codec):
    assert lengths.of(made("bank.ofx").decode().encode(codec), filename="bank.ofx") == DAYS


def test_an_entry_that_is_cut_in_two_while_it_is_counted_counts_once(monkeypatch):
    monkeypatch.setattr(lengths, "_PIECE", 7)

    assert lengths.of(made("bank.zip"), filename="bank.zip") == DAYS


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04 broken", b"%PDF"])
def test_what_is_no_statement_is_not_long(content):
    assert lengths.of(content, filename="bank.csv") == 0
