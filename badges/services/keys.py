"""The keys of an issuer: made with it, one of each kind in use, replaced without spoiling what they signed."""

from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from badges import sealing
from badges.enums import KeyKind
from badges.formats import keys
from badges.models import Issuer, SigningKey

Private = Ed25519PrivateKey | RSAPrivateKey


@dataclass(frozen=True)
class Ring:
    """The keys with which an issuer signs now."""

    proof: SigningKey
    token: SigningKey


def ring(issuer: Issuer) -> Ring:
    """The keys in use, made if there are none. Private parts stay sealed until they are asked for."""
    return _complete(issuer, issuer.keys.filter(retired_at=None))


def held_ring(issuer: Issuer) -> Ring:
    """The same, for who signs: they are not replaced before the end of the transaction.

    What is signed is then there when `rotate` looks for it. Locked after the award, by everybody.
    """
    return _complete(
        issuer, issuer.keys.select_for_update(no_key=True).filter(retired_at=None).order_by("pk")
    )


def _complete(issuer: Issuer, in_use: QuerySet[SigningKey]) -> Ring:
    found = {key.kind: key for key in in_use}
    for kind in KeyKind:
        if kind not in found:
            found[kind] = _make(issuer, kind)
    return Ring(proof=found[KeyKind.ED25519], token=found[KeyKind.RSA])


def ed25519(key: SigningKey) -> Ed25519PrivateKey:
    """The private part of a key of that kind. Raises sealing.SecretLost; TypeError for another kind."""
    opened = _open(bytes(key.sealed))
    if not isinstance(opened, Ed25519PrivateKey):
        raise TypeError(f"{key} is no Ed25519 key.")
    return opened


def rsa(key: SigningKey) -> RSAPrivateKey:
    """The private part of a key of that kind. Raises sealing.SecretLost; TypeError for another kind."""
    opened = _open(bytes(key.sealed))
    if not isinstance(opened, RSAPrivateKey):
        raise TypeError(f"{key} is no RSA key.")
    return opened


def make_missing() -> None:
    """Gives every issuer of this site the keys that it lacks."""
    in_use = Count("keys", filter=Q(keys__retired_at=None))
    for issuer in Issuer.objects.here().alias(in_use=in_use).filter(in_use__lt=len(KeyKind)):
        ring(issuer)


@transaction.atomic
def renew(*, issuer: Issuer, revoke: bool = False) -> Ring:
    """Retires the keys in use and makes others. What the old ones signed stays good.

    With `revoke` it does not, nor what any earlier key signed: nobody knows since when a thief has been reading.
    """
    now = timezone.now()
    list(issuer.keys.select_for_update(no_key=True).order_by("pk"))
    issuer.keys.filter(retired_at=None).update(retired_at=now)
    if revoke:
        issuer.keys.filter(revoked_at=None).update(revoked_at=now)
    return ring(issuer)


def _make(issuer: Issuer, kind: KeyKind) -> SigningKey:
    """Of two processes that make the same key at once, the second takes the first one's."""
    private: Private = keys.new_ed25519() if kind == KeyKind.ED25519 else keys.new_rsa()
    public = private.public_key()
    sealed = sealing.seal(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    written = keys.multikey(public) if kind == KeyKind.ED25519 else keys.pem(public)
    try:
        with transaction.atomic():
            return SigningKey.objects.create(issuer=issuer, kind=kind, public=written, sealed=sealed)
    except IntegrityError:
        return issuer.keys.get(kind=kind, retired_at=None)


@lru_cache(maxsize=64)
def _open(sealed: bytes) -> Private:
    """Opening costs more than signing; what is kept opened never leaves this process."""
    # Our own key, checked when it was made: the check of RSA keys would take longer than the signature.
    opened = load_der_private_key(sealing.unseal(sealed), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(opened, Private):
        raise TypeError("A signing key is Ed25519 or RSA.")
    return opened
