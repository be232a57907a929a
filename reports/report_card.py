"""The report of a month or a year ready to print: every figure, sentence and row of its pages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Household
from batua import display
from batua.period_picker import period_label
from reports import category_card, flow_card, kept_card, pace_card, paper, wallet_card, wording
from reports.cards import Figure
from reports.category_card import CategoryCard, CategoryRow, Compared
from reports.flow_card import FlowCard
from reports.kept import has_ended
from reports.kept_card import KeptCard
from reports.pace_card import PaceCard
from reports.reader import Reader
from reports.report import Report
from reports.wallet_card import WalletCard
from transactions.ledger import CategorySum, EntryLine

ZERO = Decimal(0)
MOST_CATEGORIES = 10
MOST_CHANGES = 8
HALF = 50
# The width of the text of an A4 page in pixels: lines drawn as wide as they are printed keep their strokes even.
WIDTH = 672


@dataclass(frozen=True)
class Share:
    """A category's part of the spending; ``change`` is that against the period before."""

    badge: SafeString
    name: str
    amount: SafeString
    share: str
    entries: str
    change: str


@dataclass(frozen=True)
class Change:
    """A category that cost more or less than before, and its bar left or right of the middle, in percent."""

    badge: SafeString
    name: str
    then: str
    now: str
    difference: str
    tone: str
    start: int
    length: int


@dataclass(frozen=True)
class Payment:
    """One of the largest payments."""

    badge: SafeString
    name: str
    words: str
    day: str
    amount: SafeString


@dataclass(frozen=True)
class Balance:
    """What lay in a wallet before and after the period."""

    name: str
    before: SafeString
    change: str
    tone: str
    after: SafeString


@dataclass(frozen=True)
class Pages:
    """All that the template prints; ``running`` says that the period is not over, if so."""

    kind: str
    title: str
    days: str
    household: str
    made: str
    running: str
    figures: list[Figure]
    kept: str
    flow: FlowCard
    pace: PaceCard | None
    lines: WalletCard | None
    categories: CategoryCard
    shares: list[Share]
    changes: list[Change]
    when: str
    budgets: KeptCard
    payments: list[Payment]
    balances: list[Balance]
    whole: Balance


def printed(report: Report, household: Household, reader: Reader) -> Pages:
    """The report in the reader's words; no query."""
    period, is_month = report.period, report.pace is not None
    when = wording.before(report.previous, reader) if report.previous else ""
    categories = category_card.printed(
        report.categories, reader, entries="", most=MOST_CATEGORIES, before=_compared(report, when)
    )
    balances = _balances(report, reader)
    return Pages(
        kind=_("Monthly report") if is_month else _("Yearly report"),
        title=period_label(period, locale=reader.locale),
        days=_days(report, reader),
        household=household.name,
        made=_day(reader.today, reader),
        running=_running(report, reader),
        figures=_figures(report, reader, when),
        kept=wording.kept(report.totals, reader),
        flow=flow_card.printed(report.cash_flow, reader, entries=""),
        pace=pace_card.printed(report.pace, reader, entries="", wide=WIDTH) if report.pace else None,
        lines=None if is_month or not report.wallets else _lines(report, reader),
        categories=categories,
        shares=[
            _share(row) for body in (categories.first, [categories.others], categories.back) for row in body if row
        ],
        changes=_changes(report, reader),
        when=when,
        budgets=kept_card.printed(report.budgets, period, reader),
        payments=[_payment(line, reader) for line in report.largest],
        balances=balances[:-1],
        whole=balances[-1],
    )


def _days(report: Report, reader: Reader) -> str:
    """From which day to which, where a month begins on pay day."""
    first, last = report.period.start, report.period.last_day
    if reader.month_start == 1 or first is None or last is None:
        return ""
    return " – ".join(_day(day, reader) for day in (first, last))


def _day(day: date, reader: Reader) -> str:
    """Isolated from the words around it, so that one from right to left keeps its order."""
    return f"\N{FIRST STRONG ISOLATE}{display.exact_day(day, locale=reader.locale)}\N{POP DIRECTIONAL ISOLATE}"


def _running(report: Report, reader: Reader) -> str:
    """That more is to come, and what the period stands beside until then; nothing when it is over."""
    if has_ended(report.period, reader.today) or report.period.last_day is None:
        return ""
    sentence = _("This is how it stands so far: %(period)s ends on %(day)s.") % {
        "period": period_label(report.period, locale=reader.locale),
        "day": _day(report.period.last_day, reader),
    }
    if report.previous is None:
        return sentence
    before = period_label(report.previous, locale=reader.locale)
    return f"{sentence} {_('It is compared with the whole of %(before)s.') % {'before': before}}"


