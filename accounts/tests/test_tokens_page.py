"""The page of personal tokens: made after the password, shown once, revoked by who made them."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from accounts.access import personal
from accounts.models import PersonalToken
from accounts.tests.test_factors import SECRET

TOKENS = "/profile/tokens/"
SCRIPT = {"name": "Backup on the NAS", "scope": "read", "days": "30"}
SHOWN = re.compile(r'value="(batua_pat_[\w-]+)"')


def prove(client, password="correct horse battery"):
    return client.post("/accounts/reauthenticate/?next=/profile/tokens/", {"password": password})


def test_a_token_is_made_after_the_password_and_shown_once(as_alice, alice):
    asked = as_alice.post(TOKENS, SCRIPT)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not PersonalToken.objects.exists()

    shown = prove(as_alice)

    page = shown.content.decode()
    token = SHOWN.search(page)[1]
    assert "Backup on the NAS" in page
    assert shown["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert personal.find(token).user == alice
    assert not SHOWN.search(as_alice.get(TOKENS).content.decode())


def test_with_a_wrong_password_there_is_no_token(as_alice):
    as_alice.post(TOKENS, SCRIPT)
    prove(as_alice, "wrong")

    assert not PersonalToken.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 61}, {"scope": "all"}, {"days": "9999"}, {"days": ""}])
def test_what_cannot_be_is_refused_before_the_password_is_asked_for(as_alice, wrong):
    answer = as_alice.post(TOKENS, SCRIPT | wrong)

    assert answer.status_code == 422
    assert 'class="field__error"' in answer.content.decode()


def test_tokens_are_listed_with_what_they_may_and_until_when(as_alice, alice):
    row, _token = personal.make(user=alice, name="Phone", scope="write", days=7)

    page = as_alice.get(TOKENS).content.decode()

    assert "Phone" in page
    assert "Look and change" in page
    assert f"…{row.ending}" in page
    assert "never used" in page


def test_a_revoked_token_is_off_the_list_and_opens_nothing(as_alice, alice):
    row, token = personal.make(user=alice, name="Phone", scope="write", days=7)

    page = as_alice.post(reverse("accounts:token-revoke", args=[row.pk]), follow=True).content.decode()

    assert "“Phone” is revoked." in page
    assert "Look and change ·" not in page
    assert personal.find(token) is None


def test_bob_neither_sees_nor_revokes_alices_tokens(as_bob, alice):
    row, token = personal.make(user=alice, name="Phone", scope="write", days=7)

    assert "Phone" not in as_bob.get(TOKENS).content.decode()
    assert as_bob.post(reverse("accounts:token-revoke", args=[row.pk])).status_code == 404
    assert personal.find(token) is not None


def test_a_viewer_has_tokens_of_their_own(as_viewer, viewer):
    as_viewer.post(TOKENS, SCRIPT)
    prove(as_viewer)

    assert PersonalToken.objects.get().user == viewer


def test_somebody_who_signed_up_but_confirmed_nothing_gets_no_token(db, alice):
    alice.emailaddress_set.update(verified=False)
    client = Client()
    client.post("/accounts/login/", {"login": "alice@example.org", "password": "correct horse battery"})

    assert client.post(TOKENS, SCRIPT)["Location"].startswith("/accounts/login/")
    assert not PersonalToken.objects.exists()


def test_between_password_and_code_there_is_no_token(alice):
    TOTP.activate(alice, SECRET)
    client = Client()
    client.post("/accounts/login/", {"login": "alice@example.org", "password": "correct horse battery"})

    assert client.post(TOKENS, SCRIPT)["Location"].startswith("/accounts/login/")
    assert not PersonalToken.objects.exists()
