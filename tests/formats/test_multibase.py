"""Base58btc and base64url: one text for the same bytes, nothing else read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badges.formats import multibase
from tests.cost import within
from tests.formats.refusals import code, outcome


# Published in draft-msporny-base58-03, section 5; the bytes of the third begin with zeros.
@pytest.mark.parametrize(
    "data, text",
    [
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
        (b"", ""),
        (b"\0", "1"),
    ],
)
def test_base58_is_as_published(data, text):
    assert multibase.b58(data) == text
    assert multibase.unb58(text) == data


@given(data=st.binary(max_size=200))
def test_base58_is_read_back(data):
    assert multibase.unb58(multibase.b58(data)) == data


@pytest.mark.parametrize("text", ["0", "O", "I", "l", "z é", "a b", "abc\n", "+", "1" * 1025])
def test_base58_refuses_other_letters_and_long_texts(text):
    assert code(multibase.unb58, text) == "text-encoding"


def test_base58_of_the_longest_text_is_quick():
    within(0.1, lambda: outcome(multibase.unb58, "z" * 1024))
    within(0.1, lambda: outcome(multibase.unb58, "z" * 10_000_000))


# RFC 4648, section 10, and the two letters of its section 5.
@pytest.mark.parametrize(
    "data, text",
    [(b"", ""), (b"f", "Zg"), (b"fo", "Zm8"), (b"foo", "Zm9v"), (b"foob", "Zm9vYg"), (b"\xfb\xff", "-_8")],
)
def test_base64url_is_as_published(data, text):
    assert multibase.b64url(data) == text
    assert multibase.unb64url(text) == data


@given(data=st.binary(max_size=200))
def test_base64url_is_read_back(data):
    assert multibase.unb64url(multibase.b64url(data)) == data


@pytest.mark.parametrize(
    "text", ["Zg==", "Zh", "Zm9", "Z", "Zm9vY", "+/8", "Zm 9v", "Zm9v\n", "Zmé9v", "Zm9v."]
)
def test_base64url_has_one_text_for_the_same_bytes(text):
    assert code(multibase.unb64url, text) == "text-encoding"
