"""The columns of an app's export, found by the names that its layout gives them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from transactions.importers import wording
from transactions.importers.amounts import cell
from transactions.importers.app_layout import App, Sign
from transactions.importers.headings import column_name
from transactions.importers.layout import AppColumns, Columns, Layout
from transactions.importers.records import Record, changed
from transactions.importers.vocabulary import fold
from transactions.importers.wording import Wording

# What an entry of ours says of itself, in the order of base.Ours; such a layout is told by these names.
OUR_TEXTS = ("kind", "note", "comment", "bank text", "uuid")


def find(app: App, header: Sequence[str]) -> Columns:
    """Positions of all that the app's layout names and this header has."""
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        # A column without a name is none of those that an app does not have.
        if name := column_name(title)[0]:
            places.setdefault(name, place)

    def first(*names: str) -> int | None:
        return next((places[name] for name in names if name in places), None)

    def every(names: Iterable[str]) -> tuple[int, ...]:
        return tuple(places[name] for name in names if name in places)

    extra = AppColumns(
        app,
        kind=first(app.kind),
        outward=first(app.outward),
        account_in=first(app.account_in),
        amount_in=first(app.amount_in),
        category_in=first(app.category_in),
        currency_in=first(app.currency_in),
        other=first(app.other),
        other_in=first(app.other_in),
        mark=first(app.mark or app.kind),
        opening=first(app.opening),
        closing=first(app.closing),
        group=first(app.group),
        group_title=first(app.group_title),
        part=first(app.part),
        parts=first(app.parts),
        people=_people(header, places) if app.names_people else (),
        ours=tuple(places[name] for name in OUR_TEXTS) if app.is_ours else (),
    )
    amount = first(*app.amount)
    return Columns(
        dates=every(app.dates),
        amount=amount,
        debit=first(*app.debit),
        credit=first(*app.credit),
        direction=extra.kind if app.sign in {Sign.BY_KIND, Sign.BARE, Sign.TOLD} else None,
        balance=first(app.balance),
        currency=first(*app.currency),
        state=first(app.state),
        fee=first(app.fee),
        bank_id=first(app.bank_id),
        account=first(*app.account),
        categories=every(app.categories),
        texts=every(app.texts),
        names=tuple(header),
        currency_in_names=app.only_currency or (column_name(header[amount])[1] if amount is not None else None),
        payer=first(app.payer),
        payee=first(app.payee),
        of_app=extra,
    )


def filled(layout: Layout) -> Layout:
    """The layout with what only the first row of several fills in, as in GnuCash's splits, repeated in the others.

    And with the cells that stand in for others in rows of some kind.
    """
    of_app = layout.columns.of_app
    if of_app is None:
        return layout
    if of_app.app.fills:
        layout = replace(layout, body=changed(layout.body, partial(_filled, layout, of_app.app.fills)))
    if of_app.app.stand_ins:
        layout = replace(layout, body=changed(layout.body, partial(_stood_in, layout, of_app)))
    return layout


def _stood_in(layout: Layout, of_app: AppColumns, records: Iterable[Record]) -> Iterator[Record]:
    places = {column_name(name)[0]: place for place, name in enumerate(layout.columns.names)}
    moves = {
        word: [(places[name], places.get(other)) for name, other in pairs.items() if name in places]
        for word, pairs in of_app.app.stand_ins.items()
    }
    for record in records:
        cells = list(record.cells)
        for place, other in moves.get(fold(cell(cells, of_app.kind)), ()):
            if place < len(cells):
                cells[place] = cell(record.cells, other)
        yield record._replace(cells=tuple(cells))


def _filled(layout: Layout, names: Collection[str], records: Iterable[Record]) -> Iterator[Record]:
    fills = [place for place, name in enumerate(layout.columns.names) if column_name(name)[0] in names]
    first, *_rest = layout.columns.dates
    last: Record | None = None
    for record in records:
        if last is not None and first < len(record.cells) and not record.cells[first] and not record.is_blank:
            cells = list(record.cells)
            for place in fills:
                cells[place] = cells[place] or last.cells[place]
            yield record._replace(cells=tuple(cells))
        else:
            last = record if len(record.cells) >= len(layout.columns.names) else None
            yield record


def wording_of(columns: Columns) -> Wording:
    """In an app people go on working: they clear, tag and sort lines anew, and export them again.

    Only the texts and the account tell a line.
    """
    if columns.of_app and columns.of_app.app.keeps_words:
        return wording.named(columns.names)
    inward = columns.of_app.account_in if columns.of_app else None
    words = {*columns.texts, columns.account, inward} - set(columns.categories)
    return wording.only(words, width=len(columns.names))


def _people(header: Sequence[str], places: dict[str, int]) -> tuple[int, ...]:
    """The columns behind the currency, one for each person of the group."""
    start = places["currency"] + 1
    return tuple(place for place in range(start, len(header)) if header[place])
