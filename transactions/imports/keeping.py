"""What a member chooses of a long file's lines, kept with the lines: which are taken, and as what."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from accounts.models import Household
from transactions.imports import joining, line_choice, long_wallets, shelved, uploads
from transactions.imports.line_choice import AS_ENTRY, AS_FILE, AS_TRANSFER, Listed
from transactions.imports.long_file import IS_MOVED, LongFile
from transactions.imports.refusals import ChoiceError, UnnamedError
from transactions.imports.verdicts import UNMOVABLE, PreviewLine, Verdict
from transactions.models import Category, StagedLine, Upload, Wallet

_PATIENCE = "SET LOCAL lock_timeout = '2s'"


class BusyError(Exception):
    """The file is being read or imported just now."""

    def __str__(self) -> str:
        return _("This file is being read or imported just now. Wait until that is done.")


class LineGoneError(Exception):
    """The file has no such line: it was read anew since its page was shown."""

    def __str__(self) -> str:
        return _("The file was read anew meanwhile. These are its lines now: choose again.")


class CategoryError(Exception):
    """There is no such category to give to lines."""

    def __str__(self) -> str:
        return _("Choose a category for the ticked lines.")


class Change(NamedTuple):
    """What is said of a line, by its key; None where nothing is said."""

    line: int
    is_taken: bool | None = None
    choice: str | None = None


@dataclass
class Kept:
    """What came of it.

    ``problems``: key of a line whose choice is refused → why; ``refused`` are these lines. ``followers``: number in
    the file → the other half of a transfer, which follows what became of the first. ``chosen``: lines that become
    something else.
    """

    problems: dict[int, str] = field(default_factory=dict)
    refused: list[StagedLine] = field(default_factory=list)
    followers: dict[int, StagedLine] = field(default_factory=dict)
    chosen: list[StagedLine] = field(default_factory=list)
    released: list[StagedLine] = field(default_factory=list)


class WhyNot(NamedTuple):
    """Why nothing can be imported, and the place before the line that it is about."""

    sentence: str
    after: int | None = None


@contextmanager
def held(upload: Upload) -> Iterator[LongFile]:
    """The file, against imports and readings of it; two pages wait for each other. BusyError, Upload.DoesNotExist."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_PATIENCE)
        try:
            kept = uploads.held(upload).get(batch=None, staged__isnull=False)
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise BusyError from error
            raise
        yield LongFile(kept)


def keep(file: LongFile, changes: Sequence[Change]) -> Kept:
    """Keeps what can be kept; what is as suggested needs no keeping. Raises LineGoneError."""
    keys = {change.line for change in changes}
    lines = {line.pk: line for line in file.lines.filter(pk__in=keys)} if keys else {}
    if len(lines) < len(keys):
        raise LineGoneError
    kept = Kept()
    listed = _listed(file, [change.choice for change in changes if change.choice])
    taken = []
    for change in changes:
        line = lines[change.line]
        row = shelved.read(line.verdict, line.content)
        if problem := _problem(file, row, change, listed):
            kept.problems[line.pk] = problem
            kept.refused.append(line)
            continue
        if (is_taken := _is_taken(change, line)) is not None:
            if change.is_taken is None and not is_taken and file.is_taken(row.verdict, own=line.is_taken):
                kept.released.append(line)
            line.is_taken = None if is_taken == file.is_taken(row.verdict) else is_taken
            taken.append(line)
        if change.choice is not None:
            line.choice = "" if change.choice == line_choice.suggested(row) else change.choice
            kept.chosen.append(line)
            kept.followers |= _followers(file, row, line, lines)
    StagedLine.objects.bulk_update(taken, ["is_taken"])
    StagedLine.objects.bulk_update([*kept.chosen, *kept.followers.values()], ["choice"])
    return kept


def tick(file: LongFile, verdicts: Iterable[Verdict], *, is_taken: bool) -> None:
    """Takes all lines of these verdicts, or none; what was said of single ones of them is over."""
    able = {verdict for verdict in verdicts if verdict in file.takeable}
    file.lines.filter(verdict__in=_values(able), is_taken__isnull=False).update(is_taken=None)
    ticked = file.ticked | able if is_taken else file.ticked - able
    file.upload.staged = {**file.told, "ticked": sorted(_values(ticked))}
    file.upload.save(update_fields=["staged"])


