import pytest
from django.urls import reverse

from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db


def test_smoke(client, alice, signed_in, read_only):
    bc = BadgeClassFactory(slug="x", tags=["congrès"])
    AssertionFactory(badge_class=bc, public=True)
    both = (client, signed_in(alice))
    with read_only():
        for who in both:
            for url in ("/galerie/badges/", "/galerie/badges/x/", "/galerie/badges/x/criteres/", bc.issuer.get_absolute_url(), "/galerie/profils/", "/galerie/pages/", "/galerie/carte/", "/pages/", "/connexions/", "/galerie/badges/?mots=zzz&pays=FR"):
                r = who.get(url)
                print(url, r.status_code)
                r = who.get(url, headers={"HX-Request": "true"})
    print(client.get("/galerie/badges/?mots=zzz&pays=FR", headers={"HX-Request": "true"}).content.decode())
