"""The month that a page of budgets is about: read from its address, and kept in those it leads to."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batua import periods
from batua.htmx import HtmxRequest, refused
from batua.period_picker import PeriodForm


class MonthForm(PeriodForm):
    """Reads ``?period=…`` where only a single household month makes sense; a valid one has a ``month``."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self._is_one_month():
            self.add_error("period", _("A budget counts for one month. Choose a single month."))
        return cleaned

    def _is_one_month(self) -> bool:
        return self.chosen.months is not None and self.chosen.months[0] == self.chosen.months[1]

    @property
    def month(self) -> datetime.date:
        """The name of the month that is shown."""
        return self.chosen.month_names[0]

    @property
    def current_month(self) -> datetime.date:
        return periods.month_of(self.today, month_start=self.month_start)

    @property
    def from_month(self) -> datetime.date:
        """From when a change counts: the month shown, but never one that is over."""
        return max(self.month, self.current_month)

    def address(self, name: str, *keys: int) -> str:
        """A page of the budgets for this month."""
        return f"{reverse(f'budgets:{name}', args=keys)}?{self.chosen.query}"


def of_a_month(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Reads the month from the address before the view; one that is none is answered 400."""

    @wraps(view)
    def reading(request: HtmxRequest, **keys: int) -> HttpResponse:
        months = MonthForm(request.GET, today=timezone.localdate(), month_start=request.household.month_start)
        return view(request, months, **keys) if months.is_valid() else refused(request, months)

    return reading
