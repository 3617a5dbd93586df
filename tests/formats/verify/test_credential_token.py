"""VC-JWT: whose key, and whether what it claims agrees with itself."""

import base64
import hashlib
import hmac

import pytest

from badges.formats import jsons, keys, multibase
from badges.formats.documents import Answer
from badges.formats.report import Verdict
from badges.formats.verify.credential_sealed import read
from tests.formats.verify.credentials import (
    BADGE,
    EXTENSIONS,
    ISSUER,
    KEY,
    MULTIKEY,
    OB3,
    RSA,
    SIGNER,
    SITE,
    V1,
    award,
    codes,
    multikey,
    other_rsa,
    profile,
    refused,
    rsa,
    site,
    token,
    verdict,
    verified,
)
from tests.formats.verify.served import Served

EVIL = "https://evil.example"
JWK = keys.jwk(rsa().public_key())
OTHER_JWK = keys.jwk(other_rsa().public_key())
DID_JWK = "did:jwk:" + multibase.b64url(jsons.write(JWK).encode())
DID_WEB = "did:web:issuer.example:issuers:1"
UPLOAD = f"{SITE}/attachments/7/notes.txt"
NONE_LISTED = profile(assertionMethod=None)


def method(address: str, jwk=JWK, **changes):
    return {"id": address, "type": "JsonWebKey", "controller": ISSUER, "publicKeyJwk": jwk, **changes}


def headed(**header):
    return token(award(), header=header)


def eddsa(payload, header):
    """A token that Ed25519 signs, which this library reads and never writes."""
    signing_input = ".".join(multibase.b64url(jsons.write(part).encode()) for part in (header, payload))
    return f"{signing_input}.{multibase.b64url(SIGNER.sign(signing_input.encode()))}"


def test_a_token_with_its_issuer_s_key_is_authentic():
    report = verified(token(award()))

    assert report.verdict == Verdict.AUTHENTIC
    assert report.format == "ob3-jwt"
    assert codes(report, True) == [
        "standard-known",
        "shape-good",
        "signature-good",
        "key-of-issuer",
        "status-not-offered",
        "dates-good",
    ]
    assert [read.address for read in report.reads] == [ISSUER, RSA]


@pytest.mark.parametrize(
    "given, pages",
    [
        # A key that the issuer lists: by its address, in its document, by a name in it.
        (token(award()), site(ISSUER=profile(method(RSA)), RSA=None)),
        (token(award()), site(ISSUER=profile(RSA, verificationMethod=[method(RSA)]), RSA=None)),
        (headed(kid=f"{ISSUER}#r"), site(ISSUER=profile(method(f"{ISSUER}#r")))),
        (headed(kid="#r"), site(ISSUER=profile(method(f"{ISSUER}#r")))),
        (headed(kid="r"), site(ISSUER=profile(method(f"{ISSUER}#r")))),
        (headed(kid=f"{SITE}/jwks#r"), site(ISSUER=profile(f"{SITE}/jwks#r"))
         | {f"{SITE}/jwks": {"keys": [{**OTHER_JWK, "kid": "q"}, {**JWK, "kid": "r"}]}}),
        # The key in the header, which the issuer lists.
        (headed(jwk=JWK), site(ISSUER=profile(method(f"{ISSUER}#r")))),
        (headed(jwk={**JWK, "kid": "r", "use": "sig"}), site()),
        (headed(jwk=JWK), site(ISSUER=profile(f"{SITE}/gone", method("#x", {"kty": "oct"}), method("#r")))),
        # DIDs.
        (headed(kid=f"{DID_JWK}#0"), site(ISSUER=profile(DID_JWK))),
        (token(award(issuer={"id": DID_WEB, "type": ["Profile"]}), iss=DID_WEB, header={"kid": f"{DID_WEB}#r"}),
         {f"{ISSUER}/did.json": profile(method(f"{DID_WEB}#r", controller=DID_WEB), id=DID_WEB)}),
        # Another algorithm, with the key that goes with it.
        (eddsa({**award(), "iss": ISSUER}, {"alg": "EdDSA", "kid": f"{ISSUER}#e"}),
         site(ISSUER=profile(multikey(f"{ISSUER}#e")))),
        # Headers that tell of other keys are not read.
        (headed(kid=RSA, jwk=OTHER_JWK, jku=f"{EVIL}/jwks", x5u=f"{EVIL}/x", x5c=["MII"]), site()),
    ],
)  # fmt: skip
def test_keys_of_the_issuer_are_found(given, pages):
    assert verdict(given, pages) == Verdict.AUTHENTIC


