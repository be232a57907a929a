"""The other side of a transfer that a slow bank books days later: offered as that, and not once more as income."""

from datetime import date, timedelta

import pytest

from transactions import importing
from transactions.importers.base import Status
from transactions.imports.booking import IsEntry, ToWallet
from transactions.imports.verdicts import Likeness
from transactions.models import ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_category, the_wallet
from transactions.tests.long_files import shown
from transactions.tests.test_api_imports import UPLOADS
from transactions.tests.test_api_imports import sent as file_of
from transactions.tests.test_importing import at, checked
from transactions.tests.test_moves import balances
from transactions.tests.test_moves import kinds as entries
from transactions.tests.test_short_pages import sent
from transactions.tests.test_verdicts import a_statement, commit, line, sums, verdicts

SLOW = b"Date,Description,Amount\n2026-11-10,Credit,200\n2026-11-12,Interest,1\n"


@pytest.fixture
def giro(household) -> Wallet:
    return the_wallet(household, "Cash")


@pytest.fixture
def savings(household) -> Wallet:
    return make_wallet(household, "Savings")


@pytest.fixture
def moved(household, alice, giro, savings) -> Transaction:
    """On the third of November, by a member's word; nobody has seen a statement of the savings yet."""
    commit(household, a_statement(line(1, 3, "-200", "Order 12")), {"": giro}, alice, choices={1: ToWallet(savings.pk)})
    return Transaction.objects.get()


def late(household, wallet, *lines):
    return importing.preview(household=household, statement=a_statement(*lines), wallets={"": wallet}).lines


@pytest.mark.parametrize(("day", "verdict"), [(6, "joins"), (7, "lookalike"), (13, "lookalike"), (14, "new")])
def test_it_is_offered_up_to_ten_days_later(household, savings, moved, day, verdict):
    (row,) = late(household, savings, line(1, day, "200", "Credit"))

    assert row.verdict.value == verdict
    assert row.is_ticked is (verdict != "lookalike")
    assert (row.likeness, row.like.id) == (Likeness.LATE, moved.pk) if verdict == "lookalike" else row.likeness is None


@pytest.mark.parametrize("days", [-10, -4])
def test_it_may_be_booked_before_as_well(household, giro, savings, days):
    on = date(2026, 11, 15)
    make_transaction(household, "9", kind="transfer", on=on - timedelta(days=days), wallet=giro, to_wallet=savings)

    assert verdicts(household, a_statement(line(1, 15, "9")), {"": savings}) == ["lookalike"]


def test_only_the_same_amount_the_same_way_is_offered(household, savings, moved):
    rows = late(household, savings, line(1, 9, "199.99"), line(2, 9, "-200"), line(3, 9, "200"), line(4, 9, "200"))

    assert [row.verdict.value for row in rows] == ["new", "new", "lookalike", "new"]


def test_the_line_that_is_near_is_the_other_side_whatever_comes_before_it(household, savings, moved):
    rows = late(household, savings, line(1, 9, "200"), line(2, 4, "200"))

    assert [row.verdict.value for row in rows] == ["new", "joins"]


def test_the_side_that_this_wallet_told_of_is_not_told_again(household, giro, savings, moved):
    assert verdicts(household, a_statement(line(1, 9, "-200", "Order 13")), {"": giro}) == ["new"]


def test_the_other_half_that_is_nearer_comes_first(household, giro, savings, moved):
    other = make_wallet(household, "Other bank")
    make_transaction(household, "200", on=date(2026, 11, 10), wallet=other, category="Other")

    assert verdicts(household, a_statement(line(1, 9, "200", "Credit")), {"": savings}) == ["transfer"]


def test_a_pending_line_is_shown_beside_it_too(household, savings, moved):
    (row,) = late(household, savings, line(1, 9, "200", status=Status.PENDING))

    assert (row.verdict.value, row.likeness) == ("lookalike", Likeness.LATE)


def test_said_to_be_it_the_money_counts_once_and_the_line_is_known(household, alice, savings, moved):
    statement = a_statement(line(1, 10, "200", "Credit"))

    batch = commit(
        household, statement, {"": savings}, alice, taken={1}, choices={1: IsEntry(moved.pk, moved.version, 1)}
    )

    assert (sums(household), balances(household)["Savings"]) == ((0, 0, 0), 200)
    assert (batch.new_count, batch.known_count, ImportedLine.objects.count()) == (0, 1, 2)
    assert verdicts(household, statement, {"": savings}) == ["known"]


