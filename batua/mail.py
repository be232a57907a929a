"""Where mail goes: to this machine's own mailbox in local mode, through Resend in production.

What a mail says is not known here.
"""

import base64
import logging
import random
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests
import resend
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.db import transaction
from resend.exceptions import ResendError
from resend.http_client import HTTPClient

from batua import metrics

log = logging.getLogger("batua.mail")
_senders = ThreadPoolExecutor(4, thread_name_prefix="mail")


def post(message: EmailMessage) -> None:
    """Sends a mail once what it tells of is saved; one that has to cross the network keeps no request waiting.

    So nobody can tell by the time of an answer whether a mail was sent. A mail that cannot be sent is logged.
    """
    message.connection = get_connection()
    if getattr(message.connection, "crosses_the_network", False):
        transaction.on_commit(lambda: _senders.submit(_send_or_log, message))
    else:
        transaction.on_commit(lambda: message.send())


def _send_or_log(message: EmailMessage) -> int:
    try:
        return message.send()
    except Exception as error:
        log.error("A mail was not sent: %s: %s", type(error).__name__, error)
        raise


class LocalMailbox(ConsoleBackend):
    """Prints each mail as a person reads it and keeps it as a file, so that a newcomer can open it at /mail/."""

    def write_message(self, message: EmailMessage) -> None:
        lines = [f"To: {', '.join(message.to)}", f"Subject: {message.subject}", "", str(message.body).strip()]
        self.stream.write("\n".join(["", *(f"  | {line}" for line in "\n".join(lines).splitlines()), "", ""]))
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"{time.time_ns()}-{uuid.uuid4().hex[:8]}.part"
        unfinished.write_bytes(message.message().as_bytes())
        unfinished.rename(unfinished.with_suffix(".eml"))


class _Client(HTTPClient):  # type: ignore[misc]
    """One connection and short time-outs: the SDK's own opens a connection for each mail and waits 30 s."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.trust_env = False

    def request(
        self, method: str, url: str, headers: Any, json: Any = None, files: Any = None, data: Any = None
    ) -> tuple[bytes, int, Any]:
        answer = self.session.request(
            method, url, headers=headers, json=json, files=files, data=data, timeout=(3.05, 10), allow_redirects=False
        )
        return answer.content, answer.status_code, answer.headers


class ResendBackend(BaseEmailBackend):
    """Sends through Resend; tries three times under one idempotency key, so no mail goes out twice."""

    TRIES, PAUSE = 3, 0.3
    crosses_the_network = True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        resend.api_key = settings.RESEND_API_KEY
        resend.api_url = settings.RESEND_API_URL or "https://api.resend.com"
        resend.default_http_client = _Client()
        return sum(self._send(message) for message in email_messages if message.recipients())

    def _send(self, message: EmailMessage) -> int:
        mail, key = _as_resend(message), uuid.uuid4().hex
        for attempt in range(1, self.TRIES + 1):
            try:
                resend.Emails.send(mail, {"idempotency_key": key})
            except ResendError as error:
                if attempt == self.TRIES or not _may_pass(error):
                    metrics.mail_failed()
                    if self.fail_silently:
                        return 0
                    raise
                time.sleep(self._pause(error, attempt))
            else:
                metrics.mail_sent()
                return 1
        return 0

    def _pause(self, error: ResendError, attempt: int) -> float:
        asked: str = {name.lower(): value for name, value in error.headers.items()}.get("retry-after", "")
        if asked.isdigit():
            return min(2.0, float(asked))
        return float(self.PAUSE * 2 ** (attempt - 1) * (0.5 + random.random()))


def _may_pass(error: ResendError) -> bool:
    return error.error_type == "HttpClientError" or int(error.code) == 429 or int(error.code) >= 500


def _as_resend(message: EmailMessage) -> Any:
    alternatives = getattr(message, "alternatives", [])
    written = "html" if message.content_subtype == "html" else "text"
    mail = {
        "from": message.from_email,
        "to": message.to,
        "cc": message.cc,
        "bcc": message.bcc,
        "reply_to": message.reply_to,
        "subject": message.subject,
        "html": next((part[0] for part in alternatives if part[1] == "text/html"), None),
        written: message.body,
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "attachments": [_attachment(part) for part in message.attachments if isinstance(part, tuple)],
    }
    return {name: value for name, value in mail.items() if value}


def _attachment(part: Any) -> dict[str, str]:
    name, content, kind = part
    encoded = content if isinstance(content, bytes) else content.encode()
    return {"filename": name, "content": base64.b64encode(encoded).decode(), "content_type": kind}
