"""The tab « Partager »: one click saves, and only what is public can leave."""

import html as markup
import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from badges.enums import Visibility
from tests.factories import AssertionFactory, BadgeClassFactory
from tests.sharing.conftest import words

pytestmark = pytest.mark.django_db

SITES = ["linkedin.com", "x.com", "facebook.com", "pinterest.com", "mailto:", "<iframe", "&lt;iframe"]


@pytest.fixture
def hers(alice, signed_in):
    return signed_in(alice)


def path(assertion) -> str:
    return f"/badges/{assertion.uid}/partager/"


def links(html: str) -> dict[str, str]:
    """What each link is called, as a screen reader says it, and where it leads."""
    found = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', html, re.S)
    return {words(label): markup.unescape(address) for address, label in found}


def state(assertion) -> tuple[str, bool]:
    assertion.refresh_from_db()
    return assertion.visibility, assertion.name_listed


def test_a_public_badge_can_be_shared(hers, award):
    assertion = award("public", code="7K3M9QX2P1HV")
    html = hers.get(path(assertion)).content.decode()
    url = f"https://badges.exemple.fr/b/{assertion.uid}/"
    u = f"https%3A%2F%2Fbadges.exemple.fr%2Fb%2F{assertion.uid}%2F"
    text = (
        "J%E2%80%99ai%20re%C3%A7u%20le%20badge%20%C2%AB%C2%A0Je%20participe%20au%20congr%C3%A8s%20de%20"
        "l%E2%80%99Amcsti%202019%C2%A0%C2%BB%20d%C3%A9livr%C3%A9%20par%20Amcsti."
    )
    picture = f"https%3A%2F%2Fbadges.exemple.fr%2Fbadges%2Fimages%2F{'0' * 64}-440.png"
    found = links(html)

    assert found["Ajouter au profil LinkedIn (nouvelle fenêtre)"] == (
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME"
        "&name=Je%20participe%20au%20congr%C3%A8s%20de%20l%27Amcsti%202019&organizationName=Amcsti"
        f"&issueYear=2019&issueMonth=7&certUrl={u}&certId=7K3M-9QX2-P1HV"
    )
    post = f"https://www.linkedin.com/sharing/share-offsite/?url={u}"
    assert found["Partager sur LinkedIn (nouvelle fenêtre)"] == post
    assert found["Partager sur X (Twitter) (nouvelle fenêtre)"] == (
        f"https://x.com/intent/post?text={text}&url={u}"
    )
    assert found["Partager sur Facebook (nouvelle fenêtre)"] == (
        f"https://www.facebook.com/sharer/sharer.php?u={u}"
    )
    assert found["Partager sur Pinterest (nouvelle fenêtre)"] == (
        f"https://www.pinterest.com/pin/create/button/?url={u}&media={picture}&description={text}"
    )
    assert found["E-mail"] == (
        "mailto:?subject=Mon%20badge%20%C2%AB%C2%A0Je%20participe%20au%20congr%C3%A8s%20de%20l%E2%80%99Amcsti%202019"
        "%C2%A0%C2%BB&body=Bonjour%2C%0D%0A%0D%0AVoici%20le%20badge%20%C2%AB%C2%A0Je%20participe%20au%20congr"
        "%C3%A8s%20de%20l%E2%80%99Amcsti%202019%C2%A0%C2%BB%20que%20Amcsti%20m%E2%80%99a%20d%C3%A9livr%C3%A9%20le%20"
        f"5%20juillet%202019%C2%A0%3A%0D%0A{u}"
    )
    assert found["Voir ce que verront les autres"] == f"/b/{assertion.uid}/"
    assert f'id="share-link" value="{url}" readonly' in html


def test_the_words_of_the_tutorial(hers, award):
    html = hers.get(path(award("public"))).content.decode()
    text = words(html)

    for label in [
        "Visibilité du badge",
        "Privé Utilisateurs enregistrés Public",
        "Le badge est public. Voir ce que verront les autres",
        "Partager sur LinkedIn",
        "Affichez vos connaissances, expériences et compétences et soyez repéré pour de nouvelles opportunités ! "
        "Ajouter cette certification directement à votre profil LinkedIn :",
        "Ajouter au profil",
        "Ou partagez-le dans votre réseau comme une mise à jour :",
        "LinkedIn n’a pas tout rempli ?",
        "Nom",
        "Organisme de délivrance",
        "Date d’émission",
        "ID de la référence",
        "URL de la référence",
        "Intégrer sur un site web",
        "Code à coller",
        "Copier le code",
    ]:
        assert label in text, label
    assert "Date d’expiration" not in text
    assert "PDF" not in text
    assert "QR" not in text
    assert "Télécharger" not in text
    assert html.count('target="_blank" rel="noopener noreferrer"') == html.count('target="_blank"') == 6


