"""Strict JSON: what has two readings, no bound or no meaning is refused before it is parsed or believed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badges.formats import jsons
from tests.cost import within
from tests.formats.refusals import code, megabytes, outcome, refusal

SAFE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"),
    max_size=20,
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | SAFE,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(SAFE, inner, max_size=5),
    max_leaves=20,
)


# What is read


@given(value=VALUES)
def test_what_is_written_is_read_back(value):
    written = jsons.write(value)

    assert jsons.read(written) == value
    assert jsons.read(written.encode()) == value


def test_text_is_written_in_ascii_compact_and_in_the_order_given():
    assert jsons.write({"b": "é\n", "a": [1, None]}) == '{"b":"\\u00e9\\n","a":[1,null]}'


def test_nan_is_not_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        jsons.write(float("nan"))


@pytest.mark.parametrize(
    "raw, value",
    [
        (b"\xef\xbb\xbf[1]", [1]),
        ("\ufeff[1]", [1]),
        (b' {"a" : "\xc3\xa9"} ', {"a": "é"}),
        ('"\\ud83d\\ude00"', "😀"),
        ('"tab\\tline\\n\\r"', "tab\tline\n\r"),
        ('"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[,\\"]"', "[" * 40 + ',"]'),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("1.5e3", 1500.0),
        ("[" * 32 + "]" * 32, json.loads("[" * 32 + "]" * 32)),
    ],
)
def test_good_json_is_read(raw, value):
    assert jsons.read(raw) == value


def test_every_string_is_listed_names_included():
    assert sorted(jsons.strings({"a": ["b", {"c": "d", "e": 1}], "f": None})) == list("abcdef")


# What is refused


@pytest.mark.parametrize(
    "raw, expected",
    [
        ("", "json-broken"),
        ("{}{}", "json-broken"),
        ("{} trailing", "json-broken"),
        ("[1,]", "json-broken"),
        ("{'a':1}", "json-broken"),
        ('{"a":1', "json-broken"),
        ('"open', "json-broken"),
        ('"raw\x01control"', "json-broken"),
        ("[1 // comment\n]", "json-broken"),
        ("\ufeff\ufeff{}", "json-broken"),
        ("NaN", "json-number"),
        ("[Infinity]", "json-number"),
        ('{"a":-Infinity}', "json-number"),
        ("1e999", "json-number"),
        ("-1e999", "json-number"),
        ("9223372036854775808", "json-number"),
        ("-9223372036854775809", "json-number"),
        ("1" * 5000, "json-number"),
        ("1." + "1" * 5000, "json-number"),
        ('{"a":1,"a":1}', "json-duplicate-key"),
        ('{"a":{"b":1,"\\u0062":2}}', "json-duplicate-key"),
        ('"\\u0000"', "json-text"),
        ('"\\u001f"', "json-text"),
        ('"\x7f"', "json-text"),
        ('"\\ud800"', "json-text"),
        ('"\\ude00\\ud83d"', "json-text"),
        ('{"\\u0000":1}', "json-text"),
        ('[{"a":["\\u0007"]}]', "json-text"),
        ("\ud800", "json-text"),
        (b'"\xff"', "json-text"),
        (b'"\xed\xa0\x80"', "json-text"),
        (b"\xff\xfe{\0}\0", "json-text"),
        ("[" * 33 + "]" * 33, "json-too-deep"),
        ('{"a":' * 33 + "1" + "}" * 33, "json-too-deep"),
        ("[" * 100_000, "json-too-deep"),
        ("[" + "1," * 20_000 + "1]", "json-too-many"),
        ("[" + "[]," * 10_000 + "1]", "json-too-many"),
        ("{" + ",".join(f'"{n}":1' for n in range(20_001)) + "}", "json-too-many"),
        ('"' + "a" * 262_144 + '"', "json-too-big"),
        (b'"' + b"\xc3\xa9" * 131_072 + b'"', "json-too-big"),
        ('"' + "é" * 131_072 + '"', "json-too-big"),
    ],
)
def test_json_is_refused(raw, expected):
    assert code(jsons.read, raw) == expected


def test_twenty_thousand_entries_are_read():
    assert jsons.read("[" + "1," * 19_998 + "1]") == [1] * 19_999


def test_the_limit_is_the_caller_s():
    assert jsons.read("[1,2]", limit=5) == [1, 2]
    refused = refusal(jsons.read, "[1,2,3]" * 2000, limit=2048)
    assert (refused.code, refused.params) == ("json-too-big", {"limit": "2"})


def test_a_caller_that_expects_a_long_list_takes_more_entries():
    raw = "[" + ",".join(["1"] * 30_000) + "]"

    assert outcome(jsons.read, raw) == "json-too-many"
    assert len(jsons.read(raw, entries=30_001)) == 30_000


@given(raw=st.binary(max_size=300) | st.text(max_size=300))
def test_whatever_is_given_nothing_else_is_raised(raw):
    assert outcome(jsons.read, raw) in {
        "good", "json-broken", "json-text", "json-number", "json-duplicate-key", "json-too-deep",
    }  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 50_000_000,
        "[" * 262_144,
        '"' + '\\"' * 131_000,
        '"\\' * 131_000,
        "[" + "1," * 131_000,
        "[" + '"",' * 19_000 + "1]",
        "{" + ",".join(f'"{n}":"{n}"' for n in range(15_000)) + "}",
        "1" * 262_144,
        "0." + "1" * 262_000,
        "[" + ",".join(["9" * 300] * 800) + "]",
    ],
    ids=lambda raw: f"{len(raw)}",
)
def test_the_worst_takes_little(raw):
    within(0.5, lambda: outcome(jsons.read, raw))
    assert megabytes(jsons.read, raw) < 20
