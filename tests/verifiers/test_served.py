"""What this site serves for an award, before every verifier that others wrote: new, after a rotation, withdrawn."""

import io
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone
from PIL import Image

from badges import addresses, pictures
from badges.enums import RevocationReason, Visibility
from badges.formats.documents import Answer
from badges.formats.report import Verdict
from badges.models import Assertion, Evidence
from badges.services.accept import accept
from badges.services.endorse import endorse
from badges.services.expire import expire
from badges.services.revoke import revoke
from badges.services.rotate import rotate
from badges.services.show import show
from tests.e2e.pictures import CONGRESS_PICTURE
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory
from tests.verifiers import ours
from tests.verifiers.crawl import ask, crawl
from tests.verifiers.judges import (
    ACHIEVEMENT,
    ENDORSEMENT,
    REFUSED,
    REVOKED,
    VALID,
    VALIDATOR_CORE,
    altered,
    altered_token,
    job,
    ob2_job,
)
from tests.verifiers.judges import validator_core as core

pytestmark = pytest.mark.django_db

RECIPIENT = "alice@exemple.fr"
PROOF, TOKEN, CORE = ("data-integrity", "wallet", "schema"), ("token", "schema"), ("validator-core",)
# Form → who judges it. A picture gives what an independent reader finds in it.
JUDGES = {
    "2.0 hosted": CORE,
    "2.0 signed": (*CORE, "jws"),
    "2.0 PNG": CORE,
    "2.0 SVG": CORE,
    "3.0 Data Integrity": PROOF,
    "3.0 VC-JWT": TOKEN,
    "3.0 PNG": PROOF,
    "3.0 SVG": PROOF,
    "endorsement": PROOF,
    "status list": PROOF[:2],
}
UNSIGNED = {"2.0 hosted", "2.0 PNG", "2.0 SVG"}  # an address, or leading to one
PLACES = [(form, judge) for form, judges in JUDGES.items() for judge in judges]


@dataclass
class Badge:
    """The forms of one award as they were taken away, and what the site answers now."""

    forms: dict[str, str | bytes]
    site: dict[str, Answer] = field(repr=False)

    def job(self, form: str, judge: str) -> dict:
        given = self.forms[form]
        if judge == "validator-core":
            return ob2_job(given, self.site, recipient=RECIPIENT)
        schema = (
            {"schema": ENDORSEMENT if form == "endorsement" else ACHIEVEMENT} if judge == "schema" else {}
        )
        return job(judge, given, self.site, **schema)


@pytest.fixture(autouse=True)
def _production(settings):
    settings.SITE_URL = "https://badges.example.org"
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def award(amcsti, alice) -> Assertion:
    badge_class = BadgeClassFactory(
        issuer=amcsti,
        name="Médiation, premier pas",
        slug="mediation",
        image=pictures.store(CONGRESS_PICTURE.read_bytes()),
        image_alt="Un rond rouge",
        tags=["médiation", "congrès"],
    )
    badge_class.alignments.create(name="Technologie", url="https://example.org/cadre/4")
    endorse(badge_class=badge_class, issuer=IssuerFactory(name="Université"), comment="Exigeant et juste.")
    waiting = AssertionFactory(
        badge_class=badge_class,
        recipient_address=RECIPIENT,
        issued_at=timezone.now() - timedelta(days=30),
        expires_at=timezone.now() + timedelta(days=400),
    )
    Evidence.objects.create(assertion=waiting, name="Atelier", narrative="Trois séances.")
    accept(assertion=waiting, holder=alice)
    return show(assertion=waiting, visibility=Visibility.PUBLIC)


@pytest.fixture
def taken(client, award) -> Badge:
    return take(client, award)


def take(client, award: Assertion) -> Badge:
    """From the addresses of a public award."""
    hosted, credential = addresses.assertion(award.uid), addresses.credential(award.uid)
    site = crawl(client, hosted, f"{hosted}.jws", credential, f"{credential}.jwt")
    return Badge(
        {
            "2.0 hosted": hosted,
            "2.0 signed": text(site, f"{hosted}.jws"),
            "3.0 Data Integrity": text(site, credential),
            "3.0 VC-JWT": text(site, f"{credential}.jwt"),
            **baked(client, award),
            **beside(site),
        },
        site,
    )


def take_home(holder, client, award: Assertion) -> Badge:
    """From the files that a holder has, whoever else may see the badge."""
    forms = {
        "2.0 signed": file(holder, award, "jws", 2).decode(),
        "3.0 Data Integrity": file(holder, award, "json", 3).decode(),
        "3.0 VC-JWT": file(holder, award, "jwt", 3).decode(),
        **baked(holder, award),
    }
    return Badge(forms, crawl(client, forms["2.0 signed"], forms["3.0 Data Integrity"], forms["3.0 VC-JWT"]))


def file(reader, award: Assertion, extension: str, version: int) -> bytes:
    return ask(reader, addresses.baked(award.uid, version=version, extension=extension)).content


def baked(reader, award: Assertion) -> dict[str, str | bytes]:
    carrier = Image.open(io.BytesIO(file(reader, award, "png", 3)))
    return {
        "2.0 PNG": file(reader, award, "png", 2),
        "2.0 SVG": file(reader, award, "svg", 2),
        "3.0 PNG": carrier.text["openbadgecredential"],
        "3.0 SVG": ElementTree.fromstring(file(reader, award, "svg", 3))[0].text,
    }


def beside(site: dict[str, Answer]) -> dict[str, str]:
    """What else is signed, and named in the award."""
    (endorsement,) = (address for address in site if "/ob3/endorsements/" in address)
    (status,) = (address for address in site if "/ob3/status/" in address)
    return {"endorsement": text(site, endorsement), "status list": text(site, status)}


