"""Which entries a line that is not known is shown beside: what a bank told once may be told in other words."""

from decimal import Decimal

import pytest

from transactions import importing
from transactions.importers.base import Split, Statement
from transactions.models import StagedLine, Transaction, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.long_files import MONTH, at, sent
from transactions.tests.test_verdicts import a_statement, commit, line, sums, verdicts


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get()


@pytest.mark.parametrize(
    ("day", "text", "bank_id"),
    [
        pytest.param(8, "REWE SAGT DANKE 4711 BERLIN", "", id="its text got longer"),
        pytest.param(8, "Rewe sagt danke", "", id="its case is another"),
        pytest.param(9, "REWE SAGT DANKE", "", id="its day moved"),
        pytest.param(9, "REWE SAGT DANKE", "ABC20261108001", id="its day moved, with the bank's id"),
    ],
)
def test_a_line_that_its_bank_tells_anew_is_not_taken_twice(household, alice, cash, day, text, bank_id):
    first = a_statement(line(1, 5, "-1"), line(2, 8, "-12.30", "REWE SAGT DANKE", bank_id=bank_id))
    again = a_statement(line(1, 5, "-1"), line(2, day, "-12.30", text, bank_id=bank_id), line(3, 12, "-4"))
    commit(household, first, {"": cash}, alice)

    assert verdicts(household, again, {"": cash}) == ["known", "lookalike", "new"]
    commit(household, again, {"": cash}, alice)

    assert sums(household)[1] == Decimal("17.30")


def test_two_equal_payments_stay_two_where_the_file_has_both(household, alice, cash):
    commit(household, a_statement(line(1, 8, "-3.20", "Tram"), line(2, 10, "-3.20", "Tram")), {"": cash}, alice)

    more = [line(3, 8, "-3.20", "Tram"), line(4, 11, "-3.20", "Tram"), line(5, 12, "-3.20", "Bus")]
    again = a_statement(line(1, 8, "-3.20", "Tram"), line(2, 10, "-3.20", "Tram"), *more)

    assert verdicts(household, again, {"": cash}) == ["known", "known", "new", "new", "new"]


def test_of_overlapping_months_the_next_file_brings_what_is_new(household, alice, cash):
    commit(household, a_statement(line(1, 1, "-9"), line(2, 14, "-3.20"), line(3, 15, "-3.20")), {"": cash}, alice)

    later = a_statement(line(1, 15, "-3.20"), line(2, 16, "-3.20"), line(3, 17, "-3.20"), line(4, 30, "-9"))

    assert verdicts(household, later, {"": cash}) == ["known", "new", "new", "new"]


@pytest.mark.parametrize(("first", "last", "verdict"), [(10, 20, "new"), (8, 20, "lookalike"), (1, 8, "lookalike")])
def test_only_days_that_the_file_has_tell_that_an_entry_is_missing_in_it(household, alice, cash, first, last, verdict):
    commit(household, a_statement(line(1, 8, "-3.20", "Tram")), {"": cash}, alice)
    day = 10 if last > 10 else 7

    again = a_statement(line(1, first, "-1", "First"), line(2, day, "-3.20", "Bus"), line(3, last, "-2", "Last"))

    assert verdicts(household, again, {"": cash})[1] == verdict


def test_days_of_another_account_of_the_file_say_nothing(household, alice, cash):
    bank = make_wallet(household, "Bank")
    commit(household, a_statement(line(1, 8, "-3.20", account="A")), {"A": cash, "B": bank}, alice)

    more = line(2, 1, "-1", "First", account="B"), line(3, 20, "-1", "Last", account="B")
    again = a_statement(line(1, 9, "-3.20", account="A"), *more)

    assert verdicts(household, again, {"A": cash, "B": bank}) == ["new", "new", "new"]


def a_split(**more) -> Statement:
    return a_statement(
        line(1, 2, "-30", "Supermarket", splits=(Split(Decimal(-20), "Food"), Split(Decimal(-10), **more))),
        line(2, 14, "-5", "Kiosk"),
    )


def test_a_line_of_the_sum_looks_like_a_split_payment(household, alice, cash):
    commit(household, a_split(category="Home"), {"": cash}, alice, layout="qif")
    plain = a_statement(line(1, 2, "-30", "SUPERMARKET"), line(2, 3, "-30", "Bakery"), line(3, 3, "-20"))

    found = importing.preview(household=household, statement=plain, wallets={"": cash}, layout="ofx")

    assert [each.verdict.value for each in found.lines] == ["lookalike", "new", "new"]
    assert found.lines[0].like.id == Transaction.objects.get(amount=20).pk


def test_a_split_payment_with_money_back_counts_as_what_is_left(household, alice, cash):
    parts = Split(Decimal(-20), "Food"), Split(Decimal(5), "Salary")
    commit(household, a_statement(line(1, 2, "-15", splits=parts)), {"": cash}, alice, layout="qif")

    assert verdicts(household, a_statement(line(1, 2, "-15", "A"), line(2, 2, "-25")), {"": cash}) == [
        "lookalike",
        "new",
    ]


def test_a_split_payment_is_told_apart_by_its_own_file_and_known_by_it(household, alice, cash):
    commit(household, a_split(category="Home"), {"": cash}, alice)

    again = a_statement(*a_split(category="Home").lines, line(3, 3, "-30", "Bakery"))
    anew = a_statement(line(1, 1, "-1"), line(2, 2, "-30", "Super Market"), line(3, 14, "-5", "Kiosk"))

    assert verdicts(household, again, {"": cash}) == ["known", "known", "new"]
    assert verdicts(household, anew, {"": cash}) == ["new", "lookalike", "known"]


def test_a_split_payment_is_never_turned_into_a_transfer(household, alice, cash):
    bank = make_wallet(household, "Bank")
    commit(household, a_split(category="Home"), {"": cash}, alice)

    found = importing.preview(
        household=household, statement=a_statement(line(1, 2, "30"), line(2, 2, "10")), wallets={"": bank}
    )

    assert [(each.verdict.value, each.other_end) for each in found.lines] == [("new", None), ("new", None)]


def test_the_part_that_moved_to_another_wallet_is_recognised_there(household, alice, cash):
    bank = make_wallet(household, "Bank")
    commit(household, a_split(transfer="Bank"), {"": cash}, alice, layout="qif")
    into = a_statement(line(1, 3, "10", "From cash"))

    assert verdicts(household, a_statement(line(1, 2, "-30")), {"": cash}) == ["lookalike"]
    assert verdicts(household, into, {"": bank}) == ["joins"]
    commit(household, into, {"": bank}, alice)

    assert sums(household) == (0, Decimal(25), Decimal(-25))


@pytest.mark.usefixtures("_long")
def test_a_long_file_is_looked_through_before_a_line_looks_like_an_entry(as_alice, household, run_jobs):
    assert sent(as_alice, MONTH).status_code == 303
    run_jobs()
    assert as_alice.post(at("import-commit")).status_code == 303
    run_jobs()
    # The second line is written anew; one like the 26th, which the file has further down, is another payment.
    again = MONTH.replace("Shop 2,", "SHOP 2 BERLIN,").replace("2026-11-28", "2026-11-25,Shop 26,-26.50\n2026-11-28")

    assert sent(as_alice, again).status_code == 303
    run_jobs()

    upload = StagedLine.objects.latest("upload").upload_id
    found = StagedLine.objects.filter(upload=upload).exclude(verdict="known").order_by("place")
    assert list(found.values_list("place", "verdict")) == [(1, "lookalike"), (27, "new")]
