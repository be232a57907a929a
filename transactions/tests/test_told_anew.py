"""A line that its bank tells anew, with another amount or day under one number: shown beside what it told before."""

from datetime import date
from decimal import Decimal

import pytest

from transactions import importing
from transactions.importers.base import StatementLine
from transactions.imports.booking import IsEntry
from transactions.imports.verdicts import Likeness
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.long_files import shown
from transactions.tests.test_api_imports import UPLOADS
from transactions.tests.test_api_imports import sent as file_of
from transactions.tests.test_importing import at, checked, pressed
from transactions.tests.test_verdicts import a_statement, commit, line, verdicts


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get()


def told(number: int, day: int, amount: str, bank_id: str | None, text: str = "Shop") -> StatementLine:
    """A line that has the number in its text."""
    found = line(number, day, amount, text, bank_id=bank_id)
    return found._replace(raw=f"{day};{text};{amount};{bank_id or ''};")


def ofx(*entries: tuple[str, str, str]) -> bytes:
    rows = "".join(
        f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{fitid}<NAME>Shop</STMTTRN>"
        for day, amount, fitid in entries
    )
    head = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR"
    return f"{head}<BANKACCTFROM><ACCTID>1001</BANKACCTFROM><BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS>".encode()


def previewed(household, wallet, *lines, layout="a bank"):
    found = importing.preview(household=household, statement=a_statement(*lines), wallets={"": wallet}, layout=layout)
    return found.lines


@pytest.mark.parametrize(
    ("day", "amount"),
    [(3, "-12"), (3, "10"), (4, "-10"), (13, "-10"), (4, "-12")],
    ids=["amount", "sign", "day", "ten days", "both"],
)
def test_a_line_of_the_same_number_is_shown_beside_what_came_before(household, alice, cash, day, amount):
    commit(household, a_statement(told(1, 3, "-10", "AB-2026-77")), {"": cash}, alice)

    (row,) = previewed(household, cash, told(1, day, amount, "AB-2026-77"))

    assert (row.verdict.value, row.likeness, row.is_ticked) == ("lookalike", Likeness.ID, False)
    assert row.like.id == Transaction.objects.get().pk


def test_nothing_is_merged_until_somebody_says_so(household, alice, cash):
    commit(household, a_statement(told(1, 3, "-10", "AB-2026-77")), {"": cash}, alice)
    entry, again = Transaction.objects.get(), a_statement(told(1, 3, "-12", "AB-2026-77"))

    joined = {"taken": {1}, "choices": {1: IsEntry(entry.pk, entry.version, 1)}}
    batch = commit(household, again, {"": cash}, alice, **joined)

    assert (batch.new_count, Transaction.objects.get().amount) == (0, Decimal(10))
    assert verdicts(household, again, {"": cash}) == ["known"]
    assert verdicts(household, a_statement(told(1, 3, "-13", "AB-2026-77")), {"": cash}) == ["lookalike"]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([("-10", "AB-2026-77"), ("-0.30", "AB-2026-77")], ["known", "new"], id="a fee of its number"),
        pytest.param([("-0.30", "AB-2026-77"), ("-0.40", "AB-2026-77")], ["new", "new"], id="two of one number"),
        pytest.param([("-12", "AB-2026-7")], ["new"], id="part of the number"),
        pytest.param([("-12", "AB-2026-771")], ["new"], id="more than the number"),
        pytest.param([("-12", None)], ["new"], id="no number"),
    ],
)
def test_what_is_no_number_of_one_payment_says_nothing(household, alice, cash, lines, found):
    commit(household, a_statement(told(1, 3, "-10", "AB-2026-77")), {"": cash}, alice)
    again = [told(place, 3, amount, bank_id) for place, (amount, bank_id) in enumerate(lines, 1)]

    assert [row.verdict.value for row in previewed(household, cash, *again)] == found


def test_a_number_that_two_payments_have_is_none(household, alice, cash):
    both = told(1, 3, "-10", "AB-2026-77"), told(2, 3, "-0.30", "AB-2026-77")
    commit(household, a_statement(*both), {"": cash}, alice)

    assert [row.verdict.value for row in previewed(household, cash, told(1, 4, "-12", "AB-2026-77"))] == ["new"]


def test_numbers_count_within_a_wallet_a_layout_and_some_days(household, alice, cash):
    commit(household, a_statement(told(1, 3, "-10", "AB-2026-77")), {"": cash}, alice)
    other = make_wallet(household, "Other bank")

    (elsewhere,) = previewed(household, other, told(1, 3, "-12", "AB-2026-77"))
    (otherwise,) = previewed(household, cash, told(1, 3, "-12", "AB-2026-77"), layout="another")
    (late,) = previewed(household, cash, told(1, 14, "-12", "AB-2026-77"))

    assert {row.verdict.value for row in (elsewhere, otherwise, late)} == {"new"}


