"""The household's wallets as their page prints them: rows with their balance, and what all hold together."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Household
from batua import display
from transactions import ledger
from transactions.merging import entries_in_words
from transactions.models import Wallet

ICONS = {
    Wallet.Kind.CASH: "coins",
    Wallet.Kind.BANK: "landmark",
    Wallet.Kind.SAVINGS: "piggy-bank",
    Wallet.Kind.CARD: "credit-card",
    Wallet.Kind.LOAN: "hand-coins",
    Wallet.Kind.OTHER: "wallet",
}


@dataclass(frozen=True)
class Row:
    """One wallet, every field ready to print; ``move_url`` is empty where there is no second wallet in use."""

    id: int
    name: str
    kind: str
    icon: SafeString
    entries: str
    balance: SafeString
    url: str
    edit_url: str
    edit_label: str
    move_url: str
    move_label: str
    reopen_url: str
    reopen_label: str


@dataclass(frozen=True)
class WalletList:
    """The wallets in use, those in the archive, and the sum of both."""

    rows: list[Row]
    archived: list[Row]
    total: SafeString


def of(household: Household, *, locale: str) -> WalletList:
    """All wallets of the household in their order; two queries."""
    found = ledger.wallet_balances(household)
    can_move = sum(not wallet.is_archived for wallet in found) > 1

    def printed(value: Decimal) -> SafeString:
        return display.amount(value, currency=household.currency, locale=locale)

    def rows(wallets: list[ledger.WalletBalance]) -> list[Row]:
        return [_row(wallet, balance=printed(wallet.balance), can_move=can_move) for wallet in wallets]

    return WalletList(
        rows=rows([wallet for wallet in found if not wallet.is_archived]),
        archived=rows([wallet for wallet in found if wallet.is_archived]),
        total=printed(sum((wallet.balance for wallet in found), Decimal(0))),
    )


def _row(wallet: ledger.WalletBalance, *, balance: SafeString, can_move: bool) -> Row:
    kind, named = Wallet.Kind(wallet.kind), {"name": wallet.name}
    entries = urlencode({"wallet": wallet.id, "period": "all-time"})
    move = urlencode({"kind": "transfer", "wallet": wallet.id})
    return Row(
        id=wallet.id,
        name=wallet.name,
        kind=str(kind.label),
        icon=display.picture(ICONS[kind]),
        entries=entries_in_words(wallet.entries),
        balance=balance,
        url=f"{reverse('transactions:list')}?{entries}",
        edit_url=reverse("transactions:wallet-update", args=[wallet.id]),
        edit_label=_("Change %(name)s") % named,
        move_url=f"{reverse('transactions:create')}?{move}" if can_move and not wallet.is_archived else "",
        move_label=_("Move money from %(name)s") % named,
        reopen_url=reverse("transactions:wallet-reopen", args=[wallet.id]),
        reopen_label=_("Use %(name)s again") % named,
    )
