"""A column of amounts for each currency (CAD$, USD$), one of them filled in a row: made an amount and its currency.

Where a file uses one of them alone, that one is read as it stands.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from batua.money import CURRENCIES
from transactions.importers import content, dates, numbers
from transactions.importers.headings import roles_of
from transactions.importers.records import Record, changed
from transactions.importers.vocabulary import Role

_HEADER_WITHIN = 20
_SAMPLE_ROWS = 500
_FIGURES = frozenset({Role.AMOUNT, Role.DEBIT, Role.CREDIT})


def merged(records: Sequence[Record]) -> Sequence[Record]:
    """The records with an amount in the first of these columns, a currency in the second; else the same records."""
    header = next((record for record in islice(records, _HEADER_WITHIN) if _names_columns(record.cells)), None)
    if header is None or any(_FIGURES & {found.role for found in roles_of(name)} for name in header.cells):
        return records
    codes = _codes(header.cells)
    sample = (record.cells for record in islice(records, _SAMPLE_ROWS))
    filled = [_filled(cells, codes) for cells in sample if any(map(dates.is_date, cells))]
    if any(len(places) > 1 for places in filled) or len({place for places in filled for place in places}) < 2:
        return records
    write = partial(_written_out, header=header.number, codes=codes)
    return changed(records, partial(map, write))


def _names_columns(cells: Sequence[str]) -> bool:
    """Whether these are names, two of them currencies; a payment may name two currencies as well."""
    return len(_codes(cells)) > 1 and content.is_naming(cells)


def _codes(names: Sequence[str]) -> dict[int, str]:
    """Place → currency of the columns that have nothing but a currency for a name."""
    codes = ((place, name.strip().removesuffix("$").upper()) for place, name in enumerate(names))
    return {place: code for place, code in codes if code in CURRENCIES}


def _filled(cells: Sequence[str], codes: dict[int, str]) -> list[int]:
    return [place for place in codes if place < len(cells) and numbers.is_amount(cells[place])]


def _written_out(record: Record, header: int, codes: dict[int, str]) -> Record:
    first, second, *others = codes
    if record.number == header:
        told = {first: "Amount", second: "Currency"}
    elif places := _filled(record.cells, codes):
        told = {first: " ".join(record.cells[place] for place in places), second: codes[places[0]]}
    else:
        return record
    cells: Iterator[str] = (told.get(place, "" if place in others else cell) for place, cell in enumerate(record.cells))
    return record._replace(cells=tuple(cells))
