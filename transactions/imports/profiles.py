"""What a household taught Batua about its banks' files: how they are read, and which wallet an account is kept in."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Household
from transactions.categorize import fold
from transactions.forms.reading_fields import MOST_COLUMNS, position
from transactions.importers import dates, numbers
from transactions.importers.base import NOTHING_PROVEN, Proven, Statement
from transactions.models import ImportedLine, StatementAccount, StatementProfile, Wallet

NAME_LENGTH: int = StatementProfile._meta.get_field("name").max_length or 60
COLUMN_LENGTH = 60
ACCOUNT_LENGTH: int = StatementAccount._meta.get_field("name").max_length or 120
# Digits of a number that tells an account wherever it stands.
_SHORTEST_NUMBER = 7
# Kept among the choices, under names that no field of a form has: what files proved, and what their columns are called.
_PROVEN, _NAMED = "proven-", "named-"
# What files may prove of their layout: the order of days, the decimal mark, which way amounts without a sign went.
PROVEN = ("order", "mark", "bare")
# As much of a layout as those of further wallets begin with.
_SHORT = 40


def layout_of(statement: Statement) -> str:
    """The same for all files of one bank's making: a digest of the format and the names of a table's columns.

    Files that are no tables look alike whatever bank they are of: there the account tells them apart.
    """
    reading = statement.reading
    if reading is not None:
        # What was taught about an app's files before it was known is kept under their table alone.
        return layout_of_table(statement.format, reading.header, app="" if reading.is_as_of_bank else reading.app)
    # As it is spelled: profiles are kept under this digest, and folded it would be another one.
    return _digest(statement.format, _closed_up(statement.account or ""))


def layout_of_table(file_format: str, header: Iterable[str], *, app: str = "") -> str:
    """The layout of a table by the names of its columns, whether or not they say what they hold."""
    return _digest(file_format, app, *map(fold, header))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def of_layout(household: Household, layout: str) -> list[StatementProfile]:
    """The profiles of files of this layout, the last used first: one for each wallet that such files went into.

    None for a file without a layout.
    """
    if not layout:
        return []
    alike = Q(layout=layout) | Q(layout__startswith=_marked(layout))
    own = StatementProfile.objects.of(household).filter(alike).select_related("wallet")
    return list(own.order_by("-used_at", "-pk"))


def own_of(known: Sequence[StatementProfile], wallet: int | None) -> StatementProfile | None:
    """Of these that of the wallet's files, else one that is no wallet's own."""
    return next((each for key in (wallet, None) for each in known if each.wallet_id == key), None)


def _marked(layout: str) -> str:
    """What the layouts begin with that profiles of further wallets are kept under."""
    return f"{layout[:_SHORT]}@"


def chosen(profile: StatementProfile) -> dict[str, str]:
    """What members chose for files of this layout, by the names of the reading form's fields."""
    return {name: value for name, value in profile.choices.items() if not name.startswith((_PROVEN, _NAMED))}


def header_of(profile: StatementProfile) -> list[str]:
    """What the columns of the profile's files are called; empty where nobody knows, as of files that are no tables."""
    names = {name.removeprefix(_NAMED): value for name, value in profile.choices.items() if name.startswith(_NAMED)}
    places = {place: str(value) for name, value in names.items() if (place := position(name)) is not None}
    width = min(max(places, default=-1) + 1, MOST_COLUMNS)
    return [places.get(place, "") for place in range(width)]


def _headed(header: Iterable[str]) -> dict[str, str]:
    return {f"{_NAMED}{place}": name[:COLUMN_LENGTH] for place, name in enumerate(islice(header, MOST_COLUMNS))}


def proven_by(profile: StatementProfile | None) -> Proven:
    """What earlier files of the profile's layout showed beyond doubt."""
    kept = profile.choices if profile is not None else {}
    order, mark, bare = (kept.get(f"{_PROVEN}{name}") for name in PROVEN)
    # A backup may have been written by anybody.
    return Proven(
        order if order in dates.ORDERS else None,
        mark if mark in numbers.MARKS else None,
        bare == "out" if bare else None,
    )


def _written(proven: Proven) -> dict[str, str]:
    bare = None if proven.is_bare_out is None else "out" if proven.is_bare_out else "in"
    found = {"order": proven.date_order, "mark": proven.decimal_mark, "bare": bare}
    return {f"{_PROVEN}{name}": value for name, value in found.items() if value}


def beside(profile: StatementProfile, wallet: int | None) -> StatementProfile | None:
    """Another profile of files of the same layout, where it is that of this wallet's; None: no wallet's own."""
    alike = StatementProfile.objects.of(profile.household).filter(layout__startswith=profile.layout[:_SHORT])
    found: StatementProfile | None = alike.filter(wallet=wallet).exclude(pk=profile.pk).order_by("pk").first()
    return found


@transaction.atomic
def change(
    profile: StatementProfile, *, name: str, wallet: int | None, choices: Mapping[str, str], forgotten: Iterable[str]
) -> None:
    """Writes what a member says of files of this layout; ``forgotten`` are those of ``PROVEN`` that count no more."""
    kept = StatementProfile.objects.of(profile.household).select_for_update().get(pk=profile.pk)
    gone = {f"{_PROVEN}{each}" for each in forgotten}
    told = {of: value for of, value in kept.choices.items() if of.startswith((_PROVEN, _NAMED)) and of not in gone}
    kept.name, kept.wallet_id, kept.choices = name, wallet, {**choices, **told}
    kept.save(update_fields=["name", "wallet", "choices"])


