"""Keeps a file between the steps of its import, and imports it once however often the button is pressed."""

import datetime
from io import BytesIO

from django.db import connection
from django.db.models import CharField, Func, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from psycopg.sql import SQL, Literal

from accounts.models import Household, User
from transactions.importers import fronts, lengths, records
from transactions.models import ImportBatch, Upload

KEPT_FOR = datetime.timedelta(days=1)
# More lines than this nobody looks through one by one, and nobody waits for in a request.
LONG = records.LONG
# Bytes of a long file that its first look takes.
FRONT = 100_000

# The SHA-256 of a file where it lies, in hexadecimal digits.
DIGEST = Cast(Func("content", function="sha256", template="encode(%(function)s(%(expressions)s), 'hex')"), CharField())

_PIECE = 256 * 1024
_PIECES = SQL(
    """
    COPY (
        SELECT substring(content FROM start FOR {size})
        FROM transactions_upload, generate_series(1, octet_length(content), {size}) AS start
        WHERE id = {upload} ORDER BY start
    ) TO STDOUT (FORMAT binary)
    """
)


def keep(
    *, household: Household, created_by: User, file_name: str, content: bytes, front: bytes | None = None
) -> Upload:
    """Stores the file for its household, with its front where it is long.

    Files of the household that nobody imported within a day are forgotten.
    """
    Upload.objects.of(household).filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return Upload.objects.create(
        household=household, created_by=created_by, file_name=file_name[:255], content=content, front=front
    )


def is_long(content: bytes, file_name: str) -> bool:
    """Whether a file has so many entries that it is read and imported in the background."""
    return lengths.of(content, filename=file_name) > LONG


def is_kept_long(upload: Upload) -> bool:
    """Whether a file that was sent in is long."""
    if upload.staged is not None or upload.front is not None:
        return True
    # Before fronts were kept, nothing beside a long file told it.
    return is_long(bytes(upload.content), upload.file_name)


def front_if_long(content: bytes, file_name: str) -> bytes | None:
    """The front of a long file, None of a short one."""
    return front(content, file_name) if is_long(content, file_name) else None


def front(content: bytes, file_name: str, *, size: int | None = None) -> bytes:
    """The first entries of a long file, as a file of its own: enough to show how it is read."""
    return fronts.of(content, filename=file_name, size=size or FRONT)


def content(upload: Upload) -> bytes:
    """The file's bytes, fetched in pieces: a row that is asked for its file has it three times over."""
    # Without parameters, which the cursor of a debugging server does not take.
    pieces = _PIECES.format(upload=Literal(upload.pk), size=Literal(_PIECE)).as_string()
    with connection.cursor() as cursor, cursor.copy(pieces) as copied:
        copied.set_types(["bytea"])
        whole = BytesIO()
        for (piece,) in copied.rows():
            whole.write(piece)
    # Its own bytes, not a copy of them.
    return whole.getvalue()


def digest(upload: Upload) -> str:
    """The SHA-256 of the file, in hexadecimal digits; worked out where the file lies."""
    found: str = Upload.objects.filter(pk=upload.pk).values_list(DIGEST, flat=True).get()
    return found


def locked(upload: Upload) -> Upload:
    """The file, held until the transaction ends: a second press of the button waits for what the first one does."""
    # The batch is not joined: who waited would get it as it was before.
    kept: Upload = Upload.objects.of(upload.household).select_for_update().get(pk=upload.pk)
    return kept


def held(upload: Upload) -> QuerySet[Upload]:
    """The file without its content, to be held until the transaction ends: against all who read, choose or import."""
    own = Upload.objects.of(upload.household).filter(pk=upload.pk).select_related("household").defer("content")
    found: QuerySet[Upload] = own.select_for_update(of=["self"], no_key=True)
    return found


def served(kept: Upload, batch: ImportBatch) -> None:
    """The bank's file was imported: only what was taken of it stays."""
    kept.batch, kept.content, kept.chosen = batch, b"", None
    kept.save(update_fields=["batch", "content", "chosen"])
