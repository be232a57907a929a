"""The dashboard for programs: the numbers of the page, nothing printed."""

from decimal import Decimal
from functools import partial
from typing import Any

from accounts.models import Household
from batua import money
from batua.periods import Period
from reports.dashboard import Dashboard
from transactions.ledger import EntryLine

ZERO = Decimal(0)


def board(shown: Dashboard | None, household: Household, period: Period) -> dict[str, Any]:
    """The dashboard of a period; zeros for a household without any entry, for which the page has no dashboard."""
    text = partial(money.plain_amount, currency=household.currency)
    head = {"start_date": period.start, "end_date": period.last_day, "currency": household.currency}
    if shown is None:
        sums = dict.fromkeys(("balance", "income", "expense", "net"), text(ZERO))
        lists: dict[str, list[Any]] = {name: [] for name in ("cash_flow", "spending", "budgets", "latest")}
        return head | sums | lists | dict.fromkeys(("income_before", "expense_before", "month"))
    totals, before = shown.totals, shown.before
    return head | {
        "balance": text(shown.balance),
        "income": text(totals.income),
        "expense": text(totals.spending),
        "net": text(totals.net),
        "income_before": before and text(before.income),
        "expense_before": before and text(before.spending),
        "cash_flow": [
            {
                "start_date": each.period.start,
                "end_date": each.period.last_day,
                "income": text(each.income),
                "expense": text(each.spending),
            }
            for each in shown.cash_flow.flows
        ],
        "spending": [
            {"category": each.name, "category_id": each.id, "amount": text(each.amount), "count": each.entries}
            for each in shown.categories
        ],
        "month": shown.month,
        "budgets": [
            {
                "id": each.id,
                "category": each.category,
                "amount": text(each.limit),
                "spent": text(each.spent),
                "is_over": each.is_over,
            }
            for each in shown.budgets
        ],
        "latest": [_entry(each) for each in shown.latest],
    }


def _entry(line: EntryLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "date": line.date,
        "type": line.kind,
        "amount": money.plain_amount(line.amount, currency=line.currency),
        "category": line.category_name or None,
        "note": line.note,
        "wallet": line.wallet_name,
        "to_wallet": line.to_wallet_name or None,
    }
