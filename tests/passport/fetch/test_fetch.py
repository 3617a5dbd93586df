"""The guarded fetcher over real sockets: whom it asks, and what it takes."""

import gzip
import socket
import threading
import time

import pytest

from passport.lib import fetch
from passport.lib.fetch import Fetched, FetchRefused, connection
from tests.cost import peak
from tests.passport.fetch.listening import PUBLIC, http
from tests.passport.fetch.ranges import INSIDE

NAME = "issuer.example"


def get(address: str, *, limit: int = 1000, deadline: float = 5.0) -> Fetched:
    return fetch.get(address, accept="application/ld+json", limit=limit, deadline=deadline)


def refusal(address: str, **options) -> str:
    with pytest.raises(FetchRefused) as refused:
        get(address, **options)
    assert not isinstance(refused.value, OSError)
    return refused.value.code


# What is asked and what comes


def test_an_admitted_pair_answers(server):
    server.answers = [
        http(b'{"a": 1}', "Content-Type: application/LD+json; charset=utf-8", "Set-Cookie: a=b")
    ]

    assert get(f"{server.address}?k=1#part") == Fetched(
        f"{server.address}?k=1", 200, b'{"a": 1}', "application/ld+json"
    )


def test_a_request_says_who_asks_and_carries_nothing_else(server, settings, monkeypatch):
    settings.SITE_URL = "https://badges.exemple.fr"
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    get(server.address)

    assert server.asked == [
        "GET /badge HTTP/1.1\r\n"
        f"Host: {server.pair}\r\n"
        "Accept-Encoding: identity\r\n"
        "Accept: application/ld+json\r\n"
        "User-Agent: Passport/1.0 (+https://badges.exemple.fr)\r\n"
        "Connection: close\r\n\r\n"
    ]


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "500 Oops", "304 Not Modified"])
def test_every_status_is_an_answer(server, status):
    server.answers = [http(status=status)]

    assert get(server.address) == Fetched(server.address, int(status[:3]), b"", "")


def test_a_body_in_chunks_is_read(server):
    server.answers = [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    ]

    assert get(server.address).content == b"abcde"


def test_a_body_that_ends_with_the_connection_is_read(server):
    server.answers = [b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 1000]

    assert get(server.address).content == b"x" * 1000


# Whom it asks


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.1", "[::ffff:127.0.0.1]"])
def test_a_pair_that_is_not_admitted_is_not_asked(listener, host):
    assert refusal(f"http://{host}:{listener.port}/") == "fetch-refused"
    assert refusal(f"http://{host}/") == "fetch-refused"
    assert listener.connections == 0


@pytest.mark.parametrize("address", INSIDE.split())
def test_no_address_inside_is_asked_as_it_is_or_behind_a_name(names, connects, address):
    names[f"{NAME}."] = [[address]]
    names[address] = [[address]]

    assert refusal(f"http://{NAME}/") == "fetch-refused"
    assert refusal(f"http://[{address}]/" if ":" in address else f"http://{address}/") == "fetch-refused"
    assert connects == []


def test_another_pair_admits_nothing_else(listener, settings):
    settings.FETCH_ALLOW = [f"127.0.0.1:{listener.port + 1}", "127.0.0.1", f"localhost:{listener.port}", "*"]

    assert refusal(listener.address) == "fetch-refused"
    assert listener.connections == 0


def test_an_admitted_name_answers(listener, settings, names):
    settings.FETCH_ALLOW = [f"localhost:{listener.port}"]
    names["localhost"] = [["127.0.0.1"]]

    assert get(f"http://localhost:{listener.port}/").status == 200


@pytest.mark.parametrize("port", [0, 1, 22, 25, 81, 444, 3306, 5432, 6379, 8000, 8080, 8443, 65535])
def test_only_ports_of_the_web_are_asked(names, connects, port):
    names[f"{NAME}."] = [[PUBLIC]]

    assert refusal(f"http://{NAME}:{port}/") == "fetch-refused"
    assert (names["asked"], connects) == ([], [])


@pytest.mark.parametrize("port", ["", ":80"])
def test_a_public_name_is_asked_at_its_address(listener, names, connects, port):
    names[f"{NAME}."] = [[PUBLIC]]
    listener.answers = [http(b"hello")]

    assert get(f"http://{NAME}{port}/badge").content == b"hello"
    assert connects == [PUBLIC]
    assert f"Host: {NAME}\r\n" in listener.asked[0]


