"""Numbers of another household's rows in every field and filter that takes a number: nothing comes of it.

Which fields there are is found out from the pages, their links and the description of the API, so that a new one is
tried without anybody thinking of it. All rows of Alice's have one and the same number, whatever they are.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from batua.api import api
from batua.tests.rows_with_keys import KEYED, MAKERS
from batua.tests.test_matrix import MARK, content, mark
from batua.tests.test_urls import ALL, CLOSED
from conftest import signed_in
from transactions.models import Transaction
from transactions.tests.factories import make_wallet

# Their forms are about the person, and each has tests of its own.
NOT_TRIED = ("account_", "mfa_", "backup:", "delete-account", "accounts:session", "accounts:token")
FOREIGN = 700_001
REFUSED = {400, 404, 409, 422}
JSON = "application/json"
LINE = "2"  # of the statement that rows_with_keys makes: its first one with money
# They choose among what the import or the file holds: what it does not hold is chosen for nothing.
PASSED_OVER = {"also", "accounts"}
# How the description of a field of the API says that it takes the number of a row.
AN_ID = re.compile(r"\bids?\b", re.IGNORECASE)


class Forms(HTMLParser):
    """The forms of a page: address, method, what they hold, and which fields hold the numbers of rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self.links: list[str] = []
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.forms.append(
                {"action": found.get("action", ""), "method": found.get("method", "get"), "values": {}, "keys": set()}
            )
        elif tag == "a":
            self.links.append(found.get("href", ""))
        elif self.forms and tag == "select":
            self.select = found.get("name", "")
        elif self.forms and tag == "option" and self.select:
            self._value(self.select, found.get("value", ""), is_chosen="selected" in found)
        elif self.forms and tag == "input" and found.get("name") and found.get("type") != "file":
            is_choice = found.get("type") in {"radio", "checkbox"}
            self._value(found["name"], found.get("value") or "", is_chosen=not is_choice or "checked" in found)

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = ""

    def _value(self, name, value, *, is_chosen):
        form = self.forms[-1]
        if is_chosen:
            form["values"][name] = value
        if re.fullmatch(r"\d+", value):
            form["keys"].add(name)


def books() -> list[tuple[str, str]]:
    """Each table of rows that a household owns, and where its rows say whose they are."""
    models = [model for model in apps.get_models() if {"household", "id"} <= {f.name for f in model._meta.fields}]
    return [(model._meta.db_table, "household_id") for model in models if not model._meta.db_table.endswith("event")]


def rows_of(household) -> str:
    """A digest of everything in a household's books."""
    with connection.cursor() as cursor:
        rows = "(SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {} t WHERE {} = %s)"
        parts = [rows.format(table, column) for table, column in books()]
        cursor.execute(f"SELECT concat({', '.join(parts)})", [household.pk] * len(parts))
        return cursor.fetchone()[0]


def count_from(number: int) -> None:
    with connection.cursor() as cursor:
        for table, _column in books():
            cursor.execute(
                "SELECT setval(seq::regclass, %s) FROM pg_get_serial_sequence(%s, 'id') seq WHERE seq IS NOT NULL",
                [number, table],
            )


@pytest.fixture
def _low_numbers(db):
    """No test before this one has used them up: a rollback does not turn a counter back."""
    count_from(FOREIGN - 100_000)


@pytest.fixture
def marked(_low_numbers, alice, household):
    """Alice's books: the first row of each kind that is made here has the number that Bob sends everywhere."""
    count_from(FOREIGN - 1)
    marked = mark(household, alice)
    make_wallet(household, f"{MARK} bank")
    for name in KEYED:
        MAKERS[name](household)
    Transaction.objects.of(marked).update(note=MARK)
    count_from(FOREIGN + 100_000)
    return marked


def is_one_of_alices(household) -> set[str]:
    with connection.cursor() as cursor:
        found = set()
        for table, column in books():
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s AND {column} = %s", [FOREIGN, household.pk])
            found |= {table} if cursor.fetchone() else set()
        return found


def pages_of(household) -> list[str]:
    keyed = {name: reverse(name, args=[MAKERS[name](household)]) for name in KEYED if not name.startswith("api:")}
    return [keyed.get(name, path) for name, path in CLOSED if not name.startswith(NOT_TRIED)]


def fields_of(path: str, page: str) -> Iterator[tuple[str, str, str, dict]]:
    """Address, method, name and what else is sent, for each field and filter of a page that takes a number."""
    found = Forms(page)
    for form in found.forms:
        for name in sorted(form["keys"]):
            yield form["action"] or path, form["method"], name, form["values"]
    for link in found.links:
        parts = urlsplit(link)
        query = parse_qsl(parts.query)
        for name in [name for name, value in query if value.isdecimal()]:
            yield parts.path or path, "get", name, dict(query)


