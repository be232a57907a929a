"""How a view answers a browser and htmx alike: one URL, a page for the one and its fragment for the other."""

import json
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    HouseholdOfRequest = Any


class HtmxRequest(HttpRequest):
    """A request after our middleware: htmx's details, and the household whose books are open."""

    htmx: HtmxDetails
    household: "HouseholdOfRequest"
    membership: "Any"
    # Never a stranger: views that take this request are behind the login.
    user: "Any"


class SeeOther(HttpResponseRedirect):
    """303: the form is done, fetch the next page with GET."""

    status_code = 303


def wants_fragment(request: HtmxRequest) -> bool:
    """Whether htmx asks for a part of the page; a boosted link and the back button want all of it."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def render_page(
    request: HtmxRequest, page: str, fragment: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page, or its fragment when htmx asks for that; caches are told that the two differ."""
    response = render(request, fragment if wants_fragment(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response


def changed(request: HtmxRequest, *events: str, then: str, message: str = "") -> HttpResponse:
    """A write succeeded: htmx hears the events (and the message), a browser goes to ``then``.

    ``then`` is a URL name or a path.
    """
    if not wants_fragment(request):
        return SeeOther(resolve_url(then))
    response = HttpResponse(status=204)
    announced: dict[str, Any] = dict.fromkeys(events, None)
    if message:
        announced["toast"] = {"message": message}
    response["HX-Trigger"] = json.dumps(announced)
    return response


def refused(request: HtmxRequest, form: Form) -> HttpResponse:
    """400: the address asks for something that is not there; says so in the form's own sentences."""
    sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
    if wants_fragment(request):
        response = HttpResponse("\n".join(sentences), status=400, content_type="text/plain; charset=utf-8")
        response["HX-Trigger"] = json.dumps({"toast": {"message": " ".join(sentences)}})
        return response
    return render(request, "ui/refused.html", {"sentences": sentences, "path": request.path}, status=400)
