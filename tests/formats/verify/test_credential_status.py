"""Revoked, suspended, or not known to be neither."""

import base64
import gzip

import pytest

from badges.formats import jsons, jws, keys
from badges.formats.documents import Answer
from badges.formats.report import Verdict
from tests.formats.verify.credentials import (
    BADGE,
    ISSUER,
    KEY,
    LIST,
    OTHER,
    SITE,
    award,
    codes,
    listed,
    multikey,
    profile,
    proved,
    rsa,
    site,
    status_list,
    token,
    verdict,
    verified,
)
from tests.formats.verify.served import Served

HTTP = "http://issuer.example/plain"
REVOCATIONS = {"id": f"{SITE}/revocations", "type": "1EdTechRevocationList"}
EVIL = "https://evil.example"
NO_OBJECT = jws.sign(b"[1]", rsa(), header={"alg": "RS256"}).encode()


def badge(**entry):
    return proved(award(credentialStatus=listed(**entry)))


def revocations(*revoked, **changes):
    whole = {"id": REVOCATIONS["id"], "issuer": ISSUER, "revokedCredential": list(revoked), **changes}
    return site() | {REVOCATIONS["id"]: whole}


def test_a_badge_that_is_not_in_the_list_is_authentic():
    report = verified(badge())

    assert report.verdict == Verdict.AUTHENTIC
    assert "status-good" in codes(report, True)
    assert [read.address for read in report.reads] == [ISSUER, KEY, LIST]


@pytest.mark.parametrize("index", ["0", "7", "8", "131071", 7])
def test_a_bit_that_is_set_revokes(index):
    entry = listed(index=index)

    assert (
        verdict(proved(award(credentialStatus=entry)), site(LIST=status_list([int(index)])))
        == Verdict.REVOKED
    )
    assert verdict(proved(award(credentialStatus=entry)), site(LIST=status_list([9]))) == Verdict.AUTHENTIC
    assert (
        verdict(token(award(credentialStatus=entry)), site(LIST=status_list([int(index)]))) == Verdict.REVOKED
    )


def test_neighbours_of_a_set_bit_are_not_revoked():
    for index in ("6", "8"):
        assert verdict(badge(index=index), site(LIST=status_list([7]))) == Verdict.AUTHENTIC


def test_suspension_is_told_by_its_name():
    pages = site(LIST=status_list([7], subject={"statusPurpose": "suspension"}))
    report = verified(badge(statusPurpose="suspension"), pages)

    assert report.verdict == Verdict.REVOKED
    assert codes(report) == ["status-suspended"]


@pytest.mark.parametrize("purpose", [["revocation", "suspension"], ["suspension", "revocation"]])
def test_one_list_may_have_several_purposes(purpose):
    pages = site(LIST=status_list([7], subject={"statusPurpose": purpose}))

    assert verdict(badge(), pages) == Verdict.REVOKED


def test_another_purpose_is_noted_and_not_read():
    served = Served(site())
    report = verified(badge(statusPurpose="refresh"), served)

    assert report.verdict == Verdict.AUTHENTIC
    assert "status-purpose-other" in codes(report, None)
    assert LIST not in served.asked


def test_the_older_kind_of_list_is_read():
    raw = bytearray(16 * 1024)
    raw[0] = 0x01
    encoded = base64.urlsafe_b64encode(gzip.compress(bytes(raw))).decode()
    pages = site(
        LIST=status_list(
            [],
            **{
                "@context": [
                    "https://www.w3.org/2018/credentials/v1",
                    "https://w3id.org/vc/status-list/2021/v1",
                    "https://w3id.org/security/data-integrity/v2",
                ]
            },
            type=["VerifiableCredential", "StatusList2021Credential"],
            validFrom=None,
            issuanceDate="2026-01-01T00:00:00Z",
            subject={"type": "StatusList2021", "encodedList": encoded},
        )
    )

    assert (
        verdict(token(award(credentialStatus=listed(type="StatusList2021Entry"))), pages) == Verdict.REVOKED
    )
    assert (
        verdict(token(award(credentialStatus=listed(index="8", type="StatusList2021Entry"))), pages)
        == Verdict.AUTHENTIC
    )


def test_a_list_may_be_a_token():
    document = {name: value for name, value in status_list([7]).items() if name != "proof"}
    given = token(document, sub=None).encode()

    assert verdict(badge(), site(LIST=given)) == Verdict.REVOKED
    assert verdict(badge(index="8"), site(LIST=given)) == Verdict.AUTHENTIC


