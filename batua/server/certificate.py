"""A certificate for the first start, which nobody vouches for: `python -m batua.server.certificate FOLDER NAME …`.

Browsers warn of it. What is there already is left as it is: put fullchain.pem and privkey.pem of a real one there.
"""

import ipaddress
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LASTS = timedelta(days=397)  # browsers refuse longer ones
NAMES = ("fullchain.pem", "privkey.pem")


def make(folder: Path, names: list[str], *, now: datetime) -> bool:
    """Writes certificate and key unless both are there; True when it did."""
    chain, private = (folder / name for name in NAMES)
    if chain.exists() and private.exists():
        return False
    key = ec.generate_private_key(ec.SECP256R1())
    itself = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    builder = x509.CertificateBuilder(issuer_name=itself, subject_name=itself, public_key=key.public_key())
    certificate = (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName([_as_name(name) for name in names]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    # The proxy has another user than this script, and the folder is theirs alone.
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return True


def _as_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2:] or ["localhost"], now=datetime.now(UTC))
