"""Which addresses a webhook may reach: those of the public network, and what the operator allows by name.

A name is looked up once, all that it stands for is checked, and the connection goes to the very address that was
checked: a name that answers differently a moment later leads nowhere.
"""

import socket
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings

# What Python takes for public and is not: addresses of protocols, and IPv6 that carries IPv4 to wherever that leads.
_NEVER = tuple(
    ip_network(each)
    for each in (
        *("192.0.0.0/24", "192.88.99.0/24"),
        *("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10"),
    )
)
_PORTS = {"http": 80, "https": 443}
LONGEST_NAME = 253


class NotAnAddressError(ValueError):
    """The text is no address of the web that a webhook could have."""


class UnknownNameError(Exception):
    """The name leads nowhere."""


class RefusedError(Exception):
    """The address lies in a private network, or is not encrypted, and the operator does not allow it by name."""


@dataclass(frozen=True)
class Target:
    """Where a webhook's address leads; ``path`` has the query."""

    is_encrypted: bool
    host: str
    port: int
    path: str

    @property
    def is_allowed(self) -> bool:
        """Does the operator allow this host, or host and port, whatever network it is in?"""
        return not {self.host, f"{self.host}:{self.port}"}.isdisjoint(settings.WEBHOOK_ALLOWED_HOSTS)

    @property
    def authority(self) -> str:
        """For the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = _PORTS["https" if self.is_encrypted else "http"]
        return host if self.port == usual else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """The parts of an address. Raises NotAnAddressError."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna" if not (parts.hostname or "").isascii() else "ascii").decode()
    except (ValueError, UnicodeError) as error:
        raise NotAnAddressError(url) from error
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if not is_plain or parts.scheme not in _PORTS or not 0 < len(host) <= LONGEST_NAME or port == 0:
        raise NotAnAddressError(url)
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise NotAnAddressError(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port or _PORTS[parts.scheme], path)


def checked(target: Target) -> str:
    """The IP address to connect to. Raises UnknownNameError, RefusedError."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownNameError(target.host) from error
    places = [str(address[0]).partition("%")[0] for *_kind, address in found]
    if not target.is_allowed and not (target.is_encrypted and all(is_public(place) for place in places)):
        raise RefusedError(target.host)
    return places[0]


def is_public(address: str) -> bool:
    """Is this IP address one of the public network? Loopback, private, link-local, multicast and the like are not."""
    place = ip_address(address)
    place = getattr(place, "ipv4_mapped", None) or place
    if any(place in network for network in _NEVER):
        return False
    return place.is_global and not (place.is_multicast or place.is_reserved or place.is_unspecified)
