"""`manage.py recategorise`: put the entries that mention some words into a category."""

from argparse import ArgumentParser
from typing import Any

from accounts.management.data_fix import DataFix, household_numbered
from transactions import mending
from transactions.management.naming import category_called


class Command(DataFix):
    help = "Put a household's entries that mention some words into a category, of one category or of all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("household", type=int, help="the household's number")
        parser.add_argument("words", help="what the entries mention")
        parser.add_argument("--to", required=True, help="the category they belong to")
        parser.add_argument("--from", dest="source", help="only those that are in this category")
        parser.add_argument("--kind", choices=["expense", "income"], default="expense")

    def mend(self, *, household: int, words: str, to: str, source: str | None, kind: str, **options: Any) -> list[str]:
        books = household_numbered(household)
        target = category_called(books, to, kind=kind)
        origin = category_called(books, source, kind=kind) if source else None
        moved = mending.recategorise(target=target, words=words, source=origin)
        if moved:
            self.note(household=books, entries=moved)
        return [f"{moved} entries put into {target}."]
