"""Mails that have to cross the network wait in the database, sealed, and go out as jobs until the provider takes them.

A mail is written in the transaction of what it tells of: one without the other cannot be. What it says is not
known here, nor how the provider is spoken to.
"""

import json
import logging
import uuid

from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction

from batua.jobs import task
from batua.mail import MailDelayed, MailError, ResendBackend, as_resend
from batua.sealing import seal, unseal

log = logging.getLogger("batua.mail")
QUEUE = "mail"
# With the waits of batua.jobs the last try is six hours after the first; the provider knows the key for a day.
TRIES = 8


def post(message: EmailMessage) -> None:
    """Sends a mail once what it tells of is saved; no request waits for the network, nor fails by it."""
    backend = get_connection()
    if isinstance(backend, ResendBackend):
        sealed = seal(json.dumps(as_resend(message)), purpose=QUEUE)
        deliver.defer(sealed=sealed, key=uuid.uuid4().hex)
    else:
        message.connection = backend
        transaction.on_commit(lambda: message.send())


@task(queue=QUEUE, tries=TRIES, on=(MailDelayed,))
def deliver(sealed: str, key: str) -> None:
    """Gives one mail to the provider; every try goes under the same key, so it is sent once."""
    mail = json.loads(unseal(sealed, purpose=QUEUE))
    try:
        ResendBackend().deliver(mail, key=key)
    except MailError as error:
        log.error("A mail was not sent: %s", error, extra={"error": error.name})
        raise


def wake(*, given_up: bool) -> int:
    """Makes every mail that waits for its next try due now, those given up too if asked; how many wait now."""
    statuses = ["todo", "failed"] if given_up else ["todo"]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL
               WHERE queue_name = %s AND status::text = ANY(%s)""",
            [QUEUE, statuses],
        )
        return int(cursor.rowcount)


def left() -> dict[str, int]:
    """How many mails are in each state; one that was sent is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, count(*) FROM procrastinate_jobs WHERE queue_name = %s GROUP BY status", [QUEUE]
        )
        return dict(cursor.fetchall())
