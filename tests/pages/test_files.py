"""Files on pages: what a block keeps of them, who reads them where, and how they go."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from accounts.models import File
from accounts.services.files import delete, keep
from badges.models import BadgeTag
from pages import blocks, forms_files
from pages.connect import _places
from pages.forms import Action, Editor
from pages.models import Page
from pages.services.make import duplicate
from pages.services.show import show
from pages.services.write import restore, write
from tests.given import pdf, picture, received, upload
from tests.pages.conftest import MEMBERS, PRIVATE, PUBLIC, block, content
from tests.pages.test_forms import PAGE, posted

pytestmark = pytest.mark.django_db
WORDS = "Une plage à marée basse"


@pytest.fixture
def photo(alice):
    return keep(owner=alice, upload=upload(picture(), "plage.jpg"))


@pytest.fixture
def second(alice):
    return keep(owner=alice, upload=upload(picture(color="blue"), "mer.jpg"))


@pytest.fixture
def paper(alice):
    return keep(owner=alice, upload=upload(pdf(), "carnet.pdf"))


def gallery(*files, **words):
    return block("gallery", pictures=[str(file.uid) for file in files], words=words)


def said(folio, one, data=None, uploads=None) -> dict:
    """What the page keeps of this block, posted with `data` and `uploads`."""
    write(page=folio, content=content(one))
    fields = {f"{one['id']}-{name}": value for name, value in (data or {}).items()}
    files = MultiValueDict({f"{one['id']}-uploads": uploads or []})
    editor = Editor(folio, posted({**PAGE, f"{one['id']}-here": "1", **fields}), files)
    assert editor.is_valid(), [form.errors for form in editor.forms]
    said.refused = editor.receive()
    (saved,) = editor.content(Action())["blocks"]
    json.dumps(saved)
    return saved


def test_a_file_is_chosen_and_described(folio, photo):
    saved = said(folio, block("file"), {"file": str(photo.uid), "alternative": WORDS, "caption": "Juin"})

    assert (saved["file"], saved["alternative"], saved["caption"]) == (str(photo.uid), WORDS, "Juin")
    assert "uploads" not in saved


def test_a_file_comes_from_the_device(folio, alice):
    saved = said(folio, block("file"), uploads=[upload(pdf(), "neuf.pdf")])

    assert saved["file"] == str(File.objects.of(alice).get().uid)
    assert said.refused == []


def test_pictures_keep_their_order_and_words(folio, photo, second):
    one = gallery(second)
    uids = [str(photo.uid), str(second.uid)]

    saved = said(folio, one, {"pictures": uids, f"words-{second.uid}": WORDS})

    assert saved["pictures"] == [str(second.uid), str(photo.uid)]
    assert saved["words"] == {str(second.uid): WORDS}


def test_pictures_come_from_the_device_beside_those_that_are_there(folio, photo, alice):
    saved = said(
        folio, gallery(photo), {"pictures": [str(photo.uid)]}, [upload(picture(color="red"), "neuve.jpg")]
    )

    new = File.objects.of(alice).exclude(pk=photo.pk).get()
    assert saved["pictures"] == [str(photo.uid), str(new.uid)]


def test_a_gallery_takes_pictures_alone_and_says_so(folio, alice):
    saved = said(folio, block("gallery"), uploads=[upload(pdf(), "carnet.pdf"), upload(picture(), "a.jpg")])

    assert len(said.refused) == 1
    assert said.refused[0].startswith("carnet.pdf")
    assert saved["pictures"] == [str(File.objects.of(alice).get().uid)]


def test_a_gallery_has_room_for_so_many(folio, photo, monkeypatch):
    monkeypatch.setattr(forms_files, "MAX_PICTURES", 1)

    saved = said(folio, gallery(photo), {"pictures": [str(photo.uid)]}, [upload(picture(color="red"))])

    assert saved["pictures"] == [str(photo.uid)]
    assert len(said.refused) == 1


@pytest.mark.parametrize("kind, field", [("file", "file"), ("gallery", "pictures")])
def test_anothers_file_cannot_be_placed(folio, bob, kind, field):
    other = keep(owner=bob, upload=upload(picture(), "de-bob.jpg"))
    one = block(kind)
    write(page=folio, content=content(one))

    editor = Editor(folio, posted({**PAGE, f"{one['id']}-here": "1", f"{one['id']}-{field}": str(other.uid)}))

    assert not editor.is_valid()


def test_a_page_that_names_anothers_file_shows_nothing_of_it(folio, bob):
    """Whatever a version holds: only the owner's own files are ever of the page."""
    other = keep(owner=bob, upload=upload(picture(), "de-bob.jpg"))

    write(page=folio, content=content(block("file", file=str(other.uid))))

    assert list(folio.files.all()) == []
    assert blocks.look(folio, None).blocks == []


