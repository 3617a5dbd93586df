"""Addresses of this site are answered by its own views, as to a stranger."""

import io

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import ResolverMatch, reverse
from PIL import Image

from badges import pictures
from badges.formats.documents import Answer
from badges.formats.errors import Unreachable
from badges.verification import ours
from badges.verification.ours import Ours

SITE = "https://badges.exemple.fr"


class Beyond:
    """Keeps what it is asked; nothing of ours may be."""

    def __init__(self):
        self.asked = []

    def get(self, address, *, accept, limit):
        self.asked.append((address, accept, limit))
        return Answer(address, 200, b"beyond")


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def beyond():
    return Beyond()


@pytest.fixture
def viewed(monkeypatch):
    """Puts a view behind every address, and keeps the requests that it gets."""
    requests = []

    def put(view):
        def keep(request, uid):
            requests.append(request)
            return view(request)

        monkeypatch.setattr(ours, "resolve", lambda path: ResolverMatch(keep, (), {"uid": path}))
        return requests

    return put


def get(beyond, path: str, accept: str = "application/ld+json", limit: int = 1000) -> Answer:
    return Ours(beyond).get(f"{SITE}{path}", accept=accept, limit=limit)


@pytest.mark.django_db
def test_a_picture_of_ours_is_read_from_the_store(beyond):
    out = io.BytesIO()
    Image.new("RGBA", (200, 200), (200, 30, 60, 255)).save(out, "PNG")
    name = pictures.variant(pictures.store(out.getvalue()), "440.png")
    path = reverse("badges:picture", args=[name])

    answer = get(beyond, path, accept="image/png", limit=5_000_000)

    assert answer == Answer(f"{SITE}{path}", 200, pictures.read_variant(name)[0], "image/png")
    assert beyond.asked == []


@pytest.mark.parametrize(
    "path", ["/badges/images/nothing.png", "/ob2/nothing", "/ob3/../admin/", "/ob2/%00", "/ob2/\u00e9"]
)
@pytest.mark.django_db
def test_what_is_not_there_is_not_found(beyond, path):
    assert get(beyond, path) == Answer(f"{SITE}{path}", 404, b"")
    assert beyond.asked == []


@pytest.mark.parametrize(
    "path", ["/", "/badges/", "/admin/", "/b/1/", "/ob2", "/sante/prete", "/%2e/ob2/x", "//ob2/x"]
)
def test_a_page_of_ours_is_no_document(beyond, path):
    with pytest.raises(Unreachable) as unreachable:
        get(beyond, path)

    assert (unreachable.value.code, unreachable.value.params) == (
        "page-of-ours",
        {"address": f"{SITE}{path}"},
    )
    assert beyond.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "https://issuer.example/ob2/x",
        "https://badges.exemple.fr.evil.example/ob2/x",
        "https://badges.exemple.fr@evil.example/ob2/x",
        "https://badges.exemple.fr:444/ob2/x",
        "https://www.badges.exemple.fr/ob2/x",
        "https://badges.exemple.fr\\@evil.example/ob2/x",
        "https:///ob2/x",
        "urn:uuid:1",
    ],
)
def test_every_other_address_is_asked_beyond(beyond, viewed, address):
    requests = viewed(lambda request: HttpResponse(b"ours"))

    assert Ours(beyond).get(address, accept="*/*", limit=7) == Answer(address, 200, b"beyond")
    assert (beyond.asked, requests) == ([(address, "*/*", 7)], [])


@pytest.mark.parametrize(
    "spelled",
    [
        "http://badges.exemple.fr",
        "https://BADGES.exemple.FR",
        "HTTPS://badges.exemple.fr",
        "https://badges.exemple.fr:443",
        "https://badges.exemple.fr:",
        "http://badges.exemple.fr:80",
        "https://badges.exemple.fr.",
    ],
)
def test_an_address_of_ours_is_ours_however_it_is_spelled(beyond, viewed, spelled):
    """This site cannot ask itself while it answers. What answered has the site's own spelling, as after a redirect."""
    viewed(lambda request: HttpResponse(b"ours"))

    answer = Ours(beyond).get(f"{spelled}/ob2/x?a=b#c", accept="*/*", limit=7)

    assert answer == Answer(f"{SITE}/ob2/x?a=b", 200, b"ours", "text/html")
    assert beyond.asked == []


def test_a_name_in_other_letters_is_ours_in_both_its_spellings(beyond, viewed, settings):
    settings.SITE_URL = "https://badges.école.fr"
    viewed(lambda request: HttpResponse(b"ours"))

    for host in ("badges.école.fr", "badges.xn--cole-9oa.fr"):
        assert Ours(beyond).get(f"https://{host}/ob2/x", accept="*/*", limit=7).content == b"ours"
    assert beyond.asked == []


