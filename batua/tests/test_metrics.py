"""What Batua counts about itself, where it happens: after the commit, and under labels from closed lists."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from prometheus_client import REGISTRY
from resend.exceptions import ResendError

from batua import metrics
from batua.mail import MailDelayed
from transactions import recording
from transactions.models import Category, Upload, Wallet
from transactions.recording import Draft

CSV = b"Date,Description,Amount\n2026-11-02,Rent,-12000.00\n2026-11-03,Salary,90000.00\n2026-11-03,Broken,12x\n"


class Counted:
    """By how much a counter grew since this was made."""

    def __init__(self, name: str, **labels: str) -> None:
        self.name, self.labels = name, labels
        self.before = self._now()

    def _now(self) -> float:
        return REGISTRY.get_sample_value(f"batua_{self.name}_total", self.labels) or 0.0

    @property
    def more(self) -> float:
        return self._now() - self.before


@pytest.fixture
def draft(household) -> Draft:
    wallet = Wallet.objects.of(household).get().pk
    category = Category.objects.of(household).get(kind="expense").pk
    return Draft("expense", Decimal("250"), date(2026, 11, 25), wallet, None, category, "Chai", "")


def test_an_entry_counts_once_it_is_committed(household, alice, draft, django_capture_on_commit_callbacks):
    spending = Counted("transactions_recorded", kind="expense")

    with django_capture_on_commit_callbacks(execute=True):
        recording.record(household=household, by=alice, draft=draft)

        assert spending.more == 0
    assert spending.more == 1


def test_an_entry_that_is_rolled_back_counts_nothing(household, alice, draft, django_capture_on_commit_callbacks):
    spending = Counted("transactions_recorded", kind="expense")

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        recording.record(household=household, by=alice, draft=draft)
        transaction.set_rollback(True)

    assert spending.more == 0


def test_an_import_counts_its_format_its_lines_and_its_entries(as_alice, django_capture_on_commit_callbacks):
    saved = Counted("imports", format="csv", outcome="saved")
    lines = {outcome: Counted("import_lines", outcome=outcome) for outcome in metrics.LINES}
    entries = {kind: Counted("transactions_recorded", kind=kind) for kind in metrics.KINDS}
    as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile("bank.csv", CSV)})
    upload = Upload.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        as_alice.post(reverse("transactions:import-commit", args=[upload.pk]), {"line": ["2", "3"]})

    assert saved.more == 1
    assert {outcome: each.more for outcome, each in lines.items()} == {
        "saved": 2, "known": 0, "left out": 1, "refused": 1
    }  # fmt: skip
    assert {kind: each.more for kind, each in entries.items()} == {"income": 1, "expense": 1, "transfer": 0}


def test_a_file_that_is_no_statement_counts_as_refused(as_alice):
    refused = Counted("imports", format="other", outcome="refused")

    as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile("photo.jpeg", b"\xff\xd8\xff\xe0")})

    assert refused.more == 1


def test_a_download_counts_its_format(as_alice):
    written = Counted("exports", format="csv")

    as_alice.get(reverse("reports:export-download"), {"format": "csv", "period": "all-time"})

    assert written.more == 1


def test_a_wrong_password_counts_and_a_right_one_too(alice):
    failed, succeeded = Counted("logins", outcome="failed"), Counted("logins", outcome="succeeded")
    address = reverse("account_login")

    Client().post(address, {"login": alice.email, "password": "wrong horse"})
    Client().post(address, {"login": alice.email, "password": "correct horse battery"})

    assert (failed.more, succeeded.more) == (1, 1)


def test_a_mail_counts_as_sent_or_as_failed(settings, monkeypatch):
    settings.EMAIL_BACKEND = "batua.mail.ResendBackend"
    sent, failed = Counted("mails", outcome="sent"), Counted("mails", outcome="failed")
    mail = EmailMessage("Hello", "Text", to=["alice@example.org"])

    monkeypatch.setattr("resend.Emails.send", lambda *_arguments: None)
    mail.send()
    monkeypatch.setattr("resend.Emails.send", _refuse)
    with pytest.raises(MailDelayed):
        mail.send()

    assert (sent.more, failed.more) == (1, 1)


def _refuse(*_arguments: object) -> None:
    raise ResendError(code=403, error_type="validation_error", message="no such sender", suggested_action="")


def test_a_label_that_is_not_listed_counts_as_other():
    other = Counted("exports", format="other")

    metrics.exported("../../etc/passwd")

    assert other.more == 1
