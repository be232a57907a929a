"""A mail as its writer sees it: words, what happened, one link to follow. Text and HTML are made of the same words.

What each mail says is not known here, nor how it travels.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from batua import mail_queue


@dataclass(frozen=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True)
class Fact:
    """One line of what happened: its name and what it was."""

    name: str
    value: str


@dataclass(frozen=True)
class Letter:
    """Paragraphs, what happened, what is asked of the reader and where; ``more`` are links of less weight."""

    subject: str
    opening: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    request: str = ""
    link: Link | None = None
    closing: tuple[str, ...] = ()
    more: tuple[Link, ...] = ()


def at_our_address(path: str) -> str:
    """Links begin with SITE_URL, never with a Host header."""
    return f"{settings.SITE_URL}{path}"


def written(letter: Letter, *, to: str) -> EmailMultiAlternatives:
    """The mail, ready to be sent; a line break cannot get into its head."""
    subject = " ".join(letter.subject.split())
    message = EmailMultiAlternatives(subject, _as_text(letter), to=[to])
    html = render_to_string("mail/letter.html", {"letter": letter, "site_url": settings.SITE_URL})
    message.attach_alternative(html, "text/html")
    return message


def post(letter: Letter, *, to: str) -> None:
    """Sends the letter once what it tells of is saved."""
    mail_queue.post(written(letter, to=to))


def _as_text(letter: Letter) -> str:
    facts = "\n".join(f"{fact.name}: {fact.value}" for fact in letter.facts)
    link = _link(letter.link) if letter.link else ""
    sign_off = f"Batua, {settings.SITE_URL}"
    parts = [*letter.opening, facts, letter.request, link, *letter.closing, *map(_link, letter.more), sign_off]
    return "\n\n".join(part for part in parts if part)


def _link(link: Link) -> str:
    return f"{link.label}:\n{link.address}"
