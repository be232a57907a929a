"""Model fields that every app shares."""

import json
from collections.abc import Collection
from enum import StrEnum
from functools import partial

from django.db import models

# 15 digits before the point, 4 after it: more than any currency in use has.
MoneyField = partial(models.DecimalField, max_digits=19, decimal_places=4)


class IsAmong(models.Func):
    """``column IN (SELECT …)``: one parameter however many values, where IN would have one for each.

    They come as one JSON text. An array would be written out, and weighed by the planner, value by value.
    """

    template = "%(expressions)s::jsonb) AS value)"
    output_field = models.BooleanField()
    conditional = True

    def __init__(self, column: str, values: Collection[object], kind: "Among") -> None:
        listed = json.dumps(list(map(str, values)), ensure_ascii=False)
        self.arg_joiner = f" IN (SELECT value::{kind} FROM jsonb_array_elements_text("  # nosec B608 # one of three words
        super().__init__(models.F(column), models.Value(listed, models.TextField()))


class Among(StrEnum):
    """Types of values to look for."""

    TEXTS = "text"
    NUMBERS = "bigint"
    UUIDS = "uuid"


def is_among(column: str, values: Collection[object], kind: Among = Among.TEXTS) -> IsAmong:
    """Whether the column holds one of the values, which are of this kind."""
    return IsAmong(column, values, kind)
