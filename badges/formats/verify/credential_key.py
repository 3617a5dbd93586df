"""The key of a signature, and whether it is the issuer's: a key never counts by itself."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from badges.formats import did, keys
from badges.formats.errors import FormatError, Unreachable
from badges.formats.keys import PublicKey
from badges.formats.reading import addresses
from badges.formats.reading.moments import moment
from badges.formats.reading.values import ident, objects, text
from badges.formats.report import CheckId, Verdict
from badges.formats.verify.credential_issuer import Controller, check_protected, controller, document_at
from badges.formats.verify.credential_judged import Judged
from badges.formats.verify.session import Session

MULTIKEYS = ("z6Mk", "zDn")
MOST_KEYS = 8


def carried(reference: str) -> PublicKey | None:
    """The key that a reference to a method carries in itself: a did:key, a did:jwk, or a fragment that is a multikey.

    Raises FormatError: method-refused for what is neither an http(s) address nor a DID that is read; key-unreadable …
    """
    base, _, fragment = reference.partition("#")
    if did.carries_key(base):
        return did.key(reference)
    if not addresses.is_web(base) and did.method(base) != "web":
        raise FormatError("method-refused", method=addresses.shown(reference))
    return keys.of_multikey(fragment) if fragment.startswith(MULTIKEYS) else None


def of_issuer(session: Session, issuer: str, reference: str, *, may_be_bare: bool = False) -> PublicKey:
    """The key of a method that the issuer's own document lists under `assertionMethod` (section 6 of Data Integrity).

    `may_be_bare`: a key at its own address need not name its controller (the JWK of a VC-JWT). One that is merely on
    the issuer's site is not taken: on many sites visitors may put a file. Raises Unreachable, FormatError and Judged.
    """
    base = reference.partition("#")[0]
    if did.carries_key(issuer):
        if base != issuer:
            raise not_listed(reference)
        return did.key(reference)
    owner = _controller(session, issuer, base)
    if reference not in owner.methods and base in owner.methods and did.carries_key(base):
        reference = base
    if reference in owner.methods:
        return _key(session, owner, reference, may_be_bare)
    if not owner.lists and addresses.same_authority(base, issuer):
        raise Judged(CheckId.KEY, Verdict.UNVERIFIABLE, "keys-not-told", key=addresses.shown(reference))
    raise not_listed(reference)


def listed(session: Session, issuer: str) -> Iterator[tuple[str, PublicKey]]:
    """Names and keys that the issuer's document lists, at most eight, without those that cannot be had or read."""
    if did.carries_key(issuer):
        yield issuer, did.key(issuer)
        return
    owner = controller(session, issuer)
    for name in islice(owner.methods, MOST_KEYS):
        try:
            yield name, _key(session, owner, name, True)
        except (FormatError, Unreachable, Judged):
            continue


def not_listed(reference: str) -> Judged:
    return Judged(CheckId.KEY, Verdict.INVALID, "key-not-listed", key=addresses.shown(reference))


def _controller(session: Session, issuer: str, base: str) -> Controller:
    try:
        return controller(session, issuer)
    except Unreachable as silence:
        if not did.carries_key(base):
            raise
        raise Judged(
            CheckId.KEY, Verdict.UNVERIFIABLE, "key-without-issuer", issuer=addresses.shown(issuer)
        ) from silence


def _key(session: Session, owner: Controller, reference: str, may_be_bare: bool) -> PublicKey:
    """The key of a listed method: from the issuer's document, from the reference itself, or from its own address."""
    document = owner.methods[reference]
    if document:
        return _usable(session, owner, reference, document, document.get("controller", owner.id))
    own = carried(reference)
    if own is not None:
        return own
    document = _method_at(session, reference)
    check_protected(session, owner.id, reference)
    holder = document.get("controller", owner.id if may_be_bare else None)
    return _usable(session, owner, reference, document, holder)


def _usable(
    session: Session, owner: Controller, reference: str, document: dict[str, Any], holder: Any
) -> PublicKey:
    if not addresses.same(ident(holder).strip(), owner.id):
        raise Judged(CheckId.KEY, Verdict.INVALID, "key-of-other", key=addresses.shown(reference))
    for name in ("revoked", "expires"):
        if name in document and _is_past(session, document[name]):
            raise Judged(CheckId.KEY, Verdict.INVALID, f"key-{name}", key=addresses.shown(reference))
    return keys.of_method(document)


def _is_past(session: Session, value: Any) -> bool:
    at = moment(value)
    return at is None or at <= session.at


def _method_at(session: Session, reference: str) -> dict[str, Any]:
    """The document of a method at its own address: itself, one of a JWK set, or one of a controller document."""
    base, _, fragment = reference.partition("#")
    document = document_at(session, base)
    candidates = [
        *objects(document.get("keys")),
        *objects(document.get("verificationMethod")),
        *objects(document.get("assertionMethod")),
    ]
    if not candidates and _names(document, reference):
        return document
    if not fragment and len(candidates) == 1:
        return candidates[0]
    names = {reference, fragment, f"#{fragment}"} if fragment else {reference}
    for candidate in candidates:
        if (ident(candidate) or text(candidate.get("kid"))) in names:
            return candidate
    raise Judged(CheckId.KEY, Verdict.INVALID, "key-not-found", key=addresses.shown(reference))


def _names(document: dict[str, Any], reference: str) -> bool:
    name = ident(document).strip()
    return not name or addresses.same(name, reference)
