"""What somebody imports or records while a file's page stands open is seen before the file is imported."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from transactions.imports import check_page, uploads
from transactions.models import ImportBatch, Transaction, Upload, Wallet
from transactions.tests.factories import make_transaction, make_wallet
from transactions.tests.long_files import at as at_long
from transactions.tests.test_importing import at, checked
from transactions.tests.test_short_pages import sent

CSV = b"Date,Description,Amount\n2026-11-03,Coffee,-4.50\n2026-11-20,Rice,-120.00\n"
OFX = b"""<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR<BANKTRANLIST>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261103<TRNAMT>-4.50<FITID>a-1<NAME>Coffee</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261120<TRNAMT>-120.00<FITID>a-2<NAME>Rice</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""


@pytest.fixture(autouse=True)
def one_bank(household):
    """The household's one wallet is kept for a bank's files."""
    Wallet.objects.of(household).update(kind=Wallet.Kind.BANK)


def press(client, upload: Upload, values: dict):
    return client.post(at("commit", upload), values)


def test_the_same_payments_of_another_file_are_seen_before_they_come_twice(as_alice, household):
    first, second = checked(as_alice, household, CSV), checked(as_alice, household, OFX)
    values = [sent(as_alice, upload) for upload in (first, second)]

    imported, stopped = press(as_alice, first, values[0]), press(as_alice, second, values[1])

    assert (imported.status_code, stopped.status_code) == (303, 422)
    assert "Your books changed since this page was made: lines 2, 3 are judged anew." in stopped.content.decode()
    assert [(row.verdict, row.marks.is_ticked) for row in stopped.context["check"].rows] == [
        ("Looks like one", False)
    ] * 2
    assert Transaction.objects.count() == 2


def test_both_sides_of_a_transfer_become_one(as_alice, household):
    giro, savings = make_wallet(household, "Giro"), make_wallet(household, "Savings")
    out = checked(as_alice, household, b"Date,Text,Amount\n2026-11-03,To savings,-500.00\n")
    into = checked(as_alice, household, b"Date,Text,Amount,Remark\n2026-11-04,From giro,500.00,x\n")
    for upload, wallet in ((out, giro), (into, savings)):
        as_alice.post(at("read", upload), sent(as_alice, upload, wallet=str(wallet.pk)))
    values = [sent(as_alice, upload) for upload in (out, into)]

    press(as_alice, out, values[0])
    stopped = press(as_alice, into, values[1])
    press(as_alice, into, sent(as_alice, into))

    assert (stopped.status_code, [row.verdict for row in stopped.context["check"].rows]) == (422, ["Transfer"])
    assert list(Transaction.objects.values_list("kind", flat=True)) == ["transfer"]


def test_lines_of_other_pages_are_watched_too(as_alice, household, monkeypatch):
    monkeypatch.setattr(check_page, "ON_A_PAGE", 2)
    rows = "".join(f"2026-11-{day:02},Shop {day},-{day}.50\n" for day in range(1, 6))
    upload = checked(as_alice, household, b"Date,Description,Amount\n" + rows.encode())
    values = sent(as_alice, upload)
    make_transaction(household, "5.50", on=date(2026, 11, 5), note="By hand")

    stopped = press(as_alice, upload, values)

    assert stopped.status_code == 422
    assert "Your books changed since this page was made. Look at the lines again" in stopped.content.decode()


def test_what_was_seen_is_imported_as_it_was_seen(as_alice, household):
    make_transaction(household, "4.50", on=date(2026, 11, 3), note="By hand")
    upload = checked(as_alice, household, CSV)

    assert press(as_alice, upload, sent(as_alice, upload, line=["2", "3"])).status_code == 303
    assert Transaction.objects.count() == 3


@pytest.mark.parametrize("page", [0, 1])
def test_a_line_that_is_new_only_by_now_is_shown_before_it_is_left_out(as_alice, household, monkeypatch, page):
    monkeypatch.setattr(check_page, "ON_A_PAGE", 1)
    own = make_transaction(household, "4.50", on=date(2026, 11, 3), note="By hand")
    upload = checked(as_alice, household, CSV)
    values = sent(as_alice, upload, after=page)
    own.delete()

    stopped = press(as_alice, upload, values)

    assert (stopped.status_code, ImportBatch.objects.count()) == (422, 0)
    assert "Your books changed since this page was made" in stopped.content.decode()
    press(as_alice, upload, sent(as_alice, upload))
    assert Transaction.objects.count() == 2


@pytest.mark.usefixtures("kinds")
def test_a_line_of_a_long_file_that_is_new_only_by_now_is_shown_before_it_comes(as_alice, run_jobs):
    Transaction.objects.filter(note="By hand").delete()

    as_alice.post(at_long("import-commit"))
    run_jobs()

    page = as_alice.get(at_long("import-check")).context
    assert page["notices"] == [
        "Your books changed since this page was made: line 3 is judged anew. Look at it, then import."
    ]
    assert not ImportBatch.objects.exists()
    as_alice.post(at_long("import-commit"))
    run_jobs()
    assert Transaction.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_press_that_waited_for_another_one_finds_what_that_did(household, alice):
    upload = uploads.keep(household=household, created_by=alice, file_name="bank.csv", content=CSV)
    found = []

    def wait() -> None:
        with transaction.atomic():
            found.append(uploads.locked(upload).batch)
        connection.close()

    second = Thread(target=wait)
    with transaction.atomic():
        kept = uploads.locked(upload)
        second.start()
        while not waits():
            second.join(0.01)
        batch = ImportBatch.objects.create(household=household, file_name="bank.csv")
        uploads.served(kept, batch)
    second.join()

    assert found == [batch]


def waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
