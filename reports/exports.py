"""The files of an export: what they are called, and the bytes of CSV and Excel."""

import datetime
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import quote

from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from accounts.models import Household
from batua import money
from batua.periods import Period
from transactions import ledger
from transactions.ledger import ExportLine

WIDTHS = (12, 10, 14, 10, 20, 36, 36, 18, 18, 40, 38)
# What a cell of Excel holds.
LONGEST_CELL = 32_767


def attachment(household: Household, period: Period, *, today: datetime.date, ending: str, word: str = "") -> str:
    """The header that names the file: in ASCII, and by RFC 5987 with the household's own letters."""
    plain = file_name(household, period, today=today, ending=ending, word=word)
    own = own_name(household, period, today=today, ending=ending, word=word)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(own)}"


def file_name(household: Household, period: Period, *, today: datetime.date, ending: str, word: str = "") -> str:
    """alices-household_2026-11_2026-11-25.csv: household, what it is, period, day of the export."""
    return "_".join([slugify(household.name) or "batua", *_rest(period, today, word)]) + f".{ending}"


def own_name(household: Household, period: Period, *, today: datetime.date, ending: str, word: str = "") -> str:
    """The same with the household's own letters."""
    return (
        "_".join([slugify(household.name, allow_unicode=True) or "batua", *_rest(period, today, word)]) + f".{ending}"
    )


def _rest(period: Period, today: datetime.date, word: str) -> list[str]:
    return [*filter(None, [word]), period.slug, str(today)]


def csv_file(household: Household, selection: ledger.Selection, *, mark: bytes = b"") -> Iterator[bytes]:
    """The CSV in pieces; the first, which comes at once, is the ``mark`` and the head."""
    pieces = ledger.export_csv(household, selection)
    # A generator, which the response closes when a reader goes away: COPY ends then.
    yield mark + next(pieces)
    yield from pieces


def workbook(lines: Iterable[ExportLine], *, currency: str) -> IO[bytes]:
    """The Excel file, ready to be read: numbers as numbers, days as days, every text as the text that it is."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Entries")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJK"[place]].width = width
    sheet.append([_head(sheet, name) for name in ledger.HEAD])
    places = money.decimals(currency)
    number = f"#,##0.{'0' * places}" if places else "#,##0"
    for line in lines:
        amount = _cell(sheet, line.amount)
        amount.number_format = number
        sheet.append([_day(sheet, line.date), line.kind, amount, *(_text(sheet, text) for text in line[3:])])
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 -- the response that sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Any) -> Any:
    return WriteOnlyCell(sheet, value)


def _head(sheet: Any, name: str) -> Any:
    cell = _cell(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _day(sheet: Any, day: datetime.date) -> Any:
    cell = _cell(sheet, day)
    cell.number_format = "yyyy-mm-dd"
    return cell


def _text(sheet: Any, text: object) -> Any:
    """A text stays one, whatever it begins with; control characters have no place in XML."""
    cell = _cell(sheet, None)
    plain = ILLEGAL_CHARACTERS_RE.sub("", str(text))[:LONGEST_CELL]
    if plain:
        cell.value = plain
        cell.data_type = "s"
    return cell
