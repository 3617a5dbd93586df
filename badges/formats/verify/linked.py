"""Documents that a badge leans on: its class, issuer, key and list, each read at its own address."""

from dataclasses import dataclass
from typing import Any

from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import addresses
from badges.formats.reading.values import ident, types
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import shape, standards
from badges.formats.verify.session import Session


@dataclass(frozen=True)
class Linked:
    """A document, and the address at which it was read: by that it is known, not by what it says of itself."""

    address: str
    document: dict[str, Any]


def read(session: Session, check: CheckId, reference: Any, kind: str) -> Linked | None:
    """The document of a reference (an address, or an embedded object of which only the id is believed).

    None when it could not be had, or is not what it should be: the report says why.
    """
    address = ident(reference)
    if not address:  # what has no id was said by its shape
        return None
    try:
        document, answer = session.fetch_json(address)
    except Unreachable as silence:
        session.report.unknown(check, silence.code, Verdict.UNREACHABLE, **silence.params)
        return None
    except FormatError as error:
        params = {"address": addresses.shown(address), "kind": kind}
        code = error.code if error.code == "address-refused" else "linked-unreadable"
        session.report.bad(check, code, Verdict.INVALID, **params)
        return None
    if not stays_home(session, check, address, answer.address):
        return None
    return _judged(session, check, Linked(address, document), kind)


def stays_home(session: Session, check: CheckId, address: str, final: str) -> bool:
    """Whether the one who answered is the one who was asked: an open redirect proves nothing."""
    if addresses.same_site(address, final):
        return True
    session.report.bad(check, "redirect-elsewhere", Verdict.INVALID, address=addresses.shown(final))
    return False


def check_protected(session: Session, issuer: str, address: str) -> None:
    """What comes by http proves nothing of an issuer by https: whoever is on the way could have written it."""
    plain = "" if addresses.is_plain(issuer) else session.plain(address)
    if plain:
        session.report.unknown(
            CheckId.SOURCE, "hosted-plain", Verdict.UNVERIFIABLE, address=addresses.shown(plain)
        )


def _judged(session: Session, check: CheckId, found: Linked, kind: str) -> Linked | None:
    document = found.document
    if not isinstance(document, dict) or not _is_a(document, kind):
        session.report.bad(
            check, "linked-kind", Verdict.INVALID, address=addresses.shown(found.address), kind=kind
        )
        return None
    if not _is_known_as(session, check, found):
        return None
    shape.check(session, document, kind)
    session.report.good(check, "linked-read", address=addresses.shown(found.address), kind=kind)
    return found


def _is_a(document: dict[str, Any], kind: str) -> bool:
    """By its type; documents of Open Badges 1.0 have none, and may hold what tells nothing."""
    return standards.kind(document) in ((kind,) if types(document) else (kind, ""))


def _is_known_as(session: Session, check: CheckId, found: Linked) -> bool:
    """The id of a document is its address; elsewhere on the same host is told, on another host is refused."""
    declared = ident(found.document)
    if not declared or addresses.same(declared, found.address):
        return True
    params = {"address": addresses.shown(found.address), "id": addresses.shown(declared)}
    if addresses.is_web(declared) and not addresses.same_authority(declared, found.address):
        session.report.bad(check, "id-elsewhere", Verdict.INVALID, **params)
        return False
    session.report.unknown(check, "id-differs", None, **params)
    return True