@pytest.fixture
def came_in(household, alice, savings) -> Transaction:
    """The other side, of which nobody knew what it was when its statement came first."""
    commit(household, a_statement(line(1, 10, "200", "Credit")), {"": savings}, alice)
    return Transaction.objects.get()


@pytest.mark.parametrize(("day", "verdict"), [(1, "new"), (6, "new"), (7, "transfer")])
def test_an_other_side_that_came_first_is_offered_too(household, giro, came_in, day, verdict):
    (row,) = late(household, giro, line(1, day, "-200", "Order 12"))

    assert (row.verdict.value, row.other_end.entry.id) == (verdict, came_in.pk)
    assert row.other_end.is_likely is (verdict == "transfer")


def test_chosen_it_is_one_transfer_and_else_nothing_becomes_of_it(household, alice, giro, came_in):
    statement = a_statement(line(1, 3, "-200", "Order 12"), line(2, 4, "-200", "Order 13"))

    rows = late(household, giro, *statement.lines)
    commit(household, statement, {"": giro}, alice, choices={2: None})

    assert [row.other_end.entry.id for row in rows] == [came_in.pk, came_in.pk]
    assert sorted(entries()) == [("expense", 200, "Cash", None), ("transfer", 200, "Cash", "Savings")]


@pytest.mark.parametrize("why", ["a category", "changed", "further", "this wallet", "a part"])
def test_what_is_surely_something_else_is_not_offered(household, alice, giro, savings, came_in, why):
    if why == "a category":
        make_transaction(household, "1", kind="income", note="Acme", category="Salary", wallet=savings)
        Transaction.objects.filter(pk=came_in.pk).update(
            category=Transaction.objects.get(note="Acme").category, note="Acme"
        )
        ImportedLine.objects.update(left_version=2)
    if why == "changed":
        Transaction.objects.filter(pk=came_in.pk).update(category=the_category(household, "Gifts", "income"))
    if why == "a part":
        Transaction.objects.filter(pk=came_in.pk).update(group_id="11111111-1111-4111-8111-111111111111")
    day = {"further": 21}.get(why, 3)

    (row,) = late(household, savings if why == "this wallet" else giro, line(1, day, "-200", "Order 12"))

    assert (row.verdict.value, row.other_end) == ("new", None)


@pytest.mark.parametrize("category", ["Salary", "Other"])
def test_a_named_wallet_has_the_other_side_within_three_days_or_not_at_all(household, alice, giro, savings, category):
    """What lies further away is offered, where it may be that; it does not go along with a wallet that was named."""
    make_transaction(household, "200", kind="income", on=date(2026, 11, 10), wallet=savings, category=category)
    pending = a_statement(line(1, 3, "-200", "Order 12", status=Status.PENDING))

    commit(household, pending, {"": giro}, alice, taken={1}, choices={1: ToWallet(savings.pk)})

    assert sorted(kind for kind, *_rest in entries()) == ["income", "transfer"]


def test_the_page_names_the_side_that_came_first(as_alice, household, giro, came_in):
    upload = checked(as_alice, household, b"Date,Description,Amount\n2026-11-03,Order 12,-200\n")
    into = {"wallet": str(giro.pk)}

    row = as_alice.get(at("check", upload), {"read": "1", **into}).context["check"].rows[0]
    as_alice.post(at("commit", upload), {"read": "1", **into, "line": "2", "category-2": "transfer"})

    assert row.maybe == "A transfer? The same amount is in “Savings”: 10 Nov · Credit"
    assert [kind for kind, *_rest in entries()] == ["transfer"]


