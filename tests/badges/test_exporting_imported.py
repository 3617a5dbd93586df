"""Badges from elsewhere leave as they came, and prove themselves by the copies that were kept of their issuers."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from badges.formats.report import Verdict
from badges.models import Assertion, ImportedBadge
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from badges.services.imports.recheck import recheck
from badges.services.revoke import revoke
from badges.verification.ours import Ours
from passport.lib.fetch import Fetched, FetchRefused
from tests.badges.exported import NOW, exported, extracted, kept, verified
from tests.badges.services.imports.elsewhere import SITE, Elsewhere
from tests.factories import BadgeClassFactory, UserFactory
from tests.signed import signed, stored_picture

pytestmark = pytest.mark.django_db

HERE, OTHER = "https://badges.exemple.fr", "https://autre.example"
FORMS = {"png": "hosted", "json": "credential", "jws": "signed", "jwt": "token"}


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = HERE


@pytest.fixture
def web(monkeypatch) -> Elsewhere:
    internet = Elsewhere()
    monkeypatch.setattr("passport.lib.fetch.get", internet.get)
    return internet


def imported(raw: bytes, user) -> Assertion:
    [draft] = read(given=[Given("badge", raw)], user=user).drafts
    return keep(draft=draft, holder=user)


# As it came


@pytest.mark.parametrize("container", ["png", "svg", "pdf", "json", "jws"])
def test_the_original_leaves_byte_for_byte(alice, container):
    original = bytes(range(256)) * 40
    row = kept(alice, container=container, original=original)
    archive = exported(alice)

    assert archive.of_badges() == {f"badges/soudure-{row.assertion.code}/original.{container}": original}


def test_its_last_verification_goes_with_it(web, alice):
    raw = web.baked(web.award(to=alice.email))
    award = imported(raw, alice)
    report = json.loads(exported(alice).files[f"badges/soudure-a-larc-{award.code}/verification.json"])

    assert (report["verdict"], report["format"], report["source"]) == ("authentic", "ob2-hosted", "")
    assert datetime.fromisoformat(report["verified_at"]) == award.imported.verified_at
    assert report["unreachable_since"] is None
    assert [(read["address"], read["status"]) for read in report["reads"]] == [
        (f"{SITE}/assertions/1", 200),
        (f"{SITE}/badge", 200),
        (f"{SITE}/issuer", 200),
    ]


def test_a_lost_issuer_is_said_to_be_lost(web, alice):
    award = imported(web.baked(web.award(to=alice.email)), alice)
    web.pages.clear()
    recheck(imported=award.imported)
    row = ImportedBadge.objects.get()
    archive = exported(alice)
    report = json.loads(archive.files[f"badges/soudure-a-larc-{award.code}/verification.json"])

    assert (report["verdict"], report["unreachable_since"]) == (
        "unreachable",
        row.unreachable_since.isoformat(),
    )
    assert "<strong>émetteur injoignable</strong>" in archive.index
    assert "Injoignable depuis le " in archive.index


# What proves it


def test_it_is_authentic_by_the_copies_of_its_issuer_s_documents(web, alice, tmp_path, django_db_blocker):
    raw = web.baked(web.award(to=alice.email))
    imported(raw, alice)
    web.pages.clear()
    archive = exported(alice)
    extracted(archive, tmp_path)

    assert set(archive.documents) >= {f"{SITE}/assertions/1", f"{SITE}/badge", f"{SITE}/issuer"}
    [content] = archive.of_badges().values()
    assert content == raw
    with django_db_blocker.block():
        report = verified(content, tmp_path, alice.email)
    assert (report.format, report.verdict) == ("ob2-hosted", Verdict.AUTHENTIC)
    assert {path.split("/")[1] for path in archive.documents.values()} == {
        "badges.example",
        "badges.exemple.fr",
    }


@pytest.fixture
def other(settings, monkeypatch):
    """Alice's award on another installation of this product, whose documents can be asked for by the network."""

    class Site:
        def get(self, address: str, *, accept: str, limit: int, deadline: float) -> Fetched:
            if not address.startswith(f"{OTHER}/"):
                raise FetchRefused("fetch-no-answer")
            settings.SITE_URL = OTHER
            try:
                answer = Ours(self).get(address, accept=accept, limit=limit)
            finally:
                settings.SITE_URL = HERE
            return Fetched(address, answer.status, answer.content, answer.media_type)

    monkeypatch.setattr("passport.lib.fetch.get", Site().get)
    settings.SITE_URL = OTHER
    award = signed(
        public=True,
        badge_class=BadgeClassFactory(name="Fabmanager", image=stored_picture()),
        holder=UserFactory(),
        recipient_address="alice@exemple.fr",
    )
    settings.SITE_URL = HERE
    return award