@pytest.mark.parametrize("header", [{"kid": f"{DID_JWK}#0"}, {"kid": "#0"}, {"jwk": JWK}])
def test_whose_a_key_is_that_is_its_own_issuer_nobody_knows(header):
    given = token(award(issuer={"id": DID_JWK, "type": ["Profile"]}), iss=DID_JWK, header=header)
    report = verified(given, {})

    assert report.verdict == Verdict.UNVERIFIABLE
    assert codes(report, None) == ["issuer-self-asserted", "recipient-not-asked"]
    assert "signature-good" in codes(report, True)


@pytest.mark.parametrize(
    "given, pages, expected, code",
    [
        # A key at the attacker's, with the issuer's name.
        (token(award(), key=other_rsa(), header={"kid": f"{EVIL}/k"}), site() | {f"{EVIL}/k": OTHER_JWK},
         "invalid", "key-not-listed"),
        (token(award(), key=other_rsa(), header={"kid": f"{EVIL}/k"}),
         site(ISSUER=NONE_LISTED) | {f"{EVIL}/k": OTHER_JWK}, "invalid", "key-not-listed"),
        (token(award(), key=other_rsa(), header={"kid": "https://issuer.example.evil.example/k"}),
         site(ISSUER=NONE_LISTED) | {"https://issuer.example.evil.example/k": OTHER_JWK},
         "invalid", "key-not-listed"),
        (token(award(), key=other_rsa(), header={"kid": f"{SITE}:8443/k"}),
         site(ISSUER=NONE_LISTED) | {f"{SITE}:8443/k": OTHER_JWK}, "invalid", "key-not-listed"),
        # On the issuer's site, where visitors may put files: an issuer tells no keys, or those of 2.0 alone.
        (token(award()), site(ISSUER=NONE_LISTED), "unverifiable", "keys-not-told"),
        (token(award()), site(ISSUER=NONE_LISTED, RSA={"keys": [JWK]}), "unverifiable", "keys-not-told"),
        (token(award()), site(ISSUER=NONE_LISTED, RSA=method(RSA)), "unverifiable", "keys-not-told"),
        (headed(kid=UPLOAD), site(ISSUER=NONE_LISTED) | {UPLOAD: JWK}, "unverifiable", "keys-not-told"),
        (headed(kid=UPLOAD), site(ISSUER={**NONE_LISTED, "publicKey": KEY}) | {UPLOAD: JWK},
         "invalid", "key-not-listed"),
        # Through an open redirect of the issuer's site.
        (headed(kid=f"{SITE}/go?to=evil"), site(ISSUER=profile(f"{SITE}/go?to=evil"))
         | {f"{SITE}/go?to=evil": Answer(f"{EVIL}/k", 200, jsons.write(JWK).encode())},
         "unverifiable", "document-from-elsewhere"),
        # User-info, paths, commands.
        (headed(kid="https://issuer.example@evil.example/k"), site(), "invalid", "method-refused"),
        (headed(kid="file:///etc/passwd"), site(), "invalid", "method-refused"),
        (headed(kid="../../etc/passwd"), site(), "invalid", "key-not-listed"),
        (headed(kid="' OR 1=1 --"), site(), "invalid", "key-not-listed"),
        (headed(kid="| id"), site(), "invalid", "key-not-listed"),
        (headed(kid="did:velocity:v2:0x1#key"), site(), "invalid", "method-refused"),
        # A key that the header brings with it.
        (token(award(), key=other_rsa(), header={"jwk": OTHER_JWK}), site(), "invalid", "key-not-listed"),
        (token(award(), key=other_rsa(), header={"jwk": JWK}), site(), "invalid", "signature-wrong"),
        (token(award(), header={"jwk": {**JWK, "d": "AQAB"}}), site(), "invalid", "key-private"),
        (token(award(), key=other_rsa(), header={"jku": f"{EVIL}/jwks"}), site(), "invalid", "key-not-named"),
        (token(award(), header={"x5c": ["MII"]}), site(), "invalid", "key-not-named"),
        (token(award(), header={"kid": 7}), site(), "invalid", "key-not-named"),
        (token(award(), header={}), site(), "invalid", "key-not-named"),
        # DIDs that are not the issuer's.
        (headed(kid=f"{DID_JWK}#0"), site(), "invalid", "key-not-listed"),
        (headed(kid=f"{DID_JWK}#1"), site(), "invalid", "key-unreadable"),
        (headed(kid=f"{DID_WEB}#r"), site(), "invalid", "key-not-listed"),
        (headed(kid="did:web:issuer.example%3A99999#r"), site(ISSUER=profile("did:web:issuer.example%3A99999#r")),
         "invalid", "address-refused"),
        (token(award(issuer={"id": DID_JWK, "type": ["Profile"]}), key=other_rsa(), iss=DID_JWK,
               header={"jwk": OTHER_JWK}), {}, "invalid", "key-not-listed"),
        # The wrong key of the issuer, or one of another kind.
        (token(award(), key=other_rsa()), site(), "modified", "signature-wrong"),
        (token(award()), site(RSA=keys.jwk(SIGNER.public_key())), "invalid", "alg-not-of-key"),
        (token(award()), site(RSA=method(RSA, controller=EVIL)), "invalid", "key-of-other"),
        (token(award()), site(RSA={**JWK, "d": "AQAB"}), "invalid", "key-private"),
        (token(award()), site(RSA={"keys": [OTHER_JWK, {**JWK, "kid": "x"}]}), "invalid", "key-not-found"),
        (token(award()), site(RSA=method(RSA, revoked="2026-01-02T00:00:00Z")), "invalid", "key-revoked"),
        # Nobody answers.
        (token(award()), {}, "unreachable", "fetch-no-answer"),
        (token(award()), site(RSA=None), "unreachable", "fetch-no-answer"),
        (headed(jwk=JWK), {}, "unreachable", "fetch-no-answer"),
        (headed(kid=f"{DID_JWK}#0"), {}, "unverifiable", "key-without-issuer"),
        (token(award()), site(ISSUER=b"<!doctype html>"), "unverifiable", "issuer-document-unreadable"),
    ],
)  # fmt: skip
def test_keys_that_are_not_the_issuer_s_prove_nothing(given, pages, expected, code):
    report = verified(given, pages)

    assert report.verdict == expected
    assert code in codes(report, None if expected in {"unreachable", "unverifiable"} else False)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": None}, {"jti": None}, {"sub": None}, {"nbf": None},
        {"nbf": "1767225600"}, {"nbf": 1767225600.5}, {"iss": f" {ISSUER} "}, {"iss": ISSUER.replace("1", "%31")},
        {"aud": "anybody"}, {"iat": 1}, {"exp": 1893456000},
    ],
)  # fmt: skip
def test_claims_that_agree_or_are_not_there_are_taken(claims):
    assert verdict(token(award(), **claims)) == Verdict.AUTHENTIC


