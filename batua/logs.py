"""What a log line looks like: JSON for machines, plain words for a person at a terminal; secrets in neither."""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

_STANDARD = set(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
    "request",
    "server_time",
    "status_code",
}
_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
# No word of our own addresses is as long: what is may be the key of a link, cut or mistyped.
_LONG_PART = re.compile(r"[^/]{20,}")


@contextmanager
def of_request(request_id: str) -> Iterator[None]:
    """Every line that is logged within carries the request's id."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


def path_without_secrets(request: HttpRequest) -> str:
    """The path as it may be kept: links to confirm and to reset carry their key in it, and the route stands for it."""
    match = request.resolver_match
    if match is not None and match.route:
        return f"/{match.route}" if "<" in match.route else request.path
    if request.path.startswith(settings.STATIC_URL):
        return request.path
    return _LONG_PART.sub("…", request.path)


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _message(record: logging.LogRecord) -> str:
    """Django's own lines about a request name its path, with whatever secret is in it."""
    request = getattr(record, "request", None)
    message = record.getMessage()
    if isinstance(request, HttpRequest):
        return message.replace(request.path, path_without_secrets(request))
    return message


class JsonFormatter(logging.Formatter):
    """One JSON object a line; a traceback is one field, so a line stays a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if request_id := _request_id.get():
            line["request_id"] = request_id
        line |= _extras(record)
        if record.exc_info:
            line["exception"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, default=str, ensure_ascii=False)


class PlainFormatter(logging.Formatter):
    """Time, level and message; a request shows method, path, status and duration."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:<7} {message}", "%H:%M:%S", style="{")

    def format(self, record: logging.LogRecord) -> str:
        extras = _extras(record)
        line = super().format(record)
        if "route" not in extras:
            return line
        return line + " {method} {path} {status} {duration_ms} ms".format(
            **{**extras, "path": _one_line(extras["path"])}
        )

    def formatMessage(self, record: logging.LogRecord) -> str:
        """What somebody sent may hold line breaks: it does not look like a line of its own."""
        record.message = _message(record)
        return _one_line(super().formatMessage(record))


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
