"""Households by the hundred, of all sizes and with members who sign in; their entries by COPY, day after day.

Ten years of many households lie mixed in the tables, as they would have come: a household's rows are never together.
"""

import datetime
import math
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice, product
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connection

from accounts.models import Household, Membership, User
from batua import periods
from batua.benchmarks import people
from batua.benchmarks.ledgers import YEARS, Ledger
from batua.benchmarks.words import MERCHANTS
from budgets.models import Budget, BudgetLimit
from transactions import totals
from transactions.models import Category, Wallet

# Of a hundred households: how many have how many entries. Half have 5,000, which is also what they have on average.
SIZES = ((1, 50_000), (4, 20_000), (5, 10_000), (45, 5_000), (25, 3_000), (10, 1_500), (5, 900), (5, 100))
USUAL = 5_000
BATCH = 50_000  # rows to a COPY
COLUMNS = (
    "household_id, wallet_id, to_wallet_id, kind, currency, amount, date, category_id, note, comment, bank_text, uuid"
)


@dataclass(frozen=True)
class Books:
    """What entries of a household are made of, and the luck that makes them: the same each time."""

    ledger: Ledger
    wallets: tuple[int, ...]
    spending: tuple[int, ...]
    income: tuple[int, ...]
    chance: random.Random = field(repr=False)


def of(ledger: Ledger) -> Books:
    """The books of a household that stands already."""
    categories = Category.objects.of(ledger.household).order_by("pk")
    return Books(
        ledger,
        tuple(Wallet.objects.of(ledger.household).in_order().values_list("pk", flat=True)[:3]),
        tuple(categories.filter(kind="expense").values_list("pk", flat=True)),
        tuple(categories.filter(kind="income").values_list("pk", flat=True)),
        random.Random(ledger.household.pk),  # nosec B311 # made-up rows, the same each time
    )


def usual_sizes() -> list[int]:
    """Entries of a hundred households, mixed so that any number of them has some of all."""
    sizes = [size for number, size in SIZES for _each in range(number)]
    random.Random(42).shuffle(sizes)  # nosec B311 # the same each time
    return sizes


def settle(count: int, like: Ledger, *, sizes: Sequence[int] = ()) -> list[Books]:
    """So many households with two members each, and the wallets, categories and budgets of another; no entries yet."""
    sizes = sizes or usual_sizes()
    households = Household.objects.bulk_create(
        Household(name=f"Neighbours {number}", currency=like.household.currency) for number in range(count)
    )
    owners = _people(households)
    wallets = _alike(households, Wallet, like, "name", "kind", "currency", "position")
    categories = _alike(households, Category, like, "kind", "name", "colour", "icon", "keywords", "is_other")
    _budgets(households, categories, like)
    return [
        Books(
            Ledger(sizes[number % len(sizes)], owners[number], household, like.today),
            tuple(wallet.pk for wallet in wallets[household.pk][:3]),
            tuple(each.pk for each in categories[household.pk] if each.kind == "expense"),
            tuple(each.pk for each in categories[household.pk] if each.kind == "income"),
            random.Random(household.pk),  # nosec B311 # made-up rows, the same each time
        )
        for number, household in enumerate(households)
    ]


def _people(households: Sequence[Household]) -> list[User]:
    """An owner and an editor for each, all with one password; the owners."""
    password = make_password(people.PASSWORD)
    made: list[User] = User.objects.bulk_create(
        User(email=people.address(role, number), name=role.title(), password=password, time_zone="Asia/Kolkata")
        for number, role in product(range(len(households)), people.ROLES)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in made
    )
    Membership.objects.bulk_create(
        Membership(user=person, household=household, role=role)
        for person, (household, role) in zip(made, product(households, people.ROLES), strict=True)
    )
    return made[:: len(people.ROLES)]


def _alike(households: Sequence[Household], model: Any, like: Ledger, *fields: str) -> dict[int, list[Any]]:
    """The other household's rows of a model, once for each of these, by household."""
    originals = list(model.objects.of(like.household).order_by("pk").values(*fields))
    made = iter(
        model.objects.bulk_create(
            (model(household=household, **row) for household, row in product(households, originals)), batch_size=5_000
        )
    )
    return {household.pk: list(islice(made, len(originals))) for household in households}


def _budgets(households: Sequence[Household], categories: dict[int, list[Category]], like: Ledger) -> None:
    planned = set(Budget.objects.of(like.household).values_list("category__name", flat=True))
    budgets = Budget.objects.bulk_create(
        Budget(household=household, category=category)
        for household in households
        for category in categories[household.pk]
        if category.kind == "expense" and category.name in planned
    )
    since = periods.shift(like.today.replace(day=1), -12 * YEARS)
    BudgetLimit.objects.bulk_create(
        BudgetLimit(budget=budget, from_month=since, amount=Decimal(1000 * (number % 8 + 1)))
        for number, budget in enumerate(budgets)
    )


def fill(households: Sequence[Books], *, today: datetime.date) -> int:
    """Writes the entries of all of them, oldest day first, with their month totals; how many."""
    rows, total = _rows(households, today), 0
    with _unchecked() as is_unchecked:
        while batch := list(islice(rows, BATCH)):
            _copy("".join(batch))
            total += len(batch)
    if is_unchecked:
        totals.rebuild(households=[books.ledger.household.pk for books in households])
    return total


@contextmanager
def _unchecked() -> Iterator[bool]:
    """Twice as fast, for who may: foreign keys and triggers stay out of it. False: they do not."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("SET session_replication_role = replica")
        except DatabaseError:  # the right of a superuser
            yield False
            return
        try:
            yield True
        finally:
            cursor.execute("RESET session_replication_role")


def _copy(lines: str) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY transactions_transaction ({COLUMNS}) FROM STDIN") as copy:
        copy.write(lines)


def _rows(households: Sequence[Books], today: datetime.date) -> Iterator[str]:
    """Lines of COPY's text format."""
    days = YEARS * 365
    for day in range(days):
        date = (today - datetime.timedelta(days=days - 1 - day)).isoformat()
        for books in households:
            entries = books.ledger.entries
            for number in range(entries * day // days, entries * (day + 1) // days):
                yield _row(books, number, date)


def _row(books: Books, number: int, date: str) -> str:
    """Many small amounts and few large ones; one in fifty is money back, one in forty a transfer."""
    luck, size, taste = books.chance.random(), books.chance.random(), books.chance.random()
    household, wallet = books.ledger.household, books.wallets[number % 3]
    amount, other, kind, category = math.exp(size * 4), "\\N", "expense", "\\N"
    if luck > 0.975:
        amount, other, kind = amount * 20, str(books.wallets[(number + 1) % 3]), "transfer"
    elif luck > 0.92:
        amount, kind, category = amount * 20_000, "income", str(books.income[int(len(books.income) * taste)])
    else:
        amount, category = amount * (-20 if luck < 0.02 else 20), str(books.spending[_leaning(books.spending, taste)])
    note = f"{MERCHANTS[_leaning(MERCHANTS, taste)]} {number % 97}"
    uuid = f"{household.pk:016x}{number:016x}"
    return (
        f"{household.pk}\t{wallet}\t{other}\t{kind}\t{household.currency}\t{amount:.2f}\t{date}\t{category}\t{note}"
        f"\t\t\t{uuid}\n"
    )


def _leaning(choices: Sequence[Any], taste: float) -> int:
    """A place in the list, more often near its beginning."""
    return int(len(choices) * taste * taste)
