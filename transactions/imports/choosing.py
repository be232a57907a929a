"""Categories for the lines of a statement: the file's own, what the household chose for the payee before, keywords;
and wallets that it said the payee's money went to."""

import datetime
import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, Self

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from accounts.models import Household
from batua.fields import is_among
from transactions.categorize import Vocabulary, fold
from transactions.importers import payees
from transactions.importers.base import StatementLine
from transactions.models import Category, ImportedLine, Transaction, Wallet
from transactions.suggesting import Reason

NOTE_LENGTH: int = Transaction._meta.get_field("note").max_length or 200
COMMENT_LENGTH: int = Transaction._meta.get_field("comment").max_length or 2000
NAME_LENGTH: int = Category._meta.get_field("name").max_length or 60

# Money came into the wallet: income, or an expense that was given back.
_CAME_IN = Q(kind="income", amount__gt=0) | Q(kind="expense", amount__lt=0)


# Two or more for a transfer that Batua found by itself: a line turned it into one, or lines of both wallets made it.
# A line that only corrected an entry made it no transfer.
_LINES = ImportedLine.objects.filter(entry=OuterRef("pk")).order_by().values("entry")
_TURNED = Q(turned__isnull=False) & ~Q(turned__has_key=ImportedLine.CORRECTED)
_FOUND = Subquery(
    _LINES.annotate(
        found=Count("pk", filter=Q(made_entry=True)) + 2 * Count("pk", filter=_TURNED),
    ).values("found")
)

# Between a category and what is within it: Food:Groceries, Food ▶ Groceries, Food > Groceries, Food\Groceries.
_PATH = re.compile(r"[:▶›\\]|\s>\s")
# What apps write where a line has no category of its own.
_SAYS_NOTHING = {
    "uncategorized",
    "uncategorised",
    "uncategorized transactions",
    "(no category)",
    "no category",
    "none",
    "other",
    "split",
    "transfer",
    "ready to assign",
    "to be budgeted",
    "available this month",
    "available next month",
    "starting balances",
}


class Choice(NamedTuple):
    """A category and its kind; ``word`` is the part of the text that speaks for it. No reason: nothing did.

    ``new_name`` is the file's category where the household has none of that name: it is made if nobody objects, and
    ``category`` is then the one to fall back on.
    """

    category: int
    kind: str
    reason: Reason | None = None
    word: str = ""
    new_name: str = ""


def note(line: StatementLine) -> str:
    """What a person reads of a line: the payee or the purpose, without what only the bank's machines need."""
    if line.ours is not None:
        return line.ours.note[:NOTE_LENGTH]
    return payees.called(line.description or line.category or line.words, line.also)[:NOTE_LENGTH]


def bank_text(line: StatementLine) -> str:
    """Every text of the line, as the bank wrote it."""
    return _bank_text(line, note(line) if not line.words else "")


def _bank_text(line: StatementLine, payee: str) -> str:
    if line.ours is not None:
        return line.ours.bank_text
    return line.words or payee


def comment(line: StatementLine) -> str:
    """More words to the entry, which only an export of Batua has."""
    return line.ours.comment[:COMMENT_LENGTH] if line.ours is not None else ""


class Asked(NamedTuple):
    """What a choice depends on: two lines of the same payee, text and direction get the same."""

    payee: str
    text: str
    came_in: bool

    @classmethod
    def of(cls, line: StatementLine) -> Self:
        payee = note(line)
        return cls(payee, _bank_text(line, payee), line.amount > 0)


class _Last(NamedTuple):
    """What the newest entry of a payee became, a category or the other wallet; and when, newest last."""

    became: int
    day: datetime.date
    entry: int


class _Earlier(NamedTuple):
    """What entries with some text became: (text, came in) → a category, (text, came in, wallet) → the other wallet."""

    categories: dict[tuple[str, bool], _Last]
    moves: dict[tuple[str, bool, int], _Last]


_NOTHING = _Earlier({}, {})


