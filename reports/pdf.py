"""PDF by WeasyPrint: our own template and style sheet, and nothing fetched from anywhere."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reports.sheet import Sheet

_DRAWING = re.compile(r'<svg class="(?:plot__scale|chart)"[^>]*>')


def written(sheet: Sheet) -> bytes:
    """The file. Raises OSError where Pango is missing."""
    # Half a second and a C library: only who makes a PDF waits for it.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"{url}: a PDF of Batua fetches nothing")

    page = render_to_string("reports/pdf.html", {"sheet": sheet, "drawing": _drawing(sheet)})
    style = CSS(string=_style("css/pdf/sheet.css"), url_fetcher=Nothing())
    made: bytes = HTML(string=page, url_fetcher=Nothing()).write_pdf(stylesheets=[style], pdf_tags=True)
    return made


def _drawing(sheet: Sheet) -> SafeString:
    """The chart as the pages draw it, with its colours inside: WeasyPrint gives a drawing no style from around it."""
    drawn = render_to_string("reports/pdf_chart.html", {"card": sheet.card})
    return mark_safe(_DRAWING.sub(rf"\g<0><style>{_style('css/pdf/chart.css')}</style>", drawn))


@cache
def _style(name: str) -> str:
    return Path(str(finders.find(name))).read_text()
