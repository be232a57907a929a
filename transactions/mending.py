"""Mends of whole books that an operator asks for: entries sorted anew, a wallet brought to another household."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from accounts.models import Household
from transactions.models import (
    AS_WRITTEN,
    Category,
    ImportBatch,
    ImportedLine,
    StatementAccount,
    StatementProfile,
    Transaction,
    Wallet,
)


class MendingError(Exception):
    """It cannot be done, for a reason that an operator can read."""


@dataclass(frozen=True)
class Moved:
    """What came along with a wallet."""

    entries: int
    lines: int
    new_categories: tuple[str, ...]


@transaction.atomic
def recategorise(*, target: Category, words: str, source: Category | None) -> int:
    """Puts the entries that mention the words (of one category, or of any) into the target; how many it were."""
    household = target.household
    entries = Transaction.objects.of(household).mentioning(household, words).filter(kind=target.kind)
    if source is not None:
        entries = entries.filter(category=source)
    # Locked in one order, as a merge does.
    keys = list(entries.exclude(category=target).select_for_update().order_by("pk").values_list("pk", flat=True))
    return Transaction.objects.filter(pk__in=keys).update(category=target)


@transaction.atomic
def move_wallet(*, wallet: Wallet, to: Household) -> Moved:
    """Brings a wallet with its entries and imports to another household of the same currency. Raises MendingError.

    Its categories are found there by kind and name, and made where they are missing. The old wallet is left
    until nothing refers to it, because the month totals of its household do.
    """
    _refuse_what_cannot_move(wallet, to)
    entries = Transaction.objects.of(wallet.household).filter(wallet=wallet)
    lines = ImportedLine.objects.of(wallet.household).filter(wallet=wallet)
    categories, made = _counterparts(entries.exclude(category=None).values_list("category", flat=True).distinct(), to)
    own = ImportBatch.objects.of(wallet.household).filter(wallet=wallet)
    alone, batches = list(own.values_list("pk", flat=True)), _batches(lines, to)
    there = Wallet.objects.create(
        household=to,
        name=_free_name(wallet.name, Wallet.objects.of(to).values_list("name", flat=True)),
        kind=wallet.kind,
        currency=wallet.currency,
        opening_balance=wallet.opening_balance,
        archived_at=wallet.archived_at,
        position=wallet.position,
    )
    # Of an import of this wallet alone, the batch says what it did to it.
    ImportBatch.objects.filter(pk__in=[batches[key] for key in alone if key in batches]).update(wallet=there)
    moved = Moved(entries.count(), lines.count(), tuple(made))
    _carry(wallet, there, categories=categories, batches=batches)
    _forget(wallet)
    return moved


def _refuse_what_cannot_move(wallet: Wallet, to: Household) -> None:
    if wallet.household_id == to.pk:
        raise MendingError(f"{wallet} is in household {to.pk} already: nothing to do.")
    if wallet.currency != to.currency:
        raise MendingError(f"{wallet} is kept in {wallet.currency}, household {to.pk} in {to.currency}.")
    both = Transaction.objects.of(wallet.household).touching([wallet.pk]).filter(kind=Transaction.Kind.TRANSFER)
    if count := both.count():
        raise MendingError(f"{count} transfers join {wallet} to other wallets of its household: delete those first.")
    if not Wallet.objects.of(wallet.household).open().exclude(pk=wallet.pk).exists():
        raise MendingError(f"{wallet} is the last open wallet of its household.")


def _counterparts(keys: Iterable[int | None], to: Household) -> tuple[dict[int, int], list[str]]:
    """For each category one of the same kind and name in the other household, and the names of those made for it."""
    found, made = {}, []
    for category in Category.objects.filter(pk__in=list(keys)).order_by("pk"):
        own = Category.objects.of(to).filter(kind=category.kind)
        same = own.filter(is_other=True) if category.is_other else own.filter(name__iexact=category.name)
        twin = same.first()
        if twin is None:
            twin = Category.objects.create(
                household=to,
                kind=category.kind,
                name=category.name,
                colour=category.colour,
                icon=category.icon,
                keywords=category.keywords,
            )
            made.append(twin.name)
        found[category.pk] = twin.pk
    return found, made


def _batches(lines: "Iterable[ImportedLine]", to: Household) -> dict[int, int]:
    """A twin in the other household for each import: it may have brought lines to other wallets as well."""
    keys = {line.batch_id for line in lines}
    twins = {}
    for batch in ImportBatch.objects.filter(pk__in=keys).order_by("pk"):
        key, batch.pk, batch.wallet, batch.household = batch.pk, None, None, to
        batch._state.adding = True
        batch.save(force_insert=True)
        twins[key] = batch.pk
    return twins


def _carry(wallet: Wallet, there: Wallet, *, categories: dict[int, int], batches: dict[int, int]) -> None:
    """Entries and lines refer to each other and to the household: both change in one statement, or neither could.

    Where somebody had put an entry into another wallet than its line's, one of the two stays: the line then has no
    entry any more, and does not come back by itself. The others know that nobody changed their entries by this.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH categories AS (SELECT * FROM unnest(%(old)s::bigint[], %(new)s::bigint[]) AS c (old, new)),
            batches AS (SELECT * FROM unnest(%(from)s::bigint[], %(into)s::bigint[]) AS b (old, new)),
            lines AS (
                UPDATE transactions_importedline line
                SET household_id = %(household)s, wallet_id = %(there)s, batch_id = batches.new, entry_id = entry.id,
                    left_version = CASE
                        WHEN line.made_entry AND entry.version = coalesce(line.left_version, %(written)s)
                        THEN entry.version + 1 ELSE line.left_version END,
                    turned = CASE WHEN (line.turned ->> 'version')::integer = entry.version
                                  THEN line.turned || jsonb_build_object(
                                      'version', entry.version + 1, 'wallet', %(there)s::bigint,
                                      'category', (SELECT new FROM categories
                                                   WHERE old = (line.turned ->> 'category')::bigint))
                                  ELSE line.turned END
                FROM batches, transactions_importedline same LEFT JOIN transactions_transaction entry
                    ON entry.id = same.entry_id AND entry.wallet_id = %(wallet)s
                WHERE same.id = line.id AND line.wallet_id = %(wallet)s AND line.batch_id = batches.old
            ),
            left_behind AS (
                UPDATE transactions_importedline line SET entry_id = NULL
                FROM transactions_transaction entry
                WHERE entry.household_id = %(home)s AND entry.wallet_id = %(wallet)s
                  AND line.entry_id = entry.id AND line.wallet_id <> %(wallet)s
            )
            UPDATE transactions_transaction entry
            SET household_id = %(household)s, wallet_id = %(there)s,
                category_id = (SELECT new FROM categories WHERE old = entry.category_id)
            WHERE entry.household_id = %(home)s AND entry.wallet_id = %(wallet)s
            """,
            {
                "old": list(categories),
                "new": list(categories.values()),
                "from": list(batches),
                "into": list(batches.values()),
                "household": there.household_id,
                "home": wallet.household_id,
                "wallet": wallet.pk,
                "there": there.pk,
                "written": AS_WRITTEN,
            },
        )


def _forget(wallet: Wallet) -> None:
    """The wallet and what only named it; an import that brought nothing else has nothing left to tell."""
    own = ImportBatch.objects.of(wallet.household)
    StatementAccount.objects.of(wallet.household).filter(wallet=wallet).delete()
    StatementProfile.objects.of(wallet.household).filter(wallet=wallet).update(wallet=None)
    with_lines = ImportedLine.objects.of(wallet.household).values("batch")
    own.filter(wallet=wallet).exclude(pk__in=with_lines).delete()
    own.filter(wallet=wallet).update(wallet=None)
    wallet.delete()


def _free_name(name: str, taken: Iterable[str]) -> str:
    names = {each.casefold() for each in taken}
    number = 1
    free = name
    while free.casefold() in names:
        number += 1
        free = f"{name[:55]} {number}"
    return free
