"""Webhooks: made on their page, told after the commit, signed, tried again, and written down."""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import SecurityEvent, Webhook, WebhookDelivery
from accounts.tests.receiver import listening
from accounts.webhooks import delivering, outbox, signing
from accounts.webhooks.delivering import PURPOSE, NotDeliveredError
from batua import limits
from batua.sealing import SealError, seal, unseal
from conftest import proved, signed_in

ALL = list(Webhook.Event.values)
PAGE = "/profile/webhooks/"


@pytest.fixture
def receiver(settings):
    with listening() as receiver:
        settings.WEBHOOK_ALLOWED_HOSTS = [receiver.host]
        yield receiver


@pytest.fixture
def as_alice(alice):
    return proved(signed_in(alice))


def test_an_open_session_alone_sends_the_books_nowhere(alice, household, receiver):
    browser = signed_in(alice)
    webhook = make_webhook(household, receiver.url)
    other = {"url": f"{receiver.url}&to=another", "events": ALL, "is_on": "on"}

    asked = [
        browser.post(reverse("accounts:webhook-create"), other),
        browser.post(reverse("accounts:webhook", args=[webhook.pk]), other),
        browser.post(reverse("accounts:webhook-renew", args=[webhook.pk])),
    ]

    assert {answer["Location"].split("?")[0] for answer in asked} == {"/accounts/reauthenticate/"}
    assert list(Webhook.objects.values_list("url", "secret")) == [(webhook.url, webhook.secret)]


def make_webhook(household, url, *, events=ALL, secret="whsec_c2VjcmV0", **fields) -> Webhook:
    sealed = seal(secret, purpose=PURPOSE)
    return Webhook.objects.create(household=household, url=url, events=events, secret=sealed, **fields)


def tell(household, told=None, event="import.committed") -> None:
    outbox.announce(household=household, event=event, told=lambda: told or {"id": 7})


def the_delivery() -> tuple[str, int, int | None, str]:
    kept = WebhookDelivery.objects.get()
    return kept.state, kept.attempts, kept.status, kept.problem


def test_a_message_is_signed_and_says_what_happened(household, receiver, run_jobs):
    make_webhook(household, receiver.url)

    tell(household, {"id": 7, "file_name": "november.csv"})
    run_jobs("webhooks")

    headers, body = receiver.got[0]
    said = json.loads(body)
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(b"secret", signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert (headers["path"], headers["content-type"]) == ("/hook?from=batua", "application/json")
    assert (said["type"], said["household"]) == ("import.committed", household.pk)
    assert said["data"] == {"id": 7, "file_name": "november.csv"}
    assert the_delivery() == ("delivered", 1, 200, "")
    assert headers["webhook-id"] == str(WebhookDelivery.objects.get().message_id)


def test_the_check_that_the_docs_show_takes_our_messages_and_no_others(household, receiver, run_jobs):
    page = (settings.BASE_DIR / "docs/webhooks.md").read_text()
    names: dict = {}
    exec(page.split("```python")[1].split("```")[0], names)
    make_webhook(household, receiver.url)
    tell(household)
    run_jobs("webhooks")

    headers, body = receiver.got[0]

    is_genuine = names["is_genuine"]
    assert is_genuine("whsec_c2VjcmV0", headers, body)
    assert not is_genuine("whsec_b3RoZXI=", headers, body)
    assert not is_genuine("whsec_c2VjcmV0", headers, body + b" ")
    assert not is_genuine("whsec_c2VjcmV0", headers | {"webhook-timestamp": "1700000000"}, body)


def test_only_who_listens_in_the_same_household_is_told(household, bobs_household, receiver, run_jobs):
    make_webhook(household, f"{receiver.url}&n=1", events=["import.committed"])
    make_webhook(household, f"{receiver.url}&n=2", events=["transaction.created"])
    make_webhook(household, f"{receiver.url}&n=3", is_on=False)
    make_webhook(bobs_household, f"{receiver.url}&n=4")

    tell(household)
    run_jobs("webhooks")

    assert [headers["path"][-1] for headers, _body in receiver.got] == ["1"]


def test_without_a_webhook_nothing_is_asked_and_one_query_is_made(household, django_assert_num_queries):
    with django_assert_num_queries(1):
        outbox.announce(household=household, event="import.committed", told=lambda: pytest.fail("asked"))


def test_what_is_rolled_back_is_never_told(household, receiver, run_jobs):
    make_webhook(household, receiver.url)

    with transaction.atomic():
        tell(household)
        transaction.set_rollback(True)

    assert (run_jobs("webhooks"), receiver.got, WebhookDelivery.objects.count()) == (0, [], 0)


@pytest.mark.parametrize("status", [302, 404, 410, 500])
def test_any_answer_but_success_is_tried_again(household, receiver, run_jobs, status):
    make_webhook(household, receiver.url)
    receiver.status = status
    tell(household)

    with pytest.raises(NotDeliveredError):
        run_jobs("webhooks")

    assert the_delivery() == ("waiting", 1, status, "")


def test_the_last_try_gives_up_in_words(household, receiver):
    make_webhook(household, receiver.url)
    receiver.status = 503
    tell(household)
    key = WebhookDelivery.objects.get().pk

    for _try in range(delivering.TRIES - 1):
        with pytest.raises(NotDeliveredError):
            delivering.deliver(key)
    delivering.deliver(key)
    delivering.deliver(key)

    assert the_delivery() == ("failed", delivering.TRIES, 503, "")
    assert len(receiver.got) == delivering.TRIES
    # The same message each time: the receiver can tell by its id.
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1


def test_the_waits_between_the_tries_grow_to_hours():
    strategy = outbox.tasks.deliver.retry_strategy

    waits = [strategy.exponential_wait ** (attempt + 1) for attempt in range(strategy.max_attempts)]

    assert waits == [4, 16, 64, 256, 1024, 4096, 16384]


def test_an_address_that_has_become_private_is_refused_when_it_is_called(household, receiver, settings):
    make_webhook(household, receiver.url)
    tell(household)
    settings.WEBHOOK_ALLOWED_HOSTS = []

    with pytest.raises(NotDeliveredError):
        delivering.deliver(WebhookDelivery.objects.get().pk)

    assert (the_delivery(), receiver.got) == (("waiting", 1, None, "refused"), [])


def test_what_waits_for_a_webhook_that_is_off_or_gone_is_not_sent(household, receiver):
    webhook = make_webhook(household, receiver.url)
    tell(household)
    key = WebhookDelivery.objects.get().pk
    Webhook.objects.update(is_on=False)

    delivering.deliver(key)

    assert the_delivery() == ("failed", 1, None, "off")
    webhook.delete()
    delivering.deliver(key)
    assert (receiver.got, WebhookDelivery.objects.count()) == ([], 0)


def test_a_secret_is_sealed_for_its_purpose_and_survives_a_new_key(settings):
    sealed = seal("whsec_abc", purpose=PURPOSE)

    assert "whsec" not in sealed
    with pytest.raises(SealError):
        unseal(sealed, purpose="another purpose")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert unseal(sealed, purpose=PURPOSE) == "whsec_abc"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SealError):
        unseal(sealed, purpose=PURPOSE)


