"""A webhook from its making to its log, as a member sees it, and a program that listens."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import WebhookDelivery
from accounts.tests.receiver import Receiver, listening


@pytest.fixture
def receiver(settings):
    with listening() as receiver:
        settings.WEBHOOK_ALLOWED_HOSTS = [receiver.host]
        yield receiver


def test_a_program_hears_of_a_new_entry(alices_page: Page, household, receiver: Receiver, run_jobs) -> None:
    page = alices_page
    make(page, receiver)

    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("On its way", exact=True)).to_be_visible()
    run_jobs("webhooks")
    page.goto("/transactions/add/")
    page.get_by_label("Amount").fill("120")
    page.get_by_role("button", name="Save entry").click()
    expect(page.get_by_text("₹120.00").first).to_be_visible()
    run_jobs("webhooks")

    assert [json.loads(body)["type"] for _headers, body in receiver.got] == ["test", "transaction.created"]
    page.goto("/profile/webhooks/")
    page.get_by_role("link", name=receiver.url).click()
    expect(page.get_by_text("Delivered", exact=True)).to_have_count(2)
    send_again(page, run_jobs)
    assert len(receiver.got) == 3


def make(page: Page, receiver: Receiver) -> None:
    page.goto("/profile/")
    page.get_by_role("link", name="See webhooks").click()
    page.get_by_role("link", name="New webhook").click()
    page.get_by_label("Address").fill("https://127.0.0.1/")
    page.get_by_role("button", name="Add webhook").click()
    expect(page.get_by_text("This address leads into a private network")).to_be_visible()
    page.get_by_label("Address").fill(receiver.url)
    page.get_by_label("An entry is added").check()
    page.get_by_role("button", name="Add webhook").click()
    expect(page.get_by_label("Secret")).to_have_value(re.compile(r"whsec_.{44}"))
    page.get_by_role("link", name="I have copied it").click()


def send_again(page: Page, run_jobs: Callable[..., int]) -> None:
    WebhookDelivery.objects.update(state="failed", status=503, attempts=8)
    page.reload()
    expect(page.get_by_text("It answered 503. Tried 8 times.")).to_have_count(2)
    page.get_by_role("button", name="Send again: An entry is added").click()
    expect(page.get_by_text("The message is on its way again.")).to_be_visible()
    run_jobs("webhooks")
    page.reload()
    expect(page.get_by_text("Delivered", exact=True)).to_have_count(1)
