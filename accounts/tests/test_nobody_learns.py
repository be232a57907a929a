"""Neither a page, nor its time, nor a mail to somebody else tells whether an address has an account."""

import statistics
import time
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache

from accounts.models import User
from accounts.tests.conftest import Browser, link_in, without_tokens
from accounts.tests.test_signup import FORM, SIGNUP

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
AGAIN = "/confirm-email/send-again/"
PASSWORD = "correct horse battery"


class Counted(MD5PasswordHasher):
    """Counts what costs time: each password that is hashed."""

    count = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.count += 1
        return super().encode(password, salt)


@pytest.fixture
def hashes(alice, settings):
    """How often a password is hashed by what is done."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]

    def count(act) -> int:
        cache.clear()
        Counted.count = 0
        act()
        return Counted.count

    return count


@pytest.mark.parametrize(
    ("path", "form", "field", "cost"),
    [
        (LOGIN, {"password": "not the password"}, "login", 1),
        (SIGNUP, FORM, "email", 1),
        (RESET, {}, "email", 0),
    ],
)
def test_known_and_unknown_addresses_cost_the_same_work(hashes, visitor, path, form, field, cost):
    known = hashes(lambda: visitor.post(path, form | {field: "alice@example.org"}))
    unknown = hashes(lambda: Browser().post(path, form | {field: "nobody@example.org"}))

    assert (known, unknown) == (cost, cost)


def test_a_sign_in_takes_as_long_for_an_unknown_address(alice, settings):
    settings.PASSWORD_HASHERS = import_module("batua.settings").PASSWORD_HASHERS
    alice.set_password(PASSWORD)
    alice.save()

    def taken(email: str) -> float:
        started = time.perf_counter()
        Browser().post(LOGIN, {"login": email, "password": "not the password"})
        return time.perf_counter() - started

    pairs = [(taken("alice@example.org"), taken(f"nobody{number}@example.org")) for number in range(3)]

    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    # Without the hash the unknown address would be twenty times as quick.
    assert 1 / 3 < known / unknown < 3


def test_a_mail_sent_again_says_the_same_for_a_taken_address(alice):
    said = []
    for email in ("alice@example.org", "asha@example.org"):
        browser = Browser()
        browser.post(SIGNUP, FORM | {"email": email})
        too_soon = browser.post(AGAIN, follow=True).content.decode()
        cache.clear()  # three minutes later
        sent = browser.post(AGAIN, follow=True).content.decode()
        said.append([without_tokens(page).replace(email, "…") for page in (too_soon, sent)])

    assert said[0] == said[1]
    assert "Wait three minutes" in said[0][0]
    assert "A link is on its way to …" in said[0][1]
    assert [(letter.to[0], letter.subject) for letter in mail.outbox] == [
        ("alice@example.org", "You already have an account at Batua"),
        ("alice@example.org", "You already have an account at Batua"),
        ("asha@example.org", "Welcome to Batua: confirm your address"),
        ("asha@example.org", "Welcome to Batua: confirm your address"),
    ]


def test_the_link_that_was_sent_again_works(visitor):
    visitor.post(SIGNUP, FORM)
    cache.clear()
    visitor.post(AGAIN)

    visitor.post(link_in(mail.outbox[-1]))

    assert EmailAddress.objects.get().verified


def test_who_waits_for_nothing_is_led_to_the_sign_in(visitor):
    answer = visitor.post(AGAIN, follow=True)

    assert answer.redirect_chain == [(LOGIN, 303)]
    assert mail.outbox == []
    assert visitor.get(AGAIN).status_code == 405


@pytest.mark.parametrize("email", ["asha@example.org", "ASHA@ｅxample.org"])
def test_signing_up_again_never_replaces_the_password(visitor, email):
    visitor.post(SIGNUP, FORM)
    kept = User.objects.get().password
    cache.clear()

    Browser().post(SIGNUP, FORM | {"email": email, "password1": "the thief's own", "password2": "the thief's own"})

    assert User.objects.get().password == kept
    assert mail.outbox[-1].subject == "You already have an account at Batua"
    assert mail.outbox[-1].alternatives[0][0].count("confirm-email") == 0


def test_a_look_alike_signs_in_and_leaves_nothing_behind(visitor, alice):
    answer = visitor.post(LOGIN, {"login": "Alice@ｅxample.org", "password": PASSWORD})

    assert answer["Location"] == "/dashboard/"
    assert EmailAddress.objects.count() == 1


def test_a_link_for_a_new_password_goes_to_the_address_that_is_kept(visitor, alice):
    visitor.post(RESET, {"email": "alice@ｅxample.org"})

    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]
    assert "/accounts/password/reset/key/" in link_in(mail.outbox[0])


def test_an_address_that_waits_to_be_confirmed_opens_nothing(visitor, alice):
    alice.emailaddress_set.create(email="typo@example.org")

    visitor.post(RESET, {"email": "typo@example.org"})

    assert [letter.subject for letter in mail.outbox] == ["No account under this address"]
    assert "reset/key" not in mail.outbox[0].body


def test_an_address_of_several_alphabets_is_refused(visitor):
    page = visitor.post(SIGNUP, FORM | {"email": "asha@ex\u0430mple.org"}).content.decode()

    assert "This address mixes letters of several alphabets." in page
    assert not User.objects.exists()


@pytest.mark.parametrize("scanned", [SIGNUP, RESET])
def test_a_mail_scanner_that_opens_a_link_burns_nothing(visitor, alice, scanned):
    visitor.post(scanned, FORM | {"email": "alice@example.org"} if scanned == RESET else FORM)
    path = link_in(mail.outbox[0])

    for _look in range(3):
        Browser().get(path, follow=True)
        Browser().head(path, follow=True)
    page = visitor.get(path, follow=True).content.decode()

    assert "This link no longer works" not in page
    assert ("Yes, confirm" in page) or ("Choose a new password" in page)


def test_a_link_to_confirm_is_too_old_after_three_days(visitor, settings):
    assert settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS == 3, "as the mail says"
    visitor.post(SIGNUP, FORM)
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -1

    path = link_in(mail.outbox[0])

    assert "This link no longer works" in visitor.get(path).content.decode()
    assert visitor.post(path).status_code == 404


def test_there_is_one_way_in(settings):
    # A second one would have no rate limits and no rule about confirmed addresses.
    assert settings.AUTHENTICATION_BACKENDS == ["allauth.account.auth_backends.AuthenticationBackend"]
