"""What a shell says of single lines: which wallet their money went to, that it went to none, which entry they are."""

import pytest
from django.core.management import CommandError
from django.db.models.functions import Now

from transactions.models import ImportBatch, Transaction, Wallet
from transactions.tests.factories import make_transaction, make_wallet, the_wallet
from transactions.tests.test_moves import CSV, balances, kinds

TWO_ACCOUNTS = (
    b"Account,Date,Payee,Notes,Category,Amount,Cleared\n"
    b"A,2026-11-03,Out,,,-200,Cleared\nB,2026-11-04,In,,,200,Cleared\n"
)


@pytest.fixture
def giro(household) -> Wallet:
    return make_wallet(household, "Giro")


def test_a_line_goes_to_the_wallet_that_the_shell_names(run, household, giro):
    tried, _ = run(CSV, "--transfer", "2=cash", "--dry-run", wallet="Giro")
    done, _ = run(CSV, "--transfer", "2=cash", "--transfer", "4=Cash", wallet="Giro")

    assert (tried["new"], tried["transfers"], done["new"], done["transfers"]) == (3, 1, 3, 2)
    assert kinds() == [
        ("transfer", 200, "Giro", "Cash"),
        ("expense", 50, "Giro", None),
        ("transfer", 30, "Cash", "Giro"),
    ]
    assert balances(household) == {"Cash": 170, "Giro": -220}


def test_a_line_that_is_left_aside_by_itself_is_taken_when_it_is_named(run, household, giro):
    make_transaction(household, "200", on="2026-11-04", wallet=giro, note="Machine")

    answer, _ = run(CSV, "--transfer", "2=Cash", wallet="Giro")

    assert (answer["new"], answer["skipped"]) == (3, [])
    assert ("transfer", 200, "Giro", "Cash") in kinds()


def test_a_transfer_that_is_suggested_may_be_named_and_goes_with_its_other_side(run, household, giro):
    cash = the_wallet(household, "Cash")
    make_transaction(household, "200", kind="income", on="2026-11-04", wallet=cash, category="Salary")

    plain, _ = run(CSV, "--dry-run", wallet="Giro")
    answer, _ = run(CSV, "--transfer", "2=Cash", wallet="Giro")

    assert (plain["transfers"], answer["transfers"]) == (0, 1)
    assert kinds()[0] == ("transfer", 200, "Giro", "Cash")
    assert len(kinds()) == 3


def test_a_line_that_is_no_transfer_is_what_it_says_by_itself(run, household):
    make_wallet(household, "A")
    make_wallet(household, "B")

    tried, _ = run(TWO_ACCOUNTS, "--dry-run")
    answer, _ = run(TWO_ACCOUNTS, "--transfer", "2=")

    assert (tried["transfers"], answer["transfers"], answer["new"]) == (2, 0, 2)
    assert kinds() == [("expense", 200, "A", None), ("income", 200, "B", None)]


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        (["2"], "--transfer says LINE=WALLET"),
        (["x=Cash"], "has no entry on line x"),
        (["99=Cash"], "has no entry on line 99"),
        (["2=Piggy"], "There is no wallet “Piggy”"),
        (["2=Old"], "There is no wallet “Old”"),
        (["2=Bobs"], "There is no wallet “Bobs”"),
        (["2=Giro"], "Line 2 cannot be a transfer with “Giro”: it is a line of that very wallet."),
        (["2=Cash", "2=Purse"], "Line 2 is named twice"),
    ],
)
def test_what_a_line_cannot_become_is_refused(run, household, giro, bobs_household, named, problem):
    make_wallet(household, "Old", archived_at=Now())
    make_wallet(household, "Purse")
    make_wallet(bobs_household, "Bobs")
    options = [part for each in named for part in ("--transfer", each)]

    for also in ([], ["--dry-run"]):
        with pytest.raises(CommandError, match=problem):
            run(CSV, *options, *also, wallet="Giro")

    assert not ImportBatch.objects.exists()


def test_what_is_known_or_a_transfer_already_is_no_other_one(run, household, giro):
    cash = the_wallet(household, "Cash")
    make_transaction(household, "50", kind="transfer", on="2026-11-09", wallet=giro, to_wallet=cash, category=None)
    run(CSV.replace(b"2026-11-09,ATM 4711,-50\n", b""), wallet="Giro")

    with pytest.raises(CommandError, match="Line 2 is in your books already"):
        run(CSV, "--transfer", "2=Cash", wallet="Giro")
    with pytest.raises(CommandError, match="Line 3 tells of a transfer that is in your books already"):
        run(CSV, "--transfer", "3=Cash", wallet="Giro")

    assert Transaction.objects.count() == 3


def test_a_line_in_another_currency_or_in_parts_moves_nowhere(run, household, giro):
    content = b"Date,Description,Amount,Currency\n2026-11-03,ATM,-200,EUR\n2026-11-04,Tea,-2,INR\n"

    with pytest.raises(CommandError, match="Line 2 cannot be a transfer with “Cash”: its amount is in EUR"):
        run(content, "--transfer", "2=Cash", wallet="Giro")


def test_one_line_is_not_an_entry_and_a_transfer_as_well(run, household, giro):
    make_transaction(household, "200", on="2026-11-04", wallet=giro, note="Machine")

    with pytest.raises(CommandError, match="Line 2 is said to be an entry and a transfer"):
        run(CSV, "--join", "all", "--transfer", "2=Cash", wallet="Giro")


def test_money_that_the_other_wallet_has_already_is_refused_in_words(run, household, giro):
    content = CSV.replace(b"Amount\n", b"Amount,Status\n").replace(b",-200\n", b",-200,Pending\n")
    make_transaction(household, "200", kind="income", on="2026-11-04", wallet="Cash", category="Gifts")

    with pytest.raises(CommandError, match="Line 2: that wallet has an entry of this amount within three days"):
        run(content, "--transfer", "2=Cash", wallet="Giro")

    assert not ImportBatch.objects.exists()
