"""Errors of the API in one shape: problem details of RFC 9457, in words that a person can act on."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

log = logging.getLogger("django.request")

CONTENT_TYPE = "application/problem+json"
# A message that belongs to no single field.
WHOLE = "__all__"

Messages = Mapping[str, Sequence[str]]


class Kind(NamedTuple):
    """What one status means here."""

    name: str
    title: str | Promise
    detail: str | Promise


KINDS = {
    400: Kind("malformed", gettext_lazy("Malformed request"), gettext_lazy("This request cannot be read.")),
    401: Kind(
        "not-signed-in",
        gettext_lazy("Not signed in"),
        gettext_lazy("Sign in, refresh the sign-in, or send a personal token as Authorization: Bearer."),
    ),
    403: Kind("not-allowed", gettext_lazy("Not allowed"), gettext_lazy("This is not yours to do.")),
    404: Kind("not-found", gettext_lazy("Not found"), gettext_lazy("There is nothing of yours at this address.")),
    405: Kind(
        "no-such-method",
        gettext_lazy("No such method"),
        gettext_lazy("This address does not take this method. The Allow header names those it takes."),
    ),
    409: Kind("conflict", gettext_lazy("Conflict"), gettext_lazy("This does not go together with what is there.")),
    412: Kind(
        "changed-meanwhile",
        gettext_lazy("Changed meanwhile"),
        gettext_lazy("This was changed since you read it. Read it again, then send your change with the new ETag."),
    ),
    413: Kind("too-large", gettext_lazy("Too large"), gettext_lazy("This is too large. Send it in smaller parts.")),
    415: Kind(
        "unknown-format",
        gettext_lazy("Unknown format"),
        gettext_lazy("This Content-Type is not read here. Send application/json."),
    ),
    422: Kind(
        "invalid",
        gettext_lazy("Not valid"),
        gettext_lazy("Something in it cannot be taken as it is. “errors” says what, field by field."),
    ),
    429: Kind(
        "too-many",
        gettext_lazy("Too many requests"),
        gettext_lazy("That was too often. Retry-After says how many seconds to wait."),
    ),
    500: Kind(
        "fault",
        gettext_lazy("A fault of ours"),
        gettext_lazy("Something went wrong on our side. Nothing was changed. Try again later."),
    ),
}


class ProblemDetails(Schema):
    """An error, as application/problem+json (RFC 9457)."""

    type: str = Field(description="Which problem it is, for programs.", examples=["urn:batua:invalid"])
    title: str = Field(description="The same in words.", examples=["Not valid"])
    status: int = Field(examples=[422])
    detail: str = Field(description="What is wrong and what to do.", examples=["Something in it cannot be taken."])
    errors: dict[str, list[str]] | None = Field(
        None,
        description="Messages by field; `__all__` holds those about the whole.",
        examples=[{"amount": ["Type an amount."]}],
    )


class Problem(Exception):
    """Raised anywhere below a route; the API answers it. ``errors`` are messages by field."""

    def __init__(
        self,
        status: int,
        detail: str | Promise = "",
        *,
        errors: Messages | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors, headers or {}


def invalid(form: BaseForm, names: Mapping[str, str] | None = None) -> Problem:
    """A form's own messages, for ``raise invalid(form)``; ``names`` are the API's for fields of another name."""
    known = names or {}
    errors: dict[str, list[str]] = {}
    for name, words in form.errors.items():
        errors.setdefault(known.get(name, name), []).extend(str(word) for word in words)
    return Problem(422, errors=errors)


def answer(problem: Problem) -> HttpResponse:
    """The problem as a response."""
    kind = KINDS[problem.status]
    details: dict[str, Any] = {
        "type": f"urn:batua:{kind.name}",
        "title": str(kind.title),
        "status": problem.status,
        "detail": str(problem.detail or kind.detail),
    }
    if problem.errors is not None:
        details["errors"] = {name: list(words) for name, words in problem.errors.items()}
    headers = {"Cache-Control": "no-store", **problem.headers}
    if problem.status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    body = json.dumps(details, ensure_ascii=False)
    return HttpResponse(body, status=problem.status, content_type=CONTENT_TYPE, headers=headers)


def install(api: NinjaAPI) -> None:
    """Whatever is raised below a route of this API becomes a problem."""
    for error, becomes in _BECOMES.items():
        api.add_exception_handler(error, partial(_answer, becomes))
    api.add_exception_handler(Exception, _fault)


def _answer(becomes: Callable[[Any], Problem], _request: HttpRequest, error: Any) -> HttpResponse:
    return answer(becomes(error))


def _fault(request: HttpRequest, error: Any) -> HttpResponse:
    # What Django does for a page: whoever watches (a test's client too) hears of it, and it is logged once.
    got_request_exception.send(sender=None, request=request)
    log.error("Fault at %s", request.path, exc_info=error, extra={"request": request, "status_code": 500})
    return answer(Problem(500))


def _of_ninja(error: HttpError) -> Problem:
    # A body's reader says exactly what is wrong; ninja wraps that.
    if isinstance(error.__cause__, Problem):
        return error.__cause__
    if error.status_code not in KINDS:
        return Problem(400, str(error))
    return Problem(error.status_code, "" if error.status_code == 400 else str(error))


def _of_schema(error: ValidationError) -> Problem:
    """pydantic's findings by field: where the field lies in a body or query is no part of its name."""
    errors: dict[str, list[str]] = {}
    for finding in error.errors:
        errors.setdefault(_field(finding["loc"]), []).append(_sentence(finding))
    return Problem(422, errors=errors)


def _field(place: Sequence[Any]) -> str:
    source, *names = place
    if source in {"body", "form"} and names:
        names = names[1:]
    return ".".join(str(name) for name in names) or WHOLE


def _sentence(finding: Mapping[str, Any]) -> str:
    if finding["type"] == "missing":
        return _("This is missing.")
    if finding["type"] == "extra_forbidden":
        return _("There is no such field.")
    message = str(finding["msg"]).removeprefix("Value error, ")
    return message if message.endswith(".") else f"{message}."


_BECOMES: dict[type[Exception], Callable[[Any], Problem]] = {
    Problem: lambda problem: problem,
    ValidationError: _of_schema,
    HttpError: _of_ninja,
    AuthenticationError: lambda _error: Problem(401),
    Http404: lambda _error: Problem(404),
    PermissionDenied: lambda error: Problem(403, str(error)),
    RequestDataTooBig: lambda _error: Problem(413),
    SuspiciousOperation: lambda _error: Problem(400),
    MultiPartParserError: lambda _error: Problem(400),
}
