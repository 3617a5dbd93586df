"""Identifiers are written in one place and served in another: the two say the same."""

import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse

from badges import addresses

UID = uuid.UUID("0b6f0c3e-9f0b-4a53-8f36-6c1d4c2f7a10")
SERVED = [
    (addresses.assertion, "ob2_assertion", "/ob2/assertions/{}"),
    (addresses.badge_class, "ob2_badge_class", "/ob2/badges/{}"),
    (addresses.criteria, "ob2_criteria", "/ob2/badges/{}/criteres"),
    (addresses.issuer, "ob2_issuer", "/ob2/issuers/{}"),
    (addresses.rsa_key, "ob2_key", "/ob2/keys/{}"),
    (addresses.revocations, "ob2_revocations", "/ob2/revocations/{}"),
    (addresses.endorsement, "ob2_endorsement", "/ob2/endorsements/{}"),
    (addresses.evidence, "ob2_evidence", "/ob2/evidence/{}"),
    (addresses.credential, "ob3_credential", "/ob3/credentials/{}"),
    (addresses.achievement, "ob3_achievement", "/ob3/achievements/{}"),
    (addresses.controller, "ob3_issuer", "/ob3/issuers/{}"),
    (addresses.key, "ob3_key", "/ob3/keys/{}"),
    (addresses.status_list, "ob3_status", "/ob3/status/{}"),
    (addresses.endorsement_credential, "ob3_endorsement", "/ob3/endorsements/{}"),
]


@pytest.mark.parametrize("minted, name, path", SERVED, ids=[name for _minted, name, _path in SERVED])
def test_an_identifier_is_the_address_that_is_served(minted, name, path, settings):
    settings.SITE_URL = "https://badges.exemple.fr"

    assert minted(UID) == "https://badges.exemple.fr" + path.format(UID)
    assert reverse(f"badges:{name}", args=[UID]) == path.format(UID)
    assert resolve(path.format(UID)).view_name == f"badges:{name}"


def test_every_address_of_the_module_is_compared():
    elsewhere = {"signed_urn", "subject_urn", "did", "baked"}
    named = {
        name
        for name, value in vars(addresses).items()
        if getattr(value, "__module__", "") == addresses.__name__
    }

    assert named - elsewhere == {minted.__name__ for minted, _name, _path in SERVED}


@pytest.mark.parametrize("extension", ["png", "svg"])
@pytest.mark.parametrize("version", [2, 3])
def test_a_baked_picture_is_where_documents_say(version, extension):
    baked = urlsplit(addresses.baked(UID, version=version, extension=extension))

    assert baked.path == reverse("badges:download", args=[UID, extension])
    assert baked.query == f"version={version}"


@pytest.mark.parametrize(
    "site, method, document",
    [
        ("https://badges.exemple.fr", "did:web:badges.exemple.fr:ob3:issuers:{}", "/ob3/issuers/{}/did.json"),
        ("http://localhost:8000", "did:web:localhost%3A8000:ob3:issuers:{}", "/ob3/issuers/{}/did.json"),
    ],
)
def test_a_did_leads_to_its_document(site, method, document, settings):
    """did:web, section 3.2: colons are slashes, and « did.json » is at the end."""
    settings.SITE_URL = site

    assert addresses.did(UID) == method.format(UID)
    assert reverse("badges:ob3_did", args=[UID]) == document.format(UID)


@pytest.mark.parametrize(
    "name, path",
    [("ob2_assertion_token", "/ob2/assertions/{}.jws"), ("ob3_credential_token", "/ob3/credentials/{}.jwt")],
)
def test_a_token_is_beside_its_document(name, path):
    assert reverse(f"badges:{name}", args=[UID]) == path.format(UID)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for _minted, _name, path in SERVED])
def test_an_identifier_has_no_second_spelling(path, client):
    """Neither a slash at the end nor capitals lead anywhere: an identifier is exactly what is served."""
    assert client.get(path.format(UID) + "/").status_code == 404
    assert client.get(path.format(str(UID).upper())).status_code == 404


def test_identifiers_of_signed_copies_do_not_tell_their_award():
    assert addresses.signed_urn(UID) == "urn:uuid:" + str(uuid.uuid5(UID, "ob2-signed"))
    assert addresses.subject_urn(UID) == "urn:uuid:" + str(uuid.uuid5(UID, "ob3-subject"))
    assert len({addresses.signed_urn(UID), addresses.subject_urn(UID), f"urn:uuid:{UID}"}) == 3
