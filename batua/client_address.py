"""Whose request it is, by address: the connection's own, or what proxies of ours say of it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address, or nothing when the connection has none (a Unix socket).

    ``X-Forwarded-For`` counts only as far as TRUSTED_PROXIES have written it: everybody can send the rest.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted: int = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return _plain(hops[-trusted])
    return _plain(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 that one IPv6 connection gets."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)


def _plain(written: str) -> str:
    """``203.0.113.7:4711`` and ``[2001:db8::1]:4711`` without their port; what is no address is none."""
    for candidate in (written, written.rpartition(":")[0].strip("[]"), written.strip("[]")):
        try:
            found = ipaddress.ip_address(candidate)
        except ValueError:
            continue
        return str(getattr(found, "ipv4_mapped", None) or found)
    return ""
