"""Keeps a file between the steps of its import, and imports it once however often the button is pressed."""

import datetime
import hashlib
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import Household, User
from transactions import importing
from transactions.importers import records
from transactions.importers.base import Statement
from transactions.models import ImportBatch, Upload, Wallet

KEPT_FOR = datetime.timedelta(days=1)
# More lines than this nobody looks through one by one, and nobody waits for in a request.
LONG = records.LONG
FRONT = 100_000


def keep(*, household: Household, created_by: User, file_name: str, content: bytes) -> Upload:
    """Stores the file for its household; files of the household that nobody imported within a day are forgotten."""
    Upload.objects.of(household).filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return Upload.objects.create(household=household, created_by=created_by, file_name=file_name[:255], content=content)


def is_long(content: bytes) -> bool:
    """Whether a file is so long that it is read and imported in the background."""
    return content.count(b"\n") > LONG or content.count(b"\r") > LONG


def front(content: bytes) -> bytes:
    """The first lines of a long file: enough to show how it is read."""
    start = content[:FRONT]
    end = max(start.rfind(b"\n"), start.rfind(b"\r")) + 1
    # UTF-16 has a second byte for each line end.
    return content[: end + content.startswith(b"\xff\xfe")] if end else start


@transaction.atomic
def commit(
    upload: Upload,
    *,
    wallets: Mapping[str, Wallet],
    statement: Statement,
    created_by: User,
    taken: Collection[int],
    choices: Mapping[int, int | None],
    layout: str,
) -> ImportBatch:
    """The batch of the upload: made now, or the one that an earlier press made. Raises importing.ChoiceError."""
    kept = Upload.objects.of(upload.household).select_for_update(of=["self"]).select_related("batch").get(pk=upload.pk)
    if kept.batch is not None:
        return kept.batch
    kept.batch = importing.commit(
        household=upload.household,
        wallets=wallets,
        statement=statement,
        created_by=created_by,
        file_name=kept.file_name,
        file_sha256=hashlib.sha256(kept.content).hexdigest(),
        taken=taken,
        choices=choices,
        layout=layout,
    )
    # The bank's file has served: only what was taken stays.
    kept.content = b""
    kept.save(update_fields=["batch", "content"])
    return kept.batch
