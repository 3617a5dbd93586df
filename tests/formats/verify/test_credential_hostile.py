"""Whatever is given, a report comes back, soon, and with few questions asked."""

from contextlib import suppress
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badges.formats import jsons, proofs
from badges.formats.errors import FormatError
from badges.formats.jws import Jws
from badges.formats.report import Report, Verdict
from badges.formats.verify.credential import verify_credential
from badges.formats.verify.credential_sealed import read
from badges.formats.verify.session import Session
from tests.cost import peak, within
from tests.formats.verify.credentials import (
    AT,
    CONTEXTS,
    ISSUER,
    KEY,
    LIST,
    RSA,
    SITE,
    award,
    codes,
    listed,
    multikey,
    profile,
    proved,
    site,
    status_list,
    verified,
)
from tests.formats.verify.served import Served

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)
WORDS = st.sampled_from(
    [
        "id", "type", "@context", "issuer", "proof", "credentialSubject", "achievement", "identifier", "hashed",
        "credentialStatus", "credentialSchema", "refreshService", "endorsement", "vc", "iss", "jti", "nbf", "exp",
        "sub", "verificationMethod", "cryptosuite", "statusPurpose", "statusListIndex", "encodedList", "kid", "keys",
        "DataIntegrityProof", "eddsa-rdfc-2022", "assertionMethod", "BitstringStatusListEntry", "revocation",
        "1EdTechCredentialRefresh", "1EdTechRevocationList", "OpenBadgeCredential", "VerifiableCredential",
        ISSUER, KEY, LIST, "did:key:z6Mk", "did:web:issuer.example", "did:jwk:e30", *CONTEXTS,
    ]
)  # fmt: skip
JSON = st.recursive(
    PLAIN | TEXTS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | TEXTS, inner, max_size=5),
    max_leaves=20,
)
MEMBERS = st.dictionaries(WORDS | TEXTS, JSON, max_size=6)


def judged(document, token=None, pages=None) -> Report:
    session = Session(Served(site() if pages is None else pages), AT, ["alice@example.org"], Report())
    verify_credential(session, document, token=token)
    return session.report


@settings(max_examples=100)
@given(MEMBERS)
def test_any_object_gets_a_report(document):
    assert judged(document).verdict != Verdict.AUTHENTIC


@settings(max_examples=100)
@given(MEMBERS)
def test_any_change_of_an_award_gets_a_report(changes):
    judged({**proved(award(credentialStatus=listed())), **changes})


@settings(max_examples=100)
@given(MEMBERS, MEMBERS)
def test_any_token_gets_a_report(payload, header):
    token = Jws({"kid": RSA, **header} | {"alg": "RS256"}, b"", b"a.b", b"c")

    assert judged({**award(), **payload}, token).verdict != Verdict.AUTHENTIC


@settings(max_examples=100)
@given(st.sampled_from(["ISSUER", "KEY", "RSA", "LIST"]), JSON)
def test_any_answer_of_the_issuer_s_site_gets_a_report(name, answer):
    pages = site(**{name: answer if answer is not None else 200})

    judged(proved(award(credentialStatus=listed())), pages=pages)


@settings(max_examples=100)
@given(MEMBERS, MEMBERS)
def test_any_member_of_the_issuer_s_documents_gets_a_report(of_issuer, of_key):
    pages = site(ISSUER={**profile(), **of_issuer}, KEY={**multikey(), **of_key})

    judged(proved(award()), pages=pages)


@settings(max_examples=100)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda octets: octets.decode("latin-1")))
def test_any_text_is_read_or_refused(text):
    with suppress(FormatError):
        read(text)


def nested(depth: int):
    value = "x"
    for _step in range(depth):
        value = {"narrative": value}
    return value


