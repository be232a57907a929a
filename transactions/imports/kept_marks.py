"""What a member chose on the check page of a short file, kept with the file: its reading, its lines' ticks and selects.

Of a long file, whose lines lie in the database, they lie there too: ``keeping``.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from django.http import QueryDict

from transactions.imports import line_choice
from transactions.imports.check_rows import Marks, as_suggested
from transactions.imports.line_choice import Listed
from transactions.imports.verdicts import Preview, PreviewLine, Verdict
from transactions.labels import Labels
from transactions.models import Upload

# An amount as a page says it of a line.
AMOUNT = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
# What a page says of the tick of a line that looks like an entry: not suggested, as "0".
_LIKE = "like"
_READING, _LINES = "reading", "lines"


class Mark(NamedTuple):
    """What was said of a line, None where nothing was. ``raw`` stands for the line's text: another line has another."""

    raw: str
    is_taken: bool | None = None
    choice: str | None = None


class Sent(NamedTuple):
    """What a page sends of a line that it shows.

    ``mark`` is all that differs from what it suggested: ``was_ticked`` and ``suggested``. ``is_like``: it looks like an
    entry.
    """

    mark: Mark
    was_ticked: bool
    is_like: bool
    suggested: str
    is_ticked: bool
    choice: str
    amount: Decimal


class Choosable(NamedTuple):
    """A line that can be taken, with what its tick and its select say."""

    row: PreviewLine
    marks: Marks


class Alike(NamedTuple):
    """Lines of a payee that may become what another one became: its choice."""

    payee: str
    choice: str
    came_in: bool
    others: list[Choosable]


def state(each: PreviewLine) -> str:
    """What a page tells of a line it shows: which line it is, how it is suggested, and what it brings."""
    tick = _LIKE if each.verdict is Verdict.LOOKALIKE else str(int(each.is_ticked))
    suggested = f"{tick}:{line_choice.suggested(each)}"
    return f"{each.line.number}:{_digest(each)}:{suggested}:{each.line.amount:f}"


def reading(upload: Upload) -> QueryDict:
    """How the file was asked to be read; empty where nobody asked."""
    return QueryDict((upload.chosen or {}).get(_READING, ""))


def of(upload: Upload) -> dict[int, Mark]:
    """Line number → what was said of it."""
    return {int(number): Mark(*told) for number, told in (upload.chosen or {}).get(_LINES, {}).items()}


def lines_of(sent: QueryDict) -> dict[int, Sent]:
    """Line number → what a page sends of the line, for all lines it shows that can be taken."""
    found, ticked = {}, set(sent.getlist("line"))
    for shown in sent.get("shown", "").split(","):
        number, *told = shown.split(":")
        if len(told) != 4 or line_choice.number(number) is None or not AMOUNT.fullmatch(told[-1]):
            continue
        raw, was_ticked, suggested, amount = told
        is_ticked, choice = number in ticked, sent.get(f"category-{number}", suggested)
        mark = Mark(
            raw,
            is_taken=is_ticked if is_ticked != (was_ticked == "1") else None,
            choice=choice if choice != suggested and line_choice.is_one(choice) else None,
        )
        found[int(number)] = Sent(
            mark, was_ticked == "1", was_ticked == _LIKE, suggested, is_ticked, choice, Decimal(amount)
        )
    return found


def sent_with(upload: Upload, sent: QueryDict) -> dict[int, Mark]:
    """Line number → what was said of it, with what a page sends of the lines that it shows."""
    marks = of(upload)
    for number, told in lines_of(sent).items():
        marks.pop(number, None)
        if told.mark != Mark(told.mark.raw):
            marks[number] = told.mark
    return marks


def overtaken(preview: Preview, sent: QueryDict) -> list[int]:
    """Numbers of the ticked lines that are no longer what the page showed, and of others that would be ticked by now.

    An entry like them, or the other end of a transfer, came into the books meanwhile; or the entry that they are said
    to be, or to belong to, is another one by now, or gone. What is known by now is left out anyway.
    """
    shown = lines_of(sent)
    return [
        each.line.number
        for each in preview.takeable
        if (told := shown.get(each.line.number)) is not None
        and told.mark.raw == _digest(each)
        and _is_overtaken(each, told)
    ]


