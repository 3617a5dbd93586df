import re

import pytest

from accounts.models import Profile
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db
PROFILES = "/galerie/profils/"


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def people(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/u/[^"]+">([^<]+)</a></h3>', html)


@pytest.fixture
def crowd(db):
    for visibility in ("public", "members", "private"):
        user = UserFactory(name=f"Zoé {visibility.capitalize()}")
        Profile.objects.filter(user=user).update(
            visibility=visibility, country="BE", town=f"Ville-{visibility}"
        )
    nameless = UserFactory(name="")
    Profile.objects.filter(user=nameless).update(visibility="public", handle="sans-nom", country="CH")
    closed = UserFactory(name="Compte Ferme", is_active=False)
    Profile.objects.filter(user=closed).update(visibility="public", country="CA")


def test_profiles_that_the_viewer_may_see_are_listed_and_counted(client, bob, signed_in, crowd, read_only):
    private = Profile.objects.get(visibility="private", folded_name="zoe private").user
    both = ["Zoé Members", "Zoé Public"]
    browsers = [(client, ["Zoé Public"]), (signed_in(bob), both), (signed_in(private), both)]
    for browser, names in browsers:
        with read_only():
            html = read(browser, PROFILES)
        assert people(html) == names
        assert f">{len(names)} profil{'s' if len(names) > 1 else ''}</h2>" in html
        assert "Ville-private" not in html
        assert re.findall(r">([^<>]+)</option>", html) == ["Tous", "Belgique"]


@pytest.mark.parametrize(
    "query, found", [("?nom=ZOE", 1), ("?nom=private", 0), ("?pays=BE", 1), ("?nom=%25", 0)]
)
def test_profiles_are_searched_by_name_and_country(client, crowd, query, found):
    assert len(people(read(client, PROFILES + query))) == found


@pytest.mark.parametrize("query", ["?pays=ZZ", "?pays=CA", "?nom=%00", f"?nom={'x' * 10_000}", "?apres=%00"])
def test_profiles_bear_values_that_make_no_sense(client, crowd, query):
    assert people(read(client, PROFILES + query)) == ["Zoé Public"]


def test_empty_lists_of_profiles_say_why(client, crowd):
    assert "Aucun profil ne correspond" in read(client, f"{PROFILES}?nom=personne")
    Profile.objects.update(visibility="private")
    assert "Aucun profil n’est encore visible" in read(client, PROFILES)


def test_a_portrait_shows_three_badges_and_counts_what_the_viewer_may_see(client, bob, signed_in, alice):
    Profile.objects.filter(user=alice).update(visibility="public")
    images = {}
    traits = (
        [{"public": True}] * 2
        + [{"members": True}] * 2
        + [{"accepted": True}, {"public": True, "revoked": True}]
    )
    for n, trait in enumerate(traits):
        images[n] = f"{n}" * 64
        AssertionFactory(badge_class=BadgeClassFactory(image=f"{images[n]}.png"), holder=alice, **trait)
    for browser, shown, count in ((client, {0, 1}, 2), (signed_in(bob), {1, 2, 3}, 4)):
        html = read(browser, PROFILES)
        assert {n for n, image in images.items() if image in html} == shown
        assert re.findall(r"(\d+) badges?<", html) == [str(count)]


@pytest.mark.parametrize("number", [1, 50])
def test_profiles_cost_four_queries_however_many_they_are(client, number, django_assert_num_queries):
    for n in range(number):
        award = AssertionFactory(recipient_name=f"Personne {n}", public=True)
        AssertionFactory(holder=award.holder, public=True)
    Profile.objects.update(visibility="public")
    with django_assert_num_queries(4):
        assert len(people(read(client, PROFILES))) == min(number, 24)


def test_profiles_are_paged(client, settings):
    settings.RECIPIENTS_PER_PAGE = 2
    for n in range(5):
        UserFactory(name=f"Personne {n}")
    Profile.objects.update(visibility="public")
    seen, address = [], f"{PROFILES}?nom=personne"
    while address:
        html = read(client, address)
        seen += people(html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        address = PROFILES + following[1].replace("&amp;", "&") if following else ""
    assert seen == [f"Personne {n}" for n in range(5)]


def test_an_issuer_shows_itself_and_its_published_badges(client, read_only):
    issuer = IssuerFactory(
        name="Le Dôme", slug="le-dome", town="Caen", url="https://exemple.org", description="Un lieu."
    )
    BadgeClassFactory(issuer=issuer, name="Podcast")
    BadgeClassFactory(issuer=issuer, name="Brouillon", published_at=None)
    BadgeClassFactory(name="Ailleurs")
    with read_only():
        html = read(client, "/galerie/emetteurs/le-dome/")
    assert "avatar--org" in html
    for text in (
        "Le Dôme",
        "Caen",
        "Un lieu.",
        'href="https://exemple.org"',
        "(nouvelle fenêtre)",
        "Podcast",
        ">1 badge</h2>",
    ):
        assert text in html
    assert "Brouillon" not in html
    assert "Ailleurs" not in html


@pytest.mark.parametrize("number", [1, 50])
def test_an_issuer_costs_three_queries_however_many_badges(client, number, django_assert_num_queries):
    issuer = IssuerFactory(slug="i")
    for _ in range(number):
        BadgeClassFactory(issuer=issuer)
    with django_assert_num_queries(3):
        html = read(client, "/galerie/emetteurs/i/")
    assert html.count("<h3>") == min(number, 18)


def test_an_issuer_without_a_published_badge_answers_as_an_unknown_one(client):
    BadgeClassFactory(issuer=IssuerFactory(slug="discret", name="Discret"), published_at=None)
    response = client.get("/galerie/emetteurs/discret/")
    assert response.status_code == client.get("/galerie/emetteurs/inconnu/").status_code == 404
    assert "Discret" not in response.content.decode()


@pytest.mark.parametrize(
    "address, title, sentence",
    [
        ("/galerie/carte/", "Galerie / Carte", "Rien n’est encore publié sur la carte"),
    ],
)
def test_what_comes_later_says_so_plainly(client, bob, signed_in, read_only, address, title, sentence):
    for browser in (client, signed_in(bob)):
        with read_only():
            html = read(browser, address)
        assert f"<h1>{title}</h1>" in html
        assert sentence in html
        assert f'href="{address}" aria-current="page"' in html
