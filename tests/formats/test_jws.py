"""Signed texts: three algorithms, each with its own kind of key, and nothing that tries to choose otherwise."""

import hashlib
import hmac
import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from badges.formats import jws, keys
from badges.formats.multibase import b64url, unb64url
from tests.cost import within
from tests.formats.refusals import code, megabytes, outcome, refusal

RSA = keys.new_rsa()
OTHER_RSA = keys.new_rsa()
ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
P256 = ec.derive_private_key(7, ec.SECP256R1())
PAYLOAD = b'{"id":"urn:uuid:1","name":"Soudure"}'
PRIVATE = {"RS256": RSA, "EdDSA": ED25519, "ES256": P256}


def made(algorithm: str, **header) -> str:
    """A token as PyJWT makes it."""
    return jwt.api_jws.encode(PAYLOAD, PRIVATE[algorithm], algorithm, headers=header or None)


def put_together(header: dict | bytes, payload: bytes = PAYLOAD, signature: bytes = b"x") -> str:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return ".".join(map(b64url, (raw, payload, signature)))


def judged(token: str, key) -> str:
    return outcome(lambda: jws.check(jws.read(token), key))


# Good ones


@pytest.mark.parametrize("algorithm", PRIVATE)
def test_a_token_of_each_algorithm_is_good(algorithm):
    assert judged(made(algorithm), PRIVATE[algorithm].public_key()) == "good"


def test_a_token_is_taken_apart():
    text = put_together({"alg": "RS256", "kid": "k"}, b"{}", b"sig")
    token = jws.read(f" \n{text}\r\n")

    assert token.header == {"alg": "RS256", "kid": "k"}
    assert token.payload == b"{}"
    assert token.signature == b"sig"
    assert token.signing_input.decode() == text.rpartition(".")[0]


def test_the_header_is_written_as_given():
    token = jws.sign(PAYLOAD, RSA, header={"alg": "RS256", "kid": "https://k.test/1", "typ": "JWT"})

    assert unb64url(token.split(".")[0]) == b'{"alg":"RS256","kid":"https://k.test/1","typ":"JWT"}'
    assert judged(token, RSA.public_key()) == "good"


def test_what_is_signed_here_is_good_for_pyjwt():
    token = jws.sign(PAYLOAD, RSA, header={"alg": "RS256"})

    assert jwt.api_jws.decode(token, RSA.public_key(), algorithms=["RS256"]) == PAYLOAD


