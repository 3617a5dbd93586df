"""Addresses that hand a badge over to another site: plain links, no script and no request of ours.

Pure functions: text in, address out. Every value is percent-encoded UTF-8 (RFC 3986), a space is `%20`, never `+`.
"""

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo
from urllib.parse import quote

LINKEDIN_NAME = 255
# Line breaks and controls would leave their field; direction marks would turn the text around them.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DIRECTIONS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str, limit: int) -> str:
    """`text` without line breaks, controls and direction marks, at most `limit` characters, cut with « … »."""
    line = _DIRECTIONS.sub("", _BREAKS.sub(" ", text)).strip()
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def x(*, url: str, text: str) -> str:
    return _link("https://x.com/intent/post", [("text", text), ("url", url)])


def linkedin_post(*, url: str) -> str:
    """LinkedIn reads the rest from the page's Open Graph."""
    return _link("https://www.linkedin.com/sharing/share-offsite/", [("url", url)])


def facebook(*, url: str) -> str:
    return _link("https://www.facebook.com/sharer/sharer.php", [("u", url)])


def pinterest(*, url: str, picture: str, text: str) -> str:
    """`picture`: the absolute address of a PNG or JPEG."""
    fields = [("url", url), ("media", picture), ("description", text)]
    return _link("https://www.pinterest.com/pin/create/button/", fields)


def email(*, subject: str, body: str) -> str:
    """RFC 6068: line breaks of the body are `%0D%0A`."""
    lines = "\r\n".join(body.splitlines())
    return _link("mailto:", [("subject", subject), ("body", lines)])


def linkedin_profile(
    *,
    name: str,
    organization: str,
    organization_id: str,
    issued: datetime,
    expires: datetime | None,
    zone: tzinfo,
    url: str,
    code: str,
) -> str:
    """« Ajouter au profil ». Months count from 1, in `zone`; without `expires` neither of its two fields is there.

    The organisation goes by its LinkedIn identifier when it has one, by its name else, never by both.
    """
    fields = [("startTask", "CERTIFICATION_NAME"), ("name", one_line(name, LINKEDIN_NAME))]
    if organization_id:
        fields.append(("organizationId", organization_id))
    else:
        fields.append(("organizationName", one_line(organization, LINKEDIN_NAME)))
    fields += _month("issue", issued, zone)
    if expires:
        fields += _month("expiration", expires, zone)
    return _link("https://www.linkedin.com/profile/add", [*fields, ("certUrl", url), ("certId", code)])


def _month(prefix: str, moment: datetime, zone: tzinfo) -> list[tuple[str, str]]:
    day = moment.astimezone(zone)
    return [(f"{prefix}Year", str(day.year)), (f"{prefix}Month", str(day.month))]


def _link(address: str, fields: Iterable[tuple[str, str]]) -> str:
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields)
    return f"{address}?{query}"
