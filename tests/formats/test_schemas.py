"""1EdTech's schemas: what holds, what does not, and that reading is tolerant where JSON-LD is."""

import copy
import json
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badges.formats import schemas
from tests.cost import within
from tests.formats.refusals import megabytes, outcome
from tests.formats.test_canonical import CONTEXTS, achievement, credential, endorsed, evidence
from tests.formats.test_jsons import VALUES

OB30 = Path(__file__).parents[1] / "vectors" / "ob30" / "1edtech-validator"
GOOD = [
    "complete.json",
    "simple.json",
    "simple_v1.json",
    "simple-context-alias.json",
    "simple-context-version.json",
    "simple-multiple-proofs.json",
    "bit-string-list/credential-status-revoked.json",
]
BAD = {
    "context": [
        "/@context minItems",
        "/@context/0 enum",
        "/credentialSubject/achievement required",
        "/validFrom required",
    ],
    "credential-subject-achievement-result-description-type": [
        "/credentialSubject/achievement/resultDescription/2/type contains"
    ],
    "credential-subject-identifier-type": ["/credentialSubject/identifier/0/type enum"],
    "credential-subject-profile-type": ["/credentialSubject/source/type contains"],
    "credential-subject-result-type": ["/credentialSubject/result/1/type contains"],
    "credential-subject-type": ["/credentialSubject/type contains"],
    "evidence-type": ["/evidence/1/type contains"],
    "issuer-otheridentifier-type": ["/issuer oneOf"],
    "issuer-parentorg-type": ["/issuer oneOf"],
    "issuer-type": ["/issuer oneOf"],
    "issuer": ["/credentialSubject/achievement required", "/issuer required"],
    "type": ["/credentialSubject/achievement required", "/type contains"],
}


def vector(name: str) -> dict:
    return json.loads((OB30 / name).read_text())


def endorsement(**changes) -> dict:
    subject = {
        "id": "https://badges.test/badges/1",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Bien",
    }
    return credential(
        type=["VerifiableCredential", "EndorsementCredential"], credentialSubject=subject, **changes
    )


# Badges of others


@pytest.mark.parametrize("name", GOOD)
def test_good_cases_of_1edtech_hold(name):
    assert schemas.check_credential(vector(name)) == []


@pytest.mark.parametrize("name", BAD)
def test_faults_of_1edtech_s_cases_are_told(name):
    assert schemas.check_credential(vector(f"simple-err-{name}.json")) == BAD[name]


def test_an_endorsement_has_a_schema_of_its_own():
    assert schemas.check_credential(vector("endorsement-valid.json"), "EndorsementCredential") == []
    assert schemas.check_credential(endorsement(), "EndorsementCredential", strict=True) == []
    assert schemas.check_credential(credential(), "EndorsementCredential") == [
        "/credentialSubject/type contains", "/type contains",
    ]  # fmt: skip


def test_a_profile_has_a_schema_of_its_own():
    assert schemas.check_credential(credential()["issuer"], "Profile", strict=True) == []
    assert schemas.check_credential({"type": ["Profile"]}, "Profile") == ["/id required"]
    born = {"id": "urn:x", "type": ["Profile"], "dateOfBirth": "2001-02-03"}
    assert schemas.check_credential(born, "Profile") == []
    assert schemas.check_credential({**born, "dateOfBirth": "2001"}, "Profile") == ["/dateOfBirth format"]


def test_both_names_of_a_badge_are_of_one_schema():
    older = credential(type=["VerifiableCredential", "AchievementCredential"])

    assert schemas.check_credential(older, "AchievementCredential", strict=True) == []


# Strict and tolerant


def single(document: dict) -> dict:
    """The document with single values where lists of one were."""
    if isinstance(document, dict):
        return {name: single(value) for name, value in document.items()}
    if isinstance(document, list):
        return single(document[0]) if len(document) == 1 else [single(item) for item in document]
    return document


def test_single_values_are_read_but_not_written():
    document = credential(
        evidence=[{"type": ["Evidence"], "name": "a"}],
        endorsement=[endorsement(id="urn:uuid:1")],
        proof=[{"type": "DataIntegrityProof"}],
    )
    written = single(document)

    assert schemas.check_credential(document, strict=True) == []
    assert schemas.check_credential(written) == []
    assert schemas.check_credential(written, strict=True) == [
        "/credentialSubject/achievement/type type", "/credentialSubject/type type",
        "/endorsement type", "/evidence type", "/issuer oneOf", "/proof type",
    ]  # fmt: skip


