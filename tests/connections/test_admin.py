import pytest
from django.urls import reverse

from accounts.models import User
from connections.models import Comment, Report
from pages.models import Page
from tests.factories import BadgeClassFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "admin:connections_comment_changelist"


@pytest.fixture
def comment(alice):
    return Comment.objects.create(badge_class=BadgeClassFactory(), author=alice, text="Un mot de trop.")


def act(browser, action, comment):
    return browser.post(reverse(LIST), {"action": action, "_selected_action": [comment.pk]}, follow=True)


def test_an_administrator_hides_a_comment_and_shows_it_again(signed_in, comment):
    browser = signed_in(User.objects.create_superuser("ada@exemple.fr", "ada a douze lettres"))
    page = comment.badge_class.get_absolute_url()
    assert "Un mot de trop." in browser.get(page).content.decode()

    act(browser, "hide", comment)
    assert "Un mot de trop." not in browser.get(page).content.decode()

    act(browser, "show", comment)
    assert "Un mot de trop." in browser.get(page).content.decode()


def test_an_organiser_does_not_moderate(signed_in, olga, amcsti, comment):
    answer = signed_in(olga).get(reverse(LIST))

    assert answer.status_code in {302, 403, 404}
    assert "Un mot de trop." not in answer.content.decode()


REPORTS = "admin:connections_report_changelist"


@pytest.fixture
def ada(signed_in):
    return signed_in(User.objects.create_superuser("ada@exemple.fr", "ada a douze lettres"))


@pytest.fixture
def told(comment, bob):
    def tell(what="comment", subject=None, reporter=bob, label="Un mot de trop."):
        return Report.objects.create(
            reporter=reporter, what=what, subject=subject or str(comment.uid), label=label, reason="hurtful"
        )

    return tell


def test_reports_that_wait_are_listed_and_settled(ada, told, alice):
    first, other = told(), told("badge", "b", label="Un badge")

    ada.post(reverse(REPORTS), {"action": "settle", "_selected_action": [first.pk]}, follow=True)

    first.refresh_from_db()
    assert first.settled_by.email == "ada@exemple.fr"
    html = ada.get(reverse(REPORTS)).content.decode()
    assert ["Un mot de trop." in html, "Un badge" in html] == [False, True]
    html = ada.get(f"{reverse(REPORTS)}?etat=regles").content.decode()
    assert ["Un mot de trop." in html, "Un badge" in html] == [True, False]
    html = ada.get(f"{reverse(REPORTS)}?etat=tous").content.decode()
    assert other.label in html
    assert "Un mot de trop." in html


def test_a_reported_comment_is_hidden_and_its_report_settled(ada, told, comment):
    row = told()
    ada.post(reverse(REPORTS), {"action": "hide_comments", "_selected_action": [row.pk]}, follow=True)

    comment.refresh_from_db()
    row.refresh_from_db()
    assert comment.hidden_at is not None
    assert row.settled_at is not None


def test_a_report_leads_to_what_it_is_about(ada, told, comment, alice, bob, olga):
    page = Page.objects.create(owner=alice, title="Page")
    places = {
        told(reporter=olga): reverse("admin:connections_comment_change", args=[comment.pk]),
        told("profile", str(alice.uid)): f"/u/{alice.profile.handle}/",
        told("page", str(page.uid)): f"/p/{page.uid}/",
        told("badge", comment.badge_class.slug): comment.badge_class.get_absolute_url(),
    }
    for row, address in places.items():
        html = ada.get(reverse("admin:connections_report_change", args=[row.pk])).content.decode()
        assert f'<a href="{address}">' in html
    for what in ("comment", "profile", "page"):
        row = told(what, "00000000-0000-4000-8000-000000000000")
        html = ada.get(reverse("admin:connections_report_change", args=[row.pk])).content.decode()
        assert "Cela n’existe plus." in html


def test_an_organiser_reads_no_report(signed_in, olga, amcsti, told):
    row = told()
    for address in (reverse(REPORTS), reverse("admin:connections_report_change", args=[row.pk])):
        answer = signed_in(olga).get(address)
        assert answer.status_code in {302, 403, 404}
        assert "Un mot de trop." not in answer.content.decode()


def test_the_list_of_reports_costs_the_same_with_one_and_many(ada, told, django_assert_num_queries):
    for number in (1, 5):
        for n in range(number):
            told("badge", f"b{number}{n}", UserFactory(name="Bob"))
        with django_assert_num_queries(5):
            ada.get(reverse(REPORTS))
