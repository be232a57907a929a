"""What an attacker tries at the door and is not given, beside what the tests of each part say."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.conftest import Browser
from accounts.tests.test_signing_in import PASSWORD, sign_in
from conftest import proved, signed_in

ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example"]


@pytest.mark.parametrize("goal", ELSEWHERE)
def test_the_way_back_never_leads_to_another_site(visitor, alice, household, goal):
    led = [
        sign_in(visitor, alice.email, next=goal)["Location"],
        proved(signed_in(alice)).post(f"{reverse('account_reauthenticate')}", {"password": PASSWORD, "next": goal}),
        signed_in(alice).get(reverse("account_login"), {"next": goal}),
        signed_in(alice).post(reverse("account_logout"), {"next": goal}),
    ]

    for answer in led:
        location = answer if isinstance(answer, str) else answer.get("Location", "/")
        assert location.startswith("/")
        assert "evil" not in location
        assert "script" not in location


def test_a_link_for_a_new_password_is_of_our_site_whatever_the_request_says(visitor, alice):
    visitor.post(
        reverse("account_reset_password"),
        {"email": alice.email},
        headers={
            "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example",
            "Referer": "https://evil.example/",
        },
    )

    assert settings.SITE_URL in mail.outbox[-1].body or "http://testserver/" in mail.outbox[-1].body
    assert "evil.example" not in mail.outbox[-1].body + str(mail.outbox[-1].alternatives)


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80"]
)
def test_a_host_that_is_not_ours_gets_nothing(db, host):
    assert Client(headers={"Host": host}).get(reverse("account_login")).status_code == 400


@pytest.mark.parametrize(
    "field", ["email", "is_staff", "is_superuser", "is_active", "password", "id", "email_key", "household", "role"]
)
def test_a_program_cannot_set_what_is_not_its_to_set(as_alice, alice, household, field):
    before = User.objects.filter(pk=alice.pk).values().get()

    answer = as_alice.patch("/api/users/me", {field: True, "name": "Mallory"}, content_type="application/json")

    assert answer.status_code == 422
    assert User.objects.filter(pk=alice.pk).values().get() == before


@pytest.mark.parametrize(
    "path", ["/transactions/?text=\r\nSet-Cookie: a=b", "/accounts/login/?next=/%0d%0aSet-Cookie:%20a=b"]
)
def test_a_line_break_makes_no_header(as_alice, household, path):
    answer = as_alice.get(path)

    assert "a" not in answer.cookies
    assert not any("\n" in value or "\r" in value for _name, value in answer.items())


def test_signing_out_leaves_nothing_to_go_on_with(alice, household):
    browser = Browser()
    sign_in(browser, alice.email)
    stolen = browser.cookies["sessionid"].value
    browser.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["sessionid"] = stolen

    assert thief.get("/profile/").status_code == 302


def test_a_passkey_alone_opens_the_door_only_after_a_pin_or_a_finger(db, client):
    answer = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"
