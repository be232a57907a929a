"""The page of backups: an owner fetches one, looks into one and restores it; nobody else may."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.middleware import SESSION_KEY
from accounts.models import Household, Membership
from batua.tests.archives import fill, members, taken, with_row
from conftest import proved
from transactions.models import Transaction
from transactions.tests.factories import make_transaction

PAGE, DOWNLOAD = "/backup/", "/backup/download/"
SENTENCE = "Only an owner of these books can back them up or restore a backup."


@pytest.fixture
def archive(household, alice):
    fill(household, alice)
    return taken(household)


def send(client, content, **fields):
    return client.post(PAGE, {"file": SimpleUploadedFile("backup.zip", content), **fields})


def confirm(client, content):
    """Both steps: look, then restore what was looked at."""
    digest = send(client, content).context["contents"].digest
    return send(client, content, confirmed=digest)


def test_the_profile_leads_to_the_page(as_alice):
    assert f'href="{PAGE}"' in as_alice.get(reverse("accounts:profile")).content.decode()


def test_the_page_offers_both(as_alice):
    text = as_alice.get(PAGE).content.decode()

    assert DOWNLOAD in text
    assert "The books that you have stay as they are." in text


def test_the_download_is_the_backup_of_the_open_books(as_alice, household, bobs_household):
    make_transaction(household, note="Vegetables")
    make_transaction(bobs_household, note="Bob's secret")

    answer = proved(as_alice).get(DOWNLOAD)

    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="batua-alices-household-2026-11-25.zip"'
    assert "no-store" in answer["Cache-Control"]
    assert members(content) == members(taken(household))
    assert b"Bob" not in b"".join(members(content).values())


def test_what_it_holds_is_shown_before_anything_is_made(as_alice, archive):
    answer = send(as_alice, archive)

    text = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "Alice&#x27;s household",
        "4 entries",
        "2 wallets",
        "1 budget",
        "1 import",
        "Kept in INR",
        "25 Nov 2026",
    ):
        assert words in text
    assert Household.objects.count() == 1


def test_a_confirmed_backup_becomes_a_household_of_ones_own(as_alice, archive, household, alice):
    answer = confirm(as_alice, archive)

    new = Household.objects.exclude(pk=household.pk).get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("reports:dashboard"))
    assert list(new.memberships.values_list("user", "role")) == [(alice.pk, "owner")]
    assert as_alice.session[SESSION_KEY] == new.pk
    assert taken(household) == archive
    assert "Restored." in as_alice.get(answer["Location"]).content.decode()


def test_htmx_gets_the_part_and_is_sent_to_the_dashboard(as_alice, archive):
    headers = {"HX-Request": "true"}
    looked = as_alice.post(PAGE, {"file": SimpleUploadedFile("b.zip", archive)}, headers=headers)
    digest = looked.context["contents"].digest

    done = as_alice.post(PAGE, {"file": SimpleUploadedFile("b.zip", archive), "confirmed": digest}, headers=headers)

    assert looked.content.decode().lstrip().startswith('<div class="stack" id="backup-contents"')
    assert done["HX-Redirect"] == reverse("reports:dashboard")


def test_a_large_file_is_read_from_the_disk(as_alice, archive, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0

    assert confirm(as_alice, archive).status_code == 303


def test_another_archive_than_the_one_that_was_shown_is_shown_first(as_alice, as_bob, archive, bobs_household):
    digest = send(as_alice, archive).context["contents"].digest

    answer = send(as_alice, taken(bobs_household), confirmed=digest)

    assert "Bob&#x27;s household" in answer.content.decode()
    assert Household.objects.count() == 2


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_file_that_is_no_backup_is_refused_in_words(as_alice, household, headers):
    answer = as_alice.post(PAGE, {"file": SimpleUploadedFile("a.zip", b"no archive")}, headers=headers)

    assert answer.status_code == 422
    assert "The file is damaged or no ZIP archive." in answer.content.decode()
    assert Household.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({}, "Choose the backup that you kept."), ({"file": io.BytesIO(b"")}, "The file is empty. Choose another one.")],
)
def test_no_file_and_an_empty_one(as_alice, sent, sentence):
    answer = as_alice.post(PAGE, sent)

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_a_row_that_cannot_be_is_named_and_nothing_is_made(as_alice, archive):
    answer = confirm(as_alice, with_row(archive, "entries.jsonl", 2, amount="0"))

    assert answer.status_code == 422
    assert "Nothing was restored. entries.jsonl, line 2: the database refuses the row" in answer.content.decode()
    assert (Household.objects.count(), Transaction.objects.count()) == (1, 4)


def test_bob_restores_into_his_own_household_only(as_bob, archive, household, bob):
    confirm(as_bob, archive)

    assert list(household.memberships.values_list("user__email", flat=True)) == ["alice@example.org"]
    assert set(bob.households.values_list("name", flat=True)) == {"Bob's household", "Alice's household"}
    assert not Transaction.objects.filter(household__in=bob.households.all(), created_by__isnull=False).exists()


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_only_an_owner_may(as_viewer, viewer, archive, role):
    Membership.objects.filter(user=viewer).update(role=role)

    answers = [as_viewer.get(PAGE), as_viewer.get(DOWNLOAD), send(as_viewer, archive)]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert SENTENCE in answers[0].content.decode()
    assert SENTENCE in answers[1].content.decode()
    assert Household.objects.count() == 1
    assert PAGE not in as_viewer.get(reverse("accounts:profile")).content.decode()


def test_a_stranger_is_sent_to_the_login(client, db):
    assert client.get(DOWNLOAD)["Location"].startswith("/accounts/login/")
