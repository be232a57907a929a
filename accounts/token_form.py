"""What a person says about a personal token before it is made."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import PersonalToken

DAYS = [(7, _("a week")), (30, _("a month")), (90, _("three months")), (365, _("a year"))]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=60,
        help_text=_("For example “Backup on the NAS”. You will know it again by this."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say what the token is for.")},
    )
    scope = forms.ChoiceField(
        label=_("It may"), choices=PersonalToken.Scope, initial=PersonalToken.Scope.READ, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(
        label=_("It works for"),
        choices=DAYS,
        coerce=int,
        initial=30,
        help_text=_("Then it stops by itself, also when it was forgotten somewhere."),
    )
