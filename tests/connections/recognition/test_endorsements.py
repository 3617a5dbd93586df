"""A recommendation as machines read it: Open Badges 3.0 and 2.0, signed by the site."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.urls import resolve, reverse

from badges import addresses as of_badges
from badges.formats import containers
from badges.formats.report import Verdict
from badges.formats.verify import verify
from badges.models import Endorsement, ImportedBadge, Issuer, SigningKey
from badges.services import keys, sign
from badges.services.rotate import rotate
from badges.services.site import site_issuer
from badges.verification.ours import Ours
from badges.verification.sources import Files
from connections import addresses
from connections.models import Recognition
from tests.connections.recognition.made import TEXT, accepted, accepted_by_mail, badge_of, written
from tests.factories import BadgeClassFactory, IssuerFactory
from tests.signed import BROWSER

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(alice):
    return badge_of(alice, badge_class__name="Médiation")


def read(client, row, form="ob3", **headers) -> dict:
    answer = client.get(f"/{form}/recommandations/{row.uid}", headers=headers)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def judged(document: dict):
    found = containers.find(json.dumps(document).encode())[0]
    return verify(found, documents=Ours(Files({})), at=datetime.now(UTC))


def codes(report) -> dict[str, bool | None]:
    return {check.code: check.ok for check in report.checks}


def test_what_a_credential_says(client, badge, bob):
    row = accepted(badge, bob)
    credential = read(client, row)

    site = site_issuer()
    assert credential["id"] == addresses.endorsement_credential(row.uid)
    assert credential["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert credential["name"] == "Recommandation du badge «\u00a0Médiation\u00a0»"
    assert credential["description"] == (
        "Écrit par Bob Leroy, qui a un compte sur Passeport à badges. Le site signe, car l’auteur n’a pas de clé."
    )
    assert credential["issuer"] == {
        "id": of_badges.controller(site.uid),
        "type": ["Profile"],
        "name": "Passeport à badges",
        "url": "http://localhost:8000",
        "email": "badges@localhost",
    }
    assert credential["credentialSubject"] == {
        "id": of_badges.credential(badge.uid),
        "type": ["EndorsementSubject"],
        "endorsementComment": f"{TEXT}\n\n— Bob Leroy",
    }
    assert "exemple.fr" not in json.dumps(credential)


def test_somebody_without_account_is_not_vouched_for(client, badge):
    credential = read(client, accepted_by_mail(badge))

    assert "invitée par e-mail" in credential["description"]
    assert "ne garantit pas le nom" in credential["description"]
    assert credential["credentialSubject"]["endorsementComment"].endswith("— Jeanne Prof")


def test_our_verifier_proves_it_alone_and_within_the_badge(client, badge, bob):
    credential = read(client, accepted(badge, bob))
    alone = codes(judged(credential))
    assert {code for code, ok in alone.items() if ok is False} == set()
    assert any("proof" in code or "signature" in code for code, ok in alone.items() if ok)

    award = json.loads(sign.documents_of(badge).credential)
    award.pop("proof")
    ring = keys.ring(badge.badge_class.issuer)
    carrying = sign.prove({**award, "endorsement": [credential]}, ring.proof, datetime.now(UTC))
    assert codes(judged(carrying))["endorsement-proved"] is True

    forged = json.loads(json.dumps(credential).replace("hors pair", "quelconque"))
    carrying = sign.prove({**award, "endorsement": [forged]}, ring.proof, datetime.now(UTC))
    assert codes(judged(carrying))["endorsement-doubtful"] is None


def test_the_2_0_form_is_hosted_and_named_by_the_site(client, badge, bob):
    row = accepted(badge, bob)
    document = read(client, row, "ob2")

    assert document == {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Endorsement",
        "id": addresses.endorsement(row.uid),
        "claim": {"id": of_badges.assertion(badge.uid), "endorsementComment": f"{TEXT}\n\n— Bob Leroy"},
        "issuer": of_badges.issuer(site_issuer().uid),
        "issuedOn": row.written_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verification": {"type": "HostedBadge"},
    }
    profile = json.loads(client.get(f"/ob2/issuers/{site_issuer().uid}").content)
    assert (profile["name"], profile["url"]) == ("Passeport à badges", "http://localhost:8000")


def test_a_machine_gets_the_bytes_that_were_signed_under_its_media_type(client, badge, bob):
    row = accepted(badge, bob)
    path = f"/ob3/recommandations/{row.uid}"

    answer = client.get(path, headers={"accept": "application/vc"})
    assert answer.headers["Content-Type"] == "application/vc"
    assert answer.content.decode() == Recognition.objects.get().credential
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert (
        client.get(
            path, headers={"accept": "application/vc", "if-none-match": answer.headers["ETag"]}
        ).status_code
        == 304
    )
    assert client.get(path, headers=BROWSER).status_code == 200
    assert client.post(path).status_code == 405


def test_what_is_hidden_is_as_what_never_was(client, alice, badge, bob):
    waiting = written(badge, bob)
    nothing = client.get(f"/ob3/recommandations/{badge.uid}")

    answer = client.get(f"/ob3/recommandations/{waiting.uid}")
    assert (answer.status_code, answer.content) == (404, nothing.content)


def test_one_that_is_not_signed_yet_is_signed_when_it_is_asked_for(client, badge, bob, settings, monkeypatch):
    monkeypatch.setattr("connections.services.certify.prove", _lost)
    row = accepted(badge, bob)
    assert row.credential == ""
    answer = client.get(f"/ob3/recommandations/{row.uid}")
    assert answer.status_code == 503
    monkeypatch.undo()

    assert read(client, row)["proof"]


def _lost(*given):
    raise sign.sealing.SecretLost("lost")


def test_a_badge_from_elsewhere_is_known_by_its_own_identifier(client, alice, bob):
    issuer = IssuerFactory(origin="elsewhere", iri="https://ailleurs.example/issuer")
    badge_class = BadgeClassFactory(issuer=issuer, iri="https://ailleurs.example/badge")
    badge = badge_of(alice, badge_class=badge_class)
    ImportedBadge.objects.create(
        assertion=badge,
        holder=alice,
        iri="https://ailleurs.example/1",
        verdict=Verdict.UNVERIFIABLE,
        container="json",
    )

    row = accepted(badge, bob)
    assert read(client, row)["credentialSubject"]["id"] == "https://ailleurs.example/1"
    assert read(client, row, "ob2")["claim"]["id"] == "https://ailleurs.example/1"


def test_addresses_are_what_is_served():
    uid = site_issuer().uid

    for minted, name, path in [
        (addresses.endorsement, "ob2_endorsement", f"/ob2/recommandations/{uid}"),
        (addresses.endorsement_credential, "ob3_endorsement", f"/ob3/recommandations/{uid}"),
    ]:
        assert minted(uid) == f"http://localhost:8000{path}"
        assert reverse(f"recognition:{name}", args=[uid]) == path
        assert resolve(path).view_name == f"recognition:{name}"


# The site as an issuer


def test_the_site_is_one_issuer_that_no_list_shows(client, badge, bob, olga, amcsti, signed_in):
    assert site_issuer() == site_issuer()
    accepted(badge, bob)
    site = site_issuer()

    assert site not in Issuer.objects.here()
    assert site not in Issuer.objects.in_gallery()
    assert client.get(f"/galerie/emetteurs/{site.slug}/").status_code == 404
    type(olga).objects.filter(pk=olga.pk).update(is_superuser=True)
    boss = signed_in(olga)
    assert site.slug not in boss.get("/admin/badges/issuer/").content.decode()
    assert boss.get(f"/admin/badges/issuer/{site.pk}/change/").status_code == 302
    assert not Endorsement.objects.exists()


def test_a_badge_may_be_issued_by_an_organisation_of_the_same_name(db, settings):
    namesake = IssuerFactory(name=settings.SITE_NAME, slug="passeport-a-badges")

    assert site_issuer().slug != namesake.slug


def test_other_keys_of_the_site_leave_what_was_signed_good(client, badge, bob):
    row = accepted(badge, bob)
    former = Recognition.objects.get().credential

    call_command("rotate_keys", site_issuer().slug)
    assert Recognition.objects.get().credential == former
    assert {code for code, ok in codes(judged(read(client, row))).items() if ok is False} == set()


def test_stolen_keys_of_the_site_sign_everything_anew(client, badge, bob, olga):
    row, waiting = accepted(badge, bob), written(badge, olga)
    former = read(client, row)

    rotate(issuer=site_issuer(), revoke=True)
    again = read(client, row)
    assert again["proof"][0]["verificationMethod"] != former["proof"][0]["verificationMethod"]
    assert {code for code, ok in codes(judged(again)).items() if ok is False} == set()
    assert {code for code, ok in codes(judged(former)).items() if ok is False} != set()
    waiting.refresh_from_db()
    assert waiting.credential == ""
    rotate(issuer=badge.badge_class.issuer, revoke=True)
    assert read(client, row) == again
    assert SigningKey.objects.filter(issuer=site_issuer(), retired_at=None).count() == 2


@pytest.mark.parametrize("form, budget", [("ob2", 3), ("ob3", 1)])
def test_cost(client, badge, bob, django_assert_num_queries, form, budget):
    row = accepted(badge, bob)

    with django_assert_num_queries(budget):
        read(client, row, form)
