"""Amounts and periods as programs send them; what they may be is the pages' forms' to say."""

import datetime
import re
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from batua import periods
from batua.rest.problems import Problem

PLAIN = r"^[+-]?[0-9]{1,20}(\.[0-9]{1,8})?$"


def _as_text(value: Any) -> Any:
    """A number is taken too: as the shortest text that stands for it, which is the one that was sent."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _plain(text: str) -> str:
    """A point before the decimals and no groups: 12,50 would be 12.50 for some and 1250 for others."""
    if not re.fullmatch(PLAIN, text, re.ASCII):
        raise ValueError(_("Write the amount with a point, like 1250.50."))
    return text


AmountText = Annotated[
    str,
    BeforeValidator(_as_text),
    AfterValidator(_plain),
    WithJsonSchema({"type": "string", "pattern": PLAIN, "examples": ["1250.50"]}),
]


class PeriodQuery(Schema):
    """A period as the pages' addresses have it, or as two days."""

    period: str = Field("", max_length=20, examples=["this-month", "2026-11", "all-time"])
    first: datetime.date | None = Field(None, alias="from", description="First day of `period=custom`.")
    last: datetime.date | None = Field(None, alias="to", description="Last day of `period=custom`, inside.")
    start_date: datetime.date | None = Field(None, description="This day and those after it.")
    end_date: datetime.date | None = Field(None, description="This day and those before it.")

    def address(self) -> dict[str, Any]:
        """What the pages' form reads. Raises Problem."""
        if self.start_date is None and self.end_date is None:
            return {"period": self.period, "from": self.first, "to": self.last}
        if self.period or self.first or self.last:
            raise Problem(422, errors={"period": [_("Send either a period, or start_date and end_date.")]})
        # What is left open reaches as far as entries can.
        first, last = datetime.date(periods.FIRST_YEAR, 1, 1), datetime.date(periods.LAST_YEAR, 12, 31)
        return {"period": "custom", "from": self.start_date or first, "to": self.end_date or last}
