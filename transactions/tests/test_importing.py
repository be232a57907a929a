import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from batua import periods
from transactions import ledger
from transactions.management.commands.import_statement import in_words
from transactions.models import Category, ImportBatch, Transaction, Upload, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet

TWO_COFFEES = (
    b"Date,Description,Amount\n2026-11-03,Coffee House,-4.50\n2026-11-03,Coffee House,-4.50\n2026-11-04,Salary,900.00\n"
)


@pytest.fixture
def statement(tmp_path):
    path = tmp_path / "bank.csv"
    path.write_bytes(TWO_COFFEES)
    return path


def imported(path, *options: str) -> dict:
    said = StringIO()
    call_command(
        "import_statement",
        str(path),
        "--member",
        "ALICE@example.org",
        "--wallet",
        "cash",
        "--json",
        *options,
        stdout=said,
    )
    return json.loads(said.getvalue())


def test_two_equal_coffees_stay_two_and_the_same_file_again_adds_nothing(household, statement):
    first, second = imported(statement), imported(statement)

    assert (first["new"], first["known"]) == (3, 0)
    assert (second["new"], second["known"]) == (0, 3)
    assert Transaction.objects.of(household).count() == 3
    totals = ledger.totals(household, periods.resolve("all-time", today=date(2026, 11, 25)))
    assert (totals.income, totals.spending) == (Decimal("900"), Decimal("9"))


def test_each_line_is_judged_once_within_the_transaction_that_writes_it(household, statement):
    with CaptureQueriesContext(connection) as asked:
        imported(statement)

    places = [place for place, query in enumerate(asked) if 'key" = ANY' in query["sql"]]
    locks = [place for place, query in enumerate(asked) if "FOR NO KEY UPDATE" in query["sql"]]
    assert len(places) == 1
    assert locks[0] < places[0]


def test_a_dry_run_writes_nothing(household, statement):
    answer = imported(statement, "--dry-run")

    assert answer["new"] == 3
    assert not Transaction.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_shell_hears_what_the_page_says_of_the_whole_file(household, tmp_path):
    path = tmp_path / "bank.csv"
    path.write_bytes(b"Date,Description,Amount\n")
    empty = imported(path, "--dry-run")
    path.write_bytes(b"Date,Description,Amount\n2026-11-03,Coffee,4.50\n2026-11-04,Tea,3.00\n")
    unsigned = imported(path, "--dry-run")

    assert (empty["transactions"], empty["first"]) == (0, None)
    assert empty["problems"] == ["The file was read; it holds no transactions."]
    assert unsigned["remarks"][0].startswith("Nothing in the file says that money went out")


def test_a_shell_says_what_only_moves_between_wallets(household, statement):
    savings = make_wallet(household, "Savings")
    make_transaction(household, "900", kind="expense", on=date(2026, 11, 5), category="Other", wallet=savings)

    answer = imported(statement, "--dry-run")

    assert (answer["new"], answer["transfers"]) == (3, 1)
    assert "3 new (1 of them between own wallets), 0 known." in in_words(answer)


def test_a_deleted_entry_does_not_come_back(household, statement):
    imported(statement)
    Transaction.objects.filter(amount="900").delete()

    again = imported(statement)

    assert (again["new"], again["known"]) == (0, 2)
    assert Transaction.objects.count() == 2


def test_what_looks_like_an_entry_is_left_aside_until_it_is_asked_for(household, statement):
    make_transaction(household, "4.50", on=date(2026, 11, 2), note="Kaffee")

    first = imported(statement, "--dry-run")
    assert (first["new"], first["skipped"]) == (
        2,
        [{"line": 2, "reason": "Looks like the entry of 2026-11-02, “Kaffee”."}],
    )
    assert imported(statement, "--take", "lookalike")["new"] == 3
    assert Transaction.objects.count() == 4


def test_each_account_of_a_file_goes_where_the_shell_says(household, statement):
    make_wallet(household, "Giro")
    statement.write_bytes(
        b"Date,Account,Payee,Amount\n2026-11-03,Giro,Rent,-500.00\n2026-11-04,Card,Cinema,-12.00\n2026-11-05,X,Tea,-1\n"
    )
    make_wallet(household, "Visa")

    answer = imported(statement, "--account", "Card=Visa")

    places = {entry.note: entry.wallet.name for entry in Transaction.objects.select_related("wallet")}
    assert places == {"Rent": "Giro", "Cinema": "Visa", "Tea": "Cash"}
    assert answer["new"] == 3


def test_two_households_do_not_block_each_other(household, bobs_household, statement):
    imported(statement)
    said = StringIO()
    call_command("import_statement", str(statement), "--member", "bob@example.org", "--wallet", "Cash", stdout=said)

    assert "3 new" in said.getvalue()
    assert Transaction.objects.of(bobs_household).count() == 3


