import pytest

from connections.models import Block, Congratulation
from notifications.models import Notification
from tests.connections.recognition.made import badge_of, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(alice):
    return badge_of(alice)


def path(badge, act="feliciter"):
    return f"/badges/{badge.uid}/{act}/"


def page(browser, badge) -> str:
    return browser.get(f"/b/{badge.uid}/").content.decode()


def test_congratulating_twice_is_once_and_can_be_taken_back(badge, alice, bob, signed_in):
    browser = signed_in(bob)
    assert "Féliciter" in page(browser, badge)

    for _click in range(2):
        answer = browser.post(path(badge))
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/b/{badge.uid}/")
    assert Congratulation.objects.values_list("assertion", "author").get() == (badge.pk, bob.pk)
    told = Notification.objects.get(kind="congratulated")
    assert (told.person, told.actor, told.subject) == (alice, bob, str(badge.uid))
    assert "Retirer mes félicitations" in page(browser, badge)

    for _click in range(2):
        assert browser.post(path(badge, "ne-plus-feliciter")).status_code == 303
    assert not Congratulation.objects.exists()


def test_the_holder_reads_names_and_others_a_count(badge, alice, bob, signed_in, client):
    for person in (bob, stranger("Zoé Voisine")):
        signed_in(person).post(path(badge))

    tab = signed_in(alice).get(f"/badges/{badge.uid}/reconnaissances/").content.decode()
    assert "Bob Leroy" in tab
    assert "Zoé Voisine" in tab
    assert "Félicitations (2)" in tab
    for browser in (client, signed_in(stranger())):
        html = page(browser, badge)
        assert "2 personnes ont félicité pour ce badge." in html
        assert "Bob Leroy" not in html
        assert "Zoé Voisine" not in html


def test_one_s_own_badge_is_not_congratulated(badge, alice, signed_in):
    browser = signed_in(alice)

    assert browser.post(path(badge)).status_code == 404
    assert "feliciter" not in page(browser, badge)
    assert not Congratulation.objects.exists()


@pytest.mark.parametrize("visibility, status", [("private", 404), ("members", 303), ("public", 303)])
def test_only_a_badge_that_one_sees(alice, bob, signed_in, visibility, status):
    badge = badge_of(alice, visibility)

    assert signed_in(bob).post(path(badge)).status_code == status
    assert Congratulation.objects.count() == (status == 303)


def test_a_revoked_badge_and_a_closed_account_are_not_congratulated(alice, bob, signed_in):
    revoked = badge_of(alice, revoked=True)
    assert signed_in(bob).post(path(revoked)).status_code == 404
    badge = badge_of(alice)
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)

    assert signed_in(bob).post(path(badge)).status_code == 404
    assert not Congratulation.objects.exists()


@pytest.mark.parametrize("begun_by_holder", [True, False])
def test_a_block_takes_the_congratulation_out_and_lets_in_no_other(
    badge, alice, bob, signed_in, begun_by_holder
):
    signed_in(bob).post(path(badge))
    person, blocked = (alice, bob) if begun_by_holder else (bob, alice)
    Block.objects.create(person=person, blocked=blocked)

    assert "Bob Leroy" not in signed_in(alice).get(f"/badges/{badge.uid}/reconnaissances/").content.decode()
    html = page(signed_in(bob), badge)
    assert "félicité" not in html
    assert "feliciter" not in html
    assert signed_in(bob).post(path(badge)).status_code == 404


def test_a_closed_account_is_not_counted(badge, bob, signed_in, client):
    signed_in(bob).post(path(badge))
    assert "1 personne a félicité" in page(client, badge)
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)

    assert "félicité" not in page(client, badge)


def test_somebody_without_name_is_a_member(badge, alice, signed_in):
    signed_in(stranger("")).post(path(badge))

    html = signed_in(alice).get(f"/badges/{badge.uid}/reconnaissances/").content.decode()
    assert "Un membre" in html
    assert "personne" not in html.split("felicitations")[-1].split("</section>")[0].replace(
        'class="person', ""
    )
