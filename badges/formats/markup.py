"""XML that strangers wrote: nothing external is read, entities and a DTD that declares something are refused."""

from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from badges.formats.errors import FormatError

MAX_DEPTH = 256
MAX_ELEMENTS = 50_000
# Of the whole file, by their equals signs: a parser keeps those of one element all at once.
MAX_ATTRIBUTES = 250_000

_XINCLUDE = "{http://www.w3.org/2001/XInclude}"


class Reader:
    """Target of a parser; subclasses look for something. Names are as ElementTree's: `{namespace}local`."""

    def __init__(self) -> None:
        self.parser = DefusedXMLParser(
            target=self, forbid_dtd=False, forbid_entities=True, forbid_external=True
        )
        # A bare DOCTYPE, as drawing programs write it, is harmless.
        self.parser.parser.StartDoctypeDeclHandler = _doctype
        self.open: list[str] = []
        self.elements = 0

    @property
    def position(self) -> int:
        """The byte where the tag of the present event starts."""
        return int(self.parser.parser.CurrentByteIndex)

    def feed(self, raw: bytes) -> None:
        """Reads a whole document. Raises FormatError: `svg-broken`, `svg-refused`, `svg-too-much`."""
        if raw.count(b"=") > MAX_ATTRIBUTES:
            raise FormatError("svg-too-much")
        try:
            self.parser.feed(raw)
            self.parser.close()
        except FormatError:
            raise
        except DefusedXmlException as error:
            raise FormatError("svg-refused") from error
        except (SyntaxError, ValueError, LookupError, expat.ExpatError) as error:
            raise FormatError("svg-broken") from error

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(self.open) >= MAX_DEPTH:
            raise FormatError("svg-too-much")
        if tag.startswith(_XINCLUDE):
            raise FormatError("svg-refused")
        self.open.append(tag)

    def end(self, tag: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass


def _doctype(name: str, system_id: str | None, public_id: str | None, declares: int) -> None:
    if declares:
        raise FormatError("svg-refused")
