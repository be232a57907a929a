"""Security events: what is written, what never is, and that nobody can take it back."""

import json
import logging
from decimal import Decimal

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse

from accounts.audit import record
from accounts.models import SecurityEvent, User
from batua.logs import JsonFormatter
from conftest import proved, signed_in

PASSWORD = "correct horse battery"


def events() -> list[tuple[str, int | None]]:
    return list(SecurityEvent.objects.order_by("pk").values_list("event", "person"))


def test_an_event_says_who_what_and_from_which_network(alice, household):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    request.user, request.household, request.request_id = alice, household, "a-request-of-hers"

    record("exported", request=request, format="csv", entries=3)

    row = SecurityEvent.objects.get()
    assert (row.event, row.person, row.actor, row.household) == ("exported", alice.pk, alice.pk, household.pk)
    assert (row.network, row.request_id, row.facts) == (
        "192.0.2.0/24",
        "a-request-of-hers",
        {"format": "csv", "entries": 3},
    )


@pytest.mark.parametrize(
    ("address", "network"),
    [("2001:db8:1:2::7", "2001:db8:1::/48"), ("", ""), ("nonsense", "")],
)
def test_a_network_is_never_a_whole_address(db, address, network):
    record("signed-in", request=RequestFactory().get("/", REMOTE_ADDR=address))

    assert SecurityEvent.objects.get().network == network


@pytest.mark.parametrize(
    ("fact", "fault"),
    [
        ({"new_password": "hunter2"}, ValueError),
        ({"amount": 5}, ValueError),
        ({"email": "a"}, ValueError),
        ({"spent": Decimal("12.50")}, TypeError),
        ({"share": 0.5}, TypeError),
        ({"rows": [1]}, TypeError),
    ],
)
def test_secrets_and_amounts_are_refused(db, fact, fault):
    with pytest.raises(fault):
        record("exported", **fact)

    assert SecurityEvent.objects.count() == 0


def test_a_mail_address_inside_a_word_is_left_out(db):
    record("factor-added", device="Phone of alice@example.org")

    assert SecurityEvent.objects.get().facts == {"device": "Phone of …"}


def test_an_event_nobody_knows_is_a_mistake(db):
    with pytest.raises(ValueError, match="won-the-lottery"):
        record("won-the-lottery")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_securityevent SET event = 'signed-out'",
        "DELETE FROM accounts_securityevent",
        "TRUNCATE accounts_securityevent",
    ],
)
def test_the_database_refuses_to_take_an_event_back(db, statement):
    record("signed-in")
    with pytest.raises(ProgrammingError, match="only added"), transaction.atomic():
        connection.cursor().execute(statement)

    assert events() == [("signed-in", None)]


def test_what_is_older_than_thirteen_months_may_go(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_securityevent (at, event, network, request_id, facts)"
            " VALUES (now() - interval '14 months', 'signed-in', '', '', '{}')"
        )

    SecurityEvent.objects.all().delete()

    assert events() == []


def test_an_event_is_one_line_of_the_log(db, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.INFO, "batua.audit")

    with django_capture_on_commit_callbacks(execute=True):
        record("backed-up", user=7, household=3, rows=12)

    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert (line["logger"], line["message"], line["event"]) == ("batua.audit", "audit backed-up", "backed-up")
    assert (line["person"], line["household"], line["facts"]) == (7, 3, {"rows": 12})


def test_what_was_rolled_back_leaves_no_line(db, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.INFO, "batua.audit")

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        record("backed-up")
        transaction.set_rollback(True)

    assert caplog.records == []


def test_events_outlive_the_person(alice):
    record("signed-in", user=alice)
    key = alice.pk

    alice.delete()

    assert events() == [("signed-in", key)]


def test_coming_and_going_is_written_down(visitor, alice):
    visitor.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    visitor.post(reverse("account_logout"))

    assert events() == [("signed-in", alice.pk), ("signed-out", alice.pk)]


@pytest.mark.parametrize("address", ["ALICE@example.org", "nobody@example.org", "my-password@by.mistake"])
def test_a_failure_is_written_down_without_what_was_typed(visitor, alice, address):
    visitor.post(reverse("account_login"), {"login": address, "password": "wrong"})

    row = SecurityEvent.objects.get()
    known = address.lower() == alice.email
    assert (row.event, row.person, row.facts) == ("sign-in-failed", alice.pk if known else None, {})


def test_a_changed_password_is_written_down(alice):
    client = signed_in(alice)
    new = "another long enough secret"

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert ("password-changed", alice.pk) in events()
    assert new not in str(list(SecurityEvent.objects.values()))


def test_a_new_address_is_written_down_when_asked_for_and_when_confirmed(alice):
    client = signed_in(alice)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    client.post(reverse("account_email"), {"email": "alice@example.net", "action_add": ""})

    assert ("address-added", alice.pk) in events()
    assert "example.net" not in str(list(SecurityEvent.objects.values()))


def test_an_act_of_the_admin_is_written_down(alice):
    staff = User.objects.create_superuser("staff@example.org", "a long enough secret")

    LogEntry.objects.log_actions(staff.pk, User.objects.filter(pk=alice.pk), CHANGE, change_message="because")

    row = SecurityEvent.objects.get()
    assert (row.event, row.person, row.actor) == ("staff-changed", alice.pk, staff.pk)
    assert row.facts == {"what": "user", "why": "because", "row": str(alice.pk), "act": "Change"}


def test_a_backup_and_an_export_are_written_down(as_alice, alice, household):
    backup = proved(as_alice).get(reverse("backup:download"))
    export = as_alice.get(reverse("reports:export-download"), {"format": "csv", "period": "all-time"})

    assert b"".join(backup)
    assert b"".join(export)

    said = SecurityEvent.objects.exclude(event="signed-in").order_by("pk")
    assert list(said.values_list("event", "household", "facts")) == [
        ("backed-up", household.pk, {}),
        ("exported", household.pk, {"format": "csv"}),
    ]
