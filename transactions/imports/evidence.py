"""What speaks for it, and what against it, that two equal amounts in two own wallets are one transfer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from accounts.models import Household, User
from transactions.categorize import fold
from transactions.imports import choosing
from transactions.imports.verdicts import Entry, PreviewLine
from transactions.models import StatementAccount, Wallet
from transactions.suggesting import Reason

# What names its member: money that somebody sends to themselves.
OWN_NAME = ""
# A keyword of spending says little where money goes into one of these: an instalment, a plan, a card's bill.
_PAID_INTO = {Wallet.Kind.LOAN, Wallet.Kind.SAVINGS, Wallet.Kind.CARD}
_SHORTEST_NAME, _SHORTEST_NUMBER, _END_OF_IBAN, _IBAN = 3, 7, 10, 15


class Side(NamedTuple):
    """What one of the two says of itself.

    ``wallet``: its id, or the name of one still to be made. ``claim``: the category that it speaks for, if any, and
    ``is_firm``: by a choice or by the file, rather than by a word. ``text`` is a digest of its note. ``names``: own
    wallets that its words name. ``goes_to``: the wallet that the payee's money went to last time.
    """

    wallet: int | str
    came_in: bool
    claim: int | str | None
    is_firm: bool
    text: int
    names: frozenset[int | str]
    goes_to: int | None = None


@dataclass(frozen=True)
class _Called:
    """By what a text names a wallet: words of names, and digits of account numbers."""

    words: frozenset[str]
    numbers: frozenset[str]


class Evidence:
    """Knows by what names the household's own wallets and members go; three queries when it is first asked.

    ``wallets``: account as the file names it → wallet, which may be one still to be saved.
    """

    def __init__(self, household: Household, wallets: Mapping[str, Wallet]) -> None:
        self._household, self._wallets = household, wallets

    def of_line(self, row: PreviewLine) -> Side:
        """What a line says of itself, and what was chosen for its payee before."""
        choice, end = row.choice, row.other_end
        return Side(
            wallet=row.wallet or row.wallet_name,
            came_in=row.line.amount > 0,
            claim=_claim(row),
            is_firm=choice.reason in {Reason.LAST_TIME, Reason.FILE},
            text=hash(fold(row.note)),
            names=self._named(row.note, choosing.bank_text(row.line), row.line.transfer),
            goes_to=end.wallet if end is not None and end.is_learned else None,
        )

    def of_entry(self, entry: Entry) -> Side:
        """What an entry says, in a category that nobody may have looked at."""
        return Side(
            wallet=entry.wallet,
            came_in=entry.moved > 0,
            claim=entry.claim,
            is_firm=False,
            text=hash(fold(entry.note)),
            names=self._named(entry.note, entry.words, ""),
        )

    def is_against_entry(self, row: PreviewLine, entry: Entry) -> bool:
        """Are a line and an entry rather two payments? Most are known for nothing, and then no text is looked at."""
        if _claim(row) is None and entry.claim is None and row.other_end is None:
            return False
        return self.is_against(self.of_line(row), self.of_entry(entry))

    def is_against(self, one: Side, other: Side) -> bool:
        """Are these rather two payments than one transfer?

        Not where they say the same, or where one names the other's wallet: then both are own money. Else where one of
        them is known for something, unless that is a word of spending for what goes into a loan, savings or a card.
        """
        if other.wallet == one.goes_to or one.wallet == other.goes_to or one.text == other.text:
            return False
        named = one.names | other.names
        if other.wallet in one.names or one.wallet in other.names or OWN_NAME in named:
            return False
        if one.goes_to is not None or other.goes_to is not None:
            return True
        if one.claim == other.claim:
            return False
        return self._speaks(one, other.wallet) or self._speaks(other, one.wallet)

    def _speaks(self, side: Side, other: int | str) -> bool:
        if side.claim is None:
            return False
        return side.came_in or side.is_firm or self._kinds.get(other) not in _PAID_INTO

    def _named(self, note: str, words: str, transfer: str) -> frozenset[int | str]:
        text = fold(f"{note} {words} {transfer}")
        padded, closed = f" {text} ", text.replace(" ", "")
        found = [
            wallet
            for wallet, called in self._called.items()
            if any(f" {name} " in padded for name in called.words) or any(number in closed for number in called.numbers)
        ]
        is_own = " ".join(sorted(fold(note).split())) in self._members
        return frozenset([*found, OWN_NAME] if is_own else found)

    @cached_property
    def _own(self) -> list[Wallet]:
        saved = list(Wallet.objects.of(self._household))
        return [*saved, *(wallet for wallet in self._wallets.values() if wallet.pk is None)]

    @cached_property
    def _kinds(self) -> dict[int | str, str]:
        return {wallet.pk or wallet.name: wallet.kind for wallet in self._own}

    @cached_property
    def _called(self) -> dict[int | str, _Called]:
        names: dict[int | str, list[str]] = {wallet.pk or wallet.name: [wallet.name] for wallet in self._own}
        rows = StatementAccount.objects.of(self._household).values_list("wallet", "name")
        of_file = ((wallet.pk or wallet.name, account) for account, wallet in self._wallets.items())
        for wallet, account in (*rows, *of_file):
            names.setdefault(wallet, []).append(account)
        return {wallet: _called(all_names) for wallet, all_names in names.items()}

    @cached_property
    def _members(self) -> set[str]:
        """Each name of several words, its words in order."""
        names = User.objects.filter(memberships__household=self._household).values_list("name", flat=True)
        folded = (sorted(fold(name).split()) for name in names)
        return {" ".join(words) for words in folded if len(words) > 1}


def _claim(row: PreviewLine) -> int | str | None:
    """The category that a line speaks for."""
    choice = row.choice
    if choice.reason is None:
        return None
    return fold(choice.new_name) if choice.new_name else choice.category


def _called(names: Iterable[str]) -> _Called:
    words, numbers = set(), set()
    for name in map(fold, names):
        closed = name.replace(" ", "")
        if sum(map(str.isdigit, closed)) < _SHORTEST_NUMBER:
            words.add(name)
            continue
        numbers.add(closed)
        if len(closed) >= _IBAN:
            # A bank's own texts have the number within it.
            numbers.add(closed[-_END_OF_IBAN:])
    return _Called(frozenset(name for name in words if len(name) >= _SHORTEST_NAME), frozenset(numbers))
