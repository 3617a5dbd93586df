import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from badges.models import Assertion, Batch
from notifications.models import Message
from tests.factories import BadgeClassFactory
from tests.processes import Site

pytestmark = pytest.mark.django_db

GOOD = "e-mail;nom\nalice@exemple.fr;Alice\nALICE@exemple.fr;Alice\nbob@exemple.fr;=cmd()\n"


@pytest.fixture
def badge():
    return BadgeClassFactory(slug="amcsti-2019")


@pytest.fixture
def listed(tmp_path):
    def write(text: str) -> str:
        path = tmp_path / "participants.csv"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def run(*arguments: str) -> tuple[int, str]:
    out, status = io.StringIO(), 0
    try:
        call_command("issue_badges", *arguments, stdout=out)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue()


def test_a_good_list_is_awarded_and_told(badge, listed):
    assert run("--badge", badge.slug, listed(GOOD)) == (
        0,
        "2 badges sont en file.\n0 personne l’a déjà.\n1 doublon.\n0 ligne refusée.\n",
    )
    assert set(Assertion.objects.values_list("recipient_address", "recipient_name")) == {
        ("alice@exemple.fr", "Alice"),
        ("bob@exemple.fr", "=cmd()"),
    }
    assert Message.objects.count() == 2
    assert Batch.objects.get().source == "participants.csv"


def test_a_second_run_awards_nothing(badge, listed):
    run("--badge", badge.slug, listed(GOOD))
    status, out = run("--badge", badge.slug, listed(GOOD), "--json")

    assert status == 0
    assert json.loads(out) == {"created": 0, "already": 2, "invalid": [], "duplicates": 1}
    assert (Assertion.objects.count(), Message.objects.count()) == (2, 2)


def test_refused_lines_are_told_and_the_others_awarded(badge, listed):
    text = GOOD + "camille;Camille\n"
    status, out = run("--badge", badge.slug, listed(text), "--json")

    assert status == 3
    assert json.loads(out) == {
        "created": 2,
        "already": 0,
        "invalid": [{"line": 5, "value": "camille", "reason": "Cette adresse n’est pas valide."}],
        "duplicates": 1,
    }
    assert Assertion.objects.count() == 2
    status, out = run("--badge", badge.slug, listed(text))
    assert status == 3
    assert out.startswith(
        "Ligne 5, «\u00a0camille\u00a0»\u00a0: Cette adresse n’est pas valide.\n0 badge est en file."
    )


def test_a_dry_run_writes_nothing(badge, listed, read_only):
    with read_only():
        status, out = run("--badge", badge.slug, listed(GOOD), "--dry-run")

    assert (status, out.splitlines()[0]) == (0, "2 badges seraient envoyés.")
    assert not Assertion.objects.exists()


def test_a_workbook_is_read_and_a_status_that_is_not_kept_is_told(badge, tmp_path):
    book, path = Workbook(), tmp_path / "export.csv"
    for row in (
        ["Statut de la commande", "Nom participant", "Prénom participant", "Email payeur"],
        ["Validé", "Martin", "Alice", "alice@exemple.fr"],
        ["Annulé", "Léroy", "Bob", "bob@exemple.fr"],
    ):
        book.active.append(row)
    book.save(path)
    status, out = run("--badge", badge.slug, str(path), "--json")

    assert (status, json.loads(out)) == (
        3,
        {
            "created": 1,
            "already": 0,
            "invalid": [
                {
                    "line": 3,
                    "value": "bob@exemple.fr",
                    "reason": "Statut «\u00a0Annulé\u00a0»\u00a0: cette ligne est laissée de côté.",
                }
            ],
            "duplicates": 0,
        },
    )
    assert Assertion.objects.get().recipient_name == "Alice Martin"


def test_an_odd_domain_is_sent_and_told(badge, listed):
    status, out = run("--badge", badge.slug, listed("alice@gmial.com;Alice\n"))

    assert (status, out.splitlines()[0].replace("\xa0", " ").replace("\u202f", " ")) == (
        0,
        "Ligne 1, « alice@gmial.com » : envoyée telle quelle ; vouliez-vous écrire alice@gmail.com ?",
    )
    assert Assertion.objects.get().recipient_address == "alice@gmial.com"
    assert json.loads(run("--badge", badge.slug, listed("alice@gmial.com\n"), "--json")[1])["already"] == 1


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("stream, shown", [(Terminal(), f"\r[{'#' * 30}] 2/2\n"), (io.StringIO(), "")])
def test_a_terminal_sees_a_bar_and_a_log_does_not(badge, listed, stream, shown):
    call_command(
        "issue_badges", "--badge", badge.slug, listed(GOOD), "--json", stdout=io.StringIO(), stderr=stream
    )

    assert stream.getvalue() == shown


def test_a_file_too_heavy_is_refused_before_it_is_read(badge, tmp_path):
    path = tmp_path / "lourd.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(CommandError, match="50") as refusal:
        call_command("issue_badges", "--badge", badge.slug, str(path))

    assert refusal.value.returncode == 2


def test_standard_input_is_read(badge, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode("utf-16"))))

    assert run("--badge", badge.slug, "-", "--json")[0] == 0
    assert Assertion.objects.count() == 2


@pytest.mark.parametrize(
    "slug, text, sentence",
    [
        ("inconnu", GOOD, "Aucun badge n’a l’adresse «\u00a0inconnu\u00a0»"),
        ("amcsti-2019", "", "Cette liste est vide."),
        ("amcsti-2019", "nom\nAlice\n", "Aucune colonne ne contient d’adresses e-mail."),
        ("amcsti-2019", None, "ne peut pas être ouvert."),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_status_two(badge, listed, slug, text, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        call_command("issue_badges", "--badge", slug, listed(text) if text is not None else "/nulle/part.csv")

    assert refusal.value.returncode == 2
    assert not Batch.objects.exists()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    assert site.run("migrate").returncode == 0
    site.python(
        "from badges.models import *; from django.utils import timezone\n"
        "issuer = Issuer.objects.create(name='Amcsti', slug='amcsti')\n"
        "BadgeClass.objects.create(issuer=issuer, name='B', slug='b', image='x', published_at=timezone.now())"
    )
    return site


def test_the_status_is_that_of_the_process(site):
    unknown = site.run("issue_badges", "--badge", "x", "-", given=GOOD)
    some = site.run("issue_badges", "--badge", "b", "-", given="e-mail\nrien\nun@exemple.fr\n")
    good = site.run("issue_badges", "--badge", "b", "-", "--json", given="e-mail\nun@exemple.fr\n")

    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert unknown.stderr.count("\n") == 1
    assert (some.returncode, good.returncode) == (3, 0)
    assert json.loads(good.stdout)["already"] == 1


def test_the_same_list_by_four_processes_at_once_is_awarded_once(site):
    text = "e-mail\n" + "".join(f"p{n}@exemple.fr\n" for n in range(500))
    processes = [site.start("issue_badges", "--badge", "b", "-", "--json") for _ in range(4)]
    for process in processes:
        process.stdin.write(text)
        process.stdin.close()
        process.stdin = None
    reports = [json.loads(process.communicate(timeout=180)[0]) for process in processes]

    assert sorted(report["created"] for report in reports) == [0, 0, 0, 500]
    assert sorted(report["already"] for report in reports) == [0, 500, 500, 500]
    count = (
        "from badges.models import Assertion; from notifications.models import Message\n"
        "print(Assertion.objects.filter(recipient_address__startswith='p').count(), "
        "Message.objects.filter(address__startswith='p').count())"
    )
    assert site.python(count) == "500 500"
