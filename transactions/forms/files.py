"""The first step of an import: one file, or several that are checked one after the other."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from batua import metrics
from transactions import importers
from transactions.importers import archive
from transactions.importers.base import StatementError
from transactions.imports import uploads
from transactions.imports.statement_reading import glimpsed, read, told_error

# Two years of a bank that gives out months, and of another beside it.
MOST_FILES = 50
_LIMIT = importers.MAX_BYTES // 1024 // 1024


@dataclass(frozen=True)
class ReadableFile:
    """A file that can be checked, unpacked where it came in an archive.

    ``front``: of a long one, enough to see what it is. ``begins``: the first day of the file or of its front, None
    where the next step has to ask what its columns hold.
    """

    name: str
    content: bytes
    front: bytes | None
    begins: datetime.date | None


class StatementForm(forms.Form):
    """One file. Once the form is valid, ``readable`` has it, unpacked where it was alone in an archive."""

    fields: dict[str, Any]
    file = forms.FileField(
        label=gettext_lazy("Statement"),
        allow_empty_file=True,
        max_length=255,
        error_messages={
            "required": gettext_lazy("Choose the file that your bank offers for download."),
            "invalid": gettext_lazy("The file did not arrive. Choose it again."),
        },
    )

    def __init__(self, *sent: Any, user: User) -> None:
        super().__init__(*sent)
        self.user = user
        self.readable: list[ReadableFile] = []

    @property
    def status(self) -> int:
        """413 for a file that is too large, 422 for anything else that is wrong."""
        if self.has_error("file", "too_large"):
            return 413
        return 422 if self.errors else 200

    def clean_file(self) -> "UploadedFile[bytes]":
        if len(self.files.getlist("file")) > 1:
            raise forms.ValidationError(_("Send in one file after the other."), code="several")
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        _refuse_large(sent.size or 0)
        self.readable = [_readable(sent.name or "", sent.read(), user=self.user)]
        return sent


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Each file has to be one that arrived; the last one is the value, and the form has them all."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(_FilesField, self).clean(each, initial) for each in data or [None]][-1]


class StatementsForm(StatementForm):
    """One file or several, also in an archive: ``readable`` has those that can be checked, the earliest first.

    It has them also where others are refused, which are then named beside the field.
    """

    file = _FilesField(
        label=gettext_lazy("Statements"),
        help_text=gettext_lazy(
            "One file or several that your bank or another app offers for download: CSV, OFX, QFX, QIF, MT940,"
            " CAMT.053, Excel or a journal of hledger. You see every line before it is saved."
        ),
        allow_empty_file=True,
        max_length=255,
        error_messages=StatementForm.base_fields["file"].error_messages,
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        sent = self.files.getlist("file")
        if len(sent) > 1:
            self._read(self._named(sent))
        else:
            packed = self._packed()
            if not packed:
                return super().clean_file()
            self._read(packed)
        return sent[0]

    def _named(self, sent: "list[UploadedFile[bytes]]") -> Iterable[tuple[str, bytes]]:
        if len(sent) > MOST_FILES:
            text = _("Choose at most %(most)s files at once, and the others after them.")
            raise forms.ValidationError(text % {"most": MOST_FILES}, code="too_many")
        if sum(file.size or 0 for file in sent) > importers.MAX_BYTES:
            text = _("Together, these files are larger than %(limit)s MB. Choose some now, and the others after them.")
            raise forms.ValidationError(text % {"limit": _LIMIT}, code="too_large")
        return ((file.name or "", file.read()) for file in sent)

    def _packed(self) -> Iterable[tuple[str, bytes]]:
        """The statements in an archive that holds several."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        _refuse_large(sent.size or 0)
        try:
            return archive.statements(sent.read(), most=MOST_FILES, size=importers.MAX_BYTES)
        except StatementError as error:
            raise forms.ValidationError(told_error(error), code="unreadable") from error
        finally:
            sent.seek(0)

    def _read(self, named: Iterable[tuple[str, bytes]]) -> None:
        for name, content in named:
            try:
                self.readable.append(_readable(name, content, user=self.user))
            except forms.ValidationError as error:
                told = _("%(file)s: %(reason)s") % {"file": name, "reason": " ".join(error.messages)}
                self.add_error("file", forms.ValidationError(told, code=error.code))
        self.readable.sort(key=lambda each: (each.begins or datetime.date.max, each.name))


def _readable(name: str, content: bytes, *, user: User) -> ReadableFile:
    """Raises ValidationError for a file of which nothing can be read."""
    beginning, begins, front = b"", None, None
    try:
        content, name = archive.unwrapped(content, name)
        _refuse_large(len(content))
        front = uploads.front_if_long(content, name)
        beginning = content if front is None else front
        statement = read(beginning, file_name=name, locale=user.locale)
        begins = min((line.date for line in statement.lines), default=None)
    except StatementError as error:
        # Of a table whose columns nobody can tell, the next step asks what they hold.
        if glimpsed(beginning, file_name=name) is None:
            metrics.import_refused(PurePath(name).suffix.removeprefix(".").lower())
            raise forms.ValidationError(told_error(error), code="unreadable") from error
    return ReadableFile(name, content, front, begins)


def _refuse_large(size: int) -> None:
    if size > importers.MAX_BYTES:
        raise forms.ValidationError(_(importers.TOO_LARGE) % {"limit": _LIMIT}, code="too_large")
