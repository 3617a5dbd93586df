"""A badge as a file: what it holds, for whom, and for how long it may be kept."""

import io
import json
import re
import uuid

import pytest
from django.test import Client
from PIL import Image

from badges.formats import jws, png, svg
from badges.models import Assertion, ImportedBadge
from badges.services import keys as key_rings
from badges.services import sign
from badges.services.show import show
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory
from tests.signed import drawn, signed, stored_picture

pytestmark = pytest.mark.django_db

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
VOLATILE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
FILES = [
    ("png", 2), ("svg", 2), ("json", 2), ("jws", 2), ("png", 3), ("svg", 3), ("json", 3), ("jwt", 3),
]  # fmt: skip
TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "json": "application/ld+json",
    "jws": "application/jose",
    "jwt": "application/vc+jwt",
}


@pytest.fixture
def badge():
    return BadgeClassFactory(slug="congres-2019", image=stored_picture(said="Olga, 49.18 N 0.37 W"))


@pytest.fixture
def award(badge, alice):
    return signed(public=True, badge_class=badge, holder=alice, recipient_name="Alice Martin")


def address(award, extension: str, version: int | None = None) -> str:
    return f"/badges/{award.uid}/telecharger.{extension}" + (f"?version={version}" if version else "")


def held_in(content: bytes, extension: str) -> str:
    """The text of the one badge of a file."""
    if extension == "png":
        ((_keyword, text),) = png.texts(content)
    elif extension == "svg":
        ((_version, text),) = svg.texts(content)
    else:
        text = content.decode()
    return text


def hidden(answer) -> tuple:
    return answer.status_code, dict(answer.headers), VOLATILE.sub(b"", answer.content)


# What the files hold


@pytest.mark.parametrize("extension, version", FILES)
def test_a_public_badge_leaves_with_what_its_address_says(client, award, extension, version):
    answer = client.get(address(award, extension, version))

    expected = {"jws": "signed", "jwt": "token"}.get(extension, "hosted" if version == 2 else "credential")
    assert answer.status_code == 200
    assert answer["Content-Type"] == TYPES[extension]
    assert answer["Content-Disposition"] == f'attachment; filename="congres-2019.{extension}"'
    assert held_in(answer.content, extension) == getattr(award.documents, expected)


@pytest.mark.parametrize("extension, version", [case for case in FILES if case != ("json", 2)])
@pytest.mark.parametrize("visibility", ["private", "members"])
def test_another_leaves_as_a_signed_copy(award, alice, signed_in, extension, version, visibility):
    show(assertion=award, visibility=visibility, name_listed=True)

    answer = signed_in(alice).get(address(award, extension, version))

    expected = "signed" if version == 2 else "token" if extension == "jwt" else "credential"
    assert held_in(answer.content, extension) == getattr(award.documents, expected)
    assert (answer["Cache-Control"], "Cookie" in answer["Vary"]) == ("private, no-store", True)


def test_the_hosted_form_of_a_private_badge_is_no_file(award, alice, signed_in):
    """It would verify nowhere: nobody answers at its address."""
    show(assertion=award, visibility="private", name_listed=True)

    assert signed_in(alice).get(address(award, "json", 2)).status_code == 404


@pytest.mark.parametrize("extension", ["png", "svg", "json"])
def test_without_a_version_it_is_the_one_that_most_platforms_read(client, award, extension):
    answer = client.get(address(award, extension))

    assert held_in(answer.content, extension) == award.documents.hosted
    assert answer.content == client.get(address(award, extension, 2)).content


def test_tokens_have_one_version_each(client, award):
    assert client.get(address(award, "jws")).content.decode() == award.documents.signed
    assert client.get(address(award, "jwt")).content.decode() == award.documents.token
    assert client.get(address(award, "jws", 3)).status_code == 404
    assert client.get(address(award, "jwt", 2)).status_code == 404


