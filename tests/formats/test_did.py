import pytest

from badges.formats import did, jsons, keys, multibase
from badges.formats.errors import FormatError
from tests.formats.verify.credentials import MULTIKEY, SIGNER, rsa


def jwk_did(key) -> str:
    return "did:jwk:" + multibase.b64url(jsons.write(keys.jwk(key)).encode())


@pytest.mark.parametrize(
    "name, address",
    [
        ("did:web:example.com", "https://example.com/.well-known/did.json"),
        ("did:web:example.com:issuers:1", "https://example.com/issuers/1/did.json"),
        ("did:web:localhost%3A8443", "https://localhost:8443/.well-known/did.json"),
        ("did:web:localhost%3a8443:a", "https://localhost:8443/a/did.json"),
        ("did:web:example.com:%C3%A9mile", "https://example.com/%C3%A9mile/did.json"),
        ("did:web:example.com:a.b:_c-d", "https://example.com/a.b/_c-d/did.json"),
    ],
)
def test_web_names_lead_to_their_document(name, address):
    assert did.web_address(name) == address


@pytest.mark.parametrize(
    "name",
    [
        "did:web:",
        "did:web:-example.com",
        "did:web:example.com:",
        "did:web:example.com::a",
        "did:web:example.com:..",
        "did:web:example.com:.",
        "did:web:example.com:%2E%2e",
        "did:web:example.com:a%2Fb",
        "did:web:example.com:a%5cb",
        "did:web:example.com:a%00b",
        "did:web:example.com%3A8443%2Fpath",
        "did:web:user%40example.com",
        "did:web:user@example.com",
        "did:web:example.com/path",
        "did:web:example.com?query",
        "did:web:example.com#key",
        "did:web:exa mple.com",
        "did:web:" + "a" * 10_000,
        "did:key:" + MULTIKEY,
        "https://example.com",
        "",
    ],
)
def test_web_names_that_hide_something_are_refused(name):
    with pytest.raises(FormatError) as refused:
        did.web_address(name)

    assert refused.value.code == "did-refused"


@pytest.mark.parametrize(
    "name, method",
    [
        ("did:web:example.com", "web"),
        ("did:key:" + MULTIKEY, "key"),
        ("did:velocity:v2:0x1", "velocity"),
        ("did:key:" + MULTIKEY + "#" + MULTIKEY, ""),
        ("DID:web:example.com", ""),
        ("did:WEB:example.com", ""),
        ("did:web", ""),
        ("https://example.com", ""),
        ("", ""),
    ],
)
def test_method_of_a_name(name, method):
    assert did.method(name) == method


@pytest.mark.parametrize("key", [SIGNER.public_key(), rsa().public_key()], ids=["Ed25519", "RSA"])
def test_a_jwk_name_is_its_key(key):
    name = jwk_did(key)

    assert did.carries_key(name)
    assert keys.jwk(did.key(name)) == keys.jwk(did.key(f"{name}#0")) == keys.jwk(key)


def test_a_key_name_is_its_key():
    name = f"did:key:{MULTIKEY}"

    assert did.carries_key(name)
    assert keys.multikey(did.key(name)) == keys.multikey(did.key(f"{name}#{MULTIKEY}")) == MULTIKEY


@pytest.mark.parametrize(
    "name, code",
    [
        ("did:web:example.com", "did-refused"),
        ("did:example:1", "did-refused"),
        ("", "did-refused"),
        ("did:key:z6Mk", "key-unreadable"),
        (f"did:key:{MULTIKEY}#other", "key-unreadable"),
        ("did:jwk:e30", "key-unreadable"),
        (jwk_did(SIGNER.public_key()) + "#1", "key-unreadable"),
    ],
)
def test_a_name_without_a_readable_key_is_refused(name, code):
    with pytest.raises(FormatError) as refused:
        did.key(name)

    assert refused.value.code == code


def test_web_names_carry_no_key():
    assert not did.carries_key("did:web:example.com")
