import base64
import io

import pytest
from PIL import Image

from passport.lib import svg
from tests.cost import within

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
CIRCLE = '<circle cx="50" cy="50" r="40" fill="#c8102e"></circle>'


def drawing(inside: str, attributes: str = 'viewBox="0 0 100 100"') -> bytes:
    return f"<svg {NS} {attributes}>{inside}</svg>".encode()


def inside(raw: bytes) -> str:
    clean = svg.sanitise(raw).decode()
    return clean.partition(">")[2].removesuffix("</svg>")


def picture(kind: str = "PNG", size: tuple[int, int] = (2, 2)) -> str:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, kind)
    return base64.b64encode(out.getvalue()).decode()


KEPT = {
    "shapes": CIRCLE + '<path d="M0 0L10 10z" stroke="rgb(1, 2, 3)" transform="rotate(45)"></path>',
    "gradient": (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="red"></stop></linearGradient></defs>'
        '<rect width="9" height="9" fill="url(#a)"></rect>'
    ),
    "clip, mask": (
        '<clipPath id="c"><rect width="5" height="5"></rect></clipPath><mask id="m"></mask>'
        '<g clip-path="url(#c)" mask="url(\'#m\')"></g>'
    ),
    "use": '<g id="g"></g><use href="#g"></use><use xlink:href="#g"></use>',
    "text": '<text x="1" font-family="Spectral">« L’œuvre » &amp; &lt;b&gt;<tspan dy="2">x</tspan></text>',
    "filter": '<filter id="f"><feGaussianBlur stdDeviation="2"></feGaussianBlur></filter><g filter="url(#f)"></g>',
    "style": "<style>.a{fill:red;stroke:url(#b)}\n.b &gt; rect{opacity:.5}</style>",
    "style attribute": '<rect style="fill:#fff;stroke-width:2"></rect>',
    "png": f'<image width="2" height="2" xlink:href="data:image/png;base64,{picture()}"></image>',
    "jpeg": f'<image href="data:image/jpeg;base64,{picture("JPEG")}"></image>',
    "title": "<title>Un badge</title><desc>rouge</desc>",
}


@pytest.mark.parametrize("markup", KEPT.values(), ids=KEPT)
def test_what_draws_is_kept(markup):
    assert inside(drawing(markup)) == markup


DROPPED = {
    "script": "<script>alert(1)</script>",
    "script of the prefix": '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
    "script of xhtml": '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
    "foreign object": (
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="https://evil.example/x"/></body></foreignObject>'
    ),
    "iframe": '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"></iframe>',
    "animation": '<animate attributeName="href" to="javascript:alert(1)" onbegin="alert(1)"/>',
    "set": '<set attributeName="onload" to="alert(1)"/>',
    "handler": '<handler xmlns="http://www.w3.org/2001/xml-events">alert(1)</handler>',
    "metadata": "<metadata>private</metadata>",
    "unknown": '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.example/"><path/></sodipodi:namedview>',
    "comment": "<!-- <script>alert(1)</script> -->",
    "instruction": '<?xml-stylesheet href="https://evil.example/x.css"?>',
}


@pytest.mark.parametrize("markup", DROPPED.values(), ids=DROPPED)
def test_what_runs_or_is_foreign_is_dropped_and_its_neighbours_stay(markup):
    assert inside(drawing(markup + CIRCLE)) == CIRCLE


ATTRIBUTES = {
    "event": 'onload="alert(1)"',
    "event in capitals": 'onClick="alert(1)"',
    "external": 'xlink:href="https://evil.example/x.svg#a"',
    "protocol relative": 'href="//evil.example/x.png"',
    "javascript": 'href="java&#10;script:alert(1)"',
    "data svg": 'href="data:image/svg+xml;base64,PHN2Zz4="',
    "data html": 'href="data:text/html,x"',
    "file": 'href="file:///etc/passwd"',
    "not a picture": 'href="data:image/png;base64,AAAA"',
    "external paint": 'fill="url(https://evil.example/x#a)"',
    "relative paint": 'fill="url(x.svg)"',
    "protocol relative mask": 'mask="url(//evil.example/m)"',
    "escaped url": r'fill="u\72l(https://evil.example)"',
    "image-set": "mask=\"image-set('https://evil.example/x' 1x)\"",
    "base": 'xml:base="https://evil.example/"',
    "xlink title": 'xlink:title="x"',
    "unknown": 'data-x="1"',
}


