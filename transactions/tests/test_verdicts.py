"""What becomes of each line: hand-written statements against hand-written books."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from batua import periods
from transactions import importing, ledger
from transactions.importers.base import Split, Statement, StatementLine, Status
from transactions.imports import check_page, line_choice, taking_back
from transactions.imports.verdicts import Verdict
from transactions.models import Category, ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_category, make_import, make_transaction, make_wallet, the_category
from transactions.totals import differences


@pytest.fixture
def cash(household) -> Wallet:
    return Wallet.objects.of(household).get()


@pytest.fixture
def bank(household) -> Wallet:
    return make_wallet(household, "Bank")


def line(number: int, day: int, amount: str, text: str = "Shop", **more) -> StatementLine:
    return StatementLine(
        number=number,
        date=date(2026, 11, day),
        amount=Decimal(amount),
        description=text,
        raw=f"{day};{text};{amount}",
        words=text,
        **more,
    )


def a_statement(*lines: StatementLine, file_format: str = "csv") -> Statement:
    return Statement(format=file_format, encoding="utf-8", lines=lines)


def verdicts(household, statement, wallets, layout="a bank") -> list[str]:
    found = importing.preview(household=household, statement=statement, wallets=wallets, layout=layout)
    return [each.verdict.value for each in found.lines]


def commit(household, statement, wallets, by, layout="a bank", **more):
    return make_import(
        household=household,
        statement=statement,
        wallets=wallets,
        created_by=by,
        layout=layout,
        **more,
    )


def sums(household) -> tuple[Decimal, Decimal, Decimal]:
    found = ledger.totals(household, periods.resolve("all-time", today=date(2026, 11, 25)))
    return found.income, found.spending, ledger.balance(household)


@pytest.mark.parametrize(
    ("day", "verdict"), [(8, "new"), (7, "lookalike"), (4, "lookalike"), (1, "lookalike"), (12, "new")]
)
def test_an_entry_made_by_hand_within_three_days_is_shown_beside_the_line(household, cash, day, verdict):
    make_transaction(household, "12.50", on=date(2026, 11, 4), note="Chai")

    found = importing.preview(household=household, statement=a_statement(line(1, day, "-12.50")), wallets={"": cash})

    assert found.lines[0].verdict.value == verdict
    assert (found.lines[0].like.note if verdict == "lookalike" else "Chai") == "Chai"
    assert found.lines[0].is_ticked is (verdict == "new")


def test_one_entry_is_the_lookalike_of_one_line_only(household, cash):
    make_transaction(household, "3.20", on=date(2026, 11, 8))

    assert verdicts(household, a_statement(line(1, 8, "-3.20"), line(2, 8, "-3.20")), {"": cash}) == [
        "lookalike",
        "new",
    ]


def test_the_next_statement_of_the_same_bank_brings_other_payments(household, alice, cash):
    commit(household, a_statement(line(1, 8, "-3.20", "Tram")), {"": cash}, alice)

    later = a_statement(line(1, 9, "-3.20", "Tram"), line(2, 10, "-3.20", "Tram"))

    assert verdicts(household, later, {"": cash}) == ["new", "new"]
    assert verdicts(household, later, {"": cash}, layout="another file of that account") == ["lookalike", "new"]


def test_a_pending_line_is_offered_and_recognised_when_it_is_booked(household, alice, cash):
    pending = a_statement(line(1, 8, "-20", "HOTEL PENDING", status=Status.PENDING))
    assert verdicts(household, pending, {"": cash}) == ["pending"]

    commit(household, pending, {"": cash}, alice, taken={1})

    assert verdicts(household, a_statement(line(1, 10, "-20", "Hotel Adler")), {"": cash}) == ["lookalike"]


@pytest.mark.parametrize("first", ["cash", "bank"])
def test_both_statements_of_a_transfer_change_neither_income_nor_spending(household, alice, cash, bank, first):
    out, into = a_statement(line(1, 8, "-500", "To savings")), a_statement(line(1, 10, "500", "From current"))
    order = [(out, cash), (into, bank)] if first == "cash" else [(into, bank), (out, cash)]

    for statement, wallet in order:
        commit(household, statement, {"": wallet}, alice)

    entry = Transaction.objects.get()
    assert (entry.kind, entry.wallet, entry.to_wallet, entry.amount) == ("transfer", cash, bank, Decimal(500))
    assert sums(household) == (0, 0, 0)
    assert ImportedLine.objects.filter(entry=entry).count() == 2
    assert [verdicts(household, statement, {"": wallet}) for statement, wallet in order] == [["known"], ["known"]]
    assert differences() == []


def test_a_category_chosen_by_hand_is_not_turned_into_a_transfer_without_asking(household, alice, cash, bank):
    make_transaction(household, "500", category="Rent", on=date(2026, 11, 8))
    statement = a_statement(line(1, 9, "500", "Incoming"))

    found = importing.preview(household=household, statement=statement, wallets={"": bank})
    assert found.lines[0].verdict is Verdict.NEW
    assert found.lines[0].other_end is not None
    commit(household, statement, {"": bank}, alice, choices={1: None})

    assert Transaction.objects.get().kind == "transfer"
    assert sums(household) == (0, 0, 0)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        pytest.param({"category": "Rent"}, "new", id="a category"),
        pytest.param({"note": "Rent, paid"}, "new", id="a note"),
        pytest.param({"category": "Other", "note": "Moved"}, "transfer", id="a note, in no category"),
    ],
)
def test_an_entry_that_was_changed_since_its_import_is_not_turned_without_asking(
    household, alice, cash, bank, change, verdict
):
    make_category(household, "Housing", keywords=["landlord"])
    commit(household, a_statement(line(1, 8, "-1000", "Landlord")), {"": cash}, alice)
    entry = Transaction.objects.get()
    if name := change.get("category"):
        change = change | {"category": the_category(household, name, "expense")}
    for field, value in change.items():
        setattr(entry, field, value)
    entry.save()
    statement = a_statement(line(1, 9, "1000", "Salary"))

    found = importing.preview(household=household, statement=statement, wallets={"": bank})

    assert (found.lines[0].verdict.value, found.lines[0].other_end.entry.id) == (verdict, entry.pk)
    commit(household, statement, {"": bank}, alice)
    assert sums(household)[1] == (1000 if verdict == "new" else 0)


def test_an_entry_of_a_hand_that_a_line_only_joined_is_still_of_a_hand(household, alice, cash, bank):
    make_transaction(household, "500", category="Rent", on=date(2026, 11, 8))
    into = a_statement(line(1, 9, "500", "In"))
    turning = commit(household, into, {"": bank}, alice, choices={1: None})
    commit(household, a_statement(line(1, 8, "-500", "Out")), {"": cash}, alice)
    taking_back.take_back(batch=turning)

    assert verdicts(household, into, {"": bank}) == ["new"]


def test_a_transfer_recorded_by_hand_is_recognised_in_both_wallets(household, alice, cash, bank):
    make_transaction(household, "500", kind="transfer", to_wallet=bank, on=date(2026, 11, 8))
    out, into = a_statement(line(1, 8, "-500")), a_statement(line(1, 9, "500"))

    assert verdicts(household, out, {"": cash}) == ["joins"]
    assert verdicts(household, into, {"": bank}) == ["joins"]
    commit(household, into, {"": bank}, alice)

    assert Transaction.objects.count() == 1
    assert verdicts(household, into, {"": bank}) == ["known"]


def test_the_two_halves_in_one_file_become_one_transfer(household, alice, cash, bank):
    statement = a_statement(
        line(1, 8, "-66.88", "Card payment", account="Checking"),
        line(2, 9, "66.88", "Payment received", account="Card"),
        line(3, 9, "-2", "Tea", account="Card"),
    )

    commit(household, statement, {"Checking": cash, "Card": bank}, alice)

    moved = Transaction.objects.get(kind="transfer")
    assert (moved.wallet, moved.to_wallet, moved.amount) == (cash, bank, Decimal("66.88"))
    assert sums(household) == (0, Decimal(2), Decimal(-2))
    assert verdicts(household, statement, {"Checking": cash, "Card": bank}) == ["known"] * 3


def test_halves_that_name_each_other_are_one_transfer_however_slow_the_banks_were(household, alice, cash, bank):
    statement = a_statement(
        line(1, 8, "-66.88", account="Checking", transfer="Card"),
        line(2, 13, "66.88", account="Card", transfer="Checking"),
        line(3, 20, "66.88", "Gift", account="Card"),
    )

    commit(household, statement, {"Checking": cash, "Card": bank}, alice)

    assert Transaction.objects.filter(kind="transfer").count() == 1
    assert {each.name: each.balance for each in ledger.wallet_balances(household)} == {
        "Cash": Decimal("-66.88"),
        "Bank": Decimal("133.76"),
    }


def test_a_half_that_is_given_a_category_makes_both_plain_entries(household, alice, cash, bank):
    statement = a_statement(line(1, 8, "-50", account="A"), line(2, 8, "50", account="B"))
    gifts = make_category(household, "Gifts")

    commit(household, statement, {"A": cash, "B": bank}, alice, choices={1: gifts.pk})

    assert sorted(Transaction.objects.values_list("kind", flat=True)) == ["expense", "income"]


def test_an_account_named_by_the_file_as_the_other_end_makes_a_transfer(household, alice, cash, bank):
    statement = a_statement(line(1, 8, "-30", "Withdrawal", transfer="bank"), line(2, 8, "-5", transfer="Broker"))

    commit(household, statement, {"": cash}, alice)

    assert Transaction.objects.get(kind="transfer").to_wallet == bank
    assert sums(household) == (0, Decimal(5), Decimal(-5))


def test_splits_become_siblings_that_add_up(household, alice, cash, bank):
    make_category(household, "Food")
    statement = a_statement(
        line(
            1,
            8,
            "-10",
            "Market",
            splits=(
                Split(Decimal(-7), "Food"),
                Split(Decimal(-2), "Shopping:Toys", "bricks"),
                Split(Decimal(-1), transfer="Bank"),
            ),
        )
    )

    commit(household, statement, {"": cash}, alice)

    entries = list(Transaction.objects.order_by("amount"))
    assert [(entry.kind, entry.amount, str(entry.category), entry.note) for entry in entries] == [
        ("transfer", Decimal(1), "None", "Market"),
        ("expense", Decimal(2), "Toys", "bricks"),
        ("expense", Decimal(7), "Food", "Market"),
    ]
    assert len({entry.group_id for entry in entries}) == 1
    assert entries[0].group_id is not None
    assert verdicts(household, statement, {"": cash}) == ["known"]
    assert sums(household) == (0, Decimal(9), Decimal(-9))


def test_a_part_without_a_category_gets_one_by_its_own_words(household, alice, cash):
    make_category(household, "Treats", keywords=["chai"])
    parts = (Split(Decimal(-7), note="Chai stall"), Split(Decimal(-3), note="Unknown"))

    commit(household, a_statement(line(1, 8, "-10", "Batch", splits=parts)), {"": cash}, alice)

    by_note = {entry.note: entry.category.name for entry in Transaction.objects.select_related("category")}
    assert by_note == {"Chai stall": "Treats", "Unknown": "Other"}


def test_the_files_categories_are_kept_or_made(household, alice, cash):
    food = make_category(household, "Food")
    statement = a_statement(
        line(1, 8, "-1", category="Everyday: FOOD"),
        line(2, 8, "-2", category="Parrot"),
        line(3, 8, "-4", category="Uncategorized"),
        line(4, 9, "8", "Refund", category="Food"),
    )

    commit(household, statement, {"": cash}, alice)

    by_amount = {entry.amount: entry.category.name for entry in Transaction.objects.select_related("category")}
    assert by_amount == {1: "Food", 2: "Parrot", 4: "Other", -8: "Food"}
    assert Category.objects.of(household).get(name="Food") == food


def test_what_may_be_a_transfer_or_a_category_to_be_made_is_what_its_select_says(household, alice, cash, bank):
    make_transaction(household, "500", category="Rent", on=date(2026, 11, 8))
    statement = a_statement(
        line(1, 9, "500", "Incoming", category="Parrot"), line(2, 9, "-30", transfer="Cash", category="Parrot")
    )
    found = importing.preview(household=household, statement=statement, wallets={"": bank})

    assert [row.verdict for row in found.lines] == [Verdict.NEW, Verdict.TRANSFER]
    assert [line_choice.suggested(row) for row in found.lines] == ["file", "transfer"]
    page = check_page.build(found, household=household, user=alice, today=date(2026, 11, 25), chosen={}, address="")
    assert '<option value="file" selected>New category “Parrot”</option>' in page.rows[0].options
    assert page.rows[0].options.count("selected") == page.rows[1].options.count("selected") == 1
    commit(household, statement, {"": bank}, alice, choices={2: line_choice.booked("file")})

    new = Transaction.objects.filter(wallet=bank).values_list("kind", "category__name")
    assert sorted(new) == [("expense", "Parrot"), ("income", "Parrot")]


def test_lines_of_an_account_without_a_wallet_are_left_out(household, alice, cash):
    statement = a_statement(line(1, 8, "-1", account="Mine"), line(2, 8, "-2", account="Not mine"))

    assert verdicts(household, statement, {"Mine": cash}) == ["new", "left-out"]
    commit(household, statement, {"Mine": cash}, alice)

    assert Transaction.objects.get().amount == 1


def test_a_new_wallet_is_made_with_the_import(household, alice):
    savings = Wallet(household=household, name="Savings", currency="INR")

    commit(household, a_statement(line(1, 8, "-1", account="Savings")), {"Savings": savings}, alice)

    assert Transaction.objects.get().wallet.name == "Savings"


def test_a_new_wallet_of_a_name_in_the_archive_is_that_wallet(household, alice, cash):
    old = make_wallet(household, "SAVINGS", archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    savings = Wallet(household=household, name="Savings", currency="INR")

    commit(household, a_statement(line(1, 8, "-1", account="Savings")), {"Savings": savings}, alice)

    assert Transaction.objects.get().wallet == old
    assert Wallet.objects.of(household).open().filter(pk=old.pk).exists()


def test_an_unknown_choice_writes_nothing(household, alice, cash):
    with pytest.raises(importing.ChoiceError):
        commit(household, a_statement(line(1, 8, "-1"), line(2, 9, "-2")), {"": cash}, alice, choices={2: None})

    assert not Transaction.objects.exists()
    assert not ImportedLine.objects.exists()


def test_parts_of_a_file_in_another_currency_lose_no_money(household, alice, cash, bank):
    parts = Split(Decimal(-7), "Food"), Split(Decimal(-3), transfer="B")
    lines = line(1, 8, "-10", "Market", account="A", splits=parts), line(2, 8, "3", "From A", account="B", transfer="A")
    statement = replace(a_statement(*(each._replace(currency="USD") for each in lines)), currency="USD")

    commit(household, statement, {"A": cash, "B": bank}, alice, taken={1, 2})

    balances = {each.name: each.balance for each in ledger.wallet_balances(household)}
    assert balances == {"Cash": Decimal(-10), "Bank": Decimal(3)}