@pytest.mark.parametrize(
    "claims, code",
    [
        ({"iss": EVIL}, "claim-differs"),
        ({"iss": ""}, "claim-differs"),
        ({"iss": [ISSUER]}, "claim-differs"),
        ({"jti": f"{BADGE}0"}, "claim-differs"),
        ({"sub": "urn:uuid:other"}, "claim-differs"),
        ({"nbf": 1767225601}, "claim-differs"),
        ({"nbf": 0}, "claim-differs"),
        ({"nbf": "soon"}, "claim-unreadable"),
        ({"nbf": "2026-01-01T00:00:00Z"}, "claim-unreadable"),
        ({"nbf": True}, "claim-unreadable"),
        ({"nbf": -1}, "claim-unreadable"),
        ({"exp": {}}, "claim-unreadable"),
    ],
)
def test_claims_in_conflict_are_refused(claims, code):
    report = verified(token(award(), **claims))

    assert report.verdict == Verdict.INVALID
    assert codes(report) == [code]


@pytest.mark.parametrize(
    "end, exp, expected",
    [
        (None, 1769904000, "expired"),  # 2026-02-01
        ("2026-02-01T00:00:00Z", 1769904000, "expired"),
        ("2026-02-01T00:00:00Z", None, "expired"),
        ("2027-01-01T00:00:00Z", None, "authentic"),
        ("2027-01-01T00:00:00Z", 1769904000, "invalid"),
        ("2026-02-01T00:00:00Z", 1798761600, "invalid"),
    ],
)
def test_the_end_that_a_token_claims_counts(end, exp, expected):
    assert verdict(token(award(validUntil=end), exp=exp)) == expected


def older(**changes):
    """A credential of VCDM 1.1, as `vc` of a token."""
    contexts = {"@context": [V1, OB3, EXTENSIONS]}
    return award(**{**contexts, "validFrom": None, "issuanceDate": "2026-01-01T00:00:00Z", **changes})


def wrapped(vc, **claims):
    return token({"vc": vc}, **{"jti": BADGE, **claims})


def test_a_wrapped_credential_is_read():
    report = verified(wrapped(older()))

    assert report.verdict == Verdict.AUTHENTIC
    assert report.facts.name == "Participation"


