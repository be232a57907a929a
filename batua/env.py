"""The only reader of the environment; every variable it reads has a line in ``.env.example``.

Settings ask for each value once, by name; NAME_FILE names a file that holds it, as Docker's secrets do. A value that is
missing or malformed stops the start with the variable's name and an example, so that nobody has to guess.
"""

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class EnvironmentFault(RuntimeError):
    """A variable is missing or cannot be read; the message says which, and how it should look."""


def text(name: str, default: str | None = None, *, example: str = "") -> str:
    """The variable's value; without a default, a missing one stops the start."""
    value = _from_file(name) or os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise EnvironmentFault(f"Set {name}, for example {name}={example}")
    return default


def flag(name: str, *, default: bool) -> bool:
    """A yes or no: 1/0, true/false, yes/no, on/off."""
    value = text(name, "1" if default else "0").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise EnvironmentFault(f"{name} is {value!r}: write 1 or 0, for example {name}=1")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdecimal():
        raise EnvironmentFault(f"{name} is {value!r}: write a whole number, for example {name}={default}")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(
    name: str,
    *,
    kept_in: Path | None = None,
    derived_from: str = "",
    shortest: int = 1,
    example: str = "a long random text",
) -> str:
    """A secret from NAME, from the file that NAME_FILE points to, or one of the local mode's.

    There it is made once at the first start and kept in ``kept_in``, or worked out from another secret.
    """
    is_given = os.environ.get(name) or os.environ.get(f"{name}_FILE")
    if derived_from and not is_given:
        return hmac.digest(derived_from.encode(), name.encode(), "sha256").hex()
    if kept_in is not None and not is_given:
        return _kept_secret(kept_in)
    value = text(name, example=example)
    if len(value) < shortest:
        raise EnvironmentFault(f"{name} has {len(value)} characters: take {shortest} random ones or more")
    return value


def _from_file(name: str) -> str:
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return ""
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise EnvironmentFault(f"{name}_FILE is {path!r}, which cannot be read: {error.strerror}") from error


def _kept_secret(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.read_text().strip() if path.exists() else _make_secret(path)
    except PermissionError as error:
        raise EnvironmentFault(
            f"{path} belongs to another user: run as that user, or choose another folder, "
            "for example BATUA_VAR=~/batua-data"
        ) from error


def _make_secret(path: Path) -> str:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48))
    # Two processes may start at once: the first link counts, both read it, neither sees half a secret.
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text()


def database(name: str) -> dict[str, Any]:
    """Django's database settings from an address such as postgresql://user:password@host:5432/batua.

    The password may be left out there and be DATABASE_PASSWORD, or better the file DATABASE_PASSWORD_FILE.
    """
    found = database_at(text(name, example="postgresql://user:password@localhost:5432/batua"), name)
    return {**found, "PASSWORD": found["PASSWORD"] or text("DATABASE_PASSWORD", "")}


def database_at(address: str, name: str = "The address") -> dict[str, Any]:
    """The same from an address that is given, called ``name`` in what is said of it."""
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise EnvironmentFault(f"{name} must look like postgresql://user:password@localhost:5432/batua")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django_prometheus.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A folder as host (a Unix socket) comes as ?host=/run/postgresql, as in libpq.
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def without_password(address: str) -> str:
    """The address as it may be shown."""
    parts = urlsplit(address)
    return address.replace(f":{parts.password}@", ":…@", 1) if parts.password else address
