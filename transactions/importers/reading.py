"""What was decided for a table, as plain values: for the member to see, and for the next file of that bank."""

from collections.abc import Iterator

from transactions.importers.base import Choices, Column, Proven, Reading
from transactions.importers.rows import Rows


def of(rows: Rows, *, encoding: str, delimiter: str | None, date_order: str | None, choices: Choices) -> Reading:
    """How the rows were read; what ``choices`` overruled is not proven by the file."""
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
        is_as_of_bank=columns.of_app is not None and columns.of_app.app.keeps_words,
        people=tuple(
            Column("amount", place, names[place]) for place in (columns.of_app.people if columns.of_app else ())
        ),
        proven=_proven(rows, date_order, choices),
    )


def _proven(rows: Rows, date_order: str | None, choices: Choices) -> Proven:
    order, amounts = rows.order, rows.amounts
    is_order_open = order.is_ambiguous or (choices.date_order and order.alternatives)
    return Proven(
        None if is_order_open else date_order,
        amounts.number.decimal_mark if amounts.number.is_proven else None,
        None if amounts.is_told else amounts.is_bare_out,
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
