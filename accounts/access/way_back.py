"""Signing up, confirming an address and getting a new password, by the same forms and flows as the pages.

Nobody learns here whether an address has an account: the answers are the same, and so is the time they take.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account import app_settings
from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm, SignupForm, UserTokenForm
from allauth.account.internal.flows.email_verification import verify_email_and_resume
from allauth.account.internal.flows.password_reset import finalize_password_reset
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import get_emailconfirmation_model
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.utils import get_form_class
from django.utils.translation import gettext_lazy as _

from accounts.access.aside import aside
from accounts.access.way_in import count
from batua.rest.problems import Problem, invalid

_PASSWORD = {"password1": "password", "password2": "password"}
_DEAD_LINK = _("This link was used before or is too old. Ask for a new one.")


def sign_up(request: Any, *, email: str, password: str, chosen: Mapping[str, Any]) -> None:
    """Makes the person and mails the link; or, for a taken address, mails its owner. Raises Problem."""
    count(request, "signup")
    form_class = get_form_class(app_settings.FORMS, "signup", SignupForm)
    guessed = form_class().initial
    form = form_class({**guessed, **chosen, "email": email, "password1": password, "password2": password})
    if not form.is_valid():
        raise invalid(form, _PASSWORD)
    with aside(request):
        try:
            user, response = form.try_save(request)
            if response is None:
                complete_signup(request, user=user)
        except ImmediateHttpResponse:
            # How allauth leaves a flow that goes on by mail.
            return


def link(key: str) -> Any:
    """What a link to confirm an address is about. Raises Problem."""
    verification = get_emailconfirmation_model().from_key(key)
    if verification is None or not verification.email_address.can_set_verified():
        raise Problem(404, _DEAD_LINK)
    return verification


def confirm(request: Any, key: str) -> str:
    """Confirms the address that the link is about, and says which. Raises Problem."""
    verification = link(key)
    try:
        with aside(request):
            address, _response = verify_email_and_resume(request, verification)
    except ImmediateHttpResponse:
        # A changed address is confirmed by its owner, signed in, on the page.
        raise Problem(403, _("Open the link in a browser where you are signed in.")) from None
    if address is None:
        raise Problem(404, _DEAD_LINK)
    return str(address.email)


def forgot(request: Any, email: str) -> None:
    """Mails a link to set a new password, or that the address has no account. Raises Problem."""
    count(request, "reset_password", key=email.lower())
    form = get_form_class(app_settings.FORMS, "reset_password", ResetPasswordForm)({"email": email})
    if not form.is_valid():
        raise invalid(form)
    with aside(request):
        form.save(request)


def set_password(request: Any, *, key: str, password: str) -> None:
    """Sets the new password that a mailed link allows once. Raises Problem."""
    count(request, "reset_password_from_key")
    uidb36, _dash, secret = key.partition("-")
    token_class = get_form_class(app_settings.FORMS, "user_token", UserTokenForm)
    token = token_class({"uidb36": uidb36, "key": secret})
    # allauth looks a person up even where the link names none, and fails.
    if not uidb36.isalnum() or not token.is_valid():
        raise Problem(422, errors={"key": [str(_DEAD_LINK)]})
    form_class = get_form_class(app_settings.FORMS, "reset_password_from_key", ResetPasswordKeyForm)
    fields = {"password1": password, "password2": password}
    form = form_class(fields, user=token.reset_user, temp_key=secret)
    if not form.is_valid():
        raise invalid(form, _PASSWORD)
    with aside(request):
        form.save()
        finalize_password_reset(request, token.reset_user)