def test_a_file_that_is_deleted_leaves_the_page_whole(folio, photo, second, client):
    text = block("text", text="Le texte reste.")
    write(page=folio, content=content(text, block("file", file=str(photo.uid)), gallery(photo, second)))
    show(page=folio, visibility="public")

    delete(file=photo)

    html = client.get(f"/p/{folio.uid}/").content.decode()
    assert "Le texte reste." in html
    assert str(photo.uid) not in html
    assert str(second.uid) in html
    assert [shown.kind for shown in blocks.look(folio, None).blocks] == ["text", "gallery"]
    editor = Editor(folio)
    assert editor.blocks[1].chosen() == []
    assert [file for file, _words in editor.blocks[2].chosen()] == [second]


def test_versions_and_copies_have_their_files(folio, photo):
    write(page=folio, content=content(block("file", file=str(photo.uid))))
    with_file = folio.versions.order_by("-number").first()
    write(page=folio, content=content())
    assert list(folio.files.all()) == []

    restore(page=folio, version=with_file)

    assert list(folio.files.all()) == [photo]
    assert list(duplicate(page=folio).files.all()) == [photo]


def test_places_are_the_pages(folio, alice, photo, second, django_assert_num_queries):
    write(page=folio, content=content(block("file", file=str(photo.uid)), gallery(photo)))
    Page.objects.create(owner=alice, title="Autre")

    with django_assert_num_queries(1):
        found = _places([photo, second])

    assert {pk: [place.url for place in places] for pk, places in found.items()} == {
        photo.pk: [f"/pages/{folio.uid}/"]
    }
    assert "Dix ans" in found[photo.pk][0].label


def test_a_picture_has_its_words_and_a_document_its_name(folio, photo, second, paper, client):
    write(
        page=folio,
        content=content(
            block("file", file=str(photo.uid), alternative=WORDS, caption="Juin 2019"),
            block("file", file=str(paper.uid)),
            gallery(photo, second, **{str(photo.uid): "Le large"}),
        ),
    )
    show(page=folio, visibility="public")

    html = client.get(f"/p/{folio.uid}/").content.decode()

    assert f'alt="{WORDS}"' in html
    assert "Juin 2019" in html
    assert "carnet.pdf" in html
    assert 'alt="Le large"' in html
    assert 'alt="Image 2"' in html or 'alt="Picture 2"' in html


def test_what_is_written_of_a_picture_is_text(folio, photo, client):
    hostile = '"><script>alert(1)</script>'
    write(
        page=folio, content=content(block("file", file=str(photo.uid), alternative=hostile, caption=hostile))
    )
    show(page=folio, visibility="public")

    assert "<script>alert" not in client.get(f"/p/{folio.uid}/").content.decode()


# The editor


@pytest.fixture
def address(folio):
    return f"/pages/{folio.uid}/modifier/"


def post(browser, address, one, data=None, **headers):
    fields = {**PAGE, "visibility": "private", f"{one['id']}-here": "1"}
    return browser.post(
        address, {**fields, **{f"{one['id']}-{k}": v for k, v in (data or {}).items()}}, headers=headers
    )


def test_a_file_is_uploaded_in_the_editor(folio, alice, address, signed_in):
    one = block("file")
    write(page=folio, content=content(one))

    answer = post(signed_in(alice), address, one, {"uploads": upload(picture(), "a.jpg")})

    assert answer.status_code == 303
    assert [file.name for file in folio.files.all()] == ["a.jpg"]


def test_a_refused_upload_keeps_the_rest(folio, alice, address, signed_in):
    one = block("file")
    write(page=folio, content=content(one))

    answer = post(signed_in(alice), address, one, {"uploads": upload(b"MZ", "a.exe"), "caption": "Gardé"})

    assert answer.status_code == 422
    assert "a.exe" in answer.content.decode()
    assert Page.objects.get(pk=folio.pk).blocks[0]["caption"] == "Gardé"


