"""An archive proves its badges by itself: every file, in every state, by the files beside it alone."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from badges.enums import RevocationReason
from badges.formats.report import Verdict
from badges.models import BadgeClass
from badges.services import sign, versions
from badges.services.endorse import endorse
from badges.services.revoke import revoke
from badges.services.rotate import rotate
from tests.badges.exported import exported, extracted, verified
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory
from tests.signed import signed, stored_picture

pytestmark = pytest.mark.django_db

SITE = "https://badges.exemple.fr"
FORMS = {"ob2.png", "ob3.png", "ob2.jws", "ob3.json", "ob3.jwt"}
HOSTED = {"ob2.json"}
FORMATS = {
    "ob2.json": "ob2-hosted",
    "ob2.jws": "ob2-signed",
    "ob3.png": "ob3-proof",
    "ob3.json": "ob3-proof",
    "ob3.jwt": "ob3-jwt",
}


@pytest.fixture(autouse=True)
def _site(settings, monkeypatch):
    settings.SITE_URL = SITE
    monkeypatch.setattr(
        "passport.lib.fetch.get", lambda *args, **kwargs: pytest.fail("the network was asked")
    )


@pytest.fixture
def held(alice):
    """Signs badges of Alice's, each with a picture."""

    def hold(**fields):
        of_alice = {"holder": alice, "recipient_address": alice.email, "recipient_name": "Alice Martin"}
        badge = (
            {"badge_class": BadgeClassFactory(image=stored_picture())} if "badge_class" not in fields else {}
        )
        return signed(**(of_alice | badge | fields))

    return hold


def verdicts(award, alice, folder, django_db_blocker) -> dict[str, tuple[str, Verdict]]:
    """What each file of an award's is said to be, with the database out of reach. Every document asked for is there."""
    archive = exported(alice)
    extracted(archive, folder)
    said = {}
    with django_db_blocker.block():
        for path, content in archive.of_badges(award.code).items():
            report = verified(content, folder, alice.email)
            assert [read.address for read in report.reads if read.status is None] == [], path
            said[path.rpartition("/")[2]] = (report.format, report.verdict)
    return said


@pytest.fixture
def said(alice, tmp_path, django_db_blocker):
    return lambda award: verdicts(award, alice, tmp_path, django_db_blocker)


def all_of(verdict: Verdict, *, hosted: bool = False) -> dict[str, tuple[str, Verdict]]:
    """Each form with its format; a picture carries the hosted form where there is one."""
    formats = FORMATS | {"ob2.png": "ob2-hosted" if hosted else "ob2-signed"}
    return {name: (formats[name], verdict) for name in FORMS | (HOSTED if hosted else set())}


def test_a_public_badge_is_authentic_in_every_form(held, said):
    assert said(held(public=True)) == all_of(Verdict.AUTHENTIC, hosted=True)


@pytest.mark.parametrize("visibility", ["private", "members"])
def test_another_is_authentic_by_its_signatures(held, said, visibility):
    """Its hosted form is served to nobody: it would prove nothing, and is no file."""
    assert said(held(visibility=visibility)) == all_of(Verdict.AUTHENTIC)


@pytest.mark.parametrize("visibility", ["private", "public"])
def test_a_withdrawn_badge_is_revoked_in_every_form(held, said, visibility):
    award = held(visibility=visibility)
    revoke(assertion=award, reason=RevocationReason.MISTAKE)

    assert said(award) == all_of(Verdict.REVOKED)


def test_a_hosted_copy_made_before_is_revoked_too(held, alice, tmp_path):
    award = held(public=True)
    copy = award.documents.hosted.encode()
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    extracted(exported(alice), tmp_path)

    assert verified(copy, tmp_path).verdict == Verdict.REVOKED


def test_of_a_private_badge_no_hosted_form_says_that_it_was_withdrawn(held, alice):
    """Whoever asked its address never got an answer."""
    award = held()
    revoke(assertion=award, reason=RevocationReason.MISTAKE)

    assert [address for address in exported(alice).documents if str(award.uid) in address] == []


def test_a_badge_that_is_over_is_expired_in_every_form(held, said):
    end = timezone.now() - timedelta(days=2)
    award = held(public=True, issued_at=end - timedelta(days=20), expires_at=end)

    assert said(award) == all_of(Verdict.EXPIRED, hosted=True)


def test_it_is_proved_whatever_became_of_the_keys(held, said):
    award = held(public=True)
    rotate(issuer=award.badge_class.issuer)

    assert said(award) == all_of(Verdict.AUTHENTIC, hosted=True)


def test_a_stolen_key_proves_nothing_here_either(held, said):
    award = held()
    issuer = award.badge_class.issuer
    issuer.keys.update(retired_at=timezone.now(), revoked_at=timezone.now())

    assert {verdict for _format, verdict in said(award).values()} == {Verdict.INVALID}


def test_endorsements_are_proved_too(held, alice, tmp_path):
    badge = BadgeClassFactory(image=stored_picture())
    endorse(badge_class=badge, issuer=IssuerFactory(name="Réseau"), comment="Sérieux.")
    award = held(public=True, badge_class=badge)
    archive = exported(alice)
    extracted(archive, tmp_path)

    checks = {
        name.rpartition("/")[2]: {
            (check.id, check.ok) for check in verified(content, tmp_path).checks if check.id == "endorsement"
        }
        for name, content in archive.of_badges(award.code).items()
    }
    assert checks == {name: {("endorsement", True)} for name in FORMS | HOSTED}


