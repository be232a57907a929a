"""How someone new arrives: allauth makes the person, and this room gives them a household with its first rows."""

from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import preferences
from accounts.middleware import open_to_viewers
from accounts.models import Household, Membership, User
from batua import mail
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


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's hooks: a new person gets a household, and mails are ours in words, links and sending."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("Address and password do not belong together. Check both."),
        "enter_current_password": gettext_lazy("This is not your password until now. Type it again."),
        "incorrect_password": gettext_lazy("This is not your password. Type it again."),
        "same_as_current": gettext_lazy("This is what you have now. Choose something new."),
        "too_many_login_attempts": gettext_lazy("That was wrong too often. Wait five minutes, then try again."),
    }

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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Renders now, sends once what it tells of is saved. Links begin with SITE_URL, never with a Host header."""
        links = {name: _at_our_address(value) for name, value in context.items() if name.endswith("_url")}
        message = self.render_mail(
            template_prefix, email, {**context, **links, "email": email, "site_url": settings.SITE_URL}
        )
        transaction.on_commit(partial(mail.post, message))

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMultiAlternatives:
        """The text as written, and the same words in HTML."""
        message: EmailMultiAlternatives = super().render_mail(*args, **kwargs)
        html = render_to_string("account/email/rich.html", {"title": message.subject, "text": message.body})
        message.attach_alternative(html, "text/html")
        return message

    def clean_email(self, email: str) -> str:
        return email.strip().lower()


def _at_our_address(link: str) -> str:
    parts = urlsplit(link)
    return f"{settings.SITE_URL}{parts.path}" + (f"?{parts.query}" if parts.query else "")
