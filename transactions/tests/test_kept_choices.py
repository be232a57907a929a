"""What a member chose for lines of a short file stays when the file is read another way, or its page is left."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.html import strip_tags

from transactions.models import ImportBatch, Transaction, Upload, Wallet
from transactions.tests.factories import make_category, make_wallet
from transactions.tests.test_importing import at, checked

MONTH = b"Date,Description,Amount\n03/11/2026,Coffee,-4.50\n04/11/2026,Pay,900.00\n05/11/2026,Rice,-120.00\n"
DROPPED = "What you chose for line"


@pytest.fixture
def upload(as_alice, household) -> Upload:
    return checked(as_alice, household, MONTH)


def printed(client, upload: Upload) -> dict:
    """What the form of the page would send as it stands."""
    page = client.get(at("check", upload)).context
    rows = page["check"].rows
    chosen = {row.marks.category_name: row.marks.chosen for row in rows if row.options}
    ticked = [str(row.number) for row in rows if row.marks.is_ticked]
    reading = dict(page["reading"].hidden)
    return {**reading, "seen": page["reading"].seen, "shown": page["check"].shown, "line": ticked, **chosen}


def read(client, upload: Upload, **changes):
    return client.post(at("read", upload), {**printed(client, upload), **changes})


def marks(page) -> list[tuple[bool, str]]:
    return [(row.marks.is_ticked, strip_tags(row.marks.chosen)) for row in page.context["check"].rows]


def test_ticks_and_categories_stay_when_the_days_are_read_another_way(as_alice, household, upload):
    treats = make_category(household, "Treats")

    page = read(as_alice, upload, line=["3", "4"], date_order="mdy", **{"category-4": str(treats.pk)})
    reloaded = as_alice.get(at("check", upload))

    assert page.status_code == 200
    assert [row.iso for row in page.context["check"].rows] == ["2026-03-11", "2026-04-11", "2026-05-11"]
    assert [is_ticked for is_ticked, _chosen in marks(page)] == [False, True, True]
    assert marks(page)[2][1] == str(treats.pk)
    assert "Import 2 lines" in page.content.decode()
    assert page.context["check"].sums.verdicts == "2 to import"
    assert strip_tags(page.context["check"].sums.went_out) == "\u20b9120.00"
    assert DROPPED not in page.content.decode()
    assert marks(reloaded) == marks(page)
    assert [row.iso for row in reloaded.context["check"].rows] == ["2026-03-11", "2026-04-11", "2026-05-11"]


def test_a_category_that_no_longer_fits_is_dropped_and_that_is_said_once(as_alice, household, upload):
    gifts = make_category(household, "Gifts", kind="income")

    page = read(as_alice, upload, sign="inverted", line=["2", "3"], **{"category-3": str(gifts.pk)})
    again = read(as_alice, upload, date_order="dmy")

    assert "What you chose for line 3 does not fit the line as it is read now" in page.content.decode()
    assert [is_ticked for is_ticked, _chosen in marks(page)] == [True, True, False]
    assert marks(page)[1][1] != str(gifts.pk)
    assert DROPPED not in again.content.decode()
    assert [is_ticked for is_ticked, _chosen in marks(again)] == [True, True, False]


def test_a_line_that_nobody_touched_is_as_its_new_reading_suggests(as_alice, household, upload):
    card = make_wallet(household, "Card")
    Upload.objects.update(created_by=None)  # Somebody else sent that in.
    as_alice.post(at("commit", checked(as_alice, household, MONTH)), {"read": "1", "wallet": card.pk})
    cash = Wallet.objects.get(household=household, name="Cash")

    known = read(as_alice, upload, wallet=card.pk)
    new = read(as_alice, upload, wallet=cash.pk)

    assert [row.verdict for row in known.context["check"].rows] == ["Known"] * 3
    assert DROPPED not in known.content.decode()
    assert [is_ticked for is_ticked, _chosen in marks(new)] == [True] * 3


def test_lines_that_are_other_lines_now_are_as_suggested_and_that_is_said(as_alice, household):
    treats = make_category(household, "Treats")
    upload = checked(as_alice, household, "Date,Description,Amount\n03/11/2026,Café,-4.50\n".encode())

    page = read(as_alice, upload, encoding="windows-1252", **{"category-2": str(treats.pk)})

    assert "What you chose for line 2 does not fit the line as it is read now" in page.content.decode()
    assert marks(page)[0][1] != str(treats.pk)


def test_a_reading_that_fails_loses_nothing(as_alice, household, upload):
    treats = make_category(household, "Treats")

    failed = read(as_alice, upload, **{"line": ["2", "3"], "category-2": str(treats.pk), "column-date": "1"})
    mended = as_alice.post(at("read", upload), {"read": "1", "date_order": "mdy"})

    assert failed.status_code == 422
    assert marks(mended)[0] == (True, str(treats.pk))
    assert [is_ticked for is_ticked, _chosen in marks(mended)] == [True, True, False]


def test_lines_that_were_seen_as_read_otherwise_are_shown_before_they_are_imported(as_alice, household, upload):
    treats = make_category(household, "Treats")
    sent = {**printed(as_alice, upload), "category-2": str(treats.pk), "line": ["2"]}

    page = as_alice.post(at("commit", upload), {**sent, "sign": "inverted"})

    assert page.status_code == 422
    assert "You changed how the file is read. Look at its lines again, then import them." in page.content.decode()
    assert marks(page)[0] == (True, str(treats.pk))
    assert not Transaction.objects.exists()

    as_alice.post(at("commit", upload), printed(as_alice, upload))
    assert [(entry.note, entry.amount, entry.category.name) for entry in Transaction.objects.all()] == [
        ("Coffee", -4.5, "Treats")
    ]


@pytest.mark.parametrize("name", ["commit", "read", "choose"])
def test_the_address_of_a_press_leads_to_the_check_with_what_was_chosen(as_alice, household, upload, name):
    treats = make_category(household, "Treats")
    sent = {**printed(as_alice, upload), "line": [], "category-2": str(treats.pk)}
    refused = as_alice.post(at(name, upload), sent)

    answer = as_alice.get(at(name, upload), follow=True)

    assert refused.status_code == {"commit": 422, "read": 200, "choose": 200}[name]
    assert answer.redirect_chain == [(at("check", upload), 303)]
    assert marks(answer) == [(False, str(treats.pk)), *marks(answer)[1:]]
    assert [is_ticked for is_ticked, _chosen in marks(answer)] == [False] * 3


def test_bob_changes_no_choices_of_alice(as_bob, as_alice, household, upload):
    answer = as_bob.post(at("read", upload), {"read": "1", "date_order": "mdy"})

    assert answer.status_code == 404
    assert as_bob.get(at("commit", upload)).status_code == 404
    assert as_alice.get(at("check", upload)).context["check"].rows[0].iso == "2026-11-03"


def test_a_file_that_is_imported_already_leads_to_what_came_of_it(as_alice, household, upload):
    as_alice.post(at("commit", upload), printed(as_alice, upload))

    done = reverse("transactions:import-done", args=[Upload.objects.get().batch_id])

    for name in ("commit", "read", "choose"):
        assert as_alice.get(at(name, upload), follow=True).redirect_chain[-1][0] == done
        assert as_alice.post(at(name, upload)).url == done
        assert as_alice.post(at(name, upload), headers={"HX-Request": "true"})["HX-Redirect"] == done


@pytest.mark.parametrize(("way", "name"), [("get", "check"), ("post", "read"), ("post", "choose")])
def test_a_file_that_is_imported_at_that_moment_leads_to_what_came_of_it(as_alice, upload, way, name):
    batch = ImportBatch.objects.create(household=upload.household, file_name="bank.csv")

    def import_behind(execute, sql, *rest):
        found = execute(sql, *rest)
        if sql.startswith("SELECT") and 'FROM "transactions_upload"' in sql:
            Upload.objects.filter(pk=upload.pk).update(batch=batch, content=b"")
        return found

    sent = printed(as_alice, upload)
    with connection.execute_wrapper(import_behind):
        answer = getattr(as_alice, way)(at(name, upload), sent)

    assert answer.url == reverse("transactions:import-done", args=[batch.pk])
