"""What is refused before any name is resolved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.lib.fetch import FetchRefused
from passport.lib.fetch.target import read

REFUSED = [
    "",
    "example.org",
    "//example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "data:application/json,{}",
    "javascript:alert(1)",
    "dict://127.0.0.1:11211/",
    "http:",
    "http://",
    "http:///path",
    "http:example.org",
    "http://:80/",
    " http://example.org/",
    "http://example.org/ ",
    "http://example.org/a b",
    "http://example.org/a\u00a0b",
    "http://example.org/a\u3000b",
    "http://example.org/\x00",
    "http://exa\tmple.org/",
    "http://example.org/\r\nHost: 127.0.0.1",
    "http://example.org/\x7f",
    "http://exam\u00adple.org/",
    "http://example.org/\u00ad",
    "http://example.org/\u200b",
    "http://example.org/\u202e",
    "http://example.org/\ud800",
    "http://example.org\\@127.0.0.1/",
    "http://127.0.0.1\\.example.org/",
    "http://example.org/a\\b",
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://good.example@127.0.0.1/",
    "http://@example.org/",
    "http://127.0.0.1%00.example.org/",
    "http://example%2eorg/",
    "http://%31%32%37.0.0.1/",
    "http://[fe80::1%25eth0]/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://127\u30020\u30020\u30021/",
    "http://\u2460\u2461\u2466.0.0.1/",
    "http://ex\uff41mple.org/",
    "http://example\uff0eorg/",
    "http://example.org\uff0f@127.0.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.0.0.01/",
    "http://127.0.0.1.5/",
    "http://1.2.3.256/",
    "http://example.0x/",
    "http://0/",
    "http://[::1/",
    "http://::1/",
    "http://[::1]x/",
    "http://[127.0.0.1]/",
    "http://[v1.fe80]/",
    "http://[::gggg]/",
    "http://.example.org/",
    "http://example..org/",
    "http://-example.org/",
    "http://exa$mple.org/",
    "http://exa,mple.org/",
    "http://*.example.org/",
    f"http://{'a' * 64}.org/",
    f"http://{'a.' * 127}org/",
    "http://example.org:port/",
    "http://example.org:65536/",
    "http://example.org:-1/",
    f"http://example.org/{'a' * 1982}",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_is_refused_unread(address):
    with pytest.raises(FetchRefused) as refusal:
        read(address)

    assert refusal.value.code == "fetch-refused"


@pytest.mark.parametrize(
    "address, scheme, host, port, resource",
    [
        ("http://example.org", "http", "example.org", 80, "/"),
        ("HTTPS://Example.ORG/Badge?a=b&c#part", "https", "example.org", 443, "/Badge?a=b&c"),
        ("https://example.org./x", "https", "example.org", 443, "/x"),
        ("http://example.org:443/", "http", "example.org", 443, "/"),
        ("http://example.org:8000/", "http", "example.org", 8000, "/"),
        ("http://example.org:0/", "http", "example.org", 0, "/"),
        ("http://example.org:/", "http", "example.org", 80, "/"),
        ("http://my_host.example.org/", "http", "my_host.example.org", 80, "/"),
        ("http://127.0.0.1/", "http", "127.0.0.1", 80, "/"),
        ("http://[::1]:8000/", "http", "::1", 8000, "/"),
        ("http://[0:0::0:1]/", "http", "::1", 80, "/"),
        ("https://école.example/é?q=ï", "https", "xn--cole-9oa.example", 443, "/%C3%A9?q=%C3%AF"),
        ("https://faß.example/", "https", "xn--fa-hia.example", 443, "/"),
        ("https://xn--cole-9oa.example/", "https", "xn--cole-9oa.example", 443, "/"),
        ("https://example.org/a%20b?c=%2F", "https", "example.org", 443, "/a%20b?c=%2F"),
        ("https://example.org/'<>\"{}", "https", "example.org", 443, "/'%3C%3E%22%7B%7D"),
        (
            f"http://example.org/{'a' * 1981}",
            "http", "example.org", 80, f"/{'a' * 1981}",
        ),
    ],
)  # fmt: skip
def test_an_address_is_read(address, scheme, host, port, resource):
    target = read(address)

    assert (target.scheme, target.host, target.port, target.resource) == (scheme, host, port, resource)
    assert target.address == address.partition("#")[0]


@pytest.mark.parametrize(
    "address, authority, literal",
    [
        ("http://Example.org/", "example.org:80", False),
        ("https://[::1]/", "[::1]:443", True),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000", True),
        ("http://localhost:8000/", "localhost:8000", False),
    ],
)
def test_a_pair_of_host_and_port_is_named_in_one_way(address, authority, literal):
    assert (read(address).authority, read(address).is_literal) == (authority, literal)


@given(
    st.one_of(st.text(), st.text().map("http://{}/".format), st.text().map("https://example.org/{}".format))
)
def test_any_text_is_read_or_refused(address):
    try:
        target = read(address)
    except FetchRefused:
        return
    assert target.host.isascii()
    assert target.resource.isascii()
    assert not set(target.resource) & set(" \r\n\t\\")
