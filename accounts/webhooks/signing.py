"""How a receiver knows that a message is ours, and new: the scheme of standardwebhooks.com.

The secret is ``whsec_`` and base64. Signed is ``id.timestamp.body`` with HMAC-SHA256.
"""

import base64
import hashlib
import hmac
import secrets

_MARK, _BYTES = "whsec_", 32


def new_secret() -> str:
    """A secret for one webhook, as its owner sees it once."""
    return _MARK + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def headers(secret: str, *, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers that go with a body."""
    key = base64.b64decode(secret.removeprefix(_MARK))
    signed = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }
