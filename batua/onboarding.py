"""How someone new arrives: allauth makes the person, and this room gives them a household with its first rows."""

from typing import Any

from allauth.account.forms import SignupForm
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import preferences
from accounts.adapter import DoorAdapter
from accounts.middleware import open_to_viewers
from accounts.models import Household, Membership, User
from accounts.slowing import SlowedDoor
from batua.htmx import HtmxRequest, SeeOther
from transactions.models import Category, Wallet
from transactions.standard_categories import STANDARD_CATEGORIES


@transaction.atomic
def welcome(*, user: User, name: str, currency: str, month_start: int = 1, week_start: int = 0) -> Household:
    """A household of the person's own, with a wallet for cash and its own copy of the standard categories."""
    household = Household.objects.create(name=name, currency=currency, month_start=month_start, week_start=week_start)
    Membership.objects.create(user=user, household=household, role=Membership.Role.OWNER)
    Wallet.objects.create(household=household, name=_("Cash"), kind=Wallet.Kind.CASH, currency=currency)
    Category.objects.bulk_create(
        Category(
            household=household,
            kind=standard.kind,
            name=_(standard.name),
            colour=standard.colour,
            icon=standard.icon,
            keywords=list(standard.keywords),
            is_other=standard.is_other,
        )
        for standard in STANDARD_CATEGORIES
    )
    return household


@open_to_viewers
@require_http_methods(["GET", "POST"])
def start_household(request: HtmxRequest) -> HttpResponse:
    """For someone who belongs to no household: made on the shell, or removed from the one they had."""
    if request.household is None and request.method == "GET":
        return render(request, "accounts/start.html", {"guess": _guess(request)})
    if request.household is None:
        guess = _guess(request)
        welcome(user=request.user, name=_("My household"), currency=guess.currency, week_start=int(guess.week_start))
    return SeeOther(reverse(settings.LOGIN_REDIRECT_URL))


def _guess(request: HtmxRequest) -> preferences.Guess:
    return preferences.guess(request.headers.get("Accept-Language", ""))


class AccountAdapter(SlowedDoor, DoorAdapter):
    """A new person gets a household; the rest of allauth's hooks are the door's."""

    def save_user(self, request: Any, user: User, form: SignupForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        chosen = form.cleaned_data
        user.locale, user.time_zone, user.theme = chosen["locale"], chosen["time_zone"], chosen["theme"]
        with transaction.atomic():
            user = super().save_user(request, user, form, commit=commit)
            welcome(
                user=user,
                name=_("My household"),
                currency=chosen["currency"],
                month_start=chosen["month_start"],
                week_start=chosen["week_start"],
            )
        return user
