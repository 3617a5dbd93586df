"""Signed badges of Open Badges 2.0 and 1.x: the key is the issuer's, and its list does not name them."""

import json
from functools import cache
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from badges.formats import jws, keys
from badges.formats.multibase import b64url
from badges.formats.report import Verdict
from tests.cost import within
from tests.formats.verify.judging import codes, judge, outcome
from tests.formats.verify.served import (
    BADGE,
    HOME,
    ISSUER,
    KEY,
    LIST,
    V2,
    Served,
    assertion,
    badge_class,
    issuer,
    pages,
)

ID = "urn:uuid:6deb4a00-ebce-4b28-8cc2-afa705ef7be4"
EVIL = "https://evil.example"


@cache
def key(name: str) -> RSAPrivateKey:
    return keys.new_rsa()


def award(**changes: Any) -> dict[str, Any]:
    return assertion(**{"id": ID, "verification": {"type": "SignedBadge", "creator": KEY}} | changes)


def token(document: Any, by: str = "own", **header: Any) -> str:
    return jws.sign(json.dumps(document).encode(), key(by), header={"alg": "RS256", **header})


def key_document(**changes: Any) -> dict[str, Any]:
    pem = keys.pem(key("own").public_key())
    return {
        "@context": V2,
        "id": KEY,
        "type": "CryptographicKey",
        "owner": ISSUER,
        "publicKeyPem": pem,
    } | changes


def revocations(*entries: Any) -> dict[str, Any]:
    return {
        "@context": V2,
        "id": LIST,
        "type": "RevocationList",
        "issuer": ISSUER,
        "revokedAssertions": [*entries],
    }


def site(**changes: Any) -> dict[str, Any]:
    served = {
        "issuer": issuer(publicKey=KEY, revocationList=LIST),
        "key": key_document(),
        "list": revocations(),
    }
    served |= changes
    return {BADGE: badge_class(), ISSUER: served["issuer"], KEY: served["key"], LIST: served["list"]}


def test_a_signed_badge_is_authentic():
    documents = Served(site())

    report = judge(token(award()), documents)

    assert outcome(report) == ("authentic", [])
    assert report.format == "ob2-signed"
    assert documents.asked == [BADGE, ISSUER, KEY, LIST]
    assert report.facts.id == ID
    assert report.facts.name == "Robotics"
    assert codes(report, True)[-4:] == ["key-of-issuer", "signature-good", "list-clear", "dates-good"]


def test_the_key_may_be_the_one_that_the_issuer_declares():
    report = judge(token(award(verification={"type": "SignedBadge"})), site())

    assert outcome(report) == ("authentic", [])


def test_without_any_key_nothing_is_proved():
    given = token(award(verification={"type": "SignedBadge"}))

    assert outcome(judge(given, site(issuer=issuer()))) == ("invalid", ["property-missing"])
    assert outcome(judge(given, site(issuer=None))) == ("unreachable", [])


def test_a_signed_badge_changed_after_its_signature_was_modified():
    head, _payload, signature = token(award()).split(".")
    changed = b64url(json.dumps(award(issuedOn="2020-01-01T00:00:00Z")).encode())

    assert outcome(judge(f"{head}.{changed}.{signature}", site())) == ("modified", ["signature-wrong"])


def test_a_signature_by_somebody_else_s_key_is_refused():
    assert outcome(judge(token(award(), "other"), site())) == ("modified", ["signature-wrong"])


def test_a_foreign_key_is_refused_however_good_its_signature():
    foreign = f"{EVIL}/key"
    document = key_document(id=foreign, publicKeyPem=keys.pem(key("other").public_key()))
    given = token(award(verification={"type": "SignedBadge", "creator": foreign}), "other")

    assert outcome(judge(given, site() | {foreign: document})) == ("invalid", ["key-not-of-issuer"])


def test_a_foreign_key_with_a_wrong_signature_is_refused_twice():
    foreign = f"{EVIL}/key"
    given = token(award(verification={"type": "SignedBadge", "creator": foreign}), "other")

    report = judge(given, site() | {foreign: key_document(id=foreign)})

    assert outcome(report) == ("invalid", ["key-not-of-issuer", "signature-wrong"])


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"key": key_document(owner=f"{EVIL}/issuer")}, ("invalid", ["key-not-of-issuer"])),
        ({"key": key_document(owner=None)}, ("invalid", ["property-missing", "key-not-of-issuer"])),
        ({"key": key_document(publicKeyPem="-----BEGIN PUBLIC KEY-----")}, ("invalid", ["key-unreadable"])),
        ({"key": issuer(id=KEY)}, ("invalid", ["linked-kind"])),
        ({"key": None}, ("unreachable", [])),
        ({"key": 404}, ("unreachable", [])),
        ({"issuer": issuer()}, ("invalid", ["key-not-of-issuer"])),
        ({"issuer": issuer(publicKey=f"{HOME}/keys/2")}, ("invalid", ["key-not-of-issuer"])),
        ({"issuer": issuer(publicKey=[f"{HOME}/keys/0", KEY])}, ("authentic", [])),
        ({"issuer": issuer(publicKey={"id": KEY, "publicKeyPem": "x"})}, ("authentic", [])),
        ({"issuer": None}, ("unreachable", [])),
    ],
)
def test_the_key_and_the_issuer_name_each_other(changes, expected):
    assert outcome(judge(token(award()), site(**changes))) == expected