@pytest.mark.parametrize(
    "extension, query",
    [("pdf", ""), ("exe", ""), ("PNG", ""), ("png", "?version=4"), ("png", "?version=2.0")],
)
def test_other_files_do_not_exist(client, award, extension, query):
    assert client.get(f"/badges/{award.uid}/telecharger.{extension}{query}").status_code == 404


def test_a_picture_keeps_its_pixels_and_loses_what_its_file_said(client, award, badge):
    content = client.get(address(award, "png")).content

    original = Image.open(io.BytesIO(drawn()))
    assert Image.open(io.BytesIO(content)).tobytes() == original.tobytes()
    assert b"49.18" not in content
    assert b"49.18" not in client.get(address(award, "svg")).content


# Who may have them


@pytest.mark.parametrize("extension, version", FILES)
def test_a_public_file_is_the_same_for_everybody_for_a_minute(
    award, alice, bob, signed_in, extension, version
):
    answers = [
        browser.get(address(award, extension, version))
        for browser in (Client(), signed_in(alice), signed_in(bob))
    ]

    assert len({answer.content for answer in answers}) == 1
    for answer in answers:
        assert answer["Cache-Control"] == "public, max-age=60"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Content-Security-Policy"] == SANDBOX
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


@pytest.mark.parametrize(
    "state, viewers",
    [
        ({"accepted": True}, ["holder"]),
        ({"members": True}, ["holder", "member"]),
        ({"public": True}, ["holder", "member", "anonymous"]),
        ({"public": True, "revoked": True}, ["holder"]),
        ({"members": True, "revoked": True}, ["holder"]),
        ({"accepted": True, "revoked": True}, ["holder"]),
    ],
    ids=["private", "members", "public", "revoked public", "revoked members", "revoked private"],
)
def test_each_badge_is_for_those_who_may_open_it(badge, alice, bob, signed_in, state, viewers):
    award = signed(badge_class=badge, holder=alice, **state)
    browsers = {"holder": signed_in(alice), "member": signed_in(bob), "anonymous": Client()}

    for extension, version in FILES[3:]:
        for viewer, browser in browsers.items():
            answer = browser.get(address(award, extension, version))
            if viewer in viewers:
                assert answer.status_code == 200
                continue
            unknown = browser.get(f"/badges/{uuid.uuid4()}/telecharger.{extension}?version={version}")
            assert answer.status_code == 404
            assert hidden(answer) == hidden(unknown)


@pytest.mark.parametrize("state", ["pending", "declined", "erased"])
def test_nobody_has_what_nobody_holds(badge, alice, signed_in, state):
    if state == "erased":
        award = signed(badge_class=badge, holder=alice, public=True)
        Assertion.objects.filter(pk=award.pk).update(holder=None)
    else:
        award = AssertionFactory(
            badge_class=badge, recipient_address=alice.email, declined=state == "declined"
        )

    for browser in (Client(), signed_in(alice)):
        for extension, version in FILES:
            assert browser.get(address(award, extension, version)).status_code == 404


def test_a_withdrawn_badge_leaves_its_holder_as_a_signed_copy(badge, alice, signed_in):
    award = signed(badge_class=badge, holder=alice, public=True, revoked=True)

    answer = signed_in(alice).get(address(award, "png", 2))

    assert held_in(answer.content, "png") == award.documents.signed
    assert json.loads(jws.read(award.documents.signed).payload)["verification"]["type"] == "SignedBadge"


# Caches


