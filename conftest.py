"""The cast and the clock of every test: Alice owns a household, Bob is a stranger with one of his own."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TransactionTestCase, override_settings
from hypothesis import settings as hypothesis_settings
from procrastinate.contrib.django import app
from pytest_django import DjangoDbBlocker

from accounts.models import Household, Membership, User
from transactions.tests.factories import make_category, make_wallet

pytest_plugins = ["batua.tests.redis_server", "batua.tests.fake_resend"]

TODAY = date(2026, 11, 25)

# A busy machine is no fault of the code.
hypothesis_settings.register_profile("batua", deadline=None, print_blob=True)
hypothesis_settings.load_profile("batua")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's loop runs in the tests' thread to the end, and a test with a loop of its own must come before."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    yield
    # A thread of a live server may still hold a connection, and the database could not be dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


# Emptied like this, and not by TRUNCATE: that makes the files of each table and index anew, and most are empty.
# Foreign keys and triggers have no say in it, as security events would refuse to go.
_EMPTY = """
DO $$
DECLARE
    names text[] := ARRAY(SELECT quote_ident(name) FROM unnest(string_to_array('{tables}', ' ')) AS name);
    name text;
    is_filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    -- What still writes is waited for.
    EXECUTE 'LOCK TABLE ' || array_to_string(names, ', ') || ' IN ACCESS EXCLUSIVE MODE';
    FOREACH name IN ARRAY names LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO is_filled;
        IF is_filled THEN
            EXECUTE 'DELETE FROM ' || name;
        END IF;
    END LOOP;
END $$
"""
# What migrations wrote, which is the same before and after.
_KEPT = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session", autouse=True)
def _quickly_emptied():
    """After a test that commits, only the tables that it wrote to are emptied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _empty_all)
        yield


def _empty_all(_case: TransactionTestCase) -> None:
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - _KEPT
    # Django leaves alone what it does not manage: the next test would find the jobs of this one.
    tables |= {model._meta.db_table for model in apps.get_app_config("procrastinate").get_models()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EMPTY.format(tables=" ".join(sorted(tables))))


@pytest.fixture(scope="session", autouse=True)
def _quick_and_quiet(django_test_environment):
    here = ["testserver", "localhost", "127.0.0.1"]
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, ALLOWED_HOSTS=here), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
        yield


@pytest.fixture(autouse=True)
def _unused_limits():
    """All tests come from one address."""
    cache.clear()


@contextmanager
def kept_for_the_module(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a fixture of wider scope makes within is found by each test as if anew, and is gone with the fixture.

    A test's own transaction is one within this, so none of them may commit: no ``transaction=True``, no live server.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def today() -> date:
    return TODAY


def make_member(email: str, name: str, role: str = "owner", household: Household | None = None) -> User:
    user = User.objects.create_user(email, "correct horse battery", name=name, locale="en-IN", time_zone="Asia/Kolkata")
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    if household is None:
        household = Household.objects.create(name=f"{name}'s household", currency="INR")
        make_wallet(household, "Cash", kind="cash")
        make_category(household, "Other", kind="expense", is_other=True)
        make_category(household, "Other", kind="income", is_other=True)
    Membership.objects.create(user=user, household=household, role=role)
    return user


@pytest.fixture
def alice(db) -> User:
    return make_member("alice@example.org", "Alice")


@pytest.fixture
def bob(db) -> User:
    return make_member("bob@example.org", "Bob")


@pytest.fixture
def household(alice) -> Household:
    return alice.households.get()


@pytest.fixture
def bobs_household(bob) -> Household:
    return bob.households.get()


@pytest.fixture
def viewer(household) -> User:
    return make_member("vera@example.org", "Vera", role="viewer", household=household)


@pytest.fixture
def as_alice(alice) -> Client:
    return signed_in(alice)


@pytest.fixture
def as_bob(bob) -> Client:
    return signed_in(bob)


@pytest.fixture
def as_viewer(viewer) -> Client:
    return signed_in(viewer)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def run_jobs(db) -> Callable[..., int]:
    """Does the jobs that wait, within the test's own transaction; returns how many there were.

    An error of a job is the test's error. batua/tests/test_jobs.py has a real worker do jobs.
    """
    _forget_jobs()

    def run(queue: str | None = None) -> int:
        count = 0
        while waiting := _take_job(queue):
            name, arguments = waiting
            app.tasks[name].func(**arguments)
            count += 1
        return count

    return run


def _take_job(queue: str | None) -> tuple[str, dict[str, object]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM procrastinate_jobs WHERE id = (
                   SELECT min(id) FROM procrastinate_jobs
                   WHERE status = 'todo' AND (%(queue)s::text IS NULL OR queue_name = %(queue)s)
               ) RETURNING task_name, args""",
            {"queue": queue},
        )
        row = cursor.fetchone()
    return (row[0], json.loads(row[1]) if isinstance(row[1], str) else row[1]) if row else None


def _forget_jobs() -> None:
    """A flush between tests leaves procrastinate's tables, which are not Django's, as they are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def proved(client: Client) -> Client:
    """As if whoever is signed in had just shown once more that it is them."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client
