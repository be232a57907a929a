"""The second factor at the door of the API: no token before it, and each code for one sign-in."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from accounts.models import ApiSession
from accounts.tests.test_api_sign_in import ME, sign_in
from accounts.tests.test_factors import SECRET, code


@pytest.fixture
def protected(alice):
    """Alice, whose books ask for a code of her app."""
    TOTP.activate(alice, SECRET)
    return alice


def test_the_password_alone_gives_no_token_to_who_has_a_second_factor(protected):
    answer = sign_in(Client())

    assert answer.status_code == 401
    assert answer.json()["errors"]["code"] == ["Send the code of your authenticator, or a recovery code."]
    assert not answer.cookies
    assert not ApiSession.objects.exists()


def test_a_code_opens_the_door_once(protected):
    once = code(SECRET)
    client = Client()

    assert sign_in(client, code=once).status_code == 200
    assert client.get(ME).status_code == 200
    again = sign_in(Client(), code=once)
    assert again.status_code == 401
    assert not again.cookies


def test_a_recovery_code_opens_it_too(protected):
    spare = RecoveryCodes.activate(protected).get_unused_codes()[0]

    assert sign_in(Client(), code=spare).status_code == 200
    assert sign_in(Client(), code=spare).status_code == 401


def test_a_code_without_the_password_opens_nothing(protected):
    assert sign_in(Client(), password="wrong", code=code(SECRET)).status_code == 401


def test_codes_cannot_be_guessed(protected):
    tries = [sign_in(Client(), code="000000").status_code for _try in range(6)]

    assert tries[0] == 401
    assert tries[-1] == 429
