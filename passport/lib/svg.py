"""Sanitises SVG by allow-list: what draws stays, what runs or fetches goes.

The answer is written afresh, in one namespace and UTF-8: nothing of the original's syntax survives, so no parser
reads in it what this one did not.
"""

import base64
import binascii
import io
import re
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from PIL import Image

from passport.lib.svg_css import safe_declarations, safe_rules, safe_value
from passport.lib.svg_names import ELEMENTS, PLAIN_ATTRIBUTES, PROPERTIES

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 20_000
MAX_FILTERS = 100
MAX_EMBEDDED_PIXELS = 4096 * 4096

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]")
LOCAL = re.compile(r"#[\w.:-]+")
EMBEDDED = re.compile(r"data:image/(png|jpe?g);base64,([A-Za-z0-9+/=\s]+)", re.I)
# Their children, were there any, would be read as HTML or CSS by somebody.
TEXT_ONLY = {"title", "desc", "style"}


class SvgRefused(Exception):
    """The file is not an SVG, or one that nobody can vouch for. str() says why, in English, for the log."""


def looks_like(raw: bytes) -> bool:
    """Whether this may be an SVG, in any encoding that XML readers know."""
    return ROOT.search(raw[:65_536].replace(b"\0", b"")) is not None


def sanitise(raw: bytes) -> bytes:
    """The same drawing in UTF-8, without scripts, links, animation, foreign markup or anything to fetch.

    Raises SvgRefused: over MAX_BYTES, not well formed, a DTD that declares something, too deep, too many elements.
    """
    if len(raw) > MAX_BYTES:
        raise SvgRefused(f"more than {MAX_BYTES} bytes")
    writer = _Writer()
    parser = DefusedXMLParser(target=writer, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    # Illustrator's bare DOCTYPE is harmless; one with declarations could add attributes behind our back.
    parser.parser.StartDoctypeDeclHandler = _doctype
    try:
        parser.feed(raw)
        parser.close()
    except (SyntaxError, ValueError, LookupError, expat.ExpatError, DefusedXmlException) as error:
        raise SvgRefused(f"{type(error).__name__}: {error}") from error
    if not writer.parts:
        raise SvgRefused("empty")
    return "".join(writer.parts).encode()


def _doctype(name: str, system_id: str | None, public_id: str | None, declares: int) -> None:
    if declares:
        raise SvgRefused("a DTD that declares something")


class _Writer:
    """Target of the parser: writes what is allowed as it comes, and skips the rest with all that is in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []
        self.skipping = 0
        self.elements = self.filters = self.pixels = 0
        self.css: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(self.open) + self.skipping >= MAX_DEPTH:
            raise SvgRefused("too deep, or too many elements")
        name = self._name(tag)
        if self.skipping or name is None:
            self.skipping += 1
            return
        self.filters += name.startswith("fe")
        if self.filters > MAX_FILTERS:
            raise SvgRefused("too many filters")
        kept = self._attributes(name, attributes)
        if not self.open:
            kept = {"xmlns": SVG[1:-1], "xmlns:xlink": XLINK[1:-1]} | kept
        self.open.append(name)
        self.parts.append(f"<{name}{''.join(f' {key}={quoteattr(kept[key])}' for key in kept)}>")

    def end(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        name = self.open.pop()
        if name == "style":
            self.parts.append(escape(safe_rules("".join(self.css))))
            self.css = []
        self.parts.append(f"</{name}>")

    def data(self, text: str) -> None:
        if self.skipping or not self.open:
            return
        if self.open[-1] == "style":
            self.css.append(text)
        else:
            self.parts.append(escape(text))

    def close(self) -> None:
        pass

    def _name(self, tag: str) -> str | None:
        name = tag.removeprefix(SVG)
        if not self.open and not self.skipping and (name != "svg" or name == tag):
            raise SvgRefused("the root is not an SVG")
        if name == tag or (self.open and self.open[-1] in TEXT_ONLY):
            return None
        # A link is a group that leads nowhere.
        name = "g" if name == "a" else name
        return name if name in ELEMENTS else None

    def _attributes(self, element: str, attributes: dict[str, str]) -> dict[str, str]:
        kept = {}
        for key, value in attributes.items():
            if key in PLAIN_ATTRIBUTES or key == XML + "space":
                kept[key.replace(XML, "xml:")] = value
            elif key == "style":
                kept[key] = safe_declarations(value)
            elif key in PROPERTIES and safe_value(value):
                kept[key] = value
            elif key in ("href", XLINK + "href") and self._may_point(element, value.strip()):
                kept[key.replace(XLINK, "xlink:")] = value.strip()
        return kept

    def _may_point(self, element: str, target: str) -> bool:
        if LOCAL.fullmatch(target):
            return True
        embedded = EMBEDDED.fullmatch(target) if element == "image" else None
        return embedded is not None and self._is_picture(embedded[2])

    def _is_picture(self, encoded: str) -> bool:
        try:
            raw = base64.b64decode(encoded)
            with Image.open(io.BytesIO(raw), formats=["PNG", "JPEG"]) as picture:
                self.pixels += picture.width * picture.height
        except (binascii.Error, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return False
        if self.pixels > MAX_EMBEDDED_PIXELS:
            raise SvgRefused("embedded pictures too large")
        return True
