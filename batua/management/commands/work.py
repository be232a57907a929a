"""`manage.py work`: does the jobs in the background until asked to stop; any number of these may run."""

import asyncio
import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from prometheus_client import start_http_server

GRACE = 30.0  # seconds that running jobs get to finish once the worker is asked to stop


class Command(BaseCommand):
    help = "Do the jobs that wait (mails, large files, what comes by the clock) until asked to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument("--queue", action="append", help="only jobs of this queue; may be given more than once")
        parser.add_argument(
            "--concurrency", type=int, default=settings.WORKER_CONCURRENCY, help="jobs at the same time"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        connection.ensure_connection()  # wakes the embedded server; the worker's own connections would not
        connection.close()
        if settings.WORKER_METRICS_PORT:
            start_http_server(settings.WORKER_METRICS_PORT)
        django: DjangoConnector = app.connector  # type: ignore[assignment]
        with app.replace_connector(django.get_worker_connector()) as worker:
            asyncio.run(_work(worker, options))


async def _work(worker: App, options: dict[str, Any]) -> None:
    async with worker.open_async():
        await worker.run_worker_async(
            queues=options["queue"],
            wait=not options["once"],
            concurrency=options["concurrency"],
            shutdown_graceful_timeout=GRACE,
            delete_jobs="successful",
        )
