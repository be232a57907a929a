"""The lines of the log: one JSON object for a request, with who and where, and never a secret."""

import json
import logging

import pytest
from django.http import HttpRequest
from django.test import Client

from batua.logs import JsonFormatter, PlainFormatter

RESET = "/accounts/password/reset/key/1-cx9abc-0123456789abcdef0123456789abcdef"

CONFIRM = "/accounts/confirm-email/MQ:1abcde:0123456789abcdef"


class Lines(logging.Handler):
    """Keeps each line as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))

    def of(self, logger: str) -> list[dict[str, object]]:
        return [line for line in map(json.loads, self.written) if line["logger"] == logger]


@pytest.fixture
def lines():
    handler = Lines()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


def test_a_request_is_one_line_with_who_and_where(as_alice, alice, household, lines):
    as_alice.get("/transactions/?text=secret+shop", headers={"x-request-id": "from-the-proxy-1"})

    (line,) = lines.of("batua.request")
    assert line.pop("time").endswith("+00:00")
    assert line.pop("duration_ms") > 0
    assert line == {
        "level": "INFO",
        "logger": "batua.request",
        "message": "request",
        "request_id": "from-the-proxy-1",
        "method": "GET",
        "route": "transactions/",
        "path": "/transactions/",
        "status": 200,
        "user_id": alice.pk,
        "household_id": household.pk,
    }


@pytest.mark.parametrize("given", ["", "short", "x" * 65, 'forged", "level": "'])
def test_an_id_that_is_no_id_is_replaced(client, lines, given):
    response = client.get("/healthz", headers={"x-request-id": given})

    (line,) = lines.of("batua.request")
    assert line["request_id"] == response["X-Request-ID"] != given


@pytest.mark.parametrize("path", [RESET, f"{RESET}/", f"/cut{RESET}", CONFIRM])
def test_no_line_holds_the_key_of_a_link(client, db, lines, path):
    client.get(path)

    assert lines.of("batua.request")
    assert not [line for line in lines.written if "0123456789abc" in line]


def test_a_refused_form_keeps_its_secret_path_too(db, lines):
    Client(enforce_csrf_checks=True).post(f"{RESET}/")

    assert [line["level"] for line in lines.of("django.security.csrf")] == ["WARNING"]
    assert not [line for line in lines.written if "0123456789abc" in line]


def test_a_fault_is_one_line_with_its_traceback_and_the_requests_id(alice, lines, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    monkeypatch.setattr("reports.dashboard.build", _break)

    assert client.get("/dashboard/").status_code == 500

    (fault,) = lines.of("django.request")
    (request,) = lines.of("batua.request")
    assert fault["level"] == "ERROR"
    assert "ZeroDivisionError: nothing to share" in fault["exception"]
    assert fault["request_id"] == request["request_id"]
    assert not [line for line in lines.written if "\n" in line]


def _break(*_arguments: object, **_options: object) -> None:
    raise ZeroDivisionError("nothing to share")


def test_a_line_without_a_request_has_no_id(lines):
    logging.getLogger("batua.mail").info("Mails go out again.")

    (line,) = lines.of("batua.mail")
    assert "request_id" not in line
    assert line["message"] == "Mails go out again."


def test_a_request_that_was_never_resolved_shows_its_short_path():
    request = HttpRequest()
    request.path = "/wp-login.php"
    record = logging.makeLogRecord({"name": "django.request", "msg": "Not Found: /wp-login.php", "request": request})

    assert json.loads(JsonFormatter().format(record))["message"] == "Not Found: /wp-login.php"


def test_what_is_sent_cannot_look_like_a_line_of_its_own():
    record = logging.LogRecord(
        "batua", logging.WARNING, "", 0, "No page at %s", ("/a\n12:00:00 ERROR stolen\x1b[2J",), None
    )

    plain, machine = PlainFormatter().format(record), JsonFormatter().format(record)

    assert plain.endswith(r"No page at /a\n12:00:00 ERROR stolen\x1b[2J")
    assert "\n" not in plain + machine
    assert "\x1b" not in plain + machine
