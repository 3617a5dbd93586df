"""Published Open Badges 3.0, good and bad: what independent verifiers say of them, and what this project says."""

import json
from pathlib import Path

import pytest

from badges.formats.documents import Answer
from badges.formats.report import Verdict
from tests.verifiers import ours
from tests.verifiers.issuers import keys_of
from tests.verifiers.judges import REFUSED, REVOKED, VALID, job, served

FOLDER = Path(__file__).parent.parent / "vectors" / "ob30" / "1edtech-validator"
JUDGES = ("data-integrity", "wallet")
AUTHENTIC, INVALID = Verdict.AUTHENTIC, Verdict.INVALID
UNREACHABLE, UNVERIFIABLE = Verdict.UNREACHABLE, Verdict.UNVERIFIABLE
# Vector → what JUDGES say, and what this project says. Each has the keys that its issuer would serve, where it names
# them by themselves, and the status list that is published beside.
VERDICTS = {
    "bit-string-list/credential-status-revoked-blank-nodes.json": (REVOKED, REVOKED, Verdict.REVOKED),
    "bit-string-list/credential-status-revoked.json": (REVOKED, REVOKED, Verdict.REVOKED),
    "bit-string-list/testlist": (VALID, VALID, AUTHENTIC),
    "complete.json": (REFUSED, VALID, INVALID),
    "complete_v1.json": (REFUSED, REFUSED, INVALID),
    "credential-status-revoked.json": (REFUSED, REFUSED, UNREACHABLE),
    "endorsement-err-schema-status-refresh.json": (REFUSED, REFUSED, INVALID),
    "endorsement-valid.json": (VALID, VALID, AUTHENTIC),
    "simple-context-alias.json": (VALID, VALID, AUTHENTIC),
    "simple-context-version.json": (VALID, VALID, AUTHENTIC),
    "simple-did-key-method.json": (REFUSED, REFUSED, UNVERIFIABLE),
    "simple-did-web-method.json": (VALID, REFUSED, AUTHENTIC),
    "simple-eddsa-2022.json": (REFUSED, REFUSED, UNVERIFIABLE),
    "simple-err-context.json": (REFUSED, REFUSED, INVALID),
    "simple-err-credential-subject-achievement-result-description-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-credential-subject-identifier-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-credential-subject-profile-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-credential-subject-result-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-credential-subject-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-evidence-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-expired.json": (REFUSED, REFUSED, Verdict.EXPIRED),
    "simple-err-issued.json": (REFUSED, REFUSED, INVALID),
    "simple-err-issuer-otheridentifier-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-issuer-parentorg-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-issuer-type.json": (REFUSED, REFUSED, INVALID),
    "simple-err-issuer.json": (REFUSED, REFUSED, INVALID),
    "simple-err-proof-method-no-scheme.json": (REFUSED, REFUSED, INVALID),
    "simple-err-proof-method-unknown-did-method.json": (REFUSED, REFUSED, INVALID),
    "simple-err-proof-method-unknown-scheme.json": (REFUSED, REFUSED, INVALID),
    "simple-err-proof-method.json": (REFUSED, REFUSED, INVALID),
    "simple-err-proof-value.json": (REFUSED, REFUSED, Verdict.MODIFIED),
    "simple-err-type.json": (REFUSED, REFUSED, INVALID),
    # 1EdTech's own refuses it: one proof is of a type that no context defines. The other proof is good.
    "simple-multiple-proofs.json": (VALID, VALID, AUTHENTIC),
    "simple-noproof.json": (REFUSED, REFUSED, INVALID),
    "simple.1ob": (VALID, VALID, AUTHENTIC),
    "simple.json": (VALID, VALID, AUTHENTIC),
    "simple_v1.json": (REFUSED, VALID, AUTHENTIC),
}
# (Vector, judge): where one accepts what the other refuses.
DISAGREEMENTS = {
    (
        "complete.json",
        "wallet",
    ): "It does not read 1EdTech's revocation lists, and a schema that it cannot have is no"
    " fault to it; here, and to 1EdTech, that schema is one.",
    (
        "simple-did-web-method.json",
        "wallet",
    ): "Its proof is no list, which 1EdTech's schema wants. The signature is good: here that is tolerated.",
    ("simple_v1.json", "data-integrity"): "It knows one suite, eddsa-rdfc-2022; this proof is an older"
    " Ed25519Signature2020, which is read here too.",
}


def site(document: dict) -> dict[str, Answer]:
    """The keys of its issuer, whose addresses hold them in their fragment, and the published status list."""
    statuses = json.loads((FOLDER / "bit-string-list" / "testlist").read_text(encoding="utf-8"))
    listed = (document.get("credentialStatus") or {}).get("statusListCredential")
    return keys_of(statuses, document) | (served(listed, statuses) if listed else {})


@pytest.fixture(scope="module")
def vectors() -> dict[str, tuple[dict, dict[str, Answer]]]:
    read = {name: json.loads((FOLDER / name).read_text(encoding="utf-8")) for name in VERDICTS}
    return {name: (document, site(document)) for name, document in read.items()}


def test_every_vector_has_its_row():
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}

    # Tokens and pictures are read in tests/formats; selective disclosure is another standard.
    others = {name for name in files if name.endswith((".jwt", ".png", ".svg"))} | {
        "sd/derivedcredential.json"
    }
    assert files - others == set(VERDICTS)


def test_disagreements_are_known():
    assert {
        (name, judge)
        for name, (*theirs, own) in VERDICTS.items()
        for judge, verdict in zip(JUDGES, theirs, strict=True)
        if (verdict == VALID) != (own == AUTHENTIC)
    } == set(DISAGREEMENTS)


def test_this_project_says_so(vectors):
    assert {name: ours.verdict(document, given) for name, (document, given) in vectors.items()} == {
        name: own for name, (*_theirs, own) in VERDICTS.items()
    }


def test_the_verifiers_say_so(judge, vectors):
    found = judge([job(name, *given) for given in vectors.values() for name in JUDGES])

    verdicts = [verdict for verdict, _why in found]
    assert dict(zip(vectors, zip(verdicts[::2], verdicts[1::2], strict=True), strict=True)) == {
        name: tuple(theirs) for name, (*theirs, _own) in VERDICTS.items()
    }
