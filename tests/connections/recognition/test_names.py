"""A request leaves in the name of this site: no name that it tells leads elsewhere, no badge in it is unproved."""

import pytest

from accounts.models import Profile
from badges.models import BadgeClass, ImportedBadge, Issuer
from connections.models import RecognitionRequest
from tests.badges.admin.test_imported import import_badge
from tests.connections.recognition.made import badge_of

pytestmark = pytest.mark.django_db
LURE = "Gagnez : www.evil.example/x"


def ask(browser, badge, to="prof@exemple.fr"):
    return browser.post(f"/badges/{badge.uid}/demander-une-recommandation/", {"to": to})


def _holder(badge):
    Profile.objects.filter(user=badge.holder).update(first_name=LURE)


def _badge(badge):
    BadgeClass.objects.filter(pk=badge.badge_class_id).update(name=LURE)


def _issuer(badge):
    Issuer.objects.filter(pk=badge.badge_class.issuer_id).update(name=LURE)


@pytest.mark.parametrize("lure", [_holder, _badge, _issuer])
def test_no_name_leads_elsewhere(alice, signed_in, lure):
    badge = badge_of(alice)
    lure(badge)

    assert ask(signed_in(alice), badge).status_code == 422
    assert not RecognitionRequest.objects.exists()


@pytest.mark.parametrize("verdict, status", [("authentic", 303), ("unverifiable", 422), ("unreachable", 422)])
def test_only_a_proved_badge_from_elsewhere_leaves_by_mail(alice, signed_in, verdict, status):
    badge = import_badge(alice, 1).assertion
    ImportedBadge.objects.filter(assertion=badge).update(verdict=verdict)

    assert ask(signed_in(alice), badge).status_code == status
    assert RecognitionRequest.objects.exists() == (status == 303)
