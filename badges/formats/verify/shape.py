"""What each document of Open Badges 1.0 to 2.0 must hold (section 2 of the specifications), and what is tolerated."""

from collections.abc import Callable
from typing import Any

from badges.formats.reading import addresses
from badges.formats.reading.moments import has_zone, is_iso, moment
from badges.formats.reading.values import ident, is_given, many, one, text
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import extensions, standards, terms
from badges.formats.verify.session import Session

Rule = Callable[[Any], bool]


def is_text(value: Any) -> bool:
    return text(value) != ""


def is_object(value: Any) -> bool:
    return isinstance(one(value), dict)


def is_reference(value: Any) -> bool:
    return len(many(value)) == 1 and ident(value) != ""


def is_moment(value: Any) -> bool:
    return moment(one(value)) is not None


def is_iso_moment(value: Any) -> bool:
    return is_iso(one(value))


def is_web(value: Any) -> bool:
    return addresses.is_web(ident(value))


def is_recipient(value: Any) -> bool:
    """An IdentityObject: one object with an identity that is a text."""
    found = one(value)
    identity = found.get("identity") if isinstance(found, dict) else None
    return len(many(value)) == 1 and isinstance(identity, str) and is_text(identity)


def is_criteria(value: Any) -> bool:
    return isinstance(one(value), str | dict)


def is_list(value: Any) -> bool:
    return isinstance(value, list | dict)


REQUIRED: dict[str, dict[str, Rule]] = {
    "Assertion": {"recipient": is_recipient, "badge": is_reference, "issuedOn": is_moment},
    "BadgeClass": {"name": is_text, "description": is_text, "criteria": is_criteria, "issuer": is_reference},
    "Issuer": {"name": is_text, "url": is_web},
    "Endorsement": {"claim": is_object, "issuer": is_reference, "issuedOn": is_moment},
    "CryptographicKey": {"owner": is_reference, "publicKeyPem": is_text},
    "RevocationList": {"revokedAssertions": is_list},
}
# Absent, they are told and not held against the badge: real issuers forget them.
EXPECTED = {"Assertion": ["hashed"], "BadgeClass": ["image"], "Issuer": ["email"]}
OPTIONAL: dict[str, dict[str, Rule]] = {
    "Assertion": {"expires": is_moment},
    "Endorsement": {"expires": is_moment},
}


def check(session: Session, document: dict[str, Any], kind: str, *, reminder: bool = False) -> None:
    """Required properties of a document and their types; nothing is fetched.

    `reminder`: the document only recalls another, which is what counts; it may leave things out.
    """
    report, before = session.report, len(session.report.checks)
    version = standards.version(document)
    if version == "2.0":
        _check_types(session, document)
    if version in ("1.1", "2.0"):
        terms.check(session, document)
    for name, rule in _rules(version, kind).items():
        if not reminder or is_given(_value(document, name)):
            _check_property(session, document, kind, name, rule)
    _check_optional(session, document, kind)
    extensions.check(session, document)
    if all(found.ok is not False for found in report.checks[before:]):
        report.good(CheckId.SHAPE, "shape-good", kind=kind)
    _tell_missing(session, document, kind)


def _rules(version: str, kind: str) -> dict[str, Rule]:
    rules = {name: _of_version(rule, version) for name, rule in REQUIRED[kind].items()}
    if version == "2.0":
        rules = {"id": is_reference, "type": is_text, **rules}
    if kind == "Assertion":
        rules["verification"] = is_object
    return rules


def _of_version(rule: Rule, version: str) -> Rule:
    """Seconds since 1970 are a date in Open Badges 1.0 and 1.1 alone."""
    return is_iso_moment if rule is is_moment and version == "2.0" else rule


def _check_types(session: Session, document: dict[str, Any]) -> None:
    for name in standards.strange_types(document):
        session.report.bad(CheckId.SHAPE, "type-strange", Verdict.INVALID, type=addresses.shown(name))


def _check_property(session: Session, document: dict[str, Any], kind: str, name: str, rule: Rule) -> None:
    value = _value(document, name)
    if not is_given(value):
        session.report.bad(CheckId.SHAPE, "property-missing", Verdict.INVALID, kind=kind, property=name)
    elif not rule(value):
        session.report.bad(CheckId.SHAPE, "property-wrong", Verdict.INVALID, kind=kind, property=name)


def _value(document: dict[str, Any], name: str) -> Any:
    if name == "verification":
        return document.get("verification", document.get("verify"))
    return document.get(name, document.get(f"@{name}"))


def _check_optional(session: Session, document: dict[str, Any], kind: str) -> None:
    version = standards.version(document)
    for name, rule in OPTIONAL.get(kind, {}).items():
        if is_given(document.get(name)) and not _of_version(rule, version)(document[name]):
            session.report.bad(CheckId.SHAPE, "property-wrong", Verdict.INVALID, kind=kind, property=name)
    if kind == "Assertion" and ident(document.get("image")).startswith("data:"):
        session.report.bad(CheckId.SHAPE, "image-embedded", Verdict.INVALID)


def _tell_missing(session: Session, document: dict[str, Any], kind: str) -> None:
    """What is tolerated in the documents of real issuers (Open Badges 2.0, DateTime, IdentityObject, Profile)."""
    holder = one(document.get("recipient")) if kind == "Assertion" else document
    for name in EXPECTED.get(kind, []):
        if isinstance(holder, dict) and not is_given(holder.get(name)):
            session.report.unknown(CheckId.SHAPE, "property-expected", kind=kind, property=name)
    for name in ("issuedOn", "expires"):
        value = one(document.get(name))
        if standards.version(document) == "2.0" and is_moment(value) and not has_zone(value):
            session.report.unknown(CheckId.DATES, "zone-missing", property=name)