def test_values_to_copy_for_linkedin(hers, award, badge_class):
    badge_class.issuer.linkedin_organization_id = "1234567"
    badge_class.issuer.save()
    assertion = award(
        "public", code="7K3M9QX2P1HV", expires_at="2024-12-31T23:30:00Z", issued_at="2019-06-30T22:30:00Z"
    )

    html = hers.get(path(assertion)).content.decode()
    fields = re.findall(r'id="li-(\w+)" value="([^"]*)" readonly', html)

    assert [(key, markup.unescape(value)) for key, value in fields] == [
        ("name", "Je participe au congrès de l'Amcsti 2019"),
        ("issuer", "Amcsti"),
        ("issued", "juillet 2019"),
        ("expires", "janvier 2025"),
        ("code", "7K3M-9QX2-P1HV"),
        ("url", f"https://badges.exemple.fr/b/{assertion.uid}/"),
    ]
    link = links(html)["Ajouter au profil LinkedIn (nouvelle fenêtre)"]
    assert (
        "&organizationId=1234567&issueYear=2019&issueMonth=7&expirationYear=2025&expirationMonth=1&" in link
    )
    assert "organizationName" not in link


def test_embed_code_and_its_preview(hers, award):
    assertion = award("public")
    html = hers.get(path(assertion)).content.decode()

    code = markup.unescape(re.search(r'<textarea class="code"[^>]*>(.*?)</textarea>', html, re.S)[1])
    assert code == (
        f'<iframe src="https://badges.exemple.fr/b/{assertion.uid}/carte/" '
        'title="Badge «\u00a0Je participe au congrès de l’Amcsti 2019\u00a0», délivré par Amcsti" '
        'width="320" height="420" frameborder="0" loading="lazy"></iframe>'
    )
    assert (
        f'<iframe src="/b/{assertion.uid}/carte/" title="Aperçu du badge intégré" '
        'width="320" height="420" loading="lazy"></iframe>'
    ) in html


@pytest.mark.parametrize(
    "kind, why",
    [
        ("private", "Il est privé, vous seul·e le voyez : un lien partagé ailleurs ne mènerait à rien."),
        (
            "members",
            "Seuls les utilisateurs enregistrés le voient : partagé ailleurs, son lien ne s’ouvrirait pas "
            "pour les autres.",
        ),
    ],
)
def test_what_is_not_public_cannot_be_shared(hers, award, kind, why):
    assertion = award(kind)
    html = hers.get(path(assertion)).content.decode()

    assert why in words(html)
    assert [site for site in SITES if site in html] == []
    assert f"/b/{assertion.uid}/" not in html
    assert assertion.printed_code not in html
    assert 'target="_blank"' not in html
    assert '<button class="btn" name="visibility" value="public">' in html
    assert "Rendre public et partager" in words(html)


@pytest.mark.parametrize("kind", ["revoked-private", "revoked-members", "revoked-public"])
def test_a_revoked_badge_says_so_and_offers_nothing(hers, award, kind):
    assertion = award(kind)
    html = hers.get(path(assertion)).content.decode()

    assert (
        "Ce badge a été révoqué par Amcsti le 2 septembre 2019. Motif : badge délivré à la mauvaise personne."
        in (words(html))
    )
    assert [site for site in SITES if site in html] == []
    assert "copy.js" not in html
    main = html[html.index("<main") :]
    assert "<form" not in main
    assert "<button" not in main
    assert f"/b/{assertion.uid}/" not in main


def test_a_revoked_badge_cannot_be_made_public_by_post(hers, award):
    assertion = award("revoked-private")

    answer = hers.post(path(assertion), {"visibility": "public"}, follow=True)

    assert "Ce badge a été retiré par son émetteur." in words(answer.content.decode())
    assert state(assertion) == ("private", True)


@pytest.mark.parametrize("before", ["private", "members", "public"])
@pytest.mark.parametrize("after", ["private", "members", "public"])
def test_one_click_saves(hers, award, before, after):
    assertion = award(before)

    answer = hers.post(path(assertion), {"visibility": after})

    assert (answer.status_code, answer["Location"]) == (303, path(assertion))
    assert state(assertion) == (after, True)
    html = hers.get(path(assertion)).content.decode()
    pressed = re.findall(r'name="visibility" value="(\w+)" aria-pressed="true"', html)
    assert pressed == [after]
    assert html.count('aria-pressed="false"') == 2


@pytest.mark.parametrize(
    "after, sentence",
    [
        ("private", "Le badge est privé : vous seul·e le voyez."),
        ("members", "Les utilisateurs enregistrés voient le badge."),
    ],
)
def test_a_change_is_said_and_can_be_undone(hers, award, after, sentence):
    assertion = award("public", name_listed=False)

    html = hers.post(path(assertion), {"visibility": after}, follow=True).content.decode()

    assert f"{sentence} Annuler" in " ".join(words(html).split())
    undo = re.search(
        rf'<form method="post" action="(/badges/{assertion.uid}/visibilite/)">(.*?)</form>', html, re.S
    )
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', undo[2]))
    fields.pop("csrfmiddlewaretoken")
    hers.post(undo[1], fields)
    assert state(assertion) == ("public", False)


