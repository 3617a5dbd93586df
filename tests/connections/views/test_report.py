"""« Signaler »: what one has before oneself, and nothing that one may not see."""

from uuid import UUID

import pytest
from django.utils import timezone

from connections import querysets
from connections.models import Block, Comment, Report
from connections.services.block import block
from pages.models import Page
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=7, version=4)
GOOD = {"reason": "spam", "text": "Encore \u202ede la publicité."}


@pytest.fixture
def member(bob, signed_in):
    return signed_in(bob)


@pytest.fixture
def subjects(alice, shows):
    """One of each kind that a member may see: the address of its report, and where it is read."""
    shows(alice, "members")
    badge = BadgeClassFactory(slug="b", name="Podcast")
    comment = Comment.objects.create(badge_class=badge, author=alice, text="Un mot de trop.")
    page = Page.objects.create(owner=alice, title="Ma page", visibility="members")
    return {
        "profile": (f"profil/{alice.uid}", f"/u/{alice.profile.handle}/", "Alice Martin"),
        "comment": (
            f"commentaire/{comment.uid}",
            "/galerie/badges/b/#commentaires",
            "Alice Martin\u00a0: Un mot de trop.",
        ),
        "page": (f"page/{page.uid}", f"/p/{page.uid}/", "Ma page"),
        "badge": ("badge/b", "/galerie/badges/b/", "Podcast"),
    }


KINDS = ["profile", "comment", "page", "badge"]


@pytest.mark.parametrize("what", KINDS)
def test_what_one_sees_is_reported_once(subjects, bob, member, read_only, what):
    path, url, label = subjects[what]
    link = f"/connexions/signaler/{path}/"
    assert link in member.get(url).content.decode()
    with read_only():
        assert label in member.get(link).content.decode()

    for _ in range(2):
        answer = member.post(link, GOOD)
        assert (answer.status_code, answer.headers["Location"]) == (302, url)
    row = Report.objects.get()
    assert (row.reporter, row.what, row.subject) == (bob, what, path.split("/")[1])
    assert (row.label, row.reason, row.text) == (label, "spam", "Encore de la publicité.")
    assert "Les administrateurs de ce site vont l’examiner." in member.get(url).content.decode()
    assert not Block.objects.exists()


@pytest.mark.parametrize("what", KINDS)
def test_a_visitor_is_asked_to_sign_in(subjects, client, what):
    path, url, _label = subjects[what]

    assert client.get(f"/connexions/signaler/{path}/").headers["Location"].startswith("/compte/connexion/")
    answer = client.get(url)
    assert "/signaler/" not in (answer.content.decode() if answer.status_code == 200 else "")


@pytest.mark.parametrize("what", KINDS)
def test_what_one_may_not_see_is_as_unknown(subjects, alice, member, shows, what):
    shows(alice, "private")
    Page.objects.update(visibility="private")
    Comment.objects.update(hidden_at=timezone.now())
    BadgeClassFactory._meta.model.objects.update(published_at=None)

    assert member.post(f"/connexions/signaler/{subjects[what][0]}/", GOOD).status_code == 404
    assert not Report.objects.exists()


def test_nor_what_is_behind_a_block(subjects, alice, bob, member):
    block(person=alice, blocked=bob)

    for what in ("profile", "comment"):
        assert member.get(f"/connexions/signaler/{subjects[what][0]}/").status_code == 404


@pytest.mark.parametrize("what", ["profile", "comment", "page"])
def test_nor_what_is_one_s_own(subjects, alice, signed_in, what):
    member = signed_in(alice)

    assert member.get(f"/connexions/signaler/{subjects[what][0]}/").status_code == 404
    assert "/signaler/" not in member.get(subjects[what][1]).content.decode().replace("signaler/badge", "")


@pytest.mark.parametrize(
    "path",
    [f"profil/{NOBODY}", "profil/alice", "commentaire/x", f"page/{NOBODY}", "badge/rien", "autre/x"],
)
def test_what_does_not_exist(member, path):
    assert member.get(f"/connexions/signaler/{path}/").status_code == 404


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"text": "Ce que je dis"}, "Choisissez une raison."),
        ({"reason": "goût", "text": "Ce que je dis"}, "choix valide"),
        ({"reason": "spam", "text": "Ce que je dis" + "é" * 2_000}, "Écrivez 2 000 caractères au plus."),
    ],
)
def test_a_report_that_lacks_something_comes_back_whole(subjects, member, fields, sentence):
    answer = member.post("/connexions/signaler/badge/b/", fields)
    html = answer.content.decode()

    assert answer.status_code == 422
    assert sentence.replace(" ", "") in html.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    assert "Ce que je dis" in html
    assert not Report.objects.exists()


@pytest.mark.parametrize("what", ["profile", "comment", "page"])
def test_the_person_may_be_blocked_with_it(subjects, alice, bob, member, what):
    member.post(f"/connexions/signaler/{subjects[what][0]}/", {**GOOD, "block": "on"})

    assert [(row.person, row.blocked) for row in Block.objects.all()] == [(bob, alice)]


def test_a_badge_blocks_nobody(subjects, member):
    assert "Bloquer aussi" not in member.get("/connexions/signaler/badge/b/").content.decode()
    member.post("/connexions/signaler/badge/b/", {**GOOD, "block": "on"})

    assert Report.objects.exists()
    assert not Block.objects.exists()


def test_one_does_not_report_all_day(subjects, member, monkeypatch):
    monkeypatch.setattr(querysets, "REPORTS_PER_HOUR", 1)
    member.post("/connexions/signaler/badge/b/", GOOD)

    answer = member.post(f"/connexions/signaler/{subjects['page'][0]}/", GOOD)
    assert answer.status_code == 422
    assert "Vous avez beaucoup signalé depuis une heure." in answer.content.decode()
    assert Report.objects.count() == 1