def test_a_small_list_and_a_list_of_another_name_are_tolerated():
    small = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(12_500))).decode().rstrip("=")
    pages = site(LIST=status_list([], id=f"{SITE}/elsewhere", subject={"encodedList": small}))

    assert verdict(badge(), pages) == Verdict.AUTHENTIC


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": EVIL},
        {"key": OTHER},
        {"key": OTHER, "method": f"{ISSUER}#{keys.multikey(OTHER.public_key())}"},
        {"subject": {"statusPurpose": "suspension"}},
        {"subject": {"statusPurpose": None}},
        {"subject": {"encodedList": "uAAAA"}},
        {"subject": {"encodedList": None}},
        {"subject": {"encodedList": "u" + base64.urlsafe_b64encode(gzip.compress(b"")).decode().rstrip("=")}},
        {"validFrom": "2027-01-01T00:00:00Z"},
        {"validUntil": "2026-02-01T00:00:00Z"},
        {"type": ["VerifiableCredential"]},
        {"credentialSubject": None},
    ],
)
def test_a_list_that_is_not_a_good_one_of_the_issuer_says_nothing(changes):
    report = verified(badge(), site(LIST=_list(changes)))

    assert report.verdict == Verdict.UNVERIFIABLE
    assert "status-list-refused" in codes(report, None)


def _list(changes):
    """The list with changes; what JSON-LD could not sign is put in after signing."""
    if None in changes.get("subject", {}).values():
        signed = status_list([7])
        return {**signed, "credentialSubject": {**signed["credentialSubject"], **changes["subject"]}}
    return status_list([7], **changes)


@pytest.mark.parametrize(
    "answer", [b"<html>", b"[]", b"a.b.c", b"\xff", [1], {"id": LIST}, award(), NO_OBJECT]
)
def test_what_is_no_list_says_nothing(answer):
    assert verdict(badge(), site(LIST=answer)) == Verdict.UNVERIFIABLE


def test_a_changed_list_says_nothing():
    """An attacker on the way, or on a shared disk, clears the bit."""
    cleared = status_list([7])
    cleared["credentialSubject"]["encodedList"] = status_list([])["credentialSubject"]["encodedList"]

    assert verdict(badge(), site(LIST=cleared)) == Verdict.UNVERIFIABLE


@pytest.mark.parametrize("answer", [None, 404, 410, 500])
def test_a_list_that_cannot_be_had_leaves_the_state_unknown(answer):
    report = verified(badge(), site(LIST=answer))

    assert report.verdict == Verdict.UNREACHABLE
    assert "status-unreachable" in codes(report, None)


@pytest.mark.parametrize(
    "entry, expected, code",
    [
        ({"index": "131072"}, "unverifiable", "status-list-refused"),
        ({"index": "-1"}, "invalid", "status-index"),
        ({"index": "seven"}, "invalid", "status-index"),
        ({"index": "٧"}, "invalid", "status-index"),
        ({"index": "1" * 40}, "invalid", "status-index"),
        ({"index": 7.5}, "invalid", "status-index"),
        ({"statusListIndex": None}, "invalid", "status-index"),
        ({"statusSize": 2}, "invalid", "status-index"),
        ({"statusListCredential": None}, "invalid", "address-refused"),
        ({"statusListCredential": "ftp://issuer.example/list"}, "invalid", "address-refused"),
        ({"statusListCredential": "https://issuer.example@evil.example/list"}, "invalid", "address-refused"),
        ({"statusPurpose": ["revocation"]}, "unverifiable", "status-kind-unknown"),
        ({"type": "VelocityRevocationListJan2021"}, "unverifiable", "status-kind-unknown"),
    ],
)
def test_entries_that_cannot_be_read_are_never_taken_for_not_revoked(entry, expected, code):
    report = verified(token(award(credentialStatus=listed(**entry))))

    assert report.verdict == expected
    assert code in [check.code for check in report.checks]


@pytest.mark.parametrize(
    "entries, expected",
    [
        ([listed(index="1"), listed(index="2")], "authentic"),
        ([listed(index="1"), listed(index="7")], "revoked"),
        ([listed(index="7"), listed(index="1")], "revoked"),
        ([listed(index="1"), {"id": "urn:x", "type": "Other"}], "unverifiable"),
        ([listed(index="1")] * 5, "unverifiable"),
        ([listed(index="7")] * 5, "revoked"),
        ([listed(index="1"), "urn:x"], "unverifiable"),
        (["urn:x", listed(index="1")], "invalid"),
        ([], "invalid"),
    ],
)
def test_of_several_places_every_one_is_looked_at(entries, expected):
    assert verdict(token(award(credentialStatus=entries)), site(LIST=status_list([7]))) == expected


