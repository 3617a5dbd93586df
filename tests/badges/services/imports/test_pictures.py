"""Pictures of badges from elsewhere: copied, drawn again, or replaced."""

import base64
import io
from threading import BoundedSemaphore

import pytest
from PIL import Image

from badges import pictures as store
from badges.exceptions import NotPossible
from badges.formats import svg
from badges.services.imports import pictures
from badges.services.imports import read as reading
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from badges.verification import turns
from badges.verification.turns import Turn
from passport.lib import images
from tests.badges.services.imports.elsewhere import Elsewhere, picture

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#0f0"/></svg>'
HOSTILE = DRAWING.replace(
    b"<rect", b'<script>alert(1)</script><image href="https://evil.example/p.png"/><rect'
)


def inline(raw: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode()}"


def drawn(data: str) -> Image.Image:
    head, _comma, encoded = data.partition(",")
    assert head == "data:image/webp;base64"
    return Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGBA")


@pytest.mark.parametrize(
    "image, expected",
    [
        (inline(b"abc"), b"abc"),
        ("data:image/svg+xml,%3Csvg/%3E", b"<svg/>"),
        ("data:image/png;base64,***", b""),
        ("data:image/png;base64", b""),
        ("data:", b""),
        ("https://badges.example/p.png", b""),
        ("", b""),
    ],
)
def test_a_picture_in_a_document_is_decoded_without_asking_anybody(image, expected):
    assert pictures.said_by(image, None) == expected


def test_what_is_shown_before_keeping_is_drawn_again():
    preview = drawn(pictures.preview(inline(picture("red")), b"not a badge"))

    assert preview.size == (176, 176)
    assert preview.getpixel((88, 88))[:3] == pytest.approx((255, 0, 0), abs=6)


def test_the_carrier_stands_in_for_an_address():
    baked = svg.bake(HOSTILE, version="2", text="", verify="https://badges.example/1")

    assert drawn(pictures.preview("https://badges.example/p.png", baked)).getpixel((88, 88))[1] > 240
    assert pictures.preview("https://badges.example/p.png", b"{}") == ""


def test_a_hostile_drawing_is_kept_without_what_makes_it_so(db):
    name = pictures.copied(
        "", svg.bake(HOSTILE, version="2", text="", verify="https://b.example/1"), Nobody()
    ).shown

    with store.default_storage.open(store.path(name)) as file:
        kept = file.read()
    assert b"script" not in kept
    assert b"evil.example" not in kept


def test_the_neutral_picture_can_be_drawn():
    assert images.read_badge_image(pictures.neutral()).extension == "svg"


def test_without_time_to_draw_a_badge_waits_without_its_picture(web, alice, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", images.DRAWING_SECONDS - 1.0)

    [draft] = read(given=[Given("badge", web.baked(web.award()))], user=alice).drafts

    assert (draft.verdict, draft.report["picture"]) == ("authentic", "")


@pytest.fixture
def crowd(monkeypatch):
    """As many as may draw at once do."""
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    monkeypatch.setattr(turns, "_free", BoundedSemaphore(1))
    with Turn(Elsewhere()) as turn:
        yield turn.begin


def test_when_too_many_draw_a_badge_waits_without_its_picture(web, alice, crowd, monkeypatch):
    judge = reading.judge_found
    monkeypatch.setattr(reading, "judge_found", lambda *args, **more: (judge(*args, **more), crowd())[0])
    monkeypatch.setattr(turns.Turn, "get", lambda turn, address, **more: turn._beyond.get(address, **more))

    [draft] = read(given=[Given("badge", web.baked(web.award()))], user=alice).drafts

    assert (draft.verdict, draft.report["picture"]) == ("authentic", "")


def test_when_too_many_draw_a_badge_is_not_kept_yet(web, alice, crowd):
    [draft] = read(
        given=[Given("badge", web.baked(web.award(badge={"image": inline(picture())})))], user=alice
    ).drafts
    crowd()

    with pytest.raises(NotPossible, match="Réessayez dans une minute"):
        keep(draft=draft, holder=alice)


class Nobody:
    def get(self, address, *, accept, limit):
        raise AssertionError(address)
