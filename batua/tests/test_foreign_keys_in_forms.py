"""Numbers of another household's rows in every field that takes a number: nothing comes of it, whatever the page."""

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from batua.tests.rows_with_keys import KEYED, MAKERS
from batua.tests.test_matrix import MARK, content, mark
from batua.tests.test_urls import CLOSED
from conftest import signed_in
from transactions.models import Category, Transaction, Wallet

# Each page is fetched once, and each of its fields is sent once for each foreign number.
NOT_TRIED = ("account_", "mfa_", "backup:", "delete-account", "accounts:session", "accounts:token")


class Forms(HTMLParser):
    """The forms of a page: address, method, what they hold, and which fields hold the numbers of rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.forms.append(
                {"action": found.get("action", ""), "method": found.get("method", "get"), "values": {}, "keys": set()}
            )
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


def rows_of(household) -> str:
    """A digest of everything in a household's books."""
    with connection.cursor() as cursor:
        rows = "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {} t WHERE household_id = %s"
        parts = [f"({rows.format(model._meta.db_table)})" for model in (Wallet, Category, Transaction)]
        cursor.execute(f"SELECT concat({', '.join(parts)})", [household.pk] * len(parts))
        return cursor.fetchone()[0]


def pages_of(household) -> list[str]:
    keyed = {name: reverse(name, args=[MAKERS[name](household)]) for name in KEYED if not name.startswith("api:")}
    return [keyed.get(name, path) for name, path in CLOSED if not name.startswith(NOT_TRIED)]


@pytest.fixture(autouse=True)
def _far_numbers(db):
    """Numbers that no row of Bob's has, so that none of Alice's can be mistaken for his."""
    with connection.cursor() as cursor:
        for table in ("transactions_wallet", "transactions_category", "transactions_transaction"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [700_000 + 1000 * len(table)])


def test_foreign_numbers_in_fields_and_filters_come_to_nothing(alice, household, bob, bobs_household):
    marked = mark(household, alice)
    foreign = [Wallet.objects.of(marked).first().pk, Category.objects.of(marked).get(name=MARK).pk]
    client, before, tried, faults = signed_in(bob), rows_of(marked), set(), []

    for path in pages_of(bobs_household):
        with transaction.atomic():
            page = client.get(path)
            text = content(page)
            transaction.set_rollback(True)
        for form in Forms(text).forms if "html" in page.get("Content-Type", "") else []:
            for name in sorted(form["keys"]):
                goal = form["action"] or path
                if (goal, form["method"], name) in tried or goal.startswith(("/accounts/", "/profile/delete")):
                    continue
                tried.add((goal, form["method"], name))
                faults += [sent(client, goal, form, {name: key}, of=marked, before=before) for key in foreign]

    assert [fault for fault in faults if fault] == []
    assert len(tried) > 20


def sent(client, goal, form, foreign, *, of, before) -> str:
    """What was wrong with the answer; nothing when it was as it must be. What Bob may do to his own is taken back."""
    cache.clear()
    with transaction.atomic():
        answer = getattr(client, "post" if form["method"] == "post" else "get")(goal, {**form["values"], **foreign})
        text, is_changed = content(answer), rows_of(of) != before
        transaction.set_rollback(True)
    is_right = answer.status_code in {200, 302, 303, 400, 404, 409, 422} and MARK not in text and not is_changed
    return "" if is_right else f"{form['method']} {goal} with {foreign}: {answer.status_code}"
