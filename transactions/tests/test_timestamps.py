"""Seconds and milliseconds since 1970 in a column that is named for days."""

import pytest

from transactions.importers.base import StatementError
from transactions.tests.reading import amounts, days, read, remarks

# 13 March 2026, 10:11:12 UTC, and 23:59:59 of the same day.
MORNING, MIDNIGHT = 1773396672, 1773446399
SAID = (
    "The file counts seconds since 1970 instead of naming days; they were read as days of UTC, and near midnight yours"
    " may be another one."
)


@pytest.mark.parametrize("name", ["timestamp", "Created", "Date", "created_at", "Transaction Date"])
@pytest.mark.parametrize("factor", [1, 1000, 1_000_000])
def test_seconds_since_1970_are_days(name, factor):
    statement = read(f"{name},description,amount\n{MORNING * factor},Grocer,-23.45\n{MIDNIGHT * factor},Acme,2000.00\n")

    assert (days(statement), amounts(statement)) == (["2026-03-13", "2026-03-13"], ["-23.45", "2000.00"])
    assert remarks(statement) == [SAID]


def test_fractions_of_seconds_are_no_obstacle():
    assert days(read(f"timestamp,description,amount\n{MORNING}.5123,Grocer,-23.45\n")) == ["2026-03-13"]


def test_beside_whole_days_such_numbers_are_references():
    statement = read(f"Date,Created,Text,Amount\n2026-03-14,{MORNING},Grocer,-23.45\n")

    assert (days(statement), remarks(statement)) == (["2026-03-14"], [])


def test_without_a_name_for_days_such_numbers_are_no_days():
    with pytest.raises(StatementError):
        read(f"Reference,Text,Amount\n{MORNING},Grocer,-23.45\n")
