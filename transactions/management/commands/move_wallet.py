"""`manage.py move_wallet`: a wallet that was opened in the wrong household goes to the right one, with its entries."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from accounts.management.data_fix import DataFix, household_numbered
from transactions import mending
from transactions.models import Wallet


class Command(DataFix):
    help = "Bring a wallet with its entries and imports to another household of the same currency."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("wallet", type=int, help="the wallet's number")
        parser.add_argument("household", type=int, help="the number of the household where it belongs")

    def mend(self, *, wallet: int, household: int, **options: Any) -> list[str]:
        books = household_numbered(household)
        moving = Wallet.objects.select_related("household").filter(pk=wallet).first()
        if moving is None:
            return [f"There is no wallet {wallet} (any more): nothing to do."]
        home = moving.household
        try:
            moved = mending.move_wallet(wallet=moving, to=books)
        except mending.MendingError as error:
            raise CommandError(str(error)) from error
        for touched in (home, books):
            self.note(household=touched, entries=moved.entries)
        made = f"; categories made for it: {', '.join(moved.new_categories)}" if moved.new_categories else ""
        return [f"{moving} went to {books}: {moved.entries} entries and {moved.lines} imported lines{made}."]
