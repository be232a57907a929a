"""`manage.py anonymise_household`: keep the numbers of some books for a test or a fault report, and nobody's story."""

from argparse import ArgumentParser
from typing import Any

from accounts.management.data_fix import DataFix, household_numbered
from batua.management.anonymous import anonymise


class Command(DataFix):
    help = "Take every name, note and file out of a household, and its members too. It cannot be undone: back up first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("household", type=int, help="the household's number")

    def mend(self, *, household: int, **options: Any) -> list[str]:
        books = household_numbered(household)
        forgotten = anonymise(books)
        if not forgotten:
            return [f"Household {household} tells nobody's story: nothing to do."]
        self.note(household=books, tables=len(forgotten))
        return [f"Household {household}:", *(f"  {each.rows} {each.table}" for each in forgotten)]
