"""The doors of the API: who a request comes from, and whether they may do what it asks.

``PERSON`` lets anybody in who is known; ``MEMBER`` also asks for books, and lets nobody write who may only look.
``LOOKING`` asks for books only: for what is looked at with a POST, because the question needs a body.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from ninja.security.base import AuthBase

from accounts.access import cookies, personal, sessions
from accounts.access.tokens import Claims, Use
from accounts.middleware import ONLY_LOOKING, membership_of, zone_of
from accounts.models import User
from batua import limits
from batua.rest import origins
from batua.rest.problems import Problem

_NO_HOUSEHOLD = gettext_lazy("You belong to no household yet. Open Batua in a browser to start one.")
_NOT_THEIRS = gettext_lazy("X-Household names no household of yours. GET /api/users/me lists them.")
_READS_ONLY = gettext_lazy("This token may only look. Make one that may change things on your profile.")
_UNKNOWN_TOKEN = gettext_lazy("This token does not work: it is mistyped, expired or revoked. Your profile lists yours.")

# A script in a hurry; and whoever tries tokens, from one address.
REQUESTS = limits.Limit("api-token", 600, 60)
WRONG_TOKENS = limits.Limit("api-wrong-token", 30, 60)


class By(Enum):
    """What a request showed at the door."""

    TOKEN = "token"
    COOKIE = "cookie"
    SESSION = "session"


@dataclass(frozen=True)
class Caller:
    """Who asks, by what, and whether that may change anything."""

    user: User
    by: By
    claims: Claims | None = None
    may_write: bool = True


def identify(request: Any) -> Caller | None:
    """Who this request comes from, worked out once. Sets its user, household, membership and clock. Raises Problem.

    A personal token counts alone. Else it is the cookie of a sign-in, else the session of the pages.
    """
    if not hasattr(request, "caller"):
        if "Authorization" in request.headers:
            request.caller = _by_token(request)
        else:
            request.caller = _by_cookie(request) or _by_session(request)
        if request.caller:
            _seat(request, request.caller)
    caller: Caller | None = request.caller
    return caller


def _by_token(request: Any) -> Caller:
    scheme, _space, token = request.headers["Authorization"].partition(" ")
    address = limits.address_of(request)
    refuse_hurry(limits.wait_for(WRONG_TOKENS, address))
    row = personal.find(token.strip()) if scheme.lower() == "bearer" else None
    if row is None:
        limits.take(WRONG_TOKENS, address)
        raise Problem(401, _UNKNOWN_TOKEN, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
    refuse_hurry(limits.take(REQUESTS, f"token:{row.pk}"))
    return Caller(row.user, By.TOKEN, may_write=row.may_write)


def _by_cookie(request: Any) -> Caller | None:
    claims = cookies.claims(request, Use.ACCESS)
    person = claims and sessions.person_of(claims, request=request)
    if not person:
        return None
    origins.refuse_foreign(request)
    return Caller(person, By.COOKIE, claims=claims)


def _by_session(request: Any) -> Caller | None:
    if not request.user.is_authenticated:
        return None
    origins.refuse_without_token(request)
    return Caller(request.user, By.SESSION)


def refuse_hurry(wait: int) -> None:
    """Raises Problem 429 when there are seconds to wait."""
    if wait:
        raise Problem(429, headers={"Retry-After": str(wait)})


def _seat(request: Any, caller: Caller) -> None:
    # The log reads the user where Django keeps it.
    request.user = request._cached_user = caller.user
    request.membership = _membership(request, caller)
    request.household = request.membership.household if request.membership else None
    # The middleware puts the clock back after the request.
    timezone.activate(zone_of(caller.user) or timezone.get_default_timezone())


def _membership(request: Any, caller: Caller) -> Any:
    wanted = request.headers.get("X-Household")
    if wanted is None:
        return request.membership if caller.by is By.SESSION else membership_of(caller.user)
    membership = membership_of(caller.user, int(wanted)) if wanted.isascii() and wanted.isdecimal() else None
    if membership is None or str(membership.household_id) != wanted:
        raise Problem(404, _NOT_THEIRS)
    return membership


def _admits_persons(request: Any, caller: Caller) -> None:
    """Whoever is known comes in."""
    if request.method not in origins.SAFE and not caller.may_write:
        raise Problem(403, _READS_ONLY)


def _admits_lookers(request: Any, _caller: Caller) -> None:
    if request.membership is None:
        raise Problem(403, _NO_HOUSEHOLD)


def _admits_members(request: Any, caller: Caller) -> None:
    _admits_persons(request, caller)
    _admits_lookers(request, caller)
    if request.method not in origins.SAFE and not request.membership.may_write:
        raise Problem(403, ONLY_LOOKING)


class Door(AuthBase):
    """One way in; ninja tries those of a route in turn."""

    by: By

    def __init__(self, admits: Callable[[Any, Caller], None]) -> None:
        super().__init__()
        self.admits = admits

    def __call__(self, request: Any) -> Caller | None:
        caller = identify(request)
        if caller is None or caller.by is not self.by:
            return None
        self.admits(request, caller)
        return caller


class PersonalToken(Door):
    """For scripts: a token made on the profile, sent as ``Authorization: Bearer``."""

    by = By.TOKEN
    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "A personal token, made on your profile."


class SignInCookie(Door):
    """For clients with a cookie jar: what ``POST /api/auth/login`` set."""

    by = By.COOKIE
    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = cookies.ACCESS
    openapi_description = "Set by POST /api/auth/login, for 15 minutes; POST /api/auth/refresh sets the next."


class PageSession(Door):
    """A member signed in on the pages; their writes carry the CSRF token."""

    by = By.SESSION
    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"
    openapi_description = "The session of the pages. Writes send the csrftoken cookie's value as X-CSRFToken."


DOORS = (PersonalToken, SignInCookie, PageSession)
PERSON = [door(_admits_persons) for door in DOORS]
MEMBER = [door(_admits_members) for door in DOORS]
LOOKING = [door(_admits_lookers) for door in DOORS]
