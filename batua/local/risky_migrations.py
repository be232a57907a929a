"""Part of `make check`: migrations that would lock or break a release that runs while they are carried out.

django-migration-linter reads their SQL. What is in BASELINE or before it ran nowhere but here when this check began;
EXCUSED are findings that were looked at, with the reason why they do no harm.
"""

import os
from collections.abc import Iterator, Mapping

import django
from django.db.migrations import Migration
from django_migration_linter import MigrationLinter

from batua.local.environment import PROJECT
from batua.local.speech import say

# App → the last migration that is not looked at; after a release, the last one of that release.
BASELINE = {
    "accounts": "0012_webhooks",
    "budgets": "0005_alerts_stay_apart",
    "transactions": "0006_profiles_and_taking_back",
}
EXCUSED: dict[tuple[str, str], str] = {}


def main() -> None:
    """Exit code 1, after the linter's words, when a migration is risky."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "batua.settings")
    django.setup()
    if linted(BASELINE, EXCUSED).has_errors:
        raise SystemExit(
            "Make it in steps that the old code bears (docs/operations.md), or excuse it with a reason in "
            "batua/local/risky_migrations.py; before the first release, raise BASELINE there."
        )


def linted(baseline: Mapping[str, str], excused: Mapping[tuple[str, str], str]) -> MigrationLinter:
    """The linter after it has seen every migration since the baseline that is not excused."""
    linter = MigrationLinter(str(PROJECT), no_cache=True, quiet=["ok", "ignore", "warning"])
    for migration in _since(baseline, linter):
        if (migration.app_label, migration.name) in excused:
            say(f"excused: {migration}: {excused[migration.app_label, migration.name]}")
        else:
            linter.lint_migration(migration)
    return linter


def _since(baseline: Mapping[str, str], linter: MigrationLinter) -> Iterator[Migration]:
    known = {"accounts", "transactions", "budgets", "reports"}
    for (app, name), migration in sorted(linter.migration_loader.disk_migrations.items()):
        # Names begin with their number, so they sort as they run.
        if app in known and name > baseline.get(app, ""):
            yield migration


if __name__ == "__main__":
    main()
