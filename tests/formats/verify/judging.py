"""Shorthands of the tests of verification."""

import json
from datetime import UTC, datetime
from typing import Any

from badges.formats.found import Found, Kind
from badges.formats.report import Report
from badges.formats.verify import verify
from tests.formats.verify.served import Served

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def judge(given: Any, pages: dict[str, Any] | Served | None = None, **options: Any) -> Report:
    """The report on a JSON value, or on a text: an address, or a token."""
    documents = pages if isinstance(pages, Served) else Served(pages or {})
    return verify(found(given), documents=documents, **{"at": AT} | options)


def found(given: Any) -> Found:
    if not isinstance(given, str):
        return Found("json", Kind.JSON, json.dumps(given))
    return (
        Found("address", Kind.ADDRESS, given) if given.startswith("http") else Found("jws", Kind.JWS, given)
    )


def codes(report: Report, ok: bool | None = False) -> list[str]:
    """The codes of the checks that went so: badly by default."""
    return [check.code for check in report.checks if check.ok is ok]


def outcome(report: Report) -> tuple[str, list[str]]:
    return report.verdict.value, codes(report)
