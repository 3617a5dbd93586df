import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template import Context, Template
from django.urls import reverse
from PIL import Image

from badges import pictures
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def name() -> str:
    out = io.BytesIO()
    Image.new("RGBA", (200, 100), (200, 30, 60, 255)).save(out, "PNG")
    return pictures.store(out.getvalue())


def address(name: str, suffix: str) -> str:
    return reverse("badges:picture", args=[pictures.variant(name, suffix)])


@pytest.mark.parametrize(
    "suffix, kind, side",
    [("264.webp", "image/webp", 264), ("440.webp", "image/webp", 440), ("440.png", "image/png", 440)],
)
def test_a_picture_is_served_to_everybody_for_a_year(client, name, suffix, kind, side):
    answer = client.get(address(name, suffix))

    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    )
    assert not answer.cookies
    assert Image.open(io.BytesIO(answer.content)).size == (side, side)


def test_a_browser_that_has_the_picture_gets_304(client, name):
    first = client.get(address(name, "264.webp"))
    again = client.get(address(name, "264.webp"), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"]
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_head_is_get_without_a_body_and_post_is_refused(client, name):
    assert client.head(address(name, "440.png")).status_code == 200
    assert client.post(address(name, "440.png")).status_code == 405


@pytest.mark.parametrize(
    "bad",
    [
        "0" * 64 + "-264.webp",
        "0" * 64 + "-264.webp\n",
        "x.png",
        "0" * 64 + "-264.svg",
        "..%2f..%2fsecret",
        "A" * 64 + "-264.webp",
    ],
)
def test_other_names_are_not_found(client, bad):
    assert client.get(f"/badges/images/{bad}").status_code == 404


def test_the_original_is_not_served(client, name):
    default_storage.save("badges/secret", ContentFile(b"secret"))

    assert default_storage.exists(pictures.path(name))
    assert client.get(f"/badges/images/{name}").status_code == 404
    assert client.get("/badges/images/secret").status_code == 404


def test_the_tag_gives_the_address_of_a_size(name):
    badge_class = BadgeClassFactory.build(image=name)
    template = Template('{% load badges %}{% badge_picture b 264 %} {% badge_picture b "440.png" %}')

    assert template.render(Context({"b": badge_class})) == (
        f"/badges/images/{name[:64]}-264.webp /badges/images/{name[:64]}-440.png"
    )
