"""A report as JSON and back: what a row keeps of a verification."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from badges.formats.report import (
    AlignmentFacts,
    Check,
    CheckId,
    EvidenceFacts,
    Facts,
    IssuerFacts,
    Read,
    RecipientFacts,
    Report,
    Verdict,
)

MOST_COPIED = 1024 * 1024


def dump(report: Report) -> dict[str, Any]:
    """All of a report but its copies, as JSON that every database takes."""
    said = {
        "format": report.format,
        "checks": [asdict(check) for check in report.checks],
        "reads": [asdict(read) for read in report.reads],
        "facts": asdict(report.facts) if report.facts else None,
        "findings": sorted(report.findings),
    }
    return _plain(said)


def load(said: dict[str, Any]) -> Report:
    """What `dump` wrote, by this or an earlier version of the site; empty for an empty object."""
    facts = said.get("facts")
    return Report(
        format=said.get("format", ""),
        checks=[
            Check(CheckId(item["id"]), item["ok"], item["code"], item["params"])
            for item in said.get("checks", [])
        ],
        reads=[Read(**{**item, "at": _moment(item["at"])}) for item in said.get("reads", [])],
        facts=_facts(facts) if facts else None,
        findings={Verdict(word) for word in said.get("findings", [])},
    )


def copies(report: Report) -> dict[str, str]:
    """The documents that a verification read, by address, as they came: texts only, the first MOST_COPIED characters'
    worth of whole ones. Pictures are copied into the image store."""
    kept: dict[str, str] = {}
    left = MOST_COPIED
    for address, content in report.copies.items():
        text = _text(content)
        if text and len(text) <= left:
            kept[address] = text
            left -= len(text)
    return kept


def _facts(said: dict[str, Any]) -> Facts:
    given = _known(Facts, said)
    for name in ("issued_at", "expires_at"):
        given[name] = _moment(given.get(name))
    given["tags"] = tuple(given.get("tags", ()))
    given["issuer"] = IssuerFacts(**_known(IssuerFacts, given.get("issuer", {})))
    for name, kind in (
        ("recipients", RecipientFacts),
        ("evidence", EvidenceFacts),
        ("alignments", AlignmentFacts),
    ):
        given[name] = tuple(kind(**_known(kind, item)) for item in given.get(name, ()))
    return Facts(**given)


def _known(kind: type, said: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in said.items() if name in names}


def _moment(text: str | None) -> Any:
    return datetime.fromisoformat(text) if text else None


def _text(content: bytes) -> str:
    """Empty for what is no text: PostgreSQL keeps no NUL."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    return value
