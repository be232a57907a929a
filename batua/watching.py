"""What machines ask: does it live (/healthz), may it have visitors (/readyz), how is it (/metrics).

They ask by the container's name or address, in plain HTTP, so these three are answered before hosts are judged
and HTTP is sent to HTTPS. Nothing here tells more than "ok" to somebody without the token.
"""

import hmac
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse

from batua import exposition

log = logging.getLogger("batua.watching")


class Watched:
    """Middleware in front of those that judge a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._answers: dict[str, Callable[[HttpRequest], HttpResponse]] = {
            "/healthz": _healthz,
            "/readyz": _Readiness(),
            "/metrics": _metrics,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._answers.get(request.path)
        if answer is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        response = answer(request)
        response["Cache-Control"] = "no-store"
        return response


def _healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; whether its neighbours do is not asked, or a dead database would have it restarted."""
    return JsonResponse({"status": "ok"})


def _metrics(request: HttpRequest) -> HttpResponse:
    wanted, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if not wanted or not hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        return HttpResponseNotFound()
    return HttpResponse(exposition.page(), content_type=exposition.CONTENT_TYPE)


class _Readiness:
    """Database, migrations, cache. A cache that is away is told, but keeps nobody out: memory stands in."""

    def __init__(self) -> None:
        self._is_migrated = False

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        parts = {"database": self._database(), "migrations": "unknown", "cache": _cache()}
        if parts["database"] == "ok":
            parts["migrations"] = self._migrations()
        is_ready = parts["database"] == parts["migrations"] == "ok"
        return JsonResponse({"status": "ok" if is_ready else "not ready", **parts}, status=200 if is_ready else 503)

    def _database(self) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError as error:
            log.warning("The database is away: %s", error)
            return "away"
        return "ok"

    def _migrations(self) -> str:
        """Once all have run they stay so for this process: a new release is a new process."""
        if not self._is_migrated:
            executor = MigrationExecutor(connection)
            self._is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return "ok" if self._is_migrated else "missing"


def _cache() -> str:
    cache.get("readyz")  # notices a Redis that went away, and one that came back
    return "degraded" if getattr(cache, "is_away", False) else "ok"