def give(file: LongFile, verdicts: Iterable[Verdict], category: str) -> None:
    """Gives the category to all lines of these verdicts that are taken and that it fits; transfers stay transfers.

    Raises CategoryError.
    """
    kind = _open_kinds(file.upload.household).get(line_choice.number(category) or 0)
    if kind is None:
        raise CategoryError
    lines = file.taken_lines().filter(verdict__in=_values(verdicts)).exclude(IS_MOVED).exclude(choice=category)
    (lines.filter(amount__gt=0) if kind == "income" else lines).update(choice=category)


def alike(file: LongFile, line: StagedLine) -> QuerySet[StagedLine]:
    """Other lines of the same payee, whose money goes the same way, that become something else than this one.

    None for a transfer that was found, or for what only this line can become. Of lines that were suggested to go where
    their payee's money went last time, where this one was and does not.
    """
    row = shelved.read(line.verdict, line.content)
    value = line.choice or line_choice.suggested(row)
    listed = _listed(file, [value])
    if not line.payee or not line_choice.spreads(value, came_in=line.amount > 0, listed=listed):
        return StagedLine.objects.none()
    same_way = Q(amount__gt=0) if line.amount > 0 else Q(amount__lt=0)
    every = file.lines.filter(same_way, payee=line.payee, verdict__in=_values(file.takeable))
    lines = every.exclude(IS_MOVED).exclude(choice=line.choice)
    wallet = line_choice.to_wallet(value)
    if wallet is not None:
        lines = _movable(file, lines, wallet)
    return lines | _learned(every) if row.is_moved_as_last_time and wallet is None else lines


def _learned(lines: QuerySet[StagedLine]) -> QuerySet[StagedLine]:
    """Those of these lines that are transfers only because the last one of their payee was."""
    told = lines.filter(verdict=Verdict.TRANSFER.value, choice="", is_bound=False).values_list(
        "pk", "verdict", "content"
    )
    found = [pk for pk, *row in told.iterator(shelved.PORTION) if shelved.read(*row).is_moved_as_last_time]
    return lines.filter(pk__in=found)


def _movable(file: LongFile, lines: QuerySet[StagedLine], wallet: int) -> QuerySet[StagedLine]:
    """Those of these lines that can be said to be a transfer with the wallet.

    Of these each line's wallet is asked for when it is chosen alone; together only where the file has but one.
    """
    if len(set(file.told["wallets"].values())) != 1:
        return lines.none()
    whole = lines.exclude(verdict__in=_values(UNMOVABLE)).filter(is_bound=False)
    told = whole.values_list("pk", "verdict", "content").iterator(shelved.PORTION)
    return lines.filter(pk__in=[pk for pk, *row in told if shelved.read(*row).may_move_to(wallet)])


def spread(file: LongFile, key: int) -> None:
    """Lets all lines of this line's payee become what it becomes. Raises LineGoneError."""
    line = file.lines.filter(pk=key).first()
    if line is None:
        raise LineGoneError
    alike(file, line).update(choice=line.choice)


def why_not(file: LongFile, kept: Kept) -> WhyNot | None:
    """What has to be put right before the import; None where nothing has."""
    if kept.problems:
        return WhyNot(" ".join(kept.problems.values()))
    if kept.released:
        numbers = [shelved.read(line.verdict, line.content).line.number for line in kept.released]
        return WhyNot(line_choice.told_released(numbers), after=kept.released[0].place - 1)
    if long_wallets.of(file.upload, list(Wallet.objects.of(file.upload.household))).problems:
        return WhyNot(str(UnnamedError({})))
    if not file.totals.count:
        return WhyNot(_("No line is ticked, so there is nothing to import."))
    if (line := _unfit(file)) is not None:
        return WhyNot(str(ChoiceError(shelved.read(line.verdict, line.content).line.number)), after=line.place - 1)
    return None