def test_the_earlier_choice_for_a_payee_is_followed_even_by_money_back(household, statement):
    treats = make_category(household, "Treats")
    make_transaction(household, "3", category=treats, note="Coffee House")
    statement.write_bytes(b"Date,Description,Amount\n2026-11-05,Coffee House,4.50\n2026-11-06,Coffee House,-4.50\n")

    imported(statement)

    amounts = Transaction.objects.filter(category=treats, date__gte="2026-11-05", date__lt="2026-11-07").order_by(
        "date"
    )
    assert [(entry.kind, entry.amount) for entry in amounts] == [
        ("expense", Decimal("-4.50")),
        ("expense", Decimal("4.50")),
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--member", "nobody@example.org", "--wallet", "Cash"], "No member has the address"),
        (["--member", "alice@example.org", "--wallet", "Gold"], "There is no wallet “Gold”. There are: Cash."),
        (
            ["--member", "alice@example.org", "--wallet", "Cash", "--account", "Card=Cash"],
            "The file has no account “Card”. It has: none.",
        ),
    ],
)
def test_what_the_command_cannot_find_is_said_in_a_sentence(household, statement, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_statement", str(statement), *options)


def sent(client, content: bytes, name: str = "bank.csv"):
    return client.post(reverse("transactions:import"), {"file": SimpleUploadedFile(name, content)})


def checked(client, household, content: bytes = TWO_COFFEES) -> Upload:
    assert sent(client, content).status_code == 303
    return Upload.objects.of(household).latest("pk")


def at(name: str, row: Upload | ImportBatch) -> str:
    return reverse(f"transactions:import-{name}", args=[row.pk])


def pressed(client, upload: Upload, **values):
    return client.post(
        at("commit", upload), {"wallet": Wallet.objects.of(upload.household).get(name="Cash").pk} | values
    )


def test_a_member_checks_a_file_unticks_a_line_chooses_a_category_and_imports_it(as_alice, household):
    upload = checked(as_alice, household)
    page = as_alice.get(at("check", upload))
    rows = page.context["check"].rows
    assert [(row.note, row.marks.is_ticked) for row in rows] == [
        ("Coffee House", True),
        ("Coffee House", True),
        ("Salary", True),
    ]
    assert not Transaction.objects.exists()
    treats = make_category(household, "Treats")

    shown = ",".join(str(row.number) for row in rows)
    number = rows[0].number
    pressed(as_alice, upload, shown=shown, line=[number], **{f"category-{number}": treats.pk})

    entry = Transaction.objects.get()
    assert (entry.amount, entry.category, entry.note) == (Decimal("4.50"), treats, "Coffee House")
    batch = ImportBatch.objects.get()
    assert (batch.new_count, batch.skipped_count) == (1, 2)
    assert "1" in as_alice.get(at("done", batch)).content.decode()


def test_a_double_click_imports_once(as_alice, household):
    upload = checked(as_alice, household)

    first, second = pressed(as_alice, upload), pressed(as_alice, upload)

    assert first["Location"] == second["Location"]
    assert Transaction.objects.count() == 3
    upload.refresh_from_db()
    assert bytes(upload.content) == b""


def test_nothing_ticked_is_said_and_nothing_is_saved(as_alice, household):
    upload = checked(as_alice, household)
    shown = as_alice.get(at("check", upload)).context["check"].shown

    answer = pressed(as_alice, upload, shown=shown)

    assert answer.status_code == 422
    assert "No line is ticked" in answer.content.decode()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"\xef\xbb\xbf", 422),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, 422),
        (b"hello", 422),
        (b"x" * (50 * 1024 * 1024), 413),
    ],
    ids=["empty", "mark only", "picture", "prose", "too large"],
)
def test_what_is_no_statement_gets_a_sentence_and_saves_nothing(as_alice, household, content, status):
    answer = sent(as_alice, content)

    assert answer.status_code == status
    assert answer.context["form"].errors["file"]
    assert not Upload.objects.exists()


def test_a_category_or_wallet_of_another_household_is_refused_and_nothing_is_saved(as_alice, household, bobs_household):
    upload = checked(as_alice, household)
    number = as_alice.get(at("check", upload)).context["check"].rows[0].number
    foreign = Category.objects.of(bobs_household).first()

    with_category = pressed(as_alice, upload, **{f"category-{number}": foreign.pk})
    with_wallet = pressed(as_alice, upload, wallet=Wallet.objects.of(bobs_household).get().pk)

    assert (with_category.status_code, with_wallet.status_code) == (422, 422)
    assert not Transaction.objects.exists()


@pytest.mark.parametrize(("way", "name"), [("get", "check"), ("post", "commit")])
def test_bob_cannot_reach_alices_file(as_alice, as_bob, household, way, name):
    upload = checked(as_alice, household)

    answer = getattr(as_bob, way)(at(name, upload), {"wallet": Wallet.objects.of(household).get().pk})

    assert answer.status_code == 404
    assert not Transaction.objects.exists()


def test_bob_cannot_see_alices_import(as_bob, household, statement):
    imported(statement)

    assert as_bob.get(at("done", ImportBatch.objects.get())).status_code == 404


def test_a_viewer_imports_nothing(as_alice, as_viewer, household):
    upload = checked(as_alice, household)

    assert sent(as_viewer, TWO_COFFEES).status_code == 403
    assert pressed(as_viewer, upload).status_code == 403
    assert not Transaction.objects.exists()


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_alice, household, number, django_assert_max_num_queries):
    lines = "".join(f"2026-11-03,Shop {count},-4.50\n" for count in range(number))
    upload = checked(as_alice, household, f"Date,Description,Amount\n{lines}".encode())

    with django_assert_max_num_queries(16):
        as_alice.get(at("check", upload))
    with django_assert_max_num_queries(40):
        pressed(as_alice, upload)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "statements").rglob("*.*")), ids=lambda path: path.name
)
def test_every_kind_of_file_is_imported_whole(household, path):
    answer = imported(path)

    assert answer["new"] + len(answer["skipped"]) >= answer["transactions"] > 0
    assert imported(path)["new"] == 0
