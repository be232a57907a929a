"""Where a wallet begins: with what its bank says lay there before the first line of the first file, or with what an app
calls its opening balance. Neither ever came in or went out."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Least

from accounts.models import Household
from batua.fields import is_among
from transactions.importers import survey
from transactions.importers.base import Balances, Statement, StatementLine
from transactions.imports.copying import Told
from transactions.imports.matching import WINDOW
from transactions.models import ImportBatch, ImportedLine, Transaction, Wallet


class Stated(NamedTuple):
    """What a file says an account held before its lines and after them, which add up; ``last`` is their last day.

    ``begun``: what some of these lines say that the account began with. ``first``: their first day, None for what was
    kept before there was one.
    """

    opening: Decimal
    closing: Decimal
    last: date
    currency: str | None
    begun: Decimal = Decimal(0)
    first: date | None = None

    def plain(self) -> list[Any]:
        """As JSON has it."""
        first = self.first.isoformat() if self.first else None
        return [str(self.opening), str(self.closing), self.last.isoformat(), self.currency, str(self.begun), first]

    @classmethod
    def read(cls, plain: Sequence[Any]) -> Self:
        opening, closing, last, currency, begun, first, *_later = [*plain, "0", None]
        return cls(
            Decimal(opening),
            Decimal(closing),
            date.fromisoformat(last),
            currency,
            Decimal(begun),
            date.fromisoformat(first) if first else None,
        )


class Moved(NamedTuple):
    """By how much an import moves what a wallet begins with, because of what the file states beside its lines."""

    wallet: Wallet
    by: Decimal


class _State(NamedTuple):
    """What a wallet begins with, and the day of its first entry."""

    opening: Decimal
    first: date | None

    @property
    def is_empty(self) -> bool:
        return not self.opening and self.first is None


def difference(statement: Statement) -> Decimal | None:
    """Closing balance − (opening balance + entries); None where the file does not state both for one account."""
    opening, closing = statement.opening_balance, statement.closing_balance
    if opening is None or closing is None or _only_account(statement) is None:
        return None
    return closing - opening - _entries(statement)


def stated(statement: Statement) -> dict[str, Stated]:
    """Account as the file's lines name it ("" for none) → what it states of it, where that adds up by itself."""
    opening, closing = statement.opening_balance, statement.closing_balance
    if statement.balances:
        return _of_several(statement)
    if opening is None or closing is None or not statement.lines:
        return {}
    account = _only_account(statement)
    if account is None or closing - opening != _entries(statement):
        return {}
    first, last, begun = date.max, date.min, Decimal(0)
    for line in statement.lines:
        first, last = min(first, line.date), max(last, line.date)
        begun += line.amount if line.is_opening else 0
    return {account: Stated(opening, closing, last, statement.currency, begun, first)}


def _only_account(statement: Statement) -> str | None:
    """The account of all lines, "" where none names one; None where there are several. One walk over the lines."""
    found = survey.of(statement.lines)
    names = [*found.accounts, *([""] if found.has_nameless or not found.accounts else [])]
    return names[0] if len(names) == 1 else None


def _entries(statement: Statement) -> Decimal:
    return statement.credits - statement.debits


def _of_several(statement: Statement) -> dict[str, Stated]:
    sums, begun = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
    firsts, lasts = dict[str, date](), dict[str, date]()
    for line in statement.lines:
        account = line.account
        sums[account] += line.amount
        begun[account] += line.amount if line.is_opening else 0
        firsts[account] = min(line.date, firsts.get(account, line.date))
        lasts[account] = max(line.date, lasts.get(account, line.date))
    return {
        account: Stated(told.opening, told.closing, lasts[account], told.currency, begun[account], firsts[account])
        for account, told in statement.balances.items()
        if account in lasts and _adds_up(told, sums[account])
    }


def _adds_up(told: Balances, entries: Decimal) -> bool:
    return told.closing - told.opening == entries


