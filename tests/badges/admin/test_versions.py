"""Alignments, versions and recommendations on the page of a badge."""

import pytest
from django.urls import reverse

from badges.models import Alignment
from badges.services.accept import accept
from badges.services.endorse import endorse
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory
from tests.signed import signed

pytestmark = pytest.mark.django_db

NOTE = "Les badges déjà acceptés gardent leur texte"


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti, name="Avant")


def page_of(badge) -> str:
    return reverse("admin:badges_badgeclass_change", args=[badge.pk])


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def sent(badge, *alignments: dict, first: int = 0, **changes) -> dict:
    data = {
        "issuer": badge.issuer_id, "name": badge.name, "description": badge.description, "criteria": badge.criteria,
        "tags": "", "published": "on", "alignments-TOTAL_FORMS": len(alignments), "alignments-INITIAL_FORMS": first,
    }  # fmt: skip
    for number, row in enumerate(alignments):
        data |= {f"alignments-{number}-{field}": value for field, value in row.items()}
    return data | changes


def test_alignments_are_added_and_go_into_the_next_badge(signed_in, olga, badge, alice):
    row = {
        "name": "Communiquer", "url": "competences.fr/C1", "framework": "RNCP", "code": "C1",
        "description": "À l’oral.",
    }  # fmt: skip
    assert signed_in(olga).post(page_of(badge), sent(badge, row)).status_code == 302

    kept = Alignment.objects.values("badge_class", "name", "url", "framework", "code", "description").get()
    said = row | {"url": "https://competences.fr/C1"}
    assert kept == {"badge_class": badge.pk, **said}
    held = accept(assertion=AssertionFactory(badge_class=badge), holder=alice)
    assert held.version.alignments == [said]


def test_an_alignment_is_edited_and_removed(signed_in, olga, badge):
    rows = [Alignment.objects.create(badge_class=badge, name=n, url="https://c.fr/") for n in ("Un", "Deux")]
    edited = [
        {"id": row.pk, "badge_class": badge.pk, "name": "Trois", "url": "https://c.fr/"} for row in rows
    ]
    edited[1]["DELETE"] = "on"
    signed_in(olga).post(page_of(badge), sent(badge, *edited, first=2))

    assert list(badge.alignments.values_list("pk", "name")) == [(rows[0].pk, "Trois")]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://c.fr/"])
def test_an_alignment_has_an_address_of_the_web(signed_in, olga, badge, url):
    assert signed_in(olga).post(page_of(badge), sent(badge, {"name": "Un", "url": url})).status_code == 200
    assert not Alignment.objects.exists()


def test_nobody_takes_another_badges_alignment(signed_in, olga, badge):
    foreign = Alignment.objects.create(badge_class=BadgeClassFactory(), name="À elle", url="https://c.fr/")
    browser = signed_in(olga)
    for more in ({}, {"DELETE": "on"}):
        taken = {"id": foreign.pk, "badge_class": badge.pk, "name": "Pris", "url": "https://c.fr/"} | more
        browser.post(page_of(badge), sent(badge, taken, first=1))

    assert list(Alignment.objects.values_list("pk", "name", "badge_class")) == [
        (foreign.pk, "À elle", foreign.badge_class_id)
    ]


def test_an_awarded_badge_says_that_accepted_ones_keep_their_text(signed_in, olga, badge):
    browser = signed_in(olga)
    AssertionFactory(badge_class=badge)
    assert NOTE not in text(browser.get(page_of(badge)))

    held = signed(badge_class=badge)
    assert NOTE in text(browser.get(page_of(badge)))
    browser.post(page_of(badge), sent(badge, name="Après"))
    held.refresh_from_db()
    badge.refresh_from_db()
    assert (held.version.name, badge.name) == ("Avant", "Après")


def test_each_version_tells_how_many_say_it(signed_in, olga, badge):
    first = {signed(badge_class=badge).version for _n in range(3)}.pop()
    badge.name = "Après"
    badge.save()
    second = signed(badge_class=badge, revoked=False).version
    answer = signed_in(olga).get(page_of(badge))

    assert [(row.pk, row.name, row.awards) for row in answer.context["versions"]] == [
        (second.pk, "Après", 1),
        (first.pk, "Avant", 3),
    ]
    shown = text(answer)
    assert reverse("badges:ob2_badge_class", args=[first.uid]) in shown
    assert "UNDEFINED_VARIABLE" not in shown[shown.index('id="versions"') :]


def test_who_recommends_it_is_told_with_the_version(signed_in, olga, badge):
    signed(badge_class=badge)
    browser = signed_in(olga)
    assert "Personne n’a encore recommandé ce badge." in text(browser.get(page_of(badge)))

    endorse(badge_class=badge, issuer=IssuerFactory(name="Le Dôme"), comment="Sérieux.")
    shown = text(browser.get(page_of(badge)))
    assert "<strong>Le Dôme</strong>" in shown
    assert "Sérieux." in shown


def test_a_new_badge_has_none_of_it(signed_in, olga, amcsti):
    shown = text(signed_in(olga).get(reverse("admin:badges_badgeclass_add")))

    assert 'id="versions"' not in shown
    assert NOTE not in shown


def test_the_page_costs_the_same_with_one_of_each_and_with_many(
    signed_in, olga, badge, django_assert_max_num_queries
):
    browser, counts = signed_in(olga), []
    for more in (1, 4):
        for n in range(more):
            badge.name = f"Badge {more} {n}"
            badge.save()
            signed(badge_class=badge)
            endorse(badge_class=badge, issuer=IssuerFactory(), comment="Bien.")
        with django_assert_max_num_queries(12) as captured:
            browser.get(page_of(badge))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_staff_without_an_issuer_edits_nothing(signed_in, bob, badge):
    bob.is_staff = True
    bob.save()
    answer = signed_in(bob).post(page_of(badge), sent(badge, {"name": "Un", "url": "https://c.fr/"}))

    assert answer.status_code in {302, 403, 404}
    assert not Alignment.objects.exists()


def test_an_administrator_edits_them_too(signed_in, badge):
    root = UserFactory(is_staff=True, is_superuser=True)
    row = {"name": "Un", "url": "https://c.fr/"}
    signed_in(root).post(page_of(badge), sent(badge, row, slug=badge.slug))

    assert badge.alignments.get().name == "Un"
