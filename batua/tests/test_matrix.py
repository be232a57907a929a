"""Every address and method, as everybody: what it answers, that it shows nobody else's books and writes none.

A request is taken back once it is answered, so that all find the same rows. What PostgreSQL counted as written within
the test's transaction tells whether a request wrote, even if it was taken back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from accounts import desk
from accounts.middleware import _concerns_the_person_alone
from accounts.models import Household, User
from batua.tests.rows_with_keys import KEYED, MAKERS
from batua.tests.test_urls import ALL, PUBLIC, PUBLIC_API
from conftest import make_member
from transactions.models import Category, Transaction, Wallet
from transactions.tests.factories import make_transaction

MARK = "zanzibar"
READ_AND_SEND = ("get", "post")
# What few addresses take. Whether one takes it, its view says alone: those who come by ask of each page one of these
# in turn, so that together they ask for all. Strangers, and all at the API and staff at the desk, ask for each.
SELDOM = ("head", "put", "patch", "delete", "options")
SAFE = {"get", "head", "options"}
TURNS = ("bob", "viewer", "owner", "editor", "staff")
SEEN = {200, 204, 302, 303, 405, 422}
# An address that takes a file or a body says what is missing; one that gives a download asks for the password first.
WRITTEN = SEEN | {201, 202, 400, 404, 409, 413, 415, 429}
OF_OWNERS = ("backup:",)
# Rows of one member: not even another of the same household finds them.
OF_ONE = ("accounts:job", "accounts:session", "accounts:token")

_BOOKS = """
    SELECT array_agg(relid) FROM pg_stat_user_tables
    WHERE relname ~ '^(transactions|budgets)_' OR relname IN ('accounts_household', 'accounts_membership')
"""
# What the view pg_stat_xact_user_tables shows, without going through all tables each time.
_WRITES = """
    SELECT sum(pg_stat_get_xact_tuples_inserted(id) + pg_stat_get_xact_tuples_updated(id)
               + pg_stat_get_xact_tuples_deleted(id))
    FROM unnest(%s::oid[]) AS id
"""


@dataclass(frozen=True)
class Answer:
    """What one request got, and whether it wrote to anybody's books."""

    name: str
    method: str
    status: int
    text: str
    location: str
    wrote: bool
    headers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.name}: {self.status}{' wrote' if self.wrote else ''} {self.location}"


def mark(household: Household, owner: User) -> Household:
    """Somebody's books, with one word in every text of them."""
    User.objects.filter(pk=owner.pk).update(name=f"{owner.name} {MARK}")
    Household.objects.filter(pk=household.pk).update(name=MARK)
    Category.objects.filter(household=household, is_other=False).update(name=MARK)
    Wallet.objects.filter(household=household).update(name=MARK)
    make_transaction(household, "5", wallet=MARK, category=MARK, note=MARK)
    return household


@pytest.fixture
def marked(household, alice) -> Household:
    return mark(household, alice)


@pytest.fixture
def paths(marked) -> dict[str, str]:
    """Each address, with a row of Alice's household where it takes one."""
    # Several routes of the API share an address; all of its methods are asked for under the first of their names.
    first = {path: name for name, path in reversed(ALL)}
    keyed = {name: reverse(name, args=[MAKERS[name](marked)]) for name in KEYED}
    Transaction.objects.of(marked).update(note=MARK)
    # The description of the API is the same for all, long, and has tests of its own.
    return {name: keyed.get(name, path) for path, name in first.items() if name != "api:openapi-json"}


@pytest.fixture(autouse=True)
def _uncounted(monkeypatch):
    cache.clear()
    monkeypatch.setattr(desk, "has_second_factor", lambda user: True)
    # To print takes seconds, and every other test of it prints.
    for printer in ("written", "of_template"):
        monkeypatch.setattr(f"reports.pdf.{printer}", lambda *printed, **more: b"%PDF")


def walk(paths: dict[str, str], user: User | None, *, turn: str = "") -> Iterator[Answer]:
    """One answer for each address and method. Even leaving changes nothing for the next: it is taken back."""
    client = Client()
    if user is not None:
        client.force_login(user)
    cookies = client.cookies.output(header="", sep=";")
    tables = books()
    for number, (name, path) in enumerate(paths.items()):
        for method in (*READ_AND_SEND, *seldom_of(name, number, turn)):
            client.cookies.clear()
            client.cookies.load(cookies)
            yield ask(client, name, method, path, tables)


def seldom_of(name: str, number: int, turn: str) -> tuple[str, ...]:
    if not turn or name.startswith("api:") or (turn == "staff" and name.startswith("admin:")):
        return SELDOM
    return (SELDOM[(number + TURNS.index(turn)) % len(SELDOM)],)


def ask(client: Client, name: str, method: str, path: str, tables: list[int]) -> Answer:
    before = written(tables)
    is_sent = name.startswith("api:") and method not in SAFE
    with transaction.atomic():
        response = getattr(client, method)(
            path, **({"data": {"into": 1}, "content_type": "application/json"} if is_sent else {})
        )
        text = content(response)
        transaction.set_rollback(True)
    cache.clear()
    return Answer(
        name,
        method,
        response.status_code,
        text,
        response.get("Location", ""),
        written(tables) != before,
        {key.lower(): value for key, value in response.items()},
    )


