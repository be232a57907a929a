"""The only way in for a statement: preview says what would happen to each line, commit writes it in one transaction."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db import transaction

from accounts.models import User
from batua import money
from batua.money import AmountError
from transactions import choosing, copying
from transactions.choosing import Choice, Chooser
from transactions.copying import Booking
from transactions.importers.base import Statement, StatementLine
from transactions.models import ImportBatch, ImportedLine, Wallet


class Verdict(Enum):
    """What an import does with a line."""

    NEW = "new"
    KNOWN = "known"
    DELETED = "deleted"
    FOREIGN = "foreign"
    ZERO = "zero"
    UNFIT = "unfit"


class ChoiceError(Exception):
    """A category chosen for a line is not one of the household's open ones; ``line`` is its number."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"Line {line}: no such category")


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line with its verdict and its category; ``entry`` is the entry that a known line brought."""

    line: StatementLine
    key: str
    verdict: Verdict
    choice: Choice
    entry: int | None = None

    @property
    def note(self) -> str:
        return choosing.note(self.line)


@dataclass(frozen=True)
class Preview:
    """What would happen to each line of a statement in one wallet.

    ``is_foreign``: the whole file is in another currency than the wallet. Its lines can be taken, one to one, but
    only by a member who says so.
    """

    statement: Statement
    lines: tuple[PreviewLine, ...]
    is_foreign: bool = False

    def of(self, *verdicts: Verdict) -> list[PreviewLine]:
        return [line for line in self.lines if line.verdict in verdicts]

    @property
    def takeable(self) -> list[PreviewLine]:
        """Lines that can be taken, whether they are offered ticked or not."""
        foreign = [Verdict.FOREIGN] if self.is_foreign else []
        return self.of(Verdict.NEW, Verdict.DELETED, *foreign)


@dataclass(frozen=True)
class Totals:
    """How many lines, and what they bring in and take out, both ≥ 0."""

    count: int
    came_in: Decimal
    went_out: Decimal


def totals(lines: Iterable[PreviewLine]) -> Totals:
    amounts = [each.line.amount for each in lines]
    return Totals(
        len(amounts),
        sum((amount for amount in amounts if amount > 0), Decimal(0)),
        -sum((amount for amount in amounts if amount < 0), Decimal(0)),
    )


def preview(*, wallet: Wallet, statement: Statement) -> Preview:
    """Verdict and category for each line, without writing; four queries."""
    return _preview(wallet, statement, Chooser(wallet.household, statement.lines))


def identities(lines: Collection[StatementLine]) -> list[str]:
    """Each line's key within a wallet: the same in every file that has the line, whatever stands around it.

    Day and amount, with the bank's id where that tells the line apart in its file, else with every text of the line
    and the ordinal among equals: so two equal coffees of one day stay two. (An id alone would not do: some banks give
    a payment and its fee one id, and some files merely number their lines.)
    """
    named = Counter((line.bank_id, line.date, line.amount) for line in lines)
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        is_named = line.bank_id and named[line.bank_id, line.date, line.amount] == 1
        text = f"id {line.bank_id}" if is_named else choosing.bank_text(line)
        identity = f"{line.date}|{line.amount.normalize():f}|{text}"
        seen[identity] += 1
        keys.append(hashlib.sha256(f"{identity}|{seen[identity]}".encode()).hexdigest())
    return keys


@transaction.atomic
def commit(
    *,
    wallet: Wallet,
    statement: Statement,
    created_by: User,
    file_name: str,
    file_sha256: str,
    taken: Collection[int] | None = None,
    categories: Mapping[int, int] | None = None,
) -> ImportBatch:
    """Writes the lines with these numbers, or the new ones; ``categories`` overrules by line number.

    A line that is known by now is never written again: two commits of one file at once wait for each other at the
    wallet's row. Raises ChoiceError, and then nothing is written.
    """
    # Not against entries that people add meanwhile: those only need the wallet to stay.
    Wallet.objects.select_for_update(no_key=True).get(pk=wallet.pk)
    chooser = Chooser(wallet.household, statement.lines)
    found = _preview(wallet, statement, chooser)
    wanted = [
        each for each in found.takeable if (each.verdict is Verdict.NEW if taken is None else each.line.number in taken)
    ]
    bookings = [_booking(each, (categories or {}).get(each.line.number), chooser.kinds) for each in wanted]
    known = len(found.of(Verdict.KNOWN))
    batch = ImportBatch.objects.create(
        household=wallet.household,
        wallet=wallet,
        created_by=created_by,
        file_name=file_name[:255],
        file_sha256=file_sha256,
        file_format=statement.format,
        new_count=len(wanted),
        known_count=known,
        skipped_count=len(found.lines) - len(wanted) - known + _left_aside(statement),
    )
    # What was deleted and is taken all the same comes back under its own key.
    returning = [each.key for each in wanted if each.verdict is Verdict.DELETED]
    ImportedLine.objects.of(wallet.household).filter(wallet=wallet, key__in=returning, entry=None).delete()
    copying.write(bookings, batch=batch)
    return batch


def _preview(wallet: Wallet, statement: Statement, chooser: Chooser) -> Preview:
    keys = identities(statement.lines)
    taken = dict(ImportedLine.objects.filter(wallet=wallet, key__in=keys).values_list("key", "entry"))
    lines = tuple(
        PreviewLine(line, key, _verdict(line, key, taken, wallet.currency), chooser.choose(line), taken.get(key))
        for line, key in zip(statement.lines, keys, strict=True)
    )
    return Preview(statement, lines, is_foreign=statement.currency not in {None, wallet.currency})


def _verdict(line: StatementLine, key: str, taken: Mapping[str, int | None], currency: str) -> Verdict:
    if key in taken:
        return Verdict.DELETED if taken[key] is None else Verdict.KNOWN
    if not line.amount:
        return Verdict.ZERO
    try:
        money.check_amount(line.amount, currency)
    except AmountError:
        return Verdict.UNFIT
    return Verdict.NEW if line.currency in {None, currency} else Verdict.FOREIGN


def _booking(each: PreviewLine, chosen: int | None, kinds: Mapping[int, str]) -> Booking:
    category = each.choice.category if chosen is None else chosen
    if category not in kinds:
        raise ChoiceError(each.line.number)
    kind = kinds[category]
    return Booking(
        kind=kind,
        # Relative to its kind: money that comes in under a category of spending is money back.
        amount=each.line.amount if kind == "income" else -each.line.amount,
        date=each.line.date,
        category=category,
        note=each.note,
        bank_text=choosing.bank_text(each.line),
        key=each.key,
        line_number=each.line.number,
        raw=each.line.raw,
    )


def _left_aside(statement: Statement) -> int:
    """Lines of the file that are no transactions, or broken ones; zero amounts are counted as transactions."""
    read = {line.number for line in statement.lines}
    aside = {remark.line for remark in (*statement.skipped, *statement.problems) if remark.line}
    return len(aside - read)
