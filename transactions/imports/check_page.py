"""What the import page shows of a statement being checked: problems first, then totals, then lines ready to print."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household, User
from batua import display
from transactions import labels
from transactions.importers.base import Remark, Statement
from transactions.importers.remarks import SEVERAL_ACCOUNTS
from transactions.imports import check_rows, kept_marks, openings, page_sums, verdict_tabs
from transactions.imports.check_rows import Row
from transactions.imports.kept_marks import Choosable, Mark
from transactions.imports.line_choice import Listed
from transactions.imports.statement_reading import told, told_remark
from transactions.imports.verdict_tabs import Tab
from transactions.imports.verdicts import Preview, Totals, Verdict
from transactions.labels import Labels

# A select in every line of ten thousand would be a page of many megabytes; and a hundred are far to scroll on a phone.
ON_A_PAGE = 100
MOST_ASIDE = 100
MOST_OFFERED = 5
LONGEST_RAW = 160


@dataclass(frozen=True)
class Aside:
    """A line that is not taken, and why; without a number the sentence is about the whole file."""

    number: int | None
    sentence: str
    raw: str


@dataclass(frozen=True)
class Said:
    """What there is to say of a file beside its lines; ``balances``: whether its balances and its entries agree."""

    general: list[str]
    remarks: list[str]
    broken: list[Aside]
    broken_count: int
    aside: list[Aside]
    aside_count: int
    balances: str
    balances_agree: bool


@dataclass(frozen=True)
class Offer:
    """Other lines of a payee, which may become what one of them was chosen to become; ``line`` is its key or number.

    ``category``: what that is called, also where it is a transfer.
    """

    line: int
    payee: str
    category: str
    count: int


@dataclass(frozen=True)
class Sums:
    """What follows every choice: how many lines there are of each kind, and what those that are ticked come to."""

    verdicts: str
    came_in: SafeString
    went_out: SafeString
    ticked: int


@dataclass(frozen=True)
class Check(Said):
    """The second step of an import.

    ``shown`` tells which lines the page shows, how each is suggested and what it brings, ``others`` what the lines of
    the other pages come to. ``show`` is the one verdict whose lines these are, "" for all; ``tabs`` are there where
    lines have several. ``span`` says which lines of how many these are; "" where the page has them all.
    ``takeable``: how many of them, on this page and the others, can be taken; ``has_takeable``: whether any line of the
    file can. ``categories`` are those for all ticked lines, where the page has not all lines. ``offers``: for all
    choices that were made so far, where a page without a script cannot offer after each.
    """

    sums: Sums
    offers: list[Offer]
    rows: list[Row]
    shown: str
    others: str
    tabs: list[Tab]
    show: str
    after: int
    span: str
    takeable: int
    has_takeable: bool
    categories: SafeString
    next_url: str
    before_url: str


def build(
    preview: Preview,
    *,
    household: Household,
    user: User,
    today: datetime.date,
    chosen: Mapping[int, Mark],
    address: str,
    show: str = "",
    after: int = 0,
) -> Check:
    """Everything that the page prints, for one member.

    ``chosen``: line number → what that member said of it. ``address`` is the page's with how the file is read,
    ``show`` the verdict whose lines are shown, and ``after`` the place among them behind which the page begins.
    """
    own, every = labels.of(household), len(preview.lines)
    counts = Counter(each.verdict for each in preview.lines)
    show = verdict_tabs.shown(show, counts)
    listed = [each for each in preview.lines if each.verdict.value == show] if show else preview.lines
    start = after if after < len(listed) else 0
    shown, following = listed[start : start + ON_A_PAGE], start + ON_A_PAGE
    at = partial(_address, address)
    printed = check_rows.printer(preview, own=own, household=household, locale=user.locale, today=today)
    lines = choosable(preview, chosen, own)
    marks, here = {each.row.line.number: each.marks for each in lines}, {each.line.number for each in shown}
    beside = [each for each in lines if each.row.line.number not in here]
    others = page_sums.Others(page_sums.totals(beside), counts, page_sums.looked_at(beside))
    states = (kept_marks.state(each) if each.line.number in marks else str(each.line.number) for each in shown)
    return Check(
        **vars(said(preview.statement, household=household, locale=user.locale)),
        sums=sums(counts, page_sums.totals(lines), page_sums.looked_at(lines), household=household, locale=user.locale),
        offers=_offers(lines, chosen, own) if chosen else [],
        rows=[printed(each, marks.get(each.line.number)) for each in shown],
        shown=",".join(states),
        others=others.told(),
        tabs=verdict_tabs.of(counts, show, at, locale=user.locale) if len(counts) > 1 else [],
        show=show,
        after=start,
        span=_span(start, len(shown), len(listed), locale=user.locale),
        takeable=sum(each.row.verdict.value == show for each in lines) if show else len(lines),
        has_takeable=bool(lines),
        categories=check_rows.every_category(own) if len(shown) < every else SafeString(""),
        next_url=at(show, following) if following < len(listed) else "",
        before_url=at(show, max(start - ON_A_PAGE, 0)) if start else "",
    )


def _address(address: str, show: str, after: int = 0) -> str:
    named = f"&show={show}" if show else ""
    return f"{address}{named}&after={after}" if after else f"{address}{named}"


def sums(counts: Mapping[Verdict, int], taken: Totals, looked_at: int, *, household: Household, locale: str) -> Sums:
    """What stands above the lines, and on the button; ``looked_at``: how many lines like an entry are taken."""
    figure = partial(display.amount, currency=household.currency, locale=locale)
    to_look_at = max(counts.get(Verdict.LOOKALIKE, 0) - looked_at, 0)
    return Sums(
        verdicts=verdicts({**counts, Verdict.LOOKALIKE: to_look_at}, taken.count, locale=locale),
        came_in=figure(taken.came_in, kind="income"),
        went_out=figure(taken.went_out, kind="expense"),
        ticked=taken.count,
    )


def _span(start: int, shown: int, every: int, *, locale: str) -> str:
    if shown == every:
        return ""
    written = partial(display.count, locale=locale)
    values = {"first": written(start + 1), "last": written(start + shown), "all": written(every)}
    return _("Lines %(first)s to %(last)s of %(all)s") % values


def choosable(preview: Preview, chosen: Mapping[int, Mark], own: Labels) -> list[Choosable]:
    """The lines with a tick and a select, and what these say."""
    takeable = {each.line.number for each in preview.takeable}
    marked = zip(preview.lines, kept_marks.printed(preview.lines, chosen, own), strict=True)
    return [Choosable(each, marks) for each, marks in marked if each.line.number in takeable]


def rows(
    preview: Preview, lines: Iterable[Choosable], own: Labels, *, household: Household, user: User, today: datetime.date
) -> list[Row]:
    """These lines as the page prints them."""
    printed = check_rows.printer(preview, own=own, household=household, locale=user.locale, today=today)
    return [printed(each.row, each.marks) for each in lines]


def offer(lines: Sequence[Choosable], number: int, own: Labels) -> Offer | None:
    """What is offered after a choice for a single one of the lines."""
    found = kept_marks.alike(lines, number, Listed.of(own))
    if found is None:
        return None
    name = check_rows.chosen_name(found.choice, came_in=found.came_in, own=own)
    return Offer(number, found.payee, name, len(found.others))


def _offers(lines: Sequence[Choosable], chosen: Mapping[int, Mark], own: Labels) -> list[Offer]:
    offers = (offer(lines, number, own) for number, mark in chosen.items() if mark.choice is not None)
    return list(islice(filter(None, offers), MOST_OFFERED))


def said(statement: Statement, *, household: Household, locale: str) -> Said:
    """What stands around the lines, for one member."""
    read = statement.numbers_among({remark.line for remark in statement.skipped})
    broken = [remark for remark in statement.problems if remark.line]
    aside = [remark for remark in statement.skipped if remark.line not in read]
    difference = openings.difference(statement)
    return Said(
        general=_general(statement, household),
        # A page asks for each account's wallet, which says it better.
        remarks=[told_remark(each) for each in statement.remarks if each.sentence.text != SEVERAL_ACCOUNTS],
        broken=list(map(_aside, broken[:MOST_ASIDE])),
        broken_count=len(broken),
        aside=list(map(_aside, aside[:MOST_ASIDE])),
        aside_count=len(aside),
        balances=_balances(statement, difference, currency=household.currency, locale=locale),
        balances_agree=not difference,
    )


def _general(statement: Statement, household: Household) -> list[str]:
    """Problems of the file as a whole."""
    told = [told_remark(remark) for remark in statement.problems if not remark.line]
    if statement.currency not in {None, household.currency}:
        told.insert(
            0,
            _(
                "This statement is in %(own)s, but your wallets are kept in %(currency)s. Tick only lines whose amounts"
                " you want to take one to one."
            )
            % {"own": statement.currency, "currency": household.currency},
        )
    return told


def verdicts(counts: Mapping[Verdict, int], taken: int, *, locale: str) -> str:
    """How many lines are new, known, and so on."""
    begun = counts.get(Verdict.BEGUN, 0)
    counted = [
        (taken, ngettext("%(count)s to import", "%(count)s to import", taken)),
        (counts.get(Verdict.KNOWN, 0), _("%(count)s known")),
        (counts.get(Verdict.LOOKALIKE, 0), _("%(count)s to look at")),
        (counts.get(Verdict.PENDING, 0), _("%(count)s pending")),
        (counts.get(Verdict.DELETED, 0), _("%(count)s deleted earlier")),
        (counts.get(Verdict.UNTICKED, 0), _("%(count)s left out earlier")),
        (begun, ngettext("%(count)s beginning left out", "%(count)s beginnings left out", begun)),
    ]
    parts = [
        sentence % {"count": display.count(count, locale=locale)}
        for count, sentence in counted
        if count or sentence is counted[0][1]
    ]
    return " · ".join(parts)


def _balances(statement: Statement, difference: Decimal | None, *, currency: str, locale: str) -> str:
    if difference is None or statement.opening_balance is None or statement.closing_balance is None:
        return ""
    written = partial(display.in_words, currency=statement.currency or currency, locale=locale)
    values = {
        "opening": written(statement.opening_balance),
        "entries": written(statement.credits - statement.debits),
        "closing": written(statement.closing_balance),
        "difference": written(difference),
    }
    if not difference:
        return _("%(opening)s before, %(entries)s by these lines, %(closing)s after: it adds up.") % values
    return (
        _(
            "The bank says %(opening)s before and %(closing)s after, but these lines come to %(entries)s:"
            " %(difference)s is missing. Perhaps the file lacks lines, or some could not be read."
        )
        % values
    )


def _aside(remark: Remark) -> Aside:
    raw = " ".join(remark.raw.split())
    return Aside(remark.line, told(remark.sentence), raw if len(raw) <= LONGEST_RAW else f"{raw[:LONGEST_RAW]} …")