def books() -> list[int]:
    """The tables of anybody's books, as PostgreSQL numbers them."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOKS)
        found: list[int] = cursor.fetchone()[0]
    assert len(found) > 10
    return found


def written(tables: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WRITES, [tables])
        return int(cursor.fetchone()[0])


def test_a_write_that_is_taken_back_is_counted(household):
    before = written(tables := books())
    with transaction.atomic():
        make_transaction(household)
        transaction.set_rollback(True)

    assert written(tables) > before


def content(response: HttpResponse) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return whole.decode(errors="replace")


def is_personal(path: str) -> bool:
    """Whether an address is about the one who asks, and so open to who may not write in these books."""
    try:
        view = resolve(path).func
    except Resolver404:
        return True
    return bool(_concerns_the_person_alone(view)) or getattr(view, "for_every_member", False)


NEEDED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
FORBIDDEN = ("camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()")


def is_kept_safe(answer: Answer) -> bool:
    """Whether a page carries the headers that every page must have; what is no page is none of theirs."""
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return True
    policy = answer.headers.get("content-security-policy", "")
    features = answer.headers.get("permissions-policy", "").split(", ")
    return (
        all(answer.headers.get(name) == value for name, value in NEEDED.items())
        and "default-src 'none'" in policy
        and "frame-ancestors 'none'" in policy
        and "unsafe" not in policy
        and set(FORBIDDEN) <= set(features)
        and ("no-store" in answer.headers.get("cache-control", "") or answer.name in PUBLIC | PUBLIC_API)
    )


def unexpected(answers: Iterator[Answer], expected) -> list[str]:
    return [str(answer) for answer in answers if not (expected(answer) and is_kept_safe(answer))]


def is_open(answer: Answer) -> bool:
    return answer.name in PUBLIC | PUBLIC_API


def test_a_stranger_finds_the_doors_alone(paths):
    def expected(answer: Answer) -> bool:
        if MARK in answer.text or answer.wrote:
            return False
        if is_open(answer):
            return answer.status < 500
        if answer.name.startswith("api:"):
            return answer.status in {401, 405}
        return answer.status == 302 and answer.location.startswith(("/accounts/login/?next=", "/admin/"))

    assert unexpected(walk(paths, None), expected) == []


def test_a_member_of_another_household_finds_nothing(paths, bob):
    def expected(answer: Answer) -> bool:
        if MARK in answer.text:
            return False
        if answer.name in KEYED:
            return answer.status in {404, 405} or (answer.name.startswith("api:") and answer.status == 422)
        if answer.name.startswith("admin:"):
            return answer.status in {302, 403, 404, 405}
        return answer.status in WRITTEN | {401, 403}

    assert unexpected(walk(paths, bob, turn="bob"), expected) == []


def test_a_viewer_looks_and_writes_nothing(paths, viewer):
    def expected(answer: Answer) -> bool:
        if answer.wrote and "/start/" not in paths[answer.name]:
            return False
        if answer.name.startswith("admin:"):
            return answer.status in {302, 403, 404, 405}
        if answer.method in SAFE:
            return answer.status in SEEN | {400, 401, 403, 404}
        if answer.name.startswith("api:"):
            return answer.status in {401, 403, 405, 422, 400, 404} or is_open(answer) or is_own(answer.name)
        return answer.status in {403, 405} or is_personal(paths[answer.name])

    assert unexpected(walk(paths, viewer, turn="viewer"), expected) == []


def is_own(name: str) -> bool:
    """Addresses of the API about the one who asks."""
    return name.startswith(("api:me", "api:change_me", "api:delete_me", "api:preview"))


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_who_may_write_gets_an_answer_everywhere(paths, marked, alice, role):
    person = alice if role == "owner" else make_member("emil@example.org", "Emil", role=role, household=marked)
    inside = {name: path for name, path in paths.items() if not name.startswith("admin:")}

    def expected(answer: Answer) -> bool:
        if answer.name.startswith(OF_OWNERS) and role == "editor":
            return answer.status == 403
        if answer.method == "get" and answer.name in KEYED:
            return answer.status in {200, 302, 303, 405} or answer.name.startswith(OF_ONE)
        return answer.status in WRITTEN | {401}

    assert unexpected(walk(inside, person, turn=role), expected) == []


def test_staff_read_at_the_desk_and_write_nothing(paths):
    staff = User.objects.create_user("staff@example.org", "a long enough secret", is_staff=True)

    def expected(answer: Answer) -> bool:
        if answer.wrote and answer.name != "household-start":
            return False
        if answer.name.startswith("admin:"):
            return answer.status in {200, 302, 403, 404, 405}
        return MARK not in answer.text and answer.status in WRITTEN | {401, 403}

    assert unexpected(walk(paths, staff, turn="staff"), expected) == []
