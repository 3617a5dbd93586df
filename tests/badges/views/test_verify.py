"""« Vérifier un badge »: every verdict with its word, whatever is given; nothing is kept, and a link asks nobody."""

import base64
import io
import re
from datetime import timedelta
from threading import BoundedSemaphore

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from badges.formats import containers, svg
from badges.verification import turns, verifier
from badges.verification.turns import Turn
from passport.lib import images
from tests.badges.services.imports.elsewhere import SITE, Elsewhere, picture
from tests.code import ROOT

pytestmark = pytest.mark.django_db
PAGE = "/verifier/"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><circle cx="99" cy="99" r="90"/></svg>'
)
# Proved by a key that nothing ties to an issuer.
SELF_ASSERTED = ROOT / "tests/vectors/ob30/1edtech-validator/simple-did-key-method.json"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e{{ 7|add:7 }}"


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet


def file(content: bytes | str, name: str = "badge.png") -> dict:
    raw = content.encode() if isinstance(content, str) else content
    return {"badge_file": SimpleUploadedFile(name, raw)}


def words(answer) -> str:
    text = answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(text.split())


def stamp(answer) -> str:
    """The word in ink, and its tone."""
    found = re.search(r'<p class="ink ink--(\w+)"><strong>([^<]+)</strong>', words(answer))
    return f"{found[2]} ({found[1]})" if found else ""


def in_the_future() -> str:
    return (timezone.now() + timedelta(days=9)).isoformat()


GIVEN = {
    "AUTHENTIQUE (ok)": lambda web: web.baked(web.award()),
    "RÉVOQUÉ (no)": lambda web: gone(web, 410),
    "EXPIRÉ (late)": lambda web: web.baked(web.award(assertion={"expires": "2025-01-01T00:00:00Z"})),
    "PAS ENCORE VALABLE (late)": lambda web: web.baked(web.award(assertion={"issuedOn": in_the_future()})),
    "MODIFIÉ (no)": lambda web: changed(web),
    "NON VALIDE (no)": lambda web: gone(web, 404),
    "ÉMETTEUR INJOIGNABLE (late)": lambda web: gone(web, None),
    "NON VÉRIFIABLE (late)": lambda web: SELF_ASSERTED.read_bytes(),
    "CE N’EST PAS UN BADGE (no)": lambda web: picture(),
}


def gone(web: Elsewhere, status: int | None) -> bytes:
    address = web.award()
    carrier = web.baked(address)
    web.pages[address] = status
    return carrier


def changed(web: Elsewhere) -> bytes:
    address = web.award()
    carrier = web.baked(address)
    web.pages[address] = web.pages[address] | {"issuedOn": "2023-05-03T10:00:00Z"}
    return carrier


@pytest.mark.parametrize("said", GIVEN)
def test_each_verdict_has_its_word_its_colour_and_its_sentence(client, web, said):
    answer = client.post(PAGE, file(GIVEN[said](web)))

    html, word = words(answer), said.partition(" (")[0]
    assert answer.status_code == (422 if "PAS UN BADGE" in said else 200)
    assert stamp(answer) == said
    assert f"<title>{word.capitalize()} — Vérifier un badge" in html
    assert f"<strong>{word.capitalize()}.</strong>" in html
    assert ("Vous pouvez vous y fier" in html) == (word == "AUTHENTIQUE")
    assert ("AUTHENTI" in re.sub("<title>.*?</title>", "", html)) == (word == "AUTHENTIQUE")
    assert ('class="rosette"' in html) == (word == "AUTHENTIQUE")


@pytest.mark.parametrize("said", ["MODIFIÉ (no)", "NON VALIDE (no)", "ÉMETTEUR INJOIGNABLE (late)"])
def test_what_is_not_proved_is_only_what_the_badge_says(client, web, said):
    html = words(client.post(PAGE, file(GIVEN[said](web))))

    assert "Se dit délivré par <strong>Atelier des bricoleurs</strong>" in html
    assert (
        "<strong>Non vérifié.</strong> Le nom, l’émetteur et les dates affichés ici sont ce que dit" in html
    )


def test_an_expired_badge_whose_issuer_is_silent_proves_nothing(client, web):
    address = web.award(assertion={"expires": "2025-01-01T00:00:00Z"})
    carrier = web.baked(address)
    del web.pages[address]

    html = words(client.post(PAGE, file(carrier)))

    assert "EXPIRÉ" in html
    assert "<strong>Non vérifié.</strong>" in html


