"""What was exported comes back the same: into other books as the same entries, into the same books as nothing new."""

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Household
from transactions import exporting, importing
from transactions.forms.statements import accounts_of
from transactions.importers import read
from transactions.imports.verdicts import Preview, Verdict
from transactions.models import ImportBatch, Transaction, Wallet
from transactions.selection import Selection
from transactions.tests.factories import make_category, make_import, make_transaction, make_wallet
from transactions.totalling import sums

EVERYTHING = Selection()
FIRST = date(2026, 1, 1)
# Words as people write them, formulas among them; spaces at the ends are taken off by the form that saves them.
TEXTS = st.one_of(
    st.sampled_from(
        ["", "=1+1", "-5", "@x", "'=1", "''=1", "Split (1/2) Rent", "Total", "a;b", 'say "hi"', "चाय", "☕"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12),
)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["expense", "income", "transfer"]),
        st.decimals("-99999", "99999", places=2).filter(bool),
        st.integers(0, 60),
        st.sampled_from(["Other", "Groceries", "Food: Sweets", "=Fun"]),
        TEXTS,
        TEXTS,
        TEXTS,
        st.sampled_from(["Cash", "Bank", "Old bank"]),
    ),
    min_size=1,
    max_size=12,
)


def test_an_export_adds_nothing_to_its_own_books(household, alice):
    for entry in (make_entry(household, *each) for each in EXAMPLES):
        assert entry.pk

    before = told(household)
    seen, batch = brought(file_of(household), household, alice)

    assert {line.verdict for line in seen.lines} == {Verdict.KNOWN}
    assert (batch.new_count, batch.known_count) == (0, 5)
    assert told(household) == before


def test_an_entry_that_was_changed_since_is_known_all_the_same(household, alice):
    entry = make_transaction(household, "250", note="Tea")
    content = file_of(household)
    Transaction.objects.filter(pk=entry.pk).update(amount=300, date=FIRST)

    seen, _batch = brought(content, household, alice)
    assert [(line.verdict, line.entry) for line in seen.lines] == [(Verdict.KNOWN, entry.pk)]


def test_the_same_file_twice_brings_each_entry_once(household, bobs_household, bob):
    for each in EXAMPLES:
        make_entry(household, *each)
    content = file_of(household)

    first, second = (brought(content, bobs_household, bob)[1].new_count for _time in range(2))
    assert (first, second) == (5, 0)


def test_a_uuid_of_other_books_says_nothing(household, bobs_household, bob):
    make_transaction(household, "250", note="Tea")

    seen, _batch = brought(file_of(household), bobs_household, bob)
    assert [line.verdict for line in seen.lines] == [Verdict.NEW]


def test_amounts_with_three_decimals_are_not_taken_for_thousands(bobs_household, bob):
    bobs_household.currency = "KWD"
    bobs_household.save()
    make_transaction(bobs_household, "1.25", wallet="Abroad")

    statement = read(file_of(bobs_household), filename="batua.csv")
    assert [str(line.amount) for line in statement.lines] == ["-1.250"]


def test_a_file_without_a_uuid_that_could_be_one_is_read(household, alice):
    content = (
        b"date,kind,amount,currency,category,note,comment,wallet,to wallet,bank text,uuid\r\n"
        b"2026-11-03,expense,250.00,INR,Other,Tea,,Cash,,,x'; DROP TABLE\r\n"
    )

    _seen, batch = brought(content, household, alice)
    assert (batch.new_count, Transaction.objects.get().note) == (1, "Tea")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=ENTRIES)
def test_whatever_is_exported_comes_back_the_same(household, bobs_household, bob, entries):
    with transaction.atomic():
        for each in entries:
            make_entry(household, *each)

        _seen, batch = brought(b"\xef\xbb\xbf" + file_of(household), bobs_household, bob)

        assert batch.new_count == len(entries)
        assert told(bobs_household) == told(household)
        assert sums(bobs_household, EVERYTHING) == sums(household, EVERYTHING)
        assert cells(bobs_household) == cells(household)
        transaction.set_rollback(True)


EXAMPLES = [
    ("expense", "250", 3, "Groceries", "Tea", "with milk\r\nand sugar", "UPI/123/Tea", "Cash"),
    ("expense", "-20", 3, "Other", "=1+1", "", "", "Bank"),
    # Equal and opposite on one day: income and spending all the same, for the file says so.
    ("income", "20", 3, "Other", "Found", "", "", "Cash"),
    ("income", "90000", 4, "Salary", "", "", "", "Bank"),
    ("transfer", "400", 4, "", "To the old bank", "", "", "Cash"),
]


def make_entry(household, kind, amount, day, category, note, comment, bank_text, wallet):
    amount = str(amount).lstrip("-") if kind == "transfer" else str(amount)
    return make_transaction(
        household,
        amount,
        kind=kind,
        on=FIRST + timedelta(days=day),
        category=category,
        note=note,
        comment=comment,
        bank_text=bank_text,
        wallet=wallet,
        to_wallet=savings(household) if kind == "transfer" else None,
    )


def savings(household: Household) -> Wallet:
    """A wallet that nothing but transfers touches."""
    return Wallet.objects.of(household).filter(name="Savings").first() or make_wallet(household, "Savings")


def file_of(household: Household) -> bytes:
    return b"".join(exporting.export_csv(household, EVERYTHING))


def cells(household: Household) -> list[list[str]]:
    """The rows of its export, but for the keys."""
    return sorted(row[:-1] for row in exporting.export_cells(household, EVERYTHING, first=100))


def told(household: Household) -> list[tuple]:
    names = ("date", "kind", "amount", "category__name", "note", "comment", "bank_text", "wallet__name")
    rows = Transaction.objects.of(household).values_list(*names, "to_wallet__name")
    return sorted(map(repr, rows))


def brought(content: bytes, household: Household, by) -> tuple[Preview, ImportBatch]:
    """The file through the door for statements, each of its wallets into the one of its name."""
    statement = read(content, filename="batua.csv")
    assert statement.reading.app == "Batua"
    own = {wallet.name: wallet for wallet in Wallet.objects.of(household)}
    made = {"household": household, "currency": household.currency, "kind": "bank"}
    wallets = {name: own.get(name) or Wallet(name=name, **made) for name in accounts_of(statement)}
    asked = {"household": household, "statement": statement, "wallets": wallets}
    seen = importing.preview(**asked)
    batch = make_import(**asked, created_by=by, file_name="batua.csv")
    return seen, batch


def test_a_category_of_a_colon_is_found_again(household, bobs_household, bob):
    make_transaction(household, "5", category="Food: Sweets")
    mine = make_category(bobs_household, "Food: Sweets")
    make_category(bobs_household, "Sweets")

    brought(file_of(household), bobs_household, bob)
    assert Transaction.objects.of(bobs_household).get().category == mine
