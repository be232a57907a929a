"""The only way in for a statement: preview says what would happen to each line, commit writes it in one transaction."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Household, User
from accounts.webhooks import outbox
from accounts.webhooks.outbox import Event
from batua import metrics
from batua.fields import is_among
from transactions import wire
from transactions.importers.base import Statement
from transactions.imports import (
    booking,
    copying,
    file_formats,
    joining,
    line_choice,
    openings,
    put_by,
    shelved,
    uploads,
)
from transactions.imports.booking import Chosen, IsEntry, Plan
from transactions.imports.choosing import Chooser
from transactions.imports.judging import Judge
from transactions.imports.openings import Stated
from transactions.imports.refusals import ChangedError, ChoiceError
from transactions.imports.shelves import RowsAtHand
from transactions.imports.verdicts import KEPT_IF_LEFT, WITHOUT_ENTRY, Preview, PreviewLine, Verdict
from transactions.models import ImportBatch, ImportedLine, StagedLine, Upload, Wallet

__all__ = ["ChoiceError", "held", "preview"]


def preview(*, household: Household, statement: Statement, wallets: Mapping[str, Wallet], layout: str = "") -> Preview:
    """Verdict and category for each line, without writing; in a fixed number of queries for a portion of them.

    ``wallets``: account as the file names it → wallet, which may be one still to be saved; "" is that of all other
    accounts. Lines of an account without a wallet are left out. ``layout`` tells files of one bank's making apart.
    """
    return _judged(household, statement, wallets, Chooser(household), layout)


@dataclass(frozen=True)
class Held:
    """The wallets of an import, held against other imports: what ``preview`` says stays true until it is committed."""

    household: Household
    wallets: Mapping[str, Wallet]
    chooser: Chooser
    preview: Preview
    layout: str

    def commit(
        self,
        *,
        created_by: User,
        file_name: str,
        file_sha256: str,
        taken: Collection[int],
        choices: Mapping[int, Chosen] | None = None,
    ) -> ImportBatch:
        """Writes the lines with these numbers.

        ``choices`` overrules by line number: a category, None for a transfer as it is suggested, a wallet that the
        money went to or came from, or the entry that the line is. Raises ChoiceError, and then nothing is written.
        """
        found, household = self.preview, self.household
        keys = {wallet.pk for wallet in self.wallets.values()}
        wanted = [each for each in found.takeable if each.line.number in taken]
        plan = booking.plan(
            wanted,
            choices=choices or {},
            chooser=self.chooser,
            wallets_by_name=found.wallets_by_name,
            household=household,
        )
        file_format = file_formats.of(found.statement)
        batch = _batch(household, keys, created_by, file_name, file_sha256, file_format=file_format, layout=self.layout)
        openings.move(batch, openings.stated(found.statement), self.wallets)
        known = len(found.of(Verdict.KNOWN))
        batch.new_count, batch.known_count = len(wanted) - plan.recognised, known + plan.recognised
        batch.skipped_count = len(found.lines) - len(wanted) - known + left_aside(found.statement)
        batch.save(update_fields=["new_count", "known_count", "skipped_count", "opened"])
        _bring_back(household, wanted)
        joining.turn(plan.turned, batch=batch)
        copying.write(plan.bookings, batch=batch, currency=household.currency)
        openings.take(plan.opened, batch=batch)
        unticked = [each for each in found.of(*KEPT_IF_LEFT) if each.line.number not in taken]
        if unticked:
            copying.leave_out(booking.left_out(unticked), batch=batch)
        _tell(batch, Counter(each.kind for each in plan.bookings), refused=len(found.statement.problems))
        return batch


@contextmanager
def held(
    *, household: Household, statement: Statement, wallets: Mapping[str, Wallet], layout: str = ""
) -> Iterator[Held]:
    """A preview inside a transaction that may commit it; wallets still to be saved are made.

    A line that is known by now is never written again: two imports of one file at once wait for each other at the
    wallets' rows.
    """
    with transaction.atomic():
        # Copies: if nothing comes of it, the caller's wallets are still to be saved.
        made = {account: _saved(copy(wallet)) for account, wallet in wallets.items()}
        lock(household, made)
        chooser = Chooser(household)
        yield Held(household, made, chooser, _judged(household, statement, made, chooser, layout), layout)


def lock(household: Household, wallets: Mapping[str, Wallet]) -> None:
    """Holds the wallets that are saved until the transaction ends.

    Not against entries that people add meanwhile: those only need the wallets to stay.
    """
    keys = {wallet.pk for wallet in wallets.values() if wallet.pk}
    list(Wallet.objects.of(household).select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _batch(
    household: Household,
    wallets: Collection[int],
    created_by: User,
    file_name: str,
    file_sha256: str,
    *,
    file_format: str,
    layout: str,
) -> ImportBatch:
    return ImportBatch.objects.create(
        household=household,
        wallet_id=min(wallets) if len(wallets) == 1 else None,
        created_by=created_by,
        file_name=file_name[:255],
        file_sha256=file_sha256,
        file_format=file_format[:40],
        layout=layout,
    )


def _bring_back(household: Household, rows: Iterable[PreviewLine]) -> None:
    """What was deleted and is taken all the same comes back under its own key; so does a part of a payment."""
    again = [each for each in rows if each.verdict in WITHOUT_ENTRY or each.line.splits]
    if again:
        put_by.put_by(household, {(each.wallet or 0, key) for each in again for key in booking.keys(each)})


def _tell(batch: ImportBatch, kinds: Counter[str], *, refused: int) -> None:
    """Everybody who wants to know of a new import."""
    metrics.recorded(kinds)
    outcomes = {"saved": batch.new_count, "known": batch.known_count, "left out": batch.skipped_count}
    metrics.imported(batch.plain_format, {**outcomes, "refused": refused})
    told = partial(wire.batch, batch.household, batch.pk)
    outbox.announce(household=batch.household, event=Event.IMPORT_COMMITTED, told=told)


@dataclass(frozen=True)
class Staged:
    """A long file whose lines lie in the database, judged: what a commit has to know beside them.

    ``taken`` are the lines to import, ``left`` those that their member left out. ``wallets``: account → wallet, perhaps
    still to be saved; ``as_read``: account → the name by which the lines have such a one. ``stated``: account → what
    the file says it held before and after. ``counts``: how many lines each verdict has; ``aside`` and ``refused`` how
    many are no transactions, and how many are broken.
    """

    upload: Upload
    taken: QuerySet[StagedLine]
    left: QuerySet[StagedLine]
    file_format: str
    layout: str
    wallets: Mapping[str, Wallet]
    as_read: Mapping[str, str]
    wallets_by_name: Mapping[str, int]
    stated: Mapping[str, Stated]
    counts: Mapping[Verdict, int]
    aside: int
    refused: int


@transaction.atomic
def commit_staged(staged: Staged, *, created_by: User, seen: Callable[[int], None]) -> ImportBatch:
    """Writes the lines that are taken, as what was chosen; ``seen`` is told how many so far. Raises ChoiceError.

    Portion by portion, in one transaction. What is known by now is left aside, as in a commit of a short file. Lines
    that depend on others go last, together.
    """
    upload, household = staged.upload, staged.upload.household
    made = {account: _saved(wallet) for account, wallet in staged.wallets.items()}
    lock(household, made)
    names = {wallet.name: wallet.pk for wallet in made.values()} | {
        name: made[account].pk for account, name in staged.as_read.items()
    }
    batch = _batch(
        household,
        set(names.values()),
        created_by,
        upload.file_name,
        uploads.digest(upload),
        file_format=staged.file_format,
        layout=staged.layout,
    )
    openings.move(batch, staged.stated, made)
    chooser, kinds, done = Chooser(household), Counter[str](), 0
    portions = shelved.chosen(staged.taken.filter(is_bound=False))
    bound = list(chain.from_iterable(shelved.chosen(staged.taken.filter(is_bound=True))))
    for chosen in chain(portions, [bound]):
        rows, plan = _planned(staged, chosen, chooser, batch=batch, names=names)
        _bring_back(household, rows)
        joining.turn(plan.turned, batch=batch)
        copying.write(plan.bookings, batch=batch, currency=household.currency)
        openings.take(plan.opened, batch=batch)
        kinds.update(each.kind for each in plan.bookings)
        batch.known_count += plan.recognised
        done += len(rows)
        seen(done)
    for left in shelved.chosen(staged.left):
        copying.leave_out(booking.left_out(_unknown(household, left, names)), batch=batch)
    batch.new_count = done - batch.known_count
    batch.known_count += staged.counts.get(Verdict.KNOWN, 0)
    batch.skipped_count = sum(staged.counts.values()) - batch.new_count - batch.known_count + staged.aside
    batch.save(update_fields=["new_count", "known_count", "skipped_count", "opened"])
    _tell(batch, kinds, refused=staged.refused)
    return batch


def _planned(
    staged: Staged,
    chosen: Collection[tuple[PreviewLine, str]],
    chooser: Chooser,
    *,
    batch: ImportBatch,
    names: Mapping[str, int],
) -> tuple[list[PreviewLine], Plan]:
    """The rows of a portion that are not known by now, and what they become. Raises ChoiceError."""
    household = staged.upload.household
    rows = line_choice.up_to_date(_unknown(household, chosen, names), chooser)
    choices = {row.line.number: line_choice.booked(choice) for row, choice in chosen if choice}
    _refuse_overtaken(rows, choices, batch)
    chooser.look_at([row.line for row in rows if row.line.splits])
    plan = booking.plan(
        rows, choices=choices, chooser=chooser, wallets_by_name=staged.wallets_by_name, household=household
    )
    return rows, plan


def _refuse_overtaken(rows: Iterable[PreviewLine], choices: Mapping[int, Chosen], batch: ImportBatch) -> None:
    """Raises ChangedError where a line's entry is not what it was when the file was checked."""
    joined = [row for row in rows if isinstance(choices.get(row.line.number), IsEntry)]
    found = joining.overtaken(joined, household=batch.household, batch=batch)
    if found is not None:
        raise ChangedError(found.line.number)


