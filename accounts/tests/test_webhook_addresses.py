"""Where a webhook may lead: the public network, over HTTPS, and nowhere else but where the operator allows it."""

import socket
import ssl
import threading
import time

import pytest

from accounts.tests.receiver import listening
from accounts.webhooks import addresses, posting
from accounts.webhooks.addresses import NotAnAddressError, RefusedError, UnknownNameError
from accounts.webhooks.posting import NoAnswerError

PUBLIC = "93.184.215.14"


@pytest.fixture
def names(monkeypatch):
    """What names lead to, each time they are looked up: a list of IP addresses a name. Numbers lead to themselves."""
    table: dict[str, list[str]] = {}
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host, port, *rest, **options):
        if host not in table:
            return real(host, port, *rest, **options)
        asked.append(host)
        places = table[host]
        place = places.pop(0) if len(places) > 1 else places[0]
        return [found for each in place.split() for found in real(each, port, *rest, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return {"table": table, "asked": asked}


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "https://",
        "https:///path",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:99999/",
        "https://example.org:0/",
        "https://example.org/with space",
        "https://example.org/\r\nX-Evil: 1",
        "https://exämple.org/ü",
        "javascript:alert(1)",
        "example.org/hook",
        "https://[::1/",
        f"https://{'a' * 300}.org/",
        f"https://{'a' * 70}.org/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url):
    with pytest.raises((NotAnAddressError, UnknownNameError)):
        addresses.checked(addresses.target_of(url))


def test_an_address_is_taken_apart():
    target = addresses.target_of("https://Example.org:8443/hook?key=1")

    assert (target.host, target.port, target.path, target.authority) == (
        "example.org",
        8443,
        "/hook?key=1",
        "example.org:8443",
    )
    assert addresses.target_of("https://[2001:db8::1]/").authority == "[2001:db8::1]"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.9.9.9", "2130706433", "0x7f.1", "0177.0.0.1", "0.0.0.0", "localhost"),
        *("10.0.0.5", "172.16.3.4", "192.168.1.10", "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fec0::1]"),
        *("[::ffff:127.0.0.1]", "[::ffff:a00:5]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[ff02::1]", "[::127.0.0.1]"),
    ],
)
def test_no_address_of_a_private_network_is_reached(host):
    with pytest.raises(RefusedError):
        addresses.checked(addresses.target_of(f"https://{host}/"))


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111"])
def test_the_public_network_is_reached(address):
    assert addresses.is_public(address)


def test_a_public_address_without_encryption_is_refused(names):
    names["table"]["hooks.example"] = [PUBLIC]

    assert addresses.checked(addresses.target_of("https://hooks.example/")) == PUBLIC
    with pytest.raises(RefusedError):
        addresses.checked(addresses.target_of("http://hooks.example/"))


def test_one_private_address_among_public_ones_is_enough_to_refuse(names):
    names["table"]["hooks.example"] = [f"{PUBLIC} 10.0.0.5"]

    with pytest.raises(RefusedError):
        addresses.checked(addresses.target_of("https://hooks.example/"))


def test_a_name_that_leads_nowhere_is_unknown(monkeypatch):
    def nobody(*_question, **_options):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)

    with pytest.raises(UnknownNameError):
        addresses.checked(addresses.target_of("https://nowhere.example/"))


def test_a_name_that_leads_elsewhere_later_is_refused_then(names):
    """DNS rebinding: public when the webhook was made, the own network when it is called."""
    names["table"]["hooks.example"] = [PUBLIC, "127.0.0.1"]
    addresses.checked(addresses.target_of("https://hooks.example/"))

    with pytest.raises(RefusedError):
        posting.post("https://hooks.example/", body=b"{}", headers={})


def test_the_connection_goes_to_the_address_that_was_checked(names, settings):
    """Looked up once: a name that answers differently a moment later has no second chance."""
    with listening() as receiver:
        settings.WEBHOOK_ALLOWED_HOSTS = [f"hooks.example:{receiver.port}"]
        names["table"]["hooks.example"] = ["127.0.0.1", "192.0.2.1"]

        status = posting.post(f"http://hooks.example:{receiver.port}/a?b=c", body=b"{}", headers={"X-A": "1"})

    headers, body = receiver.got[0]
    assert (status, body, headers["path"], headers["x-a"]) == (200, b"{}", "/a?b=c", "1")
    assert headers["host"] == f"hooks.example:{receiver.port}"
    assert names["asked"] == ["hooks.example"]


def test_another_port_of_an_allowed_host_is_not_allowed(settings):
    with listening() as receiver:
        settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1:1"]

        with pytest.raises(RefusedError):
            posting.post(receiver.url, body=b"{}", headers={})

    assert receiver.got == []


def test_a_redirect_is_an_answer_and_is_not_followed(settings):
    with listening() as receiver, listening() as other:
        settings.WEBHOOK_ALLOWED_HOSTS = [receiver.host, other.host]
        receiver.status, receiver.location = 307, other.url

        status = posting.post(receiver.url, body=b"{}", headers={})

    assert (status, len(receiver.got), other.got) == (307, 1, [])


def test_nobody_at_the_address_is_said(settings):
    with listening() as receiver:
        gone = receiver.url
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]

    with pytest.raises(NoAnswerError):
        posting.post(gone, body=b"{}", headers={})


def test_a_receiver_that_drips_its_answer_is_left(settings, monkeypatch):
    monkeypatch.setattr(posting, "ALL_SECONDS", 0.4)
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_drip, args=[server])
        thread.start()
        began = time.monotonic()

        with pytest.raises(NoAnswerError):
            posting.post(f"http://127.0.0.1:{server.getsockname()[1]}/", body=b"{}", headers={})

        assert time.monotonic() - began < 2
        thread.join()


def _drip(server: socket.socket) -> None:
    connection, _place = server.accept()
    with connection:
        try:
            for letter in b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200:
                connection.sendall(bytes([letter]))
                time.sleep(0.05)
        except OSError:
            return


def test_a_certificate_that_nobody_vouches_for_is_no_answer(settings, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_shake_hands, args=[server, context])
        thread.start()

        with pytest.raises(NoAnswerError, match="SSLCertVerificationError"):
            posting.post(f"https://127.0.0.1:{server.getsockname()[1]}/", body=b"{}", headers={})

        thread.join()


def _shake_hands(server: socket.socket, context: ssl.SSLContext) -> None:
    connection, _place = server.accept()
    with connection, pytest.raises((ssl.SSLError, OSError)):
        context.wrap_socket(connection, server_side=True).recv(1)


def _certificate(folder):
    """Made by itself for 127.0.0.1, key and certificate in one file."""
    from datetime import UTC, datetime, timedelta
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "server.pem"
    path.write_bytes(written + made.public_bytes(serialization.Encoding.PEM))
    return path
