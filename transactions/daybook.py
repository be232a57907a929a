"""The second door: the entries of one day in the rows of the entries' page, for a page of another app.

Whoever shows a day shows the same rows, with the same forms behind them, as the list does. Sums are the ledger's.
"""

import datetime
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Household
from batua.periods import Period
from transactions import labels, listing, rows
from transactions.listing import Day as Day
from transactions.listing import Page as Page
from transactions.rows import Row as Row
from transactions.selection import Selection


def page(
    household: Household, date: datetime.date, *, locale: str, today: datetime.date, may_write: bool, back: str
) -> Page:
    """The newest entries of the day as the list's first page has them; four queries at most.

    ``back`` is the path that a browser comes back to from the form of an entry.
    """
    reader = rows.Reader(
        household=household,
        labels=labels.of(household),
        locale=locale,
        today=today,
        may_write=may_write,
        back=back,
    )
    return listing.page(_selection(date), None, reader)


def list_url(date: datetime.date) -> str:
    """Where all entries of the day are listed."""
    return f"{reverse('transactions:list')}?{_selection(date).query}"


def create_url(date: datetime.date, *, back: str) -> str:
    """Where an entry of the day is added."""
    return f"{reverse('transactions:create')}?{urlencode({'date': date, 'back': back})}"


def _selection(date: datetime.date) -> Selection:
    return Selection(Period(date, date + datetime.timedelta(days=1), "custom"))
