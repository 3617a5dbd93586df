"""The public page of a badge: what it says, to whom, and what networks read of it."""

import re

import pytest

from tests.factories import AssertionFactory, BadgeClassFactory, UserFactory
from tests.sharing.conftest import words

pytestmark = pytest.mark.django_db


def page(client, assertion):
    return client.get(f"/b/{assertion.uid}/").content.decode()


def metas(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html))


def test_what_a_public_badge_says(client, award):
    text = words(page(client, award("public", code="7K3M9QX2P1HV")))

    for sentence in [
        "Je participe au congrès de l’Amcsti 2019",
        "Délivré à Alice Martin par Amcsti, le 5 juillet 2019.",
        "Un badge d’expérience.",
        "Expiration Sans date d’expiration",
        "Identifiant 7K3M-9QX2-P1HV",
        "CRITÈRES Avoir participé au congrès.",
        "Ouvrir la page des critères",
        "Qui délivre ce badge ?",
        "Amcsti1 badge délivré ici",
        "TOUS LES BÉNÉFICIAIRES (1)",
    ]:
        assert sentence in text, sentence
    assert "OBFRAMARTIN&lt;&lt;ALICE&lt;" in text
    assert "7K3M9QX2P1HV" in text


def test_no_word_of_a_verification_that_did_not_run(client, award):
    for kind in ("public", "revoked-public"):
        html = page(client, award(kind, badge_class=BadgeClassFactory())).lower()
        assert not re.search(r"valide|vérifié|vérification|authenti|signature", html)


def test_nothing_of_the_address_is_told(browsers, award):
    assertion = award("public")

    for browser in browsers.values():
        assert "alice@exemple.fr" not in page(browser, assertion)


def test_links_of_the_page(client, award, badge_class):
    html = page(client, award("public"))

    assert '<a href="/galerie/badges/amcsti-2019/">TOUS LES BÉNÉFICIAIRES (1)</a>' in html
    assert '<a href="/galerie/badges/amcsti-2019/criteres/"' in html
    assert html.count('href="/galerie/emetteurs/amcsti/"') == 2

    badge_class.criteria_url = "https://amcsti.exemple/criteres?a=1&b=2"
    badge_class.save()
    html = page(
        client, award("public", holder=UserFactory(), recipient_name="Zoé", recipient_address="z@x.fr")
    )
    assert '<a href="https://amcsti.exemple/criteres?a=1&amp;b=2" rel="nofollow noopener noreferrer">' in html


def test_a_badge_that_is_not_in_the_gallery_does_not_lead_there(client, award):
    unpublished = BadgeClassFactory()
    unpublished.published_at = None
    unpublished.save()

    html = page(client, award("public", badge_class=unpublished))

    assert "/galerie/badges/badge" not in html
    assert "/galerie/emetteurs/" not in html
    assert "TOUS LES BÉNÉFICIAIRES" not in html


def test_recipients_are_counted_for_the_level_of_the_reader(browsers, award, badge_class):
    assertion = award("public")
    AssertionFactory(badge_class=badge_class, members=True)
    AssertionFactory(badge_class=badge_class, accepted=True)
    AssertionFactory(badge_class=badge_class, public=True, name_listed=False)

    counts = {
        person: re.search(r"TOUS LES BÉNÉFICIAIRES \((\d+)\)", page(browser, assertion))[1]
        for person, browser in browsers.items()
    }

    assert counts == {"alice": "2", "bob": "2", "anonymous": "1"}


@pytest.mark.parametrize(
    "visibility, linked",
    [("private", {"alice"}), ("members", {"alice", "bob"}), ("public", {"alice", "bob", "anonymous"})],
)
def test_the_name_leads_to_the_profile_of_those_who_show_it(browsers, award, alice, visibility, linked):
    alice.profile.visibility = visibility
    alice.profile.save()
    assertion = award("public")
    link = f'<a href="/u/{alice.profile.handle}/"><strong>Alice Martin</strong></a>'

    assert {person for person, browser in browsers.items() if link in page(browser, assertion)} == linked
    for browser in browsers.values():
        assert "<strong>Alice Martin</strong>" in page(browser, assertion)


@pytest.mark.parametrize(
    "kind, sentence",
    [
        ("private", "Ceci est votre page : vous seul·e la voyez, car ce badge est privé. Partager"),
        ("members", "Ceci est votre page : les utilisateurs enregistrés la voient. Partager"),
        ("public", "Ceci est votre page publique. Partager"),
    ],
)
def test_the_holder_is_told_who_sees_the_page(browsers, award, kind, sentence):
    assertion = award(kind)

    assert sentence in words(page(browsers["alice"], assertion))
    assert f'<a href="/badges/{assertion.uid}/partager/">Partager</a>' in page(browsers["alice"], assertion)
    for person in ("bob", "anonymous"):
        assert "Ceci est votre page" not in page(browsers[person], assertion)
        assert "/partager/" not in page(browsers[person], assertion)


