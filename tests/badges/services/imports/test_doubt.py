"""A kept badge that its issuer proves no more: nobody else sees it, and it leaves its issuer's rows."""

import pytest
from django.utils import timezone

from badges.enums import EventKind, Origin, Visibility
from badges.exceptions import NotPossible
from badges.formats.report import Facts, IssuerFacts, Read, Report, Verdict
from badges.models import Assertion, BadgeClass, ImportedBadge, Issuer
from badges.services.figures import true_figures
from badges.services.imports import doubt
from badges.services.imports.keep import keep
from badges.services.imports.read import Given, read
from badges.services.imports.recheck import recheck
from badges.services.show import show
from tests.badges.services.imports.elsewhere import SITE
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db


def kept_by(web, user, **award) -> Assertion:
    raw = web.text(web.award(to=user.email, **award))
    [draft] = read(given=[Given("badge", raw)], user=user).drafts
    return show(assertion=keep(draft=draft, holder=user), visibility=Visibility.PUBLIC)


@pytest.fixture
def public(web, alice) -> Assertion:
    return kept_by(web, alice)


def again(assertion) -> Assertion:
    rows = ImportedBadge.objects.select_related("assertion__badge_class__issuer")
    recheck(imported=rows.get(assertion=assertion))
    return Assertion.objects.select_related("badge_class__issuer", "version").get(pk=assertion.pk)


def refute(web) -> None:
    address = f"{SITE}/assertions/1"
    web.pages[address] = web.pages[address] | {"issuedOn": "2020-01-01T00:00:00Z"}


def test_what_is_no_good_is_shown_to_nobody_else(web, public, client):
    refute(web)

    after = again(public)

    assert (after.imported.verdict, after.visibility, after.is_revoked) == ("modified", "private", False)
    event = after.events.get()
    assert (event.kind, event.by, event.before, event.after) == (
        EventKind.HIDDEN, None, "public", "modified",
    )  # fmt: skip
    assert client.get(f"/b/{public.uid}/").status_code == 404
    assert not BadgeClass.objects.published().exists()


def test_its_page_says_why(web, public, alice, signed_in):
    sentence = "Personne d’autre ne voit plus ce badge"
    assert sentence not in signed_in(alice).get(f"/badges/{public.uid}/").content.decode()
    refute(web)
    again(public)

    assert sentence in signed_in(alice).get(f"/badges/{public.uid}/").content.decode()


def test_it_is_shown_again_once_it_is_good_again(web, public):
    pages = dict(web.pages)
    refute(web)
    hidden = again(public)
    for level in (Visibility.PUBLIC, Visibility.MEMBERS):
        with pytest.raises(NotPossible, match="n’est pas bon"):
            show(assertion=hidden, visibility=level)
    assert show(assertion=hidden, visibility=None, name_listed=False).name_listed is False
    web.pages.update(pages)

    good = again(hidden)

    assert good.visibility == Visibility.PRIVATE
    assert good.badge_class.issuer.origin == Origin.ELSEWHERE
    assert show(assertion=good, visibility=Visibility.PUBLIC).visibility == Visibility.PUBLIC
    assert good.events.count() == 1


def test_silence_hides_nothing(web, public):
    web.pages.clear()

    after = again(public)

    assert (after.imported.verdict, after.visibility) == ("unreachable", Visibility.PUBLIC)
    assert after.badge_class.issuer.origin == Origin.ELSEWHERE
    assert not after.events.exists()


def test_a_badge_that_is_private_or_of_this_site_has_nothing_to_hide(web, alice):
    [draft] = read(given=[Given("badge", web.text(web.award(to=alice.email)))], user=alice).drafts
    private = keep(draft=draft, holder=alice)
    refute(web)

    assert not again(private).events.exists()
    assert doubt.is_refuted(private)
    assert not doubt.is_refuted(AssertionFactory(accepted=True))


def test_it_leaves_the_rows_of_its_issuer_to_the_others(web, alice, bob, public):
    other = kept_by(web, bob, number=2)
    assert other.badge_class == public.badge_class
    refute(web)

    after = again(public)

    assert after.badge_class.issuer.origin == Origin.CLAIMED
    assert after.badge_class.issuer.name == "Atelier des bricoleurs"
    assert (after.recognises.name, after.recognises.image) == ("Soudure à l’arc", public.version.image)
    left = BadgeClass.objects.published().get()
    assert (left, left.public_recipients) == (other.badge_class, 1)
    assert BadgeClass.objects.values(*true_figures(left)).get(pk=left.pk) == true_figures(left)


def test_rows_that_a_forger_named_go_with_his_badge(web, alice, bob):
    """Proved once, by a fault of ours: the true issuer has its own words afterwards."""
    forged = kept_by(web, alice, issuer={"name": "Nom choisi"})
    assert Issuer.objects.get(origin=Origin.ELSEWHERE).name == "Nom choisi"
    refute(web)

    again(forged)
    true = kept_by(web, bob, number=2)

    assert true.badge_class.issuer.name == "Atelier des bricoleurs"
    assert sorted(Issuer.objects.values_list("origin", "name")) == [
        ("claimed", "Nom choisi"),
        ("elsewhere", "Atelier des bricoleurs"),
    ]


@pytest.mark.parametrize(
    "findings, statuses, due",
    [
        ([], [200], False),
        ([Verdict.EXPIRED], [200], False),
        ([], [404], True),
        ([Verdict.UNVERIFIABLE], [200], True),
        ([Verdict.EXPIRED, Verdict.UNVERIFIABLE], [200], True),
        ([Verdict.UNVERIFIABLE], [200, None], False),
        ([Verdict.UNREACHABLE], [500], False),
        ([Verdict.EXPIRED, Verdict.UNREACHABLE], [None], False),
        ([Verdict.INVALID, Verdict.UNREACHABLE], [None], True),
        ([Verdict.MODIFIED], [200], True),
        ([Verdict.NOT_A_BADGE], [], True),
        ([Verdict.REVOKED], [410], False),
        ([Verdict.REVOKED, Verdict.UNVERIFIABLE], [410], False),
    ],
)
def test_an_award_leaves_an_issuer_that_was_asked_and_does_not_prove_it(public, findings, statuses, due):
    home = f"{SITE}/issuer"
    report = Report(facts=Facts(id="", version="2.0", issuer=IssuerFacts(id=home)), findings=set(findings))
    report.reads = [Read(home, timezone.now(), status, "") for status in statuses]

    assert doubt.is_due(public, report) == due
    public.badge_class.issuer.origin = Origin.CLAIMED
    assert not doubt.is_due(public, report)
