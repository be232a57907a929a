"""A long export as PDF: cut into pieces, drawn by two programs side by side, joined into one file."""

import os
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
SUMS = 80  # lines that take as long as the sums and the chart at the end
SLACK = 10  # a piece ends this part of it sooner or later, where a month or at least a day ends
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
        pieces, steps = Pieces(head, period, reader), _pieces(number) + 1
        with pdf.Program(folder, copies=PROGRAMS) as program:
            drawn = Drawn(program, seen=lambda done: seen(number * done // steps, number))
            names = drawn.tell(pieces.sheets(cut(lines, number, month_start=reader.month_start)))
            # A tenth of a second and ten megabytes, which only this needs.
            from reports import joining

            drawn.watch()
        told = joining.Told(
            title=f"{head.household} · {head.period}",
            author=head.household,
            description=_("Income and spending of a period"),
            language=get_language() or "en",
        )
        return joining.joined([folder / f"{each}.pdf" for each in names], told, months=pieces.months)


class Drawn:
    """What a program has drawn. ``seen`` hears how many pieces that are; what it raises, these raise."""

    def __init__(self, program: pdf.Program, *, seen: Callable[[int], None]) -> None:
        self.program, self.seen = program, seen
        self.names: list[str] = []

    def tell(self, sheets: Iterable[Sheet]) -> list[str]:
        """Has the sheets drawn, each as soon as it is there; returns their names."""
        for number, each in enumerate(sheets):
            self.names.append(f"{number:05}")
            self.program.draw(self.names[-1], "reports/pdf.html", {"sheet": each})
            self._say()
        self.program.told_all()
        return self.names

    def watch(self) -> None:
        """Until all are drawn. Raises DrawingError where one cannot be."""
        while not self.program.is_done(within=PAUSE):
            self._say()

    def _say(self) -> None:
        self.seen(sum((self.program.folder / f"{name}.pdf").exists() for name in self.names))


class Pieces:
    """The sheets of a long file, the last with the sums; ``months`` are the names of those that began so far."""

    def __init__(self, head: Sheet, period: Period, reader: Reader) -> None:
        self.head, self.reader = head, reader
        self.sums = sheet.Sums(period, reader)
        self.months: set[str] = set()
        self._last = date.min

    def sheets(self, pieces: Iterable[Sequence[ExportLine]]) -> Iterator[Sheet]:
        """One for each piece."""
        held: Sheet | None = None
        for piece in pieces:
            if held is not None:
                yield held
            place = "first" if held is None else "later"
            held = replace(self.head, lines=[self._line(each) for each in piece], place=place)
        if held is not None:
            yield replace(held, categories=self.sums.category_lines(), card=self.sums.card())

    def _line(self, entry: ExportLine) -> SheetLine:
        self.sums.add(entry)
        name = periods.month_of(entry.date, month_start=self.reader.month_start)
        label = month_label(name, locale=self.reader.locale) if name != self._last else ""
        self.months |= {label} - {""}
        self._last = name
        return sheet.line(entry, self.reader, month=label)


def cut(lines: Iterable[ExportLine], number: int, *, month_start: int) -> Iterator[list[ExportLine]]:
    """The ``number`` lines in pieces of much the same size, as many for each program.

    A piece ends with a page that may not be full, so it ends where a month does, if it can: that looks as meant.
    """
    source = iter(lines)
    held: list[ExportLine] = []
    left = number
    for pieces in range(_pieces(number), 1, -1):
        usual = min(left, (left + SUMS) // pieces)
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
