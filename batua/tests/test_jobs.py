"""Jobs with a real worker: what is committed is done once, what fails is tried again, what is dropped is taken up."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app

from accounts.models import Household
from batua import tasks
from batua.jobs import task


@task(queue="tests")
def found(name: str) -> None:
    Household.objects.create(name=name, currency="INR")


@task(queue="tests", tries=3)
def stumble() -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _no_jobs(transactional_db, monkeypatch):
    # A worker's thread keeps its connection otherwise, and the tests' database could not be dropped.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)

    def forget():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")

    forget()
    yield
    forget()


def rows() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT task_name, status::text, attempts, scheduled_at > now()
               FROM procrastinate_jobs WHERE queue_name = 'tests' ORDER BY id"""
        )
        return cursor.fetchall()


def work() -> None:
    call_command("work", once=True, queue=["tests"])


def test_what_was_committed_is_done():
    with transaction.atomic():
        found.defer(name="Ours")
    work()

    assert list(Household.objects.values_list("name", flat=True)) == ["Ours"]
    assert rows() == []


def test_what_was_rolled_back_never_was():
    with transaction.atomic():
        found.defer(name="Ours")
        transaction.set_rollback(True)
    work()

    assert rows() == []
    assert not Household.objects.exists()


def test_what_fails_is_tried_again_later():
    stumble.defer()
    work()

    assert rows() == [("batua.tests.test_jobs.stumble", "todo", 1, True)]


def test_what_fails_each_time_is_kept_as_failed():
    stumble.defer()
    for _attempt in range(3):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
        work()

    assert rows() == [("batua.tests.test_jobs.stumble", "failed", 3, False)]


def test_what_a_dead_worker_dropped_is_taken_up():
    found.defer(name="Ours")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 minutes') RETURNING id"
        )
        dead = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [dead])

    tasks.take_up_the_dropped.func(0)
    assert rows() == [("batua.tests.test_jobs.found", "todo", 1, False)]
    work()

    assert Household.objects.count() == 1


def test_each_job_by_the_clock_is_known_to_the_worker():
    names = {periodic.task.name for periodic in app.periodic_registry.periodic_tasks.values()}

    assert names >= {
        "batua.tasks.take_up_the_dropped",
        "accounts.tasks.forget_old_jobs",
        "budgets.tasks.send_alerts",
    }


def test_a_worker_waits_does_and_ends_when_asked():
    name = connection.settings_dict["NAME"]
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, name],
        cwd=settings.BASE_DIR,
        env={**os.environ},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        found.defer(name="Ours")
        deadline = time.monotonic() + 60
        while not Household.objects.exists():
            assert worker.poll() is None, worker.communicate()[1]
            assert time.monotonic() < deadline
            time.sleep(0.05)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
    finally:
        worker.kill()
        worker.communicate()


# `manage.py work` on the tests' database, with this module's tasks.
WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "batua.settings"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
import batua.tests.test_jobs
from django.core.management import call_command
call_command("work", queue=["tests"])
"""
