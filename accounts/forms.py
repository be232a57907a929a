"""What a person may type about themselves and their household."""

from collections.abc import Callable
from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts import addresses, preferences
from accounts.models import Household, User


def locale_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Dates and numbers"), choices=preferences.locale_choices)


def time_zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"), choices=preferences.time_zone_choices, help_text=_("It decides when your day begins.")
    )


def theme_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Theme"), choices=User.Theme.choices, widget=forms.RadioSelect)


def currency_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Currency"), choices=preferences.currency_choices)


def day_field(*, label: Any, choices: Callable[[], preferences.Choices], help_text: Any = "") -> forms.ChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, help_text=help_text)


class InOurWords:
    """allauth's fields under our labels, without a placeholder that repeats them."""

    LABELS: ClassVar = {
        "login": _("E-mail address"),
        "email": _("E-mail address"),
        "oldpassword": _("Password until now"),
        "password": _("Password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    MISSING: ClassVar = {
        "login": _("Type your e-mail address."),
        "email": _("Type your e-mail address."),
        "oldpassword": _("Type the password you have now."),
        "password": _("Type your password."),
        "password1": _("Choose a password."),
        "password2": _("Type the password once more."),
    }
    NOT_AN_ADDRESS = _("This is not an e-mail address. Write it like you@example.org.")
    NOT_THE_SAME = _("This differs from the password above. Type it once more.")
    NEW_PASSWORD_HELP = _("Ten characters or more. A few words together are easy to keep and hard to guess.")

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = self.MISSING.get(name, field.error_messages["required"])
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = self.NOT_AN_ADDRESS
        if "password1" in self.fields:
            self.fields["password1"].help_text = self.NEW_PASSWORD_HELP

    def add_error(self, field: str | None, error: Any) -> None:
        """allauth says only at the second password that the two differ."""
        differs = field == "password2" and not isinstance(error, forms.ValidationError)
        super().add_error(field, self.NOT_THE_SAME if differs else error)  # type: ignore[misc]


class LoginForm(InOurWords, allauth_forms.LoginForm):  # type: ignore[misc]
    def clean_login(self) -> str:
        """An address opens the books in whatever way it is typed."""
        typed = self.cleaned_data["login"]
        owner = User.objects.with_email(typed).first()
        return owner.email if owner else addresses.canonical(typed)


class ReauthenticateForm(InOurWords, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(InOurWords, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        typed: str = super().clean_email()
        self.users = list(User.objects.with_email(typed).filter(is_active=True))
        return typed


class ResetPasswordKeyForm(InOurWords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(InOurWords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class AddressForm(InOurWords, allauth_forms.AddEmailForm):  # type: ignore[misc]
    LABELS: ClassVar = {"email": _("New e-mail address")}

    def clean_email(self) -> str:
        typed: str = super().clean_email()
        if User.objects.with_email(typed).filter(pk=self.user.pk).exists():
            raise get_adapter().validation_error("duplicate_email")
        return typed


class SignupForm(InOurWords, allauth_forms.SignupForm):  # type: ignore[misc]
    """E-mail and password, and once the preferences, guessed from what the browser says."""

    LABELS: ClassVar = {**InOurWords.LABELS, "password1": _("Password"), "password2": _("Password again")}
    MORE = ("locale", "time_zone", "month_start", "week_start", "theme")

    initial: dict[str, Any]
    account_already_exists: bool

    currency = currency_field()
    locale = locale_field()
    time_zone = time_zone_field()
    month_start = day_field(
        label=_("Your month begins on day"),
        choices=preferences.month_start_choices,
        help_text=_("1 is the calendar month; pay day works as well."),
    )
    week_start = day_field(label=_("Your week begins on"), choices=preferences.week_start_choices)
    theme = theme_field()
    field_order = ("email", "password1", "password2", "currency", *MORE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guess = preferences.guess(context.request.headers.get("Accept-Language", ""))
        self.initial = {
            **vars(guess),
            "month_start": 1,
            "theme": User.Theme.SYSTEM,
            **self.initial,
        }

    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    def more_fields(self) -> list[forms.BoundField]:
        """What has a good guess and waits folded."""
        return [self[name] for name in self.MORE]

    def more_has_errors(self) -> bool:
        return any(name in self.errors for name in self.MORE)

    def validate_unique_email(self, value: str) -> str:
        """Taken is what a person has; an address that someone else only wants to change to is free."""
        self.account_already_exists = User.objects.with_email(value).exists()
        return value

    def try_save(self, request: Any) -> Any:
        """Makes the person, or pretends to: nobody learns from the answer or its time that an address is taken."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                if not User.objects.with_email(self.cleaned_data["email"]).exists():
                    raise
                # The same form arrived twice at once, and the other was quicker.
                self.account_already_exists = True
        self._take_as_long(request)
        return super().try_save(request)

    def _take_as_long(self, request: Any) -> None:
        """Everything a new account costs, under an address that nobody has, and taken back."""
        adapter, taken = get_adapter(), self.cleaned_data["email"]
        self.cleaned_data["email"] = f"{get_random_string(24).lower()}@rehearsal.invalid"
        with transaction.atomic():
            adapter.save_user(request, adapter.new_user(request), self)
            transaction.set_rollback(True)
        self.cleaned_data["email"] = taken


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """How one person likes to read. What they had chosen stays on offer, whatever else is."""

    locale = locale_field()
    time_zone = time_zone_field()
    theme = theme_field()

    class Meta:
        model = User
        fields = ("name", "locale", "time_zone", "theme")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("What we call you.")
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        if self.instance.time_zone not in preferences.time_zones():
            self.initial["time_zone"] = preferences.modern_zone(self.instance.time_zone) or "UTC"
        if self.instance.locale not in preferences.LOCALES:
            self.initial["locale"] = preferences.guess(self.instance.locale).locale


class HouseholdForm(forms.ModelForm):  # type: ignore[type-arg]
    """What holds for all members of a household."""

    currency = currency_field()
    month_start = day_field(
        label=_("The month begins on day"),
        choices=preferences.month_start_choices,
        help_text=_("A change sorts all entries, past ones too, into the new months."),
    )
    week_start = day_field(label=_("The week begins on"), choices=preferences.week_start_choices)

    class Meta:
        model = Household
        fields = ("name", "currency", "month_start", "week_start")

    def save_or_explain(self) -> bool:
        """Saves; False with a message at the currency when the database says that money is kept in it."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            if "currency" not in self.changed_data:
                raise
            self.add_error(
                "currency",
                _("The currency stays %(currency)s: there is money in it already.")
                % {"currency": self.initial["currency"]},
            )
            return False
        return True
