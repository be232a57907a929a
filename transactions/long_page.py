"""What the import page shows of a long file: how many lines have which verdict, their sums, and a page of lines."""

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Household, User
from batua import display
from transactions import import_page, import_rows, labels, shelved
from transactions.import_page import Aside, Said
from transactions.import_rows import VERDICTS, Row
from transactions.importers.base import Statement
from transactions.labels import Labels
from transactions.models import StagedLine, Upload
from transactions.staging import LongFile
from transactions.verdicts import OFFERED, TAKEN, Preview, PreviewLine, Verdict

ON_A_PAGE = 200
OFFERS = {
    Verdict.LOOKALIKE: gettext_lazy("Also those that look like an entry that is here"),
    Verdict.PENDING: gettext_lazy("Also those that the bank has not booked yet"),
    Verdict.DELETED: gettext_lazy("Also those that were deleted earlier"),
}


@dataclass(frozen=True)
class Tab:
    """Lines of one verdict, or all."""

    label: str
    count: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Offer:
    """Lines that are taken only if somebody says so."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Line:
    """A line of the page, and the category that it gets."""

    row: Row
    category: str


@dataclass(frozen=True)
class LongPage(Said):
    """The second step of the import of a long file."""

    verdicts: str
    came_in: SafeString
    went_out: SafeString
    ticked: int
    tabs: list[Tab]
    offers: list[Offer]
    lines: list[Line]
    next_url: str
    first_url: str


def build(
    upload: Upload, asked: QueryDict, *, path: str, household: Household, user: User, today: datetime.date
) -> LongPage:
    """The page that the address asks for: ``show`` is a verdict, ``after`` the place behind which it begins."""
    file = LongFile(upload)
    own = labels.of(household)
    shown = asked.get("show", "")
    after = asked.get("after", "")
    place = int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else -1
    found = StagedLine.objects.filter(upload=upload, place__gt=place)
    if shown in file.counts:
        found = found.filter(verdict=shown)
    placed = shelved.some(found.order_by("place")[: ON_A_PAGE + 1])
    rows = [row for _place, row in placed[:ON_A_PAGE]]
    figure = partial(display.amount, currency=household.currency, locale=user.locale)
    counts = {Verdict(name): count for name, count in file.counts.items()}
    address = partial(_address, path, shown)
    return LongPage(
        **_said(file.told["said"]),
        verdicts=import_page.verdicts(counts, file.totals.count),
        came_in=figure(file.totals.came_in, kind="income"),
        went_out=figure(file.totals.went_out, kind="expense"),
        ticked=file.totals.count,
        tabs=_tabs(counts, shown, path),
        offers=[Offer(each.value, str(OFFERS[each]), counts[each]) for each in OFFERED if each in counts],
        lines=_lines(rows, own, household=household, user=user, today=today),
        next_url=address(placed[ON_A_PAGE - 1][0]) if len(placed) > ON_A_PAGE else "",
        first_url=address(None) if place >= 0 else "",
    )


def _said(told: dict[str, Any]) -> dict[str, Any]:
    asides = {name: [Aside(**each) for each in told[name]] for name in ("broken", "aside")}
    return {**told, **asides}


def _address(path: str, shown: str, after: int | None) -> str:
    query = {name: value for name, value in (("show", shown), ("after", after)) if value not in {None, ""}}
    return f"{path}?{urlencode(query)}" if query else path


def _tabs(counts: dict[Verdict, int], shown: str, path: str) -> list[Tab]:
    chosen = shown if shown in {each.value for each in counts} else ""
    every = Tab(_("All"), f"{sum(counts.values()):,}", path, is_chosen=not chosen)
    return [
        every,
        *(
            Tab(str(label), f"{counts[verdict]:,}", _address(path, verdict.value, None), chosen == verdict.value)
            for verdict, (label, _tone) in VERDICTS.items()
            if verdict in counts
        ),
    ]


def _lines(
    rows: list[PreviewLine], own: Labels, *, household: Household, user: User, today: datetime.date
) -> list[Line]:
    """Rows as the page of a short file prints them, with the category in words instead of a choice."""
    preview = Preview(Statement(format="", encoding=""), tuple(rows))
    printed = map(import_rows.printer(preview, household=household, locale=user.locale, today=today), rows)
    return [Line(shown, _category(row, own)) for shown, row in zip(printed, rows, strict=True)]


def _category(row: PreviewLine, own: Labels) -> str:
    if row.verdict not in {*TAKEN, *OFFERED}:
        return ""
    if row.verdict in {Verdict.TRANSFER, Verdict.JOINS}:
        return _("Transfer")
    return row.choice.new_name or own.category(row.choice.category).name
