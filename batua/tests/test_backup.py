"""A backup and what is restored from it are the same books, and no table of a household is forgotten."""

import json
import tomllib
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import batua
from accounts.models import Household, Membership
from batua.backup.restoring import Others
from batua.backup.tables import MANIFEST, NOT_WRITTEN, TABLES
from batua.demo import books, history
from batua.periods import resolve
from batua.tests.archives import fill, manifest, members, packed, put_back, taken, with_content, with_manifest
from conftest import TODAY
from transactions import ledger, totals
from transactions.models import ImportedLine, MonthTotal, Transaction, Wallet
from transactions.tests.factories import make_transaction, make_wallet, the_category

# Names of what stands in a backup. Whoever changes one raises tables.SCHEMA and reads the older ones.
COLUMNS = {
    "household": "name currency month_start week_start created_at",
    "memberships": "email name locale time_zone theme role joined_at",
    "wallets": "name kind currency opening_balance position created_at archived_at",
    "categories": "kind name colour icon keywords is_other created_at archived_at",
    "entries": (
        "wallet to_wallet kind currency amount received_amount date category note comment bank_text created_by"
        " created_at updated_at uuid version idempotency_key group_id"
    ),
    "import_batches": (
        "wallet created_by created_at file_name file_sha256 file_format layout new_count known_count skipped_count"
        " taken_back_at opened"
    ),
    "imported_lines": (
        "batch wallet key line_number raw day amount entry is_pending made_entry turned alone left_version"
    ),
    "statement_profiles": "name layout wallet choices used_at",
    "statement_accounts": "name wallet",
    "budgets": "category merged_in created_at",
    "budget_limits": "budget from_month amount cadence roll_over",
    "alert_readers": "membership since",
    "alerts": "category begins threshold created_at",
}
ALL_TIME = resolve("all-time", today=TODAY)


@pytest.fixture
def full(household, alice):
    fill(household, alice)
    return household


def kept_totals(household):
    fields = ("month", "kind", "category__name", "wallet__name", "to_wallet__name", "gross", "back", "entries")
    return sorted(map(str, MonthTotal.objects.of(household).filter(entries__gt=0).values_list(*fields)))


def test_every_model_of_a_household_is_written_or_excused():
    written = {table.label for table in TABLES}
    found = {model._meta.label for model in apps.get_models() if is_of_a_household(model)}

    assert found - written - NOT_WRITTEN.keys() == set(), (
        "say in batua/backup/tables.py how it is backed up, or why not"
    )
    assert (written | NOT_WRITTEN.keys()) - found == set()


def is_of_a_household(model: type[models.Model], seen: tuple[type[models.Model], ...] = ()) -> bool:
    """Whether it is the household, or some key of it leads there."""
    if model is Household:
        return True
    targets = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    return any(is_of_a_household(target, (*seen, model)) for target in targets if target not in (*seen, model))


def test_the_columns_are_those_of_this_schema():
    assert {table.name: " ".join(column.name for column in table.columns) for table in TABLES} == COLUMNS


def test_a_backup_holds_no_password(full, alice):
    assert not [name for name, content in members(taken(full)).items() if alice.password.encode() in content]


def test_the_manifest_tells_what_is_there(full):
    said = manifest(taken(full))

    assert (said["format"], said["version"], said["schema"]) == ("batua-household", 1, 4)
    assert (said["household"], said["made_at"]) == ("Alice's household", "2026-11-25T12:00:00+00:00")
    assert said["application"] == batua.VERSION
    assert {name: counted["rows"] for name, counted in said["members"].items()} == {
        "household.jsonl": 1,
        "memberships.jsonl": 1,
        "wallets.jsonl": 2,
        "categories.jsonl": 4,
        "entries.jsonl": 4,
        "import_batches.jsonl": 1,
        "imported_lines.jsonl": 3,
        "statement_profiles.jsonl": 1,
        "statement_accounts.jsonl": 1,
        "budgets.jsonl": 1,
        "budget_limits.jsonl": 2,
        "alert_readers.jsonl": 1,
        "alerts.jsonl": 1,
    }


def test_an_entry_is_written_plainly(household, alice):
    entry = make_transaction(household, "1200.50", note="Rent", created_by=alice)

    [line] = members(taken(household))["entries.jsonl"].splitlines()

    row = json.loads(line)
    assert row | {"created_at": "", "updated_at": ""} == {
        "id": 1,
        "wallet": 1,
        "to_wallet": None,
        "kind": "expense",
        "currency": "INR",
        "amount": "1200.5",
        "received_amount": None,
        "date": "2026-11-10",
        "category": 3,
        "note": "Rent",
        "comment": "",
        "bank_text": "",
        "created_by": "alice@example.org",
        "created_at": "",
        "updated_at": "",
        "uuid": str(entry.uuid),
        "version": 1,
        "idempotency_key": None,
        "group_id": None,
    }


