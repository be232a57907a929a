"""Mail against a real HTTP server on loopback that answers as Resend does, and the mailbox of local mode."""

import base64
import re
import socket
import time

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import path

from batua import mailbox
from batua.mail import LocalMailbox, MailDelayed, MailRefused, ResendBackend
from batua.urls import urlpatterns as usual

urlpatterns = [*usual, path("mail/", mailbox.show, name="mailbox")]


def a_mail() -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives("₹ चाय", "Plain", "Batua <b@batua.example>", ["a@example.org"])
    mail.attach_alternative("<p>Rich</p>", "text/html")
    return mail


def test_a_mail_reaches_resend_whole(fake_resend, settings):
    server = fake_resend(200)
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


def test_a_mail_to_nobody_is_not_sent(fake_resend):
    server = fake_resend(200)

    assert ResendBackend().send_messages([EmailMultiAlternatives("A", "B", to=[])]) == 0
    assert server.requests == []


def test_an_outage_that_passes_sends_one_mail_under_one_key(fake_resend):
    server = fake_resend(500, 500, 200)

    assert ResendBackend().send_messages([a_mail()]) == 1

    assert len(set(server.keys())) == 1
    assert len(server.requests) == 3


def test_two_mails_have_two_keys(fake_resend):
    server = fake_resend(200, 200)

    assert ResendBackend().send_messages([a_mail(), a_mail()]) == 2

    assert len(set(server.keys())) == 2


def test_resend_says_how_long_to_wait(fake_resend):
    server = fake_resend(429, 200)
    started = time.monotonic()

    assert ResendBackend().send_messages([a_mail()]) == 1

    assert time.monotonic() - started >= 1
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("status", "tries", "kind", "words"),
    [
        (500, 3, MailDelayed, "Resend has a fault of its own (500)."),
        (401, 1, MailDelayed, "Resend does not accept the key in RESEND_API_KEY, or the sender in MAIL_FROM"),
        (403, 1, MailDelayed, "Resend does not accept the key in RESEND_API_KEY, or the sender in MAIL_FROM"),
        (409, 1, MailDelayed, "Resend is sending this mail just now."),
        (422, 1, MailRefused, "Resend refuses this mail (422): … is no address"),
    ],
)
def test_what_is_wrong_is_told_in_words_without_an_address(fake_resend, status, tries, kind, words):
    server = fake_resend(*[status] * tries)

    with pytest.raises(kind, match=re.escape(words)) as raised:
        ResendBackend().send_messages([a_mail()])

    assert type(raised.value) is kind
    assert "@" not in str(raised.value)
    assert len(server.requests) == tries


def test_a_server_that_is_not_there_is_told_and_may_be_ignored(settings, monkeypatch):
    monkeypatch.setattr(ResendBackend, "PAUSE", 0.01)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.RESEND_API_URL = f"http://127.0.0.1:{free.getsockname()[1]}"

    with pytest.raises(MailDelayed, match="cannot be reached"):
        ResendBackend().send_messages([a_mail()])
    assert ResendBackend(fail_silently=True).send_messages([a_mail()]) == 0


def test_a_server_that_does_not_answer_is_given_up(fake_resend, monkeypatch):
    monkeypatch.setattr("batua.mail._Client.TIMEOUT", (0.2, 0.2))
    monkeypatch.setattr(ResendBackend, "TRIES", 1)
    fake_resend("slow")
    started = time.monotonic()

    with pytest.raises(MailDelayed, match="did not answer in time"):
        ResendBackend().send_messages([a_mail()])

    assert time.monotonic() - started < 1


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
