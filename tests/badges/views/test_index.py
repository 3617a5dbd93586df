"""« Mes badges »."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db


def hold(alice, number, issuer, **traits):
    now = timezone.now()
    return [
        AssertionFactory(
            badge_class=BadgeClassFactory(issuer=issuer, name=f"Badge n° {n:02}"),
            holder=alice,
            recipient_name="Alice Martin",
            accepted_at=now - timedelta(minutes=n),
            **traits,
        )
        for n in range(number)
    ]


def names(html):
    return re.findall(r"<h2><a [^>]*>([^<]*)</a></h2>", html)


def test_waiting_badges_come_first(alice, signed_in, amcsti, read_only):
    hold(alice, 1, amcsti, accepted=True)
    AssertionFactory(badge_class__name="En attente ici", recipient_address="Alice@Exemple.fr")
    AssertionFactory(badge_class__name="À quelqu’un d’autre", recipient_address="bob@exemple.fr")
    browser = signed_in(alice)
    with read_only():
        html = browser.get("/badges/").content.decode()

    assert html.index("En attente ici") < html.index("Badge n° 00")
    assert "À quelqu’un" not in html
    assert "1 badge, 1 en attente" in re.sub(r"\s+", " ", html)


def test_the_pills_count_and_filter(alice, signed_in, amcsti):
    hold(alice, 2, amcsti, public=True)
    hold(alice, 1, amcsti, members=True)
    hold(alice, 3, amcsti, accepted=True)
    hold(alice, 1, amcsti, public=True, revoked=True)
    browser = signed_in(alice)

    html = browser.get("/badges/").content.decode()
    assert re.findall(r'pill__n">(\d+)<', html) == ["7", "2", "1", "4"]
    assert len(names(browser.get("/badges/?visibilite=public").content.decode())) == 2
    assert len(names(browser.get("/badges/?visibilite=members").content.decode())) == 1
    assert len(names(browser.get("/badges/?visibilite=private").content.decode())) == 4
    assert len(names(browser.get("/badges/?visibilite=rien&suite=%00").content.decode())) == 7


def test_a_withdrawn_badge_is_marked(alice, signed_in, amcsti):
    hold(alice, 1, amcsti, public=True, revoked=True)

    assert "révoqué" in signed_in(alice).get("/badges/").content.decode()


def test_pages_follow_one_another(alice, signed_in, amcsti, settings):
    settings.BADGES_PER_PAGE = 2
    hold(alice, 5, amcsti, public=True)
    browser = signed_in(alice)
    seen, address = [], "/badges/?visibilite=public"
    for _page in range(3):
        html = browser.get(address).content.decode()
        seen += names(html)
        following = re.search(r'href="(\?[^"]*)" rel="next"', html)
        address = "/badges/" + following[1].replace("&amp;", "&") if following else ""

    assert seen == [f"Badge n° {n:02}" for n in range(5)]
    assert address == ""
    assert 'rel="prev"' in html


def test_nothing_of_others_is_here(alice, bob, signed_in, amcsti):
    hold(bob, 1, amcsti, public=True)
    AssertionFactory(badge_class__name="Refusé par un autre", declined=True)

    html = signed_in(alice).get("/badges/").content.decode()

    assert "Badge n° 00" not in html
    assert "Refusé par un autre" not in html
    assert "Votre passeport est prêt, ses pages sont vierges" in html


def test_declined_badges_can_be_taken_up_again(alice, signed_in):
    declined = AssertionFactory(declined=True, recipient_address=alice.email)

    html = signed_in(alice).get("/badges/").content.decode()

    assert "Badges refusés" in html
    assert f'action="/badges/{declined.uid}/annuler/"' in html


def test_the_number_of_queries_does_not_grow(alice, signed_in, amcsti, statement, django_assert_num_queries):
    from accounts.services import consent  # noqa: PLC0415

    consent.give(user=alice, document=statement)
    browser = signed_in(alice)
    hold(alice, 1, amcsti, public=True)
    AssertionFactory(recipient_address=alice.email)
    AssertionFactory(recipient_address=alice.email, declined=True)
    with django_assert_num_queries(14):
        browser.get("/badges/")
    hold(alice, 49, amcsti, members=True)
    AssertionFactory.create_batch(10, recipient_address=alice.email)
    AssertionFactory.create_batch(10, recipient_address=alice.email, declined=True)
    with django_assert_num_queries(14):
        browser.get("/badges/")


def test_charlie_is_asked_to_sign_in(client):
    assert client.get("/badges/").headers["Location"] == f"{reverse('account_login')}?next=/badges/"


def test_a_refusal_that_can_no_longer_be_undone_is_not_offered(signed_in, alice):
    AssertionFactory(declined=True, recipient_address=alice.email, badge_class__name="Refus récent")
    AssertionFactory(
        declined=True,
        recipient_address=alice.email,
        badge_class__name="Refus ancien",
        declined_at=timezone.now() - timedelta(days=31),
    )

    html = signed_in(alice).get(reverse("badges:index")).content.decode()

    assert "Refus récent" in html
    assert "Refus ancien" not in html


def test_what_waits_never_makes_the_page_longer_than_a_page(signed_in, alice, settings):
    settings.BADGES_PER_PAGE = 2
    for _ in range(5):
        AssertionFactory(recipient_address=alice.email)

    html = signed_in(alice).get(reverse("badges:index")).content.decode()

    assert html.count('class="coupon"') == 2