@pytest.mark.parametrize("form", ["hosted", "signed", "credential", "token"])
def test_every_form_of_another_site_is_proved(other, alice, tmp_path, form, monkeypatch):
    given = getattr(other.documents, form).encode()
    imported(given, alice)
    monkeypatch.setattr(
        "passport.lib.fetch.get", lambda *args, **kwargs: pytest.fail("the network was asked")
    )
    archive = exported(alice)
    extracted(archive, tmp_path)

    assert list(archive.of_badges().values()) == [given]
    assert verified(given, tmp_path, alice.email).verdict == Verdict.AUTHENTIC
    assert {path.split("/")[1] for path in archive.documents.values()} == {
        "autre.example",
        "badges.exemple.fr",
    }


def test_withdrawn_there_it_is_withdrawn_in_its_copies(other, alice, tmp_path, settings):
    award = imported(other.documents.credential.encode(), alice)
    settings.SITE_URL = OTHER
    revoke(assertion=other, reason="mistake")
    settings.SITE_URL = HERE
    recheck(imported=award.imported)
    archive = exported(alice)

    assert "<strong>révoqué</strong>" in archive.index
    report = json.loads(archive.files[f"badges/fabmanager-{award.code}/verification.json"])
    assert report["verdict"] == "revoked"


# Copies that disagree


def test_of_two_copies_the_newest_answers_and_both_are_kept(alice):
    address = f"{SITE}/issuer"
    then = timezone.now()
    for age in (2, 1, 3):
        kept(alice, copies={address: f'{{"age": {age}}}'}, verified_at=then - timedelta(days=age))
    archive = exported(alice)

    assert archive.files[archive.documents[address]] == b'{"age": 1}'
    ages = [
        content for name, content in archive.files.items() if name.startswith("documents/badges.example/")
    ]
    assert sorted(ages) == [b'{"age": 1}', b'{"age": 2}', b'{"age": 3}']


def test_the_same_copy_is_there_once(alice):
    for number in range(3):
        kept(alice, copies={f"{SITE}/issuer": "{}", f"{SITE}/other/{number}": "{}"})
    archive = exported(alice)

    assert len([name for name in archive.files if name.startswith("documents/badges.example/")]) == 1
    assert len(archive.documents) == 1 + 3


def test_a_copy_never_stands_for_a_document_of_this_site(alice):
    award = signed(
        badge_class=BadgeClassFactory(image=stored_picture()), holder=alice, recipient_address=alice.email
    )
    issuer = f"{HERE}/ob2/issuers/{award.badge_class.issuer.uid}"
    honest = exported(alice)
    kept(alice, copies={issuer: '{"id": "forged"}'}, verified_at=datetime(2099, 1, 1, tzinfo=UTC))
    archive = exported(alice)

    assert archive.documents[issuer] == honest.documents[issuer]
    assert archive.files[archive.documents[issuer]] == honest.files[honest.documents[issuer]]


def test_the_picture_shown_is_ours_and_a_stranger_s_drawing_is_not_opened(alice):
    row = kept(alice, container="svg", original=b"<svg onload='alert(1)'/>")
    name = stored_picture()
    row.assertion.badge_class.image = name
    row.assertion.badge_class.save()
    archive = exported(alice)
    path = f"badges/soudure-{row.assertion.code}/original.svg"

    assert archive.files[path] == b"<svg onload='alert(1)'/>"
    assert f'href="{path}"' not in archive.index
    assert f'<span class="mono">{path}</span>' in archive.index
    assert f'src="documents/badges.exemple.fr/badges/images/{name[:64]}-440.png"' in archive.index


def test_nothing_of_somebody_else_s_import_is_in_it(alice, bob):
    kept(bob, original=b"marque de Bob", copies={f"{SITE}/marque": "{}"})
    kept(alice)
    everything = b"\n".join(exported(alice, at=NOW).files.values())

    assert b"marque" not in everything
    assert b"as it came" in everything
