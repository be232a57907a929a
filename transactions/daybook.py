"""The second door: the entries of one day in the rows of the entries' page, for a page of another app.

Whoever shows a day shows the same rows, with the same forms behind them, as the list does. Sums are the ledger's.
"""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Household
from batua.periods import Period
from transactions import labels, listing, rows
from transactions.rows import Entry
from transactions.rows import Row as Row
from transactions.selection import Selection


@dataclass(frozen=True)
class DayRows:
    """The newest entries of a day, ready to print; ``has_more`` when there are others beyond them."""

    rows: list[Row]
    has_more: bool


def newest(
    household: Household,
    date: datetime.date,
    *,
    most: int,
    locale: str,
    today: datetime.date,
    may_write: bool,
    back: str,
) -> DayRows:
    """The newest entries of the day, at most so many, as the list prints them; three queries, one for an empty day.

    ``back`` is the path that a browser comes back to from the form of an entry.
    """
    reader = rows.Reader(
        household=household,
        labels=labels.later(household),
        locale=locale,
        today=today,
        may_write=may_write,
        back=back,
    )
    found, has_more = listing.entries(_selection(date), None, household, shape=Entry, length=most)
    return DayRows(list(map(rows.printer(reader), found)), has_more)


def list_url(date: datetime.date) -> str:
    """Where all entries of the day are listed."""
    return f"{reverse('transactions:list')}?{_selection(date).query}"


def create_url(date: datetime.date, *, back: str) -> str:
    """Where an entry of the day is added."""
    return f"{reverse('transactions:create')}?{urlencode({'date': date, 'back': back})}"


def _selection(date: datetime.date) -> Selection:
    return Selection(Period(date, date + datetime.timedelta(days=1), "custom"))
