"""What is measured over HTTP: pages, API calls and writes of a ledger, and what each may cost beside an empty view."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from batua.benchmarks.ledgers import Ledger
from transactions.models import Category, Transaction, Wallet

EMPTY = "empty view"
DASHBOARD = "dashboard"


@dataclass(frozen=True)
class Step:
    """One request: a GET, or a POST of what ``form`` returns at that moment."""

    path: str
    form: Callable[[], dict[str, Any]] | None = None


@dataclass(frozen=True)
class Page:
    """What somebody does in one go; ``goal`` is how many times the empty view it may take, where that was agreed."""

    name: str
    steps: tuple[Step, ...]
    goal: float | None = None


def of(ledger: Ledger) -> list[Page]:
    """What is measured of a ledger, the empty view first."""
    home, entries, charts = reverse("reports:dashboard"), reverse("transactions:list"), reverse("reports:charts")
    return [
        _page(EMPTY, reverse("benchmark-empty")),
        _page(DASHBOARD, home, 5),
        _page("dashboard, this year", f"{home}?period=this-year", 5),
        _page("dashboard, all time", f"{home}?period=all-time", 5),
        _page("entries, newest", entries, 8),
        _page("entries, far down", f"{entries}?before={_place(ledger)}", 8),
        _page("entries, one month", f"{entries}?period=last-month&kind=expense", 8),
        _page("search, a frequent word", f"{entries}?text=swiggy", 8),
        _page("search, nothing found", f"{entries}?text=zzqx", 10),
        _page("calendar", reverse("reports:calendar"), 5),
        _page("charts", charts, 5),
        _page("charts, this year", f"{charts}?period=this-year", 5),
        _page("charts, all time", f"{charts}?period=all-time", 5),
        _page("charts, payees of a month", reverse("reports:payees")),
        _page("budgets", reverse("budgets:list"), 5),
        _page("API, list", "/api/transactions/"),
        _page("API, summary", "/api/transactions/summary"),
        # The dashboard's goal and six times the empty view for the write.
        Page("add, then dashboard", (_added(ledger), Step(home)), 11),
        Page("edit", (_edited(ledger),)),
    ]


def adding(ledger: Ledger) -> Page:
    """An entry is added, and nothing is looked at."""
    return Page("add", (_added(ledger),))


def _page(name: str, path: str, goal: float | None = None) -> Page:
    return Page(name, (Step(path),), goal)


def _place(ledger: Ledger) -> str:
    """A place at three fifths of the list."""
    rows = Transaction.objects.of(ledger.household).newest_first().values_list("date", "pk")
    date, key = rows[ledger.entries * 3 // 5]
    return f"{date}_{key}"


def _added(ledger: Ledger) -> Step:
    form = _form(ledger, "Measured")
    return Step(reverse("transactions:create"), lambda: form)


def _edited(ledger: Ledger) -> Step:
    entries = Transaction.objects.of(ledger.household)
    key, form = entries.filter(kind="expense").newest_first()[0].pk, _form(ledger, "Changed")
    # The form names the version that it changes.
    return Step(reverse("transactions:update", args=[key]), lambda: form | {"version": entries.get(pk=key).version})


def _form(ledger: Ledger, note: str) -> dict[str, Any]:
    category = Category.objects.of(ledger.household).filter(kind="expense").order_by("pk")[0]
    wallet = Wallet.objects.of(ledger.household).in_order()[0]
    return {
        "kind": "expense",
        "amount": "12.50",
        "note": note,
        "category": category.pk,
        "wallet": wallet.pk,
        "date": ledger.today.isoformat(),
    }
