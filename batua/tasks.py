"""Jobs that look after the jobs themselves, and after the database they live in."""

from datetime import UTC, datetime

from asgiref.sync import async_to_sync
from django.conf import settings
from procrastinate.contrib.django import app

from batua import dumps, mail_queue
from batua.jobs import periodic

SILENCE = 120.0  # seconds without a sign of life after which a worker is taken for dead


HOURS_OF_A_WEEK = 7 * 24


@periodic("31 3 * * *")
def forget_lost_mails(timestamp: int) -> None:
    """A mail that was given up is kept for a week, so that it can be sent when the fault is found."""
    async_to_sync(app.job_manager.delete_old_jobs)(HOURS_OF_A_WEEK, queue=mail_queue.QUEUE, include_failed=True)


@periodic("15 3 * * *")
def back_up(timestamp: int) -> None:
    """The nightly backup, where the operator wants one."""
    if settings.BACKUP_KEEP:
        dumps.one_more(settings.BACKUP_DIR, now=datetime.fromtimestamp(timestamp, UTC), keep=settings.BACKUP_KEEP)


@periodic("*/2 * * * *")
def take_up_the_dropped(timestamp: int) -> None:
    """Gives the jobs of a worker that was killed to the others."""
    async_to_sync(_take_up)()


async def _take_up() -> None:
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        await app.job_manager.retry_job(job)
