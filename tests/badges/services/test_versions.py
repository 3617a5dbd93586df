"""What comes from elsewhere is awarded elsewhere."""

import pytest

from badges.enums import Origin
from badges.exceptions import NotPossible
from badges.management.shared import badge_of
from badges.models import BadgeClass
from badges.services.draft import require_published
from badges.services.versions import current
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign():
    """A badge of another site that somebody of this one shows publicly."""
    issuer = IssuerFactory(origin=Origin.ELSEWHERE, iri="https://ailleurs.example/emetteur")
    badge_class = BadgeClassFactory(issuer=issuer, iri="https://ailleurs.example/badge", slug="ailleurs")
    AssertionFactory(badge_class=badge_class, public=True)
    return badge_class


def test_a_badge_from_elsewhere_is_in_the_gallery_while_it_is_shown(foreign):
    hidden = BadgeClassFactory(issuer=foreign.issuer, iri="https://ailleurs.example/autre")

    assert foreign in BadgeClass.objects.published()
    assert hidden not in BadgeClass.objects.published()


def test_it_is_not_awarded_here(foreign):
    with pytest.raises(NotPossible, match="autre site"):
        require_published(foreign)
    with pytest.raises(NotPossible, match="ailleurs"):
        badge_of("ailleurs")


def test_a_badge_of_this_site_is(foreign):
    here = BadgeClassFactory(slug="ici")

    require_published(here)
    assert badge_of("ici") == here


def test_it_is_no_news_of_an_issuer_of_this_site(foreign, alice, signed_in):
    here = BadgeClassFactory(name="Badge d’ici")

    page = signed_in(alice).get("/accueil/").content.decode()

    assert here.name in page
    assert foreign.name not in page


def test_the_same_wording_is_the_same_version():
    badge_class = BadgeClassFactory(name="Premier nom")
    first = current(badge_class)
    badge_class.name = "Second nom"

    second = current(badge_class)

    badge_class.name = "Premier nom"
    assert current(badge_class) == first != second
    assert (first.name, second.name) == ("Premier nom", "Second nom")


def test_another_alignment_is_another_version():
    badge_class = BadgeClassFactory()
    first = current(badge_class)
    badge_class.alignments.create(name="Médiation", url="https://cadre.example/1", code="M1")

    second = current(badge_class)

    assert second != first
    assert second.alignments == [
        {
            "name": "Médiation",
            "url": "https://cadre.example/1",
            "description": "",
            "framework": "",
            "code": "M1",
        }
    ]
