"""Two equal amounts in two own wallets are one transfer, unless what is known of them says that they are two."""

from datetime import date
from decimal import Decimal

import pytest

from transactions import importing
from transactions.importers.base import StatementLine
from transactions.imports.refusals import ChoiceError
from transactions.models import StatementAccount, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_category, the_wallet
from transactions.tests.long_files import choose, shown
from transactions.tests.long_files import line as long_line
from transactions.tests.test_api_imports import JSON, UPLOADS
from transactions.tests.test_api_imports import sent as file_of
from transactions.tests.test_importing import at, checked
from transactions.tests.test_moves import kinds as entries
from transactions.tests.test_short_pages import sent
from transactions.tests.test_verdicts import a_statement, commit, line, sums, verdicts

HTMX = {"HX-Request": "true"}
TWO = (
    b"Account,Date,Payee,Notes,Category,Amount,Cleared\n"
    b"Giro,2026-11-03,Landlord rent,,,-900,Cleared\nJoint,2026-11-04,Acme salary,,,900,Cleared\n"
    b"Giro,2026-11-05,Kiosk,,,-2,Cleared\n"
)


@pytest.fixture
def giro(household) -> Wallet:
    """Where the rent goes out."""
    make_category(household, "Rent", keywords=["rent"])
    make_category(household, "Salary", kind="income", keywords=["salary"])
    make_category(household, "Loans", keywords=["instalment"])
    return the_wallet(household, "Giro")


@pytest.fixture
def joint(household) -> Wallet:
    """Where the salary comes in."""
    return make_wallet(household, "Joint")


def other_half(household, alice, giro, joint, first: StatementLine, second: StatementLine) -> set[str]:
    """What the second wallet's line is where the first one's file was imported before; both ways round."""
    found = set()
    for (own, wallet), (other, its) in (((first, giro), (second, joint)), ((second, joint), (first, giro))):
        batch = commit(household, a_statement(own), {"": wallet}, alice)
        found |= set(verdicts(household, a_statement(other), {"": its}))
        Transaction.objects.all().delete()
        batch.delete()
    both = a_statement(first._replace(account="1"), second._replace(account="2"))
    return found | set(verdicts(household, both, {"1": giro, "2": joint}))


@pytest.mark.parametrize(
    ("out", "into", "verdict"),
    [
        pytest.param("Landlord rent", "Acme salary", "new", id="rent and salary"),
        pytest.param("Order 4711", "Acme salary", "new", id="what is salary is no own money"),
        pytest.param("Landlord rent", "Acme Ltd", "new", id="what is rent is no own money"),
        pytest.param("Order 4711", "Credit 12", "transfer", id="nothing is known of either"),
        pytest.param("To joint, for the rent", "Credit 12", "transfer", id="it names the other wallet"),
        pytest.param("Landlord rent", "From Giro", "transfer", id="the other side names this wallet"),
        pytest.param("Rent November", "Rent November", "transfer", id="both say the same"),
        pytest.param("Alice Archer", "Acme salary", "transfer", id="a member's own name"),
        pytest.param("Rent DE89370400440532013000", "Credit 12", "transfer", id="its number"),
        pytest.param("Rent KTO 0532013000", "Credit 12", "transfer", id="its number within the IBAN"),
    ],
)
def test_what_is_known_of_both_decides(household, alice, giro, joint, out, into, verdict):
    alice.name = "Archer Alice"
    alice.save()
    StatementAccount.objects.create(household=household, name="DE89 3704 0044 0532 0130 00", wallet=joint)

    assert other_half(household, alice, giro, joint, line(1, 3, "-900", out), line(2, 4, "900", into)) == {verdict}


@pytest.mark.parametrize(("kind", "verdict"), [("bank", "new"), ("loan", "transfer"), ("card", "transfer")])
def test_a_word_of_spending_says_little_of_what_goes_into_a_loan(household, alice, giro, joint, kind, verdict):
    Wallet.objects.filter(pk=joint.pk).update(kind=kind)
    out, into = line(1, 3, "-900", "Instalment 7"), line(2, 4, "900", "Received")

    assert other_half(household, alice, giro, joint, out, into) == {verdict}


