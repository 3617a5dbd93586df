"""What an issuer says of its own keys (W3C Controlled Identifiers 1.0, section 2; DID documents alike)."""

from dataclasses import dataclass
from typing import Any

from badges.formats import did
from badges.formats.errors import FormatError
from badges.formats.reading import addresses
from badges.formats.reading.values import ident, many, objects
from badges.formats.report import CheckId, Verdict
from badges.formats.verify.credential_judged import Judged
from badges.formats.verify.session import Session

LISTS = ("assertionMethod", "verificationMethod", "publicKey")


@dataclass(frozen=True)
class Controller:
    """`methods`: those that it asserts by, each with its document, empty where it is only named.

    `lists`: it names keys at all.
    """

    id: str
    methods: dict[str, dict[str, Any]]
    lists: bool


def controller(session: Session, issuer: str) -> Controller:
    """The issuer's own document, at its https address or where its did:web says.

    Raises Unreachable; Judged when the issuer has no address, or when what answers is not its document.
    """
    if not addresses.is_web(issuer) and did.method(issuer) != "web":
        raise Judged(
            CheckId.ISSUER, Verdict.UNVERIFIABLE, "issuer-without-address", issuer=addresses.shown(issuer)
        )
    document = document_at(session, issuer)
    if not addresses.same(ident(document).strip(), issuer):
        raise Judged(
            CheckId.ISSUER, Verdict.INVALID, "issuer-document-of-other", issuer=addresses.shown(issuer)
        )
    return Controller(issuer, _methods(document), any(document.get(name) for name in LISTS))


def document_at(session: Session, identifier: str) -> dict[str, Any]:
    """The JSON object at an address or did:web, from the site that was asked.

    Raises Unreachable, FormatError for an address that is refused, Judged when it is no object or comes from elsewhere.
    """
    address = did.web_address(identifier) if did.method(identifier) == "web" else identifier
    try:
        document, answer = session.fetch_json(address)
    except FormatError as error:
        if error.code == "address-refused":
            raise
        raise _unreadable(address) from error
    if not isinstance(document, dict):
        raise _unreadable(address)
    if not addresses.same_site(address, answer.address):
        raise Judged(
            CheckId.ISSUER, Verdict.UNVERIFIABLE, "document-from-elsewhere", address=addresses.shown(address)
        )
    check_protected(session, identifier, address)
    return document


def check_protected(session: Session, issuer: str, address: str) -> None:
    """What comes by http proves nothing of an issuer by https or did:web. Raises Judged."""
    plain = "" if addresses.is_plain(issuer) else session.plain(address)
    if plain:
        raise Judged(CheckId.SOURCE, Verdict.UNVERIFIABLE, "hosted-plain", address=addresses.shown(plain))


def _methods(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    known = {_absolute(item, document): item for item in objects(document.get("verificationMethod"))}
    listed = {}
    for item in many(document.get("assertionMethod")):
        name = _absolute(item, document)
        listed[name] = item if isinstance(item, dict) else known.get(name, {})
    return {name: method for name, method in listed.items() if name}


def _absolute(method: Any, document: dict[str, Any]) -> str:
    name = ident(method).strip()
    return f"{ident(document).strip()}{name}" if name.startswith("#") else name


def _unreadable(address: str) -> Judged:
    return Judged(
        CheckId.ISSUER, Verdict.UNVERIFIABLE, "issuer-document-unreadable", address=addresses.shown(address)
    )
