"""Badges in SVG files: baked into our own drawings, read from anybody's."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badges.formats import svg
from badges.formats.errors import FormatError
from passport.lib.svg import sanitise
from tests.formats.made import SVG
from tests.formats.refusals import code

VECTORS = Path(__file__).parents[1] / "vectors"
OURS = sanitise((VECTORS / "ob20" / "bakery-mozilla" / "unbaked.svg").read_bytes())
JSON = '{"@context":"https://w3id.org/openbadges/v2","name":"Été & <b","n":"]]\\u003e"}'
TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"
ADDRESS = "https://a.example/assertions/1?a=1&b=2"
NS2 = 'xmlns:openbadges="http://openbadges.org"'
NS3 = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
# XML knows no half characters, nor these two.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS, lambda inner: st.lists(inner), max_leaves=5
)


def baked(picture: bytes = SVG % b"", *, version: str = "2", text: str = "{}", verify: str = "") -> bytes:
    return svg.bake(picture, version=version, text=text, verify=verify)


# Baking


def test_json_is_the_first_child_in_a_section_of_its_own():
    assert baked(SVG % b"<g/>", text='{"a":1}', verify=ADDRESS).decode() == (
        f'<svg {NS2} xmlns="http://www.w3.org/2000/svg"><openbadges:assertion'
        ' verify="https://a.example/assertions/1?a=1&amp;b=2"><![CDATA[{"a":1}]]></openbadges:assertion><g/></svg>'
    )


def test_a_credential_of_3_0_has_no_address():
    assert baked(version="3", text='{"a":1}').decode() == (
        f'<svg {NS3} xmlns="http://www.w3.org/2000/svg">'
        '<openbadges:credential><![CDATA[{"a":1}]]></openbadges:credential></svg>'
    )


@pytest.mark.parametrize(
    "version, namespace, name", [("2", NS2, "assertion"), ("3", NS3, "credential")], ids=["2.0", "3.0"]
)
def test_a_token_stands_in_the_attribute(version, namespace, name):
    assert baked(version=version, text=TOKEN, verify=ADDRESS).decode() == (
        f'<svg {namespace} xmlns="http://www.w3.org/2000/svg"><openbadges:{name} verify="{TOKEN}"/></svg>'
    )


@given(st.dictionaries(WORDS, VALUES, max_size=4), st.sampled_from(["2", "3"]), st.booleans())
def test_what_is_baked_is_read_back(value, version, ascii_only):
    written = json.dumps(value, ensure_ascii=ascii_only)
    [(read_version, read)] = svg.texts(baked(OURS, version=version, text=written, verify=ADDRESS))

    assert read_version == version
    assert read == written.replace(">", "\\u003e")
    assert json.loads(read) == value


@given(st.text(st.sampled_from("abcXYZ019-_"), min_size=1), st.sampled_from(["2", "3"]))
def test_a_token_is_read_back(part, version):
    token = f"eyJ{part}.{part}.{part}"

    assert svg.texts(baked(OURS, version=version, text=token)) == [(version, token)]


@pytest.mark.parametrize("badge", [JSON, " {\n\t}\n ", '{"a":"é\U0001f600"}', TOKEN])
def test_a_badge_without_a_closing_angle_is_read_back_byte_for_byte(badge):
    assert svg.texts(baked(OURS, text=badge, verify=ADDRESS)) == [("2", badge)]


def test_the_end_of_a_section_inside_the_json_closes_nothing():
    [(_, read)] = svg.texts(baked(OURS, text='{"a":"]]><script/>"}'))

    assert json.loads(read) == {"a": "]]><script/>"}


def test_nothing_else_of_the_drawing_changes():
    result = baked(OURS, text=JSON)
    at, end = result.index(b"<openbadges"), result.index(b"</openbadges:assertion>") + 23

    assert (result[:at] + result[end:]).replace(b" " + NS2.encode(), b"", 1) == OURS
    assert sanitise(result) == OURS


def test_an_old_bakery_finds_the_root():
    """It looks for it in the first 256 bytes."""
    assert baked(OURS, text=JSON).startswith(b"<svg xmlns:openbadges=")


@pytest.mark.parametrize("first", ["2", "3"])
@pytest.mark.parametrize("second", ["2", "3"])
@pytest.mark.parametrize("old", ['{"old":1}', "eyJvbGQiOjF9.e30.c2ln"], ids=["JSON", "token"])
def test_an_older_badge_leaves(first, second, old):
    once = baked(OURS, version=first, text=old, verify=ADDRESS)

    assert baked(once, version=second, text=JSON) == baked(OURS, version=second, text=JSON)


def test_badges_of_others_leave_under_any_prefix_and_place():
    picture = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://openbadges.org">'
        b'<g><x:assertion verify="a>b"><![CDATA[{}]]></x:assertion ></g> <x:other/>'
        b'<credential xmlns="https://purl.imsglobal.org/ob/v3p0"><x:assertion/>z</credential>'
        b'<x:assertion verify="c"/><path d="M0 0"/></svg>'
    )

    assert baked(picture, text=TOKEN).decode() == (
        f'<svg {NS2} xmlns="http://www.w3.org/2000/svg" xmlns:x="http://openbadges.org">'
        f'<openbadges:assertion verify="{TOKEN}"/><g></g> <x:other/><path d="M0 0"/></svg>'
    )


@pytest.mark.parametrize(
    "picture, result",
    [
        (
            '<svg xmlns="http://www.w3.org/2000/svg" />',
            '<svg {ns} xmlns="http://www.w3.org/2000/svg" >{badge}</svg>',
        ),
        (
            """<?xml version="1.0" encoding="utf-8"?><!-- <svg> --><s:svg
            xmlns:s="http://www.w3.org/2000/svg" id='a > "b"'>é</s:svg>""",
            """<?xml version="1.0" encoding="utf-8"?><!-- <svg> --><s:svg {ns}
            xmlns:s="http://www.w3.org/2000/svg" id='a > "b"'>{badge}é</s:svg>""",
        ),
        (
            f"""<svg a=' xmlns:openbadges="x"' {NS3} xmlns="http://www.w3.org/2000/svg"></svg>""",
            """<svg {ns} a=' xmlns:openbadges="x"' xmlns="http://www.w3.org/2000/svg">{badge}</svg>""",
        ),
    ],
    ids=["empty root", "prologue, prefix and quotes", "older declaration, and what looks like one"],
)
def test_the_root_is_opened_where_it_ends(picture, result):
    expected = result.format(ns=NS2, badge=f'<openbadges:assertion verify="{TOKEN}"/>')

    assert baked(picture.encode(), text=TOKEN).decode() == expected
    assert svg.texts(expected.encode()) == [("2", TOKEN)]


@pytest.mark.parametrize("badge", ["{\r}", "{\0}", "{\x0b}", "{\x1f}", "{\ufffe}", "{\ud800}"])
def test_what_could_not_be_read_back_is_not_baked(badge):
    assert code(baked, OURS, text=badge) == "text-forbidden"
    assert code(baked, OURS, verify=badge) == "text-forbidden"


@pytest.mark.parametrize(
    "picture",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16"),
        '<svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16-le"),
        '<?xml version="1.0" encoding="latin-1"?><svg xmlns="http://www.w3.org/2000/svg">é</svg>'.encode(
            "latin-1"
        ),
    ],
)
def test_only_a_drawing_in_utf8_is_baked(picture):
    assert code(baked, picture) == "svg-not-utf8"


def test_a_drawing_that_lives_in_our_prefix_is_not_baked():
    assert code(baked, b'<openbadges:svg xmlns:openbadges="http://www.w3.org/2000/svg"/>') == "svg-refused"


def test_a_baked_drawing_is_well_formed():
    root = ElementTree.fromstring(baked(OURS, version="3", text=JSON))  # noqa: S314 - ours

    assert root[0].tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert root[0].attrib == {}
    assert root[0].text == JSON


# Reading


def held(element: bytes) -> list[tuple[str, str]]:
    return svg.texts(SVG % element)


@pytest.mark.parametrize(
    "element, read",
    [
        (b'<assertion xmlns="http://openbadges.org" verify="https://a.example"/>', ("2", "https://a.example")),
        (b'<o:assertion xmlns:o="http://openbadges.org" verify=" eyJ.e30.c "/>', ("2", "eyJ.e30.c")),
        (b'<o:assertion xmlns:o="http://openbadges.org" verify="http://a.b">{}</o:assertion>', ("2", "{}")),
        (b'<o:assertion xmlns:o="http://openbadges.org" verify="http://a.b">x</o:assertion>', ("2", "x")),
        (b'<o:assertion xmlns:o="http://openbadges.org" verify="eyJ.e30.c">{}</o:assertion>', ("2", "eyJ.e30.c")),
        (b'<g><o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">{&quot;}</o:credential></g>', ("3", '{"}')),
        (b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">a<b>c</b>d</o:credential>', ("3", "ad")),
    ],
    ids=[
        "no prefix", "token with blanks", "JSON before address", "no JSON", "token before JSON", "deep and escaped",
        "own text only",
    ],
)  # fmt: skip
def test_a_badge_is_told_by_its_namespace(element, read):
    assert held(element) == [read]


@pytest.mark.parametrize(
    "element",
    [
        b"",
        b"<assertion>{}</assertion>",
        b'<openbadges:assertion xmlns:openbadges="http://example.org">{}</openbadges:assertion>',
        b'<o:credential xmlns:o="http://openbadges.org">{}</o:credential>',
        b'<o:assertion xmlns:o="http://openbadges.org"> </o:assertion>',
        b'<!-- <o:assertion xmlns:o="http://openbadges.org">{}</o:assertion> -->',
    ],
)
def test_what_only_looks_like_a_badge_is_none(element):
    assert held(element) == []


def test_all_badges_are_told_in_their_order():
    element = b'<o:%s xmlns:o="%s">%d</o:%s>'
    old = element % (b"assertion", b"http://openbadges.org", 1, b"assertion")
    new = element % (b"credential", b"https://purl.imsglobal.org/ob/v3p0", 2, b"credential")

    assert held(old + new + old) == [("2", "1"), ("3", "2"), ("2", "1")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_drawings_in_other_encodings_are_read(encoding):
    picture = baked(text='{"é":1}').decode()

    assert svg.texts(picture.encode(encoding)) == [("2", '{"é":1}')]


def test_a_badge_is_read_beside_what_is_never_served():
    """Reading runs nothing and fetches nothing: scripts and references are only not badges."""
    hostile = (
        b"<script>alert(1)</script><image href='https://a.example/x'/>"
        b"<use href='file:///etc/passwd'/><foreignObject/>"
    )

    assert svg.texts(baked(SVG % hostile, text="{}")) == [("2", "{}")]


# Bounds

BADGE = b'<o:assertion xmlns:o="http://openbadges.org">%s</o:assertion>'
LAUGHS = b"".join(b'<!ENTITY l%d "&l%d;&l%d;">' % (i, i - 1, i - 1) for i in range(1, 30))


@pytest.mark.parametrize(
    "prologue, body",
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>', b"&a;"),
        (b'<!DOCTYPE svg [<!ENTITY l0 "l">' + LAUGHS + b"]>", b"&l29;"),
        (b'<!DOCTYPE svg [<!ENTITY a "' + b"a" * 100_000 + b'">]>', b"&a;" * 10_000),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', b"&a;"),
        (b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "https://a.example/x.dtd"> %a;]>', b""),
        (b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>', b""),
        (b'<!DOCTYPE svg SYSTEM "https://a.example/x.dtd" [<!ELEMENT svg ANY>]>', b""),
        (b"", b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    ],
    ids=[
        "entity",
        "laughs",
        "quadratic",
        "external",
        "parameter",
        "default attribute",
        "external DTD",
        "XInclude",
    ],
)
def test_declarations_and_inclusions_are_refused(prologue, body):
    assert code(svg.texts, prologue + SVG % (BADGE % body)) == "svg-refused"


def test_a_bare_document_type_is_read_and_not_fetched():
    illustrator = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )

    assert svg.texts(illustrator + SVG % (BADGE % b"{}")) == [("2", "{}")]


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'>", SVG % b"<g></h>", SVG % b"&nbsp;", SVG % b"\0",
        b"<svg/><svg/>", b"<?xml version='1.0' encoding='no-such'?><svg/>", SVG % b"<x:g/>", SVG % b"\xff",
    ],
)  # fmt: skip
def test_what_is_not_well_formed_is_refused(raw):
    assert code(svg.texts, raw) == "svg-broken"


@pytest.mark.parametrize(
    "raw", [b"<html><svg/></html>", b'<svg xmlns="http://a.example"/>', b"<p:svg xmlns:p='x'/>"]
)
def test_another_root_is_no_drawing(raw):
    assert code(svg.texts, raw) == "file-unknown"


def test_depth_and_elements_are_bounded():
    assert held(b"<g>" * 255 + b"</g>" * 255) == []
    assert code(held, b"<g>" * 256 + b"</g>" * 256) == "svg-too-much"
    assert code(held, b"<g>" * 100_000) == "svg-too-much"
    assert held(b"<g/>" * 49_999) == []
    assert code(held, b"<g/>" * 50_000) == "svg-too-much"


def test_a_heavy_file_is_refused_before_it_is_read():
    heavy = SVG % (b" " * 5 * 1024 * 1024)

    assert code(svg.texts, heavy) == "file-too-big"
    assert code(baked, heavy) == "file-too-big"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    for candidate in (raw, SVG % raw, b"<?xml" + raw, SVG % (BADGE % raw)):
        try:
            svg.texts(candidate)
        except FormatError:
            continue


@settings(max_examples=300)
@given(st.data())
def test_a_drawing_changed_anywhere_raises_nothing_else(data):
    changed = bytearray(baked(SVG % b"<g id='a'/>", text=JSON, verify=ADDRESS))
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = svg.texts(bytes(changed))
        result = svg.bake(bytes(changed), version="3", text="{}")
    except FormatError:
        return

    assert len(found) <= 1
    assert svg.texts(result) == [("3", "{}")]
