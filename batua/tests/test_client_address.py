"""The address of a client: believed only from the connection, and from as many proxies as there are."""

import pytest
from django.test import RequestFactory

from batua.client_address import client_address, network_of


def asked(connection, forwarded=None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=connection, headers=headers)


def test_what_a_stranger_writes_about_an_address_is_not_believed():
    assert client_address(asked("198.51.100.7", "203.0.113.9")) == "198.51.100.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 192.0.2.4", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.7"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "nonsense", ""),
        (1, "", "198.51.100.7"),
    ],
)
def test_proxies_of_ours_are_believed_as_far_as_they_reach(settings, proxies, forwarded, found):
    settings.TRUSTED_PROXIES = proxies

    assert client_address(asked("198.51.100.7", forwarded)) == found


def test_a_connection_without_an_address_has_none():
    assert client_address(asked("")) == ""


def test_one_connection_of_ipv6_is_one_client():
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::"
    assert network_of("203.0.113.9") == "203.0.113.9"
