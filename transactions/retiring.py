"""How a wallet or a category leaves the books: archived and brought back, or deleted when nothing refers to it."""

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import Household
from transactions.models import Category, Wallet


class RefusalError(Exception):
    """It stays, and ``str()`` says why to a member."""


class LastWalletError(RefusalError):
    """Without this wallet there would be none to book on."""

    def __str__(self) -> str:
        return _("This is the only wallet in use. Add another one first.")


class InUseError(RefusalError):
    """Something refers to it: it may be archived, a category also merged."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return _("%(name)s is in use, so it was not deleted.") % {"name": self.name}


class OtherStaysError(RefusalError):
    """The category "Other" takes what fits nowhere else, so it can neither be archived nor deleted."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        sentence = _(
            "%(name)s takes what fits nowhere else, so it stays. You can give it another name, colour and icon."
        )
        return sentence % {"name": self.name}


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
        raise OtherStaysError(category.name)
    Category.objects.filter(pk=category.pk, archived_at=None).update(archived_at=Now())


def reopen_category(*, category: Category) -> None:
    """Offers the category again."""
    Category.objects.filter(pk=category.pk).update(archived_at=None)


def delete_category(*, category: Category) -> None:
    """Deletes a category that nothing refers to. Raises InUseError, OtherStaysError."""
    if category.is_other:
        raise OtherStaysError(category.name)
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
        raise InUseError(row.name) from error
