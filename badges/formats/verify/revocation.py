"""Revocation lists of signed badges (Open Badges 2.0, RevocationList; 1.x: an object of uid → reason)."""

from typing import Any

from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import addresses
from badges.formats.reading.values import ident, text
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import hosted, linked
from badges.formats.verify.claims import Claims
from badges.formats.verify.linked import Linked
from badges.formats.verify.session import Session


def check(session: Session, claims: Claims, issuer: Linked) -> None:
    """Whether the issuer's list names the badge, by `id` or `uid`; without its list the state is unknown."""
    address = ident(issuer.document.get("revocationList"))
    if not address:
        session.report.good(CheckId.STATUS, "list-none")
        return
    try:
        document, answer = session.fetch_json(address)
    except Unreachable:
        _tell_unknown(session, address)
        return
    except FormatError:
        session.report.unknown(CheckId.STATUS, "list-broken", Verdict.UNVERIFIABLE)
        return
    if linked.stays_home(session, CheckId.STATUS, address, answer.address):
        _look(session, claims, document)


def _tell_unknown(session: Session, address: str) -> None:
    shown = addresses.shown(address)
    session.report.unknown(CheckId.STATUS, "list-unreachable", Verdict.UNREACHABLE, address=shown)


def _look(session: Session, claims: Claims, document: Any) -> None:
    entries = _entries(document)
    if entries is None:
        session.report.unknown(CheckId.STATUS, "list-broken", Verdict.UNVERIFIABLE)
        return
    known = {name for name in (claims.id, ident(claims.document.get("uid"))) if name}
    found = next((entry for entry in entries if any(_is(known, name) for name in entry[0])), None)
    if found:
        hosted.tell_revoked(session, {"revocationReason": found[1]})
    else:
        session.report.good(CheckId.STATUS, "list-clear")


def _entries(document: Any) -> list[tuple[list[str], str]] | None:
    """Names and reason of each entry; None for what is no list. One entry may stand without its list."""
    if not isinstance(document, dict):
        return None
    if "revokedAssertions" not in document:
        is_1_x = not {"@context", "type"} & set(document)
        return [([name], text(reason)) for name, reason in document.items()] if is_1_x else None
    listed = document["revokedAssertions"]
    return [_entry(item) for item in (listed if isinstance(listed, list) else [listed])]


def _entry(item: Any) -> tuple[list[str], str]:
    if not isinstance(item, dict):
        return [item] if isinstance(item, str) else [], ""
    names = [item.get(key) for key in ("id", "@id", "uid")]
    return [name for name in names if isinstance(name, str)], text(item.get("revocationReason"))


def _is(known: set[str], name: str) -> bool:
    return name in known or any(addresses.same(name, other) for other in known)
