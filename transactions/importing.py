"""The only way in for a statement: preview says what would happen to each line, commit writes it in one transaction."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial

from django.db import transaction

from accounts.models import Household, User
from accounts.webhooks import outbox
from accounts.webhooks.outbox import Event
from batua import metrics
from transactions import booking, copying, wire
from transactions.booking import ChoiceError
from transactions.choosing import Chooser
from transactions.importers.base import Statement
from transactions.judging import Judge
from transactions.models import ImportBatch, ImportedLine, Wallet
from transactions.shelves import RowsAtHand
from transactions.verdicts import Preview, Verdict

__all__ = ["ChoiceError", "commit", "preview"]


def preview(*, household: Household, statement: Statement, wallets: Mapping[str, Wallet], layout: str = "") -> Preview:
    """Verdict and category for each line, without writing; eight queries at most.

    ``wallets``: account as the file names it → wallet, which may be one still to be saved; "" is that of all other
    accounts. Lines of an account without a wallet are left out. ``layout`` tells files of one bank's making apart.
    """
    return _judged(household, statement, wallets, Chooser(household), layout)


@transaction.atomic
def commit(
    *,
    household: Household,
    statement: Statement,
    wallets: Mapping[str, Wallet],
    created_by: User,
    file_name: str,
    file_sha256: str,
    layout: str = "",
    taken: Collection[int] | None = None,
    choices: Mapping[int, int | None] | None = None,
) -> ImportBatch:
    """Writes the lines with these numbers, or those that a preview ticks; wallets still to be saved are made.

    ``choices`` overrules by line number: a category, or None for a transfer. A line that is known by now is never
    written again: two commits of one file at once wait for each other at the wallets' rows. Raises ChoiceError, and
    then nothing is written.
    """
    made = {account: _saved(wallet) for account, wallet in wallets.items()}
    keys = {wallet.pk for wallet in made.values()}
    # Not against entries that people add meanwhile: those only need the wallets to stay.
    list(Wallet.objects.of(household).select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    chooser = Chooser(household)
    found = _judged(household, statement, made, chooser, layout)
    wanted = [each for each in found.takeable if (each.is_ticked if taken is None else each.line.number in taken)]
    plan = booking.plan(wanted, choices=choices or {}, chooser=chooser, found=found, household=household)
    known = len(found.of(Verdict.KNOWN))
    batch = ImportBatch.objects.create(
        household=household,
        wallet_id=min(keys) if len(keys) == 1 else None,
        created_by=created_by,
        file_name=file_name[:255],
        file_sha256=file_sha256,
        file_format=statement.format[:40],
        layout=layout,
        new_count=len(wanted),
        known_count=known,
        skipped_count=len(found.lines) - len(wanted) - known + _left_aside(statement),
    )
    # What was deleted and is taken all the same comes back under its own key.
    returning = [each.key for each in wanted if each.verdict is Verdict.DELETED]
    ImportedLine.objects.of(household).filter(wallet__in=keys, key__in=returning, entry=None).delete()
    booking.turn(plan.turned, batch=batch)
    copying.write(plan.bookings, batch=batch, currency=household.currency)
    metrics.recorded(Counter(each.kind for each in plan.bookings))
    metrics.imported(
        statement.format,
        {"saved": len(wanted), "known": known, "left out": batch.skipped_count, "refused": len(statement.problems)},
    )
    outbox.announce(household=household, event=Event.IMPORT_COMMITTED, told=partial(wire.batch, household, batch.pk))
    return batch


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


def _left_aside(statement: Statement) -> int:
    """Lines of the file that are no transactions, or broken ones; zero amounts are counted as transactions."""
    read = {line.number for line in statement.lines}
    aside = {remark.line for remark in (*statement.skipped, *statement.problems) if remark.line}
    return len(aside - read)
