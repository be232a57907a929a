"""What a wallet begins with, by an app's file: a shell and a program say and do the same as the page."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from transactions.tests.factories import make_wallet
from transactions.tests.test_beginnings_imported import FIRST, balances, flow, other_income


def test_a_shell_says_and_does_the_same(run, household):
    make_wallet(household, "Giro")
    make_wallet(household, "Visa")
    to = ("--account", "Giro=Giro", "--account", "Visa=Visa")

    dry, _beside = run(FIRST.encode(), "--dry-run", *to)
    answer, _beside = run(FIRST.encode(), *to)
    again, _beside = run(FIRST.encode(), *to)

    begins = [
        {"wallet": "Giro", "opening_balance": "1200.00"},
        {"wallet": "Visa", "opening_balance": "-300.00"},
    ]
    assert (dry["beginnings"], answer["beginnings"], again["beginnings"]) == (begins, begins, [])
    assert "“Giro” will begin with ₹1,200.00: that was there before, so it is no income." in answer["remarks"]
    assert (answer["new"], again["new"], again["known"]) == (5, 0, 5)
    assert balances(household) == {"Giro": "1295.00", "Visa": "-320.00"}
    assert flow(household) == ("100.00", "25.00", "975.00")


def test_a_shell_leaves_out_what_has_begun_unless_it_is_told_otherwise(run, household):
    make_wallet(household, "Giro", opening_balance=Decimal(1000))

    answer, _beside = run(FIRST.encode(), "--dry-run", "--account", "Giro=Giro", wallet="Giro")
    run(FIRST.encode(), "--take", "begun", "--account", "Giro=Giro", wallet="Giro")

    assert {
        "line": 2,
        "reason": "What “Giro” begins with: it has begun already. Add it with --take begun.",
    } in answer["skipped"]
    assert balances(household) == {"Giro": "1975.00"}


def test_a_program_is_told_and_does_the_same(as_alice, household):
    make_wallet(household, "Giro", position=1)
    upload = as_alice.post("/api/imports/uploads/", {"file": SimpleUploadedFile("a.csv", FIRST.encode())}).json()
    first = upload["lines"][0]

    made = as_alice.post(f"/api/imports/uploads/{upload['id']}/commit", {}, content_type="application/json").json()

    assert upload["beginnings"] == [
        {"wallet": "Giro", "opening_balance": "1200.00"},
        {"wallet": "Visa", "opening_balance": "-300.00"},
    ]
    assert (upload["taken"], upload["came_in"], upload["went_out"]) == (5, "100.00", "25.00")
    assert (first["verdict"], first["is_taken"], first["category"], first["category_id"]) == (
        "opening",
        True,
        None,
        None,
    )
    assert made["new"] == 5
    assert balances(household) == {"Giro": "1295.00", "Visa": "-320.00"}
    as_alice.post(f"/api/imports/{made['id']}/revert", {}, content_type="application/json")
    assert balances(household) == {"Giro": "0.00", "Visa": "0.00"}


def test_a_program_may_say_that_it_is_an_entry(as_alice, household):
    pay = other_income(household)
    upload = as_alice.post("/api/imports/uploads/", {"file": SimpleUploadedFile("a.csv", FIRST.encode())}).json()

    said = {"categories": {"2": pay.pk}}
    as_alice.post(f"/api/imports/uploads/{upload['id']}/commit", said, content_type="application/json")

    assert flow(household)[0] == "1300.00"
