"""Nobody learns from the time of an answer who has an account: the same passwords are hashed, whatever the address."""

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import SecurityEvent


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Each password that was put through the hasher, for an answer or for nothing."""
    work = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def counted(self, password, salt, *more):
        work.append(password)
        return encode(self, password, salt, *more)

    monkeypatch.setattr(hasher, "encode", counted)
    return work


@pytest.mark.parametrize("address", ["alice@example.org", "ALICE@example.org", "nobody@example.org"])
def test_a_failed_sign_in_hashes_once(visitor, alice, hashed, address):
    hashed.clear()

    answer = visitor.post(reverse("account_login"), {"login": address, "password": "wrong"})

    assert hashed == ["wrong"]
    assert "Address and password do not belong together." in answer.content.decode()


def test_a_failed_sign_in_asks_the_database_as_often(visitor, alice):
    asked = []
    for address in ("alice@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            visitor.post(reverse("account_login"), {"login": address, "password": "wrong"})
        asked.append(len(queries))

    # An unknown address is looked for once more: a fraction of a millisecond beside the tens of a hash.
    assert abs(asked[0] - asked[1]) <= 1
    assert SecurityEvent.objects.filter(event="sign-in-failed").count() == 2
