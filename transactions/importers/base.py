"""What a parser returns, whatever the format: lines of a statement, and sentences about what could not be read.

Pure Python. Sentences are English and marked for translation; the pages translate ``Sentence.text`` and fill it in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple, Protocol


def gettext_noop(text: str) -> str:
    """Marks a sentence for the translators' catalogue; these modules know no Django."""
    return text


EMPTY_FILE = gettext_noop("The file is empty. Download it from the bank again.")
TOO_MANY_PARTS = gettext_noop("The transaction has more than %(most)s parts.")
# Parts of one payment; whoever pays thousands at once is no household.
MOST_PARTS = 2000


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to tell a person: ``text`` has %(named)s places for ``values``. ``str()`` is the English sentence."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.text % dict(self.values)


def sentence(text: str, /, **values: object) -> Sentence:
    """A sentence with its values; a value may be a sentence itself."""
    return Sentence(text, tuple(values.items()))


class StatementError(Exception):
    """A file, or one line of it, that cannot be read; ``line`` counts from 1, None means the whole file."""

    def __init__(self, problem: Sentence | str, *, line: int | None = None) -> None:
        self.problem = problem if isinstance(problem, Sentence) else Sentence(problem.replace("%", "%%"))
        self.line = line
        super().__init__(f"Line {line}: {self.problem}" if line else str(self.problem))


class Status(Enum):
    """Whether the bank has booked a line; a pending one may still change or vanish."""

    BOOKED = "booked"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a line; the parts add up to its amount. ``transfer`` names the account that this part moved to."""

    amount: Decimal
    category: str = ""
    note: str = ""
    transfer: str = ""


class Ours(NamedTuple):
    """What an export of Batua says of an entry, word for word: nothing of it has to be guessed."""

    kind: str
    note: str
    comment: str
    bank_text: str
    uuid: str


class StatementLine(NamedTuple):
    """One transaction of the file.

    ``number`` counts the file's lines from 1. ``date`` is the bank's own calendar day, never shifted to another zone.
    ``amount`` is signed and exact in ``currency`` (None: the file names none): into the account positive, out of it
    negative; zero is possible. ``also`` holds other texts of the line, ``words`` every text of it in the file's order
    (what its identity is computed from), ``raw`` the line as the file has it, without its line end.
    ``is_currency_told``: line, names of columns or lines above them give ``currency``; else other lines alone do.

    What exports of other apps add: ``account`` is the account it was booked on, by the file's own name, ``category``
    the category it had there, ``splits`` its parts where it was split, ``transfer`` the account at the other end where
    the file says that money only moved (that account's own half is then no line of its own). ``ours`` is what only an
    export of Batua says. ``is_opening``: the amount is what the account held before all of its other lines, so that
    nothing came in or went out by it.
    """

    number: int
    date: date
    amount: Decimal
    description: str
    raw: str
    also: tuple[str, ...] = ()
    words: str = ""
    bank_id: str | None = None
    currency: str | None = None
    balance: Decimal | None = None
    status: Status = Status.BOOKED
    account: str = ""
    category: str = ""
    splits: tuple[Split, ...] = ()
    transfer: str = ""
    ours: Ours | None = None
    is_currency_told: bool = True
    is_opening: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about one line of the file, or about all of it (``line`` None); ``raw`` is that line's text."""

    sentence: Sentence
    line: int | None = None
    raw: str = ""

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}" if self.line else str(self.sentence)


@dataclass(frozen=True, slots=True)
class DateReading:
    """What one order of day, month and year makes of a file: its earliest and its latest day."""

    order: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: what it was read as, its position from 0, and its name ("" where the file names none).

    Roles: "date", "amount" (or "debit" and "credit"), "direction", "balance", "currency", "state", "fee", "bank id",
    "account", "category", "text" (what a line is called) and "note" (a second text).
    """

    role: str
    place: int
    name: str = ""


class Balances(NamedTuple):
    """What an account held before its first line of the file and after its last, signed as amounts are."""

    opening: Decimal
    closing: Decimal
    currency: str | None = None


class Proven(NamedTuple):
    """What files of one layout showed beyond doubt; the next file of that layout has it where it leaves it open.

    ``is_bare_out``: an amount without sign or direction is money that went out.
    """

    date_order: str | None = None
    decimal_mark: str | None = None
    is_bare_out: bool | None = None

    def over(self, earlier: "Proven") -> "Proven":
        """This, and of what came earlier all that this leaves open."""
        return Proven(
            earlier.date_order if self.date_order is None else self.date_order,
            earlier.decimal_mark if self.decimal_mark is None else self.decimal_mark,
            earlier.is_bare_out if self.is_bare_out is None else self.is_bare_out,
        )


NOTHING_PROVEN = Proven()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table was read, for the member to see, to overrule and to have remembered.

    ``header`` are the names of all its columns, as many empty ones as the table is wide where no line names them
    (``header_row`` None). ``columns`` are those in use. ``app`` is the app whose export it is, "" for a bank's file;
    ``people`` are columns of single persons, any of which may be chosen as the amount. ``proven`` is what of it holds
    for other files of the layout too. ``is_as_of_bank``: the app's files were read as a bank's before it was known.
    """

    encoding: str
    delimiter: str | None
    header_row: int | None
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    decimal_mark: str
    date_order: str | None
    is_inverted: bool
    app: str = ""
    is_as_of_bank: bool = False
    people: tuple[Column, ...] = ()
    proven: Proven = NOTHING_PROVEN

    def place(self, role: str) -> int | None:
        """The position of the column with this role."""
        return next((column.place for column in self.columns if column.role == role), None)


