"""Open Badges 3.0 at their addresses: credentials, tokens, issuers with their keys."""

import json

import pytest
from django.db import transaction

from badges import addresses, stating
from badges.enums import RevocationReason
from badges.formats import jsons, jws, keys, proofs, schemas
from badges.formats.issue import ob3
from badges.models import Endorsement
from badges.services import keys as key_rings
from badges.services import sign, versions
from badges.services.revoke import revoke
from tests.factories import BadgeClassFactory, IssuerFactory
from tests.signed import BROWSER, signed, stored_picture

pytestmark = pytest.mark.django_db
ORIGIN = "http://localhost:8000"
FORMS = [
    ("application/ld+json", "credential"),
    ("application/vc+ld+json", "credential"),
    ("application/vc", "credential"),
    ("application/json", "credential"),
    ("application/vc+jwt", "token"),
    ("application/jwt", "token"),
    ("text/plain", "token"),
]


@pytest.fixture
def badge():
    issuer = IssuerFactory(name="Amcsti", slug="amcsti", url="https://amcsti.exemple.fr/")
    return BadgeClassFactory(issuer=issuer, name="Congrès 2019", image=stored_picture())


@pytest.fixture
def award(badge, alice):
    return signed(
        public=True,
        badge_class=badge,
        holder=alice,
        recipient_name="Alice Martin",
        recipient_address="alice@exemple.fr",
    )


def read(client, address, **options):
    answer = client.get(address.removeprefix(ORIGIN), **options)
    assert answer.status_code == 200, answer.content
    assert answer.content.isascii()
    assert not answer.cookies
    return json.loads(answer.content)


def checked(client, document):
    """Verifies the proof with what the addresses say: key, and issuer's document that lists it."""
    (proof,) = proofs.of(document)
    key = read(client, proof["verificationMethod"])
    issuer = document["issuer"]
    controller = read(client, issuer["id"] if isinstance(issuer, dict) else issuer)
    assert key["controller"] == controller["id"]
    assert key["id"] in controller["assertionMethod"]
    proofs.check(document, proof, keys.of_method(key))
    return controller


# Credentials


@pytest.mark.parametrize("accept, form", FORMS)
def test_a_credential_is_the_very_bytes_that_were_signed(client, award, accept, form):
    answer = client.get(f"/ob3/credentials/{award.uid}", headers={"accept": accept})

    assert answer["Content-Type"].removesuffix("; charset=utf-8") == accept
    assert answer.content.decode() == getattr(award.documents, form)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Vary"].removesuffix(", Accept-Encoding") == "Accept"


def test_a_credential_verifies_by_what_the_addresses_say(client, award):
    document = read(client, addresses.credential(award.uid))

    assert schemas.check_credential(document) == []
    controller = checked(client, document)
    assert document["id"] == f"{ORIGIN}/ob3/credentials/{award.uid}"
    assert document["issuer"].items() <= controller.items()
    assert b"alice" not in client.get(f"/ob3/credentials/{award.uid}").content.lower()


def test_a_token_verifies_by_the_address_of_its_key(client, award):
    answer = client.get(f"/ob3/credentials/{award.uid}.jwt")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vc+jwt")
    assert answer.content.decode() == award.documents.token
    token = jws.read(answer.content.decode())
    key = read(client, token.header["kid"])
    jws.check(token, keys.of_jwk(key))
    assert set(key) == {"kty", "n", "e", "alg", "use", "kid"}
    assert (key["kid"], key["alg"], key["use"]) == (token.header["kid"], "RS256", "sig")
    claims = json.loads(token.payload)
    assert claims["iss"] == claims["issuer"]["id"]
    assert key["kid"] in read(client, claims["iss"])["assertionMethod"]


def test_every_address_that_a_credential_names_answers(client, award):
    document = read(client, addresses.credential(award.uid))

    achievement = document["credentialSubject"]["achievement"]
    served = read(client, achievement["id"])
    assert served.pop("@context") == [ob3.CREDENTIALS, ob3.BADGES]
    assert served == achievement
    assert client.get(achievement["image"]["id"])["Content-Type"] == "image/png"
    status = read(client, document["credentialStatus"]["statusListCredential"])
    assert status["id"] == document["credentialStatus"]["statusListCredential"]


@pytest.mark.parametrize("suffix, accept", [("", None), ("", "text/plain"), (".jwt", None)])
def test_a_withdrawn_public_badge_is_gone_and_names_nobody(client, award, suffix, accept):
    revoke(assertion=award, reason=RevocationReason.WRONG_PERSON)

    answer = client.get(f"/ob3/credentials/{award.uid}{suffix}", headers={"accept": accept} if accept else {})

    assert answer.status_code == 410
    assert json.loads(answer.content) == {
        "id": f"{ORIGIN}/ob3/credentials/{award.uid}",
        "revoked": True,
        "revocationReason": "badge délivré à la mauvaise personne",
    }


def test_a_browser_is_led_to_the_public_page(client, award):
    answer = client.get(f"/ob3/credentials/{award.uid}", headers=BROWSER)
    assert (answer.status_code, answer["Location"]) == (303, f"/b/{award.uid}/")

    version = client.get(f"/ob3/achievements/{award.version.uid}", headers=BROWSER)
    assert (version.status_code, version["Location"]) == (303, f"/ob2/badges/{award.version.uid}")

    issuer = client.get(f"/ob3/issuers/{award.badge_class.issuer.uid}", headers=BROWSER)
    assert (issuer.status_code, issuer["Location"]) == (303, "/galerie/emetteurs/amcsti/")


