import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from badges.lists import Line
from badges.models import Assertion, Batch
from badges.services.decline import decline
from badges.services.issue import issue
from notifications.enums import MessageState
from notifications.models import Message
from notifications.registry import renderers
from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reminders(monkeypatch):
    monkeypatch.setitem(renderers, "reminder", renderers.get("reminder", lambda message: None))


@pytest.fixture
def badges():
    """Two badges of two people each, whose mails have left."""
    made = BadgeClassFactory(slug="un"), BadgeClassFactory(slug="deux")
    for badge in made:
        lines = [Line(n, f"{badge.slug}{n}@exemple.fr", "") for n in (1, 2)]
        issue(badge_class=badge, lines=lines, source="liste.csv")
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    return made


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("remind_pending", *arguments, stdout=out)
    return out.getvalue().replace("\xa0", " ")


def reminded() -> list[str]:
    return sorted(Message.objects.filter(kind="reminder").values_list("address", flat=True))


def test_everybody_who_has_not_answered_once(badges):
    decline(assertion=Assertion.objects.get(recipient_address="un1@exemple.fr"))

    assert json.loads(run("--json")) == {"reminded": 3, "not": {"declined": 1}}
    assert json.loads(run("--json")) == {"reminded": 0, "not": {"declined": 1, "recent": 3}}
    assert reminded() == ["deux1@exemple.fr", "deux2@exemple.fr", "un2@exemple.fr"]


def test_one_badge_or_one_list(badges):
    assert json.loads(run("--badge", "un", "--json")) == {"reminded": 2, "not": {}}
    batch = Batch.objects.get(badge_class=badges[1])
    assert json.loads(run("--badge", "un", "--batch", str(batch.pk), "--json")) == {"reminded": 0, "not": {}}
    assert json.loads(run("--batch", str(batch.pk), "--json")) == {"reminded": 2, "not": {}}
    assert len(reminded()) == 4


def test_a_dry_run_writes_nothing_and_says_what_it_would(badges):
    Message.objects.filter(address="un1@exemple.fr").update(state=MessageState.QUEUED, sent_at=None)

    assert run("--dry-run") == (
        "3 rappels partiraient.\npremier e-mail pas encore parti, ou badge délivré sans e-mail : 1\n"
    )
    assert reminded() == []
    assert Assertion.objects.filter(reminders=0).count() == 4


def test_the_report_in_words(badges):
    decline(assertion=Assertion.objects.get(recipient_address="un1@exemple.fr"))

    assert run("--badge", "un") == "1 rappel est en file.\nrefusés : 1\n"


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["--badge", "nulle-part"], "Aucun badge n’a l’adresse"),
        (["--batch", "999999"], "Aucune liste n’a le numéro 999999"),
    ],
)
def test_what_does_not_exist_ends_with_2(badges, arguments, sentence):
    with pytest.raises(CommandError, match=sentence) as raised:
        run(*arguments)

    assert raised.value.returncode == 2
    assert reminded() == []
