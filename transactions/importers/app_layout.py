"""What the export of another finance app says about its columns beyond what a bank's file can say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Sign(Enum):
    """How an app writes which way the money went.

    SIGNED: the amount's own sign. TURNED: spending is positive. BY_KIND: the kind of the line decides, and a minus
    before it turns it round (a negative expense is money back). BARE: the kind alone decides, the sign says nothing.
    BY_ACCOUNT: it went out where ``account`` is filled, and came in where only ``account_in`` is. BOTH_ENDS: one
    column for money out, one for money in, and a transfer fills both. TOLD: as in a bank's file, told from all rows.
    """

    SIGNED = "signed"
    TURNED = "turned"
    BY_KIND = "by kind"
    BARE = "bare"
    BY_ACCOUNT = "by account"
    BOTH_ENDS = "both ends"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class App:
    """One app's export, told by ``telling``: names that together stand in its header and in no other.

    Columns are given by their folded names (see ``headings.column_name``); several stand for older and newer
    versions of the app, and the first that the file has is taken. ``kinds`` says for the words of the ``kind`` column
    which way the money went (-1 out, 1 in, 0 neither); where it came in, ``account_in`` and ``other_in`` name the
    account and the other end instead of ``account`` and ``other``, ``amount_in`` how much it was, ``category_in`` its
    category and ``currency_in`` its currency. ``outward`` is a column that, when it holds one of
    ``outward_words``, says that the money went out after all.

    ``moves``: the words of the ``mark`` column (of the kind, where there is none) that make a line a transfer; its
    other end stands in ``other``, or is the line's other half in the file at most ``half_within`` days away.
    ``other_prefixes`` are what stands before the other account's name instead. ``group`` is a column whose equal cells
    make several rows one split line. In the column ``part``, one of ``part_words`` makes a row a part of the last row
    without one. ``parts`` is a column that holds all parts of its row: Food|-1.00||Toys|-2.00.
    ``fills`` are columns that only the first row of several fills in. ``stand_ins`` says for words of the
    ``kind`` column which columns others stand in for ("": nothing does).
    ``opens``: words of the ``kind`` column that say what the account held before all other lines, where no other app
    would say it so; see ``beginnings``.
    ``is_ours``: Batua's own export, whose every cell means what it says. ``keeps_words``: a layout that was read as a
    bank's before it was known, so that its lines stay known by the words of a bank's.
    ``payer`` and ``payee``: one of them is the account's own holder. ``has_fees``: what ``fee`` holds was paid beside
    the amount by whoever paid. ``undone``: words of the ``state`` by which money that went out came back, with no line
    of its own.
    ``only_currency`` is the one that the app is offered in, where its files name none. ``date_order`` is the only one
    that it writes, where its days could be read in another.
    """

    name: str
    telling: tuple[str, ...]
    dates: tuple[str, ...] = ("date",)
    amount: tuple[str, ...] = ()
    amount_in: str = ""
    debit: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    sign: Sign = Sign.SIGNED
    kind: str = ""
    kinds: Mapping[str, int] = field(default_factory=dict)
    outward: str = ""
    outward_words: frozenset[str] = frozenset()
    account: tuple[str, ...] = ()
    account_in: str = ""
    other: str = ""
    other_in: str = ""
    other_prefixes: tuple[str, ...] = ()
    mark: str = ""
    moves: frozenset[str] = frozenset()
    half_within: int = 0
    categories: tuple[str, ...] = ()
    category_in: str = ""
    texts: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()
    currency_in: str = ""
    only_currency: str | None = None
    date_order: str | None = None
    state: str = ""
    balance: str = ""
    undone: frozenset[str] = frozenset()
    fee: str = ""
    has_fees: bool = False
    payer: str = ""
    payee: str = ""
    bank_id: str = ""
    opening: str = ""
    closing: str = ""
    group: str = ""
    group_title: str = ""
    part: str = ""
    part_words: frozenset[str] = frozenset()
    parts: str = ""
    fills: tuple[str, ...] = ()
    stand_ins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    opens: frozenset[str] = frozenset()
    names_people: bool = False
    is_double_entry: bool = False
    is_ours: bool = False
    keeps_words: bool = False
