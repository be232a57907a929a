"""A month of budgets as its page prints them: the strip of sums, the warning, and the lines."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household
from batua import display
from batua.period_picker import month_label
from budgets import progress
from budgets.progress import Line

ZERO = Decimal(0)


@dataclass(frozen=True)
class Row:
    """A line and what its member may press; ``edit_url`` has no query."""

    line: Line
    edit_url: str
    edit_label: str


@dataclass(frozen=True)
class Overview:
    """Every field ready to print; ``warning`` names the categories that are over their limit, if any."""

    month: str
    planned: SafeString
    spent: SafeString
    left: SafeString
    warning: str
    rows: list[Row]


def of(household: Household, month: datetime.date, *, today: datetime.date, locale: str) -> Overview:
    """The budgets of a household month; two queries."""
    found = progress.for_month(household, month)
    planned = sum((budget.limit for budget in found), ZERO)
    spent = sum((budget.spent for budget in found), ZERO)
    over = [budget.category for budget in found if budget.is_over]
    lines = progress.lines(found, month=month, month_start=household.month_start, today=today, locale=locale)

    def printed(value: Decimal) -> SafeString:
        return display.amount(value, currency=household.currency, locale=locale)

    return Overview(
        month=month_label(month, locale=locale),
        planned=printed(planned),
        spent=printed(spent),
        left=printed(planned - spent),
        warning=_warning(over),
        rows=[_row(line) for line in lines],
    )


def question(category: str) -> str:
    """What is asked before a budget goes with all its months."""
    return _("Remove the budget for %(category)s, and what was planned in earlier months too?") % {"category": category}


def _row(line: Line) -> Row:
    label = _("Change the limit of %(category)s") % {"category": line.category}
    return Row(line, reverse("budgets:update", args=[line.id]), label)


def _warning(categories: list[str]) -> str:
    if not categories:
        return ""
    sentence = ngettext("%(names)s is over its limit.", "%(names)s are over their limits.", len(categories))
    return sentence % {"names": get_text_list(categories, _("and"))}
