"""What the mails about second factors say."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from accounts import mails
from accounts.models import User
from batua.letters import Letter

SAID = {
    "totp_activated": (
        _("An app's codes now protect your books"),
        _("From now on, signing in asks for a code of your authenticator app after the password."),
    ),
    "totp_deactivated": (
        _("Your books no longer ask for an app's codes"),
        _("The authenticator app was removed from your account."),
    ),
    "recovery_codes_generated": (
        _("You have new recovery codes"),
        _("New recovery codes were made. Those from before no longer work."),
    ),
    "webauthn_added": (
        _("A passkey was added to your account"),
        _("A new passkey can now be used to sign in to your books."),
    ),
    "webauthn_removed": (_("A passkey was removed from your account"), _("A passkey no longer opens your books.")),
}


def writer(name: str) -> Callable[..., Letter]:
    subject, sentence = SAID[name]

    def write(*, user: User, where: mails.Where) -> Letter:
        return mails.notice(subject=str(subject), sentence=str(sentence), user=user, where=where)

    return write
