"""Formats that name their accounts: what a file says of each, and the one statement it all becomes."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from transactions.importers import dates, remarks
from transactions.importers.base import (
    Balances,
    Choices,
    DateReading,
    Notes,
    OfAccount,
    Statement,
    StatementError,
    StatementLine,
    gettext_noop,
    sentence,
)
from transactions.importers.numbers import LONGEST, MOST_DIGITS, NOT_AN_AMOUNT
from transactions.importers.records import MOST_LINES
from transactions.importers.spool import Spool

TOO_LONG = gettext_noop("A text of this transaction is longer than %(most)s characters.")
TOO_MANY = gettext_noop(
    "The file has more than %(most)s transactions. Take it out in shorter periods and import one after the other."
)
NO_DATE = gettext_noop("“%(text)s” (%(amount)s) has no date.")
NO_AMOUNT = gettext_noop("“%(text)s” has no amount.")
CUT_OFF = gettext_noop("The file breaks off before its end; lines may be missing. Download it again.")
CUT_WITHIN = gettext_noop("The file breaks off within this transaction.")
ZERO = gettext_noop("The amount is zero.")

# A bank's longest texts have some hundred characters.
LONGEST_TEXT = 5000

_PLAIN = re.compile(r"([+-]?)([0-9]{1,30})(?:[.,]([0-9]{0,30}))?")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass(slots=True)
class Account:
    """What one statement within the file says of one account; ``since`` is the day of its opening balance.

    ``count``: how many lines it has. ``kind`` is what the file calls its sort, such as SAVINGS. ``about``: what else
    it says of it.
    """

    name: str = ""
    currency: str | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    since: date | None = None
    count: int = 0
    kind: str = ""
    is_card: bool = False
    about: OfAccount = field(default_factory=OfAccount)


@dataclass(slots=True)
class Book:
    """The accounts of a file, and the lines of one after those of the other, as they stand in the file."""

    notes: Notes
    accounts: list[Account] = field(default_factory=list)
    lines: Spool = field(default_factory=Spool)

    def add(self, account: Account, line: StatementLine) -> None:
        """A line of this account; one of zero moves nothing, and that is noted."""
        account.count += 1
        self.lines.append(line)
        if not line.amount:
            self.notes.skip(line.number, line.raw, ZERO)


@dataclass(slots=True)
class Numbering:
    """Numbers that tell the lines of a file apart: the line of the file, or the next number where that is taken."""

    last: int = 0
    count: int = 0

    def of(self, line: int) -> int:
        """StatementError where the file has more transactions than a statement can."""
        self.count += 1
        check_count(self.count)
        self.last = max(line, self.last + 1)
        return self.last


@dataclass(frozen=True, slots=True)
class Source:
    """How a file was read: its format and character set, how many characters were lost, the order of its days."""

    format: str
    encoding: str
    lost: int = 0
    order: str = "ymd"
    readings: tuple[DateReading, ...] = ()
    is_ambiguous: bool = False


def statement(book: Book, source: Source) -> Statement:
    """One statement of all accounts; lines name theirs where the file has several, balances are those of a single one.

    Several statements of one account follow each other: the first gives the opening, the last the closing balance.
    """
    notes = book.notes
    kept = [account for account in book.accounts if account.count] or book.accounts
    _tell_apart(kept)
    names = list(dict.fromkeys(account.name for account in kept))
    lines = book.lines if len(names) < 2 else _named(book)
    if source.lost:
        notes.problem(remarks.LOST_LETTERS, count=source.lost)
    if not lines and not notes.problems and not notes.skipped:
        notes.problem(remarks.NO_TRANSACTIONS)
    remarks.add_for_lines(lines, notes)
    currencies = sorted({code for account in kept if (code := account.currency)})
    if len(found := sorted(filter(None, lines.survey.currencies))) > 1:
        notes.problem(remarks.SEVERAL_CURRENCIES, currencies=", ".join(found))
    ordered = _in_time(kept) if len(names) == 1 else []
    return Statement(
        format=source.format,
        encoding=source.encoding,
        date_order=source.order if lines else None,
        ambiguous=source.is_ambiguous,
        readings=source.readings,
        lines=lines.settled(),
        skipped=tuple(sorted(notes.skipped, key=lambda remark: remark.line or 0)),
        problems=tuple(notes.problems),
        remarks=tuple(notes.remarks),
        opening_balance=ordered[0].opening if ordered else None,
        closing_balance=ordered[-1].closing if ordered else None,
        currency=currencies[0] if len(currencies) == 1 else None,
        account=(names[0] or None) if len(names) == 1 else None,
        balances=_balances(kept) if len(names) > 1 else {},
        of_accounts={account.name: account.about for account in kept if account.name and any(account.about)},
    )


def only_year_first(choices: Choices) -> None:
    """Formats that write the year first leave no choice; raises StatementError where the member made one."""
    if choices.date_order not in {None, "ymd"}:
        raise StatementError(sentence(dates.ORDER_DOES_NOT_FIT, order=choices.date_order))


def amount(text: str) -> Decimal:
    """An amount without grouping, with a point or a comma: as the formats of the field have it. StatementError."""
    plain = _PLAIN.fullmatch(text.strip())
    if not plain or len(plain[2]) + len(plain[3] or "") > MOST_DIGITS:
        raise StatementError(sentence(NOT_AN_AMOUNT, text=text.strip()[:LONGEST]))
    return Decimal(f"{plain[1]}{plain[2]}.{plain[3] or '0'}") if plain[3] else Decimal(f"{plain[1]}{plain[2]}")


def day(text: str) -> date:
    """A day that begins with year, month and day, with dashes or without; what follows shifts nothing.

    StatementError.
    """
    digits = text.strip()[:10].replace("-", "")[:8]
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        found = None
    is_written_so = len(digits) == 8 and digits.isascii() and digits.isdecimal()
    if found is None or not is_written_so or not dates.EARLIEST_YEAR <= found.year <= dates.LATEST_YEAR:
        raise StatementError(sentence(dates.NOT_A_DATE, text=text.strip()[: dates.LONGEST]))
    return found


def words(*texts: str) -> str:
    """The texts in one line; StatementError for what no bank writes."""
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise StatementError(sentence(TOO_LONG, most=LONGEST_TEXT))
    return " ".join(" ".join(texts).split())


def unescaped(text: str) -> str:
    """Entities as what they stand for; some banks escape twice. A bare ampersand stays one."""
    for _pass in range(2):
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text


def with_plain_ends(text: str) -> str:
    """Each line end a single newline; StatementError for a file of too many lines."""
    # A zero stands nowhere in a text; lines may also end with CR CR LF. Cut and joined they would need more memory.
    ends = ("\r\r\n", "\0"), ("\r\n", "\0"), ("\r", "\n"), ("\0", "\n")
    plain = text
    for end, mark in ends if "\r" in text else ():
        plain = plain.replace(end, mark)
    if plain.count("\n") > MOST_LINES * 20:
        raise StatementError(sentence(TOO_MANY, most=MOST_LINES))
    return plain


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with plain ends, each with its number from 1, cut one after the other."""
    number, start = 1, 0
    while (end := text.find("\n", start)) >= 0:
        yield number, text[start:end]
        number, start = number + 1, end + 1
    yield number, text[start:]


