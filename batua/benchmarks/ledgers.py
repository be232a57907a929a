"""Households with as many entries as asked for, spread over ten years: made in the database, the same each time."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from accounts.models import Household, User
from batua import onboarding, periods
from batua.benchmarks.words import MERCHANTS
from budgets.models import Budget, BudgetLimit
from transactions.models import Category, Wallet

YEARS = 10
BUDGETS = 8

# Amounts are many small ones and few large ones; one entry in fifty is money back, one in forty a transfer.
ENTRIES = """
    INSERT INTO transactions_transaction
        (household_id, wallet_id, to_wallet_id, kind, currency, amount, date, category_id, note, comment, bank_text,
         uuid)
    SELECT %(household)s,
           (%(wallets)s::bigint[])[1 + number %% 3],
           CASE WHEN kind = 'transfer' THEN (%(wallets)s::bigint[])[1 + (number + 1) %% 3] END,
           kind,
           %(currency)s,
           CASE WHEN kind = 'expense' AND luck < 0.02 THEN -1 ELSE 1 END
               * round((CASE WHEN kind = 'income' THEN 20000 ELSE 20 END * exp(size * 4))::numeric, 2),
           %(today)s::date - (number::bigint * %(days)s / %(entries)s)::integer,
           CASE kind
               WHEN 'expense' THEN (%(spending)s::bigint[])[1 + floor(%(spendings)s * taste * taste)::integer]
               WHEN 'income' THEN (%(income)s::bigint[])[1 + floor(%(incomes)s * taste)::integer]
           END,
           (%(merchants)s::text[])[1 + floor(%(merchant_count)s * taste * taste)::integer] || ' ' || number %% 97,
           '', '', gen_random_uuid()
    FROM (SELECT number, size, taste, luck,
                 CASE WHEN luck > 0.975 THEN 'transfer' WHEN luck > 0.92 THEN 'income' ELSE 'expense' END AS kind
          FROM (SELECT number, random() AS size, random() AS taste, random() AS luck
                FROM generate_series(0, %(entries)s - 1) AS number) AS drawn) AS kinds
"""


@dataclass(frozen=True)
class Ledger:
    """One household of the measurement and its owner; ``entries`` is how many it has, the newest of ``today``."""

    entries: int
    user: User
    household: Household
    today: datetime.date


def make(entries: int, *, today: datetime.date) -> Ledger:
    """A household with three wallets, the standard categories, budgets, and so many entries up to today."""
    ledger = furnish(entries, today=today)
    _make_entries(entries, ledger.household, today=today)
    return ledger


def furnish(entries: int, *, today: datetime.date) -> Ledger:
    """The same without the entries, for whoever writes them in another way."""
    user = User.objects.create_user(f"{entries}@benchmark.example", name="Benchmark", time_zone="Asia/Kolkata")
    household = onboarding.welcome(user=user, name=f"{entries:,} entries", currency="INR")
    for name in ("Bank", "Card", "Savings"):
        Wallet.objects.create(household=household, name=name, currency=household.currency)
    _make_budgets(household, today=today)
    return Ledger(entries, user, household, today)


def settle() -> None:
    """What autovacuum does in its time: statistics and the visibility map, so that runs are alike."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _make_entries(entries: int, household: Household, *, today: datetime.date) -> None:
    categories = Category.objects.of(household).order_by("pk")
    spending = list(categories.filter(kind="expense").values_list("pk", flat=True))
    income = list(categories.filter(kind="income").values_list("pk", flat=True))
    wallets = list(Wallet.objects.of(household).in_order().values_list("pk", flat=True)[:3])
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.42)")
        cursor.execute(
            ENTRIES,
            {
                "household": household.pk,
                "currency": household.currency,
                "wallets": wallets,
                "spending": spending,
                "spendings": len(spending),
                "income": income,
                "incomes": len(income),
                "merchants": list(MERCHANTS),
                "merchant_count": len(MERCHANTS),
                "entries": entries,
                "days": YEARS * 365,
                "today": today,
            },
        )


def _make_budgets(household: Household, *, today: datetime.date) -> None:
    since = periods.shift(today.replace(day=1), -12 * YEARS)
    spending = Category.objects.of(household).filter(kind="expense").order_by("pk")
    for number, category in enumerate(spending[:BUDGETS], 1):
        budget = Budget.objects.create(household=household, category=category)
        BudgetLimit.objects.create(budget=budget, from_month=since, amount=Decimal(1000 * number))
