"""A page that shows the mails of local mode, newest first, so that a newcomer can click the verification link."""

import email
import email.policy
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

SHOWN = 20


@dataclass(frozen=True)
class Mail:
    """One mail; ``parts`` are its lines, each (text, address) with an address where the line is a link."""

    subject: str
    to: str
    sent: str
    lines: tuple[tuple[str, str], ...]


@login_not_required
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    folder = Path(settings.MAIL_DIR)
    newest = sorted(folder.glob("*.eml"), reverse=True)[:SHOWN] if folder.exists() else []
    return render(request, "mailbox.html", {"mails": [_read(path) for path in newest]})


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    lines = tuple(
        (line, found[0] if (found := re.findall(r"https?://\S+", line)) else "") for line in text.splitlines()
    )
    return Mail(str(message["Subject"]), str(message["To"]), str(message["Date"]), lines)
