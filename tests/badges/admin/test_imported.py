"""What came from elsewhere is in no organiser's list, and administrators see that it is verified, never whose it is."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from badges.enums import Origin
from badges.models import Assertion, ImportedBadge, Issuer, IssuerMember
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db

MARKER = "zorglub"
CHANGELIST = "admin:badges_importedbadge_changelist"


@pytest.fixture
def root(db):
    return UserFactory(is_staff=True, is_superuser=True)


def import_badge(holder, number: int = 1, **fields) -> ImportedBadge:
    issuer = IssuerFactory(
        name=f"{MARKER} issuer {number}", origin=Origin.CLAIMED, iri=f"https://{MARKER}.fr/{number}"
    )
    badge = BadgeClassFactory(issuer=issuer, name=f"{MARKER} badge {number}", iri=f"https://{MARKER}.fr/b")
    award = AssertionFactory(
        badge_class=badge,
        accepted=True,
        holder=holder,
        recipient_address=holder.email,
        recipient_name="Alice",
    )
    return ImportedBadge.objects.create(
        assertion=award, holder=holder, original=b"x", container="json", sha256="0" * 64,
        iri=f"https://{MARKER}.fr/a{number}", **{"verdict": "authentic"} | fields,
    )  # fmt: skip


@pytest.fixture
def imported(alice):
    return import_badge(alice)


@pytest.mark.parametrize("name", ["issuer", "badgeclass", "assertion", "batch"])
def test_it_is_in_no_list_and_on_no_page_of_its_own(signed_in, root, imported, name):
    award = imported.assertion
    keys = {"issuer": award.badge_class.issuer_id, "badgeclass": award.badge_class_id, "assertion": award.pk}
    browser = signed_in(root)

    assert MARKER not in browser.get(reverse(f"admin:badges_{name}_changelist")).content.decode()
    if name in keys:
        page = browser.get(reverse(f"admin:badges_{name}_change", args=[keys[name]]))
        assert page.status_code in {302, 404}


@pytest.mark.parametrize("name, tails", [
    ("badgeclass", ["delivrer/", "suivi/", "suivi/rapport.csv", "recommander/"]),
    ("issuer", ["cles/"]),
    ("assertion", ["preuves/", "verifier/"]),
])  # fmt: skip
def test_its_pages_of_awarding_and_signing_are_unknown(signed_in, root, imported, name, tails):
    award = imported.assertion
    key = {"badgeclass": award.badge_class_id, "issuer": award.badge_class.issuer_id, "assertion": award.pk}[
        name
    ]
    browser = signed_in(root)
    for tail in tails:
        assert browser.get(f"/admin/badges/{name}/{key}/{tail}").status_code == 404
        assert browser.post(f"/admin/badges/{name}/{key}/{tail}", {"sure": "on"}).status_code == 404


def test_no_form_offers_its_issuer_and_no_action_reaches_it(signed_in, root, imported):
    browser = signed_in(root)
    assert MARKER not in browser.get(reverse("admin:badges_badgeclass_add")).content.decode()
    action = {
        "action": "revoke_selected", "_selected_action": [imported.assertion.pk], "asked": "True", "reason": "mistake",
    }  # fmt: skip
    browser.post(reverse("admin:badges_assertion_changelist"), action)
    gone = {
        "action": "delete_selected",
        "_selected_action": [imported.assertion.badge_class.issuer_id],
        "post": "yes",
    }
    browser.post(reverse("admin:badges_issuer_changelist"), gone)

    assert Assertion.objects.get().revoked_at is None
    assert Issuer.objects.count() == 1


def test_a_member_of_such_an_issuer_sees_nothing_of_it(signed_in, olga, amcsti, imported):
    IssuerMember.objects.create(issuer=imported.assertion.badge_class.issuer, user=olga)
    browser = signed_in(olga)
    for name in ("issuer", "badgeclass", "assertion"):
        assert MARKER not in browser.get(reverse(f"admin:badges_{name}_changelist")).content.decode()


def test_an_administrator_reads_what_is_verified_and_not_whose_it_is(signed_in, root, imported, alice):
    since, at = datetime(2026, 3, 1, 9, 0, tzinfo=UTC), datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    ImportedBadge.objects.update(verdict="unreachable", unreachable_since=since, verified_at=at)
    shown = signed_in(root).get(reverse(CHANGELIST)).content.decode()

    for part in (
        f"{MARKER} badge 1",
        f"{MARKER} issuer 1",
        "Ailleurs, non prouvé",
        "émetteur injoignable",
        "2 mars 2026 10:30",
        "1 mars 2026 10:00",
    ):
        assert part in shown
    assert alice.email not in shown
    assert "Alice" not in shown
    assert imported.iri not in shown


def test_the_list_is_filtered_by_verdict(signed_in, root, alice):
    good, bad = import_badge(alice, 1), import_badge(alice, 2, verdict="revoked")
    browser = signed_in(root)

    found = [
        browser.get(reverse(CHANGELIST), {"verdict": word}).context["cl"].result_list
        for word in ("authentic", "revoked")
    ]
    assert [list(rows) for rows in found] == [[good], [bad]]


@pytest.mark.parametrize("query", ["holder__email__startswith=a", "iri__startswith=h", "report__icontains=a"])
def test_nothing_else_is_asked_by_the_address(signed_in, root, imported, query):
    assert signed_in(root).get(f"{reverse(CHANGELIST)}?{query}").status_code in {302, 400}


def test_nobody_opens_one_edits_or_deletes(signed_in, root, imported):
    browser = signed_in(root)
    for act in ("change", "delete", "history"):
        address = reverse(f"admin:badges_importedbadge_{act}", args=[imported.pk])
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"post": "yes"}).status_code == 403
    assert browser.get(reverse("admin:badges_importedbadge_add")).status_code == 403
    browser.post(
        reverse(CHANGELIST), {"action": "delete_selected", "_selected_action": [imported.pk], "post": "yes"}
    )
    assert ImportedBadge.objects.get() == imported


def test_an_organiser_does_not_know_the_list(signed_in, olga, amcsti, imported):
    browser = signed_in(olga)

    assert browser.get(reverse(CHANGELIST)).status_code == 403
    assert "importedbadge" not in browser.get("/admin/").content.decode()


def test_the_list_costs_the_same_with_one_and_with_several(
    signed_in, root, alice, django_assert_max_num_queries
):
    browser, counts = signed_in(root), []
    for numbers in (range(1), range(1, 5)):
        for number in numbers:
            import_badge(alice, number)
        with django_assert_max_num_queries(6) as captured:
            browser.get(reverse(CHANGELIST))
        counts.append(len(captured))

    assert counts[0] == counts[1]
