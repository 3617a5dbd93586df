import pytest
from django.http import QueryDict

from pages import forms, forms_blocks
from pages.forms import Action, ActionForm, Editor
from pages.services.write import write
from tests.pages.conftest import MEMBERS, PRIVATE, PUBLIC, block, content

pytestmark = pytest.mark.django_db
PAGE = {"title": "Dix ans", "description": "", "theme": "passport", "order": ""}


def posted(fields) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def editor(folio, *blocks, order="", **values) -> Editor:
    """The editor of the page with these blocks, posted with `values` for the last one."""
    write(page=folio, content=content(*blocks))
    last = blocks[-1]["id"]
    fields = {f"{last}-{name}": value for name, value in values.items()}
    return Editor(folio, posted({**PAGE, "order": order, f"{last}-here": "1", **fields}))


def only(folio, kind, **values) -> dict:
    made = editor(folio, block(kind), **values)
    assert made.is_valid(), [form.errors for form in made.forms]
    (saved,) = made.content(Action())["blocks"]
    return {name: value for name, value in saved.items() if name not in {"id", "kind"}}


@pytest.mark.parametrize(
    "kind, values",
    [
        ("heading", {"text": "Titre"}),
        ("text", {"text": "Une ligne\n\nUne autre"}),
        ("quote", {"text": "On a fait une étude.", "source": "Naël"}),
        ("link", {"url": "https://exemple.fr/", "label": "Carnet", "note": "De terrain"}),
        ("video", {"url": "https://video.exemple.fr/1", "label": "Film"}),
        ("profile", {}),
    ],
)
def test_what_is_written_is_kept(folio, kind, values):
    assert only(folio, kind, **values) == values


@pytest.mark.parametrize("kind", forms.FORMS)
def test_a_block_may_stay_empty(folio, kind):
    only(folio, kind)


def test_line_breaks_are_of_one_kind_and_directions_go(folio):
    assert only(folio, "text", text=" a\r\nb\u202e\rc ") == {"text": "a\nb\nc"}
    assert only(folio, "heading", text=" a\u200b\u202eb ") == {"text": "ab"}


@pytest.mark.parametrize("kind", ["link", "video"])
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//exemple.fr",
        "ftp://exemple.fr/",
        "exemple",
        "https://" + "x" * 600,
    ],
)
def test_an_address_that_is_none_is_refused(folio, kind, url):
    made = editor(folio, block(kind), url=url)

    assert not made.is_valid()
    assert list(made.blocks[0].errors) == ["url"]


@pytest.mark.parametrize("kind, limit", [("heading", 120), ("text", 5000), ("quote", 500)])
def test_texts_have_an_end(folio, kind, limit):
    assert only(folio, kind, text="x" * limit)["text"] == "x" * limit
    assert not editor(folio, block(kind), text="x" * (limit + 1)).is_valid()


def test_badges_are_the_owner_s_own(folio, badges):
    """Those of others, revoked, waiting or declined ones cannot be chosen."""
    mine = [str(badges[name].uid) for name in (PUBLIC, PRIVATE)]
    assert only(folio, "badges", badges=mine) == {"badges": mine}

    for name in ("Retirette", "Attentine", "Refusine", "Etrangere"):
        assert not editor(folio, block("badges"), badges=[str(badges[name].uid)]).is_valid()


def test_chosen_badges_keep_their_order_and_new_ones_follow(folio, badges):
    first, second, third = (str(badges[name].uid) for name in (PRIVATE, PUBLIC, MEMBERS))
    made = editor(folio, block("badges", badges=[first, second]), badges=[third, second, first])

    assert made.is_valid()
    assert made.content(Action())["blocks"][0]["badges"] == [first, second, third]


def test_a_block_has_so_many_badges(folio, badges, monkeypatch):
    monkeypatch.setattr(forms_blocks, "MAX_BADGES", 1)
    made = editor(folio, block("badges"), badges=[str(badges[name].uid) for name in (PUBLIC, PRIVATE)])

    assert not made.is_valid()


def test_tags_are_those_of_the_owner_s_badges(folio, badges):
    assert only(folio, "tag", tag="médiation") == {"tag": "médiation"}
    assert not editor(folio, block("tag"), tag="étranger").is_valid()


def test_a_tag_that_no_badge_has_any_more_stays_chosen(folio):
    made = editor(folio, block("tag", tag="ancien"), tag="ancien")

    assert made.is_valid()


@pytest.mark.parametrize("title", ["", "   ", "\u200b", "x" * 121])
def test_a_page_has_a_title(folio, title):
    assert not Editor(folio, posted({**PAGE, "title": title})).is_valid()


def test_an_unknown_theme_is_refused(folio):
    assert not Editor(folio, posted({**PAGE, "theme": "rose"})).is_valid()


def test_blocks_that_were_not_posted_stay_as_they_are(folio):
    other, last = block("text", text="Écrit ailleurs"), block("heading")
    made = editor(folio, other, last, text="Titre")

    assert made.is_valid()
    assert made.content(Action())["blocks"] == [other, {**last, "text": "Titre"}]


def test_blocks_are_ordered_as_they_were_dragged(folio):
    one, two, three = (block("heading", text=text) for text in "abc")
    made = editor(folio, one, two, three, text="c", order=f"{three['id']},{one['id']},inconnu")

    assert made.is_valid()
    assert [row["text"] for row in made.content(Action())["blocks"]] == ["c", "a", "b"]


@pytest.mark.parametrize(
    "name, place, expected",
    [
        ("up", 1, "bac"), ("up", 0, "abc"), ("down", 1, "acb"), ("down", 2, "abc"), ("remove", 1, "ac"),
        ("save", 0, "abc"), ("", 0, "abc"),
    ],
)  # fmt: skip
def test_buttons_move_and_remove(folio, name, place, expected):
    rows = [block("heading", text=text) for text in "abc"]
    made = editor(folio, *rows, text="c")
    assert made.is_valid()

    after = made.content(Action(name, rows[place]["id"]))["blocks"]

    assert "".join(row["text"] for row in after) == expected


def test_a_block_that_is_not_there_is_neither_moved_nor_removed(folio):
    row = block("heading", text="a")
    made = editor(folio, row, text="a")
    assert made.is_valid()

    for name in ("up", "down", "remove"):
        assert made.content(Action(name, "00000000"))["blocks"] == [row]


@pytest.mark.parametrize("kind", forms.FORMS)
def test_a_block_is_added_at_the_end(folio, kind):
    made = editor(folio, block("heading"), text="a")
    assert made.is_valid()

    after = made.content(Action("add", kind))["blocks"]

    assert [row["kind"] for row in after] == ["heading", kind]
    assert len({row["id"] for row in after}) == 2


def test_blocks_are_not_without_number_and_of_known_kinds(folio, monkeypatch):
    made = editor(folio, block("heading"), text="a")
    assert made.is_valid()
    assert len(made.content(Action("add", "script"))["blocks"]) == 1

    monkeypatch.setattr(forms, "MAX_BLOCKS", 1)
    assert len(made.content(Action("add", "text"))["blocks"]) == 1


@pytest.mark.parametrize(
    "action, expected",
    [
        ("up:0123abcd", Action("up", "0123abcd")),
        ("add:text", Action("add", "text")),
        ("save", Action("save", "")),
        ("", Action()),
        ("up:../../etc", Action()),
        ("save now", Action()),
        ("publish", Action()),
    ],
)
def test_a_button_that_makes_no_sense_asks_for_nothing(action, expected):
    assert ActionForm({"action": action}).asked == expected
