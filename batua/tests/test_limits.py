"""Limits: counted per account and address, wherever counts are kept, and a page that says how long to wait."""

import time
from threading import Thread

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from batua import limits
from batua.limits import Limit, forget, limited, take, take_for, wait_for

TWICE = Limit("test", 2, 3600)
IN_THE_DATABASE = {"BACKEND": "batua.counting.CountingCache", "LOCATION": "batua_cache", "TIMEOUT": 3600}


def in_redis(address):
    return {"BACKEND": "batua.cache.FailoverCache", "LOCATION": address, "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 0.5}}


@pytest.fixture(params=["memory", "redis", "dead redis", "database"])
def kept(request, settings):
    """The same counts in each place that may keep them."""
    places = {
        "redis": lambda: in_redis(request.getfixturevalue("redis_url")),
        "dead redis": lambda: in_redis("unix:///nonexistent/redis.sock?db=0"),
        "database": lambda: request.getfixturevalue("db") or IN_THE_DATABASE,
    }
    if request.param in places:
        settings.CACHES = {**settings.CACHES, "default": places[request.param]()}
    yield request.param
    caches["default"].clear()


@pytest.mark.usefixtures("kept")
def test_what_goes_over_the_limit_waits_for_the_next_hour():
    assert [take(TWICE, "alice"), take(TWICE, "alice")] == [0, 0]

    wait = take(TWICE, "alice")

    assert 0 < wait <= 3600
    assert 0 < wait_for(TWICE, "alice") <= 3600
    assert take(TWICE, "bob") == 0
    forget(TWICE, "alice")
    assert take(TWICE, "alice") == 0


def test_the_next_stretch_of_time_begins_empty(monkeypatch):
    now = 1_000_000 * 3600.0
    monkeypatch.setattr(time, "time", lambda: now)
    waits = [take(TWICE, "alice") for _number in range(3)]
    monkeypatch.setattr(time, "time", lambda: now + 3600)

    assert waits == [0, 0, 3600]
    assert take(TWICE, "alice") == 0


def test_an_address_is_counted_beside_the_account(alice, bob):
    limit = Limit("both", 2, 3600, address_amount=3)
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")
    waits = []
    for user in (alice, bob, alice, bob):
        request.user = user
        waits.append(take_for(limit, request) > 0)

    assert waits == [False, False, False, True]


@pytest.fixture
def in_the_database(settings):
    settings.CACHES = {**settings.CACHES, "default": IN_THE_DATABASE}


@pytest.mark.usefixtures("in_the_database")
def test_the_database_counts_account_and_address_with_one_query(alice, django_assert_num_queries):
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")
    request.user = alice
    limit = Limit("both", 2, 3600, address_amount=3)
    take_for(limit, request)

    with django_assert_num_queries(1):
        assert take_for(limit, request) == 0
    assert take_for(limit, request) > 0


@pytest.mark.usefixtures("in_the_database")
def test_counts_that_are_over_go_and_those_of_another_release_begin_anew(db, monkeypatch):
    monkeypatch.setattr(limits, "_window", lambda limit, who: (who, 540))
    take(TWICE, "old")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE batua_cache SET value = '7', expires = now() - interval '1 second'")
        cursor.execute("INSERT INTO batua_cache VALUES (':1:pickled', 'gAVLNi4=', now() + interval '1 hour')")

    assert (wait_for(TWICE, "old"), take(TWICE, "pickled"), take(TWICE, "pickled")) == (0, 0, 0)
    assert (take(TWICE, "pickled"), wait_for(TWICE, "pickled")) == (540, 540)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM batua_cache")
        assert cursor.fetchall() == [(":1:pickled", "3")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_the_database")
def test_who_counts_at_the_same_time_is_counted():
    limit = Limit("many", 39, 3600)
    waits: list[int] = []

    def count() -> None:
        waits.extend(take(limit, "alice") for _number in range(10))
        connection.close()

    threads = [Thread(target=count) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(wait > 0 for wait in waits) == 1
    caches["default"].clear()


def test_what_is_kept_names_nobody(monkeypatch):
    kept = []
    monkeypatch.setattr(limits.cache, "add", lambda key, *_rest: kept.append(key) or True)

    take(TWICE, "alice@example.org")

    assert "alice" not in kept[0]


def test_a_program_is_told_when_to_come_again(as_alice, household, monkeypatch):
    monkeypatch.setattr(limits, "_window", lambda limit, who: (f"{limit.name}{who}", 540))
    url = reverse("reports:export-download")
    for _time in range(limits.EXPORTS.amount):
        take(limits.EXPORTS, f"account:{as_alice.session['_auth_user_id']}")

    page = as_alice.get(url, {"format": "csv"})
    fragment = as_alice.get(url, {"format": "csv"}, headers={"HX-Request": "true"})

    assert (page.status_code, page["Retry-After"]) == (429, "540")
    assert "That was too often. Wait 9 minutes, then try again." in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert (fragment.status_code, fragment["Retry-After"]) == (429, "540")
    assert b"<html" not in fragment.content


@pytest.mark.parametrize("name", ["transactions:import", "backup:show"])
def test_uploads_are_limited_and_looking_is_not(as_alice, household, name):
    for _time in range(limits.UPLOADS.amount):
        take(limits.UPLOADS, f"account:{as_alice.session['_auth_user_id']}")

    assert as_alice.post(reverse(name)).status_code == 429
    assert as_alice.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["backup:download", "reports:export-download"])
def test_exports_are_limited(as_alice, household, name):
    for _time in range(limits.EXPORTS.amount):
        take(limits.EXPORTS, f"account:{as_alice.session['_auth_user_id']}")

    assert as_alice.get(reverse(name)).status_code == 429


@pytest.mark.parametrize(
    ("name", "times"), [("account_login", 30), ("account_signup", 20), ("account_reset_password", 20)]
)
def test_the_door_answers_with_the_same_page(db, client, name, times):
    answers = [client.post(reverse(name), {"email": f"a{number}@example.org"}) for number in range(times + 1)]

    assert {answer.status_code for answer in answers[:times]} <= {302, 422}
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert "A little slower, please" in answers[-1].content.decode()


def test_a_limit_leaves_other_methods_alone():
    limit = Limit("posts", 0, 60)
    view = limited(limit)(lambda request: "answered")

    assert view(RequestFactory().get("/")) == "answered"
