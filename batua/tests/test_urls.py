"""Closed by default: every address sends a stranger to the login, unless it is on the list here."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Whoever adds a line here opens a door.
PUBLIC = {
    "api-docs",
    "accounts:landing",
    "accounts:guess",
    "accounts:send-verification",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_confirm_email",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
EXAMPLES = {
    "<int:pk>": "1",
    "<int:year>": "2026",
    "<int:month>": "11",
    "<int:day>": "10",
    "<slug:slug>": "a",
    "<uuid:uuid>": "00000000-0000-0000-0000-000000000001",
    "<path:object_id>": "1",
    "<path:url>": "x/",
    "<path:rest>": "x",
    "<int:content_type_id>": "1",
}


def addresses(patterns=None, before: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """Every name and a path for it, with an example for each part that varies."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, path, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", f"/{plain(path)}"


def plain(path: str) -> str:
    for part, example in EXAMPLES.items():
        path = path.replace(part, example)
    path = re.sub(r"\(\?P<app_label>[^)]*\)", "accounts", path)
    return (
        path.replace("^", "")
        .replace("$", "")
        .replace(r"(?P<key>[-:\w]+)", "MQ:1a:b")
        .replace(r"(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)", "1-abc-def")
        .replace("(?P<url>.*)", "nothing")
    )


ALL = sorted(set(addresses()))
CLOSED = [
    (name, path)
    for name, path in ALL
    # The admin's own way in leads to everyone's.
    # The API says 401 in JSON.
    if name not in PUBLIC and not name.startswith(("admin:", "api:"))
]
PUBLIC_API = {"api:openapi-json", "api:api-root", "api:nothing-here"} | {
    f"api:{name}" for name in ("register", "login", "refresh", "logout", "status", "link", "verify", "forgot", "reset")
}
API = [(name, path) for name, path in ALL if name.startswith("api:") and name not in PUBLIC_API]
ADMIN = [(name, path) for name, path in ALL if name.startswith("admin:")]


@pytest.mark.parametrize(("name", "path"), CLOSED, ids=[name for name, _path in CLOSED])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_login(db, client, method, name, path):
    answer = getattr(client, method)(path)

    assert answer.status_code == 302, f"{name} at {path} answers {answer.status_code} to a stranger"
    assert answer["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(("name", "path"), CLOSED, ids=[name for name, _path in CLOSED])
def test_a_strangers_htmx_is_told_without_a_page(db, client, name, path):
    answer = client.post(path, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize(("name", "path"), API, ids=[name for name, _path in API])
def test_the_api_tells_a_stranger_to_sign_in(db, client, name, path):
    said = {getattr(client, method)(path).status_code for method in ("get", "post", "put", "patch", "delete")}

    # A method that an address does not take is refused before anybody is asked who they are.
    assert 401 in said
    assert said <= {401, 405}


@pytest.mark.parametrize(("name", "path"), ADMIN, ids=[name for name, _path in ADMIN])
def test_the_support_desk_is_closed_to_strangers(db, client, name, path):
    answer = client.get(path, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(("name", "path"), ADMIN, ids=[name for name, _path in ADMIN])
def test_the_support_desk_is_closed_to_members(as_alice, name, path):
    assert as_alice.get(path, follow=True).status_code in {403, 404} or name == "admin:logout"


def test_the_list_of_open_doors_names_only_doors_there_are():
    assert {name for name, _path in ALL} >= PUBLIC | PUBLIC_API


@pytest.mark.parametrize(("name", "path"), [one for one in ALL if one[0] in PUBLIC])
def test_an_open_door_shows_a_stranger_nothing_of_the_books(db, client, alice, household, name, path):
    page = client.get(path, follow=True)

    # 405: what is only posted to.
    assert page.status_code in {200, 404, 405}
    assert "alice" not in page.content.decode().lower()


@pytest.mark.parametrize("path", ["/mail/", "/styleguide/", "/demo/"])
def test_what_helps_a_newcomer_is_not_there_in_production(db, path):
    assert not settings.DEBUG
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404
