"""A month of budgets as its page prints them: the strip of sums, the warning, the lines, and what has no limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.dates import format_skeleton
from django.forms import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household
from batua import display, money
from batua.period_picker import month_label
from budgets import progress
from budgets.forms import ProposalsForm
from budgets.lines import Line
from budgets.models import BudgetLimit
from budgets.months import MonthForm
from budgets.progress import Progress, Unplanned
from budgets.proposals import Proposal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Row:
    """A line and what its member may press."""

    line: Line
    edit_url: str
    edit_label: str


@dataclass(frozen=True)
class Beside:
    """A category that has spending and no limit; ``create_url`` is empty where none can be set."""

    name: str
    colour: int
    icon: str
    is_archived: bool
    spent: SafeString
    url: str
    create_url: str
    create_label: str


@dataclass(frozen=True)
class Strip:
    """The sums of the monthly budgets; ``carried`` is empty when nothing was."""

    planned: SafeString
    carried: SafeString
    spent: SafeString
    left: SafeString
    left_label: str


@dataclass(frozen=True)
class Overview:
    """Every field ready to print; ``warning`` names the categories that are over their limit, if any.

    ``others`` are the budgets of weeks, quarters and years. ``sum`` says where all spending of the month is found.
    """

    month: str
    is_current: bool
    strip: Strip
    sum: str
    warning: str
    rows: list[Row]
    others: list[Row]
    beside: list[Beside]


@dataclass(frozen=True)
class ProposalRow:
    """A proposed limit with its two fields, and where it comes from."""

    name: str
    colour: int
    icon: str
    note: str
    take: BoundField
    amount: BoundField


def of(household: Household, months: MonthForm, *, locale: str) -> Overview:
    """The budgets of a household month, and its spending without one; two queries."""
    found = progress.of_month(household, months.month, today=months.today)
    monthly = [budget for budget in found.budgets if budget.cadence == BudgetLimit.Cadence.MONTHLY]
    others = [budget for budget in found.budgets if budget.cadence != BudgetLimit.Cadence.MONTHLY]
    words = _Words(household, months, locale)
    return Overview(
        month=words.month,
        is_current=months.month == months.current_month,
        strip=words.strip(monthly),
        sum=words.sum(monthly, others, found.unplanned),
        warning=_warning([budget.category for budget in found.budgets if budget.is_over]),
        rows=words.rows(monthly),
        others=words.rows(others),
        beside=[words.beside(each) for each in found.unplanned],
    )


def question(category: str) -> str:
    """What is asked before a budget goes with all its months."""
    return _("Remove the budget for %(category)s, and what was planned in earlier months too?") % {"category": category}


def proposal_rows(form: ProposalsForm, *, locale: str) -> list[ProposalRow]:
    """The fields of the form, category by category."""
    return [
        ProposalRow(
            name=proposal.name,
            colour=proposal.colour,
            icon=proposal.icon,
            note=_origin(proposal, currency=form.household.currency, locale=locale),
            take=form[f"take-{proposal.category}"],
            amount=form[f"amount-{proposal.category}"],
        )
        for proposal in form.proposed
    ]


class _Words:
    """One month of one household, in the reader's words."""

    def __init__(self, household: Household, months: MonthForm, locale: str) -> None:
        self.household, self.months, self.locale = household, months, locale
        self.month = month_label(months.month, locale=locale)

    def strip(self, budgets: list[Progress]) -> Strip:
        planned = sum((budget.limit for budget in budgets), ZERO)
        carried = sum((budget.carried for budget in budgets), ZERO)
        spent = sum((budget.spent for budget in budgets), ZERO)
        left = planned + carried - spent
        return Strip(
            planned=self._figure(planned),
            carried=self._figure(carried) if carried else SafeString(""),
            spent=self._figure(spent),
            left=self._figure(abs(left)),
            left_label=_("Over") if left < 0 else _("Left"),
        )

    def sum(self, monthly: list[Progress], others: list[Progress], beside: list[Unplanned]) -> str:
        """Where all spending of the month is found, if any; the same total as on every other page."""
        places = [
            (_("%(amount)s in monthly budgets"), sum((budget.month_spent for budget in monthly), ZERO)),
            (_("%(amount)s in other budgets"), sum((budget.month_spent for budget in others), ZERO)),
            (_("%(amount)s without a budget"), sum((each.spent for each in beside), ZERO)),
        ]
        total = sum((amount for _sentence, amount in places), ZERO)
        found = [sentence % {"amount": self._money(amount)} for sentence, amount in places if amount]
        if not found:
            return ""
        names = {"month": self.month, "total": self._money(total), "places": ", ".join(found)}
        if len(found) < 2:
            return _("All spending in %(month)s: %(total)s.") % names
        return _("All spending in %(month)s: %(total)s, %(places)s.") % names

    def rows(self, budgets: list[Progress]) -> list[Row]:
        printed = progress.lines(budgets, month=self.months.month, today=self.months.today, locale=self.locale)
        return [
            Row(
                line,
                self.months.address("update", line.id),
                _("Change the limit of %(category)s") % {"category": line.category},
            )
            for line in printed
        ]

    def beside(self, each: Unplanned) -> Beside:
        query = f"{self.months.chosen.query}&category={each.id}"
        return Beside(
            name=each.name,
            colour=each.colour,
            icon=each.icon,
            is_archived=each.is_archived,
            spent=self._figure(each.spent),
            url=f"{reverse('transactions:list')}?{query}",
            create_url="" if each.is_archived else f"{reverse('budgets:create')}?{query}",
            create_label=_("Set a budget for %(category)s") % {"category": each.name},
        )

    def _figure(self, value: Decimal) -> SafeString:
        return display.amount(value, currency=self.household.currency, locale=self.locale)

    def _money(self, value: Decimal) -> str:
        return money.format_money(value, currency=self.household.currency, locale=self.locale)


def _origin(proposal: Proposal, *, currency: str, locale: str) -> str:
    def printed(value: Decimal) -> str:
        return money.format_money(value, currency=currency, locale=locale)

    parts = [
        f"{format_skeleton('MMM', name, locale=display.babel_locale(locale))} {printed(net)}"
        for name, net in proposal.months
    ]
    if proposal.now is not None:
        parts.append(_("limit now: %(amount)s") % {"amount": printed(proposal.now)})
    return " · ".join(parts)


def _warning(categories: Iterable[str]) -> str:
    names = list(categories)
    if not names:
        return ""
    sentence = ngettext("%(names)s is over its limit.", "%(names)s are over their limits.", len(names))
    return sentence % {"names": get_text_list(names, _("and"))}
