"""CAMT.053 and its kin (052, 054) of ISO 20022, in any version: statements, balances, entries and their parts."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from transactions.importers import accounts, archive, xml_tree
from transactions.importers.accounts import Account, Numbering, Source, words
from transactions.importers.archive import Member
from transactions.importers.base import (
    Choices,
    Notes,
    Remark,
    Split,
    Statement,
    StatementError,
    StatementLine,
    Status,
    gettext_noop,
    sentence,
)
from transactions.importers.numbers import LONGEST
from transactions.importers.vocabulary import currency_code
from transactions.importers.xml_tree import text_of

NOT_CAMT = gettext_noop("This XML file is not a statement of ISO 20022 (CAMT.053).")
NO_STATEMENT = gettext_noop("This is a CAMT file, but it contains no statement.")
NO_SIDE = gettext_noop("“%(text)s” does not say whether the money came in or went out.")
ONLY_TOLD = gettext_noop("For information only: the bank will not book it.")
NO_FILES = gettext_noop(
    "This ZIP archive holds no CAMT file (.xml). Unpack it and choose the statement, or choose the one that the bank"
    " offers for download."
)
SAME_FILE = gettext_noop("%(name)s has the same content as %(first)s: it counts once.")
SAME_STATEMENT = gettext_noop("The statement %(id)s is there twice, word for word: it counts once.")
FILE_WITHIN = gettext_noop("%(name)s: %(problem)s")

_DECLARED = re.compile(rb"\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9_.-]{2,30})[\"']")
_MESSAGES = ("BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn")
_STATEMENTS = ("Stmt", "Rpt", "Ntfctn")
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_PENDING = frozenset({"PDNG", "FUTR"})
_NO_REFERENCES = frozenset({"NOTPROVIDED", "NONREF", "NOT PROVIDED", "NOTAVAILABLE"})


@dataclass(slots=True)
class _Reader:
    """Takes the files of one import, one after the other."""

    found: list[Account]
    notes: Notes
    numbering: Numbering
    _seen: set[bytes] = field(default_factory=set)
    _files: dict[bytes, str] = field(default_factory=dict)

    def take_member(self, member: Member) -> None:
        """The statements of one file of an archive, unless another one has the same content; StatementError."""
        digest = hashlib.sha256(member.content).digest()
        first = self._files.get(digest)
        if first is not None:
            self.notes.remark(SAME_FILE, name=member.name[:LONGEST], first=first[:LONGEST])
            return
        self._files[digest] = member.name
        self.take(member.content)

    def take(self, content: bytes) -> None:
        """The statements of one file; StatementError where it is none."""
        root = xml_tree.read(content)
        messages = [child for child in (root, *root) if child.tag in _MESSAGES]
        if not messages:
            raise StatementError(sentence(NOT_CAMT))
        statements = [child for message in messages for child in message if child.tag in _STATEMENTS]
        if not statements:
            raise StatementError(sentence(NO_STATEMENT))
        for element in statements:
            if not self._is_known(element):
                self._take_statement(element)

    def _is_known(self, element: Element) -> bool:
        """Whether a statement of this id, with the same words throughout, was taken already."""
        named, told = text_of(element, "Id"), _told(element)
        if named and told in self._seen:
            self.notes.remark(SAME_STATEMENT, id=named[:LONGEST])
            return True
        self._seen.add(told)
        return False

    def _take_statement(self, element: Element) -> None:
        account = _account(element)
        self.found.append(account)
        for entry in element.iterfind("Ntry"):
            number = self.numbering.of(xml_tree.line_of(entry))
            try:
                self._take_entry(entry, number, account)
            except StatementError as error:
                self.notes.problems.append(Remark(error.problem, number, _raw(entry)))

    def _take_entry(self, entry: Element, number: int, account: Account) -> None:
        status = text_of(entry, "Sts/Cd", "Sts/Prtry", "Sts").upper()
        if status == "INFO":
            self.notes.skip(number, _raw(entry), ONLY_TOLD)
            return
        account.lines.append(_line(entry, number, account, is_pending=status in _PENDING))


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The statements in a CAMT file; StatementError where it is another XML file, or holds none."""
    accounts.only_year_first(choices)
    reader = _Reader([], Notes(), Numbering())
    reader.take(data)
    return accounts.statement(reader.found, Source("camt", _encoding(data)), reader.notes)


def parse_archive(data: bytes, *, choices: Choices) -> Statement:
    """The statements in all CAMT files of a ZIP archive; what is wrong with one of them stops no other."""
    accounts.only_year_first(choices)
    reader = _Reader([], Notes(), Numbering())
    files = archive.members(data, suffix=".xml")
    for member in files:
        try:
            reader.take_member(member)
        except StatementError as error:
            if len(files) == 1:
                raise
            reader.notes.problem(FILE_WITHIN, name=member.name[:LONGEST], problem=error.problem)
    if not files:
        raise StatementError(sentence(NO_FILES))
    if not reader.found:
        raise StatementError(reader.notes.problems[0].sentence)
    return accounts.statement(reader.found, Source("camt", _encoding(files[0].content)), reader.notes)


def _told(element: Element) -> bytes:
    """A digest of all that a statement says, but for the moment at which the file was made."""
    digest = hashlib.sha256()
    for each in element.iter():
        if each.tag != "CreDtTm":
            marks = sorted((name, value) for name, value in each.items() if name != xml_tree.LINE)
            digest.update(f"{each.tag}{marks}{(each.text or '').strip()}\0".encode())
    return digest.digest()


def _encoding(data: bytes) -> str:
    found = _DECLARED.match(data[:200])
    return found[1].decode("ascii").lower() if found else "utf-8"


