"""What every answer tells the browser, and what a server does not start with."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from batua import production
from batua.env import EnvironmentFault
from batua.tests.test_architecture import ROOT, tracked
from batua.tests.test_urls import ALL
from conftest import signed_in

SOUND = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/batua",
    "DEBUG": "0",
    "SITE_URL": "https://batua.example",
    "ALLOWED_HOSTS": "batua.example",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "JWT_KEY": "ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210",
    "RESEND_API_KEY": "re_test",
    "STATIC_MANIFEST": "0",
    "TRUSTED_PROXIES": "1",
}


def start(*command, **changed):
    environment = {**os.environ, **SOUND, **changed}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests' own
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_djangos_checks_of_a_production_server_find_nothing():
    checked = start("manage.py", "check", "--deploy", "--fail-level", "INFO")

    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout + checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"secret": "change-me"}, "SECRET_KEY is known or too short"),
        ({"secret": "short"}, "SECRET_KEY is known or too short"),
        ({"secret": "ab" * 30}, "SECRET_KEY is known or too short"),
        ({"secret": "django-insecure-" + SOUND["SECRET_KEY"]}, "SECRET_KEY is known or too short"),
        ({"debug": True}, "DEBUG shows everybody"),
        ({"hosts": []}, "Set ALLOWED_HOSTS"),
        ({"hosts": ["*"]}, "Set ALLOWED_HOSTS"),
        ({"site_url": "http://batua.example"}, "passwords need HTTPS"),
    ],
)
def test_a_server_does_not_start_with(changed, sentence):
    sound = {"debug": False, "site_url": "https://batua.example", "hosts": ["batua.example"]}
    production.demand(**sound, secret=SOUND["SECRET_KEY"])

    with pytest.raises(EnvironmentFault, match=re.escape(sentence)):
        production.demand(**{**sound, "secret": SOUND["SECRET_KEY"], **changed})


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET_KEY": "change-me"}, "SECRET_KEY is known or too short"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS"),
        ({"DEBUG": "1", "SITE_URL": "http://localhost:8000"}, "does not start with DEBUG on"),
    ],
)
def test_the_production_entry_stops_with_a_sentence(changed, sentence):
    started = start("-c", "import batua.wsgi", **changed)

    assert started.returncode != 0
    assert sentence in started.stderr.splitlines()[-1]


def test_the_cookies_of_a_server_are_for_https_alone():
    told = "; ".join(
        f"print(settings.{name})"
        for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "SECURE_HSTS_SECONDS")
    )

    started = start("-c", f"from django.conf import settings; {told}", DJANGO_SETTINGS_MODULE="batua.settings")

    assert started.stdout.split() == ["True", "True", "__Host-sessionid", "31536000"], started.stderr


def faults_of(path, answer):
    """What is wrong with the headers of an answer, in the words of the header."""
    said = answer.headers
    policy = dict(part.strip().partition(" ")[::2] for part in said["Content-Security-Policy"].split(";"))
    scripts = set(policy["script-src"].split()) - ({"'self'"} if path.startswith("/admin/") else set())
    right = {
        "scripts by nonce alone": all(re.fullmatch(r"'nonce-[\w+/=]{22,}'", one) for one in scripts),
        "closed": {policy[name] for name in ("default-src", "frame-ancestors", "base-uri", "object-src")} == {"'none'"},
        "nothing unsafe": "unsafe" not in said["Content-Security-Policy"],
        "nosniff": said["X-Content-Type-Options"] == "nosniff",
        "no frames": said["X-Frame-Options"] == "DENY",
        "referrer": said["Referrer-Policy"] == "same-origin",
        "opener": said["Cross-Origin-Opener-Policy"] == "same-origin",
        "resource": said["Cross-Origin-Resource-Policy"] == "same-origin",
        "permissions": "camera=()" in said["Permissions-Policy"],
        "kept nowhere": "no-store" in said.get("Cache-Control", ""),
    }
    return [f"{path}: {name}" for name, is_right in right.items() if not is_right]


def test_every_answer_says_what_a_browser_may_do_with_it_and_is_kept_nowhere(alice, household):
    stranger, member = Client(), signed_in(alice)

    faults = [fault for _name, path in ALL for who in (stranger, member) for fault in faults_of(path, who.get(path))]

    assert faults == []


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_forms_at_the_door_are_not_kept_either(db, client, name):
    assert "no-store" in client.get(reverse(name))["Cache-Control"]


def test_browsers_come_back_over_https_only_once_the_site_has_it(db, client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000

    assert "max-age=31536000" in client.get("/", secure=True)["Strict-Transport-Security"]


def test_a_nonce_is_for_one_answer(db, client):
    pages = [client.get(reverse("account_login")) for _time in range(2)]
    nonces = [re.search(r"'nonce-([^']+)'", page["Content-Security-Policy"])[1] for page in pages]

    assert nonces[0] != nonces[1]
    for page, nonce in zip(pages, nonces, strict=True):
        tags = re.findall(r"<script(?! id=)[^>]*>", page.content.decode())
        assert tags
        assert all(f'nonce="{nonce}"' in tag for tag in tags)


def test_every_script_of_a_template_has_its_nonce():
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("templates/*.html")
        for tag in re.findall(r"<script[^>]*>", path.read_text())
        if 'nonce="{{ csp_nonce }}"' not in tag
    ]

    assert found == []


def test_cookies_are_for_our_pages_alone():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
