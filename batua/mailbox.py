"""A page that shows the mails of local mode, newest first, so that a newcomer can click the verification link."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

SHOWN = 20
_LINK = re.compile(r"(https?://\S+)")


@dataclass(frozen=True)
class Line:
    """What stands before a link, and the link; either may be empty."""

    words: str
    link: str = ""


@dataclass(frozen=True)
class Mail:
    subject: str
    to: str
    sent_at: datetime | None
    lines: tuple[Line, ...]


@login_not_required
@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    newest = sorted(Path(settings.MAIL_DIR).glob("*.eml"), reverse=True)[:SHOWN]
    return render(request, "mailbox.html", {"mails": [_read(path) for path in newest]})


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    date = message["Date"]
    return Mail(
        subject=str(message["Subject"]),
        to=str(message["To"]),
        sent_at=date.datetime if date else None,
        lines=tuple(line for written in text.splitlines() if written.strip() for line in _lines(written)),
    )


def _lines(written: str) -> list[Line]:
    """The words of a line and each of its links, in order: every other piece of the split is a link."""
    pieces = _LINK.split(written)
    return [
        Line(words.strip(), link)
        for words, link in zip(pieces[::2], [*pieces[1::2], ""], strict=True)
        if words.strip() or link
    ]
