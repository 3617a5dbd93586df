import re

import pytest

from connections.models import Comment
from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory
from tests.gallery.conftest import HIDDEN, MEMBERS, PUBLIC

pytestmark = pytest.mark.django_db


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'person__name"[^>]*>([^<]+)<', html)


def test_the_list_and_its_count_hold_those_whom_the_viewer_may_see(viewers, read_only):
    for client, words in viewers:
        with read_only():
            html = read(client, "/galerie/badges/congres/")
        main = html[html.index("<main") : html.index("Commentaires (")]
        assert names(main) == [f"{word} Martin" for word in sorted(words)]
        assert f'TOUS LES BÉNÉFICIAIRES <span class="soft">({len(words)})</span>' in main
        for word in {*HIDDEN, PUBLIC, MEMBERS} - set(words):
            assert word not in main
        assert "sans.nom" not in html
        assert "ne l’ont pas fait" not in html


def test_searching_a_recipient_finds_nobody_who_is_not_listed(viewers):
    for client, words in viewers:
        for word in (*HIDDEN, MEMBERS, PUBLIC):
            html = read(client, f"/galerie/badges/congres/?q={word}")
            assert names(html) == ([f"{word} Martin"] if word in words else []), word
            sentence = "1 bénéficiaire trouvé pour" if word in words else "Aucun bénéficiaire trouvé pour"
            assert sentence in html


@pytest.mark.parametrize("q", ["MARTIN  publia", "públia", "Martin"])
def test_searching_a_recipient_ignores_case_accents_and_the_order_of_words(client, congress, q):
    assert names(read(client, f"/galerie/badges/congres/?q={q}")) == ["Publia Martin"]


@pytest.mark.parametrize("q", ["%25", "%00", "x" * 10_000, "!!!", "🎉"])
def test_a_search_that_makes_no_sense_finds_nobody_or_says_why(client, congress, q):
    html = read(client, f"/galerie/badges/congres/?q={q}")
    assert "Aucun bénéficiaire trouvé pour" in html or "field__error" in html


@pytest.mark.parametrize("cursor", ["x", "%00", "W10", "x" * 5_000, "WzAsIlwwIiwxXQ"])
def test_a_cursor_that_makes_no_sense_is_the_first_page(client, congress, cursor):
    html = read(client, f"/galerie/badges/congres/?apres={cursor}&suite={cursor}")
    assert names(html) == ["Publia Martin"]


def test_a_name_leads_to_the_profile_only_when_the_profile_is_visible(client, bob, signed_in):
    badge_class = BadgeClassFactory(slug="b")
    people = {}
    for visibility in ("public", "members", "private"):
        award = AssertionFactory(badge_class=badge_class, recipient_name=f"Nom {visibility}", public=True)
        profile = award.holder.profile
        profile.visibility, profile.town = visibility, f"Ville {visibility}"
        profile.save()
        people[visibility] = (f"/u/{profile.handle}/", f"/b/{award.uid}/", profile.town)
    for browser, visible in ((client, {"public"}), (signed_in(bob), {"public", "members"})):
        html = read(browser, "/galerie/badges/b/")
        for visibility, (to_profile, to_badge, town) in people.items():
            seen = visibility in visible
            assert (to_profile in html, town in html, to_badge in html) == (seen, seen, not seen)


def test_the_profile_of_a_closed_account_is_not_linked(client):
    award = AssertionFactory(badge_class__slug="b", public=True)
    type(award.holder.profile).objects.update(visibility="public", town="Caen")
    type(award.holder).objects.update(is_active=False)
    html = read(client, "/galerie/badges/b/")
    assert award.holder.profile.handle not in html
    assert "Caen" not in html


def test_recipients_are_paged_and_a_search_stays_on_its_pages(client, many, settings):
    settings.RECIPIENTS_PER_PAGE = 10
    many(25)
    seen, address = [], "/galerie/badges/foule/?q=personne"
    while address:
        html = read(client, address)
        seen += names(html)
        following = re.search(r'href="(\?[^"]*)" rel="next"', html)
        address = f"/galerie/badges/foule/{following[1].replace('&amp;', '&')}" if following else ""
        assert not address or "q=personne" in address
    assert seen == [f"Personne {n:03}" for n in range(25)]
    assert 'rel="prev"' in html


