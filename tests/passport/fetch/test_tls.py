"""TLS: the certificate must be of the name that was asked, though the connection goes to a judged address."""

import datetime
import socket
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from passport.lib import fetch
from passport.lib.fetch import FetchRefused, connection
from tests.passport.fetch.listening import PUBLIC, http

NAME = "issuer.example"


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate(key, names: list[str], issuer: str, signed_by) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(names[0]))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=signed_by is key, path_length=None), critical=True)
        # Python 3.13 wants what RFC 5280 asks for (sections 4.2.1.1 to 4.2.1.3).
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()), critical=False
        )
        .add_extension(_usage(authority=signed_by is key), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .sign(signed_by, hashes.SHA256())
    )


@pytest.fixture(scope="module")
def authority():
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certificate(key, ["Authority"], "Authority", key)


@pytest.fixture
def trusted(authority, monkeypatch):
    """The authority of these tests is the only one that is believed."""
    pem = authority[1].public_bytes(serialization.Encoding.PEM).decode()
    context = ssl.create_default_context(cadata=pem)
    monkeypatch.setattr(connection, "tls", lambda: context)


@pytest.fixture
def secure(listener, authority, tmp_path, names, connects):
    """The listener answers over TLS with a certificate of `NAME`; what names clients ask for is kept."""
    key = ec.generate_private_key(ec.SECP256R1())
    chain = tmp_path / "chain.pem"
    chain.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + _certificate(key, [NAME], "Authority", authority[0]).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    wanted: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: wanted.append(name)
    listener.wrap = lambda plain: context.wrap_socket(plain, server_side=True)
    for name in (NAME, "other.example"):
        names[f"{name}."] = [[PUBLIC]]
    return wanted


def refusal(address: str, deadline: float = 5.0) -> str:
    with pytest.raises(FetchRefused) as refused:
        fetch.get(address, accept="*/*", limit=100, deadline=deadline)
    return refused.value.code


def test_a_certificate_of_the_name_is_believed(listener, secure, trusted, connects):
    listener.answers = [http(b"hello")]

    assert fetch.get(f"https://{NAME}/badge", accept="*/*", limit=100).content == b"hello"
    assert (secure, connects) == ([NAME], [PUBLIC])
    assert f"Host: {NAME}\r\n" in listener.asked[0]


def test_a_redirect_that_leaves_tls_is_refused(listener, secure, trusted, connects):
    listener.answers = [http(b"", f"Location: http://{NAME}/key", status="302 Found"), http(b"forged")]

    assert refusal(f"https://{NAME}/key") == "fetch-refused"
    assert connects == [PUBLIC]


def test_a_redirect_within_tls_is_followed(listener, secure, trusted):
    listener.answers = [http(b"", "Location: //other.example/", status="302 Found")]

    assert refusal(f"https://{NAME}/") == "fetch-no-answer"  # the certificate is not of that name
    assert secure == [NAME, "other.example"]


def test_a_certificate_of_another_name_is_not(listener, secure, trusted):
    assert refusal("https://other.example/") == "fetch-no-answer"
    assert (secure, listener.asked) == (["other.example"], [])


def test_a_certificate_of_an_unknown_authority_is_not(listener, secure):
    assert refusal(f"https://{NAME}/") == "fetch-no-answer"
    assert listener.asked == []


def test_a_server_without_tls_is_no_answer(listener, secure, trusted):
    def plainly(plain: socket.socket) -> socket.socket:
        plain.sendall(http(b"plain"))
        return plain

    listener.wrap = plainly

    assert refusal(f"https://{NAME}/") == "fetch-no-answer"


def test_a_handshake_has_the_same_deadline(listener, secure, trusted):
    def silent(plain: socket.socket) -> socket.socket:
        time.sleep(0.5)
        return plain

    listener.wrap = silent

    assert refusal(f"https://{NAME}/", deadline=0.2) == "fetch-too-slow"


def test_the_authorities_that_are_believed_are_those_of_the_web():
    context = connection.tls()

    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50
