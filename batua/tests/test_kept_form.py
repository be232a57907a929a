"""Without JavaScript: what is sent into a lost session is there again after signing in, for the same person alone."""

import re
import time
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import kept_form
from accounts.refilling import refill
from accounts.tests.test_signing_in import PASSWORD
from transactions.models import Transaction

ADD, PROFILE, LIST = "/transactions/add/", "/profile/", "/transactions/"
TYPED = {"amount": "12.50", "note": 'Tea & "cake" <b>', "comment": "line one\nline two", "kind": "income"}
NOTICE = "You were signed out before this was saved"


class Browser(Client):
    """A browser without JavaScript: it sends tokens and says from which page."""

    def __init__(self, **options):
        super().__init__(enforce_csrf_checks=True, **options)

    def send(self, path, values, *, page=""):
        token = unescape(re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.seen)[1])
        headers = {"Referer": f"http://testserver{page or path}"}
        return self.post(path, {"csrfmiddlewaretoken": token, **values}, headers=headers)

    def look(self, path):
        answer = self.get(path)
        self.seen = answer.content.decode()
        return answer

    def sign_in(self, email="alice@example.org", *, at="/accounts/login/"):
        self.look(at)
        next_page = re.search(r'name="next" value="([^"]*)"', self.seen)
        back = {"next": unescape(next_page[1])} if next_page else {}
        return self.send("/accounts/login/", {"login": email, "password": PASSWORD, **back})

    def lose_the_session(self):
        Session.objects.all().delete()
        del self.cookies["sessionid"]


@pytest.fixture
def alices(alice, household) -> Browser:
    browser = Browser()
    browser.sign_in()
    return browser


def lost(alices, path=ADD, values=TYPED, *, page="", shown=""):
    """Sends a form that was shown while the session lasted; where that leads to."""
    alices.look(shown or page or path)
    alices.lose_the_session()
    return alices.send(path, values, page=page)["Location"]


def test_what_was_typed_is_there_again_and_not_sent(alices, household):
    login = lost(alices)

    there = alices.look(login).content.decode()
    back = alices.sign_in(at=login)["Location"]
    page = alices.look(back).content.decode()

    assert "what you typed is kept for half an hour" in there
    assert (login, back) == ("/accounts/login/?next=%2Ftransactions%2Fadd%2F", ADD)
    assert NOTICE in page
    assert 'value="12.50"' in page
    assert 'value="Tea &amp; &quot;cake&quot; &lt;b&gt;"' in page
    assert "\nline one\nline two</textarea>" in page
    assert re.search(r'value="income"[^>]* checked', page)
    assert not re.search(r'value="expense"[^>]* checked', page)
    assert not Transaction.objects.exists()


def test_it_is_sent_by_the_person_and_shown_once(alices, household):
    back = alices.sign_in(at=lost(alices))["Location"]
    page = alices.look(back).content.decode()
    again = alices.get(back).content.decode()
    wallet = re.search(r'name="wallet".*?<option value="(\d+)"', page, re.DOTALL)
    shown = {
        "wallet": wallet[1] if wallet else "",
        "date": "2026-11-25",
        "key": re.search(r'"key" value="([^"]+)', page)[1],
    }

    answer = alices.send(ADD, {**TYPED, **shown})

    assert NOTICE not in again
    assert "12.50" not in again
    assert answer.status_code == 303
    assert Transaction.objects.get().note == TYPED["note"]


def test_another_member_at_the_same_browser_does_not_see_it(alices, bob, bobs_household):
    login = lost(alices)

    back = alices.sign_in("bob@example.org", at=login)["Location"]
    pages = [alices.look(path).content.decode() for path in (back, ADD)]
    alices.look(PROFILE)
    alices.send("/accounts/logout/", {})
    alices.sign_in()

    assert not any(NOTICE in page or "12.50" in page for page in pages)
    assert NOTICE not in alices.look(ADD).content.decode(), "and it is gone for good"


def test_a_form_of_the_member_before_is_refused_as_ever(alices, bob, bobs_household):
    """Its token is of the sign-in before: it is never taken for the form of who signed in last."""
    alices.look(ADD)
    alices_page = alices.seen
    alices.lose_the_session()
    alices.sign_in("bob@example.org")
    alices.lose_the_session()
    alices.seen = alices_page

    assert alices.send(ADD, TYPED).status_code == 403
    assert "sessionid" not in alices.cookies


