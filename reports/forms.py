"""What may be typed on the reports' pages; the period is read by ``batua.period_picker``."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from batua.periods import FIRST_YEAR, LAST_YEAR

_YEARS = _("The calendar has the years 1900 to 2100. Check the year.")
_MONTHS = _("A month is a number from 1 to 12. Check the month.")


class MonthForm(forms.Form):
    """Reads ``?month=11&year=2026``; once valid, ``name`` is the first of that month."""

    month = forms.IntegerField(
        min_value=1,
        max_value=12,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _MONTHS),
    )
    year = forms.IntegerField(
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _YEARS),
    )

    @property
    def name(self) -> date:
        return date(self.cleaned_data["year"], self.cleaned_data["month"], 1)
