"""What a household taught Batua about its banks' files: how they are read, and which wallet an account is kept in."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Household
from transactions.categorize import fold
from transactions.importers.base import Statement
from transactions.models import StatementAccount, StatementProfile, Wallet

NAME_LENGTH: int = StatementProfile._meta.get_field("name").max_length or 60
ACCOUNT_LENGTH: int = StatementAccount._meta.get_field("name").max_length or 120


def layout_of(statement: Statement) -> str:
    """The same for all files of one bank's making: a digest of the format and the names of a table's columns.

    Files that are no tables look alike whatever bank they are of: there the account tells them apart.
    """
    reading = statement.reading
    if reading is not None:
        return layout_of_table(statement.format, reading.header, app=reading.app)
    return _digest(statement.format, statement.account or "")


def layout_of_table(file_format: str, header: Iterable[str], *, app: str = "") -> str:
    """The layout of a table by the names of its columns, whether or not they say what they hold."""
    return _digest(file_format, app, *map(fold, header))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def recall(household: Household, layout: str) -> StatementProfile | None:
    """The profile of files of this layout."""
    return StatementProfile.objects.of(household).filter(layout=layout).select_related("wallet").first()


def wallets_of(household: Household, accounts: Iterable[str]) -> dict[str, Wallet]:
    """Account → open wallet: the remembered one, else the one of the same name; those without either are missing."""
    wanted = {account[:ACCOUNT_LENGTH]: account for account in accounts}
    if not wanted:
        return {}
    wallets = list(Wallet.objects.of(household).open().select_related("household"))
    by_name = {fold(wallet.name): wallet for wallet in wallets}
    found = {account: by_name[fold(account)] for account in wanted.values() if fold(account) in by_name}
    by_key = {wallet.pk: wallet for wallet in wallets}
    rows = StatementAccount.objects.of(household).filter(name__in=wanted).values_list("name", "wallet")
    return found | {wanted[name]: by_key[wallet] for name, wallet in rows if wallet in by_key}


@transaction.atomic
def remember(
    *,
    household: Household,
    layout: str,
    name: str,
    wallet: Wallet | None,
    choices: Mapping[str, Any],
    accounts: Mapping[str, Wallet],
) -> None:
    """Keeps how a file was read and where its accounts went; a profile's name is its first file's until renamed."""
    rows = StatementProfile.objects
    rows.update_or_create(
        household=household,
        layout=layout,
        defaults={"wallet": wallet, "choices": dict(choices), "used_at": Now()},
        create_defaults={"name": name[:NAME_LENGTH], "wallet": wallet, "choices": dict(choices)},
    )
    for account, own in accounts.items():
        StatementAccount.objects.update_or_create(
            household=household, name=account[:ACCOUNT_LENGTH], defaults={"wallet": own}
        )
