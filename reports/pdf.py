"""PDF files of our own templates: drawn by a program beside this one, with nothing fetched from anywhere."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.template.loader import render_to_string

from reports import paper
from reports.sheet import Sheet

# Somebody waits for a file in one piece, and not for longer.
SECONDS = 60
LAST_WORDS = 2000
DRAWING = (sys.executable, "-m", "reports.drawing")


class DrawingError(RuntimeError):
    """No PDF came of it; says what the program said."""


def written(sheet: Sheet) -> bytes:
    """The file of an export in one piece."""
    return of_template("reports/pdf.html", {"sheet": sheet}, style="sheet")


def of_template(template: str, context: dict[str, Any], *, style: str) -> bytes:
    """The file that a template makes, tagged, in a style of ``css/pdf``. Raises DrawingError."""
    with TemporaryDirectory(prefix="batua-pdf-") as name:
        folder = Path(name)
        put_style(folder, style)
        with Program(folder) as program:
            program.draw("page", template, context)
            program.told_all()
            if not program.is_done(within=SECONDS):
                raise DrawingError(f"not done within {SECONDS} seconds")
        return (folder / "page.pdf").read_bytes()


def put_style(folder: Path, style: str) -> None:
    """The style of all pages in the folder."""
    (folder / "style.css").write_text(paper.style("page", style))


class Program:
    """Draws pages into a folder: whole and tagged, or ``copies`` of it draw pieces side by side.

    It is begun before the first page is there, for it reads WeasyPrint meanwhile.
    """

    def __init__(self, folder: Path, *, copies: int = 0) -> None:
        self.folder, self.log = folder, folder / "drawing.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*DRAWING, str(folder), str(copies)],
                cwd=settings.BASE_DIR,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # to end it together with its copies
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """It is over, whatever happened."""
        self.told_all()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def draw(self, name: str, template: str, context: dict[str, Any]) -> None:
        """A page for the program to draw."""
        (self.folder / f"{name}.html").write_text(paper.drawn(render_to_string(template, context)))
        if self.process.stdin is not None:
            with suppress(BrokenPipeError):  # how it ended tells more
                self.process.stdin.write(f"{name}\n".encode())
                self.process.stdin.flush()

    def told_all(self) -> None:
        """No more pages come."""
        if self.process.stdin is not None:
            with suppress(BrokenPipeError):
                self.process.stdin.close()

    def is_done(self, *, within: float) -> bool:
        """Whether all is drawn within so many seconds. Raises DrawingError where it cannot be."""
        try:
            code = self.process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        if code:
            said = self.log.read_text(errors="replace")[-LAST_WORDS:]
            raise DrawingError(said or f"the program ended with {code}")
        return True