def test_making_public_can_be_undone(hers, award):
    assertion = award("private")

    html = hers.post(path(assertion), {"visibility": "public"}, follow=True).content.decode()

    assert "Le badge est public. Annuler" in words(html)
    assert '<input type="hidden" name="visibility" value="private">' in html


def test_a_second_click_changes_nothing_and_keeps_the_undo_of_the_first(hers, award):
    assertion = award("private")

    hers.post(path(assertion), {"visibility": "public"})
    hers.post(path(assertion), {"visibility": "public"})
    answer = hers.get(path(assertion))

    assert state(assertion) == ("public", True)
    assertion.badge_class.refresh_from_db()
    assert (assertion.badge_class.public_recipients, assertion.badge_class.member_recipients) == (1, 1)
    html = answer.content.decode()
    assert html.count('<input type="hidden" name="visibility" value="private">') == 1
    assert len(list(get_messages(answer.wsgi_request))) == 1


def test_the_name_leaves_the_list_and_comes_back(hers, award):
    assertion = award("public")

    html = hers.post(path(assertion), {"name_listed": "no"}, follow=True).content.decode()
    assert state(assertion) == ("public", False)
    assert "Votre nom ne figure plus dans la liste des bénéficiaires." in words(html)
    assert "Tout le monde peut voir ce badge ; votre nom ne figure pas dans la liste" in words(html)

    hers.post(path(assertion), {"name_listed": "yes"})
    assert state(assertion) == ("public", True)


def test_a_click_about_the_list_never_makes_public_again(hers, award):
    """The page of before is still open in another window."""
    assertion = award("private")

    hers.post(path(assertion), {"name_listed": "no"})

    assert state(assertion) == ("private", False)


def test_making_public_without_the_name_in_the_list(hers, award):
    assertion = award("private")
    html = hers.get(path(assertion)).content.decode()
    assert '<input type="checkbox" name="name_listed" value="no">' in html

    hers.post(path(assertion), {"visibility": "public", "name_listed": "no"})

    assert state(assertion) == ("public", False)
    assertion.badge_class.refresh_from_db()
    assert assertion.badge_class.public_recipients == 0


@pytest.mark.parametrize("sent", [{}, {"visibility": "everyone"}, {"name_listed": "perhaps"}])
def test_a_click_that_makes_no_sense_changes_nothing(hers, award, sent):
    assertion = award("private")

    answer = hers.post(path(assertion), sent)

    assert answer.status_code == 422
    assert state(assertion) == ("private", True)
    if "name_listed" not in sent:
        assert "Choisissez qui peut voir ce badge." in words(answer.content.decode())


def test_another_member_changes_nothing(bob, signed_in, client, award):
    for kind in ("private", "members", "public"):
        assertion = award(kind, badge_class=BadgeClassFactory())
        for visibility in Visibility.values:
            assert signed_in(bob).post(path(assertion), {"visibility": visibility}).status_code == 404
            answer = client.post(path(assertion), {"visibility": visibility})
            assert answer["Location"].startswith(reverse("account_login"))
        assert state(assertion) == (kind, True)


def test_a_waiting_badge_cannot_be_shown(hers, award):
    assertion = award("pending")

    assert hers.post(path(assertion), {"visibility": "public"})["Location"] == f"/badges/{assertion.uid}/"
    assert state(assertion) == ("private", True)


def test_the_tab_badges_is_the_current_one(hers, award):
    assertion = award("public")
    html = hers.get(path(assertion)).content.decode()

    assert re.findall(r'<a href="([^"]+)" aria-current="page"', html) == ["/badges/", path(assertion)]


def test_query_budget(hers, award, django_assert_num_queries):
    """Session, person, statement, award, name in the menu, waiting badges, bell: the same beside many others."""
    one = award("public")
    with django_assert_num_queries(8):
        hers.get(path(one))
    for _ in range(3):
        AssertionFactory(public=True, badge_class=one.badge_class)
        award("public", badge_class=BadgeClassFactory(issuer=one.badge_class.issuer))
    with django_assert_num_queries(8):
        hers.get(path(one))


@pytest.mark.parametrize(
    "name",
    ['<script>alert(1)</script>"onload="y"', "\u202eegdab", "n" * 200, "L'été & l'hiver : 100 % #1 🏅"],
)
def test_hard_names_are_inert(hers, award, badge_class, name):
    badge_class.name = name
    badge_class.save()

    html = hers.get(path(award("public"))).content.decode()

    assert "<script>alert" not in html
    code = re.search(r'<textarea class="code"[^>]*>(.*?)</textarea>', html, re.S)[1]
    assert "<" not in code
    embed = markup.unescape(code)
    assert "\u202e" not in embed
    assert embed.count("<") == 2
    assert embed.count('="') == 6
    for address in links(html).values():
        if address.startswith(("https://", "mailto:")):
            assert re.fullmatch(r"[A-Za-z0-9:/?&=%._~-]+", address), address
