"""The tags of an OFX file, of SGML or of XML, closed or not: read once, in their order, without a tree.

Nothing is ever fetched or expanded: entities that a file declares for itself mean nothing here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from transactions.importers import accounts
from transactions.importers.accounts import Account, unescaped, words
from transactions.importers.spool import Pile
from transactions.importers.vocabulary import currency_code

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_.]*)(?:\s[^<>]*)?/?>")
_CDATA_START, _CDATA_END = "<![CDATA[", "]]>"

_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS", "INVSTMTRS"})
_ENTRIES = frozenset({"STMTTRN", "STMTTRNP"})
# Groups within a transaction whose fields are not the transaction's own.
_WITHIN = frozenset({"PAYEE", "CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO", "IMAGEDATA"})
# A group that was never closed ends where one of these comes.
_NEVER_WITHIN = frozenset({"DTPOSTED", "TRNAMT", "FITID", "MEMO"})
_CARD = "CCACCTFROM"
_OWNERS = frozenset({"BANKACCTFROM", _CARD, "INVACCTFROM"})


class Tag(NamedTuple):
    """An opening or closing tag, the text behind it, and where both stand."""

    name: str
    value: str
    is_end: bool
    start: int
    end: int


@dataclass(slots=True)
class Entry:
    """A transaction while its tags are read; fields of groups within have the group's name before theirs."""

    start: int
    line: int
    is_pending: bool
    fields: dict[str, str] = field(default_factory=dict)
    raw: str = ""
    account: int = 0
    is_cut: bool = False


def _packed(entry: Entry) -> list[Any]:
    return [entry.start, entry.line, entry.is_pending, entry.fields, entry.raw, entry.account, entry.is_cut]


def _unpacked(values: list[Any]) -> Entry:
    return Entry(*values)


@dataclass(slots=True)
class File:
    """Everything that the tags said: entries, the accounts they belong to, and what the bank's server reported.

    ``is_cut``: the file ends before its last tag. ``amounts`` are those of the entries, as they are written, ``types``
    the bank's words for them, ``corrected`` accounts and ids of transactions that one of the entries corrects. ``bank``
    is its name.
    """

    accounts: list[Account] = field(default_factory=list)
    entries: Pile[Entry] = field(default_factory=lambda: Pile(_packed, _unpacked))
    amounts: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    corrected: set[tuple[int, str]] = field(default_factory=set)
    balances: dict[int, dict[str, str]] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)
    trades: list[tuple[int, str]] = field(default_factory=list)
    is_cut: bool = False
    bank: str = ""


