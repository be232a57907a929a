"""What may be typed about a statement profile: its name and its wallet."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transactions import labels
from transactions.forms.names import NameField
from transactions.models import StatementProfile


class ProfileForm(forms.Form):
    """Renames a profile and says into which wallet its files go."""

    fields: dict[str, Any]
    name = NameField()
    wallet = forms.TypedChoiceField(
        label=gettext_lazy("Into the wallet"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")},
    )

    def __init__(self, sent: QueryDict | None = None, *, profile: StatementProfile) -> None:
        super().__init__(sent, initial={"name": profile.name, "wallet": profile.wallet_id})
        self.profile = profile
        own = labels.of(profile.household)
        self.fields["wallet"].choices = [("", _("The first one")), *own.wallet_choices(profile.wallet_id)]

    def save(self) -> None:
        """Writes the profile's name and wallet."""
        self.profile.name = self.cleaned_data["name"]
        self.profile.wallet_id = self.cleaned_data["wallet"]
        self.profile.save(update_fields=["name", "wallet"])
