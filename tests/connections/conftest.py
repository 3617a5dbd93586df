import pytest

from tests.factories import UserFactory


@pytest.fixture
def shows(db):
    """Gives a person's profile a visibility."""

    def show(person, visibility):
        person.profile.visibility = visibility
        person.profile.save()
        return person

    return show


@pytest.fixture
def camille(db, shows):
    """A third person, whose profile is public."""
    return shows(UserFactory(name="Camille Durand", email="camille@exemple.fr"), "public")
