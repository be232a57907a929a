"""Jobs of people and households."""

from django.utils import timezone

from accounts import jobs, sign_ins
from accounts.access import once, sessions
from accounts.webhooks import delivering
from batua.jobs import periodic, task


@periodic("17 * * * *")
def forget_old_jobs(timestamp: int) -> None:
    """Members' files are kept for a day."""
    jobs.purge(now=timezone.now())


@periodic("29 3 * * *")
def forget_old_sessions(timestamp: int) -> None:
    """Django leaves sessions that ended by themselves where they are, and so do programs that come no more."""
    now = timezone.now()
    sign_ins.forget(now=now)
    sessions.forget(now=now)
    once.forget(now=now)


@task(queue="webhooks", tries=delivering.TRIES)
def deliver(delivery: int) -> None:
    """Sends a household's message to its webhook; tried again with growing waits."""
    delivering.deliver(delivery)


@periodic("43 3 * * *")
def forget_old_deliveries(timestamp: int) -> None:
    """The log of webhooks goes back a month."""
    delivering.forget()
