"""What the reader of a table decided on thin evidence, or finds odd: said aloud, never decided here."""

from bisect import bisect
from collections.abc import Collection, Sequence
from contextlib import suppress
from decimal import Decimal

from transactions.importers import dates, gaps, overrules, survey
from transactions.importers.amounts import AmountFormat, cell
from transactions.importers.app_layout import Sign
from transactions.importers.balances import Edges
from transactions.importers.base import Notes, StatementError, StatementLine, gettext_noop
from transactions.importers.dates import DateFormat
from transactions.importers.gaps import Gap
from transactions.importers.rows import NOT_BOOKED, Rows
from transactions.importers.survey import Survey

NO_TRANSACTIONS = gettext_noop("The file was read; it holds no transactions.")
LOST_LETTERS = gettext_noop("Some characters of the file could not be read (%(count)s of them).")
GUESSED_MARK = gettext_noop("Nothing in the file tells thousands from decimals: “%(text)s” was read as %(amount)s.")
SEVERAL_ACCOUNTS = gettext_noop("The file holds lines of several accounts: %(accounts)s.")
SEVERAL_CURRENCIES = gettext_noop("The file holds amounts in several currencies (%(currencies)s).")
ALL_COME_IN = gettext_noop("Nothing in the file says that money went out: every line was read as money coming in.")
BLANK_DIRECTION = gettext_noop("The column “%(name)s” is empty in every line: all were read as money going out.")
TURNED_SIGNS = gettext_noop("The card's charges are positive in this file; they were read as money going out.")
UNSIGNED = gettext_noop(
    "No amount of this card has a sign: lines that thank for a payment or name a refund were read as money coming in,"
    " all others as money going out."
)
PLUSES = gettext_noop("Only money that came in has a sign, a plus; amounts without one were read as money going out.")
WORDS_AGAINST = gettext_noop(
    "“%(name)s” says the opposite of the amount's sign in %(count)s lines; the sign was followed."
)
GUESSED_SIDES = gettext_noop(
    "Nothing names the two columns of amounts: the left one was read as money going out, the right one as money coming"
    " in."
)
GAPS = gettext_noop("The balances do not run on from line to line: lines may be missing, or stand in another order.")
GAP = gettext_noop(
    "Line %(line)s: the balance before it and its amount do not make its balance, but miss it by %(sum)s. Lines may be"
    " missing there."
)
MORE_GAPS = gettext_noop("The balances do not run on in %(count)s more places.")
DAYS_OUT_OF_ORDER = gettext_noop("Read this way the days run in no order; the other way they would.")

_SHOWN_ACCOUNTS = 8
_SHOWN_GAPS = 5


def add(rows: Rows, seen: Survey, edges: Edges, *, lost: int) -> None:
    """What was decided on thin evidence, or looks odd, is said aloud."""
    notes, plan, lines = rows.notes, rows.amounts, rows.lines
    if lost:
        notes.problem(LOST_LETTERS, count=lost)
    if not lines and not notes.problems and not notes.skipped:
        notes.problem(NO_TRANSACTIONS)
    _remark_on_numbers(rows)
    _remark_on_accounts(seen, notes)
    currencies = sorted(filter(None, seen.currencies))
    if len(currencies) > 1:
        notes.problem(SEVERAL_CURRENCIES, currencies=", ".join(currencies))
    if plan.columns.of_app is None or plan.columns.of_app.app.sign is Sign.TOLD:
        _remark_on_signs(plan, notes)
    if rows.layout.columns.balance is not None and edges == Edges(None, None):
        _remark_on_gaps(rows)
    if rows.order.alternatives:
        days = [cell(record.cells, rows.layout.columns.dates[0]) for record in rows.layout.body]
        add_for_days(days, rows.order, notes)


def add_for_lines(lines: Sequence[StatementLine], notes: Notes) -> None:
    """What there is to say about the lines of any format: which accounts they are of."""
    _remark_on_accounts(survey.of(lines), notes)


def _remark_on_accounts(seen: Survey, notes: Notes) -> None:
    if len(seen.accounts) > 1:
        notes.remark(SEVERAL_ACCOUNTS, accounts=_listed(list(seen.accounts)))


