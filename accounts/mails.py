"""What the mails about an account say, one function each; who gets them and when is their callers'."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_time
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import devices
from accounts.models import User
from batua.display import babel_locale, exact_day
from batua.letters import Fact, Letter, Link, at_our_address


@dataclass(frozen=True)
class Where:
    """When and from where something was done, as the browser and its connection told."""

    at: datetime
    ip: str
    user_agent: str


def welcome(*, link: str) -> Letter:
    return Letter(
        subject=_("Welcome to Batua: confirm your address"),
        opening=(_("Your books are ready. Show that this address is yours, then sign in."),),
        link=Link(_("Confirm my address"), link),
        closing=(_("The link works once, for three days. If you did not sign up, leave it: nothing happens."),),
    )


def confirm_address(*, link: str) -> Letter:
    return Letter(
        subject=_("Confirm your e-mail address"),
        opening=(_("This address is to be used for an account at Batua. Confirm that it is yours."),),
        link=Link(_("Confirm this address"), link),
        closing=(_("The link works once, for three days. If you know nothing of this, leave it: nothing happens."),),
    )


def account_exists(*, email: str) -> Letter:
    return Letter(
        subject=_("You already have an account at Batua"),
        opening=(
            _(
                "Someone, hopefully you, tried to sign up with %(email)s. There is an account under this address "
                "already, so nothing was changed; its password is the one it had."
            )
            % {"email": email},
        ),
        link=Link(_("Sign in"), at_our_address(reverse("account_login"))),
        more=(Link(_("Forgot your password? Choose a new one"), at_our_address(reverse("account_reset_password"))),),
    )


def no_account(*, email: str) -> Letter:
    return Letter(
        subject=_("No account under this address"),
        opening=(
            _(
                "Someone, hopefully you, asked Batua for a new password for %(email)s. There is no account under this "
                "address. Perhaps you signed up with another one."
            )
            % {"email": email},
        ),
        link=Link(_("Open books under this address"), at_our_address(reverse("account_signup"))),
        closing=(_("If you did not ask, leave it: nothing happens."),),
    )


def reset_password(*, link: str) -> Letter:
    return Letter(
        subject=_("A new password for Batua"),
        opening=(_("Someone, hopefully you, asked for a new password for your books."),),
        link=Link(_("Choose a new password"), link),
        closing=(
            _("The link works once, within one hour. If you did not ask, leave it: your password stays as it is."),
        ),
    )


def password_was_reset(*, user: User, where: Where) -> Letter:
    return _notice(
        _("Your password was changed"),
        _("It was changed with a link from a mail. Everyone who was signed in has been signed out."),
        user=user,
        where=where,
    )


def password_changed(*, user: User, where: Where) -> Letter:
    return _notice(
        _("Your password was changed"),
        _("It was changed on your profile. Everywhere else you have been signed out."),
        user=user,
        where=where,
    )


def address_changed(*, old: str, new: str, user: User, where: Where) -> Letter:
    """To the old address, so that its owner can act if it was not them."""
    return _notice(
        _("Your e-mail address was changed"),
        _("You now sign in to Batua with %(new)s; until now it was %(old)s.") % {"new": new, "old": old},
        user=user,
        where=where,
    )


def address_dropped(*, address: str, user: User, where: Where) -> Letter:
    return _notice(
        _("An e-mail address was removed"),
        _("%(address)s no longer belongs to your account at Batua.") % {"address": address},
        user=user,
        where=where,
    )


def new_device(*, user: User, where: Where) -> Letter:
    """Someone signed in from a device that this account did not know."""
    return _notice(
        _("A new device signed in to your books"),
        _("If it was you, there is nothing to do."),
        user=user,
        where=where,
    )


def account_deleted() -> Letter:
    """The last mail an address gets."""
    return Letter(
        subject=_("Your account is deleted"),
        opening=(
            _("Your account at Batua is deleted, with everything that was yours alone. This is the last mail from us."),
            _(
                "Was it not you? Then somebody knew your password: change it wherever else you use it, and write to "
                "whoever runs this site."
            ),
        ),
    )


def notice(*, subject: str, sentence: str, user: User, where: Where) -> Letter:
    """What happened to an account, when and from where, and what to do if it was someone else."""
    return _notice(subject, sentence, user=user, where=where)


def _notice(subject: str, sentence: str, *, user: User, where: Where) -> Letter:
    return Letter(
        subject=subject,
        opening=(sentence,),
        facts=(
            Fact(_("When"), _moment(where.at, user)),
            Fact(_("Device"), devices.named(where.user_agent)),
            Fact(_("Internet address"), where.ip),
        ),
        request=_("Was it not you? Choose a new password at once: that signs everyone out."),
        link=Link(_("Choose a new password"), at_our_address(reverse("account_reset_password"))),
    )


def _moment(at: datetime, user: User) -> str:
    try:
        zone = zoneinfo.ZoneInfo(user.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = zoneinfo.ZoneInfo("UTC")
    local = timezone.localtime(at, zone)
    clock = format_time(local, "short", locale=babel_locale(user.locale))
    return f"{exact_day(local.date(), locale=user.locale)}, {clock} ({zone.key})"