def _account(element: Element) -> Account:
    own = element.find("Acct")
    currency = (
        currency_code(text_of(own, "Ccy")) or _currency(element.find("Bal/Amt")) or _currency(element.find("Ntry/Amt"))
    )
    found = Account(words(text_of(own, "Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id")[:100]), currency)
    for kinds in (_OPENING, _CLOSING):
        for balance in _balances(element, kinds):
            level, day = balance
            if kinds is _CLOSING:
                found.closing = level
            elif found.opening is None:
                found.opening, found.since = level, day
    return found


def _balances(element: Element, kinds: Sequence[str]) -> Iterator[tuple[Decimal, date]]:
    """Balances of these kinds, the best kind first; what cannot be read is left out."""
    for kind in kinds:
        for balance in element.iterfind("Bal"):
            if text_of(balance, "Tp/CdOrPrtry/Cd", "Tp/Cd") != kind:
                continue
            try:
                yield _signed(balance), accounts.day(text_of(balance, "Dt/Dt", "Dt/DtTm"))
            except StatementError:
                continue


def _line(entry: Element, number: int, account: Account, *, is_pending: bool) -> StatementLine:
    amount = _signed(entry)
    details = entry.findall("NtryDtls/TxDtls")
    sides = _other_sides(entry)
    texts = dict.fromkeys(_texts(details, entry, sides))
    description, *others = texts or [""]
    return StatementLine(
        number=number,
        date=_booked_on(entry),
        amount=amount,
        description=description,
        raw=_raw(entry),
        also=tuple(others),
        words=words(*texts)[: accounts.LONGEST_TEXT],
        bank_id=_bank_id(entry, details),
        currency=_currency(entry.find("Amt")) or account.currency,
        status=Status.PENDING if is_pending else Status.BOOKED,
        splits=_parts(details, amount, sides),
    )


def _signed(element: Element) -> Decimal:
    """The amount as it moved the account: of a reversal, too, the mark says which way the money went."""
    amount, side = text_of(element, "Amt"), text_of(element, "CdtDbtInd").upper()
    if side not in {"CRDT", "DBIT"}:
        raise StatementError(sentence(NO_SIDE, text=side[:LONGEST]))
    value = accounts.amount(amount)
    return -value if side == "DBIT" else value


def _booked_on(entry: Element) -> date:
    """The bank's own calendar day, whatever its zone; a pending entry may have but a value date."""
    found = text_of(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    if not found:
        raise StatementError(
            sentence(accounts.NO_DATE, text=text_of(entry, "AddtlNtryInf", "AcctSvcrRef"), amount=text_of(entry, "Amt"))
        )
    return accounts.day(found)


def _other_sides(entry: Element) -> tuple[str, ...]:
    """Whose name says who it was with: the debtor's when money came in, the creditor's when it went out.

    A reversal keeps the sides of what it reverses, and banks do not agree on that.
    """
    came_in = text_of(entry, "CdtDbtInd").upper() == "CRDT"
    if text_of(entry, "RvslInd").lower() in {"true", "1"}:
        return ("Cdtr", "Dbtr") if came_in else ("Dbtr", "Cdtr")
    return ("Dbtr",) if came_in else ("Cdtr",)


def _texts(details: Sequence[Element], entry: Element, sides: Sequence[str]) -> Iterator[str]:
    """Who paid or was paid and what for, of each part; then what the bank says of the entry."""
    for part in details:
        yield from _texts_of_part(part, sides)
    if found := words(text_of(entry, "AddtlNtryInf")):
        yield found


def _texts_of_part(part: Element, sides: Sequence[str]) -> Iterator[str]:
    names = [f"{prefix}{side}" for side in sides for prefix in ("", "Ultmt")]
    party = words(text_of(part, *(f"RltdPties/{name}{inner}/Nm" for name in names for inner in ("", "/Pty"))))
    purpose = words(*(found.text or "" for found in part.iterfind("RmtInf/Ustrd")))
    structured = words(text_of(part, "RmtInf/Strd/AddtlRmtInf", "RmtInf/Strd/CdtrRefInf/Ref"))
    yield from filter(None, (party, purpose, structured, words(text_of(part, "AddtlTxInf"))))


def _bank_id(entry: Element, details: Sequence[Element]) -> str | None:
    """The bank's own reference; the running number of an entry within its statement is none."""
    found = words(text_of(entry, "AcctSvcrRef"))
    if not found and len(details) == 1:
        found = words(text_of(details[0], "Refs/AcctSvcrRef", "Refs/TxId"))
    return found if found and found.upper() not in _NO_REFERENCES else None


def _parts(details: Sequence[Element], amount: Decimal, sides: Sequence[str]) -> tuple[Split, ...]:
    """The payments of a batch, where all say how much they are and they add up to the entry."""
    if len(details) < 2:
        return ()
    try:
        values = [accounts.amount(text_of(part, "Amt", "AmtDtls/TxAmt/Amt")) for part in details]
    except StatementError:
        return ()
    if sum(values) != abs(amount):
        return ()
    sign = -1 if amount < 0 else 1
    notes = (words(*dict.fromkeys(_texts_of_part(part, sides))) for part in details)
    return tuple(Split(sign * value, note=note) for value, note in zip(values, notes, strict=True))


def _currency(amount: Element | None) -> str | None:
    return currency_code(amount.get("Ccy", "")) if amount is not None else None


def _raw(entry: Element) -> str:
    """The entry's texts as the file has them, without their tags."""
    return " ".join(" ".join(entry.itertext()).split())[: accounts.LONGEST_TEXT]
