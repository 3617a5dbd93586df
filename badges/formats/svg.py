"""Badges in SVG files: Open Badges 2.0 « Baking » and 3.0 section 5.3.2 (SVG)."""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from badges.formats.errors import FormatError
from badges.formats.found import Kind
from badges.formats.markup import Reader
from badges.formats.texts import kind

MAX_BYTES = 5 * 1024 * 1024
NAMESPACES = {"2": "http://openbadges.org", "3": "https://purl.imsglobal.org/ob/v3p0"}
NAMES = {"2": "assertion", "3": "credential"}

_VERSIONS = {f"{{{NAMESPACES[version]}}}{NAMES[version]}": version for version in NAMES}
_ROOTS = ("{http://www.w3.org/2000/svg}svg", "svg")
_TAG = re.compile(rb"</?([^\s/>]++)(?:\"[^\"]*\"|'[^']*'|[^>\"'])*+>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# The carriage return too: every reader of XML turns it into a line feed.
_FORBIDDEN = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Carrier:
    """The element that carries a badge, from byte `start`. Its closing tag, if it has one, starts at `end`."""

    version: str
    verify: str
    start: int
    end: int = 0
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The token, which proves itself; else what the element holds, and its address where it holds nothing."""
        held = "".join(self.parts)
        return self.verify if kind(self.verify) is Kind.JWS or not held.strip() else held


class CarrierReader(Reader):
    """Collects the badges of an XML document by namespace, whatever their prefix and place."""

    def __init__(self) -> None:
        super().__init__()
        self.carriers: list[Carrier] = []
        self.inside: list[Carrier] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag in _VERSIONS:
            self.inside.append(Carrier(_VERSIONS[tag], attributes.get("verify", "").strip(), self.position))
            self.carriers.append(self.inside[-1])

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag in _VERSIONS:
            self.inside.pop().end = self.position

    def data(self, text: str) -> None:
        if self.open[-1] in _VERSIONS:
            self.inside[-1].parts.append(text)


class _Drawing(CarrierReader):
    """Knows also where the root is, and in which encoding the file says that it is written."""

    root = -1
    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self.parser.parser.XmlDeclHandler = self._declaration

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if self.elements == 1:
            self.root = self.position
            if tag not in _ROOTS:
                raise FormatError("file-unknown")

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = (encoding or self.encoding).lower()


def bake(picture: bytes, *, version: str, text: str, verify: str = "") -> bytes:
    """`picture` (in UTF-8) with exactly one badge, the first child of its root. Nothing else of it changes.

    `version` is "2" or "3". `text` is a compact JWS, or JSON: then `verify` is the address of the hosted assertion
    (2.0), or nothing (3.0), and each `>` of the JSON is written as \\u003e; without any it is read back byte for byte.
    Older badges are removed. Raises FormatError: what `texts` refuses, `svg-not-utf8`, `text-forbidden`.
    """
    drawing = _read(picture)
    if b"\0" in picture or drawing.encoding not in ("utf-8", "us-ascii"):
        raise FormatError("svg-not-utf8")
    root = _tag(picture, drawing.root)
    opening, closing = root[0], b""
    if opening.endswith(b"/>"):
        opening, closing = opening[:-2] + b">", b"</" + root[1] + b">"
    declared = f' xmlns:openbadges="{NAMESPACES[version]}"'.encode()
    head = b"<" + root[1] + declared + _ATTRIBUTE.sub(_undeclared, opening)[1 + len(root[1]) :]
    element = _element(NAMES[version], text, verify)
    return b"".join(
        [picture[: drawing.root], head, element, closing, *_rest(picture, root.end(), drawing.carriers)]
    )


def texts(picture: bytes) -> list[tuple[str, str]]:
    """Version ("2", "3") of every badge in `picture`, and its JSON, JWS or address, in order.

    Raises FormatError: `file-too-big`, `file-unknown` (another root), and what `markup` refuses.
    """
    return [(carrier.version, carrier.text) for carrier in _read(picture).carriers if carrier.text]


def _read(picture: bytes) -> _Drawing:
    if len(picture) > MAX_BYTES:
        raise FormatError("file-too-big", most=str(MAX_BYTES // 1024**2))
    drawing = _Drawing()
    drawing.feed(picture)
    return drawing


def _tag(picture: bytes, at: int) -> re.Match[bytes]:
    """The tag that starts at byte `at`. `>` may stand inside the quotes of an attribute."""
    found = _TAG.match(picture, at)
    if found is None:
        raise FormatError("svg-broken")
    return found


def _undeclared(attribute: re.Match[bytes]) -> bytes:
    """Nothing for an older declaration of our prefix, any other attribute as it is."""
    if attribute[1] != b"xmlns:openbadges":
        return attribute[0]
    if (attribute[2] or attribute[3] or b"").decode() not in NAMESPACES.values():
        # Something of the drawing lives in that namespace.
        raise FormatError("svg-refused")
    return b""


def _rest(picture: bytes, at: int, carriers: list[Carrier]) -> list[bytes]:
    """What follows the root's tag, without the elements that carry badges."""
    kept = []
    for carrier in carriers:
        # One inside another goes with it.
        if carrier.start >= at:
            kept.append(picture[at : carrier.start])
            first = _tag(picture, carrier.start)
            at = first.end() if first[0].endswith(b"/>") else _tag(picture, carrier.end).end()
    return [*kept, picture[at:]]


def _element(name: str, text: str, verify: str) -> bytes:
    if _FORBIDDEN.search(text + verify):
        raise FormatError("text-forbidden")
    if kind(text) is Kind.JWS:
        return f"<openbadges:{name} verify={quoteattr(text)}/>".encode()
    attribute = f" verify={quoteattr(verify)}" if verify else ""
    held = text.replace(">", "\\u003e")
    return f"<openbadges:{name}{attribute}><![CDATA[{held}]]></openbadges:{name}>".encode()