def test_what_a_member_chose_for_a_payee_says_much(household, alice, giro, joint):
    Wallet.objects.filter(pk=joint.pk).update(kind="loan")
    make_transaction(household, "5", on=date(2026, 10, 1), note="Instalment", category="Loans", wallet=giro)
    commit(household, a_statement(line(1, 4, "900", "Received")), {"": joint}, alice)

    assert verdicts(household, a_statement(line(1, 3, "-900", "Instalment")), {"": giro}) == ["new"]


def test_both_in_one_category_come_to_nothing_anyway(household, alice, giro, joint):
    make_transaction(household, "5", on=date(2026, 10, 1), note="Pot", category="Rent", wallet=giro)
    make_transaction(household, "-5", on=date(2026, 10, 1), note="Pot back", category="Rent", wallet=joint)
    out, into = line(1, 3, "-900", "Pot"), line(2, 4, "900", "Pot back")

    both = a_statement(out._replace(account="1"), into._replace(account="2"))

    assert verdicts(household, both, {"1": giro, "2": joint}) == ["transfer", "transfer"]


def test_of_several_the_plain_one_is_the_other_half(household, alice, giro, joint):
    lines = line(1, 4, "900", "Acme salary"), line(2, 6, "900", "Credit 12")
    commit(household, a_statement(*lines), {"": joint}, alice)

    found = importing.preview(
        household=household, statement=a_statement(line(1, 4, "-900", "Order 4711")), wallets={"": giro}
    )

    assert (found.lines[0].verdict.value, found.lines[0].other_end.entry.note) == ("transfer", "Credit 12")


def test_lines_that_name_each_other_are_one_whatever_else_they_say(household, alice, giro, joint):
    both = a_statement(
        line(1, 3, "-900", "Landlord rent", account="1", transfer="2"), line(2, 9, "900", "Acme salary", account="2")
    )

    assert verdicts(household, both, {"1": giro, "2": joint}) == ["transfer", "transfer"]


def two_lines(household, giro, joint):
    both = a_statement(line(1, 3, "-900", "Landlord rent", account="1"), line(2, 4, "900", "Acme salary", account="2"))
    return {"household": household, "statement": both, "wallets": {"1": giro, "2": joint}}


def test_taken_as_they_are_they_are_income_and_spending(household, alice, giro, joint):
    commit(**two_lines(household, giro, joint), by=alice)

    assert sums(household)[:2] == (900, 900)
    assert set(Transaction.objects.values_list("category__name", flat=True)) == {"Rent", "Salary"}


@pytest.mark.parametrize("said", [{1: None}, {2: None}, {1: None, 2: None}])
@pytest.mark.parametrize("as_page", [False, True])
def test_said_of_one_side_it_is_a_transfer_of_both(household, alice, giro, joint, said, as_page):
    suggested = {1: the_category(household, "Rent", "expense").pk, 2: the_category(household, "Salary", "income").pk}

    commit(**two_lines(household, giro, joint), by=alice, choices={**(suggested if as_page else {}), **said})

    assert entries() == [("transfer", Decimal(900), "Giro", "Joint")]
    assert Transaction.objects.get().date == date(2026, 11, 3)


def test_said_to_be_two_things_they_are_two(household, alice, giro, joint):
    treats = make_category(household, "Treats").pk

    commit(**two_lines(household, giro, joint), by=alice, choices={1: treats, 2: None})

    assert [kind for kind, *_rest in entries()] == ["expense", "income"]
    with pytest.raises(ChoiceError):
        commit(household, a_statement(line(9, 20, "-7")), {"": giro}, alice, choices={9: None})


def test_one_side_taken_alone_is_a_transfer_by_itself(household, alice, giro, joint):
    commit(**two_lines(household, giro, joint), by=alice, taken={1}, choices={1: None})

    assert entries() == [("transfer", Decimal(900), "Giro", "Joint")]


