"""By what a statement's line is known again within its wallet, whatever file it comes in."""

import hashlib
from collections import Counter

from transactions.importers.base import StatementLine


class Identities:
    """The keys of a file's lines within one wallet: the same in each file that has the line.

    Day and amount, with the bank's id where the line has one, else with the words of the line; and the ordinal among
    equals, so two equal coffees of one day stay two. (An id alone would not do: some banks give a payment and its fee
    one id.) Nothing of it depends on what other lines the file has. ``currency`` is the household's; an amount of
    another one is another payment, where the line itself or the header says so.

    Only digests are kept, so that files may be long.
    """

    def __init__(self, *, currency: str) -> None:
        self._currency = currency
        self._seen: Counter[bytes] = Counter()

    def key(self, line: StatementLine) -> str:
        """The line's key; lines are asked for once, in the file's order."""
        text = line.ours.bank_text if line.ours else line.words
        identity = self._place(line) + (f"id {line.bank_id}" if line.bank_id else text)
        digest = hashlib.blake2b(identity.encode(), digest_size=16).digest()
        self._seen[digest] += 1
        return hashlib.sha256(f"{identity}|{self._seen[digest]}".encode()).hexdigest()

    def _place(self, line: StatementLine) -> str:
        is_foreign = line.currency and line.is_currency_told and line.currency != self._currency
        return f"{line.date}|{line.amount.normalize():f}|" + (f"{line.currency}|" if is_foreign else "")
