"""A table to a statement, wherever its rows come from: columns → lines, each decision taken once for the file."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from batua import money
from transactions.importers import (
    above,
    amounts,
    balances,
    cards,
    columns,
    currency_columns,
    dates,
    digit_days,
    levels,
    numbers,
    persian_days,
    reading,
    remarks,
    split_days,
    survey,
    timestamps,
    yearless,
)
from transactions.importers.amounts import AmountFormat, cell
from transactions.importers.base import Choices, DateReading, Notes, Statement, StatementLine, gettext_noop
from transactions.importers.dates import DateFormat
from transactions.importers.layout import Columns, Layout
from transactions.importers.records import LongTable, Record
from transactions.importers.rows import Rows
from transactions.importers.spool import Spool
from transactions.importers.vocabulary import currency_code, fold

DAYS_OF_UTC = gettext_noop(
    "The file counts seconds since 1970 instead of naming days; they were read as days of UTC, and near midnight yours"
    " may be another one."
)
DAYS_OF_IRAN = gettext_noop(
    "The days of this file are those of Iran's calendar (1403 began in March 2024); each was read as the day that it is"
    " in the common one."
)
SIGNED_BY_BALANCE = gettext_noop(
    "No amount of this file has a sign: what the balance falls by was read as money going out, the rest as coming in."
)
FEES_LEFT_OUT = gettext_noop("Fees stand in a column of their own and are not part of the amounts (%(sum)s in all).")

# Chinese, Japanese and Korean; Vietnamese has letters of its own.
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]|[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table's rows were found; ``lost`` is how many characters could not be read."""

    format: str
    encoding: str
    delimiter: str | None = None
    lost: int = 0


class _Money(NamedTuple):
    """The one currency of the amounts, None where it is open or there are several; ``has_signs`` may be beside them.

    ``is_of_rows``: rows alone name it, and some may not.
    """

    currency: str | None
    has_signs: bool
    is_of_rows: bool


class Source(NamedTuple):
    """A file cut into records, and where they were found."""

    records: Sequence[Record]
    origin: Origin


def statement(found: Sequence[Record], origin: Origin, *, choices: Choices) -> Statement:
    """The statement in the rows of a file; raises StatementError when they are no table, or not safe to read."""
    found = digit_days.completed(split_days.completed(found))
    common = persian_days.completed(found)
    stamped = timestamps.completed(common)
    layout = columns.find(currency_columns.merged(yearless.completed(stamped)), choices)
    order = _date_format(layout, choices)
    rows = _read(layout, order, choices)
    if stamped is not common:
        rows.notes.remark(DAYS_OF_UTC)
    if common is not found:
        rows.notes.remark(DAYS_OF_IRAN)
    rows.gather()
    seen, edges = survey.of(rows.lines), balances.edges(rows.lines)
    remarks.add(rows, seen, edges, lost=origin.lost)
    return Statement(
        format=origin.format,
        encoding=origin.encoding,
        delimiter=origin.delimiter,
        date_order=order.order if rows.lines else None,
        ambiguous=order.is_ambiguous,
        readings=_readings(layout, order),
        lines=rows.lines.settled(),
        skipped=tuple(rows.notes.skipped),
        problems=tuple(rows.notes.problems),
        remarks=tuple(rows.notes.remarks),
        opening_balance=rows.opening if rows.opening is not None else edges.opening,
        closing_balance=rows.closing if rows.closing is not None else edges.closing,
        currency=_only(seen.currencies),
        account=_only(seen.accounts) if seen.accounts else layout.account or None,
        balances=balances.of_accounts(rows.lines) if len(seen.accounts) > 1 else {},
        reading=reading.of(
            rows,
            encoding=origin.encoding,
            delimiter=origin.delimiter,
            date_order=order.order if rows.lines else None,
            choices=choices,
        ),
    )


def _date_format(layout: Layout, choices: Choices) -> DateFormat:
    """The order of the booking days; where they leave it open, the file's other days have a say."""
    booking, *others = layout.columns.dates
    days = {cell(record.cells, booking) for record in layout.body}
    order = dates.decide(days, demanded=choices.date_order, hint=choices.hint_order)
    if order.is_ambiguous and others:
        more = {cell(record.cells, place) for record in layout.body for place in others}
        closer = dates.decide(days | more, hint=choices.hint_order)
        if not closer.is_ambiguous and closer.order in {order.order, *order.alternatives}:
            return closer
    app = layout.columns.of_app
    return order.settled(app.app.date_order if app else None).settled(choices.proven.date_order)


