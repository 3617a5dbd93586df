"""Files made by hand: PNG by chunks, PDF by objects."""

import zlib

from badges.formats.png import SIGNATURE

SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def header(width: int = 1, height: int = 1) -> bytes:
    return chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0")


PIXELS = chunk(b"IDAT", zlib.compress(b"\0\0"))
END = chunk(b"IEND")


def png(*chunks: bytes, width: int = 1, height: int = 1) -> bytes:
    """A picture of one grey pixel, whatever it says that it measures."""
    return SIGNATURE + header(width, height) + b"".join(chunks) + PIXELS + END


def itxt(text: bytes, keyword: bytes = b"openbadges", compressed: bool = False) -> bytes:
    flag = b"\1\0" if compressed else b"\0\0"
    body = zlib.compress(text, 9) if compressed else text
    return chunk(b"iTXt", keyword + b"\0" + flag + b"\0\0" + body)


def text(text: bytes, keyword: bytes = b"openbadges") -> bytes:
    return chunk(b"tEXt", keyword + b"\0" + text)


def ztxt(text: bytes, keyword: bytes = b"openbadges") -> bytes:
    return chunk(b"zTXt", keyword + b"\0\0" + zlib.compress(text, 9))


def pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF with a classic table; object 1 is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(size)
    )
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(out))
    return bytes(out) + b"xref\n0 %d\n" % size + table + end


def stream(content: bytes, entries: bytes = b"", compressed: bool = True) -> bytes:
    data = zlib.compress(content, 9) if compressed else content
    flate = b"/Filter/FlateDecode" if compressed else b""
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (entries, flate, len(data), data)


def pdf_with_files(*files: bytes, catalogue: bytes = b"") -> bytes:
    """A PDF with attached files."""
    names = b" ".join(b"(file%d) %d 0 R" % (index, 10 + 2 * index) for index in range(len(files)))
    objects = {1: b"<</Type/Catalog%s/Names<</EmbeddedFiles<</Names[%s]>>>>>>" % (catalogue, names)}
    for index, file in enumerate(files):
        objects[10 + 2 * index] = b"<</Type/Filespec/F(file)/EF<</F %d 0 R>>>>" % (11 + 2 * index)
        objects[11 + 2 * index] = stream(file, b"/Type/EmbeddedFile")
    return pdf(objects)


def pdf_with_metadata(xmp: bytes = b"", information: bytes = b"") -> bytes:
    """A PDF whose information dictionary and XMP hold what is given."""
    catalogue = b"<</Type/Catalog/Metadata 3 0 R>>" if xmp else b"<</Type/Catalog>>"
    objects = {1: catalogue, 2: b"<<%s>>" % information, 3: stream(xmp, b"/Type/Metadata/Subtype/XML")}
    return pdf(objects, trailer=b"/Info 2 0 R")
