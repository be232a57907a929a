"""What may be typed about a wallet."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Household, User
from batua.amount_field import BalanceField
from transactions.forms.names import NameField
from transactions.models import Wallet


class WalletForm(forms.Form):
    """Makes a wallet, or changes ``wallet``; ``saved`` is its key."""

    fields: dict[str, Any]
    name = NameField()
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=Wallet.Kind.choices,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")},
    )
    opening_balance = BalanceField(
        label=gettext_lazy("Opening balance"),
        required=False,
        help_text=gettext_lazy("What lay in it before its first entry. A debt has a minus."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        household: Household,
        user: User,
        wallet: Wallet | None = None,
    ) -> None:
        self.household, self.wallet, self.saved = household, wallet, wallet.pk if wallet else 0
        started = {"kind": Wallet.Kind.BANK.value} if wallet is None else _initial_of(wallet)
        super().__init__(data, initial=started, auto_id="id_wallet_%s")
        self.fields["opening_balance"].written_in(currency=household.currency, locale=user.locale)
        if data is None:
            self.fields["name"].widget.attrs["autofocus"] = True

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Wallet.objects.of(self.household)
        if self.wallet is not None:
            others = others.exclude(pk=self.wallet.pk)
        namesake = others.filter(name__iexact=name).first()
        if namesake is None:
            return name
        if namesake.archived_at:
            raise forms.ValidationError(in_archive(), params={"name": namesake.name})
        raise forms.ValidationError(taken(), params={"name": namesake.name})

    def save(self) -> bool:
        """Writes the wallet; False when somebody took the name a moment ago, with that among the form's errors."""
        values = {
            "name": self.cleaned_data["name"],
            "kind": self.cleaned_data["kind"],
            "opening_balance": self.cleaned_data["opening_balance"] or 0,
        }
        own = Wallet.objects.of(self.household)
        try:
            with transaction.atomic():
                if self.wallet is not None:
                    own.filter(pk=self.wallet.pk).update(**values)
                else:
                    last = own.aggregate(last=Max("position"))["last"]
                    self.saved = own.create(
                        household=self.household,
                        currency=self.household.currency,
                        position=0 if last is None else last + 1,
                        **values,
                    ).pk
        except IntegrityError:
            self.add_error("name", taken() % {"name": values["name"]})
        return not self.errors


def in_archive() -> str:
    """Why no wallet can have the name of one that was put away."""
    return _("“%(name)s” is in the archive. Use it again, or choose another name.")


def taken() -> str:
    """Why no wallet can have the name of another one."""
    return _("There is a wallet named “%(name)s” already. Choose another name.")


def _initial_of(wallet: Wallet) -> dict[str, Any]:
    return {"name": wallet.name, "kind": wallet.kind, "opening_balance": wallet.opening_balance}
