"""Work in the background: jobs of procrastinate in our own PostgreSQL, made in the transaction that wants them.

An app's jobs are the functions of its ``tasks.py``. ``some_task.defer(word="…")`` writes one row over Django's
connection, so a job exists when, and only when, what it is about was committed. ``manage.py work`` does them.
"""

from collections.abc import Callable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# Seconds before each further try: 4, 16, 64 … about a day after the eighth.
_BASE_OF_WAITS = 4

Function = Callable[..., Any]


def task(
    *, queue: str = "default", tries: int = 1, on: tuple[type[Exception], ...] = (Exception,)
) -> Callable[[Function], Any]:
    """Makes a function a job, named after its module; a failed one is tried again, up to ``tries`` times in all.

    ``on`` says which errors may pass; any other one ends the job at once.

    Arguments are whatever JSON can hold. The function may run twice (a worker can be killed between the work and
    the note that it is done), so it must not mind.
    """
    again = RetryStrategy(max_attempts=tries - 1, exponential_wait=_BASE_OF_WAITS, retry_exceptions=on)
    retry = again if tries > 1 else False
    return app.task(queue=queue, retry=retry)


def periodic(cron: str, *, queue: str = "default") -> Callable[[Function], Any]:
    """Makes a function a job that comes by the clock (``cron`` in UTC); it takes the time as seconds since 1970.

    However many workers there are, each time comes once; two runs of one function never overlap.
    """

    def decorate(function: Function) -> Any:
        name = f"{function.__module__}.{function.__qualname__}"
        return app.periodic(cron=cron)(app.task(queue=queue, lock=name, queueing_lock=name)(function))

    return decorate
