"""Verifying an award of Open Badges 0.5: one document that proves something at the address it came from alone."""

from typing import Any

from badges.formats.reading import addresses, oldest
from badges.formats.reading.moments import moment
from badges.formats.reading.values import is_given, text, web
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import dates, linked, recipient
from badges.formats.verify.session import Session

REQUIRED = ("name", "description", "image", "criteria", "issuer")


def verify(session: Session, document: dict[str, Any], *, source: str) -> None:
    """`source` is the address that answered the assertion; empty when it came in another way."""
    report = session.report
    report.format = "ob0-hosted"
    badge = oldest.part(document, "badge")
    _check_shape(session, document, badge)
    origin = web(oldest.part(badge, "issuer").get("origin"))
    if not source:
        report.unknown(CheckId.SOURCE, "oldest-unplaced", Verdict.UNVERIFIABLE)
    elif addresses.same_authority(source, origin):
        report.good(CheckId.SOURCE, "hosted-read", address=addresses.shown(source))
        linked.check_protected(session, origin, source)
    else:
        params = {"address": addresses.shown(source), "issuer": addresses.shown(origin)}
        report.bad(CheckId.ISSUER, "scope-outside", Verdict.INVALID, **params)
    dates.check(session, issued=moment(document.get("issued_on")), expires=moment(document.get("expires")))
    facts = oldest.facts(document, id=source)
    recipient.check(session, facts.recipients)
    report.facts = facts


def _check_shape(session: Session, document: dict[str, Any], badge: dict[str, Any]) -> None:
    missing = [("BadgeClass", name) for name in REQUIRED if not is_given(badge.get(name))]
    issuer = oldest.part(badge, "issuer")
    missing += [("Issuer", name) for name in ("origin", "name") if text(issuer.get(name)) == ""]
    for kind, name in missing:
        session.report.bad(CheckId.SHAPE, "property-missing", Verdict.INVALID, kind=kind, property=name)
    for name in ("issued_on", "expires"):
        if is_given(document.get(name)) and moment(document[name]) is None:
            params = {"kind": "Assertion", "property": name}
            session.report.bad(CheckId.SHAPE, "property-wrong", Verdict.INVALID, **params)
    if not missing:
        session.report.good(CheckId.SHAPE, "shape-good", kind="Assertion")
