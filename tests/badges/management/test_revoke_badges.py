import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from badges.models import Assertion
from notifications.models import Message
from tests.factories import AssertionFactory, BadgeClassFactory

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def badge():
    return BadgeClassFactory(slug="amcsti-2019")


@pytest.fixture
def three(badge):
    return [
        AssertionFactory(badge_class=badge, recipient_address=f"{name}@exemple.fr", recipient_name=name)
        for name in ("alice", "bob", "claire")
    ]


@pytest.fixture
def listed(tmp_path):
    def write(text: str) -> str:
        path = tmp_path / "liste.csv"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def run(*arguments: str, reason: str = "mistake") -> tuple[int, str]:
    out, status = io.StringIO(), 0
    try:
        call_command("revoke_badges", "--badge", "amcsti-2019", "--reason", reason, *arguments, stdout=out)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue().replace("\xa0", " ")


def revoked() -> list[str]:
    gone = Assertion.objects.filter(revoked_at__isnull=False).order_by("recipient_address")
    return [award.recipient_address.partition("@")[0] for award in gone]


def test_a_list_is_revoked_and_the_second_time_it_was(three, listed):
    file = listed("e-mail;nom\nALICE@exemple.fr;\nalice@exemple.fr;\nbob@exemple.fr;Robert\n")

    status, out = run(file, "--json")
    assert (status, json.loads(out)) == (0, {"revoked": 2, "already": 0, "unknown": []})
    assert revoked() == ["alice", "bob"]
    assert Assertion.objects.filter(revocation_reason="mistake").count() == 2
    status, out = run(file, "--json")
    assert (status, json.loads(out)) == (0, {"revoked": 0, "already": 3, "unknown": []})


def test_who_is_unknown_is_told_and_the_others_are_revoked(three, listed):
    AssertionFactory(recipient_address="ailleurs@exemple.fr")
    status, out = run(listed("claire@exemple.fr\nailleurs@exemple.fr\nn'importe quoi\n"), "--json")

    assert status == 3
    assert json.loads(out) == {
        "revoked": 1,
        "already": 0,
        "unknown": ["ailleurs@exemple.fr", "n'importe quoi"],
    }
    assert revoked() == ["claire"]


def test_addresses_on_the_command_line(three):
    status, out = run("--address", "Alice@Exemple.fr", "--address", "bob", "--json")

    assert (status, json.loads(out)) == (3, {"revoked": 1, "already": 0, "unknown": ["bob"]})
    assert revoked() == ["alice"]


def test_everybody_has_to_be_said(three, badge):
    other = AssertionFactory()
    AssertionFactory(badge_class=badge, recipient_address="avant@exemple.fr", revoked=True)
    status, out = run("--all")

    assert status == 0
    assert out == "3 badges sont révoqués.\n1 l’était déjà.\n"
    assert revoked() == ["alice", "avant", "bob", "claire"]
    other.refresh_from_db()
    assert not other.is_revoked


@pytest.mark.parametrize("arguments", [[], ["--all", "--address", "a@exemple.fr"], ["x.csv", "--all"]])
def test_nobody_or_two_ways_of_saying_whom_is_refused(three, arguments):
    with pytest.raises(CommandError, match="Dites de qui") as raised:
        run(*arguments)

    assert raised.value.returncode == 2
    assert revoked() == []


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["--badge", "nulle-part", "--all"], "Aucun badge n’a l’adresse"),
        (["/nulle/part.csv"], "ne peut pas être ouvert"),
        ([], "Dites de qui"),
    ],
)
def test_what_cannot_be_read_ends_with_2(three, arguments, sentence):
    with pytest.raises(CommandError, match=sentence) as raised:
        run(*arguments)
    assert raised.value.returncode == 2


def test_an_empty_file_and_an_invented_reason_are_refused(three, listed):
    with pytest.raises(CommandError) as raised:
        run(listed(""))
    assert raised.value.returncode == 2
    with pytest.raises(CommandError, match="invalid choice"):
        run("--all", reason="parce-que")
    assert revoked() == []


def test_a_dry_run_writes_nothing(three, listed):
    status, out = run(listed("alice@exemple.fr\nzoe@exemple.fr\n"), "--dry-run")

    assert status == 3
    assert out == (
        "« zoe@exemple.fr » : personne n’a ce badge à cette adresse.\n"
        "1 badge serait révoqué.\n0 l’était déjà.\n"
    )
    assert revoked() == []


def test_of_several_people_with_one_address_the_named_one_is_meant(badge, listed):
    for name in ("Paul Martin", "Claire Martin"):
        AssertionFactory(badge_class=badge, recipient_address="foyer@exemple.fr", recipient_name=name)

    status, out = run(listed("e-mail;nom\nfoyer@exemple.fr;MARTIN Claire\nfoyer@exemple.fr;Zoé\n"), "--json")
    assert (status, json.loads(out)) == (3, {"revoked": 1, "already": 0, "unknown": ["foyer@exemple.fr"]})
    assert Assertion.objects.get(revoked_at=None).recipient_name == "Paul Martin"
    assert run("--address", "foyer@exemple.fr", "--json")[0] == 0
    assert not Assertion.objects.filter(revoked_at=None).exists()


def test_holders_are_told(badge, alice):
    AssertionFactory(badge_class=badge, accepted=True, holder=alice)
    run("--all")

    assert Message.objects.values_list("kind", "address").get() == ("award-revoked", "alice@exemple.fr")


def test_standard_input_is_a_list_too(three, monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(b"alice@exemple.fr\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    run("-")

    assert revoked() == ["alice"]


def test_a_terminal_sees_a_bar_and_a_log_does_not(three, monkeypatch):
    monkeypatch.setattr("badges.services.chunking.CHUNK", 2)
    terminal, log = Terminal(), io.StringIO()
    arguments = ["--badge", "amcsti-2019", "--reason", "mistake", "--all"]
    call_command("revoke_badges", *arguments, stdout=io.StringIO(), stderr=terminal)
    AssertionFactory(badge_class=three[0].badge_class)
    call_command("revoke_badges", *arguments, stdout=io.StringIO(), stderr=log)

    assert terminal.getvalue().split("\r")[1:] == [
        f"[{'#' * 20}{' ' * 10}] 2/3",
        f"[{'#' * 30}] 3/3\n",
    ]
    assert log.getvalue() == ""
