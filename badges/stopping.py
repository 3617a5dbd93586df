"""The link « Je ne veux plus recevoir »: it names an issuer and an address, signed, and works for as long as the mail.

An award cannot stand for the address: it may be forwarded, and the old mail would then silence a new recipient.
"""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from badges.models import Issuer
from passport.lib.folding import fold_address
from passport.lib.urls import absolute

# No colon: some programs of mail end a link there.
_signer = signing.Signer(sep=".", salt="badges.stopping")


@dataclass(frozen=True)
class Stop:
    """Who is to send nothing more, and to which address."""

    issuer_id: int
    address: str


def token_for(issuer: Issuer, address: str) -> str:
    return _signer.sign_object([issuer.pk, fold_address(address)])


def link_for(issuer: Issuer, address: str) -> str:
    return absolute(reverse("badges:unsubscribe", args=[token_for(issuer, address)]))


def read_token(token: str) -> Stop | None:
    """None when the token is truncated, altered or invented."""
    try:
        return Stop(*_signer.unsign_object(token))
    except signing.BadSignature:
        return None
