"""Who says that a badge is revoked; lists of signed ones (Open Badges 2.0, RevocationList; 1.x: uid → reason)."""

from dataclasses import replace
from typing import Any

from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import addresses
from badges.formats.reading.values import ident, text
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import hosted, linked
from badges.formats.verify.claims import Claims
from badges.formats.verify.linked import Linked
from badges.formats.verify.session import Session

# With one of these nothing proves that it is the issuer who speaks.
UNPROVED = {Verdict.INVALID, Verdict.MODIFIED, Verdict.UNREACHABLE, Verdict.UNVERIFIABLE}
TOLD = ("revoked", "revoked-because")
# Names and reason.
Entry = tuple[list[str], str]
# Comparing spellings costs a hundred times what comparing letters costs.
MOST_COMPARED = 20_000


def check(session: Session, claims: Claims, issuer: Linked) -> None:
    """Whether the issuer's list names the badge, by `id` or `uid`; without its list the state is unknown."""
    address = ident(issuer.document.get("revocationList"))
    if not address:
        session.report.good(CheckId.STATUS, "list-none")
        return
    try:
        document, answer = session.fetch_list(address)
    except Unreachable:
        _tell_unknown(session, address)
        return
    except FormatError:
        session.report.unknown(CheckId.STATUS, "list-broken", Verdict.UNVERIFIABLE)
        return
    linked.check_protected(session, issuer.address, address)
    if linked.stays_home(session, CheckId.STATUS, address, answer.address):
        _look(session, claims, document)


def tell(session: Session, document: dict[str, Any]) -> None:
    """What the badge says of itself, unless its source has said it. Nobody's words are told as the issuer's."""
    report = session.report
    if hosted.is_revoked(document) and Verdict.REVOKED not in report.findings:
        hosted.tell_revoked(session, document)
    if report.findings & UNPROVED:
        report.checks = [
            replace(check, code="revoked-unproved", params={}) if check.code in TOLD else check
            for check in report.checks
        ]


def _tell_unknown(session: Session, address: str) -> None:
    shown = addresses.shown(address)
    session.report.unknown(CheckId.STATUS, "list-unreachable", Verdict.UNREACHABLE, address=shown)


def _look(session: Session, claims: Claims, document: Any) -> None:
    entries = _entries(document)
    if entries is None:
        session.report.unknown(CheckId.STATUS, "list-broken", Verdict.UNVERIFIABLE)
        return
    known = {name for name in (claims.id, ident(claims.document.get("uid"))) if name}
    found = _exactly(known, entries) or _nearly(known, entries)
    if found:
        hosted.tell_revoked(session, {"revocationReason": found[1]})
    else:
        session.report.good(CheckId.STATUS, "list-clear")


def _entries(document: Any) -> list[Entry] | None:
    """Names and reason of each entry; None for what is no list. One entry may stand without its list."""
    if not isinstance(document, dict):
        return None
    if "revokedAssertions" not in document:
        is_1_x = not {"@context", "type"} & set(document)
        return [([name], text(reason)) for name, reason in document.items()] if is_1_x else None
    listed = document["revokedAssertions"]
    return [_entry(item) for item in (listed if isinstance(listed, list) else [listed])]


def _entry(item: Any) -> Entry:
    if not isinstance(item, dict):
        return [item] if isinstance(item, str) else [], ""
    names = [item.get(key) for key in ("id", "@id", "uid")]
    return [name for name in names if isinstance(name, str)], text(item.get("revocationReason"))


def _exactly(known: set[str], entries: list[Entry]) -> Entry | None:
    return next((entry for entry in entries if not known.isdisjoint(entry[0])), None)


def _nearly(known: set[str], entries: list[Entry]) -> Entry | None:
    """An entry that spells the address of the badge otherwise, among the first MOST_COMPARED."""
    spelled = [name for name in known if addresses.is_web(name)]
    if not spelled:
        return None
    first = entries[:MOST_COMPARED]
    return next((e for e in first if any(addresses.same(n, one) for n in e[0] for one in spelled)), None)
