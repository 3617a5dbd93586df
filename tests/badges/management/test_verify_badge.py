"""`manage.py verify_badge`: verdict, checks and what was read, for people and for programs."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from badges.formats.documents import Answer
from badges.formats.errors import Unreachable
from badges.formats.report import CheckId, Read, Report, Verdict
from badges.management.commands import verify_badge
from badges.verification.ours import Ours
from tests.code import ROOT
from tests.processes import Site

VECTORS = ROOT / "tests" / "vectors"
ADDRESS = "https://issuer.example/badge"
THEN = datetime(2025, 6, 30, 12, tzinfo=UTC)


def run(*arguments: str) -> tuple[int, str]:
    """The status and what was printed."""
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_badge", *arguments, stdout=out)
    return end.value.code, out.getvalue()


def refused(*arguments: str) -> str:
    """The sentence of a command that judged nothing; its status is none of a verdict's."""
    with pytest.raises(CommandError) as refusal:
        call_command("verify_badge", *arguments)
    assert refusal.value.returncode == 3
    return str(refusal.value)


@pytest.fixture
def judged(monkeypatch):
    """What the judge was asked; it answers with `report`."""
    calls: list[dict] = []

    def put(report: Report) -> list[dict]:
        def judge(given, **options):
            calls.append({"given": given, **options})
            return report

        monkeypatch.setattr(verify_badge, "judge", judge)
        return calls

    return put


def found(*verdicts: Verdict) -> Report:
    return Report(format="ob2-hosted", findings=set(verdicts))


# Verdicts


@pytest.mark.parametrize(
    "verdict, word, status, said",
    [
        (Verdict.AUTHENTIC, "authentic", 0, "authentique"),
        (Verdict.REVOKED, "revoked", 1, "révoqué"),
        (Verdict.EXPIRED, "expired", 1, "expiré"),
        (Verdict.NOT_YET_VALID, "not_yet_valid", 1, "pas encore valable"),
        (Verdict.MODIFIED, "modified", 1, "modifié"),
        (Verdict.INVALID, "invalid", 1, "non valide"),
        (Verdict.NOT_A_BADGE, "not_a_badge", 1, "ce n’est pas un badge"),
        (Verdict.UNREACHABLE, "unreachable", 2, "émetteur injoignable"),
        (Verdict.UNVERIFIABLE, "unverifiable", 2, "non vérifiable"),
    ],
)
def test_a_verdict_has_its_status_and_its_word(judged, verdict, word, status, said):
    judged(found(verdict))

    assert run(ADDRESS, "--json") == (
        status,
        f'{{"verdict": "{word}", "format": "ob2-hosted", "checks": []}}\n',
    )
    code, text = run(ADDRESS)
    assert code == status
    assert text.startswith(f"Verdict\u00a0: {said}\n")


def report_with_all() -> Report:
    report = found(Verdict.UNREACHABLE)
    report.good(CheckId.SOURCE, "fetch-too-slow", address=ADDRESS)
    report.unknown(CheckId.STATUS, "document-not-given", address=ADDRESS)
    report.bad(CheckId.KEY, "fetch-no-answer", Verdict.UNREACHABLE, address=ADDRESS)
    report.reads = [Read(ADDRESS, THEN, 200, "ab" * 32), Read(f"{ADDRESS}/2", THEN, None, "")]
    return report


def test_checks_are_listed_for_programs(judged):
    judged(report_with_all())
    status, text = run(ADDRESS, "--json")

    assert (status, text.isascii()) == (2, True)
    assert json.loads(text) == {
        "verdict": "unreachable",
        "format": "ob2-hosted",
        "checks": [
            {
                "id": "source",
                "ok": True,
                "message": f"{ADDRESS} met trop de temps à répondre. Réessayez plus tard.",
            },
            {"id": "status", "ok": None, "message": f"{ADDRESS} n’est pas parmi les documents fournis."},
            {
                "id": "key",
                "ok": False,
                "message": f"{ADDRESS} ne donne aucune réponse lisible\u00a0: le serveur est en panne, "
                "ou son certificat n’est pas bon. Réessayez plus tard.",
            },
        ],
    }