def moved(household: Household, found: Mapping[str, Stated], wallets: Mapping[str, Wallet]) -> list[Moved]:
    """The wallets that an import lets begin with something else, each by how much; a query where files state balances.

    It does where the wallet holds nothing yet, neither entries nor a beginning of its own, or begins with what the file
    ends with, after the file's last day: then this file is the earlier one. So it is where the file begins before all
    entries and the wallet begins with what imports said, and nobody else: a query then. ``wallets``: account as the
    file names it → where its lines go. Of a wallet that several accounts go into the file has to state all.
    """
    if not found:
        return []
    into: defaultdict[int | str, list[str]] = defaultdict(list)
    for account, wallet in wallets.items():
        into[wallet.pk or wallet.name].append(account)
    states = _states(household, {wallet.pk for wallet in wallets.values() if wallet.pk})
    shifts = []
    for accounts in into.values():
        wallet = wallets[accounts[0]]
        all_stated = [found[account] for account in accounts if account in found]
        # What lies in a purse is nothing that a bank knows.
        if len(all_stated) < len(accounts) or wallet.kind == Wallet.Kind.CASH:
            continue
        state = states.get(wallet.pk, _State(Decimal(0), None))
        if all(each.currency in {None, wallet.currency} for each in all_stated) and (
            by := _shift(all_stated, state, wallet)
        ):
            shifts.append(Moved(wallet, by))
    return shifts


def _shift(stated: Sequence[Stated], state: _State, wallet: Wallet) -> Decimal:
    opening = sum((each.opening for each in stated), Decimal(0))
    if state.is_empty:
        return opening
    if state.first is None or not _is_earlier(stated, state.first, state.opening, wallet):
        return Decimal(0)
    # Lines that say what the wallet began with find it begun, and are not taken: their sum counts here.
    begun = sum((each.begun for each in stated), Decimal(0)) if state.opening else Decimal(0)
    return opening + begun - state.opening


def _is_earlier(stated: Sequence[Stated], first: date, opening: Decimal, wallet: Wallet) -> bool:
    """Does the file tell what was there before the wallet's ``opening`` and its ``first`` entry?"""
    closing = sum((each.closing for each in stated), Decimal(0))
    if opening == closing and first > max(each.last for each in stated):
        return True
    begins = [each.first for each in stated if each.first is not None and each.first < first]
    return bool(opening) and len(begins) == len(stated) and opening == _by_imports(wallet)


def _by_imports(wallet: Wallet) -> Decimal:
    """What imports that were not taken back let the wallet begin with."""
    batches = ImportBatch.objects.of(wallet.household).filter(wallet=wallet, taken_back_at=None)
    stated: Decimal | None = batches.aggregate(sum=Sum("opened"))["sum"]
    lines = ImportedLine.objects.of(wallet.household).openings().filter(wallet=wallet)
    return (stated or Decimal(0)) + _sums(lines)[wallet.pk]


class Begun:
    """Which of these wallets have begun before a line that says what they begin with. One query."""

    def __init__(self, household: Household, wallets: Collection[int]) -> None:
        self._household, self._states = household, _states(household, wallets)

    def has(self, wallet: int, line: StatementLine) -> bool:
        """Not where the wallet begins with nothing and all of its entries are later: there the line is still missing.

        Unless one of them may be what the line says, written down by hand; a query then.
        """
        state = self._states.get(wallet)
        if state is None or state.is_empty:
            return False
        if state.opening or state.first is None or state.first <= line.date:
            return True
        near = Transaction.objects.of(self._household).filter(wallet=wallet, date__lte=line.date + WINDOW)
        return near.filter(amount__in=[line.amount, -line.amount]).exists()


def told_before(household: Household, keys: Collection[str]) -> set[tuple[int, str]]:
    """(wallet, key) of those lines that said in an earlier import what their wallet begins with."""
    if not keys:
        return set()
    lines = ImportedLine.objects.of(household).openings().filter(is_among("key", keys))
    return set(lines.values_list("wallet", "key"))


