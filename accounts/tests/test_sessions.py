"""Sessions: seen and ended from any device, over after fourteen days, at home in the database whatever Redis does."""

import re
import subprocess
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis import Redis

from accounts.models import ApiSession, KeptAnswer, SecurityEvent, SignIn
from accounts.tasks import forget_old_sessions
from accounts.tests.conftest import Browser
from accounts.tests.test_signing_in import NEW, PASSWORD, sign_in
from conftest import signed_in

PAGE = "/profile/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def laptop(alice):
    browser = Browser(headers={"User-Agent": FIREFOX})
    sign_in(browser, alice.email)
    return browser


@pytest.fixture
def phone(laptop, alice):
    browser = Browser(REMOTE_ADDR="203.0.113.9")
    sign_in(browser, alice.email)
    return browser


def is_in(browser):
    return browser.get("/profile/").status_code == 200


def test_the_page_tells_device_address_and_when(laptop, phone):
    page = laptop.get(PAGE).content.decode()

    assert "Firefox on Linux" in page
    assert "203.0.113.9" in page
    assert page.count("last seen") == 2
    assert page.count("This device") == 1


def test_a_session_is_ended_from_another_device(laptop, phone):
    row = SignIn.objects.get(address="203.0.113.9")

    answer = laptop.post(reverse("accounts:session-end", args=[row.pk]), follow=True)

    assert "Ended." in answer.content.decode()
    assert (is_in(laptop), is_in(phone)) == (True, False)
    assert "203.0.113.9" not in laptop.get(PAGE).content.decode()
    assert SecurityEvent.objects.filter(event="session-ended").count() == 1


def test_all_others_are_ended_and_this_one_stays(laptop, phone, bob):
    bobs = signed_in(bob)

    answer = laptop.post(reverse("accounts:sessions-end-others"), follow=True)

    assert "1 other session ended." in answer.content.decode()
    assert (is_in(laptop), is_in(phone), is_in(bobs)) == (True, False, True)


def test_ending_ones_own_session_signs_out(laptop):
    row = SignIn.objects.get()

    answer = laptop.post(reverse("accounts:session-end", args=[row.pk]))

    assert answer["Location"] == "/accounts/login/"
    assert not is_in(laptop)
    assert SignIn.objects.get().ended_at is not None


def test_bob_ends_nothing_of_alices(laptop, as_bob):
    assert as_bob.post(reverse("accounts:session-end", args=[SignIn.objects.earliest("pk").pk])).status_code == 404
    assert is_in(laptop)


def test_a_new_password_ends_the_others_and_the_list_follows_the_new_key(laptop, phone):
    laptop.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert (is_in(laptop), is_in(phone)) == (True, False)
    here = SignIn.objects.get(ended_at=None)
    assert here.session_key == laptop.session.session_key
    assert laptop.get(PAGE).content.decode().count("last seen") == 1


def test_the_session_gets_a_new_key_at_the_door(visitor, alice):
    visitor.get("/accounts/login/")
    session = visitor.session
    session["waits"] = "here"
    session.save()
    visitor.cookies["sessionid"] = session.session_key

    sign_in(visitor, alice.email)

    assert visitor.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_the_cookie_is_for_our_pages_alone(laptop):
    answer = laptop.get("/profile/")
    mark = laptop.cookies["batua_device"]

    assert (laptop.cookies["sessionid"]["httponly"], laptop.cookies["sessionid"]["samesite"]) == (True, "Lax")
    assert (mark["httponly"], mark["samesite"]) == (True, "Lax")
    assert answer["X-Session-Left"].isdecimal()


def test_fourteen_days_end_a_session_however_busy(laptop, monkeypatch):
    fourteen_days = time.time() + 14 * 24 * 60 * 60
    Session.objects.update(expire_date=timezone.now() + timedelta(days=20))
    monkeypatch.setattr("batua.session_clock.time.time", lambda: fourteen_days - 60)
    page = laptop.get("/profile/").content.decode()
    monkeypatch.setattr("batua.session_clock.time.time", lambda: fourteen_days)

    assert 0 < int(re.search(r'data-session-left="(\d+)"', page)[1]) <= 60
    assert laptop.get("/profile/")["Location"].startswith("/accounts/login/?next=/profile/")
    assert "_auth_user_id" not in laptop.session


def test_a_new_device_is_told_by_mail_and_the_first_is_not(laptop, alice):
    assert mail.outbox == []

    sign_in(Browser(headers={"User-Agent": FIREFOX}), alice.email)

    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([alice.email], "A new device signed in to your books")
    ]
    assert "127.0.0.1" in mail.outbox[0].body


def test_a_known_device_is_not_told_again(laptop, alice):
    laptop.post(reverse("account_logout"))
    sign_in(laptop, alice.email)

    assert mail.outbox == []
    assert SignIn.objects.values("device").distinct().count() == 1


def test_a_made_up_mark_is_no_device(laptop, alice):
    stranger = Browser()
    stranger.cookies["batua_device"] = SignIn.objects.get().device

    sign_in(stranger, alice.email)

    assert len(mail.outbox) == 1


def test_whoever_guesses_does_not_lock_the_owner_out(laptop, alice):
    laptop.post(reverse("account_logout"))
    guesser = Browser(REMOTE_ADDR="203.0.113.66")
    for _guess in range(6):
        refused = sign_in(guesser, alice.email, "not the password")

    assert "wrong too often" in refused.content.decode()
    assert sign_in(laptop, alice.email)["Location"] == "/dashboard/"
    assert sign_in(Browser(REMOTE_ADDR="203.0.113.9"), alice.email)["Location"] == "/dashboard/"