def test_faults_under_a_single_value_are_told():
    document = single(credential(evidence=[{"type": ["Proof"], "name": "a"}]))

    assert schemas.check_credential(document) == ["/evidence/0/type contains"]


def test_the_older_data_model_is_read_but_not_written():
    document = credential()
    document["@context"] = ["https://www.w3.org/2018/credentials/v1", *CONTEXTS[1:]]
    document["issuanceDate"] = document.pop("validFrom")
    document["expirationDate"] = document.pop("validUntil")
    del document["id"]

    assert schemas.check_credential(document) == []
    assert schemas.check_credential(document, strict=True) == [
        "/@context/0 enum", "/id required", "/validFrom required",
    ]  # fmt: skip
    assert schemas.check_credential({**document, "issuanceDate": "hier"}) == ["/validFrom format"]


def test_the_document_is_left_as_it_was():
    document = single(credential())
    before = copy.deepcopy(document)
    schemas.check_credential(document)

    assert document == before


# What does not hold

REQUIRED = ["@context", "credentialSubject", "id", "issuer", "type", "validFrom"]


@pytest.mark.parametrize(
    "document, faults",
    [
        ({}, [f"/{name} required" for name in REQUIRED]),
        (credential(validFrom="2026-01-01"), ["/validFrom format"]),
        (credential(validFrom="2026-01-01T00:00:00"), ["/validFrom format"]),
        (credential(validFrom="2026-01-01T00:00:00+02:00"), []),
        (credential(validFrom="2026-01-01T00:00:00.123Z"), []),
        (credential(validFrom=1767225600), ["/validFrom type"]),
        (credential(id=5), ["/id type"]),
        (credential(issuer="https://badges.test/issuers/1"), []),
        (achievement(criteria=None), ["/credentialSubject/achievement/criteria type"]),
        (achievement(image={"id": "https://b.test/1.png"}), ["/credentialSubject/achievement/image/type required"]),
        (achievement(**{"a/b~c": 1}), []),
        (credential(evidence=[{"type": ["Evidence"], "a/b": 1}]), []),
    ],
)  # fmt: skip
def test_faults_are_told_by_place_and_keyword(document, faults):
    assert schemas.check_credential(document) == faults


def test_at_most_twenty_faults_are_told():
    document = credential(evidence=[{"type": ["Other"]} for _ in range(500)])

    assert len(schemas.check_credential(document)) == 20


def test_the_addresses_of_the_schemas_are_known():
    assert {item["id"] for item in vector("complete.json")["credentialSchema"]} <= schemas.KNOWN
    assert "https://schemas.test/1" not in schemas.KNOWN


@pytest.mark.parametrize("kind", schemas.FILES)
def test_no_schema_asks_for_another(kind):
    assert '"$ref": "http' not in (schemas.FOLDER / schemas.FILES[kind]).read_text()


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_arguments, **_options):
        raise AssertionError("A connection was asked for")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    named = [{"id": "https://schemas.test/1", "type": "JsonSchema"}]
    document = credential(credentialSchema=named, **{"$ref": "https://schemas.test/2"})

    assert schemas.check_credential(document) == []


# Whatever is given


@settings(max_examples=100)
@given(
    value=VALUES,
    place=st.sampled_from(
        ["@context", "type", "issuer", "credentialSubject", "evidence", "endorsement", "proof"]
    ),
)
def test_any_value_anywhere_is_judged(value, place):
    for document in (credential(**{place: value}), achievement(**{place: value})):
        assert len(schemas.check_credential(document)) <= 20


def nested(levels: int, **last) -> dict:
    profile = {"id": "https://p.test", "type": "Profile", **last}
    for _ in range(levels):
        profile = {"id": "https://p.test", "type": "Profile", "parentOrg": profile}
    return credential(issuer=profile)


@pytest.mark.parametrize(
    "document",
    [
        achievement(tag=list(range(19_000))),
        achievement(tag="x" * 250_000),
        evidence(4_000, name="x"),
        credential(evidence=[{"type": "Other"}] * 4_000),
        endorsed(600),
        nested(27),
        nested(27, name=5),
        credential(endorsement=[single(endorsement())] * 500),
    ],
    ids=["numbers", "long", "evidence", "wrong", "endorsed", "nested", "nested-wrong", "single"],
)
def test_the_worst_documents_take_little(document):
    within(2, lambda: outcome(schemas.check_credential, document))


def test_a_large_document_holds_little_memory():
    assert megabytes(schemas.check_credential, credential(endorsement=[single(endorsement())] * 60)) < 20
