"""`manage.py merge_categories`: two categories of a household become one, with entries, keywords and budgets."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from accounts.management.data_fix import DataFix, household_numbered
from transactions import merging
from transactions.management.naming import category_called
from transactions.models import Category


class Command(DataFix):
    help = "Move everything of one category into another and delete it; nothing to do when it is gone already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("household", type=int, help="the household's number")
        parser.add_argument("source", help="the category that goes")
        parser.add_argument("target", help="the category that stays")
        parser.add_argument("--kind", choices=["expense", "income"], default="expense")

    def mend(self, *, household: int, source: str, target: str, kind: str, **options: Any) -> list[str]:
        books = household_numbered(household)
        goal = category_called(books, target, kind=kind)
        if not Category.objects.of(books).filter(kind=kind, name__iexact=source.strip()).exists():
            return [f"There is no category {source} any more: nothing to do."]
        origin = category_called(books, source, kind=kind)
        try:
            moved = merging.merge(source=origin, target=goal)
        except merging.MergeError as error:
            raise CommandError(str(error)) from error
        self.note(household=books, entries=moved)
        return [f"{origin} became {goal}: {moved} entries moved."]
