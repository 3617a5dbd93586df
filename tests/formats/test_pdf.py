"""Badges in PDF files: attached, or in the metadata; what is too much is refused before it costs."""

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from badges.formats import pdf
from badges.formats.errors import FormatError
from tests.formats.made import pdf as made
from tests.formats.made import pdf_with_files, pdf_with_metadata, stream
from tests.formats.refusals import code

ADDRESS = b"https://openbadgefactory.com/v1/assertion/1"
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/">'
    b'%s</r:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def written(files: dict[str, bytes], information: dict[str, str] | None = None, **protection: str) -> bytes:
    """A PDF as a program of others writes it."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    for name, content in files.items():
        writer.add_attachment(name, content)
    writer.add_metadata(information or {})
    if protection:
        writer.encrypt(**protection)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# What is found


def test_attached_files_come_in_their_order_and_byte_for_byte():
    files = {"a.json": b'{"a":"\xc3\xa9"}', "b.png": bytes(range(256)), "c.txt": b"eyJ.e30.c"}

    assert pdf.embedded(written(files)) == pdf.Embedded([], list(files.values()))


@pytest.mark.parametrize("compressed", [True, False])
def test_attached_files_are_read_packed_or_not(compressed):
    names = b"<</Type/Catalog/Names<</EmbeddedFiles<</Kids[2 0 R]>>>>>>"
    file = {3: b"<</Type/Filespec/UF(a)/EF<</UF 4 0 R>>>>", 4: stream(b"{}", compressed=compressed)}

    assert pdf.embedded(made({1: names, 2: b"<</Names[(a) 3 0 R]>>", **file})) == pdf.Embedded([], [b"{}"])


@pytest.mark.parametrize(
    "information",
    [b"/openbadges(%s)", b"/OpenBadge (%s)", b"/openbadgecredential(%s)", b"/openbadges 4 0 R"],
)
def test_the_information_dictionary_is_read(information):
    entry = information.replace(b"%s", ADDRESS)
    objects = {1: b"<</Type/Catalog>>", 2: b"<</Title(openbadges)%s>>" % entry, 4: b"(%s)" % ADDRESS}

    assert pdf.embedded(made(objects, trailer=b"/Info 2 0 R")) == pdf.Embedded([ADDRESS.decode()], [])


def test_accents_of_the_information_dictionary_are_kept():
    assert pdf.embedded(written({}, {"/openbadges": '{"name":"Été 😀"}'})).texts == ['{"name":"Été 😀"}']


@pytest.mark.parametrize(
    "property_",
    [
        b'<r:Description pdfx:openbadges="%s"/>' % ADDRESS,
        b"<r:Description><pdfx:OpenBadge>%s</pdfx:OpenBadge></r:Description>" % ADDRESS,
        b'<o:assertion xmlns:o="http://openbadges.org" verify="%s"/>' % ADDRESS,
        b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">%s</o:credential>' % ADDRESS,
    ],
    ids=["attribute", "element", "as in an SVG of 2.0", "as in an SVG of 3.0"],
)
def test_the_metadata_stream_is_read(property_):
    assert pdf.embedded(pdf_with_metadata(XMP % property_)) == pdf.Embedded([ADDRESS.decode()], [])


def test_the_same_badge_said_twice_is_one():
    both = pdf_with_metadata(XMP % (b'<a pdfx:openbadges="%s"/>' % ADDRESS), b"/openbadges(%s)" % ADDRESS)

    assert pdf.embedded(both).texts == [ADDRESS.decode()]


@pytest.mark.parametrize(
    "xmp",
    [b"<a", b"<!DOCTYPE a [<!ENTITY b 'c'>]><openbadge>&b;</openbadge>", b"<openbadge/>" * 60_000, b"\xff"],
)
def test_metadata_that_cannot_be_read_say_nothing(xmp):
    assert pdf.embedded(pdf_with_metadata(xmp, b"/openbadges(%s)" % ADDRESS)).texts == [ADDRESS.decode()]


def test_an_ordinary_document_holds_nothing():
    assert pdf.embedded(written({}, {"/Title": "Attestation"})) == pdf.Embedded([], [])
    assert pdf.embedded(pdf_with_metadata(XMP % b"", b"/openbadges( )")) == pdf.Embedded([], [])


@pytest.mark.parametrize(
    "packed",
    [
        b"<</Filter/ASCIIHexDecode/Length 5>>\nstream\n7B7D>\nendstream",
        b"<</Filter[/ASCIIHexDecode/FlateDecode]/Length 5>>\nstream\n7B7D>\nendstream",
        b"(no stream)",
    ],
)
def test_a_file_packed_in_another_way_is_passed_over(packed):
    names = b"<</Type/Catalog/Names<</EmbeddedFiles<</Names[(a) 3 0 R]>>>>>>"

    assert pdf.embedded(made({1: names, 3: b"<</EF<</F 4 0 R>>>>", 4: packed})) == pdf.Embedded([], [])


# What is refused


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + b"a" * 1_000_000,
        b"%PDF-1.7\n" + b"%%EOF\n" * 1_000_000,
        written({"a.json": b"{}"})[:-20],
        pdf_with_files(b"{}").replace(b"/F 11 0 R", b"/F 99 0 R"),
        made({1: b"1 0 R"}),
        made({1: b"[" * 1_000_000}),
        made({1: b"<</Type/Catalog/Names<</EmbeddedFiles<</Names[(a) 1 0 R]>>>>>>"}),
        made({1: b"<</Type/Catalog/Metadata 2 0 R>>", 2: b"<<>>\nstream\n" + b"a" * 1_000_000}),
    ],
    ids=[
        "nothing", "header", "no table", "one line", "only ends", "cut", "no such object", "itself", "deep",
        "a file that is the catalogue", "endless",
    ],
)  # fmt: skip
def test_a_broken_document_is_refused(raw):
    assert code(pdf.embedded, raw) == "pdf-broken"


def test_an_encrypted_document_is_refused():
    assert (
        code(pdf.embedded, written({"a.json": b"{}"}, user_password="x", algorithm="AES-256")) == "pdf-locked"
    )
    assert (
        code(pdf.embedded, written({}, user_password="", owner_password="x", algorithm="RC4-128"))
        == "pdf-locked"
    )
    assert code(pdf.embedded, made({1: b"<</Type/Catalog>>"}, trailer=b"/Encrypt 1 0 R")) == "pdf-locked"


def test_a_heavy_document_is_refused_before_it_is_read():
    assert code(pdf.embedded, b"%PDF-1.7\n" + bytes(10 * 1024 * 1024)) == "file-too-big"


# Bounds


def tables(count: int, content: bytes, index: bytes = b"[0 1]", predictor: bytes = b"") -> bytes:
    """A chain of tables in streams, each naming the one before."""
    out, before = bytearray(b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n"), b""
    packed = zlib.compress(content, 9)
    for number in range(count):
        at = len(out)
        out += b"%d 0 obj\n<</Type/XRef/Root 1 0 R/Size 9/W[1 2 1]/Index%s/Filter/FlateDecode%s%s/Length %d>>" % (
            number + 5, index, predictor, before, len(packed),
        )  # fmt: skip
        out += b"\nstream\n" + packed + b"\nendstream\nendobj\n"
        before = b"/Prev %d" % at
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % at


def packed_objects(count: int, each: int) -> bytes:
    """Lists of attached files, each in an object stream of its own among `each` other objects."""
    lists = range(100, 100 + count)
    out, places = bytearray(b"%PDF-1.7\n"), {1: (1, 9)}
    kids = b" ".join(b"%d 0 R" % number for number in lists)
    out += b"1 0 obj\n<</Type/Catalog/Names<</EmbeddedFiles<</Kids[%s]>>>>>>\nendobj\n" % kids
    for number in lists:
        inner = b"<</Names[]>> [[]]"
        index = b"%d 0 " % number + b"".join(b"%d 13 " % (100_000 + other) for other in range(each))
        places[number], places[number + 5000] = (2, number + 5000), (1, len(out))
        entries = b"/Type/ObjStm/N %d/First %d" % (each + 1, len(index))
        out += b"%d 0 obj\n%s\nendobj\n" % (number + 5000, stream(index + inner, entries))
    places[9] = (1, len(out))
    content = b"".join(
        bytes([kind]) + at.to_bytes(4, "big") + b"\0" for _, (kind, at) in sorted(places.items())
    )
    numbers = b" ".join(b"%d 1" % number for number in sorted(places))
    table = stream(content, b"/Type/XRef/Root 1 0 R/Size 9999/W[1 4 1]/Index[%s]" % numbers)
    return bytes(out) + b"9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


def test_objects_in_streams_are_read():
    assert pdf.embedded(packed_objects(3, 5)) == pdf.Embedded([], [])
    assert pdf.embedded(tables(3, bytes(4))) == pdf.Embedded([], [])


@pytest.mark.parametrize(
    "raw",
    [
        pdf_with_files(bytes(6 * 1024 * 1024)),
        pdf_with_files(*[bytes(1024 * 1024)] * 6),
        pdf_with_files(*[b"{}"] * 11_000),
        packed_objects(60, 1_000),
        packed_objects(1_100, 1),
        b"%PDF-1.7\nxref\n0 400000\n" + b"0000000000 65535 f \n" * 400_000 + b"startxref\n9\n%%EOF\n",
        pdf_with_metadata(information=b"/openbadges(%s)" % (b"a" * 400_000)),
        made({1: b"<</Type/Catalog%s>>" % b"".join(b"/k%d 1" % number for number in range(20_000))}),
    ],
    ids=[
        "a large file", "files large together", "many files", "many packed objects", "many lists", "a long table",
        "a long text", "a large dictionary",
    ],
)  # fmt: skip
def test_too_much_is_refused(raw):
    assert code(pdf.embedded, raw) == "pdf-too-much"


def test_only_the_first_ten_files_are_opened():
    assert pdf.embedded(pdf_with_files(*[b"%d" % number for number in range(12)])).files == [
        b"%d" % number for number in range(10)
    ]


def opened(raw: bytes) -> pdf._Reader:
    return pdf._Reader(pdf._Source(raw), strict=True)


def test_tables_are_counted():
    """Those beyond the count are not inflated: what they would have told is not known."""
    assert opened(tables(32, bytes(4))).tables == 32
    assert opened(tables(1_000, bytes(4))).tables == 33


@pytest.mark.parametrize("predictor", [b"", b"/DecodeParms<</Predictor 12/Columns 4>>"])
def test_tables_share_one_allowance(predictor):
    """Of 512 KB: two of 200 KB are inflated, not the third, and none after it."""
    reader = opened(tables(20, bytes(200 * 1024), predictor=predictor))

    assert (reader.tables, reader.left) == (3, 0)


def test_packed_objects_share_it_too():
    reader = opened(packed_objects(3, 5))
    before = reader.left
    list(reader.attachment_list)

    assert before - reader.left == 3 * len("100 0 " + "100000 13 " * 5 + "<</Names[]>> [[]]")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    for candidate in (
        raw,
        b"%PDF-1.7\n" + raw,
        made({1: b"<</Type/Catalog" + raw}),
        pdf_with_metadata(b"", raw),
    ):
        try:
            pdf.embedded(candidate)
        except FormatError:
            continue


@settings(max_examples=200)
@given(st.data())
def test_a_document_changed_anywhere_raises_nothing_else(data):
    sources = [packed_objects(2, 3), tables(2, bytes(4)), pdf_with_files(b"{}"), written({"a.json": b"{}"})]
    changed = bytearray(data.draw(st.sampled_from(sources)))
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        pdf.embedded(bytes(changed))
    except FormatError:
        return
