"""A person's recommendation, signed by the site, before verifiers that others wrote."""

import pytest

from connections import addresses
from tests.connections.recognition.made import accepted, badge_of
from tests.verifiers.crawl import crawl
from tests.verifiers.judges import ENDORSEMENT, REFUSED, VALID, altered, job, ob2_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(settings, alice, bob):
    settings.SITE_URL = "https://badges.example.org"
    settings.ALLOWED_HOSTS = ["testserver"]
    return accepted(badge_of(alice), bob)


@pytest.mark.parametrize("by", ["data-integrity", "wallet", "schema"])
def test_the_credential_is_good_and_an_altered_one_is_not(judge, client, row, by):
    site = crawl(client, addresses.endorsement_credential(row.uid))
    text = site[addresses.endorsement_credential(row.uid)].content.decode()
    options = {"schema": ENDORSEMENT} if by == "schema" else {}

    forged = altered(text, "hors")
    verdicts = [
        found.verdict for found in judge([job(by, given, site, **options) for given in (text, forged)])
    ]
    assert verdicts == [VALID, VALID if by == "schema" else REFUSED]


def test_1edtech_s_validator_reads_the_2_0_form(validator_core, client, row):
    address = addresses.endorsement(row.uid)

    (found,) = validator_core([ob2_job(address, crawl(client, address))])
    assert found.verdict == VALID, found.why