def _with_wallets(row: PreviewLine, names: Mapping[str, int]) -> PreviewLine:
    """The row with the wallets that were made only now."""
    end = row.other_end
    if end is not None and end.wallet is None:
        end = replace(end, wallet=names.get(end.name))
    return row._replace(wallet=row.wallet or names.get(row.wallet_name), other_end=end)


def _unknown(
    household: Household, staged: Iterable[tuple[PreviewLine, str]], names: Mapping[str, int]
) -> list[PreviewLine]:
    """The rows with the wallets that were made only now, without what was imported since the file was checked."""
    rows = [_with_wallets(row, names) for row, _choice in staged]
    lines = ImportedLine.objects.of(household).filter(wallet__in=set(names.values()))
    here = lines.filter(is_among("key", [row.key for row in rows]))
    known = {(wallet, key): entry for wallet, key, entry in here.values_list("wallet", "key", "entry")}
    return [
        row
        for row in rows
        if (row.wallet, row.key) not in known
        or (row.verdict in WITHOUT_ENTRY and known[row.wallet or 0, row.key] is None)
    ]


def _judged(
    household: Household, statement: Statement, wallets: Mapping[str, Wallet], chooser: Chooser, layout: str
) -> Preview:
    shelf = RowsAtHand()
    judge = Judge(household, wallets, chooser, shelf, layout=layout)
    for _done in judge.judge(statement, portion=len(statement.lines) or 1):
        pass
    return Preview(
        statement,
        tuple(shelf.rows),
        is_foreign=statement.currency not in {None, household.currency},
        wallets_by_name={name: wallet.pk for name, wallet in judge.wallets_by_name.items() if wallet.pk},
    )


def _saved(wallet: Wallet) -> Wallet:
    """The wallet in the database; one of the same name that is there is used, from the archive too."""
    if wallet.pk is not None:
        return wallet
    # Two imports that make the same wallet at once: the second waits and finds it.
    Household.objects.select_for_update(no_key=True).get(pk=wallet.household_id)
    namesake = Wallet.objects.of(wallet.household).filter(name__iexact=wallet.name).first()
    if namesake is None:
        wallet.save()
        return wallet
    Wallet.objects.filter(pk=namesake.pk).update(archived_at=None)
    return namesake


def left_aside(statement: Statement) -> int:
    """Lines of the file that are no transactions, or broken ones; zero amounts are counted as transactions."""
    aside = {remark.line for remark in (*statement.skipped, *statement.problems) if remark.line}
    return len(aside - statement.numbers_among(aside))
