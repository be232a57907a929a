"""What was spent on each category, by month and by week, in one statement. Only the ledger hands it on.

A page of budgets needs a month of every category, and of some the months or weeks before it, for what they carry over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from accounts.models import Household

# From the first to the last, both included: names of months, or first days of weeks.
Stretch = tuple[date, date]


@dataclass(frozen=True)
class Spent:
    """What was spent, what of it came back, and from how many entries."""

    gross: Decimal = Decimal(0)
    back: Decimal = Decimal(0)
    entries: int = 0

    @property
    def net(self) -> Decimal:
        return self.gross - self.back

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.gross + other.gross, self.back + other.back, self.entries + other.entries)


NOTHING = Spent()


@dataclass(frozen=True)
class CategorySpending:
    """A category of spending: ``months`` by their names, ``weeks`` by their first days; what is missing is nothing."""

    id: int
    name: str
    colour: int
    icon: str
    is_archived: bool
    months: dict[date, Spent] = field(default_factory=dict)
    weeks: dict[date, Spent] = field(default_factory=dict)


# The span of all that is asked for leads to the rows by their index; which of them count, each stretch says.
_MONTHS = """
    SELECT 'month' AS part, total.category_id, total.month AS begins, sum(gross) AS gross, sum(back) AS back,
           sum(entries) AS entries
    FROM transactions_monthtotal AS total
    LEFT JOIN unnest(%(months_of)s::bigint[], %(first_months)s::date[], %(last_months)s::date[])
        AS asked(category_id, first, last) ON asked.category_id = total.category_id
    WHERE household_id = %(household)s AND kind = 'expense' AND entries > 0
        AND month BETWEEN %(oldest_month)s AND %(newest_month)s
        AND (month = %(month)s OR month BETWEEN asked.first AND asked.last)
    GROUP BY 2, 3
"""

_WEEKS = """
    SELECT 'week', entry.category_id, date - (extract(isodow FROM date)::integer + 6 - %(week_start)s) %% 7,
           sum(greatest(amount, 0)), sum(greatest(-amount, 0)), count(*)
    FROM transactions_transaction AS entry
    JOIN unnest(%(weeks_of)s::bigint[], %(first_weeks)s::date[], %(last_weeks)s::date[])
        AS asked(category_id, first, last) ON asked.category_id = entry.category_id
    WHERE household_id = %(household)s AND kind = 'expense'
        AND date >= %(oldest_week)s AND date < %(newest_week)s::date + 7
        AND date >= asked.first AND date < asked.last + 7
    GROUP BY 2, 3
"""

_NAMED = """
    SELECT category.id, category.name, category.colour, category.icon, category.archived_at IS NOT NULL,
           part, begins, gross, back, entries
    FROM ({answers}) AS answers JOIN transactions_category AS category
        ON category.household_id = %(household)s AND category.id = answers.category_id
"""


def spending(
    household: Household,
    month: date,
    *,
    months: Mapping[int, Stretch] | None = None,
    weeks: Mapping[int, Stretch] | None = None,
) -> dict[int, CategorySpending]:
    """The month's spending on every category that has some, and more months or weeks of those asked for; one query."""
    answers = " UNION ALL ".join([_MONTHS, _WEEKS] if weeks else [_MONTHS])
    values: dict[str, Any] = {"household": household.pk, "month": month, "week_start": household.week_start}
    values |= _columns("month", months or {}, at_least=(month, month)) | _columns("week", weeks or {})
    found: dict[int, CategorySpending] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED.format(answers=answers), values)
        for key, name, colour, icon, is_archived, part, begins, gross, back, entries in cursor.fetchall():
            of_category = found.setdefault(key, CategorySpending(key, name, colour, icon, is_archived))
            into = of_category.months if part == "month" else of_category.weeks
            into[begins] = Spent(gross, back, int(entries))
    return found


def _columns(part: str, asked: Mapping[int, Stretch], *, at_least: Stretch | None = None) -> dict[str, Any]:
    stretches = [*asked.values(), *([at_least] if at_least else [])]
    return {
        f"oldest_{part}": min((first for first, _last in stretches), default=None),
        f"newest_{part}": max((last for _first, last in stretches), default=None),
        f"{part}s_of": list(asked),
        f"first_{part}s": [first for first, _last in asked.values()],
        f"last_{part}s": [last for _first, last in asked.values()],
    }
