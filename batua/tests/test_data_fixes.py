"""Commands that mend data: each does what it says, changes nothing in a dry run, and nothing more the second time."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.utils import timezone

from accounts.models import Household, Membership, SecurityEvent, User
from batua.management.anonymous import unknown_tables
from batua.tests.rows_with_keys import MAKERS
from budgets.models import Budget
from budgets.tests.factories import make_budget
from transactions import totals
from transactions.imports import taking_back
from transactions.imports.booking import IsEntry
from transactions.models import Category, ImportBatch, ImportedLine, MonthTotal, StatementAccount, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_wallet
from transactions.tests.test_told_anew import told
from transactions.tests.test_verdicts import a_statement, commit

MARK = "zanzibar"


def run(command: str, *words: object) -> str:
    out = StringIO()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command(command, *map(str, words), stdout=out)
    return out.getvalue()


def everything() -> dict[str, str]:
    """A digest of every table but those of jobs, whatever the numbers of its rows."""
    with connection.cursor() as cursor:
        tables = [name for name in sorted(connection.introspection.table_names(cursor)) if "procrastinate" not in name]
        row = "(to_jsonb(t) - 'id')::text"
        digests = [f"(SELECT md5(string_agg({row}, '' ORDER BY {row})) FROM \"{name}\" t)" for name in tables]
        cursor.execute(f"SELECT {', '.join(digests)}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


@pytest.fixture
def books(household, alice) -> Household:
    """Groceries and rent, a bank account that came by import, and words that tell a story."""
    make_transaction(household, "120", note="Swiggy order", category="Other")
    make_transaction(household, "80", note="SWIGGY", category="Food", comment=MARK, created_by=alice)
    make_transaction(household, "900", note="Rent", category="Rent")
    bank = make_wallet(household, "Bank", opening_balance="50")
    entry = make_transaction(household, "30", note=f"Tea at {MARK}", category="Tea", wallet="Bank", bank_text=MARK)
    batch = ImportBatch.objects.create(
        household=household, wallet=bank, created_by=alice, file_name=f"{MARK}.csv", file_format="csv", file_sha256=MARK
    )
    ImportedLine.objects.create(
        household=household, batch=batch, wallet=bank, key=MARK, line_number=1, raw=MARK, entry=entry
    )
    StatementAccount.objects.create(household=household, name=f"IN42 {MARK}", wallet=bank)
    return household


@pytest.fixture
def unconfirmed(db) -> User:
    nora = User.objects.create_user("nora@example.org", "a long enough secret")
    nora.emailaddress_set.create(email=nora.email, verified=False, primary=True)
    return nora


def arguments(command: str, books: Household, other: Household) -> list[object]:
    return {
        "recategorise": [books.pk, "swiggy", "--to", "Food"],
        "merge_categories": [books.pk, "Tea", "Food"],
        "move_wallet": [Wallet.objects.of(books).get(name="Bank").pk, other.pk],
        "rebuild_totals": [books.pk],
        "resend_verification": ["nora@example.org"],
        "anonymise_household": [books.pk],
    }[command]


COMMANDS = [
    "recategorise", "merge_categories", "move_wallet", "rebuild_totals", "resend_verification", "anonymise_household"
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_dry_run_says_what_would_be_and_changes_nothing(command, books, bobs_household, unconfirmed):
    MonthTotal.objects.filter(household=books).update(entries=7)
    before, words = everything(), arguments(command, books, bobs_household)

    said = run(command, *words, "--dry-run")

    assert everything() == before
    assert said.endswith("This was a dry run: nothing has changed.\n")
    assert said.removesuffix("This was a dry run: nothing has changed.\n") == run(command, *words)
    assert everything() != before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_second_run_changes_nothing_more(command, books, bobs_household, unconfirmed):
    words = arguments(command, books, bobs_household)
    run(command, *words)
    tables = {name: digest for name, digest in everything().items() if name != "accounts_securityevent"}

    run(command, *words)

    assert {name: digest for name, digest in everything().items() if name in tables} == tables


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"rebuild_totals", "resend_verification"}))
def test_a_mend_is_a_security_event_of_the_household(command, books, bobs_household):
    run(command, *arguments(command, books, bobs_household))

    event = SecurityEvent.objects.filter(event="data-fixed", household=books.pk).get()
    assert event.facts["command"] == command


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"resend_verification"}))
def test_a_household_that_is_not_there_is_said(command, books, bobs_household):
    words = [
        9999 if word in (books.pk, bobs_household.pk) else word for word in arguments(command, books, bobs_household)
    ]

    with pytest.raises(CommandError, match="There is no household 9999"):
        run(command, *words)


def test_entries_that_mention_a_word_are_put_into_a_category(books):
    assert run("recategorise", books.pk, "swiggy", "--to", "food") == "1 entries put into Food.\n"
    assert Transaction.objects.filter(category__name="Food").count() == 2
    assert totals.differences() == []


def test_only_those_of_one_category_are_put_elsewhere(books):
    run("recategorise", books.pk, "swiggy", "--to", "Rent", "--from", "Other")

    names = dict(Transaction.objects.filter(note__icontains="swiggy").values_list("note", "category__name"))
    assert names == {"Swiggy order": "Rent", "SWIGGY": "Food"}


def test_a_category_nobody_has_is_said_with_those_there_are(books):
    with pytest.raises(CommandError, match=r"has no expense category Fod\. It has: Food, .*Other"):
        run("recategorise", books.pk, "swiggy", "--to", "Fod")


def test_two_categories_become_one_with_their_budgets(books):
    make_budget(books, "500", category="Tea")

    assert run("merge_categories", books.pk, "tea", "Food") == "Tea became Food: 1 entries moved.\n"
    assert "nothing to do" in run("merge_categories", books.pk, "Tea", "Food")
    assert Budget.objects.get().category.name == "Food"
    assert not Category.objects.filter(name="Tea").exists()


def test_what_cannot_be_merged_is_said(books):
    with pytest.raises(CommandError, match="Other cannot become Food"):
        run("merge_categories", books.pk, "Other", "Food")


def test_a_wallet_moves_with_entries_and_imports(books, bobs_household):
    make_category(bobs_household, "tea")
    wallet = Wallet.objects.of(books).get(name="Bank")

    said = run("move_wallet", wallet.pk, bobs_household.pk)

    moved = Wallet.objects.of(bobs_household).get(name="Bank")
    entry = Transaction.objects.get(wallet=moved)
    line = ImportedLine.objects.get()
    assert said == "Bank went to Bob's household: 1 entries and 1 imported lines.\n"
    assert (entry.household, entry.category.name, moved.opening_balance) == (bobs_household, "tea", 50)
    assert (line.household, line.entry, line.batch.household, line.wallet) == (
        bobs_household, entry, bobs_household, moved
    )  # fmt: skip
    assert not Wallet.objects.filter(pk=wallet.pk).exists()
    assert ImportBatch.objects.count() == 1
    assert Transaction.objects.of(books).count() == 3
    assert totals.differences() == []


def test_what_was_put_into_another_wallet_stays_there_and_does_not_come_back(books, bobs_household):
    bank, cash = the_wallet(books, "Bank"), the_wallet(books, "Cash")
    left, came = ImportedLine.objects.get(), make_transaction(books, "7", note="Bus", category="Tea", wallet="Bank")
    Transaction.objects.filter(pk=left.entry_id).update(wallet=cash)
    of_cash = ImportedLine.objects.create(
        household=books, batch=left.batch, wallet=cash, key="bus", line_number=2, raw="Bus", entry=came
    )

    said = run("move_wallet", bank.pk, bobs_household.pk)

    gone = ImportedLine.objects.get(pk=left.pk)
    of_cash.refresh_from_db()
    assert said.startswith("Bank went to Bob's household: 1 entries and 1 imported lines")
    assert (gone.household, gone.entry, gone.made_entry) == (bobs_household, None, True)
    assert (of_cash.household, of_cash.entry, of_cash.made_entry) == (books, None, True)
    assert Transaction.objects.get(pk=left.entry_id).household == books
    assert Transaction.objects.get(pk=came.pk).household == bobs_household


def test_an_import_of_the_wallet_is_taken_back_where_it_is_now(books, bobs_household):
    ImportBatch.objects.update(opened=50)

    run("move_wallet", the_wallet(books, "Bank").pk, bobs_household.pk)
    taking_back.take_back(batch=ImportBatch.objects.get())

    moved = Wallet.objects.of(bobs_household).get(name="Bank")
    assert (moved.opening_balance, Transaction.objects.of(bobs_household).count()) == (0, 0)


def test_an_entry_that_was_corrected_keeps_its_category_where_its_wallet_is_now(books, bobs_household, alice):
    wallet = make_wallet(books, "Savings")
    commit(books, a_statement(told(1, 3, "-10", "AB-77")), {"": wallet}, alice)
    entry = Transaction.objects.get(wallet=wallet)
    Transaction.objects.filter(pk=entry.pk).update(category=Category.objects.of(books).get(name="Tea"))
    anew = a_statement(told(1, 4, "-12.50", "AB-77"))
    commit(books, anew, {"": wallet}, alice, taken={1}, choices={1: IsEntry(entry.pk, as_bank=True)})
    run("move_wallet", wallet.pk, bobs_household.pk)

    taking_back.take_back(batch=ImportBatch.objects.of(bobs_household).latest("pk"))

    entry.refresh_from_db()
    assert (entry.amount, entry.category.name, entry.category.household) == (10, "Tea", bobs_household)


def test_a_category_that_is_missing_there_is_made(books, bobs_household):
    said = run("move_wallet", Wallet.objects.of(books).get(name="Bank").pk, bobs_household.pk)

    assert "categories made for it: Tea" in said


@pytest.mark.parametrize("hindrance", ["transfer", "currency", "last"])
def test_a_wallet_that_cannot_move_stays(books, bobs_household, hindrance):
    bank = the_wallet(books, "Bank")
    if hindrance == "transfer":
        make_transaction(books, "5", kind="transfer", wallet="Cash", to_wallet=bank)
        sentence = "1 transfers join Bank to other wallets"
    elif hindrance == "currency":
        Household.objects.filter(pk=bobs_household.pk).update(currency="EUR")
        sentence = "Bank is kept in INR"
    else:
        Wallet.objects.of(books).exclude(pk=bank.pk).update(archived_at=timezone.now())
        sentence = "Bank is the last open wallet"

    with pytest.raises(CommandError, match=sentence):
        run("move_wallet", bank.pk, bobs_household.pk)

    assert Transaction.objects.of(bobs_household).count() == 0


def test_totals_are_counted_anew(books):
    MonthTotal.objects.filter(household=books).update(gross=1)

    said = run("rebuild_totals", books.pk)

    assert "Counted the totals of 1 household(s) anew; 4 of these had been wrong." in said
    assert totals.differences() == []


def test_the_link_is_sent_again_but_not_twice_within_an_hour(unconfirmed, run_jobs):
    first, second = run("resend_verification", "NORA@example.org"), run("resend_verification", "--days", 3)
    run_jobs()

    assert (first, second) == (
        "nora@example.org: sent\n",
        "nora@example.org: sent within the last hour, not again\n",
    )
    assert [letter.to for letter in mail.outbox] == [["nora@example.org"]]
    assert "/accounts/confirm-email/" in mail.outbox[0].body


def test_nobody_is_sent_a_link_who_needs_none(alice, unconfirmed):
    User.objects.filter(pk=unconfirmed.pk).update(date_joined=timezone.now() - timedelta(days=30))

    assert run("resend_verification", alice.email, "nobody@example.org") == "Nobody waits for a link there.\n"
    assert run("resend_verification", "--days", 3) == "Nobody waits for a link there.\n"


@pytest.mark.parametrize("words", [[], ["nora@example.org", "--days", "3"]])
def test_who_gets_the_link_is_said_in_one_way(db, words):
    with pytest.raises(CommandError, match="Name addresses, or say --days"):
        run("resend_verification", *words)


def test_anonymous_books_keep_their_numbers_and_no_word(books, alice):
    for make in MAKERS.values():
        make(books)
    make_budget(books, category=f"Trips to {MARK}")
    sums = list(MonthTotal.objects.order_by("pk").values_list("category", "gross", "entries"))

    run("anonymise_household", books.pk)

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM \"{table}\" t WHERE t::text ILIKE '%{MARK}%'")
            assert cursor.fetchone() == (0,), table
    books.refresh_from_db()
    notes = dict(Transaction.objects.order_by("pk").exclude(note="").values_list("pk", "note"))
    first = min(notes)
    assert books.name == f"Household {books.pk}"
    assert list(notes.values())[:2] == [f"Payee {first}", f"Payee {first + 1}"]
    assert list(MonthTotal.objects.order_by("pk").values_list("category", "gross", "entries")) == sums
    assert not Membership.objects.exists()
    assert User.objects.filter(pk=alice.pk).exists()


def test_no_table_of_a_household_is_forgotten_when_books_become_anonymous():
    assert unknown_tables() == set()
