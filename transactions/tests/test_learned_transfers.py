"""Where a payee's money went to another own wallet last time, the next file's lines are offered to go there too."""

from datetime import date

import pytest
from django.db.models.functions import Now

from transactions import importing
from transactions.importers.base import Split, Status
from transactions.imports.booking import IsEntry, ToWallet
from transactions.models import Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_wallet
from transactions.tests.long_files import HTMX, choose, shown
from transactions.tests.long_files import line as long_line
from transactions.tests.test_api_imports import JSON, UPLOADS
from transactions.tests.test_api_imports import sent as file_of
from transactions.tests.test_importing import at, checked
from transactions.tests.test_moves import kinds as entries
from transactions.tests.test_short_pages import said, sent
from transactions.tests.test_told_anew import told
from transactions.tests.test_verdicts import a_statement, commit, line

FIRST = b"Date,Description,Amount\n2026-10-03,ATM 4711,-200\n"
NEXT = b"Date,Description,Amount\n2026-11-03,ATM 4711,-100\n2026-11-09,Tea,-3\n2026-11-12,ATM 4711,40\n"


@pytest.fixture
def cash(household) -> Wallet:
    return the_wallet(household, "Cash")


@pytest.fixture
def giro(household) -> Wallet:
    return make_wallet(household, "Giro")


@pytest.fixture
def moved(household, giro, cash) -> Transaction:
    """Last month the machine's money went into the purse."""
    return make_transaction(
        household, "200", kind="transfer", on=date(2026, 10, 3), wallet=giro, to_wallet=cash, note="ATM"
    )


def previewed(household, wallet, *lines):
    return importing.preview(household=household, statement=a_statement(*lines), wallets={"": wallet}).lines


def offered(household, wallet, *lines) -> list[tuple]:
    """Verdict, other wallet, and whether it is only learned."""
    rows = previewed(household, wallet, *lines)
    ends = [each.other_end for each in rows]
    return [
        (row.verdict.value, end and end.wallet, end and end.is_learned) for row, end in zip(rows, ends, strict=True)
    ]


def test_what_a_member_chose_for_a_payee_is_suggested_in_the_next_file(household, alice, giro, cash):
    commit(household, a_statement(line(1, 3, "-200", "ATM 4711")), {"": giro}, alice, choices={1: ToWallet(cash.pk)})

    later = line(1, 20, "-100", "ATM 4711"), line(2, 20, "-100", "Shop"), line(3, 20, "100", "ATM 4711")

    assert offered(household, giro, *later) == [("transfer", cash.pk, True), ("new", None, None), ("new", None, None)]


def test_the_page_shows_it_with_its_reason_and_imports_it_so(as_alice, household, giro, cash, moved):
    upload = checked(as_alice, household, NEXT)

    page = as_alice.get(at("check", upload)).context["check"]
    row = page.rows[0]
    as_alice.post(at("commit", upload), sent(as_alice, upload))

    assert (row.verdict, row.marks.chosen, row.why) == ("Transfer", "transfer", "as last time")
    assert '<option value="transfer" selected>Transfer to Cash</option>' in row.options
    assert page.sums.ticked == 3
    assert ("transfer", 100, "Giro", "Cash") in entries()


def test_another_choice_wins_and_is_what_the_next_file_gets(as_alice, household, giro, cash, moved):
    treats = make_transaction(household, "1", note="Sweets", category="Treats", wallet=giro).category
    upload = checked(as_alice, household, NEXT)

    values = sent(as_alice, upload, **{"category-2": str(treats.pk)})
    kept = as_alice.post(at("choose", upload), values, headers={"HX-Request": "true"})
    as_alice.post(at("commit", upload), sent(as_alice, upload))

    assert said(kept)[0] == "3 to import"
    assert ("expense", 100, "Giro", None) in entries()
    (row,) = previewed(household, giro, line(1, 20, "-70", "ATM 4711"))
    assert (row.verdict.value, row.choice.category) == ("new", treats.pk)


def test_the_newest_entry_of_the_payee_counts(household, giro, cash, moved):
    purse = make_wallet(household, "Purse")
    again = line(1, 20, "-70", "ATM 4711")
    later = {"kind": "transfer", "note": "ATM", "wallet": giro}

    make_transaction(household, "1", on=date(2026, 9, 1), note="ATM", category="Treats", wallet=giro)
    assert offered(household, giro, again) == [("transfer", cash.pk, True)]
    make_transaction(household, "9", on=date(2026, 10, 9), to_wallet=purse, **later)
    assert offered(household, giro, again) == [("transfer", purse.pk, True)]
    make_transaction(household, "1", on=date(2026, 10, 10), note="ATM", category="Treats", wallet=giro)
    assert offered(household, giro, again) == [("new", None, None)]