def test_the_search_form_is_there_for_long_lists_only(client, many):
    many(20, slug="vingt")
    many(21, slug="plus")
    assert "Chercher un nom" not in read(client, "/galerie/badges/vingt/")
    assert "Chercher un nom" in read(client, "/galerie/badges/plus/")


@pytest.mark.parametrize("number", [1, 50])
def test_the_page_costs_four_queries_however_many_recipients(client, many, number, django_assert_num_queries):
    many(number)
    with django_assert_num_queries(4):
        read(client, "/galerie/badges/foule/")


@pytest.mark.parametrize("number", [1, 50])
def test_the_page_costs_four_queries_however_many_comments(client, number, django_assert_num_queries):
    badge_class = BadgeClassFactory(slug="b")
    for n in range(number):
        Comment.objects.create(
            badge_class=badge_class, author=UserFactory(name=f"Personne {n}"), text=f"Mot {n}."
        )
    with django_assert_num_queries(4):
        html = read(client, "/galerie/badges/b/")
    assert f"commentaires ({number})" in html
    assert html.count("<time ") == min(number, 20)


def test_the_labels_are_those_of_the_tutorial(client, bob, signed_in):
    badge_class = BadgeClassFactory(
        slug="b", issuer__name="Amcsti", issuer__slug="amcsti", tags=["culture & science"]
    )
    html = read(client, "/galerie/badges/b/")
    for label in (
        "Édité par :",
        ">CRITÈRES<",
        ">Ouvrir la page des critères<",
        "commentaires (0)",
        "TOUS LES BÉNÉFICIAIRES",
    ):
        assert label.replace(" :", "\u00a0:") in html
    assert 'href="/galerie/emetteurs/amcsti/"' in html
    assert 'href="/galerie/badges/b/criteres/"' in html
    assert 'href="/galerie/badges/?mots=culture%20%26%20science"' in html
    assert "Personne n’a encore rendu ce badge public." in html
    assert 'href="/compte/connexion/?next=%2Fgalerie%2Fbadges%2Fb%2F"' in html
    assert "Suivre ce badge" in html
    browser = signed_in(bob)
    browser.post("/connexions/badges/b/suivre/")
    html = read(browser, "/galerie/badges/b/")
    assert "Vous suivez ce badge" in html
    assert "Ne plus suivre" in html
    assert badge_class.follows.count() == 1


def test_a_criteria_page_elsewhere_opens_in_a_window_that_is_announced(client):
    BadgeClassFactory(slug="b", criteria_url="https://exemple.org/criteres")
    html = read(client, "/galerie/badges/b/")
    link = re.search(r'<a href="https://exemple.org/criteres"(.*?)</a>', html, re.S)[1]
    assert 'target="_blank" rel="noopener"' in link
    assert "(nouvelle fenêtre)" in link


def test_the_own_criteria_page_shows_the_criteria(client, read_only):
    BadgeClassFactory(slug="b", criteria="Avoir **participé**.\n\n<script>alert(1)</script>")
    with read_only():
        html = read(client, "/galerie/badges/b/criteres/")
    assert "Avoir <strong>participé</strong>." in html
    assert "alert(1)</script>" not in html


def test_markup_in_names_and_texts_is_inert(client):
    badge_class = BadgeClassFactory(
        slug="b",
        name="<b>Nom",
        description="<i>Texte",
        image_alt='"><img src=x>',
        tags=["<u>mot"],
        issuer__name="<s>Org",
    )
    AssertionFactory(badge_class=badge_class, recipient_name="<em>Camille", public=True)
    html = read(client, "/galerie/badges/b/?q=%3Cem%3ECamille")
    for markup in ("<b>Nom", "<i>Texte", "<img src=x", "<u>mot", "<s>Org", "<em>Camille"):
        assert markup not in html
    assert "&lt;em&gt;Camille" in html


@pytest.mark.parametrize("tail", ["", "criteres/"])
def test_a_badge_that_is_not_published_answers_as_an_unknown_one(client, tail):
    BadgeClassFactory(slug="brouillon", published_at=None, name="Brouillon secret")
    response = client.get(f"/galerie/badges/brouillon/{tail}")
    assert response.status_code == client.get(f"/galerie/badges/inconnu/{tail}").status_code == 404
    assert "Brouillon secret" not in response.content.decode()
