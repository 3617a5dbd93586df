"""Embedded proofs: W3C's vectors byte for byte, and every way in which a proof can fail to hold."""

import copy
import json
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from badges.formats import canonical, keys, proofs
from badges.formats.multibase import b58, unb58
from tests.cost import within
from tests.formats.refusals import code, megabytes, outcome, refusal
from tests.formats.test_canonical import CONTEXTS, achievement, credential
from tests.formats.test_jsons import VALUES

EDDSA = Path(__file__).parents[1] / "vectors" / "eddsa"
OB30 = EDDSA.parent / "ob30" / "1edtech-validator"
KEY = Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
METHOD, CREATED = "https://badges.test/keys/1", "2026-01-01T00:00:00Z"


def vector(name: str) -> dict:
    return json.loads((EDDSA / name).read_text())


def private(multibase: str) -> Ed25519PrivateKey:
    # Multicodec ed25519-priv: two bytes, then the seed.
    return Ed25519PrivateKey.from_private_bytes(unb58(multibase[1:])[2:])


def key_of(proof: dict) -> keys.PublicKey:
    return keys.of_multikey(proof["verificationMethod"].rpartition("#")[2])


def signed(document: dict | None = None) -> dict:
    return proofs.sign(document or credential(), key=KEY, method=METHOD, created=CREATED)


def judged(document: dict, **changes) -> str:
    """The outcome for the first proof of a document, with changes to it, and the key that made it."""
    proof = {**proofs.of(document)[0], **changes}
    return outcome(proofs.check, {**document, "proof": [proof]}, proof, KEY.public_key())


# The vectors of the W3C (vc-di-eddsa, appendix B)


@pytest.mark.parametrize(
    "folder, suffix, name",
    [
        ("eddsa-rdfc-2022", "DataInt", proofs.RDFC),
        ("eddsa-jcs-2022", "JCS", proofs.JCS),
        ("Ed25519Signature2020", "EdSig", proofs.LEGACY),
    ],
)
def test_hashes_and_signature_are_those_of_the_w3c(folder, suffix, name):
    document = vector(f"{folder}/signed{suffix}.json")
    proof = document.pop("proof")
    options = {member: value for member, value in proof.items() if member != "proofValue"}
    data = proofs._hashes(document, options, name)
    expected = (EDDSA / folder / f"combinedHash{suffix}.txt").read_text().strip()
    signature = private(vector("keyPair.json")["privateKeyMultibase"]).sign(data)

    assert data.hex() == expected
    assert signature.hex() == (EDDSA / folder / f"sigHex{suffix}.txt").read_text().strip()
    assert "z" + b58(signature) == proof["proofValue"]
    proofs.check({**document, "proof": proof}, proof, key_of(proof))


@pytest.mark.parametrize("part", ["doc", "proof"])
def test_each_hash_is_that_of_the_w3c(part):
    folder = EDDSA / "eddsa-rdfc-2022"
    name = {"doc": "canonDocDataInt.txt", "proof": "proofCanonDataInt.txt"}[part]
    digest = (folder / f"{part}HashDataInt.txt").read_text().strip()

    assert sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_w3c_s_document_is_signed_to_the_same_byte():
    document = vector("eddsa-rdfc-2022/signedDataInt.json")
    proof = document["proof"]
    key = private(vector("keyPair.json")["privateKeyMultibase"])

    made = proofs.sign(document, key=key, method=proof["verificationMethod"], created=proof["created"])
    assert made == {**document, "proof": [proof]}


CHAINS = {"signedProofSet1": 1, "signedProofSet2": 2, "signedProofChain1": 3, "signedProofChain2": 4}


@pytest.mark.parametrize("name, count", list(CHAINS.items()))
def test_every_proof_of_a_set_or_chain_is_good(name, count):
    document = vector(f"proof-set-chain/{name}.json")
    found = proofs.of(document)

    assert len(found) == count
    assert [outcome(proofs.check, document, proof, key_of(proof)) for proof in found] == ["good"] * count


