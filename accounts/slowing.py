"""How wrong passwords are slowed: the one who guesses waits, and the owner is not locked out with them.

A browser that signed in to the account before is counted by itself, every other one by its address. On top of that
all strangers together have a limit, so that many addresses guess no faster than one.
"""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import audit, waiting
from accounts.models import SignIn
from accounts.sign_ins import device_of
from batua import limits
from batua.client_address import client_address

PROOFS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}
STRANGERS = limits.Limit("failed-sign-in", 50, 15 * 60)


class SlowedDoor:
    """The part of allauth's account adapter that knows who is at the door. Goes before the adapter's own class."""

    error_messages: dict[str, Any]

    def get_client_ip(self, request: HttpRequest) -> str:
        # allauth's own refuses who comes without an address, and breaks where a proxy was left out.
        return client_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """allauth keeps five failures within five minutes for this key."""
        who = _known_device(request, **credentials) or limits.address_of(request)
        return f"{_address(**credentials)}:{who}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        is_stranger = not _known_device(request, **credentials)
        if is_stranger and (wait := limits.wait_for(STRANGERS, _address(**credentials))):
            waiting.note(request, wait)
            audit.record("too-many-tries", request=request)
            raise self.validation_error(waiting.TOO_MANY)
        super().pre_authenticate(request, **credentials)  # type: ignore[misc]

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        if not _known_device(request, **credentials):
            limits.take(STRANGERS, _address(**credentials))
        super().authentication_failed(request, **credentials)  # type: ignore[misc]

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Too often says until when."""
        if code != waiting.TOO_MANY:
            refusal: ValidationError = super().validation_error(code, *args)  # type: ignore[misc]
            return refusal
        told = {"time": limits.in_words(limits.wait_of(context.request))}
        return ValidationError(gettext("That was wrong too often. Wait %(time)s, then try again.") % told, code=code)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)  # type: ignore[misc]
        return [{**method, "description": PROOFS[method["id"]]} for method in methods]

    def is_reauthentication_required(self, *, app: str = "") -> bool:
        """Whoever came in a moment ago need not say it again."""
        asked = super().is_reauthentication_required(app=app)  # type: ignore[misc]
        return asked and not just_signed_in(context.request)


def just_signed_in(request: Any) -> bool:
    """Whether the sign-in itself is as fresh as a repeated one has to be."""
    records = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in records), default=0)
    return bool(time.time() - latest < account_settings.REAUTHENTICATION_TIMEOUT)


def _address(**credentials: Any) -> str:
    return str(credentials.get("email", "")).lower()


def _known_device(request: HttpRequest, **credentials: Any) -> str:
    """The mark of a browser that this account signed in with before. A browser without a mark costs no query."""
    device = device_of(request)
    known = device and SignIn.objects.filter(user__email=_address(**credentials), device=device).exists()
    return device if known else ""
