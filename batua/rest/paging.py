"""Pages by cursor: where the last page ended, so that nothing is shown twice or left out while entries come in."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from batua.rest.problems import Problem

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")

PAGE, LARGEST_PAGE = 50, 200


class PageQuery(Schema):
    """What a list takes besides its filters; use it as ``page: Query[PageQuery]``."""

    cursor: str = Field("", max_length=400, description="`next` of the page before; leave it out for the first page.")
    limit: int = Field(PAGE, ge=1, le=LARGEST_PAGE, description="How many at most.")


class Page(Schema, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    next: str | None = Field(None, description="Send it as `cursor` for the page after; null on the last one.")


def cut(rows: "QuerySet[Row]", page: PageQuery, *, order: Sequence[str]) -> tuple[list[Row], str | None]:
    """The rows of this page, and the cursor of the next.

    ``order`` names columns, each with a minus when it falls, and ends in the key: ``("-date", "-pk")``.
    """
    if page.cursor:
        rows = rows.filter(_after(rows, order, _decoded(page.cursor, rows, order)))
    found = list(rows.order_by(*order)[: page.limit + 1])
    if len(found) <= page.limit:
        return found, None
    found.pop()
    return found, encoded([getattr(found[-1], name.removeprefix("-")) for name in order])


def encoded(place: Sequence[object]) -> str:
    """A place in a list as an opaque word of letters and digits."""
    text = json.dumps([str(value) for value in place], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(cursor: str) -> list[str]:
    """The place that ``encoded`` made a word of. Raises Problem."""
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise lost() from None
    if not isinstance(place, list) or not all(isinstance(value, str) for value in place):
        raise lost()
    return place


def lost() -> Problem:
    """A cursor that we did not write."""
    return Problem(422, errors={"cursor": [_("This cursor is not one of ours. Start at the first page.")]})


def _decoded(cursor: str, rows: "QuerySet[Any]", order: Sequence[str]) -> list[Any]:
    place = decoded(cursor)
    if len(place) != len(order) or "\x00" in cursor:
        raise lost()
    columns = [_column(rows, name) for name in order]
    try:
        return [column.to_python(value) for column, value in zip(columns, place, strict=True)]
    except (ValidationError, ValueError, OverflowError):
        raise lost() from None


def _column(rows: "QuerySet[Any]", name: str) -> Any:
    name = name.removeprefix("-")
    return rows.model._meta.pk if name == "pk" else rows.model._meta.get_field(name)


def _after(rows: "QuerySet[Any]", order: Sequence[str], place: Sequence[Any]) -> Q:
    """What comes later in this order: a bound on the first column for its index, then column by column."""
    later, equal = Q(pk__in=[]), Q()
    for name, value in zip(order, place, strict=True):
        column, sign = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        later |= equal & Q(**{f"{column}__{sign}": value})
        equal &= Q(**{column: value})
    first = order[0].removeprefix("-")
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{bound}": place[0]}) & later
