"""CAMT.053 and its kin (052, 054) of ISO 20022, in any version: statements, balances, entries and their parts."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from transactions.importers import accounts, archive, camt_tree, xml_tree
from transactions.importers.accounts import Account, Book, Numbering, Source, words
from transactions.importers.base import (
    MOST_PARTS,
    Choices,
    Notes,
    OfAccount,
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

NO_SIDE = gettext_noop("“%(text)s” does not say whether the money came in or went out.")
SIGN_AND_SIDE = gettext_noop(
    "“%(text)s” has a minus, and %(side)s beside it already says which way the money went; together they tell neither."
)
ONLY_TOLD = gettext_noop("For information only: the bank will not book it.")
NO_FILES = gettext_noop(
    "This ZIP archive holds no CAMT file (.xml), nor one statement of another kind alone. Unpack it, and choose the"
    " statement that is in it."
)
SEVERAL_FILES = gettext_noop(
    "This ZIP archive holds several statements (%(names)s). Unpack it and import one after the other: each says which"
    " of its lines are here already."
)
SAME_FILE = gettext_noop("%(name)s has the same content as %(first)s: it counts once.")
SAME_STATEMENT = gettext_noop("The statement %(id)s is there twice, word for word: it counts once.")
SAME_BOOKING = gettext_noop("A message of another kind in this archive tells of the same booking: it counts once.")
NOT_READ = gettext_noop(
    "Of an archive of several files only those of CAMT (.xml) are read, so %(name)s was not. Unpack it and import it"
    " by itself."
)
FILE_WITHIN = gettext_noop("%(name)s: %(problem)s")

_DECLARED = re.compile(rb"\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9_.-]{2,30})[\"']")
_SHOWN_FILES = 5
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_PENDING = frozenset({"PDNG", "FUTR"})
_NO_REFERENCES = frozenset({"NOTPROVIDED", "NONREF", "NOT PROVIDED", "NOTAVAILABLE"})


@dataclass(slots=True)
class _Reader:
    """Takes the files of one import, one after the other; of a file only the entry that is read is kept as a tree.

    ``is_among_others``: more files may come, so nothing is taken of one that breaks off.
    """

    book: Book
    numbering: Numbering
    is_among_others: bool = False
    _seen: set[bytes] = field(default_factory=set)
    _bookings: camt_tree.Bookings = field(init=False)
    _files: dict[bytes, str] = field(default_factory=dict)
    _begun: dict[Element, Account | None] = field(default_factory=dict)
    _are_twins: Iterator[bool] = field(default_factory=lambda: iter(()))

    def __post_init__(self) -> None:
        self._bookings = camt_tree.Bookings(self.book)

    def take_member(self, name: str, content: bytes) -> None:
        """The statements of one file of an archive, unless another one has the same content; StatementError."""
        digest = hashlib.sha256(content).digest()
        first = self._files.get(digest)
        if first is not None:
            self.book.notes.remark(SAME_FILE, name=name[:LONGEST], first=first[:LONGEST])
            return
        self._files[digest] = name
        self.take(content)

    def take(self, content: bytes) -> None:
        """The statements of one file; StatementError where it is none."""
        before = len(self.book.accounts)
        twins = self._twins(content)
        root = xml_tree.read(content, "Ntry", self._take)
        elements = camt_tree.statements(root)
        found = zip(elements, twins or [False] * len(elements), strict=True)
        self.book.accounts[before:] = [self._whole(element) for element, is_twin in found if not is_twin]
        self._begun.clear()

    def _twins(self, content: bytes) -> list[bool]:
        """For each statement whether one of this id, with the same words throughout, was there before."""
        if not self.is_among_others and not camt_tree.has_several(content):
            return []
        twins, with_entries = [], []
        for name, digest, has_entries in camt_tree.told(content):
            is_twin = bool(name) and digest in self._seen
            if is_twin:
                self.book.notes.remark(SAME_STATEMENT, id=name[:LONGEST])
            self._seen.add(digest)
            twins.append(is_twin)
            if has_entries:
                with_entries.append(is_twin)
        self._are_twins = iter(with_entries)
        return twins

    def _take(self, around: Sequence[Element], entry: Element) -> bool:
        """Whether it is an entry of a statement."""
        if not camt_tree.is_in_statement(around):
            return False
        if around[-1] not in self._begun:
            self._begun[around[-1]] = None if next(self._are_twins, False) else self._opened(around[-1])
        account = self._begun[around[-1]]
        if account is None:
            return True
        number = self.numbering.of(xml_tree.line_of(entry))
        try:
            self._take_entry(entry, number, account, message=around[-2].tag)
        except StatementError as error:
            self.book.notes.problems.append(Remark(error.problem, number, _raw(entry)))
        return True

    def _opened(self, element: Element) -> Account:
        account = _account(element)
        self.book.accounts.append(account)
        return account

    def _whole(self, element: Element) -> Account:
        """What a statement says of its account, in front of its entries and behind them."""
        found, begun = _account(element), self._begun.get(element) or Account()
        return replace(found, currency=found.currency or begun.currency, count=begun.count)

    def _take_entry(self, entry: Element, number: int, account: Account, *, message: str) -> None:
        status = text_of(entry, "Sts/Cd", "Sts/Prtry", "Sts").upper()
        if status == "INFO":
            self.book.notes.skip(number, _raw(entry), ONLY_TOLD)
            return
        line = _line(entry, number, account, is_pending=status in _PENDING)
        if self.is_among_others and self._bookings.has(account.name, line, message):
            self.book.notes.skip(number, line.raw, SAME_BOOKING)
            return
        self.book.add(account, line)


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The statements in a CAMT file; StatementError where it is another XML file, or holds none."""
    accounts.only_year_first(choices)
    reader = _Reader(Book(Notes()), Numbering())
    reader.take(data)
    return accounts.statement(reader.book, Source("camt", _encoding(data)))


