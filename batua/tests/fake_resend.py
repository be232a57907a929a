"""A real HTTP server on loopback that answers as Resend does: what it is told to, one answer for each request."""

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from batua.mail import ResendBackend


class FakeResend(ThreadingHTTPServer):
    """Answers the next of ``answers``, a status or "slow", and keeps what it was sent."""

    def __init__(self, *answers: int | str) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.answers = list(answers)
        self.requests: list[tuple[dict, dict]] = []
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def keys(self) -> list[str]:
        return [headers["Idempotency-Key"] for headers, _body in self.requests]


class Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((dict(self.headers), body))
        status = self.server.answers.pop(0)
        if status == "slow":
            time.sleep(0.5)
            return
        fault = {"statusCode": status, "name": "fault", "message": f"{body['to'][0]} is no address"}
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status == 429:
            self.send_header("Retry-After", "1")
        self.end_headers()
        self.wfile.write(json.dumps({"id": "1"} if status == 200 else fault).encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def fake_resend(settings, monkeypatch) -> Iterator[Callable[..., FakeResend]]:
    """Starts a provider that gives these answers, and has every mail go to it."""
    monkeypatch.setattr(ResendBackend, "PAUSE", 0.01)
    settings.EMAIL_BACKEND = "batua.mail.ResendBackend"
    servers = []

    def start(*answers: int | str) -> FakeResend:
        servers.append(FakeResend(*answers))
        settings.RESEND_API_URL = f"http://127.0.0.1:{servers[-1].server_port}"
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