def test_it_is_learned_for_the_wallet_and_the_way_of_the_money(household, giro, cash, moved):
    other = make_wallet(household, "Other bank")

    assert offered(household, other, line(1, 20, "-70", "ATM 4711")) == [("new", None, None)]
    assert offered(household, giro, line(1, 20, "70", "ATM 4711")) == [("new", None, None)]
    assert offered(household, cash, line(1, 20, "70", "ATM 4711")) == [("transfer", giro.pk, True)]


def test_no_money_goes_to_a_wallet_that_is_put_away(household, giro, cash, moved):
    Wallet.objects.filter(pk=cash.pk).update(archived_at=Now())

    assert offered(household, giro, line(1, 20, "-70", "ATM 4711")) == [("new", None, None)]


def test_what_the_file_says_itself_comes_first(household, giro, cash, moved):
    lines = (
        line(1, 20, "-70", "ATM 4711", category="Treats"),
        line(2, 21, "-9", "ATM 4711", splits=(Split(-4), Split(-5))),
        line(3, 22, "-8", "ATM 4711", status=Status.PENDING),
    )

    assert offered(household, giro, *lines) == [("new", None, None)] * 2 + [("pending", None, None)]


@pytest.mark.parametrize("way", ["in one file", "out first", "in first"])
def test_what_was_found_and_said_by_nobody_teaches_nothing(household, alice, giro, cash, way):
    out, into = line(1, 3, "-70", "Order 12"), line(2, 4, "70", "Credit 9")
    if way == "in one file":
        both = a_statement(out._replace(account="1"), into._replace(account="2"))
        commit(household, both, {"1": giro, "2": cash}, alice)
    else:
        steps = [(out, giro), (into, cash)]
        for told, wallet in steps if way == "out first" else reversed(steps):
            commit(household, a_statement(told), {"": wallet}, alice)

    assert Transaction.objects.get().kind == "transfer"
    assert offered(household, giro, line(1, 20, "-70", "Order 12")) == [("new", None, None)]
    assert offered(household, cash, line(1, 20, "70", "Credit 9")) == [("new", None, None)]


def test_what_was_said_once_is_learned_whether_or_not_the_other_side_came(household, alice, giro, cash):
    commit(household, a_statement(line(1, 3, "-70", "Order 12")), {"": giro}, alice, choices={1: ToWallet(cash.pk)})
    commit(household, a_statement(line(1, 4, "70", "Credit 9")), {"": cash}, alice)

    assert Transaction.objects.get().kind == "transfer"
    assert offered(household, giro, line(1, 20, "-30", "Order 12")) == [("transfer", cash.pk, True)]


def test_what_was_said_of_an_entry_that_the_bank_corrected_is_learned_too(household, alice, giro, cash):
    commit(household, a_statement(told(1, 3, "-10", "AB-77")), {"": giro}, alice)
    entry = Transaction.objects.get()
    anew = a_statement(told(1, 4, "-12.50", "AB-77"))
    commit(household, anew, {"": giro}, alice, taken={1}, choices={1: IsEntry(entry.pk, as_bank=True)})

    Transaction.objects.filter(pk=entry.pk).update(kind="transfer", category=None, to_wallet=cash)

    [next_month] = previewed(household, giro, told(1, 20, "-30", "AB-99"))
    assert next_month.other_end is not None
    assert next_month.other_end.wallet == cash.pk


def test_part_of_a_payment_teaches_nothing_of_the_whole(household, giro, cash, moved):
    Transaction.objects.filter(pk=moved.pk).update(group_id="11111111-1111-4111-8111-111111111111")

    assert offered(household, giro, line(1, 20, "-70", "ATM 4711")) == [("new", None, None)]


@pytest.mark.parametrize("day", [22, 29, 30, 31])
def test_the_other_side_that_is_here_already_goes_with_it_however_slow_the_banks_were(
    household, alice, giro, cash, moved, day
):
    on = date(2026, 11, day) if day < 31 else date(2026, 12, 1)
    into = make_transaction(household, "70", kind="income", on=on, wallet=cash, category="Other")
    statement = a_statement(line(1, 20, "-70", "ATM 4711"))

    (row,) = previewed(household, giro, *statement.lines)
    commit(household, statement, {"": giro}, alice)

    is_here = day < 31
    assert (row.verdict.value, row.other_end.is_learned, row.other_end.entry is not None) == (
        "transfer",
        day > 22,
        is_here,
    )
    into.refresh_from_db()
    assert into.kind == ("transfer" if is_here else "income")


