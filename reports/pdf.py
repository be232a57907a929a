"""PDF files of our own templates: drawn by a program beside this one, with nothing fetched from anywhere."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from reports import paper
from reports.sheet import Sheet

# What nobody waits for any longer.
SECONDS = 60


class DrawingError(RuntimeError):
    """No PDF came of it; says what the program said."""


def written(sheet: Sheet) -> bytes:
    """The file of an export in one piece."""
    return of_template("reports/pdf.html", {"sheet": sheet}, style="sheet")


def of_template(template: str, context: dict[str, Any], *, style: str) -> bytes:
    """The file that a template makes, tagged, in a style of ``css/pdf``."""
    with TemporaryDirectory(prefix="batua-pdf-") as name:
        folder = Path(name)
        put(folder, "page", paper.drawn(render_to_string(template, context)), style=style)
        for _drawn in drawing(folder, ["page"]):
            pass
        return (folder / "page.pdf").read_bytes()


def put(folder: Path, name: str, html: str, *, style: str) -> None:
    """A page for the program to draw, and the style of all of them."""
    (folder / f"{name}.html").write_text(html)
    (folder / "style.css").write_text(paper.style("page", style))


def drawing(folder: Path, names: Sequence[str]) -> Iterator[str]:
    """The names of the files as they are made. Raises DrawingError."""
    command = [sys.executable, "-m", "reports.drawing", str(folder), *names]
    with (
        (folder / f"{names[0]}.log").open("w+") as said,
        subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=said, text=True) as program,
    ):
        try:
            for line in program.stdout or ():
                yield line.strip()
            code = program.wait(SECONDS)
        finally:
            program.kill()
        if code:
            said.seek(0)
            raise DrawingError(said.read()[-2000:])
