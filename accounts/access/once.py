"""Idempotency-Key: a request that is sent again, because its answer got lost, is answered again and does nothing."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.decorators import decorate_view
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback

from accounts.access.doors import identify
from accounts.models import KeptAnswer
from batua.rest.problems import Problem

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
KEPT_FOR = timedelta(days=1)
_HEADERS = ("ETag", "Location")
_DESCRIBED = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A random word of your own, at most 200 characters. The same request with the same key is carried "
    "out once and answered the same for a day.",
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "example": "3f1c2a52-0a53-4f5f-9f0e-0c1b2d3e4f50",
}

Route = TypeVar("Route", bound=Callable[..., Any])


def once(route: Route) -> Route:
    """Stands right below ``@router.post(...)``: the route keeps its answer for a request with an Idempotency-Key.

    Route and answer are saved in one transaction, so there is never one without the other. Refusals are not kept.
    """
    contribute_operation_callback(route, _describe)
    wrapped: Route = decorate_view(_keeping)(route)
    return wrapped


def forget(*, now: datetime) -> None:
    """Answers are kept for a day; of whom no further one comes, they go here."""
    KeptAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()


def _describe(operation: Operation) -> None:
    operation.openapi_extra = {**(operation.openapi_extra or {})}
    operation.openapi_extra.setdefault("parameters", []).append(_DESCRIBED)


def _keeping(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(run)
    def keeping(request: Any, **options: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        fingerprint = _fingerprint(request) if key else ""
        # A stranger is turned away by the route itself.
        if not key or identify(request) is None:
            return run(request, **options)
        if len(key) > LONGEST_KEY or not key.isprintable():
            raise Problem(422, errors={HEADER: [_("A key has at most 200 printable characters.")]})
        with transaction.atomic():
            return _answer(request, key, fingerprint, lambda: run(request, **options))

    return keeping


def _answer(request: Any, key: str, fingerprint: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    answers = KeptAnswer.objects.filter(user=request.user)
    answers.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    # The same request arriving twice at once: the second waits here until the first is done.
    kept, is_new = answers.get_or_create(
        key=key, defaults={"user": request.user, "household": request.household, "fingerprint": fingerprint}
    )
    if not is_new:
        return _again(kept, fingerprint)
    response = run()
    if response.status_code >= 400:
        transaction.set_rollback(True)
        return response
    kept.status, kept.body = response.status_code, response.content.decode()
    kept.headers = {name: response[name] for name in _HEADERS if name in response}
    kept.save(update_fields=["status", "body", "headers"])
    return response


def _again(kept: KeptAnswer, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        raise Problem(422, errors={HEADER: [_("This key was used for another request. Take a new one.")]})
    headers = {**kept.headers, "Idempotency-Replayed": "true"}
    return HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8", headers=headers)


def _fingerprint(request: Any) -> str:
    # The body first: once a form was read from the stream, the bytes are gone.
    parts = [request.method, request.get_full_path(), request.headers.get("X-Household", "")]
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + request.body).hexdigest()
