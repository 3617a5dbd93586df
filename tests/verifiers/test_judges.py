"""The judges themselves, on documents whose verdict is published: they say yes, and they can say no."""

import json
from pathlib import Path

from tests.verifiers.issuers import key_of, keys_of
from tests.verifiers.judges import ACHIEVEMENT, ENDORSEMENT, REFUSED, REVOKED, VALID, altered, job, served

VECTORS = Path(__file__).parent.parent / "vectors"
VALIDATOR = VECTORS / "ob30" / "1edtech-validator"
BEFORE_2030 = "2026-01-01T00:00:00Z"


def given(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_published_credentials_are_judged_as_published(judge):
    simple = given(VALIDATOR / "simple.json")
    endorsement = given(VALIDATOR / "endorsement-valid.json")
    broken = given(VALIDATOR / "simple-err-proof-value.json")
    w3c = given(VECTORS / "eddsa" / "eddsa-rdfc-2022" / "signedDataInt.json")
    documents = keys_of(simple, endorsement, w3c)
    changed = altered(json.dumps(simple), "Teamwork")
    table = [
        (job("data-integrity", simple, documents, now=BEFORE_2030), VALID),
        (job("wallet", simple, documents), VALID),
        (job("data-integrity", endorsement, documents, now=BEFORE_2030), VALID),
        (job("data-integrity", w3c, documents), VALID),
        (job("data-integrity", simple, {}), REFUSED),
        (job("data-integrity", broken, keys_of(broken)), REFUSED),
        (job("data-integrity", changed, documents, now=BEFORE_2030), REFUSED),
        (job("wallet", changed, documents), REFUSED),
        (job("data-integrity", given(VALIDATOR / "simple-err-expired.json"), documents), REFUSED),
        (job("data-integrity", given(VALIDATOR / "simple-noproof.json"), documents), REFUSED),
        (job("schema", simple, schema=ACHIEVEMENT), VALID),
        (job("schema", endorsement, schema=ENDORSEMENT), VALID),
        (job("schema", given(VALIDATOR / "simple-err-type.json"), schema=ACHIEVEMENT), REFUSED),
    ]

    assert [found.verdict for found in judge([asked for asked, _expected in table])] == [
        expected for _asked, expected in table
    ]


def test_a_key_of_another_issuer_is_refused(judge):
    simple = given(VALIDATOR / "simple.json")
    method, issuer = simple["proof"][0]["verificationMethod"], simple["issuer"]["id"]
    foreign = key_of("https://example.org/", method)
    unlisted = keys_of(simple) | key_of(issuer, f"{issuer}/another", method.partition("#")[2])

    other, nobody, wallet = judge(
        [
            job("data-integrity", simple, foreign, now=BEFORE_2030),
            job("data-integrity", simple, unlisted, now=BEFORE_2030),
            job("wallet", simple, foreign),
        ]
    )

    assert other.verdict == nobody.verdict == wallet.verdict == REFUSED
    assert "issuer must match the verification method controller" in other.why
    assert "not authorized" in nobody.why


def test_a_bit_of_a_status_list_revokes(judge):
    folder = VALIDATOR / "bit-string-list"
    revoked, statuses = given(folder / "credential-status-revoked.json"), given(folder / "testlist")
    documents = keys_of(revoked, statuses)
    address = revoked["credentialStatus"]["statusListCredential"]
    listed = documents | served(address, statuses)

    with_list, without = judge(
        [job("data-integrity", revoked, listed), job("data-integrity", revoked, documents)]
    )

    assert with_list.verdict == REVOKED
    assert without.verdict == REFUSED
