"""Deleting a household leaves no row of it in any table, and takes none of its neighbours'."""

from datetime import date

import pytest
from django.apps import apps
from django.db import models

from accounts.models import Membership
from transactions.models import ImportBatch, ImportedLine, StatementAccount, StatementProfile, Transaction, Upload
from transactions.tests.factories import make_transaction, make_wallet, the_wallet
from transactions.tests.refusals import refused


def of_households() -> dict[str, type[models.Model]]:
    """Every model with a household, by its label: a table that comes later is counted too."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if any(field.name == "household" and field.is_relation for field in model._meta.get_fields())
    }


def rows_of(household) -> dict[str, int]:
    return {label: model._base_manager.filter(household=household).count() for label, model in of_households().items()}


def make_import(household, entry=None, **fields) -> ImportedLine:
    batch = ImportBatch.objects.create(
        household=household, wallet=the_wallet(household, "Cash"), file_name="november.csv", file_format="csv"
    )
    line = {"key": "a", "line_number": 1, "raw": "2026-11-10;Tea;-12,00", "wallet": batch.wallet, **fields}
    return ImportedLine.objects.create(household=household, batch=batch, entry=entry, **line)


@pytest.fixture
def full_household(household, alice):
    entry = make_transaction(household, created_by=alice)
    make_transaction(household, "500", kind="income", category="Salary")
    make_transaction(household, kind="transfer", to_wallet=make_wallet(household))
    line = make_import(household, entry)
    Upload.objects.create(household=household, created_by=alice, file_name="november.csv", batch=line.batch)
    StatementProfile.objects.create(household=household, name="My bank", layout="x", wallet=line.wallet)
    StatementAccount.objects.create(household=household, name="DE00", wallet=line.wallet)
    # By name: transactions know no budgets, but their rows must go as well.
    budget = apps.get_model("budgets", "Budget").objects.create(household=household, category=entry.category)
    apps.get_model("budgets", "BudgetLimit").objects.create(budget=budget, from_month=date(2026, 11, 1), amount=100)
    apps.get_model("budgets", "Alert").objects.create(
        household=household, category=entry.category, begins=date(2026, 11, 1), threshold=80
    )
    apps.get_model("accounts", "Webhook").objects.create(
        household=household, url="https://example.org/", events=["import.committed"]
    )
    apps.get_model("accounts", "Job").objects.create(household=household, asked_by=alice, kind="export", title="All")
    apps.get_model("accounts", "KeptAnswer").objects.create(household=household, user=alice, key="a", fingerprint="")
    return household


def test_the_fixture_fills_every_table(full_household):
    assert [label for label, rows in rows_of(full_household).items() if rows == 0] == []


def test_a_household_takes_everything_with_it(full_household, bobs_household):
    make_transaction(bobs_household)
    bobs_rows = rows_of(bobs_household)
    key = full_household.pk

    full_household.delete()

    assert set(rows_of(key).values()) == {0}
    assert not apps.get_model("budgets", "BudgetLimit").objects.exists()
    assert rows_of(bobs_household) == bobs_rows


def test_a_household_goes_by_plain_sql_too(full_household):
    key = full_household.pk

    type(full_household).objects.filter(pk=key)._raw_delete("default")

    assert set(rows_of(key).values()) == {0}


def test_a_person_who_leaves_takes_the_membership_and_leaves_the_entries(full_household, alice):
    alice.delete()

    assert not Membership.objects.filter(household=full_household).exists()
    assert Transaction.objects.of(full_household).count() == 3
    assert not Transaction.objects.of(full_household).filter(created_by__isnull=False).exists()


def test_a_line_of_a_statement_outlives_its_entry(household):
    entry = make_transaction(household)
    line = make_import(household, entry)

    entry.delete()

    line.refresh_from_db()
    assert (line.household_id, line.entry_id) == (household.pk, None)


def test_lines_go_with_their_import(household):
    line = make_import(household)

    line.batch.delete()

    assert not ImportedLine.objects.of(household).exists()


def test_a_line_is_taken_once_in_a_wallet(household):
    make_import(household)

    with refused("one_line_per_wallet_and_key"):
        make_import(household)


def test_an_import_into_another_households_wallet_is_refused(household, bobs_household):
    bobs_cash = the_wallet(bobs_household, "Cash")

    with refused("batch_wallet_is_the_households"):
        ImportBatch.objects.create(household=household, wallet=bobs_cash, file_name="a.csv", file_format="csv")
    with refused("line_wallet_is_the_households"):
        make_import(household, wallet=bobs_cash)


def test_a_line_of_another_households_entry_is_refused(household, bobs_household):
    bobs_entry = make_transaction(bobs_household)

    with refused("line_entry_is_the_households"):
        make_import(household, bobs_entry)


def test_a_budget_for_another_households_category_is_refused(household, bobs_household):
    bobs_category = make_transaction(bobs_household).category

    with refused("budget_category_is_the_households"):
        apps.get_model("budgets", "Budget").objects.create(household=household, category=bobs_category)
