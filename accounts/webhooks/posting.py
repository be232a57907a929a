"""Sends one message to one address: to the IP address that was checked, without following anything it answers."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from accounts.webhooks import addresses
from accounts.webhooks.addresses import Target

# For each step, and for all of them together: who answers one byte a second must not hold a worker.
STEP_SECONDS, ALL_SECONDS = 5.0, 15.0


class NoAnswerError(Exception):
    """Nobody took the message: no connection, no trust in the certificate, no answer of the web in time."""


def post(url: str, *, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer, of which nothing else is read.

    Raises NoAnswerError, and what ``addresses`` raises for an address that may not be reached.
    """
    target = addresses.target_of(url)
    place = addresses.checked(target)
    connection = (_Encrypted if target.is_encrypted else _Plain)(target, place)
    try:
        with _ended_after(ALL_SECONDS, connection):
            connection.request("POST", target.path, body, {"Host": target.authority, **headers})
            return connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswerError(type(error).__name__) from error
    finally:
        connection.close()


class _Plain(http.client.HTTPConnection):
    """Speaks to the host by its name, and connects to the place that was checked."""

    def __init__(self, target: Target, place: str) -> None:
        super().__init__(target.host, target.port, timeout=STEP_SECONDS)
        self._place = place

    def connect(self) -> None:
        self.sock: Any = socket.create_connection((self._place, self.port), self.timeout)


class _Encrypted(_Plain):
    """The certificate has to be the name's, whatever place it leads to."""

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


@contextmanager
def _ended_after(seconds: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    def end() -> None:
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
