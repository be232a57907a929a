"""What the wallets that a long file makes are called: named after its reading, so kept beside its lines."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from transactions.forms.names import NameField
from transactions.forms.new_wallets import KIND, NAME, NAME_LENGTH, NewWallets, named
from transactions.importers.base import OfAccount
from transactions.imports.verdicts import PreviewLine
from transactions.models import Upload, Wallet

# As much of a field as is kept: enough to see that a name is too long.
_LONGEST = 2 * NAME_LENGTH


def keep(upload: Upload, sent: QueryDict) -> bool:
    """Keeps what was sent of names and kinds; whether that was anything. The file is to be held by the caller."""
    told = upload.staged or {}
    fields = [f"{field}{part}" for field, _account in _fields(told) for part in (NAME, KIND)]
    found = {field: sent[field][:_LONGEST] for field in fields if field in sent}
    if found:
        upload.staged = {**told, "called": {**told.get("called", {}), **found}}
        upload.save(update_fields=["staged"])
    return bool(found)


def still_called(upload: Upload, accounts: list[str]) -> dict[str, str]:
    """What was said before the file was read anew, where it has the same accounts."""
    told = upload.staged or {}
    return told.get("called", {}) if told.get("accounts") == accounts else {}


def of(upload: Upload, every: list[Wallet]) -> NewWallets:
    """The wallets that the file makes, all looked at; ``every``: all that the household has."""
    told = upload.staged or {}
    found = NewWallets(upload.household, every, told.get("called", {}), file_name=upload.file_name)
    found.told = {account: OfAccount(*each) for account, each in told.get("of_accounts", {}).items()}
    for field, account in _fields(told):
        found.of(field, account or told.get("account") or upload.file_name)
    return found


def made(upload: Upload, every: list[Wallet]) -> dict[str, Wallet]:
    """Account → its wallet, perhaps still to be saved. One that was to be made may be there by now."""
    told, household = upload.staged or {}, upload.household
    own, by_name = {wallet.pk: wallet for wallet in every}, {wallet.name.casefold(): wallet for wallet in every}
    fields, new = {account: field for field, account in _fields(told)}, of(upload, every)
    found = {}
    for account, key in told["wallets"].items():
        if isinstance(key, int):
            found[account] = own[key]
        elif f"{fields[account]}{NAME}" in told.get("called", {}):
            found[account] = new.of(fields[account], account).wallet
        else:
            kind = Wallet.Kind(new.of(fields[account], account).wallet.kind)
            found[account] = by_name.get(key.casefold()) or named(household, key, kind=kind)
    return found


def renamed(upload: Upload) -> dict[str, str]:
    """Name of a wallet as the lines have it → what it is called by now."""
    told, called = upload.staged or {}, (upload.staged or {}).get("called", {})
    names = {account: NameField().to_python(called.get(f"{field}{NAME}", "")) for field, account in _fields(told)}
    return {told["wallets"][account]: name for account, name in names.items() if name}


def with_names(row: PreviewLine, names: Mapping[str, str]) -> PreviewLine:
    """The line, with its wallets as they are called by now."""
    end = row.other_end
    if end is not None and end.name in names:
        row = row._replace(other_end=replace(end, name=names[end.name]))
    return row._replace(wallet_name=names.get(row.wallet_name, row.wallet_name)) if not row.wallet else row


def _fields(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the fields of each wallet that is to be made begin with, and its account; "" is that of the file."""
    wallets = told.get("wallets", {})
    accounts = [("wallet", ""), *((f"account-{place}", each) for place, each in enumerate(told.get("accounts", ())))]
    return ((field, account) for field, account in accounts if isinstance(wallets.get(account), str))