def test_the_page_says_why_and_waits_for_a_word(as_alice, household, savings, moved):
    upload = checked(as_alice, household, SLOW)

    page = as_alice.get(at("check", upload)).context["check"]
    answer = as_alice.get(at("check", upload)).content.decode()
    row = page.rows[0]
    values = sent(as_alice, upload, **{"category-2": f"is-{moved.pk}.{moved.version}.1"})
    as_alice.post(at("commit", upload), values)

    assert (row.verdict, row.marks.is_ticked, page.sums.ticked) == ("Looks like one", False, 1)
    assert row.likeness == "The other side of this transfer is missing: same amount, 7 days apart"
    assert row.likeness in answer
    assert [kind for kind, *_rest in entries()] == ["transfer", "income"]


def test_lines_of_a_long_file_are_shown_beside_it(as_alice, household, staged, savings, moved):
    rows = "".join(f"2026-11-{day:02},Fee,-{day}\n" for day in range(1, 6))
    staged(f"Date,Description,Amount\n{rows}2026-11-10,Credit,200\n")

    row = shown(as_alice).rows[-1]

    assert (row.verdict, row.likeness[-12:]) == ("Looks like one", "7 days apart")


def test_a_shell_and_a_program_hear_why(run, as_alice, household, savings, moved):
    upload = as_alice.post(UPLOADS, file_of(SLOW)).json()
    answer, _ = run(SLOW, wallet="Savings")
    done, _ = run(SLOW, "--join", "2", wallet="Savings")

    assert (upload["lines"][0]["like_id"], upload["lines"][0]["like_reason"]) == (moved.pk, "late")
    assert answer["skipped"] == [
        {
            "line": 2,
            "reason": "May be the other side of the transfer of 2026-11-03, “Order 12”. Say so with --join 2.",
        }
    ]
    assert (done["recognised"], sums(household)[0]) == (1, 1)


@pytest.fixture
def of_one_file(household, giro, savings):
    """Two lines of two accounts, seven days apart unless told otherwise."""

    def make(day=10, into="Credit", *others):
        lines = line(1, 3, "-200", "Order 12", account="1"), line(2, day, "200", into, account="2"), *others
        return {"household": household, "statement": a_statement(*lines), "wallets": {"1": giro, "2": savings}}

    return make


@pytest.mark.parametrize(
    ("day", "into", "offered"), [(13, "Credit", True), (14, "Credit", False), (10, "Acme salary", False)]
)
def test_two_lines_of_one_file_are_offered_as_one_too(household, of_one_file, day, into, offered):
    make_category(household, "Salary", kind="income", keywords=["salary"])

    found = importing.preview(**of_one_file(day, into)).lines

    assert [row.verdict.value for row in found] == ["new", "new"]
    assert [row.other_end and row.other_end.line for row in found] == ([2, 1] if offered else [None, None])


@pytest.mark.parametrize("said", [{}, {1: None}, {2: None}])
def test_two_lines_of_one_file_are_one_only_by_a_word(household, alice, of_one_file, said):
    commit(**of_one_file(), by=alice, choices=said)

    assert [kind for kind, *_rest in entries()] == (["transfer"] if said else ["expense", "income"])


def test_a_line_whose_other_half_is_in_the_books_is_offered_to_no_other(household, alice, giro, savings, of_one_file):
    commit(household, a_statement(line(1, 4, "200", "Payback")), {"": savings}, alice)

    out, into = importing.preview(**of_one_file()).lines

    assert (out.verdict.value, out.other_end.entry.note, into.other_end) == ("transfer", "Payback", None)


def test_of_slow_lines_the_nearest_is_offered(of_one_file):
    found = importing.preview(**of_one_file(12, "Credit", line(3, 9, "200", "Nearer", account="2"))).lines

    assert [row.other_end and row.other_end.line for row in found] == [3, None, 1]


def test_lines_of_a_long_file_are_offered_to_each_other(as_alice, household, staged, giro, savings):
    rows = "".join(f"Cash,2026-11-{day:02},Fee,,,-{day},Cleared\n" for day in range(1, 6))
    staged(
        f"Account,Date,Payee,Notes,Category,Amount,Cleared\n{rows}"
        "Cash,2026-11-03,Order 12,,,-200,Cleared\nSavings,2026-11-10,Credit,,,200,Cleared\n"
    )

    assert [row.maybe for row in shown(as_alice).rows][-2:] == [
        "A transfer? Line 8 has the same amount in “Savings”",
        "A transfer? Line 7 has the same amount in “Cash”",
    ]
