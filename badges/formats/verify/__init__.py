"""Verifying badges of every version: one door, `verify`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from badges.formats import jsons, jws
from badges.formats.documents import Documents
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.formats.jws import Jws
from badges.formats.reading.values import types
from badges.formats.report import Check, CheckId, Report, Verdict
from badges.formats.verify import alone, arrival, award, both, credential, oldest, standards
from badges.formats.verify.session import Session

MOST_FOLLOWED = 2


def verify(found: Found, *, documents: Documents, at: datetime, recipients: Sequence[str] = ()) -> Report:
    """The report on a badge that was found: every check, what was read, the facts, and a verdict.

    `at` (aware) is the moment of the verdict; one of `recipients` (addresses of a person) must be the badge's
    recipient, unless there are none. Whatever is given, a report comes back; nothing is raised.
    """
    session = Session(documents, at, tuple(recipients), Report())
    session.report.good(CheckId.CONTAINER, f"found-in-{found.container}")
    _open(session, found, source="")
    session.report.checks = _once(session.report.checks)
    return session.report


def _open(session: Session, found: Found, *, source: str) -> None:
    """What was found, by its kind; `source` is the address that gave it, empty for what a person gave."""
    try:
        if found.kind is Kind.ADDRESS:
            _go(session, found.text)
        elif found.kind is Kind.JWS:
            token = jws.read(found.text)
            _judge(session, jsons.read(token.payload), token=token, source=source)
        else:
            _judge(session, jsons.read(found.text), token=None, source=source)
    except FormatError as error:
        session.report.bad(CheckId.FORMAT, error.code, Verdict.INVALID, **error.params)
    both.check(session.report, found)


def _go(session: Session, address: str) -> None:
    """On to the badge of an address: of what a person gave, and of the picture or pointer that this gave."""
    session.followed += 1
    if session.followed > MOST_FOLLOWED:
        raise FormatError("address-of-address")
    arrived = arrival.follow(session, address)
    if arrived:
        found, source = arrived
        _open(session, found, source=source if found.container == "json" else "")


def _judge(session: Session, document: Any, *, token: Jws | None, source: str) -> None:
    if not isinstance(document, dict):
        session.report.bad(CheckId.FORMAT, "not-a-badge", Verdict.NOT_A_BADGE)
    elif standards.is_clr(document):
        session.report.bad(CheckId.FORMAT, "learner-record", Verdict.NOT_A_BADGE)
    elif standards.is_credential(document):
        credential.verify_credential(session, document, token=token)
    elif token is None and standards.pointed(document):
        _go(session, standards.pointed(document))
    else:
        _judge_older(session, document, token=token, source=source)


def _judge_older(session: Session, document: dict[str, Any], *, token: Jws | None, source: str) -> None:
    """Open Badges 0.5 to 2.0."""
    version, kind = standards.version(document), standards.kind(document)
    if version:
        session.report.good(CheckId.FORMAT, "standard-known", version=version)
    if version == "" and kind:
        session.report.bad(CheckId.FORMAT, "standard-unknown", Verdict.INVALID)
    elif version == "":
        session.report.bad(CheckId.FORMAT, "not-a-badge", Verdict.NOT_A_BADGE)
    elif version == "0.5":
        oldest.verify(session, document, source=source)
    elif kind == "Assertion":
        award.verify(session, document, token=token)
    else:
        _judge_part(session, document, kind=kind, token=token, source=source)


def _judge_part(
    session: Session, document: dict[str, Any], *, kind: str, token: Jws | None, source: str
) -> None:
    strange = standards.strange_types(document)
    if token is not None:
        session.report.bad(CheckId.FORMAT, "signed-no-award", Verdict.INVALID)
    elif kind:
        alone.verify(session, document, kind=kind, source=source)
    elif strange or not types(document):
        session.report.bad(CheckId.FORMAT, "type-none", Verdict.INVALID)
    else:
        alone.tell_unknown(session)


def _once(checks: list[Check]) -> list[Check]:
    """The checks without those that were made twice, on a copy and on its source."""
    return [check for place, check in enumerate(checks) if check not in checks[:place]]
