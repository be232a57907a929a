"""Whether a write that comes with a cookie was sent by our own pages, or by no browser at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext_lazy

from batua.rest.problems import Problem

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_FOREIGN = gettext_lazy("Another site sent this. Cookies are taken from our own pages and from programs only.")
_NO_TOKEN = gettext_lazy("Send the csrftoken cookie's value as X-CSRFToken, or use a personal token.")


def refuse_foreign(request: HttpRequest) -> None:
    """For the cookies of the API: a browser says with every write where it comes from. Raises Problem.

    Who says neither Sec-Fetch-Site nor Origin is no browser, and has no cookies but those it means to send.
    """
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in {"same-origin", "none"}:
        raise Problem(403, _FOREIGN)
    if origin is not None and urlsplit(origin).netloc != request.get_host():
        raise Problem(403, _FOREIGN)


def from_our_own_site(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For routes that take or set cookies of the API before anybody is known: nobody is signed in by another site."""

    @wraps(view)
    def guarded(request: HttpRequest, **options: Any) -> HttpResponse:
        refuse_foreign(request)
        return view(request, **options)

    return guarded


def refuse_without_token(request: HttpRequest) -> None:
    """For the cookie of the pages: Django's own check, which ninja leaves out. Raises Problem."""
    if request.method in SAFE:
        return
    check = CsrfViewMiddleware(lambda _request: None)  # type: ignore[arg-type]
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check.process_request(request)
    if check.process_view(request, _nothing, (), {}) is not None:
        raise Problem(403, _NO_TOKEN)


def _nothing(*_args: object) -> HttpResponse:
    """Stands in for the view, which Django's check only asks whether it is exempt."""
    return HttpResponse()