def test_an_unreachable_issuer_whose_key_answers_proves_nothing():
    report = judge(token(award()), site(issuer=None))

    assert report.verdict == Verdict.UNREACHABLE
    assert "signature-good" in codes(report, True)
    assert "key-of-issuer" not in codes(report, True)


@pytest.mark.parametrize(
    "name",
    ["jwk", "jku", "x5u", "x5c"],
)
def test_keys_of_the_header_are_never_used(name):
    values = {
        "jwk": keys.jwk(key("other").public_key()),
        "jku": f"{EVIL}/keys",
        "x5u": f"{EVIL}/cert",
        "x5c": ["MII"],
    }
    documents = Served(site())

    report = judge(token(award(), "other", **{name: values[name]}), documents)

    assert outcome(report) == ("modified", ["signature-wrong"])
    assert not [address for address in documents.asked if address.startswith(EVIL)]


def unsigned(alg: Any) -> str:
    header = {} if alg is None else {"alg": alg}
    return f"{b64url(json.dumps(header).encode())}.{b64url(json.dumps(award()).encode())}."


@pytest.mark.parametrize(
    "alg", ["none", "None", "NONE", "nOnE", "", "HS256", "HS512", "RS1", None, 1, ["RS256"]]
)
def test_other_algorithms_are_refused_without_asking_anybody_for_a_key(alg):
    documents = Served(site())

    assert outcome(judge(unsigned(alg), documents)) == ("invalid", ["alg-refused"])
    assert KEY not in documents.asked


def test_a_secret_made_of_the_public_key_signs_nothing():
    header, payload = b64url(b'{"alg":"HS256"}'), b64url(json.dumps(award()).encode())
    secret = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = secret.sign(f"{header}.{payload}".encode(), keys.pem(key("own").public_key()).encode())

    assert outcome(judge(f"{header}.{payload}.{b64url(signature)}", site())) == ("invalid", ["alg-refused"])


def test_an_algorithm_belongs_to_its_kind_of_key():
    header, payload = b64url(b'{"alg":"EdDSA"}'), b64url(json.dumps(award()).encode())
    signature = Ed25519PrivateKey.generate().sign(f"{header}.{payload}".encode())

    report = judge(f"{header}.{payload}.{b64url(signature)}", site())

    assert outcome(report) == ("invalid", ["alg-not-of-key"])


@pytest.mark.parametrize("text", ["e30.e30", "e30.e30.e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.AAAA"])
def test_broken_tokens_are_refused(text):
    assert judge(text, site()).verdict == Verdict.INVALID


@pytest.mark.parametrize(
    "entry, expected",
    [
        (ID, ("revoked", ["revoked"])),
        ({"id": ID}, ("revoked", ["revoked"])),
        ({"id": ID, "revocationReason": "Left"}, ("revoked", ["revoked-because"])),
        ({"uid": "abc"}, ("revoked", ["revoked"])),
        ("urn:uuid:52e4c6b3-8c13-4fa8-8482-a5cf34ef37a9", ("authentic", [])),
        (7, ("authentic", [])),
    ],
)
def test_the_issuer_s_list_revokes_by_id_or_uid(entry, expected):
    given = token(award(uid="abc"))

    assert outcome(judge(given, site(list=revocations(entry)))) == expected
    assert outcome(judge(given, site(list=revocations("urn:uuid:other", entry)))) == expected


@pytest.mark.parametrize(
    "answer, verdict, code",
    [
        (None, Verdict.UNREACHABLE, "list-unreachable"),
        (500, Verdict.UNREACHABLE, "list-unreachable"),
        (b"<html>", Verdict.UNVERIFIABLE, "list-broken"),
        ({"@context": V2, "type": "RevocationList"}, Verdict.UNVERIFIABLE, "list-broken"),
        (["x"], Verdict.UNVERIFIABLE, "list-broken"),
    ],
)
def test_without_the_issuer_s_list_the_state_is_unknown(answer, verdict, code):
    report = judge(token(award()), site(list=answer))

    assert report.verdict == verdict
    assert code in codes(report, None)


def test_a_list_of_a_hundred_thousand_is_read():
    entries = [f"urn:uuid:{UUID(int=number)}" for number in range(100_000)]

    def verdict(*named: str):
        return judge(token(award()), site(list=revocations(*entries, *named))).verdict

    assert within(2, verdict) == Verdict.AUTHENTIC
    assert within(2, lambda: verdict(ID)) == Verdict.REVOKED


