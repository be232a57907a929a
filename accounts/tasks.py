"""Jobs of people and households."""

from django.utils import timezone

from accounts import jobs
from batua.jobs import periodic


@periodic("17 * * * *")
def forget_old_jobs(timestamp: int) -> None:
    """Members' files are kept for a day."""
    jobs.purge(now=timezone.now())