def _without_cdata(body: str) -> str:
    """Sections that are text as they stand, written with entities instead."""
    pieces, done = [], 0
    while (start := body.find(_CDATA_START, done)) >= 0:
        end = body.find(_CDATA_END, start)
        if end < 0:
            break
        inside = body[start + len(_CDATA_START) : end]
        pieces += [body[done:start], inside.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")]
        done = end + len(_CDATA_END)
    return "".join([*pieces, body[done:]])


def read(body: str) -> File:
    """What the tags of the file say."""
    plain = _without_cdata(body)
    # Half a tag is no text of the one before it.
    end = plain.rfind("<") if plain.rfind("<") > plain.rfind(">") else len(plain)
    reader = _Reader(plain[:end])
    reader.found.is_cut = end < len(plain)
    return reader.read()


class _Reader:
    """Walks through the tags once."""

    def __init__(self, body: str) -> None:
        self.body, self.found = body, File()
        self._entry: Entry | None = None
        self._group = ""
        self._line, self._counted = 1, 0
        self._status: dict[str, str] | None = None

    def read(self) -> File:
        for tag in self._tags():
            if tag.name == "OFX":
                self.found.is_cut = not tag.is_end
            if self._entry is not None and not self._is_over(tag):
                self._add(self._entry, tag)
                continue
            self._close(tag.start)
            self._outside(tag)
        if self._entry is not None:
            self._entry.is_cut = self.found.is_cut
        self._close(len(self.body))
        return self.found

    def _tags(self) -> Iterator[Tag]:
        before: re.Match[str] | None = None
        for match in _TAG.finditer(self.body):
            if before is not None:
                yield self._tag(before, match.start())
            before = match
        if before is not None:
            yield self._tag(before, len(self.body))

    def _tag(self, match: re.Match[str], end: int) -> Tag:
        value = "" if match[1] else self.body[match.end() : end].strip()
        return Tag(match[2].upper(), value, bool(match[1]), match.start(), end)

    def _is_over(self, tag: Tag) -> bool:
        """Whether a tag ends the transaction, closed or not."""
        return tag.name in _ENTRIES or tag.name in _STATEMENTS or tag.name in {"BANKTRANLIST", "LEDGERBAL", "AVAILBAL"}

    def _add(self, entry: Entry, tag: Tag) -> None:
        if tag.name in _NEVER_WITHIN:
            self._group = ""
        if tag.name in _WITHIN:
            self._group = "" if tag.is_end else f"{tag.name}."
        elif not tag.is_end and tag.value:
            entry.fields.setdefault(self._group + tag.name, tag.value)

    def _close(self, end: int) -> None:
        if self._entry is None:
            return
        self._entry.raw = self.body[self._entry.start : end].strip()[: accounts.LONGEST_TEXT]
        self.found.entries.append(self._entry)
        fields = self._entry.fields
        self.found.amounts.add(fields.get("TRNAMT", ""))
        self.found.types.add(fields.get("TRNTYPE", "").upper())
        if "CORRECTFITID" in fields:
            self.found.corrected.add((self._entry.account, fields["CORRECTFITID"]))
        accounts.check_count(len(self.found.entries))
        self._entry, self._group = None, ""

    def _outside(self, tag: Tag) -> None:
        if tag.name in _ENTRIES:
            self._open_entry(tag)
        elif tag.name in _STATEMENTS and not tag.is_end:
            self._status = None
            self.found.accounts.append(Account())
            accounts.check_count(len(self.found.accounts))
        elif tag.name == "STATUS":
            self._note_status(tag)
        elif tag.name == "INVTRAN" and not tag.is_end:
            raw = self.body[tag.start : min(tag.end, tag.start + accounts.LONGEST_TEXT)]
            self.found.trades.append((self._line_of(tag.start), raw.strip()))
            accounts.check_count(len(self.found.trades))
        elif tag.name in _OWNERS or tag.name in {"LEDGERBAL", "AVAILBAL"}:
            self._group = "" if tag.is_end else tag.name
        else:
            self._note_field(tag)

    def _open_entry(self, tag: Tag) -> None:
        if tag.is_end:
            return
        if not self.found.accounts:
            self.found.accounts.append(Account())
        self._entry = Entry(tag.start, self._line_of(tag.start), tag.name == "STMTTRNP")
        self._entry.account = len(self.found.accounts) - 1

    def _note_status(self, tag: Tag) -> None:
        if not tag.is_end:
            self._status = {}
        elif self._status is not None:
            if self._status.get("SEVERITY", "").upper() == "ERROR":
                self.found.errors.append(self._status)
                accounts.check_count(len(self.found.errors))
            self._status = None

    def _note_field(self, tag: Tag) -> None:
        if tag.is_end or not tag.value:
            return
        if self._status is not None:
            self._status.setdefault(tag.name, tag.value)
        elif tag.name == "ORG" and not self.found.bank:
            self.found.bank = words(unescaped(tag.value)[:60])
        elif self.found.accounts:
            self._note_of_account(tag, len(self.found.accounts) - 1)

    def _note_of_account(self, tag: Tag, place: int) -> None:
        account = self.found.accounts[place]
        if tag.name == "CURDEF":
            account.currency = currency_code(tag.value)
        elif tag.name == "ACCTID" and self._group in _OWNERS:
            account.name = account.name or words(unescaped(tag.value)[:100])
            account.is_card = account.is_card or self._group == _CARD
        elif tag.name == "ACCTTYPE" and self._group in _OWNERS:
            account.kind = account.kind or words(tag.value[:20])
        elif self._group == "LEDGERBAL":
            self.found.balances.setdefault(place, {}).setdefault(tag.name, tag.value)

    def _line_of(self, place: int) -> int:
        self._line += self.body.count("\n", self._counted, place)
        self._counted = place
        return self._line
