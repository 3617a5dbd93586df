"""What an assertion of Open Badges 1.0 to 2.0 says of itself that its verification leans on."""

from dataclasses import dataclass
from typing import Any

from badges.formats.reading.addresses import is_web
from badges.formats.reading.values import ident, one, types
from badges.formats.verify import standards

HOSTED = {"hosted", "hostedbadge"}
SIGNED = {"signed", "signedbadge"}


@dataclass(frozen=True)
class Claims:
    """`way` is hosted, signed, or another word. `address` is where the issuer hosts it; `key` names its key."""

    document: dict[str, Any]
    version: str
    id: str
    way: str
    address: str
    key: str


def of(document: dict[str, Any]) -> Claims:
    """Claims of an assertion (VerificationObject, section 2.4; `verify` in 1.x), empty where it says nothing."""
    version = standards.version(document)
    verification = one(document.get("verification", document.get("verify")))
    verification = verification if isinstance(verification, dict) else {}
    id = ident(document)
    url = ident(verification.get("url"))
    return Claims(
        document=document,
        version=version,
        id=id or ident(document.get("uid")),
        way=_way(verification),
        address=id if version == "2.0" or is_web(id) else url,
        key=ident(verification.get("creator")) or url,
    )


def _way(verification: dict[str, Any]) -> str:
    words = {word.lower() for word in types(verification)}
    if words & SIGNED:
        return "signed"
    # Copies of Open Badges 1.0 often say only where they are hosted.
    return "hosted" if words & HOSTED or (not words and ident(verification.get("url"))) else "other"
