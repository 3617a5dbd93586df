import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.lib.markdown import TAGS, render

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<javascript:alert(1)>",
    '[x](https://a.fr "\\" onmouseover=alert(1) x=\\"")',
    "![x](https://spy.example/pixel.png)",
    '![x" onerror="alert(1)](x)',
    "![<img src=x onerror=alert(1)>](x)",
    "[x]: javascript:alert(1)\n\n[x]",
    "`<script>`",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "<style>body{display:none}</style>",
    '<iframe src="https://a.fr"></iframe>',
    "<svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "| a |\n|:-:|\n| <b onclick=x> |",
]


def nodes(html):
    return list(html5lib.parse(f"<div>{html}</div>", namespaceHTMLElements=False).find(".//div").iter())[1:]


def assert_inert(html):
    for node in nodes(html):
        assert node.tag in TAGS
        assert set(node.attrib) <= {"href", "title", "rel", "start"}
        assert node.get("href", "https:").startswith(("http:", "https:", "mailto:", "#", "/")) or (
            ":" not in node.get("href").split("/")[0]
        )


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_inert(attack):
    assert_inert(render(attack))


@given(st.text(alphabet=st.sampled_from("<>[]()!\"'`*_#:=/&; \n\tajvscriptonerhlmg"), max_size=80))
def test_anything_is_inert(text):
    assert_inert(render(text))


def test_raw_html_is_shown_as_it_was_typed():
    assert render("<b>a</b>") == "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"


def test_headings_start_at_h3_and_stop_at_h6():
    assert render("# a\n\n## b\n\n### c\n\n#### d\n\n###### e") == (
        "<h3>a</h3>\n<h4>b</h4>\n<h5>c</h5>\n<h6>d</h6>\n<h6>e</h6>\n"
    )
    assert render("a\n===\n\nb\n---") == "<h3>a</h3>\n<h4>b</h4>\n"


def test_links_promise_nothing_to_search_engines():
    assert render("[a](https://a.fr)") == (
        '<p><a href="https://a.fr" rel="nofollow ugc noopener">a</a></p>\n'
    )


def test_a_picture_becomes_its_text():
    assert render("![un <em>chat</em>](https://spy.example/a.png)") == "<p>un &lt;em&gt;chat&lt;/em&gt;</p>\n"


def test_text_keeps_its_marks():
    assert render("**a** *b* `c`\n\n- d\n\n3. e\n\n> f") == (
        "<p><strong>a</strong> <em>b</em> <code>c</code></p>\n<ul>\n<li>d</li>\n</ul>\n"
        '<ol start="3">\n<li>e</li>\n</ol>\n<blockquote>\n<p>f</p>\n</blockquote>\n'
    )
