"""Since when a writing of a credential counts: an issuer may write the same one again, and the newer replaces it."""

from datetime import datetime

from badges.formats import containers, jsons, jws
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.formats.reading import credential
from badges.formats.verify import standards


def written(original: bytes) -> str:
    """`validFrom` of an Open Badges 3.0 credential as it was given, in ISO 8601; empty for all other badges."""
    try:
        document = _document(containers.find(original)[0])
    except FormatError:
        return ""
    if not isinstance(document, dict) or not standards.is_credential(document):
        return ""
    moment = credential.beginning(standards.inner(document))
    return moment.isoformat() if moment else ""


def is_newer(one: str, other: str) -> bool:
    """Whether `written` said a later moment of `one` than of `other`; never where it said none."""
    return bool(one and other) and datetime.fromisoformat(one) > datetime.fromisoformat(other)


def _document(found: Found) -> object:
    if found.kind is Kind.JWS:
        return jsons.read(jws.read(found.text).payload)
    return jsons.read(found.text) if found.kind is Kind.JSON else None
