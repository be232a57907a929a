"""Webhooks with a real worker: a committed entry is told at once, a failed message is put off."""

import pytest
from django.core.management import call_command
from django.db import connection, connections

from accounts.models import Webhook, WebhookDelivery
from accounts.tests.receiver import listening
from accounts.webhooks import signing
from accounts.webhooks.delivering import PURPOSE
from batua.sealing import seal


@pytest.fixture(autouse=True)
def _no_jobs(transactional_db, monkeypatch):
    # A worker's thread keeps its connection otherwise, and the tests' database could not be dropped.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    _sql("DELETE FROM procrastinate_jobs")
    yield
    _sql("DELETE FROM procrastinate_jobs")


def _sql(command: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(command)
        return cursor.fetchall() if cursor.description else []


def work() -> None:
    call_command("work", once=True, queue=["webhooks"])


def test_an_entry_of_a_program_is_told_and_a_refused_message_waits(as_alice, household, settings):
    secret = seal(signing.new_secret(), purpose=PURPOSE)
    with listening() as receiver:
        settings.WEBHOOK_ALLOWED_HOSTS = [receiver.host]
        Webhook.objects.create(household=household, url=receiver.url, secret=secret, events=["transaction.created"])
        entry = {"type": "expense", "amount": "5"}
        as_alice.post("/api/transactions/", entry, content_type="application/json")
        work()
        receiver.status = 500
        as_alice.post("/api/transactions/", entry, content_type="application/json")
        work()

    states = WebhookDelivery.objects.order_by("pk").values_list("state", "attempts", "status")
    assert list(states) == [("delivered", 1, 200), ("waiting", 1, 500)]
    waiting = "SELECT attempts, scheduled_at > now() FROM procrastinate_jobs WHERE status = 'todo'"
    assert _sql(f"{waiting} AND queue_name = 'webhooks'") == [(1, True)]
