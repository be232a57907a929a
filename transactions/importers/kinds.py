"""What kind of file this is: told by its first bytes, by its name only where they say nothing."""

import re
from pathlib import PurePath
from types import MappingProxyType

from transactions.importers import accounts, archive, biff, compound, journal, mistaken, open_document, text
from transactions.importers.base import StatementError, gettext_noop, sentence

OTHER_SPREADSHEET = gettext_noop(
    "Documents of this kind (.xlsb, .odt and the like) cannot be read. Open it in your spreadsheet program, choose"
    " “Save as”, then Excel (.xlsx) or CSV, and choose that file here."
)

# How the formats of the field begin.
_BEGINNINGS = (
    ("camt", re.compile(r"<(?:\w{1,20}:)?Document[\s>]")),
    ("ofx", re.compile(r"OFXHEADER|<\?OFX|<OFX>|<OFX\s|<!DOCTYPE OFX", re.IGNORECASE)),
    ("fods", re.compile(r"<office:document[\s>]")),
    # A web page, a piece of one, or Excel's old XML.
    ("xls", re.compile(r"<!DOCTYPE html|<\?mso-application|<(?:ss:)?Workbook[\s>]", re.IGNORECASE)),
    ("xls", re.compile(r"<(?:html|head|meta|title|style|body|div|center|table|tbody|thead|tr)[\s>]", re.IGNORECASE)),
    ("json", re.compile(r"\{\s*[\"}]")),
)
_XML = re.compile(r"<\?xml[^>]{0,200}\?>|<!--[^>]{0,500}-->", re.IGNORECASE)
_MARKUP = re.compile(r"<[A-Za-z!?]")
_QIF = re.compile(r"!(?:Type|Option|Clear|Account)\b", re.IGNORECASE)
_BY_NAME = MappingProxyType(
    {
        **dict.fromkeys(("ofx", "qfx", "qbo"), "ofx"),
        "qif": "qif",
        **dict.fromkeys(("sta", "mt940", "940"), "mt940"),
        **dict.fromkeys(("xml", "camt", "c53", "053"), "camt"),
        **dict.fromkeys(("json", "yfull"), "json"),
        **dict.fromkeys(("journal", "hledger", "ledger", "ldg", "beancount", "bean"), "journal"),
    }
)
_HEAD = 4096
_LINES = 60


def of(filename: str, data: bytes) -> str:
    """The name of the parser that reads the file; StatementError for what is no statement."""
    if refusal := mistaken.told(data):
        raise StatementError(refusal)
    if data.startswith((compound.BEGINNING, *biff.BEGINNINGS)):
        return "biff"
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    head = _head(data)
    named = _BY_NAME.get(PurePath(filename).suffix.lower().removeprefix("."))
    # XML of no known kind is told so by the parser of XML.
    return _by_content(head) or named or ("camt" if _MARKUP.match(head) else "csv")


def _by_content(head: str) -> str | None:
    kind = next((kind for kind, beginning in _BEGINNINGS if beginning.match(head)), None)
    lines = [line.strip() for line in head.split("\n", _LINES)[:_LINES]]
    if kind is None and _is_mt940(lines):
        return "mt940"
    if kind is None and _is_qif(lines):
        return "qif"
    if kind is None and journal.is_one(head.split("\n")):
        return "journal"
    return kind


def _is_mt940(lines: list[str]) -> bool:
    """Whether the account stands below the reference that begins a message; banks put lines of their own above."""
    start = next((place for place, line in enumerate(lines) if line.startswith((":20:", "{1:F01"))), None)
    return start is not None and any(line.startswith((":25:", ":28")) for line in lines[start:])


def _is_qif(lines: list[str]) -> bool:
    """Whether the first line names a section; some programs put comments above."""
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return _QIF.match(first) is not None


def _of_archive(data: bytes) -> str:
    """A workbook or files of CAMT: both are ZIP archives, told apart by what they hold."""
    names = archive.names(data)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if open_document.CONTENT in names and open_document.is_one(data):
        return "ods"
    if open_document.CONTENT in names or "xl/workbook.bin" in names:
        raise StatementError(sentence(OTHER_SPREADSHEET))
    if refusal := mistaken.told_archive(names):
        raise StatementError(refusal)
    return "zip"


def _head(data: bytes) -> str:
    """The first characters without what may stand before a format's own beginning."""
    try:
        head = accounts.with_plain_ends(text.decode(data[:_HEAD]).text).lstrip()
    except StatementError:
        return ""
    while found := _XML.match(head):
        head = head[found.end() :].lstrip()
    return head
