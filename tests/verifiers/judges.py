"""Programs that others wrote, asked from Python: one process judges many documents, and fetches none.

Documents are what addresses answer; a verdict is VALID, REVOKED or REFUSED, and why.
"""

import base64
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from badges.formats.documents import Answer
from badges.formats.multibase import b64url, unb64url
from badges.formats.verify import vocabulary

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VALIDATOR_CORE = ROOT / ".cache" / "validator-core" / "bin" / "python"
ACHIEVEMENT, ENDORSEMENT = (
    "ob_v3p0_achievementcredential.canonical",
    "ob_v3p0_endorsementcredential.canonical",
)
VALID, REVOKED, REFUSED = "valid", "revoked", "refused"
TIMEOUT = 30  # seconds, to end

Documents = Mapping[str, Answer]


class Judged(NamedTuple):
    verdict: str
    why: str


def no_node() -> str:
    """Why the JavaScript judges cannot work here; empty when they can."""
    if not shutil.which("node"):
        return "no Node.js on this machine"
    if not (HERE / "node_modules").is_dir():
        return "their libraries are not installed (npm ci in tests/verifiers)"
    return ""


def job(judge: str, given: str | dict, documents: Documents | None = None, **options: str) -> dict:
    """`judge`: data-integrity, wallet, token, jws or schema (with schema=…); `given` is what it judges.

    `now` is the moment of the judgement, where the judge can be told one (data-integrity, token).
    """
    readable = {
        address: answer.content.decode()
        for address, answer in (documents or {}).items()
        if answer.status == 200 and not answer.media_type.startswith("image/")
    }
    text = given if isinstance(given, str) else json.dumps(given)
    return {"judge": judge, "text": text, "documents": readable, **options}


class Program:
    """A judge's process: it answers one call after the other, so that its start is paid once."""

    def __init__(self, *command: str | Path):
        self.command = command
        self.process: subprocess.Popen[str] | None = None

    def ask(self, jobs: list[dict]) -> list[dict]:
        if self.process is None:
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, text=True, bufsize=1)
        print(json.dumps(jobs), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        assert answer, f"{self.command[0]} has ended"
        return json.loads(answer)

    def stop(self) -> None:
        if self.process:
            self.process.communicate(timeout=TIMEOUT)
            self.process = None


LIBRARIES = Program("node", HERE / "judge.mjs")
CORE = Program(VALIDATOR_CORE, HERE / "validator_core.py")


def judge(jobs: list[dict]) -> list[Judged]:
    """The verdict of each job, in order, by the libraries of package.json."""
    return [Judged(**verdict) for verdict in LIBRARIES.ask(jobs)]


def ob2_job(given: str | bytes, documents: Documents, *, recipient: str = "") -> dict:
    """For `validator_core`: an address, JSON, a JWS, or the bytes of a picture; `recipient` must be its e-mail."""
    return {
        **({"text": given} if isinstance(given, str) else {"picture": _base64(given)}),
        "documents": {address: _plain(answer) for address, answer in {**words_of_2(), **documents}.items()},
        "recipient": recipient,
    }


def validator_core(jobs: list[dict]) -> list[Judged]:
    """The verdict of each `ob2_job`, in order, by 1EdTech's validator of Open Badges 2.0."""
    return [
        Judged(VALID if report["valid"] else REFUSED, " | ".join(report["errors"]))
        for report in CORE.ask(jobs)
    ]


def words_of_2() -> dict[str, Answer]:
    """The context of Open Badges 2.0, contexts and schemas of 1EdTech's extensions, at their former address too."""
    found: dict[str, Answer] = {}
    for address in vocabulary.INDEX:
        found |= served(address, vocabulary.load(address))
        found |= served(address.replace(vocabulary.HOME, vocabulary.FORMER_HOME), vocabulary.load(address))
    return found


def served(address: str, document: str | dict, *, status: int = 200) -> dict[str, Answer]:
    """What an address answers, as JSON-LD."""
    text = document if isinstance(document, str) else json.dumps(document)
    return {address: Answer(address, status, text.encode(), "application/ld+json")}


def _plain(answer: Answer) -> dict:
    return {"status": answer.status, "media_type": answer.media_type, "content": _base64(answer.content)}


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def altered(text: str, at: str) -> str:
    """The text with one byte changed: the last character of `at`, where it stands first."""
    place = text.index(at) + len(at) - 1
    return text[:place] + ("B" if text[place] == "A" else "A") + text[place + 1 :]


def altered_token(token: str, at: str) -> str:
    """A compact JWS with one byte of its payload changed, its signature kept."""
    header, payload, signature = token.split(".")
    return ".".join([header, b64url(altered(unb64url(payload).decode(), at).encode()), signature])