# Issuers


def test_a_controller_document_says_by_which_keys_an_issuer_asserts(client, award, badge):
    ring = key_rings.ring(badge.issuer)
    address = f"{ORIGIN}/ob3/issuers/{badge.issuer.uid}"
    multikey = {
        "id": f"{ORIGIN}/ob3/keys/{ring.proof.uid}",
        "type": "Multikey",
        "controller": address,
        "publicKeyMultibase": ring.proof.public,
    }

    assert read(client, address) == {
        "@context": ["https://www.w3.org/ns/cid/v1", ob3.CREDENTIALS, ob3.BADGES],
        "id": address,
        "type": ["Profile"],
        "name": "Amcsti",
        "url": "https://amcsti.exemple.fr/",
        "email": "badges@localhost",
        "alsoKnownAs": [f"did:web:localhost%3A8000:ob3:issuers:{badge.issuer.uid}"],
        "verificationMethod": [multikey],
        "assertionMethod": [multikey["id"], f"{ORIGIN}/ob3/keys/{ring.token.uid}"],
    }
    assert read(client, multikey["id"]) == {"@context": "https://w3id.org/security/multikey/v1", **multikey}


def test_a_did_document_holds_its_keys(client, award, badge):
    ring = key_rings.ring(badge.issuer)
    did = f"did:web:localhost%3A8000:ob3:issuers:{badge.issuer.uid}"

    answer = client.get(f"/ob3/issuers/{badge.issuer.uid}/did.json")

    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content) == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "alsoKnownAs": [f"{ORIGIN}/ob3/issuers/{badge.issuer.uid}"],
        "verificationMethod": [
            {
                "id": f"{did}#{ring.proof.uid}",
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": ring.proof.public,
            }
        ],
        "assertionMethod": [f"{did}#{ring.proof.uid}"],
    }
    asked = client.get(
        f"/ob3/issuers/{badge.issuer.uid}/did.json", headers={"accept": "application/did+ld+json"}
    )
    assert asked["Content-Type"] == "application/did+ld+json"


def test_what_a_retired_key_signed_stays_good(client, award, badge):
    old = key_rings.ring(badge.issuer)
    new = key_rings.renew(issuer=badge.issuer)

    listed = checked(client, read(client, addresses.credential(award.uid)))["assertionMethod"]

    assert set(listed) == {addresses.key(key.uid) for key in (old.proof, old.token, new.proof, new.token)}


def test_what_a_revoked_key_signed_does_not(client, award, badge):
    document = read(client, addresses.credential(award.uid))
    new = key_rings.renew(issuer=badge.issuer, revoke=True)

    controller = read(client, addresses.controller(badge.issuer.uid))
    assert controller["assertionMethod"] == [addresses.key(new.proof.uid), addresses.key(new.token.uid)]
    assert [method["id"] for method in controller["verificationMethod"]] == [addresses.key(new.proof.uid)]
    key = proofs.of(document)[0]["verificationMethod"].removeprefix(ORIGIN)
    assert client.get(key).status_code == 410
    did = read(client, f"/ob3/issuers/{badge.issuer.uid}/did.json")
    assert [method["publicKeyMultibase"] for method in did["verificationMethod"]] == [new.proof.public]


# Endorsements


@pytest.fixture
def endorsed(badge):
    version = versions.current(badge)
    row = Endorsement(version=version, issuer=IssuerFactory(name="Le Dôme"), comment="Un badge sérieux.")
    ring = key_rings.ring(row.issuer)
    stated = stating.endorsement(row, ring.token)
    with transaction.atomic():
        row.credential = jsons.write(sign.prove(ob3.endorsement(stated), ring.proof, row.issued_at))
        row.save()
    return row


def test_an_endorsement_is_served_in_both_versions(client, endorsed, badge):
    version = endorsed.version

    credential = client.get(f"/ob3/endorsements/{endorsed.uid}")
    assert credential.content.decode() == endorsed.credential
    assert checked(client, json.loads(credential.content))["name"] == "Le Dôme"

    document = read(client, addresses.endorsement(endorsed.uid))
    assert document["claim"] == {
        "id": addresses.badge_class(version.uid),
        "endorsementComment": "Un badge sérieux.",
    }
    assert document["issuer"] == addresses.issuer(endorsed.issuer.uid)
    assert read(client, document["claim"]["id"])["endorsement"] == [document["id"]]


# Cost


@pytest.mark.parametrize(
    "path, budget",
    [
        ("/ob3/credentials/{award.uid}", 2),
        ("/ob3/credentials/{award.uid}.jwt", 2),
        ("/ob3/issuers/{award.badge_class.issuer.uid}", 4),
        ("/ob3/issuers/{award.badge_class.issuer.uid}/did.json", 3),
        ("/ob3/achievements/{award.version.uid}", 2),
    ],
)
@pytest.mark.parametrize("renewals", [0, 2])
def test_cost_does_not_grow(client, award, path, budget, renewals, django_assert_num_queries):
    for _turn in range(renewals):
        key_rings.renew(issuer=award.badge_class.issuer)

    address = path.format(award=award)
    with django_assert_num_queries(budget):
        assert client.get(address).status_code == 200