class OfAccount(NamedTuple):
    """What the file says of an account beside its number: its bank's name, and its sort in the format's words."""

    bank: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A file that was read.

    ``format`` is the parser's name, ``encoding`` the character set ("ascii" when it could be any), ``delimiter`` that
    of CSV. ``date_order`` is "dmy", "mdy", "ymd" or "ydm" (None: no dates); ``ambiguous`` is true where the file leaves
    the order open and the reader's habit decided; ``readings`` are then the orders that fit, the one taken first (also
    where the member chose among them). ``lines`` are the transactions in the file's order, zero amounts
    included. ``skipped`` are lines left aside with the reason, ``problems`` what is wrong (broken lines by number),
    ``remarks`` what was decided and is worth a look. Balances are signed as amounts are; ``balances`` are
    those of each account, by the name that its lines have, where the file has several accounts and states both balances
    of this one. ``reading`` says how a table was read. ``of_accounts``: account → what else the file says of it.
    """

    format: str
    encoding: str
    delimiter: str | None = None
    date_order: str | None = None
    ambiguous: bool = False
    readings: tuple[DateReading, ...] = ()
    lines: Sequence[StatementLine] = ()
    skipped: tuple[Remark, ...] = ()
    problems: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    opening_balance: Decimal | None = None
    closing_balance: Decimal | None = None
    currency: str | None = None
    account: str | None = None
    balances: Mapping[str, Balances] = field(default_factory=dict)
    reading: Reading | None = None
    of_accounts: Mapping[str, OfAccount] = field(default_factory=dict)

    @property
    def credits(self) -> Decimal:
        """The sum of what came into the account, ≥ 0."""
        return sum((line.amount for line in self.lines if line.amount > 0), Decimal(0))

    @property
    def debits(self) -> Decimal:
        """The sum of what went out of the account, ≥ 0."""
        return -sum((line.amount for line in self.lines if line.amount < 0), Decimal(0))

    def numbers_among(self, numbers: Collection[int | None]) -> set[int]:
        """Those of these numbers of the file's lines that are lines of the statement."""
        return {line.number for line in self.lines if line.number in numbers} if numbers else set()


@dataclass(frozen=True, slots=True)
class Choices:
    """How the member wants the file read; what is left out is told from the file.

    ``date_order`` overrules the file, ``hint_order`` counts only where it is open, and where nothing was ``proven`` by
    files of this layout before. ``hint_currency`` is what amounts are most likely in, where the file names none.
    ``header_row`` is the number of the line that names the columns (0: none does); ``header`` are such names to look
    for where no number is given.
    ``columns`` gives a column's position (from 0) for a role (see ``Column``), None where the file has no such column.
    ``is_inverted`` says whether the signs are turned round: the amounts are positive where money went out. Where a
    choice cannot be followed, the parser says so with a StatementError.
    """

    date_order: str | None = None
    hint_order: str = "dmy"
    hint_currency: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    header: tuple[str, ...] = ()
    columns: Mapping[str, int | None] = field(default_factory=dict)
    decimal_mark: str | None = None
    is_inverted: bool | None = None
    proven: Proven = NOTHING_PROVEN


class Parser(Protocol):
    """Reads one format. Raises StatementError when nothing of the file can be used, and no other exception."""

    def __call__(self, data: bytes, *, choices: Choices) -> Statement: ...


@dataclass(slots=True)
class Notes:
    """Where a parser collects its sentences while it walks through a file."""

    skipped: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def skip(self, line: int, raw: str, text: str, /, **values: object) -> None:
        self.skipped.append(Remark(sentence(text, **values), line, raw))

    def problem(self, text: str, /, **values: object) -> None:
        self.problems.append(Remark(sentence(text, **values)))

    def remark(self, text: str, /, **values: object) -> None:
        self.remarks.append(Remark(sentence(text, **values)))