def test_a_public_address_is_asked_without_a_name(listener, names, connects):
    names[PUBLIC] = [[PUBLIC]]

    assert get(f"http://{PUBLIC}/").status == 200
    assert f"Host: {PUBLIC}\r\n" in listener.asked[0]


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        [PUBLIC, "127.0.0.1"],
        ["fe80::1%2", PUBLIC],
        [],
    ],
)
def test_a_name_with_one_address_inside_is_not_asked(names, connects, addresses):
    names[f"{NAME}."] = [addresses]

    assert refusal(f"http://{NAME}/") == "fetch-refused"
    assert connects == []


def test_a_name_that_nobody_has_is_refused_like_one_inside(names, connects):
    assert refusal("http://nobody.example/") == "fetch-refused"
    assert refusal("http://intranet/") == "fetch-refused"
    assert names["asked"] == ["nobody.example.", "intranet."]
    assert connects == []


def test_a_name_is_resolved_once(listener, names, connects):
    names[f"{NAME}."] = [[PUBLIC], ["127.0.0.1"]]

    get(f"http://{NAME}/")

    assert names["asked"] == [f"{NAME}."]
    assert connects == [PUBLIC]


def test_a_name_that_moves_inside_is_refused_the_next_time(names, connects):
    names[f"{NAME}."] = [[PUBLIC], ["127.0.0.1"]]
    get(f"http://{NAME}/")

    assert refusal(f"http://{NAME}/") == "fetch-refused"
    assert connects == [PUBLIC]


def test_the_next_address_of_a_host_is_tried(listener, names, connects):
    names[f"{NAME}."] = [["2606:2800:220:1::1", PUBLIC]]

    assert get(f"http://{NAME}/").status == 200
    assert connects == ["2606:2800:220:1::1", PUBLIC]


def test_a_host_with_many_dead_addresses_is_given_up(names, connects):
    names[f"{NAME}."] = [[f"93.184.216.{number}" for number in range(100, 120)]]

    assert refusal(f"http://{NAME}/") == "fetch-no-answer"
    assert len(connects) == 4


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server, status):
    server.answers = [http(b"", "Location: /there#part", status=f"{status} Moved"), http(b"here")]

    assert get(server.address) == Fetched(f"http://{server.pair}/there", 200, b"here", "")


def test_a_redirect_in_letters_beyond_ascii_is_followed(server):
    server.answers = [http(b"", "Location: /\u00c3\u00a9t\u00c3\u00a9", status="302 Found")]
    get(server.address)

    assert server.asked[1].startswith("GET /%C3%A9t%C3%A9 ")


def test_three_redirects_are_followed_and_no_fourth(server):
    moved = http(b"", "Location: /again", status="302 Found")
    server.answers = [moved] * 3 + [http(b"at last")]
    assert get(server.address).content == b"at last"

    server.answers = [moved] * 5
    assert refusal(server.address) == "fetch-redirects"
    assert len(server.asked) == 8


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://2130706433/",
        "//10.0.0.1/",
        "https://192.168.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user@issuer.example/",
        "/a b",
        "http://[::1/",
        "/\u00ff",
    ],
)
def test_a_redirect_is_judged_like_the_first_address(server, location):
    server.answers = [http(b"inside", f"Location: {location}", status="302 Found")]

    assert refusal(server.address) == "fetch-refused"
    assert server.connections == 1


def test_a_redirect_from_an_admitted_pair_admits_no_other_port(server, settings):
    server.answers = [http(b"", f"Location: http://127.0.0.1:{server.port + 1}/", status="302 Found")]

    assert refusal(server.address) == "fetch-refused"


def test_a_redirect_from_a_public_name_to_loopback_is_refused(listener, names, connects):
    names[f"{NAME}."] = [[PUBLIC]]
    names["inside.example."] = [["127.0.0.1"]]
    listener.answers = [http(b"", "Location: http://inside.example/", status="302 Found")]

    assert refusal(f"http://{NAME}/") == "fetch-refused"
    assert connects == [PUBLIC]


def test_a_redirect_that_leads_nowhere_is_an_answer(server):
    server.answers = [http(b"lost", status="302 Found")]

    assert get(server.address).status == 302


# Bounds


def test_a_document_of_exactly_the_limit_is_taken(server):
    server.answers = [http(b"x" * 1000)]

    assert len(get(server.address).content) == 1000


def test_a_document_that_says_that_it_is_too_big_is_not_read(server):
    server.answers = [b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"]

    assert refusal(server.address) == "fetch-too-big"


def _endless(head: bytes, piece: bytes):
    def answer(plain) -> None:
        plain.sendall(head)
        while True:
            plain.sendall(piece)

    return answer


@pytest.mark.parametrize(
    "head, piece",
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"fff\r\n" + b"x" * 4095 + b"\r\n"),
    ],
)
def test_an_endless_document_is_given_up_at_the_limit(server, head, piece):
    server.answers = [_endless(head, piece)]
    refused = []

    assert peak(lambda: refused.append(refusal(server.address, limit=1_000_000))) < 4_000_000
    assert refused == ["fetch-too-big"]


