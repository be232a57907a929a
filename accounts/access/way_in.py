"""Who may sign in over the API: password, confirmed address and second factor, under the limits of the page."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.models import EmailAddress, Login
from allauth.core import context, ratelimit
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.utils import get_form_class
from django.contrib.auth.models import update_last_login
from django.forms import BaseForm
from django.utils.translation import gettext as _

from accounts import audit, waiting
from accounts.access.aside import aside
from accounts.models import SecurityEvent, User
from batua import limits
from batua.rest.problems import Problem, invalid

_WRONG = {"email_password_mismatch", "incorrect_code"}


def count(request: Any, action: str, key: str | None = None) -> None:
    """Counts a try together with those on the page. Raises Problem."""
    if not ratelimit.consume(request, action=action, key=key):
        raise Problem(429, headers={"Retry-After": str(limits.wait_of(request))})


def prove(request: Any, *, email: str, password: str, code: str) -> User:
    """The person whose address and password these are, and whose second factor made this code. Raises Problem."""
    count(request, "login")
    form_class = get_form_class(app_settings.FORMS, "login", LoginForm)
    form = form_class({"login": email, "password": password}, request=request)
    _check(form, {"login": "email"})
    user: User = form.user
    if not user.is_active:
        raise Problem(401, get_adapter().error_messages["email_password_mismatch"])
    with aside(request):
        _check_address(request, user, form.cleaned_data["login"])
        _check_factor(user, code)
        _tell_if_new(request, user)
    audit.record(SecurityEvent.Kind.SIGNED_IN, request=request, user=user, actor=user, way="api")
    update_last_login(User, user)
    return user


def _tell_if_new(request: Any, user: User) -> None:
    """A mail, when somebody signs a program in from a network that this person never came from.

    A program has no mark like a browser's to be known by, and the very first sign-in is no surprise to anybody.
    """
    known = SecurityEvent.objects.filter(person=user.pk, event=SecurityEvent.Kind.SIGNED_IN)
    if known.exists() and not known.filter(network=audit.network_of(request)).exists():
        get_adapter(request).send_notification_mail("account/email/new_device", user)


def _check_address(request: Any, user: User, address: str) -> None:
    if EmailAddress.objects.filter(user=user, email=address, verified=True).exists():
        return
    send_verification_email_at_login(request, Login(user=user, email=address))
    raise Problem(403, _("Confirm your e-mail address first: the link is in your mailbox."))


def _check_factor(user: User, code: str) -> None:
    if not is_mfa_enabled(user):
        return
    if not code:
        sentence = _("Send the code of your authenticator, or a recovery code.")
        raise Problem(401, _("This account has a second factor."), errors={"code": [sentence]})
    form = get_form_class(mfa_settings.FORMS, "authenticate", AuthenticateForm)({"code": code}, user=user)
    _check(form, {})
    form.save()


def _check(form: BaseForm, names: dict[str, str]) -> None:
    """Wrong is 401, too often is 429, and what is no address or no code at all is 422."""
    if form.is_valid():
        return
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
    if waiting.TOO_MANY in codes:
        raise Problem(429, " ".join(sentences), headers={"Retry-After": str(limits.wait_of(context.request))})
    if codes & _WRONG:
        raise Problem(401, " ".join(sentences))
    raise invalid(form, names)
