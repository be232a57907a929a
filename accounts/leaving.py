"""How a person leaves for good: what becomes of each household, and the deletion itself."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from accounts import audit
from accounts.models import Household, Membership, SecurityEvent, SignIn, User

Role, Kind = Membership.Role, SecurityEvent.Kind


@dataclass(frozen=True)
class Fate:
    """What becomes of a household when one member leaves: it goes, it gets a new owner, or it just goes on."""

    household: Household
    is_deleted: bool
    heir: Membership | None


def fates(user: User) -> list[Fate]:
    """A fate for each household of the person, in the order in which they joined."""
    own = Membership.objects.filter(user=user).select_related("household").order_by("pk")
    return [_fate(membership) for membership in own]


def _fate(leaving: Membership) -> Fate:
    others = Membership.objects.filter(household=leaving.household_id).exclude(pk=leaving.pk)
    staying = list(others.select_related("user").order_by("joined_at", "pk"))
    if not staying:
        return Fate(leaving.household, is_deleted=True, heir=None)
    if any(member.role == Role.OWNER for member in staying):
        return Fate(leaving.household, is_deleted=False, heir=None)
    # Books need an owner: of those who may write the one who came first, else of those who look.
    editors = [member for member in staying if member.role == Role.EDITOR]
    return Fate(leaving.household, is_deleted=False, heir=(editors or staying)[0])


@transaction.atomic
def leave(*, user: User, request: Any = None) -> None:
    """Deletes the person, the households that are theirs alone, and everything of both; a mail says so."""
    # Two members who leave at once wait for each other here, so that the second sees that it is the last.
    list(Household.objects.filter(members=user).select_for_update(of=("self",)).order_by("pk"))
    for fate in fates(user):
        _settle(fate, request)
    get_adapter(request).send_mail("account/email/account_deleted", user.email, {"user": user})
    audit.record(Kind.ACCOUNT_DELETED, request=request, user=user)
    end_sessions(user)
    _forget_in_the_admins_log(user)
    user.delete()


def _settle(fate: Fate, request: Any) -> None:
    if fate.is_deleted:
        delete_household(household=fate.household, request=request)
    elif fate.heir:
        Membership.objects.filter(pk=fate.heir.pk).update(role=Role.OWNER)
        audit.record(
            Kind.ROLE_CHANGED,
            request=request,
            user=fate.heir.user_id,
            household=fate.household,
            role=Role.OWNER.value,
        )


@transaction.atomic
def delete_household(*, household: Household, request: Any = None) -> None:
    """Deletes the household and, by the database's own keys, every row of money in it."""
    audit.record(Kind.HOUSEHOLD_DELETED, request=request, household=household)
    _forget_in_the_admins_log(household)
    # By query: a deletion by Django's collector would ask for each row of each table first.
    Household.objects.filter(pk=household.pk).delete()


def end_sessions(user: User) -> None:
    """Ends every session of the person on every device, at once."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in SignIn.objects.of(user).values_list("session_key", flat=True):
        store(key).delete()


def _forget_in_the_admins_log(row: models.Model) -> None:
    """Django's log of the admin keeps a name for each row; that it happened stays in the security events."""
    LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)).delete()
