"""Status lists: which awards of an issuer are withdrawn, signed at each change."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from badges import addresses
from badges.enums import RevocationReason
from badges.formats import keys, proofs, status
from badges.models import StatusEntry
from badges.services import keys as key_rings
from badges.services.revoke import revoke
from tests.cost import within
from tests.factories import BadgeClassFactory
from tests.signed import BROWSER, signed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def badge():
    return BadgeClassFactory()


@pytest.fixture
def awards(badge):
    with time_machine.travel(NOON, tick=False):
        return [signed(badge_class=badge, recipient_name=name) for name in ("Alice Martin", "Bob Leroy")]


@pytest.fixture
def path(awards):
    return f"/ob3/status/{awards[0].status_entry.status_list.uid}"


def bits(document, awards):
    encoded = document["credentialSubject"]["encodedList"]
    return [status.bit(encoded, award.status_entry.index) for award in awards]


def test_a_list_is_a_credential_of_the_issuer(client, badge, awards, path):
    answer = client.get(path)

    document = json.loads(answer.content)
    assert answer["Content-Type"] == "application/ld+json"
    (proof,) = document.pop("proof")
    address = f"http://localhost:8000{path}"
    assert document == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": addresses.controller(badge.issuer.uid),
        "validFrom": "2026-03-01T12:00:00Z",
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": status.bitstring([]),
        },
    }
    ring = key_rings.ring(badge.issuer)
    assert proof["verificationMethod"] == addresses.key(ring.proof.uid)
    assert proof["created"] == "2026-03-01T12:00:00Z"
    proofs.check(document | {"proof": [proof]}, proof, keys.of_multikey(ring.proof.public))


def test_a_withdrawal_sets_one_bit_and_moves_the_date(client, awards, path):
    before = client.get(path)
    assert bits(json.loads(before.content), awards) == [False, False]

    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        revoke(assertion=awards[1], reason=RevocationReason.MISTAKE)

    after = client.get(path, headers={"if-none-match": before["ETag"]})
    document = json.loads(after.content)
    assert after.status_code == 200
    assert bits(document, awards) == [False, True]
    assert document["validFrom"] == document["proof"][0]["created"] == "2026-03-01T13:00:00Z"


def test_the_bit_of_an_erased_award_stays_set(client, awards, path):
    StatusEntry.objects.filter(assertion=awards[0]).update(assertion=None)

    assert bits(json.loads(client.get(path).content), awards) == [True, False]


def test_the_same_rows_give_the_same_bytes_with_and_without_the_cache(client, awards, path):
    revoke(assertion=awards[1], reason=RevocationReason.MISTAKE)
    first = client.get(path)
    cache.clear()

    assert client.get(path).content == first.content
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_list_is_signed_again_with_another_key(client, badge, awards, path):
    client.get(path)
    ring = key_rings.renew(issuer=badge.issuer)

    document = json.loads(client.get(path).content)

    assert document["proof"][0]["verificationMethod"] == addresses.key(ring.proof.uid)


def test_a_date_alone_never_says_that_a_list_is_unchanged(client, badge, awards, path):
    """After keys were stolen it is signed anew, with the date of its last withdrawal."""
    first = client.get(path)
    key_rings.renew(issuer=badge.issuer, revoke=True)

    again = client.get(path, headers={"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"})

    assert "Last-Modified" not in first.headers
    assert (again.status_code, again.content == first.content) == (200, False)


@pytest.mark.parametrize("accept", ["application/json", "application/vc+ld+json", "application/vc"])
def test_a_list_answers_in_the_types_of_credentials(client, path, accept):
    assert client.get(path, headers={"accept": accept})["Content-Type"] == accept


def test_a_list_tells_of_nobody(client, awards, path):
    revoke(assertion=awards[1], reason=RevocationReason.MISTAKE)
    answer = client.get(path, headers=BROWSER)

    assert answer["Content-Type"] == "application/ld+json"
    for award in awards:
        assert str(award.uid) not in answer.content.decode()


def test_cost_warm_is_a_few_queries_and_no_signature(client, awards, path, badge, django_assert_num_queries):
    for number in range(3):
        revoke(
            assertion=signed(badge_class=badge, recipient_name=f"Camille {number}"),
            reason=RevocationReason.MISTAKE,
        )
    with django_assert_num_queries(4):
        client.get(path)
    with django_assert_num_queries(3):
        client.get(path)

    within(0.1, lambda: client.get(path))
