"""Who may open what, in one table; a refusal is the same as for what does not exist."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.sharing.conftest import without_tokens

pytestmark = pytest.mark.django_db

PEOPLE = ["alice", "bob", "anonymous"]
# kind of award: what Alice, who holds it, Bob, another member, and an anonymous visitor get.
PAGE = {
    "pending": (404, 404, 404),
    "declined": (404, 404, 404),
    "private": (200, 404, 404),
    "members": (200, 200, 404),
    "public": (200, 200, 200),
    "revoked-private": (410, 404, 404),
    "revoked-members": (410, 404, 404),
    "revoked-public": (410, 410, 410),
    "erased": (404, 404, 404),
    "erased-revoked": (404, 404, 404),
}
CARD = {kind: (200,) * 3 if kind == "public" else (404,) * 3 for kind in PAGE}
CODE = {kind: tuple(404 if status == 404 else 303 for status in row) for kind, row in PAGE.items()}
SHARE = {
    kind: (404 if kind.startswith("erased") else 302 if kind in {"pending", "declined"} else 200, 404, 302)
    for kind in PAGE
}


def addresses(uid, code):
    return {
        "page": f"/b/{uid}/",
        "card": f"/b/{uid}/carte/",
        "code": f"/v/{code}",
        "share": f"/badges/{uid}/partager/",
    }


UNKNOWN = addresses(uuid4(), "0000-0000-0000")


@pytest.mark.parametrize("what, table", [("page", PAGE), ("card", CARD), ("code", CODE), ("share", SHARE)])
@pytest.mark.parametrize("kind", PAGE)
def test_who_may_open_what(browsers, award, read_only, what, table, kind):
    assertion = award(kind)
    address = addresses(assertion.uid, assertion.printed_code)[what]

    for person, expected in zip(PEOPLE, table[kind], strict=True):
        with read_only():
            answer = browsers[person].get(address)
            unknown = browsers[person].get(UNKNOWN[what])
        assert (person, answer.status_code) == (person, expected)
        if expected == 404:
            assert without_tokens(answer) == without_tokens(unknown)
            assert "Alice Martin" not in without_tokens(answer) or person == "alice"
            assert {name: answer.headers.get(name) for name in ("X-Robots-Tag", "X-Frame-Options")} == {
                name: unknown.headers.get(name) for name in ("X-Robots-Tag", "X-Frame-Options")
            }


@pytest.mark.parametrize(
    "visibility, expected",
    [("private", (200, 404, 404)), ("members", (200, 200, 404)), ("public", (200, 200, 200))],
)
def test_who_may_open_a_profile(browsers, alice, read_only, visibility, expected):
    alice.profile.visibility = visibility
    alice.profile.about = "Médiatrice scientifique."
    alice.profile.save()

    for person, status in zip(PEOPLE, expected, strict=True):
        with read_only():
            answer = browsers[person].get(f"/u/{alice.profile.handle}/")
        assert (person, answer.status_code) == (person, status)
        if status == 404:
            assert without_tokens(answer) == without_tokens(browsers[person].get("/u/inconnu/"))


def test_the_profile_of_a_closed_account_is_unknown(client, alice):
    alice.profile.visibility = "public"
    alice.profile.save()
    alice.is_active = False
    alice.save()

    assert client.get(f"/u/{alice.profile.handle}/").status_code == 404


def test_a_visitor_who_is_not_signed_in_is_sent_to_sign_in_alike(client, award):
    assertion = award("public")

    for uid in (assertion.uid, uuid4()):
        answer = client.get(f"/badges/{uid}/partager/")
        assert answer["Location"] == f"{reverse('account_login')}?next=/badges/{uid}/partager/"


def test_a_waiting_badge_is_answered_before_it_is_shared(browsers, award):
    assertion = award("pending")

    assert (
        browsers["alice"].get(f"/badges/{assertion.uid}/partager/")["Location"] == f"/badges/{assertion.uid}/"
    )


@pytest.mark.parametrize("write", ["{}", "lower", "plain"])
def test_a_code_leads_to_the_page_however_it_is_typed(client, award, write):
    assertion = award("public", code="7K3M9QX2P1H0")
    typed = {"{}": "7K3M-9QX2-P1H0", "lower": "7k3m-9qx2-plho", "plain": "7K3M9QX2PIHO"}[write]

    answer = client.get(f"/v/{typed}")

    assert (answer.status_code, answer["Location"]) == (303, f"/b/{assertion.uid}/")


@pytest.mark.parametrize("path", ["/b/{uid}/", "/b/{uid}/carte/", "/v/{code}"])
def test_no_cookie_and_no_session_for_a_visitor(client, award, path, django_assert_num_queries):
    assertion = award("public")
    address = path.format(uid=assertion.uid, code=assertion.printed_code)

    answer = client.get(address)

    assert (dict(answer.cookies), dict(client.cookies)) == ({}, {})
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer.headers.get("Cache-Control", "private, no-store") == "private, no-store"


def test_public_pages_take_no_post(browsers, award):
    assertion = award("public")

    for path in (f"/b/{assertion.uid}/", f"/b/{assertion.uid}/carte/", f"/v/{assertion.code}"):
        assert browsers["alice"].post(path).status_code == 405
