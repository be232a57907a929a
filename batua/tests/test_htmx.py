"""One URL, two answers; and what a page hears when its session has ended meanwhile."""

import json
import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from batua.htmx import changed
from conftest import signed_in
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_transaction

FRAGMENT = {"HX-Request": "true"}
WHOLE_PAGE = [{}, FRAGMENT | {"HX-Boosted": "true"}, FRAGMENT | {"HX-History-Restore-Request": "true"}]


@pytest.mark.parametrize("headers", WHOLE_PAGE)
def test_a_browser_a_boosted_link_and_the_back_button_get_the_page(as_alice, household, headers):
    make_transaction(household, "120", note="Vegetables")

    answer = as_alice.get(reverse("transactions:list"), {"period": "all-time"}, headers=headers)

    page = answer.content.decode()
    assert page.startswith("<!doctype html>")
    assert "Vegetables" in page


def test_htmx_gets_the_fragment_alone(as_alice, household):
    make_transaction(household, "120", note="Vegetables")

    answer = as_alice.get(reverse("transactions:list"), {"period": "all-time"}, headers=FRAGMENT)

    fragment = answer.content.decode()
    assert "<html" not in fragment
    assert "Vegetables" in fragment


def test_caches_are_told_that_page_and_fragment_differ(as_alice):
    vary = as_alice.get(reverse("transactions:list"))["Vary"]

    assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= {name.strip() for name in vary.split(",")}


def asking(**headers: str) -> HttpRequest:
    request = HttpRequest()
    request.META = headers
    request.htmx = HtmxDetails(request)
    return request


def test_a_write_tells_htmx_what_changed_and_leads_a_browser_on():
    heard = changed(asking(HTTP_HX_REQUEST="true"), "entries-changed", then="/profile/", message="Saved.")
    led = changed(asking(), "entries-changed", then="accounts:profile")

    assert heard.status_code == 204
    assert json.loads(heard["HX-Trigger"]) == {"entries-changed": None, "toast": {"message": "Saved."}}
    assert (led.status_code, led["Location"]) == (303, "/profile/")


def ended(client: Client) -> Client:
    """The session is gone on the server; the browser still shows its cookie."""
    Session.objects.all().delete()
    cache.clear()
    return client


def test_a_lost_write_is_told_and_saves_nothing(as_alice, household):
    posted = {"amount": "50", "kind": "expense", "date": "2026-11-25", "wallet": Wallet.objects.get().pk}

    answer = ended(as_alice).post(reverse("transactions:create"), posted, headers=FRAGMENT)

    assert answer.status_code == 401
    assert "session-expired" in json.loads(answer["HX-Trigger"])
    assert answer.content == b""
    assert not Transaction.objects.exists()


def test_a_lost_fragment_leads_its_page_to_the_login_and_back(as_alice):
    here = FRAGMENT | {"HX-Current-URL": "http://testserver/transactions/?period=2026-10"}

    answer = ended(as_alice).get("/transactions/?text=tea", headers=here)

    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Ftransactions%2F%3Fperiod%3D2026-10"
    assert answer.content == b""


def test_what_a_page_asks_while_somebody_types_never_takes_the_page_away(as_alice):
    answer = ended(as_alice).get("/transactions/suggest/", headers=FRAGMENT | {"X-Background": "1"})

    assert answer.status_code == 401
    assert "session-expired" in json.loads(answer["HX-Trigger"])
    assert "HX-Redirect" not in answer


def test_a_lost_boosted_link_leads_to_where_it_went(as_alice):
    here = FRAGMENT | {"HX-Boosted": "true", "HX-Current-URL": "http://testserver/profile/"}

    answer = ended(as_alice).get("/transactions/", headers=here)

    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Ftransactions%2F"


def test_a_page_of_another_site_is_no_way_back(as_alice):
    here = FRAGMENT | {"HX-Current-URL": "https://evil.example/transactions/"}

    assert "evil" not in ended(as_alice).get("/transactions/", headers=here)["HX-Redirect"]


def test_a_browser_without_session_comes_back_after_the_login(as_alice):
    answer = ended(as_alice).get("/transactions/?period=2026-10")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/transactions/%3Fperiod%3D2026-10"


def test_thirty_idle_minutes_end_a_session(as_alice):
    assert as_alice.get("/profile/").status_code == 200
    session = Session.objects.get()
    assert timedelta(minutes=29) < session.expire_date - timezone.now() <= timedelta(minutes=30)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    cache.clear()

    assert as_alice.get("/profile/")["Location"].startswith("/accounts/login/")


def idle_for(client: Client, minutes: int) -> None:
    """As if the last renewal were so long ago."""
    session = client.session
    session["seen"] = int(time.time()) - minutes * 60
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=30 - minutes))
    cache.clear()


def left() -> timedelta:
    return Session.objects.get().expire_date - timezone.now()


def test_use_renews_the_session(as_alice):
    idle_for(as_alice, 20)

    as_alice.get("/profile/")

    assert left() > timedelta(minutes=29)


def test_a_session_is_written_at_most_once_a_minute(as_alice):
    as_alice.get(reverse("accounts:profile"))
    before = Session.objects.get().expire_date

    as_alice.get(reverse("accounts:profile"))

    assert Session.objects.get().expire_date == before


def test_staying_signed_in_renews_at_once(as_alice):
    as_alice.get("/profile/")
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))

    answer = as_alice.get(reverse("accounts:keep-alive"))

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-Session-Left"] in {"1799", "1800"}
    assert left() > timedelta(minutes=29)


def test_a_viewer_stays_signed_in_too(as_viewer):
    assert as_viewer.get(reverse("accounts:keep-alive")).status_code == 204


def test_the_page_warns_before_the_session_may_end(as_alice):
    page = as_alice.get("/profile/").content.decode()

    left = int(re.search(r'data-session-left="(\d+)"', page)[1])
    assert 30 * 60 - 5 <= left <= 30 * 60
    assert 'data-keep-alive="/keep-alive/"' in page


def test_private_pages_stay_out_of_every_cache(alice):
    assert "no-store" in signed_in(alice).get("/profile/")["Cache-Control"]
