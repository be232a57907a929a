"""A form that was sent when its session had ended: kept until the same person signs in again, then filled in once more.

With JavaScript the page keeps what was typed and never sends it into a lost session (``static/js/session.js``); this
is for browsers without. It lies sealed in the nameless session of that browser, for half an hour.
"""

import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from accounts.models import SignIn
from accounts.refilling import refill
from accounts.sign_ins import device_of
from batua.sealing import SealError, seal, unseal

KEY = PURPOSE = "kept form"
SECONDS = 30 * 60
LARGEST = 32_000  # characters, names included
# What proves something, or says that somebody is sure, is typed again.
_SECRET = re.compile(r"pass|secret|token|credential|^(code|otp|pin|word|confirmed)$")
_THEIRS = ("allauth.", "django.")


class KeptForm:
    """Keeps the form of a lost session on the way to the login, and fills it in on the page that has it.

    Whoever sent it was at this browser: the form's CSRF token is of the sign-in before, which every other replaces.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        if _is_lost(request, response):
            return _to_the_door(request)
        if KEY in request.session and request.user.is_authenticated and request.method == "GET" and not request.htmx:
            return _filled_in(request, response)
        return response


def _is_lost(request: Any, response: HttpResponse) -> bool:
    if request.method != "POST" or response.status_code != 302 or request.user.is_authenticated or request.htmx:
        return False
    match = request.resolver_match
    is_ours = bool(match) and not match.func.__module__.startswith(_THEIRS)
    return is_ours and response["Location"].startswith(f"{resolve_url(settings.LOGIN_URL)}?")


def _to_the_door(request: Any) -> HttpResponse:
    """To the login, and from there to the page with the form: what was sent may be an address that only takes."""
    if _keep(request):
        said = _("You were signed out before this was saved. Sign in: what you typed is kept for half an hour.")
    else:
        said = _("You were signed out before this was done. Sign in and do it once more.")
    messages.info(request, said)
    query = urlencode({"next": _page_of(request)})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")


def _keep(request: Any) -> bool:
    owner = _owner(request)
    values = {name: several for name, several in request.POST.lists() if _may_be_kept(name)}
    length = sum(len(name) + sum(map(len, several)) for name, several in values.items())
    if owner is None or not any(any(several) for several in values.values()) or length > LARGEST:
        return False
    kept = {"owner": owner, "action": request.path, "values": values, "until": time.time() + SECONDS}
    request.session[KEY] = seal(json.dumps(kept), purpose=PURPOSE)
    return True


def _owner(request: Any) -> int | None:
    """Who signed in last on this browser."""
    device = device_of(request)
    latest = SignIn.objects.filter(device=device).order_by("-began_at", "-pk") if device else SignIn.objects.none()
    return latest.values_list("user_id", flat=True).first()


def _may_be_kept(name: str) -> bool:
    return not _SECRET.search(name.lower()) and name != "csrfmiddlewaretoken"


def _page_of(request: Any) -> str:
    """Where the form stood, as far as the browser says and it is a page of ours."""
    parts = urlsplit(request.headers.get("Referer", ""))
    try:
        resolve(parts.path)
    except Resolver404:
        return str(request.path)
    is_here = parts.netloc == request.get_host() and not parts.path.startswith("//")
    return parts._replace(scheme="", netloc="", fragment="").geturl() if is_here else str(request.path)


def _kept(session: Any, *, user: Any) -> dict[str, Any] | None:
    try:
        kept: dict[str, Any] = json.loads(unseal(session[KEY], purpose=PURPOSE))
    except SealError:
        return None
    return kept if kept["owner"] == user.pk and kept["until"] > time.time() else None


def _filled_in(request: Any, response: HttpResponse) -> HttpResponse:
    kept = _kept(request.session, user=request.user)
    if kept is None:
        del request.session[KEY]
    elif response.status_code == 405:
        # An address that only takes forms, and nobody said which page this one stood on.
        return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    elif (
        response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
    ):
        notice = render_to_string("accounts/_kept.html", request=request)
        page = response.content.decode()
        options = {"at": request.path, "action": kept["action"], "values": kept["values"], "notice": notice}
        if filled := refill(page, **options):
            del request.session[KEY]
            response.content = filled.encode()
    return response


@receiver(user_logged_in, dispatch_uid="a kept form is for nobody else")
def forget_of_others(sender: Any, *, request: Any, user: Any, **rest: Any) -> None:
    """Another member at the same browser does not carry it along."""
    if KEY in request.session and _kept(request.session, user=user) is None:
        del request.session[KEY]
