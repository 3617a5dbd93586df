"""A newer version of a badge, and those who endorse it."""

import pytest

from badges.formats.report import Verdict
from tests.formats.verify.credentials import (
    BADGE,
    ISSUER,
    KEY,
    OTHER,
    OTHER_MULTIKEY,
    SITE,
    award,
    codes,
    listed,
    multikey,
    profile,
    proved,
    site,
    status_list,
    token,
    verdict,
    verified,
)
from tests.formats.verify.served import Served
from tests.formats.verify.test_credential_shape import endorsement

REFRESH = f"{SITE}/refresh/1"
SERVICE = {"id": REFRESH, "type": "1EdTechCredentialRefresh"}
FRIEND = "https://friend.example/issuers/1"
FRIEND_KEY = f"{FRIEND}/keys/1"
LATER = "2026-03-01T00:00:00Z"


def old(**changes):
    return proved(award(refreshService=SERVICE, **changes))


def renamed(**changes):
    subject = award()["credentialSubject"]
    achievement = {**subject["achievement"], "name": "Participation 2026"}
    return award(
        **{"validFrom": LATER, "credentialSubject": {**subject, "achievement": achievement}, **changes}
    )


def offering(answer):
    return site() | {REFRESH: answer}


def test_the_newer_version_is_the_one_that_is_shown():
    report = verified(old(), offering(proved(renamed())))

    assert report.verdict == Verdict.AUTHENTIC
    assert report.facts.name == "Participation 2026"
    assert "refresh-newer" in codes(report, True)


def test_the_newer_version_may_be_a_token():
    given = token(renamed(), nbf=None).encode()

    assert verified(old(), offering(given)).facts.name == "Participation 2026"


def test_the_newer_version_is_the_one_that_counts():
    assert verdict(old(), offering(proved(renamed(validUntil="2026-04-01T00:00:00Z")))) == Verdict.EXPIRED
    assert (
        verdict(
            old(validUntil="2026-02-01T00:00:00Z"),
            offering(proved(renamed(validUntil="2027-01-01T00:00:00Z"))),
        )
        == Verdict.AUTHENTIC
    )
    pages = offering(proved(renamed(credentialStatus=listed()))) | site(LIST=status_list([7]))
    assert verdict(old(), pages) == Verdict.REVOKED


@pytest.mark.parametrize(
    "answer",
    [
        None,
        404,
        500,
        b"<html>",
        b"[]",
        b"a.b.c",
        proved(renamed(validFrom="2026-01-01T00:00:00Z")),
        proved(renamed(validFrom="2025-01-01T00:00:00Z")),
        proved(renamed(id=f"{BADGE}0")),
        proved(renamed(issuer={"id": FRIEND, "type": ["Profile"]})),
        proved(renamed(), key=OTHER),
        proved(renamed(), key=OTHER, method=f"did:key:{OTHER_MULTIKEY}"),
        renamed(),
        {**proved(renamed()), "name": "Bob"},
        proved(endorsement(validFrom=LATER)),
    ],
)
def test_what_is_no_better_version_changes_nothing(answer):
    report = verified(old(), offering(answer))

    assert report.verdict == Verdict.AUTHENTIC
    assert report.facts.name == "Participation"
    assert "refresh-none" in codes(report, None)


def test_it_is_asked_for_once():
    served = Served(offering(proved(renamed(refreshService={**SERVICE, "id": f"{SITE}/refresh/2"}))))
    verified(old(), served)

    assert served.asked == [ISSUER, KEY, REFRESH]


def test_an_unproved_badge_is_not_refreshed():
    served = Served(offering(proved(renamed())))
    forged = proved(award(refreshService=SERVICE), key=OTHER)

    assert verdict(forged, served) == Verdict.MODIFIED
    assert REFRESH not in served.asked


def test_other_services_are_not_asked():
    served = Served(offering(proved(renamed())))
    given = token(award(refreshService={**SERVICE, "type": "ManualRefreshService2018"}))

    assert verdict(given, served) == Verdict.AUTHENTIC
    assert REFRESH not in served.asked


