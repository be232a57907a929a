"""What may be typed about a statement profile: its name and its wallet."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from transactions.forms.names import NameField
from transactions.models import StatementProfile, Wallet


class ProfileForm(forms.Form):
    """Renames a profile and says into which wallet its files go."""

    fields: dict[str, Any]
    name = NameField()
    wallet = forms.ModelChoiceField(
        Wallet.objects.none(),
        label=gettext_lazy("Into the wallet"),
        required=False,
        empty_label=gettext_lazy("The first one"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")},
    )

    def __init__(self, sent: QueryDict | None = None, *, profile: StatementProfile) -> None:
        super().__init__(sent, initial={"name": profile.name, "wallet": profile.wallet_id})
        self.profile = profile
        self.fields["wallet"].queryset = Wallet.objects.of(profile.household).open().in_order()

    def save(self) -> None:
        """Writes the profile's name and wallet."""
        self.profile.name = self.cleaned_data["name"]
        self.profile.wallet = self.cleaned_data["wallet"]
        self.profile.save(update_fields=["name", "wallet"])