def _unfit(file: LongFile) -> StagedLine | None:
    """The first line that would be taken and whose chosen category or wallet is gone or archived by now."""
    chosen = file.taken_lines().exclude(choice__in=["", AS_TRANSFER, AS_FILE]).order_by()
    chosen = chosen.exclude(choice__startswith=AS_ENTRY)
    values = list(chosen.values_list("choice", flat=True).distinct())
    listed = _listed(file, values)
    gone = [value for value in values if not listed.has(value)]
    return chosen.filter(choice__in=gone).order_by("place").first() if gone else None


def has_overtaken(file: LongFile) -> bool:
    """Whether a line would be taken as an entry that is not what it was when the file was read."""
    lines = file.taken_lines().filter(choice__startswith=AS_ENTRY)
    rows = [shelved.read(line.verdict, line.content) for line in lines]
    return joining.overtaken(rows, household=file.upload.household) is not None


def drop_lost(file: LongFile) -> list[int]:
    """Forgets what lines, as they are judged now, cannot be said to be any more; places of those that were taken.

    A line that is no longer the entry that it was said to be is not taken as something else: see ``kept_marks``.
    """
    lost = []
    for line in file.lines.filter(IS_MOVED).exclude(choice="").order_by("place").iterator(shelved.PORTION):
        row = shelved.read(line.verdict, line.content)
        if line_choice.is_lost(line.choice, row):
            lost.append((line, file.is_taken(row.verdict, own=line.is_taken)))
            if line_choice.is_entry(line.choice):
                line.is_taken = None if row.is_ticked or not file.is_taken(row.verdict) else False
            line.choice = ""
    StagedLine.objects.bulk_update([line for line, _was_taken in lost], ["choice", "is_taken"])
    return [line.place for line, was_taken in lost if was_taken]


def _is_taken(change: Change, line: StagedLine) -> bool | None:
    """What the change says of the tick: a line that is said to be an entry is taken as that, without another word.

    A tick that came so goes with what it came by.
    """
    if change.is_taken is not None or change.choice is None:
        return change.is_taken
    if line_choice.is_entry(change.choice):
        return True
    return False if line_choice.is_entry(line.choice) else None


def _values(verdicts: Collection[Verdict] | Iterable[Verdict]) -> list[str]:
    return [each.value for each in verdicts]


def _open_kinds(household: Household) -> Mapping[int, str]:
    return dict(Category.objects.of(household).open().values_list("pk", "kind"))


def _listed(file: LongFile, values: Collection[str]) -> Listed:
    """What these choices may name; a query for each sort of them."""
    household, has_moves = file.upload.household, any(map(line_choice.to_wallet, values))
    wallets = Wallet.objects.of(household).open().values_list("pk", flat=True) if has_moves else ()
    return Listed(_open_kinds(household) if values else {}, set(wallets))


def _problem(file: LongFile, row: PreviewLine, change: Change, listed: Listed) -> str:
    if row.verdict not in file.takeable:
        return _("Line %(line)s cannot be imported.") % {"line": row.line.number}
    if change.choice and not line_choice.fits(change.choice, row, listed):
        return str(ChoiceError(row.line.number))
    return ""


def _followers(
    file: LongFile, row: PreviewLine, line: StagedLine, lines: Mapping[int, StagedLine]
) -> dict[int, StagedLine]:
    """The line that is the other half of this one's transfer, where it has to become something else now."""
    end = row.other_end
    if end is None or end.line is None:
        return {}
    found = shelved.of_number(file.lines.filter(is_bound=True), end.line)
    if found is None:
        return {}
    other = lines.get(found.pk, found)
    its = shelved.read(other.verdict, other.content)
    if its.other_end is None or its.other_end.line != row.line.number:
        return {}
    is_transfer = (line.choice or line_choice.suggested(row)) == AS_TRANSFER
    if is_transfer == ((other.choice or line_choice.suggested(its)) == AS_TRANSFER):
        return {}
    follows = AS_TRANSFER if is_transfer else line_choice.unmoved(its)
    other.choice = "" if follows == line_choice.suggested(its) else follows
    return {end.line: other}