def text(site: dict[str, Answer], address: str) -> str:
    return site[address].content.decode()


def later(client, badge: Badge) -> Badge:
    """The same copies, when the site answers otherwise."""
    starts = [text for text in badge.forms.values() if isinstance(text, str)]
    return Badge(badge.forms, crawl(client, *starts))


@pytest.fixture
def verdicts(judge):
    """What all judges that are here say of a badge: (form, judge) → verdict."""

    def ask_all(badge: Badge) -> dict[tuple[str, str], str]:
        jobs = {place: badge.job(*place) for place in expected({}, badge)}
        of_2 = {place: asked for place, asked in jobs.items() if place[1] == "validator-core"}
        return _answers(judge, {place: jobs[place] for place in jobs.keys() - of_2}) | _answers(core, of_2)

    return ask_all


def _answers(judge, jobs: dict[tuple[str, str], dict]) -> dict[tuple[str, str], str]:
    if not jobs:
        return {}
    return {place: found.verdict for place, found in zip(jobs, judge(list(jobs.values())), strict=True)}


def expected(others: dict[tuple[str, str], str], badge: Badge) -> dict[tuple[str, str], str]:
    """VALID but for `others`; without the judge that is not installed."""
    missing = set() if VALIDATOR_CORE.exists() else {"validator-core"}
    places = [(form, judge) for form, judge in PLACES if form in badge.forms and judge not in missing]
    return {place: others.get(place, VALID) for place in places}


def twin(form: str, given: str) -> str:
    """The document or token with one byte altered."""
    if form == "status list":
        return altered(given, 'encodedList":"uH4sI')
    place = "Trois s" if form[0] == "2" else "mier pas"
    return altered(given, place) if given.startswith("{") else altered_token(given, place)


def own(badge: Badge) -> dict[str, Verdict]:
    return {form: ours.verdict(given, badge.site) for form, given in badge.forms.items()}


def test_every_form_is_accepted(taken, verdicts):
    assert verdicts(taken) == expected({}, taken)
    assert set(own(taken).values()) == {Verdict.AUTHENTIC}


def test_after_a_rotation_old_copies_are_accepted_but_the_signed_one_of_2_0(client, award, taken, verdicts):
    rotate(issuer=award.badge_class.issuer)

    kept = later(client, taken)

    assert verdicts(kept) == expected({("2.0 signed", "validator-core"): REFUSED}, kept)
    assert {form: word for form, word in own(kept).items() if word != Verdict.AUTHENTIC} == {
        "2.0 signed": Verdict.INVALID
    }


def test_after_a_rotation_new_copies_are_accepted(client, award, verdicts):
    rotate(issuer=award.badge_class.issuer)

    again = take(client, award)

    assert verdicts(again) == expected({}, again)
    assert set(own(again).values()) == {Verdict.AUTHENTIC}


def test_what_a_stolen_key_signed_is_accepted_by_nobody(client, award, taken, verdicts):
    rotate(issuer=award.badge_class.issuer, revoke=True)

    kept = later(client, taken)

    signed = {"2.0 signed", "status list", *(form for form in JUDGES if form.startswith("3.0"))}
    refused = {(form, judge): REFUSED for form, judge in PLACES if form in signed and judge != "schema"}
    assert verdicts(kept) == expected(refused, kept)
    assert {form for form, word in own(kept).items() if word != Verdict.AUTHENTIC} == signed


def test_withdrawn_it_is_accepted_by_nobody(client, award, taken, verdicts):
    revoke(assertion=award, reason=RevocationReason.MISTAKE)

    kept = later(client, taken)

    of_2 = {(form, "validator-core"): REFUSED for form in JUDGES if form.startswith("2.0")}
    of_3 = {(form, judge): REVOKED for form, judge in PLACES if form.startswith("3.0") and judge != "schema"}
    assert verdicts(kept) == expected(of_2 | of_3, kept)
    assert own(kept) == {form: Verdict.REVOKED if form[0] in "23" else Verdict.AUTHENTIC for form in JUDGES}


def test_over_it_is_accepted_by_nobody(client, award, verdicts):
    expire(assertion=award, at=timezone.now() - timedelta(hours=1), by=None)

    ended = take(client, award)

    refused = {
        (form, judge): REFUSED
        for form, judge in PLACES
        if form[0] in "23" and judge not in {"jws", "schema"}  # a signature, a shape: these stay good
    }
    assert verdicts(ended) == expected(refused, ended)


def test_over_is_what_this_project_says_too(client, award):
    expire(assertion=award, at=timezone.now() - timedelta(hours=1), by=None)

    assert own(take(client, award)) == {
        form: Verdict.EXPIRED if form[0] in "23" else Verdict.AUTHENTIC for form in JUDGES
    }


def test_one_altered_byte_is_refused(taken, verdicts):
    forms = {form: twin(form, given) for form, given in taken.forms.items() if form not in UNSIGNED}

    found = verdicts(Badge(forms, taken.site))

    assert {place: verdict for place, verdict in found.items() if place[1] != "schema"} == {
        place: REFUSED for place in found if place[1] != "schema"
    }
    assert set(own(Badge(forms, taken.site)).values()) == {Verdict.MODIFIED}


def test_a_private_badge_is_accepted_from_the_files_of_its_holder(client, award, alice, signed_in, verdicts):
    show(assertion=award, visibility=Visibility.PRIVATE)

    files = take_home(signed_in(alice), client, award)

    assert files.site.get(addresses.credential(award.uid)).status == 404
    assert verdicts(files) == expected({}, files)
    assert set(own(files).values()) == {Verdict.AUTHENTIC}
