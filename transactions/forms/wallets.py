"""What may be typed about a wallet."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Household
from batua.amount_field import AmountField
from batua.money import AmountError, AmountProblem
from transactions.models import Wallet


class BalanceField(AmountField):
    """An amount that may also be zero, or nothing, which is zero."""

    def parse(self, text: str) -> Decimal:
        try:
            return super().parse(text)
        except AmountError as error:
            if error.code is AmountProblem.ZERO:
                return Decimal(0)
            raise

    def clean(self, value: Any) -> Any:
        return super().clean(value) or Decimal(0)


class WalletForm(forms.ModelForm):
    opening_balance = BalanceField(
        label=_("Opening balance"),
        required=False,
        help_text=_("What lay in it before the first entry. A debt has a minus."),
    )

    class Meta:
        model = Wallet
        fields = ("name", "kind", "opening_balance")

    def __init__(self, *args: Any, household: Household, locale: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.household = household
        self.instance.household, self.instance.currency = household, household.currency
        self.fields["opening_balance"].written_in(currency=household.currency, locale=locale)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Wallet.objects.of(self.household).filter(name__iexact=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("You have a wallet of this name already. Choose another name."))
        return name