def _is_overtaken(each: PreviewLine, told: Sent) -> bool:
    shown = told.was_ticked, told.suggested == line_choice.AS_TRANSFER
    now = each.is_ticked, line_choice.suggested(each) == line_choice.AS_TRANSFER
    if not told.is_ticked:
        # Nobody left out what was not offered as new: it would stay out of all later files.
        return each.is_ticked and not told.was_ticked
    return shown != now or line_choice.is_lost(told.choice, each)


def ticked(upload: Upload, sent: QueryDict) -> QueryDict:
    """What a page sends, with a tick for each line that is newly said to be an entry: that is said but once.

    Who takes the tick away afterwards leaves the line aside. A tick that came so goes with what it came by.
    """
    before, silent = of(upload), Mark("")
    newly = {
        str(number)
        for number, told in lines_of(sent).items()
        if line_choice.is_entry(told.choice) and not told.is_ticked and before.get(number, silent).choice != told.choice
    }
    no_more = set(map(str, released(upload, sent)))
    if not newly | no_more:
        return sent
    completed = sent.copy()
    completed.setlist("line", [*(each for each in sent.getlist("line") if each not in no_more), *newly])
    return completed


def released(upload: Upload, sent: QueryDict) -> list[int]:
    """Numbers of the ticked lines that were said to be an entry, and are not any more."""
    before, silent = of(upload), Mark("")
    return [
        number
        for number, told in lines_of(sent).items()
        if told.is_ticked
        and line_choice.is_entry(before.get(number, silent).choice or "")
        and not line_choice.is_entry(told.choice)
    ]


def of_other_pages(upload: Upload, sent: QueryDict) -> dict[int, Mark]:
    """What was said of lines that this page does not show."""
    here = lines_of(sent)
    return {number: mark for number, mark in of(upload).items() if number not in here}


def add(sent: QueryDict, marks: Mapping[int, Mark]) -> None:
    """Lets what a page sends say these marks too, as the pages of their lines would."""
    for number, mark in marks.items():
        if mark.choice is not None:
            sent[f"category-{number}"] = mark.choice
        if mark.is_taken is not None:
            sent["shown"] = f"{sent.get('shown', '')},{number}"
        if mark.is_taken:
            sent.appendlist("line", str(number))


def turned(before: Mapping[int, Mark], after: Mapping[int, Mark]) -> list[int]:
    """Numbers of the lines that become something else."""
    numbers, silent = before.keys() | after.keys(), Mark("")
    return [each for each in numbers if before.get(each, silent).choice != after.get(each, silent).choice]


def keep(upload: Upload, marks: Mapping[int, Mark], *, reading: str | None = None) -> None:
    """Writes them, unless the file was imported meanwhile; without a reading it stays as it was asked for last."""
    kept = (upload.chosen or {}).get(_READING, "") if reading is None else reading
    said = {str(number): list(mark) for number, mark in marks.items() if mark != Mark(mark.raw)}
    upload.chosen = {_READING: kept, _LINES: said}
    Upload.objects.of(upload.household).filter(pk=upload.pk, batch=None).update(chosen=upload.chosen)


def fitting(marks: Mapping[int, Mark], preview: Preview, own: Labels) -> tuple[dict[int, Mark], list[int]]:
    """The marks that lines can still have, and the numbers of lines that lost one.

    Marks of a line that is not there as the file is read now, or cannot be taken, wait for another reading.
    """
    left, lost, listed = dict(marks), list[int](), Listed.of(own)
    takeable = {each.line.number for each in preview.takeable}
    for each in preview.lines:
        number = each.line.number
        if (mark := marks.get(number)) is None:
            continue
        if mark.raw != _digest(each):
            del left[number]
        elif number in takeable and (fit := _fitted(mark, each, listed)) != mark:
            left[number] = fit
        else:
            continue
        lost.append(number)
    return left, lost


def _fitted(mark: Mark, each: PreviewLine, listed: Listed) -> Mark:
    """What of the mark the line can still have."""
    if mark.choice is None or line_choice.fits(mark.choice, each, listed):
        return mark
    # A line that is no longer the entry that it was said to be is not taken as something else.
    return Mark(mark.raw) if line_choice.is_entry(mark.choice) else mark._replace(choice=None)


