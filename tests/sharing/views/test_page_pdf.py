"""« Télécharger en PDF »: what the page shows to its reader, nothing more, and nothing of it run."""

import io
from uuid import uuid4

import pytest
from pypdf import PdfReader

from accounts.services.files import keep
from pages.links import key_of
from pages.services.show import close_link, open_link, show
from pages.services.write import write
from passport.lib import typesetting
from passport.lib.html_tree import tree
from passport.lib.markdown import render
from sharing import page_pdf
from tests.factories import AssertionFactory
from tests.given import pdf, picture, upload
from tests.pages.conftest import badges, block, content, folio, full, shown
from tests.sharing.views.test_page import NAMES, PEOPLE, PUBLIC, READ, secret

__all__ = ["badges", "folio", "full"]
pytestmark = pytest.mark.django_db


def address(page) -> str:
    return f"/p/{page.uid}/page.pdf"


def read(answer) -> PdfReader:
    assert answer.status_code == 200
    return PdfReader(io.BytesIO(answer.content))


def text(answer) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(answer).pages).split())


def public(folio, *blocks, **fields):
    show(page=folio, visibility="public")
    write(page=folio, content=content(*blocks, **fields))


@pytest.mark.parametrize("visibility", READ)
def test_who_reads_which_badges(full, browsers, visibility):
    show(page=full, visibility=visibility)

    for person, expected in zip(PEOPLE, READ[visibility], strict=True):
        answer = browsers[person].get(address(full))
        if expected is None:
            assert (person, answer.status_code) == (person, 404)
        else:
            assert (person, shown(text(answer), NAMES)) == (person, expected)


def test_a_secret_link_gives_what_a_visitor_reads_whoever_comes(full, browsers):
    open_link(page=full)

    for person in PEOPLE:
        answer = browsers[person].get(f"{secret(full)}page.pdf")
        assert (person, shown(text(answer), NAMES)) == (person, {PUBLIC})
        assert key_of(full).encode() not in answer.content
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_closed_link_and_an_unknown_page_have_none(folio, client):
    open_link(page=folio)
    closed = f"{secret(folio)}page.pdf"
    close_link(page=folio)

    for gone in (closed, address(folio), f"/p/{uuid4()}/page.pdf", f"/p/{folio.uid}/secret/x/page.pdf"):
        assert client.get(gone).status_code == 404


def test_it_is_a_tagged_pdf_in_french_with_its_title(folio, client):
    public(folio, block("heading", text="Mon parcours"), block("text", text="Une **ligne**."))

    answer = client.get(address(folio))
    root = read(answer).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert "/StructTreeRoot" in root
    assert read(answer).metadata.title == "Dix ans"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Dix ans.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        "]#panic()[",
        '#import "@preview/cetz:0.3.0"',
        '"); panic("x',
        "$ x^2 $ *gras* _ital_ <label> @cite \\ #eval(1)",
    ],
)
def test_what_people_write_is_printed_and_never_run(folio, client, hostile):
    code = hostile.replace("<label>", "").replace("*gras* _ital_", "")
    public(
        folio,
        block("heading", text=hostile),
        block("quote", text=hostile, source=hostile),
        block("link", url="https://exemple.org/", label=hostile, note=hostile),
        block("text", text=f"`{code}`\n\n    {code}"),
        title=hostile,
        description=hostile,
    )
    profile = folio.owner.profile
    profile.first_name = profile.last_name = hostile
    profile.save()

    printed = text(client.get(address(folio))).replace(" ", "")

    # French typography changes apostrophes and spaces, nothing else.
    expected = "".join(hostile.split())
    assert printed.count(expected) >= 6
    assert "root:" not in printed


