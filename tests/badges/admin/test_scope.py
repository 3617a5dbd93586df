"""An organiser of one issuer sees and touches nothing of another's, on any address of the administration."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from badges.enums import AssertionState, EventKind, RevocationReason
from badges.lists import Line
from badges.models import (
    Alignment,
    Assertion,
    AwardEvent,
    BadgeClass,
    Batch,
    BatchLine,
    Evidence,
    Issuer,
    IssuerMember,
    ListPreset,
    OptOut,
    SignedDocuments,
    SigningKey,
)
from badges.services.draft import draft
from badges.services.issue import issue
from tests.factories import (
    AssertionFactory,
    BadgeClassFactory,
    IssuerFactory,
    IssuerMemberFactory,
    UserFactory,
)
from tests.signed import signed

pytestmark = pytest.mark.django_db

MARKER = "zorglub"
# They show what the gallery shows to everybody, to recommend it; test_endorsing.py is about them.
OPEN_TO_ORGANISERS = {"badges_badgeclass_recommend", "badges_badgeclass_endorse"}


@pytest.fixture
def foreign(db):
    """Another issuer with everything that it can have, each text marked."""
    issuer = IssuerFactory(name=f"{MARKER} issuer", slug=f"{MARKER}-issuer", town=MARKER)
    member = IssuerMemberFactory(issuer=issuer, user=UserFactory(email=f"{MARKER}@exemple.fr", is_staff=True))
    badge = BadgeClassFactory(
        issuer=issuer, name=f"{MARKER} badge", slug=f"{MARKER}-badge", description=MARKER
    )
    report = issue(
        badge_class=badge,
        lines=[Line(1, f"{MARKER}1@exemple.fr", MARKER)],
        source=MARKER,
        by=member.user,
    )
    AwardEvent.objects.create(assertion=Assertion.objects.get(), kind=EventKind.READDRESSED, before=MARKER)
    OptOut.objects.create(issuer=issuer, folded_address=f"{MARKER}1@exemple.fr")
    preset = ListPreset.objects.create(owner=member.user, name=MARKER, address=MARKER)
    to_check = draft(
        badge_class=badge,
        raw=f"e-mail,nom\n{MARKER}2@gmial.com,{MARKER}\n{MARKER},x\n".encode(),
        source=MARKER,
        by=member.user,
    )
    waiting = Assertion.objects.get()
    Alignment.objects.create(badge_class=badge, name=MARKER, url=f"https://{MARKER}.fr/")
    held = signed(badge_class=badge, recipient_name=MARKER, recipient_address=f"{MARKER}3@exemple.fr")
    shown = Evidence.objects.create(assertion=held, name=MARKER, narrative=MARKER)
    return {
        "issuer": issuer.pk,
        "badgeclass": badge.pk,
        "batch": report.batch_id,
        "draft": to_check.pk,
        "listpreset": preset.pk,
        "assertion": waiting.pk,
        "held": held.pk,
        "evidence": shown.pk,
        "issuermember": member.pk,
        "user": member.user_id,
    }


def admin_patterns() -> list[URLPattern]:
    resolver = next(r for r in get_resolver().url_patterns if getattr(r, "app_name", None) == "admin")
    found, queue = [], [resolver]
    while queue:
        for item in queue.pop().url_patterns:
            (found if isinstance(item, URLPattern) else queue).append(item)
    return found


def foreign_addresses(foreign: dict[str, int]) -> list[str]:
    addresses = ["/admin/", "/admin/badges/", *(f"/admin/r/{kind}/1/" for kind in range(1, 30))]
    for pattern in admin_patterns():
        name = pattern.name or ""
        model = next((m for m in foreign if f"_{m}_" in f"{name}_"), None)
        if name in {"", "view_on_site", *OPEN_TO_ORGANISERS}:
            continue
        if "object_id" in pattern.pattern.converters:
            of_model = {"assertion": ["assertion", "held"], "batch": ["batch", "draft"]}.get(
                model or "", [model]
            )
            pks = {foreign[kind] for kind in of_model} if model else {1, *foreign.values()}
            addresses += [reverse(f"admin:{name}", kwargs={"object_id": pk}) for pk in pks]
        elif not pattern.pattern.converters and name and not pattern.pattern.regex.groups:
            addresses.append(reverse(f"admin:{name}"))
    assert len(addresses) > 40
    return sorted({*addresses})


def test_no_address_of_the_administration_tells_an_organiser_of_another_issuer(
    signed_in, olga, amcsti, foreign
):
    BadgeClassFactory(issuer=amcsti)
    browser = signed_in(olga)
    for address in foreign_addresses(foreign):
        if "logout" in address or "password_change" in address:
            continue
        for answer in (
            browser.get(address),
            browser.get(address, {"q": MARKER[:4], "_to_field": "id", "_popup": "1"}),
        ):
            assert answer.status_code in {200, 302, 403, 404, 405}, address
            assert MARKER not in b"".join(answer).decode(), address
            assert MARKER not in answer.get("Location", ""), address


def test_no_post_to_the_administration_touches_another_issuers_rows(signed_in, olga, amcsti, foreign):
    def digest():
        paths = {Issuer: "pk", IssuerMember: "issuer", BadgeClass: "issuer", Assertion: "badge_class__issuer"}
        paths |= {Batch: "badge_class__issuer", BatchLine: "batch__badge_class__issuer", OptOut: "issuer"}
        paths |= {
            AwardEvent: "assertion__badge_class__issuer",
            ListPreset: "owner__issuer_memberships__issuer",
            SigningKey: "issuer",
            SignedDocuments: "assertion__badge_class__issuer",
            Evidence: "assertion__badge_class__issuer",
            Alignment: "badge_class__issuer",
        }
        return [
            list(m.objects.filter(**{paths[m]: foreign["issuer"]}).order_by("pk").values()) for m in paths
        ]

    own = BadgeClassFactory(issuer=amcsti)
    before = digest()
    browser = signed_in(olga)
    for address in foreign_addresses(foreign):
        if "logout" in address or "password_change" in address:
            continue
        data = {
            "name": "Pris", "slug": "pris", "issuer": foreign["issuer"], "description": "x", "criteria": "x",
            "post": "yes", "text": "a@exemple.fr", "action": "revoke_selected", "reason": "mistake",
            "asked": "True", "act": "revoke", "revoke-reason": "mistake",
            "_selected_action": [foreign["assertion"], foreign["badgeclass"]], "country": "FR",
            "members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 0, "members-0-email": olga.email,
            "evidence-TOTAL_FORMS": 1, "evidence-INITIAL_FORMS": 0, "evidence-0-name": "Pris",
            "evidence-0-narrative": "x", "alignments-TOTAL_FORMS": 0, "alignments-INITIAL_FORMS": 0,
            "stolen": "on", "sure": "on",
        }  # fmt: skip
        drafts = {
            "act": "proposals",
            "address-2": "x@exemple.fr",
            "keep-2": "on",
            "address": 0,
            "subject": "Pris",
        }
        for posted in (data, drafts, {"act": "shared", "shared": "each"}):
            answer = browser.post(address, posted)
            assert answer.status_code in {200, 302, 403, 404, 405, 422}, address
            assert MARKER not in b"".join(answer).decode(), address

    assert digest() == before
    assert BadgeClass.objects.get(pk=own.pk).issuer == amcsti


def test_the_twin_an_organiser_opens_what_is_theirs(signed_in, olga, amcsti):
    badge = BadgeClassFactory(issuer=amcsti)
    assertion = AssertionFactory(badge_class=badge, recipient_name="Camille Twin")
    browser = signed_in(olga)

    for name, pk in [("issuer", amcsti.pk), ("badgeclass", badge.pk), ("assertion", assertion.pk)]:
        assert browser.get(reverse(f"admin:badges_{name}_change", args=[pk])).status_code == 200
        assert browser.get(reverse(f"admin:badges_{name}_changelist")).status_code == 200
        assert browser.get(reverse(f"admin:badges_{name}_history", args=[pk])).status_code == 200
    assert "Camille Twin" in browser.get(reverse("admin:badges_assertion_changelist")).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "visibility=public",
        "visibility__exact=public",
        "name_listed=1",
        "holder__isnull=0",
        "holder__email__startswith=a",
        "badge_class__issuer__name__startswith=a",
        "lines__message__address__startswith=a",
    ],
)
def test_what_is_not_shown_cannot_be_asked_by_the_address(signed_in, olga, amcsti, query):
    AssertionFactory(badge_class__issuer=amcsti, recipient_name="Camille Visible", public=True)
    answer = signed_in(olga).get(f"{reverse('admin:badges_assertion_changelist')}?{query}")

    assert answer.status_code in {302, 400}
    assert "Camille Visible" not in answer.content.decode()


def test_the_page_of_an_award_tells_nothing_of_its_holders_choices(signed_in, olga, amcsti, alice):
    assertion = AssertionFactory(
        badge_class__issuer=amcsti, public=True, holder=alice, recipient_address="pro@exemple.fr"
    )
    shown = (
        signed_in(olga).get(reverse("admin:badges_assertion_change", args=[assertion.pk])).content.decode()
    )

    assert "pro@exemple.fr" in shown
    assert alice.email not in shown
    assert "Public" not in shown
    assert "visibility" not in shown


def test_a_member_who_organises_nothing_does_not_enter(signed_in, bob):
    assert signed_in(bob).get("/admin/", follow=True).request["PATH_INFO"] != "/admin/"
    bob.is_staff = True
    bob.save()
    for name in ("issuer", "badgeclass", "batch", "assertion"):
        assert signed_in(bob).get(reverse(f"admin:badges_{name}_changelist")).status_code == 403


def test_a_right_that_is_taken_back_ends_at_once(signed_in, olga, amcsti):
    browser = signed_in(olga)
    assert browser.get(reverse("admin:badges_issuer_change", args=[amcsti.pk])).status_code == 200
    IssuerMember.objects.all().delete()

    assert browser.get(reverse("admin:badges_issuer_change", args=[amcsti.pk])).status_code in {302, 403, 404}


def test_an_organiser_makes_no_issuer_and_no_member(signed_in, olga, amcsti, bob):
    browser = signed_in(olga)
    assert browser.get(reverse("admin:badges_issuer_add")).status_code == 403
    data = {
        "name": "Amcsti", "slug": "autre", "country": "FR", "town": "Caen",
        "members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 0, "members-0-email": bob.email,
    }  # fmt: skip
    browser.post(reverse("admin:badges_issuer_change", args=[amcsti.pk]), data)

    amcsti.refresh_from_db()
    assert (amcsti.town, amcsti.slug) == ("Caen", "amcsti")
    assert not IssuerMember.objects.filter(user=bob).exists()


def test_an_administrator_says_who_organises(signed_in, bob):
    issuer = IssuerFactory(name="Le Dôme", slug="le-dome")
    browser = signed_in(UserFactory(is_staff=True, is_superuser=True))
    url = reverse("admin:badges_issuer_change", args=[issuer.pk])
    data = {"name": "Le Dôme", "slug": "le-dome", "country": "FR"}
    added = data | {
        "members-TOTAL_FORMS": 1,
        "members-INITIAL_FORMS": 0,
        "members-0-email": bob.email.upper(),
    }

    assert browser.post(url, added).status_code == 302
    bob.refresh_from_db()
    assert bob.is_staff
    member = IssuerMember.objects.get(user=bob, issuer=issuer)
    removed = data | {
        "members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 1, "members-0-id": member.pk, "members-0-issuer": issuer.pk,
        "members-0-DELETE": "on",
    }  # fmt: skip
    assert browser.post(url, removed).status_code == 302
    bob.refresh_from_db()
    assert not bob.is_staff
    assert not IssuerMember.objects.exists()


def test_an_unknown_organiser_is_refused_with_a_sentence(signed_in):
    issuer = IssuerFactory()
    browser = signed_in(UserFactory(is_staff=True, is_superuser=True))
    data = {
        "name": "x", "slug": issuer.slug, "country": "FR",
        "members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 0, "members-0-email": "personne@nulle.part",
    }  # fmt: skip
    answer = browser.post(reverse("admin:badges_issuer_change", args=[issuer.pk]), data)

    assert "Aucun compte n’a confirmé cette adresse." in answer.content.decode()


def test_an_administrator_makes_an_issuer(signed_in):
    browser = signed_in(UserFactory(is_staff=True, is_superuser=True))
    data = {
        "name": "Fête de l’été",
        "slug": "",
        "country": "BE",
        "members-TOTAL_FORMS": 0,
        "members-INITIAL_FORMS": 0,
    }
    browser.post(reverse("admin:badges_issuer_add"), data)

    assert Issuer.objects.values_list("slug", "country").get() == ("fete-de-lete", "BE")


def test_badges_follow_their_issuers_country(signed_in, amcsti):
    follows, own = BadgeClassFactory(issuer=amcsti), BadgeClassFactory(issuer=amcsti, country="CH")
    browser = signed_in(UserFactory(is_staff=True, is_superuser=True))
    data = {
        "name": "Amcsti",
        "slug": "amcsti",
        "country": "BE",
        "members-TOTAL_FORMS": 0,
        "members-INITIAL_FORMS": 0,
    }
    browser.post(reverse("admin:badges_issuer_change", args=[amcsti.pk]), data)

    follows.refresh_from_db()
    own.refresh_from_db()
    assert (follows.gallery_country, own.gallery_country) == ("BE", "CH")


def revoke_data(*assertions, **more) -> dict:
    return {"action": "revoke_selected", "_selected_action": [a.pk for a in assertions], **more}


def test_revoking_asks_for_a_reason_first(signed_in, olga, amcsti):
    assertion = AssertionFactory(badge_class__issuer=amcsti)
    browser, url = signed_in(olga), reverse("admin:badges_assertion_changelist")

    asked = browser.post(url, revoke_data(assertion))
    assert asked.status_code == 200
    assert assertion.recipient_address in asked.content.decode()
    assertion.refresh_from_db()
    assert not assertion.is_revoked

    browser.post(url, revoke_data(assertion, reason="mistake", asked="True"))
    assertion.refresh_from_db()
    assert (assertion.revocation_reason, assertion.state) == (
        RevocationReason.MISTAKE,
        AssertionState.PENDING,
    )


def test_revoking_refuses_an_invented_reason_and_a_foreign_award(signed_in, olga, amcsti):
    own, other = AssertionFactory(badge_class__issuer=amcsti), AssertionFactory()
    browser, url = signed_in(olga), reverse("admin:badges_assertion_changelist")
    browser.post(url, revoke_data(own, reason="<b>parce que</b>", asked="True"))
    browser.post(url, revoke_data(own, other, reason="mistake", asked="True"))

    assert list(Assertion.objects.filter(revoked_at__isnull=False)) == [own]


@pytest.mark.parametrize(
    "search, found", [("ÉLISE", 1), ("deja@", 1), ("roussel elise", 1), ("personne", 0), ("exemple.fr", 2)]
)
def test_awards_are_searched_without_accents_or_case(signed_in, olga, amcsti, search, found):
    badge = BadgeClassFactory(issuer=amcsti)
    AssertionFactory(badge_class=badge, recipient_name="Élise Roussel", recipient_address="deja@exemple.fr")
    AssertionFactory(badge_class=badge, recipient_name="Bob")
    answer = signed_in(olga).get(reverse("admin:badges_assertion_changelist"), {"q": search})

    assert answer.context["cl"].result_count == found


@pytest.mark.parametrize("name, budget", [("assertion", 10), ("badgeclass", 8), ("batch", 8), ("issuer", 8)])
def test_lists_cost_the_same_with_one_row_and_with_several(
    signed_in, olga, amcsti, django_assert_max_num_queries, name, budget
):
    url, browser = reverse(f"admin:badges_{name}_changelist"), signed_in(olga)
    counts = []
    for more in (1, 4):
        for n in range(more):
            badge = BadgeClassFactory(issuer=amcsti)
            issue(badge_class=badge, lines=[Line(1, f"a{n}@exemple.fr", "A")], source="x", by=olga)
            IssuerMemberFactory(user=olga, issuer=IssuerFactory())
        with django_assert_max_num_queries(budget) as captured:
            browser.get(url)
        counts.append(len(captured))

    assert counts[0] == counts[1]
