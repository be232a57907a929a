"""Signing in over the API: the tokens one by one, and everything that must not get in."""

import time
import uuid

import jwt
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.test import Client, TestCase

from accounts.access import sessions, tokens
from accounts.access.tokens import Use
from accounts.models import ApiSession, SecurityEvent

PASSWORD = "correct horse battery"
ME, LOGIN, REFRESH, LOGOUT, STATUS = (
    "/api/users/me",
    "/api/auth/login",
    "/api/auth/refresh",
    "/api/auth/logout",
    "/api/auth/status",
)


def post(client, url, body=None, **headers):
    return client.post(url, body or {}, content_type="application/json", headers=headers)


def sign_in(client, email="alice@example.org", password=PASSWORD, **more):
    return post(client, LOGIN, {"email": email, "password": password, **more})


@pytest.fixture
def program(alice) -> Client:
    client = Client()
    assert sign_in(client).status_code == 200
    return client


def holding(token, name="access_token"):
    client = Client()
    client.cookies[name] = token
    return client


def claims_of(client, use=Use.ACCESS):
    name = {Use.ACCESS: "access_token", Use.REFRESH: "refresh_token"}[use]
    return jwt.decode(client.cookies[name].value, options={"verify_signature": False})


def test_signing_in_sets_two_cookies_that_no_script_reads(program, settings):
    access, refresh = program.cookies["access_token"], program.cookies["refresh_token"]

    assert (access["max-age"], access["path"]) == (900, "/api/")
    assert (refresh["max-age"], refresh["path"]) == (7 * 24 * 60 * 60, "/api/auth/")
    assert access["httponly"]
    assert refresh["httponly"]
    assert (access["samesite"], refresh["samesite"]) == ("Strict", "Strict")
    assert program.get(ME).json()["email"] == "alice@example.org"


def test_on_https_the_cookies_are_secure(alice, settings):
    settings.SESSION_COOKIE_SECURE = True

    answer = sign_in(Client())

    assert answer.cookies["access_token"]["secure"]
    assert answer.cookies["refresh_token"]["secure"]


def test_the_answer_holds_no_token_and_stays_out_of_caches(alice):
    answer = sign_in(Client())

    assert answer.json() == {
        "user": {"id": alice.pk, "email": "alice@example.org", "name": "Alice"},
        "expires_in": 900,
    }
    assert "no-store" in answer["Cache-Control"]


def test_signing_in_is_written_down(program, alice):
    event = SecurityEvent.objects.get(event=SecurityEvent.Kind.SIGNED_IN)
    alice.refresh_from_db()

    assert (event.person, event.facts) == (alice.pk, {"way": "api"})
    assert alice.last_login is not None


@pytest.mark.parametrize(("email", "password"), [("alice@example.org", "wrong one"), ("nobody@example.org", PASSWORD)])
def test_wrong_is_the_same_for_a_known_and_an_unknown_address(alice, email, password):
    answer = sign_in(Client(), email, password)

    assert answer.status_code == 401
    assert answer.json()["detail"] == "Address and password do not belong together. Check both."
    assert not answer.cookies


def test_an_unconfirmed_address_gets_a_link_and_no_token(alice, visitor, mailoutbox):
    alice.emailaddress_set.update(verified=False)

    answer = sign_in(visitor)

    assert answer.status_code == 403
    assert "Confirm your e-mail address first" in answer.json()["detail"]
    assert not answer.cookies
    assert not ApiSession.objects.exists()
    assert [message.to for message in mailoutbox] == [["alice@example.org"]]


def test_whoever_is_locked_out_does_not_get_in(alice):
    alice.is_active = False
    alice.save()

    assert sign_in(Client()).status_code == 401


def test_after_five_wrong_passwords_the_right_one_has_to_wait(alice):
    for _try in range(5):
        assert sign_in(Client(), password="wrong").status_code == 401

    answer = sign_in(Client())

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert not answer.cookies


@pytest.mark.parametrize(
    "body", [{}, {"email": "alice@example.org"}, {"email": "x", "password": "y"}, {"email": 1, "password": 2}]
)
def test_what_is_no_sign_in_is_422_with_the_fields(alice, body):
    answer = post(Client(), LOGIN, body)

    assert answer.status_code == 422
    assert answer.json()["errors"].keys() <= {"email", "password"}


def forged(claims, key=None, algorithm="HS256", **changes):
    return jwt.encode({**claims, **changes}, django_settings.JWT_KEY if key is None else key, algorithm)


def without(claims, name):
    return {key: value for key, value in claims.items() if key != name}


