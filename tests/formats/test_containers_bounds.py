"""The worst that can be given costs at most two seconds and a hundred megabytes, and is answered."""

import zlib

import pytest

from badges.formats import containers, png
from tests.cost import within
from tests.formats.made import SVG, chunk, itxt, pdf, pdf_with_files, pdf_with_metadata, text, ztxt
from tests.formats.made import png as made
from tests.formats.refusals import megabytes, outcome

MB = 1024 * 1024
NAMESPACES = b" ".join(b'xmlns:a%d="u%d"' % (number, number) for number in range(200_000))
ATTRIBUTES = b" ".join(b'a%d=""' % number for number in range(249_000))
LETTERS = b'<assertion xmlns="http://openbadges.org">' + b"a\n" * 2_500_000 + b"</assertion>"
BADGES = b'<o:assertion verify="x"/>' * 49_000
BOMB = b"openbadges\0\0" + zlib.compress(bytes(256 * 1024), 9)

# Each beside what is answered.
PICTURES = {
    "zTXt bomb": (lambda: made(ztxt(bytes(300 * MB))), "png-text-too-long"),
    "iTXt bomb": (lambda: made(itxt(bytes(300 * MB), compressed=True)), "png-text-too-long"),
    "thousands of bombs": (lambda: made(*[chunk(b"zTXt", BOMB)] * 9_000), "badge-twice"),
    "IDAT bomb": (lambda: made(chunk(b"IDAT", zlib.compress(bytes(300 * MB))), itxt(b"{}")), "good"),
    "100,000 chunks": (lambda: made(*[text(b"", b"c")] * 100_000), "png-broken"),
    "20,000 by 20,000": (lambda: made(itxt(b"{}"), width=20_000, height=20_000), "png-too-big"),
    "5 MB of pixels": (lambda: made(chunk(b"IDAT", bytes(5 * MB - 1_000)), itxt(b"{}")), "good"),
    "only a signature": (lambda: png.SIGNATURE * 600_000, "png-broken"),
}
DRAWINGS = {
    "a million elements": (lambda: SVG % (b"<g/>" * 1_200_000), "svg-too-much"),
    "a million levels": (lambda: SVG % (b"<g>" * 1_200_000), "svg-too-much"),
    "namespaces": (lambda: b"<svg %s/>" % NAMESPACES, "no-badge"),
    "attributes": (lambda: b"<svg %s/>" % ATTRIBUTES, "no-badge"),
    "more attributes": (lambda: SVG % (b'<g a=""/>' * 500_000), "svg-too-much"),
    "badges": (lambda: b'<svg xmlns:o="http://openbadges.org">%s</svg>' % BADGES, "badge-twice"),
    "references": (lambda: SVG % (b"&amp;" * 1_000_000), "no-badge"),
    "a comment": (lambda: SVG % (b"<!--" + b"a" * 5_000_000 + b"-->"), "no-badge"),
    "a badge of 5 MB": (lambda: SVG % LETTERS, "good"),
    "almost a root": (lambda: b"<svg" * 1_200_000, "file-unknown"),
    "a long prefix": (lambda: b"<" + b"a" * 5_000_000 + b":svg>", "file-unknown"),
}  # fmt: skip
DOCUMENTS = {
    "bombs attached": (lambda: pdf_with_files(*[bytes(100 * MB)] * 3), "pdf-too-much"),
    "drawings attached": (lambda: pdf_with_files(*[SVG % (b"<g/>" * 100_000)] * 10), "svg-too-much"),
    "bomb of metadata": (lambda: pdf_with_metadata(bytes(100 * MB)), "pdf-too-much"),
    "elements of metadata": (lambda: pdf_with_metadata(b"<a>" + b"<openbadge/>" * 400_000), "no-badge"),
    "a long table": (
        lambda: b"%PDF-1.7\nxref\n0 480000\n" + b"0000000000 65535 f \n" * 480_000 + b"startxref\n9\n%%EOF\n",
        "pdf-too-much",
    ),
    "a text of 9 MB": (lambda: pdf_with_metadata(information=b"/openbadges(%s)" % bytes(9 * MB)), "pdf-too-much"),
    "blanks": (lambda: pdf({1: b" " * 9 * MB + b"<</Type/Catalog>>"}), "pdf-too-much"),
    "lists in lists": (lambda: pdf({1: b"[" * 9 * MB}), "pdf-broken"),
    "lists beside lists": (lambda: pdf({1: b"[" + b"[]" * 4 * MB + b"]"}), "pdf-too-much"),
    "objects": (lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 1_200_000, "pdf-too-much"),
    "lines": (lambda: b"%PDF-1.7\n" + b"\n" * 10_000_000, "pdf-broken"),
    "one line": (lambda: b"%PDF-1.7\n" + b"a" * 10_000_000, "pdf-broken"),
}  # fmt: skip
TEXTS = {
    "50 MB": (lambda: b"{" * 50 * MB, "file-too-big"),
    "5 MB of brackets": (lambda: b"[" * 5 * MB, "good"),
    "a long string": (lambda: b'"' + b"\\u0041" * 800_000 + b'"', "file-unknown"),
    "points": (lambda: b"eyJ" + b"a." * 2_000_000, "file-unknown"),
    "almost a token": (lambda: b"eyJ" + b"a" * 5_000_000 + b"!", "file-unknown"),
    "almost an address": (lambda: b"http://" + b"a" * 5_000_000 + b" b", "file-unknown"),
    "blank": (lambda: b" " * 5 * MB, "file-unknown"),
    "NUL": (lambda: bytes(5 * MB), "file-unknown"),
}
WORST = PICTURES | DRAWINGS | DOCUMENTS | TEXTS


# Those that are held in memory at all.
HEAVY = [
    "zTXt bomb", "iTXt bomb", "IDAT bomb", "5 MB of pixels", "namespaces", "attributes", "badges", "a badge of 5 MB",
    "bombs attached", "bomb of metadata", "lists beside lists", "50 MB", "5 MB of brackets", "a long string",
]  # fmt: skip


@pytest.mark.parametrize("name", WORST)
def test_it_is_answered_within_two_seconds(name):
    make, answer = WORST[name]
    raw = make()

    assert within(2, lambda: outcome(containers.find, raw)) == answer


@pytest.mark.parametrize("name", HEAVY)
def test_it_holds_less_than_a_hundred_megabytes(name):
    assert megabytes(containers.find, WORST[name][0]()) < 100
