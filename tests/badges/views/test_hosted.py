"""Open Badges 2.0 at their addresses: what machines read, what browsers see."""

import json
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from badges import addresses
from badges.enums import RevocationReason
from badges.formats import identity, jws, keys
from badges.models import Alignment, Assertion, Evidence
from badges.services import keys as key_rings
from badges.services import sign, status_documents, versions
from badges.services.revoke import revoke
from badges.services.show import show
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory
from tests.signed import BROWSER, signed, stored_picture

pytestmark = pytest.mark.django_db
CONTEXT = "https://w3id.org/openbadges/v2"


@pytest.fixture
def badge():
    issuer = IssuerFactory(
        name="Amcsti", slug="amcsti", url="https://amcsti.exemple.fr/", email="badges@amcsti.exemple.fr"
    )
    badge_class = BadgeClassFactory(
        issuer=issuer,
        slug="congres",
        name="Congrès 2019",
        description="A participé au congrès.",
        criteria="Avoir **participé**.",
        image=stored_picture(),
        image_alt="Une fusée",
        tags=["médiation", "congrès"],
    )
    Alignment.objects.create(
        badge_class=badge_class, name="Médiation", url="https://referentiel.exemple.fr/7", code="M7"
    )
    return badge_class


@pytest.fixture
def award(badge, alice):
    return signed(
        public=True,
        badge_class=badge,
        holder=alice,
        recipient_name="Alice Martin",
        recipient_address="Alice@Exemple.fr",
    )


def read(client, path, **options):
    answer = client.get(path.removeprefix("http://localhost:8000"), **options)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/ld+json"
    assert answer.content.isascii()
    assert "Cookie" not in answer["Vary"]
    assert not answer.cookies
    return json.loads(answer.content)


# Assertions


def test_an_assertion_is_the_very_bytes_that_were_signed(client, award):
    answer = client.get(f"/ob2/assertions/{award.uid}")

    assert answer.content.decode() == award.documents.hosted
    document = json.loads(answer.content)
    assert document["id"] == f"http://localhost:8000/ob2/assertions/{award.uid}"
    assert document["recipient"]["identity"] == identity.hashed("alice@exemple.fr", award.documents.salt)
    assert len(award.documents.salt) == 22
    assert document["verification"] == {"type": "HostedBadge"}
    assert b"exemple.fr" not in answer.content
    assert b"Alice" not in answer.content


def test_every_address_that_an_assertion_names_answers(client, award):
    document = read(client, addresses.assertion(award.uid))

    badge_class = read(client, document["badge"])
    issuer = read(client, badge_class["issuer"])
    key = read(client, issuer["publicKey"])
    assert badge_class["id"] == document["badge"]
    assert issuer["id"] == badge_class["issuer"] == key["owner"]
    assert key["id"] == issuer["publicKey"]
    assert read(client, issuer["revocationList"])["issuer"] == issuer["id"]
    for picture in (document["image"], badge_class["image"]["id"]):
        assert client.get(picture)["Content-Type"] == "image/png"
    assert client.get(badge_class["criteria"]["id"], headers=BROWSER).status_code == 200


def test_a_change_of_wording_changes_nothing_of_what_was_awarded(client, award, badge):
    before = client.get(f"/ob2/assertions/{award.uid}").content
    frozen = read(client, addresses.badge_class(award.version.uid))

    badge.name, badge.description, badge.criteria = "Autre", "Autre chose.", "Autrement."
    badge.save()

    assert client.get(f"/ob2/assertions/{award.uid}").content == before
    assert read(client, addresses.badge_class(award.version.uid)) == frozen
    page = client.get(f"/ob2/badges/{award.version.uid}/criteres", headers=BROWSER).content.decode()
    assert "Avoir <strong>participé</strong>." in page
    assert "Autrement" not in page


def test_a_browser_is_led_to_the_public_page(client, award):
    answer = client.get(f"/ob2/assertions/{award.uid}", headers=BROWSER)

    assert (answer.status_code, answer["Location"]) == (303, f"/b/{award.uid}/")
    assert answer["Vary"] == "Accept"
    assert client.get(answer["Location"]).status_code == 200


