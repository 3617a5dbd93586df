"""The claim link: a token that proves a mailbox, and the cookie that stands for it once it has left the address bar.

The token is an HMAC over the award's uid and the generation of its link: nothing to steal in the database.
"""

import base64
import binascii
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import LegalDocument
from badges.models import Assertion
from passport.lib.urls import absolute

SALT = "badges.claim"
COOKIE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Claim:
    """What a claim cookie says: which generation of the link was opened, and the text that was accepted since."""

    generation: int
    document_id: int | None = None
    sha256: str = ""

    def accepted(self, document: LegalDocument | None) -> bool:
        return document is not None and (self.document_id, self.sha256) == (document.pk, document.sha256)


def token_for(assertion: Assertion) -> str:
    payload = assertion.uid.bytes + assertion.generation.to_bytes(2, "big")
    return base64.urlsafe_b64encode(payload + _mac(payload)).decode().rstrip("=")


def link_for(assertion: Assertion) -> str:
    return absolute(reverse("badges:claim", args=[token_for(assertion)]))


def read_token(token: str) -> tuple[uuid.UUID, int] | None:
    """The uid and generation that a token stands for; None when it is truncated, altered or invented."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    payload, mac = raw[:18], raw[18:]
    # The length is checked by the comparison, and re-encoding refuses two spellings of one token.
    if (
        not constant_time_compare(mac, _mac(payload))
        or base64.urlsafe_b64encode(raw).decode().rstrip("=") != token
    ):
        return None
    return uuid.UUID(bytes=payload[:16]), int.from_bytes(payload[16:], "big")


def _mac(payload: bytes) -> bytes:
    return salted_hmac(SALT, payload, algorithm="sha256").digest()


def read_cookie(request: HttpRequest, assertion: Assertion) -> Claim | None:
    """The claim that this browser holds on `assertion`, if the link that it opened is still the current one."""
    try:
        value = signing.loads(
            request.COOKIES.get(_cookie_name(assertion.uid), ""),
            salt=_salt(assertion.uid),
            max_age=COOKIE_SECONDS,
        )
    except signing.BadSignature:
        return None
    claim = Claim(*value)
    return claim if claim.generation == assertion.generation else None


def write_cookie(response: HttpResponse, assertion: Assertion, document: LegalDocument | None = None) -> None:
    values = [assertion.generation, document.pk, document.sha256] if document else [assertion.generation]
    response.set_cookie(
        _cookie_name(assertion.uid),
        signing.dumps(values, salt=_salt(assertion.uid)),
        max_age=COOKIE_SECONDS,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponse, assertion: Assertion) -> None:
    response.delete_cookie(_cookie_name(assertion.uid), path="/", samesite="Lax")


def _cookie_name(uid: uuid.UUID) -> str:
    return f"{'__Host-' if settings.HTTPS else ''}claim-{uid.hex}"


def _salt(uid: uuid.UUID) -> str:
    return f"{SALT}.cookie.{uid.hex}"
