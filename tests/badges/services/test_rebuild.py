from io import StringIO

import pytest
from django.core.management import call_command

from badges.models import Assertion, BadgeClass, Issuer
from badges.services import rebuild
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db


def run(*arguments) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("rebuild_gallery", *arguments, stdout=out)
    except SystemExit as stopped:
        return stopped.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def congress():
    badge_class = BadgeClassFactory(slug="congres", name="L’œuvre du congrès", issuer__slug="amcsti")
    AssertionFactory(badge_class=badge_class, public=True)
    AssertionFactory(badge_class=badge_class, members=True)
    AssertionFactory(badge_class=badge_class, accepted=True)
    return badge_class


def test_what_has_not_drifted_is_left_alone(congress):
    assert run() == (0, "0 row(s) drifted, mended\n")
    assert run("--dry-run") == (0, "0 row(s) drifted, nothing written\n")


def test_a_dry_run_reports_the_drift_of_each_badge_and_writes_nothing(congress, read_only):
    BadgeClass.objects.filter(pk=congress.pk).update(public_recipients=0, member_recipients=7)
    with read_only():
        code, report = run("--dry-run")
    assert code == 1
    assert report.splitlines() == [
        "congres: public_recipients 0 -> 1, member_recipients 7 -> 2",
        "1 row(s) drifted, nothing written",
    ]
    congress.refresh_from_db()
    assert (congress.public_recipients, congress.member_recipients) == (0, 7)


def test_a_run_mends_figures_and_a_second_one_finds_nothing(congress):
    BadgeClass.objects.filter(pk=congress.pk).update(public_recipients=0, member_recipients=7)
    assert run()[0] == 0
    congress.refresh_from_db()
    assert (congress.public_recipients, congress.member_recipients) == (1, 2)
    assert run() == (0, "0 row(s) drifted, mended\n")


def test_a_run_mends_every_folded_column(congress, alice):
    BadgeClass.objects.update(folded_name="", folded_text="", gallery_country="")
    Issuer.objects.update(folded_name="")
    Assertion.objects.filter(visibility="public").update(folded_name="", folded_address="")
    type(alice.profile).objects.filter(user=alice).update(folded_name="")
    assert run()[0] == 0
    congress.refresh_from_db()
    assert congress.folded_name == "l oeuvre du congres"
    assert congress.folded_text == "l oeuvre du congres | ce que ce badge reconnait"
    assert congress.gallery_country == "FR"
    assert not Issuer.objects.filter(folded_name="").exists()
    assert not Assertion.objects.filter(folded_address="").exists()
    alice.profile.refresh_from_db()
    assert alice.profile.folded_name == "alice martin"
    # The name is counted again, now that it is known to be one.
    assert (congress.public_recipients, congress.member_recipients) == (1, 2)


def test_the_report_names_no_person(congress):
    Assertion.objects.update(folded_name="drift")
    report = run("--dry-run")[1]
    assert "camille" not in report.lower()
    assert "award " in report


def test_a_row_that_would_collide_is_reported_and_the_others_are_mended(congress):
    one = AssertionFactory(badge_class=congress, recipient_address="a@exemple.fr", recipient_name="Zoé")
    two = AssertionFactory(badge_class=congress, recipient_address="b@exemple.fr", recipient_name="Zoé")
    Assertion.objects.filter(pk=two.pk).update(recipient_address="A@exemple.fr")
    Issuer.objects.update(folded_name="")
    code, report = run()
    assert code == 1
    assert f"award {two.uid}: folded_address (REFUSED: it would collide)" in report
    assert str(one.uid) not in report
    assert not Issuer.objects.filter(folded_name="").exists()


def test_tables_longer_than_a_batch_are_read_to_the_end(monkeypatch):
    monkeypatch.setattr(rebuild, "BATCH", 2)
    for number in range(5):
        BadgeClassFactory(slug=f"b{number}", issuer=IssuerFactory())
    BadgeClass.objects.update(public_recipients=0, member_recipients=3)
    assert [drift.row for drift in rebuild.rebuild()] == ["b0", "b1", "b2", "b3", "b4"]
