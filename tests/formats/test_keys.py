"""Public keys in all their forms: read back, as published, and never private or weak."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from badges.formats import keys
from badges.formats.multibase import b58, b64url
from tests.cost import within
from tests.formats.refusals import code, outcome

EDDSA = Path(__file__).parents[1] / "vectors" / "eddsa"
ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
P256 = ec.derive_private_key(7, ec.SECP256R1())
RSA = keys.new_rsa()
RSA_1024 = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 (what is refused)
PUBLIC = {"ed25519": ED25519.public_key(), "p256": P256.public_key(), "rsa": RSA.public_key()}
# RFC 8037, appendix A.2; did:key 0.9, section on P-256.
RFC_8037 = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
DID_P256 = "did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"


def same(one, other) -> bool:
    return one.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) == other.public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )


# New keys


def test_new_keys_are_what_the_standards_ask_for():
    assert isinstance(keys.new_ed25519(), ed25519.Ed25519PrivateKey)
    assert RSA.key_size == 2048
    assert RSA.public_key().public_numbers().e == 65537


# Every form is read back


@pytest.mark.parametrize("kind", PUBLIC)
def test_pem_and_jwk_are_read_back(kind):
    key = PUBLIC[kind]

    assert same(keys.of_pem(keys.pem(key)), key)
    assert same(keys.of_jwk(keys.jwk(key)), key)
    assert same(keys.of_method({"publicKeyPem": keys.pem(key)}), key)
    assert same(keys.of_method({"type": "JsonWebKey", "publicKeyJwk": keys.jwk(key)}), key)
    assert same(keys.of_method({**keys.jwk(key), "alg": "any", "use": "sig", "kid": "https://k.test/1"}), key)
    assert same(keys.of_did_jwk("did:jwk:" + b64url(json.dumps(keys.jwk(key)).encode())), key)


@pytest.mark.parametrize("kind", ["ed25519", "p256"])
def test_multikey_is_read_back(kind):
    key, text = PUBLIC[kind], keys.multikey(PUBLIC[kind])

    assert same(keys.of_multikey(text), key)
    assert same(keys.of_did_key(f"did:key:{text}"), key)
    assert same(keys.of_did_key(f"did:key:{text}#{text}"), key)
    assert same(keys.of_method({"type": "Multikey", "publicKeyMultibase": text}), key)


def test_pkcs1_is_read():
    text = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()

    assert text.startswith("-----BEGIN RSA PUBLIC KEY-----")
    assert same(keys.of_pem(f"\n{text}\n"), RSA.public_key())


def test_rsa_has_no_multikey():
    with pytest.raises(TypeError):
        keys.multikey(RSA.public_key())


@given(seed=st.binary(min_size=32, max_size=32))
def test_any_ed25519_key_is_read_back_in_every_form(seed):
    key = ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key()

    assert same(keys.of_multikey(keys.multikey(key)), key)
    assert same(keys.of_jwk(keys.jwk(key)), key)
    assert same(keys.of_pem(keys.pem(key)), key)


# As published


def test_forms_are_as_published():
    pair = json.loads((EDDSA / "keyPair.json").read_text())

    assert keys.multikey(keys.of_multikey(pair["publicKeyMultibase"])) == pair["publicKeyMultibase"]
    assert keys.jwk(keys.of_jwk(RFC_8037)) == RFC_8037
    assert keys.multikey(keys.of_did_key(DID_P256)) == DID_P256.removeprefix("did:key:")
    assert keys.multikey(PUBLIC["ed25519"])[:4] == "z6Mk"
    assert keys.multikey(PUBLIC["p256"])[:3] == "zDn"
    assert list(keys.jwk(PUBLIC["rsa"])) == ["kty", "n", "e"]
    assert keys.jwk(PUBLIC["rsa"])["e"] == "AQAB"
    assert list(keys.jwk(PUBLIC["p256"])) == ["kty", "crv", "x", "y"]
    assert keys.pem(PUBLIC["ed25519"]).startswith("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA")


# Private keys are not read


def private_pem(key, form: PrivateFormat) -> str:
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()


@pytest.mark.parametrize(
    "value",
    [
        {**keys.jwk(PUBLIC["rsa"]), "d": "AQAB"},
        {**keys.jwk(PUBLIC["rsa"]), "p": "AQAB", "q": "AQAB"},
        {**keys.jwk(PUBLIC["ed25519"]), "d": b64url(b"\1" * 32)},
        {**keys.jwk(PUBLIC["p256"]), "d": None},
        {"kty": "oct", "k": "AQAB"},
        {"publicKeyJwk": {**keys.jwk(PUBLIC["rsa"]), "d": "AQAB"}},
        {"publicKeyMultibase": keys.multikey(PUBLIC["ed25519"]), "secretKeyMultibase": "z3u2"},
        {"publicKeyMultibase": keys.multikey(PUBLIC["ed25519"]), "privateKeyMultibase": "z3u2"},
        {"publicKeyPem": private_pem(RSA, PrivateFormat.PKCS8)},
        {"publicKeyPem": private_pem(RSA, PrivateFormat.TraditionalOpenSSL)},
        {"publicKeyPem": keys.pem(PUBLIC["rsa"]) + private_pem(RSA, PrivateFormat.PKCS8)},
    ],
)
def test_a_private_key_is_refused(value):
    assert code(keys.of_method, value) == "key-private"


# Weak keys are not believed

SMALL = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]
# The same points with the other sign, and those whose y is not below the prime.
SIGNED = [text[:62] + f"{int(text[62:], 16) | 0x80:02x}" for text in SMALL]
BEYOND = [
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ee" + "ff" * 30 + "7f",
    "ff" * 32,
]


@pytest.mark.parametrize(
    "point, expected",
    [*[(text, "key-too-weak") for text in [*SMALL, *SIGNED]], *[(text, "key-unreadable") for text in BEYOND]],
)
def test_points_of_small_order_are_refused(point, expected):
    data = bytes.fromhex(point)

    assert code(keys.of_multikey, "z" + b58(b"\xed\x01" + data)) == expected
    assert code(keys.of_jwk, {"kty": "OKP", "crv": "Ed25519", "x": b64url(data)}) == expected


def test_rsa_below_2048_bits_is_too_weak():
    assert code(keys.of_pem, keys.pem(RSA_1024.public_key())) == "key-too-weak"
    assert code(keys.of_jwk, keys.jwk(RSA_1024.public_key())) == "key-too-weak"


# What is no key that is read here

RSA_JWK, P256_JWK, OKP_JWK = (keys.jwk(PUBLIC[kind]) for kind in ("rsa", "p256", "ed25519"))
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"kty": "RSA"},
        {"kty": "oct"},
        {"kty": 1},
        {**RSA_JWK, "n": RSA_JWK["n"] + "="},
        {**RSA_JWK, "n": 5},
        {**RSA_JWK, "n": ""},
        {**RSA_JWK, "e": "Ag"},
        {**RSA_JWK, "e": "AQ"},
        {**RSA_JWK, "e": b64url(b"\1" + bytes(7) + b"\1")},
        {**RSA_JWK, "n": b64url(b"\xff" * 1025)},
        {**P256_JWK, "crv": "P-384"},
        {**P256_JWK, "crv": "secp256k1"},
        {**P256_JWK, "x": P256_JWK["y"]},
        {**P256_JWK, "x": b64url(b"\xff" * 32)},
        {**P256_JWK, "y": b64url(b"\1" * 200)},
        {**OKP_JWK, "crv": "X25519"},
        {**OKP_JWK, "crv": "Ed448"},
        {**OKP_JWK, "x": b64url(b"\2" * 31)},
        {**OKP_JWK, "x": b64url(b"\2" * 33)},
    ],
)
def test_a_jwk_that_is_none_is_refused(value):
    assert code(keys.of_jwk, value) == "key-unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "key",
        CERTIFICATE,
        keys.pem(PUBLIC["rsa"]) + keys.pem(PUBLIC["p256"]),
        "comment\n" + keys.pem(PUBLIC["rsa"]),
        keys.pem(PUBLIC["rsa"]).replace("M", "?"),
        keys.pem(PUBLIC["rsa"])[:-60],
        keys.pem(ec.derive_private_key(7, ec.SECP384R1()).public_key()),
        keys.pem(ec.derive_private_key(7, ec.SECP256K1()).public_key()),
        keys.pem(x25519.X25519PrivateKey.generate().public_key()),
        keys.pem(ed448.Ed448PrivateKey.generate().public_key()),
        "-----BEGIN PUBLIC KEY-----\n" + "A" * 100_000 + "\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----" * 100_000,
    ],
)
def test_a_pem_that_is_none_is_refused(text):
    assert code(keys.of_pem, text) == "key-unreadable"
    within(0.2, lambda: outcome(keys.of_pem, text))


GOOD = keys.multikey(PUBLIC["ed25519"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        GOOD[1:],
        GOOD.replace("z", "m", 1),
        GOOD + "1",
        GOOD[:-1],
        GOOD + "\n",
        f" {GOOD}",
        "z" + b58(b"\xec\x01" + b"\1" * 32),
        "z" + b58(b"\x80\x24" + b"\4" + b"\1" * 32),
        "z" + b58(b"\x80\x24" + b"\2" + b"\xff" * 32),
        "z" + b58(b"\x80\x24"),
        "z" + "1" * 1_000_000,
        json.loads((EDDSA / "keyPair.json").read_text())["privateKeyMultibase"],
    ],
)
def test_a_multikey_that_is_none_is_refused(text):
    assert code(keys.of_multikey, text) == "key-unreadable"


@pytest.mark.parametrize(
    "did",
    [
        "",
        GOOD,
        f"did:web:{GOOD}",
        f"did:key:{GOOD}#other",
        f"did:key:{GOOD}?x",
        f"DID:KEY:{GOOD}",
        "did:key:z1:z2",
    ],
)
def test_a_did_key_that_is_none_is_refused(did):
    assert code(keys.of_did_key, did) == "key-unreadable"


@pytest.mark.parametrize(
    "did, expected",
    [
        ("did:jwk:", "key-unreadable"),
        ("did:jwk:!!", "key-unreadable"),
        ("did:jwk:" + b64url(b"[]"), "key-unreadable"),
        ("did:jwk:" + b64url(b'{"kty":"RSA","kty":"RSA"}'), "key-unreadable"),
        ("did:jwk:" + b64url(b" " * 9000 + b"{}"), "key-unreadable"),
        ("did:jwk:" + b64url(json.dumps(OKP_JWK).encode()) + "#1", "key-unreadable"),
        ("did:jwk:" + b64url(json.dumps({**OKP_JWK, "d": "AQAB"}).encode()), "key-private"),
        ("did:jwk:" + b64url(json.dumps(OKP_JWK).encode()) + "#0", "good"),
    ],
)
def test_a_did_jwk_is_read_as_strictly(did, expected):
    assert outcome(keys.of_did_jwk, did) == expected


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"publicKeyMultibase": None},
        {"publicKeyMultibase": [GOOD]},
        {"publicKeyJwk": GOOD},
        {"publicKeyPem": {}},
        {"publicKeyMultibase": GOOD, "publicKeyPem": keys.pem(PUBLIC["rsa"])},
        {"publicKeyMultibase": GOOD, **RSA_JWK},
        {"publicKeyBase58": GOOD},
    ],
)
def test_a_method_has_one_key_in_one_form(value):
    assert code(keys.of_method, value) == "key-unreadable"


JWK_MEMBERS = st.sampled_from(["RSA", "OKP", "EC", "oct", "P-256", "Ed25519", "", "AQAB"])


@given(
    value=st.dictionaries(
        st.sampled_from(["kty", "crv", "x", "y", "n", "e"]),
        JWK_MEMBERS | st.binary(max_size=70).map(b64url) | st.none() | st.lists(st.integers(), max_size=2),
    )
)
def test_whatever_jwk_is_given_nothing_else_is_raised(value):
    assert outcome(keys.of_jwk, value) in {"good", "key-unreadable", "key-too-weak"}


@given(data=st.binary(max_size=70), prefix=st.sampled_from([b"\xed\x01", b"\x80\x24", b""]))
def test_whatever_multikey_is_given_nothing_else_is_raised(data, prefix):
    assert outcome(keys.of_multikey, "z" + b58(prefix + data)) in {"good", "key-unreadable", "key-too-weak"}
