"""Data Integrity: good ones, and everything that makes one worthless."""

from copy import deepcopy
from hashlib import sha256

import pytest

from badges.formats import canonical, jsons, keys, multibase
from badges.formats.documents import Answer
from badges.formats.report import Verdict
from tests.formats.verify.credentials import (
    AT,
    CONTEXTS,
    EXTENSIONS,
    ISSUER,
    KEY,
    LEGACY,
    MULTIKEY,
    OB3,
    OTHER,
    OTHER_MULTIKEY,
    RSA,
    SIGNER,
    SITE,
    V1,
    V2,
    award,
    codes,
    multikey,
    profile,
    proved,
    rsa,
    site,
    verdict,
    verified,
    without,
)
from tests.formats.verify.served import Served

DID_KEY = f"did:key:{MULTIKEY}"
DID_WEB = "did:web:issuer.example:issuers:1"
DID_WEB_ADDRESS = f"{SITE}/issuers/1/did.json"
FRAGMENT = f"{ISSUER}#{MULTIKEY}"
EVIL = "https://evil.example"
HTTP_ISSUER, HTTP_KEY = (address.replace("https", "http") for address in (ISSUER, KEY))


def did_award(issuer: str, method: str):
    return proved(award(issuer={"id": issuer, "type": ["Profile"]}), method=method)


def did_document(**changes):
    method = multikey(f"{DID_WEB}#key-1", controller=DID_WEB)
    whole = {"id": DID_WEB, "verificationMethod": [method], "assertionMethod": [f"{DID_WEB}#key-1"]}
    return {DID_WEB_ADDRESS: {**whole, **changes}}


def test_a_badge_with_its_issuer_s_key_is_authentic():
    report = verified(proved(award()))

    assert report.verdict == Verdict.AUTHENTIC
    assert report.format == "ob3-proof"
    assert codes(report, True) == [
        "standard-known",
        "shape-good",
        "signature-good",
        "key-of-issuer",
        "status-not-offered",
        "dates-good",
    ]
    assert [read.address for read in report.reads] == [ISSUER, KEY]
    assert set(report.copies) == {ISSUER, KEY}


@pytest.mark.parametrize(
    "document, pages",
    [
        # The key at an address of its own, named by the issuer, or in the issuer's document.
        (proved(award()), site()),
        (proved(award()), site(ISSUER=profile(multikey()), KEY=None)),
        (proved(award()), site(ISSUER=profile(KEY, verificationMethod=[multikey()]), KEY=None)),
        (proved(award()), site(ISSUER=profile(KEY, verificationMethod=multikey(), assertionMethod=KEY))),
        # By a fragment of the issuer's document, written out or relative.
        (
            proved(award(), method=f"{ISSUER}#k"),
            site(ISSUER=profile(f"{ISSUER}#k", verificationMethod=[multikey(f"{ISSUER}#k")])),
        ),
        (
            proved(award(), method=f"{ISSUER}#k"),
            site(ISSUER=profile("#k", verificationMethod=[multikey("#k")])),
        ),
        (proved(award(), method=FRAGMENT), site(ISSUER=profile(FRAGMENT))),
        # In another controller document, which the issuer lists.
        (
            proved(award(), method=f"{SITE}/keys#k"),
            site(
                ISSUER=profile(f"{SITE}/keys#k"),
                KEY=None,
            )
            | {f"{SITE}/keys": {"verificationMethod": [multikey(f"{SITE}/keys#k")]}},
        ),
        # A JWK, an older kind of document.
        (
            proved(award()),
            site(
                KEY=multikey(
                    type="JsonWebKey",
                    publicKeyMultibase=None,
                    publicKeyJwk=keys.jwk(SIGNER.public_key()),
                )
            ),
        ),
        (proved(award()), site(KEY=multikey(type="Ed25519VerificationKey2020"))),
        # DIDs.
        (proved(award(), method=DID_KEY), site(ISSUER=profile(DID_KEY))),
        (proved(award(), method=f"{DID_KEY}#{MULTIKEY}"), site(ISSUER=profile(DID_KEY))),
        (proved(award(), method=f"{DID_KEY}#{MULTIKEY}"), site(ISSUER=profile(f"{DID_KEY}#{MULTIKEY}"))),
        (did_award(DID_WEB, f"{DID_WEB}#key-1"), did_document()),
        (
            did_award(DID_WEB, f"{DID_WEB}#{MULTIKEY}"),
            did_document(assertionMethod=[f"{DID_WEB}#{MULTIKEY}"]),
        ),
        # http and https are one issuer; the issuer is only named.
        (proved(award()), site(ISSUER=profile(id=ISSUER.replace("https", "http")))),
        (proved(award(issuer=ISSUER)), site()),
    ],
)
def test_keys_of_the_issuer_are_found(document, pages):
    assert verdict(document, pages) == Verdict.AUTHENTIC