def test_the_rsa_example_of_rfc_7515_is_good():
    # Appendix A.2
    numbers = (
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR"
        "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB"
        "dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia"
        "GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
    )
    token = (
        "eyJhbGciOiJSUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9"
        "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB"
        "_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq"
        "Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    )

    assert judged(token, keys.of_jwk({"kty": "RSA", "n": numbers, "e": "AQAB"})) == "good"


def test_only_rs256_is_signed():
    assert code(jws.sign, PAYLOAD, RSA, header={"alg": "none"}) == "alg-refused"
    assert code(jws.sign, PAYLOAD, RSA, header={}) == "alg-refused"


@pytest.mark.parametrize(
    "key, token",
    [
        # RFC 7515, appendix A.3
        (
            {
                "kty": "EC",
                "crv": "P-256",
                "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
            },
            "eyJhbGciOiJFUzI1NiJ9."
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        ),
        # RFC 8037, appendix A.4
        (
            {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
        ),
    ],
    ids=["ES256", "EdDSA"],
)
def test_examples_of_the_standards_are_good(key, token):
    assert judged(token, keys.of_jwk(key)) == "good"


# Algorithms


NONE = ["none", "None", "NONE", "nOnE", "", " none"]
OTHERS = ["HS256", "HS512", "RS384", "RS512", "PS256", "ES256K", "ES384", "EdDSA ", "rs256"]


@pytest.mark.parametrize("algorithm", [*NONE, *OTHERS])
@pytest.mark.parametrize("signature", [b"", b"x"])
def test_another_algorithm_is_refused(algorithm, signature):
    token = put_together({"alg": algorithm}, signature=signature)

    assert {judged(token, private.public_key()) for private in PRIVATE.values()} == {"alg-refused"}


def test_the_refused_algorithm_is_named_and_cut():
    refused = refusal(lambda: jws.check(jws.read(put_together({"alg": "x" * 99})), RSA.public_key()))

    assert refused.params == {"alg": "x" * 20}


@pytest.mark.parametrize("algorithm", [None, 5, ["RS256"], {"RS256": 1}, True])
def test_an_algorithm_that_is_no_text_is_refused(algorithm):
    assert code(jws.read, put_together({"alg": algorithm})) == "alg-refused"


def test_a_missing_algorithm_is_refused():
    assert code(jws.read, put_together({"typ": "JWT"})) == "alg-refused"


SECRETS = {
    "pem": keys.pem(RSA.public_key()).encode(),
    "pem without its end": keys.pem(RSA.public_key()).strip().encode(),
    "pkcs1": RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1),
    "der": RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "jwk": json.dumps(keys.jwk(RSA.public_key())).encode(),
    "jwk in order": json.dumps(keys.jwk(RSA.public_key()), sort_keys=True, separators=(",", ":")).encode(),
}


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("claimed", ["HS256", "RS256"])
def test_a_mac_keyed_with_the_public_key_is_refused(secret, claimed):
    head = f"{b64url(json.dumps({'alg': claimed}).encode())}.{b64url(PAYLOAD)}"
    mac = hmac.new(SECRETS[secret], head.encode(), hashlib.sha256).digest()
    expected = "alg-refused" if claimed == "HS256" else "signature-wrong"

    assert judged(f"{head}.{b64url(mac)}", RSA.public_key()) == expected


@pytest.mark.parametrize("algorithm", PRIVATE)
@pytest.mark.parametrize("other", PRIVATE)
def test_an_algorithm_goes_with_its_own_kind_of_key(algorithm, other):
    expected = "good" if algorithm == other else "alg-not-of-key"

    assert judged(made(algorithm), PRIVATE[other].public_key()) == expected


# Signatures


def test_another_key_of_the_same_kind_did_not_sign():
    assert judged(made("RS256"), OTHER_RSA.public_key()) == "signature-wrong"
    assert judged(made("EdDSA"), keys.new_ed25519().public_key()) == "signature-wrong"
    assert judged(made("ES256"), ec.derive_private_key(8, ec.SECP256R1()).public_key()) == "signature-wrong"


@pytest.mark.parametrize("algorithm", PRIVATE)
@pytest.mark.parametrize(
    "signature", [b"", bytes(64), bytes(256), b"\1" * 64, b"\xff" * 64, bytes(63), bytes(65)]
)
def test_an_empty_or_invented_signature_is_wrong(algorithm, signature):
    token = put_together({"alg": algorithm}, signature=signature)

    assert judged(token, PRIVATE[algorithm].public_key()) == "signature-wrong"


@pytest.mark.parametrize("algorithm", PRIVATE)
def test_another_payload_or_header_was_not_signed(algorithm):
    head, payload, signature = made(algorithm).split(".")
    public = PRIVATE[algorithm].public_key()
    other_head = b64url(json.dumps({"alg": algorithm, "kid": "other"}).encode())

    assert judged(f"{head}.{payload}.{signature}", public) == "good"
    assert judged(f"{head}.{b64url(PAYLOAD + b' ')}.{signature}", public) == "signature-wrong"
    assert judged(f"{other_head}.{payload}.{signature}", public) == "signature-wrong"


def test_ecdsa_in_der_is_no_jws():
    head = made("ES256").rpartition(".")[0]
    der = P256.sign(head.encode(), ec.ECDSA(jwt.algorithms.ECAlgorithm.SHA256()))

    assert judged(f"{head}.{b64url(der)}", P256.public_key()) == "signature-wrong"


@pytest.mark.parametrize("algorithm", PRIVATE)
@given(place=st.integers(0, 511))
def test_no_bit_of_a_signature_is_free(algorithm, place):
    token = jws.read(made(algorithm))
    changed = bytearray(token.signature)
    changed[place // 8] ^= 1 << place % 8
    wrong = jws.Jws(token.header, token.payload, token.signing_input, bytes(changed))

    assert code(jws.check, wrong, PRIVATE[algorithm].public_key()) == "signature-wrong"


# Form

GOOD = made("RS256")
HEAD, BODY, SIGNATURE = GOOD.split(".")


@pytest.mark.parametrize(
    "token, expected",
    [
        ("", "jws-broken"),
        (HEAD, "jws-broken"),
        (f"{HEAD}.{BODY}", "jws-broken"),
        (f"{GOOD}.", "jws-broken"),
        (f"{GOOD}.{SIGNATURE}", "jws-broken"),
        (f"{GOOD}.{SIGNATURE}.{SIGNATURE}", "jws-broken"),
        (f"{GOOD} trailing", "jws-broken"),
        (f"{GOOD}\nx", "jws-broken"),
        (f"{GOOD}\0", "jws-broken"),
        (f"{GOOD}=", "jws-broken"),
        (f"{HEAD}.{BODY}.{SIGNATURE[:-1]}B", "jws-broken"),
        (f"{HEAD}. {BODY}.{SIGNATURE}", "jws-broken"),
        (f"{HEAD}.{BODY}.{SIGNATURE[:9]}+/{SIGNATURE[11:]}", "jws-broken"),
        (f"Bearer {GOOD}", "jws-broken"),
        (put_together({"alg": "RSA-OAEP", "enc": "A256GCM"}) + ".eA.eA", "jws-broken"),
        (json.dumps({"payload": BODY, "signatures": []}), "jws-broken"),
        (put_together(b"[]"), "jws-broken"),
        (put_together(b'"RS256"'), "jws-broken"),
        (put_together(b""), "json-broken"),
        (put_together(b'{"alg":"RS256","alg":"none"}'), "json-duplicate-key"),
        (put_together(b"[" * 100), "json-too-deep"),
        (put_together(b'{"alg":"' + b"R" * 17_000 + b'"}'), "json-too-big"),
        (put_together({"alg": "RS256", "crit": ["exp"], "exp": 1}), "jws-extension"),
        (put_together({"alg": "RS256", "crit": []}), "jws-extension"),
        (put_together({"alg": "RS256", "crit": None}), "jws-extension"),
        (put_together({"alg": "RS256", "b64": False, "crit": ["b64"]}), "jws-extension"),
        (put_together({"alg": "RS256", "b64": False}), "jws-extension"),
        (put_together({"alg": "RS256", "b64": True}), "jws-extension"),
        ("a" * 262_145, "jws-too-big"),
    ],
)
def test_another_form_is_refused(token, expected):
    assert code(jws.read, token) == expected


def test_the_form_twin_is_good():
    assert outcome(jws.read, GOOD) == "good"


@given(token=st.text(max_size=50) | st.lists(st.binary(max_size=30).map(b64url), max_size=6).map(".".join))
def test_whatever_is_given_nothing_else_is_raised(token):
    outcome(jws.read, token)


@pytest.mark.parametrize(
    "token",
    ["." * 262_144, "a" * 50_000_000, put_together({"alg": "RS256"}, b"x" * 190_000), f"{'e' * 131_072}.e.e"],
    ids=["dots", "long", "payload", "header"],
)
def test_the_worst_takes_little(token):
    within(0.2, lambda: outcome(judged, token, RSA.public_key()))
    assert megabytes(judged, token, RSA.public_key()) < 20


def test_the_largest_rsa_key_that_is_read_is_quick():
    numbers = rsa.RSAPublicNumbers(2**32 - 1, 2**8192 - 1)
    token = put_together({"alg": "RS256"}, signature=b"\1" * 1024)

    within(0.2, lambda: outcome(judged, token, numbers.public_key()))
