"""The page for people who want to know what Batua reads names all of it."""

from pathlib import Path

import pytest

from transactions.importers import apps
from transactions.imports.check_rows import VERDICTS
from transactions.imports.verdicts import Verdict

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "imports.md").read_text()


@pytest.mark.parametrize("name", sorted({app.name for app in apps.APPS}))
def test_each_app_is_named(name):
    row = next(row for row in PAGE.splitlines() if row.startswith("| Exports of apps |"))
    named = row.split("|")[2].partition(":")[0].split(",")

    assert name in {each.strip() for each in named}


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_is_explained_by_its_name_on_the_page(verdict):
    label, _tone = VERDICTS[verdict]
    cells = [row.split("|")[1].strip() for row in PAGE.splitlines() if row.startswith("|")]

    assert label in {*cells, *(name for cell in cells for name in cell.split(", "))}
