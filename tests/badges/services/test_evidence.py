"""What shows that an award is deserved is written, noted, and signed with it."""

import json

import pytest

from badges import addresses
from badges.enums import EventKind, RevocationReason
from badges.exceptions import NotPossible
from badges.formats import jws
from badges.models import Evidence, SignedDocuments
from badges.services import evidence
from badges.services.revoke import revoke
from tests.factories import AssertionFactory
from tests.signed import signed

pytestmark = pytest.mark.django_db


def said(award) -> dict[str, list]:
    """What each form of the documents says in evidence."""
    found = SignedDocuments.objects.get(assertion=award)
    hosted, token = json.loads(found.hosted), json.loads(jws.read(found.token).payload)
    credential = json.loads(found.credential)
    signed_form = json.loads(jws.read(found.signed).payload)
    return {
        "hosted": hosted.get("evidence"),
        "signed": signed_form.get("evidence"),
        "credential": credential.get("evidence"),
        "token": token.get("evidence"),
    }


def test_it_goes_into_every_form_of_a_held_award():
    award = signed()
    told = Evidence(name="Compte rendu", narrative="A animé l’atelier.")
    linked = Evidence(name="Photo", url="https://exemple.fr/photo.jpg")
    evidence.save(assertion=award, kept=[told, linked], removed=[], by=None)

    ids = [addresses.evidence(told.uid), "https://exemple.fr/photo.jpg"]
    for form in said(award).values():
        assert [item["id"] for item in form] == ids
        assert [item["name"] for item in form] == ["Compte rendu", "Photo"]
        assert form[0]["narrative"] == "A animé l’atelier."


def test_what_is_taken_away_is_said_no_more():
    award = signed()
    told = Evidence(name="Compte rendu", narrative="A animé l’atelier.")
    evidence.save(assertion=award, kept=[told], removed=[], by=None)
    evidence.save(assertion=award, kept=[], removed=[told], by=None)

    assert not award.evidence.exists()
    assert said(award) == {"hosted": None, "signed": None, "credential": None, "token": None}


def test_each_change_is_noted_with_who_and_both_names(olga):
    award = AssertionFactory()
    first, second = Evidence(name="Rapport", narrative="x"), Evidence(name="Photo", narrative="x")
    evidence.save(assertion=award, kept=[first, second], removed=[], by=olga)
    first.name = "Compte rendu"
    evidence.save(assertion=award, kept=[first], removed=[second], by=olga)

    noted = award.events.order_by("pk").values_list("kind", "by", "before", "after")
    assert list(noted) == [
        (EventKind.EVIDENCE, olga.pk, "", "Rapport"),
        (EventKind.EVIDENCE, olga.pk, "", "Photo"),
        (EventKind.EVIDENCE, olga.pk, "Photo", ""),
        (EventKind.EVIDENCE, olga.pk, "Rapport", "Compte rendu"),
    ]


def test_a_waiting_award_is_not_signed():
    award = AssertionFactory()
    evidence.save(assertion=award, kept=[Evidence(name="Photo", narrative="x")], removed=[], by=None)

    assert award.evidence.get().name == "Photo"
    assert not SignedDocuments.objects.exists()


def test_nothing_given_signs_and_notes_nothing():
    award = signed()
    before = SignedDocuments.objects.values().get()
    evidence.save(assertion=award, kept=[], removed=[], by=None)

    assert SignedDocuments.objects.values().get() == before
    assert not award.events.exists()


def test_a_revoked_award_is_left_as_it_was():
    award = signed()
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    before = SignedDocuments.objects.values().get()
    with pytest.raises(NotPossible, match="ses preuves ne changent plus"):
        evidence.save(assertion=award, kept=[Evidence(name="Photo", narrative="x")], removed=[], by=None)

    assert SignedDocuments.objects.values().get() == before
    assert not award.evidence.exists()


def test_it_stays_with_its_own_award():
    award, other = AssertionFactory(), AssertionFactory()
    foreign = Evidence(name="Photo", narrative="x", assertion=other)
    evidence.save(assertion=award, kept=[foreign], removed=[], by=None)

    assert foreign.assertion == award