@pytest.mark.parametrize(
    "head, piece",
    [
        (b"", b"x" * 65536),
        (b"HTTP/1.1 200 OK\r\n", b"X-Line: y\r\n" * 1000),
        (b"HTTP/1.1 200 OK\r\nX-Line: ", b"y" * 65536),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"f" * 65536),
    ],
)
def test_an_endless_head_is_no_answer(server, head, piece):
    server.answers = [_endless(head, piece)]

    assert refusal(server.address) == "fetch-no-answer"


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "head, piece",
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 4000),
        (CHUNKED + b"0\r\n", b"a:b\r\n" * 10_000),
        (CHUNKED, b"1;" + b"x" * 60_000 + b"\r\n{\r\n"),
        (CHUNKED, b"1\r\n{\r\n" * 10_000),
    ],
    ids=["continue", "trailers", "extensions", "chunks of a byte"],
)
def test_an_answer_that_is_mostly_no_document_is_given_up_before_it_costs(server, head, piece):
    server.answers = [_endless(head, piece)]
    start = time.thread_time()

    assert refusal(server.address, limit=5 * 1024 * 1024, deadline=10.0) == "fetch-no-answer"
    assert time.thread_time() - start < 2


def test_a_document_of_a_byte_at_a_time_is_given_up(server, monkeypatch):
    """Each read costs as much as many bytes do."""
    monkeypatch.setattr(connection, "LEAST", 100_000)
    server.answers = [_drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"x")]

    assert refusal(server.address) == "fetch-no-answer"


def test_a_document_in_short_chunks_is_taken_to_its_limit(server):
    server.answers = [CHUNKED + (b"40\r\n" + b"x" * 64 + b"\r\n") * 1600 + b"0\r\n\r\n"]

    assert len(get(server.address, limit=102_400).content) == 102_400


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1",
        b"hello\r\n\r\n",
        b"HTTP/1.1 two OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x00\x00",
    ],
)
def test_a_broken_answer_is_no_answer(server, answer):
    server.answers = [answer]

    assert refusal(server.address) == "fetch-no-answer"


def test_a_length_that_is_too_short_cuts_the_document(server):
    server.answers = [b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"]

    assert get(server.address).content == b"abc"


def test_nobody_at_an_admitted_pair_is_no_answer(settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        pair = f"127.0.0.1:{closed.getsockname()[1]}"
    settings.FETCH_ALLOW = [pair]

    assert refusal(f"http://{pair}/") == "fetch-no-answer"


@pytest.mark.parametrize(
    "header", ["Content-Encoding: gzip", "Content-Encoding: br", "Transfer-Encoding: gzip, chunked"]
)
def test_what_is_compressed_is_refused_unread(server, header):
    server.answers = [http(gzip.compress(b"\0" * 100_000), header)]

    assert refusal(server.address) == "fetch-encoding"


def test_identity_is_no_compression(server):
    server.answers = [http(b"plain", "Content-Encoding: Identity")]

    assert get(server.address).content == b"plain"


def _drip(head: bytes, piece: bytes):
    def answer(plain) -> None:
        plain.sendall(head)
        for _piece in range(600):  # half a minute, or until it is left
            time.sleep(0.05)
            plain.sendall(piece)

    return answer


@pytest.mark.parametrize(
    "head, piece",
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["status", "headers", "body", "chunks", "continue"],
)
def test_a_server_that_drips_is_left_at_the_deadline(server, head, piece):
    server.answers = [_drip(head, piece)]
    start = time.monotonic()

    assert refusal(server.address, deadline=0.4) == "fetch-too-slow"
    assert 0.35 < time.monotonic() - start < 10


def test_a_server_that_says_nothing_is_left_at_the_deadline(server):
    server.answers = [lambda plain: time.sleep(1)]

    assert refusal(server.address, deadline=0.3) == "fetch-too-slow"


def test_redirects_share_one_deadline(server):
    def late(plain):
        time.sleep(0.2)
        plain.sendall(http(b"", "Location: /again", status="302 Found"))

    server.answers = [late] * 4

    assert refusal(server.address, deadline=0.3) == "fetch-too-slow"


def test_names_share_the_deadline(monkeypatch):
    left = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: left.wait(30))
    start = time.monotonic()

    assert refusal("http://slow.example/", deadline=0.2) == "fetch-too-slow"
    assert time.monotonic() - start < 10
    left.set()