def move(batch: ImportBatch, found: Mapping[str, Stated], wallets: Mapping[str, Wallet]) -> None:
    """Moves what wallets begin with, before anything is written into them; ``batch.opened`` is still to be saved."""
    shifts = moved(batch.household, found, wallets)
    if batch.wallet_id and shifts:
        batch.opened = shifts[0].by
        _move(batch.household, batch.wallet_id, shifts[0].by)
        return
    # Kept as if a line of the file had said it, since a batch of several wallets names none.
    key = hashlib.sha256(f"before all lines of {batch.pk}".encode()).hexdigest()
    take([Told(each.wallet.pk, key, 0, "", amount=each.by) for each in shifts], batch=batch)


def take(lines: Iterable[Told], *, batch: ImportBatch) -> None:
    """These lines say what their wallets begin with: kept without an entry, and without a day, as no payment."""
    rows = [
        ImportedLine(
            household=batch.household,
            batch=batch,
            wallet_id=told.wallet,
            key=told.key,
            line_number=told.number,
            raw=told.raw,
            made_entry=False,
            turned={ImportedLine.OPENED: f"{told.amount:f}"},
        )
        for told in lines
    ]
    ImportedLine.objects.bulk_create(rows)
    for wallet, by in _sums(rows).items():
        _move(batch.household, wallet, by)


def moved_by(batch: ImportBatch) -> dict[int, Decimal]:
    """Wallet → by how much the import moved what it begins with; one query."""
    sums = _sums(ImportedLine.objects.of(batch.household).openings().filter(batch=batch))
    if batch.opened and batch.wallet_id:
        sums[batch.wallet_id] += batch.opened
    return {wallet: by for wallet, by in sums.items() if by}


def lines_of(batch: ImportBatch) -> int:
    """How many lines of the import said what their wallet begins with; one query."""
    return ImportedLine.objects.of(batch.household).openings().filter(batch=batch, line_number__gt=0).count()


def goes_back(batch: ImportBatch) -> dict[int, Decimal]:
    """Wallet → by how much it begins lower once the import is taken back; a query, and one for each wallet.

    Not where a later import told what was there still earlier: its wallet goes on beginning with that.
    """
    return {wallet: by for wallet, by in moved_by(batch).items() if _earlier_than(batch, wallet) is None}


def move_back(batch: ImportBatch) -> None:
    """The wallets whose beginning the import moved begin where they did; before its lines are forgotten."""
    for wallet, by in moved_by(batch).items():
        heir = _earlier_than(batch, wallet)
        if heir is None:
            _move(batch.household, wallet, -by)
        else:
            ImportBatch.objects.filter(pk=heir.pk).update(opened=F("opened") + by)


def _earlier_than(batch: ImportBatch, wallet: int) -> ImportBatch | None:
    """The first import after this one that moved the wallet's beginning: it told of a time before this one's."""
    own = ImportBatch.objects.of(batch.household).filter(wallet=wallet, taken_back_at=None, opened__isnull=False)
    found: ImportBatch | None = own.filter(pk__gt=batch.pk).order_by("pk").first()
    return found


def _sums(lines: Iterable[ImportedLine]) -> defaultdict[int, Decimal]:
    sums = defaultdict[int, Decimal](Decimal)
    for line in lines:
        sums[line.wallet_id] += Decimal((line.turned or {})[ImportedLine.OPENED])
    return sums


def _move(household: Household, wallet: int, by: Decimal) -> None:
    Wallet.objects.of(household).filter(pk=wallet).update(opening_balance=F("opening_balance") + by)


def _states(household: Household, wallets: Collection[int]) -> dict[int, _State]:
    if not wallets:
        return {}
    entries = Transaction.objects.of(household).order_by("date").values("date")
    firsts = [Subquery(entries.filter(**{side: OuterRef("pk")})[:1]) for side in ("wallet", "to_wallet")]
    own = Wallet.objects.of(household).filter(pk__in=wallets).annotate(first=Least(*firsts))
    return {pk: _State(*state) for pk, *state in own.values_list("pk", "opening_balance", "first")}
