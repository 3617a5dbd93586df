"""Public keys at their addresses."""

import json
import uuid

import pytest

from badges.enums import KeyKind
from badges.formats import keys
from badges.models import SigningKey
from badges.services import keys as key_rings
from badges.services import sign
from tests.factories import IssuerFactory
from tests.signed import BROWSER, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer():
    return IssuerFactory(name="Amcsti")


@pytest.fixture
def ring(issuer):
    return key_rings.ring(issuer)


def test_a_key_of_signed_badges_says_whose_it_is(client, issuer, ring):
    answer = client.get(f"/ob2/keys/{ring.token.uid}")

    assert answer["Content-Type"] == "application/ld+json"
    assert json.loads(answer.content) == {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "CryptographicKey",
        "id": f"http://localhost:8000/ob2/keys/{ring.token.uid}",
        "owner": f"http://localhost:8000/ob2/issuers/{issuer.uid}",
        "publicKeyPem": ring.token.public,
    }


def test_a_key_of_proofs_is_no_key_of_signed_badges(client, ring):
    assert client.get(f"/ob2/keys/{ring.proof.uid}").status_code == 404


@pytest.mark.parametrize("accept", ["application/json", "application/jwk+json", "application/ld+json", "*/*"])
def test_the_key_of_a_token_is_a_bare_jwk(client, ring, accept):
    answer = client.get(f"/ob3/keys/{ring.token.uid}", headers={"accept": accept})

    document = json.loads(answer.content)
    assert answer["Content-Type"] == accept.replace("*/*", "application/json")
    assert document == {
        **keys.jwk(keys.of_pem(ring.token.public)),
        "alg": "RS256",
        "use": "sig",
        "kid": f"http://localhost:8000/ob3/keys/{ring.token.uid}",
    }


@pytest.mark.parametrize(
    "path", ["/ob2/keys/{ring.token.uid}", "/ob3/keys/{ring.token.uid}", "/ob3/keys/{ring.proof.uid}"]
)
def test_retired_keys_stay_and_revoked_ones_are_gone(client, issuer, ring, path):
    address = path.format(ring=ring)
    before = client.get(address).content

    key_rings.renew(issuer=issuer)
    assert client.get(address).content == before

    SigningKey.objects.filter(issuer=issuer, retired_at__isnull=False).update(
        revoked_at="2026-03-01T12:00:00Z"
    )
    answer = client.get(address)
    assert answer.status_code == 410
    assert json.loads(answer.content) == {
        "id": f"http://localhost:8000{address}",
        "revoked": "2026-03-01T12:00:00Z",
    }


def test_no_private_part_is_ever_served(client, issuer, ring):
    sealed = [bytes(key.sealed) for key in issuer.keys.all()]
    members = {"d", "p", "q", "dp", "dq", "qi"}

    for key in issuer.keys.all():
        for path in (f"/ob2/keys/{key.uid}", f"/ob3/keys/{key.uid}"):
            content = client.get(path).content
            assert b"PRIVATE" not in content
            assert not members & set(json.loads(content))
            assert not any(text in content for text in sealed)


def test_unknown_keys_are_not_found(client):
    for path in (f"/ob2/keys/{uuid.uuid4()}", f"/ob3/keys/{uuid.uuid4()}"):
        assert client.get(path).status_code == 404
        assert client.get(path, headers=BROWSER)["Content-Type"] == "text/html; charset=utf-8"


def test_tokens_that_were_signed_again_name_the_one_key_of_the_profile(client, issuer, alice):
    award = signed(public=True, holder=alice, badge_class__issuer=issuer)
    before = client.get(f"/ob2/assertions/{award.uid}.jws")
    ring = key_rings.renew(issuer=issuer)
    sign.renew_tokens(issuer)

    after = client.get(f"/ob2/assertions/{award.uid}.jws", headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    profile = json.loads(client.get(f"/ob2/issuers/{issuer.uid}").content)
    assert profile["publicKey"] == f"http://localhost:8000/ob2/keys/{ring.token.uid}"


@pytest.mark.parametrize("kind", KeyKind)
def test_cost(client, issuer, ring, kind, django_assert_num_queries):
    key = issuer.keys.get(kind=kind)

    with django_assert_num_queries(1):
        client.get(f"/ob3/keys/{key.uid}")