def test_many_addresses_guess_no_faster_than_one(laptop, alice):
    laptop.post(reverse("account_logout"))
    for number in range(50):
        sign_in(Browser(REMOTE_ADDR=f"198.51.100.{number}"), alice.email, "not the password")

    refused = sign_in(Browser(REMOTE_ADDR="198.51.100.99"), alice.email)

    assert "wrong too often" in refused.content.decode()
    assert sign_in(laptop, alice.email)["Location"] == "/dashboard/", "a device that is known goes its own way"


def test_an_address_that_nobody_has_is_slowed_the_same(visitor, db):
    answers = [sign_in(visitor, "nobody@example.org", "not the password").content.decode() for _guess in range(6)]

    assert "wrong too often" in answers[-1]
    assert "wrong too often" not in answers[-2]


def test_what_another_process_ends_is_over_at_once(laptop):
    """Without Redis no process keeps a copy of its own."""
    assert is_in(laptop)

    Session.objects.all().delete()

    assert not is_in(laptop)


def test_what_is_over_is_forgotten(laptop, phone):
    now = timezone.now()
    SignIn.objects.filter(address="203.0.113.9").update(seen_at=now - timedelta(days=91))
    Session.objects.filter(pk=phone.session.session_key).update(expire_date=now - timedelta(seconds=1))

    forget_old_sessions(timestamp=int(now.timestamp()))

    assert list(Session.objects.values_list("pk", flat=True)) == [laptop.session.session_key]
    assert list(SignIn.objects.order_by("pk").values_list("address", "agent")) == [("127.0.0.1", FIREFOX), (None, "")]


@pytest.fixture
def own_redis(tmp_path_factory, settings):
    """A Redis that a test may kill, as cache of limits and sessions."""
    folder = tmp_path_factory.mktemp("r")
    socket = folder / "s"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
    while not socket.exists():
        time.sleep(0.02)
    place = {"LOCATION": f"unix://{socket}?db=0", "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 0.5, "SOCKET_TIMEOUT": 0.5}}
    settings.CACHES = {
        "default": {"BACKEND": "batua.cache.FailoverCache", **place},
        "sessions": {"BACKEND": "batua.cache.SessionCache", **place},
    }
    yield server
    server.kill()
    server.wait()


def test_when_redis_dies_nobody_is_signed_out_and_the_door_stays_open(own_redis, alice):
    before = Browser()
    sign_in(before, alice.email)
    assert is_in(before)
    assert caches["sessions"].keys("*cached_db*"), "sessions are read from Redis while it is there"

    own_redis.kill()
    own_redis.wait()

    assert is_in(before)
    after = Browser()
    assert sign_in(after, alice.email)["Location"] == "/dashboard/"
    assert is_in(after)
    after.post(reverse("account_logout"))
    assert not is_in(after)


def test_a_copy_in_redis_lives_a_minute(own_redis, alice):
    """What is ended while Redis is out of reach must not come back with it."""
    browser = Browser()
    sign_in(browser, alice.email)
    is_in(browser)

    client: Redis = caches["sessions"].client.get_client()
    lives = [client.ttl(key) for key in client.keys("*cached_db*")]

    assert lives
    assert max(lives) <= 60


# --- programs -------------------------------------------------------------------------------------------------------

PROGRAM = "penny-bot/2.1"


@pytest.fixture
def program(alice) -> Client:
    client = Client(headers={"User-Agent": PROGRAM}, REMOTE_ADDR="203.0.113.77")
    sent = {"email": "alice@example.org", "password": PASSWORD}
    assert client.post("/api/auth/login", sent, content_type="application/json").status_code == 200
    return client


def knows(program):
    return program.get("/api/users/me").status_code == 200


def test_a_program_that_signed_in_is_listed_and_ended_at_once(as_alice, program):
    page = as_alice.get(PAGE).content.decode()
    row = ApiSession.objects.get()
    had = knows(program)

    answer = as_alice.post(reverse("accounts:session-end-program", args=[row.pk]))

    assert "penny-bot" in page
    assert "203.0.113.77" in page
    assert (had, knows(program)) == (True, False)
    assert answer.status_code == 303
    assert "penny-bot" not in as_alice.get(PAGE).content.decode()
    assert SecurityEvent.objects.filter(event="session-ended", facts={"way": "api"}).count() == 1


def test_programs_of_others_are_neither_seen_nor_ended(as_bob, bobs_household, program):
    row = ApiSession.objects.get()

    assert "penny-bot" not in as_bob.get(PAGE).content.decode()
    assert as_bob.post(reverse("accounts:session-end-program", args=[row.pk])).status_code == 404
    assert knows(program)


def test_all_others_are_programs_too(as_alice, program):
    as_alice.post(reverse("accounts:sessions-end-others"))

    assert not knows(program)


def test_when_a_program_came_last_is_noted_once_a_minute(as_alice, program):
    long_ago = timezone.now() - timedelta(hours=3)
    ApiSession.objects.update(used_at=long_ago, address=None)

    program.get("/api/users/me")
    seen = ApiSession.objects.get()
    program.get("/api/users/me")

    assert seen.used_at > long_ago
    assert seen.address == "203.0.113.77"
    assert ApiSession.objects.get().used_at == seen.used_at


def test_sign_ins_of_programs_that_are_over_leave_no_row(as_alice, alice, program):
    now = timezone.now()
    old = {"user": alice, "password_mark": "x"}
    ApiSession.objects.create(**old, expires_at=now - timedelta(hours=1))
    ApiSession.objects.create(**old, expires_at=now + timedelta(days=1), revoked_at=now - timedelta(hours=1))
    KeptAnswer.objects.create(user=alice, key="k", fingerprint="x", created_at=now - timedelta(days=2))

    forget_old_sessions(0)

    assert ApiSession.objects.count() == 1
    assert knows(program)
    assert not KeptAnswer.objects.exists()
