"""A picture may carry a badge twice, for readers of 2.0 and of 3.0: it must be one badge."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from badges.formats import did, identity, jsons, jws
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.formats.reading import addresses, award
from badges.formats.reading.moments import moment
from badges.formats.reading.values import ident, one, text, web
from badges.formats.report import CheckId, Facts, RecipientFacts, Report, Verdict

A_DAY = timedelta(days=1)  # one of the two may say the day alone


@dataclass(frozen=True)
class Other:
    """What the 2.0 badge of a picture says; its name is only known when its class is embedded."""

    name: str
    issued_at: datetime | None
    recipients: tuple[RecipientFacts, ...]
    places: tuple[str, ...]


def check(report: Report, found: Found) -> None:
    """The 3.0 badge was judged; the other may not contradict it. Whether they agree is said only where it is known."""
    if found.also is None:
        return
    other = _read(found.also)
    said = [] if other is None or report.facts is None else list(_compared(other, report.facts))
    if other is None or False in said:
        report.bad(CheckId.CONTAINER, "both-differ", Verdict.INVALID)
    elif said and None not in said:
        report.good(CheckId.CONTAINER, "both-agree")
    else:
        report.unknown(CheckId.CONTAINER, "both-unknown")


def _compared(other: Other, facts: Facts) -> Iterator[bool | None]:
    """Whether they name one person, one site, one badge and one moment; None where nothing can be compared."""
    yield _same_recipient(other.recipients, facts.recipients)
    home = _home(facts.issuer.id)
    for place in other.places:
        yield addresses.same_site(place, home) if home else None
    if not other.places:
        yield None
    if other.name and facts.name:
        yield other.name.casefold() == facts.name.casefold()
    if other.issued_at and facts.issued_at:
        yield abs(other.issued_at - facts.issued_at) <= A_DAY


def _same_recipient(theirs: tuple[RecipientFacts, ...], ours: tuple[RecipientFacts, ...]) -> bool | None:
    pairs = [_same_identity(one, other) for one in theirs for other in ours if one.kind == other.kind]
    known = [pair for pair in pairs if pair is not None]
    return True in known if known else None


def _same_identity(left: RecipientFacts, right: RecipientFacts) -> bool | None:
    """Two hashes of one address can be compared only where their salts are one."""
    if left.hashed and right.hashed:
        ours, theirs = left.identity.lower(), right.identity.lower()
        is_alike = left.salt == right.salt and ours.partition("$")[0] == theirs.partition("$")[0]
        return ours == theirs if is_alike else None
    plain, said = (right, left) if left.hashed else (left, right)
    return identity.matches(plain.identity, identity=said.identity, salt=said.salt, hashed=said.hashed)


def _home(issuer: str) -> str:
    """An address of the issuer's site; empty for an issuer that has none."""
    try:
        return did.web_address(issuer) if did.method(issuer) == "web" else web(issuer)
    except FormatError:
        return ""


def _read(found: Found) -> Other | None:
    """None for what cannot be read. An address says nothing."""
    if found.kind is Kind.ADDRESS:
        return Other("", None, (), ())
    try:
        document = jsons.read(jws.read(found.text).payload if found.kind is Kind.JWS else found.text)
    except FormatError:
        return None
    return _of(document) if isinstance(document, dict) else None


def _of(document: dict[str, Any]) -> Other:
    badge = one(document.get("badge"))
    embedded = badge if isinstance(badge, dict) else {}
    named = (ident(document), ident(badge), ident(embedded.get("issuer")))
    return Other(
        name=text(embedded.get("name")),
        issued_at=moment(one(document.get("issuedOn"))),
        recipients=award.recipients(document),
        places=tuple(place for place in named if addresses.is_web(place)),
    )
