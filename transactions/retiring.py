"""How a wallet or a category leaves the books: archived and brought back, or deleted when nothing refers to it."""

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.models import Household
from transactions.models import Category, Wallet


class LastWalletError(Exception):
    """Without this wallet there would be none to book on."""


class InUseError(Exception):
    """Something refers to it: it may be archived, a category also merged."""


class OtherStaysError(Exception):
    """The category "Other" takes what fits nowhere else, so it can neither be archived nor deleted."""


@transaction.atomic
def archive_wallet(*, wallet: Wallet) -> None:
    """Keeps the wallet's entries and offers it no more. Raises LastWalletError."""
    _keep_one_open(wallet)
    Wallet.objects.filter(pk=wallet.pk, archived_at=None).update(archived_at=Now())


@transaction.atomic
def delete_wallet(*, wallet: Wallet) -> None:
    """Deletes a wallet that no entry and no import ever touched. Raises InUseError, LastWalletError."""
    _keep_one_open(wallet)
    _delete(wallet)


def reopen_wallet(*, wallet: Wallet) -> None:
    """Offers the wallet again."""
    Wallet.objects.filter(pk=wallet.pk).update(archived_at=None)


def archive_category(*, category: Category) -> None:
    """Keeps the category's entries and offers it no more. Raises OtherStaysError."""
    if category.is_other:
        raise OtherStaysError
    Category.objects.filter(pk=category.pk, archived_at=None).update(archived_at=Now())


def reopen_category(*, category: Category) -> None:
    """Offers the category again."""
    Category.objects.filter(pk=category.pk).update(archived_at=None)


def delete_category(*, category: Category) -> None:
    """Deletes a category that nothing refers to. Raises InUseError, OtherStaysError."""
    if category.is_other:
        raise OtherStaysError
    _delete(category)


def _keep_one_open(wallet: Wallet) -> None:
    # One at a time: two people who archive the last two wallets at once must not both be right.
    Household.objects.select_for_update(no_key=True).get(pk=wallet.household_id)
    if not Wallet.objects.filter(household=wallet.household_id, archived_at=None).exclude(pk=wallet.pk).exists():
        raise LastWalletError


def _delete(row: Wallet | Category) -> None:
    """The database knows what refers to a row, also what was written a moment ago."""
    try:
        with transaction.atomic():
            row.delete()
    except IntegrityError as error:
        raise InUseError from error
