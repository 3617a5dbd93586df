"""Data Integrity proofs: which counts, and whose key made it (W3C Data Integrity 1.0, section 4.4; section 8.3)."""

from typing import Any

from badges.formats import canonical, proofs
from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading.addresses import shown
from badges.formats.reading.credential import issuer_id
from badges.formats.reading.moments import moment
from badges.formats.reading.values import ident
from badges.formats.report import CheckId, Report, Verdict
from badges.formats.verify import credential_key
from badges.formats.verify.credential_judged import BAD, UNDECIDED, Bad, Judged, aside, put
from badges.formats.verify.credential_signature import check_signature
from badges.formats.verify.session import Session

# Of those that can be checked; a proof of a large document takes a quarter of a second.
MOST_PROOFS = 2


def prove(session: Session, credential: dict[str, Any]) -> bool:
    """Puts the outcome in the report: of the first proof that is good, else of all that can be checked."""
    report, found = session.report, proofs.of(credential)
    checkable = [proof for proof in found if proofs.suite(proof) in proofs.SUITES]
    # Those that go by the issuer's name come first.
    checkable.sort(key=lambda proof: not _method(proof).startswith(issuer_id(credential)))
    strange = [proof for proof in found if proofs.suite(proof) not in proofs.SUITES]
    for proof in strange[:MOST_PROOFS]:
        finding = None if checkable else Verdict.UNVERIFIABLE
        report.unknown(CheckId.SIGNATURE, "proof-suite-unknown", finding, suite=shown(proofs.suite(proof)))
    trials = []
    for proof in checkable[:MOST_PROOFS]:
        trial = aside(session)
        trials.append(trial.report)
        if _is_good(trial, credential, proof):
            report.checks += trial.report.checks
            return True
    for tried in trials:
        _merge(report, tried)
    return False


def _is_good(session: Session, credential: dict[str, Any], proof: dict[str, Any]) -> bool:
    reference, issuer = _method(proof), issuer_id(credential)
    try:
        _spend(session)
        check_signature(
            session,
            lambda key: proofs.check(credential, proof, key),
            own=credential_key.carried(reference),
            is_claimed=reference.startswith(f"{issuer}#"),
            find=lambda: credential_key.of_issuer(session, issuer, reference),
        )
        _check_expiry(session, proof)
    except BAD as bad:
        put(session.report, CheckId.SIGNATURE, _weightier(session, bad, credential))
        return False
    session.report.good(CheckId.KEY, "key-of-issuer", address=shown(reference))
    return True


def _method(proof: dict[str, Any]) -> str:
    return ident(proof.get("verificationMethod")).strip()


def _check_expiry(session: Session, proof: dict[str, Any]) -> None:
    if "expires" in proof:
        at = moment(proof["expires"])
        if at is None or at <= session.at:
            raise Judged(CheckId.DATES, Verdict.EXPIRED, "proof-expired", at=shown(proof["expires"]))


def _spend(session: Session) -> None:
    if not session.graphs.spend():
        raise Judged(CheckId.SIGNATURE, Verdict.UNVERIFIABLE, "proofs-too-many")


def _weightier(session: Session, bad: Bad, credential: dict[str, Any]) -> Bad:
    """What cannot be had now, or what no key could mend: a document that says more than could ever be signed."""
    is_undecided = isinstance(bad, Unreachable) or (isinstance(bad, Judged) and bad.finding in UNDECIDED)
    if is_undecided and session.graphs.spend():
        try:
            canonical.nquads({name: value for name, value in credential.items() if name != "proof"})
        except FormatError as error:
            return bad if error.code == "context-unknown" else error
    return bad


def _merge(report: Report, other: Report) -> None:
    report.checks += other.checks
    report.findings |= other.findings