def test_the_report_of_a_foreign_badge(client, web):
    html = words(client.post(PAGE, file(web.baked(web.award()), name="soudure.png")))

    said = [
        "Soudure à l’arc", "Délivré par <strong>Atelier des bricoleurs</strong>, sur <strong>badges.example</strong>",
        "émetteur externe", "3 mai 2024", "Sans date d’expiration", "Open Badges 2.0", "Sait souder deux tôles.",
        "Ce qui a été vérifié", "Le site de l’émetteur présente ce badge", "Ce qui a été lu, et quand",
        "<strong>soudure.png</strong>", f"{SITE}/assertions/1", "Empreinte SHA-256", 'src="data:image/webp;base64,',
    ]  # fmt: skip
    assert [text for text in said if text not in html] == []
    assert "Non vérifié" not in html
    for mark, class_name in (("Bon :", "checks__ok"), ("Inconnu :", "checks__unknown")):
        assert mark in html
        assert class_name in html
    assert "checks__no" not in html


def test_a_check_that_fails_says_so_in_words(client, web):
    html = words(client.post(PAGE, file(GIVEN["NON VALIDE (no)"](web))))

    assert re.search(r'checks__no"><svg[^>]*><use [^>]*/></svg><span class="visually-hidden">Faux :', html)


@pytest.mark.parametrize(
    "recipient, said, sentence",
    [
        ("Alice@Exemple.fr", "AUTHENTIQUE (ok)", ""),
        ("bob@exemple.fr", "NON VALIDE (no)", "<strong>Non valide.</strong> "),
    ],
)
def test_the_recipient_is_compared_when_somebody_asks(client, web, recipient, said, sentence):
    answer = client.post(PAGE, file(web.baked(web.award())) | {"recipient": recipient})

    assert stamp(answer) == said
    assert sentence in words(answer)


@pytest.mark.parametrize("form", ["address", "json", "file"])
def test_a_badge_comes_in_every_way(client, web, form):
    address = web.award()
    given = {"address": {"text": f" {address}\n"}, "json": {"text": web.text(address).decode()}}

    assert (
        stamp(client.post(PAGE, given.get(form) or file(web.text(address), "x.json"))) == "AUTHENTIQUE (ok)"
    )


def test_a_link_fills_in_the_form_and_asks_nobody(client, web, read_only):
    address = web.award()
    with read_only():
        html = words(client.get(PAGE, {"adresse": address}))
        assert client.head(PAGE, {"adresse": address}).status_code == 200

    assert f"{address}</textarea>" in html
    assert 'class="ink' not in html
    assert web.asked == []


def test_a_code_in_the_link_is_filled_in(client):
    assert "7K3M-9QX2-PLHV</textarea>" in words(client.get(f"{PAGE}?badge=7K3M-9QX2-PLHV"))