def test_claims_stand_in_for_what_a_wrapped_credential_leaves_out():
    """VCDM 1.1, section 6.3.1: they may be moved out of `vc`."""
    given = wrapped(older(id=None, issuer=None, issuanceDate=None), exp=1893456000)
    facts = verified(given).facts

    assert verdict(given) == Verdict.AUTHENTIC
    assert (facts.id, facts.issuer.id) == (BADGE, ISSUER)
    assert facts.issued_at.isoformat() == "2026-01-01T00:00:00+00:00"
    assert facts.expires_at.isoformat() == "2030-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    "given",
    [
        wrapped(older(), iss=EVIL),
        wrapped(older(), jti=f"{BADGE}0"),
        wrapped(older(), nbf=1),
        token({"vc": older(), "issuer": EVIL}, jti=BADGE),
        token({"vc": older(), "id": f"{BADGE}0"}, jti=BADGE),
        token({"vc": older(), "credentialSubject": {}}, jti=BADGE),
    ],
)
def test_a_wrapped_credential_in_conflict_with_its_token_is_refused(given):
    report = verified(given)

    assert report.verdict == Verdict.INVALID
    assert codes(report) == ["claim-differs"]


@pytest.mark.parametrize(
    "change", [{"name": "Bob"}, {"id": f"{BADGE}0"}, {"validUntil": "2099-01-01T00:00:00Z"}]
)
def test_an_altered_payload_is_a_modification(change):
    header, _payload, signature = token(award()).split(".")
    altered = multibase.b64url(jsons.write({**award(), "iss": ISSUER, **change}).encode())

    assert verdict(f"{header}.{altered}.{signature}") == Verdict.MODIFIED


def test_an_empty_signature_is_wrong():
    header, payload, _signature = token(award()).split(".")

    assert verdict(f"{header}.{payload}.") == Verdict.MODIFIED


def forged(secret: bytes, alg: str = "HS256") -> str:
    """What an attacker makes whom a verifier lets choose the algorithm."""
    header = multibase.b64url(jsons.write({"alg": alg, "kid": RSA}).encode())
    signing_input = f"{header}.{multibase.b64url(jsons.write({**award(), 'iss': ISSUER}).encode())}"
    digest = hmac.new(secret, signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{multibase.b64url(digest)}"


@pytest.mark.parametrize(
    "given",
    [
        *(
            forged(b"", alg)
            for alg in ("none", "None", "NONE", "nOnE", "HS384", "RS257", "rs256", "PS256", "")
        ),
        forged(keys.pem(rsa().public_key()).encode()),
        forged(jsons.write(JWK).encode()),
        forged(base64.b64encode(keys.pem(rsa().public_key()).encode())),
    ],
)
@pytest.mark.parametrize("pages", [site(), {}], ids=["answering", "silent"])
def test_other_algorithms_are_refused_before_anybody_is_asked(given, pages):
    served = Served(pages)
    report = verified(given, served)

    assert report.verdict == Verdict.INVALID
    assert codes(report) == ["alg-refused"]
    assert served.asked == []


@pytest.mark.parametrize(
    "given, code",
    [
        (token(award(), header={"kid": RSA, "crit": ["exp"], "exp": 1}), "jws-extension"),
        (token(award(), header={"kid": RSA, "b64": False}), "jws-extension"),
        (token(award()) + ".x", "jws-broken"),
        (token(award()) + " x", "jws-broken"),
        (token(award()).rpartition(".")[0], "jws-broken"),
        ("a.b.c.d.e", "jws-broken"),
    ],
)
def test_what_is_no_plain_token_is_refused(given, code):
    assert refused(given) == code


def test_a_token_is_read_with_white_space_around_it():
    given = token(award())

    assert read(f"\n {given}\r\n").credential == read(given).credential


def test_keys_that_no_issuer_lists_are_not_even_asked_for():
    served = Served(site(ISSUER=NONE_LISTED) | {f"{EVIL}/k": OTHER_JWK})

    assert verdict(token(award(), key=other_rsa(), header={"kid": f"{EVIL}/k"}), served) == Verdict.INVALID
    assert served.asked == [ISSUER]


def test_a_key_of_two_issuers_on_one_host_does_not_make_them_one():
    """Where an issuer lists its keys, the key of a neighbour on the same host is not taken."""
    neighbour = f"{SITE}/issuers/2/keys/rsa-1"
    given = token(award(), key=other_rsa(), header={"kid": neighbour})

    assert verdict(given, site() | {neighbour: OTHER_JWK}) == Verdict.INVALID
    assert MULTIKEY not in given
