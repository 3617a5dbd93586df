"""For which addresses an issuer answers (Open Badges 2.0, VerificationObject: allowedOrigins, startsWith)."""

from typing import Any

from badges.formats.reading.addresses import authority, host, same_authority, under
from badges.formats.reading.values import many, one


def of(*documents: dict[str, Any]) -> dict[str, Any]:
    """The policy of the first document that has one: a class's before its issuer's."""
    found = (one(document.get("verification")) for document in documents)
    return next((policy for policy in found if isinstance(policy, dict)), {})


def holds(address: str, issuer: str, policy: dict[str, Any]) -> bool:
    """Whether an assertion at `address` is the issuer's: under a prefix where it names some, else at its origin."""
    prefixes = [prefix for prefix in many(policy.get("startsWith")) if isinstance(prefix, str)]
    if prefixes:
        return any(under(address, prefix) for prefix in prefixes)
    return is_home(address, issuer, policy)


def is_home(address: str, issuer: str, policy: dict[str, Any]) -> bool:
    """Whether an address is at the issuer's authority or at an origin that it allows."""
    return same_authority(address, issuer) or (
        authority(address) != "" and {host(address), authority(address)} & _origins(policy) != set()
    )


def is_answerable(address: str, issuer: str, policy: dict[str, Any]) -> bool:
    """Whether a class at `address` may name the issuer: at its home, or under one of its prefixes."""
    prefixes = [prefix for prefix in many(policy.get("startsWith")) if isinstance(prefix, str)]
    return is_home(address, issuer, policy) or any(under(address, prefix) for prefix in prefixes)


def is_judgeable(policy: dict[str, Any]) -> bool:
    """Whether the policy is about ids, as all policies in use are."""
    return all(name in ("id", "@id") for name in many(policy.get("verificationProperty")))


def _origins(policy: dict[str, Any]) -> set[str]:
    return {origin.lower() for origin in many(policy.get("allowedOrigins")) if isinstance(origin, str)}
