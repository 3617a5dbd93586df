"""Who reads the documents of whom: machines get what everybody may see, and learn nothing of the rest."""

import re
import uuid

import pytest
from django.test import Client

from badges.models import Assertion, Evidence
from tests.factories import AssertionFactory
from tests.signed import BROWSER, signed

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/ob2/assertions/{}", "/ob2/assertions/{}.jws", "/ob3/credentials/{}", "/ob3/credentials/{}.jwt",
]  # fmt: skip
READERS = [{}, {"accept": "application/json"}, {"accept": "text/plain"}, BROWSER]
VOLATILE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
NAME, ADDRESS = "Zéphirine Quellec", "zephirine.quellec@exemple.fr"


@pytest.fixture(params=["anonymous", "member", "holder"])
def browser(request, alice, bob, signed_in):
    viewers = {"anonymous": Client(), "member": signed_in(bob), "holder": signed_in(alice)}
    return viewers[request.param]


def award_of(state: str, alice) -> Assertion:
    person = {"recipient_name": NAME, "recipient_address": ADDRESS}
    if state in ("pending", "declined"):
        return AssertionFactory(declined=state == "declined", **person)
    award = signed(
        public=state in ("public", "revoked, was public", "erased"),
        members=state in ("members", "revoked, was for members"),
        revoked=state.startswith("revoked"),
        holder=alice,
        **person,
    )
    if state == "erased":
        Assertion.objects.filter(pk=award.pk).update(holder=None)
    return award


def said(answer) -> tuple:
    """All that an answer tells: status, headers, cookies and body, less what each second changes."""
    # The end of the cookie against foreign forms is counted from now.
    cookies = {name: cookie.value for name, cookie in answer.cookies.items()}
    return answer.status_code, dict(answer.headers), cookies, VOLATILE.sub(b"", answer.content)


@pytest.mark.parametrize(
    "state",
    [
        "private",
        "members",
        "revoked, was private",
        "revoked, was for members",
        "pending",
        "declined",
        "erased",
    ],
)
def test_what_not_everybody_may_see_answers_as_if_it_did_not_exist(browser, alice, state):
    """The holder's browser too: what machines read does not depend on who is signed in."""
    award = award_of(state, alice)
    if state not in ("pending", "declined"):
        assert award.documents.hosted

    for address in ADDRESSES:
        for headers in READERS:
            hidden = browser.get(address.format(award.uid), headers=headers)
            unknown = browser.get(address.format(uuid.uuid4()), headers=headers)
            assert hidden.status_code == 404
            assert said(hidden) == said(unknown)


@pytest.mark.parametrize(
    "state", ["private", "members", "revoked, was public", "revoked, was private", "erased"]
)
def test_evidence_follows_its_badge(browser, alice, state):
    award = award_of(state, alice)
    told = Evidence.objects.create(assertion=award, name="Atelier", narrative=NAME)

    for headers in (READERS[0], BROWSER):
        hidden = browser.get(f"/ob2/evidence/{told.uid}", headers=headers)
        assert hidden.status_code == 404
        assert said(hidden) == said(browser.get(f"/ob2/evidence/{uuid.uuid4()}", headers=headers))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_public_badge_is_the_same_for_everybody_without_cookie(address, browser, alice):
    award = award_of("public", alice)

    answer = browser.get(address.format(award.uid))

    assert answer.status_code == 200
    assert said(answer) == said(Client().get(address.format(award.uid)))
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer["Vary"]
    assert "Set-Cookie" not in answer.headers
    assert NAME.encode() not in answer.content
    assert ADDRESS.encode() not in answer.content.lower()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_badge_that_was_public_says_that_it_is_withdrawn_and_nothing_more(address, browser, alice):
    award = award_of("revoked, was public", alice)

    answer = browser.get(address.format(award.uid))

    assert answer.status_code == 410
    assert said(answer) == said(Client().get(address.format(award.uid)))
    told = answer.content.decode()
    for secret in (NAME, "Quellec", ADDRESS, award.documents.salt, "sha256$", "recipient", award.code):
        assert secret not in told


@pytest.mark.parametrize("state", ["private", "revoked, was public", "revoked, was private", "public"])
def test_what_stands_around_an_award_names_nobody(client, alice, state):
    """Version, issuer, keys, list of withdrawals, status list: none tells who holds a badge, or that somebody does."""
    award = award_of(state, alice)
    issuer = award.badge_class.issuer
    around = [
        f"/ob2/badges/{award.version.uid}",
        f"/ob2/badges/{award.version.uid}/criteres",
        f"/ob2/issuers/{issuer.uid}",
        f"/ob2/revocations/{issuer.uid}",
        f"/ob3/achievements/{award.version.uid}",
        f"/ob3/issuers/{issuer.uid}",
        f"/ob3/status/{award.status_entry.status_list.uid}",
    ]

    for path in around:
        for headers in (READERS[0], BROWSER):
            answer = client.get(path, headers=headers)
            assert answer.status_code in (200, 303)
            told = answer.content.decode()
            for secret in (NAME, "Quellec", ADDRESS, award.documents.salt, str(award.uid), award.code):
                assert secret not in told
