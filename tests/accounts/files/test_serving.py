"""Who reads a file, and with which headers. What pages and profiles show: see their own matrices."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.services.files import keep
from tests.given import pdf, received, upload


def addresses(file):
    found = [reverse("accounts:file", args=[file.uid])]
    if file.is_picture:
        found += [reverse("accounts:picture_file", args=[file.uid, side]) for side in (480, 1280)]
    return found


@pytest.fixture
def browsers(client, alice, bob, signed_in):
    return {"alice": signed_in(alice), "bob": signed_in(bob), "anonymous": client}


@pytest.mark.parametrize("kind", ["photo", "paper"])
@pytest.mark.parametrize(
    "shown, readers",
    [
        ({}, {"alice"}),
        ({"member": True}, {"alice", "bob"}),
        ({"member": True, "anonymous": True}, {"alice", "bob", "anonymous"}),
    ],
    ids=["unused", "for members", "for everybody"],
)
def test_a_file_is_read_by_its_owner_and_by_whom_a_use_shows_it(
    kind, shown, readers, browsers, used, request
):
    used.update(shown)
    file = request.getfixturevalue(kind)

    for address in addresses(file):
        unknown = address.replace(str(file.uid), str(uuid.uuid4()))
        for name, browser in browsers.items():
            answer = browser.get(address)
            assert answer.status_code == (200 if name in readers else 404), (name, address)
            if name in readers:
                assert received(answer)
            else:
                assert answer.content.count(b"Lyon") == 0
                assert set(answer.headers) == set(browser.get(unknown).headers)


def test_what_is_withdrawn_is_not_read_again_from_a_cache(photo, used, client):
    used["anonymous"] = True
    address = addresses(photo)[1]
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    used["anonymous"] = False

    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "private, no-cache"
    assert again.status_code == 304
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 404


def test_a_file_is_downloaded_never_shown(photo, alice, signed_in):
    answer = signed_in(alice).get(addresses(photo)[0])

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename*=utf-8''%C3%89t%C3%A9%20%C3%A0%20Lyon.jpg"
    )
    assert answer.headers["Content-Length"] == str(len(received(answer))) == str(photo.size)


def test_a_pdf_that_is_a_page_too_runs_nothing(alice, signed_in):
    raw = pdf(text="<html><script>alert(1)</script>")
    file = keep(owner=alice, upload=upload(raw, 'a"\r\n.html'))

    answer = signed_in(alice).get(addresses(file)[0])

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a\\" .html.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert received(answer) == raw


def test_a_picture_is_shown_as_it_was_drawn_here(photo, alice, signed_in):
    answer = signed_in(alice).get(addresses(photo)[1])

    assert answer.headers["Content-Type"] == "image/webp"
    assert "Content-Disposition" not in answer.headers or answer.headers["Content-Disposition"].startswith(
        "inline"
    )
    assert received(answer)[8:12] == b"WEBP"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_other_sizes_and_pictures_of_documents_do_not_exist(photo, paper, alice, signed_in):
    browser = signed_in(alice)

    for file, side in ((photo, 0), (photo, 9_999), (paper, 480)):
        assert browser.get(reverse("accounts:picture_file", args=[file.uid, side])).status_code == 404


def test_bytes_that_are_lost_are_not_found(photo, alice, signed_in):
    for name in photo.stored_names:
        default_storage.delete(name)

    assert [signed_in(alice).get(address).status_code for address in addresses(photo)] == [404] * 3


def test_reading_writes_nothing_and_costs_the_same(photo, used, client, read_only, django_assert_num_queries):
    used["anonymous"] = True
    with read_only(), django_assert_num_queries(1):
        client.get(addresses(photo)[1])
