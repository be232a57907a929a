"""Jobs that look after the jobs themselves."""

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app

from batua.jobs import periodic

SILENCE = 120.0  # seconds without a sign of life after which a worker is taken for dead


@periodic("*/2 * * * *")
def take_up_the_dropped(timestamp: int) -> None:
    """Gives the jobs of a worker that was killed to the others."""
    async_to_sync(_take_up)()


async def _take_up() -> None:
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        await app.job_manager.retry_job(job)
