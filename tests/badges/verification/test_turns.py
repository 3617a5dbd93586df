"""A few verifications at a time wait for other sites; those that need none never wait."""

from contextlib import suppress

import pytest

from badges.formats.documents import Answer
from badges.formats.errors import Unreachable
from badges.verification import turns
from badges.verification.turns import AT_ONCE, Busy, Turn

ADDRESS = "https://badges.example/1"


class Beyond:
    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        if address != ADDRESS:
            raise Unreachable("fetch-no-answer", address=address)
        return Answer(address, 200, b"{}")


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)


@pytest.fixture
def crowd():
    """As many as may wait for other sites do."""
    waiting = [Turn(Beyond()) for _number in range(AT_ONCE)]
    for turn in waiting:
        turn.__enter__().get(ADDRESS, accept="*/*", limit=9)
    yield
    for turn in waiting:
        turn.__exit__(None, None, None)


def read(address: str = ADDRESS, times: int = 1) -> list[bytes]:
    with Turn(Beyond()) as turn:
        return [turn.get(address, accept="*/*", limit=9).content for _time in range(times)]


def test_documents_are_those_of_the_network():
    assert read(times=3) == [b"{}", b"{}", b"{}"]


def ask_in_vain() -> None:
    """A verification takes silence for an answer: its end tells what the silence was."""
    with Turn(Beyond()) as turn, suppress(Unreachable):
        turn.get(ADDRESS, accept="*/*", limit=9)


@pytest.mark.usefixtures("crowd")
def test_one_more_is_told_to_come_back():
    with pytest.raises(Busy):
        ask_in_vain()


@pytest.mark.usefixtures("crowd")
def test_who_asks_nobody_does_not_wait():
    with Turn(Beyond()):
        pass


def test_work_that_asks_nobody_takes_a_turn_too():
    with Turn(Beyond()) as turn, Turn(Beyond()) as other, Turn(Beyond()) as third:
        assert [turn.begin(), turn.begin(), other.begin(), third.begin()] == [True, True, True, False]
        assert turn.get(ADDRESS, accept="*/*", limit=9).content == b"{}"

    assert read() == [b"{}"]


def test_a_turn_ends_whatever_happens():
    for _time in range(AT_ONCE + 1):
        with pytest.raises(Unreachable) as silence:
            read("https://silent.example/")
        assert silence.value.code == "fetch-no-answer"

    assert read() == [b"{}"]
