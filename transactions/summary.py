"""What a selection adds up to: from the month totals where they know it, else from the entries."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.db.models import Aggregate, Count, F, QuerySet, Sum
from django.db.models.functions import Greatest
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
    """The totals of a selection, and how many entries it has (transfers are only counted); two queries at most."""
    totals, entries = selection.split(household)
    found: defaultdict[str, list[Any]] = defaultdict(lambda: [ZERO, ZERO, 0])
    if totals is not None:
        _add(found, totals, Sum("gross"), Sum("back"), Sum("entries"))
    if entries is not None:
        _add(found, entries, Sum(Greatest(F("amount"), ZERO)), Sum(Greatest(-F("amount"), ZERO)), Count("pk"))
    earned, spent = found[INCOME], found[EXPENSE]
    number = sum(count for _plus, _minus, count in found.values())
    return Totals(household.currency, *earned[:2], *spent[:2]), number


def _add(found: dict[str, list[Any]], rows: QuerySet[Any], *numbers: Aggregate) -> None:
    """Adds the numbers of each kind; put together here, for the same sums filtered by kind cost Django too long."""
    plus, minus, count = numbers
    by_kind = rows.order_by().values_list("kind").annotate(plus=plus, minus=minus, number=count)
    for kind, *more in by_kind:
        found[kind] = [one + other for one, other in zip(found[kind], more, strict=True)]


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
