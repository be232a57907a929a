"""The month totals stay equal to the entries, whatever writes them."""

from datetime import date
from decimal import Decimal
from io import StringIO
from threading import Thread
from time import sleep

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from accounts.models import Household
from batua import periods
from transactions import ledger, totals
from transactions.models import MonthTotal, Transaction, Wallet, WalletTotal, YearTotal
from transactions.tests.factories import make_category, make_transaction, make_wallet, the_category, the_wallet

ALL_TIME = periods.resolve("all-time", today=date(2026, 11, 25))


def unsaved(household: Household, amount: int, on: date) -> Transaction:
    return Transaction(
        household=household,
        wallet=the_wallet(household, "Cash"),
        category=the_category(household, "Groceries", "expense"),
        kind="expense",
        currency=household.currency,
        amount=amount,
        date=on,
    )


def spending(household: Household) -> Decimal:
    return ledger.totals(household, ALL_TIME).spending


def test_bulk_inserts_updates_and_deletes_are_followed(household):
    Transaction.objects.bulk_create([unsaved(household, 10, date(2026, month, 1)) for month in range(1, 11)])
    Transaction.objects.of(household).filter(date__month=3).update(amount=25)
    Transaction.objects.of(household).filter(date__month__gt=8).delete()

    assert spending(household) == 8 * 10 + 15
    assert totals.differences() == []


def test_an_entry_that_changes_everything_leaves_its_old_total_and_joins_its_new_one(household):
    entry = make_transaction(household, "70", on=date(2026, 1, 31))

    entry.kind, entry.amount, entry.date = "income", Decimal("80"), date(2026, 2, 1)
    entry.category, entry.wallet = make_category(household, "Salary", kind="income"), make_wallet(household, "Bank")
    entry.save()

    assert totals.differences() == []
    assert list(MonthTotal.objects.filter(entries__gt=0).values_list("month", "kind", "gross")) == [
        (date(2026, 2, 1), "income", Decimal("80"))
    ]


def test_a_household_goes_with_everything_it_owned(household, bobs_household):
    make_transaction(household, "70")
    make_transaction(bobs_household, "30")

    household.delete()

    assert Transaction.objects.count() == 1
    assert set(MonthTotal.objects.values_list("household", flat=True)) == {bobs_household.pk}
    assert totals.differences() == []


def test_truncate_empties_the_totals(household):
    make_transaction(household, "70")

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE transactions_transaction, transactions_importedline")

    assert not MonthTotal.objects.exists()


def test_copy_is_followed(household):
    entry = make_transaction(household, "70")
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY transactions_transaction (household_id, wallet_id, kind, currency, amount, date, category_id, note,"
            " comment, bank_text, uuid) FROM STDIN"
        ) as copy,
    ):
        for number in range(100):
            copy.write_row(
                (household.pk, entry.wallet_id, "expense", "INR", 5, date(2026, 10, 1), entry.category_id, "", "", "",
                 f"00000000-0000-0000-0000-{number:012}")
            )  # fmt: skip

    assert spending(household) == 570
    assert totals.differences() == []


@pytest.mark.parametrize("start", range(1, 29))
def test_the_database_and_the_kernel_name_months_alike(db, start):
    days = [
        date(2027, 12, 31),
        date(2028, 2, 29),
        *(date(2026, month, day) for month in (1, 2, 12) for day in range(1, 29)),
    ]

    with connection.cursor() as cursor:
        cursor.execute("SELECT batua_month(day, %s) FROM unnest(%s::date[]) day", [start, days])
        named = [row[0] for row in cursor.fetchall()]

    assert named == [periods.month_of(day, month_start=start) for day in days]


