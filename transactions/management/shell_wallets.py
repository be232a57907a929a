"""The wallets that a shell names for a file: those that are there, and those that the import makes."""

from collections.abc import Sequence

from django.core.management.base import CommandError

from accounts.models import Household
from transactions.forms.new_wallets import KIND, NAME, NewWallets
from transactions.management import line_options
from transactions.models import Wallet


def named(household: Household, name: str | None, made: Sequence[str]) -> tuple[Wallet, dict[str, Wallet]]:
    """The wallet of lines that no account is named for, and those that are to be made, by their folded names.

    Raises CommandError.
    """
    new = _new(household, made)
    return _main(household, name, new), new


def _new(household: Household, named: Sequence[str]) -> dict[str, Wallet]:
    """The wallets to be made, still to be saved, by their folded names. Raises CommandError."""
    every = list(Wallet.objects.of(household)) if named else []
    found: dict[str, Wallet] = {}
    for place, text in enumerate(named):
        name, equals, kind = text.rpartition("=")
        if equals and kind not in Wallet.Kind.values:
            raise CommandError(f"“{kind}” is no kind of wallet. There are: {', '.join(Wallet.Kind.values)}.")
        field, called = f"wallet-{place}", name if equals else text
        sent = {f"{field}{NAME}": called, f"{field}{KIND}": kind if equals else ""}
        made = NewWallets(household, [*every, *found.values()], sent, file_name="").of(field, called)
        if made.problem:
            raise CommandError(made.problem)
        found[made.wallet.name.casefold()] = made.wallet
    return found


def _main(household: Household, name: str | None, made: dict[str, Wallet]) -> Wallet:
    """The wallet of lines that no account is named for: the one of this name, else the first new one.

    Raises CommandError.
    """
    if name is not None:
        return line_options.wallet_named(open_wallets(household) | made, name)
    if not made:
        raise CommandError("Say where the lines go, with --wallet NAME or --new-wallet NAME.")
    return next(iter(made.values()))


def open_wallets(household: Household) -> dict[str, Wallet]:
    """The open wallets by their folded names, in their order."""
    found = Wallet.objects.of(household).open().in_order().select_related("household")
    return {wallet.name.casefold(): wallet for wallet in found}