def test_a_client_that_has_it_gets_304_until_it_is_signed_again(client, award):
    first = client.get(f"/ob2/assertions/{award.uid}")
    known = {"if-none-match": first["ETag"]}

    assert client.get(f"/ob2/assertions/{award.uid}", headers=known).status_code == 304
    award.expires_at = timezone.now().replace(year=2040)
    award.save()
    with transaction.atomic():
        sign.sign(award)
    again = client.get(f"/ob2/assertions/{award.uid}", headers=known)
    assert (again.status_code, json.loads(again.content)["expires"][:4]) == (200, "2040")


def test_head_and_options_work_without_knowing_anybody(client, award):
    head = client.head(f"/ob2/assertions/{award.uid}")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Access-Control-Allow-Origin"] == "*"

    known, unknown = (client.options(f"/ob2/assertions/{uid}") for uid in (award.uid, uuid.uuid4()))
    assert known.status_code == unknown.status_code == 204
    assert dict(known.headers) == dict(unknown.headers)


def test_going_private_acts_at_once_and_is_forgotten_by_validators(client, award):
    known = {"if-none-match": client.get(f"/ob2/assertions/{award.uid}")["ETag"]}

    show(assertion=award, visibility="private", name_listed=True)

    assert client.get(f"/ob2/assertions/{award.uid}", headers=known).status_code == 404
    assert client.get(f"/ob2/assertions/{award.uid}.jws", headers=known).status_code == 404


def test_the_signed_copy_verifies_with_the_key_of_the_issuer(client, award):
    answer = client.get(f"/ob2/assertions/{award.uid}.jws")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/jose")
    assert answer.content.decode() == award.documents.signed
    token = jws.read(answer.content.decode())
    payload = json.loads(token.payload)
    key = read(client, payload["verification"]["creator"])
    jws.check(token, keys.of_pem(key["publicKeyPem"]))
    assert payload["id"] == addresses.signed_urn(award.uid)
    assert read(client, key["owner"])["publicKey"] == key["id"]


def test_the_signed_copy_is_text_for_who_asks_for_text(client, award):
    answer = client.get(f"/ob2/assertions/{award.uid}.jws", headers={"accept": "text/plain"})

    assert answer["Content-Type"] == "text/plain; charset=utf-8"


# Withdrawn


@pytest.mark.parametrize("suffix", ["", ".jws"])
def test_a_withdrawn_public_badge_is_gone_and_names_nobody(client, award, suffix):
    revoke(assertion=award, reason=RevocationReason.CRITERIA)

    answer = client.get(f"/ob2/assertions/{award.uid}{suffix}")

    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert json.loads(answer.content) == {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": f"http://localhost:8000/ob2/assertions/{award.uid}",
        "revoked": True,
        "revocationReason": "critères non remplis",
    }


def test_a_browser_is_led_to_the_page_that_says_so(client, award):
    revoke(assertion=award, reason=RevocationReason.CRITERIA)

    answer = client.get(f"/ob2/assertions/{award.uid}", headers=BROWSER)

    assert (answer.status_code, answer["Location"]) == (303, f"/b/{award.uid}/")
    assert client.get(answer["Location"]).status_code == 410


def test_the_list_of_withdrawn_badges_names_their_signed_copies(client, award, badge):
    others = [signed(badge_class=badge, recipient_name=name) for name in ("Bob Leroy", "Chloé Roy")]
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    revoke(assertion=others[0], reason=RevocationReason.REQUEST)
    never_signed = AssertionFactory(badge_class=badge)
    revoke(assertion=never_signed, reason=RevocationReason.MISTAKE)
    signed(public=True, revoked=True)  # of another issuer

    document = read(client, addresses.revocations(badge.issuer.uid))

    never, *entries = document.pop("revokedAssertions")
    assert document == {
        "@context": CONTEXT,
        "type": "RevocationList",
        "id": addresses.revocations(badge.issuer.uid),
        "issuer": addresses.issuer(badge.issuer.uid),
    }
    assert entries == [
        {"id": addresses.signed_urn(award.uid), "revocationReason": "badge délivré par erreur"},
        {
            "id": addresses.signed_urn(others[0].uid),
            "revocationReason": "à la demande de la personne bénéficiaire",
        },
    ]
    # The widespread validator does not apply a list of one.
    assert uuid.UUID(never.removeprefix("urn:uuid:"))


