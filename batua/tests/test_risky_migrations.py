"""Migrations that would stop a running release are found, and those that were looked at are let through."""

from django.db.migrations.loader import MigrationLoader

from batua.local import risky_migrations
from batua.local.risky_migrations import linted

RISKY = ("accounts", "0010_one_person_per_normal_form")
ALL_BUT = {"accounts": "0009", "budgets": "9", "transactions": "9"}


def test_a_constraint_on_a_table_in_use_is_found(db, capsys):
    assert linted(ALL_BUT, {}).has_errors
    assert "unique constraint" in capsys.readouterr().out


def test_what_is_excused_with_a_reason_passes(db, capsys):
    assert not linted(
        ALL_BUT | {"accounts": "0009_z"},
        {
            RISKY: "No member had signed up yet.",
        },
    ).has_errors
    assert "No member had signed up yet." in capsys.readouterr().out


def test_the_baseline_names_migrations_that_there_are():
    names = MigrationLoader(None).disk_migrations.keys()

    assert set(risky_migrations.BASELINE.items()) <= set(names)
    assert set(risky_migrations.EXCUSED) <= set(names)
