"""What happened: wallets, categories, entries, statements, and the totals that the database keeps of them.

Rows of one household never mix: composite foreign keys (household, wallet), (household, category, kind) stand in the
migrations as SQL, and deleting a household cascades in the database, so the keys here carry no constraint of their own.
"""

from transactions.models.category import Category
from transactions.models.entry import Transaction
from transactions.models.statement import (
    AS_WRITTEN,
    ImportBatch,
    ImportedLine,
    StagedLine,
    StatementAccount,
    StatementProfile,
    Upload,
)
from transactions.models.total import MonthTotal, WalletTotal, YearTotal
from transactions.models.wallet import Wallet

__all__ = [
    "AS_WRITTEN",
    "Category",
    "ImportBatch",
    "ImportedLine",
    "MonthTotal",
    "StagedLine",
    "StatementAccount",
    "StatementProfile",
    "Transaction",
    "Upload",
    "Wallet",
    "WalletTotal",
    "YearTotal",
]