def test_a_client_that_has_the_file_gets_304(client, award):
    first = client.get(address(award, "png", 3))

    again = client.get(address(award, "png", 3), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Content-Security-Policy"] == SANDBOX
    assert len({client.get(address(award, *case))["ETag"] for case in FILES}) == len(FILES)


@pytest.mark.parametrize("extension, version", FILES)
def test_a_file_is_never_stale(client, award, extension, version):
    before = client.get(address(award, extension, version))
    key_rings.renew(issuer=award.badge_class.issuer)
    sign.renew_tokens(award.badge_class.issuer)
    sign.sign(Assertion.objects.get(pk=award.pk))
    award.documents.refresh_from_db()

    after = client.get(address(award, extension, version), headers={"if-none-match": before["ETag"]})

    expected = {"jws": "signed", "jwt": "token"}.get(extension, "hosted" if version == 2 else "credential")
    if expected == "hosted":  # says nothing that has changed
        assert after.status_code == 304
    else:
        assert held_in(after.content, extension) == getattr(award.documents, expected)
        assert after.content != before.content


def test_going_private_acts_at_once(client, award):
    known = client.get(address(award, "png"))["ETag"]

    show(assertion=award, visibility="private", name_listed=True)

    assert client.get(address(award, "png"), headers={"if-none-match": known}).status_code == 404


def test_head_is_get_without_a_body_and_nothing_can_be_written(client, award):
    head = client.head(address(award, "png"))
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) == len(client.get(address(award, "png")).content)
    assert client.post(address(award, "png")).status_code == 405


def test_cost(client, award, alice, signed_in, django_assert_num_queries):
    client.get(address(award, "png"))

    with django_assert_num_queries(2):
        client.get(address(award, "png"))
    show(assertion=award, visibility="private", name_listed=True)
    browser, private = signed_in(alice), address(award, "png")
    with django_assert_num_queries(5):
        assert browser.get(private).status_code == 200


def test_a_badge_whose_picture_is_lost_has_no_picture_to_take_away(client, award, badge, caplog):
    type(award.version).objects.filter(pk=award.version_id).update(image="0" * 64 + ".png")

    assert client.get(address(award, "png")).status_code == 404
    assert client.get(address(award, "json")).status_code == 200
    assert "is missing" in caplog.text


# Imported badges


@pytest.fixture
def imported(alice):
    issuer = IssuerFactory(origin="elsewhere", iri="https://ailleurs.example/issuer")
    badge = BadgeClassFactory(
        issuer=issuer, iri="https://ailleurs.example/badge", slug="ailleurs", image=stored_picture()
    )
    award = AssertionFactory(public=True, holder=alice, badge_class=badge)
    original = png.bake(drawn(), keyword="openbadges", text='{"recipient":{"identity":"alice@exemple.fr"}}')
    ImportedBadge.objects.create(
        assertion=award,
        holder=alice,
        original=original,
        container="png",
        sha256="0" * 64,
        iri="https://ailleurs.example/1",
        verdict="authentic",
    )
    return award


def test_an_imported_badge_is_given_back_to_its_holder_as_it_came(imported, alice, signed_in):
    answer = signed_in(alice).get(address(imported, "png"))

    assert answer.content == bytes(imported.imported.original)
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'attachment; filename="ailleurs.png"'
    assert answer["Content-Security-Policy"] == SANDBOX
    assert answer["Cache-Control"] == "private, no-store"
    assert not hasattr(Assertion.objects.get(pk=imported.pk), "documents")


@pytest.mark.parametrize("extension", ["svg", "json", "jws", "jwt", "pdf"])
def test_an_imported_badge_has_no_other_file(imported, alice, signed_in, extension):
    assert signed_in(alice).get(address(imported, extension)).status_code == 404


def test_what_came_may_spell_out_an_address_others_do_not_get_it(imported, bob, signed_in):
    for browser in (Client(), signed_in(bob)):
        assert browser.get(address(imported, "png")).status_code == 404


@pytest.mark.parametrize(
    "container, kind",
    [
        ("svg", "image/svg+xml"),
        ("pdf", "application/pdf"),
        ("json", "application/ld+json"),
        ("jws", "application/jose"),
    ],
)
def test_an_original_has_the_type_of_its_container(imported, alice, signed_in, container, kind):
    ImportedBadge.objects.update(container=container, original=b"<svg/>")

    answer = signed_in(alice).get(address(imported, container))

    assert (answer["Content-Type"], answer.content) == (kind, b"<svg/>")
    assert answer["Content-Disposition"].startswith("attachment;")
