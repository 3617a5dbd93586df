from threading import BoundedSemaphore

import pytest

from badges.verification import turns
from tests.badges.services.imports.elsewhere import Elsewhere


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    """The Internet of a test."""
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet


@pytest.fixture
def crowd(monkeypatch) -> None:
    """Others are being served, and go on."""
    busy = BoundedSemaphore(1)
    busy.acquire()
    monkeypatch.setattr(turns, "_free", busy)
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