def friendly(**changes):
    issuer = {"id": FRIEND, "type": ["Profile"], "name": "Une amie"}
    return proved(endorsement(issuer=issuer, **changes), key=OTHER, method=FRIEND_KEY)


def with_friend(**changes):
    pages = {
        FRIEND: profile(FRIEND_KEY, id=FRIEND),
        FRIEND_KEY: multikey(FRIEND_KEY, controller=FRIEND, publicKeyMultibase=OTHER_MULTIKEY),
    }
    return site() | pages | changes


def notes(report):
    return [(check.ok, check.code, check.params) for check in report.checks if check.id == "endorsement"]


def test_a_good_endorsement_is_told_by_the_identifier_that_its_key_goes_by():
    report = verified(proved(award(endorsement=[friendly()])), with_friend())

    assert report.verdict == Verdict.AUTHENTIC
    assert notes(report) == [(True, "endorsement-proved", {"issuer": FRIEND})]


def test_a_key_that_endorses_is_not_called_by_the_name_that_it_gives_itself():
    anybody = f"did:key:{OTHER_MULTIKEY}"
    issuer = {"id": anybody, "type": ["Profile"], "name": "Ministère"}
    given = proved(endorsement(issuer=issuer), key=OTHER, method=f"{anybody}#{OTHER_MULTIKEY}")

    for item in (given, {**given, "name": "Autre"}):
        report = verified(proved(award(endorsement=[item])), site())

        assert [note[2] for note in notes(report)] == [{"issuer": anybody}]


def test_an_endorsement_may_be_a_token_or_of_the_achievement_or_the_issuer():
    by_itself = {name: value for name, value in endorsement(credentialSubject=None).items()} | {
        "credentialSubject": {"id": BADGE, "type": ["EndorsementSubject"], "endorsementComment": "Bien."}
    }
    subject = award()["credentialSubject"]
    achievement = {**subject["achievement"], "endorsement": [friendly()]}
    issuer = {
        **award()["issuer"],
        "endorsement": [
            friendly(
                credentialSubject={
                    "id": ISSUER,
                    "type": ["EndorsementSubject"],
                    "endorsementComment": "Bien.",
                }
            )
        ],
    }
    given = token(
        award(
            endorsementJwt=[token(by_itself, sub=None)],
            issuer=issuer,
            credentialSubject={**subject, "achievement": achievement},
        )
    )
    report = verified(given, with_friend())

    assert report.verdict == Verdict.AUTHENTIC
    assert [note[:2] for note in notes(report)] == [(True, "endorsement-proved")] * 3


@pytest.mark.parametrize(
    "item, pages",
    [
        (friendly(), site()),
        ({**friendly(), "name": "Autre"}, with_friend()),
        (friendly(validUntil="2026-02-01T00:00:00Z"), with_friend()),
        (
            friendly(
                credentialSubject={
                    "id": "https://other.example/achievement",
                    "type": ["EndorsementSubject"],
                    "endorsementComment": "Bien.",
                }
            ),
            with_friend(),
        ),
        (endorsement(), with_friend()),
    ],
)
def test_a_doubtful_endorsement_is_told_and_changes_nothing(item, pages):
    report = verified(token(award(endorsement=[item])), pages)

    assert report.verdict == Verdict.AUTHENTIC
    assert [note[:2] for note in notes(report)] == [(None, "endorsement-doubtful")]


def test_an_endorsement_that_is_no_token_is_told():
    report = verified(token(award(endorsementJwt=["a.b.c"])), site())

    assert report.verdict == Verdict.AUTHENTIC
    assert notes(report) == [(None, "endorsement-doubtful", {"issuer": "?"})]


def test_of_many_endorsements_a_few_are_looked_at():
    served = Served(with_friend())
    report = verified(token(award(endorsement=[friendly()] * 64)), served)

    assert report.verdict == Verdict.AUTHENTIC
    assert notes(report)[-1] == (None, "endorsements-unread", {"count": "61"})
    assert len(notes(report)) == 4
    assert len(served.asked) == 4