def test_foreign_numbers_in_fields_and_filters_come_to_nothing(marked, bob, bobs_household):
    assert {"transactions_wallet", "transactions_category", "transactions_transaction", "budgets_budget"} <= (
        is_one_of_alices(marked)
    )
    client, before, tried, faults = signed_in(bob), rows_of(marked), set(), []

    for path in pages_of(bobs_household):
        with transaction.atomic():
            page = client.get(path)
            text = content(page)
            transaction.set_rollback(True)
        for goal, method, name, values in fields_of(path, text if "html" in page.get("Content-Type", "") else ""):
            where = re.sub(r"\d+", "1", goal), method, name
            if where in tried or goal.startswith(("/accounts/", "/profile/delete")):
                continue
            tried.add(where)
            faults.append(sent(client, method, goal, {**values, name: FOREIGN}, of=marked, before=before))

    assert [fault for fault in faults if fault] == []
    assert len(tried) > 30


def sent(client, method, goal, values, *, of, before, good=frozenset({200, 202, 302, 303}), **how) -> str:
    """What was wrong with the answer; nothing when it was as it must be. What Bob may do to his own is taken back."""
    cache.clear()
    with transaction.atomic():
        answer = getattr(client, method)(goal, values, **how)
        text, is_changed = content(answer), rows_of(of) != before
        transaction.set_rollback(True)
    is_right = answer.status_code in good | REFUSED and MARK not in text and not is_changed
    return "" if is_right else f"{method} {goal} with {values}: {answer.status_code}"


# --- the API --------------------------------------------------------------------------------------------------------

SCHEMA = api.get_openapi_schema()


def whole(schema: dict) -> dict:
    """A schema without what only points elsewhere, nor the null that it may be."""
    for key in ("anyOf", "allOf"):
        if key in schema:
            return whole(next(one for one in schema[key] if one.get("type") != "null"))
    if "$ref" in schema:
        return whole(SCHEMA["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    return schema


def as_number(schema: dict) -> object:
    """The foreign number, in the shape that the field has."""
    schema = whole(schema)
    if schema.get("type") == "array":
        return [as_number(schema["items"])]
    if "properties" in schema:
        return {name: as_number(each) for name, each in schema["properties"].items()}
    if schema.get("type") == "object":
        return {LINE: as_number(schema["additionalProperties"])}
    return FOREIGN if schema.get("type") == "integer" else str(FOREIGN)


def example(schema: dict) -> object:
    found = whole(schema)
    return next(iter(schema.get("examples", found.get("examples", found.get("enum", ["2026-11-10"])))))


def takes_an_id(name: str, field: dict) -> bool:
    said = field.get("description", "") + whole(field.get("schema", field)).get("description", "")
    return name.endswith("_id") or bool(AN_ID.search(said))


def api_fields(household) -> Iterator[tuple[str, str, str, bool, object, dict | None]]:
    """Address, method, name of the field, whether it takes an id, what to send in it, and the rest of the body.

    A filter has no body.
    """
    first = {path: name for name, path in reversed(ALL)}
    for route, operations in SCHEMA["paths"].items():
        name = first[route.replace("{pk}", "1")]
        if "/auth/" in route or "/users/" in route:
            continue
        path = reverse(name, args=[MAKERS[name](household)] if name in KEYED else [])
        for method, operation in operations.items():
            for parameter in operation.get("parameters", []):
                name = parameter["name"]
                if parameter["in"] == "query":
                    yield path, method, name, takes_an_id(name, parameter), as_number(parameter["schema"]), None
            body = whole(operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema", {}))
            needed = {key: example(body["properties"][key]) for key in body.get("required", [])}
            for key, schema in body.get("properties", {}).items():
                yield path, method, key, takes_an_id(key, schema), as_number(schema), needed


def test_foreign_numbers_sent_to_the_api_come_to_nothing(marked, bob, bobs_household):
    client, before, tried, faults = signed_in(bob), rows_of(marked), set(), []

    for path, method, name, names_a_row, value, body in api_fields(bobs_household):
        options = {
            "of": marked,
            "before": before,
            "good": set() if names_a_row and name not in PASSED_OVER else {200, 201, 202, 204},
        }
        if body is None:
            faults.append(sent(client, "get", path, {name: value}, **options) if method == "get" else "")
        else:
            sent_body = json.dumps({**body, name: value})
            faults.append(sent(client, method, path, sent_body, content_type=JSON, **options))
        tried |= {name} if names_a_row else set()

    assert [fault for fault in faults if fault] == []
    assert tried >= {"category_id", "wallet_id", "to_wallet_id", "into", "also", "wallet", "category", "categories"}
