"""What the import page shows of a statement being checked: lines ready to print, problems first."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from batua import display
from transactions import importing, labels
from transactions.importers.base import DateReading, Remark
from transactions.importing import Preview, PreviewLine, Totals, Verdict
from transactions.labels import CategoryLabel, Labels
from transactions.models import Wallet
from transactions.statement_reading import told, told_remark
from transactions.suggesting import Reason

# A select in every line of ten thousand would be a page of many megabytes; the others go in as suggested.
MOST_SHOWN = 400
MOST_ASIDE = 100
LONGEST_RAW = 160

VERDICTS = {
    Verdict.NEW: (gettext_lazy("New"), "accent"),
    Verdict.KNOWN: (gettext_lazy("Known"), "neutral"),
    Verdict.DELETED: (gettext_lazy("Deleted earlier"), "neutral"),
    Verdict.FOREIGN: (gettext_lazy("Other currency"), "warning"),
    Verdict.ZERO: (gettext_lazy("Zero"), "neutral"),
    Verdict.UNFIT: (gettext_lazy("Does not fit"), "warning"),
}
ORDERS = {
    "dmy": gettext_lazy("Day first"),
    "mdy": gettext_lazy("Month first"),
    "ymd": gettext_lazy("Year first"),
}


@dataclass(frozen=True)
class Row:
    """One line. ``options`` are the categories it may have; without them it cannot be taken."""

    number: int
    verdict: str
    tone: str
    day: str
    iso: str
    note: str
    words: str
    why: str
    options: SafeString
    is_ticked: bool
    take_label: str
    category_label: str
    entry_url: str
    amount: SafeString


@dataclass(frozen=True)
class Aside:
    """A line that is not taken, and why; without a number the sentence is about the whole file."""

    number: int | None
    sentence: str
    raw: str


@dataclass(frozen=True)
class Reading:
    """One order in which the file's days can be read, and the days it makes of them."""

    label: str
    days: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Check:
    """The second step of an import."""

    rows: list[Row]
    shown: str
    not_shown: int
    general: list[str]
    remarks: list[str]
    broken: list[Aside]
    broken_count: int
    aside: list[Aside]
    aside_count: int
    readings: list[Reading]
    date_order: str
    came_in: SafeString
    went_out: SafeString
    verdicts: str
    ticked: int
    has_takeable: bool


def build(preview: Preview, *, wallet: Wallet, user: User, today: datetime.date, path: str) -> Check:
    """``path`` is the address of the page, which other readings of the days are asked from."""
    statement = preview.statement
    shown = preview.lines[:MOST_SHOWN]
    new = importing.totals(preview.of(Verdict.NEW))
    read = {line.number for line in statement.lines}
    broken = [remark for remark in statement.problems if remark.line]
    aside = [remark for remark in statement.skipped if remark.line not in read]
    figure = partial(display.amount, currency=wallet.currency, locale=user.locale)
    return Check(
        rows=list(map(_printer(preview, wallet=wallet, user=user, today=today), shown)),
        shown=",".join(str(each.line.number) for each in shown),
        not_shown=len(preview.lines) - len(shown),
        general=_general(preview, wallet),
        remarks=list(map(told_remark, statement.remarks)),
        broken=list(map(_aside, broken[:MOST_ASIDE])),
        broken_count=len(broken),
        aside=list(map(_aside, aside[:MOST_ASIDE])),
        aside_count=len(aside),
        readings=[_reading(each, statement.date_order, wallet, user, path) for each in statement.readings],
        date_order=statement.date_order or "",
        came_in=figure(new.came_in, kind="income"),
        went_out=figure(new.went_out, kind="expense"),
        verdicts=_verdicts(preview, new),
        ticked=new.count,
        has_takeable=bool(preview.takeable),
    )


def _general(preview: Preview, wallet: Wallet) -> list[str]:
    """Problems of the file as a whole."""
    said = [told_remark(remark) for remark in preview.statement.problems if not remark.line]
    if preview.is_foreign:
        said.insert(
            0,
            _(
                "This statement is in %(own)s, but %(wallet)s is kept in %(currency)s. Tick only lines whose amounts"
                " you want to take one to one."
            )
            % {"own": preview.statement.currency, "wallet": wallet.name, "currency": wallet.currency},
        )
    return said