def alike(lines: Sequence[Choosable], number: int, listed: Listed) -> Alike | None:
    """Other lines of the line's payee, whose money goes the same way, that become something else; as ``keeping.alike``.

    Of lines that were suggested to go where their payee's money went last time, where this one was and does not.
    None for a transfer that was found, for what only this line can become, and where there are no such lines.
    """
    chosen = next((each for each in lines if each.row.line.number == number), None)
    if chosen is None:
        return None
    payee, value, came_in = chosen.row.note, chosen.marks.chosen, chosen.row.line.amount > 0
    is_unlearned = chosen.row.is_moved_as_last_time
    if not payee or not line_choice.spreads(value, came_in=came_in, listed=listed):
        return None
    others = [
        each
        for each in lines
        if each.row.note == payee
        and (each.row.line.amount > 0) == came_in
        and each.marks.chosen != value
        and (not line_choice.is_moved(each.marks.chosen) or (is_unlearned and _is_learned(each)))
        and line_choice.fits(value, each.row, listed)
    ]
    return Alike(payee, value, came_in, others) if others else None


def _is_learned(each: Choosable) -> bool:
    """Whether the line is a transfer only because the last one of its payee was."""
    return each.row.is_moved_as_last_time and each.marks.chosen == line_choice.AS_TRANSFER


def follow(marks: Mapping[int, Mark], number: int, preview: Preview) -> dict[int, Mark] | None:
    """The marks, where the other half of this line's transfer becomes what this one became; None where nothing follows.

    As ``keeping`` has it follow in a long file.
    """
    rows = {each.line.number: each for each in preview.lines}
    row = rows.get(number)
    half = rows.get(row.other_end.line or 0) if row is not None and row.other_end is not None else None
    if row is None or half is None or half.other_end is None or half.other_end.line != number:
        return None
    is_transfer = _says_transfer(marks, row)
    if is_transfer == _says_transfer(marks, half):
        return None
    becomes = line_choice.AS_TRANSFER if is_transfer else line_choice.unmoved(half)
    return _given(marks, [Choosable(half, as_suggested(half))], becomes)


def _says_transfer(marks: Mapping[int, Mark], row: PreviewLine) -> bool:
    mark = marks.get(row.line.number)
    said = mark.choice if mark is not None else None
    return (line_choice.suggested(row) if said is None else said) == line_choice.AS_TRANSFER


def spread(marks: Mapping[int, Mark], found: Alike) -> dict[int, Mark]:
    """The marks, with that choice for all of the payee's lines."""
    return _given(marks, found.others, found.choice)


def give(marks: Mapping[int, Mark], lines: Iterable[Choosable], category: str, own: Labels) -> dict[int, Mark]:
    """The marks, with the category for all ticked lines that it fits; transfers stay transfers."""
    listed = Listed.of(own)
    ticked = (each for each in lines if each.marks.is_ticked and not line_choice.is_moved(each.marks.chosen))
    fit = [each for each in ticked if line_choice.fits(category, each.row, listed)]
    return _given(marks, fit, category)


def tick(marks: Mapping[int, Mark], lines: Iterable[Choosable], *, is_taken: bool) -> dict[int, Mark]:
    """The marks, with all lines taken, or none of them."""
    ticked = dict(marks)
    for each in lines:
        mark = ticked.get(each.row.line.number, Mark(_digest(each.row)))
        ticked[each.row.line.number] = mark._replace(is_taken=None if is_taken == each.row.is_ticked else is_taken)
    return ticked


def _given(marks: Mapping[int, Mark], lines: Iterable[Choosable], category: str) -> dict[int, Mark]:
    given = dict(marks)
    for each in lines:
        mark = given.get(each.row.line.number, Mark(_digest(each.row)))
        is_suggested = category == line_choice.suggested(each.row)
        given[each.row.line.number] = mark._replace(choice=None if is_suggested else category)
    return given


def printed(lines: Iterable[PreviewLine], marks: Mapping[int, Mark], own: Labels) -> Iterator[Marks]:
    """Each line's tick and select: as they were chosen, where they can be that, or as suggested."""
    listed = Listed.of(own)
    for each in lines:
        shown, mark = as_suggested(each), marks.get(each.line.number)
        if mark is not None and mark.raw == _digest(each):
            fit = _fitted(mark, each, listed)
            shown = replace(
                shown,
                is_ticked=shown.is_ticked if fit.is_taken is None else fit.is_taken,
                chosen=shown.chosen if fit.choice is None else fit.choice,
            )
        yield shown


def _digest(each: PreviewLine) -> str:
    return hashlib.sha256(each.line.raw.encode(errors="backslashreplace")).hexdigest()[:12]
