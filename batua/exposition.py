"""The page that Prometheus reads: what all workers counted, and what is looked up at the moment of the scrape.

With several workers (PROMETHEUS_MULTIPROC_DIR, set by ``batua.server``) each counts in files of its own. The usual
numbers about the process are lost that way, so those of all the server's processes are read here from Linux.
"""

import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from batua import dumps, processes

__all__ = ["CONTENT_TYPE", "page"]

log = logging.getLogger("batua.metrics")
# What waits now, and since when: a job whose hour has not come does not wait yet.
_QUEUE = """
    SELECT job.queue_name, count(*),
           extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at)))::float
      FROM procrastinate_jobs job
      LEFT JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
     WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
     GROUP BY job.queue_name
"""
_FAILED = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"


def page() -> bytes:
    """Everything, as Prometheus's text format."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(registry)
        page = generate_latest(registry)
    else:
        page = generate_latest(REGISTRY)
    looked_up = CollectorRegistry()
    for collector in (_Processes(), _Places(), _Database(), _Cache()):
        looked_up.register(collector)
    return bytes(page + generate_latest(looked_up))


class _Collector(Collector):  # type: ignore[misc]  # the library's types are skipped
    """One that is asked once, at its scrape."""

    def describe(self) -> Iterable[Metric]:
        return []


class _Processes(_Collector):
    """CPU, memory and files of each of the server's processes, numbered: a worker that is replaced keeps no number."""

    def collect(self) -> Iterator[Metric]:
        labels = ["process"]
        cpu = CounterMetricFamily("batua_process_cpu_seconds", "CPU time used so far.", labels=labels)
        memory = GaugeMetricFamily("batua_process_resident_memory_bytes", "Memory held.", labels=labels)
        files = GaugeMetricFamily("batua_process_open_files", "Open files and connections.", labels=labels)
        started = GaugeMetricFamily("batua_process_start_time_seconds", "When it started.", labels=labels)
        for name, each in processes.of_this_server():
            cpu.add_metric([name], each.cpu_seconds)
            memory.add_metric([name], each.memory_bytes)
            files.add_metric([name], each.open_files)
            started.add_metric([name], each.started_at)
        yield from (cpu, memory, files, started)


class _Places(_Collector):
    """The disk, and the age of the newest backup on it."""

    def collect(self) -> Iterator[Metric]:
        disk = shutil.disk_usage(_nearest(settings.VAR_DIR))
        yield GaugeMetricFamily("batua_disk_free_bytes", "Free on the disk that Batua writes to.", disk.free)
        yield GaugeMetricFamily("batua_disk_size_bytes", "Size of that disk.", disk.total)
        newest = dumps.newest(settings.BACKUP_DIR)
        if newest is not None:
            age = max(0.0, time.time() - newest.stat().st_mtime)
            yield GaugeMetricFamily("batua_backup_age_seconds", "Since the newest backup was written.", age)


class _Database(_Collector):
    """What waits to be done, and how large the books are. A database that is away leaves these out."""

    def collect(self) -> Iterator[Metric]:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_QUEUE)
                waiting = cursor.fetchall()
                cursor.execute(_FAILED)
                failed = cursor.fetchone()[0]
                cursor.execute("SELECT pg_database_size(current_database())")
                size = cursor.fetchone()[0]
        except DatabaseError as error:
            log.warning("The database does not answer a scrape: %s", error)
            yield GaugeMetricFamily("batua_database_up", "1: it answers.", 0)
            return
        yield GaugeMetricFamily("batua_database_up", "1: it answers.", 1)
        yield GaugeMetricFamily("batua_database_size_bytes", "Size of the database.", size)
        jobs = GaugeMetricFamily("batua_jobs_waiting", "Jobs whose time has come, by queue.", labels=["queue"])
        for queue, number, _age in waiting:
            jobs.add_metric([queue], number)
        if not waiting:
            jobs.add_metric(["default"], 0)
        yield jobs
        oldest = max((age or 0.0 for _queue, _number, age in waiting), default=0.0)
        yield GaugeMetricFamily("batua_jobs_oldest_seconds", "How long the oldest of them has been waiting.", oldest)
        yield GaugeMetricFamily("batua_jobs_failed", "Jobs that no try could finish.", failed)


class _Cache(_Collector):
    """Whether the cache is shared, or each process makes do with its own memory."""

    def collect(self) -> Iterator[Metric]:
        is_away = int(getattr(cache, "is_away", False))
        yield GaugeMetricFamily("batua_cache_degraded", "1: Redis is away, memory stands in.", is_away)


def _nearest(path: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    return next(each for each in (path, *path.parents) if each.exists())
