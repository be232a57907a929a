"""allauth's hooks at the door: whose address is whose, what is told by mail, and in what words someone is told no.

What a new person finds behind the door is batua.onboarding's.
"""

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import addresses, factor_mails, mails
from accounts.models import User
from batua import letters, mail_queue
from batua.letters import Letter


class DoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Addresses are compared in their normal form, and only an account's own address opens it."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": gettext_lazy("This is your address already."),
        "email_password_mismatch": gettext_lazy("Address and password do not belong together. Check both."),
        "enter_current_password": gettext_lazy("This is not your password until now. Type it again."),
        "incorrect_password": gettext_lazy("This is not your password. Type it again."),
        "same_as_current": gettext_lazy("This is what you have now. Choose something new."),
    }

    def clean_email(self, email: str) -> str:
        try:
            return addresses.checked(email)
        except addresses.AddressError as error:
            raise ValidationError(
                _("This address mixes letters of several alphabets. Type it again with the letters of one."),
                code="mixed",
            ) from error

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """To the address that is kept, never to the one that was typed; one still to be confirmed opens nothing."""
        if addresses.normal_form(email) == user.email_key:
            super().send_password_reset_mail(user, user.email, context)
        else:
            self.send_mail("account/email/unknown_account", email, {})

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mail_queue.post(self.render_mail(template_prefix, email, context))

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None
    ) -> EmailMultiAlternatives:
        """The mail in our frame; what allauth tells of and accounts.mails does not is a template of text."""
        writer = _WRITERS.get(template_prefix)
        if writer:
            return letters.written(writer(email, context), to=email)
        plain = super().render_mail(template_prefix, email, {**context, "site_url": letters.at_our_address("")})
        return letters.written(Letter(plain.subject, tuple(plain.body.split("\n\n"))), to=email)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirms an address; False, and a message, when it turned out to be another's."""
        if _is_a_change(email_address) and request.user.pk != email_address.user_id:
            messages.info(request, _("Sign in with the address you have now, then confirm the new one."))
            raise ImmediateHttpResponse(redirect_to_login(request.path))
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            # Someone else has it in another way of writing, or signed up with it and never confirmed.
            told = {"email": email_address.email}
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt", told)
            return False


def _is_a_change(email_address: EmailAddress) -> bool:
    """Is there an address that was confirmed before?"""
    return bool(EmailAddress.objects.filter(user=email_address.user_id, verified=True).exists())


def _where(context: dict[str, Any]) -> mails.Where:
    return mails.Where(at=context["timestamp"], ip=context["ip"], user_agent=context["user_agent"])


def _told(writer: Callable[..., Letter], **names: str) -> Callable[[str, dict[str, Any]], Letter]:
    """A mail about what happened; ``names`` says which of allauth's words are which of the writer's."""
    return lambda _email, context: writer(
        user=context["user"], where=_where(context), **{ours: context[theirs] for ours, theirs in names.items()}
    )


def _link(context: dict[str, Any], name: str) -> str:
    parts = urlsplit(context[name])
    return letters.at_our_address(parts.path)


_WRITERS: dict[str, Callable[[str, dict[str, Any]], Letter]] = {
    "account/email/email_confirmation_signup": lambda _email, context: mails.welcome(
        link=_link(context, "activate_url")
    ),
    "account/email/email_confirmation": lambda _email, context: mails.confirm_address(
        link=_link(context, "activate_url")
    ),
    "account/email/password_reset_key": lambda _email, context: mails.reset_password(
        link=_link(context, "password_reset_url")
    ),
    "account/email/account_already_exists": lambda email, _context: mails.account_exists(email=email),
    "account/email/unknown_account": lambda email, _context: mails.no_account(email=email),
    "account/email/password_reset": _told(mails.password_was_reset),
    "account/email/password_changed": _told(mails.password_changed),
    "account/email/new_device": _told(mails.new_device),
    "account/email/email_changed": _told(mails.address_changed, old="from_email", new="to_email"),
    "account/email/account_deleted": lambda _email, _context: mails.account_deleted(),
    "account/email/email_deleted": _told(mails.address_dropped, address="deleted_email"),
    **{f"mfa/email/{name}": _told(factor_mails.writer(name)) for name in factor_mails.SAID},
}
