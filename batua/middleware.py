"""Middleware that knows no app: the request log, the rolling session, and what htmx must hear of a lost one."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import ClassVar
from urllib.parse import urlencode

from csp.constants import SELF
from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from batua import logs, session_clock
from batua.htmx import HtmxRequest

GetResponse = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("batua.request")
_REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")


class RequestLog:
    """One line for each request: method, route, status, duration and who, but no query string and no secret path.

    The id is the proxy's, or one of ours; it goes back with the answer and stands in every line of this request.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        with logs.of_request(request_id):
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            log.info("request", extra=_told(request, response, time.perf_counter() - started))
        return response


def _told(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    # Django keeps the user here once something has asked for it: reading it costs no query and no Vary header.
    user = request.__dict__.get("_cached_user")
    household = request.__dict__.get("household")
    return {
        "method": request.method,
        "route": request.resolver_match.route if request.resolver_match else None,
        "path": logs.path_without_secrets(request),
        "status": response.status_code,
        "duration_ms": round(seconds * 1000, 1),
        "user_id": user.pk if user and user.is_authenticated else None,
        "household_id": household.pk if household else None,
    }


class SlidingSession:
    """Renews the session at most once a minute of use, so that only idle time ends it, and says how long it lasts.

    Before the view, so that the page it makes knows; a script reads the header of what it fetched.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if USER_KEY in session:
            session_clock.renew(session)
        response = self.get_response(request)
        if USER_KEY in session and request.user.is_authenticated:
            response["X-Session-Left"] = str(session_clock.seconds_left(session))
        return response


class LoginRedirect:
    """Keeps the login page out of a fragment's place.

    A redirect in answer to htmx would be followed and swapped into a table. A lost GET goes to the login
    and comes back; a lost write keeps the page with its half-filled form and says that the session ended.
    So does what a page asks by itself while somebody types (``X-Background``): nobody chose to leave.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HtmxRequest) -> HttpResponse:
        response = self.get_response(request)
        login = resolve_url(settings.LOGIN_URL)
        if not request.htmx or response.status_code != 302 or not response["Location"].startswith(login):
            return response
        if request.method == "GET" and "X-Background" not in request.headers:
            page = request.get_full_path() if request.htmx.boosted else request.htmx.current_url_abs_path
            return HttpResponseClientRedirect(f"{login}?{urlencode({'next': page or '/'})}")
        return trigger_client_event(HttpResponse(status=401), "session-expired")


class PrivatePages:
    """Pages stay out of every cache, the browser's own included, unless their view says otherwise.

    Those at the door too: a form for a new password is nobody's business on a shared machine.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response


class SafetyHeaders:
    """What a browser may do with our pages beyond showing them: nothing that we do not use ourselves."""

    HEADERS: ClassVar = {
        "Permissions-Policy": ", ".join(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "browsing-topics",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "usb",
            )
        )
        + ", publickey-credentials-create=(self), publickey-credentials-get=(self)",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.HEADERS.items():
            response.setdefault(name, value)
        match = request.resolver_match
        if match and "admin" in match.app_names:
            # Django's own pages of the support desk have no nonces; their scripts are files of ours all the same.
            response._csp_update = {"script-src": [SELF]}  # type: ignore[attr-defined]
        return response
