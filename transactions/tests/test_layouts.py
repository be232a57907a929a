"""Layouts of banks and apps all over the world, as they document them: each read right without being told anything.

The files were written for this test, a few made-up rows each; ``layouts.json`` has the day, the amount, what the line
is called and what else is told of it; ``layouts_beside.json`` has for some of them the payees as a person reads them,
the account, the currency and the balance at the end.
"""

import json
from pathlib import Path

import pytest

from transactions import importers
from transactions.importers.base import StatementLine, Status
from transactions.imports.choosing import note

FILES = Path(__file__).parent / "statements" / "layouts"
BESIDE = json.loads(Path(__file__).with_name("layouts_beside.json").read_text())
EXPECTED = json.loads(Path(__file__).with_name("layouts.json").read_text())


def told(line: StatementLine) -> str:
    words = [line.date.isoformat(), str(line.amount), *line.description.split()]
    words += ["[pending]"] if line.status is Status.PENDING else []
    words += [f"<{line.category}>"] if line.category else []
    return " ".join([*words, *(["->", line.transfer] if line.transfer else [])])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_layout_is_read_right(name):
    statement = importers.read((FILES / f"{name}.csv").read_bytes(), filename="bank.csv")

    assert [told(line) for line in statement.lines if line.amount] == EXPECTED[name]


def test_every_file_is_expected():
    assert {path.stem for path in FILES.glob("*.csv")} == EXPECTED.keys()


@pytest.mark.parametrize("name", BESIDE)
def test_what_else_the_layout_says_is_told(name):
    statement = importers.read((FILES / f"{name}.csv").read_bytes(), filename="bank.csv")

    assert [note(line) for line in statement.lines] == BESIDE[name]["payees"]
    assert statement.account == BESIDE[name].get("account")
    assert statement.currency == BESIDE[name].get("currency")
    assert str(statement.closing_balance) == BESIDE[name].get("closing", "None")
