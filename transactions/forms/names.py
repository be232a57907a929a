"""A name as people type it, for wallets and categories."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NameField(forms.CharField):
    """Up to 60 characters in one line; spaces are squeezed, an accent is one character however it was typed.

    A name of which nobody would see anything is none.
    """

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    default_error_messages = {
        "required": _("Type a name."),
        "max_length": _("This name has %(show_value)d characters. Shorten it to %(limit_value)d or fewer."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": _("Name"), "max_length": 60, **options})

    def to_python(self, value: Any) -> str:
        name = " ".join(unicodedata.normalize("NFC", str(super().to_python(value))).split())
        return name if any(map(_is_seen, name)) else ""


def _is_seen(letter: str) -> bool:
    """Neither a space nor a mark for machines, such as one that joins two letters."""
    return unicodedata.category(letter)[0] not in "CZ"
