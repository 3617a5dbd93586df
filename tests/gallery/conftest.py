"""One badge with an award of every kind. Only « public » and « members » may ever be told."""

import pytest

from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory

# Name on the award: what it is. Each is a word that occurs nowhere else on a page.
HIDDEN = ("Secrete", "Attente", "Refusee", "Retiree", "Discrete")
MEMBERS = "Membrine"
PUBLIC = "Publia"


@pytest.fixture
def congress(db):
    badge_class = BadgeClassFactory(
        slug="congres",
        name="Je participe au congrès",
        issuer=IssuerFactory(name="Amcsti", slug="amcsti", country="FR"),
    )
    award = {"badge_class": badge_class}
    AssertionFactory(**award, recipient_name="Publia Martin", public=True)
    AssertionFactory(**award, recipient_name="Membrine Martin", members=True)
    AssertionFactory(**award, recipient_name="Secrete Martin", accepted=True)
    AssertionFactory(**award, recipient_name="Attente Martin")
    AssertionFactory(**award, recipient_name="Refusee Martin", declined=True)
    AssertionFactory(**award, recipient_name="Retiree Martin", public=True, revoked=True)
    AssertionFactory(**award, recipient_name="Discrete Martin", public=True, name_listed=False)
    AssertionFactory(
        **award,
        recipient_name="",
        recipient_address="sans.nom@exemple.fr",
        public=True,
        holder=UserFactory(name=""),
    )
    return badge_class


@pytest.fixture
def viewers(client, bob, signed_in, congress):
    """Charlie without an account, Bob, and the holder of the private award, by the words that they may read."""
    holder = congress.assertions.get(recipient_name="Secrete Martin").holder
    return [
        (client, [PUBLIC]),
        (signed_in(bob), [PUBLIC, MEMBERS]),
        (signed_in(holder), [PUBLIC, MEMBERS]),
    ]


@pytest.fixture
def many():
    """A badge with `number` public recipients whose profiles are visible."""

    def make(number: int, slug: str = "foule"):
        badge_class = BadgeClassFactory(slug=slug)
        for n in range(number):
            award = AssertionFactory(badge_class=badge_class, recipient_name=f"Personne {n:03}", public=True)
            profile = award.holder.profile
            profile.visibility, profile.town = "public", "Caen"
            profile.save()
        return badge_class

    return make
