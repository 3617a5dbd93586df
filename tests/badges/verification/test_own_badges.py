"""Badges of this site are judged by what this site serves, without network and without being online."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from badges import addresses
from badges.enums import RevocationReason, Visibility
from badges.formats.report import Verdict
from badges.models import SignedDocuments
from badges.services.accept import accept
from badges.services.revoke import revoke
from badges.services.rotate import rotate
from badges.services.show import show
from badges.verification.judge import judge
from badges.verification.ours import Ours
from badges.verification.sources import Files
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db
ISSUED = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
SIGNED = ("signed", "token", "credential")
FORMATS = {
    "hosted": "ob2-hosted",
    "address": "ob2-hosted",
    "signed": "ob2-signed",
    "credential": "ob3-proof",
    "address-3": "ob3-proof",
    "token": "ob3-jwt",
}


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://badges.exemple.fr"


@pytest.fixture
def award(alice):
    """Alice's, accepted and shown to everybody."""
    waiting = AssertionFactory(recipient_address="Alice@Exemple.fr", issued_at=ISSUED)
    return accepted(waiting, alice, Visibility.PUBLIC)


def accepted(waiting, holder, visibility):
    taken = accept(assertion=waiting, holder=holder)
    return show(assertion=taken, visibility=visibility) if visibility != Visibility.PRIVATE else taken


def given(award, form: str) -> str:
    addressed = {"address": addresses.assertion(award.uid), "address-3": addresses.credential(award.uid)}
    return addressed.get(form) or getattr(SignedDocuments.objects.get(assertion=award), form)


def verdict(award, form: str, *recipients: str, **options) -> tuple[str, Verdict]:
    report = judge(given(award, form), recipients=recipients, documents=Ours(Files({})), **options)
    return report.format, report.verdict


@pytest.mark.parametrize("form", FORMATS)
def test_a_badge_of_ours_is_authentic_in_every_form(award, form):
    assert verdict(award, form, "alice@exemple.fr") == (FORMATS[form], Verdict.AUTHENTIC)


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_nobody_else_s(award, form):
    assert verdict(award, form, "bob@exemple.fr") == (FORMATS[form], Verdict.INVALID)


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_revoked_in_every_form(award, form):
    document = given(award, form)
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    report = judge(document, documents=Ours(Files({})))

    assert (report.format or FORMATS[form], report.verdict) == (FORMATS[form], Verdict.REVOKED)


@pytest.mark.parametrize("form", SIGNED)
def test_a_private_badge_is_proved_by_its_signature(alice, form):
    award = accepted(
        AssertionFactory(recipient_address=alice.email, issued_at=ISSUED), alice, Visibility.PRIVATE
    )

    assert verdict(award, form, alice.email) == (FORMATS[form], Verdict.AUTHENTIC)


@pytest.mark.parametrize("form", ["hosted", "address"])
def test_a_private_badge_has_no_document_that_proves_it(alice, form):
    award = accepted(AssertionFactory(recipient_address=alice.email), alice, Visibility.PRIVATE)

    assert verdict(award, form, alice.email)[1] == Verdict.INVALID


@pytest.mark.parametrize("form", FORMATS)
def test_it_expires_in_every_form(alice, form):
    end = timezone.now() + timedelta(days=10)
    award = accepted(
        AssertionFactory(recipient_address=alice.email, issued_at=ISSUED, expires_at=end),
        alice,
        Visibility.PUBLIC,
    )

    assert verdict(award, form, alice.email) == (FORMATS[form], Verdict.AUTHENTIC)
    assert verdict(award, form, alice.email, at=end + timedelta(days=1)) == (FORMATS[form], Verdict.EXPIRED)


@pytest.mark.parametrize("form", FORMATS)
def test_it_outlives_its_issuer_s_key(award, form):
    rotate(issuer=award.badge_class.issuer)

    assert verdict(award, form, "alice@exemple.fr") == (FORMATS[form], Verdict.AUTHENTIC)


@pytest.mark.parametrize("form", ["hosted", "signed", "credential", "token"])
def test_one_letter_changed_is_seen(award, form):
    text = given(award, form)
    changed = (
        text.replace("2026-03-12", "2026-03-13")
        if text.startswith("{")
        else text[:-12] + "AAAAAAAA" + text[-4:]
    )

    assert changed != text
    assert judge(changed, documents=Ours(Files({}))).verdict in {Verdict.MODIFIED, Verdict.INVALID}


def test_nothing_of_ours_is_asked_of_the_network(award, monkeypatch):
    monkeypatch.setattr(
        "passport.lib.fetch.get", lambda *args, **kwargs: pytest.fail("the network was asked")
    )

    for form in FORMATS:
        assert judge(given(award, form)).verdict == Verdict.AUTHENTIC
