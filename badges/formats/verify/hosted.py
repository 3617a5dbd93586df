"""Hosted badges: only the document at its own address counts (Open Badges 2.0, Hosted Verification; 1.x the same)."""

from typing import Any

from badges.formats import jsons
from badges.formats.documents import Answer
from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import addresses
from badges.formats.reading.moments import moment
from badges.formats.reading.values import NAME, ident, one, text
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import claims, shape, standards
from badges.formats.verify.claims import Claims
from badges.formats.verify.session import Session

GONE = {404: Verdict.INVALID, 410: Verdict.REVOKED}


def source(session: Session, given: Claims) -> Claims | None:
    """The claims of the document that the issuer's server gives; None when there is none: the report says why."""
    if not addresses.is_web(given.address):
        session.report.bad(
            CheckId.SOURCE, "hosted-nowhere", Verdict.INVALID, id=addresses.shown(given.address)
        )
        return None
    try:
        answer = session.fetch(given.address)
    except Unreachable as silence:
        session.report.unknown(CheckId.SOURCE, silence.code, Verdict.UNREACHABLE, **silence.params)
        return None
    document = _document(session, given.address, answer)
    return _judged(session, given, document) if document is not None else None


def is_reminder(given: Claims) -> bool:
    """Whether a copy may leave things out: those of Open Badges 1.0 often only recall where the badge is."""
    return given.version == "1.0" and given.way == "hosted"


def is_revoked(document: dict[str, Any]) -> bool:
    return document.get("revoked") is True or text(document.get("revoked")).lower() == "true"


def is_notice(document: dict[str, Any]) -> bool:
    """Whether it tells of a revocation alone: such a document may leave out all else (section 2, Assertion)."""
    return is_revoked(document) and "badge" not in document


def tell_revoked(session: Session, document: dict[str, Any]) -> None:
    """A revocation, with its reason when one is given (section 2, Assertion)."""
    reason = text(document.get("revocationReason"), NAME)
    if reason:
        session.report.bad(CheckId.STATUS, "revoked-because", Verdict.REVOKED, reason=reason)
    else:
        session.report.bad(CheckId.STATUS, "revoked", Verdict.REVOKED)


def tell_gone(session: Session, answer: Answer) -> None:
    """What a status other than 200 says of a badge: gone, revoked, or that its server cannot answer now."""
    address = addresses.shown(answer.address)
    if answer.status == 410:
        tell_revoked(session, _read(answer) or {})
    elif answer.status == 404:
        session.report.bad(CheckId.SOURCE, "hosted-gone", Verdict.INVALID, address=address)
    else:
        params = {"address": address, "status": str(answer.status)}
        session.report.unknown(CheckId.SOURCE, "answer-status", Verdict.UNREACHABLE, **params)


def _document(session: Session, address: str, answer: Answer) -> dict[str, Any] | None:
    document = _read(answer)
    if document is not None and is_revoked(document):
        tell_revoked(session, document)
        return None
    if answer.status != 200:
        tell_gone(session, answer)
        return None
    if document is None:
        session.report.bad(
            CheckId.SOURCE, "hosted-unreadable", Verdict.INVALID, address=addresses.shown(address)
        )
    elif not addresses.same_site(address, answer.address):
        shown = addresses.shown(answer.address)
        session.report.bad(CheckId.SOURCE, "redirect-elsewhere", Verdict.INVALID, address=shown)
        return None
    return document


def _read(answer: Answer) -> dict[str, Any] | None:
    try:
        document = jsons.read(answer.content)
    except FormatError:
        return None
    return document if isinstance(document, dict) else None


def _judged(session: Session, given: Claims, document: dict[str, Any]) -> Claims | None:
    """The document at the address is an assertion, names this address as its own, and says what the copy says."""
    if standards.kind(document) != "Assertion" or standards.version(document) not in ("1.0", "1.1", "2.0"):
        session.report.bad(
            CheckId.SOURCE, "hosted-other", Verdict.INVALID, address=addresses.shown(given.address)
        )
        return None
    found = claims.of(document)
    if not addresses.same(found.address, given.address):
        params = {"address": addresses.shown(given.address), "id": addresses.shown(found.address)}
        session.report.bad(CheckId.SOURCE, "hosted-id", Verdict.INVALID, **params)
        return None
    if found.way != "hosted":
        session.report.bad(
            CheckId.SOURCE, "hosted-other", Verdict.INVALID, address=addresses.shown(given.address)
        )
        return None
    if document != given.document or is_reminder(given):
        shape.check(session, document, "Assertion")
        _compare(session, given, found)
    session.report.good(CheckId.SOURCE, "hosted-read", address=addresses.shown(given.address))
    if given.address.lower().startswith("http:"):
        session.report.unknown(CheckId.SOURCE, "hosted-plain", address=addresses.shown(given.address))
    return found


def _compare(session: Session, given: Claims, found: Claims) -> None:
    ours, theirs = _said(given.document), _said(found.document)
    for name in theirs:
        if ours[name] != theirs[name] and not (is_reminder(given) and ours[name] is None):
            session.report.bad(CheckId.SOURCE, "hosted-differs", Verdict.MODIFIED, property=name)


def _said(document: dict[str, Any]) -> dict[str, Any]:
    """What a copy may not say otherwise than its source."""
    badge = ident(document.get("badge"))
    return {
        "recipient": _recipient(one(document.get("recipient"))),
        "badge": addresses.canonical(badge) if addresses.is_web(badge) else badge or None,
        "issuedOn": moment(one(document.get("issuedOn"))),
        "expires": moment(one(document.get("expires"))),
        "revoked": is_revoked(document),
    }


def _recipient(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    identity = value.get("identity")
    return (identity.lower() if isinstance(identity, str) else identity, value.get("salt") or "")