def test_what_was_deleted_or_left_out_stays_out_under_its_number(household, alice, cash):
    lines = told(1, 3, "-10", "AB-2026-77"), told(2, 4, "-20", "AB-2026-88")
    commit(household, a_statement(*lines), {"": cash}, alice, taken={1})
    Transaction.objects.get().delete()

    rows = previewed(household, cash, told(1, 3, "-11", "AB-2026-77"), told(2, 5, "-20", "AB-2026-88"))

    assert [(row.verdict.value, row.likeness) for row in rows] == [("deleted", None), ("unticked", None)]


def test_the_page_of_a_file_says_which_amount_the_bank_gave_before(as_alice, household):
    first, again = ofx(("20261103", "-10.00", "AB202677")), ofx(("20261103", "-12.00", "AB202677"))
    wallet = make_wallet(household, "Giro")
    assert pressed(as_alice, checked(as_alice, household, first), read="1", wallet=wallet.pk).status_code == 303

    page = as_alice.get(at("check", checked(as_alice, household, again)))
    row = page.context["check"].rows[0]

    assert (row.verdict, row.marks.is_ticked) == ("Looks like one", False)
    assert row.likeness == "The bank gives both the same number, but that amount is \u20b910.00"
    assert row.likeness in page.content.decode()
    assert as_alice.post(UPLOADS, file_of(again)).json()["lines"][0]["like_reason"] == "id"


def test_a_long_file_shows_them_too(as_alice, household, staged, imported):
    head = "Date,Description,Amount,Transaction ID\n"
    rows = [f"2026-11-0{day},Shop,-{day}.00,AB-20261-{day}\n" for day in range(1, 8)]
    staged(head + "".join(rows))
    imported()

    staged(head + "".join([*rows[:6], "2026-11-07,Shop,-7.50,AB-20261-7\n"]))

    assert [row.verdict for row in shown(as_alice).rows] == ["Known"] * 6 + ["Looks like one"]


def test_a_shell_hears_it(run, household):
    run(ofx(("20261103", "-10.00", "AB202677")), name="a.ofx")

    answer, _ = run(ofx(("20261104", "-12.00", "AB202677")), name="b.ofx")

    sentence = (
        "The bank gave its number to the entry of 2026-11-03, “Shop”, -10.00. Say that it is that one with --join 5."
    )
    assert [each["reason"][:-1] for each in answer["skipped"]] == [sentence[:-1]]
    assert Transaction.objects.count() == 1


MONTH = [("-3.20", 2, "Tram"), ("-9", 5, "Tea"), ("-4", 12, "Bus")]


@pytest.mark.parametrize(
    ("day", "text", "verdict"),
    [(4, "Tea", "lookalike"), (6, "Tea", "lookalike"), (8, "Tea", "lookalike"), (9, "Tea", "new"), (6, "Café", "new")],
)
def test_a_file_of_one_day_is_held_against_the_file_that_had_that_day(household, alice, cash, day, text, verdict):
    lines = [line(place, on, amount, words) for place, (amount, on, words) in enumerate(MONTH, 1)]
    commit(household, a_statement(*lines), {"": cash}, alice)

    (row,) = previewed(household, cash, line(1, day, "-9", text))

    assert row.verdict.value == verdict
    assert row.likeness is (Likeness.DAY if verdict == "lookalike" else None)


def test_files_of_single_days_bring_a_payment_a_day(household, alice, cash):
    for day in (8, 9, 10):
        (row,) = previewed(household, cash, line(1, day, "-3.20", "Tram"))
        assert row.verdict.value == "new"
        commit(household, a_statement(line(1, day, "-3.20", "Tram")), {"": cash}, alice)

    assert Transaction.objects.count() == 3


def test_of_its_last_day_the_earlier_file_may_have_had_a_part(household, alice, cash):
    commit(household, a_statement(line(1, 2, "-1"), line(2, 9, "-3.20", "Tram"), line(3, 10, "-1")), {"": cash}, alice)

    assert verdicts(household, a_statement(line(1, 10, "-3.20", "Tram")), {"": cash}) == ["new"]


def test_two_numbers_are_two_payments_whatever_the_earlier_file_had(household, alice, cash):
    lines = told(1, 2, "-1", "AB-1111-1"), told(2, 5, "-9", "AB-1111-2"), told(3, 12, "-1", "AB-1111-3")
    commit(household, a_statement(*lines), {"": cash}, alice)

    (row,) = previewed(household, cash, told(1, 6, "-9", "AB-1111-9"))

    assert (row.verdict.value, row.line.date) == ("new", date(2026, 11, 6))
