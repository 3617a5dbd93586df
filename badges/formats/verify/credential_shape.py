"""Whether a credential is written as Open Badges 3.0 asks: contexts, types, issuer, schemas (sections 5 and B)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from badges.formats import contexts, did, proofs, schemas
from badges.formats.reading.addresses import is_web, shown
from badges.formats.reading.credential import first, issuer_id
from badges.formats.reading.values import ident, many, objects, one, types
from badges.formats.report import CheckId, Report, Verdict
from badges.formats.verify import standards
from badges.formats.verify.credential_places import MOST, endorsements
from badges.formats.verify.credential_sealed import Sealed

# A badge with all the endorsements that it may have, each with four vocabularies, stays under it.
MOST_CONTEXTS = 300
VALIDATOR = "1EdTechJsonSchemaValidator2019"
# What VCDM lets stand alone, where 1EdTech's schemas ask for lists; it is the other way round for the status.
LISTS = ("proof", "credentialSchema", "evidence", "endorsement", "termsOfUse")


class Kind(StrEnum):
    AWARD = "OpenBadgeCredential"
    ENDORSEMENT = "EndorsementCredential"
    STATUS_LIST = "BitstringStatusListCredential"


KINDS = {
    "OpenBadgeCredential": Kind.AWARD,
    "AchievementCredential": Kind.AWARD,
    "EndorsementCredential": Kind.ENDORSEMENT,
    "BitstringStatusListCredential": Kind.STATUS_LIST,
    "StatusList2021Credential": Kind.STATUS_LIST,
}


def kind_of(credential: dict[str, Any]) -> Kind | None:
    """What a credential is by its types; None for what this library does not know."""
    return next((KINDS[name] for name in KINDS if name in types(credential)), None)


def check(report: Report, sealed: Sealed) -> Kind | None:
    """Puts what the shape breaks; returns what the credential is, None where it goes no further."""
    credential = sealed.credential
    kind = kind_of(credential)
    if kind is None:
        _put_stranger(report, credential)
        return None
    before = len(report.findings)
    report.good(CheckId.FORMAT, "standard-known", version="3.0")
    _check_contexts(report, credential)
    _check_issuer(report, credential)
    _check_schema(report, credential, kind)
    _check_named_schemas(report, credential)
    if sealed.token is None and not proofs.of(credential):
        report.bad(CheckId.SIGNATURE, "no-proof", Verdict.INVALID)
    if len(endorsements(credential)) > MOST:
        report.bad(CheckId.ENDORSEMENT, "endorsements-too-many", Verdict.INVALID, limit=str(MOST))
    if len(report.findings) == before:
        report.good(CheckId.SHAPE, "shape-good", kind=kind)
    if kind is not Kind.AWARD:
        report.unknown(CheckId.FORMAT, "credential-no-award", kind=kind)
    return kind


def _put_stranger(report: Report, credential: dict[str, Any]) -> None:
    """A credential of another trade is no badge; one that looks like a badge is a broken one."""
    named = ", ".join(types(credential))
    if _looks_like_badge(credential):
        report.bad(CheckId.SHAPE, "type-not-badge", Verdict.INVALID, types=shown(named))
    else:
        report.bad(CheckId.FORMAT, "credential-not-badge", Verdict.NOT_A_BADGE, types=shown(named))


def _looks_like_badge(credential: dict[str, Any]) -> bool:
    named = many(credential.get("@context"))
    return "achievement" in first(credential.get("credentialSubject")) or any(
        isinstance(context, str) and context.startswith(standards.OB3) for context in named
    )


def _check_contexts(report: Report, credential: dict[str, Any]) -> None:
    """Contexts by address, known ones, W3C's first (VCDM 2.0, section 4.3)."""
    named = list(_contexts(credential))
    if len(named) > MOST_CONTEXTS:
        report.bad(CheckId.SHAPE, "contexts-too-many", Verdict.INVALID, limit=str(MOST_CONTEXTS))
    if any(not isinstance(context, str) for context in named):
        report.bad(CheckId.SHAPE, "context-inline", Verdict.INVALID)
    for address in sorted({item for item in named if isinstance(item, str)} - contexts.KNOWN)[:3]:
        report.unknown(CheckId.SHAPE, "context-unknown", Verdict.UNVERIFIABLE, address=shown(address))
    if one(credential.get("@context")) not in list(standards.CREDENTIALS):
        report.bad(CheckId.SHAPE, "context-missing", Verdict.INVALID)


def _contexts(document: Any) -> Iterator[Any]:
    """Contexts at any depth."""
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        if isinstance(part, dict):
            named = part.get("@context", [])
            yield from named if isinstance(named, list) else [named]
            waiting.extend(value for name, value in part.items() if name != "@context")


def _check_issuer(report: Report, credential: dict[str, Any]) -> None:
    issuer = issuer_id(credential)
    if not issuer:
        report.bad(CheckId.SHAPE, "issuer-missing", Verdict.INVALID)
    elif not is_web(issuer) and not did.method(issuer) and not issuer.startswith("urn:"):
        report.bad(CheckId.SHAPE, "issuer-refused", Verdict.INVALID, issuer=shown(issuer))


def _check_schema(report: Report, credential: dict[str, Any], kind: Kind) -> None:
    """1EdTech's schemas, but for the form of dates, which are read more tolerantly than that."""
    if kind is Kind.STATUS_LIST:
        return
    several = {name: [credential[name]] for name in LISTS if isinstance(credential.get(name), dict)}
    if isinstance(credential.get("credentialStatus"), list):
        several["credentialStatus"] = one(credential["credentialStatus"])
    faults = schemas.check_credential({**credential, **several}, kind)
    broken = [fault for fault in faults if not fault.endswith(" format")]
    if broken:
        report.bad(CheckId.SHAPE, "schema-broken", Verdict.INVALID, where=shown("; ".join(broken[:3])))


def _check_named_schemas(report: Report, credential: dict[str, Any]) -> None:
    """The schemas that it asks to be read with, its endorsements' too (section B.1.6): none is fetched."""
    inner = [item for item in endorsements(credential) if isinstance(item, dict)]
    named = [item for part in (credential, *inner) for item in objects(part.get("credentialSchema"))]
    strange = [item for item in named if ident(item) not in schemas.KNOWN]
    binding = [ident(item) for item in strange if item.get("type") == VALIDATOR]
    if binding:
        report.bad(CheckId.SHAPE, "schema-unknown", Verdict.INVALID, address=shown(binding[0]))
    elif strange:
        report.unknown(CheckId.SHAPE, "schema-unread", address=shown(ident(strange[0])))