@pytest.mark.parametrize("attribute", ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_what_runs_or_fetches_in_an_attribute_is_dropped(attribute):
    assert inside(drawing(f"<image {attribute}/>")) == "<image></image>"


STYLES = {
    "import": '@import "https://evil.example/x.css"; .a{fill:red}',
    "import by url": "@import url(https://evil.example/x.css);.a{fill:red}",
    "font": "@font-face{font-family:x;src:url(https://evil.example/f)} .a{fill:red}",
    "media": "@media screen{.b{fill:url(https://evil.example)}} .a{fill:red}",
    "external": ".a{fill:red;mask:url(https://evil.example/m)}",
    "unknown property": ".a{fill:red;background:url(//evil.example);behavior:url(#x)}",
    "escapes": r".a{fill:red;stroke:u\72l(//evil.example)}",
    "comment": ".a{fill:red/* ; stroke: url( */}",
    "animation": ".a{fill:red;animation:x 1s}",
}


@pytest.mark.parametrize("css", STYLES.values(), ids=STYLES)
def test_styles_keep_only_what_draws(css):
    assert inside(drawing(f"<style><![CDATA[{css}]]></style>")) == "<style>.a{fill:red}</style>"


def test_a_comment_left_open_hides_the_rest_as_in_a_browser():
    assert inside(drawing("<style>.a{fill:red} /* .b{fill:blue}</style>")) == "<style>.a{fill:red}</style>"


def test_markup_inside_text_stays_text_when_inlined_in_html():
    clean = inside(
        drawing("<style>&lt;/style>&lt;img src=x onerror=alert(1)></style><title><style>x</style></title>")
    )

    assert clean == "<style></style><title></title>"


def test_a_link_becomes_a_group():
    assert inside(drawing(f'<a href="javascript:alert(1)">{CIRCLE}</a>')) == f"<g>{CIRCLE}</g>"


PROLOGUE = (
    '<?xml version="1.0" encoding="{}"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_illustrators_doctype_and_every_encoding_are_accepted(encoding):
    declared = encoding.removesuffix("-sig")
    raw = (PROLOGUE.format(declared) + drawing("<title>été</title>").decode()).encode(encoding)

    assert svg.looks_like(raw)
    assert inside(raw) == "<title>été</title>"


def test_a_prefix_for_the_svg_namespace_is_accepted():
    raw = b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/><s:script>alert(1)</s:script></s:svg>'

    assert svg.looks_like(raw)
    assert inside(raw) == "<g></g>"


DECLARATIONS = {
    "entity": '<!ENTITY a "b">',
    "laughs": '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">',
    "external": '<!ENTITY a SYSTEM "file:///etc/passwd">',
    "parameter": '<!ENTITY % a SYSTEM "https://evil.example/x.dtd"> %a;',
    "default attribute": '<!ATTLIST svg onload CDATA "alert(1)">',
    "element": "<!ELEMENT svg ANY>",
}


@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=DECLARATIONS)
def test_a_dtd_that_declares_something_is_refused(declaration):
    raw = f"<!DOCTYPE svg [{declaration}]><svg {NS}><text>ok</text></svg>".encode()

    with pytest.raises(svg.SvgRefused):
        svg.sanitise(raw)


REFUSED = {
    "empty": b"",
    "html": b"<!doctype html><html><body><svg></svg></body></html>",
    "no namespace": b"<svg><path/></svg>",
    "another namespace": b'<svg xmlns="http://evil.example/"><path/></svg>',
    "truncated": drawing(CIRCLE)[:-9],
    "unknown entity": drawing("<text>&x;</text>"),
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "nul": drawing("<text>\0</text>"),
    "deep": drawing("<g>" * 100 + "</g>" * 100),
    "deep among what is skipped": drawing("<metadata>" * 100_000),
    "many": drawing("<g/>" * 20_001),
    "many filters": drawing("<filter>" + "<feOffset/>" * 101 + "</filter>"),
    "heavy": drawing("<text>" + "a" * svg.MAX_BYTES + "</text>"),
    "picture bomb": drawing(f'<image href="data:image/png;base64,{picture(size=(5000, 5000))}"/>'),
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_what_nobody_can_vouch_for_is_refused(raw):
    with pytest.raises(svg.SvgRefused):
        svg.sanitise(raw)


SLOW = {
    "comments": "<style>" + "/*" * 400_000 + "</style>",
    "value": '<path fill="' + "a" * 900_000 + '"/>',
    "urls": '<path fill="' + "url(" * 200_000 + '"/>',
    "blocks": "<style>" + "a{" * 400_000 + "</style>",
    "selector": "<style>" + "a " * 400_000 + "{fill:red}</style>",
    "data": '<image href="data:image/png;base64,' + "A" * 900_000 + '!"/>',
}


@pytest.mark.parametrize("markup", SLOW.values(), ids=SLOW)
def test_no_input_takes_long(markup):
    within(2, lambda: svg.sanitise(drawing(markup)))


def test_sanitising_twice_changes_nothing():
    once = svg.sanitise(drawing("".join(KEPT.values())))

    assert svg.sanitise(once) == once
