"""Mails that cross the network: kept, sealed, in one transaction with what they tell of; tried until they are taken."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection, connections, transaction

from accounts.models import User
from batua import mail_queue, sealing
from batua.mail import MailDelayed, MailRefused

LINK = "http://testserver/accounts/password/reset/key/1-secret/"


def a_mail() -> EmailMultiAlternatives:
    letter = EmailMultiAlternatives("₹ चाय", f"Follow {LINK}", "Batua <b@batua.example>", ["a@example.org"])
    letter.attach_alternative("<p>Rich</p>", "text/html")
    return letter


def jobs() -> list[tuple]:
    """State and tries of each mail in the database, and whether it waits for later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, attempts, scheduled_at > now() FROM procrastinate_jobs WHERE queue_name = 'mail'"
        )
        return cursor.fetchall()


def kept() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(args::text, '') FROM procrastinate_jobs")
        return cursor.fetchone()[0]


def test_other_mail_is_sent_once_what_it_tells_of_is_saved(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mail_queue.post(a_mail())
        assert mail.outbox == []

    assert [letter.subject for letter in mail.outbox] == ["₹ चाय"]


def test_a_mail_waits_in_the_database_and_goes_out_as_a_job(fake_resend, run_jobs):
    server = fake_resend(200)

    mail_queue.post(a_mail())
    assert server.requests == []
    run_jobs("mail")

    ((_headers, sent),) = server.requests
    assert (sent["to"], sent["subject"], sent["html"]) == (["a@example.org"], "₹ चाय", "<p>Rich</p>")
    assert LINK in sent["text"]


def test_nobody_reads_a_waiting_mail_in_the_database(fake_resend, run_jobs):
    fake_resend()

    mail_queue.post(a_mail())

    assert not any(word in kept() for word in ("secret", "a@example.org", "Rich"))


def test_a_mail_about_what_never_was_is_never_sent(fake_resend, run_jobs):
    fake_resend()

    with transaction.atomic():
        mail_queue.post(a_mail())
        transaction.set_rollback(True)

    assert jobs() == []


@pytest.mark.parametrize("broken", [401, 422, 500, "slow", "dead"])
def test_a_failing_provider_breaks_no_sign_up(fake_resend, run_jobs, client, settings, monkeypatch, broken):
    monkeypatch.setattr("batua.mail._Client.TIMEOUT", (0.2, 0.2))
    monkeypatch.setattr("batua.mail.ResendBackend.TRIES", 1)
    cache.clear()
    fake_resend(broken)
    if broken == "dead":
        settings.RESEND_API_URL = "http://127.0.0.1:9"
    form = {"email": "asha@example.org", "password1": "a long enough secret", "password2": "a long enough secret"}
    chosen = {"currency": "INR", "locale": "en-IN", "time_zone": "Asia/Kolkata", "month_start": 1, "week_start": 0}

    answer = client.post("/accounts/signup/", form | chosen | {"theme": "system"}, follow=True)
    with pytest.raises((MailDelayed, MailRefused)):
        run_jobs("mail")

    assert "Look into your mail" in answer.content.decode()
    assert User.objects.get().households.count() == 1


def test_what_is_sealed_opens_with_an_older_key_and_for_its_purpose_only(settings):
    settings.SECRET_KEY = "the old one"
    sealed = sealing.seal("₹", purpose="mail")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["the old one"]

    assert sealing.unseal(sealed, purpose="mail") == "₹"
    with pytest.raises(sealing.SealError):
        sealing.unseal(sealed, purpose="factor")
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(sealing.SealError):
        sealing.unseal(sealed, purpose="mail")


@pytest.fixture
def committed(transactional_db, monkeypatch):
    """A worker has connections of its own and sees only what is committed."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    monkeypatch.setattr("batua.mail.ResendBackend.TRIES", 1)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_a_mail_is_tried_again_later_under_the_same_key(committed, fake_resend, capsys):
    server = fake_resend(500, 401, 200)
    mail_queue.post(a_mail())

    call_command("send_mail_queue")
    assert jobs() == [("todo", 1, True)]
    call_command("send_mail_queue")
    assert jobs() == [("todo", 2, True)]
    call_command("send_mail_queue")

    assert jobs() == []
    assert len(set(server.keys())) == 1
    assert [body["subject"] for _headers, body in server.requests] == ["₹ चाय"] * 3
    assert capsys.readouterr().out.splitlines() == [
        "Mails tried: 1. Still waiting: 1. Given up: 0.",
        "Mails tried: 1. Still waiting: 1. Given up: 0.",
        "Mails tried: 1. Still waiting: 0. Given up: 0.",
    ]


def test_a_refused_mail_is_given_up_at_once_and_sent_when_the_fault_is_mended(committed, fake_resend, capsys, caplog):
    fake_resend(422, 200)
    mail_queue.post(a_mail())

    call_command("send_mail_queue")
    assert jobs() == [("failed", 1, None)]
    call_command("send_mail_queue")
    call_command("send_mail_queue", dry_run=True)
    call_command("send_mail_queue", given_up=True)

    assert jobs() == []
    assert capsys.readouterr().out.splitlines() == [
        "Mails tried: 1. Still waiting: 0. Given up: 1.",
        "Mails tried: 0. Still waiting: 0. Given up: 1.",
        "Mails that wait: 0. Given up: 1.",
        "Mails tried: 1. Still waiting: 0. Given up: 0.",
    ]
    assert "A mail was not sent: Resend refuses this mail (422)" in caplog.text
    assert "a@example.org" not in caplog.text
