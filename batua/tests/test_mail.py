"""Mail against a real HTTP server on loopback that answers as Resend does, and the mailbox of local mode."""

import base64
import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django.urls import path
from resend.exceptions import ResendError

from batua import mail, mailbox
from batua.mail import LocalMailbox, ResendBackend
from batua.urls import urlpatterns as usual

urlpatterns = [*usual, path("mail/", mailbox.show, name="mailbox")]


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
        if status == 429:
            self.send_header("Retry-After", "1")
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


def test_a_mail_reaches_resend_whole(resend_at, settings):
    server = resend_at(200)
    letter = a_mail()
    letter.cc, letter.reply_to = ["c@example.org"], ["r@example.org"]
    letter.extra_headers = {"List-Id": "books"}
    letter.attach("बही.csv", "a,b", "text/csv")

    assert ResendBackend().send_messages([letter]) == 1

    headers, sent = server.requests[0]
    assert headers["Authorization"] == f"Bearer {settings.RESEND_API_KEY}"
    assert sent == {
        "from": "Batua <b@batua.example>",
        "to": ["a@example.org"],
        "cc": ["c@example.org"],
        "reply_to": ["r@example.org"],
        "subject": "₹ चाय",
        "text": "Plain",
        "html": "<p>Rich</p>",
        "headers": {"List-Id": "books"},
        "attachments": [
            {"filename": "बही.csv", "content": base64.b64encode(b"a,b").decode(), "content_type": "text/csv"}
        ],
    }


def test_a_mail_to_nobody_is_not_sent(resend_at):
    server = resend_at(200)

    assert ResendBackend().send_messages([EmailMultiAlternatives("A", "B", to=[])]) == 0
    assert server.requests == []


def test_an_outage_that_passes_sends_one_mail_under_one_key(resend_at):
    server = resend_at(500, 500, 200)

    assert ResendBackend().send_messages([a_mail()]) == 1

    assert len({headers["Idempotency-Key"] for headers, _body in server.requests}) == 1
    assert len(server.requests) == 3


def test_two_mails_have_two_keys(resend_at):
    server = resend_at(200, 200)

    assert ResendBackend().send_messages([a_mail(), a_mail()]) == 2

    assert len({headers["Idempotency-Key"] for headers, _body in server.requests}) == 2


def test_resend_says_how_long_to_wait(resend_at):
    server = resend_at(429, 200)
    started = time.monotonic()

    assert ResendBackend().send_messages([a_mail()]) == 1

    assert time.monotonic() - started >= 1
    assert len(server.requests) == 2


def test_an_outage_that_stays_is_told_after_three_tries(resend_at):
    server = resend_at(500, 500, 500)

    with pytest.raises(ResendError):
        ResendBackend().send_messages([a_mail()])

    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [401, 403, 422])
def test_a_refused_mail_is_not_tried_again(resend_at, status):
    server = resend_at(status)

    with pytest.raises(ResendError):
        ResendBackend().send_messages([a_mail()])

    assert len(server.requests) == 1


def test_a_server_that_is_not_there_is_told_and_may_be_ignored(settings, monkeypatch):
    monkeypatch.setattr(ResendBackend, "PAUSE", 0.01)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.RESEND_API_URL = f"http://127.0.0.1:{free.getsockname()[1]}"

    with pytest.raises(ResendError):
        ResendBackend().send_messages([a_mail()])
    assert ResendBackend(fail_silently=True).send_messages([a_mail()]) == 0


def test_other_mail_is_sent_once_what_it_tells_of_is_saved(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mail.post(a_mail())
        assert django_mail.outbox == []

    assert [letter.subject for letter in django_mail.outbox] == ["₹ चाय"]


@pytest.fixture
def kept(settings, tmp_path):
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


def test_the_local_mailbox_keeps_each_mail_and_prints_it_to_be_read(kept, capsys):
    LocalMailbox().send_messages([a_mail(), a_mail()])

    files = list(kept.iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert b"To: a@example.org" in files[0].read_bytes()
    assert "  | Subject: ₹ चाय\n  | \n  | Plain\n" in capsys.readouterr().out


@pytest.mark.urls("batua.tests.test_mail")
def test_the_mailbox_shows_the_newest_mail_first_with_its_link(kept, client, db):
    for number, link in ((1, "http://localhost:8000/a/MQ:1x:y-Z_/"), (2, "http://localhost:8000/b/")):
        LocalMailbox().send_messages(
            [EmailMultiAlternatives(f"Mail {number}", f"Hello <b>\n\nOpen this:\n{link}\n", to=["a@example.org"])]
        )

    page = client.get("/mail/").content.decode()

    assert page.index("Mail 2") < page.index("Mail 1")
    assert '<a href="http://localhost:8000/a/MQ:1x:y-Z_/">http://localhost:8000/a/MQ:1x:y-Z_/</a>' in page
    assert "Hello &lt;b&gt;" in page
    assert "To a@example.org" in page


@pytest.mark.urls("batua.tests.test_mail")
def test_an_empty_mailbox_says_what_will_be_there(kept, client, db):
    assert "No mail yet" in client.get("/mail/").content.decode()


def test_there_is_no_mailbox_outside_local_mode(client, db):
    assert client.get("/mail/").status_code == 404
