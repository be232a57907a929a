"""Where the lines of a statement lie while their verdicts are found, portion by portion: here, in a list."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from transactions.imports.verdicts import PreviewLine, Verdict

# A line that may still turn out to be something else.
OPEN = (Verdict.NEW, Verdict.PENDING)

# A row by its place in the file, from 0.
Placed = tuple[int, PreviewLine]


class Shelf(Protocol):
    """Rows in the file's order. What is changed while it is walked through is not seen again in the same walk."""

    def add(self, rows: Sequence[PreviewLine]) -> None: ...

    def open_rows(self) -> Iterator[list[Placed]]: ...

    def change(self, rows: Iterable[Placed]) -> None: ...


class RowsAtHand:
    """The rows of a file that is not long: one portion."""

    def __init__(self) -> None:
        self.rows: list[PreviewLine] = []

    def add(self, rows: Sequence[PreviewLine]) -> None:
        self.rows += rows

    def open_rows(self) -> Iterator[list[Placed]]:
        yield [(place, row) for place, row in enumerate(self.rows) if row.verdict in OPEN]

    def change(self, rows: Iterable[Placed]) -> None:
        for place, row in rows:
            self.rows[place] = row


Row = TypeVar("Row")


def portions(rows: Iterable[Row], most: int) -> Iterator[list[Row]]:
    """The rows in lists of at most so many."""
    feed = iter(rows)
    while portion := list(islice(feed, most)):
        yield portion
