"""Which standard a JSON document follows, and what it is there."""

from typing import Any

from badges.formats.reading.addresses import is_web
from badges.formats.reading.values import many, types
from badges.formats.verify import vocabulary

V2 = frozenset(
    {
        "https://w3id.org/openbadges/v2",
        "http://w3id.org/openbadges/v2",
        "https://openbadgespec.org/v2/context.json",
        "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld",
    }
)
V1 = frozenset(
    {
        "https://w3id.org/openbadges/v1",
        "http://w3id.org/openbadges/v1",
        "https://openbadgespec.org/v1/context.json",
    }
)
CREDENTIALS = frozenset({"https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"})
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/"
CREDENTIAL_TYPES = {
    "VerifiableCredential",
    "OpenBadgeCredential",
    "AchievementCredential",
    "EndorsementCredential",
}
CLR_TYPES = {"ClrCredential"}
# Names under which 1.1 and 2.0 know the documents that are served on their own.
KINDS = {
    "Assertion": "Assertion",
    "BadgeClass": "BadgeClass",
    "Issuer": "Issuer",
    "IssuerOrg": "Issuer",
    "IssuerOrganization": "Issuer",
    "Profile": "Issuer",
    "Endorsement": "Endorsement",
    "CryptographicKey": "CryptographicKey",
    "RevocationList": "RevocationList",
}
POINTER = {"@context", "id", "@id", "type", "@type", "uid", "verify", "verification"}
ISSUER_1_0 = {"name", "url", "description", "image", "email", "revocationList"}


def listed(document: dict[str, Any]) -> list[Any]:
    """The contexts of a document, inline ones too."""
    return many(document.get("@context"))


def inner(document: dict[str, Any]) -> dict[str, Any]:
    """The credential in a document: a JWT of the older kind wraps it in `vc`."""
    wrapped = document.get("vc")
    return wrapped if isinstance(wrapped, dict) else document


def is_clr(document: dict[str, Any]) -> bool:
    """Whether it is a Comprehensive Learner Record: a sibling of Open Badges 3.0 that holds badges and is none."""
    return bool(CLR_TYPES & {*types(document), *types(inner(document))})


def is_credential(document: dict[str, Any]) -> bool:
    """Whether it is a Verifiable Credential (Open Badges 3.0)."""
    credential = inner(document)
    named = [context for context in listed(credential) if isinstance(context, str)]
    return (
        credential is not document
        or bool(CREDENTIAL_TYPES & set(types(document)))
        or any(context in CREDENTIALS or context.startswith(OB3) for context in named)
    )


def version(document: dict[str, Any]) -> str:
    """0.5, 1.0, 1.1 or 2.0; empty when nothing tells that it is an Open Badge."""
    if any(_is_v2(context) for context in listed(document)):
        return "2.0"
    if any(context in V1 for context in listed(document) if isinstance(context, str)):
        return "1.1"
    return "" if listed(document) else _without_context(document)


def kind(document: dict[str, Any]) -> str:
    """Assertion, BadgeClass, Issuer, Endorsement, CryptographicKey, RevocationList: by type, else by what it holds."""
    if not types(document):
        return _kind_by_content(document)
    return next((KINDS[name] for name in types(document) if name in KINDS), "")


def strange_types(document: dict[str, Any]) -> list[str]:
    """Types that Open Badges 2.0 has not, and that are no address or term of an extension (JSON-LD)."""
    return [name for name in types(document) if name not in vocabulary.terms() and ":" not in name]


def pointed(document: dict[str, Any]) -> str:
    """The address of which a document is a mere pointer ({"id": …}, {"verify": {"url": …}}); empty for any other."""
    if not set(document) <= POINTER:
        return ""
    verify = next((item for item in many(document.get("verify")) if isinstance(item, dict)), {})
    found = (document.get("id"), document.get("@id"), verify.get("url"))
    return next((address for address in found if isinstance(address, str) and is_web(address)), "")


def _is_v2(context: Any) -> bool:
    if isinstance(context, dict):
        known = vocabulary.terms()
        return all(
            context.get(term) == known[term] for term in ("Assertion", "BadgeClass", "badge", "issuer")
        )
    return isinstance(context, str) and context in V2


def _without_context(document: dict[str, Any]) -> str:
    """Types came with contexts: a document that has one without the other follows nothing."""
    if types(document):
        return ""
    if isinstance(document.get("badge"), dict) and isinstance(document.get("recipient"), str):
        return "0.5"
    return "1.0" if _kind_by_content(document) else ""


def _kind_by_content(document: dict[str, Any]) -> str:
    """What an untyped document of Open Badges 1.0 is."""
    if "badge" in document and ("recipient" in document or "verify" in document or "uid" in document):
        return "Assertion"
    if {"name", "criteria", "issuer"} <= set(document):
        return "BadgeClass"
    return "Issuer" if {"name", "url"} <= set(document) <= ISSUER_1_0 else ""
