"""Rows for tests, made with the fewest words; whatever a test does not name has a plain default."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Household, User
from transactions import importing
from transactions.models import Category, ImportBatch, Transaction, Wallet


def make_wallet(household: Household, name: str = "Bank", **fields: object) -> Wallet:
    return Wallet.objects.create(household=household, name=name, currency=household.currency, **fields)


def make_category(household: Household, name: str = "Groceries", **fields: object) -> Category:
    return Category.objects.create(household=household, name=name, **fields)


def the_category(household: Household, name: str, kind: str) -> Category:
    found, _made = Category.objects.get_or_create(household=household, name=name, kind=kind)
    return found


def the_wallet(household: Household, name: str) -> Wallet:
    found, _made = Wallet.objects.get_or_create(
        household=household, name=name, defaults={"currency": household.currency}
    )
    return found


def make_import(
    *,
    taken: Collection[int] | None = None,
    choices: Mapping[int, int | None] | None = None,
    created_by: User,
    file_name: str = "bank.csv",
    **statement: Any,
) -> ImportBatch:
    """An import of the lines with these numbers, or of those that a preview ticks."""
    with importing.held(**statement) as books:
        ticked = {each.line.number for each in books.preview.lines if each.is_ticked}
        return books.commit(
            created_by=created_by,
            file_name=file_name,
            file_sha256="",
            taken=ticked if taken is None else taken,
            choices=choices,
        )


def make_transaction(
    household: Household,
    amount: str | int | Decimal = "100",
    *,
    kind: str = "expense",
    on: date = date(2026, 11, 10),
    category: str | Category = "Groceries",
    wallet: str | Wallet = "Cash",
    to_wallet: Wallet | None = None,
    **fields: object,
) -> Transaction:
    """An entry; category and wallet by name are made when the household has none of that name."""
    if isinstance(wallet, str):
        wallet = the_wallet(household, wallet)
    if kind == "transfer":
        chosen = None
    else:
        chosen = the_category(household, category, kind) if isinstance(category, str) else category
    return Transaction.objects.create(
        household=household,
        wallet=wallet,
        to_wallet=to_wallet,
        kind=kind,
        currency=household.currency,
        amount=Decimal(amount),
        date=on,
        category=chosen,
        **fields,
    )