def left_open(statement: Statement | None, profile: StatementProfile | None) -> Proven:
    """What earlier files tell of a statement that leaves some of it open; nothing where it tells all that by itself.

    None is a file that could not be read by itself.
    """
    proven = proven_by(profile)
    if statement is None:
        return proven
    own = statement.reading.proven if statement.reading else proven
    return NOTHING_PROVEN if own.over(proven) == own else proven


def wallets_of(household: Household, accounts: Iterable[str]) -> dict[str, Wallet]:
    """Account → open wallet: the remembered one, else the one of the same name; those without either are missing.

    A number is the same with and without spaces.
    """
    wanted = {account[:ACCOUNT_LENGTH]: account for account in accounts}
    if not wanted:
        return {}
    wallets = list(Wallet.objects.of(household).open().select_related("household"))
    by_name = {fold(wallet.name): wallet for wallet in wallets}
    found = {account: by_name[fold(account)] for account in wanted.values() if fold(account) in by_name}
    by_key = {wallet.pk: wallet for wallet in wallets}
    rows = StatementAccount.objects.of(household).filter(wallet__in=by_key).order_by("pk").values_list("name", "wallet")
    told = {name: by_key[wallet] for name, wallet in rows}
    alike = {_plain(name): wallet for name, wallet in told.items()}
    known = {
        account: told.get(name) or alike.get(_plain(name)) or _within(name, alike) for name, account in wanted.items()
    }
    return found | {account: wallet for account, wallet in known.items() if wallet}


def has_files(wallet: Wallet) -> bool:
    """Whether lines of files are known in the wallet."""
    return ImportedLine.objects.of(wallet.household).filter(wallet=wallet).exists()


def account_of(wallet: Wallet, *, beside: str) -> str:
    """An account that the wallet is remembered for, where it is not remembered for this one; else ""."""
    names = list(StatementAccount.objects.filter(wallet=wallet).order_by("pk").values_list("name", flat=True))
    plain = _plain(beside)
    is_known = any(plain == name or _is_within(plain, name) for name in map(_plain, names))
    return "" if is_known else next(iter(names), "")


def _within(account: str, known: Mapping[str, Wallet]) -> Wallet | None:
    """The wallet of the one account that this one is another writing of."""
    plain = _plain(account)
    found = {wallet.pk: wallet for name, wallet in known.items() if _is_within(plain, name)}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_within(one: str, other: str) -> bool:
    """Whether one number ends in the other: an IBAN ends in the number that the bank's older files have."""
    shorter, longer = sorted((one, other), key=len)
    is_number = len(shorter) >= _SHORTEST_NUMBER and shorter.isdigit()
    return is_number and len(shorter) < len(longer) and longer.endswith(shorter)


def in_archive(household: Household, accounts: Iterable[str]) -> list[str]:
    """Names of archived wallets that these accounts are remembered for."""
    wanted = {_plain(account[:ACCOUNT_LENGTH]) for account in accounts}
    if not wanted:
        return []
    rows = StatementAccount.objects.of(household).filter(wallet__archived_at__isnull=False).order_by("pk")
    found = (wallet for name, wallet in rows.values_list("name", "wallet__name") if _plain(name) in wanted)
    return list(dict.fromkeys(found))


def _plain(account: str) -> str:
    """One spelling of an account, whatever its case, accents and grouping."""
    return _closed_up(fold(account))


def _closed_up(account: str) -> str:
    """Without spaces: banks group the digits of one and the same number as they like."""
    return "".join(account.split())


@transaction.atomic
def remember(
    *,
    household: Household,
    layout: str,
    file_name: str,
    account: str,
    wallets: Mapping[str, Wallet],
    choices: Mapping[str, Any],
    proven: Proven,
    header: Iterable[str] = (),
) -> None:
    """Keeps how a file was read and where it went: the next one is read so, into the same wallets.

    ``account`` is the one that all of the file is of, ``wallets`` are those of the accounts that its lines name, "" for
    lines without; those that are still to be saved are not kept. ``header`` are the names of the columns. A profile's
    name is its first file's until renamed.
    """
    saved = {of: wallet for of, wallet in wallets.items() if wallet.pk}
    accounts, only = {of: wallet for of, wallet in saved.items() if of}, saved.get("")
    if account and not accounts and only is not None:
        accounts = {account: only}
    name = file_name.rpartition(".")[0] or file_name
    known = of_layout(household, layout)
    mine = next(iter(known), None) if only is None else own_of(known, only.pk)
    # Two accounts of one bank have files of one layout, and signs of their own.
    key = mine.layout if mine is not None else layout if not known else _marked(layout) + uuid.uuid4().hex[:20]
    proven = proven.over(proven_by(mine))
    named = _headed(header) or _headed(header_of(mine) if mine is not None else ())
    kept = {"wallet": only, "choices": dict(choices) | _written(proven) | named}
    StatementProfile.objects.update_or_create(
        household=household,
        layout=key,
        defaults=kept | {"used_at": Now()},
        create_defaults=kept | {"name": name[:NAME_LENGTH]},
    )
    for of, own in accounts.items():
        StatementAccount.objects.update_or_create(
            household=household, name=of[:ACCOUNT_LENGTH], defaults={"wallet": own}
        )
