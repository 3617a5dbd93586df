import pytest
from django.contrib.auth.models import AnonymousUser

from pages import blocks
from pages.services.show import show
from pages.services.write import write
from tests.factories import AssertionFactory
from tests.pages.conftest import MEMBERS, PRIVATE, PUBLIC, block, content

pytestmark = pytest.mark.django_db


def names(look) -> list[set[str]]:
    return [{badge.badge_class.name for badge in shown.badges} for shown in look.blocks if shown.badges]


@pytest.mark.parametrize(
    "level, expected",
    [("public", {PUBLIC}), ("members", {PUBLIC, MEMBERS}), (None, {PUBLIC, MEMBERS, PRIVATE})],
)
def test_a_page_shows_the_badges_that_its_reader_may_see(full, level, expected):
    assert names(blocks.look(full, level)) == [expected]


@pytest.mark.parametrize(
    "visibility, level", [("private", None), ("members", "members"), ("public", "public")]
)
def test_the_owner_reads_as_the_audience_does(folio, alice, visibility, level):
    show(page=folio, visibility=visibility)

    assert blocks.level_for(folio, alice) == level


def test_others_read_at_their_level(folio, bob):
    show(page=folio, visibility="public")

    assert blocks.level_for(folio, bob) == "members"
    assert blocks.level_for(folio, AnonymousUser()) == "public"


def test_the_owner_is_told_who_misses_what(full):
    told = [(one.level, {badge.badge_class.name for badge in one.badges}) for one in blocks.missing(full)]

    assert told == [("public", {MEMBERS, PRIVATE}), ("members", {PRIVATE})]


def test_what_nobody_else_sees_is_told_once(folio, badges):
    write(page=folio, content=content(block("badges", badges=[str(badges[PRIVATE].uid)])))

    assert [(one.level, len(one.badges)) for one in blocks.missing(folio)] == [("private", 1)]


def test_nothing_is_missing_from_a_page_of_public_badges(folio, badges):
    write(page=folio, content=content(block("badges", badges=[str(badges[PUBLIC].uid)])))

    assert blocks.missing(folio) == []


def test_badges_keep_the_order_of_their_owner(folio, badges):
    order = [PRIVATE, PUBLIC, MEMBERS]
    write(page=folio, content=content(block("badges", badges=[str(badges[name].uid) for name in order])))

    (shown,) = blocks.look(folio, None).blocks
    assert [badge.badge_class.name for badge in shown.badges] == order


@pytest.mark.parametrize(
    "empty",
    [
        {"kind": "heading"}, {"kind": "text", "text": ""}, {"kind": "badges"}, {"kind": "badges", "badges": ["x"]},
        {"kind": "tag"}, {"kind": "tag", "tag": "inconnu"}, {"kind": "link", "label": "Sans adresse"},
        {"kind": "video"}, {"kind": "quote", "source": "Personne"},
    ],
)  # fmt: skip
def test_a_block_that_says_nothing_is_not_shown(folio, badges, empty):
    write(page=folio, content=content(block(**empty)))

    assert blocks.look(folio, None).blocks == []


def test_badges_are_a_level_below_the_heading_before_them(folio, badges):
    chosen = [str(badges[PUBLIC].uid)]
    write(
        page=folio,
        content=content(
            block("badges", badges=chosen), block("heading", text="Titre"), block("badges", badges=chosen)
        ),
    )

    assert [shown.level for shown in blocks.look(folio, None).blocks] == [2, 2, 3]


@pytest.mark.parametrize(
    "url, site",
    [("https://www.exemple.fr/a", "exemple.fr"), ("http://video.exemple.org:8080/x", "video.exemple.org")],
)
def test_a_link_tells_its_site(folio, url, site):
    write(page=folio, content=content(block("video", url=url)))

    (shown,) = blocks.look(folio, "public").blocks
    assert shown.site == site


@pytest.mark.parametrize(
    "visibility, seen",
    [("private", (True, False, False)), ("members", (True, True, False)), ("public", (True, True, True))],
)
def test_the_profile_is_there_for_those_who_may_open_it_the_name_for_all(folio, alice, visibility, seen):
    alice.profile.visibility = visibility
    alice.profile.save()
    folio.owner.refresh_from_db()

    looks = [blocks.look(folio, level) for level in (None, "members", "public")]

    assert tuple(look.profile is not None for look in looks) == seen
    assert [look.name for look in looks] == ["Alice Martin"] * 3


def test_the_cost_does_not_grow(folio, alice, django_assert_num_queries):
    uids = [str(AssertionFactory(public=True, holder=alice).uid) for _turn in range(8)]
    write(
        page=folio,
        content=content(*(block("badges", badges=uids) for _turn in range(5)), block("tag", tag="x")),
    )

    with django_assert_num_queries(1):
        look = blocks.look(folio, "public")
        assert sum(len(shown.badges) for shown in look.blocks) == 40
    with django_assert_num_queries(1):
        assert blocks.missing(folio) == []
