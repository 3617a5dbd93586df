"""« Recommander ce badge »: which badges, by whom, and what becomes of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from badges import addresses
from badges.enums import Origin
from badges.models import Endorsement
from badges.services import keys
from badges.services.accept import accept
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db

CHOOSE = "admin:badges_badgeclass_recommend"


def page_of(badge) -> str:
    return reverse("admin:badges_badgeclass_endorse", args=[badge.pk])


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def foreign():
    """A badge of another issuer of this site, in the gallery."""
    return BadgeClassFactory(
        issuer=IssuerFactory(name="Le Dôme"), name="Fabmanager", description="Fabriquer."
    )


def test_an_organiser_recommends_another_issuers_badge(signed_in, olga, amcsti, foreign, alice):
    browser = signed_in(olga)
    asked = text(browser.get(page_of(foreign)))
    for part in ("Fabmanager", "Le Dôme", "Fabriquer.", ">Amcsti</option>"):
        assert part in asked
    done = browser.post(page_of(foreign), {"issuer": amcsti.pk, "comment": "Un badge sérieux."}, follow=True)

    assert done.redirect_chain == [(reverse(CHOOSE), 302)]
    assert "Le badge est recommandé" in text(done)
    made = Endorsement.objects.get()
    assert (made.issuer, made.version.badge_class, made.comment) == (amcsti, foreign, "Un badge sérieux.")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (olga, str(amcsti.pk))
    assert entry.change_message.replace("\xa0", " ") == "Badge « Fabmanager » recommandé."

    held = accept(assertion=AssertionFactory(badge_class=foreign), holder=alice)
    assert addresses.endorsement_credential(made.uid) in held.documents.credential


def test_one_s_own_badge_shows_it_at_once(signed_in, olga, amcsti):
    badge = BadgeClassFactory(issuer=amcsti)
    data = {"issuer": amcsti.pk, "comment": "<b>Bien</b>\nVraiment."}
    done = signed_in(olga).post(page_of(badge), data, follow=True)

    assert done.redirect_chain == [
        (f"{reverse('admin:badges_badgeclass_change', args=[badge.pk])}#endorsements", 302)
    ]
    assert "&lt;b&gt;Bien&lt;/b&gt;<br>Vraiment." in text(done)


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"comment": ""}, "Remplissez ce champ."),
        ({"comment": "x" * 2_001}, "2000"),
        ({"issuer": ""}, "Remplissez ce champ."),
        ({"issuer": "999999"}, "choix"),
    ],
)
def test_what_is_missing_or_too_long_is_told(signed_in, olga, amcsti, foreign, change, sentence):
    answer = signed_in(olga).post(page_of(foreign), {"issuer": amcsti.pk, "comment": "Bien."} | change)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Endorsement.objects.exists()


def test_nobody_speaks_for_an_issuer_that_is_not_theirs(signed_in, olga, amcsti, foreign):
    answer = signed_in(olga).post(page_of(foreign), {"issuer": foreign.issuer_id, "comment": "Bien."})

    assert answer.status_code == 422
    assert not Endorsement.objects.exists()


def test_an_administrator_speaks_for_issuers_of_this_site_alone(signed_in, amcsti, foreign):
    elsewhere = IssuerFactory(origin=Origin.CLAIMED, iri="https://ailleurs.fr/", name="Ailleurs")
    browser = signed_in(UserFactory(is_staff=True, is_superuser=True))
    asked = text(browser.get(page_of(foreign)))
    assert ">Amcsti</option>" in asked
    assert "Ailleurs" not in asked

    assert browser.post(page_of(foreign), {"issuer": elsewhere.pk, "comment": "Bien."}).status_code == 422
    assert browser.post(page_of(foreign), {"issuer": amcsti.pk, "comment": "Bien."}).status_code == 302


def test_the_same_wording_is_recommended_once(signed_in, olga, amcsti, foreign):
    browser, data = signed_in(olga), {"issuer": amcsti.pk, "comment": "Bien."}
    browser.post(page_of(foreign), data)
    again = browser.post(page_of(foreign), data)

    assert again.status_code == 422
    assert "Cet émetteur a déjà recommandé ce badge." in text(again)
    assert Endorsement.objects.count() == 1


def test_a_lost_secret_is_told(signed_in, olga, amcsti, foreign, settings):
    keys.ring(amcsti)
    settings.KEYS_SECRET = "un autre secret, bien assez long pour cela"
    keys._open.cache_clear()
    answer = signed_in(olga).post(page_of(foreign), {"issuer": amcsti.pk, "comment": "Bien."})

    assert answer.status_code == 422
    assert "KEYS_SECRET" in text(answer)
    assert not Endorsement.objects.exists()


def test_what_the_gallery_does_not_show_is_unknown(signed_in, olga, amcsti):
    hidden = BadgeClassFactory(published_at=None, name="Caché")
    elsewhere = BadgeClassFactory(
        issuer=IssuerFactory(origin=Origin.ELSEWHERE, iri="https://ailleurs.fr/"), iri="https://ailleurs.fr/b"
    )
    AssertionFactory(badge_class=elsewhere, public=True)
    browser = signed_in(olga)
    for badge in (hidden, elsewhere):
        assert browser.get(page_of(badge)).status_code == 404
        assert browser.post(page_of(badge), {"issuer": amcsti.pk, "comment": "x"}).status_code == 404
        assert badge.name not in text(browser.get(reverse(CHOOSE)))
    assert not Endorsement.objects.exists()


def test_a_member_of_the_staff_without_an_issuer_recommends_nothing(signed_in, bob, foreign):
    bob.is_staff = True
    bob.save()
    browser = signed_in(bob)

    assert browser.get(reverse(CHOOSE)).status_code == 403
    assert browser.get(page_of(foreign)).status_code == 403
    assert browser.post(page_of(foreign), {"issuer": foreign.issuer_id, "comment": "x"}).status_code == 403


def test_badges_are_found_by_name_page_by_page(signed_in, olga, amcsti, foreign, monkeypatch):
    monkeypatch.setattr("badges.admin.badge.endorsing.PER_PAGE", 2)
    for name in ("Atelier été", "Atelier hiver", "Atelier printemps"):
        BadgeClassFactory(issuer=amcsti, name=name)
    browser = signed_in(olga)

    first = text(browser.get(reverse(CHOOSE), {"q": "ATELIER"}))
    assert ["Atelier été" in first, "Atelier printemps" in first, "Fabmanager" in first] == [
        True,
        False,
        False,
    ]
    assert '?q=ATELIER&amp;page=2"' in first
    second = text(browser.get(reverse(CHOOSE), {"q": "ATELIER", "page": "2"}))
    assert ["Atelier été" in second, "Atelier printemps" in second] == [False, True]
    assert "Aucun badge ne porte ce nom." in text(browser.get(reverse(CHOOSE), {"q": "introuvable"}))
    for odd in ({"page": "x"}, {"page": "-1"}, {"page": "9" * 30}, {"q": "x" * 900}):
        assert browser.get(reverse(CHOOSE), odd).status_code == 200


def test_the_list_costs_the_same_with_one_badge_and_with_many(
    signed_in, olga, amcsti, django_assert_max_num_queries
):
    browser, counts = signed_in(olga), []
    for more in (1, 5):
        for _n in range(more):
            BadgeClassFactory()
        with django_assert_max_num_queries(7) as captured:
            browser.get(reverse(CHOOSE))
        counts.append(len(captured))

    assert counts[0] == counts[1]
