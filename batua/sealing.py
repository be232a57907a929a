"""Secrets that have to lie in the database for a while, readable only with SECRET_KEY."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_str


class SealError(ValueError):
    """What was sealed with another key or for another purpose, or was changed since."""


def seal(text: str, *, purpose: str) -> str:
    """The text as nobody reads it who has only the database."""
    return _sealer(purpose, *_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """The text again; keys of before (SECRET_KEY_FALLBACKS) still open it."""
    try:
        return _sealer(purpose, *_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealError(f"not sealed for {purpose} with this SECRET_KEY") from error


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(force_str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(16)
def _sealer(purpose: str, *keys: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    """A key for one purpose: what leaks of one tells nothing of another, nor of SECRET_KEY."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"batua {purpose}".encode())
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))
