"""« Mes fichiers »."""

import pytest
from django.urls import reverse

from accounts.models import File
from accounts.services.files import keep
from tests.given import pdf, picture, upload

PAGE = "/compte/fichiers/"


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_several_files_are_given_at_once(alice, signed_in):
    browser = signed_in(alice)

    answer = browser.post(PAGE, {"uploads": [upload(picture(), "a.jpg"), upload(pdf(), "b.pdf")]})

    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert sorted(File.objects.of(alice).values_list("name", flat=True)) == ["a.jpg", "b.pdf"]
    page = text(browser.get(PAGE))
    assert [name for name in ("a.jpg", "b.pdf") if name in page] == ["a.jpg", "b.pdf"]


def test_one_that_is_refused_takes_none_of_the_others_with_it(alice, signed_in):
    answer = signed_in(alice).post(
        PAGE, {"uploads": [upload(picture(), "bon.jpg"), upload(b"MZ", "mauvais<b>.exe")]}
    )

    assert answer.status_code == 422
    page = text(answer)
    assert "mauvais&lt;b&gt;.exe" in page
    assert File.objects.of(alice).get().name == "bon.jpg"
    assert "bon.jpg" in page


@pytest.mark.parametrize(
    "given", [{}, {"uploads": ""}, {"uploads": "texte"}, {"uploads": [upload(b"", "vide.png")]}]
)
def test_nothing_is_not_a_file(given, alice, signed_in):
    answer = signed_in(alice).post(PAGE, given)

    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert not File.objects.exists()


def test_more_than_ten_at_once_are_refused_whole(alice, signed_in):
    answer = signed_in(alice).post(PAGE, {"uploads": [upload(picture(color=(n, 0, 0))) for n in range(11)]})

    assert answer.status_code == 422
    assert not File.objects.exists()


def test_the_page_lists_ones_own_files_alone(alice, bob, photo, signed_in):
    keep(owner=bob, upload=upload(picture(), "de-bob.jpg"))

    page = text(signed_in(alice).get(PAGE))

    assert "Été à Lyon.jpg" in page
    assert "de-bob" not in page


def test_each_file_says_where_it_is_used(photo, used, alice, signed_in):
    browser = signed_in(alice)

    assert '<a href="/pages/">Ma page</a>' in text(browser.get(PAGE))
    assert '<a href="/pages/">Ma page</a>' in text(
        browser.get(reverse("accounts:delete_file", args=[photo.uid]))
    )


def test_the_list_is_paged(alice, signed_in):
    for number in range(30):
        File.objects.create(
            owner=alice, kind="document", name=f"n{number:02}", size=1, sha256=f"{number:064}"
        )
    browser = signed_in(alice)

    first = browser.get(PAGE)
    following = browser.get(PAGE + first.context["next_url"])

    names = [one.file.name for answer in (first, following) for one in answer.context["kept"]]
    assert names == [f"n{number:02}" for number in reversed(range(30))]
    assert browser.get(PAGE + following.context["previous_url"]).context["kept"] == first.context["kept"]
    assert browser.get(PAGE, {"suite": "n’importe quoi"}).context["kept"] == first.context["kept"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_however_long(count, alice, used, signed_in, django_assert_num_queries):
    for number in range(count):
        File.objects.create(
            owner=alice, kind="picture", name="n", content="x", size=1, sha256=f"{number:064}"
        )
    browser = signed_in(alice)
    browser.get(PAGE)

    with django_assert_num_queries(9):
        browser.get(PAGE)


def test_a_file_is_deleted_once_it_is_confirmed(photo, alice, signed_in):
    browser = signed_in(alice)
    address = reverse("accounts:delete_file", args=[photo.uid])

    asked = browser.get(address)
    assert (asked.status_code, File.objects.count()) == (200, 1)
    answer = browser.post(address)

    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert not File.objects.exists()
    assert browser.post(address).status_code == 404


def test_nobody_deletes_anothers_file(photo, bob, used, signed_in):
    used.update(member=True, anonymous=True)
    browser = signed_in(bob)
    address = reverse("accounts:delete_file", args=[photo.uid])

    assert (browser.get(address).status_code, browser.post(address).status_code) == (404, 404)
    assert File.objects.get() == photo


def test_settings_lead_to_the_page(alice, signed_in):
    assert f'href="{PAGE}"' in text(signed_in(alice).get("/compte/"))
