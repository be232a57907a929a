"""HTML into PDF by WeasyPrint, as a program of its own: ``python -m reports.drawing FOLDER NAME …``.

Each NAME.html of the folder becomes NAME.pdf in the style of its style.css, which is there once it is whole.
What it takes, up to two hundred megabytes and a processor, ends with it: the server that waits stays small and answers
others. It knows no Django, opens nothing but the folder, and fetches nothing from anywhere.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Any

LOWER = 5


def draw(folder: Path, names: list[str], *, tagged: bool) -> None:
    """Make the files, one after the other. Raises OSError where Pango is missing."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"{url}: a PDF of Batua fetches nothing")

    style = (folder / "style.css").read_text()
    for name in names:
        page = HTML(string=(folder / f"{name}.html").read_text(), url_fetcher=Nothing())
        styles = [CSS(string=style, url_fetcher=Nothing())]
        part = folder / f"{name}.part"
        page.write_pdf(part, stylesheets=styles, pdf_tags=tagged)
        part.rename(folder / f"{name}.pdf")
        del page
        gc.collect()


if __name__ == "__main__":
    # A layout makes millions of objects and no garbage to speak of: looking for it takes a seventh of the time.
    gc.disable()
    _program, place, way, *wanted = sys.argv
    if way == "in-pieces":
        os.nice(LOWER)
    draw(Path(place), wanted, tagged=way == "whole")
