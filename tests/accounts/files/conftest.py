import pytest

from accounts import registry
from accounts.registry import FileUse, Place
from accounts.services.files import keep
from tests.given import pdf, picture, upload


@pytest.fixture
def photo(alice):
    return keep(owner=alice, upload=upload(picture(), "Été à Lyon.jpg"))


@pytest.fixture
def paper(alice):
    return keep(owner=alice, upload=upload(pdf(), "rapport.pdf"))


@pytest.fixture
def used(monkeypatch):
    """Registers a use alone in the world: shown to those for whom `shown[kind of viewer]` is true."""
    shown = {"member": False, "anonymous": False}

    def readable(viewer, file):
        return shown["member" if viewer.is_authenticated else "anonymous"]

    def places(files):
        return {file.pk: [Place("Ma page", "/pages/")] for file in files}

    monkeypatch.setattr(registry, "file_uses", uses := [FileUse(readable, places)])
    for module in ("accounts.access", "accounts.files_page", "accounts.services.files"):
        monkeypatch.setattr(f"{module}.file_uses", uses)
    return shown
