"""What may be sent to be restored: one archive, looked at first, then confirmed."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batua.backup.archive import Archive, ArchiveError, open_archive


class RestoreForm(forms.Form):
    """An archive. ``archive`` is there once the form is valid; ``confirmed`` names the one that was looked at."""

    archive: Archive
    file = forms.FileField(
        label=gettext_lazy("Backup"),
        help_text=gettext_lazy("A ZIP that Batua made. You see what it holds before anything is restored."),
        max_length=255,
        error_messages={
            "required": gettext_lazy("Choose the backup that you kept."),
            "invalid": gettext_lazy("The file did not arrive. Choose it again."),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
    )
    confirmed = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean_file(self) -> "UploadedFile[Any]":
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            self.archive = open_archive(sent)
        except ArchiveError as error:
            raise forms.ValidationError(str(error), code="unreadable") from error
        return sent

    @property
    def is_confirmed(self) -> bool:
        """Whether this very archive was shown before; another one is shown first."""
        return bool(self.cleaned_data["confirmed"] == self.archive.manifest.digest)

    def refuse(self, error: ArchiveError) -> None:
        self.add_error("file", _("Nothing was restored. %(reason)s") % {"reason": error})
