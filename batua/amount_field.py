"""An amount in a form: typed, shown and refused the member's way, one field for every app."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from batua import money
from batua.money import AmountError, AmountProblem

_EXAMPLE = Decimal("1250")
_LONGEST_QUOTE = 30
# A point before the decimals.
_PROGRAMS = "en"


class AmountField(forms.CharField):
    """Reads ``1,25,000.50`` or ``120+35.50`` into a Decimal that is not zero; prints it back as it was typed.

    A form calls ``written_in`` for each of its amounts before anything else.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": money.MAX_TEXT})
    default_error_messages = {"required": gettext_lazy("Type an amount.")}
    currency = "XXX"
    locale = "en"

    def written_in(self, *, currency: str, locale: str) -> None:
        """Whose currency and whose way to write numbers."""
        self.currency = currency
        self.locale = locale

    def to_python(self, value: Any) -> Any:
        """The Decimal; None for nothing."""
        text: Any = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return self.parse(text)
        except AmountError as error:
            raise ValidationError(self._sentence(error), code=error.code.value) from error

    def parse(self, text: str) -> Decimal:
        return money.parse_amount(text, currency=self.currency, locale=self.locale)

    def run_validators(self, value: Any) -> None:
        """The parser has said all there is to say; the validators of text do not apply to a Decimal."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return money.format_amount(value, currency=self.currency, locale=self.locale)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True

    def _sentence(self, error: AmountError) -> str:
        quoted = {"text": _shortened(error.text), "example": self.prepare_value(_EXAMPLE)}
        match error.code:
            case AmountProblem.EMPTY:
                return str(self.error_messages["required"])
            case AmountProblem.ZERO:
                return _("The amount is zero. Type what was paid or received.")
            case AmountProblem.TOO_LARGE:
                return _("This amount is too large: it may have %(digits)s digits before the decimals.") % {
                    "digits": money.MAX_WHOLE_DIGITS
                }
            case AmountProblem.TOO_MANY_DECIMALS:
                return self._too_many_decimals()
        return _("“%(text)s” is not an amount. Write it like %(example)s.") % quoted

    def _too_many_decimals(self) -> str:
        decimals = money.decimals(self.currency)
        if not decimals:
            return _("%(currency)s has no decimals. Type a whole amount.") % {"currency": self.currency}
        return ngettext(
            "%(currency)s has at most %(count)d decimal. Round the amount.",
            "%(currency)s has at most %(count)d decimals. Round the amount.",
            decimals,
        ) % {"currency": self.currency, "count": decimals}


class BalanceField(AmountField):
    """An amount that may be zero: an opening balance, a limit."""

    def parse(self, text: str) -> Decimal:
        return money.parse_balance(text, currency=self.currency, locale=self.locale)


def plainly_written(form: forms.BaseForm) -> None:
    """The form's amounts are read as programs write them, whoever the member is."""
    for field in form.fields.values():
        if isinstance(field, AmountField):
            field.written_in(currency=field.currency, locale=_PROGRAMS)


def _shortened(text: str) -> str:
    text = text.replace("\0", "")
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
