"""Files that a member sent in and has not imported yet: several at once, or left on their way."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Household, User
from batua import display
from transactions.imports import uploads
from transactions.imports.keeping import BusyError
from transactions.models import Upload


@dataclass(frozen=True)
class Row:
    """A file that waits to be checked: its name, when it was sent in, and where it is checked or put away."""

    name: str
    sent: str
    url: str
    discard_url: str


def of(household: Household, user: User) -> QuerySet[Upload]:
    """The member's own, without what is in them; in the order in which they are to be checked."""
    own = Upload.objects.of(household).filter(
        created_by=user, batch=None, created_at__gt=timezone.now() - uploads.KEPT_FOR
    )
    return own.only("file_name", "created_at").order_by("pk")


def same(household: Household, user: User, *, name: str, content: bytes) -> Upload | None:
    """The very same file, sent in once more: what was chosen for it is still there. It waits for another day."""
    found = of(household, user).filter(file_name=name[:255]).alias(digest=uploads.DIGEST)
    kept: Upload | None = found.filter(digest=hashlib.sha256(content).hexdigest()).first()
    if kept is not None:
        _let_wait(kept)
    return kept


@transaction.atomic
def _let_wait(kept: Upload) -> None:
    # One that is being read or imported just now is not waited for: it is at hand anyway.
    held = Upload.objects.filter(pk=kept.pk).select_for_update(skip_locked=True, no_key=True)
    Upload.objects.filter(pk__in=list(held.values_list("pk", flat=True))).update(created_at=timezone.now())


@transaction.atomic
def put_away(household: Household, user: User, pk: int) -> None:
    """The member's file is forgotten, if it still waits. Raises BusyError where it is being read or imported."""
    own = of(household, user).filter(pk=pk)
    if held := list(own.select_for_update(skip_locked=True).values_list("pk", flat=True)):
        own.filter(pk__in=held).delete()
    elif own.exists():
        raise BusyError


def rows(household: Household, user: User) -> list[Row]:
    """One query."""
    return [
        Row(
            name=kept.file_name,
            sent=_("Sent in at %(time)s") % {"time": display.clock(kept.created_at, locale=user.locale)},
            url=reverse("transactions:import-check", args=[kept.pk]),
            discard_url=reverse("transactions:import-discard", args=[kept.pk]),
        )
        for kept in of(household, user)
    ]
