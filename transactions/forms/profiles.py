"""What may be said of a statement profile: its name, its wallet, and all that is remembered of its files; and of an
account that files name: its wallet.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transactions import labels
from transactions.forms import reading_fields
from transactions.forms.names import NameField
from transactions.forms.reading_fields import COLUMN, EVERY_ROLE, NO_COLUMN, NOT_THERE, OPEN, ROLES, ReadingFields
from transactions.importers import overrules
from transactions.imports import profile_page, profiles
from transactions.imports.statement_reading import told
from transactions.models import StatementAccount, StatementProfile


class ProfileForm(ReadingFields):
    """Renames a profile, says into which wallet its files go and how they are read; a field left open is forgotten.

    A field that is not sent at all stays as it is, and so does one that is sent as the page showed it (``seen``):
    another page, or an import, may have changed it meanwhile.
    """

    name = NameField()
    wallet = forms.TypedChoiceField(
        label=gettext_lazy("Into the wallet"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": NOT_THERE},
    )
    forget = forms.MultipleChoiceField(
        label=gettext_lazy("Forget what earlier files showed"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_THERE},
    )

    def __init__(self, sent: QueryDict | None = None, *, profile: StatementProfile) -> None:
        self.kept = profiles.chosen(profile)
        super().__init__(sent, initial={"name": profile.name, "wallet": profile.wallet_id, **self.kept})
        self.profile, self.names = profile, profile_page.column_names(profile)
        own = labels.of(profile.household)
        self.fields["wallet"].choices = [("", _("The first one")), *own.wallet_choices(profile.wallet_id)]
        self.fields["forget"].choices = [
            (name, capfirst(words)) for name, words in profile_page.proven(profile).items()
        ]
        if self.names:
            self.fields |= self._column_fields()
        shown = {name: value for name, value in self.initial.items() if value}
        self.seen = urlencode(shown) if sent is None else sent.get("seen", "")
        self.shown = dict(parse_qsl(self.seen))

    @property
    def columns(self) -> Iterator[BoundField]:
        """The fields of what the columns hold; none of files whose columns nobody knows."""
        return (self[name] for name in self.fields if name.startswith(COLUMN))

    def _column_fields(self) -> dict[str, forms.ChoiceField]:
        names = [(str(place), name) for place, name in enumerate(self.names)]
        options = [*OPEN, (NO_COLUMN, profile_page.NO_COLUMN_AT_ALL), *names]
        return {
            f"{COLUMN}{role}": forms.ChoiceField(
                label=label, choices=options, required=False, error_messages={"invalid_choice": NOT_THERE}
            )
            for role, label in EVERY_ROLE.items()
            if role in ROLES or f"{COLUMN}{role}" in self.kept
        }

    def clean(self) -> dict[str, Any]:
        columns = reading_fields.columns(self._choices())
        for role, problem in overrules.contradictions(columns, self.names).items():
            self.add_error(f"{COLUMN}{role}" if f"{COLUMN}{role}" in self.fields else None, told(problem))
        if "name" in self.cleaned_data and not self._is_changed("name"):
            self.cleaned_data["name"] = self.profile.name
        if not self._is_changed("wallet"):
            self.cleaned_data["wallet"] = self.profile.wallet_id
        wallet = self.cleaned_data.get("wallet", self.profile.wallet_id)
        other = profiles.beside(self.profile, wallet) if wallet != self.profile.wallet_id else None
        if other is not None:
            sentence = _("Such files are remembered for this wallet already, as “%(name)s”. Forget one of the two.")
            self.add_error("wallet", sentence % {"name": other.name})
        return self.cleaned_data

    def save(self) -> None:
        """Writes what is remembered from now on."""
        profiles.change(
            self.profile,
            name=self.cleaned_data["name"],
            wallet=self.cleaned_data["wallet"],
            choices=self._choices(),
            forgotten=self.cleaned_data["forget"],
        )

    def _choices(self) -> dict[str, str]:
        """What is overruled, field by field."""
        sent = {name: self.cleaned_data[name] for name in self.cleaned_data if self._is_changed(name)}
        return reading_fields.chosen({**self.kept, **sent})

    def _is_changed(self, name: str) -> bool:
        return name in self.data and (not self.seen or self.data[name] != self.shown.get(name, ""))


class AccountForm(forms.Form):
    """Says in which wallet an account is kept: files that name it go there from then on."""

    fields: dict[str, Any]
    wallet = forms.TypedChoiceField(
        label=gettext_lazy("Its lines go into"),
        coerce=int,
        help_text=gettext_lazy(
            "For files from now on. Entries stay in the wallet they are in; lines that went there come again in a file"
            " that goes into another one."
        ),
        error_messages={"required": NOT_THERE, "invalid_choice": NOT_THERE},
    )

    def __init__(self, sent: QueryDict | None = None, *, account: StatementAccount) -> None:
        super().__init__(sent, initial={"wallet": account.wallet_id})
        self.account = account
        self.fields["wallet"].choices = labels.of(account.household).wallet_choices(account.wallet_id)

    def save(self) -> None:
        """Writes where it is kept."""
        self.account.wallet_id = self.cleaned_data["wallet"]
        self.account.save(update_fields=["wallet"])