def add_for_days(days: Sequence[str], order: DateFormat, notes: Notes) -> None:
    """An order in which the days run up or down is likelier than one in which they jump."""
    if not dates.runs(days, order.order) and any(dates.runs(days, other) for other in order.alternatives):
        notes.remark(DAYS_OUT_OF_ORDER)


def _has_several_runs(seen: Survey) -> bool:
    return len(seen.accounts) > 1 or len(seen.currencies) > 1


def _remark_on_gaps(rows: Rows) -> None:
    """Where a balance does not follow from the line before, and no broken line and no fee explains it."""
    notes, lines = rows.notes, rows.lines
    found = gaps.of(lines)
    if not found and len(lines) > 1 and all(line.balance is not None for line in lines):
        if not (_has_several_runs(lines.survey) and gaps.run_on(lines)):
            notes.remark(GAPS)
        return
    unsaid = _unexplained(found, rows)
    for gap in unsaid[:_SHOWN_GAPS]:
        notes.remark(GAP, line=gap.line, sum=gap.amount)
    if len(unsaid) > _SHOWN_GAPS:
        notes.remark(MORE_GAPS, count=len(unsaid) - _SHOWN_GAPS)


def _unexplained(found: Sequence[Gap], rows: Rows) -> list[Gap]:
    """The gaps without those where a line could not be read or is not booked yet, and those that a fee makes."""
    aside = [*rows.notes.problems, *(each for each in rows.notes.skipped if each.sentence.text == NOT_BOOKED)]
    numbers = sorted(each.line for each in aside if each.line)
    fees = _fees(rows, {gap.line for gap in found})
    return [
        gap
        for gap in found
        if bisect(numbers, min(gap.before, gap.line)) == bisect(numbers, max(gap.before, gap.line))
        and abs(gap.amount) != fees.get(gap.line)
    ]


def _fees(rows: Rows, lines: Collection[int]) -> dict[int, Decimal]:
    place = rows.layout.columns.fee
    found = {}
    for record in rows.layout.body if lines and place is not None else ():
        if record.number in lines:
            with suppress(StatementError):
                found[record.number] = abs(rows.amounts.number.read(cell(record.cells, place)).value)
    return found


def _remark_on_signs(plan: AmountFormat, notes: Notes) -> None:
    if plan.is_bare or (plan.is_turned and not plan.is_told):
        notes.remark(TURNED_SIGNS)
    if plan.has_pluses:
        notes.remark(PLUSES)
    if plan.is_unsigned:
        notes.remark(UNSIGNED)
    if plan.columns.are_sides_guessed:
        notes.remark(GUESSED_SIDES)
    if plan.against and plan.columns.direction is not None:
        notes.remark(WORDS_AGAINST, name=overrules.name_of(plan.columns, plan.columns.direction), count=plan.against)


def _remark_on_numbers(rows: Rows) -> None:
    notes, plan, lines = rows.notes, rows.amounts, rows.lines
    found = plan.columns
    if plan.number.is_guess:
        shown = next((line for line in lines if abs(line.amount) >= 1000), None)
        if shown is not None:
            record = next(record for record in rows.layout.body if record.number == shown.number)
            figure = next(text for place in found.figures if (text := cell(record.cells, place)))
            notes.problem(GUESSED_MARK, text=figure, amount=abs(shown.amount))
    has_side = found.direction is not None or found.amount is None or plan.blank_side is not None or plan.is_unsigned
    if len(lines) > 1 and not has_side and not plan.is_told and all(line.amount >= 0 for line in lines):
        notes.remark(ALL_COME_IN)
    if (
        lines
        and found.direction is not None
        and not any(cell(record.cells, found.direction) for record in rows.layout.body)
    ):
        notes.remark(BLANK_DIRECTION, name=found.names[found.direction])


def _listed(names: Sequence[str]) -> str:
    more = ["…"] if len(names) > _SHOWN_ACCOUNTS else []
    return ", ".join([*names[:_SHOWN_ACCOUNTS], *more])
