"""What an organiser sees of the documents of an award, and what a verifier says of them."""

import json
import re

import pytest
from django.urls import reverse

from badges import addresses
from badges.enums import RevocationReason
from badges.models import SignedDocuments
from badges.services.keys import ring
from badges.services.revoke import revoke
from badges.services.rotate import rotate
from passport.lib import fetch
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory
from tests.signed import signed

pytestmark = pytest.mark.django_db

FORMS = ["hosted", "signed", "credential", "token"]


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti)


def page_of(award) -> str:
    return reverse("admin:badges_assertion_change", args=[award.pk])


def verify_of(award) -> str:
    return reverse("admin:badges_assertion_verify", args=[award.pk])


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def verdicts(answer) -> dict[str, str]:
    return {str(judged.label): str(judged.verdict) for judged in answer.context["verdicts"]}


def test_every_form_is_shown_as_it_was_signed(signed_in, olga, badge):
    award = signed(badge_class=badge, public=True)
    found = SignedDocuments.objects.get()
    answer = signed_in(olga).get(page_of(award))

    shown = {item.name: item for item in answer.context["signed"].documents}
    assert [item.text for item in shown.values()] == [getattr(found, form) for form in FORMS]
    hosted, credential = addresses.assertion(award.uid), addresses.credential(award.uid)
    served = [hosted, f"{hosted}.jws", credential, f"{credential}.jwt"]
    assert [item.address for item in shown.values()] == served
    page = text(answer)
    assert "UNDEFINED_VARIABLE" not in page[page.index('id="documents"') :]
    assert f'aria-label="Open Badges 3.0, signé (JWT)">{found.token}</textarea>' in page


def test_it_says_which_key_signed_and_when_and_its_place(signed_in, olga, badge):
    award = signed(badge_class=badge)
    keys, entry = ring(badge.issuer), award.status_entry
    answer = signed_in(olga).get(page_of(award))

    assert [item.key for item in answer.context["signed"].documents] == [
        "",
        addresses.rsa_key(keys.token.uid),
        addresses.key(keys.proof.uid),
        addresses.key(keys.token.uid),
    ]
    shown = answer.context["signed"]
    assert (shown.signed_at, shown.version) == (award.documents.signed_at, award.version)
    assert (shown.status_list, shown.status_index) == (
        addresses.status_list(entry.status_list.uid),
        entry.index,
    )
    assert f"n° {entry.index} de" in text(answer)


def test_after_a_change_of_keys_each_form_names_its_own(signed_in, olga, badge):
    award = signed(badge_class=badge)
    old = ring(badge.issuer)
    rotate(issuer=badge.issuer)
    answer = signed_in(olga).get(page_of(award))

    assert [item.key for item in answer.context["signed"].documents] == [
        "",
        addresses.rsa_key(ring(badge.issuer).token.uid),
        addresses.key(old.proof.uid),
        addresses.key(old.token.uid),
    ]


@pytest.mark.parametrize(
    "traits, sentence",
    [
        ({}, "Ils seront signés quand le badge sera accepté."),
        ({"declined": True}, "Ils seront signés quand le badge sera accepté."),
        ({"accepted": True}, "Ils sont en cours de signature : revenez dans un instant."),
        ({"revoked": True}, "Le badge a été révoqué avant toute signature."),
    ],
)
def test_what_is_not_signed_says_when_it_will_be_and_reading_writes_nothing(
    signed_in, olga, badge, traits, sentence, read_only
):
    award = AssertionFactory(badge_class=badge, **traits)
    browser = signed_in(olga)
    with read_only():
        shown = text(browser.get(page_of(award)))

    assert sentence in shown
    assert "Vérifier maintenant" not in shown


