"""A line that a member says is a transfer: it goes to a wallet that the file does not name."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models.functions import Now

from transactions import ledger
from transactions.importers.base import Split, Status
from transactions.imports import check_page
from transactions.imports.booking import ToWallet
from transactions.imports.line_choice import AS_TRANSFER
from transactions.imports.refusals import ChoiceError, TwiceError
from transactions.models import Category, ImportBatch, ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet
from transactions.tests.long_files import HTMX, choose, shown
from transactions.tests.long_files import at as at_long
from transactions.tests.long_files import line as long_line
from transactions.tests.test_api_imports import JSON, UPLOADS
from transactions.tests.test_api_imports import sent as file_of
from transactions.tests.test_importing import at, checked
from transactions.tests.test_short_pages import said, sent
from transactions.tests.test_verdicts import a_statement, commit, line, verdicts

CSV = b"Date,Description,Amount\n2026-11-03,ATM 4711,-200\n2026-11-09,ATM 4711,-50\n2026-11-20,From aunt,30\n"


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get(name="Cash")


@pytest.fixture
def purse(household) -> Wallet:
    return make_wallet(household, "Purse")


@pytest.fixture
def giro(household) -> Wallet:
    """Where files of a bank go; cash is what a machine gives."""
    return make_wallet(household, "Giro")


def balances(household) -> dict[str, Decimal]:
    return {each.name: each.balance for each in ledger.wallet_balances(household)}


def kinds() -> list[tuple]:
    rows = Transaction.objects.order_by("date", "pk")
    return list(rows.values_list("kind", "amount", "wallet__name", "to_wallet__name"))


@pytest.mark.parametrize(("amount", "ways"), [("-200", ("Cash", "Purse")), ("200", ("Purse", "Cash"))])
def test_it_is_one_transfer_between_the_two(household, alice, cash, purse, amount, ways):
    batch = commit(household, a_statement(line(1, 3, amount)), {"": cash}, alice, choices={1: ToWallet(purse.pk)})

    assert kinds() == [("transfer", 200, *ways)]
    assert balances(household) == {"Cash": Decimal(amount), "Purse": -Decimal(amount)}
    assert (batch.new_count, ImportedLine.objects.get().made_entry) == (1, True)


def test_the_statement_of_the_other_wallet_is_recognised_by_it(household, alice, cash, purse):
    commit(household, a_statement(line(1, 3, "-200")), {"": cash}, alice, choices={1: ToWallet(purse.pk)})
    into = a_statement(line(1, 5, "200", "Received"))

    assert verdicts(household, into, {"": purse}) == ["joins"]
    commit(household, into, {"": purse}, alice)

    assert (len(kinds()), verdicts(household, into, {"": purse})) == (1, ["known"])


def test_a_half_that_went_elsewhere_leaves_the_other_half_alone(household, alice, cash, purse):
    bank = make_wallet(household, "Bank")
    both = a_statement(line(1, 3, "-200", account="A"), line(2, 4, "200", account="B"))
    assert verdicts(household, both, {"A": cash, "B": bank}) == ["transfer", "transfer"]

    commit(household, both, {"A": cash, "B": bank}, alice, choices={1: ToWallet(purse.pk)})

    assert kinds() == [("transfer", 200, "Cash", "Purse"), ("income", 200, "Bank", None)]


def test_only_an_open_wallet_of_the_household_can_be_the_other_end(household, alice, cash, purse, bobs_household):
    old = make_wallet(household, "Old", archived_at=Now())
    lines = line(1, 3, "-200"), line(2, 4, "-9", splits=(Split(Decimal(-4)), Split(Decimal(-5))))
    wrong = [(1, cash), (1, old), (1, make_wallet(bobs_household, "Bobs")), (2, purse)]

    for number, wallet in wrong:
        with pytest.raises(ChoiceError):
            commit(household, a_statement(*lines), {"": cash}, alice, choices={number: ToWallet(wallet.pk)})

    assert not Transaction.objects.exists()


def test_a_transfer_that_is_found_is_not_made_a_second_time(household, alice, cash, purse):
    make_transaction(household, "200", kind="income", on=date(2026, 11, 4), wallet=purse, category="Salary")

    with pytest.raises(ChoiceError):
        commit(household, a_statement(line(1, 3, "-200")), {"": cash}, alice, choices={1: ToWallet(purse.pk)})


def test_the_select_offers_other_wallets_and_no_other_ones(as_alice, household, cash, giro, bobs_household):
    make_wallet(bobs_household, "Bobs")
    make_wallet(household, "Old", archived_at=Now())
    upload = checked(as_alice, household, CSV)

    rows = as_alice.get(at("check", upload)).context["check"].rows

    group = '<optgroup label="Own wallets" data-moves><option value="to-{}">Transfer {} Cash</option></optgroup>'
    assert group.format(cash.pk, "to") in rows[0].options
    assert group.format(cash.pk, "from") in rows[2].options
    assert not any(f"to-{giro.pk}" in row.options for row in rows)


def test_with_one_wallet_there_is_nowhere_to_go(as_alice, household):
    upload = checked(as_alice, household, CSV)
    only = {"read": "1", "wallet": Wallet.objects.of(household).get().pk}

    assert "Transfer" not in as_alice.get(at("check", upload), only).context["check"].rows[0].options


def test_a_member_says_where_the_money_went(as_alice, household, giro, cash):
    upload = checked(as_alice, household, CSV)
    value = f"to-{cash.pk}"

    kept = as_alice.post(at("choose", upload), sent(as_alice, upload, **{"category-2": value}), headers=HTMX)
    row = as_alice.get(at("check", upload)).context["check"].rows[0]
    as_alice.post(at("commit", upload), sent(as_alice, upload))

    assert said(kept) == ["3 to import", "\u20b930.00", "\u20b950.00"]
    assert (row.marks.is_ticked, row.marks.chosen) == (True, value)
    assert kinds() == [
        ("transfer", 200, "Giro", "Cash"),
        ("expense", 50, "Giro", None),
        ("income", 30, "Giro", None),
    ]


def test_the_payees_other_lines_are_offered_to_go_there_too(as_alice, household, giro, cash):
    upload = checked(as_alice, household, CSV)
    values = sent(as_alice, upload, **{"category-2": f"to-{cash.pk}"})

    offered = as_alice.post(at("choose", upload), values, headers=HTMX).content.decode()
    as_alice.post(at("choose", upload), values | {"alike": "2"})
    as_alice.post(at("commit", upload), sent(as_alice, upload))

    assert "Transfer to Cash for all of them" in offered
    assert [kind for kind, *_rest in kinds()] == ["transfer", "transfer", "income"]


@pytest.mark.parametrize("page", [0, 2])
def test_a_wallet_that_is_put_away_meanwhile_is_none_any_more(as_alice, household, giro, cash, monkeypatch, page):
    monkeypatch.setattr(check_page, "ON_A_PAGE", 2)
    upload = checked(as_alice, household, CSV)
    values = sent(as_alice, upload, **{"category-2": f"to-{cash.pk}"})
    as_alice.post(at("choose", upload), values, headers=HTMX)
    values = sent(as_alice, upload, after=2) if page else values
    Wallet.objects.filter(pk=cash.pk).update(archived_at=Now())

    answer = as_alice.post(at("commit", upload), values)

    assert answer.status_code == 422
    assert ("line 2 is judged anew" if page else "Line 2 cannot be a transfer") in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_the_file_read_into_that_very_wallet_drops_the_choice(as_alice, household, giro, cash):
    upload = checked(as_alice, household, CSV)

    page = as_alice.post(
        at("read", upload), sent(as_alice, upload, wallet=str(cash.pk), **{"category-2": f"to-{cash.pk}"})
    )

    assert "What you chose for line 2 does not fit the line as it is read now" in page.content.decode()


@pytest.mark.usefixtures("kinds")
def test_a_line_of_a_long_file_goes_to_a_wallet(as_alice, household, imported, giro, cash):
    answer = choose(as_alice, 0, "category", f"to-{giro.pk}")

    assert answer.status_code == 200
    sums = shown(as_alice).sums
    assert (sums.ticked, "2.00" in sums.went_out, "900" in sums.came_in) == (2, False, True)
    imported()
    assert ("transfer", 2, "Cash", "Giro") in kinds()


@pytest.mark.usefixtures("kinds")
def test_a_line_of_a_long_file_goes_to_no_wallet_that_is_gone(as_alice, household, giro, cash):
    refused = [choose(as_alice, 0, "category", value) for value in (f"to-{cash.pk}", "to-0", "to-x", "to-")]
    choose(as_alice, 0, "category", f"to-{giro.pk}")
    Wallet.objects.filter(pk=giro.pk).update(archived_at=Now())

    page = shown(as_alice)
    answer = as_alice.post(at_long("import-commit"))

    assert [each.status_code for each in refused] == [422] * 4
    assert (page.rows[0].marks.chosen, page.rows[0].marks.problem) == ("", "Choose one of the list.")
    assert "Line 2: choose one of the listed categories." in answer.content.decode()


def test_a_payees_lines_of_a_long_file_go_to_a_wallet_together(as_alice, household, staged, imported, giro, cash):
    rows = "".join(f"2026-11-{day:02},ATM 4711,-{day}0\n" for day in range(1, 6))
    staged(f"Date,Description,Amount\n{rows}2026-11-07,Rice,-7\n")

    offered = choose(as_alice, 0, "category", f"to-{cash.pk}")
    choose(as_alice, alike=long_line(0).pk)
    left = choose(as_alice, give="1", category=make_category(household, "Treats").pk)

    assert "Transfer to Cash for all of them" in offered.content.decode()
    assert left.status_code == 200
    imported()
    assert [kind for kind, *_rest in kinds()] == ["transfer"] * 5 + ["expense"]


def test_lines_of_several_wallets_go_nowhere_together(as_alice, household, staged, giro, cash):
    staged(
        "Account,Date,Payee,Notes,Category,Amount,Cleared\n"
        + "".join(f"{account},2026-11-0{day},ATM,,,-{day},Cleared\n" for account in ("A", "B") for day in (1, 4))
    )

    offered = choose(as_alice, 0, "category", f"to-{cash.pk}")

    assert offered.status_code == 200
    assert "for all of them" not in offered.content.decode()


def test_a_program_says_where_the_money_went(as_alice, household, giro, cash):
    upload = as_alice.post(UPLOADS, file_of(CSV)).json()
    address = f"{UPLOADS}{upload['id']}/commit"

    answers = [
        as_alice.post(address, {"wallet": str(giro.pk), "transfers": moves}, content_type=JSON)
        for moves in ({"2": giro.pk}, {"2": -1}, {"9": cash.pk}, {"2": cash.pk})
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 200]
    assert [list(answer.json()["errors"]) for answer in answers[:3]] == [["transfers.2"]] * 2 + [["transfers.9"]]
    assert kinds()[0] == ("transfer", 200, "Giro", "Cash")


LONG = "Date,Description,Amount\n" + "".join(
    f"2026-11-{day:02},{text},-{day}\n"
    for day, text in [(3, "ATM"), (9, "ATM"), (20, "ATM"), (21, "Shop"), (22, "Shop")]
)


def received(household, cash, amount: int, day: int, **more) -> Transaction:
    """Money in the purse that somebody wrote down and sorted by hand."""
    gifts = make_category(household, "Gifts", kind="income")
    more = {"kind": "income", "category": gifts} | more
    return make_transaction(household, amount=Decimal(amount), on=date(2026, 11, day), **({"wallet": cash} | more))


@pytest.mark.usefixtures("giro")
def test_of_a_payees_lines_one_whose_other_side_is_suggested_stays_as_it_is(
    as_alice, household, staged, cash, imported
):
    received(household, cash, 9, 9)
    staged(LONG)

    answer = choose(as_alice, 0, "category", f"to-{cash.pk}")
    choose(as_alice, alike=long_line(0).pk)

    assert "1 more line" in answer.content.decode()
    assert [long_line(place).choice for place in range(3)] == [f"to-{cash.pk}", "", f"to-{cash.pk}"]
    assert [kind for _note, kind, *_rest in imported()] == ["transfer", "expense", "transfer", "expense", "expense"]


@pytest.mark.parametrize("kind", ["income", "transfer"])
def test_a_line_whose_other_side_came_meanwhile_is_shown_again(as_alice, household, staged, cash, giro, run_jobs, kind):
    staged(LONG)
    choose(as_alice, 0, "category", f"to-{cash.pk}")
    transfer = {"wallet": giro, "to_wallet": cash, "kind": "transfer", "category": None}
    received(household, cash, 3, 3, **(transfer if kind == "transfer" else {}))

    as_alice.post(at_long("import-commit"))
    run_jobs()

    page = as_alice.get(at_long("import-check")).context
    assert page["notices"] == [
        "Your books changed since this page was made: line 2 is judged anew. Look at it, then import."
    ]
    assert long_line(0).choice == ""
    assert AS_TRANSFER in page["check"].rows[0].options
    choose(as_alice, 0, "category", AS_TRANSFER)
    as_alice.post(at_long("import-commit"))
    run_jobs()
    assert kinds()[0] == ("transfer", 3, "Giro", "Cash")
    assert len(kinds()) == 5


@pytest.mark.usefixtures("giro")
def test_of_a_short_file_too(as_alice, household, cash):
    upload = checked(as_alice, household, CSV)
    values = sent(as_alice, upload, **{"category-2": f"to-{cash.pk}"})
    received(household, cash, 200, 3)

    answer = as_alice.post(at("commit", upload), values)

    assert "line 2 is judged anew" in answer.content.decode()
    assert Transaction.objects.count() == 1


@pytest.mark.usefixtures("giro")
def test_a_program_hears_why_a_line_is_no_transfer_with_a_wallet(as_alice, household, cash):
    received(household, cash, 200, 3)
    upload = as_alice.post(UPLOADS, file_of(CSV)).json()

    answer = as_alice.post(f"{UPLOADS}{upload['id']}/commit", {"transfers": {"2": cash.pk}}, content_type=JSON)

    assert answer.status_code == 422
    assert answer.json()["errors"]["transfers.2"][0].startswith("Line 2 cannot be a transfer with that wallet")


@pytest.mark.parametrize("sorted_by_hand", [False, True])
@pytest.mark.parametrize("verdict", ["pending", "unticked", "deleted", "lookalike"])
def test_what_the_other_wallet_has_already_does_not_come_twice(household, alice, cash, purse, verdict, sorted_by_hand):
    out = a_statement(line(1, 3, "-200", status=Status.PENDING if verdict == "pending" else Status.BOOKED))
    if verdict in {"unticked", "deleted"}:
        more = a_statement(*out.lines, line(2, 20, "-1"))
        commit(household, more, {"": cash}, alice, taken={2} if verdict == "unticked" else {1, 2})
        Transaction.objects.filter(amount=200).delete()
    if verdict == "lookalike":
        make_transaction(household, "200", on=date(2026, 11, 2), wallet=cash)
    other = Category.objects.of(household).get(kind="income", is_other=True)
    received = a_statement(line(1, 4, "200", "Received"))
    commit(household, received, {"": purse}, alice, taken={1}, choices={1: other.pk})
    if sorted_by_hand:
        gifts = make_category(household, "Gifts", kind="income")
        Transaction.objects.filter(kind="income").update(category=gifts)
    assert verdicts(household, out, {"": cash}) == [verdict]

    if sorted_by_hand:
        with pytest.raises(TwiceError):
            commit(household, out, {"": cash}, alice, taken={1}, choices={1: ToWallet(purse.pk)})
    else:
        commit(household, out, {"": cash}, alice, taken={1}, choices={1: ToWallet(purse.pk)})

    assert balances(household)["Purse"] == 200
    assert Transaction.objects.filter(kind="transfer").count() == (not sorted_by_hand)