def test_the_port_of_a_site_on_trial_is_its_own(beyond, viewed, settings):
    settings.SITE_URL = "http://localhost:8000"
    viewed(lambda request: HttpResponse(b"ours"))

    for host in ("localhost:8000", "LOCALHOST:8000", "localhost", "localhost:8001"):
        Ours(beyond).get(f"http://{host}/ob2/x", accept="*/*", limit=7)
    assert [address for address, _accept, _limit in beyond.asked] == [
        "http://localhost/ob2/x", "http://localhost:8001/ob2/x"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/x/../ob2/x", "/./ob2/x", "/x/%2e%2e/ob3/issuers/1", "/..//ob2/x", "", "?/ob2/x"]
)
def test_no_way_round_leads_to_the_network(beyond, path):
    with pytest.raises(Unreachable) as unreachable:
        get(beyond, path)

    assert unreachable.value.code == "page-of-ours"
    assert beyond.asked == []


@pytest.mark.parametrize(
    "path",
    [
        "/ob2/assertions/00000000-0000-4000-8000-000000000000",
        "/ob3/credentials/00000000-0000-4000-8000-000000000000",
        "/badges/images/x",
        "/ob2/%ff/..%2f",
        "/ob3/%00",
    ],
)
@pytest.mark.django_db
def test_no_address_of_ours_raises_anything_but_unreachable(beyond, path):
    for query in ("?%ff", "?a=%00", "?\u00e9", "?" + "a=" * 900):
        assert get(beyond, path + query).status == 404
    with pytest.raises(Unreachable) as unreachable:
        get(beyond, path + "?" + "&" * 1100)
    assert unreachable.value.code == "fetch-no-answer"
    assert beyond.asked == []


@pytest.mark.parametrize(
    "error", [RuntimeError, SuspiciousOperation, PermissionDenied, KeyError, RecursionError]
)
def test_a_view_of_ours_that_fails_is_an_address_that_does_not_answer(beyond, viewed, error, caplog):
    def fails(request):
        raise error("secret")

    viewed(fails)

    with pytest.raises(Unreachable) as unreachable:
        get(beyond, "/ob2/x")
    assert (unreachable.value.code, unreachable.value.params) == (
        "fetch-no-answer",
        {"address": f"{SITE}/ob2/x"},
    )
    assert [(record.name, record.levelname) for record in caplog.records] == [
        ("badges.verification.ours", "WARNING")
    ]


def test_a_stream_of_ours_that_breaks_is_an_address_that_does_not_answer(beyond, viewed):
    def broken():
        yield b"a"
        raise OSError

    viewed(lambda request: StreamingHttpResponse(broken()))

    with pytest.raises(Unreachable):
        get(beyond, "/ob2/x")


def test_a_view_is_asked_as_by_a_stranger(beyond, viewed):
    requests = viewed(lambda request: HttpResponse(b"{}", content_type="Application/LD+json; charset=utf-8"))

    answer = get(beyond, "/ob2/assertions/%61?k=secret")

    assert answer == Answer(f"{SITE}/ob2/assertions/%61?k=secret", 200, b"{}", "application/ld+json")
    request = requests[0]
    assert (request.method, request.path, request.path_info) == (
        "GET",
        "/ob2/assertions/a",
        "/ob2/assertions/a",
    )
    assert (request.headers["Accept"], request.GET["k"]) == ("application/ld+json", "secret")
    assert not request.user.is_authenticated
    assert (request.COOKIES, hasattr(request, "session")) == ({}, False)


def test_a_view_knows_the_name_of_the_site(beyond, viewed, settings):
    settings.ALLOWED_HOSTS = ["badges.exemple.fr"]
    viewed(lambda request: HttpResponse(request.get_host()))

    assert get(beyond, "/ob2/x").content == b"badges.exemple.fr"


def test_every_status_and_a_stream_are_answers(beyond, viewed):
    viewed(lambda request: StreamingHttpResponse([b"a", b"b"], status=410, content_type="application/json"))

    assert get(beyond, "/ob3/x") == Answer(f"{SITE}/ob3/x", 410, b"ab", "application/json")


def test_a_view_that_finds_nothing_is_not_found(beyond, viewed):
    def nothing(request):
        raise Http404

    viewed(nothing)

    assert get(beyond, "/ob3/x") == Answer(f"{SITE}/ob3/x", 404, b"")


def test_a_document_of_ours_has_the_same_limit(beyond, viewed):
    viewed(lambda request: HttpResponse(b"x" * 1001))

    with pytest.raises(Unreachable) as unreachable:
        get(beyond, "/ob2/x")
    assert unreachable.value.code == "fetch-too-big"
