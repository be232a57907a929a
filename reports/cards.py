"""The dashboard ready to print: every figure, sentence, mark and row of its template, and nothing left to decide."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua import display
from batua.period_picker import month_label, period_label
from budgets import progress
from reports import category_card, flow_card, wording
from reports.category_card import CategoryCard
from reports.dashboard import Dashboard
from reports.flow_card import FlowCard
from reports.reader import Reader
from transactions.ledger import EntryLine

MOST_BUDGETS = 4
MOST_CATEGORIES = 6


@dataclass(frozen=True)
class Figure:
    """One large number, and what there is to say about it."""

    label: str
    amount: SafeString
    note: str


@dataclass(frozen=True)
class BudgetCard:
    """The budgets most used up; ``more`` says how many there are beyond them."""

    title: str
    url: str
    lines: list[progress.Line]
    more: str


@dataclass(frozen=True)
class EntryRow:
    """One of the latest entries; the address is empty for who may only look."""

    url: str
    name: str
    words: str
    icon: str
    colour: int
    amount: SafeString


@dataclass(frozen=True)
class Cards:
    """All that the dashboard's template prints."""

    balance: Figure
    income: Figure
    spending: Figure
    kept: str
    cash_flow: FlowCard
    categories: CategoryCard
    spending_by_day: FlowCard
    budgets: BudgetCard
    latest: list[EntryRow]
    entries_url: str


def printed(board: Dashboard, reader: Reader) -> Cards:
    """The dashboard in the reader's words; no query."""
    entries = reverse("transactions:list")
    entries_url = f"{entries}?{board.period.query}"
    address = _entry_address(reader)
    totals, income, spending = board.totals, None, None
    if board.before is not None:
        income, spending = board.before.income, board.before.spending
    cash_flow = flow_card.printed(board.cash_flow, reader, entries=entries)
    return Cards(
        balance=_balance(board, reader),
        income=_figure(_("Income"), "income", totals.income, income, board, reader),
        spending=_figure(_("Spending"), "expense", totals.spending, spending, board, reader),
        kept=wording.kept(totals, reader),
        cash_flow=cash_flow,
        categories=category_card.printed(board.categories, reader, entries=entries_url, most=MOST_CATEGORIES),
        spending_by_day=flow_card.spending(board.cash_flow, reader, rows=cash_flow.rows, entries=entries),
        budgets=_budgets(board, reader),
        latest=[_entry(line, address(line.id), reader) for line in board.latest],
        entries_url=entries_url,
    )


def _balance(board: Dashboard, reader: Reader) -> Figure:
    period = period_label(board.period, locale=reader.locale)
    note = _("In all wallets together")
    if board.previous is not None:
        note = wording.balance(board.totals.net, reader, period=period)
    return Figure(_("Balance"), reader.figure(board.balance), note)


def _figure(label: str, kind: str, now: Decimal, then: Decimal | None, board: Dashboard, reader: Reader) -> Figure:
    note = ""
    if board.previous is not None and then is not None:
        note = wording.change(now, then, reader, when=wording.before(board.previous, reader))
    return Figure(label, reader.figure(now, kind), note)


def _budgets(board: Dashboard, reader: Reader) -> BudgetCard:
    more = len(board.budgets) - MOST_BUDGETS
    lines = progress.lines(
        board.budgets[:MOST_BUDGETS],
        month=board.month,
        today=reader.today,
        locale=reader.locale,
    )
    return BudgetCard(
        title=_("Budgets in %(month)s") % {"month": month_label(board.month, locale=reader.locale)},
        url=f"{reverse('budgets:list')}?period={board.month:%Y-%m}",
        lines=lines,
        more=ngettext("+%(count)d more", "+%(count)d more", more) % {"count": more} if more > 0 else "",
    )


def _entry_address(reader: Reader) -> Callable[[int], str]:
    """Where an entry is opened; reversed once."""
    if not reader.may_write:
        return lambda key: ""
    before, after = reverse("transactions:update", args=[0]).rsplit("/0/", 1)
    return lambda key: f"{before}/{key}/{after}"


def _entry(line: EntryLine, url: str, reader: Reader) -> EntryRow:
    is_transfer = not line.category_name
    label = f"{line.wallet_name} → {line.to_wallet_name}" if is_transfer else line.category_name
    day = display.day(line.date, today=reader.today, locale=reader.locale)
    return EntryRow(
        url=url,
        name=line.note or label,
        words=" · ".join([label, day] if line.note else [day]),
        icon="arrow-left-right" if is_transfer else line.category_icon,
        colour=line.category_colour,
        amount=display.entry_amount(line.amount, currency=line.currency, locale=reader.locale, kind=line.kind),
    )
