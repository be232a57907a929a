"""Where the statements and entries of a CAMT file stand, and which statements are there twice, word for word."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from transactions.importers import accounts, xml_tree
from transactions.importers.accounts import Book
from transactions.importers.base import StatementError, StatementLine, gettext_noop, sentence
from transactions.importers.xml_tree import text_of

NOT_CAMT = gettext_noop("This XML file is not a statement of ISO 20022 (CAMT.053).")
NO_STATEMENT = gettext_noop("This is a CAMT file, but it contains no statement.")

_MESSAGES = ("BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn")
_STATEMENTS = ("Stmt", "Rpt", "Ntfctn")
_OPENED = re.compile(rb"<(?:[\w.-]+:)?(?:Stmt|Rpt|Ntfctn)[\s>]")


class Told(NamedTuple):
    """A statement's id and a digest of all that it says, but for the moment at which the file was made."""

    name: str
    digest: bytes
    has_entries: bool


class Bookings:
    """Entries that messages of several kinds tell of: a statement (053), and a notice or report (054, 052) before it.

    An entry is known again by its account, day, amount and the bank's own reference; without one it is none of these.
    Within one kind of message equal entries are as many payments. While all messages are of one kind nothing is kept;
    when another kind comes, what was read before is walked through, and from then on a digest for each entry is kept.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._only = ""
        self._told: dict[str, Counter[bytes]] = {}

    def has(self, account: str, line: StatementLine, message: str) -> bool:
        """Whether a message of another kind has brought this entry; asked before the entry is added to the book."""
        self._only = self._only or message
        if not self._told and message == self._only:
            return False
        if not self._told:
            self._told[self._only] = Counter(_digests(self._book))
        if not line.bank_id:
            return False
        digest, told = _digest(account, line), self._told.setdefault(message, Counter())
        told[digest] += 1
        return told[digest] <= max(others[digest] for kind, others in self._told.items() if kind != message)


def _digests(book: Book) -> Iterator[bytes]:
    lines = iter(book.lines)
    for account in book.accounts:
        yield from (_digest(account.name, line) for line in islice(lines, account.count) if line.bank_id)


def _digest(account: str, line: StatementLine) -> bytes:
    said = f"{account}|{line.date}|{line.amount.normalize():f}|{line.currency}|{line.bank_id}"
    return hashlib.blake2b(said.encode(), digest_size=12).digest()


def statements(root: Element) -> list[Element]:
    """The statements of a file; StatementError where it has none."""
    messages = [child for child in (root, *root) if child.tag in _MESSAGES]
    if not messages:
        raise StatementError(sentence(NOT_CAMT))
    found = [child for message in messages for child in message if child.tag in _STATEMENTS]
    if not found:
        raise StatementError(sentence(NO_STATEMENT))
    accounts.check_count(len(found))
    return found


def is_in_statement(around: Sequence[Element]) -> bool:
    """Whether an element with these around it, the root first, is an entry of a statement."""
    return len(around) in {2, 3} and around[-1].tag in _STATEMENTS and around[-2].tag in _MESSAGES


def has_several(content: bytes) -> bool:
    """Whether a file may have more than one statement."""
    return len(_OPENED.findall(content)) > 1


def told(content: bytes) -> list[Told]:
    """What each statement of a file says, without a line being read; an entry is in memory at a time.

    Raises StatementError for what is no CAMT file, and for one that breaks off.
    """
    entries: dict[Element, hashlib._Hash] = {}

    def take(around: Sequence[Element], entry: Element) -> bool:
        if not is_in_statement(around):
            return False
        entries.setdefault(around[-1], hashlib.sha256()).update(_words(entry))
        return True

    root = xml_tree.read(content, "Ntry", take)
    return [_told(each, entries.get(each)) for each in statements(root)]


def _told(element: Element, entries: "hashlib._Hash | None") -> Told:
    digest = hashlib.sha256(_words(element))
    if entries is not None:
        digest.update(entries.digest())
    return Told(text_of(element, "Id"), digest.digest(), entries is not None)


def _words(element: Element) -> bytes:
    said = []
    for each in element.iter():
        if each.tag != "CreDtTm":
            marks = sorted((name, value) for name, value in each.items() if name != xml_tree.LINE)
            said.append(f"{each.tag}{marks}{(each.text or '').strip()}\0")
    return "".join(said).encode()
