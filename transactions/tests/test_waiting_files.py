"""Several files sent in at once: each is checked by itself, the earliest first, and none is lost on the way."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from transactions.forms import files
from transactions.imports import uploads
from transactions.models import Transaction, Upload
from transactions.tests.test_archives_of_one_file import zipped
from transactions.tests.test_importing import at

PAGE = reverse("transactions:import")


def month(number: int, amount: int = 5) -> bytes:
    return f"Date,Description,Amount\n2026-{number:02}-03,Tram,-{amount}\n2026-{number:02}-17,Tea,-2\n".encode()


def send(client, **sent: bytes):
    several = [SimpleUploadedFile(name.replace("__", "."), content) for name, content in sent.items()]
    return client.post(PAGE, {"file": several})


def names(household) -> list[str]:
    return list(Upload.objects.of(household).order_by("pk").values_list("file_name", flat=True))


def test_the_earliest_is_checked_first_and_the_others_wait(as_alice, household):
    answer = send(as_alice, newest__csv=month(3), oldest__csv=month(1), middle__csv=month(2))

    first = Upload.objects.of(household).order_by("pk").first()
    page = as_alice.get(PAGE)
    assert (answer.status_code, answer["Location"]) == (303, at("check", first))
    assert names(household) == ["oldest.csv", "middle.csv", "newest.csv"]
    assert [row.name for row in page.context["waiting"]] == ["oldest.csv", "middle.csv", "newest.csv"]
    assert "Waiting to be checked" in page.content.decode()


def test_each_import_leads_to_the_next_file(as_alice, household):
    send(as_alice, a__csv=month(1), b__csv=month(2))
    first, second = Upload.objects.of(household).order_by("pk")

    done = as_alice.post(at("commit", first), {"wallet": "new"}, follow=True)
    last = as_alice.post(at("commit", second), {"wallet": "new"}, follow=True)

    assert "1 more file waits to be checked." in done.content.decode()
    assert f'href="{at("check", second)}">Check b.csv</a>' in done.content.decode()
    assert "more file" not in last.content.decode()
    assert Transaction.objects.of(household).count() == 4


def test_one_that_cannot_be_read_stops_no_other_and_is_named(as_alice, household):
    answer = send(as_alice, photo__png=b"\x89PNG\r\n\x1a\n" + b"x" * 40, empty__csv=b"", good__csv=month(1))

    errors = answer.context["form"].errors["file"]
    assert answer.status_code == 422
    assert [error.partition(":")[0] for error in errors] == ["photo.png", "empty.csv"]
    assert errors[1] == "empty.csv: The file is empty. Download it from the bank again."
    assert [row.name for row in answer.context["waiting"]] == ["good.csv"]


def test_where_none_can_be_read_nothing_is_kept(as_alice, household):
    answer = send(as_alice, a__csv=b"", b__csv=b"")

    assert (answer.status_code, names(household)) == (422, [])


def test_an_archive_of_several_statements_is_unpacked(as_alice, household):
    packed = zipped(**{"2026/march.csv": month(3), "2026/january.csv": month(1), "read me.pdf": b"%PDF"})

    assert send(as_alice, bank__zip=packed).status_code == 303
    assert names(household) == ["january.csv", "march.csv"]


def test_of_an_archive_what_cannot_be_read_is_named(as_alice, household):
    answer = send(as_alice, ynab__zip=zipped(Register__csv=month(3), Budget__csv=b"nothing"))

    assert [error.partition(":")[0] for error in answer.context["form"].errors["file"]] == ["Budget.csv"]
    assert names(household) == ["Register.csv"]


@pytest.mark.parametrize("limit", ["files", "bytes"])
def test_an_archive_of_too_much_is_refused_with_what_to_do(as_alice, household, monkeypatch, limit):
    if limit == "files":
        monkeypatch.setattr(files, "MOST_FILES", 1)
    big = {f"{number}.csv": month(1) + b" " * 4_000_000 for number in range(3)}

    answer = send(as_alice, bank__zip=zipped(**(big if limit == "bytes" else {"a.csv": month(1), "b.csv": month(2)})))

    assert "Unpack it and import one after the other" in answer.context["form"].errors["file"][0]
    assert names(household) == []


def test_too_many_at_once_are_refused(as_alice, household, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 2)

    answer = send(as_alice, a__csv=month(1), b__csv=month(2), c__csv=month(3))

    assert answer.context["form"].errors["file"] == ["Choose at most 2 files at once, and the others after them."]
    assert (answer.status_code, names(household)) == (422, [])


def test_together_they_may_be_as_large_as_one(as_alice, household):
    answer = send(as_alice, a__csv=month(1) + b" " * 6_000_000, b__csv=month(2) + b" " * 6_000_000)

    assert answer.context["form"].errors["file"] == [
        "Together, these files are larger than 10 MB. Choose some now, and the others after them."
    ]
    assert (answer.status_code, names(household)) == (413, [])


def test_a_long_one_among_them_is_read_in_the_background(as_alice, household):
    rows = "".join(f"2026-02-{1 + number % 28:02},Fee {number},-1\n" for number in range(uploads.LONG + 1))

    answer = send(as_alice, long__csv=f"Date,Description,Amount\n{rows}".encode(), short__csv=month(1))

    assert names(household) == ["short.csv", "long.csv"]
    assert answer["Location"] == at("check", Upload.objects.get(file_name="short.csv"))
    assert as_alice.get(at("check", Upload.objects.get(file_name="long.csv"))).status_code == 200


def test_the_same_file_once_more_is_the_one_that_waits(as_alice, household):
    send(as_alice, a__csv=month(1), b__csv=month(2))
    kept = Upload.objects.get(file_name="a.csv")
    as_alice.post(at("choose", kept), {"shown": "2,3", "line": "3", "read": "1", "wallet": "new"})
    Upload.objects.filter(pk=kept.pk).update(created_at=timezone.now() - timedelta(hours=23))

    again = send(as_alice, a__csv=month(1))
    send(as_alice, a__csv=month(1, 6))

    kept.refresh_from_db()
    assert again["Location"] == at("check", kept)
    assert kept.chosen is not None
    assert timezone.now() - kept.created_at < timedelta(hours=1)
    assert names(household) == ["a.csv", "b.csv", "a.csv"]


def test_what_is_put_away_waits_no_more(as_alice, household):
    send(as_alice, a__csv=month(1), b__csv=month(2))
    first, second = Upload.objects.of(household).order_by("pk")
    as_alice.post(at("commit", second), {"wallet": "new"})

    gone = as_alice.post(at("discard", first))
    as_alice.post(at("discard", second))

    assert gone["Location"] == PAGE
    assert names(household) == ["b.csv"]
    assert as_alice.get(at("discard", second))["Location"] == PAGE


def test_what_waits_is_shown_to_who_sent_it_and_for_a_day(as_alice, as_bob, household):
    send(as_alice, a__csv=month(1), b__csv=month(2))
    first, second = Upload.objects.of(household).order_by("pk")
    Upload.objects.filter(pk=second.pk).update(created_at=timezone.now() - timedelta(hours=25))

    assert as_bob.post(at("discard", first)).status_code == 404

    assert [row.name for row in as_alice.get(PAGE).context["waiting"]] == ["a.csv"]
    assert as_bob.get(PAGE).context["waiting"] == []


def test_a_file_without_anything_new_leads_on_to_the_next(as_alice, household):
    send(as_alice, a__csv=month(1))
    as_alice.post(at("commit", Upload.objects.get()), {"wallet": "new"})
    send(as_alice, a__csv=month(1), b__csv=month(2))
    again, other = Upload.objects.of(household).filter(batch=None).order_by("pk")

    page = as_alice.get(at("check", again)).content.decode()
    answer = as_alice.post(at("discard", again), {"on": "1"})
    last = as_alice.post(at("discard", other), {"on": "1"})

    assert f'formaction="{at("discard", again)}"' in page
    assert (answer["Location"], last["Location"]) == (at("check", other), PAGE)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_being_read_or_imported_lets_nobody_wait(as_alice, household):
    send(as_alice, a__csv=month(1))
    kept = Upload.objects.get()
    elsewhere = connection.copy()
    try:
        elsewhere.set_autocommit(False)
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT FROM transactions_upload WHERE id = %s FOR NO KEY UPDATE", [kept.pk])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        again = send(as_alice, a__csv=month(1))
        gone = as_alice.post(at("discard", kept), follow=True)
    finally:
        elsewhere.close()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")

    assert again["Location"] == at("check", kept)
    assert "This file is being read or imported just now." in gone.content.decode()
    assert names(household) == ["a.csv"]
