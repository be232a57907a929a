"""A real browser on a real server. A page that complains, breaks or is told off by its own policy fails its test."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

try:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, expect
except ImportError as missing:
    raise pytest.UsageError("Playwright is missing: `make install` brings it.") from missing

from accounts.models import Household, User
from conftest import proved

# Playwright's synchronous API runs a loop in the thread of the tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FAILURES = Path(__file__).resolve().parents[3] / "var" / "failures"
PHONE, TABLET, DESKTOP = (375, 800), (768, 1024), (1440, 900)
expect.set_options(timeout=8_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is missing: `make install` brings it.")
    return {**browser_type_launch_args, "executable_path": chromium}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object], live_server) -> dict[str, object]:
    width, height = DESKTOP
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "viewport": {"width": width, "height": height},
        "locale": "en-IN",
        "timezone_id": "Asia/Kolkata",
    }


@pytest.fixture
def _a_browsers_settings(settings, tmp_path, monkeypatch) -> None:
    """The server is reached by its port over plain HTTP, and mail is read from the outbox."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False


@dataclass
class Complaints:
    """What the browser said against the page."""

    said: list[str] = field(default_factory=list)
    is_listening: bool = True

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._hear(f"script: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A refused form (422) is an answer, and what a newer question replaces is given up on purpose: no faults, but
        # the console reports them all the same.
        answers = "Failed to load resource", "htmx:sendAbort", "htmx:afterRequest"
        if message.type in {"error", "warning"} and not any(each in message.text for each in answers):
            self._hear(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        is_missing = response.status == 404 and response.request.resource_type != "document"
        if response.status >= 500 or is_missing:
            self._hear(f"{response.status}: {response.url}")

    def _hear(self, words: str) -> None:
        if self.is_listening:
            self.said.append(words)


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(context: BrowserContext, request, complaints, _a_browsers_settings) -> Iterator[Page]:
    """A page whose complaints fail the test; when a test fails, its picture and its HTML stay in var/failures/."""
    page = context.new_page()
    complaints.watch(page)
    yield page
    failed = request.node.stash.get(FAILED, False)
    if failed or complaints.said:
        _keep(page, f"{request.path.stem}-{request.node.name}")
    page.close()
    assert not complaints.said


def _keep(page: Page, name: str) -> None:
    FAILURES.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "_", name)
    page.screenshot(path=FAILURES / f"{stem}.png", full_page=True)
    (FAILURES / f"{stem}.html").write_text(page.content())
    print(f"What the page looked like: {FAILURES / stem}.png")  # noqa: T201 -- shown by pytest beside the failure


def enter(context: BrowserContext, user: User, url: str) -> None:
    """Signs the browser in without the form."""
    client = Client()
    client.force_login(user)
    proved(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


@pytest.fixture
def alices_page(page: Page, context: BrowserContext, alice: User, household: Household, live_server) -> Page:
    enter(context, alice, live_server.url)
    return page