@pytest.mark.parametrize("method", [DID_KEY, f"{DID_KEY}#{MULTIKEY}"])
def test_whose_a_key_is_that_is_its_own_issuer_nobody_knows(method):
    """Whoever has a key may sign « Université » with it."""
    report = verified(did_award(DID_KEY, method), {})

    assert report.verdict == Verdict.UNVERIFIABLE
    assert codes(report, None) == ["issuer-self-asserted", "recipient-not-asked"]
    assert {"signature-good", "key-of-issuer"} <= set(codes(report, True))


@pytest.mark.parametrize(
    "document, pages, expected, code",
    [
        # The issuer's document is there and does not list the key.
        (proved(award()), site(ISSUER=profile(RSA)), "invalid", "key-not-listed"),
        (
            proved(award()),
            site(ISSUER=profile(assertionMethod=None)),
            "unverifiable",
            "keys-not-told",
        ),
        (
            proved(award()),
            site(ISSUER=profile(assertionMethod=None, authentication=[KEY], verificationMethod=[multikey()])),
            "invalid",
            "key-not-listed",
        ),
        (proved(award(), method=FRAGMENT), site(), "invalid", "key-not-listed"),
        (proved(award(), method=DID_KEY), site(), "invalid", "key-not-listed"),
        (did_award(f"did:key:{OTHER_MULTIKEY}", DID_KEY), {}, "invalid", "key-not-listed"),
        (did_award(DID_KEY, KEY), site(), "invalid", "key-not-listed"),
        (
            did_award(DID_WEB, f"{DID_WEB}#key-1"),
            did_document(assertionMethod=[]),
            "invalid",
            "key-not-listed",
        ),
        # An attacker's own key, with the issuer's name.
        (
            proved(award(), key=OTHER, method=f"{EVIL}/key"),
            site() | {f"{EVIL}/key": multikey(f"{EVIL}/key", publicKeyMultibase=OTHER_MULTIKEY)},
            "invalid",
            "key-not-listed",
        ),
        (
            proved(award(), key=OTHER, method=f"{ISSUER}#{OTHER_MULTIKEY}"),
            site(),
            "invalid",
            "key-not-listed",
        ),
        # Another controller.
        (proved(award()), site(KEY=multikey(controller=EVIL)), "invalid", "key-of-other"),
        (proved(award()), site(KEY=multikey(controller=None)), "invalid", "key-of-other"),
        (proved(award()), site(KEY=multikey(controller=[EVIL, ISSUER])), "invalid", "key-of-other"),
        (proved(award()), site(ISSUER=profile(multikey(controller=EVIL))), "invalid", "key-of-other"),
        # Another document than the one that was asked for.
        (proved(award()), site(ISSUER=profile(id=EVIL)), "invalid", "issuer-document-of-other"),
        (proved(award()), site(ISSUER=profile(id=None)), "invalid", "issuer-document-of-other"),
        (proved(award()), site(KEY=multikey(f"{KEY}0")), "invalid", "key-not-found"),
        (
            proved(award(), method=f"{ISSUER}#gone"),
            site(ISSUER=profile(f"{ISSUER}#gone")),
            "invalid",
            "key-not-found",
        ),
        # Keys that are none, or that everybody has.
        (proved(award()), site(KEY=multikey(publicKeyMultibase="z6Mkgarbage")), "invalid", "key-unreadable"),
        (proved(award()), site(KEY=multikey(secretKeyMultibase="z3u2")), "invalid", "key-private"),
        (
            proved(award()),
            site(KEY={**keys.jwk(rsa().public_key()), "controller": ISSUER}),
            "invalid",
            "alg-not-of-key",
        ),
        (proved(award()), site(KEY=multikey(revoked="2026-05-01T00:00:00Z")), "invalid", "key-revoked"),
        (proved(award()), site(KEY=multikey(expires="2026-05-01T00:00:00Z")), "invalid", "key-expires"),
        (proved(award()), site(KEY=multikey(expires="one day")), "invalid", "key-expires"),
        # The issuer's other key: what was signed is not what is shown.
        (proved(award(), key=OTHER), site(), "modified", "signature-wrong"),
        (proved(award(), key=OTHER, method=FRAGMENT), site(), "modified", "signature-wrong"),
        (
            proved(award(), method=FRAGMENT),
            site(
                ISSUER=profile(
                    FRAGMENT, verificationMethod=[multikey(FRAGMENT, publicKeyMultibase=OTHER_MULTIKEY)]
                )
            ),
            "modified",
            "signature-wrong",
        ),
        (proved(award(), key=OTHER, method=DID_KEY), site(), "invalid", "signature-wrong"),
        # Nobody answers, or something else does.
        (proved(award()), {}, "unreachable", "fetch-no-answer"),
        (proved(award()), site(KEY=None), "unreachable", "fetch-no-answer"),
        (proved(award()), site(ISSUER=404), "unreachable", "answer-status"),
        (proved(award()), site(ISSUER=500), "unreachable", "answer-status"),
        (proved(award(), method=FRAGMENT), {}, "unreachable", "fetch-no-answer"),
        (proved(award(), method=DID_KEY), {}, "unverifiable", "key-without-issuer"),
        (did_award("urn:uuid:1", DID_KEY), {}, "unverifiable", "issuer-without-address"),
        (did_award("did:example:1", DID_KEY), {}, "unverifiable", "issuer-without-address"),
        (proved(award()), site(ISSUER=b"<html>"), "unverifiable", "issuer-document-unreadable"),
        (proved(award()), site(ISSUER=[1]), "unverifiable", "issuer-document-unreadable"),
        (proved(award()), site(KEY=b"\xff"), "unverifiable", "issuer-document-unreadable"),
        # A redirect to somebody else does not make him the issuer.
        (
            proved(award()),
            site(ISSUER=Answer(f"{EVIL}/i", 200, b'{"id":"' + ISSUER.encode() + b'"}')),
            "unverifiable",
            "document-from-elsewhere",
        ),
        # What comes by http could be anybody's.
        (
            proved(award()),
            site(ISSUER=Answer(HTTP_ISSUER, 200, jsons.write(profile()).encode())),
            "unverifiable",
            "hosted-plain",
        ),
        (
            proved(award(), method=HTTP_KEY),
            {**site(ISSUER=profile(HTTP_KEY), KEY=None), HTTP_KEY: multikey(HTTP_KEY)},
            "unverifiable",
            "hosted-plain",
        ),
        # Addresses of no use.
        (proved(award(), method="mailto:key@issuer.example"), site(), "invalid", "method-refused"),
        (proved(award(), method="did:example:1#key"), site(), "invalid", "method-refused"),
        (
            proved(award(), method="https://issuer.example@evil.example/k"),
            site(),
            "invalid",
            "method-refused",
        ),
    ],
)
def test_keys_that_are_not_the_issuer_s_prove_nothing(document, pages, expected, code):
    report = verified(document, pages)

    assert report.verdict == expected
    assert code in codes(report, None if expected in {"unreachable", "unverifiable"} else False)