def _readings(layout: Layout, order: DateFormat) -> tuple[DateReading, ...]:
    """What each order that fits would make of the booking days; nothing where only one does."""
    if not order.alternatives:
        return ()
    return dates.readings([cell(record.cells, layout.columns.dates[0]) for record in layout.body], order)


def _read(layout: Layout, order: DateFormat, choices: Choices) -> Rows:
    money_of_file = _money(layout)
    currency = money_of_file.currency
    above = (text for record in layout.preamble for text in record.cells)
    is_card = cards.is_named(above, layout.columns.names, (record.cells for record in layout.body))
    plan = amounts.decide(
        layout.columns,
        layout.body,
        decimals=money.decimals(currency) if currency else _decimals_of_script(layout.columns.names),
        is_card=is_card,
        choices=choices,
    )
    rows = _rows(layout, order, plan, money_of_file)
    # On a card a balance is what is owed, and rises by what goes out.
    rows = rows if is_card else _signed_by_balance(rows)
    votes = balances.fee_votes(_with_fees(rows))
    if votes.with_fee > votes.without:
        return _rows(rows.layout, order, replace(plan, pays_fees=True), money_of_file)
    if votes.lines and not votes.without:
        rows.notes.problem(FEES_LEFT_OUT, sum=votes.fees)
    return rows


def _signed_by_balance(rows: Rows) -> Rows:
    """The rows read with the signs that a running balance gives them, where nothing else does."""
    place = rows.layout.columns.amount
    if place is None or rows.layout.columns.balance is None or not rows.amounts.is_side_open:
        return rows
    found = levels.told(rows.lines, rows.opening)
    if found is None or cards.are_repaid(record.cells for record in rows.layout.body):
        return rows
    layout = replace(rows.layout, body=levels.signed(rows.layout.body, place, found))
    read = _rows(layout, rows.order, rows.amounts, _Money(rows.currency, rows.has_signs, rows.is_of_rows))
    read.notes.remark(SIGNED_BY_BALANCE)
    return read


def _decimals_of_script(names: Sequence[str]) -> int | None:
    """No currency of those who write Chinese, Japanese, Korean or Vietnamese has three decimals."""
    return 2 if any(_EAST_ASIAN.search(name) for name in names) else None


def _rows(layout: Layout, order: DateFormat, plan: AmountFormat, found: _Money) -> Rows:
    lines = Spool(is_long=isinstance(layout.body, LongTable))
    rows = Rows(layout, order, plan, Notes(), lines, found.currency, found.has_signs, found.is_of_rows)
    for record in layout.preamble:
        rows.note_balance(record)
    for record in layout.body:
        rows.take(record)
    return rows


def _money(layout: Layout) -> _Money:
    """The one currency that a column, a column's name or the signs beside the amounts give."""
    place, figures = layout.columns.currency, layout.columns.figures
    named: set[str] = set()
    if place is not None:
        named = {
            code for text in {cell(record.cells, place) for record in layout.body} if (code := currency_code(text))
        }
    if not named and layout.columns.currency_in_names:
        return _Money(layout.columns.currency_in_names, has_signs=True, is_of_rows=False)
    if named:
        return _Money(_only(named), has_signs=True, is_of_rows=True)
    signs = {
        code
        for record in layout.body
        for figure in figures
        if (text := cell(record.cells, figure)) and (code := numbers.currency_beside(text))
    }
    currency = _only(signs) if signs else above.currency(layout.preamble)
    return _Money(currency, has_signs=bool(signs), is_of_rows=bool(signs))


def _with_fees(rows: Rows) -> Iterator[tuple[StatementLine, Decimal]]:
    """Each line read with what its fee column holds; none where amounts are net of it, or it has come off already."""
    found = rows.layout.columns
    if found.fee is None or rows.amounts.pays_fees or _has_come_off(found):
        return
    records = iter(rows.layout.body)
    for line in rows.lines:
        record = next(record for record in records if record.number == line.number)
        has_fee = numbers.is_amount(cell(record.cells, found.fee))
        yield line, rows.amounts.fee(record.cells) if has_fee else Decimal(0)


def _has_come_off(found: Columns) -> bool:
    """Whether the amount's name says that the fees are in it."""
    return found.amount is not None and fold(found.names[found.amount]).startswith(("net", "total"))


def _only(found: Collection[str | None]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None
