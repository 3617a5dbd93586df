"""Open Badges 3.0 that others published: what is said without a network, and when the issuer's site answers.

`tests/vectors/index.csv` says what a correct reader answers. The issuers of these badges do not exist: without a
network a good one is « unreachable »; then the test answers in their place.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from badges.formats import containers, did, jsons, jws, proofs
from badges.formats.found import Kind
from badges.formats.reading.credential import issuer_id
from badges.formats.reading.values import ident
from badges.formats.report import Report
from badges.formats.verify import verify
from badges.formats.verify.credential import verify_credential
from badges.formats.verify.credential_sealed import seal
from badges.formats.verify.session import Session
from tests.formats.verify.served import Served

VECTORS = Path(__file__).parents[2] / "vectors"
EDTECH = "ob30/1edtech-validator"
AT = datetime(2026, 1, 1, tzinfo=UTC)
LIST = (
    "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/"
    "inspector-vc/src/test/resources/ob30/bit-string-list/testlist"
)
# File → verdict without documents, verdict with the issuer's, and the code that decides.
EXPECTED = {
    "bit-string-list/credential-status-revoked-blank-nodes.json": (
        "unreachable",
        "revoked",
        "status-revoked",
    ),
    "bit-string-list/credential-status-revoked.json": ("unreachable", "revoked", "status-revoked"),
    "bit-string-list/testlist": ("unreachable", "authentic", "credential-no-award"),
    "complete.json": ("invalid", "invalid", "schema-unknown"),
    "complete_v1.json": ("invalid", "invalid", "schema-unknown"),
    "credential-status-revoked.json": ("unreachable", "unreachable", "status-unreachable"),
    "endorsement-err-schema-status-refresh.json": ("invalid", "invalid", "schema-unknown"),
    "endorsement-valid.json": ("unreachable", "authentic", "credential-no-award"),
    "sd/derivedcredential.json": ("unverifiable", "unverifiable", "proof-suite-unknown"),
    "simple-context-alias.json": ("unreachable", "authentic", "signature-good"),
    "simple-context-version.json": ("unreachable", "authentic", "signature-good"),
    "simple-did-key-method.json": ("unverifiable", "unverifiable", "issuer-without-address"),
    "simple-did-web-method.json": ("unreachable", "authentic", "signature-good"),
    "simple-eddsa-2022.json": ("unverifiable", "unverifiable", "proof-suite-unknown"),
    "simple-err-context.json": ("invalid", "invalid", "context-missing"),
    "simple-err-credential-subject-achievement-result-description-type.json": (
        "invalid",
        "invalid",
        "schema-broken",
    ),
    "simple-err-credential-subject-identifier-type.json": ("invalid", "invalid", "schema-broken"),
    "simple-err-credential-subject-profile-type.json": ("invalid", "invalid", "schema-broken"),
    "simple-err-credential-subject-result-type.json": ("invalid", "invalid", "schema-broken"),
    "simple-err-credential-subject-type.json": ("invalid", "invalid", "schema-broken"),
    "simple-err-evidence-type.json": ("invalid", "invalid", "schema-broken"),
    "simple-err-expired.json": ("expired", "expired", "date-expired"),
    "simple-err-issued.json": ("invalid", "invalid", "date-future"),
    "simple-err-issuer-otheridentifier-type.json": ("invalid", "invalid", "schema-broken"),
    "simple-err-issuer-parentorg-type.json": ("invalid", "invalid", "schema-broken"),
    "simple-err-issuer-type.json": ("invalid", "invalid", "schema-broken"),
    "simple-err-issuer.json": ("invalid", "invalid", "issuer-missing"),
    "simple-err-proof-method-no-scheme.json": ("invalid", "invalid", "method-refused"),
    "simple-err-proof-method-unknown-did-method.json": ("invalid", "invalid", "method-refused"),
    "simple-err-proof-method-unknown-scheme.json": ("invalid", "invalid", "method-refused"),
    "simple-err-proof-method.json": ("invalid", "invalid", "key-unreadable"),
    "simple-err-proof-value.json": ("modified", "modified", "signature-wrong"),
    "simple-err-type.json": ("invalid", "invalid", "type-not-badge"),
    "simple-json.png": ("unreachable", "authentic", "signature-good"),
    "simple-json.svg": ("unreachable", "authentic", "signature-good"),
    "simple-jwt.png": ("unreachable", "authentic", "signature-good"),
    "simple-jwt.svg": ("unreachable", "authentic", "signature-good"),
    "simple-jwt_v1.png": ("unreachable", "authentic", "signature-good"),
    "simple-jwt_v1.svg": ("unreachable", "authentic", "signature-good"),
    "simple-multiple-proofs.json": ("unreachable", "authentic", "proof-suite-unknown"),
    "simple-noproof.json": ("invalid", "invalid", "no-proof"),
    "simple.1ob": ("unreachable", "authentic", "signature-good"),
    "simple.json": ("unreachable", "authentic", "signature-good"),
    "simple.jwt": ("invalid", "invalid", "schema-broken"),
    "simple_v1.json": ("unreachable", "authentic", "signature-good"),
    "velocity.jwt": ("invalid", "invalid", "method-refused"),
}
# What the index expects → verdicts that agree with it.
AGREEING = {
    "valid": {"authentic", "unreachable", "unverifiable"},
    "valid-warn": {"authentic", "unreachable", "unverifiable"},
    "valid-lax": {"authentic", "unverifiable"},
    "invalid": {"invalid", "modified", "expired", "revoked"},
}
# Where this library says otherwise than the index, and why.
DIFFERENT = {
    f"{EDTECH}/simple-multiple-proofs.json": "a proof of an unknown kind is told of; the other one proves the badge",
    f"{EDTECH}/credential-status-revoked.json": "the revocation list was not published with it: its state is unknown",
}
# Signed documents of W3C's that are no badges: `tests/formats/test_proofs.py` checks their signatures.
NO_BADGES = sorted(path.relative_to(VECTORS).as_posix() for path in VECTORS.glob("eddsa/**/signed*.json"))


def read(name: str):
    """The document of a file, and the token that it is the payload of."""
    found = containers.find((VECTORS / name).read_bytes())[0]
    token = jws.read(found.text) if found.kind is Kind.JWS else None
    return jsons.read(token.payload if token else found.text), token


def judged(name: str, pages: dict) -> Report:
    document, token = read(name)
    session = Session(Served(pages), AT, (), Report())
    verify_credential(session, document, token=token)
    return session.report


def answers(name: str) -> dict:
    """What the issuer of a vector would answer: the keys that its badge names."""
    document, token = read(name)
    issuer = issuer_id(seal(document, token).credential)
    if token and "jwk" in token.header:
        jwk = {
            "id": f"{issuer}#jwk",
            "type": "JsonWebKey",
            "controller": issuer,
            "publicKeyJwk": token.header["jwk"],
        }
        methods = [jwk]
    else:
        methods = [ident(proof.get("verificationMethod")) for proof in proofs.of(document)]
    address = did.web_address(issuer) if did.method(issuer) == "web" else issuer
    status_list = (VECTORS / EDTECH / "bit-string-list/testlist").read_bytes()
    return {address: {"id": issuer, "assertionMethod": methods}, LIST: status_list}


def index() -> dict[str, str]:
    with (VECTORS / "index.csv").open(newline="") as lines:
        return {row["file"]: row["expectation"] for row in csv.DictReader(lines)}


def test_every_file_has_its_row():
    files = {path.relative_to(VECTORS / EDTECH).as_posix() for path in (VECTORS / EDTECH).rglob("*")}

    assert {file for file in files if not (VECTORS / EDTECH / file).is_dir()} == EXPECTED.keys()
    assert len(EXPECTED) == 46
    assert len(NO_BADGES) == 8


@pytest.mark.parametrize("name", EXPECTED)
def test_without_a_network(name):
    report = judged(f"{EDTECH}/{name}", {})

    assert report.verdict == EXPECTED[name][0]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_door_of_all_versions_says_the_same(name):
    (found,) = containers.find((VECTORS / EDTECH / name).read_bytes())
    answered = verify(found, documents=Served(answers(f"{EDTECH}/{name}")), at=AT)

    assert answered.verdict == EXPECTED[name][1]
    assert answered.format in {"ob3-proof", "ob3-jwt"}


@pytest.mark.parametrize("name", EXPECTED)
def test_with_the_issuer_s_documents(name):
    report = judged(f"{EDTECH}/{name}", answers(f"{EDTECH}/{name}"))

    assert report.verdict == EXPECTED[name][1]
    assert EXPECTED[name][2] in [check.code for check in report.checks]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_index_agrees_or_the_difference_is_explained(name):
    path = f"{EDTECH}/{name}"
    agreeing = AGREEING.get(index()[path])

    if agreeing is not None:
        without, answered, _code = EXPECTED[name]

        assert (answered in agreeing) == (path not in DIFFERENT)
        assert without in {answered, "unreachable"}


def test_an_early_draft_is_refused():
    report = judged("ob30/digitalbazaar/obv3-example.json", {})

    assert report.verdict == "invalid"
    assert [check.code for check in report.checks] == ["type-not-badge"]


@pytest.mark.parametrize("name", NO_BADGES)
def test_a_credential_of_another_trade_is_no_badge(name):
    assert judged(name, {}).verdict == "not_a_badge"


def test_a_wrong_key_of_the_issuer_proves_nothing():
    """The twin of the good ones: the issuer lists another key than the one that signed."""
    pages = answers(f"{EDTECH}/simple.json")
    (issuer,) = [address for address in pages if address != LIST]
    pages[issuer]["assertionMethod"] = [f"{issuer}#z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x"]

    assert judged(f"{EDTECH}/simple.json", pages).verdict == "invalid"
