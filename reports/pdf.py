"""PDF files of our own templates: drawn by a program beside this one, with nothing fetched from anywhere."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from reports import paper
from reports.sheet import Sheet

# Somebody waits for a file in one piece, and not for longer.
SECONDS = 60
LAST_WORDS = 2000


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
        put(folder, "page", template, context)
        program = begun(folder, ["page"], way="whole")
        try:
            code = program.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise DrawingError(f"not done within {SECONDS} seconds") from error
        finally:
            ended(program)
        if code:
            raise DrawingError(last_words(folder, "page"))
        return (folder / "page.pdf").read_bytes()


def put_style(folder: Path, style: str) -> None:
    """The style of all pages in the folder."""
    (folder / "style.css").write_text(paper.style("page", style))


def put(folder: Path, name: str, template: str, context: dict[str, Any]) -> None:
    """A page for the program to draw."""
    (folder / f"{name}.html").write_text(paper.drawn(render_to_string(template, context)))


def begun(folder: Path, names: Sequence[str], *, way: str) -> subprocess.Popen[bytes]:
    """A program that draws these pages; ``way`` is whole (tagged, at once) or in-pieces (to be joined, patient)."""
    command = [sys.executable, "-m", "reports.drawing", str(folder), way, *names]
    with (folder / f"{names[0]}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def ended(program: subprocess.Popen[bytes]) -> None:
    """Sees to it that it is over."""
    program.kill()
    program.wait()


def last_words(folder: Path, name: str) -> str:
    """What the program that began with this page said at the end."""
    return (folder / f"{name}.log").read_text(errors="replace")[-LAST_WORDS:]
