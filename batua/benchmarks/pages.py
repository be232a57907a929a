"""What is measured: the pages, their addresses for a ledger, and what each may cost beside an empty view."""

from dataclasses import dataclass

from django.urls import reverse

from batua.benchmarks.ledgers import Ledger
from transactions.models import Transaction

EMPTY = "empty view"


@dataclass(frozen=True)
class Page:
    """One address; ``goal`` is how many times the empty view it may take, where that was agreed."""

    name: str
    path: str
    goal: float | None = None


def of(ledger: Ledger) -> list[Page]:
    """The pages of a ledger, the empty view first."""
    home, entries, charts = reverse("reports:dashboard"), reverse("transactions:list"), reverse("reports:charts")
    return [
        Page(EMPTY, reverse("benchmark-empty")),
        Page("dashboard", home, 5),
        Page("dashboard, this year", f"{home}?period=this-year", 5),
        Page("dashboard, all time", f"{home}?period=all-time", 5),
        Page("entries, newest", entries, 8),
        Page("entries, far down", f"{entries}?before={_place(ledger)}", 8),
        Page("entries, one month", f"{entries}?period=last-month&kind=expense", 8),
        Page("search, a frequent word", f"{entries}?text=swiggy", 8),
        Page("search, nothing found", f"{entries}?text=zzqx", 10),
        Page("charts", charts, 5),
        Page("charts, this year", f"{charts}?period=this-year", 5),
        Page("charts, all time", f"{charts}?period=all-time", 5),
        Page("budgets", reverse("budgets:list"), 5),
    ]


def _place(ledger: Ledger) -> str:
    """A place at three fifths of the list."""
    rows = Transaction.objects.of(ledger.household).newest_first().values_list("date", "pk")
    date, key = rows[ledger.entries * 3 // 5]
    return f"{date}_{key}"
