"""The keys of an issuer as they are shown: what everybody may read. Private parts are not even loaded."""

from dataclasses import dataclass

from badges import addresses
from badges.enums import KeyKind
from badges.models import Issuer, SigningKey


@dataclass(frozen=True)
class Shown:
    """`addresses`: where the public part is served; an RSA key has one for each version of the standard."""

    key: SigningKey
    addresses: list[str]


@dataclass(frozen=True)
class Served:
    """Where machines read who an issuer is."""

    controller: str
    did: str
    did_document: str
    profile: str
    revocations: str
    status_lists: list[str]


def keys_of(issuer: Issuer) -> list[Shown]:
    """All that an issuer had, the newest first: what a retired key signed is still verified with it."""
    return [Shown(key, _addresses(key)) for key in issuer.keys.defer("sealed")]


def served_by(issuer: Issuer) -> Served:
    controller = addresses.controller(issuer.uid)
    lists = issuer.status_lists.order_by("pk").values_list("uid", flat=True)
    return Served(
        controller=controller,
        did=addresses.did(issuer.uid),
        did_document=f"{controller}/did.json",
        profile=addresses.issuer(issuer.uid),
        revocations=addresses.revocations(issuer.uid),
        status_lists=[addresses.status_list(uid) for uid in lists],
    )


def _addresses(key: SigningKey) -> list[str]:
    common = addresses.key(key.uid)
    return [common, addresses.rsa_key(key.uid)] if key.kind == KeyKind.RSA else [common]