def test_an_address_on_the_list_may_be_spelled_otherwise():
    hosted = f"{HOME}/assertions/7"
    given = token(award(id=hosted))

    for spelled in (hosted, f"{hosted}/", f"{hosted}.json", hosted.replace("https:", "http:")):
        assert judge(given, site(list=revocations(spelled))).verdict == Verdict.REVOKED, spelled
    assert judge(given, site(list=revocations(f"{hosted}8"))).verdict == Verdict.AUTHENTIC


def test_a_list_that_compares_badly_takes_little():
    entries = [f"https://a.example/{number}%2f" for number in range(150_000)]
    given, served = token(award(id=f"{HOME}/assertions/7")), site(list=revocations(*entries))

    assert within(2, lambda: judge(given, served)).verdict == Verdict.AUTHENTIC


def test_a_list_beyond_its_bounds_tells_nothing():
    report = judge(token(award()), site(list=revocations(*["x"] * 200_000)))

    assert report.verdict == Verdict.UNVERIFIABLE
    assert "list-broken" in codes(report, None)


def test_an_issuer_without_list_revokes_nothing():
    assert "list-none" in codes(judge(token(award()), site(issuer=issuer(publicKey=KEY))), True)


def test_a_payload_that_says_itself_revoked_is_revoked():
    assert judge(token(award(revoked=True)), site()).verdict == Verdict.REVOKED


def test_a_signed_badge_without_its_signature_cannot_be_verified():
    report = judge(award(), site())

    assert (report.verdict, report.format) == (Verdict.UNVERIFIABLE, "ob2-signed")
    assert KEY not in [read.address for read in report.reads]


def test_a_token_around_a_hosted_badge_proves_nothing():
    assert outcome(judge(token(assertion()), pages() | site())) == ("invalid", ["signed-otherwise"])


def test_a_token_around_a_class_is_no_award():
    assert outcome(judge(token(badge_class()), site())) == ("invalid", ["signed-no-award"])


def test_a_token_around_something_else_is_no_badge():
    assert judge(token({"sub": "login", "exp": 1}), site()).verdict == Verdict.NOT_A_BADGE


@pytest.mark.parametrize(
    "changes, verdict",
    [
        ({"expires": "2025-01-01T00:00:00Z"}, "expired"),
        ({"issuedOn": "2027-01-01T00:00:00Z"}, "not_yet_valid"),
    ],
)
def test_dates_of_a_signed_badge_count(changes, verdict):
    assert judge(token(award(**changes)), site()).verdict.value == verdict


@pytest.mark.parametrize("which", [KEY, LIST])
def test_a_key_or_list_without_protection_proves_nothing_of_a_protected_issuer(which):
    """Whoever is on the way could have put another one there."""
    http = which.replace("https", "http")
    changes = {KEY: {"publicKey": KEY}, LIST: {"publicKey": KEY, "revocationList": http}}[which]
    given = token(award(verification={"type": "SignedBadge", "creator": http if which == KEY else KEY}))
    pages = site(issuer=issuer(**changes))
    pages[http] = pages[which]

    assert outcome(judge(given, pages)) == ("authentic", [])
    report = judge(given, {**pages, which: None})
    assert outcome(report) == ("unverifiable", [])
    assert "hosted-plain" in codes(report, None)


# Open Badges 1.1: the key is a PEM at `verify.url`, the list an object of uid → reason.


def old_award(**changes: Any) -> dict[str, Any]:
    verify = {"type": "signed", "url": f"{HOME}/key.pem"}
    return {
        "uid": "abc", "recipient": assertion()["recipient"], "badge": BADGE, "issuedOn": 1714557600, "verify": verify,
    } | changes  # fmt: skip


def old_site(**changes: Any) -> dict[str, Any]:
    badge = {"name": "Robotics", "description": "Made a robot walk", "image": f"{HOME}/r.png"}
    served = {
        BADGE: badge | {"criteria": f"{HOME}/criteria", "issuer": ISSUER},
        ISSUER: {"name": "A school", "url": HOME, "revocationList": LIST},
        f"{HOME}/key.pem": keys.pem(key("own").public_key()).encode(),
        LIST: {"other": "Why not"},
    }
    return served | changes


def test_a_signed_badge_of_1_0_is_authentic():
    report = judge(token(old_award()), old_site())

    assert outcome(report) == ("authentic", [])
    assert (report.format, report.facts.version, report.facts.id) == ("ob1-signed", "1.0", "abc")
    assert report.facts.issued_at.isoformat() == "2024-05-01T10:00:00+00:00"


def test_a_key_of_1_0_on_another_host_is_not_the_issuer_s():
    foreign = f"{EVIL}/key.pem"
    given = token(old_award(verify={"type": "signed", "url": foreign}), "other")

    report = judge(given, old_site(**{foreign: keys.pem(key("other").public_key()).encode()}))

    assert outcome(report) == ("invalid", ["key-not-of-issuer"])


def test_a_list_of_1_0_revokes_with_its_reason():
    report = judge(token(old_award()), old_site(**{LIST: {"abc": "Left"}}))

    assert outcome(report) == ("revoked", ["revoked-because"])
