"""Status lists: the bit that a credential names, and no bomb."""

import gzip
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badges.formats import status
from badges.formats.multibase import b64url, unb64url
from tests.cost import within
from tests.formats.refusals import code, megabytes, outcome, refusal


def packed(data: bytes) -> str:
    return "u" + b64url(gzip.compress(data))


# The example of Bitstring Status List 1.0 (sections 2 and 2.2): 131,072 bits, none set.
EXAMPLE = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"


def test_the_example_of_the_standard_is_read():
    assert not status.bit(EXAMPLE, 0)
    assert not status.bit(EXAMPLE, 131_071)
    assert code(status.bit, EXAMPLE, 131_072) == "status-index"


def test_the_bits_are_those_of_the_example():
    assert gzip.decompress(unb64url(status.bitstring([])[1:])) == gzip.decompress(unb64url(EXAMPLE[1:]))


def test_bit_0_is_the_most_significant_of_the_first_byte():
    data = gzip.decompress(unb64url(status.bitstring([0, 9, 131_071])[1:]))

    assert data == b"\x80\x40" + bytes(16_381) + b"\x01"


def test_the_same_indexes_give_the_same_text():
    assert status.bitstring([3, 1, 3]) == status.bitstring({1, 3}) != status.bitstring([1])
    assert status.bitstring([])[:8] == EXAMPLE[:8]


@settings(max_examples=40)
@given(indexes=st.sets(st.integers(0, 131_071), max_size=30))
def test_what_is_set_is_read_back(indexes):
    encoded = status.bitstring(indexes)

    for index in {*indexes, *(index ^ 1 for index in indexes), 0, 131_071}:
        assert status.bit(encoded, index) == (index in indexes)


@pytest.mark.parametrize("size", [131_072, 1_000_000, 8])
def test_a_list_has_the_size_that_is_asked_for(size):
    encoded = status.bitstring([size - 1], size=size)

    assert status.bit(encoded, size - 1)
    assert code(status.bit, encoded, size) == "status-index"


@pytest.mark.parametrize("index", [-1, 131_072, 10**30])
def test_a_place_outside_the_list_is_refused(index):
    refused = refusal(status.bitstring, [index])

    assert (refused.code, refused.params) == ("status-index", {"index": str(index)})
    assert code(status.bit, EXAMPLE, index) == "status-index"


def test_a_list_of_2021_is_read():
    # StatusList2021: no multibase prefix, padding or not.
    encoded = status.bitstring([7])[1:]

    assert status.bit(encoded, 7)
    assert status.bit(encoded + "=" * (-len(encoded) % 4), 7)
    assert not status.bit(encoded, 8)


RANDOM = random.Random(1).randbytes(50_000)


@pytest.mark.parametrize("index", [0, 1, 399_999, 123_456])
def test_bits_are_found_wherever_the_pieces_end(index):
    assert status.bit(packed(RANDOM), index) == bool(RANDOM[index // 8] >> (7 - index % 8) & 1)


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "u",
        "z" + EXAMPLE[1:],
        EXAMPLE + "=",
        EXAMPLE[:-8],
        EXAMPLE[:20],
        EXAMPLE[:-1] + "B",
        EXAMPLE.replace("-", "+"),
        "u" + b64url(b"plain"),
        "u" + b64url(gzip.compress(b"")[:-1]),
        "u" + b64url(gzip.compress(bytes(100)) + b"more"),
        "u" + b64url(gzip.compress(bytes(100)) * 2),
        packed(bytes(16 * 1024 * 1024 + 1)),
        packed(bytes(20_000_000)),
    ],
    ids=range(14),
)
def test_a_broken_list_is_refused(encoded):
    assert code(status.bit, encoded, 0) == "status-list-broken"


def test_a_list_of_16_mb_is_read():
    assert not status.bit(packed(bytes(16 * 1024 * 1024)), 16 * 1024 * 1024 * 8 - 1)


def test_a_bomb_takes_little():
    bomb = packed(bytes(100_000_000))

    within(0.5, lambda: outcome(status.bit, bomb, 0))
    assert megabytes(status.bit, bomb, 0) < 10


@given(encoded=st.text(max_size=60) | st.binary(max_size=80).map(packed) | st.binary(max_size=60).map(b64url))
def test_whatever_is_given_nothing_else_is_raised(encoded):
    assert outcome(status.bit, encoded, 3) in {"good", "status-list-broken", "status-index"}
