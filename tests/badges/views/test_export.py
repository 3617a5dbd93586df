"""« Tout télécharger », and the files of one badge on its page: for its person alone, and not at will."""

import re
from unittest.mock import patch

import pytest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from badges.enums import Visibility
from badges.exceptions import NotPossible
from badges.services.revoke import revoke
from badges.services.show import show
from tests.badges.exported import kept, opened
from tests.client import CheckingClient
from tests.factories import AssertionFactory, BadgeClassFactory
from tests.signed import signed, stored_picture

pytestmark = pytest.mark.django_db

PAGE = "/badges/exporter/"


@pytest.fixture
def award(alice):
    return signed(
        public=True,
        holder=alice,
        recipient_address=alice.email,
        recipient_name="Alice Martin",
        badge_class=BadgeClassFactory(name="Congrès", image=stored_picture()),
    )


def text(response) -> str:
    plain = response.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(plain.split())


def press(browser) -> tuple[HttpResponseBase, bytes]:
    """The answer to the button, and all that came; read to its end it is closed."""
    answer = browser.post(PAGE)
    return answer, b"".join(answer)


def test_the_page_says_what_is_in_it_and_changes_nothing(award, alice, signed_in, read_only):
    browser = signed_in(alice)
    with read_only():
        answer = browser.get(PAGE)

    assert answer.status_code == 200
    assert "<h1>Tout télécharger</h1>" in text(answer)
    assert "Votre badge dans un fichier, qui le prouve même sans ce site." in text(answer)
    assert "Télécharger mes badges" in text(answer)
    assert answer["Cache-Control"] == "private, no-store"


def test_several_badges_are_counted(award, alice, signed_in):
    kept(alice)

    assert "Vos 2 badges dans un seul fichier" in text(signed_in(alice).get(PAGE))


def test_without_a_badge_there_is_no_button(alice, bob, award, signed_in):
    answer = text(signed_in(bob).get(PAGE))

    assert "Vous n’avez pas encore de badge : il n’y a rien à télécharger." in answer
    assert "Télécharger mes badges" not in answer


def test_the_button_gives_the_archive(award, alice, signed_in):
    answer, raw = press(signed_in(alice))
    day = timezone.localdate().isoformat()

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == f'attachment; filename="badges-{alice.profile.handle}-{day}.zip"'
    assert (answer["Cache-Control"], answer["Cross-Origin-Resource-Policy"]) == (
        "private, no-store",
        "same-origin",
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert int(answer["Content-Length"]) == len(raw)
    assert len(opened(raw).of_badges(award.code)) == 6


def test_everybody_has_their_own(award, bob, signed_in):
    other = kept(bob)
    archive = opened(press(signed_in(bob))[1])

    assert set(archive.of_badges()) == {f"badges/soudure-{other.assertion.code}/original.png"}
    assert award.code.encode() not in b"".join(archive.files.values())


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_has_anything_without_signing_in(award, client, method):
    answer = getattr(client, method)(PAGE)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/connexion/")


def test_another_site_cannot_press_the_button(award, alice):
    browser = CheckingClient(enforce_csrf_checks=True)
    browser.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")

    assert browser.post(PAGE).status_code == 403


def test_six_times_an_hour_are_enough(award, alice, bob, signed_in):
    browser = signed_in(alice)
    statuses = [press(browser)[0].status_code for _time in range(7)]

    assert statuses == [200] * 6 + [429]
    assert browser.get(PAGE).status_code == 200
    assert press(signed_in(bob))[0].status_code == 200


@pytest.mark.parametrize("trouble", [NotPossible("a key is lost"), OSError(28, "No space left on device")])
def test_what_cannot_be_made_is_said_and_told_to_the_keepers(award, alice, signed_in, caplog, trouble):
    with patch("badges.exporting.export.index.put", side_effect=trouble):
        answer = signed_in(alice).post(PAGE)

    assert answer.status_code == 503
    assert "Votre fichier ne peut pas être produit en ce moment. Réessayez plus tard." in text(answer)
    assert "Télécharger mes badges" in text(answer)
    assert str(trouble) in caplog.text
    assert str(trouble) not in text(answer)


def test_no_way_to_it_is_missing(award, alice, signed_in):
    browser = signed_in(alice)

    for page in ("/badges/", reverse("accounts:settings"), f"/badges/{award.uid}/"):
        assert f'href="{PAGE}"' in text(browser.get(page)), page


def test_an_empty_passport_does_not_offer_it(bob, signed_in):
    assert PAGE not in text(signed_in(bob).get("/badges/"))


# The files of one badge


def downloads(html: str) -> dict[str, str]:
    """Words of each link to a file of the badge, by its address after the dot."""
    found = re.findall(r'href="/badges/[^"/]*/telecharger\.([^"]*)"[^>]*>(.*?)</a>', html)
    return {file: " ".join(re.sub(r"<[^>]*>", " ", words).split()) for file, words in found}


OFFERED = {
    "png?version=2": "Image PNG pour la plupart des plateformes",
    "svg?version=2": "SVG pour la plupart des plateformes",
    "png?version=3": "Image PNG pour les portefeuilles récents",
    "svg?version=3": "SVG pour les portefeuilles récents",
    "json?version=2": "Document Open Badges 2.0 (JSON)",
    "jws": "Jeton signé Open Badges 2.0 (JWS)",
    "json?version=3": "Document signé Open Badges 3.0 (JSON)",
    "jwt": "Jeton signé Open Badges 3.0 (VC-JWT)",
}


def test_its_page_offers_each_file_by_what_it_is_for(award, alice, signed_in):
    browser = signed_in(alice)
    html = text(browser.get(f"/badges/{award.uid}/"))

    assert downloads(html) == OFFERED
    assert "Moodle, Badgr, LinkedIn… Dans le doute, celle-ci (Open Badges 2.0)." in html
    for file in OFFERED:
        assert browser.get(f"/badges/{award.uid}/telecharger.{file}").status_code == 200, file


@pytest.mark.parametrize("state", ["private", "revoked"])
def test_the_form_that_answers_nobody_is_not_offered(award, alice, signed_in, state):
    if state == "revoked":
        revoke(assertion=award, reason="mistake")
    else:
        show(assertion=award, visibility=Visibility.PRIVATE)
    browser = signed_in(alice)
    offered = downloads(text(browser.get(f"/badges/{award.uid}/")))

    assert offered == {file: words for file, words in OFFERED.items() if file != "json?version=2"}
    for file in offered:
        assert browser.get(f"/badges/{award.uid}/telecharger.{file}").status_code == 200, file


def test_of_a_badge_that_is_not_public_the_files_that_no_change_of_keys_spoils_come_first(
    award, alice, signed_in
):
    browser, again = signed_in(alice), "est à télécharger de nouveau si son émetteur change de clés"
    public = text(browser.get(f"/badges/{award.uid}/"))
    show(assertion=award, visibility=Visibility.PRIVATE)
    private = text(browser.get(f"/badges/{award.uid}/"))

    assert [next(iter(downloads(html))) for html in (public, private)] == ["png?version=2", "png?version=3"]
    assert (again in public, again in private) == (False, True)


def test_a_badge_from_elsewhere_offers_its_original_alone(alice, signed_in):
    row = kept(alice)

    assert downloads(text(signed_in(alice).get(f"/badges/{row.assertion.uid}/"))) == {
        "png": "Télécharger l’original"
    }


def test_a_waiting_badge_offers_none(alice, signed_in):
    waiting = AssertionFactory(recipient_address=alice.email)

    assert "telecharger" not in text(signed_in(alice).get(f"/badges/{waiting.uid}/"))
