"""Documents that are no award: a class, an issuer, an endorsement, a key or a list by itself."""

from typing import Any

from badges.formats.reading import addresses
from badges.formats.reading.values import ident
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import linked, scope, shape, standards
from badges.formats.verify.linked import Linked
from badges.formats.verify.session import Session

# What a document and the one at its address must both say.
COMPARED = ("name", "description", "criteria", "issuer", "url", "claim", "owner", "publicKeyPem")


def verify(session: Session, document: dict[str, Any], *, kind: str, source: str) -> None:
    """Whether it is what its own address gives. There are no facts to keep: it is nobody's award.

    `source` is the address that answered it; empty when it came in another way.
    """
    session.report.format = "ob2-hosted" if standards.version(document) == "2.0" else "ob1-hosted"
    session.report.unknown(CheckId.FORMAT, "no-award", kind=kind)
    shape.check(session, document, kind)
    found = _at_home(session, document, kind, source)
    if found:
        _compare(session, document, found)
    if kind == "BadgeClass":
        _check_issuer(session, found.address if found else ident(document), document)


def tell_unknown(session: Session) -> None:
    """A document of Open Badges 2.0 of a type that is not one of its own, or no more than a part."""
    session.report.format = "ob2-hosted"
    session.report.unknown(CheckId.FORMAT, "type-unknown", Verdict.UNVERIFIABLE)


def _at_home(session: Session, document: dict[str, Any], kind: str, source: str) -> Linked | None:
    address = ident(document) or source
    if addresses.is_web(address):
        return linked.read(session, CheckId.SOURCE, address, kind)
    session.report.unknown(CheckId.SOURCE, "alone-unplaced", Verdict.UNVERIFIABLE)
    return None


def _compare(session: Session, document: dict[str, Any], found: Linked) -> None:
    for name in COMPARED:
        if _said(document.get(name)) != _said(found.document.get(name)):
            session.report.bad(CheckId.SOURCE, "hosted-differs", Verdict.MODIFIED, property=name)


def _said(value: Any) -> Any:
    address = ident(value)
    return addresses.canonical(address) if addresses.is_web(address) else value


def _check_issuer(session: Session, address: str, document: dict[str, Any]) -> None:
    issuer = linked.read(session, CheckId.ISSUER, document.get("issuer"), "Issuer")
    if issuer and addresses.is_web(address):
        if scope.is_answerable(address, issuer.address, scope.of(issuer.document)):
            session.report.good(CheckId.ISSUER, "scope-good")
        else:
            params = {"address": addresses.shown(address), "issuer": addresses.shown(issuer.address)}
            session.report.unknown(CheckId.ISSUER, "badge-elsewhere", Verdict.UNVERIFIABLE, **params)