def _verdicts(preview: Preview, new: Totals) -> str:
    """How many lines are new, known, deleted earlier."""
    known, deleted = len(preview.of(Verdict.KNOWN)), len(preview.of(Verdict.DELETED))
    parts = [ngettext("%(count)s new", "%(count)s new", new.count) % {"count": new.count}]
    if known:
        parts.append(ngettext("%(count)s known", "%(count)s known", known) % {"count": known})
    if deleted:
        parts.append(ngettext("%(count)s deleted earlier", "%(count)s deleted earlier", deleted) % {"count": deleted})
    return " · ".join(parts)


def _aside(remark: Remark) -> Aside:
    raw = " ".join(remark.raw.split())
    return Aside(remark.line, told(remark.sentence), raw if len(raw) <= LONGEST_RAW else f"{raw[:LONGEST_RAW]} …")


def _reading(reading: DateReading, chosen: str | None, wallet: Wallet, user: User, path: str) -> Reading:
    first, last = (display.exact_day(day, locale=user.locale) for day in (reading.first, reading.last))
    return Reading(
        label=str(ORDERS[reading.order]),
        days=first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last},
        url=f"{path}?wallet={wallet.pk}&date_order={reading.order}",
        is_chosen=reading.order == chosen,
    )


def _printer(preview: Preview, *, wallet: Wallet, user: User, today: datetime.date) -> Callable[[PreviewLine], Row]:
    """Makes the rows of one statement; days, choices and sentences that repeat are made once."""
    own = labels.of(wallet.household)
    takeable = {each.line.number for each in preview.takeable}
    day = cache(partial(display.day, today=today, locale=user.locale))
    options = cache(partial(_options, own))
    take, category = _("Take line %(line)s"), _("Category of line %(line)s")
    amount = partial(display.entry_amount, currency=wallet.currency, locale=user.locale)

    def print_row(each: PreviewLine) -> Row:
        line, choice = each.line, each.choice
        verdict, tone = VERDICTS[each.verdict]
        can_take = line.number in takeable
        relative = line.amount if choice.kind == "income" else -line.amount
        return Row(
            number=line.number,
            verdict=str(verdict),
            tone=tone,
            day=day(line.date),
            iso=line.date.isoformat(),
            note=each.note,
            words=" · ".join(" ".join(text.split()) for text in line.also),
            why=_why(choice.reason, choice.word) if can_take else "",
            options=options(came_in=line.amount > 0, chosen=choice.category) if can_take else SafeString(""),
            is_ticked=each.verdict is Verdict.NEW,
            take_label=take % {"line": line.number},
            category_label=category % {"line": line.number},
            entry_url=reverse("transactions:update", args=[each.entry]) if each.entry else "",
            amount=amount(relative, kind=choice.kind if line.amount else "transfer"),
        )

    return print_row


def _why(reason: Reason | None, word: str) -> str:
    if reason is Reason.LAST_TIME:
        return _("as last time")
    return _("because of “%(word)s”") % {"word": word} if reason is Reason.WORD else ""


def _options(own: Labels, *, came_in: bool, chosen: int) -> SafeString:
    """Categories that money coming in or going out may have: what comes in may also be money back."""
    income, spending = own.of_kind("income"), own.of_kind("expense")
    groups = [(_("Income"), income), (_("Money back"), spending)] if came_in else [(_("Spending"), spending)]
    if not came_in and any(category.id == chosen for category in income):
        groups.append((_("Income given back"), income))
    return format_html_join(
        "", '<optgroup label="{}">{}</optgroup>', ((name, _choices(group, chosen)) for name, group in groups)
    )


def _choices(categories: Iterable[CategoryLabel], chosen: int) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (category.id, SafeString(" selected") if category.id == chosen else "", category.name)
            for category in categories
            if not category.is_archived
        ),
    )