FORGERIES = {
    "no algorithm": lambda claims: forged(claims, key="", algorithm="none"),
    "another algorithm": lambda claims: forged(claims, algorithm="HS512"),
    "another key": lambda claims: forged(claims, key="k" * 40),
    "the key of the pages": lambda claims: forged(claims, key=django_settings.SECRET_KEY),
    "expired": lambda claims: forged(claims, iat=1, exp=int(time.time()) - 1),
    "no end": lambda claims: forged(without(claims, "exp")),
    "no sign-in": lambda claims: forged(without(claims, "sid")),
    "no use": lambda claims: forged(without(claims, "typ")),
    "the other use": lambda claims: forged(claims, typ="refresh"),
    "the other audience": lambda claims: forged(claims, aud="batua-refresh"),
    "both audiences": lambda claims: forged(claims, aud=["batua-access", "batua-refresh"]),
    "another issuer": lambda claims: forged(claims, iss="somebody"),
    "another person": lambda claims: forged(claims, sub="999"),
    "no number": lambda claims: forged(claims, sub="alice"),
    "another sign-in": lambda claims: forged(claims, sid=str(uuid.uuid4())),
    "no UUID": lambda claims: forged(claims, sid="1"),
    "made tomorrow": lambda claims: forged(claims, iat=int(time.time()) + 3600),
    "a tail cut off": lambda claims: forged(claims)[:-2],
    "nothing": lambda _claims: "",
    "two dots": lambda _claims: "a.b.c",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_token_that_is_not_ours_and_in_order_lets_nobody_in(program, name):
    token = FORGERIES[name](claims_of(program))

    assert holding(token).get(ME).status_code == 401
    assert program.get(ME).status_code == 200, "what is in order still gets in"


def test_a_refresh_token_is_no_access_token_and_the_other_way_round(program):
    access, refresh = program.cookies["access_token"].value, program.cookies["refresh_token"].value

    assert holding(refresh).get(ME).status_code == 401
    assert post(holding(access, "refresh_token"), REFRESH).status_code == 401


def test_a_token_of_a_sign_in_is_no_personal_token(program):
    headers = {"Authorization": f"Bearer {program.cookies['access_token'].value}"}

    assert Client().get(ME, headers=headers).status_code == 401


def test_refreshing_sets_both_cookies_anew_and_the_week_begins_again(program):
    before = claims_of(program, Use.REFRESH)
    ApiSession.objects.update(expires_at="2030-01-01T00:00:00Z")

    answer = post(program, REFRESH)

    assert answer.status_code == 200
    assert claims_of(program, Use.REFRESH)["jti"] != before["jti"]
    assert claims_of(program, Use.REFRESH)["sid"] == before["sid"]
    assert program.get(ME).status_code == 200


def test_a_refresh_token_used_twice_ends_the_sign_in_for_both(program, alice):
    thief = holding(program.cookies["refresh_token"].value, "refresh_token")
    assert post(program, REFRESH).status_code == 200

    again = post(thief, REFRESH)

    assert again.status_code == 401
    assert again.cookies["access_token"].value == ""
    assert program.get(ME).status_code == 401
    assert post(program, REFRESH).status_code == 401
    event = SecurityEvent.objects.get(event=SecurityEvent.Kind.SESSION_ENDED)
    assert (event.person, event.facts) == (alice.pk, {"way": "token reused"})


def test_the_end_of_one_sign_in_is_not_the_end_of_another(program):
    other = Client()
    sign_in(other)
    post(program, LOGOUT)

    assert other.get(ME).status_code == 200


def test_signing_out_ends_the_tokens_at_once_and_takes_the_cookies_back(program):
    access, refresh = program.cookies["access_token"].value, program.cookies["refresh_token"].value

    answer = post(program, LOGOUT)

    assert answer.status_code == 200
    assert (answer.cookies["access_token"].value, answer.cookies["refresh_token"].value) == ("", "")
    assert holding(access).get(ME).status_code == 401
    assert post(holding(refresh, "refresh_token"), REFRESH).status_code == 401


def test_signing_out_works_with_the_refresh_token_alone_and_with_none(program):
    access = program.cookies["access_token"].value

    assert post(holding(program.cookies["refresh_token"].value, "refresh_token"), LOGOUT).status_code == 200
    assert holding(access).get(ME).status_code == 401
    assert post(Client(), LOGOUT).status_code == 200


@pytest.mark.parametrize("way", ["on the page", "on the shell"])
def test_another_password_ends_every_sign_in(program, alice, as_alice, way):
    if way == "on the page":
        as_alice.post(
            "/accounts/password/change/",
            {"oldpassword": PASSWORD, "password1": "a better one of mine", "password2": "a better one of mine"},
        )
    else:
        alice.set_password("a better one of mine")
        alice.save()

    assert program.get(ME).status_code == 401
    assert post(program, REFRESH).status_code == 401
    assert sign_in(Client(), password="a better one of mine").status_code == 200


def test_whoever_is_locked_out_later_is_out(program, alice):
    alice.is_active = False
    alice.save()

    assert program.get(ME).status_code == 401
    assert post(program, REFRESH).status_code == 401


def test_a_sign_in_that_nobody_renews_ends_after_a_week(program):
    ApiSession.objects.update(expires_at="2026-01-01T00:00:00Z")

    assert program.get(ME).status_code == 401
    assert post(program, REFRESH).status_code == 401


def test_a_sign_in_ends_after_ninety_days_however_often_it_is_renewed(program):
    session = ApiSession.objects.get()
    ApiSession.objects.update(created_at=session.created_at - sessions.LONGEST)

    assert post(program, REFRESH).status_code == 200
    assert post(program, REFRESH).status_code == 401


def redis(url):
    options = {"SOCKET_CONNECT_TIMEOUT": 0.5, "SOCKET_TIMEOUT": 0.5}
    return {
        "default": {"BACKEND": "batua.cache.FailoverCache", "LOCATION": url, "OPTIONS": options},
        "sessions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }


def test_what_ended_is_listed_in_redis_and_refused_without_asking_the_database(
    alice, settings, redis_url, django_assert_num_queries
):
    settings.CACHES = redis(redis_url)
    client = Client()
    sign_in(client)
    access = client.cookies["access_token"].value
    post(client, LOGOUT)

    with django_assert_num_queries(0):
        assert holding(access).get(ME).status_code == 401


def test_an_emptied_redis_lets_nobody_back_in(alice, settings, redis_url):
    settings.CACHES = redis(redis_url)
    client = Client()
    sign_in(client)
    access = client.cookies["access_token"].value
    post(client, LOGOUT)
    caches["default"].clear()

    assert holding(access).get(ME).status_code == 401


def test_without_redis_who_is_in_stays_in_and_who_is_out_stays_out(program, settings):
    other = Client()
    sign_in(other)
    settings.CACHES = redis("unix:///nonexistent/redis.sock?db=0")
    access = program.cookies["access_token"].value

    assert program.get(ME).status_code == 200
    assert post(program, LOGOUT).status_code == 200
    assert holding(access).get(ME).status_code == 401
    assert other.get(ME).status_code == 200


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://testserver.evil.example"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_can_neither_use_nor_set_the_cookies(program, headers):
    change = program.patch(ME, {"name": "Eve"}, content_type="application/json", headers=headers)
    answers = [change, post(program, REFRESH, **headers), post(program, LOGOUT, **headers)]
    answers.append(post(Client(), LOGIN, {"email": "alice@example.org", "password": PASSWORD}, **headers))

    assert [answer.status_code for answer in answers] == [403] * 4
    assert program.get(ME).json()["name"] == "Alice"


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}])
def test_our_own_pages_and_programs_can(program, headers):
    answer = program.patch(ME, {"name": "Alice B"}, content_type="application/json", headers=headers)

    assert answer.status_code == 200
    assert answer.json()["name"] == "Alice B"