class Chooser:
    """Knows the household's categories and keywords, and its earlier choices for the lines it looked at."""

    def __init__(self, household: Household) -> None:
        self._household = household
        found = Category.objects.of(household).open().by_name()
        rows = list(found.values_list("pk", "kind", "name", "is_other", "keywords"))
        self.kinds = {pk: kind for pk, kind, *_rest in rows}
        self._named = {(kind, fold(name)): pk for pk, kind, name, *_rest in rows}
        self._others = {kind: pk for pk, kind, _name, is_other, _keywords in rows if is_other}
        self._vocabularies = {
            kind: Vocabulary((pk, words) for pk, own, _name, is_other, words in rows if own == kind and not is_other)
            for kind in ("income", "expense")
        }
        choosable = self.kinds.keys() - set(self._others.values())
        said = Q(kind=Transaction.Kind.TRANSFER, group_id=None, found__lt=2)
        own = Transaction.objects.of(household).alias(found=Coalesce(_FOUND, 0))
        self._chosen = own.filter(Q(category__in=choosable) | said)
        self._by_text = self._by_payee = _NOTHING
        self._known: dict[Asked, Choice] = {}

    def look_at(self, lines: Sequence[StatementLine]) -> list[Asked]:
        """From now on earlier choices are those for these lines; two queries, however many there are.

        Returns what each line asks, which ``choose`` and ``moved`` take again.
        """
        asked = [Asked.of(line) for line in lines]
        self._by_text = _newest(self._chosen, "bank_text", {each.text for each in asked})
        self._by_payee = _newest(self._chosen, "note", {each.payee for each in asked})
        self._known = {}
        return asked

    def choose(self, line: StatementLine, asked: Asked) -> Choice:
        """A credit is income unless the household said otherwise for this payee; then it is money back."""
        if line.ours is not None and line.ours.kind in self._others and line.category:
            return self._of_ours(line.ours.kind, line.category)
        if line.category and (named := self.named(line.category, came_in=line.amount > 0)):
            return named
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._earlier(asked) or self._by_words(line, asked)
        return found

    def moved(self, asked: Asked, wallet: int) -> int | None:
        """The other wallet, where the newest entry of this payee in the line's wallet is a transfer by somebody's word.

        None otherwise. A query where there is such a transfer: money moves to wallets that are open.
        """
        if not self._by_payee.moves and not self._by_text.moves:
            return None
        found = self._by_payee.moves.get((asked.payee, asked.came_in, wallet)) or self._by_text.moves.get(
            (asked.text, asked.came_in, wallet)
        )
        chosen = self._newest(asked)
        if found is None or (chosen is not None and chosen[1:] > found[1:]):
            return None
        return found.became if found.became in self._open_wallets else None

    @cached_property
    def _open_wallets(self) -> set[int]:
        return set(Wallet.objects.of(self._household).open().values_list("pk", flat=True))

    def named(self, text: str, *, came_in: bool) -> Choice | None:
        """The household's category for one of the file, such as "Food: Groceries"; None where the text says nothing.

        Of a path of categories the last part counts. Money that comes in under a category of spending is money back.
        """
        name = " ".join(_PATH.split(text)[-1].split())[:NAME_LENGTH]
        if not fold(name) or fold(name) in _SAYS_NOTHING:
            return None
        kind = "income" if came_in else "expense"
        for own in (kind, "expense"):
            if found := self._named.get((own, fold(name))):
                return Choice(found, own, Reason.FILE, name)
        return Choice(self._others[kind], kind, Reason.FILE, name, new_name=name)

    def _of_ours(self, kind: str, name: str) -> Choice:
        """The category of this kind and name; an export of Batua means it literally, "Other" and "A: B" too."""
        found = self._named.get((kind, fold(name)))
        if found is not None:
            return Choice(found, kind, Reason.FILE, name)
        return Choice(self._others[kind], kind, Reason.FILE, name, new_name=name[:NAME_LENGTH])

    def other(self, *, came_in: bool) -> Choice:
        """The category of last resort."""
        kind = "income" if came_in else "expense"
        return Choice(self._others[kind], kind)

    def _earlier(self, asked: Asked) -> Choice | None:
        found = self._newest(asked)
        if found is None and asked.came_in:
            # Nothing came from this payee yet: what comes back is booked where the spending was.
            found = self._newest(asked._replace(came_in=False))
        return Choice(found.became, self.kinds[found.became], Reason.LAST_TIME) if found else None

    def _newest(self, asked: Asked) -> _Last | None:
        payee, text, came_in = asked
        return self._by_payee.categories.get((payee, came_in)) or self._by_text.categories.get((text, came_in))

    def _by_words(self, line: StatementLine, asked: Asked) -> Choice:
        kind = "income" if asked.came_in else "expense"
        words = self._vocabularies[kind]
        # The payee without the bank's words first: INTERNET of a COMPRA INTERNET is no telephone bill.
        text = " ".join((asked.payee, *line.also))
        found = words.suggest(text) or (words.suggest(line.description) if line.description != text else None)
        if found is None:
            return self.other(came_in=asked.came_in)
        return Choice(found.category, kind, Reason.WORD, found.word)


def _newest(chosen: QuerySet[Transaction], field: str, texts: set[str]) -> _Earlier:
    """What the newest entries with these texts in the field became; one query."""
    rows = (
        chosen.filter(is_among(field, texts - {""}))
        .annotate(
            came_in=ExpressionWrapper(_CAME_IN, output_field=BooleanField()),
            source=Case(When(kind=Transaction.Kind.TRANSFER, then=F("wallet"))),
        )
        .order_by(field, "came_in", "source", "to_wallet", "-date", "-pk")
        .distinct(field, "came_in", "source", "to_wallet")
    )
    found = _Earlier({}, {})
    columns = field, "came_in", "category", "source", "to_wallet", "date", "pk"
    for text, came_in, category, source, target, day, entry in rows.values_list(*columns):
        if category is not None:
            found.categories[text, came_in] = _Last(category, day, entry)
            continue
        # Of several wallets that it went to, the last one counts; each of its ends is told of by its own statements.
        for own, other, is_in in ((source, target, False), (target, source, True)):
            known = found.moves.get((text, is_in, own))
            if known is None or (day, entry) > known[1:]:
                found.moves[text, is_in, own] = _Last(other, day, entry)
    return found