def parse_archive(data: bytes, *, choices: Choices) -> Statement:
    """The statements in all CAMT files of a ZIP archive; what is wrong with one of them stops no other."""
    accounts.only_year_first(choices)
    encoding = ""
    with archive.opened(data) as found:
        names = sorted(filter(archive.is_camt, found.namelist()))
        reader = _Reader(Book(Notes()), Numbering(), is_among_others=len(names) > 1)
        for name in names:
            # Unpacked one after the other: together they may be many times as large as the archive.
            content = archive.unpacked(found, name)
            encoding = encoding or _encoding(content)
            try:
                reader.take_member(name, content)
            except StatementError as error:
                if len(names) == 1:
                    raise
                reader.book.notes.problem(FILE_WITHIN, name=name[:LONGEST], problem=error.problem)
        others = archive.others(found)
    if not names:
        raise _nothing_of(others)
    for other in others[:_SHOWN_FILES]:
        reader.book.notes.problem(NOT_READ, name=other[:LONGEST])
    if not reader.book.accounts:
        raise StatementError(reader.book.notes.problems[0].sentence)
    return accounts.statement(reader.book, Source("camt", encoding))


def _nothing_of(others: Sequence[str]) -> StatementError:
    """Why an archive without any file of CAMT is not read."""
    if not others:
        return StatementError(sentence(NO_FILES))
    names = ", ".join(name[:LONGEST] for name in others[:_SHOWN_FILES])
    return StatementError(sentence(SEVERAL_FILES, names=f"{names} …" if len(others) > _SHOWN_FILES else names))


def _encoding(data: bytes) -> str:
    found = _DECLARED.match(data[:200])
    return found[1].decode("ascii").lower() if found else "utf-8"


def _account(element: Element) -> Account:
    own = element.find("Acct")
    currency = (
        currency_code(text_of(own, "Ccy")) or _currency(element.find("Bal/Amt")) or _currency(element.find("Ntry/Amt"))
    )
    found = Account(words(text_of(own, "Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id")[:100]), currency)
    found.about = OfAccount(words(text_of(own, "Svcr/FinInstnId/Nm")[:60]))
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
        splits=_parts(details, entry, amount),
    )


def _signed(element: Element) -> Decimal:
    """The amount as it moved the account: of a reversal, too, the mark says which way the money went."""
    amount, side = text_of(element, "Amt"), text_of(element, "CdtDbtInd").upper()
    if side not in {"CRDT", "DBIT"}:
        raise StatementError(sentence(NO_SIDE, text=side[:LONGEST]))
    value = accounts.amount(amount)
    if value < 0:
        raise StatementError(sentence(SIGN_AND_SIDE, text=amount[:LONGEST], side=side))
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


def _parts(details: Sequence[Element], entry: Element, amount: Decimal) -> tuple[Split, ...]:
    """The payments of a batch, where all say how much they are and they add up to the entry.

    A part may have gone the other way than the whole; where parts only repeat the entry's side, all went its way.
    """
    if not 2 <= len(details) <= MOST_PARTS:
        return ()
    try:
        values = [_value_of(part, _currency(entry.find("Amt"))) for part in details]
    except StatementError:
        return ()
    whole = text_of(entry, "CdtDbtInd").upper()
    ways = [text_of(part, "CdtDbtInd").upper() or whole for part in details]
    for sides in (ways, [whole] * len(details)):
        moved = [-value if side == "DBIT" else value for value, side in zip(values, sides, strict=True)]
        if sum(moved) == amount:
            return tuple(Split(value, note=_note(part, entry)) for value, part in zip(moved, details, strict=True))
    return ()


def _value_of(part: Element, currency: str | None) -> Decimal:
    """How much a part is, in the entry's currency; StatementError where it does not say."""
    found = [each for path in ("Amt", "AmtDtls/TxAmt/Amt") if (each := part.find(path)) is not None and each.text]
    if not found or _currency(found[0]) not in {None, currency}:
        raise StatementError(sentence(accounts.NO_AMOUNT, text=""))
    return accounts.amount(found[0].text or "")


def _note(part: Element, entry: Element) -> str:
    has_own_side = text_of(part, "CdtDbtInd").upper() not in {"", text_of(entry, "CdtDbtInd").upper()}
    return words(*dict.fromkeys(_texts_of_part(part, _other_sides(part if has_own_side else entry))))


def _currency(amount: Element | None) -> str | None:
    return currency_code(amount.get("Ccy", "")) if amount is not None else None


def _raw(entry: Element) -> str:
    """The entry's texts as the file has them, without their tags."""
    return " ".join(" ".join(entry.itertext()).split())[: accounts.LONGEST_TEXT]