def test_a_long_list_gives_the_reasons_of_the_latest_only(client, badge, monkeypatch):
    monkeypatch.setattr(status_documents, "REASONS", 1)
    awards = [signed(badge_class=badge, recipient_name=name) for name in ("Alice", "Bob", "Chloé")]
    for award in awards:
        revoke(assertion=award, reason=RevocationReason.MISTAKE)

    _never, *entries = read(client, addresses.revocations(badge.issuer.uid))["revokedAssertions"]

    urns = [addresses.signed_urn(award.uid) for award in awards]
    assert entries == [*urns[:2], {"id": urns[2], "revocationReason": "badge délivré par erreur"}]


def test_the_list_is_made_once_for_each_state(client, award, badge, monkeypatch):
    path = f"/ob2/revocations/{badge.issuer.uid}"
    before = client.get(path)
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    after = client.get(path, headers={"if-none-match": before["ETag"]})
    monkeypatch.setattr(status_documents, "_list", lambda *args: pytest.fail("made again"))

    assert (after.status_code, client.get(path).content) == (200, after.content)
    assert client.get(path, headers={"if-none-match": after["ETag"]}).status_code == 304


def test_the_list_tells_no_address_of_an_award(client, award, badge):
    revoke(assertion=award, reason=RevocationReason.MISTAKE)

    assert str(award.uid).encode() not in client.get(f"/ob2/revocations/{badge.issuer.uid}").content


# Badges


def test_a_badge_class_is_one_version_of_a_badge(client, award, badge):
    assert read(client, addresses.badge_class(award.version.uid)) == {
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": f"http://localhost:8000/ob2/badges/{award.version.uid}",
        "name": "Congrès 2019",
        "description": "A participé au congrès.",
        "image": {
            "id": f"http://localhost:8000/badges/images/{badge.image[:64]}-440.png",
            "caption": "Une fusée",
        },
        "criteria": {
            "id": f"http://localhost:8000/ob2/badges/{award.version.uid}/criteres",
            "narrative": "Avoir **participé**.",
        },
        "issuer": f"http://localhost:8000/ob2/issuers/{badge.issuer.uid}",
        "tags": ["médiation", "congrès"],
        "alignment": [
            {"targetName": "Médiation", "targetUrl": "https://referentiel.exemple.fr/7", "targetCode": "M7"}
        ],
    }


def test_a_version_has_a_page_that_leads_to_the_badge_of_today(client, award, badge):
    page = client.get(f"/ob2/badges/{award.version.uid}", headers=BROWSER)

    text = page.content.decode()
    assert page.status_code == 200
    assert "<h1>Congrès 2019</h1>" in text
    assert 'href="/galerie/badges/congres/"' in text
    assert f"/badges/images/{badge.image[:64]}-440.webp" in text
    assert "no-store" in page["Cache-Control"]
    assert "Accept" in page["Vary"]


def test_what_an_organiser_wrote_is_inert_on_the_page(client, badge):
    badge.name = badge.criteria = badge.description = "<script>alert(1)</script>"
    badge.criteria_url = 'https://exemple.fr/"><script>'
    badge.tags = ["<img src=x onerror=alert(1)>"]
    badge.save()
    version = versions.current(badge)

    for path in (f"/ob2/badges/{version.uid}", f"/ob2/badges/{version.uid}/criteres"):
        text = client.get(path, headers=BROWSER).content.decode()
        assert "<script>" not in text
        assert "<img src=x" not in text


def test_a_badge_that_is_not_published_is_served_once_it_is_awarded(client, badge, award):
    badge.published_at = None
    badge.save()

    assert read(client, addresses.badge_class(award.version.uid))["name"] == "Congrès 2019"
    page = client.get(f"/ob2/badges/{award.version.uid}", headers=BROWSER).content.decode()
    assert "/galerie/badges/congres/" not in page


def test_criteria_are_a_page_and_a_document(client, award):
    page = client.get(f"/ob2/badges/{award.version.uid}/criteres", headers=BROWSER)
    assert "Critères de «\u00a0Congrès 2019\u00a0»" in page.content.decode()

    assert read(client, addresses.criteria(award.version.uid)) == {
        "@context": CONTEXT,
        "type": "Criteria",
        "id": addresses.criteria(award.version.uid),
        "narrative": "Avoir **participé**.",
    }


# Issuers


