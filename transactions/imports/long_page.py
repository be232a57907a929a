"""What the import page shows of a long file: how many lines have which verdict, their sums, and a page of lines."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from accounts.models import Household, User
from transactions import labels
from transactions.forms.line_choices import CATEGORY, TAKE, state
from transactions.forms.reading_fields import NOT_THERE
from transactions.importers.base import Statement
from transactions.imports import check_page, check_rows, keeping, line_choice, long_wallets, shelved, verdict_tabs
from transactions.imports.check_page import Aside, Offer, Said, Sums
from transactions.imports.check_rows import Marks, Row
from transactions.imports.choosing import Chooser
from transactions.imports.line_choice import Listed
from transactions.imports.long_file import LongFile
from transactions.imports.verdict_tabs import Tab
from transactions.imports.verdicts import Preview, PreviewLine, Verdict
from transactions.labels import Labels
from transactions.models import StagedLine

ON_A_PAGE = 200


@dataclass(frozen=True)
class LongPage(Said):
    """The second step of the import of a long file.

    ``takeable``: how many of the lines shown, on this page and the others, can be taken. ``categories`` are those for
    all ticked lines. ``shown`` says how the lines of this page stood when it was printed.
    """

    sums: Sums
    tabs: list[Tab]
    show: str
    after: str
    until: int
    takeable: int
    has_takeable: bool
    categories: SafeString
    rows: list[Row]
    shown: str
    next_url: str
    first_url: str


def build(
    file: LongFile,
    asked: Mapping[str, str],
    *,
    path: str,
    household: Household,
    user: User,
    today: datetime.date,
    problems: Mapping[int, str] | None = None,
) -> LongPage:
    """The page that is asked for: ``show`` is a verdict, ``after`` the place behind which it begins.

    ``problems``: what is wrong with single lines, by their keys.
    """
    own = labels.of(household)
    show = verdict_tabs.shown(asked.get("show", ""), file.counts)
    place = _place(asked.get("after", ""))
    found = file.lines.filter(place__gt=place)
    lines = list((found.filter(verdict=show) if show else found).order_by("place")[: ON_A_PAGE + 1])
    page, address = lines[:ON_A_PAGE], partial(_address, path, show)
    marked = list(_marked(file, page, own, household, problems or {}))
    able = {verdict: count for verdict, count in file.counts.items() if verdict in file.takeable}
    return LongPage(
        **_said(file.told["said"]),
        sums=sums(file, household=household, user=user),
        tabs=verdict_tabs.of(file.counts, show, lambda show: _address(path, show, None), locale=user.locale),
        show=show,
        after=str(place) if place >= 0 else "",
        until=page[-1].place if page else -1,
        takeable=sum(count for verdict, count in able.items() if not show or verdict.value == show),
        has_takeable=bool(able),
        categories=check_rows.every_category(own),
        rows=_rows(file, marked, own, household=household, user=user, today=today),
        shown=" ".join(
            state(key=line.pk, is_ticked=marks.is_ticked, chosen=marks.chosen)
            for line, (row, marks) in zip(page, marked, strict=True)
            if row.verdict in file.takeable
        ),
        next_url=address(page[-1].place) if len(lines) > ON_A_PAGE else "",
        first_url=address(None) if place >= 0 else "",
    )


def sums(file: LongFile, *, household: Household, user: User) -> Sums:
    """What the lines that are ticked come to."""
    return check_page.sums(file.counts, file.totals, file.looked_at, household=household, locale=user.locale)


def rows(
    file: LongFile,
    lines: Sequence[StagedLine],
    *,
    household: Household,
    user: User,
    today: datetime.date,
    problems: Mapping[int, str],
) -> list[Row]:
    """These lines as the page prints them; two queries."""
    own = labels.of(household)
    marked = list(_marked(file, lines, own, household, problems))
    return _rows(file, marked, own, household=household, user=user, today=today)


def offer(file: LongFile, chosen: Sequence[StagedLine], *, household: Household) -> Offer | None:
    """What is offered after a choice for a single line."""
    if len(chosen) != 1 or not (count := keeping.alike(file, chosen[0]).count()):
        return None
    line = chosen[0]
    value = line.choice or line_choice.suggested(shelved.read(line.verdict, line.content))
    name = check_rows.chosen_name(value, came_in=line.amount > 0, own=labels.of(household))
    return Offer(line.pk, line.payee, name, count)


def is_on(asked: Mapping[str, str], line: StagedLine) -> bool:
    """Whether a page shows the line, by what it says of itself."""
    is_within = _place(asked.get("after", "")) < line.place <= _place(asked.get("until", ""))
    return is_within and asked.get("show", "") in {"", line.verdict}


def address(path: str, asked: Mapping[str, str]) -> str:
    """The address of the page that asked."""
    return _address(path, asked.get("show", ""), asked.get("after", ""))


def _place(text: str) -> int:
    return number if len(text) < 9 and (number := line_choice.number(text)) is not None else -1


def _marked(
    file: LongFile, lines: Sequence[StagedLine], own: Labels, household: Household, problems: Mapping[int, str]
) -> Iterator[tuple[PreviewLine, Marks]]:
    """Each line with its tick and what its select says."""
    names = long_wallets.renamed(file.upload)
    found = [long_wallets.with_names(shelved.read(line.verdict, line.content), names) for line in lines]
    listed = Listed.of(own)
    if any(row.choice.category not in listed.kinds for row in found):
        found = line_choice.up_to_date(found, Chooser(household))
    for line, row in zip(lines, found, strict=True):
        chosen = line.choice or line_choice.suggested(row)
        is_gone = not listed.has(chosen)
        yield (
            row,
            Marks(
                take_name=f"{TAKE}{line.pk}",
                take_value=1,
                category_name=f"{CATEGORY}{line.pk}",
                is_ticked=file.is_taken(row.verdict, own=line.is_taken),
                chosen="" if is_gone else chosen,
                id=f"line-{line.pk}",
                problem=problems.get(line.pk, str(NOT_THERE) if is_gone else ""),
            ),
        )


def _rows(
    file: LongFile,
    marked: Sequence[tuple[PreviewLine, Marks]],
    own: Labels,
    *,
    household: Household,
    user: User,
    today: datetime.date,
) -> list[Row]:
    preview = Preview(
        Statement(format="", encoding=""),
        tuple(row for row, _marks in marked),
        is_foreign=Verdict.FOREIGN in file.takeable,
    )
    printed = check_rows.printer(preview, own=own, household=household, locale=user.locale, today=today)
    return [printed(row, marks) for row, marks in marked]


def _said(told: dict[str, Any]) -> dict[str, Any]:
    asides = {name: [Aside(**each) for each in told[name]] for name in ("broken", "aside")}
    return {**told, **asides}


def _address(path: str, show: str, after: int | str | None) -> str:
    query = {name: value for name, value in (("show", show), ("after", after)) if value not in {None, ""}}
    return f"{path}?{urlencode(query)}" if query else path