def test_secrets_are_long_and_none_is_like_another():
    one, other = signing.new_secret(), signing.new_secret()

    assert one != other
    assert len(base64.b64decode(one.removeprefix("whsec_"))) == 32


def test_the_log_is_kept_for_a_month(household, receiver):
    webhook = make_webhook(household, receiver.url)
    tell(household)
    old = WebhookDelivery.objects.create(webhook=webhook, event="import.committed", body="{}")
    WebhookDelivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))

    delivering.forget()

    assert WebhookDelivery.objects.exclude(pk=old.pk).count() == WebhookDelivery.objects.count() == 1


def test_webhooks_go_with_their_household_and_messages_with_them(household, receiver):
    make_webhook(household, receiver.url)
    tell(household)

    household.delete()

    assert (Webhook.objects.count(), WebhookDelivery.objects.count()) == (0, 0)


def test_the_database_refuses_a_webhook_without_events(household):
    with pytest.raises(IntegrityError, match="webhook_tells_of_something"), transaction.atomic():
        make_webhook(household, "https://example.org/", events=[])


def test_the_secret_is_shown_once(as_alice, household, receiver):
    added = as_alice.post(f"{PAGE}add/", {"url": receiver.url, "events": ["import.committed", "budget.crossed"]})

    webhook = Webhook.objects.get()
    secret = unseal(webhook.secret, purpose=PURPOSE)
    later = [as_alice.get(path).content.decode() for path in (PAGE, f"{PAGE}{webhook.pk}/")]
    assert (webhook.household, webhook.events) == (household, ["import.committed", "budget.crossed"])
    assert secret in added.content.decode()
    assert "no-store" in added["Cache-Control"]
    assert not any(secret in page for page in later)
    assert receiver.url.replace("&", "&amp;") in later[0]


def test_a_new_secret_counts_at_once(as_alice, household, receiver, run_jobs):
    webhook = make_webhook(household, receiver.url)

    page = as_alice.post(f"{PAGE}{webhook.pk}/secret/").content.decode()

    webhook.refresh_from_db()
    assert unseal(webhook.secret, purpose=PURPOSE) in page
    assert unseal(webhook.secret, purpose=PURPOSE) != "whsec_c2VjcmV0"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"url": ""}, "Type the address of your program."),
        ({"url": "nowhere"}, "This is no address of the web."),
        ({"url": "https://127.0.0.1/"}, "This address leads into a private network"),
        ({"url": "http://1.1.1.1/"}, "Messages about money go encrypted only."),
        ({"url": "https://nowhere.invalid/"}, "No computer of this name was found."),
        ({"events": []}, "Tick what it shall be told of."),
        ({"events": ["everything"]}, "Choose one of the list."),
    ],
)
def test_what_cannot_be_a_webhook_is_refused_in_words(as_alice, household, typed, sentence):
    page = as_alice.post(f"{PAGE}add/", {"url": "https://1.1.1.1/", "events": ["import.committed"]} | typed)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Webhook.objects.exists()


