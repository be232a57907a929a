"""Which entries a program asks for: its words for the filters of the entries' page, read by the page's own form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from batua.rest import paging
from batua.rest.problems import Problem, invalid
from transactions import labels
from transactions.api.schemas import Filters
from transactions.forms.filters import FilterForm
from transactions.listing import Place, Turn


def chosen(request: Any, filters: Filters) -> FilterForm:
    """A valid form. Raises Problem."""
    form = FilterForm(
        _address(filters),
        labels=labels.later(request.household),
        today=timezone.localdate(),
        month_start=request.household.month_start,
    )
    if not form.is_valid():
        raise invalid(form, {"kind": "type"} if filters.type else {})
    return form


def place_of(cursor: str) -> Place | None:
    """Where the last page ended. Raises Problem."""
    if not cursor:
        return None
    found = FilterForm.base_fields["before"]
    place = paging.decoded(cursor)
    try:
        date, key = found.clean("_".join(place))
    except (ValidationError, TypeError):
        raise paging.lost() from None
    return Place(Turn.OLDER, date, key)


def _address(filters: Filters) -> dict[str, Any]:
    """The filters as the page's address has them."""
    if filters.type and filters.kind and filters.type != filters.kind:
        raise Problem(422, errors={"type": [_("type and kind are the same filter. Send only one of them.")]})
    sent = filters.model_dump(include={"category", "wallet", "text", "note"})
    return filters.address() | sent | {"kind": filters.type or filters.kind or ""}
