"""Who may issue, and enters the administration for it alone."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from badges.models import Issuer, IssuerMember
from badges.services import keys, organisers
from tests.factories import BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return UserFactory(is_staff=True, is_superuser=True)


def test_who_organises_for_a_deleted_issuer_alone_no_longer_enters(amcsti, olga, bob, administrator):
    organisers.appoint(issuer=amcsti, user=bob)
    organisers.appoint(issuer=amcsti, user=administrator)
    organisers.appoint(issuer=IssuerFactory(), user=bob)
    keys.ring(amcsti)

    organisers.close(issuer=amcsti)

    for person in (olga, bob, administrator):
        person.refresh_from_db()
    assert (olga.is_staff, bob.is_staff, administrator.is_staff) == (False, True, True)
    assert not Issuer.objects.filter(slug="amcsti").exists()


def test_an_issuer_with_badges_keeps_its_organisers(amcsti, olga):
    BadgeClassFactory(issuer=amcsti)
    with pytest.raises(ProtectedError):
        organisers.close(issuer=amcsti)

    olga.refresh_from_db()
    assert olga.is_staff
    assert IssuerMember.objects.get().user == olga


def test_the_administration_dismisses_them_for_one_and_for_many(signed_in, administrator, amcsti, olga, bob):
    other = IssuerFactory()
    organisers.appoint(issuer=other, user=bob)
    browser = signed_in(administrator)
    browser.post(reverse("admin:badges_issuer_delete", args=[amcsti.pk]), {"post": "yes"})
    browser.post(
        reverse("admin:badges_issuer_changelist"),
        {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"},
    )

    for person in (olga, bob):
        person.refresh_from_db()
    assert (olga.is_staff, bob.is_staff) == (False, False)
    assert not Issuer.objects.exists()
