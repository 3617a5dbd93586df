"""The card inside other sites: it may be framed, and nothing else may."""

import re

import pytest

from tests.sharing.conftest import words

pytestmark = pytest.mark.django_db

OTHERS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'"
)


def csp(answer) -> set[str]:
    return {part.strip() for part in answer["Content-Security-Policy"].split(";")}


def test_only_the_card_may_be_framed(browsers, award, alice):
    assertion = award("public")
    rest = {part.strip() for part in OTHERS.split(";")}

    card = browsers["anonymous"].get(f"/b/{assertion.uid}/carte/")
    assert csp(card) == rest | {"frame-ancestors *"}
    assert "X-Frame-Options" not in card.headers

    for person, path in [
        ("anonymous", f"/b/{assertion.uid}/"),
        ("anonymous", f"/v/{assertion.code}"),
        ("anonymous", "/b/00000000-0000-4000-8000-000000000000/carte/"),
        ("alice", f"/badges/{assertion.uid}/partager/"),
        ("alice", f"/u/{alice.profile.handle}/"),
    ]:
        answer = browsers[person].get(path)
        assert csp(answer) == rest | {"frame-ancestors 'none'"}, path
        assert answer["X-Frame-Options"] == "DENY", path


def test_what_the_card_says(client, award):
    assertion = award("public", code="7K3M9QX2P1HV")
    html = client.get(f"/b/{assertion.uid}/carte/").content.decode()

    assert words(html) == (
        "Badge de Alice Martin Je participe au congrès de l’Amcsti 2019 (nouvelle fenêtre) "
        "Alice Martin Amcsti, 5 juillet 2019 7K3M-9QX2-P1HV"
    )
    assert (
        "<title>Badge «\u00a0Je participe au congrès de l’Amcsti 2019\u00a0», délivré par Amcsti</title>"
        in html
    )
    assert re.findall(r"<a ([^>]*)>", html) == [f'href="/b/{assertion.uid}/" target="_blank" rel="noopener"']
    assert "<script" not in html
    assert "<form" not in html
    assert "Valide" not in html


def test_an_expired_card_says_so(client, award):
    assertion = award("public", expires_at="2024-07-05T10:00:00Z")

    assert "Expiré" in words(client.get(f"/b/{assertion.uid}/carte/").content.decode())


def test_the_card_is_the_same_for_everybody(browsers, award, alice):
    alice.profile.visibility = "public"
    alice.profile.save()
    assertion = award("public")

    answers = [browser.get(f"/b/{assertion.uid}/carte/") for browser in browsers.values()]

    assert len({answer.content for answer in answers}) == 1
    assert [dict(answer.cookies) for answer in answers] == [{}, {}, {}]


def test_query_budget(client, award, django_assert_num_queries):
    assertion = award("public")

    with django_assert_num_queries(1):
        client.get(f"/b/{assertion.uid}/carte/")


def test_hiding_a_badge_acts_at_once(browsers, award):
    assertion = award("public")
    address = f"/b/{assertion.uid}/carte/"
    assert browsers["anonymous"].get(address).status_code == 200

    browsers["alice"].post(f"/badges/{assertion.uid}/partager/", {"visibility": "members"})

    answer = browsers["anonymous"].get(address)
    assert answer.status_code == 404
    assert "Alice" not in answer.content.decode()
    assert "frame-ancestors *" not in answer["Content-Security-Policy"]
