"""Budgets kept and missed ready to print: a bar for one stretch, a row of marks for several."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua import periods
from batua.periods import Period
from budgets import progress
from budgets.progress import Progress
from reports import paper
from reports.kept import Kept
from reports.reader import Reader

# What a month of several weeks shows is the last of these.
WORSE = ("", "kept", "open", "missed")


@dataclass(frozen=True)
class KeptRow:
    """A budget: its ``bar`` or its ``marks`` (kept, missed, open; empty where no stretch ends), and how it went."""

    badge: SafeString
    name: str
    period: str
    bar: progress.Bar | None
    marks: list[SafeString]
    spent: str
    verdict: str
    tone: str


@dataclass(frozen=True)
class KeptCard:
    """``heads`` are the months above the marks of a year."""

    title: str
    heads: list[str]
    rows: list[KeptRow]
    legend: list[tuple[SafeString, str]]


def printed(budgets: list[Kept], period: Period, reader: Reader) -> KeptCard:
    """The budgets of a month or a year; no query."""
    names = period.month_names
    is_year = len(names) > 1
    rows = [_row(each, names if is_year else (), reader) for each in budgets]
    return KeptCard(
        title=_title(budgets),
        heads=[reader.initial(name) for name in names] if is_year else [],
        rows=rows,
        legend=_legend(rows),
    )


def _legend(rows: list[KeptRow]) -> list[tuple[SafeString, str]]:
    """The marks that are there, in words."""
    seen = {mark for row in rows for mark in row.marks}
    words = {"kept": _("Kept"), "missed": _("Missed"), "open": _("Still open")}
    return [(paper.mark(name), word) for name, word in words.items() if paper.mark(name) in seen]


def _title(budgets: list[Kept]) -> str:
    """How many limits were kept, each stretch counting; while all of them run, how many are over already."""
    judged = sum(each.kept + each.missed for each in budgets)
    missed, number = sum(each.missed for each in budgets), sum(len(each.stretches) for each in budgets)
    if missed == judged and judged < number:
        if not missed:
            return _("No budget is over so far")
        sentence = ngettext("%(missed)d budget is over so far", "%(missed)d budgets are over so far", missed)
        return sentence % {"missed": missed}
    if not missed:
        return _("Every budget was kept")
    counted = {"kept": judged - missed, "judged": judged}
    if number == len(budgets):
        return (
            ngettext(
                "%(kept)d of %(judged)d budgets was kept", "%(kept)d of %(judged)d budgets were kept", counted["kept"]
            )
            % counted
        )
    return _("Budgets were kept %(kept)d of %(judged)d times") % counted


def _row(kept: Kept, months: tuple[date, ...], reader: Reader) -> KeptRow:
    budget = kept.budget
    (line,) = progress.lines([budget], month=budget.begins, today=reader.today, locale=reader.locale)
    is_one = not months and len(kept.stretches) == 1
    spent = _("%(spent)s of %(planned)s") % {"spent": reader.words(kept.spent), "planned": reader.words(kept.planned)}
    return KeptRow(
        badge=paper.badge(budget.icon, budget.colour),
        name=budget.category,
        period=line.period if is_one else "",
        bar=line.bar if is_one else None,
        marks=[] if is_one else _marks(kept, months, reader),
        spent=line.spent if is_one else spent,
        verdict=_verdict(kept, line.left) if is_one else _counted(kept),
        tone="missed" if kept.missed else "kept" if kept.kept else "open",
    )


def _verdict(kept: Kept, left: str) -> str:
    return f"{_('Kept')} · {left}" if _is_judged(kept) and not kept.missed else left


def _counted(kept: Kept) -> str:
    judged = kept.kept + kept.missed
    if not judged:
        return _("Still open")
    return _("%(kept)d of %(count)d kept") % {"kept": kept.kept, "count": judged}


def _is_judged(kept: Kept) -> bool:
    """Is nothing open any more?"""
    return kept.kept + kept.missed == len(kept.stretches)


def _marks(kept: Kept, months: tuple[date, ...], reader: Reader) -> list[SafeString]:
    """One for each stretch; in a year one for each month, the worst of those that end in it."""
    if not months:
        return [paper.mark(_mark(kept, each)) for each in kept.stretches]
    found: dict[date, list[str]] = {}
    for each in kept.stretches:
        name = periods.month_of(each.period.last_day or each.begins, month_start=reader.month_start)
        found.setdefault(name, []).append(_mark(kept, each))
    return [paper.mark(max(found.get(name, [""]), key=WORSE.index)) for name in months]


def _mark(kept: Kept, stretch: Progress) -> str:
    if stretch.is_over:
        return "missed"
    return "kept" if kept.is_kept(stretch) else "open"
