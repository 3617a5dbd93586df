import pytest

from tests.factories import AssertionFactory, BadgeClassFactory


@pytest.fixture
def hold(alice, amcsti):
    """Badges that Alice holds, by name."""

    def give(*names, **traits):
        traits = {"accepted": True, "recipient_name": "Alice Martin", "holder": alice} | traits
        held = [
            AssertionFactory(badge_class=BadgeClassFactory(issuer=amcsti, name=name), **traits)
            for name in names
        ]
        return held if len(held) > 1 else held[0]

    return give


@pytest.fixture
def alices(alice, signed_in):
    return signed_in(alice)
