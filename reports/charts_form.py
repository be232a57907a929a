"""What the address of the charts may ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batua.period_picker import PeriodForm
from reports.trends import Wanted

MONTHS = (6, 12, 24)
AVERAGES = (3, 6)


def _number(choices: tuple[int, ...], sentence: Any) -> forms.TypedChoiceField:
    usual: Any = choices[0]
    return forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=usual,
        choices=[(number, number) for number in choices],
        error_messages={"invalid_choice": sentence},
    )


class ChartsForm(PeriodForm):
    """Reads the period, and how many months stand side by side and make the average; a valid one has ``wanted``."""

    months = _number(MONTHS, _("The chart of months shows 6, 12 or 24 of them. Choose one of these."))
    average = _number(AVERAGES, _("An average is made of 3 or 6 months. Choose one of these."))

    @property
    def wanted(self) -> Wanted:
        """What a valid address asks for."""
        return Wanted(self.chosen, self.cleaned_data["months"], self.cleaned_data["average"])