def test_checks_and_reads_are_listed_for_people(judged):
    judged(report_with_all())

    assert run(ADDRESS)[1].splitlines() == [
        "Verdict\u00a0: émetteur injoignable",
        "Rien ne prouve ce badge tant que le site de l’émetteur ne répond pas. Vérifiez-le de nouveau plus tard.",
        f"✓ {ADDRESS} met trop de temps à répondre. Réessayez plus tard.",
        f"? {ADDRESS} n’est pas parmi les documents fournis.",
        f"✗ {ADDRESS} ne donne aucune réponse lisible\u00a0: le serveur est en panne, ou son certificat "
        "n’est pas bon. Réessayez plus tard.",
        "Lu\u00a0:",
        f"- {ADDRESS}, 30 juin 2025 14:00\u00a0: réponse 200, SHA-256 {'ab' * 32}",
        f"- {ADDRESS}/2, 30 juin 2025 14:00\u00a0: rien n’est venu",
    ]


def test_what_a_badge_says_does_not_steer_the_terminal(judged):
    report = found()
    report.good(CheckId.SOURCE, "fetch-too-slow", address="a\x1b[2J\nb\x9b\u202e\ud800")
    judged(report)

    assert "✓ a\ufffd[2J\ufffdb\ufffd\ufffd\ufffd met trop" in run(ADDRESS)[1]
    assert json.loads(run(ADDRESS, "--json")[1])["checks"][0]["ok"] is True


# What is judged


def test_a_file_is_read_and_an_address_handed_over(judged, tmp_path):
    calls = judged(found())
    (tmp_path / "badge.json").write_bytes(b"{}")
    run(str(tmp_path / "badge.json"))
    run("HTTPS://issuer.example/")

    assert [call["given"] for call in calls] == [b"{}", "HTTPS://issuer.example/"]
    assert [(call["at"], call["recipients"]) for call in calls] == [(None, []), (None, [])]


def test_recipient_and_moment_are_handed_over(judged):
    calls = judged(found())
    run(ADDRESS, "--recipient", "alice@exemple.fr", "--at", "2025-06-30T12:00:00Z")
    run(ADDRESS, "--at", "2025-06-30T14:00:00")
    run(ADDRESS, "--at", "2025-06-30T14:00+02:00")

    assert calls[0]["recipients"] == ["alice@exemple.fr"]
    assert [call["at"] for call in calls] == [THEN] * 3


@pytest.mark.parametrize("moment", ["", "hier", "2025-06-31T12:00:00Z", "2025-06-30T25:00", "1e99"])
def test_a_moment_that_is_none_is_refused(judged, moment):
    calls = judged(found())

    assert refused(ADDRESS, "--at", moment) == (
        f"«\u00a0{moment}\u00a0» n’est pas une date. Écrivez-la comme 2025-06-30T12:00:00Z."
    )
    assert calls == []


@pytest.mark.parametrize("path", ["missing.png", ".", "a\0b", "x" * 300])
def test_a_file_that_cannot_be_opened_is_refused(judged, tmp_path, path):
    calls = judged(found())
    file = str(tmp_path / path)

    assert refused(file) == f"Le fichier «\u00a0{file}\u00a0» ne peut pas être ouvert. Vérifiez son chemin."
    assert calls == []


def test_a_file_without_end_is_refused_by_its_size():
    status, text = run("/dev/zero", "--json")

    assert (status, json.loads(text)["verdict"]) == (1, "invalid")


# Documents instead of the network


def test_documents_are_read_beside_their_list(judged, tmp_path, monkeypatch):
    calls = judged(found())
    (tmp_path / "lists").mkdir()
    (tmp_path / "badge.json").write_bytes(b"relative")
    (tmp_path / "lists" / "there.json").write_bytes(b"beside")
    listed = {
        f"{ADDRESS}/1": "../badge.json",
        f"{ADDRESS}/2": "there.json",
        f"{ADDRESS}/3": str(tmp_path / "badge.json"),
    }
    (tmp_path / "lists" / "list.json").write_text(json.dumps(listed), "utf-8")
    monkeypatch.setattr(
        "passport.lib.fetch.get", lambda *args, **kwargs: pytest.fail("the network was asked")
    )

    run(ADDRESS, "--documents", str(tmp_path / "lists" / "list.json"))
    documents = calls[0]["documents"]

    assert isinstance(documents, Ours)
    assert [documents.get(f"{ADDRESS}/{n}", accept="", limit=9) for n in (1, 2, 3)] == [
        Answer(f"{ADDRESS}/1", 200, b"relative", "text/plain"),
        Answer(f"{ADDRESS}/2", 200, b"beside", "text/plain"),
        Answer(f"{ADDRESS}/3", 200, b"relative", "text/plain"),
    ]
    with pytest.raises(Unreachable) as silence:
        documents.get("https://elsewhere.example/", accept="", limit=9)
    assert silence.value.code == "document-not-given"


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"a": 1}', b'{"a": null}', b"\xff", b"[" * 100_000])
def test_a_list_of_documents_that_is_none_is_refused(judged, tmp_path, content):
    calls = judged(found())
    (tmp_path / "list.json").write_bytes(content)
    file = str(tmp_path / "list.json")

    assert refused(ADDRESS, "--documents", file) == (
        f"Le fichier «\u00a0{file}\u00a0» doit être un objet JSON qui donne, pour chaque adresse, "
        "le chemin d’un fichier."
    )
    assert calls == []


