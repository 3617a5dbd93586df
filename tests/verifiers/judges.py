"""Programs that others wrote, asked from Python: one Node process judges many documents, none of them fetches."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ACHIEVEMENT, ENDORSEMENT = (
    "ob_v3p0_achievementcredential.canonical",
    "ob_v3p0_endorsementcredential.canonical",
)
VALID, REVOKED, REFUSED = "valid", "revoked", "refused"


class Judged(NamedTuple):
    verdict: str
    why: str


class Documents(dict[str, str]):
    """What a judge may fetch: address → text as it is served. Values that are not text are written as JSON."""

    def __init__(self, *values: dict, **by_address):
        super().__init__()
        for value in values:
            self[value["id"]] = json.dumps(value)
        self.update(by_address)


def job(judge: str, given: str | dict, documents: dict[str, str] | None = None, **options: str) -> dict:
    """`judge`: data-integrity, wallet, token, jws or schema (with schema=…); `given` is what it judges.

    `now` is the moment of the judgement, where the judge can be told one (data-integrity, token).
    """
    text = given if isinstance(given, str) else json.dumps(given)
    return {"judge": judge, "text": text, "documents": documents or {}, **options}


def missing() -> str:
    """Why the judges cannot work here; empty when they can."""
    if not shutil.which("node"):
        return "no Node.js on this machine"
    if not (HERE / "node_modules").is_dir():
        return "their libraries are not installed (npm ci in tests/verifiers)"
    return ""


def judge(jobs: list[dict]) -> list[Judged]:
    """The verdict of each job, in order."""
    done = subprocess.run(
        ["node", HERE / "judge.mjs"],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Judged(**verdict) for verdict in json.loads(done.stdout)]


def multikey(method: str, controller: str, multibase: str) -> dict:
    """A key's document, as OB 3.0 issuers serve it at its address (Controlled Identifiers, section 2.2.2)."""
    return {
        "@context": "https://w3id.org/security/multikey/v1",
        "id": method,
        "type": "Multikey",
        "controller": controller,
        "publicKeyMultibase": multibase,
    }


def controller(issuer: str, *methods: dict) -> dict:
    """An issuer's document that lists its keys."""
    return {
        "@context": [
            "https://www.w3.org/ns/cid/v1",
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": issuer,
        "type": ["Profile"],
        "assertionMethod": [method["id"] for method in methods],
        "verificationMethod": [
            {name: value for name, value in method.items() if name != "@context"} for method in methods
        ],
    }


def altered(text: str, at: str) -> str:
    """The text with one byte changed: the last character of `at`, where it stands first."""
    place = text.index(at) + len(at) - 1
    return text[:place] + ("B" if text[place] == "A" else "A") + text[place + 1 :]
