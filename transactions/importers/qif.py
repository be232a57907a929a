"""QIF of Quicken and of all who write it: sections, records of one letter a line, parts of split payments."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from sys import intern
from types import MappingProxyType
from typing import Any

from transactions.importers import accounts, beginnings, dates, numbers, remarks, text
from transactions.importers.accounts import Account, Book, Numbering, Source, words
from transactions.importers.base import (
    MOST_PARTS,
    TOO_MANY_PARTS,
    Choices,
    Notes,
    Remark,
    Split,
    Statement,
    StatementError,
    StatementLine,
    gettext_noop,
    sentence,
)
from transactions.importers.dates import DateFormat
from transactions.importers.numbers import NumberFormat
from transactions.importers.spool import Pile
from transactions.importers.vocabulary import fold

NO_STATEMENT = gettext_noop("This is a QIF file, but it contains no transactions of an account.")
INVESTMENT = gettext_noop("A trade of securities, not a payment.")
A_LIST = gettext_noop("A list of %(kind)s, not of transactions.")
NOT_ENDED = gettext_noop(
    "Line %(line)s: the last transaction has no ^ at its end. The file may break off there; compare it with the bank."
)
PARTS_DIFFER = gettext_noop("Line %(line)s: the parts do not add up to the amount; %(rest)s of it has no category.")

# Sections that hold no payments, by what they list.
_LISTS = MappingProxyType(
    {
        "cat": gettext_noop("categories"),
        "class": gettext_noop("classes"),
        "tag": gettext_noop("tags"),
        "security": gettext_noop("securities"),
        "prices": gettext_noop("prices"),
        "memorized": gettext_noop("memorized payees"),
        "budget": gettext_noop("budgets"),
        "invitem": gettext_noop("invoice items"),
        "template": gettext_noop("templates"),
        "bill": gettext_noop("bills"),
        "invoice": gettext_noop("invoices"),
        "tax": gettext_noop("taxes"),
    }
)
# What stands for a category where the parts have theirs.
_IN_PARTS = "--split--"
_TRADES = frozenset({"invst", "port", "401(k)", "401k"})
_OPENING = frozenset({"opening balance", "anfangssaldo", "solde initial", "saldo inicial", "saldo iniziale"})


@dataclass(slots=True)
class _Part:
    """A part of a split payment as it is written; ``amount`` "" where it has none, ``percent`` of the whole payment."""

    category: str
    note: str = ""
    amount: str = ""
    percent: str = ""


@dataclass(slots=True)
class _Record:
    """The lines up to a ^ by their letters, the first of each; the letters S, E, $ and % make parts.

    ``raw`` are as many of them as are shown, ``room`` what they leave of that, ``last`` the letter of the last one.
    ``is_ended``: the ^ is there. ``is_cut``: the file ends within its day or amount, as far as anybody can tell.
    """

    number: int
    account: int
    raw: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    parts: list[_Part] = field(default_factory=list)
    is_ended: bool = True
    is_cut: bool = False
    room: int = accounts.LONGEST_TEXT
    last: str = ""

    def take(self, line: str) -> None:
        if self.room > 0:
            self.raw.append(line)
            self.room -= len(line) + 1
        letter, value = line[0].upper(), line[1:].strip()
        self.last = letter
        if letter == "S" and len(self.parts) > MOST_PARTS:
            return
        if letter == "S":
            self.parts.append(_Part(value))
        elif letter == "E" and self.parts:
            self.parts[-1].note = self.parts[-1].note or value
        elif letter == "$" and self.parts:
            self.parts[-1].amount = self.parts[-1].amount or value
        elif letter == "%" and self.parts:
            self.parts[-1].percent = self.parts[-1].percent or value.rstrip("% ")
        elif letter != "A":
            self.fields.setdefault(letter, value)

    @property
    def amount(self) -> str:
        return self.fields.get("T") or self.fields.get("U", "")

    @property
    def text(self) -> str:
        return "\n".join(self.raw)[: accounts.LONGEST_TEXT]


def _packed(record: _Record) -> list[Any]:
    parts = [(part.category, part.note, part.amount, part.percent) for part in record.parts]
    return [record.number, record.account, record.raw, record.fields, parts]


def _unpacked(values: list[Any]) -> _Record:
    number, account, raw, fields, parts = values
    return _Record(number, account, raw, fields, [_Part(*part) for part in parts])


@dataclass(slots=True)
class _File:
    """Walks through the sections; ``records`` are those of payments, ``kinds`` what each section calls its account.

    ``days`` and ``amounts`` are those of the records, as they are written; days come in the file's order.
    """

    notes: Notes
    accounts: list[Account] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    records: Pile[_Record] = field(default_factory=lambda: Pile(_packed, _unpacked))
    days: list[str] = field(default_factory=list)
    amounts: set[str] = field(default_factory=set)
    _owners: set[int] = field(default_factory=set)
    _named: str = ""
    _finish: Callable[[_Record], None] | None = None

    def read(self, lines: Iterator[tuple[int, str]]) -> None:
        record: _Record | None = None
        self._open_payments("")
        for number, line in lines:
            if line.startswith("!"):
                self._end(record)
                record = None
                self._open_section(number, line)
            elif line.startswith("^"):
                self._end(record)
                record = None
            else:
                record = record or _Record(number, len(self.accounts) - 1)
                record.take(line)
        if record is not None:
            record.is_ended = False
        self._end(record)
        self._name_by_kind()

    def _end(self, record: _Record | None) -> None:
        if record is not None and self._finish is not None:
            self._finish(record)

    def _open_section(self, number: int, line: str) -> None:
        command, _, rest = line[1:].partition(":")
        kind = rest.strip().casefold()
        if command.strip().casefold() == "account":
            self._finish = self._name_account
        elif command.strip().casefold() == "clear":
            self._named = ""
        elif command.strip().casefold() == "type":
            listed = next((words for name, words in _LISTS.items() if kind.startswith(name)), None)
            if listed:
                self.notes.skip(number, line, A_LIST, kind=sentence(listed))
                accounts.check_count(len(self.notes.skipped))
                self._finish = None
            elif kind in _TRADES:
                self._finish = self._skip_trade
            else:
                self._open_payments(rest)

    def _open_payments(self, kind: str) -> None:
        self._finish = self._keep
        accounts.check_count(len(self.accounts))
        self.accounts.append(Account(self._named))
        self.kinds.append(words(kind[:100]))

    def _name_by_kind(self) -> None:
        """Accounts without a name are told apart by what their sections are of, such as Bank and CCard."""
        nameless = {place for place in self._owners if not self.accounts[place].name}
        if len({self.kinds[place].casefold() for place in nameless}) > 1:
            for place in nameless:
                self.accounts[place].name = self.kinds[place]

    def _name_account(self, record: _Record) -> None:
        self._named = words(record.fields.get("N", "")[:100])

    def _skip_trade(self, record: _Record) -> None:
        self.notes.skip(record.number, record.text, INVESTMENT)
        accounts.check_count(len(self.notes.skipped))

    def _keep(self, record: _Record) -> None:
        # Comments and blank records carry neither a day nor an amount.
        if not record.fields.keys() & {"D", "T", "U"}:
            return
        account = self.accounts[record.account]
        own, _class = _category(record.fields.get("L", ""))
        if _is_opening(record) and own.startswith("[") and not account.name:
            account.name = _bare(own)
        self.records.append(record)
        self._owners.add(record.account)
        if "D" in record.fields:
            self.days.append(intern(record.fields["D"]))
        self.amounts.update((record.amount, *(part.amount for part in record.parts)))
        accounts.check_count(len(self.records))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes a line of a record, with the file's order of days and its decimal mark."""

    order: DateFormat
    number: NumberFormat
    notes: Notes

    def line(self, record: _Record, number: int, account: Account) -> StatementLine:
        if record.is_cut:
            raise StatementError(sentence(accounts.CUT_WITHIN))
        if len(record.parts) > MOST_PARTS:
            raise StatementError(sentence(TOO_MANY_PARTS, most=MOST_PARTS))
        fields = record.fields
        payee, memo, check = (words(fields.get(letter, "")) for letter in "PMN")
        amount = self._amount(record, payee or memo)
        category, of_class = _category(fields.get("L", ""))
        is_own = _is_opening(record) or fold(_bare(category)) == fold(account.name)
        transfer = _bare(category) if category.startswith("[") and not is_own else ""
        parts = self._parts(record, number, amount)
        # Quicken writes it as a transfer of the account with itself, in whatever language its payee is.
        is_first_own = not account.count and bool(account.name) and category.startswith("[") and is_own
        texts = [text for text in (payee, memo, check, of_class) if text] or [""]
        return StatementLine(
            number=number,
            date=self._day(record, payee or memo),
            amount=amount,
            description=texts[0],
            raw=record.text,
            also=tuple(dict.fromkeys(text for text in texts[1:] if text != texts[0])),
            words=words(payee, memo, check),
            category="" if category.startswith("[") else category,
            splits=parts if len(parts) > 1 else (),
            transfer=transfer if len(parts) < 2 else "",
            is_opening=len(parts) < 2 and (is_first_own or beginnings.is_named(payee)),
        )

    def _day(self, record: _Record, shown: str) -> date:
        text = record.fields.get("D", "")
        if not text:
            raise StatementError(sentence(accounts.NO_DATE, text=shown, amount=record.amount[: numbers.LONGEST]))
        return self.order.read(text)

    def _amount(self, record: _Record, shown: str) -> Decimal:
        if not record.amount:
            raise StatementError(sentence(accounts.NO_AMOUNT, text=shown))
        return self.number.read(record.amount).value

    def _parts(self, record: _Record, number: int, amount: Decimal) -> tuple[Split, ...]:
        """The parts, which add up to the amount: one that cannot be read is the rest of it."""
        known = [self._part_amount(part, amount) for part in record.parts]
        if _are_shares(record.parts):
            known[-1] = None  # Rounded shares may not add up to a cent.
        rest = amount - sum((each for each in known if each is not None), Decimal(0))
        splits = []
        for part, own in zip(record.parts, known, strict=True):
            category, _of_class = _category(part.category)
            is_transfer = category.startswith("[")
            value, rest = (rest, Decimal(0)) if own is None else (own, rest)
            splits.append(
                Split(value, "" if is_transfer else category, words(part.note), _bare(category) if is_transfer else "")
            )
        if splits and rest:
            self.notes.remark(PARTS_DIFFER, line=number, rest=rest)
            splits.append(Split(rest))
        return tuple(splits)

    def _part_amount(self, part: _Part, whole: Decimal) -> Decimal | None:
        try:
            if not part.amount and (percent := _percent(part)) is not None:
                return round(whole * percent / 100, 2)
            return self.number.read(part.amount).value
        except (StatementError, InvalidOperation):
            return None


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The payments in a QIF file; StatementError where it has none, or where its numbers cannot be read safely."""
    decoded = text.decode(data, choices.encoding)
    body = accounts.with_plain_ends(decoded.text)
    lines = accounts.lines_of(body)
    notes = Notes()
    found = _File(notes)
    found.read((number, line.strip()) for number, line in lines if line.strip())
    if not found.records and not notes.skipped:
        raise StatementError(sentence(NO_STATEMENT))
    _note_end(found.records, body, notes)
    days, book = found.days, Book(notes, found.accounts)
    order = dates.decide(days, demanded=choices.date_order, hint=choices.hint_order)
    reader = _Reader(order, _number_format(found.amounts, choices), notes)
    numbering = Numbering()
    for record in found.records:
        number = numbering.of(record.number)
        try:
            account = found.accounts[record.account]
            book.add(account, reader.line(record, number, account))
        except StatementError as error:
            notes.problems.append(Remark(error.problem, number, record.text))
    remarks.add_for_days(days, order, notes)
    _remark_on_mark(found.records, reader.number, notes)
    source = Source("qif", decoded.encoding, decoded.lost, order.order, dates.readings(days, order), order.is_ambiguous)
    return accounts.statement(book, source)


def _note_end(records: Pile[_Record], body: str, notes: Notes) -> None:
    """Says so where the last transaction has no end; a last line without its own end may lack digits."""
    last = records[-1] if records else None
    if last is not None and not last.is_ended:
        last.is_cut = not body.endswith("\n") and last.last in {*"DTU$"}
        notes.problem(accounts.CUT_OFF) if last.is_cut else notes.problem(NOT_ENDED, line=last.number)


def _number_format(amounts: set[str], choices: Choices) -> NumberFormat:
    """The one decimal mark of the file; StatementError where it has two."""
    if choices.decimal_mark in numbers.MARKS:
        return NumberFormat(choices.decimal_mark)
    return numbers.decide(amounts)


def _remark_on_mark(records: Iterable[_Record], number: NumberFormat, notes: Notes) -> None:
    """Says so where nothing tells thousands from decimals and it makes a difference."""
    for record in records if number.is_guess else ():
        value = number.read(record.amount).value if numbers.is_amount(record.amount) else Decimal(0)
        if abs(value) >= 1000:
            notes.problem(remarks.GUESSED_MARK, text=record.amount, amount=abs(value))
            return


def _percent(part: _Part) -> Decimal | None:
    """What share of the payment a part is, None where it does not say."""
    try:
        return accounts.amount(part.percent)
    except StatementError:
        return None


def _are_shares(parts: Sequence[_Part]) -> bool:
    """Whether nothing but percents say how much each part is, and they make the whole."""
    shares = [_percent(part) for part in parts if not part.amount]
    return len(shares) == len(parts) and sum(share or Decimal(0) for share in shares) == 100


def _category(text: str) -> tuple[str, str]:
    """A category and its class: Bills:Phone/Home. An account may have a slash in its name: [A/B]/Home."""
    plain = words(text)
    start = plain.find("]") if plain.startswith("[") else 0
    name, _, of_class = plain[max(start, 0) :].partition("/")
    name = (plain[: max(start, 0)] + name).strip()
    return ("" if name.casefold() == _IN_PARTS else name), of_class.strip()


def _bare(category: str) -> str:
    return category.strip("[]").strip()


def _is_opening(record: _Record) -> bool:
    return fold(record.fields.get("P", "")) in _OPENING