def test_the_status_is_never_an_error(program, alice):
    said = program.get(STATUS).json()

    assert said["authenticated"]
    assert said["user"]["email"] == "alice@example.org"
    nobody = {"authenticated": False, "user": None}
    assert Client().get(STATUS).json() == nobody
    assert holding("a.b.c").get(STATUS).json() == nobody
    assert Client().get(STATUS, headers={"Authorization": "Bearer x"}).json() == nobody


def test_a_person_who_leaves_takes_the_sign_ins_along(program, alice):
    alice.delete()

    assert program.get(ME).status_code == 401
    assert not ApiSession.objects.exists()


def test_an_access_token_lives_for_a_quarter_of_an_hour(program):
    claims = claims_of(program)

    assert claims["exp"] - claims["iat"] == tokens.ACCESS_SECONDS == 900


def test_a_program_that_signs_in_from_elsewhere_is_told_by_mail(program, alice, mailoutbox):
    abroad = Client(REMOTE_ADDR="203.0.113.9")

    sign_in(Client())
    at_home = len(mailoutbox)
    with TestCase.captureOnCommitCallbacks(execute=True):
        sign_in(abroad)
    with TestCase.captureOnCommitCallbacks(execute=True):
        sign_in(abroad)

    assert at_home == 0
    assert [(letter.subject, letter.to) for letter in mailoutbox] == [
        ("A new device signed in to your books", [alice.email])
    ]
    assert "203.0.113.9" in mailoutbox[0].body
