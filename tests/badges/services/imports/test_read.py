"""What is given is judged and waits as a draft; what cannot be read says why and stops no other."""

import json

import pytest

from badges.models import ImportDraft
from badges.services.accept import accept
from badges.services.imports.read import Given, read
from badges.services.sign import documents_of
from badges.verification import store
from tests.badges.services.imports.elsewhere import SITE, picture
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db


def file(content: bytes, name: str = "badge.png") -> Given:
    return Given(name, content)


def typed(text: str) -> Given:
    return Given(text[:80], text.encode(), is_text=True)


def one(reading) -> ImportDraft:
    assert reading.troubles == []
    [draft] = reading.drafts
    return ImportDraft.objects.get(pk=draft.pk)


def told(reading) -> list[str]:
    assert reading.drafts == []
    return [trouble.sentence for trouble in reading.troubles]


def test_a_baked_picture_waits_with_its_verdict(web, alice):
    raw = web.baked(web.award())

    draft = one(read(given=[file(raw, "soudure.png")], user=alice))

    assert (draft.verdict, draft.container, draft.label) == ("authentic", "png", "soudure.png")
    assert (bytes(draft.original), draft.source) == (raw, "")
    assert draft.iri == f"{SITE}/badge {SITE}/assertions/1"
    facts = store.load(draft.report).facts
    assert (facts.name, facts.issuer.name) == ("Soudure à l’arc", "Atelier des bricoleurs")
    assert draft.report["picture"].startswith("data:image/webp;base64,")


def test_an_address_gives_what_answers_there(web, alice):
    address = web.award()

    draft = one(read(given=[typed(address)], user=alice))

    assert (draft.verdict, draft.container, draft.source) == ("authentic", "json", address)
    assert bytes(draft.original) == web.text(address)
    assert set(draft.copies) == {address, f"{SITE}/badge", f"{SITE}/issuer"}
    assert json.loads(draft.copies[f"{SITE}/issuer"])["name"] == "Atelier des bricoleurs"


def test_the_address_of_a_baked_picture_gives_the_picture(web, alice):
    raw = web.pages["https://badges.example/alice.png"] = web.baked(web.award())

    draft = one(read(given=[typed("https://badges.example/alice.png")], user=alice))

    assert (draft.container, bytes(draft.original)) == ("png", raw)
    assert "https://badges.example/alice.png" not in draft.copies


def test_a_pasted_text_is_read_without_believing_it(web, alice):
    text = web.text(web.award()).decode().replace("2024-05-03", "2023-05-03")

    assert one(read(given=[typed(text)], user=alice)).verdict == "modified"


def test_an_issuer_that_does_not_answer_is_no_verdict_against_the_badge(web, alice):
    raw = web.baked(web.award())
    web.pages.clear()

    assert one(read(given=[file(raw)], user=alice)).verdict == "unreachable"


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"pas un badge", "ni un fichier PNG"),
        (picture(), "badge"),
        (b'{"a": 1}', ""),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, ""),
    ],
)
def test_what_holds_no_badge_says_so(web, alice, content, sentence):
    [said] = told(read(given=[file(content)], user=alice))

    assert said
    assert sentence in said
    assert not ImportDraft.objects.exists()


def test_bad_files_stop_no_good_one(web, alice):
    good = web.baked(web.award())

    reading = read(given=[file(b"rien", "a.png"), file(good, "b.png"), file(b"rien", "c.png")], user=alice)

    assert [trouble.given.label for trouble in reading.troubles] == ["a.png", "c.png"]
    assert [draft.label for draft in reading.drafts] == ["b.png"]


def test_the_same_badge_given_twice_waits_once(web, alice, bob):
    raw = web.baked(web.award())
    for _time in range(2):
        read(given=[file(raw)], user=alice)
    read(given=[file(raw)], user=bob)

    assert sorted(ImportDraft.objects.values_list("user", flat=True)) == sorted([alice.pk, bob.pk])


def test_drafts_of_one_person_are_counted(web, alice, monkeypatch):
    monkeypatch.setattr("badges.services.imports.read.MOST_WAITING", 1)
    first, second = (web.baked(web.award(number=number)) for number in (1, 2))

    reading = read(given=[file(first), file(second)], user=alice)

    assert len(reading.drafts) == 1
    assert "Trop de badges attendent" in reading.troubles[0].sentence


def test_when_the_time_is_over_the_rest_is_told(web, alice, monkeypatch):
    monkeypatch.setattr("badges.services.imports.read.SECONDS", 2.0)

    assert told(read(given=[file(web.baked(web.award()))], user=alice)) == [
        "Le temps a manqué pour le lire : les autres l’ont pris. Donnez-le à nouveau.".replace(
            " :", "\u00a0:"
        )
    ]
    assert web.asked == []


def test_a_badge_of_this_site_is_pointed_to(web, alice, bob, settings):
    held = accept(assertion=AssertionFactory(recipient_address=alice.email), holder=alice)
    waiting = AssertionFactory(recipient_address=alice.email)
    documents = documents_of(held)
    forms = [documents.hosted, documents.signed, documents.credential, documents.token]
    addresses = [f"{settings.SITE_URL}/b/{held.uid}/", f"{settings.SITE_URL}/ob2/assertions/{held.uid}"]

    for text in forms + addresses:
        assert told(read(given=[typed(text)], user=alice)) == [
            f'Vous avez déjà ce badge\u00a0: <a href="/badges/{held.uid}/">{held.badge_class.name}</a>'
        ]
    [said] = told(read(given=[typed(f"{settings.SITE_URL}/badges/{waiting.uid}/")], user=alice))
    assert said.startswith("Ce badge vous attend sur ce site")
    assert web.asked == []


def test_of_somebody_elses_badge_of_this_site_nothing_is_told(web, alice, bob, settings):
    held = accept(assertion=AssertionFactory(recipient_address=alice.email), holder=alice)
    documents = documents_of(held)
    unknown = f"{settings.SITE_URL}/b/00000000-0000-4000-8000-000000000000/"

    said = {
        told(read(given=[typed(text)], user=bob))[0]
        for text in (documents.hosted, documents.signed, documents.credential, documents.token, unknown)
    }

    assert len(said) == 1
    assert "ne s’importent pas" in said.pop()


@pytest.mark.parametrize(
    "issuer",
    [
        "https://ici.example/x/../ob3/issuers/1",
        "https://ICI.example:443/quelque/part",
        "http://ici.example./",
        "did:web:ici.example",
        "did:web:ici.example%3A443:ob3",
    ],
)
def test_what_claims_this_host_is_never_taken_in(web, alice, settings, issuer):
    settings.SITE_URL = "https://ici.example"
    forged = awarded(to=alice.email, issuer=issuer)

    [said] = told(read(given=[typed(json.dumps(forged))], user=alice))

    assert "ne s’importent pas" in said


def awarded(*, to: str, issuer: str) -> dict:
    """An unsigned Open Badges 3.0 credential."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Nous"},
        "validFrom": "2024-01-01T00:00:00Z",
        "name": "Faux",
        "credentialSubject": {
            "id": f"mailto:{to}",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://a.example/b",
                "type": ["Achievement"],
                "name": "Faux",
                "description": "d",
                "criteria": {"narrative": "rien"},
            },
        },
    }


def test_in_a_crowd_one_is_asked_to_come_back(web, alice, crowd):
    [said] = told(read(given=[file(web.baked(web.award()))], user=alice))

    assert "Réessayez dans une minute" in said
    assert web.asked == []
