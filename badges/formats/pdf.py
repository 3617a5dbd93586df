"""Badges in PDF files: attached files, and the address or the badge that Open Badge Factory puts into the metadata."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import IndirectObject, PdfObject, StreamObject

from badges.formats.errors import FormatError
from badges.formats.svg import CarrierReader

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 10
# What metadata and attached files may weigh together, once inflated.
MAX_PIECES = 5 * 1024 * 1024
# What leads to them: tables of objects and packed objects, inflated.
MAX_STRUCTURE = 512 * 1024
MAX_TABLES = 32
MAX_OBJECTS = 1_000
MAX_READS = 300_000

_LIMITS = Configuration(
    array_maximum_element_count=10_000,
    dictionary_maximum_element_count=10_000,
    zlib_maximum_recovery_input_length=0,
    flate_maximum_columns=64,
    lzw_maximum_output_length=MAX_STRUCTURE // 4,
    run_length_maximum_output_length=MAX_STRUCTURE,
    stream_filters_maximum_length=1,
    stream_decoding_work_maximum_length=2 * MAX_STRUCTURE,
    jbig2dec_binary=None,  # no other program is called
)


@dataclass
class Embedded:
    """`texts` of the metadata, and attached `files`, whatever they are."""

    texts: list[str] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


def embedded(raw: bytes) -> Embedded:
    """What may be a badge in a PDF (ISO 32000-2, sections 7.11.4 and 14.3). No page is read.

    Raises FormatError: `file-too-big`, `pdf-broken` (also where a viewer would mend it), `pdf-locked`, `pdf-too-much`.
    """
    if len(raw) > MAX_BYTES:
        raise FormatError("file-too-big", most=str(MAX_BYTES // 1024**2))
    try:
        with apply_configuration(_LIMITS):
            return _pieces(_Reader(_Source(raw), strict=True))
    except FormatError:
        raise
    except LimitReachedError as error:
        raise FormatError("pdf-too-much") from error
    except Exception as error:  # pypdf raises many kinds for a damaged file
        raise FormatError("pdf-locked" if b"/Encrypt" in raw else "pdf-broken") from error


class _Source(io.BytesIO):
    """Counts how often it is read: pypdf has limits for what is inflated, none for what is merely long."""

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.reads += 1
        if self.reads > MAX_READS:
            raise LimitReachedError("too much to read")
        return super().read(size)


class _Reader(PdfReader):
    """Spends one allowance on all tables and packed objects, where pypdf has one for each."""

    left = MAX_STRUCTURE
    tables = objects = 0

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        self.objects += 1
        if self.objects > MAX_OBJECTS:
            raise LimitReachedError("too many objects")
        found = super().get_object(indirect_reference)
        if isinstance(found, StreamObject) and found.get("/Type") == "/ObjStm":
            self._spend(found)
        return found

    def _read_pdf15_xref_stream(self, stream: Any) -> StreamObject:
        self.tables += 1
        if self.tables > MAX_TABLES:
            raise LimitReachedError("too many tables")
        left, self.left = self.left, 0
        with apply_configuration(zlib_maximum_output_length=max(left, 1)):
            table = super()._read_pdf15_xref_stream(stream)
            self.left = left - len(table.get_data())
        return table

    def _spend(self, packed: StreamObject) -> None:
        with apply_configuration(zlib_maximum_output_length=max(self.left, 1)):
            self.left -= len(packed.get_data())


class _Metadata(CarrierReader):
    """XMP: the element of a baked SVG, or properties named openbadge…, as attributes or as elements."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        self.values += [value for name, value in attributes.items() if _is_ours(name)]
        if _is_ours(tag):
            self.values.append("")

    def data(self, text: str) -> None:
        super().data(text)
        if _is_ours(self.open[-1]):
            self.values[-1] += text

    @property
    def texts(self) -> list[str]:
        return [carrier.text for carrier in self.carriers] + self.values


def _is_ours(name: str) -> bool:
    return name.rpartition("}")[2].lstrip("/").lower().startswith("openbadge")


def _pieces(reader: _Reader) -> Embedded:
    if reader.is_encrypted:
        raise FormatError("pdf-locked")
    texts = [str(value.get_object()) for name, value in (reader.metadata or {}).items() if _is_ours(name)]
    streams = _streams(reader)
    metadata = next(streams)
    if metadata:
        texts += _properties(metadata)
    return Embedded([text for text in dict.fromkeys(texts) if text.strip()], list(filter(None, streams)))


def _properties(metadata: bytes) -> list[str]:
    reader = _Metadata()
    try:
        reader.feed(metadata)
    except FormatError:
        # Metadata that cannot be read say nothing; attached files may.
        return []
    return reader.texts


def _streams(reader: _Reader) -> Iterator[bytes]:
    """The document's metadata (empty when there are none), then its attached files."""
    left = MAX_PIECES
    metadata = reader.root_object.get("/Metadata")
    attached = (file.pdf_object["/EF"] for file in islice(reader.attachment_list, MAX_FILES))
    pieces = [metadata.get_object() if metadata is not None else None, *map(_content, attached)]
    for piece in pieces:
        data = _inflated(piece, left)
        left -= len(data)
        yield data


def _content(files: Any) -> Any:
    return next((files[key].get_object() for key in ("/UF", "/F") if key in files), None)


def _inflated(piece: Any, most: int) -> bytes:
    """The bytes of a stream; empty for one that is packed in another way than with zlib, as attached files are."""
    if not isinstance(piece, StreamObject) or piece.get("/Filter", "/FlateDecode") not in (
        "/FlateDecode",
        ["/FlateDecode"],
    ):
        return b""
    with apply_configuration(
        zlib_maximum_output_length=max(most, 1),
        stream_decoding_work_maximum_length=2 * MAX_BYTES,
        flate_maximum_columns=0,  # predictors are for pictures, and slow
    ):
        return piece.get_data()
