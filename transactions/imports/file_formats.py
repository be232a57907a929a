"""What a file is, as people call it: the app whose export it is, else its format."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transactions.importers.base import Statement
from transactions.models import ImportBatch

_NAMES = {
    "csv": gettext_lazy("Table (CSV)"),
    "xlsx": gettext_lazy("Excel workbook"),
    "xls": gettext_lazy("Excel workbook"),
    "ods": gettext_lazy("OpenDocument table"),
    "journal": gettext_lazy("Journal"),
    "ynab": gettext_lazy("YNAB 4 budget"),
}


def kept(file_format: str, app: str) -> str:
    """Both as an import keeps them."""
    return f"{file_format}{ImportBatch.OF_APP}{app}" if app else file_format


def of(statement: Statement) -> str:
    """Those of a file, as its import keeps them."""
    return kept(statement.format, statement.reading.app if statement.reading else "")


def named(file_format: str, app: str) -> str:
    """What the file is, in a few words."""
    if app:
        return _("Export of %(app)s") % {"app": app}
    name = _NAMES.get(file_format)
    return str(name) if name is not None else file_format.upper()
