"""From an address to the badge that it gives: a document, a token or a baked picture, perhaps behind a page."""

from badges.formats import containers
from badges.formats.documents import Answer
from badges.formats.errors import FormatError, Unreachable
from badges.formats.found import Found, Kind
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import hosted, pages
from badges.formats.verify.session import Session

ACCEPT = (
    "application/ld+json, application/json;q=0.9, application/vc+jwt;q=0.8, text/plain;q=0.7, "
    "image/png;q=0.6, image/svg+xml;q=0.6, */*;q=0.1"
)
PICTURE_BYTES = 5 * 1024 * 1024
NO_BADGE = {"file-unknown", "no-badge"}


def follow(session: Session, address: str) -> tuple[Found, str] | None:
    """The badge at an address, and the address that answered; None when there is none: the report says why."""
    misses = []
    for place in [*pages.documents(address), address]:
        found = _ask(session, place)
        if isinstance(found, tuple):
            return found
        misses.append(found)
    _tell(session, misses[0])
    return None


def _ask(session: Session, address: str) -> tuple[Found, str] | Answer | FormatError | Unreachable:
    """The badge and who answered it, or what came instead."""
    try:
        answer = session.fetch(address, accept=ACCEPT, limit=PICTURE_BYTES)
        if answer.status != 200:
            return answer
        found = containers.find(answer.content)[0]
    except (FormatError, Unreachable) as miss:
        return miss
    if found.kind is Kind.ADDRESS and found.container == "address":
        return FormatError("address-of-address")
    return found, answer.address


def _tell(session: Session, miss: Answer | FormatError | Unreachable) -> None:
    report = session.report
    if isinstance(miss, Answer):
        hosted.tell_gone(session, miss)
    elif isinstance(miss, Unreachable):
        report.unknown(CheckId.SOURCE, miss.code, Verdict.UNREACHABLE, **miss.params)
    else:
        nothing = miss.code in NO_BADGE
        code = "address-no-badge" if nothing else miss.code
        report.bad(CheckId.SOURCE, code, Verdict.NOT_A_BADGE if nothing else Verdict.INVALID, **miss.params)