def test_the_restored_household_backs_up_to_the_same_files(full, alice):
    archive = taken(full)

    restored = put_back(archive, alice).household

    assert restored.pk != full.pk
    assert members(taken(restored)) == members(archive)
    assert manifest(taken(restored)) == manifest(archive)


def test_the_restored_household_has_the_same_sums(full, alice):
    restored = put_back(taken(full), alice).household

    sums = ledger.totals(restored, ALL_TIME)
    assert (str(sums.income), str(sums.spending)) == ("90000.0000", "100.2500")
    assert sums == ledger.totals(full, ALL_TIME)
    assert ledger.balance(restored) == ledger.balance(full)
    assert kept_totals(restored) == kept_totals(full)
    assert totals.differences() == []


def test_the_rows_refer_to_the_new_household_only(full, alice):
    restored = put_back(taken(full), alice).household

    line = ImportedLine.objects.of(restored).get(key="c")
    assert line.entry.household_id == line.batch.household_id == restored.pk
    assert Wallet.objects.get(pk=line.turned["wallet"]).household_id == restored.pk
    assert line.turned["category"] in set(restored_categories(restored))
    assert line.alone["category"] in set(restored_categories(restored))


def test_a_backup_of_the_first_schema_is_restored(full, alice):
    archive = taken(full)
    rows = [json.loads(line) for line in members(archive)["imported_lines.jsonl"].splitlines()]
    older = [{name: row[name] for name in row.keys() - {"day", "amount", "alone", "left_version"}} for row in rows]
    content = b"".join(json.dumps(row).encode() + b"\n" for row in older)
    archive = with_content(archive, "imported_lines.jsonl", content)
    batches = [json.loads(line) for line in members(archive)["import_batches.jsonl"].splitlines()]
    content = b"".join(json.dumps({k: row[k] for k in row.keys() - {"opened"}}).encode() + b"\n" for row in batches)
    archive = with_manifest(with_content(archive, "import_batches.jsonl", content), lambda said: said.update(schema=1))

    restored = put_back(archive, alice).household

    lines = ImportedLine.objects.of(restored).order_by("key")
    assert [(line.key, line.day, line.alone, line.left_version) for line in lines] == [
        (key, None, None, None) for key in "abc"
    ]
    assert lines[2].turned["kind"] == "expense"


def restored_categories(household):
    return apps.get_model("transactions", "Category").objects.of(household).values_list("pk", flat=True)


def test_entries_keep_uuid_version_and_stamps(full, alice):
    fields = ("uuid", "version", "created_at", "updated_at", "group_id", "bank_text", "created_by")
    before = sorted(map(str, Transaction.objects.of(full).values_list(*fields)))

    restored = put_back(taken(full), alice).household

    assert sorted(map(str, Transaction.objects.of(restored).values_list(*fields))) == before


def test_an_entry_that_is_searched_for_is_found(full, alice):
    restored = put_back(taken(full), alice).household

    assert Transaction.objects.of(restored).mentioning(restored, "two").count() == 1


def test_nothing_that_was_there_is_touched(full, bobs_household, alice):
    make_transaction(bobs_household)
    before, bobs = taken(full), taken(bobs_household)

    put_back(before, alice)

    assert taken(full) == before
    assert taken(bobs_household) == bobs


def test_the_archives_members_get_no_access_by_themselves(full, viewer, bob):
    archive = taken(full)

    restored = put_back(archive, bob)

    members_now = list(restored.household.memberships.values_list("user__email", "role"))
    assert members_now == [("bob@example.org", "owner")]
    assert restored.left_out == ("alice@example.org", "vera@example.org")
    assert not Transaction.objects.of(restored.household).filter(created_by__isnull=False).exists()


def test_an_operator_may_bring_the_members_back(full, viewer, bob):
    restored = put_back(taken(full), bob, others=Others.INVITED_BACK)

    assert set(restored.household.memberships.values_list("user__email", "role")) == {
        ("alice@example.org", "owner"),
        ("vera@example.org", "viewer"),
        ("bob@example.org", "owner"),
    }


def test_a_name_may_be_given(full, alice):
    assert put_back(taken(full), alice, name="Old books").household.name == "Old books"


def test_an_archive_that_was_packed_again_is_taken(full, alice):
    """People unpack a backup, look at it, and pack it once more."""
    archive = taken(full)
    again = packed({MANIFEST: json.dumps(manifest(archive)).encode(), **members(archive)})

    assert members(taken(put_back(again, alice).household)) == members(archive)


