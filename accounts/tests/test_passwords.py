"""What a new password must be, how it is kept, and that hashes of before are renewed at the next sign-in."""

from importlib import import_module

import bcrypt
import pytest
from django.contrib.auth.hashers import BCryptPasswordHasher, BCryptSHA256PasswordHasher
from django.contrib.auth.password_validation import get_default_password_validators
from django.urls import reverse

from accounts.models import User
from accounts.tests.conftest import Browser
from conftest import signed_in

PASSWORD = "correct horse battery"
SIGNUP = {
    "email": "asha@example.org",
    "currency": "INR",
    "locale": "en-IN",
    "time_zone": "Asia/Kolkata",
    "month_start": "1",
    "week_start": "0",
    "theme": "system",
}
REFUSED = [
    ("nine char", "This is too short. Use 10 characters or more"),
    ("password123", "Many people use this password"),
    ("1234567890", "Many people use this password"),
    ("asha@example", "This is too close to your name or address."),
]


def ours() -> list[str]:
    """As the settings say, not the quick ones of the tests."""
    return import_module("batua.settings").PASSWORD_HASHERS


@pytest.fixture(autouse=True)
def _validators():
    get_default_password_validators.cache_clear()


@pytest.mark.parametrize(("password", "sentence"), REFUSED)
def test_a_weak_password_is_refused_in_our_words_at_sign_up(visitor, password, sentence):
    page = visitor.post(
        reverse("account_signup"), SIGNUP | {"password1": password, "password2": password}
    ).content.decode()

    assert sentence in page
    assert "This password is" not in page
    assert not User.objects.exists()


@pytest.mark.parametrize(("password", "sentence"), REFUSED[:2])
def test_a_weak_password_is_refused_in_our_words_at_a_change(as_alice, alice, password, sentence):
    page = as_alice.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    ).content.decode()

    alice.refresh_from_db()
    assert sentence in page
    assert alice.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("path", "old"), [("account_signup", {}), ("account_change_password", {"oldpassword": PASSWORD})]
)
def test_two_passwords_that_differ_are_told_in_our_words(visitor, alice, path, old):
    if old:
        visitor.force_login(alice)

    page = visitor.post(
        reverse(path), SIGNUP | old | {"password1": "a long enough secret", "password2": "another long secret"}
    ).content.decode()

    assert "This differs from the password above. Type it once more." in page


def test_no_digits_and_no_signs_are_asked_for(visitor):
    visitor.post(reverse("account_signup"), SIGNUP | {"password1": "tenletters", "password2": "tenletters"})

    assert User.objects.get().check_password("tenletters")


def test_a_changed_password_ends_all_sessions_but_this_one(visitor, alice):
    visitor.force_login(alice)
    elsewhere = signed_in(alice)

    visitor.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "a quite different phrase", "password2": "a quite different phrase"},
    )

    assert visitor.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("hasher", [BCryptPasswordHasher, BCryptSHA256PasswordHasher])
def test_a_bcrypt_hash_is_taken_and_renewed_at_sign_in(alice, settings, hasher):
    settings.PASSWORD_HASHERS = ours()
    kept = hasher().encode(PASSWORD, bcrypt.gensalt(4))
    User.objects.filter(pk=alice.pk).update(password=kept)
    visitor = Browser()

    wrong = visitor.post(reverse("account_login"), {"login": alice.email, "password": "not the password"})
    alice.refresh_from_db()
    assert "do not belong together" in wrong.content.decode()
    assert alice.password == kept
    right = visitor.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})

    alice.refresh_from_db()
    assert right["Location"] == "/dashboard/"
    assert alice.password.startswith("argon2$argon2id$")
