"""What a member chose on the check page of a short file, kept with the file: its reading, its lines' ticks and selects.

Of a long file, whose lines lie in the database, they lie there too: ``keeping``.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from django.http import QueryDict

from transactions import line_choice
from transactions.import_rows import Marks, as_suggested
from transactions.labels import Labels
from transactions.models import Upload
from transactions.verdicts import Preview, PreviewLine

_READING, _LINES = "reading", "lines"


class Mark(NamedTuple):
    """What was said of a line, None where nothing was. ``raw`` stands for the line's text: another line has another."""

    raw: str
    is_taken: bool | None = None
    choice: str | None = None


def state(each: PreviewLine) -> str:
    """What a page tells of a line it shows: which line it is, and how it is suggested."""
    return f"{each.line.number}:{_digest(each)}:{int(each.is_ticked)}:{line_choice.suggested(each)}"


def reading(upload: Upload) -> QueryDict:
    """How the file was asked to be read; empty where nobody asked."""
    return QueryDict((upload.chosen or {}).get(_READING, ""))


def of(upload: Upload) -> dict[int, Mark]:
    """Line number → what was said of it."""
    return {int(number): Mark(*told) for number, told in (upload.chosen or {}).get(_LINES, {}).items()}


def sent_with(upload: Upload, sent: QueryDict) -> dict[int, Mark]:
    """The same, with what a page sends of the lines that it shows: only where that is not what it suggested."""
    marks, ticked = of(upload), set(sent.getlist("line"))
    for shown in sent.get("shown", "").split(","):
        number, *told = shown.split(":")
        if len(told) != 3 or line_choice.number(number) is None:
            continue
        raw, was_ticked, suggested = told
        is_ticked, choice = number in ticked, sent.get(f"category-{number}", suggested)
        mark = Mark(
            raw,
            is_taken=is_ticked if is_ticked != (was_ticked == "1") else None,
            choice=choice if choice != suggested and line_choice.is_one(choice) else None,
        )
        marks.pop(int(number), None)
        if mark != Mark(raw):
            marks[int(number)] = mark
    return marks


def keep(upload: Upload, marks: Mapping[int, Mark], *, reading: str) -> None:
    """Writes them, unless the file was imported meanwhile."""
    upload.chosen = {_READING: reading, _LINES: marks}
    Upload.objects.of(upload.household).filter(pk=upload.pk, batch=None).update(chosen=upload.chosen)


def fitting(marks: Mapping[int, Mark], preview: Preview, own: Labels) -> tuple[dict[int, Mark], list[int]]:
    """The marks that lines can still have, and the numbers of lines that lost one.

    Marks of a line that is not there as the file is read now, or cannot be taken, wait for another reading.
    """
    left, lost = dict(marks), []
    takeable = {each.line.number for each in preview.takeable}
    for each in preview.lines:
        number = each.line.number
        if (mark := marks.get(number)) is None:
            continue
        if mark.raw != _digest(each):
            del left[number]
        elif mark.choice is not None and number in takeable and not line_choice.fits(mark.choice, each, own.open_kinds):
            left[number] = mark._replace(choice=None)
        else:
            continue
        lost.append(number)
    return left, lost


def printed(preview: Preview, marks: Mapping[int, Mark], own: Labels) -> Iterator[Marks]:
    """Each line's tick and select: as they were chosen, where they can be that, or as suggested."""
    kinds = own.open_kinds
    for each in preview.lines:
        shown, mark = as_suggested(each), marks.get(each.line.number)
        if mark is not None and mark.raw == _digest(each):
            is_fit = mark.choice is not None and line_choice.fits(mark.choice, each, kinds)
            shown = replace(
                shown,
                is_ticked=shown.is_ticked if mark.is_taken is None else mark.is_taken,
                chosen=mark.choice if is_fit and mark.choice is not None else shown.chosen,
            )
        yield shown


def _digest(each: PreviewLine) -> str:
    return hashlib.sha256(each.line.raw.encode(errors="backslashreplace")).hexdigest()[:12]
