"""The frame of the API: who is asked for, what is refused in which words, and what it says of itself."""

import json

import pytest
from django.test import Client

from accounts.models import Membership
from batua.rest.problems import CONTENT_TYPE

ME = "/api/users/me"


def problem(answer):
    assert answer["Content-Type"] == CONTENT_TYPE
    return answer.json()


def test_a_member_reads_who_they_are(as_alice, household):
    said = as_alice.get(ME).json()

    assert (said["email"], said["name"], said["time_zone"]) == ("alice@example.org", "Alice", "Asia/Kolkata")
    assert said["household"] == household.pk
    assert [(one["name"], one["role"]) for one in said["households"]] == [("Alice's household", "owner")]


def test_a_stranger_is_told_how_to_get_in(db, client):
    answer = client.get(ME)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert problem(answer)["type"] == "urn:batua:not-signed-in"
    assert "personal token" in answer.json()["detail"]


def test_an_address_that_is_not_there_is_a_problem_too(db, client):
    answer = client.get("/api/nothing/here")

    assert answer.status_code == 404
    assert problem(answer)["title"] == "Not found"


def test_a_method_that_is_not_there_names_those_that_are(as_alice):
    answer = as_alice.put(ME)

    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert problem(answer)["status"] == 405


def test_another_household_is_chosen_by_a_header(as_alice, alice, bobs_household):
    Membership.objects.create(user=alice, household=bobs_household, role="viewer")

    assert as_alice.get(ME, headers={"X-Household": str(bobs_household.pk)}).json()["household"] == bobs_household.pk


@pytest.mark.parametrize("wanted", ["bobs", "0", "-1", "one", "9" * 30])
def test_a_household_that_is_not_theirs_is_not_there(as_alice, bobs_household, wanted):
    wanted = str(bobs_household.pk) if wanted == "bobs" else wanted

    answer = as_alice.get(ME, headers={"X-Household": wanted})

    assert answer.status_code == 404
    assert "X-Household names no household of yours" in problem(answer)["detail"]


def test_the_description_is_openapi_3_1_and_open_to_all(db):
    answer = Client().get("/api/openapi.json")
    described = json.loads(answer.content)

    assert described["openapi"].startswith("3.1")
    assert described["paths"]["/api/users/me"]["get"]["responses"]["401"]["content"].keys() == {CONTENT_TYPE}


def test_every_route_has_words_and_an_answer_for_its_errors(db):
    described = Client().get("/api/openapi.json").json()

    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert "429" in operation["responses"], f"{method} {path}"


def shows_something(schema, schemas):
    """Whether somewhere in it there is an example, or a list of what can be; a file speaks for itself."""
    schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if {"example", "examples", "enum"} & schema.keys() or schema.get("format") == "binary":
        return True
    parts = [*schema.get("properties", {}).values(), *schema.get("anyOf", []), *schema.get("allOf", [])]
    return any(shows_something(part, schemas) for part in [*parts, *([schema["items"]] if "items" in schema else [])])


def test_every_body_and_every_answer_in_json_has_an_example(db):
    described = Client().get("/api/openapi.json").json()
    schemas, bare = described["components"]["schemas"], []

    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            contents = [content for body in bodies for content in body.get("content", {}).values()]
            bare += [
                f"{method} {path}"
                for content in contents
                if "example" not in content and not shows_something(content["schema"], schemas)
            ]

    assert bare == []
