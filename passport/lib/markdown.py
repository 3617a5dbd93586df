"""Markdown written by people, made into HTML that can stand on a public page."""

from collections.abc import MutableMapping, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "h2", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


def render(text: str, *, first_heading: int = 3) -> str:
    """Return safe HTML: no raw HTML, no pictures, links `nofollow ugc noopener`.

    The highest heading of the text becomes `first_heading` (2 to 6), the one that follows in the page's outline.
    Two nets: the parser never lets HTML through, then an allow-list cleans what it made.
    """
    return nh3.clean(
        _PARSER.render(text, {"first_heading": first_heading}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )


def _lower_headings(state: StateCore) -> None:
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + state.env['first_heading'], 6)}"


def _image_as_text(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    """A picture would be a request to a third party: its alternative text stands for it."""
    return escapeHtml(renderer.renderInlineAsText(tokens[index].children, options, env))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default")
    parser.core.ruler.push("lower_headings", _lower_headings)
    parser.add_render_rule("image", _image_as_text)
    return parser


_PARSER = _parser()
