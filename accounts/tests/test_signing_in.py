"""Signing in and out, and the way back for who forgot the password."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.conftest import Browser, link_in, without_tokens
from conftest import signed_in

PASSWORD = "correct horse battery"
NEW = "a quite different phrase"


def sign_in(browser, email, password=PASSWORD, **more):
    return browser.post(reverse("account_login"), {"login": email, "password": password} | more)


def ask_for_reset(browser, email="alice@example.org"):
    browser.post(reverse("account_reset_password"), {"email": email})
    return link_in(mail.outbox[-1])


def choose(browser, link, password=NEW):
    form = browser.get(link, follow=True)
    return browser.post(form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


@pytest.mark.parametrize("typed", ["alice@example.org", "Alice@Example.ORG", " ALICE@EXAMPLE.ORG "])
def test_an_address_opens_the_books_in_any_case(visitor, alice, typed):
    answer = sign_in(visitor, typed)

    assert answer["Location"] == "/dashboard/"
    assert visitor.session["_auth_user_id"] == str(alice.pk)


def test_an_address_given_in_capitals_on_the_shell_signs_in_too(visitor):
    User.objects.create_superuser("Root@Example.ORG", PASSWORD)

    answer = sign_in(visitor, "root@example.org")

    assert answer["Location"] == "/dashboard/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(visitor, alice):
    wrong = sign_in(visitor, "alice@example.org", "not the password")
    unknown = sign_in(visitor, "nobody@example.org", "not the password")

    sentence = "do not belong together"
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()
    assert "_auth_user_id" not in visitor.session


def test_many_wrong_passwords_close_the_door_for_a_while(visitor, alice):
    for _attempt in range(5):
        sign_in(visitor, "alice@example.org", "not the password")

    answer = sign_in(visitor, "alice@example.org")

    assert answer.status_code == 429
    assert "That was wrong too often. Wait 5 minutes, then try again." in answer.content.decode()
    assert "_auth_user_id" not in visitor.session


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [("/transactions/", "/transactions/"), ("https://evil.example/", "/dashboard/"), ("//evil.example", "/dashboard/")],
)
def test_after_signing_in_one_comes_back_but_never_to_a_stranger(visitor, alice, asked, led_to):
    assert sign_in(visitor, alice.email, next=asked)["Location"] == led_to


def test_signing_out_ends_the_session_on_the_server(visitor, alice):
    sign_in(visitor, alice.email)
    stolen = visitor.cookies["sessionid"].value

    looked = visitor.get(reverse("account_logout"))
    assert "Sign out?" in looked.content.decode(), "a link alone signs nobody out"
    visitor.post(reverse("account_logout"))

    thief = Browser()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/profile/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("typed", ["alice@example.org", "ALICE@Example.org"])
def test_a_reset_link_works_once_and_for_any_case(visitor, alice, typed):
    link = ask_for_reset(visitor, typed)

    done = choose(visitor, link)

    alice.refresh_from_db()
    assert "Your password is changed" in done.content.decode()
    assert alice.check_password(NEW)
    second = Browser().get(link, follow=True).content.decode()
    assert "This link no longer works" in second
    assert 'name="password1"' not in second


def test_a_second_use_of_a_reset_link_changes_nothing(visitor, alice):
    link = ask_for_reset(visitor)
    early = Browser()
    form = early.get(link, follow=True)
    choose(visitor, link)

    early.post(form.request["PATH_INFO"], {"password1": "a third phrase here", "password2": "a third phrase here"})

    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_a_reset_link_is_too_old_after_an_hour(visitor, alice, settings):
    assert settings.PASSWORD_RESET_TIMEOUT == 60 * 60, "as the mail says"
    link = ask_for_reset(visitor)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "This link no longer works" in visitor.get(link, follow=True).content.decode()


def test_a_reset_ends_the_sessions_of_before_and_tells_the_owner(visitor, alice):
    elsewhere = signed_in(alice)
    assert elsewhere.get("/profile/").status_code == 200

    choose(visitor, ask_for_reset(visitor))

    assert elsewhere.get("/profile/")["Location"].startswith("/accounts/login/")
    assert mail.outbox[-1].subject == "Your password was changed"
    assert mail.outbox[-1].to == ["alice@example.org"]
    assert sign_in(Browser(), alice.email, NEW)["Location"] == "/dashboard/"


def test_a_wrong_reset_link_offers_a_new_one(visitor, alice):
    page = visitor.get("/accounts/password/reset/key/1-set-password-nonsense/", follow=True).content.decode()

    assert "This link no longer works" in page
    assert alice.check_password(PASSWORD)


def test_nobody_learns_from_a_reset_whether_an_address_has_an_account(visitor, alice):
    known = visitor.post(reverse("account_reset_password"), {"email": "alice@example.org"}, follow=True)
    unknown = visitor.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert without_tokens(known.content.decode()) == without_tokens(unknown.content.decode())
    assert [(message.to[0], message.subject) for message in mail.outbox] == [
        ("alice@example.org", "A new password for Batua"),
        ("nobody@example.org", "No account under this address"),
    ]


def test_mails_about_resets_lead_to_our_own_address(visitor, alice, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://batua.example"

    for email in ("alice@example.org", "nobody@example.org"):
        visitor.post(reverse("account_reset_password"), {"email": email}, headers={"Host": "evil.example"})

    assert "https://batua.example/accounts/password/reset/key/" in mail.outbox[0].body
    assert "https://batua.example/accounts/signup/" in mail.outbox[1].body
    assert all("evil.example" not in message.message().as_string() for message in mail.outbox)


def test_a_changed_address_counts_once_it_is_confirmed_and_both_are_told(visitor, alice):
    sign_in(visitor, alice.email)
    visitor.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    visitor.post(reverse("account_email"), {"action_add": "", "email": "Alice@New.example"})
    assert User.objects.get(pk=alice.pk).email == "alice@example.org"

    visitor.post(link_in(mail.outbox[-1]))

    alice.refresh_from_db()
    assert alice.email == "alice@new.example"
    assert {message.to[0] for message in mail.outbox} == {"alice@new.example", "alice@example.org"}
    assert sign_in(Browser(), "alice@new.example")["Location"] == "/dashboard/"
    assert "do not belong together" in sign_in(Browser(), "alice@example.org").content.decode()


def test_a_changed_password_is_told_by_mail(visitor, alice):
    sign_in(visitor, alice.email)

    visitor.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert mail.outbox[-1].subject == "Your password was changed"


def test_who_is_closed_stays_outside(visitor, alice):
    User.objects.filter(pk=alice.pk).update(is_active=False, last_login=timezone.now())

    answer = visitor.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD}, follow=True)

    assert "This account is closed" in answer.content.decode()
    assert "_auth_user_id" not in visitor.session
