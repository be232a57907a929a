"""Signing up, confirming and getting a new password over the API: the same mails, and no word on who has an account."""

import re

import pytest
from allauth.account.models import EmailConfirmationHMAC
from django.test import Client

from accounts.models import ApiSession, PersonalToken, User

REGISTER, VERIFY = "/api/auth/register", "/api/auth/verify-email"
FORGOT, RESET, LOGIN = "/api/auth/forgot-password", "/api/auth/reset-password", "/api/auth/login"
NEW = {"email": "new@example.org", "password": "correct horse battery"}


def post(client, url, body):
    return client.post(url, body, content_type="application/json")


def key_in(message):
    """What stands in a link of ours."""
    return re.search(r"/(?:confirm-email|key)/([^/\s]+)/", message.body)[1]


def test_a_program_signs_up_confirms_and_signs_in(visitor, mailoutbox):
    answer = post(visitor, REGISTER, NEW | {"currency": "EUR", "month_start": 25})

    assert answer.status_code == 201
    assert "Look into your mailbox" in answer.json()["detail"]
    assert post(visitor, LOGIN, NEW).status_code == 403
    key = key_in(mailoutbox[0])
    assert visitor.get(VERIFY, {"key": key}).json() == {"email": "new@example.org"}
    assert post(visitor, LOGIN, NEW).status_code == 403, "looking at a link confirms nothing"
    assert post(visitor, VERIFY, {"key": key}).json() == {"email": "new@example.org"}
    assert post(visitor, LOGIN, NEW).status_code == 200
    books = User.objects.get(email="new@example.org").households.get()
    assert (books.currency, books.month_start) == ("EUR", 25)


def test_nothing_of_it_is_left_in_the_browser(visitor):
    answer = post(visitor, REGISTER, NEW)

    assert not answer.cookies


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (NEW | {"password": "short"}, "password"),
        (NEW | {"password": "new@example.org"}, "password"),
        (NEW | {"email": "new"}, "email"),
        (NEW | {"currency": "XYZ"}, "currency"),
        (NEW | {"month_start": 29}, "month_start"),
        (NEW | {"is_staff": True}, "is_staff"),
        ({"email": "new@example.org"}, "password"),
    ],
)
def test_what_cannot_be_is_refused_by_field(visitor, body, field):
    answer = post(visitor, REGISTER, body)

    assert answer.status_code == 422
    assert answer.json()["errors"].keys() == {field}
    assert not User.objects.exists()


def test_a_taken_address_gets_the_same_answer_and_its_owner_a_mail(visitor, alice, mailoutbox):
    free = post(visitor, REGISTER, NEW)
    taken = post(visitor, REGISTER, NEW | {"email": "Alice@Example.org"})

    assert (taken.status_code, taken.content) == (free.status_code, free.content)
    assert [message.to for message in mailoutbox] == [["new@example.org"], ["alice@example.org"]]
    assert User.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "MQ:1a:b", "a" * 300, "a" * 301])
def test_a_link_that_is_not_ours_confirms_nothing(visitor, key):
    assert visitor.get(VERIFY, {"key": key}).status_code in {404, 422}
    assert post(visitor, VERIFY, {"key": key}).status_code in {404, 422}


def test_a_changed_address_is_confirmed_by_its_owner_on_the_page_only(visitor, alice):
    waiting = alice.emailaddress_set.create(email="typo@example.org")

    answer = post(visitor, VERIFY, {"key": EmailConfirmationHMAC.create(waiting).key})

    assert answer.status_code == 403
    assert "where you are signed in" in answer.json()["detail"]
    assert User.objects.get().email == "alice@example.org"


def test_a_forgotten_password_is_set_anew_once_and_everybody_is_out(visitor, alice, mailoutbox):
    old = Client()
    post(old, LOGIN, NEW | {"email": "alice@example.org"})
    PersonalToken.objects.create(user=alice, name="Script", digest="x", ending="abcd", expires_at="2030-01-01T00:00Z")
    assert post(visitor, FORGOT, {"email": "alice@example.org"}).status_code == 200
    body = {"key": key_in(mailoutbox[-1]), "password": "a better one of mine"}

    assert post(visitor, RESET, body).status_code == 200

    assert old.get("/api/users/me").status_code == 401
    assert not ApiSession.objects.live().exists()
    assert not PersonalToken.objects.live().exists()
    assert "before or is too old" in post(visitor, RESET, body).json()["errors"]["key"][0]
    assert post(Client(), LOGIN, {"email": "alice@example.org", "password": "a better one of mine"}).status_code == 200


def test_a_new_password_has_to_be_a_good_one(visitor, alice, mailoutbox):
    post(visitor, FORGOT, {"email": "alice@example.org"})

    answer = post(visitor, RESET, {"key": key_in(mailoutbox[-1]), "password": "short"})

    assert answer.status_code == 422
    assert answer.json()["errors"].keys() == {"password"}


def test_asking_for_a_new_password_says_nothing_about_who_has_an_account(visitor, alice, mailoutbox):
    known, unknown = (post(visitor, FORGOT, {"email": name}) for name in ("alice@example.org", "no@example.org"))

    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


@pytest.mark.parametrize("key", ["", "x", "1-abc-def", "-", "1-", "-x", " -x", "\0-x"])
def test_a_reset_link_that_is_not_ours_sets_nothing(visitor, alice, key):
    assert post(visitor, RESET, {"key": key, "password": "a better one of mine"}).status_code == 422


def test_asking_too_often_is_429_and_says_how_long_to_wait(visitor, alice):
    answers = [post(visitor, FORGOT, {"email": "alice@example.org"}) for _try in range(7)]

    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert answers[-1].json()["type"] == "urn:batua:too-many"
