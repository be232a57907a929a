"""Jobs that a member waits for: asked for in a view, done by a task, watched on a page.

A view calls :func:`start` with a task that :func:`for_member` made; it tells its way by ``progress.step(…)`` and
ends with ``progress.file(…)`` or ``progress.page(…)``.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Household, Job, User
from batua.jobs import task

log = logging.getLogger("batua.jobs")
KEPT = timedelta(days=1)

Work = Callable[..., None]


class Cancelled(Exception):
    """The member has stopped the job; the task ends where it is."""


class Refusal(Exception):
    """The job cannot be done for a reason that the member can read: its text is a sentence for them."""


def start(*, member: User, household: Household, kind: str, title: str, task: Any, **arguments: Any) -> Job:
    """A new job for ``member``; ``task`` (of a ``tasks.py``) gets its id as ``job`` and the JSON ``arguments``."""
    job = Job.objects.create(asked_by=member, household=household, kind=kind, title=title[:200])
    task.defer(job=job.pk, **arguments)
    return job


def cancel(job: Job) -> bool:
    """Stops a job that is not finished; a running one ends at its next step. False when it was finished already."""
    stopped = Job.objects.filter(pk=job.pk).open().update(state=Job.State.CANCELLED, finished_at=timezone.now())
    return stopped == 1


def purge(*, now: datetime) -> int:
    """Removes what was finished, or asked and never done, more than a day ago; returns how many."""
    return Job.objects.filter(created_at__lt=now - KEPT).delete()[0]


class Progress:
    """What a task tells of its way."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def step(self, done: int, total: int) -> None:
        """So far ``done`` of ``total``. Raises Cancelled when the member has stopped the job.

        Seen at once, also from within the task's own transaction.
        """
        sql = "UPDATE accounts_job SET done = %s, total = %s WHERE id = %s RETURNING state"
        if not connection.in_atomic_block:
            state = _returned(connection, sql, [done, total, self.job.pk])
        else:
            beside = connection.copy()
            try:
                state = _returned(beside, sql, [done, total, self.job.pk])
            finally:
                beside.close()
        if state == Job.State.CANCELLED:
            raise Cancelled

    def file(self, content: bytes, *, name: str, content_type: str) -> None:
        """The job is done and this file is what came of it."""
        self._end(file_name=name, content=content, content_type=content_type)

    def page(self, path: str) -> None:
        """The job is done; the page at ``path`` shows what came of it."""
        self._end(leads_to=path)

    def _end(self, **outcome: Any) -> None:
        open_still = Job.objects.filter(pk=self.job.pk).open()
        open_still.update(state=Job.State.DONE, finished_at=timezone.now(), **outcome)


def for_member(*, queue: str = "files") -> Callable[[Work], Any]:
    """Makes ``work(progress, **arguments)`` a job for :func:`start`, done in its member's time zone.

    A refusal is told to the member in its own words, any other error as a failure that is logged. One that the
    member has stopped in the meantime, or that is gone, is not begun.
    """

    def decorate(work: Work) -> Any:
        @task(queue=queue)
        @wraps(work)
        def run(job: int, **arguments: Any) -> None:
            row = Job.objects.without_content().select_related("household", "asked_by").filter(pk=job).open().first()
            if row is not None:
                with timezone.override(row.asked_by.time_zone):
                    _carry_out(work, row, arguments)

        return run

    return decorate


def _carry_out(work: Work, job: Job, arguments: dict[str, Any]) -> None:
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    try:
        work(Progress(job), **arguments)
    except Cancelled:
        log.info("A job was stopped by its member", extra={"job": job.pk})
    except Refusal as refusal:
        _fail(job, str(refusal))
    except Exception:
        _fail(job, _("Something went wrong on our side. It has been noted; please try again later."))
        raise


def _fail(job: Job, problem: str) -> None:
    open_still = Job.objects.filter(pk=job.pk).open()
    open_still.update(state=Job.State.FAILED, problem=problem[:300], finished_at=timezone.now())


def _returned(database: Any, sql: str, parameters: list[Any]) -> str | None:
    with database.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    return row[0] if row else None
