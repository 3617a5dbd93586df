import socket

import pytest

from tests.passport.fetch.listening import PUBLIC, Listener


@pytest.fixture
def listener(settings):
    """Not admitted: whoever fetches from it has passed the guard."""
    settings.FETCH_ALLOW = []
    opened = Listener()
    yield opened
    opened.close()


@pytest.fixture
def server(listener, settings):
    """Admitted by its exact pair."""
    settings.FETCH_ALLOW = [listener.pair]
    return listener


@pytest.fixture
def names(monkeypatch):
    """What names resolve to: each question takes the next list of its name; the last one stays."""
    known: dict[str, list[list[str]]] = {}
    asked: list[str] = []

    def getaddrinfo(name, port, *args, **kwargs):
        asked.append(name)
        answers = known.get(name)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    known["asked"] = asked
    return known


@pytest.fixture
def connects(monkeypatch, listener):
    """Connections to the public address lead to the listener; every other one is told, not made."""
    tried: list[str] = []

    class Spy(socket.socket):
        def connect(self, address):
            tried.append(address[0])
            if address[0] != PUBLIC:
                raise ConnectionRefusedError
            super().connect(("127.0.0.1", listener.port))

    monkeypatch.setattr(socket, "socket", Spy)
    return tried
