"""What a new password must be, in our words: long enough, not among the common ones, not the address itself.

No rule asks for digits or signs: they make passwords harder to keep and not harder to guess.
"""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "This is too short. Use %(count)d character or more.",
            "This is too short. Use %(count)d characters or more; a few words together are easy to keep.",
            self.min_length,
        ) % {"count": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is guessed first. Put a few words of your own together.")


class NotTheAddress(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("This is too close to your name or address. Choose something nobody can guess from them.")
