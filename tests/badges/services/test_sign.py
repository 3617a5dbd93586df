"""An accepted award is signed once, in every form, and what is served is what was signed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from badges import addresses
from badges.enums import EventKind, Origin, RevocationReason
from badges.exceptions import NotPossible
from badges.formats import jws, proofs, status
from badges.formats import keys as formats
from badges.models import Assertion, BadgeVersion, SignedDocuments
from badges.services import keys
from badges.services import sign as signing
from badges.services.accept import accept
from badges.services.endorse import endorse
from badges.services.expire import expire
from badges.services.keys import ring
from badges.services.revoke import revoke
from badges.services.rotate import rotate
from badges.services.statuses import bits
from tests.factories import AssertionFactory, IssuerFactory

pytestmark = pytest.mark.django_db
ISSUED = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def award(alice):
    """Alice has accepted it, as people do."""
    waiting = AssertionFactory(recipient_address="Alice@Exemple.fr", issued_at=ISSUED)
    return accept(assertion=waiting, holder=alice)


def documents(award) -> SignedDocuments:
    return SignedDocuments.objects.get(assertion=award)


def test_a_waiting_badge_is_not_signed():
    AssertionFactory()

    assert not SignedDocuments.objects.exists()


def test_accepting_writes_every_form(award):
    found = documents(award)

    assert json.loads(found.hosted)["id"] == addresses.assertion(award.uid)
    assert json.loads(jws.read(found.signed).payload)["id"] == addresses.signed_urn(award.uid)
    assert json.loads(found.credential)["id"] == addresses.credential(award.uid)
    assert json.loads(jws.read(found.token).payload)["jti"] == addresses.credential(award.uid)


def test_all_forms_say_the_same(award):
    found = documents(award)
    hosted, signed = json.loads(found.hosted), json.loads(jws.read(found.signed).payload)
    credential, token = json.loads(found.credential), json.loads(jws.read(found.token).payload)

    assert hosted["recipient"] == signed["recipient"]
    assert hosted["issuedOn"] == signed["issuedOn"] == credential["validFrom"] == "2026-03-12T09:00:00Z"
    assert token["nbf"] == int(ISSUED.timestamp())
    subject = credential["credentialSubject"]
    assert subject == token["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == hosted["recipient"]["identity"]
    assert subject["achievement"]["name"] == award.badge_class.name == credential["name"]


def test_the_address_is_nowhere_in_clear_and_the_salt_is_long(award):
    found = documents(award)

    assert "alice@exemple.fr" not in (found.hosted + found.credential).lower()
    assert len(found.salt) >= 22


def test_the_signatures_are_the_issuers(award):
    used, found = ring(award.badge_class.issuer), documents(award)
    credential = json.loads(found.credential)
    [proof] = proofs.of(credential)

    proofs.check(credential, proof, formats.of_multikey(used.proof.public))
    jws.check(jws.read(found.signed), formats.of_pem(used.token.public))
    jws.check(jws.read(found.token), formats.of_pem(used.token.public))
    assert proof["verificationMethod"] == addresses.key(used.proof.uid)
    assert proof["created"] == found.signed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert jws.read(found.token).header == {
        "alg": "RS256",
        "kid": addresses.key(used.token.uid),
        "typ": "JWT",
    }


def test_a_reworded_badge_leaves_what_was_awarded(award, bob):
    award.badge_class.name = "Autre nom"
    award.badge_class.save()
    later = accept(assertion=AssertionFactory(badge_class=award.badge_class), holder=bob)

    assert json.loads(documents(award).credential)["name"] != "Autre nom"
    assert json.loads(documents(later).credential)["name"] == "Autre nom"
    assert BadgeVersion.objects.filter(badge_class=award.badge_class).count() == 2


def test_the_same_wording_is_one_version(award, bob):
    accept(assertion=AssertionFactory(badge_class=award.badge_class), holder=bob)

    assert BadgeVersion.objects.count() == 1


def test_another_end_is_signed_and_is_newer(award):
    before = documents(award)
    end = timezone.now() + timedelta(days=30)

    expire(assertion=award, at=end, by=None)

    after = documents(award)
    said = json.loads(after.credential)
    assert (after.salt, said["id"]) == (before.salt, json.loads(before.credential)["id"])
    assert said["validUntil"] == end.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert said["validFrom"] > json.loads(before.credential)["validFrom"]
    assert award.events.filter(kind=EventKind.EXPIRY).count() == 1


def test_an_end_that_is_past_is_not_before_the_beginning(award):
    end = timezone.now() - timedelta(days=1)

    expire(assertion=award, at=end, by=None)

    said = json.loads(documents(award).credential)
    assert said["validFrom"] == said["validUntil"] == end.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_waiting_badge_with_another_end_is_not_signed_yet():
    expire(assertion=AssertionFactory(), at=timezone.now() + timedelta(days=1), by=None)

    assert not SignedDocuments.objects.exists()


def test_places_in_status_lists_are_never_shared(award, bob):
    other = accept(assertion=AssertionFactory(badge_class=award.badge_class), holder=bob)

    first, second = award.status_entry, other.status_entry
    assert first.status_list == second.status_list
    assert first.index != second.index


def test_a_full_list_is_followed_by_another(award, bob, monkeypatch):
    monkeypatch.setattr("secrets.randbelow", lambda size: award.status_entry.index)

    other = accept(assertion=AssertionFactory(badge_class=award.badge_class), holder=bob)

    assert other.status_entry.status_list != award.status_entry.status_list


def test_a_withdrawn_award_has_its_bit(award):
    entry = award.status_entry
    before = bits(entry.status_list)
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    after = bits(entry.status_list)

    assert (status.bit(before.encoded, entry.index), status.bit(after.encoded, entry.index)) == (False, True)
    assert after.changed_at > before.changed_at
    assert bits(entry.status_list) == after


def test_an_erased_award_keeps_its_bit(award):
    entry = award.status_entry
    award.delete()

    assert status.bit(bits(entry.status_list).encoded, entry.index) is True


def test_other_keys_sign_the_tokens_of_2_0_anew_and_nothing_else(award):
    before = documents(award)

    count = rotate(issuer=award.badge_class.issuer)

    after, used = documents(award), ring(award.badge_class.issuer)
    assert (count, after.credential, after.token) == (1, before.credential, before.token)
    jws.check(jws.read(after.signed), formats.of_pem(used.token.public))
    creator = json.loads(jws.read(after.signed).payload)["verification"]["creator"]
    assert creator == addresses.rsa_key(used.token.uid)


def test_after_a_theft_everything_is_signed_anew(award):
    endorsement = endorse(
        badge_class=award.badge_class, issuer=award.badge_class.issuer, comment="Un bon badge."
    )
    former = endorsement.credential

    rotate(issuer=award.badge_class.issuer, revoke=True)

    used, found = ring(award.badge_class.issuer), documents(award)
    assert (found.proof_key, found.token_key) == (used.proof, used.token)
    credential = json.loads(found.credential)
    proofs.check(credential, proofs.of(credential)[0], formats.of_multikey(used.proof.public))
    endorsement.refresh_from_db()
    assert endorsement.credential != former


def test_after_a_theft_no_earlier_key_is_good_either(award):
    issuer = award.badge_class.issuer
    rotate(issuer=issuer)

    rotate(issuer=issuer, revoke=True)

    assert list(issuer.keys.filter(revoked_at=None)) == [*issuer.keys.filter(retired_at=None)]
    assert issuer.keys.filter(revoked_at=None).count() == 2


def test_keys_are_rotated_by_a_command(award, capsys):
    call_command("rotate_keys", award.badge_class.issuer.slug)

    assert "1" in capsys.readouterr().out
    assert award.badge_class.issuer.keys.count() == 4


def test_what_was_accepted_before_is_signed_by_migrate(alice):
    old = AssertionFactory(accepted=True, holder=alice)
    elsewhere = AssertionFactory(
        accepted=True, badge_class__issuer=IssuerFactory(origin=Origin.ELSEWHERE, iri="https://a.example/")
    )
    revoked = AssertionFactory(accepted=True, revoked=True)
    waiting = AssertionFactory()

    call_command("migrate", verbosity=0)

    signed = set(SignedDocuments.objects.values_list("assertion_id", flat=True))
    assert signed == {old.pk}
    assert not signed & {elsewhere.pk, revoked.pk, waiting.pk}


@pytest.fixture
def lost_secret(settings):
    """Keys are there, and nobody can open them."""

    def lose(issuer):
        ring(issuer)
        keys._open.cache_clear()
        settings.KEYS_SECRET = "another secret that is long enough to be one"

    return lose


def test_without_the_secret_people_accept_all_the_same(alice, lost_secret, caplog, settings):
    waiting, secret = AssertionFactory(), settings.KEYS_SECRET
    lost_secret(waiting.badge_class.issuer)

    award = accept(assertion=waiting, holder=alice)

    assert (award.holder, award.version) == (alice, None)
    assert "KEYS_SECRET" in caplog.text
    assert signing.sign_next() == 0
    settings.KEYS_SECRET = secret
    assert signing.sign_next() == 1


def test_one_issuer_whose_keys_do_not_open_holds_no_other_up():
    shut, open_ = AssertionFactory(accepted=True), AssertionFactory(accepted=True)
    ring(shut.badge_class.issuer)
    shut.badge_class.issuer.keys.update(sealed=b"spoilt")

    assert signing.sign_next() == 1

    assert set(SignedDocuments.objects.values_list("assertion_id", flat=True)) == {open_.pk}


def test_what_is_withdrawn_meanwhile_is_not_signed():
    withdrawn = AssertionFactory(accepted=True)
    Assertion.objects.filter(pk=withdrawn.pk).update(revoked_at=timezone.now(), revocation_reason="mistake")

    with pytest.raises(SignedDocuments.DoesNotExist):
        signing.documents_of(withdrawn)


def test_without_the_secret_an_end_is_not_moved(award, lost_secret):
    lost_secret(award.badge_class.issuer)

    with pytest.raises(NotPossible, match="KEYS_SECRET"):
        expire(assertion=award, at=timezone.now(), by=None)

    award.refresh_from_db()
    assert award.expires_at is None


def test_without_the_secret_what_is_signed_is_served(award, lost_secret, client):
    Assertion.objects.filter(pk=award.pk).update(visibility="public")
    lost_secret(award.badge_class.issuer)

    assert client.get(f"/ob3/credentials/{award.uid}").status_code == 200
    answer = client.get(f"/ob3/status/{award.status_entry.status_list.uid}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3600")


def test_other_keys_mend_a_lost_secret(award, lost_secret):
    lost_secret(award.badge_class.issuer)

    assert rotate(issuer=award.badge_class.issuer) == 1


def test_what_is_not_signed_yet_is_signed_when_it_is_asked_for():
    old = AssertionFactory(accepted=True)

    first = signing.documents_of(old)

    assert signing.documents_of(old).credential == first.credential


def test_an_endorsement_is_carried_by_what_is_accepted_after_it(award, bob):
    endorser = IssuerFactory(name="Réseau")
    endorse(badge_class=award.badge_class, issuer=endorser, comment="Un bon badge.")

    later = accept(assertion=AssertionFactory(badge_class=award.badge_class), holder=bob)

    [carried] = json.loads(documents(later).credential)["credentialSubject"]["achievement"]["endorsement"]
    assert carried["issuer"]["name"] == "Réseau"
    proofs.check(carried, proofs.of(carried)[0], formats.of_multikey(ring(endorser).proof.public))