def test_a_proof_that_follows_others_signs_them():
    document = vector("proof-set-chain/signedProofChain2.json")
    first, second, third, fourth = document["proof"]

    third_alone = {**document, "proof": [first, third]}
    assert code(proofs.check, third_alone, third, key_of(third)) == "proof-chain"
    other = {**second, "created": "2024-01-01T00:00:00Z"}
    changed = {**document, "proof": [first, other, third, fourth]}
    assert code(proofs.check, changed, third, key_of(third)) == "signature-wrong"
    assert outcome(proofs.check, changed, first, key_of(first)) == "good"
    assert outcome(proofs.check, changed, fourth, key_of(fourth)) == "good"


@pytest.mark.parametrize("names", ["urn:uuid:none", ["urn:uuid:none"], [None], [5], None, {}, [{}]])
def test_a_proof_that_follows_what_is_not_there_is_refused(names):
    assert judged(signed(), previousProof=names) == "proof-chain"


def test_the_vector_with_another_s_vocabulary_is_not_read():
    document = vector("eddsa-rdfc-2022/employ/signedDataInt.json")

    refused = refusal(proofs.check, document, document["proof"], key_of(document["proof"]))
    assert refused.params == {"address": "https://w3id.org/citizenship/v4rc1"}


# Badges of others


@pytest.mark.parametrize(
    "name, expected",
    [
        ("complete.json", "good"),
        ("credential-status-revoked.json", "good"),
        ("endorsement-valid.json", "good"),
        ("simple.json", "good"),
        ("simple_v1.json", "good"),
        ("simple-context-version.json", "good"),
        ("simple-err-expired.json", "good"),
        ("simple-err-proof-value.json", "signature-wrong"),
        ("simple-eddsa-2022.json", "proof-suite-unknown"),
        ("sd/derivedcredential.json", "proof-suite-unknown"),
    ],
)
def test_signatures_of_1edtech_s_cases(name, expected):
    document = json.loads((OB30 / name).read_text())
    proof = proofs.of(document)[0]
    key = key_of(proof) if expected in {"good", "signature-wrong"} else KEY.public_key()

    assert outcome(proofs.check, document, proof, key) == expected


def test_of_several_proofs_each_is_judged_alone():
    document = json.loads((OB30 / "simple-multiple-proofs.json").read_text())
    other, good = proofs.of(document)

    assert refusal(proofs.check, document, other, KEY.public_key()).params == {"suite": "SomeProofType"}
    assert outcome(proofs.check, document, good, key_of(good)) == "good"


# Signing


def test_a_proof_is_written_as_asked():
    document = signed()
    proof = document["proof"][0]

    assert list(proof) == [
        "type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue",
    ]  # fmt: skip
    assert {**proof, "proofValue": ""} == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": CREATED,
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        "proofValue": "",
    }
    assert {name: value for name, value in document.items() if name != "proof"} == credential()
    assert outcome(proofs.check, document, proof, KEY.public_key()) == "good"


def test_signing_twice_gives_the_same_and_replaces_the_older_proof():
    assert signed(signed()) == signed()


@pytest.mark.parametrize(
    "document, expected",
    [
        (credential(colour="red"), "term-dropped"),
        (credential(id="1"), "identifier-relative"),
        (credential(**{"@context": [*CONTEXTS, {"x": "urn:x"}]}), "context-inline"),
        (credential(**{"@context": ["https://other.test/"]}), "context-unknown"),
    ],
)
def test_what_would_not_be_covered_is_not_signed(document, expected):
    assert code(proofs.sign, document, key=KEY, method=METHOD, created=CREATED) == expected


def test_a_method_that_is_no_address_is_not_signed():
    assert code(proofs.sign, credential(), key=KEY, method="keys/1", created=CREATED) == "identifier-relative"


# Which proofs there are


@pytest.mark.parametrize(
    "given_proof, count",
    [([], 0), (None, 0), ("z123", 0), ({}, 1), ([{}, {}], 2), ([{}, "x", None], 1), ([[{}]], 0)],
)
def test_proofs_are_found_however_they_are_written(given_proof, count):
    assert len(proofs.of(credential(proof=given_proof))) == count


def test_without_proof_there_is_none():
    assert proofs.of(credential()) == []


