"""The mails of an account: the same words in text and in HTML, with nothing fetched from elsewhere."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from accounts import devices, mails
from accounts.models import User
from batua import letters

ASHA = User(email="asha@example.org", locale="en-IN", time_zone="Asia/Kolkata")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0"
WHERE = mails.Where(at=datetime(2026, 11, 25, 14, 52, tzinfo=UTC), ip="203.0.113.9", user_agent=FIREFOX)
LINK = "http://testserver/accounts/confirm-email/MQ:1a:b-c_/"
ALL = {
    "welcome": mails.welcome(link=LINK),
    "confirm-address": mails.confirm_address(link=LINK),
    "account-exists": mails.account_exists(email=ASHA.email),
    "no-account": mails.no_account(email=ASHA.email),
    "reset-password": mails.reset_password(link=LINK),
    "password-was-reset": mails.password_was_reset(user=ASHA, where=WHERE),
    "password-changed": mails.password_changed(user=ASHA, where=WHERE),
    "address-changed": mails.address_changed(old="a@example.org", new="b@example.org", user=ASHA, where=WHERE),
    "address-dropped": mails.address_dropped(address="b@example.org", user=ASHA, where=WHERE),
    "new-device": mails.new_device(user=ASHA, where=WHERE),
    "account-deleted": mails.account_deleted(),
}


@pytest.mark.parametrize("name", ALL)
def test_text_and_html_say_the_same(name):
    letter = ALL[name]

    message = letters.written(letter, to=ASHA.email)

    ((html, kind),) = message.alternatives
    said = unescape(html)
    facts = [part for fact in letter.facts for part in (fact.name, fact.value)]
    links = [part for link in (letter.link, *letter.more) if link for part in (link.label, link.address)]
    for words in [*letter.opening, letter.request, *letter.closing, *facts, *links]:
        assert words in message.body
        assert words in said
    assert kind == "text/html"
    assert f"<h1>{letter.subject}</h1>" in said
    assert "<img" not in html
    assert not re.search(r"(src|url\()\s*[=\"']", html), "nothing is fetched when a mail is read"


def test_a_mail_about_something_says_when_from_what_and_where():
    message = letters.written(ALL["new-device"], to=ASHA.email)

    assert re.search(
        r"When: 25 Nov 2026, 8:22\s?pm \(Asia/Kolkata\)\nDevice: Firefox on Windows\nInternet address: 203.0.113.9\n",
        message.body,
    )


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8.0", "curl"),
        ("<script>", "An unknown device"),
        ("", "An unknown device"),
    ],
)
def test_a_device_is_named_in_two_words(user_agent, name):
    assert devices.named(user_agent) == name
