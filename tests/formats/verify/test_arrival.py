"""From what a person gives to the badge: addresses, pages, pictures, pointers."""

import json

import pytest

from badges.formats import png
from badges.formats.documents import Answer
from badges.formats.report import Verdict
from badges.formats.verify import pages as known_pages
from tests.formats.made import SVG
from tests.formats.made import png as drawn
from tests.formats.verify.judging import codes, judge, outcome
from tests.formats.verify.served import ASSERTION, HOME, Served, assertion, pages

UUID = "9f3b3c1e-0d1f-4a57-8a3b-0a2d9c6f1b11"
PICTURE = f"{HOME}/baked.png"


def baked(text: str) -> bytes:
    return png.bake(drawn(), keyword="openbadges", text=text)


def test_an_address_leads_to_its_badge():
    documents = Served(pages())

    report = judge(ASSERTION, documents)

    assert outcome(report) == ("authentic", [])
    assert documents.asked.count(ASSERTION) == 1
    assert codes(report, True)[0] == "found-in-address"


def test_an_address_may_be_that_of_a_baked_picture():
    assert outcome(judge(PICTURE, {**pages(), PICTURE: baked(json.dumps(assertion()))})) == ("authentic", [])
    assert outcome(judge(PICTURE, {**pages(), PICTURE: baked(ASSERTION)})) == ("authentic", [])


def test_an_address_may_answer_a_copy():
    report = judge(f"{HOME}/copy.json", {**pages(), f"{HOME}/copy.json": assertion()})

    assert outcome(report) == ("authentic", [])
    assert report.facts.id == ASSERTION


@pytest.mark.parametrize(
    "pointer", [{"id": ASSERTION}, {"@context": "x", "@id": ASSERTION, "type": "Assertion"}]
)
def test_a_pointer_leads_to_its_badge(pointer):
    assert outcome(judge(pointer, pages())) == ("authentic", [])


@pytest.mark.parametrize(
    "answer, expected",
    [
        (404, ("invalid", ["hosted-gone"])),
        (410, ("revoked", ["revoked"])),
        (503, ("unreachable", [])),
        (None, ("unreachable", [])),
        (b"<html>a page</html>", ("not_a_badge", ["address-no-badge"])),
        (b"", ("not_a_badge", ["address-no-badge"])),
        (drawn(), ("not_a_badge", ["address-no-badge"])),
        (SVG % b"", ("not_a_badge", ["address-no-badge"])),
        (b"\x89PNG\r\n\x1a\n broken", ("invalid", ["png-broken"])),
        (b'{"id": NaN}', ("invalid", ["json-number"])),
        (ASSERTION.encode(), ("invalid", ["address-of-address"])),
        ({"data": {"message": "Not found"}}, ("not_a_badge", ["not-a-badge"])),
        ([1, 2], ("not_a_badge", ["not-a-badge"])),
    ],
)
def test_what_an_address_answers_is_told(answer, expected):
    assert outcome(judge(PICTURE, {**pages(), PICTURE: answer})) == expected


def test_a_chain_of_addresses_is_not_followed_for_ever():
    first, second, third = (f"{HOME}/{number}.png" for number in range(3))
    documents = Served({first: baked(second), second: baked(third), third: baked(ASSERTION), **pages()})

    assert outcome(judge(first, documents)) == ("invalid", ["address-of-address"])
    assert documents.asked == [first, second]


def test_a_pointer_to_itself_ends():
    pointer = {"id": PICTURE}

    assert outcome(judge(pointer, {PICTURE: pointer})) == ("invalid", ["address-of-address"])


@pytest.mark.parametrize(
    "address",
    ["https://good@evil.example/1", "https://issuer.example/a b", "https://issuer.example:0x50/", "http://"],
)
def test_an_odd_address_is_not_asked(address):
    documents = Served()

    assert judge(address, documents).verdict == Verdict.INVALID
    assert documents.asked == []


@pytest.mark.parametrize(
    "page, documents",
    [
        (f"https://www.credly.com/badges/{UUID}", [f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}"]),
        (
            f"https://www.credly.com/badges/{UUID.upper()}/public_url",
            [f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}"],
        ),
        (f"https://evil.example/badges/{UUID}", []),
        (
            "https://badgr.com/public/assertions/Ym9idXM1MTIzNDU?identity__email=a%40example.org",
            ["https://api.badgr.io/public/assertions/Ym9idXM1MTIzNDU"],
        ),
        (
            "https://api.eu.badgr.io/public/assertions/Ym9idXM1MTIzNDU.json?v=2_0",
            ["https://api.eu.badgr.io/public/assertions/Ym9idXM1MTIzNDU"],
        ),
        ("https://api.badgr.io/public/assertions/Ym9idXM1MTIzNDU", []),
        (
            f"https://openbadgefactory.com/v1/assertion/{40 * 'a'}.html",
            [f"https://openbadgefactory.com/v1/assertion/{40 * 'a'}"],
        ),
        (
            "https://moodle.example/x/badges/badge.php?hash=0a1b&lang=fr",
            [
                "https://moodle.example/x/badges/assertion.php?b=0a1b&obversion=2",
                "https://moodle.example/x/badges/json/assertion.php?b=0a1b&obversion=2",
            ],
        ),
        ("https://moodle.example/badges/badge.php", []),
        ("https://moodle.example/badges/badge.php?hash=%26b%3D2", [
            "https://moodle.example/badges/assertion.php?b=%26b%3D2&obversion=2",
            "https://moodle.example/badges/json/assertion.php?b=%26b%3D2&obversion=2",
        ]),
        ("not an address", []),
    ],
)  # fmt: skip
def test_pages_that_people_paste_lead_to_their_documents(page, documents):
    assert known_pages.documents(page) == documents


def test_the_document_of_a_page_is_judged():
    page, api = (
        f"https://www.credly.com/badges/{UUID}",
        f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}",
    )
    forged = assertion(id=api)

    report = judge(page, {**pages(), api: forged, page: b"<html>"})

    assert outcome(report) == ("invalid", ["scope-outside"])


def test_of_a_page_whose_document_is_gone_this_is_told():
    page = f"https://www.credly.com/badges/{UUID}"

    report = judge(page, {f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}": 404, page: b"<html>"})

    assert outcome(report) == ("invalid", ["hosted-gone"])


def test_a_page_that_is_the_document_itself_is_read():
    page = "https://moodle.example/badges/badge.php?hash=1"

    assert outcome(judge(page, {**pages(), page: assertion()})) == ("authentic", [])


def test_who_answered_after_a_redirect_is_where_the_badge_is_asked_next():
    final = Answer(f"{HOME}/final.json", 200, json.dumps(assertion()).encode())

    assert outcome(judge(f"{HOME}/start", {**pages(), f"{HOME}/start": final})) == ("authentic", [])
