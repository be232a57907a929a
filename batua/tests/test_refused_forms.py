"""What allauth refuses is said with 422, and what came too often with 429 and an honest Retry-After."""

import time

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from batua.tests.test_urls import ALL

THEIRS = [(name, path) for name, path in ALL if name.startswith(("account_", "mfa_"))]
LOGIN = "account_login"


@pytest.mark.parametrize("who", ["a stranger", "alice"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_no_page_of_allauths_says_that_a_refused_form_is_well(client, alice, who, headers):
    if who == "alice":
        client.post(reverse(LOGIN), {"login": "alice@example.org", "password": "correct horse battery"})
    answers = {}
    for name, path in THEIRS:
        cache.clear()
        cookies = client.cookies.output(header="", sep=";")
        with transaction.atomic():
            answers[name] = client.post(path, {"action_add": ""}, headers=headers).status_code
            # Signing out, too, is taken back for the next.
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies)

    assert {name for name, status in answers.items() if status == 200} == set()
    refused = {name for name, status in answers.items() if status == 422}
    at_the_door = {LOGIN, "account_signup", "account_reset_password"}
    behind_it = {"account_change_password", "account_email", "account_reauthenticate", "mfa_activate_totp"}
    assert refused >= (at_the_door if who == "a stranger" else behind_it)


def test_a_refused_form_comes_back_with_its_words(client, alice):
    answer = client.post(reverse(LOGIN), {"login": "alice@example.org", "password": "not the password"})

    assert answer.status_code == 422
    assert "do not belong together" in answer.content.decode()
    assert 'value="alice@example.org"' in answer.content.decode()
    assert "not the password" not in answer.content.decode()


def at(monkeypatch, moment):
    monkeypatch.setattr(time, "time", lambda: moment)


def test_who_failed_too_often_hears_until_when(client, alice, monkeypatch):
    now = 1_700_000_000.0
    wrong = {"login": "alice@example.org", "password": "not the password"}
    for number in range(5):
        at(monkeypatch, now + 10 * number)
        client.post(reverse(LOGIN), wrong)
    at(monkeypatch, now + 61)

    page = client.post(reverse(LOGIN), wrong)

    # The first of the five is five minutes old at 300.
    assert (page.status_code, page["Retry-After"]) == (429, "239")
    assert "That was wrong too often. Wait 4 minutes, then try again." in page.content.decode()


def test_a_program_hears_the_same(client, alice, monkeypatch):
    now = 1_700_000_000.0
    wrong = {"email": "alice@example.org", "password": "not the password"}
    for number in range(6):
        at(monkeypatch, now + 10 * number)
        answer = client.post(reverse("api:login"), wrong, content_type="application/json")

    assert (answer.status_code, answer["Retry-After"]) == (429, "250")


def test_a_limit_of_the_door_says_how_many_seconds_are_left(db, client, monkeypatch):
    now = 1_700_000_000.0
    for number in range(31):
        at(monkeypatch, now + number)
        answer = client.post(reverse(LOGIN), {"login": f"a{number}@example.org", "password": "x"})

    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert "Wait 30 seconds, then try again." in answer.content.decode()