def test_half_an_hour_later_it_is_gone(alices, monkeypatch):
    login = lost(alices)
    later = time.time() + kept_form.SECONDS + 1
    monkeypatch.setattr(kept_form.time, "time", lambda: later)

    back = alices.sign_in(at=login)["Location"]

    assert NOTICE not in alices.look(back).content.decode()
    assert kept_form.KEY not in alices.session


def test_a_browser_that_never_signed_in_leaves_nothing(db):
    before = Session.objects.count()

    answer = Client().post(ADD, TYPED)

    assert answer["Location"].startswith("/accounts/login/?next=")
    assert "sessionid" not in answer.cookies
    assert Session.objects.count() == before


@pytest.mark.parametrize(
    "values", [{"note": "x" * 40_000}, {"password": PASSWORD, "word": "delete", "code": "123456", "api_token": "t"}, {}]
)
def test_what_is_too_large_or_secret_is_not_kept(alices, values):
    login = lost(alices, values=values)

    assert kept_form.KEY not in alices.session
    assert "Sign in and do it once more" in alices.look(login).content.decode()


def test_nothing_of_it_is_readable_in_the_database(alices):
    lost(alices)

    assert "cake" not in str(alices.session[kept_form.KEY])
    assert "12.50" not in str(alices.session[kept_form.KEY])


def test_an_address_that_only_takes_forms_leads_back_to_their_page(alices):
    path = reverse("accounts:household")
    login = lost(alices, path, {"name": "Ours"}, page=PROFILE)

    back = alices.sign_in(at=login)["Location"]

    assert back == PROFILE
    page = alices.look(back).content.decode()
    assert NOTICE in page
    assert 'value="Ours"' in page


def test_where_nobody_knows_the_page_it_waits_until_it_is_opened(alices):
    path = reverse("accounts:household")
    login = lost(alices, path, {"name": "Ours"}, shown=PROFILE)

    back = alices.sign_in(at=login)["Location"]

    assert alices.look(back)["Location"] == "/dashboard/"
    assert NOTICE not in alices.look("/dashboard/").content.decode()
    assert 'value="Ours"' in alices.look(PROFILE).content.decode()


@pytest.mark.parametrize("page", ["//evil.example/profile/", "/no-page-of-ours/"])
def test_the_way_back_is_a_page_of_ours(alices, page):
    assert lost(alices, page=page, shown=ADD) == "/accounts/login/?next=%2Ftransactions%2Fadd%2F"


def test_the_page_of_another_site_is_no_way_back(alices):
    alices.look(ADD)
    alices.lose_the_session()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', alices.seen)[1]

    answer = alices.post(
        ADD, {"csrfmiddlewaretoken": token, **TYPED}, headers={"Referer": "https://evil.example/profile/"}
    )

    assert answer["Location"] == "/accounts/login/?next=%2Ftransactions%2Fadd%2F"


PAGE = """<form method="post" action="/other/"><input name="a" value="1"></form>
<form method="POST" action="save/"><select name="b"><option value="1" selected>One<option value="2">Two</select>
<input type="checkbox" name="c" checked><input type="password" name="d"><input name="e" value="old" disabled>
<input name="f"><input name="f"><textarea name="g">old</textarea></form><input name="f">"""


def test_each_kind_of_field_is_filled_as_it_was():
    values = {"a": ["9"], "b": ["2"], "d": ["x"], "e": ["x"], "f": ["1", "2"], "g": ["</textarea><script>"]}

    page = refill(PAGE, at="/rows/", action="/rows/save/", values=values, notice="!")

    assert page == (
        '<form method="post" action="/other/"><input name="a" value="1"></form>\n'
        '<form method="POST" action="save/">!<select name="b"><option value="1">One<option value="2" selected>Two'
        '</select>\n<input type="checkbox" name="c"><input type="password" name="d">'
        '<input name="e" value="old" disabled>\n<input name="f" value="1"><input name="f" value="2">'
        '<textarea name="g">\n&lt;/textarea&gt;&lt;script&gt;</textarea></form><input name="f">'
    )
    assert refill(PAGE, at="/rows/", action="/nowhere/", values=values, notice="!") == ""
