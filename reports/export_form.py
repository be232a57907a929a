"""What an address may ask of an export: a period, the filters of the entries' page, and a format."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from transactions import ledger


@dataclass(frozen=True)
class Format:
    """A kind of file for up to ``most`` entries, made while somebody waits up to ``at_once`` (None: any number)."""

    key: str
    name: str
    purpose: Any
    icon: str
    content_type: str
    most: int | None = None
    at_once: int | None = None


FORMATS = {
    each.key: each
    for each in (
        Format("csv", "CSV", _("For spreadsheets and other apps"), "file-text", "text/csv; charset=utf-8"),
        Format(
            "xlsx",
            "Excel",
            _("With real numbers and days"),
            "file-spreadsheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            most=50_000,
        ),
        Format(
            "pdf",
            "PDF",
            _("To read, print and send"),
            "file-check",
            "application/pdf",
            most=50_000,
            at_once=200,
        ),
    )
}


class ExportForm(ledger.FilterForm):
    """A valid one has a ``selection``, a ``file_format`` and an ``address``; this month and CSV unless it says else."""

    default_period = "this-month"
    format = forms.ChoiceField(
        required=False,
        choices=[(each.key, each.name) for each in FORMATS.values()],
        error_messages={"invalid_choice": _("This kind of file is not known. Choose CSV, Excel or PDF.")},
    )
    bom = forms.BooleanField(required=False)

    @property
    def file_format(self) -> Format:
        return FORMATS[self.cleaned_data["format"] or "csv"]

    @property
    def has_bom(self) -> bool:
        """Whether a CSV file begins with the mark by which spreadsheets know UTF-8."""
        return self.file_format.key == "csv" and self.cleaned_data["bom"]

    @property
    def is_filtered(self) -> bool:
        return bool(self.selection.categories or self.selection.wallets or self.selection.kind or self.selection.text)

    def formats(self) -> list[tuple[Format, bool]]:
        """The formats to choose, and which one is chosen."""
        return [(each, each is self.file_format) for each in FORMATS.values()]

    def address(self, *, file_format: str = "") -> str:
        """What this form was sent with, in its shortest form, without the question mark; another format on request."""
        chosen = file_format or self.file_format.key
        own = [("format", chosen), *([("bom", "on")] if chosen == "csv" and self.has_bom else [])]
        period = self.chosen.query if self.selection.period.is_all_time else ""
        return "&".join(filter(None, [period, self.selection.query, urlencode(own)]))
