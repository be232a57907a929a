"""Income and spending of any selection of entries: from the month totals where they know it, else from the entries."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, F, QuerySet, Sum
from django.db.models.functions import Greatest

from accounts.models import Household
from transactions.models import Transaction
from transactions.selection import Selection

ZERO = Decimal(0)
INCOME, EXPENSE = Transaction.Kind.INCOME, Transaction.Kind.EXPENSE


@dataclass(frozen=True)
class Totals:
    """Income and spending of a span, in ``currency``; spending is what was spent less what came back."""

    currency: str
    income_gross: Decimal
    income_back: Decimal
    spent_gross: Decimal
    money_back: Decimal

    @property
    def income(self) -> Decimal:
        return self.income_gross - self.income_back

    @property
    def spending(self) -> Decimal:
        return self.spent_gross - self.money_back

    @property
    def net(self) -> Decimal:
        return self.income - self.spending

    @property
    def saved_share(self) -> int | None:
        """Percent of the income that was not spent, rounded down; None without income or when more was spent."""
        if self.income <= 0 or self.net < 0:
            return None
        return int(self.net * 100 / self.income)


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
