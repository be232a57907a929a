"""ETag and If-Match: two devices that change one thing do not overwrite each other."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback

from batua.rest.problems import Problem

Route = TypeVar("Route", bound=Callable[..., Any])
_DESCRIBED = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that you read. When the row was changed since, the answer is 412 and nothing is written.",
    "schema": {"type": "string"},
    "example": '"3"',
}


def guarded(route: Route) -> Route:
    """Stands right below ``@router.put(...)`` of a route that calls ``expect``: describes If-Match."""
    contribute_operation_callback(route, _describe)
    return route


def _describe(operation: Operation) -> None:
    operation.openapi_extra = {**(operation.openapi_extra or {})}
    operation.openapi_extra.setdefault("parameters", []).append(_DESCRIBED)


def etag_of(version: object) -> str:
    """The ETag of a row at this version."""
    return f'"{version}"'


def of_values(*values: object) -> str:
    """A version for a row that has no number of its own: a mark of what stands in it."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def tag(response: HttpResponse, version: object) -> None:
    """Says in the answer which version it shows."""
    response["ETag"] = etag_of(version)


def expect(request: HttpRequest, version: object) -> None:
    """Refuses a change of another version than If-Match names; without If-Match the last one wins. Raises Problem."""
    wanted = request.headers.get("If-Match", "").strip()
    if wanted and wanted != "*" and etag_of(version) not in parse_etags(wanted):
        raise Problem(412)
