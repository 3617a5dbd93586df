"""What is new from what one follows: who reads which line, as of when, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Profile, User
from badges.enums import AssertionState, Visibility
from badges.models import Assertion, BadgeClass, Issuer
from badges.services import figures
from badges.services.show import show
from connections import feed as module
from connections.feed import News, Place, feed
from connections.models import BadgeFollow, IssuerFollow, PersonFollow
from connections.services import people
from connections.services.block import block
from tests.factories import (
    AssertionFactory,
    BadgeClassFactory,
    IssuerFactory,
    IssuerMemberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def congress(db):
    """A badge from long ago: its publication is no news."""
    return old_badge(name="Congrès", slug="congres")


def old_badge(**fields):
    return BadgeClassFactory(published_at=ago(400), **fields)


def ago(days):
    """At noon, so that no test sees two days where it made one."""
    noon = timezone.localtime().replace(hour=12, minute=0)
    return noon - timedelta(days=days)


def follow_badge(user, badge_class):
    BadgeFollow.objects.create(user=user, badge_class=badge_class)


def follow_person(follower, followed):
    """What both have agreed to, whoever may open which profile now."""
    PersonFollow.objects.create(
        follower=follower, followed=followed, state="accepted", answered_at=timezone.now()
    )


def give(person, badge_class, visibility="public", days=1, **fields):
    kind = {"private": "accepted"}.get(visibility, visibility)
    fields = {"recipient_name": person.name, **fields}
    if visibility != "private":
        fields.setdefault("shown_at", ago(days))
    return AssertionFactory(badge_class=badge_class, holder=person, **{kind: True}, **fields)


def read(user, after=""):
    """Lines as (what happened, badge, how many, whom)."""
    return [
        (
            line.place.news.name,
            line.badge_class.name,
            line.people,
            sorted(one.name for one in line.named),
        )
        for line in feed(user, after).lines
    ]


RECEIVED_BY_BOB = ("RECEIVED", "Congrès", 1, ["Bob Leroy"])


def test_who_receives_a_followed_badge_is_news_and_of_another_one_is_not(alice, bob, congress):
    follow_badge(alice, congress)
    give(bob, congress)
    give(bob, old_badge(name="Autre"))

    assert read(alice) == [RECEIVED_BY_BOB]


def test_all_of_a_badge_and_day_are_one_line_with_two_names_at_most(alice, congress):
    follow_badge(alice, congress)
    for number in range(5):
        give(UserFactory(name=f"Personne {number}"), congress)
    give(UserFactory(name="Personne 9"), congress, days=3)

    (_kind, _name, number, names), earlier = read(alice)
    assert number == 5
    assert len(names) == 2
    assert feed(alice).lines[0].others == 3
    assert earlier == ("RECEIVED", "Congrès", 1, ["Personne 9"])


@pytest.mark.parametrize(
    "award, seen",
    [
        ({"visibility": "public"}, True),
        ({"visibility": "members"}, True),
        ({"visibility": "private"}, False),
        ({"name_listed": False}, False),
        ({"recipient_name": ""}, False),
        ({"revoked": True}, False),
    ],
    ids=["public", "members", "private", "name not listed", "no name", "revoked"],
)
@pytest.mark.parametrize("through", ["badge", "person"])
def test_only_what_lists_show_is_told(alice, bob, camille, shows, congress, through, award, seen):
    if through == "badge":
        follow_badge(alice, congress)
    else:
        follow_person(alice, shows(bob, "public"))
        follow_person(alice, camille)
    give(camille, congress)
    give(bob, congress, **award)

    names = ["Bob Leroy", "Camille Durand"] if seen else ["Camille Durand"]
    assert read(alice) == [("RECEIVED", "Congrès", len(names), names)]


@pytest.mark.parametrize("through", ["badge", "person"])
def test_a_waiting_or_declined_badge_is_no_news(alice, bob, shows, congress, through):
    follow_badge(alice, congress) if through == "badge" else follow_person(alice, shows(bob, "public"))
    AssertionFactory(badge_class=congress, recipient_address=bob.email, recipient_name="Bob Leroy")
    AssertionFactory(badge_class=congress, declined=True, recipient_name="Bob Leroy Aussi")

    assert read(alice) == []


@pytest.mark.parametrize("through", ["badge", "person"])
@pytest.mark.parametrize("blocker", ["alice", "bob"])
def test_nobody_whom_a_block_separates(alice, bob, camille, shows, congress, through, blocker):
    shows(bob, "public")
    for person in (alice, camille):
        follow_badge(person, congress) if through == "badge" else follow_person(person, bob)
    give(bob, congress)
    # The rows alone: the act itself also ends the follow.
    pair = (alice, bob) if blocker == "alice" else (bob, alice)
    block(person=pair[0], blocked=pair[1])
    if through == "person" and not PersonFollow.objects.of(alice).exists():
        follow_person(alice, bob)

    assert read(alice) == []
    assert read(camille) == [RECEIVED_BY_BOB]


@pytest.mark.parametrize("through", ["badge", "person"])
def test_a_closed_account_is_not_told(alice, bob, shows, congress, through):
    follow_badge(alice, congress) if through == "badge" else follow_person(alice, shows(bob, "public"))
    give(bob, congress)
    assert read(alice) == [RECEIVED_BY_BOB]

    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert read(alice) == []


def test_one_s_own_acts_are_no_news(alice, bob, shows, congress):
    follow_badge(alice, congress)
    follow_badge(bob, congress)
    give(alice, congress)
    issuer = IssuerFactory()
    IssuerMemberFactory(issuer=issuer, user=alice)
    BadgeClassFactory(issuer=issuer, name="Le mien")
    for person in (alice, bob):
        IssuerFollow.objects.create(user=person, issuer=issuer)

    assert read(alice) == []
    assert [line[:2] for line in read(bob)] == [("PUBLISHED", "Le mien"), ("RECEIVED", "Congrès")]


@pytest.mark.parametrize("profile, seen", [("public", True), ("members", True), ("private", False)])
def test_a_followed_person_is_told_of_while_their_profile_is_open(alice, bob, shows, congress, profile, seen):
    follow_person(alice, shows(bob, profile))
    give(bob, congress)

    assert read(alice) == ([RECEIVED_BY_BOB] if seen else [])


@pytest.mark.parametrize("state", ["asked", "refused"])
def test_a_person_who_has_not_agreed_is_not_followed(alice, bob, shows, congress, state):
    people.follow(follower=alice, followed=shows(bob, "members"))
    if state == "refused":
        people.refuse(followed=bob, follower_uid=alice.uid)
    give(bob, congress)
    assert read(alice) == []

    PersonFollow.objects.update(state="accepted", answered_at=timezone.now())
    assert read(alice) == [RECEIVED_BY_BOB]


def test_what_is_not_on_the_profile_is_told_of_the_badge_and_not_of_the_person(alice, bob, camille, shows):
    of_person, of_badge = old_badge(name="Par la personne"), old_badge(name="Par le badge")
    follow_person(alice, shows(bob, "public"))
    follow_badge(alice, of_badge)
    for badge_class in (of_person, of_badge):
        give(bob, badge_class, on_profile=False)

    assert [line[1] for line in read(alice)] == ["Par le badge"]


def test_followed_people_are_named_before_others_and_told_once(alice, bob, shows, congress):
    follow_badge(alice, congress)
    follow_person(alice, shows(bob, "public"))
    give(UserFactory(name="Une première"), congress)
    give(bob, congress)
    for number in range(3):
        give(UserFactory(name=f"Personne {number}"), congress)

    (line,) = feed(alice).lines
    assert line.people == 5
    assert [one.name for one in line.named] == ["Bob Leroy", "Personne 2"]


@pytest.mark.parametrize("profile, is_open", [("public", True), ("members", True), ("private", False)])
def test_a_name_leads_to_a_profile_that_may_be_opened(alice, bob, shows, congress, profile, is_open):
    follow_badge(alice, congress)
    give(shows(bob, profile), congress)

    (line,) = feed(alice).lines
    assert [one.handle for one in line.named] == [bob.profile.handle if is_open else ""]


def test_a_badge_accepted_long_ago_is_news_on_the_day_when_it_is_shown(alice, bob, congress):
    follow_badge(alice, congress)
    award = give(bob, congress, "private", accepted_at=ago(300))
    assert read(alice) == []

    show(assertion=award, visibility=Visibility.MEMBERS)
    (line,) = feed(alice).lines
    assert line.place.day == timezone.localdate()
    since = Assertion.objects.get().shown_at

    show(assertion=award, visibility=Visibility.PUBLIC)  # members knew it already
    assert Assertion.objects.get().shown_at == since
    show(assertion=award, visibility=None, name_listed=True)
    assert Assertion.objects.get().shown_at == since

    show(assertion=award, visibility=Visibility.PRIVATE)
    assert read(alice) == []


def test_a_name_that_comes_into_lists_later_is_news_of_that_day(alice, bob, congress):
    follow_badge(alice, congress)
    award = give(bob, congress, "members", shown_at=None, accepted_at=ago(30), name_listed=False)
    assert read(alice) == []

    show(assertion=award, visibility=None, name_listed=True)

    assert [line.place.day for line in feed(alice).lines] == [timezone.localdate()]


def test_hiding_and_showing_again_makes_no_news_of_old(alice, bob, congress):
    follow_badge(alice, congress)
    award = give(bob, congress, "members", shown_at=ago(20))
    before = feed(alice).lines

    show(assertion=award, visibility=Visibility.PRIVATE)
    show(assertion=award, visibility=Visibility.PUBLIC)

    assert feed(alice).lines == before


@pytest.mark.parametrize(
    "fields, seen",
    [
        ({}, True),
        ({"published_at": None}, False),
        ({"published_at": timezone.now() + timedelta(days=2)}, False),
        ({"published_at": timezone.now() - timedelta(days=100)}, False),
    ],
    ids=["published", "draft", "to come", "long ago"],
)
def test_followed_issuers_publish(alice, amcsti, fields, seen):
    IssuerFollow.objects.create(user=alice, issuer=amcsti)
    BadgeClassFactory(name="D’un autre")
    BadgeClassFactory(issuer=amcsti, name="Nouveau", **fields)

    assert read(alice) == ([("PUBLISHED", "Nouveau", 0, [])] if seen else [])


def test_what_comes_from_elsewhere_is_published_by_nobody_here(alice, bob):
    """Its date would be that of an import, which may be of a private badge."""
    issuer = IssuerFactory(origin="elsewhere", iri="https://ailleurs.example/emetteur")
    badge_class = BadgeClassFactory(issuer=issuer, iri="https://ailleurs.example/badge", name="Importé")
    IssuerFollow.objects.create(user=alice, issuer=issuer)
    give(bob, badge_class)
    assert BadgeClass.objects.published().filter(pk=badge_class.pk).exists()

    assert read(alice) == []
    follow_badge(alice, badge_class)
    assert read(alice) == [("RECEIVED", "Importé", 1, ["Bob Leroy"])]


def test_a_badge_that_left_the_gallery_is_not_told(alice, bob, shows, congress):
    follow_badge(alice, congress)
    follow_person(alice, shows(bob, "public"))
    give(bob, congress)
    BadgeClass.objects.update(published_at=timezone.now() + timedelta(days=1))

    assert read(alice) == []


def test_a_bounded_time_is_looked_back(alice, bob, camille, congress):
    follow_badge(alice, congress)
    give(bob, congress, days=module.DAYS + 1)
    give(camille, congress, days=module.DAYS)

    assert [line[3] for line in read(alice)] == [["Camille Durand"]]


def test_somebody_else_s_follows_are_not_mine(alice, bob, camille, shows, congress, amcsti):
    follow_badge(bob, congress)
    follow_person(bob, camille)
    IssuerFollow.objects.create(user=bob, issuer=amcsti)
    BadgeClassFactory(issuer=amcsti)
    give(camille, congress)

    assert len(read(bob)) == 2
    assert read(alice) == []


def test_pages_hold_every_line_once_the_newest_first(alice, bob, amcsti, monkeypatch):
    monkeypatch.setattr(module, "LINES", 3)
    IssuerFollow.objects.create(user=alice, issuer=amcsti)
    for days in (1, 1, 2, 5):
        badge_class = BadgeClassFactory(issuer=amcsti, published_at=ago(days))
        follow_badge(alice, badge_class)
        give(bob, badge_class, days=days)

    places, after = [], ""
    for _page in range(5):
        some = feed(alice, after)
        places += [line.place for line in some.lines]
        after = some.older
        if not after:
            break
    assert len(places) == len(set(places)) == 8
    assert [(p.day, p.news) for p in places] == sorted(
        [(p.day, p.news) for p in places], key=lambda one: (-one[0].toordinal(), one[1])
    )
    assert [p.news for p in places[:4]] == [News.PUBLISHED] * 2 + [News.RECEIVED] * 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "2026-11-24",
        "2026-11-24_7_1",
        "2026-11-24_1_0",
        "2026-11-24_1_-4",
        f"2026-11-24_1_{2**63}",
        "2026-02-30_1_4",
        "20261124_1_4",
        "0001-01-01_1_4",
        "9999-12-31_1_4",
        "2026-11-24_1_٤",
        "2026-11-24_1_4_5",
        "2026-11-24_1_4\0",
    ],
)
def test_a_place_that_makes_no_sense_is_the_beginning(alice, bob, congress, text):
    follow_badge(alice, congress)
    give(bob, congress)

    assert Place.read(text) is None
    assert read(alice, text) == [RECEIVED_BY_BOB]
    assert Place.read("2026-11-24_1_4").written == "2026-11-24_1_4"


def test_it_costs_the_same_with_one_event_and_ten_thousand(alice, congress, django_assert_num_queries):
    follow_badge(alice, congress)
    for number in (1, 10_000):
        receive(congress, number)
        # Publications, receptions, badges, names.
        with django_assert_num_queries(4):
            (line,) = feed(alice).lines
            assert line.badge_class.issuer.name
    assert line.people == 10_001
    assert len(line.named) == 2


def test_it_costs_the_same_with_many_lines(alice, bob, shows, django_assert_num_queries):
    follow_person(alice, shows(bob, "public"))
    for number in (1, 30):
        for _n in range(number):
            badge_class = BadgeClassFactory(issuer=IssuerFactory())
            IssuerFollow.objects.create(user=alice, issuer=badge_class.issuer)
            give(bob, badge_class, days=0)
        with django_assert_num_queries(4):
            lines = feed(alice).lines
            assert [line.badge_class.issuer.name for line in lines]
    assert len(lines) == module.LINES


def test_who_follows_nothing_reads_nothing(alice, bob, congress):
    give(bob, congress)
    BadgeClassFactory()

    assert feed(alice) == module.Feed([])


def receive(badge_class, number):
    """`number` people who show a badge since yesterday."""
    tag = Assertion.objects.count()
    users = User.objects.bulk_create(User(email=f"p{tag}-{n}@exemple.fr") for n in range(number))
    Profile.objects.bulk_create(
        Profile(user=user, first_name="Personne", last_name=str(n), folded_name=f"personne {n}")
        for n, user in enumerate(users)
    )
    awards = [
        Assertion(
            badge_class=badge_class,
            holder=user,
            recipient_address=user.email,
            recipient_name=f"Personne {n}",
            state=AssertionState.ACCEPTED,
            visibility=Visibility.MEMBERS,
            accepted_at=ago(200),
            shown_at=ago(1),
            claim_until=ago(1),
        )
        for n, user in enumerate(users)
    ]
    for award in awards:
        award.fold()
    Assertion.objects.bulk_create(awards)
    BadgeClass.objects.filter(pk=badge_class.pk).update(**figures.true_figures(badge_class))


def test_an_issuer_that_is_followed_twice_by_different_people_is_told_once_to_each(alice, bob, amcsti):
    for person in (alice, bob):
        IssuerFollow.objects.create(user=person, issuer=amcsti)
    IssuerMemberFactory(issuer=amcsti)
    BadgeClassFactory(issuer=amcsti, name="Nouveau")

    assert Issuer.objects.get(pk=amcsti.pk).members.count() == 2
    assert read(alice) == read(bob) == [("PUBLISHED", "Nouveau", 0, [])]