def test_a_good_signature_is_told_even_when_the_issuer_is_away():
    report = verified(proved(award(), method=FRAGMENT), {})

    assert codes(report, True) == ["standard-known", "shape-good", "signature-good", "dates-good"]
    assert report.verdict == Verdict.UNREACHABLE


def paths(value, path=()):
    """Every place of a document that holds a text."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from paths(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*path, number))
    elif isinstance(value, str):
        yield path


def changed(document, path, value):
    copy = deepcopy(document)
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copy


SIGNED = proved(award(validUntil="2027-01-01T00:00:00Z", credentialStatus=None))


@pytest.mark.parametrize("path", list(paths(SIGNED)), ids=lambda path: "/".join(map(str, path)))
def test_a_changed_text_is_never_authentic(path):
    value = SIGNED
    for step in path:
        value = value[step]

    assert verdict(SIGNED) == Verdict.AUTHENTIC
    assert verdict(changed(SIGNED, path, f"{value}0")) in {
        "modified",
        "invalid",
        "unreachable",
        "unverifiable",
    }
    assert verdict(changed(SIGNED, path, "")) in {"modified", "invalid", "unreachable", "unverifiable"}


@pytest.mark.parametrize(
    "path, value",
    [
        (("credentialSubject", "achievement", "name"), "Prix Nobel"),
        (("credentialSubject", "achievement", "description"), "Won."),
        (("credentialSubject", "identifier", 0, "identityHash"), "sha256$00"),
        (("credentialSubject", "identifier", 0, "salt"), "other"),
        (("credentialSubject", "id"), "urn:uuid:other"),
        (("validFrom",), "2026-02-01T00:00:00Z"),
        (("validUntil",), "2099-01-01T00:00:00Z"),
        (("issuer", "name"), "Sorbonne"),
        (("id",), f"{SITE}/credentials/2"),
        (("name",), "Bob"),
        (("proof", 0, "created"), "2025-01-01T00:00:00Z"),
    ],
)
def test_a_change_that_keeps_the_shape_is_a_modification(path, value):
    assert verdict(changed(SIGNED, path, value)) == Verdict.MODIFIED


def test_what_is_taken_out_or_put_in_is_a_modification():
    without_end = {name: value for name, value in SIGNED.items() if name != "validUntil"}

    assert verdict(without_end) == Verdict.MODIFIED
    assert verdict({**SIGNED, "awardedDate": "2026-01-01T00:00:00Z"}) == Verdict.MODIFIED


@pytest.mark.parametrize(
    "change, code",
    [
        ({"proof": []}, "no-proof"),
        ({"proof": None}, "no-proof"),
        ({"proof": "z6Mk"}, "no-proof"),
        ({"surprise": "not a term"}, "term-dropped"),
        ({"https://issuer.example/terms#x": "1"}, "term-disguised"),
        ({"@graph": []}, "term-disguised"),
        ({"type": ["VerifiableCredential", "OpenBadgeCredential", "NoSuchType"]}, "identifier-relative"),
        ({"@context": [*CONTEXTS, {"name": "https://evil.example/name"}]}, "context-inline"),
        ({"@context": [*CONTEXTS, {}]}, "context-inline"),
        ({"@context": [*CONTEXTS, None]}, "context-inline"),
        ({"@context": [OB3, V2]}, "context-missing"),
    ],
)
def test_documents_that_say_more_than_can_be_signed_are_refused(change, code):
    report = verified({**SIGNED, **change})

    assert report.verdict == Verdict.INVALID
    assert code in codes(report)


@pytest.mark.parametrize("pages", [site(), {}], ids=["answering", "silent"])
def test_a_hostile_document_is_refused_whether_or_not_its_issuer_answers(pages):
    assert verdict({**SIGNED, "surprise": "not a term"}, pages) == Verdict.INVALID


def test_unknown_vocabularies_are_told_and_not_believed():
    """EduBadges has its own context: what it means is not known here."""
    report = verified({**SIGNED, "@context": [*CONTEXTS, "https://edubadges.example/context.json"]})

    assert report.verdict == Verdict.UNVERIFIABLE
    assert codes(report, None)[0] == "context-unknown"


@pytest.mark.parametrize(
    "change, expected, code",
    [
        ({"proofPurpose": "authentication"}, "invalid", "proof-purpose"),
        ({"proofPurpose": None}, "invalid", "proof-purpose"),
        ({"proofValue": "z" + "1" * 64}, "modified", "signature-wrong"),
        ({"proofValue": "not base58"}, "invalid", "proof-value"),
        ({"proofValue": None}, "invalid", "proof-value"),
        ({"verificationMethod": None}, "invalid", "method-refused"),
        ({"verificationMethod": "key"}, "invalid", "method-refused"),
        ({"cryptosuite": "eddsa-rdfc-2023"}, "unverifiable", "proof-suite-unknown"),
        ({"cryptosuite": None}, "unverifiable", "proof-suite-unknown"),
        ({"type": "RsaSignature2018"}, "unverifiable", "proof-suite-unknown"),
        ({"type": ["DataIntegrityProof"]}, "invalid", "schema-broken"),
    ],
)
def test_a_proof_that_is_not_one(change, expected, code):
    (proof,) = SIGNED["proof"]
    report = verified({**SIGNED, "proof": [without({**proof, **change})]})

    assert report.verdict == expected
    assert code in [check.code for check in report.checks]


def test_a_proof_may_stand_alone_instead_of_in_a_list():
    assert verdict({**SIGNED, "proof": SIGNED["proof"][0]}) == Verdict.AUTHENTIC


def test_one_good_proof_is_enough_and_strange_ones_are_told():
    strange = {"type": "SomeProof", "proofPurpose": "assertionMethod"}
    report = verified({**SIGNED, "proof": [strange, *SIGNED["proof"]]})

    assert report.verdict == Verdict.AUTHENTIC
    assert "proof-suite-unknown" in codes(report, None)


def test_a_bad_proof_beside_a_good_one_changes_nothing():
    foreign = proved(award(validUntil="2027-01-01T00:00:00Z"), key=OTHER, method=f"did:key:{OTHER_MULTIKEY}")

    assert verdict({**SIGNED, "proof": foreign["proof"] + SIGNED["proof"]}) == Verdict.AUTHENTIC
    assert verdict({**SIGNED, "proof": foreign["proof"]}) == Verdict.INVALID


def test_the_issuer_s_own_proof_is_looked_at_first():
    others = [
        {
            **SIGNED["proof"][0],
            "verificationMethod": f"did:key:{OTHER_MULTIKEY}",
            "created": f"202{n}-01-01T00:00:00Z",
        }
        for n in range(5)
    ]

    assert verdict({**SIGNED, "proof": others + SIGNED["proof"]}) == Verdict.AUTHENTIC
    assert verdict({**SIGNED, "proof": others}) == Verdict.INVALID


def test_of_a_thousand_proofs_only_the_first_are_looked_at():
    served = Served(site())
    proof = {**SIGNED["proof"][0], "proofValue": "z" + "1" * 64}
    report = verified({**SIGNED, "proof": [proof] * 200 + SIGNED["proof"]}, served)

    assert report.verdict == Verdict.MODIFIED
    assert served.asked == [ISSUER, KEY]
    assert codes(report).count("signature-wrong") == 2


def test_a_proof_that_has_expired_is_told():
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "expires": "2026-05-01T00:00:00Z",
    }
    document = secured_in_jcs(award(), options)

    assert verdict(document, at=AT.replace(month=4)) == Verdict.AUTHENTIC
    assert verdict(document) == Verdict.EXPIRED


def secured_in_jcs(document, options):
    proof = {**options, "verificationMethod": KEY, "proofPurpose": "assertionMethod"}
    hashes = sha256(canonical.jcs(proof)).digest() + sha256(canonical.jcs(document)).digest()
    return {**document, "proof": [{**proof, "proofValue": "z" + multibase.b58(SIGNER.sign(hashes))}]}


def test_the_older_suite_and_the_older_data_model_are_read():
    document = award(
        **{"@context": [V1, OB3, EXTENSIONS, LEGACY]},
        validFrom=None,
        issuanceDate="2026-01-01T00:00:00Z",
        issuer=ISSUER,
    )
    signed = secured_in_the_older_way(document)

    assert verdict(signed) == Verdict.AUTHENTIC
    assert verdict({**signed, "issuanceDate": "2026-02-01T00:00:00Z"}) == Verdict.MODIFIED


def secured_in_the_older_way(document):
    proof = {
        "type": "Ed25519Signature2020",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": KEY,
        "proofPurpose": "assertionMethod",
    }
    options = canonical.nquads({"@context": document["@context"], **proof})
    hashes = b"".join(sha256(text.encode()).digest() for text in (options, canonical.nquads(document)))
    return {**document, "proof": {**proof, "proofValue": "z" + multibase.b58(SIGNER.sign(hashes))}}


def test_only_the_issuer_of_the_badge_is_asked():
    served = Served(site())
    verified(proved(award(), key=OTHER, method=f"{EVIL}/key"), served)

    assert served.asked == [ISSUER]
