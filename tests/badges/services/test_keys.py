"""Keys of issuers: one of each kind in use, sealed, replaced without spoiling what they signed."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from badges import sealing
from badges.enums import Origin
from badges.formats import keys as formats
from badges.models import SigningKey
from badges.services import keys, publish
from tests.factories import IssuerFactory

pytestmark = pytest.mark.django_db


def test_a_new_issuer_has_both_keys_at_once():
    issuer = publish.save_issuer(issuer=IssuerFactory.build())

    assert sorted(issuer.keys.values_list("kind", "retired_at")) == [("ed25519", None), ("rsa", None)]


def test_keys_are_made_once():
    issuer = IssuerFactory()

    assert keys.ring(issuer) == keys.ring(issuer)
    assert SigningKey.objects.count() == 2


def test_each_issuer_has_keys_of_its_own():
    first, second = keys.ring(IssuerFactory()), keys.ring(IssuerFactory())

    assert len({first.proof.public, second.proof.public}) == 2


def test_the_private_part_opens_and_fits_the_public_one():
    ring = keys.ring(IssuerFactory())

    proof = keys.ed25519(ring.proof)
    token = keys.rsa(ring.token)

    assert formats.multikey(proof.public_key()) == ring.proof.public
    assert formats.pem(token.public_key()) == ring.token.public
    assert token.key_size == 2048


def test_the_private_part_is_not_in_the_database_in_clear():
    ring = keys.ring(IssuerFactory())
    private = keys.ed25519(ring.proof)

    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())

    assert raw not in bytes(ring.proof.sealed)
    assert b"PRIVATE" not in bytes(ring.token.sealed)


def test_another_secret_opens_nothing_and_says_what_to_do(settings):
    ring = keys.ring(IssuerFactory())
    keys._open.cache_clear()
    settings.KEYS_SECRET = "another secret that is long enough to be one"

    with pytest.raises(sealing.SecretLost, match="KEYS_SECRET"):
        keys.rsa(ring.token)


def test_a_key_asked_for_as_another_kind_is_refused():
    ring = keys.ring(IssuerFactory())

    with pytest.raises(TypeError):
        keys.rsa(ring.proof)
    with pytest.raises(TypeError):
        keys.ed25519(ring.token)


def test_renewed_keys_leave_the_old_ones_good():
    issuer = IssuerFactory()
    old = keys.ring(issuer)

    new = keys.renew(issuer=issuer)

    old.proof.refresh_from_db()
    assert (old.proof.retired_at is not None, old.proof.revoked_at) == (True, None)
    assert new.proof.public != old.proof.public
    assert issuer.keys.count() == 4


def test_a_stolen_key_is_revoked():
    issuer = IssuerFactory()
    old = keys.ring(issuer)

    keys.renew(issuer=issuer, revoke=True)

    old.token.refresh_from_db()
    assert old.token.revoked_at == old.token.retired_at is not None


def test_make_missing_passes_over_issuers_from_elsewhere():
    here, half = IssuerFactory(), IssuerFactory()
    elsewhere = IssuerFactory(origin=Origin.ELSEWHERE, iri="https://ailleurs.example/emetteur")
    keys.ring(half).token.delete()

    keys.make_missing()

    assert [issuer.keys.count() for issuer in (here, half, elsewhere)] == [2, 2, 0]
