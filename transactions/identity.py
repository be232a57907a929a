"""By what a statement's line is known again within its wallet, whatever file it comes in."""

import hashlib
from collections import Counter

from transactions import choosing
from transactions.importers.base import StatementLine


class Identities:
    """The keys of a file's lines within one wallet: the same in each file that has the line.

    Day and amount, with the bank's id where that tells the line apart in its file, else with every text of the line
    and the ordinal among equals: so two equal coffees of one day stay two. (An id alone would not do: some banks give
    a payment and its fee one id, and some files merely number their lines.)

    The whole file is noticed before the first key is asked for. Only digests are kept, so that files may be long.
    """

    def __init__(self) -> None:
        self._named: Counter[bytes] = Counter()
        self._seen: Counter[bytes] = Counter()

    def notice(self, line: StatementLine) -> None:
        """Counts the line's id, if the bank gave it one."""
        if line.bank_id:
            self._named[_digest(_by_id(line))] += 1

    def key(self, line: StatementLine) -> str:
        """The line's key; lines are asked for once, in the file's order."""
        is_named = line.bank_id and self._named[_digest(_by_id(line))] == 1
        identity = _by_id(line) if is_named else f"{_place(line)}{choosing.bank_text(line)}"
        digest = _digest(identity)
        self._seen[digest] += 1
        return hashlib.sha256(f"{identity}|{self._seen[digest]}".encode()).hexdigest()


def _place(line: StatementLine) -> str:
    return f"{line.date}|{line.amount.normalize():f}|"


def _by_id(line: StatementLine) -> str:
    return f"{_place(line)}id {line.bank_id}"


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
