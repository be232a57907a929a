"""A budget as programs get it, from the API and in webhooks alike: plain values, amounts as texts."""

from datetime import date
from typing import Any

from batua import money
from budgets.progress import Progress

Plain = dict[str, Any]


def budget(progress: Progress, *, today: date) -> Plain:
    """A budget in one of its periods; ``amount`` is its limit."""
    amounts = {
        "amount": progress.limit,
        "spent": progress.spent,
        "carried": progress.carried,
        "available": progress.available,
        "left": progress.left,
    }
    pace = progress.pace(today)
    return {
        "id": progress.id,
        "category": progress.category,
        "category_id": progress.category_id,
        **{name: money.plain_amount(value, currency=progress.currency) for name, value in amounts.items()},
        "currency": progress.currency,
        "cadence": progress.cadence,
        "roll_over": progress.roll_over,
        "start_date": progress.period.start,
        "end_date": progress.period.last_day,
        "is_over": progress.is_over,
        "pace": None if pace is None else pace.value,
    }
