import pytest

from tests.badges.services.imports.elsewhere import Elsewhere


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    """The Internet of a test."""
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet
