"""What may be typed about a statement: its file, the wallet it belongs to, how its days are read, what is taken."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Household, User
from transactions import importers
from transactions.importers.base import Statement, StatementError
from transactions.importing import Preview, Verdict
from transactions.models import Wallet
from transactions.statement_reading import read, told_error

ORDERS = ("dmy", "mdy", "ymd")


def _wallet_field() -> "forms.ModelChoiceField[Wallet]":
    return forms.ModelChoiceField(
        Wallet.objects.none(),
        label=gettext_lazy("Into the wallet"),
        empty_label=None,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")},
    )


def _wallets(household: Household) -> QuerySet[Wallet]:
    return Wallet.objects.of(household).open().in_order().select_related("household")


class StatementForm(forms.Form):
    """The first step: a file that can be read, and its wallet. ``content`` is the file once the form is valid."""

    fields: dict[str, Any]
    file = forms.FileField(
        label=gettext_lazy("Statement"),
        help_text=gettext_lazy(
            "The CSV file that your bank offers for download. You see every line before it is saved."
        ),
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
        error_messages={
            "required": gettext_lazy("Choose the file that your bank offers for download."),
            "invalid": gettext_lazy("The file did not arrive. Choose it again."),
        },
    )
    wallet = _wallet_field()

    def __init__(self, *sent: Any, household: Household, user: User) -> None:
        super().__init__(*sent)
        self.fields["wallet"].queryset = _wallets(household)
        self.user, self.content = user, b""

    @property
    def status(self) -> int:
        """413 for a file that is too large, 422 for anything else that is wrong."""
        if self.has_error("file", "too_large"):
            return 413
        return 422 if self.errors else 200

    def clean_file(self) -> "UploadedFile[bytes]":
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if (sent.size or 0) > importers.MAX_BYTES:
            limit = importers.MAX_BYTES // 1024 // 1024
            raise forms.ValidationError(_(importers.TOO_LARGE) % {"limit": limit}, code="too_large")
        self.content = sent.read()
        try:
            read(self.content, file_name=sent.name or "", locale=self.user.locale)
        except StatementError as error:
            raise forms.ValidationError(told_error(error), code="unreadable") from error
        return sent


class ReadingForm(forms.Form):
    """The second step: the wallet, and the order of day and month where the member overrules it."""

    fields: dict[str, Any]
    wallet = _wallet_field()
    date_order = forms.ChoiceField(
        choices=[(order, order) for order in ORDERS],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": gettext_lazy("Days cannot be read in this order.")},
    )

    def __init__(self, sent: QueryDict, *, household: Household, user: User) -> None:
        super().__init__(sent)
        self.fields["wallet"].queryset = _wallets(household)
        self.user, self.sent = user, sent

    def statement(self, content: bytes, file_name: str) -> Statement | None:
        """The file as the form has it read; None, and an error, where it cannot be read so."""
        order = self.cleaned_data.get("date_order") or None
        try:
            return read(content, file_name=file_name, locale=self.user.locale, date_order=order)
        except StatementError as error:
            self.add_error(None, told_error(error))
            return None

    def taken(self, preview: Preview) -> set[int]:
        """Numbers of the lines to take: the ticked ones, and the new ones that no page showed."""
        shown, ticked = _numbers(self.sent.get("shown", "").split(",")), _numbers(self.sent.getlist("line"))
        unseen = {each.line.number for each in preview.of(Verdict.NEW)} - shown
        return unseen | (ticked & {each.line.number for each in preview.takeable})

    def categories(self) -> dict[int, int]:
        """Line number → the category chosen for it; what is no number is no category: 0."""
        prefix = "category-"
        return {
            int(name.removeprefix(prefix)): next(iter(_numbers([str(value)])), 0)
            for name, value in self.sent.items()
            if name.startswith(prefix) and _numbers([name.removeprefix(prefix)])
        }


def _numbers(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 18}
