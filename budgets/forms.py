"""What may be typed about a budget, and which month its page shows."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import Household, User
from batua import periods
from batua.amount_field import BalanceField
from batua.period_picker import PeriodForm, month_label
from budgets import planning, progress
from budgets.models import Budget
from transactions import ledger


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


class AmountForm(forms.Form):
    """The limit that counts from a month on."""

    fields: dict[str, Any]
    amount = BalanceField(
        label=_("Limit for a month"), error_messages={"required": _("Type what you want to spend at most.")}
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, household: Household, user: User, from_month: datetime.date
    ) -> None:
        super().__init__(data)
        self.household, self.from_month = household, from_month
        self.month = month_label(from_month, locale=user.locale)
        self.fields["amount"].written_in(currency=household.currency, locale=user.locale)
        self.fields["amount"].help_text = _("Counts from %(month)s on. Earlier months keep what they had.") % {
            "month": self.month
        }

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount < 0:
            raise forms.ValidationError(_("A limit is never below zero. Leave the minus away."))
        return amount


class LimitForm(AmountForm):
    """Changes the limit of a budget."""

    def __init__(self, *sent: Any, budget: Budget, user: User, **options: Any) -> None:
        super().__init__(*sent, user=user, **options)
        self.budget = budget
        self.initial = {"amount": planning.limit_in(budget, self.from_month)}
        change = planning.next_change(budget, self.from_month)
        if change:
            self.fields["amount"].help_text = _(
                "Counts from %(month)s on, and replaces what was planned from %(later)s on."
            ) % {"month": self.month, "later": month_label(change, locale=user.locale)}

    def save(self) -> bool:
        planning.set_limit(budget=self.budget, amount=self.cleaned_data["amount"], from_month=self.from_month)
        return True


class BudgetForm(AmountForm):
    """A budget for a category that has no limit yet."""

    category = forms.TypedChoiceField(
        label=_("Category"),
        coerce=int,
        error_messages={
            "required": _("Choose a category."),
            "invalid_choice": _("This category has a limit already, or is not here any more. Choose another."),
        },
    )
    field_order = ("category", "amount")

    def __init__(self, *sent: Any, **options: Any) -> None:
        super().__init__(*sent, **options)
        planned = progress.planned_categories(self.household, self.from_month)
        offered = ledger.category_choices(self.household, ledger.EXPENSE)
        choices = [(choice.id, choice.name) for choice in offered if choice.id not in planned]
        self.is_all_planned = not choices
        self.fields["category"].choices = [("", _("Choose a category")), *choices]

    def save(self) -> bool:
        """Writes the budget; False when its category went away meanwhile, which the form then says."""
        cleaned = self.cleaned_data
        try:
            planning.plan(
                household=self.household,
                category_id=cleaned["category"],
                amount=cleaned["amount"],
                from_month=self.from_month,
            )
        except IntegrityError:
            self.add_error("category", self.fields["category"].error_messages["invalid_choice"])
        return not self.errors
