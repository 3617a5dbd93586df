"""Whether a credential still counts: W3C Bitstring Status List 1.0 (and StatusList2021), 1EdTechRevocationList."""

from typing import Any

from badges.formats import status
from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import addresses
from badges.formats.reading.credential import first, issuer_id
from badges.formats.reading.values import ident, many, objects, text
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import credential_dates, credential_shape, credential_signed
from badges.formats.verify.credential_issuer import check_protected
from badges.formats.verify.credential_judged import BAD, Judged, aside, put
from badges.formats.verify.credential_sealed import ACCEPT, Sealed, read
from badges.formats.verify.session import Session

# Purposes that take a badge back; others (« message », « refresh ») say something else.
STOPS = {"revocation": "status-revoked", "suspension": "status-suspended"}
BITSTRINGS = ("BitstringStatusListEntry", "StatusList2021Entry")
REVOCATIONS = "1EdTechRevocationList"
MOST_ENTRIES = 4
MOST_LISTS = 2
MOST_REVOKED = 20_000
MOST_ENCODED = 1024 * 1024  # characters


def check(session: Session, credential: dict[str, Any]) -> None:
    """Puts what each entry of `credentialStatus` says; what cannot be known is never taken for « not revoked »."""
    report, before = session.report, len(session.report.checks)
    entries = many(credential.get("credentialStatus"))
    lists = list(dict.fromkeys(_shown_list(entry) for entry in entries[: MOST_ENTRIES + 1]))
    if len(entries) > MOST_ENTRIES or len(lists) > MOST_LISTS:
        report.unknown(CheckId.STATUS, "status-too-many", Verdict.UNVERIFIABLE)
    for entry in (one for one in entries[:MOST_ENTRIES] if _shown_list(one) in lists[:MOST_LISTS]):
        try:
            _check_entry(session, credential, entry if isinstance(entry, dict) else {})
        except Unreachable:
            report.unknown(
                CheckId.STATUS, "status-unreachable", Verdict.UNREACHABLE, address=_shown_list(entry)
            )
        except BAD as bad:
            put(report, CheckId.STATUS, bad)
    if len(report.checks) == before:
        report.good(CheckId.STATUS, "status-good" if entries else "status-not-offered")


def _check_entry(session: Session, credential: dict[str, Any], entry: dict[str, Any]) -> None:
    if entry.get("type") in BITSTRINGS:
        _check_bit(session, credential, entry)
    elif entry.get("type") == REVOCATIONS:
        _check_revocations(session, credential, ident(entry))
    else:
        raise _unknown(entry.get("type"))


def _check_bit(session: Session, credential: dict[str, Any], entry: dict[str, Any]) -> None:
    """The bit of an entry (Bitstring Status List, section 3.2)."""
    purpose = entry.get("statusPurpose", "revocation")
    if not isinstance(purpose, str):
        raise _unknown(purpose)
    if purpose not in STOPS:
        session.report.unknown(CheckId.STATUS, "status-purpose-other", purpose=addresses.shown(purpose))
        return
    index, address = _index(entry), ident(entry.get("statusListCredential"))
    subject = _subject(session, credential, address, purpose)
    try:
        is_set = status.bit(text(subject.get("encodedList"), MOST_ENCODED), index)
    except FormatError as error:
        raise _refused(address, error) from error
    if is_set:
        raise Judged(CheckId.STATUS, Verdict.REVOKED, STOPS[purpose])


def _index(entry: dict[str, Any]) -> int:
    """The position, a text of digits; a number is tolerated. Raises FormatError: status-index."""
    index = str(entry.get("statusListIndex"))
    if not (index.isascii() and index.isdecimal() and len(index) < 10) or entry.get("statusSize", 1) != 1:
        raise FormatError("status-index", index=index[:20])
    return int(index)


def _subject(session: Session, credential: dict[str, Any], address: str, purpose: str) -> dict[str, Any]:
    """The list itself, from its own credential, proved to be the same issuer's."""
    trial = aside(session)
    try:
        text_of_list, answer = session.fetch_text(address, accept=ACCEPT)
        check_protected(session, issuer_id(credential), address)
        sealed = read(text_of_list)
        subject = first(sealed.credential.get("credentialSubject"))
        is_good = (
            addresses.same_site(address, answer.address)
            and addresses.same(issuer_id(sealed.credential), issuer_id(credential))
            and purpose in many(subject.get("statusPurpose"))
            and credential_shape.check(trial.report, sealed) is credential_shape.Kind.STATUS_LIST
            and _holds(trial, sealed)
        )
    except FormatError as error:
        raise _refused(address, error) from error
    if not is_good:
        raise _refused(address)
    return subject


def _holds(trial: Session, sealed: Sealed) -> bool:
    credential_dates.check(trial, sealed.credential)
    return credential_signed.prove(trial, sealed) and not trial.report.findings


def _check_revocations(session: Session, credential: dict[str, Any], address: str) -> None:
    """1EdTech's own list (« Revocation List Status Method »): unsigned, at the address that the badge names."""
    try:
        document, answer = session.fetch_json(address)
    except FormatError as error:
        raise _refused(address, error) from error
    check_protected(session, issuer_id(credential), address)
    if not addresses.same_site(address, answer.address):
        raise _refused(address)
    if not isinstance(document, dict) or not addresses.same(issuer_id(document), issuer_id(credential)):
        raise _refused(address)
    for item in objects(document.get("revokedCredential"), MOST_REVOKED):
        if item.get("revoked") is not False and addresses.same(
            ident(item).strip(), ident(credential).strip()
        ):
            reason = text(item.get("revocationReason"))
            raise Judged(
                CheckId.STATUS,
                Verdict.REVOKED,
                "status-revoked-because" if reason else "status-revoked",
                **({"reason": reason} if reason else {}),
            )


def _unknown(kind: Any) -> Judged:
    return Judged(CheckId.STATUS, Verdict.UNVERIFIABLE, "status-kind-unknown", kind=addresses.shown(kind))


def _refused(address: str, error: FormatError | None = None) -> Judged | FormatError:
    """What is no good list leaves the state unknown; an address that is none is the badge's own fault."""
    if error and error.code == "address-refused":
        return error
    return Judged(
        CheckId.STATUS, Verdict.UNVERIFIABLE, "status-list-refused", address=addresses.shown(address)
    )


def _shown_list(entry: Any) -> str:
    found = entry if isinstance(entry, dict) else {}
    return addresses.shown(ident(found.get("statusListCredential")) or ident(found))
