"""Whose books are open: the active household of a request, the member's clock, and what a role may do."""

import zoneinfo
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from accounts import sign_ins, waiting
from accounts.models import Membership, User
from batua import limits, session_clock

SESSION_KEY = "household"
ONLY_LOOKING = gettext_lazy("You can look at these books, but only their owner and editors can change them.")
_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


def open_to_viewers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose writes concern the person alone, not the household's books."""
    view.open_to_viewers = True  # type: ignore[attr-defined]
    return view


def for_every_member(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose writes concern one member within a household: viewers may, who has no household may not."""
    view.for_every_member = True  # type: ignore[attr-defined]
    return view


def for_writers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose form is not even offered to those who may only look."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **options: Any) -> HttpResponse:
        if not request.membership.may_write:
            raise PermissionDenied(ONLY_LOOKING)
        return view(request, *args, **options)

    return guarded


class FollowedSession:
    """Ends a session whose days are over, and keeps the list of where a person is signed in up with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sign_ins.end_if_over(request)
        key, seen = request.session.session_key, request.session.get(session_clock.SEEN)
        response = self.get_response(request)
        renewed = request.session.get(session_clock.SEEN) != seen
        sign_ins.follow(request, response, key_before=key, renewed=renewed)
        return response


class RefusedForms:
    """allauth shows a form that it refused with 200; here that is 422, and 429 where it was sent too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        match = request.resolver_match
        is_theirs = match is not None and match.func.__module__.startswith("allauth.")
        if is_theirs and request.method == "POST" and response.status_code == HTTPStatus.OK:
            codes = _refusals(response.context_data or {})
            if waiting.TOO_MANY in codes:
                response.status_code = HTTPStatus.TOO_MANY_REQUESTS
                response["Retry-After"] = str(limits.wait_of(request))
            elif codes:
                response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


def _refusals(context: Mapping[str, Any]) -> set[str]:
    """The codes of all errors of all forms that were sent."""
    sent = [form for form in context.values() if isinstance(form, BaseForm) and form.is_bound]
    return {error.code or "" for form in sent for errors in form.errors.as_data().values() for error in errors}


class ActiveHousehold:
    """Sets ``request.household`` and ``request.membership``, and the time zone that "today" is read in.

    Closed by default: a viewer's write is refused, unless the view is marked ``for_every_member``, and who has no
    household is sent to start one; neither holds for a view that is marked ``open_to_viewers``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        user = request.user
        request.membership = membership_of(user, request.session.get(SESSION_KEY)) if user.is_authenticated else None
        request.household = request.membership.household if request.membership else None
        with timezone.override(zone_of(user) if user.is_authenticated else None):
            return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or _concerns_the_person_alone(view):
            return None
        if request.membership is None:
            start = resolve_url("household-start")
            return HttpResponseClientRedirect(start) if request.htmx else HttpResponseRedirect(start)
        may_write = request.membership.may_write or getattr(view, "for_every_member", False)
        if not may_write and request.method not in _SAFE:
            raise PermissionDenied(ONLY_LOOKING)
        return None


def _concerns_the_person_alone(view: Any) -> bool:
    own_pages = view.__module__.startswith(("allauth.", "django."))
    is_public = not getattr(view, "login_required", True)
    return own_pages or is_public or getattr(view, "open_to_viewers", False)


def membership_of(user: User, chosen: int | None = None) -> Membership | None:
    """The person's place in the household they chose, or in their first one."""
    of_user = Membership.objects.filter(user=user).select_related("household")
    memberships = {membership.household_id: membership for membership in of_user.order_by("pk")}
    return memberships.get(chosen or 0) or next(iter(memberships.values()), None)


def zone_of(user: User) -> zoneinfo.ZoneInfo | None:
    """The person's time zone, or None when nobody knows it."""
    try:
        return zoneinfo.ZoneInfo(user.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
