"""The one way to write a security event: a row that stays, and the same as one line of the log.

It says who, what, when and from which network. It never says a password, a code, a mail address or an amount.
"""

import ipaddress
import logging
import re
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import SecurityEvent

log = logging.getLogger("batua.audit")
_NEVER = {
    "password",
    "secret",
    "token",
    "code",
    "cookie",
    "key",
    "amount",
    "balance",
    "sum",
    "email",
    "address",
    "note",
}
_MAIL_ADDRESS = re.compile(r"\S+@\S+")
_LONGEST = 120
_WHOLE_NETWORK = {4: 24, 6: 48}


def record(
    event: str, *, request: Any = None, user: Any = None, household: Any = None, actor: Any = None, **facts: Any
) -> None:
    """Writes one event of ``SecurityEvent.Kind`` about ``user`` (else whoever asks) within the open transaction.

    Rows or their keys will do. Facts are short words, numbers and truths; anything else is a mistake and raises.
    """
    actor = actor if actor is not None else _signed_in(request)
    row = SecurityEvent(
        event=SecurityEvent.Kind(event).value,
        person=_key(user) if user is not None else _key(actor),
        actor=_key(actor),
        household=_key(household if household is not None else getattr(request, "household", None)),
        network=network_of(request),
        request_id=str(getattr(request, "request_id", ""))[:64],
        facts={name: _plain(name, value) for name, value in facts.items()},
    )
    row.save(force_insert=True)
    # A line of the log cannot be taken back: it waits until the row is sure to stay.
    transaction.on_commit(partial(_write_line, row))


def _write_line(row: SecurityEvent) -> None:
    known = {name: getattr(row, name) for name in ("person", "actor", "household", "network", "request_id", "facts")}
    log.info("audit %s", row.event, extra={"event": row.event, "event_id": row.pk, **known})


def _signed_in(request: Any) -> Any:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _key(row: Any) -> int | None:
    return row if row is None or isinstance(row, int) else row.pk


def _plain(name: str, value: Any) -> Any:
    if _NEVER & set(name.split("_")):
        raise ValueError(f"{name!r} does not belong into the audit: it may be a secret, an address or an amount.")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _MAIL_ADDRESS.sub("…", value)[:_LONGEST]
    raise TypeError(f"The audit takes words and whole numbers; {name!r} is a {type(value).__name__}.")


def network_of(request: Any) -> str:
    """192.0.2.0/24 for 192.0.2.7: enough to tell home from abroad, too little to tell a person."""
    if request is None:
        return ""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    return str(ipaddress.ip_network((address, _WHOLE_NETWORK[address.version]), strict=False))
