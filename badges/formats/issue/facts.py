"""What an issuer says, once, for all forms. Addresses are absolute and permanent; moments are aware."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Alignment:
    """A framework's entry to which an achievement corresponds."""

    name: str
    url: str
    description: str = ""
    framework: str = ""
    code: str = ""


@dataclass(frozen=True)
class Evidence:
    """`id` is its address: of the work itself, or of a page that tells of it."""

    id: str
    name: str = ""
    narrative: str = ""


@dataclass(frozen=True)
class Issuer:
    """`ob2` and `ob3` are the addresses of its profiles, `key` and `revocations` those that its 2.0 profile names."""

    ob2: str
    ob3: str
    did: str
    key: str
    revocations: str
    name: str
    url: str
    email: str
    description: str = ""


@dataclass(frozen=True)
class Endorsement:
    """`comment` says something of an achievement or an award, by its two addresses, in the name of `issuer`.

    `description` tells where the words come from, when they are not the issuer's own.
    """

    ob2: str
    ob3: str
    issuer: Issuer
    about_ob2: str
    about_ob3: str
    name: str
    comment: str
    issued_at: datetime
    description: str = ""


@dataclass(frozen=True)
class Achievement:
    """`endorsements`: addresses of its 2.0 endorsements. `credentials`: its signed 3.0 ones."""

    ob2: str
    ob3: str
    name: str
    description: str
    image: str
    criteria_url: str
    criteria_text: str = ""
    image_caption: str = ""
    tags: tuple[str, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    endorsements: tuple[str, ...] = ()
    credentials: tuple[dict, ...] = ()


@dataclass(frozen=True)
class StatusPlace:
    """Where an award's revocation can be read: the address of a Bitstring status list, and a position in it."""

    list: str
    index: int


@dataclass(frozen=True)
class Award:
    """`hosted` (an address) and `signed` (a URN) are its 2.0 identifiers, `ob3` its 3.0 one, `subject` its holder's.

    `address` is hashed with `salt` in every form. `picture`: where the baked picture answers, while it does.
    """

    hosted: str
    signed: str
    ob3: str
    subject: str
    picture: str
    issuer: Issuer
    achievement: Achievement
    address: str
    salt: str
    status: StatusPlace
    issued_at: datetime
    valid_from: datetime
    expires_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()


def moment(at: datetime) -> str:
    """ISO 8601 in UTC, to the second (RFC 3339, section 5.6)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def said(document: dict) -> dict:
    """`document` without what it does not say: validators refuse null, empty lists and objects."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}
