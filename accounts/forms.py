"""What a person may type about themselves and their household."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts import preferences
from accounts.models import Household, User

MONTH_STARTS = [(day, str(day)) for day in range(1, 29)]
WEEK_STARTS = [(number, name) for number, name in WEEKDAYS.items()]


class SignupForm(allauth_forms.SignupForm):  # type: ignore[misc]
    """E-mail and password, and once the preferences, guessed from what the browser says."""

    currency = forms.ChoiceField(label=_("Currency"), choices=preferences.currency_choices)
    locale = forms.ChoiceField(label=_("Dates and numbers"), choices=preferences.locale_choices)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=preferences.zone_choices)
    month_start = forms.TypedChoiceField(
        label=_("Your month begins on day"), choices=MONTH_STARTS, coerce=int, help_text=_("Pay day, if you like.")
    )
    week_start = forms.TypedChoiceField(label=_("Your week begins on"), choices=WEEK_STARTS, coerce=int)
    theme = forms.ChoiceField(label=_("Theme"), choices=User.Theme.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guess = preferences.guess(context.request.headers.get("Accept-Language", ""))
        self.initial = {
            "currency": guess.currency,
            "locale": guess.locale,
            "time_zone": "Asia/Kolkata" if guess.currency == "INR" else "UTC",
            "month_start": 1,
            "week_start": guess.week_start,
            "theme": User.Theme.SYSTEM,
            **self.initial,
        }

    def try_save(self, request: Any) -> Any:
        if self.account_already_exists:
            # The time a new account takes: a taken address must not answer faster.
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ProfileForm(forms.ModelForm):
    locale = forms.ChoiceField(label=_("Dates and numbers"), choices=preferences.locale_choices)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=preferences.zone_choices)

    class Meta:
        model = User
        fields = ("name", "locale", "time_zone", "theme")


class HouseholdForm(forms.ModelForm):
    currency = forms.ChoiceField(label=_("Currency"), choices=preferences.currency_choices)
    month_start = forms.TypedChoiceField(
        label=_("The month begins on day"),
        choices=MONTH_STARTS,
        coerce=int,
        help_text=_("Changing it sorts all entries, past ones too, into the new months."),
    )
    week_start = forms.TypedChoiceField(label=_("The week begins on"), choices=WEEK_STARTS, coerce=int)

    class Meta:
        model = Household
        fields = ("name", "currency", "month_start", "week_start")

    def save_or_explain(self) -> bool:
        """Saves; False with a message at the currency when the database says that entries hold it."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.add_error("currency", _("There are entries in the old currency, so it can no longer be changed."))
            self.instance.refresh_from_db()
            return False
        return True