def test_an_issuer_names_one_key(client, award, badge):
    ring = key_rings.ring(badge.issuer)

    assert read(client, addresses.issuer(badge.issuer.uid)) == {
        "@context": CONTEXT,
        "type": "Issuer",
        "id": f"http://localhost:8000/ob2/issuers/{badge.issuer.uid}",
        "name": "Amcsti",
        "url": "https://amcsti.exemple.fr/",
        "email": "badges@amcsti.exemple.fr",
        "publicKey": f"http://localhost:8000/ob2/keys/{ring.token.uid}",
        "revocationList": f"http://localhost:8000/ob2/revocations/{badge.issuer.uid}",
    }


def test_a_browser_is_led_to_the_page_of_the_issuer_where_there_is_one(client, award, badge):
    answer = client.get(f"/ob2/issuers/{badge.issuer.uid}", headers=BROWSER)
    assert (answer.status_code, answer["Location"]) == (303, "/galerie/emetteurs/amcsti/")

    badge.published_at = None
    badge.save()
    assert read(client, addresses.issuer(badge.issuer.uid), headers=BROWSER)["name"] == "Amcsti"


@pytest.mark.parametrize("origin", ["elsewhere", "claimed"])
def test_what_comes_from_elsewhere_has_no_address_here(client, alice, origin):
    issuer = IssuerFactory(origin=origin, iri="https://ailleurs.example/issuer")
    badge = BadgeClassFactory(issuer=issuer, iri="https://ailleurs.example/badge")
    version = versions.current(badge)
    award = AssertionFactory(public=True, badge_class=badge, version=version, holder=alice)
    told = Evidence.objects.create(assertion=award, name="Preuve", narrative="Ce qui a été fait.")

    for path in (
        f"/ob2/assertions/{award.uid}",
        f"/ob2/badges/{version.uid}",
        f"/ob2/badges/{version.uid}/criteres",
        f"/ob2/issuers/{issuer.uid}",
        f"/ob2/revocations/{issuer.uid}",
        f"/ob2/evidence/{told.uid}",
        f"/ob3/credentials/{award.uid}",
        f"/ob3/achievements/{version.uid}",
        f"/ob3/issuers/{issuer.uid}",
        f"/ob3/issuers/{issuer.uid}/did.json",
    ):
        assert client.get(path).status_code == 404, path
        assert client.get(path, headers=BROWSER).status_code == 404, path
    assert issuer.keys.count() == 0


# Evidence


def test_evidence_is_told_while_its_badge_is_public(client, award):
    told = Evidence.objects.create(assertion=award, name="Atelier", narrative="Un atelier\nmené seule.")

    assert read(client, addresses.evidence(told.uid)) == {
        "@context": CONTEXT,
        "type": "Evidence",
        "id": addresses.evidence(told.uid),
        "name": "Atelier",
        "narrative": "Un atelier\nmené seule.",
    }
    page = client.get(f"/ob2/evidence/{told.uid}", headers=BROWSER).content.decode()
    assert "<h1>Atelier</h1>" in page
    assert "Un atelier<br>mené seule." in page
    assert f'href="/b/{award.uid}/"' in page


def test_evidence_with_an_address_of_its_own_is_not_told_here(client, award):
    elsewhere = Evidence.objects.create(assertion=award, name="Atelier", url="https://exemple.fr/atelier")

    assert client.get(f"/ob2/evidence/{elsewhere.uid}").status_code == 404


# Cost


@pytest.mark.parametrize(
    "path, budget",
    [
        ("/ob2/assertions/{award.uid}", 2),
        ("/ob2/assertions/{award.uid}.jws", 2),
        ("/ob2/badges/{award.version.uid}", 3),
        ("/ob2/issuers/{award.badge_class.issuer.uid}", 3),
        ("/ob2/revocations/{award.badge_class.issuer.uid}", 4),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_cost_does_not_grow(client, award, badge, path, budget, count, django_assert_num_queries):
    for number in range(count):
        revoke(
            assertion=signed(badge_class=badge, recipient_name=f"Camille {number}"),
            reason=RevocationReason.MISTAKE,
        )

    address = path.format(award=award)
    with django_assert_num_queries(budget):
        assert client.get(address).status_code == 200


def test_a_badge_without_documents_gets_them_when_it_is_first_asked_for(client, alice):
    award = AssertionFactory(public=True, holder=alice)

    assert read(client, addresses.assertion(award.uid))["type"] == "Assertion"
    assert Assertion.objects.get(pk=award.pk).documents
