"""HTML into PDF by WeasyPrint, as a program of its own: ``python -m reports.drawing FOLDER PROGRAMS``.

Each NAME that comes as a line on its input is a NAME.html of the folder and becomes NAME.pdf, in the style of its
style.css; the file is there once it is whole. With 0 for PROGRAMS the pages are drawn one after the other and tagged.
Else each is a piece of something long: untagged, and drawn by a copy of this program, so many side by side, which gives
back what it took when its piece is done. A copy need not read WeasyPrint again, which takes half a second.

What all that takes, a processor and up to two hundred megabytes, ends with it: the server that waits stays small and
answers others. It knows no Django, opens nothing but the folder, and fetches nothing from anywhere.
"""

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree  # nosec B405 # see its use

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

LOWER = 5
ROWS = '<tbody data-rows="">'


class Nothing(URLFetcher):  # type: ignore[misc]
    """Fetches nothing."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        raise ValueError(f"{url}: a PDF of Batua fetches nothing")


def draw(folder: Path, name: str, *, tagged: bool) -> None:
    """Make one file."""
    page = read((folder / f"{name}.html").read_text())
    style = CSS(string=(folder / "style.css").read_text(), url_fetcher=Nothing())
    part = folder / f"{name}.part"
    page.write_pdf(part, stylesheets=[style], pdf_tags=tagged)
    part.rename(folder / f"{name}.pdf")


def read(text: str) -> HTML:
    """A page. Its long table is well-formed and is read as XML, for HTML's reader takes a tenth of the whole time."""
    before, opening, rest = text.partition(ROWS)
    rows, closing, after = rest.partition("</tbody>")
    try:
        body = ElementTree.fromstring(f"{opening}{rows}{closing}" if opening else "<none/>")  # nosec B314 # escaped, and no place for a declaration
    except ElementTree.ParseError:
        # A control character in an entry, which XML does not allow.
        return HTML(string=text, url_fetcher=Nothing())
    page = HTML(string=f"{before}{opening}{closing}{after}", url_fetcher=Nothing())
    for place in page.etree_element.iterfind(".//tbody[@data-rows]"):
        place.extend(body)
    return page


def draw_side_by_side(folder: Path, names: Iterable[str], programs: int) -> None:
    """Make the files, ``programs`` at a time. Ends this program when one of them fails, and the others with it."""
    copies = multiprocessing.get_context("fork")
    running: list[BaseProcess] = []
    for name in names:
        while len(running) >= programs:
            running = _still_running(running)
        copy = copies.Process(target=draw, args=(folder, name), kwargs={"tagged": False}, name=name, daemon=True)
        copy.start()
        running.append(copy)
    while running:
        running = _still_running(running)


def _still_running(running: list[BaseProcess]) -> list[BaseProcess]:
    """Waits until one is done, and leaves out what is."""
    wait([each.sentinel for each in running])
    # Each is asked once: one that ends between two questions would be left out with nobody knowing how it ended.
    codes = [(each, each.exitcode) for each in running]
    for each, code in codes:
        if code:
            sys.exit(f"Page {each.name} was not drawn: its program ended with {code}.")
    return [each for each, code in codes if code is None]


if __name__ == "__main__":
    # A layout makes millions of objects and no garbage to speak of: looking for it takes a seventh of the time.
    gc.disable()
    place, side_by_side = Path(sys.argv[1]), int(sys.argv[2])
    asked = (line.strip() for line in iter(sys.stdin.readline, ""))
    if side_by_side:
        os.nice(LOWER)
        draw_side_by_side(place, asked, side_by_side)
    else:
        for each in asked:
            draw(place, each, tagged=True)
