"""Rows of a long file while it is checked: in a table of the database, as texts that can be read back."""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, overload

from django.db import connection
from django.db.models import QuerySet

from transactions.importers.base import StatementLine
from transactions.importers.spool import packed, unpacked
from transactions.imports import copying
from transactions.imports.choosing import Choice
from transactions.imports.shelves import OPEN, Placed
from transactions.imports.verdicts import BEGINNINGS, OFFERED, TAKEN, Entry, Likeness, OtherEnd, PreviewLine, Verdict
from transactions.models import StagedLine, Upload
from transactions.suggesting import Reason

PORTION = 2000
MOST_NUMBERS = 100
_COLUMNS = "upload_id, place, verdict, amount, is_bound, content, payee"
_CHANGE = """
    UPDATE transactions_stagedline AS staged
    SET verdict = changed.verdict, amount = changed.amount, is_bound = changed.is_bound, content = changed.content
    FROM unnest(%s::integer[], %s::text[], %s::numeric[], %s::boolean[], %s::text[])
        AS changed (place, verdict, amount, is_bound, content)
    WHERE staged.upload_id = %s AND staged.place = changed.place
"""
_BRINGS = {*TAKEN, *OFFERED, Verdict.FOREIGN}


class RowsOnTable:
    """A shelf for a file of any length; ``add`` begins where the file begins."""

    def __init__(self, upload: Upload) -> None:
        self._upload, self._next = upload, 0
        StagedLine.objects.filter(upload=upload).delete()

    def add(self, rows: Sequence[PreviewLine]) -> None:
        key = self._upload.pk
        values = (
            (key, place, row.verdict.value, _amount(row), _is_bound(row), written(row), row.note)
            for place, row in enumerate(rows, self._next)
        )
        copying.into("transactions_stagedline", _COLUMNS, values)
        self._next += len(rows)

    def open_rows(self) -> Iterator[list[Placed]]:
        return stored(self._upload, OPEN)

    def complete(self) -> None:
        """All rows lie here: lets the database know them before pages and imports ask for some."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE transactions_stagedline")

    def change(self, rows: Iterable[Placed]) -> None:
        changed = list(rows)
        if not changed:
            return
        columns = (
            [place for place, _row in changed],
            [row.verdict.value for _place, row in changed],
            [_amount(row) for _place, row in changed],
            [_is_bound(row) for _place, row in changed],
            [written(row) for _place, row in changed],
        )
        with connection.cursor() as cursor:
            cursor.execute(_CHANGE, [*columns, self._upload.pk])


class RowsAnew(RowsOnTable):
    """The same rows judged once more: they stay where they lie, and what was chosen for them stays with them."""

    def __init__(self, upload: Upload) -> None:
        self._upload, self._next = upload, 0

    def add(self, rows: Sequence[PreviewLine]) -> None:
        self.change(enumerate(rows, self._next))
        self._next += len(rows)


class StagedLines(Sequence[StatementLine]):
    """The lines of a file that was read, as a statement has them; walked through, not kept."""

    def __init__(self, upload: Upload) -> None:
        self._found = StagedLine.objects.filter(upload=upload)

    def __len__(self) -> int:
        return self._found.count()

    def __iter__(self) -> Iterator[StatementLine]:
        for lines in _walked(self._found):
            yield from (read(line.verdict, line.content).line for line in lines)

    @overload
    def __getitem__(self, place: int) -> StatementLine: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[StatementLine]: ...

    def __getitem__(self, place: int | slice) -> StatementLine | Sequence[StatementLine]:
        lines = self._found.order_by("place")[place]
        if isinstance(lines, StagedLine):
            return read(lines.verdict, lines.content).line
        return [read(line.verdict, line.content).line for line in lines]


def numbers(lines: QuerySet[StagedLine], places: Sequence[int]) -> list[int]:
    """The numbers that the lines at these places have in the file; of many, of the first ones."""
    found = lines.filter(place__in=places[:MOST_NUMBERS]).order_by("place") if places else lines.none()
    return [read(line.verdict, line.content).line.number for line in found]


def stored(upload: Upload, verdicts: Iterable[Verdict]) -> Iterator[list[Placed]]:
    """The rows with these verdicts in the file's order, in portions."""
    found = StagedLine.objects.filter(upload=upload, verdict__in=[each.value for each in verdicts])
    for lines in _walked(found):
        yield [(line.place, read(line.verdict, line.content)) for line in lines]


