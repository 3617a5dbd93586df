"""The window « Visibilité du badge »."""

import re

import pytest
from django.test import Client

from badges.models import Assertion
from badges.services.revoke import revoke
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(alice):
    return AssertionFactory(accepted=True, holder=alice, recipient_name="Alice Martin")


@pytest.fixture
def alices(alice, signed_in):
    return signed_in(alice)


def address(assertion):
    return f"/badges/{assertion.uid}/visibilite/"


def shown(assertion):
    return Assertion.objects.values_list("visibility", "name_listed").get(pk=assertion.pk)


def counts(assertion):
    badge_class = type(assertion.badge_class).objects.get(pk=assertion.badge_class_id)
    return badge_class.public_recipients, badge_class.member_recipients


def checked(html):
    return re.findall(r'value="(\w+)" checked', html)


def test_private_is_chosen_and_the_preview_says_what_others_see(alices, held, read_only):
    with read_only():
        html = alices.get(address(held)).content.decode()

    assert checked(html) == ["private"]
    assert '<div class="shell" inert>' in html
    assert re.search(r"<dialog open data-modal", html)
    assert "Ce que verront les autres" in html
    assert "« Alice Martin »" in html.replace("\xa0", " ")
    assert "alice@exemple.fr" not in html
    assert "Ne pas afficher mon nom dans la liste des bénéficiaires" in html
    assert "Plus tard : il reste privé" in html.replace("\xa0", " ")


@pytest.mark.parametrize(
    "sent, visibility, listed, figures, target",
    [
        ({"visibility": "private"}, "private", True, (0, 0), ""),
        ({"visibility": "members"}, "members", True, (0, 1), "partager/"),
        ({"visibility": "public"}, "public", True, (1, 1), "partager/"),
        ({"visibility": "public", "unlisted": "on"}, "public", False, (0, 0), "partager/"),
    ],
)
def test_saving(alices, held, sent, visibility, listed, figures, target):
    response = alices.post(address(held), sent)

    assert (response.status_code, response.headers["Location"]) == (303, f"/badges/{held.uid}/{target}")
    assert shown(held) == (visibility, listed)
    assert counts(held) == figures


def test_saving_twice_is_saving_once(alices, held):
    alices.post(address(held), {"visibility": "public"})
    alices.post(address(held), {"visibility": "public"})

    assert counts(held) == (1, 1)


def test_the_announcement_can_be_undone(alices, held):
    alices.post(address(held), {"visibility": "public", "unlisted": "on"})
    alices.get(f"/badges/{held.uid}/")
    alices.post(address(held), {"visibility": "private"})

    html = alices.get(f"/badges/{held.uid}/").content.decode()

    form = re.search(rf'<form method="post" action="{address(held)}">.*?</form>', html, re.S)[0]
    assert "Le badge est privé" in html
    assert 'name="visibility" value="public"' in form
    assert 'name="unlisted" value="on"' in form
    alices.post(address(held), dict(re.findall(r'name="(\w+)" value="(\w+)"', form)))
    assert shown(held) == ("public", False)


def test_nothing_to_undo_when_nothing_changed(alices, held):
    alices.post(address(held), {"visibility": "private"})

    html = alices.get(f"/badges/{held.uid}/").content.decode()

    assert f'action="{address(held)}"' not in html


@pytest.mark.parametrize("sent", [{}, {"visibility": "tous"}, {"visibility": ""}])
def test_no_choice_gets_a_sentence_and_changes_nothing(alices, held, sent):
    response = alices.post(address(held), sent)

    assert response.status_code == 422
    assert "Choisissez qui peut voir ce badge" in response.content.decode()
    assert shown(held) == ("private", True)


def test_a_withdrawn_badge_has_no_visibility_to_choose(alices, held):
    revoke(assertion=held, reason="mistake")

    assert alices.get(address(held)).headers["Location"] == f"/badges/{held.uid}/"
    assert alices.post(address(held), {"visibility": "public"}).status_code == 303
    assert shown(held) == ("private", True)


def test_a_waiting_badge_has_none(alices, alice):
    waiting = AssertionFactory(recipient_address=alice.email)

    assert alices.get(address(waiting)).status_code == 404


def test_without_a_csrf_token_nothing_changes(alice, held):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")

    assert strict.post(address(held), {"visibility": "public"}).status_code == 403
    assert shown(held) == ("private", True)


def test_without_a_name_the_preview_says_that_one_is_not_listed(alices, alice):
    nameless = AssertionFactory(accepted=True, holder=alice, recipient_name="")

    assert "Sans nom, vous ne figurez pas" in alices.get(address(nameless)).content.decode()
