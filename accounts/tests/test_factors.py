"""Second factors: asked for at the door, unreadable in the database, each code for one door, and ours to look at."""

import time
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib import admin
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from accounts import factors
from accounts.models import SecurityEvent
from accounts.tests.conftest import Browser, link_in
from accounts.tests.test_signing_in import PASSWORD, sign_in
from conftest import proved, signed_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret=SECRET, *, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


@pytest.fixture
def protected(alice):
    """Alice, whose books ask for a code of her app."""
    TOTP.activate(alice, SECRET)
    return alice


@pytest.fixture
def alices_browser(alice):
    browser = Browser()
    sign_in(browser, alice.email)
    return browser


def set_up(browser):
    """Alice sets up an app, and has ten recovery codes."""
    browser.get(reverse("mfa_activate_totp"))
    secret = browser.session["mfa.totp.secret"]
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    return secret, answer.content.decode()


def test_an_app_is_set_up_and_its_codes_are_shown_once(alices_browser, alice):
    page = alices_browser.get(reverse("mfa_activate_totp")).content.decode()
    assert '<svg class="qr"' in page

    _secret, page = set_up(alices_browser)

    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert all(one in page for one in codes)
    again = alices_browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(one in again for one in codes)
    assert alices_browser.get(reverse("mfa_download_recovery_codes")).status_code == 403
    assert [message.subject for message in mail.outbox] == ["An app's codes now protect your books"]
    assert SecurityEvent.objects.filter(event="factor-added").count() == 2


def test_the_picture_of_the_key_needs_no_style(alices_browser):
    class Styles(HTMLParser):
        found = False

        def handle_starttag(self, tag, attributes):
            self.found = self.found or tag == "style" or any(name == "style" for name, _value in attributes)

    styles = Styles()
    styles.feed(alices_browser.get(reverse("mfa_activate_totp")).content.decode())

    assert not styles.found


def test_the_database_holds_no_secret_that_can_be_read(alices_browser):
    secret, _page = set_up(alices_browser)
    kept = {row.type: str(row.data) for row in Authenticator.objects.all()}

    assert secret not in kept["totp"]
    assert not any(
        one in kept["recovery_codes"]
        for one in Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()
    )
    assert "mfa.totp.secret" not in alices_browser.session


def test_a_new_key_reads_what_the_old_one_wrote(protected, settings):
    settings.FACTORS_KEYS = ["the old key"]
    old = factors.FactorAdapter().encrypt("seed")
    settings.FACTORS_KEYS = ["the new key", "the old key"]

    assert factors.FactorAdapter().decrypt(old) == "seed"
    assert factors.FactorAdapter().decrypt(factors.FactorAdapter().encrypt("seed")) == "seed"


def test_the_password_alone_opens_nothing(visitor, protected):
    answer = sign_in(visitor, protected.email)

    assert answer["Location"].startswith("/accounts/factors/authenticate/")
    assert visitor.get("/profile/").status_code == 302
    assert "One more step" in visitor.get(answer["Location"]).content.decode()


def test_a_code_opens_the_books_and_leads_where_one_was_going(visitor, protected):
    sign_in(visitor, protected.email, next="/budgets/")

    answer = visitor.post(reverse("mfa_authenticate"), {"code": code()})

    assert answer["Location"] == "/budgets/"
    assert visitor.get("/profile/").status_code == 200


def test_a_code_opens_one_door_once_even_when_the_cache_forgot(protected):
    used = code()
    first, second = Browser(), Browser()
    for browser in (first, second):
        sign_in(browser, protected.email)
    first.post(reverse("mfa_authenticate"), {"code": used})
    cache.clear()

    answer = second.post(reverse("mfa_authenticate"), {"code": used})

    assert "was used before" in answer.content.decode()
    assert second.get("/profile/").status_code == 302


def test_the_code_that_set_the_app_up_opens_no_door(alices_browser, alice):
    secret, _page = set_up(alices_browser)
    elsewhere = Browser()
    sign_in(elsewhere, alice.email)

    elsewhere.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert elsewhere.get("/profile/").status_code == 302
    elsewhere.post(reverse("mfa_authenticate"), {"code": code(secret, later=1)})
    assert elsewhere.get("/profile/").status_code == 200


def test_wrong_codes_are_slowed(visitor, protected):
    sign_in(visitor, protected.email)
    for _guess in range(5):
        visitor.post(reverse("mfa_authenticate"), {"code": "000000"})

    answer = visitor.post(reverse("mfa_authenticate"), {"code": code()})

    assert "wrong too often" in answer.content.decode()
    assert visitor.get("/profile/").status_code == 302


def test_a_recovery_code_opens_the_books_once(alices_browser, alice):
    set_up(alices_browser)
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    opened = []
    for browser in (Browser(), Browser()):
        sign_in(browser, alice.email)
        browser.post(reverse("mfa_authenticate"), {"code": spare})
        opened.append(browser.get("/profile/").status_code == 200)

    assert opened == [True, False]


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_factors_are_changed_only_by_who_shows_once_more_that_it_is_them(alice, household, name):
    old_session = signed_in(alice)

    asked = old_session.get(reverse(name))
    confirmed = proved(old_session).get(reverse(name))

    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    assert confirmed.status_code == 200


def test_whoever_just_came_in_is_not_asked_again(alices_browser):
    assert alices_browser.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_backup_is_given_only_to_who_shows_once_more_that_it_is_them(alice, household):
    old_session = Browser()
    old_session.force_login(alice)

    asked = old_session.get(reverse("backup:download"))
    question = old_session.get(asked["Location"]).content.decode()
    back = old_session.post(asked["Location"], {"password": PASSWORD, "next": "/backup/"})

    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Fbackup%2F"
    assert "Is it you?" in question
    assert back["Location"] == "/backup/"
    file = old_session.get(reverse("backup:download"))
    assert file["Content-Type"] == "application/zip"
    file.close()


def test_a_code_shows_that_it_is_you(protected, household):
    browser = Browser()
    browser.force_login(protected)
    page = browser.get(reverse("mfa_reauthenticate") + "?next=/backup/").content.decode()

    answer = browser.post(reverse("mfa_reauthenticate"), {"code": code(), "next": "/backup/"})

    assert "Use your password" in page
    assert answer["Location"] == "/backup/"


def test_an_app_is_removed_with_its_recovery_codes_and_told(alices_browser):
    set_up(alices_browser)

    alices_browser.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].subject == "Your books no longer ask for an app's codes"


def test_an_address_can_be_changed_with_a_second_factor(alices_browser, alice):
    set_up(alices_browser)

    alices_browser.post(reverse("account_email"), {"action_add": "", "email": "alice@new.example"})
    alices_browser.post(link_in(mail.outbox[-1]))

    alice.refresh_from_db()
    assert alice.email == "alice@new.example"


@pytest.mark.parametrize("credential", ["", "nonsense", "{}", '{"id": 1}', "[]", '{"response": {"userHandle": "x"}}'])
def test_nonsense_in_place_of_a_passkey_is_refused(visitor, alice, credential):
    answer = visitor.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert answer.status_code == 302
    assert "_auth_user_id" not in visitor.session


def test_bob_changes_no_passkey_of_alices(alice, as_bob):
    key = Authenticator.objects.create(user=alice, type="webauthn", data={"name": "Phone", "credential": {}})
    proved(as_bob)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert as_bob.post(reverse(name, args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_support_staff_see_no_factors(db):
    assert not admin.site.is_registered(Authenticator)
