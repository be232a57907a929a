"""What a person types to leave for good: the password, unless it was proven a moment ago, and a word."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class LeavingForm(forms.Form):
    WORD = _("delete")

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )
    word = forms.CharField(
        label=_("Type the word “delete”"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        help_text=_("So that nobody leaves by a slip of the hand."),
        error_messages={"required": _("Type the word “delete” if you are sure.")},
    )

    def __init__(self, *args: Any, request: Any, is_proven: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User = request.user
        if is_proven:
            del self.fields["password"]

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip().casefold()
        if word != str(self.WORD):
            raise forms.ValidationError(_("This is another word. Type “delete” if you are sure."))
        return word

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not ratelimit.consume(self.request, action="reauthenticate", user=self.user):
            raise forms.ValidationError(_("That was wrong too often. Wait a minute, then try again."))
        if not get_adapter(self.request).reauthenticate(self.user, password):
            raise get_adapter(self.request).validation_error("incorrect_password")
        return password
