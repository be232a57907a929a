"""By what a statement's line is known again within its wallet, whatever file it comes in."""

import hashlib
from array import array
from collections import defaultdict
from functools import partial

from transactions.importers.base import StatementLine

# Digests of eight bytes lie in 4,096 arrays.
_BITS_WITHIN = 52


class Identities:
    """The keys of a file's lines within one wallet: the same in each file that has the line.

    Day and amount, with the bank's id where the line has one, else with the words of the line; and the ordinal among
    equals, so two equal coffees of one day stay two. (An id alone would not do: some banks give a payment and its fee
    one id.) Nothing of it depends on what other lines the file has. ``currency`` is the household's; an amount of
    another one is another payment, where the line itself or the header says so.

    Of a line that came once eight bytes are kept, so that files may be long.
    """

    def __init__(self, *, currency: str) -> None:
        self._currency = currency
        self._came: defaultdict[int, array[int]] = defaultdict(partial(array, "Q"))
        self._times: dict[bytes, int] = {}

    def key(self, line: StatementLine) -> str:
        """The line's key; lines are asked for once, in the file's order."""
        text = line.ours.bank_text if line.ours else line.words
        identity = self._place(line) + (f"id {line.bank_id}" if line.bank_id else text)
        return hashlib.sha256(f"{identity}|{self._ordinal(identity)}".encode()).hexdigest()

    def _ordinal(self, identity: str) -> int:
        digest = hashlib.blake2b(identity.encode(), digest_size=16).digest()
        short = int.from_bytes(digest[:8], "big")
        # An array is searched from its beginning, so there are many.
        alike = self._came[short >> _BITS_WITHIN]
        if short not in alike:
            alike.append(short)
            return 1
        self._times[digest] = self._times.get(digest, 1) + 1
        return self._times[digest]

    def _place(self, line: StatementLine) -> str:
        is_foreign = line.currency and line.is_currency_told and line.currency != self._currency
        return f"{line.date}|{line.amount.normalize():f}|" + (f"{line.currency}|" if is_foreign else "")
