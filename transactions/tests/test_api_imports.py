"""``/api/imports``: a file sent in, looked at, imported once and taken back, as on its pages."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.access import personal
from accounts.models import Membership
from batua import limits
from transactions.imports import profiles, uploads
from transactions.models import Category, ImportBatch, StatementProfile, Transaction, Upload, Wallet
from transactions.tests.factories import make_category, make_wallet

IMPORTS, UPLOADS = "/api/imports/", "/api/imports/uploads/"
JSON = "application/json"
NOVEMBER = (
    b"Date,Description,Amount\n2026-11-03,Coffee House,-4.50\n2026-11-04,Salary,900.00\n2026-11-05,Rice Mart,-120.00\n"
)


def sent(content=NOVEMBER, name="november.csv") -> dict:
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def upload(as_alice, household) -> dict:
    make_wallet(household, "Bank", position=1)
    return as_alice.post(UPLOADS, sent()).json()


def commit(client, upload, **body):
    return client.post(f"{UPLOADS}{upload['id']}/commit", body, content_type=JSON)


def notes() -> list[str]:
    return list(Transaction.objects.order_by("date").values_list("note", flat=True))


def test_a_file_is_read_again_so_often_and_no_more(as_alice, upload, monkeypatch):
    monkeypatch.setattr(limits, "_window", lambda limit, who: (f"{limit.name}{who}", 540))
    address = f"{UPLOADS}{upload['id']}"
    assert as_alice.get(address).status_code == 200
    for _time in range(limits.READINGS.amount - 1):
        limits.take(limits.READINGS, f"account:{as_alice.session['_auth_user_id']}")

    answers = [as_alice.get(address), as_alice.post(f"{address}/preview", {}, content_type=JSON)]

    assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(429, "540")] * 2


def test_a_file_is_sent_in_and_looked_at_line_by_line(as_alice, household):
    make_wallet(household, "Bank", position=1)
    groceries = make_category(household, "Groceries", keywords=["rice"])

    answer = as_alice.post(UPLOADS, sent())

    said = answer.json()
    first = said["lines"][0]
    assert answer.status_code == 201
    assert (said["file_name"], said["format"], said["import_id"], said["taken"]) == ("november.csv", "csv", None, 3)
    assert (said["came_in"], said["went_out"], said["verdicts"]) == ("900.00", "124.50", {"new": 3})
    assert [(each["amount"], each["note"], each["category"]) for each in said["lines"]] == [
        ("-4.50", "Coffee House", "Other"),
        ("900.00", "Salary", "Other"),
        ("-120.00", "Rice Mart", "Groceries"),
    ]
    assert (first["number"], first["date"], first["verdict"], first["is_taken"]) == (2, "2026-11-03", "new", True)
    assert (first["wallet"], first["can_be_taken"], first["entry_id"]) == ("Bank", True, None)
    assert said["lines"][2]["category_id"] == groceries.pk
    assert not Transaction.objects.exists()


def test_lines_come_page_by_page(as_alice, upload):
    first = as_alice.get(f"{UPLOADS}{upload['id']}?limit=2").json()
    second = as_alice.get(f"{UPLOADS}{upload['id']}?limit=2&cursor={first['next']}").json()

    assert [each["number"] for each in first["lines"] + second["lines"]] == [2, 3, 4]
    assert (second["next"], second["taken"]) == (None, 3)
    assert as_alice.get(f"{UPLOADS}{upload['id']}?cursor=WyJ4Il0").status_code == 422


def test_a_file_is_read_another_way_without_writing(as_alice, household, upload):
    cash = Wallet.objects.get(household=household, name="Cash")

    body = {"wallet": str(cash.pk), "sign": "inverted", "columns": {"text": 0}}
    said = as_alice.post(f"{UPLOADS}{upload['id']}/preview", body, content_type=JSON).json()

    assert (said["came_in"], said["went_out"]) == ("124.50", "900.00")
    assert said["lines"][0]["wallet"] == "Cash"
    assert not Transaction.objects.exists()


def test_what_is_left_out_is_read_as_the_last_file_of_the_bank_was(as_alice, household, upload):
    bank = Wallet.objects.get(household=household, name="Bank")
    commit(as_alice, upload, sign="inverted")
    again = as_alice.post(UPLOADS, sent(NOVEMBER.replace(b"Coffee House,-4.50", b"Tea House,-4.60"))).json()

    def went_out(body):
        answer = as_alice.post(f"{UPLOADS}{again['id']}/preview", body, content_type=JSON)
        return answer.json()["verdicts"], answer.json()["went_out"]

    assert went_out({"wallet": str(bank.pk)}) == ({"new": 1, "known": 2}, "0.00")
    assert went_out({"sign": ""})[1] == "124.60"
    assert went_out({"sign": "plain"})[1] == "124.60"
    commit(as_alice, again, wallet=str(bank.pk))
    assert profiles.chosen(StatementProfile.objects.get()) == {"sign": "inverted"}


def test_a_file_that_cannot_be_read_as_the_last_one_says_so_and_can_be_read_another_way(as_alice, household):
    spring = b"Date,Description,Amount\n2026-04-03,Coffee,-4.50\n2026-05-04,Tea,-3\n"
    commit(as_alice, as_alice.post(UPLOADS, sent(spring)).json(), delimiter=",")

    answer = as_alice.post(UPLOADS, sent(spring.replace(b",", b";").replace(b"2026-", b"2025-")))

    said = answer.json()
    problem = (
        "No line of this file has both a date and an amount, so it does not look like a statement. Look on the bank's"
        " page for a download as CSV, OFX, QIF, CAMT or Excel."
    )
    assert (answer.status_code, said["lines"], said["columns"]) == (201, [], ["Date", "Description", "Amount"])
    assert said["problems"] == [{"line": None, "problem": problem}]
    assert as_alice.get(f"{UPLOADS}{said['id']}").json() == said
    refused = commit(as_alice, said)
    assert refused.json()["errors"] == {"__all__": [problem]}
    assert commit(as_alice, said, delimiter=";").json()["new"] == 2


def test_columns_that_no_page_asks_for_can_be_named_and_are_remembered(as_alice, household):
    rows = (
        "2026-11-03,Tea,-4.50,0.50,booked,AB-20261103-1,95.00\n2026-11-04,Bus,-2.00,0.50,booked,AB-20261104-7,92.50\n"
        "2026-11-05,Pen,-1.00,0.00,pending,AB-20261105-9,91.50\n"
    )
    content = f"Date,Text,Amount,C,D,E,Balance\n{rows}".encode()
    first = as_alice.post(UPLOADS, sent(content)).json()
    named = {"fee": 3, "state": 4, "bank id": 5}

    answer = as_alice.post(f"{UPLOADS}{first['id']}/preview", {"columns": named}, content_type=JSON)
    commit(as_alice, first, columns=named)

    read = [(line["amount"], line["verdict"]) for line in answer.json()["lines"]]
    assert read == [("-5.00", "new"), ("-2.50", "new"), ("-1.00", "pending")]
    kept = profiles.chosen(StatementProfile.objects.get())
    assert kept == {"column-fee": "3", "column-state": "4", "column-bank id": "5"}
    again = as_alice.post(
        UPLOADS, sent(f"Date,Text,Amount,C,D,E,Balance\n{rows.replace('Tea', 'TEA')}".encode())
    ).json()
    assert [line["verdict"] for line in again["lines"]] == ["known", "known", "pending"]


def test_a_column_is_refused_in_the_words_of_the_page(as_alice, upload):
    answer = commit(as_alice, upload, columns={"fee": 1, "text": 9})

    assert answer.status_code == 422
    assert answer.json()["errors"] == {"__all__": ["The file has no column 10."]}


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"columns": {"price": 2}}, {"columns.price": ["A column holds one of: date, text, note, amount, debit,"]}),
        ({"columns": {"bank_id": 2}}, {"columns.bank_id": ["A column holds one of: date, text, note, amount, debit,"]}),
        ({"accounts": {"1001": "new"}}, {"accounts.1001": ["The file has no account of this name."]}),
        ({"lines": [2, 9]}, {"lines": ["The file has no entry on line 9."]}),
        ({"lines": [-2]}, {"lines": ["The file has no entry on line -2."]}),
        ({"categories": {"9": 1}}, {"categories.9": ["The file has no entry on line 9."]}),
        ({"categories": {"two": 1}}, {"categories.two": ["The file has no entry on line two."]}),
    ],
)
def test_what_the_file_does_not_have_cannot_be_named(as_alice, upload, body, errors):
    answer = commit(as_alice, upload, **body)

    assert answer.status_code == 422
    said = answer.json()["errors"]
    assert said.keys() == errors.keys()
    assert all(said[name][0].startswith(words[0]) for name, words in errors.items())
    assert not Transaction.objects.exists()


@pytest.mark.parametrize("body", ["[]", "null", "3", '"lines"'])
def test_a_body_that_is_no_object_imports_nothing(as_alice, upload, body):
    answer = as_alice.post(f"{UPLOADS}{upload['id']}/commit", body, content_type=JSON)

    assert (answer.status_code, answer.json()["detail"]) == (422, "Send one JSON object with the fields.")
    assert not Transaction.objects.exists()


def test_money_that_went_out_is_no_income(as_alice, household, upload):
    pay = make_category(household, "Pay", kind="income")

    assert commit(as_alice, upload, categories={"2": pay.pk}).json()["errors"].keys() == {"categories.2"}
    assert commit(as_alice, upload, categories={"3": pay.pk}).status_code == 200
    assert Transaction.objects.get(category=pay).note == "Salary"


def test_one_file_is_sent_in_at_a_time(as_alice, household):
    two = [SimpleUploadedFile("november.csv", NOVEMBER), SimpleUploadedFile("december.csv", NOVEMBER)]

    assert as_alice.post(UPLOADS, {"file": two}).json()["errors"] == {"file": ["Send in one file after the other."]}
    assert as_alice.post(UPLOADS, {}).json()["errors"] == {"file": ["This is missing."]}
    assert not Upload.objects.exists()


def test_a_file_is_imported_once(as_alice, household, upload):
    first, second = commit(as_alice, upload), commit(as_alice, upload)

    batch = ImportBatch.objects.get()
    assert (first.status_code, first.json()) == (200, second.json())
    said = first.json()
    assert (said["id"], said["file_name"], said["new"], said["known"]) == (batch.pk, "november.csv", 3, 0)
    assert notes() == ["Coffee House", "Salary", "Rice Mart"]
    assert as_alice.get(f"{UPLOADS}{upload['id']}").json()["import_id"] == batch.pk
    again = as_alice.post(UPLOADS, sent()).json()
    assert (again["verdicts"], again["taken"], again["lines"][0]["entry_id"] is None) == ({"known": 3}, 0, False)
    assert commit(as_alice, again).json()["errors"] == {"lines": ["No line is ticked, so there is nothing to import."]}


def test_lines_and_their_categories_are_chosen(as_alice, household, upload):
    tea = make_category(household, "Tea")

    said = commit(as_alice, upload, lines=[2, 4], categories={"2": tea.pk}).json()

    assert (said["new"], said["skipped"]) == (2, 1)
    assert list(Transaction.objects.order_by("date").values_list("category__name", "amount")) == [
        ("Tea", Decimal("4.5")),
        ("Other", Decimal(120)),
    ]


def test_a_category_that_is_not_there_imports_nothing(as_alice, household, bobs_household, upload):
    theirs = make_category(bobs_household, "Theirs")

    answer = commit(as_alice, upload, categories={"2": theirs.pk})

    assert answer.json()["errors"] == {"categories.2": ["Line 2: choose one of the listed categories."]}
    assert not Transaction.objects.exists()


def test_an_import_is_taken_back_but_what_was_changed_since(as_alice, household, upload):
    batch = commit(as_alice, upload).json()
    Transaction.objects.filter(note="Salary").update(comment="Bonus inside")

    first = as_alice.post(f"{IMPORTS}{batch['id']}/revert", {}, content_type=JSON).json()
    second = as_alice.post(f"{IMPORTS}{batch['id']}/revert", {}, content_type=JSON).json()

    assert (first["gone"], first["kept"], first["reverted"]["reverted_at"] is None) == (2, 1, False)
    assert (second["gone"], second["kept"]) == (0, 0)
    assert notes() == ["Salary"]


def test_what_was_changed_goes_too_when_it_is_named(as_alice, household, upload):
    batch = commit(as_alice, upload).json()
    Transaction.objects.filter(note="Salary").update(comment="Bonus inside")
    key = Transaction.objects.get(note="Salary").pk

    said = as_alice.post(f"{IMPORTS}{batch['id']}/revert", {"also": [key]}, content_type=JSON).json()

    assert (said["gone"], said["kept"], notes()) == (3, 0, [])


def test_imports_are_listed_newest_first_in_a_fixed_number_of_queries(
    as_alice, household, django_assert_max_num_queries
):
    for number in range(30):
        ImportBatch.objects.create(household=household, file_name=f"{number}.csv", file_format="csv")

    with django_assert_max_num_queries(4):
        said = as_alice.get(f"{IMPORTS}?limit=3").json()

    assert [each["file_name"] for each in said["items"]] == ["29.csv", "28.csv", "27.csv"]
    assert len(as_alice.get(f"{IMPORTS}?cursor={said['next']}").json()["items"]) == 27


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"", 422, "The file is empty."),
        (b"\x89PNG\r\n\x1a\n0000", 422, ""),
        (
            b"x" * (10 * 1024 * 1024 + 1),
            413,
            "The file is larger than 10 MB. Take it out in shorter periods and import one after the other.",
        ),
    ],
    ids=["empty", "picture", "large"],
)
def test_what_is_no_statement_is_refused_in_words(as_alice, household, content, status, sentence):
    answer = as_alice.post(UPLOADS, sent(content))

    assert answer.status_code == status
    assert answer.json()["errors"]["file"][0].startswith(sentence)
    assert not Upload.objects.exists()


def test_a_long_file_is_refused_with_a_way_out(as_alice, household, monkeypatch):
    monkeypatch.setattr(uploads, "LONG", 3)
    kept = Upload.objects.create(household=household, file_name="november.csv", content=NOVEMBER)

    answer = as_alice.post(UPLOADS, sent())

    assert as_alice.get(f"{UPLOADS}{kept.pk}").status_code == 413
    kept.delete()
    assert answer.status_code == 413
    assert answer.json()["detail"].startswith("A program may send in up to 3 lines at once. Send it in parts")
    assert not Upload.objects.exists()


def test_a_strangers_upload_and_import_are_not_there(as_alice, as_bob, household, bobs_household, upload):
    batch = commit(as_alice, upload).json()

    answers = [
        as_bob.get(f"{UPLOADS}{upload['id']}"),
        commit(as_bob, upload),
        as_bob.post(f"{UPLOADS}{upload['id']}/preview", {}, content_type=JSON),
        as_bob.get(f"{IMPORTS}{batch['id']}"),
        as_bob.post(f"{IMPORTS}{batch['id']}/revert", {}, content_type=JSON),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len(notes()) == 3


def test_a_viewer_imports_nothing(as_viewer, household):
    assert as_viewer.get(IMPORTS).json() == {"items": [], "next": None}
    assert as_viewer.post(UPLOADS, sent()).status_code == 403
    assert not Category.objects.filter(name="x").exists()
    assert not Upload.objects.exists()


def test_who_may_only_look_sees_what_a_kept_file_would_bring_and_keeps_none(as_alice, alice, upload):
    _row, token = personal.make(user=alice, name="Looks", scope="read", days=7)
    looking = Client(headers={"Authorization": f"Bearer {token}"})
    path = f"{UPLOADS}{upload['id']}"

    seen = looking.post(f"{path}/preview", {"sign": "inverted"}, content_type=JSON)
    refused = [looking.post(UPLOADS, sent()), looking.post(f"{path}/commit", {}, content_type=JSON)]

    assert (seen.status_code, seen.json()["came_in"]) == (200, "124.50")
    assert [answer.status_code for answer in refused] == [403, 403]
    assert refused[0].json()["detail"] == "This token may only look. Make one that may change things on your profile."
    assert (Upload.objects.count(), Transaction.objects.count()) == (1, 0)


def test_a_viewer_sees_what_a_kept_file_would_bring(client, household, bob, upload):
    Membership.objects.create(user=bob, household=household, role=Membership.Role.VIEWER)
    client.force_login(bob)
    path, books = f"{UPLOADS}{upload['id']}/preview", {"X-Household": str(household.pk)}

    seen = client.post(path, {"sign": "inverted"}, content_type=JSON, headers=books)
    refused = client.post(UPLOADS, sent(), headers=books)

    assert (seen.status_code, seen.json()["came_in"]) == (200, "124.50")
    assert refused.status_code == 403


def test_a_stranger_sees_no_kept_file(client, bob, bobs_household, upload):
    client.force_login(bob)

    assert client.post(f"{UPLOADS}{upload['id']}/preview", {}, content_type=JSON).status_code == 404
