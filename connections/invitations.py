"""The link by which somebody without account is asked for a recommendation: an HMAC over the request's uid.

Nothing to steal in the database, and nothing to keep: the same link finds the text again.
"""

import base64
import binascii
import uuid

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from connections.models import RecognitionRequest
from passport.lib.urls import absolute

SALT = "connections.recognition-request"


def token_for(request: RecognitionRequest) -> str:
    payload = request.uid.bytes
    return base64.urlsafe_b64encode(payload + _mac(payload)).decode().rstrip("=")


def link_for(request: RecognitionRequest, page: str = "invited") -> str:
    return absolute(reverse(f"recognition:{page}", args=[token_for(request)]))


def read_token(token: str) -> uuid.UUID | None:
    """The uid that a token stands for; None when it is truncated, altered or invented."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    payload, mac = raw[:16], raw[16:]
    # The length is checked by the comparison, and re-encoding refuses two spellings of one token.
    if (
        not constant_time_compare(mac, _mac(payload))
        or base64.urlsafe_b64encode(raw).decode().rstrip("=") != token
    ):
        return None
    return uuid.UUID(bytes=payload)


def _mac(payload: bytes) -> bytes:
    return salted_hmac(SALT, payload, algorithm="sha256").digest()
