"""A stranger at the door, whose mails go out as they would after a real request."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, TestCase


class Browser(Client):
    """Runs what waits for the commit after each request: an ordinary test never commits."""

    def request(self, **request):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    cache.clear()


@pytest.fixture
def visitor(db) -> Browser:
    return Browser()


def link_in(message: mail.EmailMessage) -> str:
    """The path of the first link of a mail."""
    return re.search(r"http://testserver(/\S+)", message.body)[1]


def without_tokens(page: str) -> str:
    """A page without what differs each time: the tokens of its forms, the nonce of its scripts, the session's clock."""
    return re.sub(r'\b[0-9A-Za-z]{64}\b|nonce="[^"]*"|data-session-left="\d+"', "", page)
