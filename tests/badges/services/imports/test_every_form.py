"""Badges of another installation of this very product come in, in every form that it gives out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from badges import pictures
from badges.enums import Origin, RevocationReason, Visibility
from badges.exceptions import NotPossible
from badges.formats.documents import Answer
from badges.models import Assertion, ImportDraft, ImportedBadge
from badges.services.accept import accept
from badges.services.endorse import endorse
from badges.services.expire import expire
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from badges.services.imports.recheck import recheck
from badges.services.imports.waiting import waiting
from badges.services.revoke import revoke
from badges.services.show import show
from badges.verification.ours import Ours
from passport.lib.fetch import Fetched, FetchRefused
from tests.badges.services.imports.elsewhere import picture
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db
OTHER = "https://autre.example"
FORMS = [
    "png?version=2",
    "png?version=3",
    "svg?version=2",
    "svg?version=3",
    "json?version=2",
    "json?version=3",
    "jws",
    "jwt",
]
CONTAINERS = {"png": "png", "svg": "svg", "jso": "json", "jws": "jws", "jwt": "jws"}


class Other:
    """The other installation: the same database under another name, asked from here by the network alone."""

    def __init__(self, settings) -> None:
        self.settings, self.here = settings, settings.SITE_URL

    def __enter__(self) -> None:
        self.settings.SITE_URL = OTHER
        self.settings.ALLOWED_HOSTS = ["*"]

    def __exit__(self, *error) -> None:
        self.settings.SITE_URL = self.here

    def get(self, address: str, *, accept: str, limit: int, deadline: float) -> Fetched:
        if not address.startswith(f"{OTHER}/"):
            raise FetchRefused("fetch-no-answer")
        with self:
            answer: Answer = Ours(self).get(address, accept=accept, limit=limit)
        return Fetched(address, answer.status, answer.content, answer.media_type)


@pytest.fixture
def other(settings, monkeypatch) -> Other:
    site = Other(settings)
    monkeypatch.setattr("passport.lib.fetch.get", site.get)
    return site


@pytest.fixture
def award(other, alice) -> Assertion:
    """Alice's, there, in public; here she is another account with the same address."""
    there = UserFactory(email="alice@autre.example")
    with other:
        issuer = IssuerFactory(name="Le Dôme", url=f"{OTHER}/", email="contact@autre.example")
        badge_class = BadgeClassFactory(issuer=issuer, name="Fabmanager", image=pictures.store(picture()))
        waiting = AssertionFactory(
            badge_class=badge_class, recipient_address=alice.email, recipient_name="Alice M."
        )
        endorse(badge_class=badge_class, issuer=IssuerFactory(name="Réseau"), comment="Sérieux.")
        held = accept(assertion=waiting, holder=there)
        return show(assertion=held, visibility=Visibility.PUBLIC)


def file_of(award, other, form: str) -> bytes:
    browser = Client()
    browser.force_login(award.holder, backend="django.contrib.auth.backends.ModelBackend")
    with other:
        answer = browser.get(f"/badges/{award.uid}/telecharger.{form}")
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("form", FORMS)
def test_it_comes_in_authentic_with_its_issuer_proved(award, other, alice, form):
    raw = file_of(award, other, form)

    reading = read(given=[Given("badge", raw)], user=alice)
    assert reading.troubles == []
    [draft] = reading.drafts
    assert (draft.verdict, draft.container) == (
        "authentic",
        form[:3] if form[:3] != "jso" else "json",
    ) or form == "jwt"
    kept = keep(draft=draft, holder=alice)

    assert kept.badge_class.issuer.origin == Origin.ELSEWHERE
    assert kept.badge_class.issuer.name == "Le Dôme"
    assert kept.recognises.name == "Fabmanager"
    assert kept.issued_at == award.issued_at.replace(microsecond=0)
    assert bytes(kept.imported.original) == raw
    assert pictures.read_variant(pictures.variant(kept.recognises.image, "264.webp"))


@pytest.mark.parametrize("form", FORMS)
def test_withdrawn_there_it_is_withdrawn_here(award, other, alice, form):
    [draft] = read(given=[Given("badge", file_of(award, other, form))], user=alice).drafts
    kept = keep(draft=draft, holder=alice)
    with other:
        revoke(assertion=award, reason=RevocationReason.MISTAKE)

    row = recheck(imported=ImportedBadge.objects.select_related("assertion__badge_class__issuer").get())

    assert row.verdict == "revoked"
    assert Assertion.objects.get(pk=kept.pk).is_revoked


@pytest.mark.parametrize("path", ["ob2/assertions/{}", "ob3/credentials/{}", "ob3/credentials/{}.jwt"])
def test_its_addresses_are_read(award, other, alice, path):
    address = f"{OTHER}/{path.format(award.uid)}"

    [draft] = read(given=[Given(address, address.encode(), is_text=True)], user=alice).drafts

    assert (draft.verdict, draft.source) == ("authentic", address)


def test_it_is_not_for_others(award, other, bob):
    reading = read(given=[Given("badge", file_of(award, other, form)) for form in FORMS], user=bob)

    assert reading.troubles == []
    assert {draft.verdict for draft in reading.drafts} == {"authentic"}


@pytest.fixture
def renewed(award, other, alice, time_machine) -> Assertion:
    """Alice has kept the first writing, in public; then its issuer gave it an end, and she gives the second one."""
    [draft] = read(given=[Given("badge", file_of(award, other, "json?version=3"))], user=alice).drafts
    kept = show(assertion=keep(draft=draft, holder=alice), visibility=Visibility.PUBLIC)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    with other:
        expire(assertion=award, at=timezone.now() + timedelta(days=30), by=None)
    read(given=[Given("newer", file_of(award, other, "jwt"))], user=alice)
    return kept


def test_a_newer_writing_takes_the_place_of_the_older(renewed, alice):
    draft = ImportDraft.objects.get()
    [found] = waiting(alice)
    assert (found.standing.may_keep, found.standing.renews.assertion) == (True, renewed)
    older = bytes(ImportedBadge.objects.get().original)

    after = keep(draft=draft, holder=alice)

    assert (after, after.visibility) == (renewed, Visibility.PUBLIC)
    assert after.expires_at.date() == (timezone.now() + timedelta(days=30)).date()
    row = ImportedBadge.objects.get()
    assert (row.container, bytes(row.original)) == ("jws", bytes(draft.original))
    assert bytes(row.original) != older
    assert after.badge_class.public_recipients == 1


def test_an_older_writing_takes_no_place(renewed, award, other, alice):
    first = bytes(ImportedBadge.objects.get().original)
    keep(draft=ImportDraft.objects.get(), holder=alice)
    [draft] = read(given=[Given("older", first)], user=alice).drafts

    with pytest.raises(NotPossible, match="avez déjà ce badge"):
        keep(draft=draft, holder=alice)


def test_a_newer_writing_replaces_nothing_that_was_withdrawn(renewed, alice):
    Assertion.objects.filter(pk=renewed.pk).update(revoked_at=timezone.now(), revocation_reason="other")

    with pytest.raises(NotPossible, match="avez déjà ce badge"):
        keep(draft=ImportDraft.objects.get(), holder=alice)