def test_each_wording_of_a_badge_has_its_documents(held, said, alice):
    badge = BadgeClassFactory(name="Avant", image=stored_picture())
    before = held(public=True, badge_class=badge)
    revoke(assertion=before, reason=RevocationReason.REQUEST)
    BadgeClass.objects.filter(pk=badge.pk).update(name="Apres")
    badge.refresh_from_db()
    after = held(public=True, badge_class=badge)

    assert versions.current(badge).pk == after.version_id != before.version_id
    assert said(before) == all_of(Verdict.REVOKED)
    assert said(after) == all_of(Verdict.AUTHENTIC, hosted=True)
    folders = {name.split("/")[1] for name in exported(alice).of_badges()}
    assert folders == {f"avant-{before.code}", f"apres-{after.code}"}


def test_it_is_the_person_s_and_nobody_else_s(held, alice, tmp_path):
    award = held(public=True)
    archive = exported(alice)
    extracted(archive, tmp_path)

    for content in archive.of_badges(award.code).values():
        assert verified(content, tmp_path, alice.email).verdict == Verdict.AUTHENTIC
        assert verified(content, tmp_path, "bob@exemple.fr").verdict == Verdict.INVALID


def test_one_letter_changed_is_seen(held, alice, tmp_path):
    held(public=True, issued_at=datetime(2026, 1, 5, 12, tzinfo=UTC))
    archive = exported(alice)
    extracted(archive, tmp_path)

    for name, content in archive.of_badges().items():
        if name.endswith(".json"):
            changed = content.replace(b"2026-01-05", b"2026-01-06")
            assert changed != content
            assert verified(changed, tmp_path).verdict in {Verdict.MODIFIED, Verdict.INVALID}


def test_what_was_accepted_before_there_were_signatures_is_signed(alice, said):
    award = AssertionFactory(accepted=True, holder=alice, recipient_address=alice.email)
    award.badge_class.image = stored_picture()
    award.badge_class.save()

    assert said(award) == all_of(Verdict.AUTHENTIC)


def test_the_command_verifies_each_file_on_another_site(held, alice, tmp_path, settings):
    held(public=True)
    archive = exported(alice)
    extracted(archive, tmp_path)
    settings.SITE_URL = "https://ailleurs.exemple.fr"

    for name in archive.of_badges():
        out = io.StringIO()
        with pytest.raises(SystemExit) as end:
            call_command(
                "verify_badge", str(tmp_path / name), "--documents", str(tmp_path / "documents.json"), "--json",
                "--recipient", alice.email, stdout=out,
            )  # fmt: skip
        assert (end.value.code, json.loads(out.getvalue())["verdict"]) == (0, "authentic"), name


def test_without_the_documents_nothing_is_proved(held, alice, tmp_path):
    """What the tests above read is really what proves."""
    held(public=True)
    archive = exported(alice)
    extracted(archive, tmp_path)
    (tmp_path / "documents.json").write_text("{}", "utf-8")

    assert {verified(content, tmp_path).verdict for content in archive.of_badges().values()} <= {
        Verdict.UNREACHABLE,
        Verdict.UNVERIFIABLE,
    }


# Bytes


def test_documents_are_what_the_site_serves(held, alice):
    badge = BadgeClassFactory(image=stored_picture())
    endorse(badge_class=badge, issuer=IssuerFactory(name="Réseau"), comment="Sérieux.")
    held(public=True, badge_class=badge)
    revoke(assertion=held(public=True), reason=RevocationReason.MISTAKE)
    archive = exported(alice)

    served = {
        address: Client().get(address.removeprefix(SITE), headers={"accept": "application/ld+json"})
        for address in archive.documents
    }
    assert {address: answer.content for address, answer in served.items()} == {
        address: archive.files[path] for address, path in archive.documents.items()
    }
    assert {answer.status_code for answer in served.values()} == {200, 410}
    assert {address.split("/")[3] + "/" + address.split("/")[4] for address in served if "/ob" in address} == {
        "ob2/assertions", "ob2/badges", "ob2/endorsements", "ob2/issuers", "ob2/keys", "ob2/revocations",
        "ob3/achievements", "ob3/credentials", "ob3/endorsements", "ob3/issuers", "ob3/keys", "ob3/status",
    }  # fmt: skip


def test_files_are_those_of_the_downloads(held, alice, signed_in):
    award = held()
    browser = signed_in(alice)

    for name, content in exported(alice).of_badges(award.code).items():
        version, extension = name.rpartition("/")[2].removeprefix("ob").split(".")
        answer = browser.get(f"/badges/{award.uid}/telecharger.{extension}?version={version}")
        assert answer.content == content, name


def test_the_same_rows_make_the_same_archive(held, alice):
    held(public=True)
    held()

    assert exported(alice).raw == exported(alice).raw


def test_a_document_signed_again_is_exported_as_it_is_now(held, alice):
    award = held()
    before = exported(alice).of_badges(award.code)
    award.expires_at = timezone.now() + timedelta(days=9)
    award.save()
    sign.sign(award)

    after = exported(alice).of_badges(award.code)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] == after[name]] == []