def test_one_address_has_one_webhook_and_a_household_ten(as_alice, household):
    typed = {"url": "https://1.1.1.1/1", "events": ["import.committed"]}
    for number in range(1, 10):
        make_webhook(household, f"https://1.1.1.1/{number}")

    twice = as_alice.post(f"{PAGE}add/", typed)
    tenth = as_alice.post(f"{PAGE}add/", typed | {"url": "https://1.1.1.1/10"})
    eleventh = as_alice.post(f"{PAGE}add/", typed | {"url": "https://1.1.1.1/11"})

    assert [answer.status_code for answer in (twice, tenth, eleventh)] == [422, 200, 422]
    assert "There is a webhook for this address already." in twice.content.decode()
    assert "There are 10 webhooks already." in eleventh.content.decode()


def test_a_webhook_is_changed_switched_off_and_deleted(as_alice, household, receiver):
    webhook = make_webhook(household, receiver.url)

    changed = as_alice.post(f"{PAGE}{webhook.pk}/", {"url": receiver.url, "events": ["budget.crossed"]}, follow=True)

    webhook.refresh_from_db()
    assert "Webhook saved." in changed.content.decode()
    assert (webhook.events, webhook.is_on) == (["budget.crossed"], False)
    assert as_alice.post(f"{PAGE}{webhook.pk}/delete/", follow=True).redirect_chain == [(PAGE, 303)]
    assert not Webhook.objects.exists()


def test_each_change_is_kept_among_the_security_events(as_alice, alice, household, receiver):
    as_alice.post(f"{PAGE}add/", {"url": receiver.url, "events": ["import.committed"]})
    path = f"{PAGE}{Webhook.objects.get().pk}/"
    as_alice.post(path, {"url": receiver.url, "events": ["budget.crossed"], "is_on": "on"})
    as_alice.post(f"{path}secret/")
    as_alice.post(f"{path}delete/")

    kept = SecurityEvent.objects.filter(event="webhook-changed", person=alice.pk, household=household.pk)
    changes = [facts["change"] for facts in kept.order_by("pk").values_list("facts", flat=True)]
    assert changes == ["added", "changed", "signed anew", "deleted"]


def test_the_network_is_not_asked_without_end(as_alice, household, receiver, monkeypatch):
    monkeypatch.setattr(limits, "take_for", lambda *_who, **_options: 17)

    answer = as_alice.post(f"{PAGE}{make_webhook(household, receiver.url).pk}/test/")

    assert (answer.status_code, answer["Retry-After"], WebhookDelivery.objects.count()) == (429, "17", 0)


def test_a_test_is_sent_and_the_log_says_so(as_alice, household, receiver, run_jobs):
    webhook = make_webhook(household, receiver.url, events=["budget.crossed"])

    as_alice.post(f"{PAGE}{webhook.pk}/test/")
    run_jobs("webhooks")

    page = as_alice.get(f"{PAGE}{webhook.pk}/").content.decode()
    assert json.loads(receiver.got[0][1])["type"] == "test"
    assert "A test" in page
    assert "Delivered" in page
    assert "It answered 200." in page


def test_a_failed_message_is_sent_again(as_alice, household, receiver, run_jobs):
    webhook = make_webhook(household, receiver.url)
    tell(household)
    run_jobs("webhooks")
    WebhookDelivery.objects.update(state="failed", attempts=8, status=503)
    before = as_alice.get(f"{PAGE}{webhook.pk}/").content.decode()

    again = reverse("accounts:webhook-send-again", args=[WebhookDelivery.objects.get().pk])
    as_alice.post(again)
    run_jobs("webhooks")

    assert "Not delivered" in before
    assert "It answered 503. Tried 8 times." in before
    assert the_delivery() == ("delivered", 1, 200, "")
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    assert len(receiver.got) == 2


def test_a_viewer_neither_sees_nor_makes_webhooks(as_viewer, household):
    paths = [PAGE, f"{PAGE}add/", f"{PAGE}{make_webhook(household, 'https://1.1.1.1/').pk}/"]

    assert [as_viewer.get(path).status_code for path in paths] == [403, 403, 403]
    assert as_viewer.post(paths[1], {"url": "https://1.1.1.1/2", "events": ALL}).status_code == 403


@pytest.mark.parametrize("number", [3, 30])
def test_the_log_is_read_in_a_fixed_number_of_queries(as_alice, household, number, django_assert_max_num_queries):
    webhook = make_webhook(household, "https://1.1.1.1/")
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(webhook=webhook, event="import.committed", body="{}") for _number in range(number)
    )

    with django_assert_max_num_queries(8):
        page = as_alice.get(f"{PAGE}{webhook.pk}/").content.decode()

    assert page.count("Send again") >= number
