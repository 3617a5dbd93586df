"""Open Badges 3.0 documents (1EdTech, « Open Badges Specification 3.0 »), on W3C Verifiable Credentials 2.0."""

from datetime import UTC, datetime

from badges.formats import identity
from badges.formats.issue.facts import Achievement, Award, Endorsement, Issuer, moment, said

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CONTROLLED = "https://www.w3.org/ns/cid/v1"
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_{}credential_schema.json"


def credential(award: Award) -> dict:
    """OpenBadgeCredential of an award, without proof."""
    return said(
        {
            "@context": [CREDENTIALS, BADGES, EXTENSIONS],
            "id": award.ob3,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": award.achievement.name,
            "issuer": profile(award.issuer),
            "validFrom": moment(award.valid_from),
            "validUntil": moment(award.expires_at) if award.expires_at else None,
            "awardedDate": moment(award.issued_at),
            "credentialSubject": _subject(award),
            "evidence": [
                said({"id": item.id, "type": ["Evidence"], "name": item.name, "narrative": item.narrative})
                for item in award.evidence
            ],
            "credentialStatus": {
                "id": f"{award.status.list}#{award.status.index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": str(award.status.index),
                "statusListCredential": award.status.list,
            },
            "credentialSchema": _schema("achievement"),
        }
    )


def _subject(award: Award) -> dict:
    """AchievementSubject: who, known by a hashed address alone, has achieved what."""
    who = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": identity.hashed(award.address, award.salt),
        "identityType": "emailAddress",
        "salt": award.salt,
    }
    return {
        "id": award.subject,
        "type": ["AchievementSubject"],
        "identifier": [who],
        "achievement": achievement(award.achievement),
    }


def profile(issuer: Issuer) -> dict:
    """Profile of an issuer, as it stands inside a credential."""
    return said(
        {
            "id": issuer.ob3,
            "type": ["Profile"],
            "name": issuer.name,
            "url": issuer.url,
            "email": issuer.email,
            "description": issuer.description,
        }
    )


def controller(issuer: Issuer, keys: list[str], methods: list[dict]) -> dict:
    """What answers at the issuer's address: its profile, and by which keys it asserts (W3C Controlled Identifiers 1.0).

    `keys`: addresses of all that count, `methods`: the documents of those that are written into it.
    """
    return {
        "@context": [CONTROLLED, CREDENTIALS, BADGES],
        **profile(issuer),
        "alsoKnownAs": [issuer.did],
        "verificationMethod": methods,
        "assertionMethod": keys,
    }


def did_document(issuer: Issuer, keys: list[str], methods: list[dict]) -> dict:
    """The same issuer under its did:web name."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer.did,
        "alsoKnownAs": [issuer.ob3],
        "verificationMethod": methods,
        "assertionMethod": keys,
    }


def multikey(issuer: Issuer, address: str, multibase: str) -> dict:
    """Multikey at an address of its own (W3C Controlled Identifiers 1.0, section 2.2.2)."""
    return {"id": address, "type": "Multikey", "controller": issuer.ob3, "publicKeyMultibase": multibase}


def achievement(recognised: Achievement) -> dict:
    """Achievement, as it stands inside a credential."""
    return said(
        {
            "id": recognised.ob3,
            "type": ["Achievement"],
            "achievementType": "Badge",
            "name": recognised.name,
            "description": recognised.description,
            "criteria": said({"id": recognised.criteria_url, "narrative": recognised.criteria_text}),
            "image": said({"id": recognised.image, "type": "Image", "caption": recognised.image_caption}),
            "tag": list(recognised.tags),
            "alignment": [
                said(
                    {
                        "type": ["Alignment"],
                        "targetName": item.name,
                        "targetUrl": item.url,
                        "targetDescription": item.description,
                        "targetFramework": item.framework,
                        "targetCode": item.code,
                    }
                )
                for item in recognised.alignments
            ],
            "endorsement": list(recognised.credentials),
        }
    )


def token_claims(document: dict) -> dict:
    """A credential with the registered claims that repeat it (section 8.2.4, « JSON Web Token »)."""
    return {
        **document,
        **said(
            {
                "iss": document["issuer"]["id"],
                "jti": document["id"],
                "sub": document["credentialSubject"].get("id"),
                "nbf": _epoch(document["validFrom"]),
                "exp": _epoch(document["validUntil"]) if "validUntil" in document else None,
            }
        ),
    }


def status_list(issuer: Issuer, address: str, encoded: str, changed_at: datetime) -> dict:
    """BitstringStatusListCredential of an issuer (W3C Bitstring Status List 1.0, section 2.2), without proof."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.ob3,
        "validFrom": moment(changed_at),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    }


def endorsement(endorsed: Endorsement) -> dict:
    """EndorsementCredential (section 5, « Endorsement »), without proof."""
    return said(
        {
            "@context": [CREDENTIALS, BADGES, EXTENSIONS],
            "id": endorsed.ob3,
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": endorsed.name,
            "description": endorsed.description,
            "issuer": profile(endorsed.issuer),
            "validFrom": moment(endorsed.issued_at),
            "credentialSubject": {
                "id": endorsed.about_ob3,
                "type": ["EndorsementSubject"],
                "endorsementComment": endorsed.comment,
            },
            "credentialSchema": _schema("endorsement"),
        }
    )


def _schema(kind: str) -> list[dict]:
    return [{"id": SCHEMA.format(kind), "type": "1EdTechJsonSchemaValidator2019"}]


def _epoch(text: str) -> int:
    return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
