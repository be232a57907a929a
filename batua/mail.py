"""Where mail goes: to this machine's own mailbox in local mode, through Resend in production.

What a mail says is not known here.
"""

import base64
import random
import re
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests
import resend
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from resend.exceptions import ResendError
from resend.http_client import HTTPClient

from batua import metrics

_ADDRESS = re.compile(r"[^\s<>\"'`]+@[^\s<>\"'`]+")


class MailError(Exception):
    """A mail the provider did not take: what was wrong, and the provider's own name for it; no address in it."""

    def __init__(self, words: str, *, name: str) -> None:
        super().__init__(words)
        self.name = name


class MailDelayed(MailError):
    """It may be taken later."""


class MailRefused(MailError):
    """It will not be taken as it is, however often it is tried."""


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
    """Short time-outs, no proxies or passwords from the environment: the SDK's own client waits 30 s."""

    TIMEOUT = (3.05, 10.0)

    def request(
        self, method: str, url: str, headers: Any, json: Any = None, files: Any = None, data: Any = None
    ) -> tuple[bytes, int, Any]:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                method,
                url,
                headers=headers,
                json=json,
                files=files,
                data=data,
                timeout=self.TIMEOUT,
                allow_redirects=False,
            )
        return answer.content, answer.status_code, answer.headers


class ResendBackend(BaseEmailBackend):
    """Sends through Resend; tries three times under one idempotency key, so no mail goes out twice."""

    TRIES, PAUSE = 3, 0.3

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._send(message) for message in email_messages if message.recipients())

    def _send(self, message: EmailMessage) -> int:
        try:
            self.deliver(as_resend(message), key=uuid.uuid4().hex)
        except MailError:
            if self.fail_silently:
                return 0
            raise
        return 1

    def deliver(self, mail: dict[str, Any], *, key: str) -> None:
        """Sends what ``as_resend`` made; whoever tries again later gives the same key."""
        resend.api_key = settings.RESEND_API_KEY
        resend.api_url = settings.RESEND_API_URL or "https://api.resend.com"
        resend.default_http_client = _Client()
        for attempt in range(1, self.TRIES + 1):
            try:
                resend.Emails.send(mail, {"idempotency_key": key})
            except ResendError as error:
                if attempt == self.TRIES or not _may_pass_at_once(error):
                    metrics.mail_failed()
                    # Without its cause: the words of the provider may hold an address, and a traceback is logged.
                    raise _in_our_words(error) from None
                time.sleep(self._pause(error, attempt))
            else:
                metrics.mail_sent()
                return

    def _pause(self, error: ResendError, attempt: int) -> float:
        asked: str = {name.lower(): value for name, value in error.headers.items()}.get("retry-after", "")
        if asked.isdigit():
            return min(2.0, float(asked))
        return float(self.PAUSE * 2 ** (attempt - 1) * (0.5 + random.random()))  # nosec B311 # spreads a pause


def _may_pass_at_once(error: ResendError) -> bool:
    return error.error_type == "HttpClientError" or int(error.code) == 429 or int(error.code) >= 500


def _in_our_words(error: ResendError) -> MailError:
    """What the operator can do about it. A key or a sender that is not accepted gets mended; then the mail goes out."""
    name, code = str(error.error_type), int(error.code)
    if name == "HttpClientError":
        return MailDelayed("Resend cannot be reached, or did not answer in time.", name="unreachable")
    if code in (401, 403):
        words = f"Resend does not accept the key in RESEND_API_KEY, or the sender in MAIL_FROM ({_words_of(error)})"
        return MailDelayed(words, name=name)
    if code == 409:
        return MailDelayed("Resend is sending this mail just now.", name=name)
    if code == 429:
        return MailDelayed("Resend takes no more mails for now: too many at once, or the day's are used up.", name=name)
    if code >= 500:
        return MailDelayed(f"Resend has a fault of its own ({code}).", name=name)
    return MailRefused(f"Resend refuses this mail ({code}): {_words_of(error)}", name=name)


def _words_of(error: ResendError) -> str:
    """The provider's words without the address that may be in them: they go into the log."""
    return _ADDRESS.sub("…", str(error))[:300]


def as_resend(message: EmailMessage) -> dict[str, Any]:
    """A mail as Resend's API takes it; JSON can hold it."""
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
