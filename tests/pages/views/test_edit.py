import pytest
from django.test import Client

from pages.models import Page
from pages.services.show import show
from pages.services.write import write
from tests.factories import AssertionFactory
from tests.pages.conftest import NEVER, PRIVATE, PUBLIC, block, content, shown

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def member(folio, signed_in):
    return signed_in(folio.owner)


@pytest.fixture
def address(folio):
    return f"/pages/{folio.uid}/modifier/"


@pytest.fixture
def texts(folio):
    """Three blocks of text on the page."""
    rows = [block("text", text=text) for text in ("Un", "Deux", "Trois")]
    write(page=folio, content=content(*rows))
    return rows


def posted(folio, **changes) -> dict:
    """What the editor sends, as it stands."""
    folio.refresh_from_db()
    fields = {"title": folio.title, "description": folio.description, "theme": folio.theme, "order": ""}
    for row in folio.blocks:
        fields[f"{row['id']}-here"] = "1"
        fields |= {f"{row['id']}-{name}": value for name, value in row.items() if name not in {"id", "kind"}}
    return {**fields, "visibility": folio.visibility, **changes}


def said(folio) -> list[str]:
    return [row.get("text") for row in Page.objects.get(pk=folio.pk).blocks]


def test_the_editor_has_every_block_with_its_buttons(member, address, texts, read_only):
    with read_only():
        html = member.get(address).content.decode()

    assert "<h1>Modifier la page</h1>" in html
    for number, row in enumerate(texts, 1):
        assert f'id="nom-{row["id"]}">{number}. Texte</span>' in html
    assert html.count('value="up:') == html.count('value="down:') == html.count('value="remove:') == 3
    assert f'value="up:{texts[0]["id"]}" disabled' in html
    assert f'value="down:{texts[2]["id"]}" disabled' in html
    assert html.count('value="add:') == 10
    assert "La page est signée de votre nom, Alice Martin." in html


def test_the_editor_offers_the_badges_that_can_be_shown(member, folio, address, badges):
    write(page=folio, content=content(block("badges"), block("tag")))

    html = member.get(address).content.decode()

    assert {PUBLIC, PRIVATE} <= shown(html, badges)
    assert not shown(html, NEVER)
    assert '<option value="médiation">médiation</option>' in html


def test_saving_writes_the_page_and_who_sees_it(member, folio, address, texts):
    data = posted(folio, title="Vingt ans", theme="night", visibility="public", action="save")
    data[f"{texts[0]['id']}-text"] = "Un et demi"

    answer = member.post(address, data, follow=True)

    saved = Page.objects.get()
    assert (saved.title, saved.theme, saved.visibility) == ("Vingt ans", "night", "public")
    assert said(folio) == ["Un et demi", "Deux", "Trois"]
    assert "La page est enregistrée." in answer.content.decode()


@pytest.mark.parametrize("action", ["", "add:text", "up:{}", "remove:{}", "publish"])
def test_only_the_button_of_saving_changes_who_sees_the_page(member, folio, address, texts, action):
    member.post(address, posted(folio, visibility="public", action=action.format(texts[1]["id"])))

    assert Page.objects.get().visibility == "private"


def test_a_page_that_keeps_itself_never_publishes(member, folio, address, texts):
    member.post(address, posted(folio, visibility="public", action="save", title="Vingt ans"), **HTMX)

    assert Page.objects.values_list("title", "visibility").get() == ("Vingt ans", "private")


def test_a_page_that_keeps_itself_says_when_and_shows_its_texts(member, folio, address, texts):
    data = posted(folio)
    data[f"{texts[0]['id']}-text"] = "**Un** <script>alert(1)</script>"

    html = member.post(address, data, **HTMX).content.decode()

    assert "Enregistré à" in html
    assert f'id="apercu-{texts[0]["id"]}" hx-swap-oob="true"' in html
    assert "<strong>Un</strong>" in html
    assert "<script>" not in html
    assert folio.versions.count() == 3


def test_a_page_that_keeps_itself_says_what_it_cannot_keep(member, folio, address, texts):
    html = member.post(address, posted(folio, title=""), **HTMX).content.decode()

    assert "Non enregistré." in html
    assert "Donnez un titre à la page." in html
    assert Page.objects.get().title == "Dix ans"