def test_the_page_says_that_it_may_be_one_and_takes_both_along(as_alice, household, giro, joint):
    upload = checked(as_alice, household, TWO)

    page = as_alice.get(at("check", upload)).context["check"]
    first, second = page.rows[:2]
    answer = as_alice.post(at("choose", upload), sent(as_alice, upload, **{"category-2": "transfer"}), headers=HTMX)
    after = as_alice.get(at("check", upload)).context["check"]
    as_alice.post(at("commit", upload), sent(as_alice, upload))

    assert (first.verdict, first.marks.is_ticked, "Transfer to Joint" in first.options) == ("New", True, True)
    assert first.maybe == "A transfer? Line 3 has the same amount in “Joint”"
    assert second.maybe == "A transfer? Line 2 has the same amount in “Giro”"
    assert answer["HX-Retarget"] == "#transactions-import-preview"
    assert [row.marks.chosen for row in after.rows[:2]] == ["transfer", "transfer"]
    assert (">0<" in after.sums.came_in, ">2<" in after.sums.went_out) == (True, True)
    assert entries() == [("transfer", Decimal(900), "Giro", "Joint"), ("expense", Decimal(2), "Giro", None)]


def test_the_page_takes_both_back_along(as_alice, household, giro, joint):
    upload = checked(as_alice, household, TWO.replace(b"Landlord rent", b"Order").replace(b"Acme salary", b"Credit"))
    assert as_alice.get(at("check", upload)).context["check"].rows[0].verdict == "Transfer"
    rent = the_category(household, "Rent", "expense").pk

    as_alice.post(at("choose", upload), sent(as_alice, upload, **{"category-2": str(rent)}), headers=HTMX)
    rows = as_alice.get(at("check", upload)).context["check"].rows

    other = the_category(household, "Other", "income").pk
    assert [row.marks.chosen for row in rows[:2]] == [str(rent), str(other)]


def test_without_a_script_one_select_is_enough(as_alice, household, giro, joint):
    upload = checked(as_alice, household, TWO)

    as_alice.post(at("commit", upload), sent(as_alice, upload, **{"category-3": "transfer"}))

    assert entries()[0] == ("transfer", Decimal(900), "Giro", "Joint")


def test_an_entry_that_may_be_the_other_half_is_named(as_alice, household, giro, joint):
    make_transaction(
        household, "900", kind="income", on=date(2026, 11, 4), wallet=joint, category="Salary", note="Acme"
    )
    upload = checked(as_alice, household, b"Date,Description,Amount\n2026-11-03,Landlord rent,-900\n")

    row = as_alice.get(at("check", upload)).context["check"].rows[0]

    assert (row.verdict, row.maybe) == ("New", "A transfer? The same amount is in “Joint”: 4 Nov · Acme")


def test_halves_of_a_long_file_go_together(as_alice, household, staged, imported, giro, joint):
    rows = "".join(f"Giro,2026-11-{day:02},Kiosk,,,-{day},Cleared\n" for day in range(10, 16))
    staged(TWO.decode() + rows)

    assert shown(as_alice).rows[0].maybe == "A transfer? Line 3 has the same amount in “Joint”"
    choose(as_alice, 1, "category", "transfer")

    assert (long_line(0).choice, long_line(1).choice) == ("transfer", "transfer")
    choose(as_alice, 0, "category", str(the_category(household, "Rent", "expense").pk))
    assert (long_line(0).choice, long_line(1).choice) == ("", "")
    choose(as_alice, 0, "category", "transfer")
    imported()
    assert entries()[0] == ("transfer", Decimal(900), "Giro", "Joint")
    assert len(entries()) == 8


def test_a_shell_hears_of_it_and_says_so(run, household, giro, joint):
    tried, _ = run(TWO, "--dry-run", wallet="Giro")
    answer, _ = run(TWO, "--transfer", "2=Joint", wallet="Giro")

    assert "Line 2 may be a transfer with “Joint”. Say so with --transfer 2=Joint." in tried["remarks"]
    assert (tried["transfers"], answer["transfers"]) == (0, 2)
    assert entries()[0] == ("transfer", Decimal(900), "Giro", "Joint")


def test_a_program_hears_of_it_and_says_so(as_alice, household, giro, joint):
    upload = as_alice.post(UPLOADS, file_of(TWO)).json()
    as_alice.post(f"{UPLOADS}{upload['id']}/commit", {"categories": {"2": None}}, content_type=JSON)

    assert [each["may_be_with"] for each in upload["lines"]] == ["Joint", "Giro", None]
    assert entries()[0] == ("transfer", Decimal(900), "Giro", "Joint")
