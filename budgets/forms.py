"""What may be typed about a budget, and which of the proposed limits are taken."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import Household, User
from batua.amount_field import BalanceField
from batua.period_picker import month_label
from budgets import planning, progress, proposals
from budgets.models import Budget, BudgetLimit
from budgets.planning import BudgetGoneError, Cadence, PlannedAlreadyError, RollOver, Terms
from budgets.proposals import Proposal
from transactions import ledger

# The usual one first.
CADENCES = sorted(Cadence.choices, key=lambda choice: choice[0] != Cadence.MONTHLY)


class AmountForm(forms.Form):
    """The limit that counts from a month on."""

    fields: dict[str, Any]
    amount = BalanceField(label=_("Limit"), error_messages={"required": _("Type what you want to spend at most.")})
    cadence = forms.ChoiceField(label=_("Counts for"), choices=CADENCES, required=False)
    roll_over = forms.ChoiceField(
        label=_("Carried into the next"), choices=BudgetLimit.RollOver.choices, required=False
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
        self.initial = {"cadence": Cadence.MONTHLY, "roll_over": RollOver.NONE}

    def clean_amount(self) -> Any:
        return not_negative(self.cleaned_data["amount"])

    @property
    def terms(self) -> Terms:
        cleaned = self.cleaned_data
        return Terms(cleaned["amount"], cleaned["cadence"] or Cadence.MONTHLY, cleaned["roll_over"] or RollOver.NONE)


class LimitForm(AmountForm):
    """Changes the limit of a budget."""

    def __init__(self, *sent: Any, budget: Budget, user: User, **options: Any) -> None:
        super().__init__(*sent, user=user, **options)
        self.budget = budget
        limit = planning.limit_in(budget, self.from_month)
        if limit is not None:
            self.initial = {"amount": limit.amount, "cadence": limit.cadence, "roll_over": limit.roll_over}
        change = planning.next_change(budget, self.from_month)
        if change:
            self.fields["amount"].help_text = _(
                "Counts from %(month)s on, and replaces what was planned from %(later)s on."
            ) % {"month": self.month, "later": month_label(change, locale=user.locale)}

    def save(self) -> bool:
        """Writes the limit; False when the budget was removed meanwhile, which the form then says."""
        try:
            planning.set_limit(budget=self.budget, terms=self.terms, from_month=self.from_month)
        except BudgetGoneError:
            self.add_error("amount", _("This budget was removed meanwhile. Set a new one for the category."))
        return not self.errors


class BudgetForm(AmountForm):
    """A budget for a category that has no limit yet; ``saved`` is its key."""

    saved = 0

    category = forms.TypedChoiceField(
        label=_("Category"),
        coerce=int,
        error_messages={
            "required": _("Choose a category."),
            "invalid_choice": _(
                "This category has a limit already, or is no category of your spending any more. Choose another."
            ),
        },
    )
    field_order = ("category", "amount", "cadence", "roll_over")

    def __init__(self, *sent: Any, category: int | None = None, **options: Any) -> None:
        super().__init__(*sent, **options)
        planned = progress.planned_categories(self.household, self.from_month)
        offered = ledger.category_choices(self.household, ledger.EXPENSE)
        choices = [(choice.id, choice.name) for choice in offered if choice.id not in planned]
        self.is_all_planned = not choices
        self.fields["category"].choices = [("", _("Choose a category")), *choices]
        if category in dict(choices):
            self._begin_with(category)

    def _begin_with(self, category: int) -> None:
        """The category is chosen, and the amount is what it cost lately."""
        self.initial["category"] = category
        average = proposals.average_of(self.household, category, self.from_month)
        if average is not None:
            self.initial["amount"] = average
            self.fields["amount"].help_text = _(
                "What it cost a month lately, on average. Counts from %(month)s on."
            ) % {"month": self.month}

    def save(self) -> bool:
        """Writes the budget; False when its category went away or got a limit meanwhile, which the form then says."""
        category = self.cleaned_data["category"]
        try:
            self.saved = planning.plan(
                household=self.household, category_id=category, terms=self.terms, from_month=self.from_month
            ).pk
        except (IntegrityError, PlannedAlreadyError, BudgetGoneError):
            self.add_error("category", self.fields["category"].error_messages["invalid_choice"])
        return not self.errors


class ProposalsForm(forms.Form):
    """Which of the proposed limits are taken, each with an amount that may be changed first."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        proposed: list[Proposal],
        household: Household,
        user: User,
        from_month: datetime.date,
    ) -> None:
        super().__init__(data)
        self.household, self.from_month, self.proposed = household, from_month, proposed
        for proposal in proposed:
            names = {"name": proposal.name}
            self.fields[f"take-{proposal.category}"] = forms.BooleanField(
                required=False, initial=proposal.is_chosen, label=_("Take the limit for %(name)s") % names
            )
            amount = BalanceField(required=False, initial=proposal.terms.amount, label=_("Limit for %(name)s") % names)
            amount.written_in(currency=household.currency, locale=user.locale)
            self.fields[f"amount-{proposal.category}"] = amount

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for proposal in self._taken():
            name = f"amount-{proposal.category}"
            if name in self.errors:
                continue
            try:
                if cleaned[name] is None:
                    raise forms.ValidationError(AmountForm.base_fields["amount"].error_messages["required"])
                not_negative(cleaned[name])
            except forms.ValidationError as error:
                self.add_error(name, error)
        if not self.errors and not self._taken():
            self.add_error(None, _("No limit is ticked. Tick those you want."))
        return cleaned

    def save(self) -> int:
        """Writes the limits that were taken; how many."""
        terms = [
            (each.category, each.terms._replace(amount=self.cleaned_data[f"amount-{each.category}"]))
            for each in self._taken()
        ]
        planning.set_limits(household=self.household, terms=terms, from_month=self.from_month)
        return len(terms)

    def _taken(self) -> list[Proposal]:
        return [each for each in self.proposed if self.cleaned_data.get(f"take-{each.category}")]


def not_negative(amount: Any) -> Any:
    """The limit; raises ValidationError below zero."""
    if amount < 0:
        raise forms.ValidationError(_("A limit is never below zero. Leave the minus away."))
    return amount
