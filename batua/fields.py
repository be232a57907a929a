"""Model fields that every app shares."""

from collections.abc import Collection
from enum import StrEnum
from functools import partial

from django.db import models

# 15 digits before the point, 4 after it: more than any currency in use has.
MoneyField = partial(models.DecimalField, max_digits=19, decimal_places=4)


class Among(StrEnum):
    """Types of values to look for."""

    TEXTS = "text"
    NUMBERS = "bigint"
    UUIDS = "uuid"


class IsAmong(models.Func):
    """``column = ANY(array)``: one parameter however many values, where IN would have one for each.

    The array is written out here: to ask the driver value by value takes longer than the database for the answer.
    """

    template = "%(expressions)s::%(kind)s[])"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()
    conditional = True


def _quoted(value: object) -> str:
    """An element as the text of an array has it."""
    text = str(value).replace("\\", r"\\").replace('"', r"\"")
    return f'"{text}"'


def is_among(column: str, values: Collection[object], kind: Among = Among.TEXTS) -> IsAmong:
    """Whether the column holds one of the values, which are of this kind."""
    array = f"{{{','.join(map(_quoted, values))}}}"
    return IsAmong(models.F(column), models.Value(array, models.TextField()), kind=kind)
