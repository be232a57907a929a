"""A changed address counts once its owner confirmed it, signed in; nobody learns whether it is another's."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import User
from accounts.tests.conftest import Browser, link_in, without_tokens
from accounts.tests.test_signup import FORM, SIGNUP

PASSWORD = "correct horse battery"


@pytest.fixture
def at_home(visitor, alice):
    visitor.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    visitor.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return visitor


def change_to(at_home, email):
    return at_home.post(reverse("account_email"), {"action_add": "", "email": email}, follow=True)


def test_the_old_address_is_told_when_from_where_and_what_to_do(at_home, alice):
    change_to(at_home, "alice@new.example")
    at_home.post(
        link_in(mail.outbox[-1]), headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Firefox/133.0"}
    )

    told = mail.outbox[-1]
    assert (told.to, told.subject) == (["alice@example.org"], "Your e-mail address was changed")
    assert "You now sign in to Batua with alice@new.example; until now it was alice@example.org." in told.body
    assert "Device: Firefox on Windows\nInternet address: 127.0.0.1" in told.body
    assert "(Asia/Kolkata)" in told.body
    assert "http://testserver/accounts/password/reset/" in told.body


def test_who_opens_the_link_elsewhere_signs_in_first_and_comes_back(at_home, alice):
    change_to(at_home, "alice@new.example")
    path = link_in(mail.outbox[-1])
    phone = Browser()

    led = phone.post(path)
    assert led["Location"].startswith("/accounts/login/?next=")
    assert User.objects.get().email == "alice@example.org"
    page = phone.get(led["Location"]).content.decode()
    assert "Sign in with the address you have now" in page
    back = phone.post(led["Location"], {"login": alice.email, "password": PASSWORD, "next": path})
    phone.post(back["Location"])

    assert User.objects.get().email == "alice@new.example"


def test_a_stranger_who_got_the_link_by_mistake_takes_no_account(at_home, alice, bob):
    change_to(at_home, "typo@example.org")
    stranger = Browser()
    stranger.force_login(bob)

    stranger.post(link_in(mail.outbox[-1]))

    assert set(User.objects.values_list("email", flat=True)) == {"alice@example.org", "bob@example.org"}


def test_a_taken_address_gets_the_same_answer_as_a_free_one(at_home, alice, bob):
    pages = [
        without_tokens(change_to(at_home, email).content.decode()).replace(email, "…")
        for email in ("bob@example.org", "free@example.org")
    ]

    assert pages[0] == pages[1]


@pytest.mark.parametrize("is_confirmed", [True, False])
@pytest.mark.parametrize("typed", ["bob@example.org", "bob@ｅxample.org"])
def test_an_address_somebody_has_is_not_taken_over(at_home, alice, bob, typed, is_confirmed):
    EmailAddress.objects.filter(user=bob).update(verified=is_confirmed)
    change_to(at_home, typed)

    at_home.post(link_in(mail.outbox[-1]))

    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert EmailAddress.objects.get(user=alice, verified=True).email == "alice@example.org"


@pytest.mark.parametrize("typed", ["ALICE@example.org", "alice@ｅxample.org"])
def test_the_address_one_has_is_no_new_one(at_home, alice, typed):
    assert "This is your address already." in change_to(at_home, typed).content.decode()


def test_an_address_that_waits_keeps_nobody_from_signing_up(at_home, alice):
    change_to(at_home, "asha@example.org")
    Browser().post(SIGNUP, FORM)

    assert User.objects.with_email("asha@example.org").exists()