@pytest.mark.parametrize(
    "proof, name",
    [
        ({"type": "DataIntegrityProof", "cryptosuite": "bbs-2023"}, "bbs-2023"),
        ({"type": "DataIntegrityProof"}, ""),
        ({"type": "DataIntegrityProof", "cryptosuite": ["eddsa-rdfc-2022"]}, ""),
        ({"type": "Ed25519Signature2020", "cryptosuite": "eddsa-rdfc-2022"}, "Ed25519Signature2020"),
        ({"type": "eddsa-rdfc-2022"}, "eddsa-rdfc-2022"),
        ({"type": ["DataIntegrityProof"]}, ""),
        ({}, ""),
    ],
)
def test_the_suite_of_a_proof(proof, name):
    assert proofs.suite(proof) == name


# What does not hold


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({}, "good"),
        ({"proofPurpose": "authentication"}, "proof-purpose"),
        ({"proofPurpose": None}, "proof-purpose"),
        ({"proofPurpose": ["assertionMethod"]}, "proof-purpose"),
        ({"cryptosuite": "eddsa-2022"}, "proof-suite-unknown"),
        ({"cryptosuite": "EDDSA-RDFC-2022"}, "proof-suite-unknown"),
        ({"cryptosuite": "eddsa-jcs-2022"}, "signature-wrong"),
        ({"type": "Ed25519Signature2020"}, "term-dropped"),
        ({"type": "eddsa-rdfc-2022"}, "term-dropped"),
        ({"created": "2025-01-01T00:00:00Z"}, "signature-wrong"),
        ({"verificationMethod": "https://other.test/key"}, "signature-wrong"),
        ({"verificationMethod": "keys/1"}, "identifier-relative"),
        ({"domain": "https://other.test"}, "signature-wrong"),
        ({"expires": "2030-01-01T00:00:00Z"}, "signature-wrong"),
        ({"colour": "red"}, "term-dropped"),
        ({"@context": {"created": "urn:x"}}, "context-inline"),
        ({"proofValue": None}, "proof-value"),
        ({"proofValue": ""}, "proof-value"),
        ({"proofValue": "z"}, "proof-value"),
        ({"proofValue": "u" + "A" * 86}, "proof-value"),
        ({"proofValue": "z" + b58(bytes(63))}, "proof-value"),
        ({"proofValue": "z" + b58(b"\1" * 65)}, "proof-value"),
        ({"proofValue": "z" + "0" * 88}, "proof-value"),
        ({"proofValue": "z" + "1" * 1_000_000}, "proof-value"),
        ({"proofValue": "z" + b58(bytes(64))}, "signature-wrong"),
        ({"proofValue": "z" + b58(b"\1" * 64)}, "signature-wrong"),
        ({"proofValue": ["z"]}, "proof-value"),
    ],
)
def test_a_proof_that_was_changed_does_not_hold(changes, expected):
    assert judged(signed(), **changes) == expected


def test_a_type_that_is_the_name_of_a_suite_does_not_hold():
    # Only DataIntegrityProof has cryptosuites.
    document = signed()
    proof = {**document["proof"][0], "type": "eddsa-jcs-2022"}

    assert outcome(proofs.check, document, proof, KEY.public_key()) != "good"


@pytest.mark.parametrize("private_key", [keys.new_rsa(), keys.new_ed25519()], ids=["rsa", "ed25519"])
def test_another_key_did_not_make_it(private_key):
    document = signed()
    expected = "signature-wrong" if isinstance(private_key, Ed25519PrivateKey) else "alg-not-of-key"

    assert code(proofs.check, document, document["proof"][0], private_key.public_key()) == expected


