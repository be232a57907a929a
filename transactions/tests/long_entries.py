"""Files of every format with as many entries as a test wants, on as few lines as the format allows."""

import io
import zipfile

import openpyxl

from transactions.tests import binary_sheets

AROUND = {
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
    "bank.csv": "Date,Text,Amount,Balance\n{}",
    "books.journal": "; Our books\n{}",
    "mint.csv": (
        "Date,Description,Original Description,Amount,Transaction Type,Category,Account Name,Labels,Notes\n{}"
    ),
}
ENTRIES = {
    "bank.ofx": "<STMTTRN><TRNAMT>-1.50<DTPOSTED>202611{day:02}<NAME>Tram {number}</STMTTRN>",
    "bank.xml": (
        '<c:Ntry><c:Amt Ccy="INR">1.50</c:Amt><c:CdtDbtInd>DBIT</c:CdtDbtInd><c:BookgDt><c:Dt>2026-11-{day:02}</c:Dt>'
        "</c:BookgDt><c:AddtlNtryInf>Tram {number}</c:AddtlNtryInf></c:Ntry>"
    ),
    "bank.qif": "D2026-11-{day:02}\nT-1.50\nPTram {number}\n^\n",
    "bank.sta": ":61:2611{day:02}11{day:02}D1,50NTRFNONREF\n:86:Tram {number}\n",
    "budget.yfull": (
        '{{"accountId": "A", "payeeId": "P", "amount": -1.5, "date": "2026-11-{day:02}", "memo": "{number}"}}'
    ),
    "bank.csv": "2026-11-{day:02},Tram {number},-1.50,\n",
    "books.journal": "2026-11-{day:02} Tram {number}\n    expenses:travel  INR 1.50\n    assets:DE1\n\n",
    "mint.csv": "11/{day:02}/2026,Tram {number},TRAM {number},1.50,debit,Travel,Giro,,\n",
}


def made(name: str, count: int) -> bytes:
    """A file of this format with so many entries of 1.50, the first 28 of them on a day each."""
    if name == "bank.zip":
        return packed({"a.xml": made("bank.xml", count)})
    if name == "bank.xlsx":
        return workbook(count)
    if name == "bank.xls":
        return binary_workbook(count)
    between = "," if name == "budget.yfull" else ""
    entries = (ENTRIES[name].format(day=1 + number % 28, number=number) for number in range(count))
    return AROUND[name].format(between.join(entries)).encode()


def packed(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def binary_workbook(count: int) -> bytes:
    rows = [
        cell
        for number in range(count)
        for cell in (
            binary_sheets.text(number + 1, 0, f"2026-11-{1 + number % 28:02}"),
            binary_sheets.text(number + 1, 1, f"Tram {number}"),
            binary_sheets.number(number + 1, 2, -1.5),
        )
    ]
    return binary_sheets.sheet_of_a_program(*rows)


def workbook(count: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Date", "Text", "Amount"])
    for number in range(count):
        sheet.append([f"2026-11-{1 + number % 28:02}", f"Tram {number}", -1.5])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
