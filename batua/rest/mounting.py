"""How an API is hung among the addresses: open to strangers, whom it tells 401 itself, and a problem for every miss."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from batua.rest.problems import CONTENT_TYPE, Problem, answer

Mounted = tuple[list[URLPattern | URLResolver], str, str]


def mounted(api: NinjaAPI) -> Mounted:
    """The API's addresses, for ``path("api/", mounted(api))``."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback = _framed(pattern.callback)  # type: ignore[arg-type]
    nothing = path("<path:rest>", login_not_required(csrf_exempt(_nothing_here)), name="nothing-here")
    return [*patterns, nothing], app, namespace


def _framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            response = view(request, *args, **options)
        except Problem as problem:
            return answer(problem)
        except Http404:
            return answer(Problem(404))
        # ninja says this in plain text.
        if response.status_code == 405 and response["Content-Type"] != CONTENT_TYPE:
            return answer(Problem(405, headers={"Allow": response["Allow"]}))
        # Also what is said to somebody who is not signed in yet.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return login_not_required(framed)


def _nothing_here(_request: HttpRequest, rest: str) -> HttpResponse:
    return answer(Problem(404))
