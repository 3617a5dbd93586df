"""Open Badges 2.0 documents (1EdTech, « Open Badges v2.0 », section « Open Badges Vocabulary »)."""

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from badges.formats import identity
from badges.formats.issue.facts import Achievement, Award, Endorsement, Evidence, Issuer, moment, said

CONTEXT = "https://w3id.org/openbadges/v2"


def hosted(award: Award) -> dict:
    """The Assertion that answers at its own address; verified by asking there."""
    picture = {"image": award.picture}
    return _assertion(award, award.hosted, {"type": "HostedBadge"}, picture)


def signed(award: Award) -> dict:
    """The Assertion that is put into a JWS: it needs no address of its own, hence a URN."""
    verification = {"type": "SignedBadge", "creator": award.issuer.key}
    return _assertion(award, award.signed, verification, {})


def _assertion(award: Award, address: str, verification: dict, picture: dict) -> dict:
    return said(
        {
            "@context": CONTEXT,
            "type": "Assertion",
            "id": address,
            "recipient": {
                "type": "email",
                "hashed": True,
                "salt": award.salt,
                "identity": identity.hashed(award.address, award.salt),
            },
            "badge": award.achievement.ob2,
            "verification": verification,
            "issuedOn": moment(award.issued_at),
            "expires": moment(award.expires_at) if award.expires_at else None,
            "evidence": [_evidence(item) for item in award.evidence],
            **picture,
        }
    )


def _evidence(item: Evidence) -> dict:
    return said({"type": "Evidence", "id": item.id, "name": item.name, "narrative": item.narrative})


def revoked(address: str, reason: str) -> dict:
    """What is left of a hosted Assertion once it is withdrawn (section « Hosted verification »): no recipient."""
    return {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": address,
        "revoked": True,
        "revocationReason": reason,
    }


def badge_class(achievement: Achievement, issuer: Issuer) -> dict:
    """BadgeClass: what an achievement is, frozen at this address."""
    return said(
        {
            "@context": CONTEXT,
            "type": "BadgeClass",
            "id": achievement.ob2,
            "name": achievement.name,
            "description": achievement.description,
            "image": said({"id": achievement.image, "caption": achievement.image_caption})
            if achievement.image_caption
            else achievement.image,
            "criteria": said({"id": achievement.criteria_url, "narrative": achievement.criteria_text}),
            "issuer": issuer.ob2,
            "tags": list(achievement.tags),
            "alignment": [
                said(
                    {
                        "targetName": item.name,
                        "targetUrl": item.url,
                        "targetDescription": item.description,
                        "targetFramework": item.framework,
                        "targetCode": item.code,
                    }
                )
                for item in achievement.alignments
            ],
            "endorsement": list(achievement.endorsements),
        }
    )


def profile(issuer: Issuer) -> dict:
    """Profile of an issuer. Exactly one `publicKey`: readers of 2.0 know no list of them."""
    return said(
        {
            "@context": CONTEXT,
            "type": "Issuer",
            "id": issuer.ob2,
            "name": issuer.name,
            "url": issuer.url,
            "email": issuer.email,
            "description": issuer.description,
            "publicKey": issuer.key,
            "revocationList": issuer.revocations,
        }
    )


def key(issuer: Issuer, address: str, pem: str) -> dict:
    """CryptographicKey (section « Signed badges »)."""
    return {
        "@context": CONTEXT,
        "type": "CryptographicKey",
        "id": address,
        "owner": issuer.ob2,
        "publicKeyPem": pem,
    }


def revocation_list(issuer: Issuer, revoked: Iterable[tuple[str, str]]) -> dict:
    """RevocationList of (identifier, reason); without a reason the identifier alone, in half the room.

    The widespread validator does not apply a list of one: a URN that was never issued is always the first entry.
    """
    entries: list[str | dict] = [f"urn:uuid:{uuid5(NAMESPACE_URL, issuer.revocations)}"]
    for address, reason in revoked:
        entries.append({"id": address, "revocationReason": reason} if reason else address)
    return {
        "@context": CONTEXT,
        "type": "RevocationList",
        "id": issuer.revocations,
        "issuer": issuer.ob2,
        "revokedAssertions": entries,
    }


def endorsement(endorsed: Endorsement) -> dict:
    """Endorsement of a BadgeClass or an Assertion, hosted."""
    return {
        "@context": CONTEXT,
        "type": "Endorsement",
        "id": endorsed.ob2,
        "claim": {"id": endorsed.about_ob2, "endorsementComment": endorsed.comment},
        "issuer": endorsed.issuer.ob2,
        "issuedOn": moment(endorsed.issued_at),
        "verification": {"type": "HostedBadge"},
    }