def test_a_side_that_somebody_put_into_a_category_is_only_offered(household, giro, cash, moved):
    make_transaction(household, "70", kind="income", on=date(2026, 11, 27), wallet=cash, category="Salary")

    assert offered(household, giro, line(1, 20, "-70", "ATM 4711")) == [("new", cash.pk, True)]


def test_equal_income_elsewhere_is_not_its_other_side(household, giro, cash, moved):
    other = make_wallet(household, "Other bank")
    make_transaction(household, "70", kind="income", on=date(2026, 11, 21), wallet=other, category="Gifts")

    assert offered(household, giro, line(1, 20, "-70", "ATM 4711")) == [("transfer", cash.pk, True)]


def test_a_line_of_a_long_file_is_offered_it_too(as_alice, household, staged, imported, giro, cash, moved):
    rows = "".join(f"2026-11-{day:02},ATM 4711,-{day}0\n" for day in range(1, 7))
    staged(f"Date,Description,Amount\n{rows}2026-11-07,Rice,-7\n")

    page = shown(as_alice)
    imported()

    assert [row.why for row in page.rows][:2] == ["as last time", "as last time"]
    assert [kind for kind, *_rest in entries()] == ["transfer"] * 7 + ["expense"]


def test_a_shell_leaves_it_aside_until_somebody_says_so(run, household, giro, cash, moved):
    tried, _ = run(NEXT, "--dry-run", wallet="Giro")
    first, _ = run(NEXT, wallet="Giro")
    done, _ = run(NEXT, "--take", "transfer", wallet="Giro")

    sentence = (
        "Its payee's money went to “Cash” last time. Take it as a transfer with --transfer 2=Cash,"
        " all such lines with --take transfer, or as none with --transfer 2=."
    )
    assert tried["skipped"] == first["skipped"] == [{"line": 2, "reason": sentence}]
    assert (first["new"], first["transfers"], done["new"], done["transfers"]) == (2, 0, 1, 1)
    assert ("transfer", 100, "Giro", "Cash") in entries()


@pytest.mark.parametrize(("said_so", "kind"), [("2=Cash", "transfer"), ("2=", "expense")])
def test_a_shell_says_of_one_line_what_it_is(run, household, giro, cash, moved, said_so, kind):
    answer, _ = run(NEXT, "--transfer", said_so, wallet="Giro")

    assert (answer["new"], answer["skipped"]) == (3, [])
    assert kind in [kind for kind, amount, *_rest in entries() if amount == 100]


def test_a_program_sees_it_in_the_preview(as_alice, household, giro, cash, moved):
    make_transaction(household, "3", note="Tea", category="Treats", wallet=giro)
    upload = as_alice.post(UPLOADS, file_of(NEXT)).json()

    first, second = upload["lines"][:2]
    as_alice.post(f"{UPLOADS}{upload['id']}/commit", {"wallet": str(giro.pk)}, content_type=JSON)

    assert (first["verdict"], first["other_wallet"], first["reason"]) == ("transfer", "Cash", "last-time")
    assert (second["other_wallet"], second["reason"]) == (None, "last-time")
    assert ("transfer", 100, "Giro", "Cash") in entries()


def test_nobody_learns_from_another_household(household, bobs_household, giro, cash, moved):
    own = make_wallet(bobs_household, "Giro")

    assert offered(bobs_household, own, line(1, 20, "-70", "ATM 4711")) == [("new", None, None)]


AGAIN = b"Date,Description,Amount\n" + b"".join(b"2026-11-%02d,ATM 4711,-%d0\n" % (day, day) for day in range(3, 12))


def test_what_was_learned_of_a_payee_is_unlearned_of_all_its_lines(as_alice, household, moved):
    upload = checked(as_alice, household, AGAIN)
    treats = make_category(household, "Treats")

    values = sent(as_alice, upload, **{"category-2": str(treats.pk)})
    answer = as_alice.post(at("choose", upload), values, headers=HTMX).content.decode()
    as_alice.post(at("choose", upload), {**values, "alike": "2"}, headers=HTMX)

    assert "8 more lines" in answer
    rows = as_alice.get(at("check", upload)).context["check"].rows
    assert {(row.verdict, row.marks.chosen) for row in rows} == {("New", str(treats.pk))}


def test_what_was_learned_of_a_payee_is_unlearned_of_all_lines_of_a_long_file(staged, as_alice, household, moved):
    staged(AGAIN)
    treats = make_category(household, "Treats")

    answer = choose(as_alice, 0, "category", treats.pk).content.decode()
    choose(as_alice, alike=long_line(0).pk)

    assert "8 more lines" in answer
    assert {(row.verdict, row.marks.chosen) for row in shown(as_alice).rows} == {("New", str(treats.pk))}
