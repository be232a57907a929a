"""A long export as PDF: cut into pieces, drawn by two programs side by side, joined into one file."""

import os
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from batua import periods
from batua.period_picker import month_label
from batua.periods import Period
from reports import pdf, sheet
from reports.reader import Reader
from reports.sheet import Sheet, SheetLine
from transactions.ledger import ExportLine

ROWS = 500  # of a piece, about: what a program draws within 150 MB
SLACK = 10  # a piece ends this part of it sooner or later, where a month or at least a day ends
PIECES = 5  # of one program, before what it has gathered is given back
PROGRAMS = min(2, os.cpu_count() or 1)
PAUSE = 0.2

Seen = Callable[[int, int], None]


def written(
    head: Sheet, period: Period, lines: Iterable[ExportLine], number: int, *, reader: Reader, seen: Seen
) -> bytes:
    """The file of ``number`` lines. ``seen`` hears again and again how many of them are drawn; it may raise to stop."""
    with TemporaryDirectory(prefix="batua-pdf-") as name:
        folder = Path(name)
        pdf.put_style(folder, "sheet")
        months = _put(folder, head, period, lines, number, reader)
        names = sorted(page.stem for page in folder.glob("*.html"))
        draw(folder, names, seen=lambda done: seen(number * done // (len(names) + 1), number))
        # A tenth of a second and ten megabytes, which only this needs.
        from reports import joining

        told = joining.Told(
            title=f"{head.household} · {head.period}",
            author=head.household,
            description=_("Income and spending of a period"),
            language=get_language() or "en",
        )
        return joining.joined([folder / f"{each}.pdf" for each in names], told, months=months)


def draw(folder: Path, names: Sequence[str], *, seen: Callable[[int], None]) -> None:
    """Draws the pages in the folder, by as many programs as help; raises what ``seen`` raises, or DrawingError."""
    waiting = list(_shares(names))
    running: list[tuple[str, subprocess.Popen[bytes]]] = []
    try:
        while waiting or running:
            while waiting and len(running) < PROGRAMS:
                share = waiting.pop(0)
                running.append((share[0], pdf.begun(folder, share, way="in-pieces")))
            time.sleep(PAUSE)
            seen(sum(1 for _page in folder.glob("*.pdf")))
            for first, program in running:
                if program.poll():
                    raise pdf.DrawingError(pdf.last_words(folder, first))
            running = [(first, program) for first, program in running if program.returncode is None]
    finally:
        for _first, program in running:
            pdf.ended(program)


def _put(
    folder: Path, head: Sheet, period: Period, lines: Iterable[ExportLine], number: int, reader: Reader
) -> set[str]:
    """Writes the pages, the last with the sums; returns the names of the months that begin in them."""
    sums, months = sheet.Sums(period, reader), set()
    count, last = 0, date.min
    for count, piece in enumerate(cut(lines, number, month_start=reader.month_start)):
        printed: list[SheetLine] = []
        for each in piece:
            sums.add(each)
            name = periods.month_of(each.date, month_start=reader.month_start)
            label = month_label(name, locale=reader.locale) if name != last else ""
            months |= {label} - {""}
            last = name
            printed.append(sheet.line(each, reader, month=label))
        drawn = replace(head, lines=printed, place="later" if count else "first")
        _write(folder, count, drawn)
    _write(folder, count, replace(drawn, categories=sums.category_lines(), card=sums.card()))
    return months


def _write(folder: Path, count: int, drawn: Sheet) -> None:
    pdf.put(folder, f"{count:05}", "reports/pdf.html", {"sheet": drawn})


def cut(lines: Iterable[ExportLine], number: int, *, month_start: int) -> Iterator[list[ExportLine]]:
    """The ``number`` lines in pieces of much the same size, as many for each program.

    A piece ends with a page that may not be full, so it ends where a month does, if it can: that looks as meant.
    """
    source = iter(lines)
    held: list[ExportLine] = []
    left = number
    for pieces in range(_pieces(number), 1, -1):
        usual = left // pieces
        slack = usual // SLACK
        held += islice(source, usual + slack + 1 - len(held))
        end = _end(held, usual - slack, usual, month_start)
        yield held[:end]
        held = held[end:]
        left -= end
    yield [*held, *source]


def _end(held: Sequence[ExportLine], least: int, usual: int, month_start: int) -> int:
    """How many of the held lines make a piece: up to the end of a month, else of a day, else as many as usual."""
    ends = [place for place in range(max(1, least), len(held)) if held[place - 1].date != held[place].date]
    months = [place for place in ends if not _is_one_month(held[place - 1].date, held[place].date, month_start)]
    return min(months or ends, key=lambda place: abs(place - usual), default=min(usual, len(held)))


def _is_one_month(one: date, other: date, month_start: int) -> bool:
    return periods.month_of(one, month_start=month_start) == periods.month_of(other, month_start=month_start)


def _pieces(number: int) -> int:
    """How many pieces of about ``ROWS`` lines, as many for each program."""
    return PROGRAMS * max(1, -(-number // (ROWS * PROGRAMS)))


def _shares(names: Sequence[str]) -> Iterator[Sequence[str]]:
    size = max(1, min(PIECES, -(-len(names) // PROGRAMS)))
    for start in range(0, len(names), size):
        yield names[start : start + size]
