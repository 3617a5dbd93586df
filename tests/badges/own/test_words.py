"""« Réglages »: tags, a note, putting away. Nobody else reads them."""

import json

import pytest

from badges.exporting.own import files
from badges.models import Assertion, BadgeTag, HolderEvidence

pytestmark = pytest.mark.django_db


def tags(badge):
    return [tag.name for tag in badge.tags.all()]


def address(badge, rest=""):
    return f"/badges/{badge.uid}/reglages/{rest}"


def test_words_are_kept(alices, hold):
    badge = hold("Médiation")

    answer = alices.post(
        address(badge), {"tags": " Congrès ,congres,  Été 2019,, \u202e", "note": "À montrer\r\nau jury "}
    )

    assert answer.status_code == 303
    assert tags(badge) == ["congres", "Été 2019"]
    badge.refresh_from_db()
    assert badge.note == "À montrer\nau jury"
    html = alices.get(address(badge)).content.decode()
    assert 'value="congres, Été 2019"' in html
    alices.post(address(badge), {"tags": "autre", "note": ""})
    assert tags(badge) == ["autre"]


def test_what_is_too_long_is_said_and_stays_in_the_form(alices, hold):
    badge = hold("Médiation")

    answer = alices.post(address(badge), {"tags": "x" * 41, "note": "y" * 2001})

    assert answer.status_code == 422
    assert "un mot-clé a 40 caractères au plus" in answer.content.decode().replace("\xa0", " ")
    assert "x" * 41 in answer.content.decode()
    badge.refresh_from_db()
    assert (tags(badge), badge.note) == ([], "")


def test_nobody_else_comes_here(signed_in, bob, client, hold):
    badge = hold("Médiation", public=True)

    for rest in ("", "ranger/", "ressortir/"):
        assert signed_in(bob).post(address(badge, rest), {"tags": "x"}).status_code == 404
        assert client.post(address(badge, rest)).status_code == 302
    assert signed_in(bob).get(address(badge)).status_code == 404


def test_nobody_else_reads_them(signed_in, bob, client, alices, hold):
    badge = hold("Médiation", public=True)
    alices.post(address(badge), {"tags": "motsecret", "note": "notesecrete"})
    public = [
        f"/b/{badge.uid}/", f"/b/{badge.uid}/carte/", badge.badge_class.get_absolute_url(),
        f"/ob2/assertions/{badge.uid}", f"/ob3/credentials/{badge.uid}",
    ]  # fmt: skip

    for browser in (client, signed_in(bob), alices):
        for path in public:
            body = browser.get(path).content.decode()
            assert "motsecret" not in body
            assert "notesecrete" not in body
    assert "motsecret" in alices.get("/badges/").content.decode()
    assert "motsecret" not in signed_in(bob).get("/badges/").content.decode()


def test_a_badge_that_is_put_away_leaves_the_list_and_stays_visible(alices, client, hold):
    badge = hold("Médiation", public=True)

    answer = alices.post(address(badge, "ranger/"), follow=True)
    assert "Ceux qui le voyaient le voient toujours." in answer.content.decode()
    listed = alices.get("/badges/").content.decode()
    assert f"/badges/{badge.uid}/" not in listed
    assert "1 badge rangé" in listed
    assert f"/badges/{badge.uid}/" in alices.get("/badges/?etat=archives").content.decode()
    assert client.get(f"/b/{badge.uid}/").status_code == 200

    alices.post(address(badge, "ressortir/"))
    assert f"/badges/{badge.uid}/" in alices.get("/badges/").content.decode()
    assert Assertion.objects.get().archived_at is None


def test_tags_of_a_badge_never_go_beyond_twenty(alices, hold):
    badge = hold("Médiation")

    alices.post(address(badge), {"tags": ", ".join(f"mot {n}" for n in range(20))})
    assert badge.tags.count() == 20
    alices.post(address(badge), {"tags": ", ".join(f"autre {n}" for n in range(20))})
    assert badge.tags.count() == 20
    assert not BadgeTag.objects.filter(name="mot 1").exists()


def test_what_is_only_written_otherwise_is_written_anew(alices, hold):
    badge = hold("Médiation")
    alices.post(address(badge), {"tags": "ete, congrès"})

    alices.post(address(badge), {"tags": "Été, congrès"})

    assert tags(badge) == ["congrès", "Été"]


def test_they_leave_in_the_holders_own_archive(alices, alice, hold):
    badge, bare = hold("Médiation", "Atelier")
    alices.post(address(badge), {"tags": "congrès", "note": "À montrer au jury"})
    HolderEvidence.objects.create(assertion=badge, name="Mon stand", narrative="J’y étais.")

    [file] = files(alice)

    assert file.path == "mes-annotations.json"
    assert json.loads(file.content) == [
        {
            "badge": str(badge.uid),
            "name": "Médiation",
            "tags": ["congrès"],
            "note": "À montrer au jury",
            "evidence": [
                {"name": "Mon stand", "narrative": "J’y étais.", "url": "", "file": "", "is_shown": False}
            ],
        }
    ]
    assert str(bare.uid) not in file.content


def test_who_wrote_nothing_has_no_such_file(alice, hold):
    hold("Médiation")

    assert list(files(alice)) == []
