"""The only way in for a statement: preview says what would happen to each line, commit writes it in one transaction."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial

from django.db import transaction

from accounts.models import Household, User
from accounts.webhooks import outbox
from accounts.webhooks.outbox import Event
from batua import metrics, money
from batua.money import AmountError
from transactions import booking, choosing, copying, matching, wire
from transactions.booking import ChoiceError
from transactions.categorize import fold
from transactions.choosing import Chooser
from transactions.importers.base import Statement, StatementLine, Status
from transactions.matching import Placed
from transactions.models import ImportBatch, ImportedLine, Transaction, Wallet
from transactions.verdicts import OtherEnd, Preview, PreviewLine, Verdict

__all__ = ["ChoiceError", "commit", "identities", "preview"]

# The wallet of lines whose account has no wallet of its own.
EVERY_ACCOUNT = ""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def preview(*, household: Household, statement: Statement, wallets: Mapping[str, Wallet], layout: str = "") -> Preview:
    """Verdict and category for each line, without writing; eight queries at most.

    ``wallets``: account as the file names it → wallet, which may be one still to be saved; "" is that of all other
    accounts. Lines of an account without a wallet are left out. ``layout`` tells files of one bank's making apart.
    """
    chooser = Chooser(household, statement.lines)
    return _Reader(household, statement, wallets, chooser, layout=layout).read()


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
    chooser = Chooser(household, statement.lines)
    found = _Reader(household, statement, made, chooser, layout=layout).read()
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


class _Reader:
    """Finds the verdict of each line of one statement, surest first; what nothing speaks against is new."""

    def __init__(
        self,
        household: Household,
        statement: Statement,
        wallets: Mapping[str, Wallet],
        chooser: Chooser,
        *,
        layout: str,
    ) -> None:
        self._household, self._statement, self._wallets, self._chooser = household, statement, wallets, chooser
        self._layout = layout
        self._keys = self._keyed()
        self._ours: dict[str, int] = {}
        self._rows: list[PreviewLine] = []

    def read(self) -> Preview:
        currency = self._household.currency
        earlier = self._earlier()
        self._ours = self._own_entries()
        self._rows = [
            self._row(line, key, earlier) for line, key in zip(self._statement.lines, self._keys, strict=True)
        ]
        entries = matching.Ledger(self._household, self._open_lines(), layout=self._layout)
        for row in self._rows:
            if row.entry and row.wallet:
                entries.claim(row.entry, row.wallet)
        self._recognise(entries)
        named = self._named_wallets()
        self._find_transfers(entries, named)
        return Preview(
            self._statement,
            tuple(self._rows),
            is_foreign=self._statement.currency not in {None, currency},
            wallets_by_name={name: wallet.pk for name, wallet in named.items() if wallet.pk},
        )

    def _wallet(self, line: StatementLine) -> Wallet | None:
        return self._wallets.get(line.account) or self._wallets.get(EVERY_ACCOUNT)

    def _keyed(self) -> list[str]:
        """The lines' keys; equal lines are counted within each wallet."""
        by_wallet: defaultdict[object, list[int]] = defaultdict(list)
        for place, line in enumerate(self._statement.lines):
            by_wallet[_identity(self._wallet(line))].append(place)
        keys = [""] * len(self._statement.lines)
        for places in by_wallet.values():
            own = identities([self._statement.lines[place] for place in places])
            for place, key in zip(places, own, strict=True):
                keys[place] = key
        return keys

    def _earlier(self) -> dict[tuple[int, str], int | None]:
        """(wallet, key) → the entry of lines that were imported before, None where it was deleted since."""
        wallets = {wallet.pk for wallet in self._wallets.values() if wallet.pk}
        lines = ImportedLine.objects.of(self._household).filter(wallet__in=wallets, key__in=self._keys)
        return {(wallet, key): entry for wallet, key, entry in lines.values_list("wallet", "key", "entry")}

    def _own_entries(self) -> dict[str, int]:
        """uuid → the entry that an export of Batua tells of, if this household has it; a query for such files only."""
        wanted = {line.ours.uuid.lower() for line in self._statement.lines if line.ours is not None}
        uuids = [text for text in wanted if _UUID.fullmatch(text)]
        if not uuids:
            return {}
        found = Transaction.objects.of(self._household).filter(uuid__in=uuids).values_list("uuid", "pk")
        return {str(each): entry for each, entry in found}

    def _row(self, line: StatementLine, key: str, earlier: Mapping[tuple[int, str], int | None]) -> PreviewLine:
        wallet = self._wallet(line)
        choice = self._chooser.choose(line)
        if wallet is None:
            return PreviewLine(line, key, Verdict.LEFT_OUT, choice, wallet=None, wallet_name=line.account)
        if line.ours is not None and (own := self._ours.get(line.ours.uuid.lower())):
            return PreviewLine(line, key, Verdict.KNOWN, choice, wallet=wallet.pk, wallet_name=wallet.name, entry=own)
        if (wallet.pk, key) in earlier:
            entry = earlier[wallet.pk, key]
            verdict = Verdict.DELETED if entry is None else Verdict.KNOWN
            return PreviewLine(line, key, verdict, choice, wallet=wallet.pk, wallet_name=wallet.name, entry=entry)
        return PreviewLine(
            line, key, self._fitness(line), choice, wallet=wallet.pk, wallet_name=wallet.name or line.account
        )

    def _fitness(self, line: StatementLine) -> Verdict:
        currency = self._household.currency
        if not line.amount:
            return Verdict.ZERO
        try:
            money.check_amount(line.amount, currency)
        except AmountError:
            return Verdict.UNFIT
        return Verdict.NEW if (line.currency or currency) == currency else Verdict.FOREIGN

    def _open_lines(self) -> list[StatementLine]:
        return [row.line for row in self._rows if row.verdict is Verdict.NEW]

    def _recognise(self, entries: matching.Ledger) -> None:
        """Lines whose payment seems to be here already, and lines that the bank has not booked yet."""
        for place, row in enumerate(self._rows):
            if row.verdict is not Verdict.NEW:
                continue
            verdict, entry = Verdict.NEW, None
            if row.wallet:
                if entry := entries.transfer_of(row.wallet, row.line):
                    verdict = Verdict.JOINS
                elif entry := entries.lookalike_of(row.wallet, row.line):
                    verdict = Verdict.LOOKALIKE
            if row.line.status is Status.PENDING and verdict is Verdict.NEW:
                verdict = Verdict.PENDING
            if verdict is not Verdict.NEW:
                self._rows[place] = replace(row, verdict=verdict, like=entry)

    def _find_transfers(self, entries: matching.Ledger, named: Mapping[str, Wallet]) -> None:
        """Lines whose other half is in the file, in the books, or named by the file."""
        # An export of Batua says itself what is a transfer: two of its lines are never put together.
        fresh = [row for row in self._rows if row.verdict is Verdict.NEW and row.line.ours is None]
        halves = matching.pairs([Placed(row.line, _identity_of(row)) for row in fresh])
        by_number = {row.line.number: row for row in fresh}
        for place, row in enumerate(self._rows):
            if row.verdict is not Verdict.NEW:
                continue
            if row.line.number in halves:
                other = by_number[halves[row.line.number]]
                end: OtherEnd | None = OtherEnd(other.wallet, other.wallet_name, is_likely=True, line=other.line.number)
            else:
                end = self._end_in_the_books(row, entries, named)
            if end is not None:
                verdict = Verdict.TRANSFER if end.is_likely else Verdict.NEW
                self._rows[place] = replace(row, verdict=verdict, other_end=end)

    def _end_in_the_books(
        self, row: PreviewLine, entries: matching.Ledger, named: Mapping[str, Wallet]
    ) -> OtherEnd | None:
        if row.line.splits:
            return None
        is_told = row.line.ours is not None
        if not is_told and (entry := entries.other_half_of(row.wallet or row.wallet_name, row.line)):
            return OtherEnd(entry.wallet, "", is_likely=entry.is_free, entry=entry)
        target = named.get(fold(row.line.transfer)) if row.line.transfer else None
        if target is not None and _identity(target) != _identity_of(row):
            return OtherEnd(target.pk, target.name, is_likely=True)
        return None

    def _named_wallets(self) -> dict[str, Wallet]:
        """Wallets by the names that the file may give them; a query only where the file names other ends."""
        if not any(line.transfer or line.splits for line in self._statement.lines):
            return {}
        own = {fold(wallet.name): wallet for wallet in Wallet.objects.of(self._household).open()}
        return own | {fold(account): wallet for account, wallet in self._wallets.items() if account}


def _identity(wallet: Wallet | None) -> int | str:
    """One value for a wallet, also for one that is still to be saved; "" for none."""
    return "" if wallet is None else (wallet.pk or wallet.name)


def _identity_of(row: PreviewLine) -> int | str:
    return row.wallet or row.wallet_name


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
