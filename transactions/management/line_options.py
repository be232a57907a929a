"""What a shell says of single lines: which are taken, which entry one is, and which wallet its money went to."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple

from django.core.management.base import CommandError

from transactions.importers.base import Status
from transactions.imports import booking, line_choice
from transactions.imports.booking import Chosen, IsEntry, ToWallet
from transactions.imports.line_choice import AS_TRANSFER
from transactions.imports.verdicts import OFFERED, TAKEN, Preview, PreviewLine, Verdict
from transactions.models import Wallet

# Why a line's money cannot have moved between own wallets.
HERE = "Line %(line)s is in your books already."
JOINED = "Line %(line)s tells of a transfer that is in your books already."
OWN = "Line %(line)s cannot be a transfer with “%(wallet)s”: it is a line of that very wallet."
PARTS = "Line %(line)s cannot be a transfer with “%(wallet)s”: it is split into parts."
FOREIGN = "Line %(line)s cannot be a transfer with “%(wallet)s”: its amount is in %(currency)s."
NOT_TAKEN = "Line %(line)s cannot be imported."


class LineOptions(NamedTuple):
    """What becomes of the lines: those to ``take``, the entry of those that are one, and what others become.

    ``corrected``: of the second those whose entry gets their amount and day.
    """

    taken: list[PreviewLine]
    joined: Mapping[int, int]
    corrected: Set[int]
    moved: Mapping[int, Chosen]

    @property
    def choices(self) -> dict[int, Chosen]:
        """As ``importing.Held.commit`` has them."""
        return {**self._entries, **self.moved}

    @property
    def _entries(self) -> dict[int, IsEntry]:
        return {number: IsEntry(entry, as_bank=number in self.corrected) for number, entry in self.joined.items()}

    def is_moved(self, row: PreviewLine) -> bool:
        """Whether the line becomes a transfer, rather than to tell of one that is here."""
        wish = self._wish(row.line.number, row)
        half = row.other_end.line if row.other_end else None
        if isinstance(wish, ToWallet) or half is None:
            return isinstance(wish, ToWallet) or wish is None
        theirs = self._wish(half, row)
        return (wish is None and theirs is None) or None in (
            self.moved.get(each, 0) for each in (row.line.number, half)
        )

    def _wish(self, number: int, row: PreviewLine) -> Chosen:
        """What the line of this number becomes; the two halves of a transfer are suggested to be the same."""
        if number in self.joined:
            return 0
        return self.moved.get(number, None if row.verdict is Verdict.TRANSFER else 0)


def add_to(parser: ArgumentParser) -> None:
    """The options of lines, each of which may be given several times."""
    parser.add_argument(
        "--take",
        action="append",
        default=[],
        choices=[*(verdict.value for verdict in OFFERED), AS_TRANSFER],
        help="take lines that are left aside by themselves; transfer: those whose payee's money moved last time",
    )
    parser.add_argument(
        "--join",
        action="append",
        default=[],
        metavar="LINE",
        help="the line of this number, or each one with “all”, is the entry that it looks like: the entry stays"
        " as it is, and the line is known from then on",
    )
    parser.add_argument(
        "--correct",
        action="append",
        default=[],
        metavar="LINE",
        help="the line of this number is the entry that it looks like, which gets the line's amount and day",
    )
    parser.add_argument(
        "--transfer",
        action="append",
        default=[],
        metavar="LINE=WALLET",
        help="the money of the line of this number went to this wallet, or came from it: it is taken as a transfer;"
        " LINE= for a line that is none",
    )


def of(preview: Preview, options: Mapping[str, Any], own: Mapping[str, Wallet]) -> LineOptions:
    """What the options say of these lines; ``own`` are the open wallets by their folded names. Raises CommandError."""
    corrected = _corrected(preview, options["correct"])
    joined, moved = (
        _joined(preview, [*options["join"], *map(str, corrected)]),
        _moved(preview, options["transfer"], own),
    )
    for number in joined.keys() & moved.keys():
        raise CommandError(f"Line {number} is said to be an entry and a transfer. Say one of the two.")
    named = joined.keys() | moved.keys()
    named |= {end.line for each in preview.lines if each.line.number in named and (end := each.other_end) and end.line}
    return LineOptions(_taken(preview, options["take"], named), joined, corrected, moved)


def wallet_named(own: Mapping[str, Wallet], name: str) -> Wallet:
    """The open wallet of this name. Raises CommandError."""
    if (wallet := own.get(name.casefold())) is None:
        names = ", ".join(each.name for each in own.values())
        raise CommandError(f"There is no wallet “{name}”. There are: {names}.")
    return wallet


def _joined(preview: Preview, named: Sequence[str]) -> dict[int, int]:
    """Line → the entry that it looks like, of those lines that are named."""
    alike = {str(each.line.number): each.like.id for each in preview.of(Verdict.LOOKALIKE) if each.like}
    for number in named:
        if number != "all" and number not in alike:
            raise CommandError(f"Line {number} looks like no entry, so it cannot be joined to one.")
    return {int(number): entry for number, entry in alike.items() if "all" in named or number in named}


def _corrected(preview: Preview, named: Sequence[str]) -> set[int]:
    """Lines whose entry gets their amount and day."""
    able = {str(each.line.number): each.line.number for each in preview.lines if each.corrects}
    for number in named:
        if number not in able:
            raise CommandError(f"Line {number} has no other amount or day than an entry that it looks like.")
    return {able[number] for number in named}


def _moved(preview: Preview, named: Sequence[str], own: Mapping[str, Wallet]) -> dict[int, Chosen]:
    """Line → what a booking has for a transfer with the wallet that is named for it, or for none."""
    takeable = {each.line.number for each in preview.takeable}
    rows = {str(each.line.number): each for each in preview.lines}
    found: dict[int, Chosen] = {}
    for pair in named:
        number, equals, name = pair.partition("=")
        if not equals:
            raise CommandError(f"--transfer says LINE=WALLET, as in --transfer 12=Savings, and not “{pair}”.")
        if (row := rows.get(number)) is None:
            raise CommandError(f"The file has no entry on line {number}.")
        if int(number) in found:
            raise CommandError(f"Line {number} is named twice. Say once where its money went.")
        wallet = wallet_named(own, name) if name else None
        if problem := _why_not(row, wallet, can_be_taken=row.line.number in takeable):
            told = {"line": number, "wallet": wallet.name if wallet else "", "currency": row.line.currency}
            raise CommandError(problem % told)
        found[int(number)] = (
            booking.OF_FILE if wallet is None else line_choice.booked(line_choice.moved(row, wallet.pk))
        )
    return found


def _why_not(row: PreviewLine, wallet: Wallet | None, *, can_be_taken: bool) -> str:
    """Why nobody can say that of the line; "" where nothing speaks against it."""
    if row.verdict is Verdict.KNOWN:
        return HERE
    if wallet is None:
        return "" if can_be_taken else NOT_TAKEN
    reasons = {
        OWN: row.wallet == wallet.pk,
        JOINED: row.verdict is Verdict.JOINS,
        PARTS: bool(row.line.splits),
        FOREIGN: row.verdict is Verdict.FOREIGN,
        NOT_TAKEN: not can_be_taken,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _taken(preview: Preview, also: Sequence[str], named: set[int]) -> list[PreviewLine]:
    """New lines and those that are named; those of a file in another currency too, since a wallet was named for it."""
    foreign = preview.of(Verdict.FOREIGN) if preview.is_foreign else []
    booked = [each for each in foreign if each.line.status is Status.BOOKED or Verdict.PENDING.value in also]
    asked = set(also)
    own = preview.of(*TAKEN, *(verdict for verdict in OFFERED if verdict.value in asked))
    found = [*(each for each in own if AS_TRANSFER in asked or not each.is_moved_as_last_time), *booked]
    numbers = {each.line.number for each in found}
    return [*found, *(each for each in preview.lines if each.line.number in named - numbers)]
