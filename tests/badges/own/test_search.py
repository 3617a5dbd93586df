"""« Mes badges » as a search."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from badges.models import BadgeTag
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(hold, alice):
    now = timezone.now()
    dome = BadgeClassFactory(issuer=IssuerFactory(name="Le Dôme", slug="dome"), name="Zèbre")
    badges = {
        "public": hold("Médiation", public=True, accepted_at=now - timedelta(days=4), position=2),
        "private": hold("Atelier", accepted_at=now - timedelta(days=3), position=1),
        "revoked": hold("Retiré", public=True, revoked=True, accepted_at=now - timedelta(days=2)),
        "over": hold("Passé", expires_at=now - timedelta(days=1), accepted_at=now - timedelta(days=1)),
        "soon": hold("Bientôt fini", expires_at=now + timedelta(days=9), accepted_at=now),
        "away": hold("Rangé", archived_at=now, members=True),
        "dome": AssertionFactory(
            badge_class=dome, members=True, holder=alice, accepted_at=now - timedelta(days=9)
        ),
    }
    BadgeTag.objects.create(assertion=badges["dome"], name="Été")
    return badges


def names(browser, query=""):
    html = browser.get(f"/badges/{query}").content.decode()
    return re.findall(r"<h2><a [^>]*>([^<]*)</a></h2>", html)


@pytest.mark.parametrize(
    "query, found",
    [
        ("", ["Bientôt fini", "Passé", "Retiré", "Zèbre", "Atelier", "Médiation"]),
        ("?tri=nom", ["Atelier", "Bientôt fini", "Médiation", "Passé", "Retiré", "Zèbre"]),
        ("?tri=date", ["Bientôt fini", "Passé", "Retiré", "Atelier", "Médiation", "Zèbre"]),
        ("?tri=emetteur", ["Atelier", "Bientôt fini", "Médiation", "Passé", "Retiré", "Zèbre"]),
        ("?nom=MEDIATION", ["Médiation"]),
        ("?emetteur=dome", ["Zèbre"]),
        ("?mot=ete", ["Zèbre"]),
        ("?etat=revoques", ["Retiré"]),
        ("?etat=expires", ["Passé"]),
        ("?etat=expirent", ["Bientôt fini"]),
        ("?etat=archives", ["Rangé"]),
        ("?emetteur=dome&visibilite=private", []),
        ("?visibilite=members", ["Zèbre"]),
        ("?emetteur=rien&mot=rien&etat=rien&tri=rien&nom=&visibilite=public", ["Médiation"]),
    ],
)
def test_filters_and_orders(alices, held, query, found):
    assert names(alices, query) == found


def test_the_pills_count_what_the_search_finds(alices, held):
    html = alices.get("/badges/?emetteur=dome").content.decode()

    assert re.findall(r'pill__n">(\d+)<', html) == ["1", "0", "1", "0"]
    assert 'href="?visibilite=members&amp;emetteur=dome"' in html


def test_each_filter_can_be_taken_off_alone(alices, held):
    html = alices.get("/badges/?emetteur=dome&mot=ete").content.decode()

    assert re.search(r'class="pill" href="\?mot=ete">Émetteur', html)
    assert re.search(r'class="pill" href="\?emetteur=dome">Mot-clé personnel', html)


def test_issuers_and_tags_of_others_are_not_offered(alices, held, bob):
    his = AssertionFactory(accepted=True, holder=bob, badge_class__issuer__name="Chez Bob")
    BadgeTag.objects.create(assertion=his, name="motdebob")

    html = alices.get("/badges/").content.decode()

    assert "Le Dôme" in html
    assert "Chez Bob" not in html
    assert "motdebob" not in html


def test_pages_keep_the_search(alices, hold, settings):
    settings.BADGES_PER_PAGE = 2
    hold(*[f"Badge {n}" for n in range(5)], public=True)
    seen, address = [], "?tri=nom&visibilite=public"
    while address:
        html = alices.get(f"/badges/{address}").content.decode()
        seen += re.findall(r"<h2><a [^>]*>([^<]*)</a></h2>", html)
        following = re.search(r'href="(\?[^"]*)" rel="next"', html)
        address = following[1].replace("&amp;", "&") if following else ""

    assert seen == [f"Badge {n}" for n in range(5)]