@pytest.mark.parametrize("shown_as", ["private", "members"])
def test_a_badge_that_few_see_is_shown_without_its_holders_choice(signed_in, olga, badge, alice, shown_as):
    traits = (
        {"accepted": True, "holder": alice} if shown_as == "private" else {"members": True, "holder": alice}
    )
    award = signed(badge_class=badge, recipient_address="Pro.Alice@Exemple.fr", **traits)
    browser = signed_in(olga)
    page, judged = browser.get(page_of(award)), browser.post(verify_of(award))

    documents = " ".join(item.text for item in page.context["signed"].documents)
    assert "pro.alice" not in documents.lower()
    for answer in (page, judged):
        assert alice.email not in text(answer)
    assert verdicts(judged) == {
        "Open Badges 2.0, signé (JWS)": "authentic",
        "Open Badges 3.0, avec sa preuve de signature": "authentic",
        "Open Badges 3.0, signé (JWT)": "authentic",
    }
    chosen = re.compile(r"[Pp]rivé|[Uu]tilisateurs enregistrés|visibil")
    assert not chosen.search(text(page).partition("</html>")[0])


def test_what_everybody_sees_is_judged_as_it_is_served(signed_in, olga, badge):
    answer = signed_in(olga).post(verify_of(signed(badge_class=badge, public=True)))

    assert verdicts(answer) == dict.fromkeys(
        [
            "Open Badges 2.0, hébergé",
            "Open Badges 2.0, signé (JWS)",
            "Open Badges 3.0, avec sa preuve de signature",
            "Open Badges 3.0, signé (JWT)",
        ],
        "authentic",
    )
    shown = text(answer)
    assert shown.count("authentique</span>") == 4
    assert "Le badge est bien pour la personne dont l’adresse a été donnée." in shown
    assert "UNDEFINED_VARIABLE" not in shown[shown.index('id="content-main"') :]


def test_a_revoked_badge_is_told_to_be_so_in_every_form(signed_in, olga, badge):
    award = signed(badge_class=badge, public=True)
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    answer = signed_in(olga).post(verify_of(award))

    assert set(verdicts(answer).values()) == {"revoked"}
    assert len(verdicts(answer)) == 4


def test_an_altered_document_is_seen(signed_in, olga, badge):
    award = signed(badge_class=badge)
    found = SignedDocuments.objects.get()
    credential = json.loads(found.credential)
    credential["credentialSubject"]["achievement"]["name"] = "Autre"
    SignedDocuments.objects.update(credential=json.dumps(credential))
    answer = signed_in(olga).post(verify_of(award))

    assert verdicts(answer)["Open Badges 3.0, avec sa preuve de signature"] == "modified"
    assert "Faux :" in text(answer)


def test_verifying_sends_nothing_out_and_writes_nothing(signed_in, olga, badge, monkeypatch, read_only):
    def refused(*args, **kwargs):
        raise AssertionError("a request has left")

    award = signed(badge_class=badge, public=True)
    monkeypatch.setattr(fetch, "get", refused)
    browser = signed_in(olga)
    with read_only():
        assert browser.post(verify_of(award)).status_code == 200


@pytest.mark.parametrize("made", [signed, AssertionFactory])
def test_a_visit_and_an_unsigned_award_lead_back_to_the_page(signed_in, olga, badge, made):
    award = made(badge_class=badge)
    browser = signed_in(olga)
    answer = browser.get(verify_of(award)) if made is signed else browser.post(verify_of(award))

    assert (answer.status_code, answer.url) == (302, f"{page_of(award)}#documents")


def test_another_issuers_award_is_unknown(signed_in, olga, amcsti, bob):
    foreign = signed(badge_class__issuer=IssuerFactory(), public=True)
    assert signed_in(olga).post(verify_of(foreign)).status_code == 404
    assert signed_in(olga).get(page_of(foreign)).status_code == 404

    root = UserFactory(is_staff=True, is_superuser=True)
    assert signed_in(root).post(verify_of(foreign)).status_code == 200
    bob.is_staff = True
    bob.save()
    assert signed_in(bob).post(verify_of(foreign)).status_code == 404