@pytest.fixture
def every_kind(folio, alice):
    photo = keep(owner=alice, upload=upload(picture(), "plage.jpg"))
    drawing = keep(owner=alice, upload=upload(picture("PNG", mode="RGBA", color=(1, 2, 3, 9)), "dessin.png"))
    paper = keep(owner=alice, upload=upload(pdf(), "carnet.pdf"))
    award = AssertionFactory(public=True, holder=alice)
    markdown = "# Un\n\n### Trois\n\n- a\n- b\n\n3. c\n\n> cité\n\n|A|B|\n|-|-|\n|x|y|\n\n```\ncode\n```\n\n"
    markdown += "[ici](https://a.fr) ~~rayé~~\n\n---\n\nfin"
    public(
        folio,
        block("heading", text="Entête"),
        block("text", text=markdown),
        block("badges", badges=[str(award.uid)]),
        block("quote", text="Ligne une\nLigne deux", source="Camille"),
        block("link", url="https://www.exemple.org/carnet", label="Carnet", note="Une note"),
        block("video", url="https://video.exemple.fr/w/1", label="Le film"),
        block("profile"),
        block("file", file=str(paper.uid)),
        block("file", file=str(photo.uid), caption="Marée", alternative="Une plage"),
        block("gallery", pictures=[str(photo.uid), str(drawing.uid)], words={str(drawing.uid): "Un dessin"}),
    )
    return folio, award


def test_every_kind_of_block_is_there(every_kind, client):
    folio, award = every_kind

    answer = client.get(address(folio))
    said = text(answer)

    for words in (
        "Entête", "Un", "Trois", "cité", "code", "rayé", "fin", award.badge_class.name,
        award.badge_class.issuer.name, "Ligne deux", "Camille", "Carnet", "Une note", "Le film",
        "Voir la vidéo sur video.exemple.fr", "Alice Martin", "carnet.pdf", "Marée",
    ):  # fmt: skip
        assert words in said, words
    links = {
        note.get_object()["/A"]["/URI"]
        for page in read(answer).pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    }
    assert {"https://a.fr", "https://www.exemple.org/carnet", "https://video.exemple.fr/w/1"} <= links
    assert sum(len(page.images) for page in read(answer).pages) >= 2


def test_a_file_that_the_storage_lost_is_told_by_its_words(every_kind, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "empty"

    assert "Un dessin" in text(client.get(address(every_kind[0])))


@pytest.mark.parametrize(
    "title",
    ["🏅 Médiatrice 👩‍🔬", "שלום وسهلا", "m" * 120, "漢字 ✓ \u202e"],
    ids=["emoji", "rtl", "long", "han"],
)
def test_any_writing_makes_a_page(folio, client, title):
    public(folio, block("heading", text="Lisible"), block("text", text="x" * 300), title=title)

    answer = client.get(address(folio))

    assert "Lisible" in text(answer)
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("markdown", [">" * 60 + " fond", "*" * 301, "- " * 40 + "fond", "", "| a |\n|-|"])
def test_any_markdown_makes_a_page(folio, client, markdown):
    public(folio, block("heading", text="Lisible"), block("text", text=markdown))

    assert "Lisible" in text(client.get(address(folio)))


def test_what_lies_too_deep_keeps_its_words():
    deep = str(tree(render(">" * 60 + " fond")))

    assert "fond" in deep
    assert deep.count("blockquote") <= 10


def test_the_pictures_are_counted(every_kind, client, monkeypatch):
    monkeypatch.setattr(page_pdf, "MAX_PICTURES", 1)

    assert "Un dessin" in text(client.get(address(every_kind[0])))


def test_a_drawing_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", 0.001)

    with pytest.raises(typesetting.NotTypeset):
        typesetting.typeset(page_pdf.TEMPLATE, {}, {})


def test_a_template_reads_nothing_outside_its_folder(tmp_path):
    template = tmp_path / "reads.typ"
    template.write_text('#read("../../etc/passwd")')

    with pytest.raises(typesetting.NotTypeset):
        typesetting.typeset(template, {}, {})


def test_too_many_are_refused(folio, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "page_pdf": "1/m/ip"}
    public(folio)

    assert [client.get(address(folio)).status_code for _turn in range(2)] == [200, 429]


@pytest.mark.parametrize("number", [1, 20])
def test_drawing_costs_the_same(folio, alice, client, django_assert_num_queries, number):
    uids = [str(AssertionFactory(public=True, holder=alice).uid) for _turn in range(number)]
    public(folio, *(block("badges", badges=uids) for _turn in range(number)))

    with django_assert_num_queries(2):
        client.get(address(folio))


def test_the_page_leads_to_it(folio, client):
    show(page=folio, visibility="public")
    open_link(page=folio)

    assert f'href="{address(folio)}"' in client.get(f"/p/{folio.uid}/").content.decode()
    assert 'href="page.pdf"' in client.get(secret(folio)).content.decode()