def check_count(number: int) -> None:
    """StatementError where a file has more transactions than a statement can."""
    if number > MOST_LINES:
        raise StatementError(sentence(TOO_MANY, most=MOST_LINES))


def _tell_apart(kept: Sequence[Account]) -> None:
    """Accounts under one number, such as those of a customer in several currencies, get what tells them as a name."""
    alike: defaultdict[str, list[Account]] = defaultdict(list)
    for account in kept:
        alike[account.name].append(account)
    for several in alike.values():
        for telling in ([account.currency or "" for account in several], [account.kind for account in several]):
            if len({*telling} - {""}) > 1:
                for account, mark in zip(several, telling, strict=True):
                    account.name = f"{account.name} {mark}".strip()
                break


def _named(book: Book) -> Spool:
    """The lines with the names of their accounts, which are all known only now."""
    named, lines = Spool(is_long=not book.lines.is_at_hand), iter(book.lines)
    for account in book.accounts:
        named.extend(line._replace(account=account.name) for line in islice(lines, account.count))
    return named


def _balances(kept: Sequence[Account]) -> dict[str, Balances]:
    """Those of each account of which both are stated, by its name."""
    alike: defaultdict[str, list[Account]] = defaultdict(list)
    for account in kept:
        alike[account.name].append(account)
    found = {}
    for name, several in alike.items():
        ordered = _in_time(several)
        opening, closing = ordered[0].opening, ordered[-1].closing
        if opening is not None and closing is not None:
            found[name] = Balances(opening, closing, ordered[-1].currency)
    return found


def _in_time(kept: Sequence[Account]) -> list[Account]:
    """Statements of one account, oldest first where all say from when they are."""
    days = [account.since for account in kept]
    if any(since is None for since in days):
        return list(kept)
    return sorted(kept, key=lambda account: account.since or date.min)
