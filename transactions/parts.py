"""What a period is cut into, and where the sums of its parts are kept."""

from collections.abc import Mapping
from enum import Enum

from batua.periods import Period


class Part(Enum):
    """Days, household months, or years (of months by their names); only all time is cut into years."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_MONTHS = {"table": "transactions_monthtotal", "part": "month"}
_YEARS = {"table": "transactions_yeartotal", "part": "year"}


def kept(period: Period, part: Part) -> Mapping[str, str] | None:
    """The table and the column that hold the parts of a period; None where they are counted from the entries.

    Raises ValueError for years of a period that is not all time.
    """
    if part is Part.YEAR:
        if not period.is_all_time:
            raise ValueError(f"{period} is not all time: cut it into months.")
        return _YEARS
    has_whole_months = period.months is not None or period.is_all_time
    return _MONTHS if part is Part.MONTH and has_whole_months else None


def counted(part: Part) -> str:
    """The first day of the part that an entry lies in, in SQL; ``month_start`` is among the statement's values."""
    return "date" if part is Part.DAY else "batua_month(date, %(month_start)s)"
