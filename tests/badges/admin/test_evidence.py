"""The page on which organisers add, edit and remove what shows that a badge is deserved."""

import pytest
from django.urls import reverse

from badges.enums import EventKind, RevocationReason
from badges.models import AwardEvent, Evidence, SignedDocuments
from badges.services import keys
from badges.services.revoke import revoke
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory
from tests.signed import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(amcsti):
    return signed(badge_class=BadgeClassFactory(issuer=amcsti))


def page_of(award) -> str:
    return reverse("admin:badges_assertion_evidence", args=[award.pk])


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def sent(*rows: dict, first: int = 0) -> dict:
    """The formset as a browser sends it; `first`: how many rows were there."""
    data = {"evidence-TOTAL_FORMS": len(rows), "evidence-INITIAL_FORMS": first}
    for number, row in enumerate(rows):
        values = {"name": "", "narrative": "", "url": ""} | row
        data |= {f"evidence-{number}-{field}": value for field, value in values.items()}
    return data


def test_it_is_added_edited_and_removed(signed_in, olga, award):
    browser = signed_in(olga)
    before = SignedDocuments.objects.get().credential
    added = browser.post(page_of(award), sent({"name": "Rapport", "narrative": "A animé l’atelier."}))
    row = Evidence.objects.get()
    assert added.url == f"{reverse('admin:badges_assertion_change', args=[award.pk])}#evidence"
    assert (row.assertion, row.name, row.narrative) == (award, "Rapport", "A animé l’atelier.")
    assert SignedDocuments.objects.get().credential != before

    edited = {"id": row.pk, "name": "Compte rendu", "url": "exemple.fr/cr.pdf"}
    browser.post(page_of(award), sent(edited, {}, first=1))
    row.refresh_from_db()
    assert (row.name, row.narrative, row.url) == ("Compte rendu", "", "https://exemple.fr/cr.pdf")
    shown = text(browser.get(reverse("admin:badges_assertion_change", args=[award.pk])))
    assert "Rapport → Compte rendu" in shown
    assert 'href="https://exemple.fr/cr.pdf"' in shown

    browser.post(page_of(award), sent({**edited, "DELETE": "on"}, first=1))
    assert not Evidence.objects.exists()
    kinds = AwardEvent.objects.order_by("pk").values_list("kind", "by")
    assert list(kinds) == [(EventKind.EVIDENCE, olga.pk)] * 3


@pytest.mark.parametrize(
    "row, sentence",
    [
        ({"name": "Photo"}, "Dites ce qui a été fait, ou donnez l’adresse du travail."),
        ({"narrative": "x"}, "Remplissez ce champ."),
        ({"name": "Photo", "url": "javascript:alert(1)"}, "URL"),
        ({"name": "Photo", "url": "ftp://exemple.fr/x"}, "URL"),
        ({"name": "Photo", "narrative": "x" * 5_001}, "5000"),
        ({"name": "x" * 201, "narrative": "x"}, "200"),
    ],
)
def test_what_says_nothing_is_refused_and_nothing_is_lost(signed_in, olga, award, row, sentence):
    answer = signed_in(olga).post(page_of(award), sent(row))

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert row.get("name", "") in text(answer)
    assert not Evidence.objects.exists()
    assert not AwardEvent.objects.exists()


def test_there_are_at_most_twenty(signed_in, olga, award):
    rows = [{"name": f"Preuve {n}", "narrative": "x"} for n in range(21)]

    assert signed_in(olga).post(page_of(award), sent(*rows)).status_code == 422
    assert not Evidence.objects.exists()


def test_a_form_of_somebody_elses_making_is_refused(signed_in, olga, award):
    assert signed_in(olga).post(page_of(award), {}).status_code == 422


def test_markup_is_shown_as_it_was_typed(signed_in, olga, award):
    Evidence.objects.create(assertion=award, name="<b>Gras</b>", narrative="<script>1</script>\nsuite")
    shown = text(signed_in(olga).get(reverse("admin:badges_assertion_change", args=[award.pk])))

    assert "&lt;b&gt;Gras&lt;/b&gt;" in shown
    assert "&lt;script&gt;1&lt;/script&gt;<br>suite" in shown


def test_a_revoked_award_says_why_not(signed_in, olga, award):
    revoke(assertion=award, reason=RevocationReason.MISTAKE)
    browser = signed_in(olga)
    answer = browser.post(page_of(award), sent({"name": "Photo", "narrative": "x"}))

    assert answer.status_code == 422
    assert "Ce badge a été révoqué : ses preuves ne changent plus." in text(answer)
    page = text(browser.get(reverse("admin:badges_assertion_change", args=[award.pk])))
    assert page_of(award) not in page
    assert not Evidence.objects.exists()


def test_a_lost_secret_is_told_and_nothing_is_written(signed_in, olga, award, settings):
    settings.KEYS_SECRET = "un autre secret, bien assez long pour cela"
    keys._open.cache_clear()
    from_before = SignedDocuments.objects.values().get()
    answer = signed_in(olga).post(page_of(award), sent({"name": "Photo", "narrative": "x"}))

    assert answer.status_code == 422
    assert "KEYS_SECRET n’ouvre pas les clés de ce site." in text(answer)
    assert SignedDocuments.objects.values().get() == from_before
    assert not Evidence.objects.exists()


def test_nobody_touches_another_issuers(signed_in, olga, amcsti, award):
    foreign = signed(badge_class__issuer=IssuerFactory())
    row = Evidence.objects.create(assertion=foreign, name="Photo", narrative="x")
    browser = signed_in(olga)
    assert browser.get(page_of(foreign)).status_code == 404
    assert browser.post(page_of(foreign), sent({"name": "Pris", "narrative": "x"})).status_code == 404

    taken = {"id": row.pk, "name": "Pris", "narrative": "x"}
    for row_of_hers in (taken, {**taken, "DELETE": "on"}):
        browser.post(page_of(award), sent(row_of_hers, first=1))
    assert list(Evidence.objects.values_list("pk", "name", "assertion")) == [(row.pk, "Photo", foreign.pk)]


def test_a_waiting_award_takes_evidence_too(signed_in, olga, amcsti):
    waiting = AssertionFactory(badge_class=BadgeClassFactory(issuer=amcsti))
    signed_in(olga).post(page_of(waiting), sent({"name": "Photo", "narrative": "x"}))

    assert waiting.evidence.get().name == "Photo"
    assert not SignedDocuments.objects.exists()


def test_the_page_costs_the_same_with_one_row_and_with_many(
    signed_in, olga, award, django_assert_max_num_queries
):
    browser, counts = signed_in(olga), []
    for more in (1, 5):
        Evidence.objects.bulk_create(
            Evidence(assertion=award, name=f"{n}", narrative="x") for n in range(more)
        )
        with django_assert_max_num_queries(8) as captured:
            browser.get(page_of(award))
        counts.append(len(captured))

    assert counts[0] == counts[1]
