"""Which form of a document is given to whom, and with which headers."""

import json

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from badges.negotiation import Answer, Form, document, etag_of, gone, machine_address

CHROMIUM = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
VALIDATOR_2 = "application/json, application/ld+json, image/png, image/svg+xml"
VALIDATOR_3 = "application/ld+json, application/json, application/vc+jwt, text/plain"

JSON_LD, JSON, TOKEN, PAGE = "application/ld+json", "application/json", "application/vc+jwt", "text/html"
TAG = etag_of(JSON_LD, '{"a":"é"}')


@machine_address
def whole(request):
    """What a credential offers: JSON-LD first, then a token, and a page."""
    forms = (Form('{"a":"é"}', (JSON_LD, JSON)), Form("a.b.c", (TOKEN, "text/plain")))
    return Answer(forms, lambda: HttpResponse("<p>page"))


@machine_address
def alone(request):
    """A document that browsers have no page for."""
    return document({"a": "é"})


@machine_address
def withdrawn(request):
    return gone({"revoked": True}, page=lambda: HttpResponse("<p>page", status=410))


@machine_address
def nothing(request):
    raise Http404


def ask(view, accept=None, *, method="get", **headers):
    if accept is not None:
        headers["accept"] = accept
    return view(getattr(RequestFactory(), method)("/", headers=headers))


@pytest.mark.parametrize(
    "accept, kind",
    [
        (None, JSON_LD),
        ("", JSON_LD),
        ("*/*", JSON_LD),
        (JSON_LD, JSON_LD),
        ("application/*", JSON_LD),
        (JSON, JSON),
        (f"{JSON}, {JSON_LD};q=0.9", JSON),
        (f"{JSON};q=0.5, {JSON_LD};q=0.6", JSON_LD),
        (f"{JSON}, text/plain, */*", JSON),
        (VALIDATOR_3, JSON_LD),
        (f"{JSON_LD}, {PAGE};q=0.9", JSON_LD),
        (TOKEN, TOKEN),
        ("text/plain", "text/plain; charset=utf-8"),
        (f"{TOKEN}, {JSON_LD};q=0.8", TOKEN),
        (CHROMIUM, PAGE),
        (FIREFOX, PAGE),
        (f"{JSON_LD};q=0.9, {PAGE}", PAGE),
        (f"{PAGE};q=0, */*", JSON_LD),
        # Nobody is sent away with nothing.
        ("image/png", JSON_LD),
        (f"{JSON_LD};q=0", JSON_LD),
        ("text/html;q=", PAGE),
        (";;,q=1,/,*", JSON_LD),
        (f'{JSON_LD};profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD),
    ],
)
def test_each_reader_gets_its_form(accept, kind):
    answer = ask(whole, accept)

    assert answer.status_code == 200
    assert answer["Content-Type"].removesuffix("; charset=utf-8") == kind.removesuffix("; charset=utf-8")
    assert answer["Vary"] == "Accept"
    expected = {JSON_LD: '{"a":"é"}', JSON: '{"a":"é"}', PAGE: "<p>page"}.get(kind, "a.b.c")
    assert answer.content.decode() == expected


@pytest.mark.parametrize("accept", [CHROMIUM, FIREFOX, PAGE, VALIDATOR_2, None])
def test_where_there_is_no_page_browsers_get_the_document(accept):
    answer = ask(alone, accept)

    assert (answer.status_code, answer.content) == (200, b'{"a":"\\u00e9"}')
    assert answer["Content-Type"] in (JSON_LD, JSON)


def test_a_document_is_for_everybody_for_a_minute():
    answer = ask(whole)

    assert dict(answer.headers) == {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, max-age=60",
        "X-Content-Type-Options": "nosniff",
        "Content-Type": JSON_LD,
        "ETag": TAG,
        "Vary": "Accept",
    }
    assert not answer.cookies


def test_each_form_has_a_validator_of_its_own():
    assert len({ask(whole, kind)["ETag"] for kind in (JSON_LD, JSON, TOKEN, "text/plain")}) == 4


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": TAG},
        # A proxy that compresses makes a weak validator of it.
        {"if-none-match": f'"other", W/{TAG}'},
    ],
)
def test_who_has_it_already_gets_304_with_the_same_headers(headers):
    answer = ask(whole, **headers)

    assert (answer.status_code, answer.content) == (304, b"")
    whole_answer = dict(ask(whole).headers)
    del whole_answer["Content-Type"]
    assert dict(answer.headers) == whole_answer


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"other"'},
        {"if-none-match": etag_of(JSON, '{"a":"é"}')},
        # A key or a place on a list is withdrawn without any newer date: only the bytes tell.
        {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
def test_who_has_something_else_gets_it(headers):
    assert ask(whole, **headers).status_code == 200


def test_options_answers_before_anything_is_looked_for():
    for view in (whole, alone, withdrawn, nothing):
        answer = ask(view, method="options")
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer["Allow"] == answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method):
    assert ask(whole, method=method).status_code == 405


def test_what_is_withdrawn_says_so_to_machines_and_to_browsers():
    answer = ask(withdrawn)
    assert (answer.status_code, json.loads(answer.content)) == (410, {"revoked": True})
    assert (answer["Cache-Control"], answer["Access-Control-Allow-Origin"]) == ("public, max-age=60", "*")
    assert "ETag" not in answer.headers

    page = ask(withdrawn, FIREFOX)
    assert (page.status_code, page.content) == (410, b"<p>page")


def test_what_is_withdrawn_is_never_unchanged():
    assert ask(withdrawn, **{"if-none-match": "*"}).status_code == 410


def test_what_is_not_there_is_said_in_json():
    answer = ask(nothing)

    assert answer.status_code == 404
    assert answer["Content-Type"] == JSON
    assert json.loads(answer.content) == {
        "error": "not-found",
        "message": "Rien n’est publié à cette adresse.",
    }
    assert answer["Vary"] == "Accept"


@pytest.mark.django_db
def test_what_is_not_there_has_the_page_of_the_site_for_browsers(client):
    answer = client.get("/ob2/assertions/00000000-0000-4000-8000-000000000007", headers={"accept": FIREFOX})

    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()
    assert "Accept" in answer["Vary"]
    assert "no-store" in answer["Cache-Control"]