def test_the_demo_household_comes_back_whole(today, settings, monkeypatch, db):
    settings.DEBUG = True
    monkeypatch.setattr(history, "MONTHS", 6)
    demo = books.renew(today=today)
    owner = demo.memberships.get().user

    restored = put_back(taken(demo), owner).household

    assert members(taken(restored)) == members(taken(demo))
    assert ledger.totals(restored, ALL_TIME) == ledger.totals(demo, ALL_TIME)
    call_command("verify_totals", stdout=None)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "amount": st.decimals("-999999999999999.99", "999999999999999.99", places=2).filter(bool),
            "kind": st.sampled_from(["income", "expense", "transfer"]),
            "on": st.dates(TODAY - timedelta(days=40_000), TODAY + timedelta(days=20_000)),
            "note": TEXT,
            "comment": TEXT,
            "bank_text": TEXT,
            "version": st.integers(1, 2**31 - 1),
            "group_id": st.none() | st.uuids(),
            "idempotency_key": st.none() | st.uuids(),
        }
    ),
    max_size=12,
    unique_by=lambda entry: entry["idempotency_key"] or object(),
)


@hypothesis_settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=ENTRIES, month_start=st.integers(1, 28), name=TEXT)
def test_any_household_comes_back_whole(alice, entries, month_start, name):
    household = Household.objects.create(name=name, currency="INR", month_start=month_start)
    Membership.objects.create(user=alice, household=household, role="owner")
    bank = make_wallet(household, "Bank")
    for entry in entries:
        is_transfer = entry["kind"] == "transfer"
        fields = entry | ({"amount": abs(entry["amount"]), "to_wallet": bank} if is_transfer else {})
        category = the_category(household, "Any", entry["kind"]) if not is_transfer else ""
        make_transaction(household, **fields, category=category)
    archive = taken(household)

    restored = put_back(archive, alice).household

    assert members(taken(restored)) == members(archive)
    assert kept_totals(restored) == kept_totals(household)
    assert totals.differences() == []


@pytest.mark.django_db(transaction=True)
def test_the_rows_are_those_of_one_moment(household):
    """An entry that is made while the wallets are being written is not in the backup."""

    def meanwhile(run, sql, *rest):
        if 'FROM "transactions_wallet"' in sql and not Transaction.objects.using("default").exists():
            with ThreadPoolExecutor(1) as pool:
                pool.submit(_make_and_hang_up, household).result()
        return run(sql, *rest)

    with connection.execute_wrapper(meanwhile):
        archive = taken(household)

    assert Transaction.objects.of(household).count() == 1
    assert manifest(archive)["members"]["entries.jsonl"]["rows"] == 0


def _make_and_hang_up(household):
    make_transaction(household)
    connection.close()


@pytest.mark.parametrize("entries", [3, 30])
def test_the_number_of_queries_does_not_grow(household, alice, django_assert_max_num_queries, entries):
    for _number in range(entries):
        make_transaction(household)
    with django_assert_max_num_queries(20):
        archive = taken(household)
    with django_assert_max_num_queries(40):
        put_back(archive, alice)


def test_memory_stays_flat(alice):
    """12,000 entries are five megabytes of text; what is held at once is a block of rows and eight bytes for each."""
    household = Household.objects.create(name="Large", currency="INR")
    Membership.objects.create(user=alice, household=household, role="owner")
    copy_entry(make_transaction(household), 12_000)

    with traced() as written:
        archive = taken(household)
    with traced() as restored:
        put_back(archive, alice)

    # The archive itself is held by the test.
    assert written() - len(archive) < 4_800_000
    assert restored() < 4_800_000
    assert manifest(archive)["members"]["entries.jsonl"]["bytes"] > 4_800_000


COPIES = """
INSERT INTO transactions_transaction
    (household_id, wallet_id, kind, currency, amount, date, category_id, note, comment, bank_text, uuid)
SELECT household_id, wallet_id, kind, currency, amount, date, category_id, 'Shop ' || number, '', '', gen_random_uuid()
FROM transactions_transaction, generate_series(1, %s) AS number WHERE id = %s
"""


def copy_entry(entry, copies):
    with connection.cursor() as cursor:
        cursor.execute(COPIES, [copies, entry.pk])


@contextmanager
def traced():
    """Yields a question for the most bytes of Python held at once."""
    tracemalloc.start()
    peak = []
    try:
        yield lambda: peak[0]
        peak.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def test_the_version_is_the_projects():
    project = tomllib.loads((Path(batua.__file__).parents[1] / "pyproject.toml").read_text())["project"]

    assert project["version"] == batua.VERSION
