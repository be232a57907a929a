"""Lets allauth's own flows run for a program: what they remember between pages is thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.cached_db import SessionStore


@contextmanager
def aside(request: Any) -> Iterator[None]:
    """Within it the request has a session and messages of no consequence; those of the pages come back after."""
    kept = request.session, request._messages
    # Never saved: only the middleware saves, and it sees the other one.
    request.session = SessionStore()
    request._messages = default_storage(request)
    try:
        yield
    finally:
        request.session, request._messages = kept
