"""Endorsements of a badge, its class and its issuer: told, never a reason for or against the badge."""

from typing import Any

from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import addresses
from badges.formats.reading.values import ident, many, one
from badges.formats.report import CheckId
from badges.formats.verify import standards
from badges.formats.verify.session import Session

MOST = 5


def check(session: Session, *endorsed: dict[str, Any]) -> None:
    """The first five, each read at its own address (Open Badges 2.0, Endorsement), those of endorsements not."""
    found = [(document, item) for document in endorsed for item in many(document.get("endorsement"))]
    for document, item in found[:MOST]:
        _check_one(session, document, ident(item))
    if len(found) > MOST:
        session.report.unknown(CheckId.ENDORSEMENT, "endorsements-more", count=str(len(found) - MOST))


def _check_one(session: Session, endorsed: dict[str, Any], address: str) -> None:
    shown = addresses.shown(address)
    try:
        document, answer = session.fetch_json(address)
    except (Unreachable, FormatError):
        session.report.unknown(CheckId.ENDORSEMENT, "endorsement-unread", address=shown)
        return
    if addresses.same_site(address, answer.address) and _is_of(document, endorsed, address):
        session.report.good(CheckId.ENDORSEMENT, "endorsement-good", address=shown)
    else:
        session.report.unknown(CheckId.ENDORSEMENT, "endorsement-other", address=shown)


def _is_of(document: Any, endorsed: dict[str, Any], address: str) -> bool:
    """An endorsement that goes by this address, is about this document, and says who endorses."""
    if not isinstance(document, dict) or standards.kind(document) != "Endorsement":
        return False
    about = ident(one(document.get("claim")))
    return (
        addresses.same(ident(document), address)
        and about != ""
        and addresses.same(about, ident(endorsed))
        and ident(document.get("issuer")) != ""
        and document.get("revoked") is not True
    )