def _compared(report: Report, when: str) -> Compared | None:
    """The categories before; None where the books begin with this period, and everything would be new."""
    return Compared(report.categories_before, when) if report.categories_before else None


def _figures(report: Report, reader: Reader, when: str) -> list[Figure]:
    now, then = report.totals, report.before
    notes = ["", "", ""]
    if then is not None:
        notes = [
            wording.change(now.income, then.income, reader, when=when),
            wording.change(now.spending, then.spending, reader, when=when),
            _saved(now.net, then.net, reader, when),
        ]
    return [
        Figure(_("Income"), reader.figure(now.income, "income"), notes[0]),
        Figure(_("Spending"), reader.figure(now.spending, "expense"), notes[1]),
        Figure(_("Saved") if now.net >= 0 else _("Overspent"), reader.figure(abs(now.net)), notes[2]),
    ]


def _saved(now: Decimal, then: Decimal, reader: Reader, when: str) -> str:
    """Saved beside saved, overspent beside overspent; where one became the other, what it was."""
    if not then or (now < 0) == (then < 0):
        return wording.change(abs(now), abs(then), reader, when=when)
    was = {"amount": reader.words(abs(then)), "when": when}
    return (_("%(amount)s was overspent %(when)s") if then < 0 else _("%(amount)s was saved %(when)s")) % was


def _lines(report: Report, reader: Reader) -> WalletCard:
    return wallet_card.printed(report.wallets, report.wallet_days, reader, entries="", within="", wide=WIDTH)


def _share(row: CategoryRow) -> Share:
    return Share(
        badge=paper.badge(row.icon, row.colour),
        name=row.name,
        amount=row.amount,
        share=row.share,
        entries=row.number,
        change=row.change,
    )


def _changes(report: Report, reader: Reader) -> list[Change]:
    """The categories that changed the most, what cost more first; none where there is nothing to compare with."""
    if not report.categories_before:
        return []
    now, then = ({each.id: each for each in sums} for sums in (report.categories, report.categories_before))
    moved = [
        (named, then[key].amount if key in then else ZERO, now[key].amount if key in now else ZERO)
        for key, named in {**then, **now}.items()
    ]
    largest = sorted((each for each in moved if each[1] != each[2]), key=lambda each: -abs(each[2] - each[1]))
    shown = sorted(largest[:MOST_CHANGES], key=lambda each: each[1] - each[2])
    longest = max((abs(after - before) for _named, before, after in shown), default=ZERO)
    return [_change(named, before, after, longest, reader) for named, before, after in shown]


def _change(named: CategorySum, then: Decimal, now: Decimal, longest: Decimal, reader: Reader) -> Change:
    length = max(1, round(abs(now - then) * HALF / longest))
    is_more = now > then
    return Change(
        badge=paper.badge(named.icon, named.colour),
        name=named.name,
        then=reader.words(then),
        now=reader.words(now),
        difference=f"{'+' if is_more else display.MINUS}{reader.words(abs(now - then))}",
        tone="more" if is_more else "less",
        start=HALF if is_more else HALF - length,
        length=length,
    )


def _payment(line: EntryLine, reader: Reader) -> Payment:
    return Payment(
        badge=paper.badge(line.category_icon, line.category_colour),
        name=line.note or line.category_name,
        words=" · ".join(filter(None, [line.category_name if line.note else "", line.wallet_name])),
        day=reader.day(line.date, "MMMd"),
        amount=reader.figure(line.amount),
    )


def _balances(report: Report, reader: Reader) -> list[Balance]:
    """Each wallet that holds or moved something, and all together at the end."""
    shown = [each for each in report.wallets if each.moves or each.start or not each.is_archived]
    sums = [(each.name, each.start, sum(each.moves.values(), ZERO)) for each in shown]
    whole = (_("Together"), sum((each[1] for each in sums), ZERO), sum((each[2] for each in sums), ZERO))
    return [
        Balance(
            name=name,
            before=reader.figure(start),
            change=f"{'+' if change > 0 else display.MINUS}{reader.words(abs(change))}" if change else "",
            tone="income" if change > 0 else "expense",
            after=reader.figure(start + change),
        )
        for name, start, change in [*sums, whole]
    ]