def test_a_list_of_documents_that_is_missing_is_refused(tmp_path):
    assert "ne peut pas être ouvert" in refused(ADDRESS, "--documents", str(tmp_path / "missing.json"))


# From end to end


@pytest.mark.parametrize(
    "file, status, verdict",
    [
        ("ob20/bakery-mozilla/unbaked.png", 1, "not_a_badge"),
        ("ob20/bakery-mozilla/unbaked.svg", 1, "not_a_badge"),
        ("README.md", 1, "not_a_badge"),
    ],
)
def test_a_file_without_badge_is_said_to_be_none(file, status, verdict):
    code, text = run(str(VECTORS / file), "--json")

    assert (code, json.loads(text)["verdict"], json.loads(text)["checks"][0]["ok"]) == (
        status,
        verdict,
        False,
    )


@pytest.mark.django_db
def test_a_hosted_badge_is_authentic_by_the_documents_that_are_given(tmp_path):
    documents = hosted()
    for number, document in enumerate(documents.values()):
        (tmp_path / f"{number}.json").write_text(json.dumps(document), "utf-8")
    listed = {address: f"{number}.json" for number, address in enumerate(documents)}
    (tmp_path / "list.json").write_text(json.dumps(listed), "utf-8")
    arguments = [str(tmp_path / "0.json"), "--documents", str(tmp_path / "list.json"), "--json"]

    status, text = run(*arguments, "--recipient", "alice@exemple.fr")
    assert (status, json.loads(text)["verdict"]) == (0, "authentic"), text
    assert json.loads(text)["format"] == "ob2-hosted"
    assert all(check["ok"] is not False for check in json.loads(text)["checks"])

    status, text = run(*arguments, "--recipient", "bob@exemple.fr")
    assert (status, json.loads(text)["verdict"]) == (1, "invalid")

    (tmp_path / "none.json").write_text("{}", "utf-8")
    status, text = run(str(tmp_path / "0.json"), "--documents", str(tmp_path / "none.json"), "--json")
    assert (status, json.loads(text)["verdict"]) == (2, "unreachable")


def hosted() -> dict[str, dict]:
    """The three documents of a hosted badge, by address."""
    context = {"@context": "https://w3id.org/openbadges/v2"}
    site = "https://issuer.example"
    return {
        f"{site}/assertion": context
        | {
            "id": f"{site}/assertion",
            "type": "Assertion",
            "recipient": {"type": "email", "hashed": False, "identity": "alice@exemple.fr"},
            "badge": f"{site}/class",
            "verification": {"type": "HostedBadge"},
            "issuedOn": "2024-01-02T03:04:05Z",
        },
        f"{site}/class": context
        | {
            "id": f"{site}/class",
            "type": "BadgeClass",
            "name": "Congress",
            "description": "Took part.",
            "image": f"{site}/image.png",
            "criteria": {"narrative": "Take part."},
            "issuer": f"{site}/issuer",
        },
        f"{site}/issuer": context
        | {
            "id": f"{site}/issuer",
            "type": "Issuer",
            "name": "Issuer",
            "url": site,
            "email": "issuer@issuer.example",
        },
    }


def test_as_a_process_it_ends_with_its_status_and_no_traceback(tmp_path):
    done = Site(tmp_path).run("verify_badge", str(VECTORS / "README.md"))

    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "Verdict\u00a0: ce n’est pas un badge")
    assert "Traceback" not in done.stderr
