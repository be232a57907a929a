"""What was decided for a table, as plain values: for the member to see, and for the next file of that bank."""

from collections.abc import Iterator

from transactions.importers.base import Choices, Column, Reading
from transactions.importers.overrules import ROLES
from transactions.importers.rows import Rows


def of(rows: Rows, *, encoding: str, delimiter: str | None, date_order: str | None) -> Reading:
    """How the rows were read."""
    layout = rows.layout
    columns, names = layout.columns, layout.columns.names or ("",) * layout.width
    return Reading(
        encoding=encoding,
        delimiter=delimiter,
        header_row=layout.header.number if layout.header else None,
        header=names,
        columns=tuple(_used(rows, names)),
        decimal_mark=rows.amounts.number.decimal_mark,
        date_order=date_order,
        is_inverted=rows.amounts.is_turned,
        app=columns.of_app.app.name if columns.of_app else "",
        people=tuple(
            Column("amount", place, names[place]) for place in (columns.of_app.people if columns.of_app else ())
        ),
    )


def repeated(reading: Reading, *, hint_order: str = "dmy") -> Choices:
    """The choices that read the next file of this bank as this one was read.

    The line of the header is left open, since what stands before it changes from file to file, and so are the encoding
    of a file that has no letters to tell it by, and the order of days where there were none.
    """
    used = {column.role: column.place for column in reading.columns}
    return Choices(
        date_order=reading.date_order,
        hint_order=hint_order,
        encoding=None if reading.encoding == "ascii" else reading.encoding,
        delimiter=reading.delimiter,
        header_row=0 if reading.header_row is None else None,
        header=reading.header if reading.header_row is not None else (),
        columns={role: used.get(role) for role in ROLES},
        decimal_mark=reading.decimal_mark,
        is_inverted=reading.is_inverted,
    )


def _used(rows: Rows, names: tuple[str, ...]) -> Iterator[Column]:
    columns = rows.layout.columns
    places = {
        "date": columns.dates[0],
        "amount": columns.amount,
        "debit": columns.debit,
        "credit": columns.credit,
        "direction": columns.direction,
        "balance": columns.balance,
        "currency": columns.currency,
        "state": columns.state,
        "fee": columns.fee,
        "bank id": columns.bank_id,
        "account": columns.account,
        "category": columns.categories[-1] if columns.categories else None,
        "text": columns.texts[0] if columns.texts else None,
        "note": columns.texts[1] if len(columns.texts) > 1 else None,
    }
    for role, place in places.items():
        if place is not None:
            yield Column(role, place, names[place] if place < len(names) else "")