def test_what_networks_read(client, award):
    assertion = award("public")
    html = page(client, assertion)
    url = f"https://badges.exemple.fr/b/{assertion.uid}/"

    assert (
        "<title>Je participe au congrès de l’Amcsti 2019 — Alice Martin · Passeport à badges</title>" in html
    )
    assert f'<link rel="canonical" href="{url}">' in html
    assert {name: text for name, text in metas(html).items() if name not in {"viewport", "theme-color"}} == {
        "description": "Un badge d’expérience.",
        "og:type": "article",
        "og:site_name": "Passeport à badges",
        "og:locale": "fr_FR",
        "og:url": url,
        "og:title": "Je participe au congrès de l’Amcsti 2019 — Alice Martin",
        "og:description": "Un badge d’expérience.",
        "og:image": f"https://badges.exemple.fr/badges/images/{'0' * 64}-440.png",
        "og:image:width": "440",
        "og:image:height": "440",
        "og:image:type": "image/png",
        "og:image:alt": "Je participe au congrès de l&#x27;Amcsti 2019",
        "twitter:card": "summary",
    }


def test_networks_read_nothing_of_what_is_not_public(browsers, award):
    for kind in ("private", "members", "revoked-public"):
        html = page(browsers["alice"], award(kind, badge_class=BadgeClassFactory()))
        assert "og:" not in html
        assert "canonical" not in html
        assert 'name="description"' not in html


def test_a_revoked_public_badge_says_so_and_names_nobody(client, award):
    answer = client.get(f"/b/{award('revoked-public').uid}/")
    html = answer.content.decode()
    text = words(html)

    assert answer.status_code == 410
    assert answer["X-Robots-Tag"] == "noindex"
    assert (
        "<title>Badge révoqué — Je participe au congrès de l’Amcsti 2019 · Passeport à badges</title>" in html
    )
    assert "RÉVOQUÉle 2 septembre 2019" in text
    assert (
        "Ce badge a été révoqué par Amcsti le 2 septembre 2019. Motif : badge délivré à la mauvaise personne. "
        "Il ne prouve plus rien."
    ) in text
    for secret in ("Alice", "Martin", "MARTIN", "ALICE", "5 juillet 2019", "TOUS LES BÉNÉFICIAIRES"):
        assert secret not in html
    assert "OBFRA" + "&lt;" * 39 in text


def test_an_expired_badge_says_so(client, award):
    html = page(client, award("public", expires_at="2024-07-05T10:00:00Z"))
    text = words(html)

    assert "EXPIRÉle 5 juillet 2024" in text
    assert "Ce badge a expiré le 5 juillet 2024." in text
    assert "Expiration 5 juillet 2024" in text
    assert "<title>Badge expiré — " in html


def test_a_badge_that_will_expire_is_not_expired(client, award):
    text = words(page(client, award("public", expires_at="2099-07-05T10:00:00Z")))

    assert "Expiration 5 juillet 2099" in text
    assert "EXPIRÉ" not in text


def test_a_badge_without_a_name(client, award):
    html = page(client, award("public", recipient_name="", holder=UserFactory(name="")))

    assert "Délivré par Amcsti, le 5 juillet 2019." in words(html)
    assert "<title>Je participe au congrès de l’Amcsti 2019 · " in html


@pytest.mark.parametrize("kind", ["public", "revoked-public"])
def test_hard_texts_are_inert(client, award, badge_class, kind):
    for name in ('<script>alert(1)</script>"<b>', "\u202eegdab", "n" * 200):
        badge_class.name = badge_class.description = badge_class.image_alt = name
        badge_class.criteria = f"{name} [x](javascript:alert(1)) # titre"
        badge_class.issuer.name = name[:150]
        badge_class.issuer.description = name
        badge_class.issuer.save()
        badge_class.save()
        assertion = award(kind, recipient_name=f"{name}"[:160], badge_class=badge_class, holder=UserFactory())

        for path in ("", "carte/"):
            html = client.get(f"/b/{assertion.uid}/{path}").content.decode()
            assert "<script>alert" not in html
            assert "<b>" not in html
            assert 'href="javascript' not in html
        assertion.delete()


def test_query_budget(browsers, award, badge_class, django_assert_num_queries):
    """Award, badges of the issuer, profile, evidence of both, recommendations, congratulations; for a member also
    session, person, menu, bell, waiting badges, blocks, whether they have congratulated, their own recommendation."""
    assertion = award("public")
    budgets = {"anonymous": 7, "bob": 15}
    for person, budget in budgets.items():
        with django_assert_num_queries(budget):
            page(browsers[person], assertion)
    for _ in range(3):
        AssertionFactory(badge_class=badge_class, public=True)
        BadgeClassFactory(issuer=badge_class.issuer)
    for person, budget in budgets.items():
        with django_assert_num_queries(budget):
            page(browsers[person], assertion)
