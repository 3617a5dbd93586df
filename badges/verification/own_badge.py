"""Badges of this site, named by their printed code or by the address of one of their pages."""

import re
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404

from badges import access, codes
from badges import addresses as own
from badges.formats.reading import addresses
from badges.models import Assertion, ImportedBadge
from badges.services import sign
from badges.services.imports.recheck import BY_SOURCE
from badges.verification.ours import FOLDERS

UID = re.compile(r"/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)", re.IGNORECASE)


def named(text: str, viewer) -> Assertion | None:
    """The award that `text` names, when it has a page for `viewer`; None when `text` is something else.

    Raises Http404, alike for what does not exist and for what `viewer` may not see.
    """
    if codes.read(typed := "".join(text.split())):
        return access.badge_page_by_code(viewer, typed)
    if not addresses.under(text.strip(), f"{settings.SITE_URL}/"):
        return None
    parts = urlsplit(text.strip())
    path = unquote(parts.path).removeprefix(urlsplit(settings.SITE_URL).path)
    # What machines read is judged as a stranger finds it, as documents of other sites are.
    return None if path.startswith(FOLDERS) else _of_page(path, parts.query, viewer)


def _of_page(path: str, query: str, viewer) -> Assertion:
    if match := UID.search(path):
        return access.badge_page(viewer, UUID(match[1]))
    asked = parse_qs(query).get("badge", [""])[0]
    typed = path.removeprefix("/v/") if path.startswith("/v/") else asked
    return access.badge_page_by_code(viewer, typed.strip("/"))


def statement(award: Assertion) -> bytes | str:
    """What is judged of an award: its published credential, its signed one when it is not public; what was imported.

    Raises Http404 for an award from elsewhere without its original.
    """
    if not award.badge_class.issuer.is_here:
        return _original(award)
    return own.credential(award.uid) if award.is_public else sign.documents_of(award).credential


def is_hushed(award: Assertion, viewer) -> bool:
    """From elsewhere and revoked: to all but its holder its pages say that, and nothing more."""
    return award.is_revoked and not award.badge_class.issuer.is_here and award.holder != viewer


def _original(award: Assertion) -> bytes | str:
    imported = ImportedBadge.objects.filter(assertion=award).first()
    if imported is None:
        raise Http404
    by_source = imported.source and imported.report.get("format") == BY_SOURCE
    return imported.source if by_source else bytes(imported.original)
