"""`manage.py rebuild_totals`: count a household's totals anew, whether or not they are right."""

from argparse import ArgumentParser
from typing import Any

from accounts.management.data_fix import DataFix, household_numbered
from accounts.models import Household
from transactions import totals


class Command(DataFix):
    help = "Count kept totals anew from the entries, of one household or of all; verify_totals only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("household", type=int, nargs="?", help="the household's number; without it, all")

    def mend(self, *, household: int | None, **options: Any) -> list[str]:
        if household is None:
            keys = list(Household.objects.order_by("pk").values_list("pk", flat=True))
        else:
            keys = [household_numbered(household).pk]
        wrong = [row for row in totals.differences() if row.household in keys]
        totals.rebuild(households=keys)
        for key in sorted({row.household for row in wrong}):
            self.note(household=Household.objects.get(pk=key))
        return [f"Counted the totals of {len(keys)} household(s) anew; {len(wrong)} of these had been wrong."]