def chosen(lines: QuerySet[StagedLine]) -> Iterator[list[tuple[PreviewLine, str]]]:
    """The rows of these lines in the file's order, each with what the member chose, in portions."""
    for some in _walked(lines):
        yield [(read(line.verdict, line.content), line.choice) for line in some]


def entries(lines: QuerySet[StagedLine]) -> set[int]:
    """The entries that these lines look like, or that are the other half of their transfers."""
    found = set()
    for some in _walked(lines):
        for row in (read(line.verdict, line.content) for line in some):
            other = row.other_end.entry if row.other_end is not None else None
            found |= {entry.id for entry in (row.like, other) if entry is not None}
    return found


def of_number(lines: QuerySet[StagedLine], number: int) -> StagedLine | None:
    """The first of these that is the line of this number in the file, with which its text begins."""
    return lines.filter(content__startswith=f"[[{number}, ").order_by("place").first()


def _walked(lines: QuerySet[StagedLine]) -> Iterator[list[Any]]:
    found, last = lines.order_by("place").values_list("place", "verdict", "content", "choice", named=True), -1
    while some := list(found.filter(place__gt=last)[:PORTION]):
        yield some
        last = some[-1].place


def _amount(row: PreviewLine) -> Decimal:
    if row.opens and row.verdict not in BEGINNINGS:
        return Decimal(0)
    return row.line.amount if row.verdict in _BRINGS else Decimal(0)


def _is_bound(row: PreviewLine) -> bool:
    return bool(row.line.splits or row.line.transfer or (row.other_end and row.other_end.line))


def written(row: PreviewLine) -> str:
    """All of a row but its verdict, as a text."""
    end = row.other_end
    return json.dumps(
        [
            packed(row.line),
            row.key,
            [*row.choice[:2], row.choice.reason.value if row.choice.reason else None, *row.choice[3:]],
            row.wallet,
            row.wallet_name,
            row.entry,
            _entry(row.like),
            None if end is None else [end.wallet, end.name, end.is_likely, _entry(end.entry), end.line, end.is_learned],
            row.left_on.isoformat() if row.left_on else None,
            row.likeness.value if row.likeness else None,
        ],
        ensure_ascii=False,
    )


def read(verdict: str, text: str) -> PreviewLine:
    """The row that was written."""
    line, key, choice, wallet, wallet_name, entry, like, end, *more = json.loads(text)
    category, kind, reason, *words = choice
    left_on, likeness = [*more, None, None][:2]
    return PreviewLine(
        line=unpacked(line),
        key=key,
        verdict=Verdict(verdict),
        choice=Choice(category, kind, Reason(reason) if reason else None, *words),
        wallet=wallet,
        wallet_name=wallet_name,
        entry=entry,
        like=_read_entry(like),
        other_end=_read_end(end),
        left_on=datetime.date.fromisoformat(left_on) if left_on else None,
        likeness=Likeness(likeness) if likeness else None,
    )


def _read_end(values: list[Any] | None) -> OtherEnd | None:
    if values is None:
        return None
    wallet, name, is_likely, entry, line, *learned = values
    return OtherEnd(wallet, name, is_likely, _read_entry(entry), line, *learned)


def _entry(entry: Entry | None) -> list[Any] | None:
    if entry is None:
        return None
    plain = [entry.id, entry.date.isoformat(), entry.note, entry.kind, str(entry.moved), entry.wallet, entry.to_wallet]
    return [*plain, entry.version, entry.category, entry.is_free, entry.told, entry.is_part]


def _read_entry(values: list[Any] | None) -> Entry | None:
    if values is None:
        return None
    key, day, note, kind, moved, wallet, to_wallet, version, category, is_free, *told = values
    day, moved = datetime.date.fromisoformat(day), Decimal(moved)
    return Entry(key, day, note, kind, moved, wallet, to_wallet, version, category, is_free, *told)