def leaves(value, path=()):
    """Paths of all that can be changed in a document."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from leaves(part, (*path, number))
    else:
        yield path


COMPLETE = json.loads((OB30 / "complete.json").read_text())


def altered(document: dict, path: tuple, value=None) -> dict:
    """The document with another value at a path, or without it."""
    copied = copy.deepcopy(document)
    holder = copied
    for part in path[:-1]:
        holder = holder[part]
    if value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return copied


def rich() -> dict:
    """A badge in which nothing is said twice."""
    document = achievement(
        image={"id": "https://badges.test/1.png", "type": "Image", "caption": "Fer"},
        alignment=[{"type": ["Alignment"], "targetName": "RNCP", "targetUrl": "https://rncp.test/1"}],
    )
    identifier = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": "sha256$00",
        "identityType": "emailAddress",
        "salt": "s",
    }
    subject = {**document["credentialSubject"], "identifier": [identifier], "role": "soudeuse"}
    status = {
        "id": "https://badges.test/lists/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://badges.test/lists/1",
    }
    evidence = [
        {"id": "https://badges.test/e/1", "type": ["Evidence"], "name": "Carte", "narrative": "Faite"}
    ]
    return signed(
        {**document, "credentialSubject": subject, "credentialStatus": status, "evidence": evidence}
    )


def one_of_each(document) -> list:
    """Paths to its values, one for each property: the tenth item of a list is signed as the first is."""
    return list(
        {tuple(step for step in path if isinstance(step, str)): path for path in leaves(document)}.values()
    )


@pytest.mark.parametrize("document", [rich(), COMPLETE], ids=["rich", "complete"])
def test_no_value_of_a_badge_can_be_changed(document):
    unsecured = {name: part for name, part in document.items() if name != "proof"}
    proof = proofs.of(document)[0]
    key, paths = KEY.public_key() if document is not COMPLETE else key_of(proof), one_of_each(unsecured)

    assert outcome(proofs.check, unsecured, proof, key) == "good"
    assert len(paths) > 30
    assert [
        path
        for path in paths
        if outcome(proofs.check, altered(unsecured, path, "urn:other"), proof, key) == "good"
    ] == []


def test_no_value_of_a_badge_can_be_taken_away():
    document = rich()
    proof, paths = document["proof"][0], [path for path in leaves(document) if path[0] != "proof"]

    assert [
        path
        for path in paths
        if outcome(proofs.check, altered(document, path), proof, KEY.public_key()) == "good"
    ] == []


# The context of a proof in JCS (vc-di-eddsa, section 3.3.2)


def test_a_proof_in_jcs_holds_when_contexts_were_added():
    document = vector("eddsa-jcs-2022/signedJCS.json")
    added = {**document, "@context": [*document["@context"], "https://other.test/"]}

    assert outcome(proofs.check, added, document["proof"], key_of(document["proof"])) == "good"


V2 = "https://www.w3.org/ns/credentials/v2"


@pytest.mark.parametrize("contexts", [[], [V2], ["https://other.test/", V2], None])
def test_a_proof_in_jcs_fails_when_its_contexts_are_not_the_first(contexts):
    document = vector("eddsa-jcs-2022/signedJCS.json")
    other = {**document, "@context": contexts}

    assert code(proofs.check, other, document["proof"], key_of(document["proof"])) == "proof-context"


def test_a_proof_in_jcs_without_context_signs_the_document_as_it_is():
    options = {"type": "DataIntegrityProof", "cryptosuite": proofs.JCS, "proofPurpose": "assertionMethod"}
    hashes = sha256(canonical.jcs(options)).digest() + sha256(canonical.jcs(credential())).digest()
    proof = {**options, "proofValue": "z" + b58(KEY.sign(hashes))}

    assert outcome(proofs.check, credential(), proof, KEY.public_key()) == "good"
    assert code(proofs.check, credential(name="x"), proof, KEY.public_key()) == "signature-wrong"


def test_a_number_that_jcs_does_not_know_is_refused():
    proof = {**signed()["proof"][0], "cryptosuite": proofs.JCS}

    assert code(proofs.check, credential(big=2**60), proof, KEY.public_key()) == "json-number"


# Whatever is given


@given(
    name=st.sampled_from(["type", "created", "previousProof", "@context", "proofValue", "id", "nonce"]),
    value=VALUES,
)
def test_whatever_a_proof_says_it_is_judged(name, value):
    document = signed()

    for suite in (proofs.RDFC, proofs.JCS):
        judged(document, cryptosuite=suite, **{name: value})


@pytest.mark.parametrize(
    "proof",
    [
        {"domain": [f"d{n}" for n in range(19_000)]},
        {"nonce": "x" * 250_000},
        {"previousProof": [f"urn:{n}" for n in range(19_000)]},
        {"expires": {"id": "urn:x"}},
    ],
    ids=["domains", "nonce", "previous", "expires"],
)
def test_the_worst_proofs_take_little(proof):
    within(1, lambda: outcome(judged, signed(), **proof))
    assert megabytes(judged, signed(), **proof) < 60


def test_signing_takes_some_milliseconds():
    document = achievement(tag=["a", "b", "c"])
    signed(document)

    within(0.02, lambda: signed(document))
