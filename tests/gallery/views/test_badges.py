import re
from datetime import timedelta

import pytest
from django.utils import timezone

from badges.models import BadgeClass
from badges.services.show import show
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory
from tests.gallery.conftest import HIDDEN, MEMBERS, PUBLIC

pytestmark = pytest.mark.django_db
ADDRESS = "/galerie/badges/"


def read(client, query: str = "", **headers) -> str:
    response = client.get(ADDRESS + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', html)


@pytest.fixture
def shelf(db):
    amcsti = IssuerFactory(name="Amcsti", slug="amcsti", country="FR")
    curious = IssuerFactory(name="Réseau Curieux", slug="curieux", country="BE")
    BadgeClassFactory(name="L’œuvre d’été", slug="oeuvre", issuer=amcsti, tags=["culture scientifique"])
    BadgeClassFactory(name="Podcast", slug="podcast", issuer=curious, description="Une émission du réseau.")
    BadgeClassFactory(name="Astronome", slug="astronome", issuer=curious, country="CA")
    BadgeClassFactory(name="Brouillon", slug="brouillon", issuer=amcsti, published_at=None)


@pytest.mark.parametrize(
    "query, found",
    [
        ("", {"L’œuvre d’été", "Podcast", "Astronome"}),
        ("?emetteur=amcsti", {"L’œuvre d’été"}),
        ("?emetteur=CURIEUX+reseau", {"Podcast", "Astronome"}),
        ("?pays=BE", {"Podcast"}),
        ("?pays=CA", {"Astronome"}),
        ("?nom=oeuvre", {"L’œuvre d’été"}),
        ("?nom=ÉTÉ+l'OEUVRE", {"L’œuvre d’été"}),
        ("?nom=l’œuvre", {"L’œuvre d’été"}),
        ("?mots=scientifique+culture", {"L’œuvre d’été"}),
        ("?mots=EMISSION", {"Podcast"}),
        ("?mots=astronome", {"Astronome"}),
        ("?nom=brouillon", set()),
        ("?nom=emission", set()),
        ("?emetteur=curieux&pays=BE&mots=podcast", {"Podcast"}),
    ],
)
def test_a_search_finds_what_it_says(client, shelf, read_only, query, found):
    with read_only():
        assert set(titles(read(client, query))) == found
        assert set(titles(read(client, query, HX_Request="true"))) == found


@pytest.mark.parametrize(
    "query",
    [
        "?mots=%25",
        "?nom=_",
        "?emetteur=%00",
        "?beneficiaire=%25",
        "?mots=!!!",
        "?nom=%5C",
        "?mots=%F0%9F%8E%89",
    ],
)
def test_signs_that_are_no_words_match_nothing_or_say_why(client, shelf, query):
    html = read(client, query)
    assert not titles(html) or "field__error" in html


def test_values_that_make_no_sense_get_a_sentence_beside_their_field(client, shelf):
    assert "Aucun badge de la galerie ne vient de ce pays." in read(client, "?pays=ZZ")
    assert "Écrivez 100 caractères au plus." in read(client, f"?mots={'x' * 10_000}")
    for query in ("?tri=%00", "?tri=prix", "?apres=%00", f"?apres={'x' * 10_000}", "?inconnu=1"):
        html = read(client, query)
        assert "field__error" not in html
        assert len(titles(html)) == 3


def test_counts_and_sentences(client, shelf):
    assert ">3 badges</h2>" in read(client)
    assert ">2 badges correspondent à votre recherche</h2>" in read(client, "?emetteur=curieux")
    assert ">1 badge correspond à votre recherche</h2>" in read(client, "?emetteur=amcsti")


def test_the_count_stops_at_a_thousand(client, monkeypatch, shelf):
    monkeypatch.setattr("passport.lib.listing.MOST", 2)
    assert ">Plus de 1\u202f000 badges</h2>" in read(client)
    assert ">2 badges correspondent à votre recherche</h2>" in read(client, "?emetteur=curieux")


def test_each_filter_is_a_link_to_the_search_without_it(client, shelf):
    html = read(client, "?emetteur=curieux&pays=BE&tri=nom")
    pills = re.findall(r'<a class="pill" href="([^"]+)">([^<]+)<', html)
    assert [(href.replace("&amp;", "&"), words.strip()) for href, words in pills] == [
        ("?pays=BE&tri=nom", "Émetteur\u00a0: curieux"),
        ("?emetteur=curieux&tri=nom", "Pays\u00a0: Belgique"),
    ]
    assert '<a class="pill" href=".">' in read(client, "?pays=BE")


def test_an_empty_result_names_the_filter_to_drop(client, shelf):
    html = read(client, "?emetteur=amcsti&pays=BE&nom=podcast")
    assert "Aucun badge ne correspond" in html
    assert re.search(
        r'href="\?pays=BE&amp;nom=podcast"[^>]*>Retirer le filtre «\u00a0Émetteur\u00a0: amcsti\u00a0»', html
    )
    assert "Voir tous les badges" in html
    assert "Retirer le filtre" not in read(client, "?mots=zzz&nom=zzz&emetteur=zzz")


def test_an_empty_gallery_says_so(client, db):
    assert "La galerie est encore vide" in read(client)


def test_the_countries_are_those_of_published_badges_in_french(client, shelf):
    select = re.search(r"<select.*?</select>", read(client), re.S)[0]
    assert re.findall(r">([^<>]+)</option>", select) == ["Tous", "Belgique", "Canada", "France"]


def test_the_advanced_search_stands_open_only_when_it_is_used(client, shelf):
    closed, opened = '<details class="advanced">', '<details class="advanced" open>'
    for query in ("", "?pays=FR", "?tri=date", "?mots="):
        assert closed in read(client, query), query
    for query in ("?mots=x", "?nom=x", "?beneficiaire=x", "?emetteur=x", "?tri=nom", f"?mots={'x' * 200}"):
        assert opened in read(client, query), query


def test_the_labels_are_those_of_the_tutorial(client, shelf):
    html = read(client)
    for label in (
        "BADGES",
        "PAGE",
        "PROFILS",
        "CARTE",
        "Pays",
        "Mots-clés",
        "Nom du badge",
        "Bénéficiaire",
        "Émetteur",
    ):
        assert f">{label}</" in html
    for label in ("Afficher la recherche avancée", "Cacher la recherche avancée", "Classer\u00a0:"):
        assert label in html
    orders = re.findall(r'name="tri" value="([a-z]+)"(?: checked)?>([^<]+)<', html)
    assert orders == [
        ("date", "par date de modification"),
        ("nom", "par nom"),
        ("emetteur", "par nom de l’émetteur"),
        ("beneficiaires", "bénéficiaires"),
    ]
    assert 'placeholder="Recherche par nom de badge"' in html
    assert 'placeholder="Recherche par bénéficiaire"' in html


def test_htmx_gets_the_results_and_the_count_alone(client, shelf):
    response = client.get(f"{ADDRESS}?emetteur=amcsti&mots=&tri=date&pays=", headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert "<form" not in html
    assert '<div id="results-count" hx-swap-oob="innerHTML">' in html
    assert "1 badge correspond à votre recherche" in html
    assert response.headers["HX-Push-Url"] == "/galerie/badges/?emetteur=amcsti"
    assert "HX-Request" in response.headers["Vary"]


def test_the_whole_page_holds_a_live_region_outside_of_what_htmx_replaces(client, shelf):
    response = client.get(ADDRESS)
    html = response.content.decode()
    assert html.index('<div role="status" id="results-count">') < html.index('<div id="results"')
    assert html.count('id="results-count"') == html.count('id="res"') == 1
    assert "HX-Request" in response.headers["Vary"]
    assert "HX-Push-Url" not in response.headers
    assert '"allowEval":false' in html


def test_a_page_brought_back_from_history_is_whole(client, shelf):
    html = read(client, "", HX_Request="true", HX_History_Restore_Request="true")
    assert "<html" in html


def test_the_count_on_a_card_is_what_the_viewer_may_see(viewers):
    for client, words in viewers:
        html = read(client)
        assert re.findall(r"(\d+) bénéficiaires?<", html) == [str(len(words))]


def test_a_recipient_who_is_not_listed_finds_no_badge(viewers):
    for client, words in viewers:
        for word in (*HIDDEN, MEMBERS, PUBLIC):
            html = read(client, f"?beneficiaire={word}")
            assert titles(html) == (["Je participe au congrès"] if word in words else []), word


@pytest.mark.parametrize("trait", ["private", "members", "opt-out"])
def test_an_award_that_is_not_public_does_not_move_the_public_order(client, bob, signed_in, trait):
    long_ago = timezone.now() - timedelta(days=30)
    old = BadgeClassFactory(name="Ancien", slug="ancien", published_at=long_ago)
    BadgeClassFactory(name="Récent", slug="recent", published_at=long_ago + timedelta(days=1))
    award = AssertionFactory(badge_class=old, accepted=True)
    if trait != "private":
        visibility = "members" if trait == "members" else "public"
        show(assertion=award, visibility=visibility, name_listed=trait != "opt-out")
    for order in ("date", "beneficiaires"):
        assert titles(read(client, f"?tri={order}")) == ["Récent", "Ancien"]
    expected = ["Ancien", "Récent"] if trait == "members" else ["Récent", "Ancien"]
    assert titles(read(signed_in(bob), "?tri=date")) == expected


def test_orders(client, shelf):
    AssertionFactory(badge_class=BadgeClass.objects.get(slug="podcast"), public=True)
    assert titles(read(client, "?tri=nom")) == ["Astronome", "L’œuvre d’été", "Podcast"]
    assert titles(read(client, "?tri=emetteur")) == ["L’œuvre d’été", "Astronome", "Podcast"]
    assert titles(read(client, "?tri=beneficiaires"))[0] == "Podcast"
    assert titles(read(client))[0] == "Podcast"


@pytest.mark.parametrize("order", ["date", "nom", "emetteur", "beneficiaires"])
def test_every_order_pages_through_everything_once_and_back(client, settings, order):
    settings.BADGES_PER_PAGE = 3
    issuers = [IssuerFactory(name=name) for name in ("A", "B")]
    for n in range(8):
        badge_class = BadgeClassFactory(name=f"Badge {n}", issuer=issuers[n % 2])
        for _ in range(n % 3):
            AssertionFactory(badge_class=badge_class, public=True)
    pages, query = [], f"?tri={order}&mots=badge"
    while query:
        html = read(client, query)
        pages.append(titles(html))
        following = re.search(r'href="([^"]+)" rel="next"', html)
        query = following[1].replace("&amp;", "&") if following else ""
    assert [len(page) for page in pages] == [3, 3, 2]
    assert sorted(title for page in pages for title in page) == [f"Badge {n}" for n in range(8)]
    previous = re.search(r'href="([^"]+)" rel="prev"', html)[1].replace("&amp;", "&")
    assert titles(read(client, previous)) == pages[1]


@pytest.mark.parametrize("number", [1, 50])
def test_a_search_costs_three_queries_however_many_badges(client, number, django_assert_num_queries):
    for n in range(number):
        AssertionFactory(
            badge_class=BadgeClassFactory(name=f"Badge {n}"), recipient_name="Alice", public=True
        )
    for query in ("", "?beneficiaire=alice&mots=badge&tri=emetteur"):
        with django_assert_num_queries(3):
            assert len(titles(read(client, query))) == min(number, 18)


def test_an_empty_result_costs_at_most_a_query_a_filter(client, shelf, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        read(client, "?mots=z&nom=z&beneficiaire=z&emetteur=z&pays=FR")


def test_markup_in_a_search_is_inert(client, shelf):
    html = read(client, '?mots="><script>alert(1)</script>&nom=<b>x')
    assert "alert(1)</script>" not in html
    assert "<b>x" not in html


def test_the_tab_leads_to_the_badges(client, db):
    response = client.get("/galerie/")
    assert (response.status_code, response.headers["Location"]) == (302, ADDRESS)
