"""Verifying an award of Open Badges 1.0 to 2.0: the assertion, then its class and issuer at their own addresses."""

from typing import Any

from badges.formats.jws import Jws
from badges.formats.reading import addresses, award
from badges.formats.reading.moments import moment
from badges.formats.reading.values import one, web
from badges.formats.report import CheckId, Facts, Verdict
from badges.formats.verify import (
    claims,
    dates,
    endorsements,
    hosted,
    linked,
    recipient,
    revocation,
    scope,
    shape,
    signed,
)
from badges.formats.verify.claims import Claims
from badges.formats.verify.linked import Linked
from badges.formats.verify.session import Session


def verify(session: Session, document: dict[str, Any], *, token: Jws | None) -> None:
    """Fills the report of an assertion that came as JSON, or as the payload of a token."""
    given = claims.of(document)
    family = "ob2" if given.version == "2.0" else "ob1"
    session.report.format = f"{family}-{'signed' if token or given.way == 'signed' else 'hosted'}"
    if not hosted.is_notice(document):
        shape.check(session, document, "Assertion", reminder=hosted.is_reminder(given))
    found = _signed(given, session, token) if token or given.way == "signed" else _hosted(given, session)
    badge, issuer = _chain(session, found, has_place=given.way != "signed")
    if issuer:
        _check_protection(session, given, badge, issuer)
    if token and given.way == "signed":
        signed.check(session, found, token, issuer)
        if issuer:
            revocation.check(session, found, issuer)
    _judge(session, found, badge, issuer)
    revocation.tell(session, document)


def _signed(given: Claims, session: Session, token: Jws | None) -> Claims:
    if token is None:
        session.report.unknown(CheckId.SIGNATURE, "signature-missing", Verdict.UNVERIFIABLE)
    elif given.way != "signed":
        session.report.bad(CheckId.SIGNATURE, "signed-otherwise", Verdict.INVALID)
    return given


def _hosted(given: Claims, session: Session) -> Claims:
    if given.way == "other" and not hosted.is_notice(given.document):
        session.report.bad(CheckId.SOURCE, "way-unknown", Verdict.INVALID)
    return hosted.source(session, given) or given


def _chain(session: Session, found: Claims, *, has_place: bool) -> tuple[Linked | None, Linked | None]:
    """The class and the issuer, and whether they answer for one another and for the assertion.

    `has_place`: it is its address that must prove the assertion, whatever way the document there names.
    """
    badge = linked.read(session, CheckId.BADGE, found.document.get("badge"), "BadgeClass")
    claimed = badge.document if badge else one(found.document.get("badge"))
    reference = claimed.get("issuer") if isinstance(claimed, dict) else None
    issuer = linked.read(session, CheckId.ISSUER, reference, "Issuer") if reference else None
    if issuer:
        _check_scope(session, found.address if has_place else None, badge, issuer)
    return badge, issuer


def _check_protection(session: Session, given: Claims, badge: Linked | None, issuer: Linked) -> None:
    asked = ["" if given.way == "signed" else given.address, badge.address if badge else "", issuer.address]
    for address in asked:
        linked.check_protected(session, issuer.address, address)


def _check_scope(session: Session, place: str | None, badge: Linked | None, issuer: Linked) -> None:
    own = scope.of(issuer.document)
    if badge and not scope.is_answerable(badge.address, issuer.address, own):
        params = {"address": addresses.shown(badge.address), "issuer": addresses.shown(issuer.address)}
        session.report.bad(CheckId.ISSUER, "badge-elsewhere", Verdict.INVALID, **params)
        return
    policy = scope.of(badge.document, issuer.document) if badge else own
    if not scope.is_judgeable(policy):
        session.report.unknown(CheckId.ISSUER, "scope-unknown", Verdict.UNVERIFIABLE)
    elif place is not None and not scope.holds(place, issuer.address, policy):
        params = {"address": addresses.shown(place), "issuer": addresses.shown(issuer.address)}
        session.report.bad(CheckId.ISSUER, "scope-outside", Verdict.INVALID, **params)
    else:
        session.report.good(CheckId.ISSUER, "scope-good")


def _judge(session: Session, found: Claims, badge: Linked | None, issuer: Linked | None) -> None:
    document = found.document
    dates.check(
        session, issued=moment(one(document.get("issuedOn"))), expires=moment(one(document.get("expires")))
    )
    recipient.check(session, award.recipients(document))
    endorsements.check(session, document, *(item.document for item in (badge, issuer) if item))
    session.report.facts = _facts(found, badge, issuer)


def _facts(found: Claims, badge: Linked | None, issuer: Linked | None) -> Facts:
    """From the documents at their own addresses; what could not be had is told as the badge claims it."""
    badge_document = badge.document if badge else _embedded(found.document.get("badge"))
    issuer_document = issuer.document if issuer else _embedded(badge_document.get("issuer"))
    return award.facts(
        found.document,
        badge_document,
        issuer_document,
        id=found.address if found.way == "hosted" else found.id,
        version=found.version,
        achievement_id=badge.address if badge else web(found.document.get("badge")),
        issuer_id=issuer.address if issuer else web(badge_document.get("issuer")),
    )


def _embedded(value: Any) -> dict[str, Any]:
    found = one(value)
    return found if isinstance(found, dict) else {}
