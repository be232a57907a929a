"""Second factors and passkeys as we want them: secrets unreadable at rest, one code for one sign-in, our own name."""

import base64
from io import StringIO
from typing import Any, ClassVar
from urllib.parse import urlsplit

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STEP = "step"  # the latest stretch of thirty seconds whose code was used


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This code is not right, or was used before. Wait for the next one and type it."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are for the site's own name, never for what a Host header says."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": "Batua"}

    def build_totp_svg(self, url: str) -> SafeString:
        """The code as one path, without styles: the page's policy allows none."""
        code = qrcode.QRCode(border=2)
        code.add_data(url)
        code.make()
        rows = code.get_matrix()
        path = StringIO()
        for down, row in enumerate(rows):
            for across, is_dark in enumerate(row):
                if is_dark:
                    path.write(f"M{across} {down}h1v1h-1z")
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
            '<path class="qr__dots" d="{2}"/></svg>',
            len(rows),
            _("The key as a picture, to be read by the camera of your phone"),
            path.getvalue(),
        )

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)s") % {"number": number}


def _cipher() -> MultiFernet:
    """The first key encrypts, all of them decrypt: a new key goes before the old one."""
    keys: list[str] = settings.FACTORS_KEYS or [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"batua second factors").derive(key.encode())
    return base64.urlsafe_b64encode(derived)


def step_of(secret: str, code: str) -> int:
    """Which stretch of time this code is for; zero for none that counts now."""
    for step in totp.yield_hotp_counters_from_time():
        if totp.format_hotp_value(totp.hotp_value(secret, step)) == code.strip().replace(" ", ""):
            return int(step)
    return 0


@transaction.atomic
def use_up(authenticator: Authenticator, code: str) -> bool:
    """Whether the code of the app was new; it is not a second time, in no process and whatever the cache forgets."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = step_of(decrypt(row.data["secret"]), code)
    if step <= row.data.get(STEP, 0):
        return False
    row.data[STEP] = step
    row.save(update_fields=["data"])
    return True


@receiver(authenticator_added, dispatch_uid="the code that sets up an app is used")
def set_up(sender: Any, *, request: Any, authenticator: Authenticator, **rest: Any) -> None:
    """The code typed to set the app up does not open the door in the same half minute."""
    if authenticator.type == Authenticator.Type.TOTP:
        use_up(authenticator, request.POST.get("code", ""))
