"""Personal tokens: what they open, what they do not, and how they end."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.access import doors, personal
from accounts.models import Household, Membership, PersonalToken, SecurityEvent, User
from batua import limits

ME = "/api/users/me"


def make(user, scope="write", name="Script", days=30):
    return personal.make(user=user, name=name, scope=scope, days=days)


def with_token(token, **headers):
    return Client(headers={"Authorization": f"Bearer {token}", **headers})


def rename(client, name):
    return client.patch(ME, {"name": name}, content_type="application/json")


def test_a_token_opens_the_books_of_its_person(alice, household):
    _row, token = make(alice)

    said = with_token(token).get(ME).json()

    assert (said["email"], said["household"]) == ("alice@example.org", household.pk)
    assert rename(with_token(token), "Alice B").json()["name"] == "Alice B"


def test_the_database_cannot_give_a_token_back(alice):
    row, token = make(alice)

    kept = " ".join(str(value) for value in PersonalToken.objects.filter(pk=row.pk).values_list()[0])
    assert token not in kept
    assert token.startswith("batua_pat_")
    assert len(token) > 50
    assert row.ending == token[-4:]


def test_a_token_that_may_only_look_changes_nothing(alice):
    _row, token = make(alice, scope="read")

    refused = rename(with_token(token), "Eve")

    assert with_token(token).get(ME).status_code == 200
    assert refused.status_code == 403
    assert refused.json()["detail"].startswith("This token may only look.")
    assert User.objects.get(pk=alice.pk).name == "Alice"


@pytest.mark.parametrize("end", ["revoked", "expired", "locked out", "mistyped", "another scheme"])
def test_a_token_that_is_over_or_wrong_lets_nobody_in(alice, end):
    row, token = make(alice)
    client = with_token(token)
    if end == "revoked":
        personal.end(row=row)
    elif end == "expired":
        PersonalToken.objects.update(expires_at=timezone.now())
    elif end == "locked out":
        User.objects.update(is_active=False)
    elif end == "mistyped":
        client = with_token(token[:-1])
    else:
        client = Client(headers={"Authorization": f"Basic {token}"})

    answer = client.get(ME)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_wrong_token_is_not_made_good_by_a_session(as_alice):
    assert as_alice.get(ME, headers={"Authorization": "Bearer batua_pat_x"}).status_code == 401


def test_a_token_needs_no_token_of_the_pages(alice):
    _row, token = make(alice)
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token}"})

    assert rename(client, "Alice B").status_code == 200


def test_use_is_noted_but_not_at_every_request(alice, django_assert_num_queries):
    row, token = make(alice)
    with_token(token).get(ME)
    row.refresh_from_db()
    first = row.used_at
    with_token(token).get(ME)
    row.refresh_from_db()

    assert first is not None
    assert row.used_at == first


def test_a_script_in_a_hurry_is_told_to_wait(alice, monkeypatch):
    monkeypatch.setattr(doors, "REQUESTS", limits.Limit("api-token", 2, 60))
    _row, token = make(alice)
    answers = [with_token(token).get(ME) for _request in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_whoever_tries_tokens_is_told_to_wait_and_so_is_a_right_one_from_there(alice, monkeypatch):
    monkeypatch.setattr(doors, "WRONG_TOKENS", limits.Limit("api-wrong-token", 2, 60))
    _row, token = make(alice)
    tries = [with_token(f"batua_pat_{number}").get(ME).status_code for number in range(3)]

    assert tries == [401, 401, 429]
    assert with_token(token).get(ME).status_code == 429


def test_nobody_has_more_than_twenty(alice, bob):
    for number in range(personal.AT_MOST):
        make(alice, name=f"Script {number}")

    with pytest.raises(personal.TooManyTokensError):
        make(alice)
    make(bob)


def test_making_and_ending_are_written_down_without_the_token(alice):
    row, token = make(alice)
    personal.end(row=row)

    events = list(SecurityEvent.objects.values_list("event", "person", "facts"))
    assert [event for event, _person, _facts in events] == ["token-made", "token-ended"]
    assert token not in str(events)


def test_a_token_goes_to_the_household_that_is_asked_for(alice, household, bobs_household):
    Membership.objects.create(user=alice, household=bobs_household, role="viewer")
    _row, token = make(alice)

    assert with_token(token).get(ME).json()["household"] == household.pk
    assert with_token(token, **{"X-Household": str(bobs_household.pk)}).get(ME).json()["household"] == bobs_household.pk


def test_leaving_asks_for_the_password_and_takes_everything_along(alice, household):
    _row, token = make(alice)
    client = with_token(token)

    wrong = client.delete(ME, {"password": "wrong"}, content_type="application/json")
    assert wrong.status_code == 422
    assert wrong.json()["errors"].keys() == {"password"}
    gone = client.delete(ME, {"password": "correct horse battery"}, content_type="application/json")

    assert (gone.status_code, gone.content) == (204, b"")
    assert not User.objects.exists()
    assert not Household.objects.exists()
    assert client.get(ME).status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [({"time_zone": "Mars/Olympus"}, "time_zone"), ({"theme": "pink"}, "theme"), ({"email": "x@example.org"}, "email")],
)
def test_what_cannot_be_about_a_person_is_refused_by_field(as_alice, change, field):
    answer = as_alice.patch(ME, change, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["errors"].keys() == {field}


def test_what_is_not_sent_stays(as_alice, alice):
    as_alice.patch(ME, {"theme": "dark"}, content_type="application/json")

    alice.refresh_from_db()
    assert (alice.theme, alice.name, alice.time_zone) == ("dark", "Alice", "Asia/Kolkata")
