"""What a verification says: a verdict, every check, what was read and when."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """From the word that outweighs all others to the one that needs all checks."""

    NOT_A_BADGE = "not_a_badge"
    INVALID = "invalid"
    MODIFIED = "modified"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    UNREACHABLE = "unreachable"
    UNVERIFIABLE = "unverifiable"
    AUTHENTIC = "authentic"


class CheckId(StrEnum):
    CONTAINER = "container"  # the file, and the badge in it
    FORMAT = "format"  # which standard it follows
    SHAPE = "shape"  # what the standard requires is there
    SOURCE = "source"  # the document that the issuer's server gives (hosted badges)
    SIGNATURE = "signature"
    KEY = "key"  # whose key signed
    BADGE = "badge"  # the badge class
    ISSUER = "issuer"
    STATUS = "status"  # revoked or not
    DATES = "dates"
    RECIPIENT = "recipient"
    ENDORSEMENT = "endorsement"


@dataclass(frozen=True)
class Check:
    """`ok` is None where nothing can be said. `code` and `params` choose the sentence."""

    id: CheckId
    ok: bool | None
    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """A document that was asked for: where, when, and the SHA-256 of what came (empty when nothing came)."""

    address: str
    at: datetime
    status: int | None
    sha256: str


@dataclass(frozen=True)
class IssuerFacts:
    id: str = ""
    name: str = ""
    url: str = ""
    email: str = ""
    description: str = ""
    image: str = ""  # an http(s) address, or data:


@dataclass(frozen=True)
class EvidenceFacts:
    url: str = ""
    name: str = ""
    narrative: str = ""


@dataclass(frozen=True)
class AlignmentFacts:
    name: str = ""
    url: str = ""
    description: str = ""
    framework: str = ""
    code: str = ""


@dataclass(frozen=True)
class RecipientFacts:
    """One identifier of the recipient, as the badge gives it. `kind`: email, url, telephone, id, name."""

    kind: str
    identity: str
    hashed: bool = False
    salt: str = ""


@dataclass(frozen=True)
class Facts:
    """A badge of any version in one shape. Empty where the badge says nothing."""

    id: str
    version: str  # 0.5, 1.0, 1.1, 2.0, 3.0
    name: str = ""
    description: str = ""
    criteria_url: str = ""
    criteria_text: str = ""
    image: str = ""  # of the badge class: an http(s) address, or data:
    image_alt: str = ""
    tags: tuple[str, ...] = ()
    achievement_id: str = ""
    issuer: IssuerFacts = IssuerFacts()
    recipients: tuple[RecipientFacts, ...] = ()
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    narrative: str = ""
    evidence: tuple[EvidenceFacts, ...] = ()
    alignments: tuple[AlignmentFacts, ...] = ()


@dataclass
class Report:
    """What `verify` says. `format`: ob0-hosted, ob1-hosted, ob1-signed, ob2-hosted, ob2-signed, ob3-jwt, ob3-proof."""

    format: str = ""
    checks: list[Check] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    facts: Facts | None = None
    # Verdicts that a check has put on the table; the weightiest is the report's.
    findings: set[Verdict] = field(default_factory=set)
    # Documents of the badge as they came, by address: class, issuer, keys. For copies that outlive their server.
    copies: dict[str, bytes] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        return next((word for word in Verdict if word in self.findings), Verdict.AUTHENTIC)

    def good(self, check: CheckId, code: str, **params: str) -> None:
        self.checks.append(Check(check, True, code, params))

    def unknown(self, check: CheckId, code: str, finding: Verdict | None = None, **params: str) -> None:
        """Nothing can be said; with a `finding`, the verdict can be no better than it."""
        self.checks.append(Check(check, None, code, params))
        self._find(finding)

    def bad(self, check: CheckId, code: str, finding: Verdict, **params: str) -> None:
        self.checks.append(Check(check, False, code, params))
        self._find(finding)

    def _find(self, finding: Verdict | None) -> None:
        if finding is not None:
            self.findings.add(finding)
