"""Tables without a whole day in any row: their days are written in a way of their own, and are to be written out."""

import re
from collections.abc import Sequence
from itertools import islice

from transactions.importers import dates
from transactions.importers.records import Record

_SAMPLE_ROWS = 500


def sample(records: Sequence[Record], shape: re.Pattern[str]) -> list[Record]:
    """The first rows of such a table, if some cell of them has this shape; no row of any other."""
    rows = [record for record in islice(records, _SAMPLE_ROWS) if len(record.cells) > 1]
    has_shape = any(shape.fullmatch(cell) for record in rows for cell in record.cells)
    has_day = has_shape and any(dates.is_date(cell) for record in rows for cell in record.cells)
    return rows if has_shape and not has_day else []
