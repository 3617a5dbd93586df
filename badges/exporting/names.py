"""Names of the files of an archive: ASCII, the same at each export, nowhere but inside it."""

import re
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import slugify

from accounts.models import Profile

LONGEST = 60
UNSAFE = re.compile(r"[^a-z0-9.-]+")


def archive(profile: Profile, day: date) -> str:
    return f"badges-{slugify(profile.handle)}-{day.isoformat()}.zip"


def folder(name: str, code: str) -> str:
    """Of one badge: its name, as far as ASCII has letters for it, and its identifier, which no other badge has."""
    said = slugify(name)[:LONGEST].strip("-")
    return f"badges/{said or 'badge'}-{code}"


def document(address: str, extension: str = "json") -> str:
    """Of a document of this site: what its address says."""
    path = urlsplit(address.removeprefix(settings.SITE_URL)).path
    own = "" if "." in path.rpartition("/")[2] else f".{extension}"
    return f"documents/{_host(settings.SITE_URL)}{path}{own}"


def copy(address: str, content: bytes) -> str:
    """Of a document from elsewhere: whose it is, and the sum of its content. Nothing of its path is believed."""
    extension = "json" if content.lstrip()[:1] in (b"{", b"[") else "txt"
    return f"documents/{_host(address)}/{sha256(content).hexdigest()[:32]}.{extension}"


def _host(address: str) -> str:
    return UNSAFE.sub("-", urlsplit(address).netloc.lower())[:LONGEST].strip(".-") or "site"
