"""What others did to the books while a file's page stood open: lines are judged anew, and seen before they go in."""

from collections.abc import Callable, Mapping, Sequence

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household
from transactions.importers.base import Statement
from transactions.imports import keeping, long_file, shelved
from transactions.imports.choosing import Chooser
from transactions.imports.judging import Judge
from transactions.imports.long_file import LongFile
from transactions.imports.shelved import RowsAnew, StagedLines
from transactions.imports.verdicts import Verdict
from transactions.models import Wallet

MOST_NAMED = 10
# Any entry that is added, changed or deleted makes another state of it, and any import: it may have told of entries
# that were here, or left lines out; and it may be taken back. So does what a wallet begins with.
_STATE = """
    SELECT count(*), coalesce(sum(id), 0), coalesce(sum(version), 0),
        (SELECT count(*) FROM transactions_importbatch AS batch WHERE batch.household_id = %(household)s),
        (SELECT count(taken_back_at) FROM transactions_importbatch AS batch WHERE batch.household_id = %(household)s),
        (SELECT coalesce(sum(opening_balance * 10000 * id), 0) FROM transactions_wallet AS wallet
         WHERE wallet.household_id = %(household)s)
    FROM transactions_transaction WHERE household_id = %(household)s
"""


class OvertakenError(Exception):
    """The books changed since the page was shown, so that some of its lines are another thing now."""

    def __init__(self, lines: Sequence[int]) -> None:
        super().__init__(lines)
        self.lines = lines

    def __str__(self) -> str:
        if not self.lines:
            return _("Your books changed since this page was made. Look at the lines again, then import them.")
        sentence = ngettext(
            "Your books changed since this page was made: line %(lines)s is judged anew. Look at it, then import.",
            "Your books changed since this page was made: lines %(lines)s are judged anew. Look at them, then import.",
            len(self.lines),
        )
        shown = ", ".join(map(str, self.lines[:MOST_NAMED]))
        return sentence % {"lines": shown if len(self.lines) <= MOST_NAMED else f"{shown} …"}


def state_of(household: Household) -> list[int]:
    """What tells the household's entries and imports as they are now from what they were; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"household": household.pk})
        return [int(value) for value in cursor.fetchone()]


def overtaken(file: LongFile, wallets: Mapping[str, Wallet], *, seen: Callable[[int, int], None]) -> list[int]:
    """Numbers of the lines to be taken of a long file that are no longer what its page showed, or were not to be taken.

    A statement or two where nobody touched the books since the file was read. Else its lines are judged anew where they
    lie, with what was chosen for them as far as they can still be that; ``seen`` is told how many of how many so far.
    What is known by now is left out anyway.
    """
    upload, told = file.upload, file.told
    household, state = upload.household, state_of(upload.household)
    if state == told.get("books", state) and not keeping.has_overtaken(file):
        return []
    before = dict(file.taken_lines().values_list("place", "verdict"))
    statement = Statement(format=told["format"], encoding="", lines=StagedLines(upload))
    judge = Judge(household, wallets, Chooser(household), RowsAnew(upload), layout=told["layout"])
    total = sum(file.counts.values())
    for done in judge.judge(statement, portion=shelved.PORTION):
        seen(done, total)
    changed = _changed(file, before)
    numbers = shelved.numbers(file.lines, sorted(changed.union(keeping.drop_lost(file))))
    upload.staged = {
        **told,
        "books": state,
        "sums": long_file.sums(upload),
        "opening": long_file.beginnings(upload),
        "names": {name: wallet.pk for name, wallet in judge.wallets_by_name.items() if wallet.pk},
        "overtaken": numbers[: MOST_NAMED + 1],
    }
    upload.save(update_fields=["staged"])
    return numbers


def _changed(file: LongFile, before: Mapping[int, str]) -> set[int]:
    """Places of the lines that were to be taken as something else, and of those that are to be taken only now."""
    now = file.lines.exclude(verdict=Verdict.KNOWN.value).values_list("place", "verdict")
    other = {place for place, verdict in now.iterator() if before.get(place, verdict) != verdict}
    taken = file.taken_lines().values_list("place", flat=True)
    return other.union(place for place in taken.iterator() if place not in before)
