"""What routes are built of, tried on an API of the test's own: bodies, pages, versions, keys, faults."""

import json
import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import include, path
from ninja import Query, Router, Schema
from ninja.responses import Status

from accounts.access.doors import MEMBER
from accounts.access.once import once
from accounts.models import KeptAnswer
from batua.rest import bodies, paging, versions
from batua.rest.description import Api
from batua.rest.mounting import mounted
from batua.rest.problems import CONTENT_TYPE
from transactions.models import Wallet
from transactions.tests.factories import make_wallet


class Name(Schema):
    name: str


class WalletOut(Schema):
    id: int
    name: str


router = Router(auth=MEMBER)


@router.post("/", response={201: WalletOut}, summary="Add")
@once
def add(request, sent: Name):
    return Status(201, Wallet.objects.create(household=request.household, name=sent.name, currency="INR", kind="cash"))


@router.get("/", response=paging.Page[WalletOut], summary="List")
def listed(request, page: Query[paging.PageQuery]):
    rows, following = paging.cut(Wallet.objects.of(request.household), page, order=("-name", "-pk"))
    return {"items": rows, "next": following}


@router.put("/{int:pk}", response=WalletOut, summary="Change")
@versions.guarded
def change(request, pk: int, sent: Name):
    versions.expect(request, 3)
    return {"id": pk, "name": sent.name}


@router.post("/either", summary="Either", openapi_extra=bodies.described(Name))
def either(request):
    return bodies.json_or_form(request)


@router.get("/fault", summary="Fault")
def fault(request):
    raise ZeroDivisionError


api = Api(title="Pieces", urls_namespace="pieces")
api.add_router("/wallets", router)
urlpatterns = [path("pieces/", mounted(api)), path("", include("batua.urls"))]
URL = "/pieces/wallets/"

pytestmark = pytest.mark.urls(__name__)


def post(client, body, key=None, url=URL):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(url, json.dumps(body), content_type="application/json", headers=headers)


def test_a_repeated_request_is_answered_again_and_does_nothing(as_alice, household):
    first, again = post(as_alice, {"name": "Tin"}, "k1"), post(as_alice, {"name": "Tin"}, "k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Wallet.objects.of(household).filter(name="Tin").count() == 1


def test_a_key_is_of_one_request_and_of_one_person(as_alice, as_bob, household, bobs_household):
    post(as_alice, {"name": "Tin"}, "k1")
    other, bobs = post(as_alice, {"name": "Jar"}, "k1"), post(as_bob, {"name": "Tin"}, "k1")

    assert other.status_code == 422
    assert "used for another request" in other.json()["errors"]["Idempotency-Key"][0]
    assert bobs.status_code == 201
    assert not Wallet.objects.of(household).filter(name="Jar").exists()


def test_a_refusal_is_not_kept(as_alice, household):
    refused, mended = post(as_alice, {}, "k1"), post(as_alice, {"name": "Tin"}, "k1")

    assert (refused.status_code, mended.status_code) == (422, 201)
    assert refused.json()["errors"] == {"name": ["This is missing."]}


def test_a_household_takes_its_answers_along(as_alice, household):
    post(as_alice, {"name": "Tin"}, "k1")
    household.delete()

    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_request_twice_at_once_is_carried_out_once(alice, household):
    said = []

    def send():
        client = Client()
        client.force_login(alice)
        said.append(post(client, {"name": "Tin"}, "k1").status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == [201, 201, 201]
    assert Wallet.objects.of(household).filter(name="Tin").count() == 1


def test_pages_follow_each_other_and_miss_nothing(as_alice, household):
    for name in "ABCDE":
        make_wallet(household, name)

    names, url = [], f"{URL}?limit=2"
    while url:
        page = as_alice.get(url).json()
        names += [one["name"] for one in page["items"]]
        url = page["next"] and f"{URL}?limit=2&cursor={page['next']}"

    assert names == ["E", "D", "Cash", "C", "B", "A"]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyIxIl0", "e30", "WzEsMl0", "WyJhIiwiYiJd", "%00", "é"])
def test_a_cursor_that_is_not_ours_is_refused(as_alice, household, cursor):
    answer = as_alice.get(f"{URL}?cursor={cursor}")

    assert answer.status_code == 422
    assert "This cursor is not one of ours" in answer.json()["errors"]["cursor"][0]


@pytest.mark.parametrize(("wanted", "status"), [("", 200), ("*", 200), ('"3"', 200), ('"1", "3"', 200), ('"2"', 412)])
def test_if_match_stops_a_change_of_what_was_changed(as_alice, wanted, status):
    headers = {"If-Match": wanted} if wanted else {}

    answer = as_alice.put(f"{URL}1", '{"name": "a"}', content_type="application/json", headers=headers)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"name": "a"}', "text/plain", 415),
        (b'{"name": "a"}', "multipart/form-data; boundary=x", 415),
        (b'{"name": ', "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b'{"name": "\\ud800"}', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"name": "' + b"a" * 1024 * 1024 + b'"}', "application/json", 413),
        (b" " * 13 * 1024 * 1024, "application/json", 413),
        (b"[]", "application/json", 422),
        (b"", "application/json", 422),
    ],
)
def test_a_body_that_cannot_be_is_refused(as_alice, body, content_type, status):
    answer = as_alice.post(URL, body, content_type=content_type)

    assert (answer.status_code, answer["Content-Type"]) == (status, CONTENT_TYPE)


def test_some_routes_take_json_and_forms(as_alice):
    form = as_alice.post(f"{URL}either", {"name": "a"})
    text = as_alice.post(f"{URL}either", b"name=a", content_type="text/plain")

    assert post(as_alice, {"name": "a"}, url=f"{URL}either").json() == form.json() == {"name": "a"}
    assert post(as_alice, [], url=f"{URL}either").status_code == 422
    assert text.status_code == 415


def test_a_viewer_reads_and_is_refused_in_words(as_viewer):
    refused = post(as_viewer, {"name": "Tin"})

    assert as_viewer.get(URL).status_code == 200
    assert refused.status_code == 403
    assert refused.json()["detail"].startswith("You can look at these books")


def test_a_write_with_the_cookie_of_the_pages_needs_their_token(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    refused = post(client, {"name": "Tin"})

    assert refused.status_code == 403
    assert "X-CSRFToken" in refused.json()["detail"]
    assert client.get(URL).status_code == 200


def test_who_has_no_household_is_told_where_to_start_one(as_alice, household):
    household.delete()

    assert "no household yet" in as_alice.get(URL).json()["detail"]


def test_a_fault_is_a_problem_and_says_nothing_of_its_cause(as_alice):
    as_alice.raise_request_exception = False

    answer = as_alice.get(f"{URL}fault")

    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:batua:fault"
    assert "ZeroDivision" not in answer.content.decode()


def test_the_description_tells_of_keys_versions_and_bodies():
    paths = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))["paths"]

    assert [one["name"] for one in paths["/wallets/"]["post"]["parameters"]] == ["Idempotency-Key"]
    assert "412" in paths["/wallets/{pk}"]["put"]["responses"]
    assert paths["/wallets/either"]["post"]["requestBody"]["content"].keys() == {
        "application/json",
        "multipart/form-data",
    }