def test_a_new_month_start_renames_the_months_of_all_history(household):
    make_transaction(household, "10", on=date(2026, 10, 24))
    make_transaction(household, "20", on=date(2026, 10, 25))

    household.month_start = 25
    household.save()

    assert dict(MonthTotal.objects.values_list("month", "gross")) == {
        date(2026, 10, 1): Decimal("10"),
        date(2026, 11, 1): Decimal("20"),
    }
    assert totals.differences() == []


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_a_change_of_the_month_start_at_once_lose_nothing(household):
    the_wallet(household, "Cash")
    the_category(household, "Groceries", "expense")

    def write(first: int) -> None:
        for number in range(first, first + 15):
            make_transaction(household, "1", on=date(2026, number % 12 + 1, number % 28 + 1))
        connection.close()

    def restart() -> None:
        for start in (25, 1, 10, 20):
            Household.objects.filter(pk=household.pk).update(month_start=start)
        connection.close()

    threads = [Thread(target=write, args=(first,)) for first in (0, 5, 11)] + [Thread(target=restart)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ledger.course(household, ALL_TIME).entries == 45
    assert totals.differences() == []


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_wallets_in_another_order_do_not_lock_each_other_out(household):
    wallets = [the_wallet(household, "Cash"), make_wallet(household, "Bank")]
    the_category(household, "Groceries", "expense")
    refused: list[OperationalError] = []

    def write(first: Wallet, second: Wallet) -> None:
        try:
            with transaction.atomic():
                make_transaction(household, "1", wallet=first)
                sleep(0.2)
                make_transaction(household, "1", wallet=second)
        except OperationalError as error:
            refused.append(error)
        connection.close()

    threads = [Thread(target=write, args=order) for order in (wallets, wallets[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == []
    assert ledger.balance(household) == -4


def test_verify_totals_says_that_all_is_well(household):
    make_transaction(household, "70")
    said = StringIO()

    call_command("verify_totals", stdout=said)

    assert "All totals equal their entries." in said.getvalue()


def test_verify_totals_finds_a_drifted_total_and_mends_it(household):
    make_transaction(household, "70", on=date(2026, 11, 10))
    MonthTotal.objects.update(gross=71)
    said = StringIO()

    with pytest.raises(CommandError, match="1 totals differ"):
        call_command("verify_totals", stdout=said)
    call_command("verify_totals", "--fix", stdout=said)

    assert "2026-11, expense" in said.getvalue()
    assert spending(household) == 70
    assert totals.differences() == []


def test_a_wallets_total_follows_its_months_by_any_path(household):
    cash, bank = the_wallet(household, "Cash"), make_wallet(household, "Bank")
    make_transaction(household, "70")
    make_transaction(household, "500", kind="income", category="Salary", wallet=bank)
    moved = make_transaction(household, "120", kind="transfer", wallet=bank, to_wallet=cash)

    kept = {row.wallet_id: (row.moved, row.entries, row.arrivals) for row in WalletTotal.objects.of(household)}
    assert kept == {cash.pk: (50, 1, 1), bank.pk: (380, 2, 0)}

    moved.delete()
    MonthTotal.objects.filter(kind="income").update(gross=600)

    assert dict(WalletTotal.objects.of(household).values_list("wallet", "moved")) == {cash.pk: -70, bank.pk: 600}


def test_a_years_total_follows_its_months_by_any_path(household):
    make_transaction(household, "70", on=date(2025, 12, 31))
    make_transaction(household, "-20", on=date(2026, 1, 5))
    gone = make_transaction(household, "500", kind="income", category="Salary", on=date(2026, 3, 1))

    def kept():
        rows = YearTotal.objects.of(household).filter(entries__gt=0).order_by("year", "kind")
        return [(row.year.year, row.kind, row.gross, row.back, row.entries) for row in rows]

    assert kept() == [(2025, "expense", 70, 0, 1), (2026, "expense", 0, 20, 1), (2026, "income", 500, 0, 1)]

    gone.delete()
    # The 31 of December is in January's month now.
    Household.objects.filter(pk=household.pk).update(month_start=25)
    MonthTotal.objects.filter(month=date(2026, 1, 1), back__gt=0).update(back=25)

    assert kept() == [(2026, "expense", 70, 25, 2)]


def test_verify_totals_finds_a_drifted_year_and_mends_it(household):
    make_transaction(household, "70")
    YearTotal.objects.update(gross=71)
    said = StringIO()

    with pytest.raises(CommandError, match="1 totals differ"):
        call_command("verify_totals", stdout=said)
    call_command("verify_totals", "--fix", stdout=said)

    assert "2026, expense" in said.getvalue()
    assert "kept 71.0000 of 1 entries, its months say 70.0000 of 1" in said.getvalue()
    assert ledger.totals(household, ALL_TIME).spending == 70
    assert totals.differences() == []


def test_verify_totals_finds_a_drifted_wallet_and_mends_it(household):
    make_transaction(household, "70")
    WalletTotal.objects.update(moved=5)
    said = StringIO()

    with pytest.raises(CommandError, match="1 totals differ"):
        call_command("verify_totals", stdout=said)
    call_command("verify_totals", "--fix", stdout=said)

    assert "kept 5.0000 of 1 entries, its months say -70.0000 of 1" in said.getvalue()
    assert ledger.balance(household) == -70
    assert totals.differences() == []