@pytest.mark.parametrize("given, status", [(picture(), "a.jpg"), (b"MZ", "a.exe")])
def test_with_script_the_editor_is_loaded_again_with_its_files(
    folio, alice, address, signed_in, given, status
):
    one = block("file")
    write(page=folio, content=content(one))
    browser = signed_in(alice)

    answer = post(browser, address, one, {"uploads": upload(given, status)}, **{"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == address
    assert "a." in browser.get(address).content.decode()


def test_the_editor_offers_ones_own_files_alone(folio, alice, bob, photo, paper, address, signed_in):
    keep(owner=bob, upload=upload(picture(), "de-bob.jpg"))
    write(page=folio, content=content(block("file"), block("gallery")))

    html = signed_in(alice).get(address).content.decode()

    assert html.count("carnet.pdf") == 1
    assert html.count("plage.jpg") == 2
    assert "de-bob" not in html


def test_the_editor_offers_what_stands_there_however_old(folio, alice, photo, monkeypatch):
    one = block("file", file=str(photo.uid))
    write(page=folio, content=content(one))
    keep(owner=alice, upload=upload(picture(color="green"), "recent.jpg"))
    monkeypatch.setattr("pages.forms.OFFERED_FILES", 1)

    assert {name for _uid, name in Editor(folio).blocks[0].fields["file"].choices[1:]} == {
        "recent.jpg",
        "plage.jpg",
    }


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_of_files_costs_the_same(folio, alice, client, django_assert_num_queries, number):
    files = [keep(owner=alice, upload=upload(picture(color=(turn, 0, 0)))) for turn in range(number)]
    write(
        page=folio, content=content(*(block("file", file=str(file.uid)) for file in files), gallery(*files))
    )
    show(page=folio, visibility="public")

    with django_assert_num_queries(2):
        client.get(f"/p/{folio.uid}/")


def test_a_preview_is_asked_for_by_a_button(folio, alice, address, signed_in):
    one = block("text", text="Avant")
    write(page=folio, content=content(one))
    browser = signed_in(alice)
    fields = {
        **PAGE,
        "visibility": "private",
        f"{one['id']}-here": "1",
        f"{one['id']}-text": "Un mot **fort**.",
    }

    answer = browser.post(address, {**fields, "action": f"preview:{one['id']}"})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}#bloc-{one['id']}")
    assert "<strong>fort</strong>" in browser.get(address).content.decode()


def test_a_preview_is_drawn_while_one_writes_and_keeps_nothing(folio, alice, bob, signed_in, read_only):
    address = f"/pages/{folio.uid}/apercu/0a1b2c3d/"
    data = {"0a1b2c3d-text": "Un mot **fort**.<script>alert(1)</script>"}
    browser = signed_in(alice)

    with read_only():
        answer = browser.post(address, data)

    assert answer.status_code == 200
    assert "<strong>fort</strong>" in answer.content.decode()
    assert "<script>" not in answer.content.decode()
    assert signed_in(bob).post(address, data).status_code == 404
    too_long = browser.post(address, {"0a1b2c3d-text": "a" * 5_001})
    assert (too_long.status_code, "5" in too_long.content.decode()) == (422, True)


# The owner's own tags


def test_badges_are_gathered_by_ones_own_tag_and_the_strictest_wins(folio, badges):
    for name in (PUBLIC, PRIVATE):
        BadgeTag.objects.create(assertion=badges[name], name="Été 2019")
    write(page=folio, content=content(block("tag", tag="mine:ete 2019")))

    seen = {
        level: {
            badge.badge_class.name for shown in blocks.look(folio, level).blocks for badge in shown.badges
        }
        for level in ("public", "members", None)
    }

    assert seen == {"public": {PUBLIC}, "members": {PUBLIC}, None: {PUBLIC, PRIVATE}}
    assert MEMBERS not in seen[None]


def test_ones_own_tags_are_offered_and_told_to_nobody(folio, badges, alice, address, client, signed_in):
    BadgeTag.objects.create(assertion=badges[PUBLIC], name="Motsecret")
    write(page=folio, content=content(block("tag", tag="mine:motsecret")))
    show(page=folio, visibility="public")

    html = client.get(f"/p/{folio.uid}/").content.decode()
    assert PUBLIC in html
    assert "otsecret" not in html
    assert (
        '<option value="mine:motsecret" selected>Motsecret</option>'
        in signed_in(alice).get(address).content.decode()
    )


def test_a_tag_of_ones_own_that_is_gone_stays_a_choice(folio, badges):
    saved = said(folio, block("tag", tag="mine:parti"), {"tag": "mine:parti"})

    assert saved["tag"] == "mine:parti"


# Who reads


def addresses(file) -> list[str]:
    found = [reverse("accounts:file", args=[file.uid])]
    return found + ([reverse("accounts:picture_file", args=[file.uid, 480])] if file.is_picture else [])


READERS = {"private": {"alice"}, "members": {"alice", "bob"}, "public": {"alice", "bob", "anonymous"}}


@pytest.mark.parametrize("kind", ["photo", "paper"])
@pytest.mark.parametrize("visibility", READERS)
def test_who_may_open_the_page_reads_its_files(
    folio, alice, bob, client, signed_in, second, visibility, kind, request
):
    file = request.getfixturevalue(kind)
    one = block("file", file=str(file.uid))
    write(page=folio, content=content(one))
    show(page=folio, visibility=visibility)
    browsers = {"alice": signed_in(alice), "bob": signed_in(bob), "anonymous": client}

    for name, browser in browsers.items():
        for address in addresses(file):
            expected = 200 if name in READERS[visibility] else 404
            assert (name, status(browser, address)) == (name, expected)
        # A file that no page shows is its owner's alone, also when another of theirs is on a public page.
        for address in addresses(second):
            assert (name, status(browser, address)) == (name, 200 if name == "alice" else 404)


def status(browser, address) -> int:
    answer = browser.get(address)
    received(answer)
    return answer.status_code


def test_a_file_closes_with_its_page(folio, photo, alice, client):
    write(page=folio, content=content(block("file", file=str(photo.uid))))
    show(page=folio, visibility="public")
    address = addresses(photo)[1]
    assert status(client, address) == 200

    show(page=folio, visibility="private")
    assert status(client, address) == 404
    show(page=folio, visibility="public")
    write(page=folio, content=content())
    assert status(client, address) == 404
    write(page=folio, content=content(block("file", file=str(photo.uid))))
    assert status(client, address) == 200
    alice.is_active = False
    alice.save()
    assert status(client, address) == 404


def test_a_file_of_no_page_is_not_found(client):
    assert status(client, reverse("accounts:file", args=[uuid4()])) == 404
