"""How someone new arrives: allauth makes the person, and this room gives them a household with its first rows."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Household, Membership, User
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


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's hooks: a new person gets a household, and links in mails begin with SITE_URL."""

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

    def get_email_confirmation_url(self, request: Any, emailconfirmation: Any) -> str:
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
