"""The wallets that an import makes: what each is called unless the member says else, and what may be said."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Household
from transactions.categorize import fold
from transactions.forms.names import NameField
from transactions.forms.wallets import in_archive, taken
from transactions.importers.base import OfAccount
from transactions.models import Wallet

NAME, KIND = "-name", "-kind"
NAME_LENGTH: int = Wallet._meta.get_field("name").max_length or 60
# Of a number, what people know it by: the digits that also stand on a card's slip.
_LAST = 4
# Some write a bank's code where its name belongs.
_SHORTEST_BANK = 3
_MASKED = re.compile(r"[*•]{2,}|[xX]{4,}")
# What tells a sort of wallet, by a word of its account or its file.
_WORDS = {
    "card": Wallet.Kind.CARD,
    "karte": Wallet.Kind.CARD,
    "visa": Wallet.Kind.CARD,
    "mastercard": Wallet.Kind.CARD,
    "saving": Wallet.Kind.SAVINGS,
    "cash": Wallet.Kind.CASH,
    "loan": Wallet.Kind.LOAN,
}


class NewWallet(NamedTuple):
    """A wallet still to be made, with the names of the fields that name it; ``problem`` is wrong with its name.

    ``typed`` is what the field says: of a name that cannot be one, not the wallet's.
    """

    wallet: Wallet
    field: str
    typed: str
    problem: str = ""


class NewWallets:
    """The wallets that a file's accounts get, as the fields that were sent call them.

    ``every``: all wallets of the household, those in the archive too. ``file_name`` helps to tell what is no number.
    """

    def __init__(
        self, household: Household, every: Sequence[Wallet], sent: Mapping[str, object], *, file_name: str
    ) -> None:
        self._household, self._every, self._sent, self._file = household, every, sent, file_name
        # Account → what the file says of it beside its number; known once the file was read.
        self.told: Mapping[str, OfAccount] = {}
        self._made: dict[str, NewWallet] = {}

    def of(self, field: str, account: str) -> NewWallet:
        """The wallet for an account, or of what the file is called; asked again, the same one.

        ``field`` is what the fields of its name and its kind begin with. No two of a file have one name.
        """
        if field not in self._made:
            self._made[field] = self._of(field, account)
        return self._made[field]

    def shown(self, field: str, account: str) -> NewWallet:
        """What the fields say of a wallet; of one that is not to be made nothing is wrong."""
        return self._made.get(field) or self._of(field, account)._replace(problem="")

    @property
    def problems(self) -> dict[str, str]:
        """Name of a field → what is wrong with it, for the wallets that were asked for."""
        return {f"{each.field}{NAME}": each.problem for each in self._made.values() if each.problem}

    def _of(self, field: str, account: str) -> NewWallet:
        told = self.told.get(account, OfAccount())
        guess, asked = kind_of(account, self._file, told.sort), self._sent.get(f"{field}{KIND}")
        kind = Wallet.Kind(asked) if asked in Wallet.Kind.values else guess
        suggested = _free(name_of(account, kind=guess, bank=told.bank), self._names)
        typed = self._sent.get(f"{field}{NAME}")
        name, problem = (suggested, "") if typed is None else self._named(str(typed))
        shown = suggested if typed is None else str(typed)
        # Its lines are shown all the same: as those of a wallet that is not there yet.
        wallet = named(self._household, suggested if problem else name, kind=kind)
        return NewWallet(wallet, field, shown, problem)

    def _named(self, typed: str) -> tuple[str, str]:
        """The name that was typed, and why no wallet can have it."""
        try:
            name = NameField().clean(typed)
        except ValidationError as error:
            return "", " ".join(error.messages)
        namesake = next((each for each in self._every if each.name.casefold() == name.casefold()), None)
        if namesake is not None:
            said = in_archive() if namesake.archived_at else taken()
            return name, said % {"name": namesake.name}
        if name.casefold() in self._names:
            return name, _("Another account of this file gets a wallet of that name. Choose another name.")
        return name, ""

    @property
    def _names(self) -> set[str]:
        return self._of_household | {each.wallet.name.casefold() for each in self._made.values()}

    @cached_property
    def _of_household(self) -> set[str]:
        return {each.name.casefold() for each in self._every}


def named(household: Household, name: str, *, kind: Wallet.Kind | None = None) -> Wallet:
    """A wallet of this name, still to be saved."""
    return Wallet(household=household, name=name, kind=kind or kind_of(name), currency=household.currency)


def name_of(text: str, *, kind: Wallet.Kind, bank: str = "") -> str:
    """A name for the wallet of an account or of a file: what it is called, without a file's ending.

    Nobody calls an account by a long number: there it is the bank's name, else what it is, and its last digits.
    """
    if digits := _number(text):
        is_name = sum(map(str.isalpha, bank)) >= _SHORTEST_BANK
        return f"{bank[: NAME_LENGTH - 10] if is_name else kind.label} {digits[-_LAST:]}"
    stem = text.rpartition(".")[0] if re.search(r"\.\w{2,5}$", text) else text
    return " ".join(stem.replace("_", " ").split())[:NAME_LENGTH] or text[:NAME_LENGTH]


def kind_of(*texts: str) -> Wallet.Kind:
    """What the wallet of an account, and of a file, of these names most likely is."""
    if texts and _MASKED.search(texts[0]) and _number(texts[0]):
        return Wallet.Kind.CARD
    words = fold(" ".join(texts))
    return next((kind for word, kind in _WORDS.items() if word in words), Wallet.Kind.BANK)


def _number(text: str) -> str:
    """The digits of what is a number and no name, as of an account, a card or an IBAN."""
    digits = "".join(re.findall(r"\d", text))
    words = (word for word in re.findall(r"[^\W\d_]+", text) if set(word.lower()) != {"x"})
    spelled = any(len(word) > 3 or not word.isupper() for word in words)
    is_iban = re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", "".join(text.split()))
    return digits if len(digits) >= _LAST and (is_iban or not spelled) else ""


def _free(name: str, taken_names: set[str]) -> str:
    """The name, or the first of its like that no wallet has: two accounts are never one wallet unasked."""
    found, place = name, 2
    while found.casefold() in taken_names:
        found, place = f"{name[: NAME_LENGTH - 4]} {place}", place + 1
    return found
