"""Addresses that machines know: minted from SITE_URL, for ever. `urls.py` serves them; a test compares the two."""

from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

from django.conf import settings

from passport.lib.urls import absolute


def assertion(uid: UUID) -> str:
    return absolute(f"/ob2/assertions/{uid}")


def signed_urn(uid: UUID) -> str:
    """The identifier of the signed 2.0 copy: not the award's own, or the list of revoked ones led to it."""
    return f"urn:uuid:{uuid5(uid, 'ob2-signed')}"


def subject_urn(uid: UUID) -> str:
    return f"urn:uuid:{uuid5(uid, 'ob3-subject')}"


def badge_class(version: UUID) -> str:
    return absolute(f"/ob2/badges/{version}")


def criteria(version: UUID) -> str:
    return absolute(f"/ob2/badges/{version}/criteres")


def issuer(uid: UUID) -> str:
    return absolute(f"/ob2/issuers/{uid}")


def rsa_key(uid: UUID) -> str:
    """A key as 2.0 readers know it (CryptographicKey)."""
    return absolute(f"/ob2/keys/{uid}")


def revocations(issuer_uid: UUID) -> str:
    return absolute(f"/ob2/revocations/{issuer_uid}")


def endorsement(uid: UUID) -> str:
    return absolute(f"/ob2/endorsements/{uid}")


def evidence(uid: UUID) -> str:
    return absolute(f"/ob2/evidence/{uid}")


def credential(uid: UUID) -> str:
    return absolute(f"/ob3/credentials/{uid}")


def achievement(version: UUID) -> str:
    return absolute(f"/ob3/achievements/{version}")


def controller(issuer_uid: UUID) -> str:
    return absolute(f"/ob3/issuers/{issuer_uid}")


def did(issuer_uid: UUID) -> str:
    """did:web of an issuer (« did:web Method Specification », section 3.2): its document: controller()/did.json."""
    site = urlsplit(settings.SITE_URL)
    path = "".join(f":{quote(part)}" for part in site.path.split("/") if part)
    return f"did:web:{quote(site.netloc)}{path}:ob3:issuers:{issuer_uid}"


def key(uid: UUID) -> str:
    """A key as 3.0 readers know it: a Multikey, or a bare JWK."""
    return absolute(f"/ob3/keys/{uid}")


def status_list(uid: UUID) -> str:
    return absolute(f"/ob3/status/{uid}")


def endorsement_credential(uid: UUID) -> str:
    return absolute(f"/ob3/endorsements/{uid}")


def baked(uid: UUID, *, version: int, extension: str = "png") -> str:
    return absolute(f"/badges/{uid}/telecharger.{extension}?version={version}")
