import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from badges import pictures
from badges.models import BadgeClass
from badges.services import figures
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db

ADD = "admin:badges_badgeclass_add"


def picture(name: str = "mon badge.png", side: int = 300) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (side, side), (200, 16, 46)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def data(issuer, **more) -> dict:
    return {
        "issuer": issuer.pk, "name": "Je participe au congrès", "slug": "", "description": "Ce que c’est.",
        "criteria": "Avoir **participé**.", "tags": " congrès, médiation ,, congrès",
        "alignments-TOTAL_FORMS": 0, "alignments-INITIAL_FORMS": 0,
    } | more  # fmt: skip


def change(badge) -> str:
    return reverse("admin:badges_badgeclass_change", args=[badge.pk])


def test_an_organiser_makes_a_badge_and_publishes_it(signed_in, olga, amcsti):
    answer = signed_in(olga).post(reverse(ADD), data(amcsti, picture=picture(), published="on"))

    assert answer.status_code == 302
    badge = BadgeClass.objects.get()
    assert (badge.slug, badge.tags) == ("je-participe-au-congres", ["congrès", "médiation"])
    assert badge.published_at is not None
    assert pictures.read_variant(pictures.variant(badge.image, "264.webp")) is not None
    assert (badge.folded_name, badge.gallery_country) == ("je participe au congres", "FR")
    true = figures.true_figures(badge)
    assert {name: getattr(badge, name) for name in true} == true


def test_a_second_badge_of_the_same_name_has_its_own_address(signed_in, olga, amcsti):
    BadgeClassFactory(slug="je-participe-au-congres")
    signed_in(olga).post(reverse(ADD), data(amcsti, picture=picture()))

    badge = BadgeClass.objects.get(issuer=amcsti)
    assert (badge.slug, badge.published_at) == ("je-participe-au-congres-2", None)


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"%PDF-1.7", "Ce fichier n’est pas une image PNG ou SVG."),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "trop petite"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><x", "Cette image SVG ne peut pas être utilisée."),
        (b"\x89PNG" + bytes(6 * 1024 * 1024), "pèse plus de 5 Mo"),
    ],
)
def test_a_refused_image_says_why_beside_the_field_and_keeps_the_form(
    signed_in, olga, amcsti, content, sentence
):
    file = SimpleUploadedFile("badge.png", content)
    answer = signed_in(olga).post(reverse(ADD), data(amcsti, picture=file))

    shown = answer.content.decode()
    assert sentence in shown
    assert "Je participe au congrès" in shown
    assert "Avoir **participé**." in shown
    assert not BadgeClass.objects.exists()


def test_an_svg_with_a_script_is_kept_without_it(signed_in, olga, amcsti):
    inside = b'<script>alert(1)</script><path d="M0 0h9v9z"/>'
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + inside + b"</svg>"
    signed_in(olga).post(reverse(ADD), data(amcsti, picture=SimpleUploadedFile("x.svg", drawing)))

    name = BadgeClass.objects.get().image
    assert name.endswith(".svg")
    with default_storage.open(pictures.path(name)) as kept:
        assert b"script" not in kept.read()


def test_a_badge_needs_an_image_and_its_own_issuer(signed_in, olga, amcsti):
    browser = signed_in(olga)
    foreign = BadgeClassFactory().issuer

    assert browser.post(reverse(ADD), data(amcsti)).status_code == 200
    assert browser.post(reverse(ADD), data(foreign, picture=picture())).status_code == 200
    assert not BadgeClass.objects.filter(slug="je-participe-au-congres").exists()


def test_the_address_and_issuer_of_a_published_badge_stay(signed_in, olga, amcsti):
    badge = BadgeClassFactory(issuer=amcsti, slug="avant")
    answer = signed_in(olga).post(change(badge), data(amcsti, slug="apres", published="on", name="Autre nom"))

    assert answer.status_code == 302
    badge.refresh_from_db()
    assert (badge.name, badge.slug) == ("Autre nom", "avant")


def test_an_administrator_may_change_the_address(signed_in, amcsti):
    badge = BadgeClassFactory(issuer=amcsti, slug="avant")
    root = UserFactory(is_staff=True, is_superuser=True)
    signed_in(root).post(change(badge), data(amcsti, slug="apres", published="on"))

    badge.refresh_from_db()
    assert badge.slug == "apres"


def test_an_edit_keeps_what_the_gallery_counts_meanwhile(signed_in, olga, amcsti, monkeypatch):
    badge = BadgeClassFactory(issuer=amcsti)
    browser = signed_in(olga)
    stale = BadgeClass.objects.get(pk=badge.pk)
    AssertionFactory(badge_class=badge, public=True)
    monkeypatch.setattr("badges.admin.badge_class.BadgeClassAdmin.get_object", lambda *args, **kwargs: stale)
    browser.post(change(badge), data(amcsti, published="on", name="Autre nom"))

    badge.refresh_from_db()
    assert (badge.name, badge.public_recipients, badge.member_recipients) == ("Autre nom", 1, 1)


def test_an_awarded_badge_stays_published(signed_in, olga, amcsti):
    badge, alone = BadgeClassFactory(issuer=amcsti), BadgeClassFactory(issuer=amcsti)
    AssertionFactory(badge_class=badge)
    browser = signed_in(olga)

    assert "il reste publié" in browser.post(change(badge), data(amcsti)).content.decode()
    assert browser.post(change(alone), data(amcsti)).status_code == 302
    assert list(BadgeClass.objects.filter(published_at=None)) == [alone]


def test_the_form_shows_the_picture_and_the_way_to_award(signed_in, olga, amcsti):
    badge = BadgeClassFactory(issuer=amcsti, name="Mon badge")
    shown = signed_in(olga).get(change(badge)).content.decode()

    assert reverse("badges:picture", args=[pictures.variant(badge.image, "264.webp")]) in shown
    assert reverse("admin:badges_badgeclass_issue", args=[badge.pk]) in shown
    assert "Délivrer ce badge" in shown
    assert "css/admin-passport.css" in shown


@pytest.mark.parametrize("tags", [",".join(f"t{n}" for n in range(21)), "x" * 41])
def test_too_many_or_too_long_tags_are_refused(signed_in, olga, amcsti, tags):
    answer = signed_in(olga).post(reverse(ADD), data(amcsti, picture=picture(), tags=tags))

    assert "Au plus 20 mots-clés de 40 caractères." in answer.content.decode()
