"""Mail against a real HTTP server on loopback that answers as Resend does."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.mail import EmailMultiAlternatives
from resend.exceptions import ResendError

from batua.mail import LocalMailbox, ResendBackend


class FakeResend(ThreadingHTTPServer):
    """Answers the next of ``statuses`` and keeps what it was sent."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.statuses = list(statuses)
        self.requests: list[tuple[dict, dict]] = []
        Thread(target=self.serve_forever, daemon=True).start()


class Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((dict(self.headers), body))
        status = self.server.statuses.pop(0)
        answer = {"id": "1"} if status == 200 else {"statusCode": status, "name": "fault", "message": "no"}
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def resend_at(settings, monkeypatch):
    monkeypatch.setattr(ResendBackend, "PAUSE", 0.01)
    servers = []

    def start(*statuses: int) -> FakeResend:
        server = FakeResend(*statuses)
        servers.append(server)
        settings.RESEND_API_URL = f"http://127.0.0.1:{server.server_port}"
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def a_mail() -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives("₹ चाय", "Plain", "Batua <b@batua.example>", ["a@example.org"])
    mail.attach_alternative("<p>Rich</p>", "text/html")
    return mail


def test_a_mail_reaches_resend_whole(resend_at):
    server = resend_at(200)

    assert ResendBackend().send_messages([a_mail()]) == 1

    sent = server.requests[0][1]
    assert (sent["subject"], sent["text"], sent["html"], sent["to"]) == (
        "₹ चाय",
        "Plain",
        "<p>Rich</p>",
        ["a@example.org"],
    )


def test_an_outage_that_passes_sends_one_mail_under_one_key(resend_at):
    server = resend_at(500, 429, 200)

    assert ResendBackend().send_messages([a_mail()]) == 1

    assert len({headers["Idempotency-Key"] for headers, _body in server.requests}) == 1
    assert len(server.requests) == 3


def test_a_refused_mail_is_not_tried_again(resend_at):
    server = resend_at(422)

    with pytest.raises(ResendError):
        ResendBackend().send_messages([a_mail()])

    assert len(server.requests) == 1


def test_the_local_mailbox_keeps_each_mail_as_a_file(settings, tmp_path, capsys):
    settings.MAIL_DIR = tmp_path

    LocalMailbox().send_messages([a_mail()])

    (kept,) = tmp_path.glob("*.eml")
    assert b"To: a@example.org" in kept.read_bytes()
    assert "a@example.org" in capsys.readouterr().out