@pytest.mark.parametrize(
    "revoked, expected, code",
    [
        ([], "authentic", "status-good"),
        ([{"id": f"{BADGE}0", "revoked": True}], "authentic", "status-good"),
        ([{"id": BADGE, "revoked": False}], "authentic", "status-good"),
        ([{"id": BADGE, "revoked": True}], "revoked", "status-revoked"),
        ([{"id": BADGE}], "revoked", "status-revoked"),
        ([{"id": f" {BADGE} "}], "revoked", "status-revoked"),
        ([{"id": BADGE, "revocationReason": "Par erreur"}], "revoked", "status-revoked-because"),
        ([{"id": f"{BADGE}{n}"} for n in range(3_000)] + [{"id": BADGE}], "revoked", "status-revoked"),
    ],
)
def test_lists_of_1edtech_are_read(revoked, expected, code):
    report = verified(proved(award(credentialStatus=REVOCATIONS)), revocations(*revoked))

    assert report.verdict == expected
    assert code in [check.code for check in report.checks]


@pytest.mark.parametrize(
    "pages, expected",
    [
        (revocations(issuer=EVIL), "unverifiable"),
        (revocations(issuer=None), "unverifiable"),
        (site() | {REVOCATIONS["id"]: b"<html>"}, "unverifiable"),
        (site() | {REVOCATIONS["id"]: [BADGE]}, "unverifiable"),
        (site() | {REVOCATIONS["id"]: 500}, "unreachable"),
        (site(), "unreachable"),
    ],
)
def test_lists_of_1edtech_that_say_nothing(pages, expected):
    assert verdict(proved(award(credentialStatus=REVOCATIONS)), pages) == expected


@pytest.mark.parametrize(
    "entry", [{**REVOCATIONS, "id": HTTP}, listed("3", statusListCredential=HTTP)], ids=["1EdTech", "W3C"]
)
def test_a_list_by_http_says_nothing_of_a_protected_issuer(entry):
    """Whoever is on the way answers with one that is empty, or older."""
    given = proved(award(credentialStatus=entry))
    empty = {"id": HTTP, "issuer": ISSUER, "revokedCredential": []}
    page = empty if entry["type"] == REVOCATIONS["type"] else status_list([], id=HTTP)

    report = verified(given, site() | {HTTP: page})

    assert report.verdict == Verdict.UNVERIFIABLE
    assert "hosted-plain" in codes(report, None)
    assert verdict(given, site() | {HTTP: page, HTTP.replace("http", "https"): page}) == Verdict.AUTHENTIC


def test_a_list_of_1edtech_that_another_site_gives_says_nothing():
    away = Answer("https://evil.example/r", 200, jsons.write(revocations()[REVOCATIONS["id"]]).encode())
    given = proved(award(credentialStatus=REVOCATIONS))

    assert verdict(given, site() | {REVOCATIONS["id"]: away}) == Verdict.UNVERIFIABLE


def test_the_status_of_an_unproved_badge_is_not_asked():
    served = Served(site())
    forged = proved(award(credentialStatus=listed()), key=OTHER)

    assert verdict(forged, served) == Verdict.MODIFIED
    assert LIST not in served.asked


def test_a_revoked_badge_that_has_expired_is_revoked():
    document = proved(award(credentialStatus=listed(), validUntil="2026-02-01T00:00:00Z"))
    report = verified(document, site(LIST=status_list([7])))

    assert report.verdict == Verdict.REVOKED
    assert codes(report) == ["status-revoked", "date-expired"]
    assert report.findings == {Verdict.REVOKED, Verdict.EXPIRED}


def test_a_good_list_of_another_issuer_says_nothing():
    other, key = "https://other.example/issuers/1", "https://other.example/keys/1"
    pages = site(LIST=status_list([], issuer=other, key=OTHER, method=key)) | {
        other: profile(key, id=other),
        key: multikey(key, controller=other, publicKeyMultibase=keys.multikey(OTHER.public_key())),
    }

    assert verdict(pages[LIST], pages) == Verdict.AUTHENTIC
    assert verdict(badge(), pages) == Verdict.UNVERIFIABLE


def test_a_list_signed_by_another_key_of_the_issuer_is_taken():
    """Keys are rotated: the badge by the old one, the list by the new one."""
    new = f"{ISSUER}/keys/new"
    pages = site(ISSUER=profile(KEY, new), LIST=status_list([7], key=OTHER, method=new))
    pages[new] = multikey(new, publicKeyMultibase=keys.multikey(OTHER.public_key()))

    assert verdict(badge(), pages) == Verdict.REVOKED
