"""What a selection adds up to, ready to print."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household
from batua import display, money
from transactions.selection import Selection
from transactions.totalling import sums


@dataclass(frozen=True)
class Summary:
    """Income, spending and what is left, ready to print; ``back`` says how much of the spending came back, if any."""

    income: SafeString
    spending: SafeString
    back: str
    net: SafeString
    entries: str


def of(household: Household, selection: Selection, *, locale: str) -> Summary:
    """The summary strip of a selection; one query."""
    totals, number = sums(household, selection)
    written = {"currency": household.currency, "locale": locale}
    back = _("%(amount)s came back") % {"amount": money.format_money(totals.money_back, **written)}
    return Summary(
        income=display.amount(totals.income, kind="income", **written),
        spending=display.amount(totals.spending, kind="expense", **written),
        back=back if totals.money_back else "",
        net=display.amount(totals.net, **written),
        entries=ngettext("%(count)s entry", "%(count)s entries", number)
        % {"count": display.count(number, locale=locale)},
    )