EVIDENCE = {"type": ["Evidence"], "id": "urn:x"}
HEAVY = {
    "thousands of pieces of evidence": {"evidence": [EVIDENCE] * 4_500},
    "many blank nodes": {"evidence": [{"type": ["Evidence"], "narrative": str(n)} for n in range(4_000)]},
    "blank nodes that are alike": {"evidence": [{"type": ["Evidence"]} for _n in range(4_000)]},
    "deep": {"evidence": [nested(25)]},
    "hundreds of proofs": {"proof": proved(award(name="Bob"))["proof"] * 700},
    "hundreds of endorsements": {"endorsement": [proved(award())] * 150},
    "64 endorsements": {
        "endorsement": [proved(award(type=["VerifiableCredential", "EndorsementCredential"]))] * 64
    },
    "thousands of schemas": {"credentialSchema": [{"id": f"urn:{n}", "type": "x"} for n in range(4_000)]},
    "thousands of contexts": {"@context": CONTEXTS * 1_200},
    "a thousand identifiers": {
        "credentialSubject": {
            **award()["credentialSubject"],
            "identifier": award()["credentialSubject"]["identifier"] * 1_200,
        }
    },
    "long text": {"name": "é" * 40_000},
    "one long list of types": {
        "type": [f"https://issuer.example/{n}" for n in range(5_000)] + award()["type"]
    },
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_documents_are_judged_soon(name):
    document, served = {**proved(award()), **HEAVY[name]}, Served(site())
    assert len(jsons.write(document)) < jsons.LIMIT

    def judge():
        served.asked.clear()
        return verified(document, served)

    report = within(2, judge)

    assert report.verdict in {"invalid", "modified"}
    assert len(served.asked) <= 2
    assert len(report.checks) <= 10


@pytest.mark.parametrize("name", ["many blank nodes", "long text"])
def test_heavy_documents_are_judged_in_little_room(name):
    document = {**proved(award()), **HEAVY[name]}

    assert peak(lambda: verified(document)) < 100_000_000


def test_questions_are_bounded():
    """Keys at thirty addresses, each of which says that it is elsewhere."""
    methods = [f"{ISSUER}/keys/{number}" for number in range(200)]
    served = Served({ISSUER: profile(*methods), **{address: multikey(address) for address in methods}})
    token = Jws({"alg": "RS256", "kid": "nowhere"}, b"", b"a.b", b"c")
    session = Session(served, AT, (), Report())
    verify_credential(session, award(), token=token)

    assert session.report.verdict == Verdict.INVALID
    assert len(served.asked) == 9


def heavy(document):
    """Near the limits of the graph, with a first proof that is wrong."""
    subject = deepcopy(document["credentialSubject"])
    subject.setdefault("achievement", deepcopy(award()["credentialSubject"]["achievement"]))
    subject["achievement"]["resultDescription"] = [
        {
            "id": f"urn:r:{number}",
            "type": ["ResultDescription"],
            "name": "n",
            "resultType": "Status",
            "alignment": [
                {"type": ["Alignment"], "targetName": f"{number}.{place}", "targetUrl": "https://x.example/"}
                for place in range(12)
            ],
        }
        for number in range(150)
    ]
    signed = proved({**document, "@context": CONTEXTS, "credentialSubject": subject})
    [good] = signed["proof"]
    return {**signed, "proof": [{**good, "created": "2025-01-01T00:00:00Z"}, good]}


def test_proofs_that_cost_much_are_counted_over_all_documents(monkeypatch):
    """A badge, its newer version and its lists, each as dear as may be: a quarter of a second each."""
    lists = [f"{LIST}{number}" for number in range(4)]
    subject = {"id": "urn:l", "type": ["BitstringStatusList", "AchievementSubject"]}
    whole = status_list([])
    given = {"statusPurpose": "revocation", "encodedList": whole["credentialSubject"]["encodedList"]}
    pages = site() | {
        address: heavy({**whole, "id": address, "credentialSubject": {**subject, **given}})
        for address in lists
    }
    entries = [listed(statusListCredential=address) for address in lists]
    refresh = {"id": f"{SITE}/refresh", "type": "1EdTechCredentialRefresh"}
    older, newer = (
        heavy(
            award(validFrom=f"2026-0{month}-01T00:00:00Z", credentialStatus=entries, refreshService=refresh)
        )
        for month in (1, 2)
    )
    made = []
    check = proofs.check
    monkeypatch.setattr(proofs, "check", lambda *given: made.append(1) or check(*given))

    report = verified(older, pages | {refresh["id"]: newer})

    assert report.verdict == Verdict.UNVERIFIABLE
    assert "status-too-many" in codes(report, None)
    assert len(made) == 6


def test_no_more_than_six_graphs_are_made():
    session = Session(Served(), AT, (), Report())

    assert [session.graphs.spend() for _ in range(7)] == [True] * 6 + [False]
