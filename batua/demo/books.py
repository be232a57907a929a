"""The demo household as rows: made, renewed and opened. Only where DEBUG is on, for anyone may sign in to it."""

import uuid
import zoneinfo
from datetime import date, datetime, time
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Household, Membership, User
from batua import periods
from batua.demo import history, life
from batua.onboarding import welcome
from budgets.models import Budget, BudgetLimit
from transactions.models import Category, Transaction, Wallet

EMAIL = "demo@batua.example"
PASSWORD = "open the purse"
ZONE = zoneinfo.ZoneInfo("Asia/Kolkata")
NAME = "Demo household"

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('batua demo household', 0))"

# Categories by kind and name, as the history names them.
Categories = dict[tuple[str, str], Category]


class DemoRefused(RuntimeError):
    """The demo's password is known to all: it has no place on a server that others reach."""


@transaction.atomic
def renew(*, today: date, email: str = EMAIL, password: str = PASSWORD) -> Household:
    """Makes the demo household, or makes it anew; what else the person has is left alone. Raises DemoRefused."""
    _refuse_in_production()
    _lock()
    user = _person(email)
    user.set_password(password)
    user.save(update_fields=["password"])
    _households(user).delete()
    return _make(user, today)


@transaction.atomic
def open_household(*, today: date) -> Household:
    """The demo household as its last visitor left it; made when there is none. Raises DemoRefused."""
    _refuse_in_production()
    _lock()
    user = User.objects.with_email(EMAIL).first()
    household = _households(user).order_by("pk").first() if user else None
    return household or renew(today=today)


def _refuse_in_production() -> None:
    if not settings.DEBUG:
        raise DemoRefused("The demo household has a password that everyone knows; it is made only while DEBUG is on.")


def _lock() -> None:
    """One at a time: two visitors who press at once get one household."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def _person(email: str) -> User:
    user: User = User.objects.with_email(email).first() or User.objects.create_user(
        email, name="Meera", locale="en-IN", time_zone=ZONE.key
    )
    EmailAddress.objects.update_or_create(
        user=user,
        email=user.email.lower(),
        defaults={"verified": True},
        create_defaults={"verified": True, "primary": True},
    )
    return user


def _households(user: User) -> QuerySet[Household]:
    """The demo member's own, whatever visitors call it now; of anyone else only what bears the demo's name."""
    owned = Household.objects.filter(memberships__user=user, memberships__role=Membership.Role.OWNER)
    return owned if user.email == EMAIL else owned.filter(name=NAME)


def _make(user: User, today: date) -> Household:
    household = welcome(user=user, name=NAME, currency="INR")
    wallets = _wallets(household)
    categories = {(category.kind, category.name): category for category in Category.objects.of(household)}
    written = history.write(today=today)
    Transaction.objects.bulk_create(
        (_entry(entry, household, user, wallets, categories) for entry in written), batch_size=1000
    )
    _plan(household, categories, periods.month_of(today))
    return household


def _wallets(household: Household) -> dict[str, Wallet]:
    """The purses by name; the one for cash is there already."""
    kept = {wallet.kind: wallet for wallet in Wallet.objects.of(household)}
    wallets = {}
    for position, purse in enumerate(life.PURSES):
        wallet = kept.get(purse.kind) or Wallet(household=household, kind=purse.kind, currency=household.currency)
        wallet.name, wallet.opening_balance, wallet.position = purse.name, Decimal(purse.opening), position
        wallet.save()
        wallets[purse.name] = wallet
    return wallets


def _entry(
    entry: history.Entry, household: Household, user: User, wallets: dict[str, Wallet], categories: Categories
) -> Transaction:
    is_transfer = entry.kind == Transaction.Kind.TRANSFER
    written_at = datetime.combine(entry.date, time(20, 30), ZONE)
    return Transaction(
        household=household,
        wallet=wallets[entry.wallet],
        to_wallet=wallets[entry.to_wallet] if is_transfer else None,
        kind=entry.kind,
        currency=household.currency,
        amount=entry.amount,
        date=entry.date,
        category=None if is_transfer else categories[entry.kind, _(entry.category)],
        note=entry.note,
        comment=entry.comment,
        group_id=uuid.uuid5(uuid.NAMESPACE_OID, entry.group) if entry.group else None,
        created_by=user,
        # Left to the database's defaults, these three make the insert half as fast.
        created_at=written_at,
        updated_at=written_at,
        version=1,
    )


def _plan(household: Household, categories: Categories, current: date) -> None:
    """Each limit stands from its own month on, so past months show what was planned then."""
    for plan in life.PLANS:
        category = categories[Transaction.Kind.EXPENSE, _(plan.category)]
        budget = Budget.objects.create(household=household, category_id=category.pk)
        BudgetLimit.objects.bulk_create(
            BudgetLimit(
                budget=budget,
                from_month=periods.shift(current, -months_ago),
                amount=None if limit is None else Decimal(limit),
                cadence=plan.cadence,
                roll_over=plan.roll_over,
            )
            for months_ago, limit in plan.limits
        )
