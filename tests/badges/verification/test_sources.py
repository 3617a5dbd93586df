"""Where documents come from: the network by the guarded fetcher, or files instead of it."""

from pathlib import Path

import pytest

from badges.formats.documents import Answer
from badges.formats.errors import Unreachable
from badges.verification import sources
from badges.verification.sources import Files, Network
from passport.lib import fetch
from passport.lib.fetch import Fetched, FetchRefused

ADDRESS = "https://issuer.example/badge"


@pytest.fixture
def fetched(monkeypatch):
    """What the fetcher was asked, and a good answer."""
    asked: list[dict] = []

    def get(address, **options):
        asked.append({"address": address, **options})
        return Fetched(f"{address}/moved", 410, b"{}", "application/json")

    monkeypatch.setattr(fetch, "get", get)
    return asked


def silence(documents, address: str = ADDRESS, limit: int = 1000) -> tuple[str, dict]:
    with pytest.raises(Unreachable) as unreachable:
        documents.get(address, accept="*/*", limit=limit)
    return unreachable.value.code, unreachable.value.params


# The network


def test_the_network_gives_what_was_fetched(fetched):
    answer = Network().get(ADDRESS, accept="image/png", limit=5)

    assert answer == Answer(f"{ADDRESS}/moved", 410, b"{}", "application/json")
    assert fetched == [{"address": ADDRESS, "accept": "image/png", "limit": 5, "deadline": 10.0}]


def test_all_documents_of_a_badge_share_their_time(fetched, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("passport.lib.fetch.deadline.time.monotonic", lambda: now[0])
    network = Network(seconds=20)
    for now[0] in (100.0, 112.0):
        network.get(ADDRESS, accept="*/*", limit=5)
    now[0] = 120.0

    assert silence(network) == ("fetch-too-slow", {"address": ADDRESS})
    assert [each["deadline"] for each in fetched] == [10.0, 8.0]


@pytest.mark.parametrize("code", ["fetch-refused", "fetch-no-answer", "fetch-too-big"])
def test_a_refusal_of_the_fetcher_is_a_silence(monkeypatch, code):
    def get(address, **options):
        raise FetchRefused(code)

    monkeypatch.setattr(fetch, "get", get)

    assert silence(Network()) == (code, {"address": ADDRESS})


def test_an_address_inside_is_refused_without_stand_in():
    assert silence(Network(), "http://127.0.0.1/") == ("fetch-refused", {"address": "http://127.0.0.1/"})
    assert silence(Network(), "http://a\nb/")[1] == {"address": "http://a b/"}


# Files


@pytest.fixture
def files(tmp_path):
    def give(content: bytes, address: str = ADDRESS) -> Files:
        path = tmp_path / "document"
        path.write_bytes(content)
        return Files({address: path})

    return give


@pytest.mark.parametrize(
    "content, media_type",
    [
        (b'{"a": 1}', "application/json"),
        (b"\xef\xbb\xbf [1]", "application/json"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"<?xml version='1.0'?><svg/>", "image/svg+xml"),
        (b"<!doctype html><p>", "text/html"),
        (b"a.b.c", "text/plain"),
        (b"", "text/plain"),
    ],
)
def test_a_file_answers_for_its_address(files, content, media_type):
    answer = files(content).get(ADDRESS, accept="*/*", limit=1000)

    assert answer == Answer(ADDRESS, 200, content, media_type)


def test_a_fragment_of_a_listed_address_means_its_document(files):
    assert files(b"key", f"{ADDRESS}#key").get(ADDRESS, accept="*/*", limit=1000).content == b"key"


def test_an_address_that_is_not_listed_is_not_asked(files, fetched):
    assert silence(files(b"x"), f"{ADDRESS}/") == ("document-not-given", {"address": f"{ADDRESS}/"})
    assert fetched == []


@pytest.mark.parametrize("path", ["missing", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_a_silence(tmp_path, path):
    documents = Files({ADDRESS: tmp_path / path})

    assert silence(documents) == ("document-unreadable", {"address": ADDRESS})


def test_a_file_over_the_limit_is_not_taken(files):
    assert files(b"x" * 1000).get(ADDRESS, accept="*/*", limit=1000).status == 200
    assert silence(files(b"x" * 1001)) == ("fetch-too-big", {"address": ADDRESS})


def test_a_file_without_end_is_read_up_to_the_limit():
    assert silence(Files({ADDRESS: Path("/dev/zero")})) == ("fetch-too-big", {"address": ADDRESS})


def test_a_badge_has_twenty_seconds():
    assert (sources.SECONDS_EACH, sources.SECONDS_IN_ALL) == (10, 20)
