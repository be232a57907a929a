"""The export page ready to print: exactly what will be written, its first rows, how many there are, what they make."""

from dataclasses import dataclass

from babel.numbers import format_decimal
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household
from batua import display
from batua.local.packages import PANGO
from reports import exports, sheet
from reports.export_form import FORMATS, ExportForm
from reports.reader import Reader
from reports.sheet import SheetLine
from transactions import ledger

FIRST = 10
_AMOUNT = 2


@dataclass(frozen=True)
class Cell:
    """A cell of the file as it stands there."""

    text: str
    is_number: bool


@dataclass(frozen=True)
class Preview:
    """``rows`` are those of a table, ``lines`` those of a PDF; ``problem`` says why the file cannot be made.

    ``is_long`` when it is made in the background.
    """

    file_name: str
    entries: str
    not_shown: str
    income: SafeString
    spending: SafeString
    net: SafeString
    head: tuple[Cell, ...]
    rows: list[tuple[Cell, ...]]
    lines: list[SheetLine]
    is_sheet: bool
    is_empty: bool
    is_long: bool
    action: str
    problem: str
    instead: str


def build(household: Household, form: ExportForm, *, reader: Reader) -> Preview:
    """The preview of a valid form; five queries at most."""
    totals, number = ledger.sums(household, form.selection)
    kind = form.file_format
    count = format_decimal(number, locale=display.babel_locale(reader.locale))
    rest = max(0, number - FIRST)
    problem = problem_of(form, number, reader=reader)
    return Preview(
        file_name=exports.file_name(household, form.chosen, today=form.today, ending=kind.key),
        entries=ngettext("%(count)s entry", "%(count)s entries", number) % {"count": count},
        not_shown=ngettext("and %(count)s more", "and %(count)s more", rest)
        % {"count": format_decimal(rest, locale=display.babel_locale(reader.locale))}
        if rest
        else "",
        income=reader.figure(totals.income, "income"),
        spending=reader.figure(totals.spending, "expense"),
        net=reader.figure(totals.net),
        head=tuple(Cell(name, place == _AMOUNT) for place, name in enumerate(ledger.HEAD)),
        rows=[] if kind.key == "pdf" else [_cells(row) for row in _rows(household, form)],
        lines=_lines(household, form, reader) if kind.key == "pdf" else [],
        is_sheet=kind.key == "pdf",
        is_empty=not number,
        is_long=is_long(form, number),
        action=(_("Prepare %(format)s") if is_long(form, number) else _("Download %(format)s")) % {"format": kind.name},
        problem=problem,
        instead=form.address(file_format="csv") if problem else "",
    )


def problem_of(form: ExportForm, number: int, *, reader: Reader) -> str:
    """Why the file cannot be made, in a sentence; empty when it can."""
    kind = form.file_format
    if kind.key == "pdf" and not PANGO.is_met():
        named = {"packages": " ".join(PANGO.packages)}
        return _("PDF files need Pango. On the server, install %(packages)s.") % named
    if kind.most is None or number <= kind.most:
        return ""
    written = {name: format_decimal(value, locale=display.babel_locale(reader.locale)) for name, value in
               (("most", kind.most), ("count", number))}  # fmt: skip
    return _(
        "%(format)s holds up to %(most)s entries, and these are %(count)s. Choose fewer, or take CSV, which holds all."
    ) % {"format": kind.name, **written}


def is_long(form: ExportForm, number: int) -> bool:
    """Does a file of so many entries take longer than somebody waits?"""
    at_once = form.file_format.at_once
    return at_once is not None and number > at_once


def _rows(household: Household, form: ExportForm) -> list[list[str]]:
    """The first rows: of CSV as COPY writes them, of Excel as the same lines without the guard."""
    if form.file_format is FORMATS["csv"]:
        return ledger.export_cells(household, form.selection, first=FIRST)
    lines = ledger.export_lines(household, form.selection, first=FIRST)
    return [[str(value) for value in line] for line in lines]


def _cells(row: list[str]) -> tuple[Cell, ...]:
    return tuple(Cell(text, place == _AMOUNT) for place, text in enumerate(row))


def _lines(household: Household, form: ExportForm, reader: Reader) -> list[SheetLine]:
    return [sheet.line(each, reader) for each in ledger.export_lines(household, form.selection, first=FIRST)]