@pytest.mark.parametrize(
    "action, expected, anchor",
    [
        ("up:1", ["Deux", "Un", "Trois"], 1),
        ("down:1", ["Un", "Trois", "Deux"], 1),
        ("remove:1", ["Un", "Trois"], None),
    ],
)
def test_blocks_move_without_script(member, folio, address, texts, action, expected, anchor):
    name, _colon, place = action.partition(":")

    answer = member.post(address, posted(folio, action=f"{name}:{texts[int(place)]['id']}"))

    assert said(folio) == expected
    end = f"#bloc-{texts[anchor]['id']}" if anchor is not None else ""
    assert (answer.status_code, answer.headers["Location"]) == (303, address + end)


def test_a_button_keeps_what_was_being_written(member, folio, address, texts):
    data = posted(folio, action=f"up:{texts[2]['id']}", title="Vingt ans")
    data[f"{texts[0]['id']}-text"] = "Un et demi"

    member.post(address, data)

    assert said(folio) == ["Un et demi", "Trois", "Deux"]
    assert Page.objects.get().title == "Vingt ans"


def test_adding_leads_to_the_new_block(member, folio, address, texts):
    answer = member.post(address, posted(folio, action="add:video"))

    last = Page.objects.get().blocks[-1]
    assert last["kind"] == "video"
    assert answer.headers["Location"] == f"{address}#bloc-{last['id']}"


def test_an_address_that_is_none_is_said_beside_its_field_and_nothing_is_lost(member, folio, address):
    link = block("link")
    write(page=folio, content=content(link))
    data = posted(folio, title="Vingt ans", action="save", visibility="public")

    answer = member.post(address, {**data, f"{link['id']}-url": "javascript:alert(1)"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("Écrivez une adresse complète, avec https://") == 2
    assert 'value="Vingt ans"' in html
    assert 'value="public" checked' in html
    assert Page.objects.values_list("title", "visibility").get() == ("Dix ans", "private")


@pytest.mark.parametrize("visibility", ["", "everyone"])
def test_a_visibility_that_is_none_is_refused(member, folio, address, visibility):
    answer = member.post(address, posted(folio, visibility=visibility, action="save"))

    assert answer.status_code == 422
    assert "Choisissez qui peut voir cette page." in answer.content.decode()
    assert Page.objects.get().visibility == "private"


def test_fields_that_are_not_asked_are_ignored(member, folio, address, bob):
    member.post(
        address, posted(folio, owner=bob.pk, uid="0", link_open="on", link_generation="7", action="save")
    )

    saved = Page.objects.get()
    assert (saved.owner, saved.uid, saved.link_open, saved.link_generation) == (
        folio.owner,
        folio.uid,
        False,
        0,
    )


def test_hostile_words_stay_words(member, folio, address):
    heading, quote = block("heading"), block("quote")
    write(page=folio, content=content(heading, quote))
    evil = '"><script>alert(1)</script>{{7*7}}'
    data = posted(folio, title=evil, description=evil, action="save")
    data |= {f"{heading['id']}-text": evil, f"{quote['id']}-text": evil, f"{quote['id']}-source": evil}

    member.post(address, data)

    # Two names in braces would make the checking client think of a template: it is Django's own here.
    plain = Client()
    plain.cookies = member.cookies
    for place in (address, f"/pages/{folio.uid}/", f"/p/{folio.uid}/", f"/pages/{folio.uid}/versions/"):
        html = plain.get(place).content.decode()
        assert "<script>alert" not in html
        assert "{{7*7}}" in html


@pytest.mark.parametrize("number", [1, 12])
def test_the_editor_costs_the_same(folio, member, address, django_assert_num_queries, number):
    for _turn in range(number):
        AssertionFactory(accepted=True, holder=folio.owner)
    write(page=folio, content=content(*(block("badges") for _turn in range(number))))

    with django_assert_num_queries(11):
        member.get(address)


def test_undo_is_there_when_there_is_something_to_undo(member, folio, address):
    assert "Annuler la dernière modification" not in member.get(address).content.decode()

    write(page=folio, content=content(title="Deux"))

    assert "Annuler la dernière modification" in member.get(address).content.decode()


def test_a_public_page_stays_public_while_it_is_written(member, folio, address, texts):
    show(page=folio, visibility="public")

    member.post(address, posted(folio, title="Vingt ans", visibility="private"), **HTMX)

    assert Page.objects.values_list("title", "visibility").get() == ("Vingt ans", "public")
