"""The doors of the API: who a request comes from, and whether they may do what it asks.

``PERSON`` lets anybody in who is known; ``MEMBER`` also asks for books, and lets nobody write who may only look.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from ninja.security.base import AuthBase

from accounts.middleware import ONLY_LOOKING, membership_of, zone_of
from accounts.models import User
from batua.rest import origins
from batua.rest.problems import Problem

_NO_HOUSEHOLD = gettext_lazy("You belong to no household yet. Open Batua in a browser to start one.")
_NOT_THEIRS = gettext_lazy("X-Household names no household of yours. GET /api/users/me lists them.")


class By(Enum):
    """What a request showed at the door."""

    SESSION = "session"


@dataclass(frozen=True)
class Caller:
    """Who asks, and by what."""

    user: User
    by: By


def identify(request: Any) -> Caller | None:
    """Who this request comes from, worked out once. Sets its user, household, membership and clock. Raises Problem."""
    if not hasattr(request, "caller"):
        request.caller = _by_session(request)
        if request.caller:
            _seat(request, request.caller.user)
    caller: Caller | None = request.caller
    return caller


def _by_session(request: Any) -> Caller | None:
    if not request.user.is_authenticated:
        return None
    origins.refuse_without_token(request)
    return Caller(request.user, By.SESSION)


def _seat(request: Any, user: User) -> None:
    # The log reads the user where Django keeps it.
    request.user = request._cached_user = user
    request.membership = _membership(request, user)
    request.household = request.membership.household if request.membership else None
    # The middleware puts the clock back after the request.
    timezone.activate(zone_of(user) or timezone.get_default_timezone())


def _membership(request: Any, user: User) -> Any:
    wanted = request.headers.get("X-Household")
    if wanted is None:
        return request.membership or membership_of(user)
    membership = membership_of(user, int(wanted)) if wanted.isascii() and wanted.isdecimal() else None
    if membership is None or str(membership.household_id) != wanted:
        raise Problem(404, _NOT_THEIRS)
    return membership


def _admits_persons(_request: Any) -> None:
    """Whoever is known comes in."""


def _admits_members(request: Any) -> None:
    if request.membership is None:
        raise Problem(403, _NO_HOUSEHOLD)
    if request.method not in origins.SAFE and not request.membership.may_write:
        raise Problem(403, ONLY_LOOKING)


class Door(AuthBase):
    """One way in; ninja tries those of a route in turn."""

    by: By

    def __init__(self, admits: Callable[[Any], None]) -> None:
        super().__init__()
        self.admits = admits

    def __call__(self, request: Any) -> Caller | None:
        caller = identify(request)
        if caller is None or caller.by is not self.by:
            return None
        self.admits(request)
        return caller


class SessionCookie(Door):
    """A member signed in on the pages; their writes carry the CSRF token."""

    by = By.SESSION
    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"


DOORS = (SessionCookie,)
PERSON = [door(_admits_persons) for door in DOORS]
MEMBER = [door(_admits_members) for door in DOORS]
