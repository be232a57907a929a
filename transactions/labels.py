"""Names, colours and icons of a household's categories and wallets, read once for a request; entries are not here."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import Household
from transactions.models import Category, Wallet


@dataclass(frozen=True)
class CategoryLabel:
    """A category as a row, a chip or a choice shows it."""

    id: int
    kind: str
    name: str
    colour: int
    icon: str
    is_other: bool
    archived_at: datetime | None

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


@dataclass(frozen=True)
class WalletLabel:
    """A wallet as a row, a chip or a choice shows it."""

    id: int
    name: str
    archived_at: datetime | None

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


@dataclass(frozen=True)
class Labels:
    """Every category by name ("Other" last) and every wallet in its order, archived ones too."""

    categories: dict[int, CategoryLabel]
    wallets: dict[int, WalletLabel]

    def of_kind(self, kind: str) -> list[CategoryLabel]:
        return [category for category in self.categories.values() if category.kind == kind]

    def other(self, kind: str) -> CategoryLabel:
        """The protected category of last resort."""
        return next(category for category in self.of_kind(kind) if category.is_other)

    def category(self, key: int) -> CategoryLabel:
        """The label of a category; one that was made since the labels were read has no name yet."""
        return self.categories.get(key) or _unread_category(key)

    def wallet(self, key: int | None) -> WalletLabel:
        """The label of a wallet; one that was made since the labels were read has no name yet."""
        return self.wallets.get(key or 0) or WalletLabel(key or 0, _("New wallet"), None)

    @property
    def open_kinds(self) -> dict[int, str]:
        """Category → its kind, of those that are not archived."""
        return {category.id: category.kind for category in self.categories.values() if not category.is_archived}

    def wallet_choices(self, *current: int | None) -> list[tuple[int, str]]:
        """The wallets that a form offers: the open ones, and those that were chosen before they were archived."""
        return [
            (wallet.id, shown_name(wallet))
            for wallet in self.wallets.values()
            if not wallet.is_archived or wallet.id in current
        ]

    @property
    def open_wallets(self) -> list[WalletLabel]:
        return [wallet for wallet in self.wallets.values() if not wallet.is_archived]


def _unread_category(key: int) -> CategoryLabel:
    return CategoryLabel(key, "", _("New category"), colour=1, icon="tag", is_other=False, archived_at=None)


def of(household: Household) -> Labels:
    """The labels of a household; two queries."""
    categories = Category.objects.of(household).by_name()
    wallets = Wallet.objects.of(household).in_order()
    names = ("pk", "kind", "name", "colour", "icon", "is_other", "archived_at")
    return Labels(
        categories={row[0]: CategoryLabel(*row) for row in categories.values_list(*names)},
        wallets={row[0]: WalletLabel(*row) for row in wallets.values_list("pk", "name", "archived_at")},
    )


def later(household: Household) -> Labels:
    """The same, read when the first one is asked for, or never."""
    return cast(Labels, SimpleLazyObject(lambda: of(household)))


def shown_name(label: CategoryLabel | WalletLabel) -> str:
    """The name, and whether it is archived."""
    return _("%(name)s (archived)") % {"name": label.name} if label.is_archived else label.name