@pytest.mark.parametrize("query", [{"badge": "x" * 3000}, {"badge": "a\0b"}, {"autre": "x"}, {}])
def test_a_link_that_makes_no_sense_shows_the_empty_form(client, query):
    answer = client.get(PAGE, query)

    assert answer.status_code == 200
    assert re.search(r"<textarea[^>]*>\s*</textarea>", answer.content.decode())


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({}, "Choisissez le fichier d’un badge, ou donnez son adresse, son code ou son texte."),
        ({"text": " \n"}, "Choisissez le fichier d’un badge, ou donnez son adresse, son code ou son texte."),
        ({"text": "https://a.example/1", **file(b"{}")}, "Choisissez un fichier ou remplissez le champ en dessous"),
        ({"text": "{}", "recipient": "pas une adresse"}, "Saisissez une adresse e-mail complète"),
        ({"text": "a" * 600_001}, "600000"),
        ({"text": '{"id": "\0"}'}, "caractère nul"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_used_says_why_beside_the_field(client, given, sentence):
    answer = client.post(PAGE, given)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'role="alert"' in words(answer)
    assert 'class="ink' not in words(answer)


def deep() -> str:
    return '{"a":' * 10_000 + "1" + "}" * 10_000


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0" * 100, b"bonjour", b"{", b'{"a": NaN}', b'{"id": 1, "id": 2}', b'{"@context": "x", "id": "\\u0000"}',
        b"\x89PNG\r\n\x1a\n", picture()[:60], b"%PDF-1.7\n%%EOF", b"<svg", b"e30.e30.", b"eyJhbGciOiJub25lIn0.e30.",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>", b"[]", b'"x"',
        deep().encode(), b"\xff\xfe\x00", b"http://127.0.0.1/", b"http://[::ffff:10.0.0.1]/badge", b"ftp://a.example/",
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_never_an_error(client, content):
    for given in (file(content), {"text": content.decode("utf-8", "ignore").replace("\0", "")}):
        answer = client.post(PAGE, given)
        assert answer.status_code in (200, 422)
        assert "AUTHENTIQUE" not in words(answer)
        assert "checks__" in words(answer) or 'role="alert"' in words(answer)


def test_a_heavy_file_is_refused_without_being_read_to_its_end(client, monkeypatch):
    seen = []
    find = containers.find
    monkeypatch.setattr(containers, "find", lambda raw: seen.append(len(raw)) or find(raw))

    answer = client.post(PAGE, file(b"\x89PNG\r\n\x1a\n" + b"\0" * (12 * 1024**2)))

    assert answer.status_code == 422
    assert "Ce fichier pèse plus de 5 Mo" in words(answer)
    assert set(seen) == {10 * 1024**2 + 1}


def test_hostile_words_are_inert(web):
    address = web.award(
        badge={"name": HOSTILE, "description": HOSTILE * 100, "criteria": "javascript:alert(1)"},
        issuer={"name": HOSTILE, "url": "javascript:alert(1)"},
    )
    given = file(web.baked(address), name=f"{HOSTILE[:40]}.png")
    html = (
        Client().post(PAGE, given).content.decode()
    )  # the checking client takes the braces for a template's

    assert "&lt;script&gt;alert(1)" in html
    for word in ("<script>alert", "<img src=x", "javascript:", "\u202e", ">14<"):
        assert word not in html
    assert len(html) < 60_000


def test_an_invisible_letter_makes_no_other_name(client, web):
    address = web.award(badge={"name": "Sou\u200bdure"}, issuer={"name": "Ate\u200blier\u2060"})
    html = words(client.post(PAGE, {"text": address}))

    assert "Soudure</h2>" in html
    assert "<strong>Atelier</strong>" in html


def test_links_out_are_of_what_was_proved_and_tell_nothing(client, web):
    address = web.award(badge={"criteria": f"{SITE}/criteres"})
    carrier = web.baked(address)
    link = f'<a href="{SITE}/criteres" rel="nofollow noopener noreferrer">'

    answer = client.post(PAGE, file(carrier))
    assert link in words(answer)
    assert answer.headers["Referrer-Policy"] == "same-origin"

    web.pages[address] = 404
    assert "/criteres" not in words(client.post(PAGE, file(carrier)))


def test_nothing_of_the_recipient_is_shown(client, web):
    plain = {"recipient": {"type": "email", "hashed": False, "identity": "alice@exemple.fr"}}
    answer = client.post(PAGE, file(web.baked(web.award(assertion=plain))))

    assert stamp(answer) == "AUTHENTIQUE (ok)"
    assert "alice" not in words(answer).lower()


def test_nothing_is_kept(client, web, read_only, settings, tmp_path):
    with read_only():
        client.post(PAGE, file(web.baked(web.award())))

    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept == []


def test_nothing_is_kept_by_anybody_on_the_way(client, web):
    for answer in (client.get(PAGE), client.post(PAGE, file(web.baked(web.award())))):
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_several_badges_of_a_file_each_have_their_verdict(client, web, monkeypatch):
    first, second = web.award(), web.award(number=2, assertion={"expires": "2025-01-01T00:00:00Z"})
    found = [containers.find(web.text(address))[0] for address in (first, second)]
    monkeypatch.setattr(containers, "find", lambda raw: found)

    html = words(client.post(PAGE, file(b"%PDF-")))

    assert re.findall(r'ink--\w+"><strong>([^<]+)', html) == ["AUTHENTIQUE", "EXPIRÉ"]
    assert html.count('class="rosette"') == 1


def test_more_badges_than_are_looked_at_are_told(client, web, monkeypatch):
    found = containers.find(web.text(web.award()))
    monkeypatch.setattr(containers, "find", lambda raw: found * 7)
    monkeypatch.setattr(verifier, "MOST", 1)

    html = words(client.post(PAGE, file(b"%PDF-")))

    assert html.count('class="ink ') == 1
    assert "6 autres badges de ce fichier n’ont pas été examinés." in html


def test_too_many_from_one_place_are_put_off(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"verify_badge": "2/m/ip"}
    answers = [client.post(PAGE, {"text": "{}"}) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Réessayez dans une minute." in words(answers[2])
    assert answers[2].headers["Retry-After"] == "60"
    assert "{}</textarea>" in words(answers[2])


def test_a_whole_congress_may_verify_from_one_network(client):
    assert {client.post(PAGE, {"text": "rien"}).status_code for _time in range(60)} == {422}


def test_slow_sites_do_not_take_all_threads(client, web, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    address = web.award()
    waiting = [Turn(web) for _number in range(turns.AT_ONCE)]
    for turn in waiting:
        turn.get(address, accept="*/*", limit=10_000)

    answer = client.post(PAGE, {"text": address})
    for turn in waiting:
        turn.__exit__(None, None, None)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Réessayez dans une minute." in words(answer)
    assert stamp(client.post(PAGE, {"text": address})) == "AUTHENTIQUE (ok)"


def test_without_a_csrf_token_nothing_is_verified(web):
    address = web.award()

    assert Client(enforce_csrf_checks=True).post(PAGE, {"text": address}).status_code == 403
    assert web.asked == []


def test_other_methods_are_refused(client):
    assert client.put(PAGE).status_code == 405


def test_what_is_elsewhere_costs_no_query(client, web):
    given = file(web.baked(web.award()))
    with CaptureQueriesContext(connection) as asked:
        client.post(PAGE, given)

    assert len(asked) == 0


def baked_drawing(web: Elsewhere, address: str) -> bytes:
    return svg.bake(DRAWING, version="2", text=web.text(address).decode())


def colour(answer) -> tuple[int, ...]:
    """What is in the middle of the one picture of the page that was drawn again; nothing when none was."""
    found = re.search(r'src="data:image/webp;base64,([^"]+)"', answer.content.decode())
    if found is None:
        return ()
    return Image.open(io.BytesIO(base64.b64decode(found[1]))).convert("RGBA").getpixel((88, 88))


def test_the_picture_of_a_proved_badge_is_its_issuers_not_that_of_the_file(client, web):
    """Anybody can write a good badge into a picture of theirs."""
    web.pages[f"{SITE}/badge.png"] = picture("#008000")
    answer = client.post(PAGE, file(web.baked(web.award(), colour="#0000ff")))

    assert stamp(answer) == "AUTHENTIQUE (ok)"
    red, green, blue, _alpha = colour(answer)
    assert green > 100 > max(red, blue)


@pytest.mark.parametrize("instead", [None, 404, b"no picture"])
def test_a_proved_badge_whose_picture_cannot_be_had_shows_a_neutral_one(client, web, instead):
    carrier = web.baked(web.award())
    web.pages[f"{SITE}/badge.png"] = instead

    answer = client.post(PAGE, file(carrier))

    assert stamp(answer) == "AUTHENTIQUE (ok)"
    assert colour(answer) == ()
    assert "img/unknown-badge.svg" in words(answer)


def test_the_picture_of_a_badge_that_is_not_proved_is_that_of_the_file_and_nobody_is_asked(client, web):
    address = web.award()
    carrier = web.baked(address, colour="#0000ff")
    web.pages[address] = 404

    answer = client.post(PAGE, file(carrier))

    assert colour(answer)[2] > 200
    assert f"{SITE}/badge.png" not in web.asked


def drawn(web: Elsewhere) -> bytes:
    """A proved badge whose picture is a drawing."""
    web.pages[f"{SITE}/badge.svg"] = DRAWING
    return baked_drawing(web, web.award(badge={"image": f"{SITE}/badge.svg"}))


def test_a_drawing_is_drawn_for_a_proved_badge_alone(client, web):
    """Drawing can be made to cost seconds: a forged badge does not buy them."""
    carrier = drawn(web)
    assert colour(client.post(PAGE, file(carrier)))

    web.pages[f"{SITE}/assertions/1"] = 404
    answer = client.post(PAGE, file(carrier))
    assert stamp(answer) == "NON VALIDE (no)"
    assert colour(answer) == ()
    assert "img/unknown-badge.svg" in words(answer)


def test_a_drawing_is_drawn_within_a_turn(client, web, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    free = []
    monkeypatch.setattr(turns, "_free", BoundedSemaphore(1))
    draw = images._draw

    def watch(content):
        free.append(turns._free.acquire(timeout=0.01))
        return draw(content)

    monkeypatch.setattr(images, "_draw", watch)

    assert colour(client.post(PAGE, file(drawn(web))))
    assert free == [False]
    assert turns._free.acquire(timeout=0.01)


def test_when_the_time_is_over_no_picture_is_drawn_and_no_other_badge_is_judged(client, web, monkeypatch):
    monkeypatch.setattr(verifier, "SECONDS_IN_ALL", 5.0)
    carrier = drawn(web)
    found = containers.find(carrier)
    monkeypatch.setattr(containers, "find", lambda raw: found * 3)

    html = words(client.post(PAGE, file(carrier)))

    assert html.count('class="ink ink--ok"') == 1
    assert "2 autres badges de ce fichier" in html
    assert "data:image" not in html
