"""HTML that `markdown.render` has cleaned, as a tree of plain values: what a drawing that knows no HTML walks."""

from html.parser import HTMLParser
from typing import Any

# A drawing calls itself for each level: what lies deeper keeps its words and loses its form.
MAX_DEPTH = 10
MAX_ADDRESS = 2000
VOID = {"br", "hr"}

Node = dict[str, Any]


def tree(html: str) -> list[Node | str]:
    """Texts and {"tag", "children"}, with "href" for a link and "start" for a numbered list."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Node | str] = []
        self.open: list[Node] = []
        self.deeper = 0

    @property
    def here(self) -> list[Node | str]:
        return self.open[-1]["children"] if self.open else self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.here.append({"tag": tag, "children": []})
        elif self.deeper or len(self.open) == MAX_DEPTH:
            self.deeper += 1
        else:
            node = _node(tag, dict(attrs))
            self.here.append(node)
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.deeper:
            self.deeper -= 1
            self.here.append(" ")
        elif self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.here.append(data)


def _node(tag: str, attributes: dict[str, str | None]) -> Node:
    node: Node = {"tag": tag, "children": []}
    href = attributes.get("href") or ""
    if href.startswith(("http://", "https://", "mailto:")) and len(href) <= MAX_ADDRESS:
        node["href"] = href
    start = attributes.get("start") or ""
    if start.isdecimal():
        node["start"] = int(start[:9])
    return node
