"""What machines may ask, under any host name and in plain HTTP: health, readiness, metrics with the token."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from batua import processes
from batua.cache import FailoverCache
from batua.watching import Watched

BEARER = {"authorization": "Bearer let me in"}


@pytest.fixture
def behind_https(settings):
    settings.ALLOWED_HOSTS = ["batua.example"]
    settings.SECURE_SSL_REDIRECT = True


@pytest.fixture
def metrics_token(settings):
    settings.METRICS_TOKEN = "let me in"


def samples(page: str) -> dict[tuple[str, str], float]:
    """(name, first label) → value."""
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_a_probe_is_answered_by_address_and_without_a_query(behind_https, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = Client(headers={"host": "10.0.0.7:8000"}).get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


def test_others_are_still_sent_to_https(behind_https, db):
    assert Client(headers={"host": "batua.example"}).get("/accounts/login/").status_code == 301


def test_it_is_ready_with_database_migrations_and_cache(client, db):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "cache": "ok"}


def test_it_is_not_ready_while_a_migration_is_missing(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'budgets' AND name LIKE '0005%'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == "missing"


def test_it_is_not_ready_without_a_database(client, db, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", _refuse)
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "database": "away", "migrations": "unknown", "cache": "ok"}


def _refuse() -> None:
    raise OperationalError("connection refused")


def test_a_redis_that_is_away_is_told_and_keeps_nobody_out(rf, db, monkeypatch):
    away = FailoverCache("unix:///nonexistent/redis.sock?db=0", {"OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 0.2}})
    monkeypatch.setattr("batua.watching.cache", away)

    response = Watched(lambda request: None)(rf.get("/readyz"))

    assert response.status_code == 200
    assert b'"cache": "degraded"' in response.content


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer guess"}, {"authorization": "Basic let me in"}])
def test_metrics_are_not_there_without_the_token(client, metrics_token, headers):
    assert client.get("/metrics", headers=headers).status_code == 404


def test_metrics_are_not_there_while_no_token_is_set(client):
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_metrics_tell_of_the_process_the_disk_and_the_newest_backup(client, metrics_token, settings, tmp_path, db):
    settings.BACKUP_DIR = tmp_path
    (tmp_path / "batua-20261124T031500Z.dump").touch()
    (tmp_path / "batua-20261125T031500Z.dump.part").touch()

    found = samples(client.get("/metrics", headers=BEARER).text)

    assert found["batua_process_resident_memory_bytes", "main"] > 50_000_000
    assert found["batua_process_cpu_seconds_total", "main"] > 0.1
    assert 0 < found["batua_disk_free_bytes", ""] < found["batua_disk_size_bytes", ""]
    assert 0 <= found["batua_backup_age_seconds", ""] < 60
    assert found["batua_cache_degraded", ""] == 0


def test_without_a_backup_there_is_no_age(client, metrics_token, settings, tmp_path, db):
    settings.BACKUP_DIR = tmp_path / "nowhere"

    assert ("batua_backup_age_seconds", "") not in samples(client.get("/metrics", headers=BEARER).text)


def test_a_process_is_read_from_linux():
    ((name, own),) = [each for each in processes.of_this_server() if each[0] == "main"]

    assert name == "main"
    assert own.open_files > 3
    assert own.started_at > 1_700_000_000
