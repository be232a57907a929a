"""Model fields that every app shares."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

# 15 digits before the point, 4 after it: more than any currency in use has.
MoneyField = partial(models.DecimalField, max_digits=19, decimal_places=4)


class IsAmong(models.Func):
    """``column = ANY(array)``: one parameter however many values, where IN would have one for each.

    The array is a Value with the output field ArrayField.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()
    conditional = True


def is_among(column: str, values: Collection[object], kind: "models.Field[Any, Any]") -> IsAmong:
    """Whether the column holds one of the values, which are of this kind of field."""
    return IsAmong(models.F(column), models.Value(list(values), ArrayField(kind)))
