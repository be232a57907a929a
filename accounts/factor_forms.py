"""The forms of second factors and passkeys, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts import factors
from accounts.forms import InOurWords

NO_PASSKEY = _("This was no passkey that opens these books. Try again, or take another way.")


class CodeInOurWords(InOurWords):
    LABELS: ClassVar = {"code": _("Code")}
    MISSING: ClassVar = {"code": _("Type the code.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


class OnlyOnce(CodeInOurWords):
    """A code of the app opens one door once."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not factors.use_up(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnlyOnce, base.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(OnlyOnce, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class SetUpForm(CodeInOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    LABELS: ClassVar = {"code": _("Code that the app shows now")}


class Unbroken:
    """What is no passkey's answer is refused in words; the parsers beneath expect all parts to be there."""

    BROKEN = (KeyError, TypeError, ValueError, AttributeError, LookupError, InvalidSignature)

    def clean_credential(self) -> Any:
        with self._in_words():
            return super().clean_credential()  # type: ignore[misc]

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except self.BROKEN as error:
            raise forms.ValidationError(NO_PASSKEY, code="broken") from error


class PasskeySignInForm(Unbroken, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyStepForm(Unbroken, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(Unbroken, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddPasskeyForm(Unbroken, InOurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    LABELS: ClassVar = {"name": _("Name"), "passwordless": _("Sign in with it alone, without the password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("To tell it from others, like “Phone” or “Blue key”.")
        self.fields["name"].validators.append(MaxLengthValidator(80))
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _("Your device then asks for its PIN, a finger or your face.")

    def clean_credential(self) -> Any:
        return self.cleaned_data["credential"]

    def clean(self) -> Any:
        with self._in_words():
            return super().clean()


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    LABELS: ClassVar = {"name": _("Name")}
    MISSING: ClassVar = {"name": _("Give it a name.")}
    name = forms.CharField(max_length=80)
