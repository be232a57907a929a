"""People who use Batua for some minutes, for locust: each signs in once, then looks, searches, adds and changes.

    locust -f batua/benchmarks/locustfile.py --headless --users 100 --run-time 5m --host http://127.0.0.1:8000

wants the households of ``neighbours``; `manage.py benchmark --clients 100` makes them, and a server, and starts this.
``--outcome FILE`` keeps the figures as JSON.
"""

import itertools
import json
import random
import re
from pathlib import Path
from typing import Any

from locust import FastHttpUser, between, events, task
from locust.exception import StopUser

from batua.benchmarks import people
from batua.benchmarks.filled_form import FilledForm
from batua.benchmarks.words import MERCHANTS

LOGIN = "/accounts/login/"
ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')
EDIT = re.compile(r'href="(/transactions/\d+/edit/)"')
FRAGMENT = {"HX-Request": "true"}
PERIODS = ("this-month", "last-month", "last-3-months", "this-year", "all-time")
count = itertools.count()
chance = random.Random()  # nosec B311 # what people do next is no secret


class Member(FastHttpUser):
    """The owner of a household of their own, who reads a few seconds between two clicks."""

    wait_time = between(1, 5)
    network_timeout = connection_timeout = 30.0

    def __init__(self, environment: Any) -> None:
        self.number = next(count)
        # Each comes from an address of their own, as the proxy would say.
        self.default_headers = {"X-Forwarded-For": f"10.7.{self.number // 250}.{self.number % 250 + 1}"}
        super().__init__(environment)

    def on_start(self) -> None:
        """Signs in as a browser does on its first visit: the page, what belongs to it, then the form."""
        page = self._seen("sign-in page", LOGIN)
        for asset in sorted(set(ASSET.findall(page))):
            self.client.get(asset, name="static files")
        form = {
            **FilledForm(page).values,
            "login": people.address("owner", self.number),
            "password": people.PASSWORD,
        }
        if not self._sent("sign-in", LOGIN, form, expected=302):
            raise StopUser

    @task(10)
    def dashboard(self) -> None:
        self._seen("dashboard", "/dashboard/", period=chance.choice(PERIODS))

    @task(8)
    def entries(self) -> None:
        self._seen("entries", "/transactions/")

    @task(5)
    def search(self) -> None:
        """As it is typed: each pause asks again."""
        word = chance.choice(MERCHANTS).lower()
        for part in (word[:3], word):
            self._seen("search", "/transactions/", FRAGMENT, period="all-time", text=part)

    @task(5)
    def narrow(self) -> None:
        kind = chance.choice(("expense", "income", "transfer"))
        self._seen("filter", "/transactions/", FRAGMENT, period=chance.choice(PERIODS), kind=kind)

    @task(6)
    def add(self) -> None:
        page = self._seen("form to add", "/transactions/add/", FRAGMENT)
        note = chance.choice(MERCHANTS)
        self._seen("suggestion", "/transactions/suggest/", FRAGMENT, kind="expense", note=note)
        typed = {"amount": f"{chance.randint(10, 99_999) / 100:.2f}", "note": note, "kind": "expense"}
        self._sent("add", "/transactions/add/", FilledForm(page).values | typed, FRAGMENT, expected=204)

    @task(3)
    def edit(self) -> None:
        entries = EDIT.findall(self._seen("entries", "/transactions/"))
        if entries:
            address = chance.choice(entries)
            page = self._seen("form to edit", address, FRAGMENT)
            self._sent("edit", address, FilledForm(page).values | {"comment": "Seen"}, FRAGMENT, expected=204)

    @task(3)
    def calendar(self) -> None:
        self._seen("calendar", "/calendar/")

    @task(4)
    def charts(self) -> None:
        self._seen("charts", "/charts/", period=chance.choice(PERIODS))

    @task(3)
    def budgets(self) -> None:
        self._seen("budgets", "/budgets/")

    @task(3)
    def api(self) -> None:
        self._seen("API, list", "/api/transactions/")

    def _seen(self, name: str, path: str, headers: dict[str, str] | None = None, **query: str) -> str:
        """The text of a page that has to be there; being sent to the sign-in is an error."""
        asked = self.client.get(
            path, name=name, params=query, headers=headers, allow_redirects=False, catch_response=True
        )
        with asked as response:
            _checked(response, 200)
            return response.text or ""

    def _sent(
        self, name: str, path: str, form: dict[str, str], headers: dict[str, str] | None = None, *, expected: int
    ) -> bool:
        """Whether a form was answered as it should be."""
        sent = self.client.post(path, data=form, name=name, headers=headers, allow_redirects=False, catch_response=True)
        with sent as response:
            return _checked(response, expected)


def _checked(response: Any, expected: int) -> bool:
    if response.status_code == expected:
        return True
    words = " ".join((response.text or "").split())[-300:]
    response.failure(f"{response.status_code} instead of {expected}: {words or response.error}")
    return False


@events.init_command_line_parser.add_listener  # type: ignore[untyped-decorator]
def add_outcome(parser: Any) -> None:
    parser.add_argument("--outcome", default="", help="a file for the figures")


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def tell(environment: Any, **_rest: Any) -> None:
    """Writes what each page took, and what went wrong."""
    stats = environment.stats
    outcome = {
        "seconds": stats.total.last_request_timestamp - stats.total.start_time,
        "pages": [
            {
                "page": each.name,
                "requests": each.num_requests,
                "errors": each.num_failures,
                "median_ms": each.get_response_time_percentile(0.5),
                "p95_ms": each.get_response_time_percentile(0.95),
            }
            for each in sorted(stats.entries.values(), key=lambda each: str(each.name))
        ],
        "errors": [f"{each.name}, {each.occurrences} times: {each.error}" for each in stats.errors.values()],
    }
    if environment.parsed_options.outcome:
        Path(environment.parsed_options.outcome).write_text(json.dumps(outcome))
