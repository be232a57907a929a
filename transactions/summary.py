"""What a selection adds up to: from the month totals where they know it, else from the entries."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household
from batua import display, money
from transactions.ledger import Totals
from transactions.models import Transaction
from transactions.selection import Selection

ZERO = Decimal(0)
INCOME, EXPENSE = Transaction.Kind.INCOME, Transaction.Kind.EXPENSE


@dataclass(frozen=True)
class Summary:
    """Income, spending and what is left, ready to print; ``back`` says how much of the spending came back, if any."""

    income: SafeString
    spending: SafeString
    back: str
    net: SafeString
    entries: str


def sums(household: Household, selection: Selection) -> tuple[Totals, int]:
    """The totals of a selection, and how many entries it has (transfers are counted, not summed); one query."""
    rows: Any
    gross: Any
    back: Any
    entries: Any
    if selection.is_kept_in_totals:
        rows = selection.totals(household)
        gross, back, entries = F("gross"), F("back"), Coalesce(Sum("entries"), 0)
    else:
        rows = selection.entries(household)
        gross, back, entries = Greatest(F("amount"), ZERO), Greatest(-F("amount"), ZERO), Count("pk")
    found = rows.aggregate(
        income_gross=Coalesce(Sum(gross, filter=Q(kind=INCOME)), ZERO),
        income_back=Coalesce(Sum(back, filter=Q(kind=INCOME)), ZERO),
        spent_gross=Coalesce(Sum(gross, filter=Q(kind=EXPENSE)), ZERO),
        money_back=Coalesce(Sum(back, filter=Q(kind=EXPENSE)), ZERO),
        entries=entries,
    )
    number = found.pop("entries")
    return Totals(currency=household.currency, **found), int(number)


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
        % {"count": format_decimal(number, locale=display.babel_locale(locale))},
    )
